/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One open file: what is read from it, where each word stands in it, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "document/ahead.h"
#include "support/support_sound.h"
#include "verbatim/document.h"

static const char page[] = "Titre : L’été des idées\n\n"
                           "Intervenants : Zoé Müller - Noël Ça\n\n"
                           "Transcription\n\n"
                           "Zoé Müller : Voilà, « l’œuvre » coûte 5 €…\n\n"
                           "Noël Ça : Déjà ?\n";

/* The page in another encoding; characters that windows-1252 has not are not in it. */
static struct buf in_1252(const char *text)
{
    static const struct {
        uint32_t character;
        char byte;
    } high[] = {
        {0x20AC, '\x80'},
        {0x2026, '\x85'},
        {0x2019, '\x92'},
        {0x153,  '\x9C'},
    };
    struct buf bytes = {0};
    for (size_t at = 0; at < strlen(text);) {
        uint32_t c = str_next(str_of(text), &at);
        char byte = (char)c;
        for (size_t i = 0; i < COUNT(high); i++)
            byte = high[i].character == c ? high[i].byte : byte;
        buf_putc(&bytes, byte);
    }
    return bytes;
}

static struct buf in_utf16(const char *text)
{
    struct buf bytes = {0};
    buf_puts(&bytes, "\xFF\xFE");
    for (size_t at = 0; at < strlen(text);) {
        uint32_t c = str_next(str_of(text), &at);
        buf_putc(&bytes, (char)c);
        buf_putc(&bytes, (char)(c >> 8));
    }
    return bytes;
}

static struct buf with_mark(const char *text)
{
    struct buf bytes = {0};
    buf_puts(&bytes, "\xEF\xBB\xBF");
    buf_puts(&bytes, text);
    return bytes;
}

/* The bytes that a word is said to stand in, as text again. */
static bool stands_there(const struct vb_document *d, const struct buf *file, uint32_t word,
                         const char *expected, struct buf (*encode)(const char *text))
{
    struct vb_word w = vb_word(vb_document_transcript(d), word);
    struct vb_span span = vb_document_file_span(d, w.span);
    struct buf bytes = encode(expected);
    size_t mark = str_starts(buf_str(&bytes), "\xFF\xFE")       ? 2
                  : str_starts(buf_str(&bytes), "\xEF\xBB\xBF") ? 3
                                                                : 0;
    bool same = str_is(str_cut(buf_str(file), span.at, span.at + span.len),
                       str_from(buf_str(&bytes), mark));
    buf_free(&bytes);
    return same;
}

static void a_word_is_found_in_its_file_whatever_the_encoding(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        struct buf (*encode)(const char *text);
    } encodings[] = {
        {"UTF-8",        with_mark},
        {"windows-1252", in_1252  },
        {"UTF-16LE",     in_utf16 },
    };
    for (size_t i = 0; i < COUNT(encodings); i++) {
        struct buf file = encodings[i].encode(page);
        struct vb_document *d = vb_document_from("page.txt", buf_str(&file), NULL);
        assert_non_null(d);
        assert_string_equal(vb_document_encoding(d), encodings[i].name);
        assert_int_equal(vb_word_count(vb_document_transcript(d)), 5);
        assert_true(str_eq(vb_word_text(vb_document_transcript(d), 1), "« l’œuvre »"));
        assert_true(stands_there(d, &file, 0, "Voilà,", encodings[i].encode));
        assert_true(stands_there(d, &file, 1, "« l’œuvre »", encodings[i].encode));
        assert_true(stands_there(d, &file, 3, "5 €…", encodings[i].encode));
        assert_true(stands_there(d, &file, 4, "Déjà ?", encodings[i].encode));
        vb_document_close(d);
        buf_free(&file);
    }
}

