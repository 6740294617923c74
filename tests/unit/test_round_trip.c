/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for every format that is written, or saved over, whatever stands in the file: it
 * walks the table of formats and all files that others made, where they are here, and a few
 * pages of our own. */
#include "transcripts.h"

#include "base/mem.h"
#include "format/april.h"
#include "format/format.h"
#include "support/support_data.h"
#include "verbatim/document.h"

static const char *const folders[] = {
    "srt",       "vtt",
    "sbv",       "audacity-labels",
    "delimited", "text-timestamps",
    "text",      "markdown-turns",
};

/* ---- pages of our own ---- */

static const struct {
    const char *name, *text;
} pages[] = {
    {"a.srt",
     "1\n00:00:01,000 --> 00:00:02,500\nAnne Martin: Bonjour <i>à tous</i>.\nEt R&D ?\n\n"
     "2\n00:00:03,000 --> 00:00:04,000\nKarim Diallo: « Salut ! »\n\n"
     "3\n00:00:05,000 --> 00:00:06,000\nAnne Martin: Oui.\n\n"
     "4\n00:00:07,000 --> 00:00:08,000\nKarim Diallo: a < b, b > c\n"                               },
    {"a.vtt",  "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anne>Bonjour R&amp;D &lt;ici&gt;\n\n"
              "00:03.000 --> 00:05.000\n<v Karim>un <00:04.000>deux <00:04.500>trois\n"},
    {"a.md",   "**Anne:** \\[00:01\\] Un *deux* trois \\* quatre.\n\n**Karim:** Cinq "
             "[six](http://a.org).\n\n"
             "**Anne:** Sept\n"                                                         },
    {"a.csv",
     "start,end,speaker,text\n0.5,1.5,Anne,\"Un \"\"deux\"\", trois\"\n2,3,Karim,quatre\n"          },
    {"a.wiki", "[[Catégorie:Transcriptions]]\n\n'''Titre :''' E\n\n==Transcription==\n\n"
               "<b>Anne Martin : </b>Un ''deux'' &amp; trois.\n\n==8’20==\n\n<b>Karim Diallo : "
               "</b>Quatre<ref>note</ref> cinq.\n"                                    },
};

/* ---- walking ---- */

typedef void check(const char *path, vb_str bytes, struct vb_document *d);

static void walk_folder(const char *folder, check *each, size_t *seen)
{
    char path[256];
    struct buf manifest = {0}, bytes = {0};
    struct data_file file;
    snprintf(path, sizeof path, "%s/MANIFEST.jsonl", folder);
    if (!data_read(path, &manifest)) {
        printf("skipped: ../shared/data/formats/%s is not here\n", folder);
        return;
    }
    for (size_t at = 0; data_file_at(folder, buf_str(&manifest), &at, &file);) {
        buf_clear(&bytes);
        assert_true(data_read(file.path, &bytes));
        struct vb_document *d = vb_document_from(file.path, buf_str(&bytes), NULL);
        if (d)
            each(file.path, buf_str(&bytes), d);
        *seen += d != NULL;
        vb_document_close(d);
    }
    buf_free(&bytes);
    buf_free(&manifest);
}

static void walk(check *each)
{
    size_t seen = 0;
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct vb_error error = {0};
        struct vb_document *d = vb_document_from(pages[i].name, str_of(pages[i].text), &error);
        if (!d)
            fail_msg("%s", error.text);
        each(pages[i].name, str_of(pages[i].text), d);
        vb_document_close(d);
    }
    for (size_t i = 0; i < COUNT(folders); i++)
        walk_folder(folders[i], each, &seen);
}

/* ---- opened and saved, without a correction ---- */

static void check_bytes(const char *path, vb_str bytes, struct vb_document *d)
{
    char *data;
    size_t len;
    vb_document_bytes(d, &data, &len);
    if (!str_is(bytes, (vb_str){data, len}))
        fail_msg("%s: other bytes would be saved than were read", path);
    free(data);
}

static void what_nobody_corrects_stays_as_it_is(void **state)
{
    (void)state;
    walk(check_bytes);
}

/* ---- every word's bytes ---- */

/* Without what markup may stand in a word or change its characters. */
static bool is_simple(vb_str source)
{
    for (size_t i = 0; i < source.len; i++)
        if (!source.data[i] || strchr("<>&\\\"{}[]*_`'\n\r", source.data[i]))
            return false;
    return true;
}

static bool has_replaced(vb_str text)
{
    return str_find(text, VB_STR("\uFFFD")) != STR_NOT_FOUND;
}

