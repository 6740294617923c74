/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Outputs and their delays. */
#include "app/outputs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/settings.h"
#include "base/file.h"
#include "base/str.h"

enum { FILE_MOST = 64 * 1024 };

static struct output *find(const struct outputs *outputs, const char *name)
{
    for (size_t i = 0; i < outputs->known.count; i++)
        if (strcmp(outputs->known.items[i].name, name) == 0)
            return &outputs->known.items[i];
    return NULL;
}

int outputs_delay(const struct outputs *outputs)
{
    const struct output *output = find(outputs, outputs->now);
    return output ? output->delay : 0;
}

static int clamped(long ms)
{
    return (int)(ms < DELAY_LEAST ? DELAY_LEAST : ms > DELAY_MOST ? DELAY_MOST : ms);
}

static void set(struct outputs *outputs, const char *name, int ms)
{
    struct output *output = find(outputs, name);
    if (output) {
        output->delay = ms;
        return;
    }
    struct output fresh = {.delay = ms};
    snprintf(fresh.name, sizeof fresh.name, "%s", name);
    vec_push(&outputs->known, fresh);
}

void outputs_set_delay(struct outputs *outputs, int ms)
{
    set(outputs, outputs->now, clamped(ms));
    outputs->changed = true;
}

static void take_line(struct outputs *outputs, vb_str line)
{
    char text[16], name[OUTPUT_NAME], *end;
    size_t sign = str_find_char(line, '=');
    vb_str number = str_trim(str_cut(line, 0, sign == STR_NOT_FOUND ? 0 : sign));
    vb_str rest = str_trim(str_from(line, sign == STR_NOT_FOUND ? line.len : sign + 1));
    if (!number.len || number.len >= sizeof text || rest.len >= sizeof name)
        return;
    snprintf(text, sizeof text, "%.*s", (int)number.len, number.data);
    snprintf(name, sizeof name, "%.*s", (int)rest.len, rest.len ? rest.data : "");
    long ms = strtol(text, &end, 10);
    if (!*end)
        set(outputs, name, clamped(ms));
}

void outputs_load(struct outputs *outputs, const char *path)
{
    struct buf own = {0}, bytes = {0};
    if (!path && settings_path("outputs", &own))
        path = own.data;
    if (path && file_exists(path) && file_read(path, FILE_MOST, &bytes, NULL)) {
        vb_str line;
        for (size_t at = 0; str_line(buf_str(&bytes), &at, &line);)
            take_line(outputs, line);
    }
    buf_free(&bytes);
    buf_free(&own);
}

bool outputs_save(struct outputs *outputs, const char *path, struct vb_error *error)
{
    struct buf own = {0}, text = {0};
    if (!path && settings_path("outputs", &own))
        path = own.data;
    for (size_t i = 0; i < outputs->known.count; i++)
        buf_printf(&text, "%d = %s\n", outputs->known.items[i].delay,
                   outputs->known.items[i].name);
    bool saved = true;
    if (path && outputs->changed) {
        file_make_folders(path);
        saved = file_write(path, buf_str(&text), error);
    }
    outputs->changed = outputs->changed && !saved;
    buf_free(&text);
    buf_free(&own);
    return saved;
}

void outputs_free(struct outputs *outputs)
{
    free(outputs->known.items);
    *outputs = (struct outputs){0};
}
