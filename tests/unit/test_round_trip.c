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
    "srt",
    "vtt",
    "sbv",
    "other-subtitle",
    "audacity-labels",
    "delimited",
    "text",
    "text-timestamps",
    "markdown-turns",
    "podcast-json",
    "whisper-json",
    "stt-json",
    "other-json",
    "other-xml",
    "trs",
    "eaf",
    "ttml",
    "smil",
    "epub-dir",
    "textgrid",
    "html",
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
    {"b.wiki", "'''Titre :''' E\n\n==Transcription==\n\n[Virgule musicale]\n\n<b>Anne Martin : "
               "</b>Bonjour. [Rires] Oui.\n\n[Jingle]\n\n<b>Karim Diallo : </b>Non.\n"},
    {"a.txt",  "I: Un deux. #00:00:05-2#\n\nB: Trois. #00:00:09-8#\n\nI: Quatre.\n"                 },
};

/* ---- walking ---- */

/* What a sanitizer can tell, it tells of small files; the others take it half a minute. */
#ifdef __SANITIZE_ADDRESS__
enum { LARGEST = 16000 };
#else
enum { LARGEST = 64 << 20 };
#endif

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
        if (bytes.len > LARGEST)
            continue;
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
    if (!vb_document_editable(d, NULL))
        return;
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

static void bytes_of(const struct vb_document *d, struct buf *into)
{
    char *data;
    size_t len;
    vb_document_bytes(d, &data, &len);
    buf_clear(into);
    buf_add(into, (vb_str){data, len});
    free(data);
}

/* In the file, in its encoding and with its line ends: nothing before the word has changed, and
 * nothing behind it. */
static bool only_these_changed(vb_str before, vb_str after, struct vb_span span)
{
    size_t behind = before.len - span.at - span.len;
    return after.len >= span.at + behind &&
           str_is(str_cut(before, 0, span.at), str_cut(after, 0, span.at)) &&
           str_is(str_from(before, span.at + span.len), str_from(after, after.len - behind));
}

static void correct(const char *path, struct vb_document *d, vb_str bytes, uint32_t i)
{
    struct vb_word word = vb_word(vb_document_transcript(d), i);
    struct vb_span in_file = vb_document_file_span(d, word.span);
    struct buf fresh = {0}, after = {0};
    struct vb_error error = {0};
    if (!word.span.len)
        return;
    vb_format_quote(vb_document_format(d), VB_STR("Zorro"), add, &fresh);
    if (vb_document_replace(d, word.span, buf_str(&fresh), &error)) {
        bytes_of(d, &after);
        if (!only_these_changed(bytes, buf_str(&after), in_file))
            fail_msg("%s: more than word %u has changed", path, i);
        assert_true(vb_document_undo(d, NULL));
    } else if (!error.text[0] || vb_document_editable(d, NULL)) {
        fail_msg("%s: word %u can't be corrected: %s", path, i, error.text);
    }
    bytes_of(d, &after);
    assert_true(str_is(buf_str(&after), bytes));
    buf_free(&fresh);
    buf_free(&after);
}

static void check_correction(const char *path, vb_str bytes, struct vb_document *d)
{
    uint32_t count = vb_word_count(vb_document_transcript(d));
    if (!count)
        return;
    correct(path, d, bytes, 0);
    correct(path, d, bytes, count / 2);
    correct(path, d, bytes, count - 1);
}

static void one_word_corrected_changes_only_its_bytes(void **state)
{
    (void)state;
    walk(check_correction);
}

/* ---- written and read again ---- */

enum {
    NAMES_IN_BOLD = 1,     /* where nobody is named in bold, what looks like a name is one */
    NAMES_LIKELY = 2,      /* a name is text; it must look like one, and come again */
    SORTED = 4,            /* a tier a speaker: read in the order of the times */
    SHOWN_IN_BRACKETS = 8, /* what is shown and not spoken is */
};

