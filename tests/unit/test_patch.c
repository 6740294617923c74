/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page after a small correction is the page that a reader would make of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_sound.h"
#include "transcript/snapshot.h"
#include "verbatim/document.h"
#include "verbatim/timeline.h"

#define SAME(a, b)      assert_int_equal((long long)(a), (long long)(b))
#define SAME_STR(a, b)  assert_true(str_is(a, b))
#define SAME_SPAN(a, b) assert_true((a).at == (b).at && (a).len == (b).len)

static void same_words(const struct vb_transcript *a, const struct vb_transcript *b)
{
    SAME(a->word_count, b->word_count);
    SAME(a->spoken_count, b->spoken_count);
    for (uint32_t i = 0; i < a->word_count; i++) {
        struct vb_word x = vb_word(a, i), y = vb_word(b, i);
        SAME_STR(x.text, y.text);
        SAME_SPAN(x.span, y.span);
        SAME(x.marks, y.marks);
        SAME(x.turn, y.turn);
        SAME(x.paragraph, y.paragraph);
    }
}

static void same_page(const struct vb_transcript *a, const struct vb_transcript *b)
{
    SAME(a->paragraph_count, b->paragraph_count);
    SAME(a->turn_count, b->turn_count);
    SAME(a->block_count, b->block_count);
    SAME(a->section_count, b->section_count);
    SAME(a->marker_count, b->marker_count);
    for (uint32_t i = 0; i < a->paragraph_count; i++) {
        SAME(a->paragraphs[i].first_word, b->paragraphs[i].first_word);
        SAME(a->paragraphs[i].word_count, b->paragraphs[i].word_count);
        SAME(a->paragraphs[i].kind, b->paragraphs[i].kind);
        SAME_SPAN(a->paragraphs[i].span, b->paragraphs[i].span);
    }
    for (uint32_t i = 0; i < a->turn_count; i++) {
        SAME(a->turns[i].first_word, b->turns[i].first_word);
        SAME(a->turns[i].word_count, b->turns[i].word_count);
        SAME_SPAN(a->turns[i].span, b->turns[i].span);
        SAME_STR(a->turns[i].label, b->turns[i].label);
        SAME_STR(vb_turn_speakers(a, i), vb_turn_speakers(b, i));
    }
    for (uint32_t i = 0; i < a->block_count; i++) {
        SAME(a->blocks[i].kind, b->blocks[i].kind);
        SAME(a->blocks[i].index, b->blocks[i].index);
    }
    for (uint32_t i = 0; i < a->section_count; i++) {
        SAME(a->sections[i].first_word, b->sections[i].first_word);
        SAME_SPAN(a->sections[i].span, b->sections[i].span);
        SAME_STR(a->sections[i].title, b->sections[i].title);
    }
    for (uint32_t i = 0; i < a->marker_count; i++) {
        SAME(a->markers[i].first_word, b->markers[i].first_word);
        SAME(a->markers[i].time, b->markers[i].time);
        SAME(a->markers[i].usable, b->markers[i].usable);
        SAME_SPAN(a->markers[i].span, b->markers[i].span);
    }
}

static void same_rest(const struct vb_transcript *a, const struct vb_transcript *b)
{
    SAME(a->speaker_count, b->speaker_count);
    SAME(a->meta_count, b->meta_count);
    SAME(a->note_count, b->note_count);
    SAME(a->footnote_count, b->footnote_count);
    SAME(a->doubt_count, b->doubt_count);
    for (uint32_t i = 0; i < a->speaker_count; i++) {
        SAME_STR(a->speakers[i].name, b->speakers[i].name);
        SAME(a->speakers[i].words, b->speakers[i].words);
        SAME(a->speakers[i].turns, b->speakers[i].turns);
    }
    for (size_t i = 0; i < a->meta_count; i++) {
        SAME_SPAN(a->metadata[i].span, b->metadata[i].span);
        SAME_STR(a->metadata[i].value, b->metadata[i].value);
    }
    for (size_t i = 0; i < a->note_count; i++) {
        SAME_SPAN(a->notes[i].span, b->notes[i].span);
        SAME(a->notes[i].line, b->notes[i].line);
        SAME_STR(a->notes[i].text, b->notes[i].text);
    }
    for (size_t i = 0; i < a->footnote_count; i++) {
        SAME(a->footnotes[i].word, b->footnotes[i].word);
        SAME_STR(a->footnotes[i].text, b->footnotes[i].text);
    }
    for (size_t i = 0; i < a->doubt_count; i++) {
        SAME_SPAN(a->doubts[i].span, b->doubts[i].span);
        SAME_STR(a->doubts[i].label, b->doubts[i].label);
        SAME(a->doubts[i].is_speaker, b->doubts[i].is_speaker);
    }
}

