/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of checks, and the list of what they found. */
#include "verbatim/check.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "check/page.h"
#include "verbatim/align.h"

static const struct check checks[] = {
    {"marker-order",      N_("time markers that go back, are doubled or lie beyond the end"),
     VB_MISTAKE,                                                                                             0.9F, check_markers    },
    {"marker-rate",       N_("more or fewer words between two markers than anybody says"),       VB_DOUBT,
     0.8F,                                                                                                         check_marker_rate},
    {"duration",          N_("the length announced against that of the recording"),              VB_HINT,    0.3F,
     check_duration                                                                                                                 },
    {"header",            N_("fields of the header that are not filled in"),                     VB_HINT,    0.1F, check_header     },
    {"speaker-name",      N_("names of speakers that are misspelt or not announced"),            VB_DOUBT,   0.6F,
     check_speaker_names                                                                                                            },
    {"unnamed-turn",      N_("words that nobody is said to speak"),                              VB_DOUBT,   0.5F,
     check_unnamed_turns                                                                                                            },
    {"doubled-word",      N_("a word twice in a row, or across one other"),                      VB_DOUBT,   0.7F,
     check_doubled_words                                                                                                            },
    {"repeated-sentence", N_("a sentence that stands twice"),                                    VB_DOUBT,   0.8F,
     check_repeated_sentences                                                                                                       },
    {"split-word",        N_("a prefix that stands alone before its word"),                      VB_DOUBT,   0.7F,
     check_split_words                                                                                                              },
    {"roman-il",          N_("II, the number, where Il is meant"),                               VB_MISTAKE, 0.7F, check_roman_il   },
    {"pairs",             N_("quotation marks and brackets that are not closed, or not opened"), VB_MISTAKE,
     0.4F,                                                                                                         check_pairs      },
    {"apostrophes",       N_("two kinds of apostrophes on one page"),                            VB_HINT,    0.1F,
     check_apostrophes                                                                                                              },
    {"spaces",            N_("missing spaces around French punctuation"),                        VB_HINT,    0.2F, check_spaces     },
    {"unfilled",          N_("places left to fill in, such as XX min"),                          VB_MISTAKE, 0.6F,
     check_unfilled                                                                                                                 },
    {"spelling",          N_("words that are in no dictionary, names apart"),                    VB_DOUBT,   0.4F,
     check_spelling                                                                                                                 },
    {"pace",              N_("turns said faster or slower than anybody speaks"),                 VB_DOUBT,   0.6F, check_pace       },
    /* told by others: listening, and a second text */
    {"not-heard",         N_("words that are not heard in the recording"),                       VB_DOUBT,   0.8F, NULL             },
    {"different",         N_("words that sound different in the recording"),                     VB_DOUBT,   0.7F, NULL             },
    {"extra-speech",      N_("speech that the text does not have"),                              VB_DOUBT,   0.7F, NULL             },
    {"difference",        N_("what a second text says otherwise"),                               VB_DOUBT,   0.75F, NULL            },
};

static const char *const level_names[] = {
    [VB_HINT] = "hint", [VB_DOUBT] = "doubt", [VB_MISTAKE] = "mistake"};

const char *vb_level_name(enum vb_level level)
{
    assert((size_t)level < COUNT(level_names));
    return level_names[level];
}

bool vb_level_named(vb_str name, enum vb_level *level)
{
    for (size_t i = 0; i < COUNT(level_names); i++)
        if (str_eq(name, level_names[i])) {
            *level = (enum vb_level)i;
            return true;
        }
    return false;
}

size_t vb_check_count(void)
{
    return COUNT(checks);
}

struct vb_check vb_check_at(size_t i)
{
    assert(i < COUNT(checks));
    return (struct vb_check){checks[i].name, _(checks[i].summary)};
}

/* ---- what was found ---- */

struct vb_findings {
    VEC(struct vb_finding) rows;
    bool sorted;
    struct arena arena;
};

struct vb_findings *vb_findings_new(void)
{
    return mem_new(sizeof(struct vb_findings));
}

void vb_findings_free(struct vb_findings *f)
{
    if (!f)
        return;
    free(f->rows.items);
    arena_free(&f->arena);
    free(f);
}

