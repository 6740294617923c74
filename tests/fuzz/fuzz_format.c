/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes, to one reader: decoded as a file would be, read, and what was read is written in
 * one of the formats that can, and read again.  $VERBATIM_FUZZ names the reader; without it the
 * first byte chooses.
 *
 *   fuzz_format --rows                  the readers' names
 *   fuzz_format --guess FILE …          which of them would take each file: what seeds it
 *   fuzz_format --write FOLDER FILE …   each file in every format that is read as well: seeds
 *                                       of those that have no file of their own */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/str.h"
#include "verbatim/format.h"

static const struct vb_format *chosen;

static bool add(void *to, vb_str text)
{
    buf_add(to, text);
    return true;
}

static const struct vb_format *row(bool (*can)(const struct vb_format *f), size_t choice)
{
    size_t rows = 0;
    for (size_t i = 0; i < vb_format_count(); i++)
        rows += can(vb_format_at(i));
    choice %= rows;
    for (size_t i = 0;; i++)
        if (can(vb_format_at(i)) && choice-- == 0)
            return vb_format_at(i);
}

/* Every word's bytes lie inside the text. */
static void check_words(const struct vb_transcript *t, size_t len)
{
    for (uint32_t i = 0; i < vb_word_count(t); i++) {
        struct vb_word word = vb_word(t, i);
        if (word.span.len && word.span.at + word.span.len > len)
            abort();
    }
}

static bool write(const struct vb_transcript *t, const struct vb_format *f, bool words,
                  struct buf *out, struct vb_error *error)
{
    struct vb_timeline *times = vb_timeline_new(t, 3600 * VB_SECOND);
    struct vb_write_options options = {.estimated = true, .words = words};
    bool written = vb_write(f, t, times, options, add, out, error);
    vb_timeline_free(times);
    return written;
}

static void write_and_read(const struct vb_transcript *t, const struct vb_format *f, bool words)
{
    struct vb_error error = {0};
    struct buf out = {0};
    if (!write(t, f, words, &out, &error) && !error.text[0])
        abort(); /* refused without a sentence */
    if (vb_format_reads(f))
        vb_transcript_unref(vb_read(f, buf_str(&out), &error));
    buf_free(&out);
}

static void decode(vb_str bytes, struct buf *text)
{
    size_t bom;
    enum encoding encoding = encoding_guess(bytes, &bom);
    encoding_decode(bytes, bom, encoding, text);
}

/* The decoded text of a file, and who reads it; NULL: nobody does. */
static const struct vb_format *guess(const char *path, struct buf *text)
{
    struct buf bytes = {0};
    const struct vb_format *f = NULL;
    if (file_read(path, 64 << 20, &bytes, NULL)) {
        decode(buf_str(&bytes), text);
        f = vb_format_guess(buf_str(text), path);
    }
    buf_free(&bytes);
    return f;
}

static void print_guess(const char *path)
{
    struct buf text = {0};
    const struct vb_format *f = guess(path, &text);
    if (f)
        printf("%s\t%s\n", vb_format_name(f), path);
    buf_free(&text);
}

/* FOLDER/srt/made-3w: the third file as SubRip, with the times of its words. */
static void write_seed(const struct vb_transcript *t, const struct vb_format *f, bool words,
                       const char *folder, int number)
{
    struct vb_error error = {0};
    struct buf out = {0}, path = {0};
    buf_printf(&path, "%s/%s/made-%d%s", folder, vb_format_name(f), number, words ? "w" : "");
    file_make_folders(path.data);
    if (write(t, f, words, &out, &error) && !file_write(path.data, buf_str(&out), &error)) {
        fprintf(stderr, "fuzz_format: %s: %s\n", path.data, error.text);
        exit(1);
    }
    buf_free(&path);
    buf_free(&out);
}

static void write_seeds(const char *folder, const char *path, int number)
{
    struct buf text = {0};
    struct vb_error error;
    const struct vb_format *f = guess(path, &text);
    struct vb_transcript *t = f ? vb_read(f, buf_str(&text), &error) : NULL;
    for (size_t i = 0; t && i < vb_format_count(); i++) {
        const struct vb_format *to = vb_format_at(i);
        for (int words = 0; words < 2 && vb_format_reads(to) && vb_format_writes(to); words++)
            write_seed(t, to, words, folder, number);
    }
    vb_transcript_unref(t);
    buf_free(&text);
}

static bool obey(const char *order, char **words, int count)
{
    bool rows = strcmp(order, "--rows") == 0, guesses = strcmp(order, "--guess") == 0,
         writes = strcmp(order, "--write") == 0;
    for (size_t i = 0; rows && i < vb_format_count(); i++)
        if (vb_format_reads(vb_format_at(i)))
            puts(vb_format_name(vb_format_at(i)));
    for (int i = 2; guesses && i < count; i++)
        print_guess(words[i]);
    for (int i = 3; writes && i < count; i++)
        write_seeds(words[2], words[i], i - 2);
    return rows || guesses || writes;
}

int LLVMFuzzerInitialize(int *count, char ***words);

int LLVMFuzzerInitialize(int *count, char ***words)
{
    if (*count > 1 && obey((*words)[1], *words, *count))
        exit(0);
    const char *name = getenv("VERBATIM_FUZZ");
    chosen = name ? vb_format_named(str_of(name)) : NULL;
    if (name && (!chosen || !vb_format_reads(chosen))) {
        fprintf(stderr, "fuzz_format: no reader is called %s\n", name);
        exit(1);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const struct vb_format *f = chosen ? chosen : row(vb_format_reads, data[0]);
    vb_str bytes = str_from((vb_str){(const char *)data, size}, chosen ? 0 : 1);
    struct buf text = {0};
    struct vb_error error = {0};
    decode(bytes, &text);
    struct vb_transcript *t = vb_read(f, buf_str(&text), &error);
    if (!t && !error.text[0])
        abort(); /* refused without a sentence */
    if (t) {
        check_words(t, text.len);
        write_and_read(t, row(vb_format_writes, size + data[size / 2]), size & 1);
        vb_transcript_unref(t);
    }
    vb_format_guess(buf_str(&text), "page.txt");
    buf_free(&text);
    return 0;
}