/* Words keep what was known of them, and have the times of a text that is spread from nothing.
 */
static void same_times(struct vb_timeline *before, const struct vb_transcript *t,
                       const struct vb_transcript *wanted)
{
    const vb_time duration = 3000 * VB_SECOND;
    const struct vb_stretch speech[] = {
        {10 * VB_SECOND,   900 * VB_SECOND },
        {1000 * VB_SECOND, 2900 * VB_SECOND}
    };
    struct vb_timeline *a = vb_timeline_spread_again(before, t, duration, 0, speech, 2);
    struct vb_timeline *b = vb_timeline_spoken(wanted, duration, 0, speech, 2);
    for (uint32_t i = 0; i < vb_word_count(t); i++) {
        SAME(vb_timeline_start(a, i), vb_timeline_start(b, i));
        SAME(vb_timeline_end(a, i), vb_timeline_end(b, i));
        SAME(vb_timeline_origin(a, i), vb_timeline_origin(b, i));
    }
    vb_timeline_free(a);
    vb_timeline_free(b);
}

/* Corrects the open document, and reads its bytes afresh. True: it was patched. */
static bool correct(struct vb_document *d, struct vb_span span, const char *with)
{
    struct vb_error error = {0};
    char *bytes;
    size_t len;
    struct vb_timeline *before = vb_timeline_new(vb_document_transcript(d), VB_NO_TIME);
    if (!vb_document_replace(d, span, str_of(with), &error)) {
        vb_timeline_free(before);
        return false;
    }
    const struct vb_transcript *t = vb_document_transcript(d);
    vb_document_bytes(d, &bytes, &len);
    struct vb_document *fresh =
        vb_document_from(vb_document_path(d), (vb_str){bytes, len}, &error);
    assert_non_null(fresh);
    if (vb_document_format(fresh) == vb_document_format(d)) {
        const struct vb_transcript *wanted = vb_document_transcript(fresh);
        same_words(t, wanted);
        same_page(t, wanted);
        same_rest(t, wanted);
        same_times(before, t, wanted);
    }
    vb_timeline_free(before);
    vb_document_close(fresh);
    free(bytes);
    return t->root != NULL;
}

static const char *const corrections[] = {"x", " mot", "É", " Anne", ". Et", "", " ?"};

/* At many places of a page: a letter, a word, nothing in a letter's place. */
static void correct_everywhere(const char *path, uint32_t every, size_t least)
{
    struct vb_error error = {0};
    struct vb_document *d = vb_document_open(path, &error);
    size_t patched = 0;
    if (!d)
        fail_msg("%s", error.text);
    for (uint32_t word = 0; word < vb_word_count(vb_document_transcript(d)); word += every) {
        struct vb_span span = vb_word(vb_document_transcript(d), word).span;
        const char *with = corrections[word / every % COUNT(corrections)];
        vb_str text = vb_document_text(d);
        size_t at = span.at + span.len / 2, until = at;
        while (at > span.at && ((unsigned char)text.data[at] & 0xC0) == 0x80)
            at--;
        until = at;
        if (!*with)
            str_next(text, &until);
        patched += correct(d, (struct vb_span){(uint32_t)at, (uint32_t)(until - at)}, with);
    }
    assert_true(patched >= least);
    while (vb_document_undo(d, NULL))
        continue;
    struct vb_document *first = vb_document_open(path, NULL);
    same_words(vb_document_transcript(d), vb_document_transcript(first));
    same_page(vb_document_transcript(d), vb_document_transcript(first));
    same_rest(vb_document_transcript(d), vb_document_transcript(first));
    vb_document_close(first);
    vb_document_close(d);
}