static void check_spans(const char *path, vb_str bytes, struct vb_document *d)
{
    (void)bytes;
    const struct vb_transcript *t = vb_document_transcript(d);
    vb_str text = vb_document_text(d);
    struct buf source = {0}, shown = {0};
    for (uint32_t i = 0; i < vb_word_count(t); i++) {
        struct vb_word word = vb_word(t, i);
        vb_str there = str_cut(text, word.span.at, word.span.at + word.span.len);
        assert_true(word.span.at + word.span.len <= text.len);
        if (!is_simple(there) || has_replaced(word.text))
            continue;
        data_fold(there, &source);
        data_fold(word.text, &shown);
        if (!str_is(buf_str(&source), buf_str(&shown)))
            fail_msg("%s: word %u “%s” stands at “%s”", path, i, shown.data, source.data);
    }
    buf_free(&source);
    buf_free(&shown);
}

static void every_word_knows_its_bytes(void **state)
{
    (void)state;
    walk(check_spans);
}

/* ---- one word corrected ---- */

static bool add(void *to, vb_str text)
{
    buf_add(to, text);
    return true;
}

static void correct(const char *path, struct vb_document *d, uint32_t i)
{
    struct vb_word word = vb_word(vb_document_transcript(d), i);
    struct buf before = {0}, fresh = {0}, wanted = {0};
    struct vb_error error = {0};
    if (!word.span.len)
        return;
    buf_add(&before, vb_document_text(d));
    vb_format_quote(vb_document_format(d), VB_STR("Zorro"), add, &fresh);
    buf_add(&wanted, str_cut(buf_str(&before), 0, word.span.at));
    buf_add(&wanted, buf_str(&fresh));
    buf_add(&wanted, str_from(buf_str(&before), word.span.at + word.span.len));
    if (vb_document_replace(d, word.span, buf_str(&fresh), &error)) {
        if (!str_is(vb_document_text(d), buf_str(&wanted)))
            fail_msg("%s: more than word %u has changed", path, i);
        assert_true(vb_document_undo(d, NULL));
        assert_true(str_is(vb_document_text(d), buf_str(&before)));
    } else {
        assert_true(error.text[0] != '\0');
        assert_true(str_is(vb_document_text(d), buf_str(&before)));
    }
    buf_free(&before);
    buf_free(&fresh);
    buf_free(&wanted);
}

static void check_correction(const char *path, vb_str bytes, struct vb_document *d)
{
    uint32_t count = vb_word_count(vb_document_transcript(d));
    if (!count || bytes.len > 40000)
        return;
    correct(path, d, 0);
    correct(path, d, count / 2);
    correct(path, d, count - 1);
}

static void one_word_corrected_changes_only_its_bytes(void **state)
{
    (void)state;
    walk(check_correction);
}

/* ---- written and read again ---- */

enum named {
    NAMES_EXACT,
    NAMES_IN_BOLD, /* where nobody is named in bold, what looks like a name is one */
    NAMES_BY_LIKENESS,
};

static const struct {
    const char *format;
    enum named named;
    vb_time precision; /* of a paragraph's start; 0: the format has few times, or cuts */
} writers[] = {
    {"vtt",      NAMES_EXACT,       1000 },
    {"tsv",      NAMES_EXACT,       1000 },
    {"csv",      NAMES_EXACT,       1    },
    {"markdown", NAMES_EXACT,       1000 },
    {"april",    NAMES_IN_BOLD,     0    },
    {"srt",      NAMES_BY_LIKENESS, 1000 },
    {"sbv",      NAMES_BY_LIKENESS, 1000 },
    {"audacity", NAMES_BY_LIKENESS, 1    },
    {"lrc",      NAMES_BY_LIKENESS, 10000},
    {"text",     NAMES_BY_LIKENESS, 1000 },
};

/* In these formats a name is text; it must look like one, and come again. */
static bool names_are_likely(const struct vb_transcript *t)
{
    for (uint32_t i = 0; i < vb_turn_count(t); i++) {
        const struct vb_turn *turn = vb_turn(t, i);
        if (turn->speaker_count > 1)
            return false;
    }
    for (uint32_t i = 0; i < vb_speaker_count(t); i++) {
        const struct vb_speaker *s = vb_speaker(t, i);
        if (s->turns < 2 || !name_reads_like_one(s->name) || names_look_joint(s->name))
            return false;
    }
    return vb_speaker_count(t) > 0;
}

