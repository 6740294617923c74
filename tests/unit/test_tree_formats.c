/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON, XML, TextGrid and pages: each format's fixture gives what stands beside it, survives
 * being cut and changed anywhere, and comes back whole from a file that we wrote. */
#include "transcripts.h"

#include <sys/resource.h>

#include "base/mem.h"
#include "verbatim/document.h"

static const struct {
    const char *path, *format;
} fixtures[] = {
    {"podcast-json/words.json",   "podcast-json"},
    {"podcast-json/broken.json",  "podcast-json"},
    {"whisper/openai.json",       "whisper"     },
    {"whisper/cpp.json",          "whisper"     },
    {"whisper/x.json",            "whisper"     },
    {"whisper/api.json",          "whisper"     },
    {"whisper/list.json",         "whisper"     },
    {"whisper/chunks.json",       "whisper"     },
    {"podlove/episode.json",      "podlove"     },
    {"otranscribe/entretien.otr", "otranscribe" },
    {"trs/emission.trs",          "trs"         },
    {"eaf/conte.eaf",             "eaf"         },
    {"ttml/nested.ttml",          "ttml"        },
    {"ttml/ticks.ttml",           "ttml"        },
    {"smil/chapitre.smil",        "smil"        },
    {"epub/livre/EPUB/livre.opf", "epub"        },
    {"docx/document.xml",         "docx"        },
    {"docx/notes/document.xml",   "docx"        },
    {"docx/temps/document.xml",   "docx"        },
    {"textgrid/long.TextGrid",    "textgrid"    },
    {"textgrid/short.TextGrid",   "textgrid"    },
    {"podcast-html/page.html",    "podcast-html"},
    {"html/page.html",            "html"        },
    {"html/words.html",           "html"        },
    {"stt/amazon.json",           "stt"         },
    {"stt/google.json",           "stt"         },
    {"stt/kaldi.json",            "stt"         },
    {"stt/vosk.json",             "stt"         },
    {"stt/deepgram.json",         "stt"         },
    {"stt/assembly.json",         "stt"         },
    {"aeneas/carte.json",         "aeneas"      },
    {"aeneas/carte.xml",          "aeneas"      },
    {"jsonl/lignes.jsonl",        "jsonl"       },
};

static void path_of(const char *path, const char *suffix, char whole[256])
{
    snprintf(whole, 256, "tests/data/formats/%s%s", path, suffix);
}

static struct buf file_of(const char *path, const char *suffix)
{
    char whole[256];
    struct buf text = {0};
    struct vb_error error = {0};
    path_of(path, suffix, whole);
    if (!file_read(whole, 1 << 20, &text, &error))
        fail_msg("%s", error.text);
    return text;
}

static struct vb_document *open_fixture(const char *path)
{
    char whole[256];
    struct vb_error error = {0};
    path_of(path, "", whole);
    struct vb_document *d = vb_document_open(whole, &error);
    if (!d)
        fail_msg("%s", error.text);
    return d;
}

static bool put(void *to, vb_str text)
{
    buf_add(to, text);
    return true;
}

static struct buf written(const struct vb_transcript *t, const char *format, bool words)
{
    struct buf out = {0};
    struct vb_error error = {0};
    struct vb_timeline *times = vb_timeline_new(t, VB_NO_TIME);
    if (!vb_write(vb_format_named(str_of(format)), t, times,
                  (struct vb_write_options){.words = words}, put, &out, &error))
        fail_msg("%s: %s", format, error.text);
    vb_timeline_free(times);
    return out;
}

static void every_fixture_gives_what_stands_beside_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fixtures); i++) {
        struct vb_document *d = open_fixture(fixtures[i].path);
        struct buf wanted = file_of(fixtures[i].path, ".expected.jsonl");
        struct buf found = written(vb_document_transcript(d), "jsonl", false);
        assert_string_equal(vb_format_name(vb_document_format(d)), fixtures[i].format);
        if (!str_is(buf_str(&found), buf_str(&wanted)))
            fail_msg("%s gave\n%s", fixtures[i].path, found.data);
        buf_free(&found);
        buf_free(&wanted);
        vb_document_close(d);
    }
}

/* The note stands in a file beside the document, and hangs on its word. */
static void the_notes_of_a_document_are_read(void **state)
{
    (void)state;
    struct vb_document *d = open_fixture("docx/notes/document.xml");
    const struct vb_transcript *t = vb_document_transcript(d);
    size_t count;
    const struct vb_footnote *notes = vb_footnotes(t, &count);
    assert_int_equal(count, 1);
    assert_text(notes[0].text, "Une note.");
    assert_text(vb_word_text(t, notes[0].word), "Bonjour");
    vb_document_close(d);
}

