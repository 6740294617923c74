/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of transcript formats share: texts to transcripts, and questions to them. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "transcript/text.h"
#include "verbatim/format.h"

static inline vb_str text_of(const char *text)
{
    return str_of(text);
}

/* Reads the text as a page of April's wiki; fails the test where it can't be read. */
static inline struct vb_transcript *read_bytes(vb_str text)
{
    struct vb_error error = {0};
    struct vb_transcript *t = vb_read(vb_format_named(VB_STR("april")), text, &error);
    if (!t)
        fail_msg("not read: %s", error.text);
    return t;
}

static inline struct vb_transcript *read_text(const char *text)
{
    return read_bytes(str_of(text));
}

/* The sentence that a text is refused with. */
static inline struct vb_error refused(vb_str text)
{
    struct vb_error error = {0};
    struct vb_transcript *t = vb_read(vb_format_named(VB_STR("april")), text, &error);
    if (t) {
        vb_transcript_unref(t);
        fail_msg("this was read as a transcript: %.*s", (int)(text.len < 80 ? text.len : 80),
                 text.data);
    }
    assert_int_equal(error.code, VB_BAD_FORMAT);
    return error;
}

#define assert_text(found, wanted)                                                             \
    do {                                                                                       \
        vb_str found_ = (found), wanted_ = str_of(wanted);                                     \
        if (!str_is(found_, wanted_))                                                          \
            fail_msg("“%.*s” is not “%s”", (int)found_.len, found_.data, wanted);              \
    } while (0)

#define assert_holds(found, wanted)                                                            \
    do {                                                                                       \
        if (!strstr((found), (wanted)))                                                        \
            fail_msg("“%s” does not say “%s”", (found), (wanted));                             \
    } while (0)

/* With plain spaces for no-break ones. */
static inline const char *plain(vb_str shown)
{
    static char text[4096];
    size_t len = 0;
    for (size_t at = 0; at < shown.len && len + 8 < sizeof text;) {
        uint32_t c = str_next(shown, &at);
        len += utf8_put(text + len, is_space(c) && c != '\n' ? ' ' : c);
    }
    text[len] = '\0';
    return text;
}

/* The words of a paragraph with one plain space between them. */
static inline const char *paragraph_text(const struct vb_transcript *t, uint32_t paragraph)
{
    const struct vb_paragraph *p = vb_paragraph(t, paragraph);
    struct buf words = {0};
    text_of_words(t, p->first_word, p->word_count, &words);
    const char *text = plain(buf_str(&words));
    buf_free(&words);
    return text;
}

static inline const char *speakers_of(const struct vb_transcript *t, uint32_t turn)
{
    static char text[512];
    vb_str names = vb_turn_speakers(t, turn);
    snprintf(text, sizeof text, "%.*s", (int)names.len, names.data);
    return text;
}

/* The value of a label of the header; empty: there is none. */
static inline vb_str value_of(const struct vb_transcript *t, const char *label)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    for (size_t i = 0; i < count; i++)
        if (str_eq(meta[i].label, label))
            return meta[i].value;
    return VB_STR("");
}

static inline bool has_note(const struct vb_transcript *t, enum vb_severity severity,
                            const char *words)
{
    size_t count;
    const struct vb_note *notes = vb_notes(t, &count);
    for (size_t i = 0; i < count; i++)
        if (notes[i].severity == severity &&
            str_find(notes[i].text, str_of(words)) != STR_NOT_FOUND)
            return true;
    return false;
}

/* The word with this text; VB_NONE: there is none. */
static inline uint32_t find_word(const struct vb_transcript *t, const char *text)
{
    for (uint32_t i = 0; i < vb_word_count(t); i++)
        if (str_eq(vb_word_text(t, i), text))
            return i;
    return VB_NONE;
}

/* ---- material that all of us share, read where it lies ---- */

/* False, and says so: it is not there. */
static inline bool read_shared(const char *path, struct buf *into)
{
    const char *root = getenv("VERBATIM_SHARED");
    struct buf whole = {0};
    struct vb_error error;
    buf_printf(&whole, "%s/%s", root ? root : "../shared", path);
    bool found = file_read(whole.data, 64 << 20, into, &error);
    if (!found)
        printf("skipped: %s is not here\n", whole.data);
    buf_free(&whole);
    return found;
}

/* The value of a key in one line of simple JSON, unquoted; false: there is none. */
static inline bool json_field(vb_str line, const char *key, struct buf *value)
{
    struct buf wanted = {0};
    buf_printf(&wanted, "\"%s\": ", key);
    size_t at = str_find(line, buf_str(&wanted));
    if (at != STR_NOT_FOUND)
        at += wanted.len;
    buf_free(&wanted);
    buf_clear(value);
    if (at == STR_NOT_FOUND)
        return false;
    bool quoted = line.data[at] == '"';
    at += quoted;
    for (; at < line.len; at++) {
        char c = line.data[at];
        if (quoted ? c == '"' : c == ',' || c == '}')
            break;
        if (quoted && c == '\\')
            c = line.data[++at] == 'n' ? '\n' : line.data[at];
        buf_putc(value, c);
    }
    return true;
}
