/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling in a struct vb_error. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

static const char *const code_names[] = {
    [VB_OK] = "ok",
    [VB_NOT_FOUND] = "not-found",
    [VB_UNREADABLE] = "unreadable",
    [VB_BAD_FORMAT] = "bad-format",
    [VB_UNSUPPORTED] = "unsupported",
    [VB_DEVICE] = "device",
    [VB_CANCELLED] = "cancelled",
    [VB_CHANGED] = "changed",
};

const char *vb_code_name(enum vb_code code)
{
    return (size_t)code < COUNT(code_names) ? code_names[code] : "unknown";
}

static void fill(struct vb_error *error, const char *before, const char *format, va_list args)
{
    char text[sizeof error->text];
    vsnprintf(text, sizeof text, format, args);
    snprintf(error->text, sizeof error->text, "%s%.*s", before,
             (int)(sizeof text - strlen(before) - 1), text);
    str_end_whole(error->text, sizeof error->text);
}

bool err_set(struct vb_error *error, enum vb_code code, const char *format, ...)
{
    if (!error)
        return false;
    va_list args;
    va_start(args, format);
    fill(error, "", format, args);
    va_end(args);
    error->code = code;
    error->line = 0;
    return false;
}

bool err_set_line(struct vb_error *error, enum vb_code code, uint32_t line, const char *format,
                  ...)
{
    if (!error)
        return false;
    char where[48];
    snprintf(where, sizeof where, _("line %u: "), (unsigned)line);
    va_list args;
    va_start(args, format);
    fill(error, where, format, args);
    va_end(args);
    error->code = code;
    error->line = line;
    return false;
}

/* A place too long for the room that is left loses its beginning: a file's name tells more than
 * the folders before it. */
static const char *shorten_place(char *place, size_t room)
{
    size_t len = strlen(place);
    if (len <= room)
        return place;
    char *end = place + len - room + sizeof "…" - 1;
    while (((unsigned char)*end & 0xC0) == 0x80)
        end++;
    return memcpy(end - (sizeof "…" - 1), "…", sizeof "…" - 1);
}

bool err_wrap(struct vb_error *error, const char *format, ...)
{
    if (!error)
        return false;
    char place[4096 + 64], what[sizeof error->text];
    va_list args;
    va_start(args, format);
    vsnprintf(place, sizeof place, format, args);
    va_end(args);
    memcpy(what, error->text, sizeof what);
    size_t left = sizeof error->text - 3 - strlen(what), least = sizeof error->text / 4;
    const char *where =
        shorten_place(place, left > least && left < sizeof place ? left : least);
    snprintf(error->text, sizeof error->text, "%s: %s", where, what);
    str_end_whole(error->text, sizeof error->text);
    return false;
}