static void the_sample_is_what_its_reader_would_make_of_it(void **state)
{
    (void)state;
    correct_everywhere("assets/sample/casilli.txt", 5, 250);
    correct_everywhere("assets/sample/casilli.txt", 14, 80);
}

static void pages_with_markup_are(void **state)
{
    (void)state;
    correct_everywhere("tests/data/formats/april/radio.wiki", 1, 0);
    correct_everywhere("tests/data/formats/april/radio.txt", 1, 0);
}

static const char notes[] =
    "# Un essai\n\n**Anne :** Bonjour à tous et à toutes, nous allons parler longuement de ce "
    "travail que *personne* ne voit, et qui pourtant fait tourner les machines dont on parle "
    "tant depuis des mois et des mois.\n\n**Karim :** C’est un travail immense, dit-on : il "
    "occupe des millions de gens, et nul ne sait au juste combien, ni où, ni pour quel salaire "
    "ils le font chaque jour que le soleil se lève.\n";

static void markdown_is(void **state)
{
    (void)state;
    const char *path = temp_path("notes.md");
    write_bytes(path, notes, sizeof notes - 1);
    correct_everywhere(path, 1, 10);
}

/* ---- pages of scraps that may mean something ---- */

static const struct {
    const char *name, *before, *between, *after;
} kinds[] = {
    {"p.txt",  "Titre : Essai\n\nIntervenants : Anne - Karim\n\nTranscription\n\nAnne : ",
     "\n\nKarim : ",                                                                                                                 "\n"               },
    {"p.wiki",
     "'''Titre :''' Essai\n\n'''Intervenants :''' Anne - Karim\n\n==Transcription==\n\n"
     "'''Anne :''' ",                                                                      "\n\n'''Karim :''' ",                     "\n"               },
    {"p.md",   "# Essai\n\n**Anne :** ",                                                   "\n\n**Karim :** ",                       "\n"               },
    {"p.txt",  "",                                                                         "\n\n",                                   "\n"               },
    {"p.txt",  "[00:01] ",                                                                 "\n[00:09] ",                             "\n[00:20] Fin.\n" },
    {"p.srt",  "1\n00:00:01,000 --> 00:00:09,000\n",                                       "\n\n2\n00:00:09,000 --> 00:00:20,000\n",
     "\n"                                                                                                                                               },
    {"p.vtt",  "WEBVTT\n\n00:01.000 --> 00:09.000\n",                                      "\n\n00:09.000 --> 00:20.000\n",          "\n"               },
    {"p.sbv",  "0:00:01.000,0:00:09.000\n",                                                "\n\n0:00:09.000,0:00:20.000\n",          "\n"               },
    {"p.lrc",  "[00:01.00]",                                                               "\n[00:09.00]",                           "\n[00:20.00]Fin\n"},
    {"p.csv",  "start,end,text,speaker\n1,9,",                                             ",Anne\n9,20,",                           ",Karim\n"         },
    {"p.csv",  "start,end,text\n1,9,",                                                     "\n,,",                                   "\n9,20,Fin\n"     },
    {"p.tsv",  "start\tend\ttext\n1\t9\t",                                                 "\n9\t20\t",                              "\n"               },
    {"p.txt",  "1.0\t9.0\t",                                                               "\n9.0\t20.0\t",                          "\n"               },
};

