/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes, to each format.  The first byte chooses among the rows that read; the rest is
 * decoded as a file would be, read, and what was read is written in every format that can.
 * Seeds: tests/data/formats, with any byte before them. */
#include <stdlib.h>

#include "base/encoding.h"
#include "verbatim/format.h"

static bool count(void *to, vb_str text)
{
    *(size_t *)to += text.len;
    return true;
}

static void write_all(const struct vb_transcript *t, struct vb_write_options options)
{
    struct vb_timeline *times = vb_timeline_new(t, 3600 * VB_SECOND);
    struct vb_error error;
    size_t written = 0;
    for (size_t i = 0; i < vb_format_count(); i++)
        if (vb_format_writes(vb_format_at(i)))
            vb_write(vb_format_at(i), t, times, options, count, &written, &error);
    vb_timeline_free(times);
}

/* Every word's bytes lie inside the text, in their order. */
static void check_words(const struct vb_transcript *t, size_t len)
{
    for (uint32_t i = 0; i < vb_word_count(t); i++) {
        struct vb_word word = vb_word(t, i);
        if (word.span.len && word.span.at + word.span.len > len)
            abort();
    }
}

static const struct vb_format *reader(size_t choice)
{
    size_t readers = 0;
    for (size_t i = 0; i < vb_format_count(); i++)
        readers += vb_format_reads(vb_format_at(i));
    choice %= readers;
    for (size_t i = 0;; i++)
        if (vb_format_reads(vb_format_at(i)) && choice-- == 0)
            return vb_format_at(i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    vb_str bytes = {(const char *)data + 1, size - 1};
    const struct vb_format *f = reader(data[0]);
    struct buf text = {0};
    size_t bom;
    enum encoding encoding = encoding_guess(bytes, &bom);
    encoding_decode(bytes, bom, encoding, &text);
    struct vb_error error = {0};
    struct vb_transcript *t = vb_read(f, buf_str(&text), &error);
    if (!t && !error.text[0])
        abort(); /* refused without a sentence */
    if (t) {
        check_words(t, text.len);
        write_all(t, (struct vb_write_options){.estimated = true, .words = size & 1});
        vb_transcript_unref(t);
    }
    vb_format_guess(buf_str(&text), "page.txt");
    buf_free(&text);
    return 0;
}