static void a_broken_byte_shifts_nothing(void **state)
{
    (void)state;
    struct buf file = {0};
    buf_puts(&file, page);
    char *broken = strstr(file.data, "Voil");
    broken[0] = '\xFF'; /* three bytes in the text, one in the file */
    struct vb_document *d = vb_document_from("page.txt", buf_str(&file), NULL);
    assert_non_null(d);
    assert_string_equal(vb_document_encoding(d), "UTF-8");
    uint32_t last = vb_word_count(vb_document_transcript(d)) - 1;
    struct vb_span span =
        vb_document_file_span(d, vb_word(vb_document_transcript(d), last).span);
    assert_true(str_eq(str_cut(buf_str(&file), span.at, span.at + span.len), "Déjà ?"));
    vb_document_close(d);
    buf_free(&file);
}

static void opening_a_file_tells_what_it_is_and_leaves_it_alone(void **state)
{
    (void)state;
    const char *path = temp_path("page.txt");
    write_bytes(path, page, sizeof page - 1);
    struct vb_document *d = vb_document_open(path, NULL);
    assert_non_null(d);
    assert_string_equal(vb_document_path(d), path);
    assert_string_equal(vb_format_name(vb_document_format(d)), "april");
    assert_true(str_eq(vb_title(vb_document_transcript(d)), "L’été des idées"));
    vb_document_close(d);
    vb_document_close(NULL);
    size_t count;
    uint8_t *after = read_bytes(path, &count);
    assert_int_equal(count, sizeof page - 1);
    assert_memory_equal(after, page, count);
    free(after);
}

static void the_line_ends_of_a_file_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *ends;
    } files[] = {
        {"1 00:00:01,000 --> 00:00:02,000 un",            ""         },
        {"00:00:01,000 --> 00:00:02,000\nun\n",           "LF"       },
        {"00:00:01,000 --> 00:00:02,000\r\nun\r\n",       "CRLF"     },
        {"00:00:01,000 --> 00:00:02,000\run\r",           "CR"       },
        {"00:00:01,000 --> 00:00:02,000\r\nun\ndeux\r\n", "LF + CRLF"},
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct vb_error error;
        struct buf bytes = {0};
        buf_printf(&bytes, "%s", files[i].text);
        struct vb_document *d = vb_document_from("cues.srt", buf_str(&bytes), &error);
        assert_non_null(d);
        assert_string_equal(vb_document_line_ends(d), files[i].ends);
        vb_document_close(d);
        buf_free(&bytes);
    }
}

static void what_is_no_transcript_is_refused_with_a_sentence(void **state)
{
    (void)state;
    char noise[4096];
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (char)(i * i >> 3);
    const struct {
        vb_str bytes;
        const char *says;
    } refused[] = {
        {VB_STR(""),                            "the file is empty"},
        {VB_STR(" \n\u00a0\n"),                 "the file is empty"},
        {{noise, sizeof noise},                 "this is no text"  },
        {{"\0\0\0\0\0\0\0\0\0\0", 10},          "this is no text"  },
        {VB_STR("<?xml version=\"1.0\"?><a/>"), "looks like XML"   },
    };
    for (size_t i = 0; i < COUNT(refused); i++) {
        struct vb_error error = {0};
        assert_null(vb_document_from("dir/what.txt", refused[i].bytes, &error));
        assert_int_equal(error.code, VB_BAD_FORMAT);
        assert_true(str_starts(str_of(error.text), "dir/what.txt: "));
        if (!strstr(error.text, refused[i].says))
            fail_msg("%zu: %s", i, error.text);
    }
}

static void missing_files_and_folders_are_refused_by_name(void **state)
{
    (void)state;
    struct vb_error error = {0};
    const char *path = temp_path("nowhere.txt");
    assert_null(vb_document_open(path, &error));
    assert_int_equal(error.code, VB_NOT_FOUND);
    assert_non_null(strstr(error.text, "nowhere.txt: there is no such file"));
    assert_null(vb_document_open("/", &error));
    assert_int_equal(error.code, VB_UNREADABLE);
    assert_non_null(strstr(error.text, "this is a folder"));
    assert_null(vb_document_open(path, NULL));
}

