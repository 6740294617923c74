/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast pages are read.  Prints a line a figure: name, value, unit, and its limit. */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "support/support_bench.h"
#include "verbatim/format.h"

static struct vb_transcript *must_read(vb_str text)
{
    struct vb_error error;
    struct vb_transcript *t = vb_read(vb_format_named(VB_STR("april")), text, &error);
    if (!t) {
        fprintf(stderr, "bench_format: %s\n", error.text);
        exit(1);
    }
    return t;
}

/* The quickest of many: what the code needs, without what else the machine does. */
static double time_of_reading(vb_str text, int times)
{
    double best = 1e9;
    for (int i = 0; i < times; i++) {
        double before = cpu_seconds();
        vb_transcript_unref(must_read(text));
        double took = cpu_seconds() - before;
        best = took < best ? took : best;
    }
    return best;
}

/* The page's header once, then its turns again and again, each round with a later marker. */
static void make_long(vb_str page, uint32_t words_a_round, uint32_t words, struct buf *into)
{
    vb_str heading = VB_STR("\nTranscription\n");
    size_t start = str_find(page, heading) + heading.len;
    size_t end = str_find(page, VB_STR("16’ 20§"));
    buf_add(into, str_cut(page, 0, start));
    for (uint32_t round = 0; round * words_a_round < words; round++) {
        buf_printf(into, "\n%u’ %02u§\n", round / 60, round % 60);
        buf_add(into, str_cut(page, start, end));
    }
}

/* The same text as wikitext: bold labels, line breaks, headings. */
static void make_wikitext(vb_str page, struct buf *into)
{
    vb_str line;
    bool blank = true;
    buf_puts(into, "'''Titre :''' Essai\n\n==Transcription==\n\n");
    size_t start = str_find(page, VB_STR("\nTranscription\n")) + 15;
    for (size_t at = start; str_line(page, &at, &line);) {
        size_t colon = str_find(str_cut(line, 0, 40), VB_STR("\u00A0:"));
        if (str_ends(line, "§"))
            buf_printf(into, "==%.*s==\n", (int)line.len - 2, line.data);
        else if (blank && colon != STR_NOT_FOUND)
            buf_printf(into, "<b>%.*s : </b>%.*s<br/>\n", (int)colon, line.data,
                       (int)(line.len - colon - 3), line.data + colon + 3);
        else
            buf_printf(into, "%.*s%s\n", (int)line.len, line.data, line.len ? "<br/>" : "");
        blank = line.len == 0;
    }
}

static bool bench_long(const char *name, vb_str text, double *peak)
{
    double before = cpu_seconds();
    struct vb_transcript *t = must_read(text);
    double took = cpu_seconds() - before;
    *peak = peak_megabytes();
    char label[64];
    snprintf(label, sizeof label, "%s, %.2f million words", name, vb_word_count(t) / 1e6);
    vb_transcript_unref(t);
    return print_within(label, took, "s", 1.0);
}

int main(int argc, char **argv)
{
    struct buf page = {0}, rendered = {0}, wikitext = {0};
    struct vb_error error;
    if (!file_read(argc > 1 ? argv[1] : "assets/sample/casilli.txt", 1 << 20, &page, &error)) {
        fprintf(stderr, "bench_format: %s\n", error.text);
        return 1;
    }
    vb_str sample = buf_str(&page);
    bool within = print_within("sample page", time_of_reading(sample, 200) * 1e3, "ms", 5);
    struct vb_transcript *t = must_read(sample);
    uint32_t words = vb_word_count(t);
    vb_transcript_unref(t);
    double peak;
    make_long(sample, words, 1000000, &rendered);
    within &= bench_long("copied text", buf_str(&rendered), &peak);
    within &= print_within("copied text, peak memory", peak, "MB", 200);
    make_wikitext(buf_str(&rendered), &wikitext);
    within &= bench_long("wikitext", buf_str(&wikitext), &peak);
    within &= print_within("wikitext, peak memory", peak, "MB", 200);
    buf_free(&page);
    buf_free(&rendered);
    buf_free(&wikitext);
    return within ? 0 : 1;
}