/* "dur" in a row: each word begins where the one before has ended. */
static void words_in_a_row_have_times(void **state)
{
    (void)state;
    struct vb_document *d = open_fixture("ttml/ticks.ttml");
    const struct vb_transcript *t = vb_document_transcript(d);
    uint32_t word = find_word(t, "cinq");
    assert_true(vb_word(t, word).start == 5500000 && vb_word(t, word).end == 6000000);
    vb_document_close(d);
}

/* Where nobody is named, where no time is known: a file that we wrote is what we wrote it as.
 */
static void what_is_written_is_known_again_without_names_and_times(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "WEBVTT\n\n00:01.000 --> 00:02.000\nUn deux.\n\n00:05.000 --> 00:06.000\nTrois.\n",
        "Un deux.\n\nTrois.\n",
    };
    for (size_t i = 0; i < 2 * vb_format_count(); i++) {
        const struct vb_format *f = vb_format_at(i / 2);
        struct vb_error error = {0};
        struct buf out = {0};
        struct vb_document *d =
            vb_document_from(i % 2 ? "a.txt" : "a.vtt", str_of(texts[i % 2]), &error);
        bool written = vb_format_writes(f) && vb_format_reads(f) &&
                       vb_write(f, vb_document_transcript(d), NULL,
                                (struct vb_write_options){0}, put, &out, &error);
        if (written) {
            struct vb_document *again =
                vb_document_from(vb_format_name(f), buf_str(&out), &error);
            if (!again)
                fail_msg("%s, written: %s", vb_format_name(f), error.text);
            bool same =
                vb_document_format(again) == f ||
                strcmp(vb_format_name(f), "tsv") == 0 ||    /* audacity's, but for the name */
                strcmp(vb_format_name(f), "markdown") == 0; /* text, but for the name */
            if (!same)
                fail_msg("%s is taken for %s", vb_format_name(f),
                         vb_format_name(vb_document_format(again)));
            assert_int_equal(vb_word_count(vb_document_transcript(again)), 3);
            vb_document_close(again);
        }
        vb_document_close(d);
        buf_free(&out);
    }
}

/* ---- cut and changed ---- */

/* Read, or refused with a sentence; the words' bytes lie in the file. */
static void survives(const char *path, vb_str bytes)
{
    struct vb_error error = {0};
    struct vb_document *d = vb_document_from(path, bytes, &error);
    if (!d) {
        assert_true(error.text[0] != '\0');
        return;
    }
    const struct vb_transcript *t = vb_document_transcript(d);
    for (uint32_t i = 0; i < vb_word_count(t); i++) {
        struct vb_word word = vb_word(t, i);
        assert_true(!word.span.len || word.span.at + word.span.len <= bytes.len * 3);
    }
    vb_document_close(d);
}

static void a_file_may_break_off_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(fixtures); i++) {
        struct buf text = file_of(fixtures[i].path, "");
        for (size_t len = 0; len < text.len; len++)
            survives(fixtures[i].path, str_cut(buf_str(&text), 0, len));
        buf_free(&text);
    }
}

static void any_byte_may_be_another(void **state)
{
    (void)state;
    static const unsigned char others[] = {0, '"', '<', '&', 0xFF};
    for (size_t i = 0; i < COUNT(fixtures); i++) {
        struct buf text = file_of(fixtures[i].path, "");
        for (size_t at = 0; at < text.len; at++) {
            char before = text.data[at];
            text.data[at] = (char)others[at % COUNT(others)];
            survives(fixtures[i].path, buf_str(&text));
            text.data[at] = (char)(before ^ 0x10);
            survives(fixtures[i].path, buf_str(&text));
            text.data[at] = before;
        }
        buf_free(&text);
    }
}

/* ---- there and back ---- */

static struct vb_transcript *read_as(const char *format, vb_str text)
{
    struct vb_error error = {0};
    assert_string_equal(vb_format_name(vb_format_guess(text, NULL)), format);
    struct vb_transcript *t = vb_read(vb_format_named(str_of(format)), text, &error);
    if (!t)
        fail_msg("%s: %s", format, error.text);
    return t;
}

static void assert_comes_back(const struct vb_transcript *t, const char *format, bool words)
{
    struct buf file = written(t, format, words), before = written(t, "jsonl", words);
    struct vb_transcript *back = read_as(format, buf_str(&file));
    struct buf after = written(back, "jsonl", words);
    if (!str_is(buf_str(&before), buf_str(&after)))
        fail_msg("%s changed\n%sto\n%sas\n%s", format, before.data, after.data, file.data);
    vb_transcript_unref(back);
    buf_free(&file);
    buf_free(&before);
    buf_free(&after);
}