static bool has_colon(const struct vb_transcript *t)
{
    for (uint32_t i = 0; i < vb_word_count(t); i++)
        if (str_find_char(vb_word_text(t, i), ':') != STR_NOT_FOUND)
            return true;
    return false;
}

static void all_words(const struct vb_transcript *t, struct buf *words)
{
    struct buf one = {0};
    buf_clear(words);
    for (uint32_t i = 0; i < vb_word_count(t); i++) {
        data_fold(vb_word_text(t, i), &one);
        for (size_t c = 0; c < one.len; c++)
            if (one.data[c] != ' ')
                buf_putc(words, one.data[c]);
    }
    buf_free(&one);
}

static void all_speakers(const struct vb_transcript *t, struct buf *speakers)
{
    vb_str last = VB_STR("");
    buf_clear(speakers);
    for (uint32_t i = 0; i < vb_turn_count(t); i++) {
        vb_str names = vb_turn_speakers(t, i);
        if (!vb_turn(t, i)->word_count || str_is(names, last))
            continue;
        buf_printf(speakers, "%.*s|", (int)names.len, names.data);
        last = names;
    }
}

static void compare_times(const char *path, const char *format, vb_time precision,
                          const struct vb_transcript *t, const struct vb_transcript *again)
{
    uint32_t j = 0, count = vb_paragraph_count(again);
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++) {
        const struct vb_paragraph *p = vb_paragraph(t, i);
        if (!p->word_count || p->start == VB_NO_TIME || p->start < 0)
            continue;
        while (j < count && (vb_paragraph(again, j)->start == VB_NO_TIME ||
                             vb_paragraph(again, j)->start + precision < p->start))
            j++;
        vb_time found = j < count ? vb_paragraph(again, j)->start : VB_NO_TIME;
        if (found == VB_NO_TIME || found - p->start > precision)
            fail_msg("%s as %s: the time of paragraph %u is lost", path, format, i);
    }
}

static bool times_rise(const struct vb_transcript *t)
{
    vb_time last = 0;
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++) {
        vb_time start = vb_paragraph(t, i)->start;
        if (start == VB_NO_TIME)
            continue;
        if (start < last)
            return false;
        last = start;
    }
    return true;
}

static void write_again(const char *path, size_t w, const struct vb_transcript *t)
{
    const char *format = writers[w].format;
    const struct vb_format *f = vb_format_named(str_of(format));
    struct vb_error error = {0};
    struct buf out = {0}, words = {0}, wanted = {0};
    struct vb_write_options options = {.estimated = true};
    if (!vb_write(f, t, NULL, options, add, &out, &error))
        fail_msg("%s as %s: %s", path, format, error.text);
    struct vb_transcript *again = vb_read(f, buf_str(&out), &error);
    if (!again)
        fail_msg("%s as %s is not read again: %s", path, format, error.text);
    all_words(t, &wanted);
    all_words(again, &words);
    if (!str_is(buf_str(&words), buf_str(&wanted))) {
        size_t at = 0;
        while (at < words.len && at < wanted.len && words.data[at] == wanted.data[at])
            at++;
        at = at > 20 ? at - 20 : 0;
        fail_msg("%s as %s: “%.60s” became “%.60s”", path, format, wanted.data + at,
                 words.len > at ? words.data + at : "");
    }
    all_speakers(t, &wanted);
    all_speakers(again, &words);
    if (!str_is(buf_str(&words), buf_str(&wanted)))
        fail_msg("%s as %s: the speakers %s became %s", path, format, wanted.data, words.data);
    if (writers[w].precision && times_rise(t))
        compare_times(path, format, writers[w].precision, t, again);
    vb_transcript_unref(again);
    buf_free(&out);
    buf_free(&words);
    buf_free(&wanted);
}

static void check_writers(const char *path, vb_str bytes, struct vb_document *d)
{
    const struct vb_transcript *t = vb_document_transcript(d);
    bool likely = names_are_likely(t) || (!vb_speaker_count(t) && !has_colon(t));
    if (!vb_word_count(t) || bytes.len > 60000)
        return;
    bool bold = vb_speaker_count(t) || !has_colon(t);
    for (size_t w = 0; w < COUNT(writers); w++)
        if (writers[w].named == NAMES_EXACT || (writers[w].named == NAMES_IN_BOLD && bold) ||
            likely)
            write_again(path, w, t);
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    walk(check_writers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_nobody_corrects_stays_as_it_is),
        cmocka_unit_test(every_word_knows_its_bytes),
        cmocka_unit_test(one_word_corrected_changes_only_its_bytes),
        cmocka_unit_test(what_is_written_is_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
