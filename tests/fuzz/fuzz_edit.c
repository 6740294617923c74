/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file that is opened, corrected and saved.  The last four bytes say which word
 * and what takes its place; the rest is the file.  What must hold: opened and not corrected the
 * bytes are those of the file; a correction changes nothing but its own bytes, in whatever
 * encoding and with whatever line ends; what is saved is what the document holds; undone, the
 * bytes are those that were read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "verbatim/document.h"

enum { TAIL = 4 };

static const char *const corrections[] = {
    "Zorro", "",      "é",       "日本",  "a\nb",      "\n\n", "<b>",     "-->",
    "\"",    "a & b", "[00:12]", "Anne:", "{\\an8} x", "\\",   "'''gras", "==1’02==",
};

static void must(bool holds)
{
    if (!holds)
        abort();
}

static bool add(void *to, vb_str text)
{
    buf_add(to, text);
    return true;
}

static void bytes_of(const struct vb_document *d, struct buf *into)
{
    char *data;
    size_t len;
    vb_document_bytes(d, &data, &len);
    buf_clear(into);
    buf_add(into, (vb_str){data, len});
    free(data);
}

static void check_saved(struct vb_document *d, vb_str wanted)
{
    char path[64];
    struct buf there = {0};
    snprintf(path, sizeof path, "/tmp/fuzz-edit-%d", (int)getpid());
    must(vb_document_save_as(d, path, NULL));
    must(file_read(path, 256 << 20, &there, NULL) && str_is(buf_str(&there), wanted));
    unlink(path);
    buf_free(&there);
}

/* Nothing before the corrected bytes has changed, and nothing behind them. */
static void check_rest(vb_str before, vb_str after, struct vb_span span)
{
    size_t behind = before.len - span.at - span.len;
    must(span.at + span.len <= before.len && after.len >= span.at + behind);
    must(str_is(str_cut(before, 0, span.at), str_cut(after, 0, span.at)));
    must(str_is(str_from(before, span.at + span.len), str_from(after, after.len - behind)));
}

static void correct(struct vb_document *d, vb_str before, const uint8_t *tail)
{
    const struct vb_transcript *t = vb_document_transcript(d);
    uint32_t count = vb_word_count(t);
    struct vb_error error = {0};
    struct buf fresh = {0}, after = {0};
    if (!count || !vb_document_editable(d, &error))
        return;
    struct vb_span span = vb_word(t, (tail[0] | (uint32_t)tail[1] << 8) % count).span;
    struct vb_span in_file = vb_document_file_span(d, span);
    vb_str text = str_of(corrections[tail[2] % COUNT(corrections)]);
    if (tail[3] & 1)
        vb_format_quote(vb_document_format(d), text, add, &fresh);
    else
        buf_add(&fresh, text);
    bool done = vb_document_replace(d, span, buf_str(&fresh), &error);
    must(done || error.text[0]);
    bytes_of(d, &after);
    if (done) {
        check_rest(before, buf_str(&after), in_file);
        check_saved(d, buf_str(&after));
        must(vb_document_undo(d, NULL));
        bytes_of(d, &after);
    }
    must(str_is(buf_str(&after), before));
    buf_free(&fresh);
    buf_free(&after);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < TAIL)
        return 0;
    vb_str bytes = {(const char *)data, size - TAIL};
    struct vb_error error = {0};
    struct buf opened = {0};
    struct vb_document *d = vb_document_from("file", bytes, &error);
    must(d || error.text[0]);
    if (d) {
        bytes_of(d, &opened);
        must(str_is(buf_str(&opened), bytes));
        correct(d, bytes, data + size - TAIL);
    }
    vb_document_close(d);
    buf_free(&opened);
    return 0;
}