/* A name decides nothing, and a wrong one is told. */
static void a_name_that_says_something_else_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *name, *text, *format, *note;
    } files[] = {
        {"a.vtt",  "1\n00:00:01,000 --> 00:00:02,000\nUn\n",                         "srt",
         "“WEBVTT” is missing: it is read as srt"                                                      },
        {"a.csv",  "1\n00:00:01,000 --> 00:00:02,000\nUn\n",                         "srt",      "says csv"},
        {"a.txt",  "1\n00:00:01,000 --> 00:00:02,000\nUn\n",                         "srt",      NULL      },
        {"a.srt",  "WEBVTT\n\n00:01.000 --> 00:02.000\nUn\n",                        "vtt",      "says srt"},
        {"a.json", "{\"start\": 1, \"text\": \"Un\"}\n",                             "jsonl",    NULL      },
        {"a.tsv",  "1.000000\t2.000000\tUn\n",                                       "tsv",      NULL      },
        {"a.md",   "Un deux.\n\nTrois.\n",                                           "markdown", NULL      },
        {"a.aud",  "1.000000\t2.000000\tUn\n",                                       "audacity", NULL      },
        {"a.vtt",  "00:01.000 --> 00:02.000 align:start\n<v Anne>Un\n\nNOTE deux\n", "vtt",
         "“WEBVTT” is missing"                                                                         },
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct vb_error error = {0};
        struct vb_document *d = vb_document_from(files[i].name, str_of(files[i].text), &error);
        if (!d)
            fail_msg("%s: %s", files[i].name, error.text);
        assert_string_equal(vb_format_name(vb_document_format(d)), files[i].format);
        size_t count;
        const struct vb_note *notes = vb_notes(vb_document_transcript(d), &count);
        bool told = false;
        for (size_t n = 0; files[i].note && n < count; n++)
            told = told || str_find(notes[n].text, str_of(files[i].note)) != STR_NOT_FOUND;
        assert_true(files[i].note ? told : count == 0);
        vb_document_close(d);
    }
}

/* ---- a long text ---- */

static struct vb_document *long_document(const char *path)
{
    struct buf text = {0};
    buf_puts(&text, "Intervenants : Anne - Karim\n\nTranscription\n\n");
    for (int i = 0; text.len < 3 << 19; i++)
        buf_printf(&text, "%s : voilà ce que j’avais à dire.\n\n", i % 2 ? "Karim" : "Anne");
    assert_true(file_write(path, buf_str(&text), NULL));
    buf_free(&text);
    struct vb_document *d = vb_document_open(path, NULL);
    assert_non_null(d);
    return d;
}

static struct buf with_a_word(struct vb_document *d)
{
    struct vb_span first = vb_word(vb_document_transcript(d), 0).span;
    struct buf bytes = {0};
    assert_true(vb_document_replace(d, first, VB_STR("voici"), NULL));
    vb_document_bytes(d, &bytes.data, &bytes.len);
    return bytes;
}

static void a_long_text_copied_ahead_is_changed_like_any_other(void **state)
{
    (void)state;
    char path[256];
    snprintf(path, sizeof path, "%s", temp_path("long.txt"));
    struct vb_document *plain = long_document(path), *ahead = long_document(path);
    document_copy_ahead(ahead);
    document_copy_ahead(ahead); /* once is enough */
    struct buf expected = with_a_word(plain), found = with_a_word(ahead);
    assert_true(str_is(buf_str(&expected), buf_str(&found)));
    document_copy_ahead(ahead); /* it is its own by now */
    buf_free(&expected);
    buf_free(&found);
    vb_document_close(plain);
    vb_document_close(ahead);
    ahead = long_document(path);
    document_copy_ahead(ahead); /* and closed before anything was changed */
    vb_document_close(ahead);
    remove(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_word_is_found_in_its_file_whatever_the_encoding),
        cmocka_unit_test(a_broken_byte_shifts_nothing),
        cmocka_unit_test(opening_a_file_tells_what_it_is_and_leaves_it_alone),
        cmocka_unit_test(the_line_ends_of_a_file_are_told),
        cmocka_unit_test(what_is_no_transcript_is_refused_with_a_sentence),
        cmocka_unit_test(missing_files_and_folders_are_refused_by_name),
        cmocka_unit_test(a_long_text_copied_ahead_is_changed_like_any_other),
        cmocka_unit_test(a_name_that_says_something_else_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