static const char talk[] = "{\"start\": 0.5, \"end\": 1.5, \"speaker\": \"Anne & Co <a@b>\", "
                           "\"text\": \"« Bonjour » à \\\"tous\\\" !\", \"turn\": 1}\n"
                           "{\"start\": 1.5, \"end\": 3.125, \"speaker\": \"Anne & Co <a@b>\", "
                           "\"text\": \"R&D <ok> l'État\", \"turn\": 1}\n"
                           "{\"start\": 4, \"end\": 5.75, \"speaker\": \"Karim\", \"text\": "
                           "\"Oui : 100 %.\", \"turn\": 2}\n"
                           "{\"start\": 6, \"end\": 7, \"speaker\": \"Anne & Co <a@b>\", "
                           "\"text\": \"Fin\", \"turn\": 3}\n";

static const char words_of_talk[] =
    "{\"word\": \"Bonjour\", \"start\": 0.5, \"end\": 1, \"turn\": 1, \"speaker\": \"Anne\"}\n"
    "{\"word\": \"tous.\", \"start\": 1.25, \"end\": 1.5, \"turn\": 1, \"speaker\": \"Anne\"}\n"
    "{\"word\": \"Oui\", \"start\": 2, \"end\": 2.25, \"turn\": 2, \"speaker\": \"Karim\"}\n"
    "{\"word\": \"oui.\", \"start\": 2.25, \"end\": 2.5, \"turn\": 2, \"speaker\": "
    "\"Karim\"}\n";

static void what_is_written_reads_the_same(void **state)
{
    (void)state;
    static const char *const formats[] = {"podcast-json", "trs",      "eaf",  "ttml",
                                          "smil",         "textgrid", "jsonl"};
    struct vb_transcript *t = read_as("jsonl", str_of(talk));
    for (size_t i = 0; i < COUNT(formats); i++)
        assert_comes_back(t, formats[i], false);
    vb_transcript_unref(t);
}

static void ends_and_unknown_times_stay_unknown_where_the_format_has_none(void **state)
{
    (void)state;
    static const char *const formats[] = {"otranscribe", "podcast-html", "smil"};
    struct vb_transcript *t = read_as(
        "jsonl",
        VB_STR(
            "{\"start\": 1, \"end\": null, \"speaker\": \"Anne\", \"text\": \"Un & deux\"}\n"
            "{\"start\": null, \"end\": null, \"speaker\": \"Anne\", \"text\": \"trois\"}\n"
            "{\"start\": 62.5, \"end\": null, \"speaker\": \"Karim\", \"text\": \"Fin.\"}\n"));
    for (size_t i = 0; i < COUNT(formats); i++)
        assert_comes_back(t, formats[i], false);
    vb_transcript_unref(t);
}

static void words_keep_their_times(void **state)
{
    (void)state;
    static const char *const formats[] = {"ttml", "eaf", "textgrid", "jsonl"};
    struct vb_transcript *t = read_as("jsonl", str_of(words_of_talk));
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct buf file = written(t, formats[i], true);
        struct vb_transcript *back = read_as(formats[i], buf_str(&file));
        struct buf before = written(t, "jsonl", true), after = written(back, "jsonl", true);
        if (!str_is(buf_str(&before), buf_str(&after)))
            fail_msg("%s changed\n%sto\n%sas\n%s", formats[i], before.data, after.data,
                     file.data);
        vb_transcript_unref(back);
        buf_free(&file);
        buf_free(&before);
        buf_free(&after);
    }
    vb_transcript_unref(t);
}

static void an_estimate_is_not_written_unasked(void **state)
{
    (void)state;
    static const char *const formats[] = {"podcast-json", "trs", "eaf", "ttml", "textgrid"};
    struct vb_transcript *t = read_text("Alice : Bonjour.\nBob : Salut.\nAlice : Oui.\n");
    struct vb_timeline *times = vb_timeline_new(t, 60 * VB_SECOND);
    for (size_t i = 0; i < COUNT(formats); i++) {
        const struct vb_format *f = vb_format_named(str_of(formats[i]));
        struct vb_error error = {0};
        struct buf out = {0};
        assert_false(vb_write(f, t, times, (struct vb_write_options){0}, put, &out, &error));
        assert_holds(error.text, "--estimated");
        assert_true(vb_write(f, t, times, (struct vb_write_options){.estimated = true}, put,
                             &out, &error));
        buf_free(&out);
    }
    vb_timeline_free(times);
    vb_transcript_unref(t);
}

/* ---- details that the rows don't show ---- */