/* The page as a whole before all, then by place; at one place the graver first. */
static int by_place(const void *x, const void *y)
{
    const struct vb_finding *a = x, *b = y;
    uint32_t at_a = a->span.len ? a->span.at + 1 : 0, at_b = b->span.len ? b->span.at + 1 : 0;
    if (at_a != at_b)
        return at_a < at_b ? -1 : 1;
    if (a->level != b->level)
        return a->level > b->level ? -1 : 1;
    return strcmp(a->check, b->check);
}

static void sort(const struct vb_findings *f)
{
    struct vb_findings *own = (struct vb_findings *)f;
    if (!f->sorted && f->rows.count)
        qsort(own->rows.items, f->rows.count, sizeof *f->rows.items, by_place);
    own->sorted = true;
}

size_t vb_finding_count(const struct vb_findings *f)
{
    return f->rows.count;
}

const struct vb_finding *vb_finding(const struct vb_findings *f, size_t i)
{
    assert(i < f->rows.count);
    sort(f);
    return &f->rows.items[i];
}

void vb_finding_add(struct vb_findings *f, const struct vb_finding *finding)
{
    struct vb_finding own = *finding;
    own.text = arena_str(&f->arena, finding->text);
    own.instead = arena_str(&f->arena, finding->instead);
    vec_push(&f->rows, own);
    f->sorted = false;
}

/* ---- telling ---- */

/* When the words are heard; a page without times tells none. */
static void add_times(const struct page *page, struct vb_finding *finding)
{
    finding->start = finding->end = VB_NO_TIME;
    if (!page->times || !finding->word_count)
        return;
    finding->start = vb_timeline_start(page->times, finding->first_word);
    finding->end = vb_timeline_end(page->times, finding->first_word + finding->word_count - 1);
}

static void tell(struct page *page, struct vb_finding finding, const char *instead,
                 const char *format, va_list args)
{
    char text[512];
    vsnprintf(text, sizeof text, format, args);
    str_end_whole(text, sizeof text);
    finding.check = page->running->name;
    finding.level = page->running->level;
    finding.rank = page->running->rank;
    finding.text = str_of(text);
    finding.instead = str_of(instead);
    add_times(page, &finding);
    vb_finding_add(page->found, &finding);
}

void found_words(struct page *page, uint32_t first, uint32_t count, const char *instead,
                 const char *format, ...)
{
    struct vb_span from = vb_word(page->t, first).span;
    struct vb_span until = vb_word(page->t, first + count - 1).span;
    struct vb_finding finding = {
        .first_word = first,
        .word_count = count,
        .span = {from.at, until.at + until.len - from.at},
    };
    va_list args;
    va_start(args, format);
    tell(page, finding, instead, format, args);
    va_end(args);
}

/* The word that a byte stands in, or the next one. */
static uint32_t word_at(const struct page *page, uint32_t at)
{
    uint32_t low = 0, high = page->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        struct vb_span span = vb_word(page->t, middle).span;
        if (span.at + span.len <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void found_at(struct page *page, struct vb_span span, const char *instead, const char *format,
              ...)
{
    struct vb_finding finding = {.first_word = VB_NONE, .span = span};
    uint32_t word = span.len ? word_at(page, span.at) : page->count;
    if (word < page->count && vb_word(page->t, word).span.at < span.at + span.len) {
        finding.first_word = word;
        finding.word_count = 1;
    }
    va_list args;
    va_start(args, format);
    tell(page, finding, instead, format, args);
    va_end(args);
}

/* ---- running ---- */

bool vb_check_is_off(const char *off, const char *name)
{
    vb_str rest = str_of(off);
    while (rest.len) {
        size_t end = strcspn(rest.data, ", ");
        if (str_eq(str_cut(rest, 0, end), name))
            return true;
        rest = str_from(rest, end + 1);
    }
    return false;
}

struct vb_findings *vb_check_page(const struct vb_transcript *t, vb_str text,
                                  const struct vb_check_options *options)
{
    struct arena arena = {0};
    const char *language =
        options->language && *options->language ? options->language : vb_guess_language(t);
    struct page page = {
        .t = t,
        .text = text,
        .times = options->times,
        .duration = options->duration,
        .language = language,
        .french = str_starts(str_of(language), "fr"),
        .arena = &arena,
        .found = vb_findings_new(),
    };
    page_words(&page);
    for (size_t i = 0; i < COUNT(checks); i++) {
        page.running = &checks[i];
        if (checks[i].run && !vb_check_is_off(options->off, checks[i].name))
            checks[i].run(&page);
    }
    arena_free(&arena);
    return page.found;
}