static const char *const scraps[] = {
    "*",      "*oui",   "oui*",    "&amp",  "&amp;", "[rires]", "[brui",
    "bruit]", "''",     "'",       "l'a'b", "<i",    "<b>x",    "</b>",
    "(00",    "00h15",  "[00:15]", "#",     "_un",   "_",       "\\",
    "`",      "Anne",   ":",       "«",     "»",     "\"",      ",",
    ";",      "{{",     "~",       "|",     "é",     "=",       "http://a.fr/b",
    "…",      "{\\i1}", "[[a|b]]", "A&B",
};
static const char *const prose[] = {"a", " ", ",", ".", ";", "t", "é", "", "", "", "?", " Et"};

#define ONE_OF(list) ((list)[(unsigned)rand() % COUNT(list)])

/* Of ten words in its middle `odd` are scraps. */
static void put_paragraph(struct buf *page, int odd)
{
    for (int i = 0; i < 32; i++) {
        bool plain = i < 4 || i > 28 || rand() % 10 >= odd;
        buf_puts(page, plain ? "mots et " : ONE_OF(scraps));
        buf_puts(page, rand() % 3 ? " " : "");
    }
    buf_puts(page, "fin.");
}

static struct vb_document *page_of(size_t kind, int odd)
{
    struct buf page = {0};
    buf_puts(&page, kinds[kind].before);
    put_paragraph(&page, odd);
    buf_puts(&page, kinds[kind].between);
    put_paragraph(&page, odd);
    buf_puts(&page, kinds[kind].after);
    struct vb_document *d = vb_document_from(kinds[kind].name, buf_str(&page), NULL);
    buf_free(&page);
    return d;
}

static bool begins(vb_str text, size_t at)
{
    return at == text.len || ((unsigned char)text.data[at] & 0xC0) != 0x80;
}

/* Mostly beside a sign that may mean something. */
static size_t any_place(vb_str text)
{
    size_t at = (unsigned)rand() % text.len;
    if (rand() % 4)
        while (at + 2 < text.len && !strchr("*_&;[]'<>#\\`{}|0,", text.data[at]))
            at++;
    size_t back = (unsigned)rand() % 3;
    at = back < at ? at - back : 0;
    while (!begins(text, at))
        at--;
    return at;
}

/* A sign of prose put in anywhere, or a character taken out. */
static bool correct_anywhere(struct vb_document *d)
{
    vb_str text = vb_document_text(d);
    size_t at = any_place(text), until = at;
    const char *with = ONE_OF(prose);
    if (!*with)
        str_next(text, &until);
    return correct(d, (struct vb_span){(uint32_t)at, (uint32_t)(until - at)}, with);
}

static void any_correction_of_any_page_is(void **state)
{
    (void)state;
    size_t patched = 0;
    srand(11);
    for (int round = 0; round < 40; round++)
        for (size_t kind = 0; kind < COUNT(kinds); kind++) {
            struct vb_document *d = page_of(kind, round % 4);
            for (int i = 0; d && i < 16; i++)
                patched += correct_anywhere(d);
            vb_document_close(d);
        }
    assert_true(patched >= 100);
}

static void a_patched_page_outlives_the_one_it_came_from(void **state)
{
    (void)state;
    struct vb_document *d = vb_document_open("assets/sample/casilli.txt", NULL);
    const struct vb_transcript *first = vb_transcript_ref(vb_document_transcript(d));
    for (uint32_t i = 0; i < 5; i++)
        assert_true(correct(d, (struct vb_span){vb_word(first, 1000).span.at, 0}, "mot "));
    const struct vb_transcript *last = vb_transcript_ref(vb_document_transcript(d));
    vb_transcript_unref(first);
    vb_document_close(d);
    assert_true(vb_turn_speakers(last, 0).len > 0);
    assert_true(str_starts(vb_title(last), "Les travailleurs"));
    vb_transcript_unref(last);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_is_what_its_reader_would_make_of_it),
        cmocka_unit_test(pages_with_markup_are),
        cmocka_unit_test(markdown_is),
        cmocka_unit_test(any_correction_of_any_page_is),
        cmocka_unit_test(a_patched_page_outlives_the_one_it_came_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