static void a_word_says_where_it_stands_even_behind_an_escape(void **state)
{
    (void)state;
    vb_str text =
        VB_STR("{\"segments\": [{\"start\": 0, \"end\": 1, \"text\": \" l\\u00e9a dort\"}]}");
    struct vb_transcript *t = read_as("whisper", text);
    struct vb_word word = vb_word(t, 0);
    assert_text(word.text, "léa");
    assert_text(str_cut(text, word.span.at, word.span.at + word.span.len), "l\\u00e9a");
    word = vb_word(t, 1);
    assert_text(str_cut(text, word.span.at, word.span.at + word.span.len), "dort");
    vb_transcript_unref(t);
}

static void a_recognisers_confidence_goes_with_its_words(void **state)
{
    (void)state;
    struct vb_document *d = open_fixture("whisper/openai.json");
    struct vb_timeline *times = vb_timeline_new(vb_document_transcript(d), VB_NO_TIME);
    assert_int_equal((int)(100 * vb_timeline_confidence(times, 0) + 0.5F), 87);
    assert_int_equal((int)(100 * vb_timeline_confidence(times, 4) + 0.5F), 25);
    assert_true(vb_duration_stated(vb_document_transcript(d)) == 8500000);
    vb_timeline_free(times);
    vb_document_close(d);
}

static void what_was_repaired_is_told_with_its_line(void **state)
{
    (void)state;
    struct vb_document *d = open_fixture("podcast-json/broken.json");
    const struct vb_transcript *t = vb_document_transcript(d);
    size_t count;
    const struct vb_note *notes = vb_notes(t, &count);
    assert_true(has_note(t, VB_WARNING, "a comma is missing"));
    assert_true(has_note(t, VB_WARNING, "no backslash before it"));
    assert_true(has_note(t, VB_WARNING, "half a character"));
    assert_true(has_note(t, VB_WARNING, "breaks off"));
    assert_true(has_note(t, VB_WARNING, "stands twice"));
    assert_true(has_note(t, VB_WARNING, "no time of a recording"));
    assert_true(has_note(t, VB_INFO, "a comma too many"));
    for (size_t i = 0; i < count; i++)
        assert_true(notes[i].line >= 3 && notes[i].span.len > 0);
    vb_document_close(d);
}

static void a_book_is_read_from_its_folder_too(void **state)
{
    (void)state;
    struct vb_error error = {0};
    struct vb_document *d = vb_document_open("tests/data/formats/epub/livre", &error);
    if (!d)
        fail_msg("%s", error.text);
    assert_text(vb_title(vb_document_transcript(d)), "Le livre");
    assert_int_equal(vb_paragraph_count(vb_document_transcript(d)), 3);
    vb_document_close(d);
}

static void broken_files_are_refused_with_a_sentence_that_helps(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } files[] = {
        {"{\"text\": 42, \"media\": \"\", \"media-time\": \"0.0\"}",  "damaged"            },
        {"{\"text\": [], \"media-time\": 1}",                         "damaged"            },
        {"{\"segmentation\": {\"speakers\": [], \"segments\": []}}",  "holds no words"     },
        {"{\"segments\": 12, \"text\": \"\"}",                        "no list of segments"},
        {"File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n", "is it whole"        },
        {"<Trans><Episode></Trans",                                   ""                   },
        {"{\"version\": \"1\", \"segments\": []]}",                   "never opened"       },
        {"{\"version\": \"1\", \"segments\": [{startTime: 1}]}",      "name in quotes"     },
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct vb_error error = {0};
        struct vb_document *d = vb_document_from("file", str_of(files[i].text), &error);
        if (!d)
            assert_holds(error.text, files[i].says);
        else
            assert_string_equal(files[i].says, "");
        vb_document_close(d);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fixture_gives_what_stands_beside_it),
        cmocka_unit_test(the_notes_of_a_document_are_read),
        cmocka_unit_test(words_in_a_row_have_times),
        cmocka_unit_test(what_is_written_is_known_again_without_names_and_times),
        cmocka_unit_test(a_file_may_break_off_anywhere),
        cmocka_unit_test(any_byte_may_be_another),
        cmocka_unit_test(what_is_written_reads_the_same),
        cmocka_unit_test(ends_and_unknown_times_stay_unknown_where_the_format_has_none),
        cmocka_unit_test(words_keep_their_times),
        cmocka_unit_test(an_estimate_is_not_written_unasked),
        cmocka_unit_test(a_word_says_where_it_stands_even_behind_an_escape),
        cmocka_unit_test(a_recognisers_confidence_goes_with_its_words),
        cmocka_unit_test(what_was_repaired_is_told_with_its_line),
        cmocka_unit_test(a_book_is_read_from_its_folder_too),
        cmocka_unit_test(broken_files_are_refused_with_a_sentence_that_helps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
