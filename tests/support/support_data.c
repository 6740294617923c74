/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/support_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "verbatim/error.h"

/* ---- one line of JSON ---- */

struct walk {
    vb_str row;
    size_t at;
};

static void skip_space(struct walk *w)
{
    while (w->at < w->row.len && strchr(" \t\r", w->row.data[w->at]))
        w->at++;
}

static void unescape(struct walk *w, struct buf *into)
{
    static const char plain[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
    char c = w->at < w->row.len ? w->row.data[w->at++] : '"';
    const char *found = strchr(plain, c);
    if (c != 'u') {
        buf_putc(into, found ? means[found - plain] : c);
        return;
    }
    char digits[5] = {0};
    memcpy(digits, str_from(w->row, w->at).data, w->row.len - w->at < 4 ? 0 : 4);
    w->at += 4;
    buf_char(into, (uint32_t)strtoul(digits, NULL, 16));
}

static void take_text(struct walk *w, struct buf *into)
{
    buf_clear(into);
    w->at++;
    while (w->at < w->row.len && w->row.data[w->at] != '"') {
        char c = w->row.data[w->at++];
        if (c == '\\')
            unescape(w, into);
        else
            buf_putc(into, c);
    }
    w->at++;
}

/* An array or object: to its own end, texts inside skipped. */
static void take_nested(struct walk *w)
{
    struct buf scrap = {0};
    int depth = 0;
    do {
        char c = w->row.data[w->at];
        depth += (c == '[' || c == '{') - (c == ']' || c == '}');
        if (c == '"')
            take_text(w, &scrap);
        else
            w->at++;
    } while (depth > 0 && w->at < w->row.len);
    buf_free(&scrap);
}

static void take_value(struct walk *w, struct value *value)
{
    skip_space(w);
    char c = w->at < w->row.len ? w->row.data[w->at] : 'n';
    size_t from = w->at;
    if (c == '"') {
        take_text(w, &value->text);
        value->kind = VALUE_TEXT;
        return;
    }
    if (c == '[' || c == '{') {
        take_nested(w);
        value->kind = VALUE_OTHER;
    } else {
        while (w->at < w->row.len && !strchr(",}", w->row.data[w->at]))
            w->at++;
        value->kind = c == 'n' ? VALUE_NULL : c == 't' || c == 'f' ? VALUE_OTHER : VALUE_NUMBER;
    }
    buf_clear(&value->text);
    buf_add(&value->text, str_cut(w->row, from, w->at));
    value->number = value->kind == VALUE_NUMBER ? strtod(value->text.data, NULL) : 0;
}

enum value_kind data_field(vb_str row, const char *key, struct value *value)
{
    struct walk w = {row, 0};
    struct buf name = {0};
    bool found = false;
    skip_space(&w);
    w.at++; /* the brace */
    while (!found && w.at < row.len) {
        skip_space(&w);
        if (w.at >= row.len || row.data[w.at] != '"')
            break;
        take_text(&w, &name);
        skip_space(&w);
        w.at++; /* the colon */
        take_value(&w, value);
        found = str_eq(buf_str(&name), key);
        skip_space(&w);
        w.at++; /* the comma */
    }
    buf_free(&name);
    return found ? value->kind : (value->kind = VALUE_NONE);
}

void value_free(struct value *value)
{
    buf_free(&value->text);
}

/* ---- files ---- */

bool data_read(const char *path, struct buf *into)
{
    const char *root = getenv("VERBATIM_SHARED");
    struct buf whole = {0};
    struct vb_error error;
    buf_printf(&whole, "%s/data/formats/%s", root ? root : "../shared", path);
    bool found = file_read(whole.data, 64 << 20, into, &error);
    buf_free(&whole);
    return found;
}

static void path_of(const char *folder, vb_str row, const char *key, char path[256])
{
    struct value value = {0};
    path[0] = '\0';
    if (data_field(row, key, &value) == VALUE_TEXT && value.text.len)
        snprintf(path, 256, "%s/%s", folder, value.text.data);
    value_free(&value);
}

bool data_file_at(const char *folder, vb_str manifest, size_t *at, struct data_file *file)
{
    vb_str row;
    do {
        if (!str_line(manifest, at, &row))
            return false;
    } while (!str_trim(row).len);
    struct value value = {0};
    path_of(folder, row, "file", file->path);
    path_of(folder, row, "expected", file->expected);
    data_field(row, "expect", &value);
    vb_str expect = buf_str(&value.text);
    file->expect = str_eq(expect, "reject")   ? DATA_REJECT
                   : str_eq(expect, "accept") ? DATA_ACCEPT
                                              : DATA_TOLERANT;
    value_free(&value);
    return true;
}

void data_fold(vb_str text, struct buf *into)
{
    bool gap = false;
    buf_clear(into);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next(text, &at);
        if (is_space(c)) {
            gap = into->len > 0;
            continue;
        }
        if (gap)
            buf_putc(into, ' ');
        gap = false;
        buf_char(into, c);
    }
}