static const struct {
    const char *format;
    int how;
    vb_time precision; /* of a paragraph's start; 0: the format has few times, or cuts */
} writers[] = {
    {"vtt",          0,                 1000 },
    {"tsv",          0,                 1000 },
    {"csv",          0,                 1    },
    {"markdown",     0,                 1000 },
    {"jsonl",        0,                 1    },
    {"podcast-json", 0,                 1    },
    {"podcast-html", 0,                 1000 },
    {"trs",          SHOWN_IN_BRACKETS, 1    },
    {"eaf",          SORTED,            1000 },
    {"ttml",         0,                 1    },
    {"smil",         0,                 1    },
    {"textgrid",     SORTED,            1    },
    {"april",        NAMES_IN_BOLD,     0    },
    {"otranscribe",  NAMES_IN_BOLD,     1    },
    {"srt",          NAMES_LIKELY,      1000 },
    {"sbv",          NAMES_LIKELY,      1000 },
    {"audacity",     NAMES_LIKELY,      1    },
    {"lrc",          NAMES_LIKELY,      10000},
    {"text",         NAMES_LIKELY,      1000 },
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

static bool has_stage(const struct vb_transcript *t)
{
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++)
        if (vb_paragraph(t, i)->kind == VB_STAGE)
            return true;
    return false;
}

/* ---- a transcript as lists that can be compared ---- */

struct listing {
    const struct vb_transcript *t;
    uint32_t *order; /* of the paragraphs */
    bool brackets;   /* they count */
    struct buf words, speakers;
};

/* "Anne:" as the voice of a WebVTT file is Anne. */
static vb_str names_of(const struct vb_transcript *t, uint32_t turn)
{
    vb_str names = turn == VB_NONE ? VB_STR("") : vb_turn_speakers(t, turn);
    while (str_ends(names, ":"))
        names.len--;
    return names;
}

static const struct vb_transcript *sorting;

/* Of two who begin at once, a file of tiers does not know who is first. */
static int by_time(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    const struct vb_paragraph *p = vb_paragraph(sorting, one);
    const struct vb_paragraph *q = vb_paragraph(sorting, other);
    if (p->start != q->start)
        return p->start < q->start ? -1 : 1;
    vb_str left = names_of(sorting, p->turn), right = names_of(sorting, q->turn);
    int named = memcmp(left.data, right.data, left.len < right.len ? left.len : right.len);
    return named ? named : one < other ? -1 : 1;
}

static void list_words(struct listing *l, const struct vb_paragraph *p)
{
    struct buf one = {0};
    for (uint32_t word = p->first_word; word < p->first_word + p->word_count; word++) {
        data_fold(vb_word_text(l->t, word), &one);
        for (size_t c = 0; c < one.len; c++)
            if (one.data[c] != ' ' && (l->brackets || !strchr("[]", one.data[c])))
                buf_putc(&l->words, one.data[c]);
    }
    buf_free(&one);
}

/* A remark of nobody's may come back as one or as a stage direction. */
static bool is_said(const struct vb_transcript *t, const struct vb_paragraph *p)
{
    for (uint32_t word = p->first_word; word < p->first_word + p->word_count; word++)
        if (p->kind != VB_STAGE &&
            (names_of(t, p->turn).len || !(vb_word_marks(t, word) & VB_UNSPOKEN)))
            return true;
    return false;
}

static struct listing list(const struct vb_transcript *t, bool sorted, bool brackets)
{
    uint32_t count = vb_paragraph_count(t);
    struct listing l = {t, mem_new((count + 1) * sizeof(uint32_t)), brackets, {0}, {0}};
    vb_str last = VB_STR("?");
    for (uint32_t i = 0; i < count; i++)
        l.order[i] = i;
    sorting = t;
    if (sorted)
        qsort(l.order, count, sizeof *l.order, by_time);
    for (uint32_t i = 0; i < count; i++) {
        const struct vb_paragraph *p = vb_paragraph(t, l.order[i]);
        vb_str names = names_of(t, p->turn);
        list_words(&l, p);
        bool opens = !names.len && !l.speakers.len; /* before anybody is named */
        if (!is_said(t, p) || str_is(names, last) || opens)
            continue;
        buf_printf(&l.speakers, "%.*s|", (int)names.len, names.data);
        last = names;
    }
    return l;
}

static void forget(struct listing *l)
{
    free(l->order);
    buf_free(&l->words);
    buf_free(&l->speakers);
}

static bool times_rise(const struct vb_transcript *t, vb_time step)
{
    vb_time last = -step;
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++) {
        vb_time start = vb_paragraph(t, i)->start;
        if (start == VB_NO_TIME)
            continue;
        if (start < last + step)
            return false;
        last = start;
    }
    return true;
}

/* ---- the same again ---- */

static void compare_words(const char *what, const struct listing *l,
                          const struct listing *again)
{
    size_t at = 0;
    vb_str wanted = buf_str(&l->words), found = buf_str(&again->words);
    if (str_is(found, wanted))
        return;
    while (at < found.len && at < wanted.len && found.data[at] == wanted.data[at])
        at++;
    at = at > 20 ? at - 20 : 0;
    fail_msg("%s: “%.60s” became “%.60s”", what, wanted.data + at,
             found.len > at ? found.data + at : "");
}

static bool same_time(vb_time one, vb_time other, vb_time precision)
{
    return one != VB_NO_TIME && other != VB_NO_TIME && llabs(one - other) <= precision;
}

/* Each stated beginning is found again, in the order of the paragraphs. */
static void compare_starts(const char *what, vb_time precision, const struct listing *l,
                           const struct listing *again)
{
    uint32_t j = 0, count = vb_paragraph_count(again->t);
    for (uint32_t i = 0; i < vb_paragraph_count(l->t); i++) {
        const struct vb_paragraph *p = vb_paragraph(l->t, l->order[i]);
        if (!p->word_count || p->start == VB_NO_TIME || p->start < 0)
            continue;
        while (j < count &&
               !same_time(vb_paragraph(again->t, again->order[j])->start, p->start, precision))
            j++;
        if (j == count)
            fail_msg("%s: the time of paragraph %u is lost", what, i);
    }
}

/* Where the paragraphs are the same, their ends are. */
static void compare_ends(const char *what, vb_time precision, const struct listing *l,
                         const struct listing *again)
{
    uint32_t count = vb_paragraph_count(l->t);
    for (uint32_t i = 0; i < count && count == vb_paragraph_count(again->t); i++) {
        const struct vb_paragraph *p = vb_paragraph(l->t, l->order[i]);
        const struct vb_paragraph *q = vb_paragraph(again->t, again->order[i]);
        bool proper = p->end != VB_NO_TIME && p->start != VB_NO_TIME && p->end > p->start;
        if (proper && p->start >= 0 && p->word_count && !same_time(p->end, q->end, precision))
            fail_msg("%s: the end of paragraph %u is lost", what, i);
    }
}

/* Where the paragraphs are the same, what stands beside them is; a remark that times are
 * estimated may come before. */
static void compare_asides(const char *what, const struct vb_transcript *t,
                           const struct vb_transcript *again)
{
    size_t wanted, found;
    const struct vb_aside *a = vb_asides(t, &wanted), *b = vb_asides(again, &found);
    if (vb_paragraph_count(t) != vb_paragraph_count(again))
        return;
    if (found && str_starts(b[0].text, "NOTE The times of cues in <c.estimated>"))
        b++, found--;
    if (wanted != found)
        fail_msg("%s: of %zu asides %zu are left", what, wanted, found);
    for (size_t i = 0; i < wanted; i++)
        if (a[i].paragraph != b[i].paragraph || a[i].kind != b[i].kind ||
            !str_is(a[i].text, b[i].text))
            fail_msg("%s: “%.*s” is lost", what, (int)a[i].text.len, a[i].text.data);
}

static bool says_who(const struct vb_transcript *t, const struct vb_format *f)
{
    uint32_t lossy =
        f->losses & (VB_LOSES_JOINT | VB_LOSES_NOBODY | VB_LOSES_SPEAKERS | VB_LOSES_STAGE);
    struct vb_lost lost[VB_LOSS_KINDS];
    size_t count = vb_format_losses(f, t, NULL, (struct vb_write_options){0}, lost);
    for (size_t i = 0; i < count; i++)
        if (lost[i].what & lossy)
            return false;
    return true;
}

static void write_again(const char *path, size_t w, const struct vb_transcript *t)
{
    const struct vb_format *f = vb_format_named(str_of(writers[w].format));
    struct vb_error error = {0};
    struct buf out = {0};
    char what[400];
    snprintf(what, sizeof what, "%s as %s", path, writers[w].format);
    if (!vb_write(f, t, NULL, (struct vb_write_options){.estimated = true}, add, &out, &error))
        fail_msg("%s: %s", what, error.text);
    struct vb_transcript *again = vb_read(f, buf_str(&out), &error);
    if (!again)
        fail_msg("%s is not read again: %s", what, error.text);
    bool sorted = writers[w].how & SORTED && !times_rise(t, 1);
    bool brackets = !has_stage(t) && !has_stage(again) && !(writers[w].how & SHOWN_IN_BRACKETS);
    struct listing wanted = list(t, sorted, brackets), found = list(again, sorted, brackets);
    compare_words(what, &wanted, &found);
    if (says_who(t, f) && !str_is(buf_str(&found.speakers), buf_str(&wanted.speakers)))
        fail_msg("%s: the speakers %s became %s", what, wanted.speakers.data,
                 found.speakers.data);
    if (writers[w].precision && (times_rise(t, 0) || sorted))
        compare_starts(what, writers[w].precision, &wanted, &found);
    if (writers[w].precision && times_rise(t, 0) &&
        !(f->losses & (VB_LOSES_ENDS | VB_LOSES_OVERLAP)))
        compare_ends(what, writers[w].precision, &wanted, &found);
    if (f->keeps_asides)
        compare_asides(what, t, again);
    forget(&wanted);
    forget(&found);
    vb_transcript_unref(again);
    buf_free(&out);
}

static void check_writers(const char *path, vb_str bytes, struct vb_document *d)
{
    (void)bytes;
    const struct vb_transcript *t = vb_document_transcript(d);
    bool bold = vb_speaker_count(t) || !has_colon(t);
    bool likely = names_are_likely(t) || (!vb_speaker_count(t) && !has_colon(t));
    for (size_t w = 0; vb_word_count(t) && w < COUNT(writers); w++)
        if (!(writers[w].how & (NAMES_IN_BOLD | NAMES_LIKELY)) ||
            (writers[w].how & NAMES_IN_BOLD && bold) || likely)
            write_again(path, w, t);
}

/* The times that words have, where a row a word was asked for. */
static void write_words(const char *path, const struct vb_format *f,
                        const struct vb_transcript *t)
{
    struct vb_error error = {0};
    struct buf out = {0};
    struct vb_write_options options = {.estimated = true, .words = true};
    if (!vb_write(f, t, NULL, options, add, &out, &error))
        fail_msg("%s as words of %s: %s", path, f->name, error.text);
    struct vb_transcript *again = vb_read(f, buf_str(&out), &error);
    if (!again)
        fail_msg("%s as words of %s: %s", path, f->name, error.text);
    uint32_t count = vb_word_count(t), found = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct vb_word word = vb_word(t, i);
        if (word.marks & VB_UNSPOKEN || word.start == VB_NO_TIME)
            continue;
        while (found < vb_word_count(again) &&
               !(same_time(vb_word(again, found).start, word.start, 10000) ||
                 same_time(vb_paragraph(again, vb_word(again, found).paragraph)->start,
                           word.start, 10000)))
            found++;
        if (found == vb_word_count(again))
            fail_msg("%s as words of %s: the time of “%.*s” (%u) is lost", path, f->name,
                     (int)word.text.len, word.text.data, i);
    }
    vb_transcript_unref(again);
    buf_free(&out);
}

static bool words_rise(const struct vb_transcript *t)
{
    vb_time last = 0;
    for (uint32_t i = 0; i < vb_word_count(t); i++) {
        vb_time start = vb_word(t, i).start;
        if (start != VB_NO_TIME && start < last)
            return false;
        last = start == VB_NO_TIME ? last : start;
    }
    return true;
}

static void check_words(const char *path, vb_str bytes, struct vb_document *d)
{
    (void)bytes;
    const struct vb_transcript *t = vb_document_transcript(d);
    bool timed = false;
    for (uint32_t i = 0; i < vb_word_count(t) && !timed; i++)
        timed = vb_word(t, i).start != VB_NO_TIME && !(vb_word_marks(t, i) & VB_UNSPOKEN);
    for (size_t i = 0; timed && words_rise(t) && times_rise(t, 0) && i < vb_format_count();
         i++) {
        const struct vb_format *f = vb_format_at(i);
        if (f->read && f->write && f->kept_with_words & VB_LOSES_WORD_TIMES)
            write_words(path, f, t);
    }
}

static void the_times_of_words_are_written_and_read_again(void **state)
{
    (void)state;
    walk(check_words);
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
        cmocka_unit_test(the_times_of_words_are_written_and_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
