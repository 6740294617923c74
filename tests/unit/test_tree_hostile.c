/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON, XML and pages that nobody would write: deep, endless, laughing, referring to
 * themselves.  Each is read or refused with a sentence, in time that grows with its length. */
#include "transcripts.h"

#include <unistd.h>

#include "base/mem.h"
#include "support/support_hostile.h"
#include "verbatim/document.h"

enum { MANY = 200000 };

static void deep_files_are_refused_and_say_so(void **state)
{
    (void)state;
    static const struct {
        const char *format, *start, *part, *end;
    } files[] = {
        {"whisper",      "{\"segments\":",                      "[",       ""         },
        {"whisper",      "",                                    "{\"a\":", ""         },
        {"ttml",         "<tt><body>",                          "<div>",   "<p>Un</p>"},
        {"trs",          "<Trans>",                             "<Turn>",  ""         },
        {"podcast-html", "<cite>A:</cite><time>1:00</time><p>", "<b>",     "x"        },
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct vb_error error;
        struct buf text = hostile_text(files[i].start, files[i].part, MANY, files[i].end);
        struct vb_transcript *t = hostile_read(files[i].format, buf_str(&text), &error);
        assert_null(t);
        assert_holds(error.text, "256");
        buf_free(&text);
    }
}

static void endless_repetition_takes_linear_time(void **state)
{
    (void)state;
    static const struct {
        const char *format, *start, *part, *end;
    } files[] = {
        {"whisper",      "{\"segments\":[{\"text\":\"",                      "a\"b",                                         "\"}]}"                        },
        {"whisper",      "{\"segments\":[{\"text\":\"",                      "\\ud800",                                      "\"}]}"                        },
        {"whisper",      "{\"segments\":[",                                  "{\"start\":1 \"end\":NaN \"text\":\"x\"}",     "]}"                           },
        {"whisper",      "{\"segments\":[{",                                 "\"text\":\"a\",",                              "\"end\":1}]}"                 },
        {"whisper",      "{\"segments\":[{\"start\":",                       "9",                                            ",\"text\":\"a\"}]}"           },
        {"whisper",      "{\"segments\":[{\"text\":\"a a a\",\"words\":[",
         "{\"word\":\"zz\",\"start\":1},",                                                                                   "]}]}"                         },
        {"podcast-json", "{\"segments\":[",                                  "{\"startTime\":1,\"body\":\"\\n\"},",          "]}"                           },
        {"otranscribe",  "{\"media-time\":0,\"text\":\"",
         "<span class=timestamp data-timestamp=x>",                                                                          "\"}"                          },
        {"otranscribe",  "{\"media-time\":0,\"text\":\"",                    "<p>A:",                                        "\"}"                          },
        {"trs",          "<Trans><Speakers>",                                "<Speaker id='a' name='b'/>",
         "</Speakers><Episode><Section><Turn speaker='a a a'><Sync "
         "time='0'/>x</Turn></Section></Episode></Trans>"                                                                                                   },
        {"trs",          "<Trans><Episode><Section>",
         "<Turn speaker='z' startTime='1'><Sync time='1'/>x</Turn>",                                                         "</Section></Episode></Trans>" },
        {"eaf",          "<ANNOTATION_DOCUMENT><TIER TIER_ID='t'>",
         "<ANNOTATION><REF_ANNOTATION ANNOTATION_ID='a' "
         "ANNOTATION_REF='a'><ANNOTATION_VALUE>x</ANNOTATION_VALUE></REF_ANNOTATION></"
         "ANNOTATION>",                                                                                                      "</TIER></ANNOTATION_DOCUMENT>"},
        {"eaf",          "<ANNOTATION_DOCUMENT>",
         "<TIER PARENT_REF='t' "
         "TIER_ID='t'><ANNOTATION><ALIGNABLE_ANNOTATION><ANNOTATION_VALUE>x</"
         "ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>",                                                     "</ANNOTATION_DOCUMENT>"       },
        {"ttml",         "<tt><body><p>",                                    "&x;",                                          "</p></body></tt>"             },
        {"ttml",         "<tt><body>",                                       "<p begin='1s' xmlns:a='b' x:y='z'>a</b>",      "</body></tt>"                 },
        {"ttml",         "<tt><body><p ",                                    "a='b' ",                                       ">x</p></body></tt>"           },
        {"smil",         "<smil><body>",                                     "<par><text src='a#b'/><audio src='c'/></par>",
         "</body></smil>"                                                                                                                                   },
        {"textgrid",
         "ooTextFile TextGrid \"ooTextFile\" \"TextGrid\" 0 1 <exists> 1 \"IntervalTier\" "
         "\"a\" 0 1 4000000000 ",                                            "0 1 \"a\"\" ",                                 ""                             },
        {"textgrid",     "\"ooTextFile\" \"TextGrid\" 0 1 <exists> 900000 ",
         "\"IntervalTier\" \"a\" 0 1 1 0 1 \"x\" ",                                                                          ""                             },
        {"jsonl",        "",                                                 "{\"start\":1,\"text\":\"a\"}\n{\n",            ""                             },
        {"docx",         "<w:document><w:p>",                                "<w:r><w:t>A : </w:t></w:r>",                   "</w:p></w:document>"          },
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct vb_error error;
        struct buf text = hostile_text(files[i].start, files[i].part, MANY / 4, files[i].end);
        vb_transcript_unref(hostile_read(files[i].format, buf_str(&text), &error));
        buf_free(&text);
    }
}

static const char laughs[] = "<?xml version=\"1.0\"?><!DOCTYPE tt [<!ENTITY a \"ha\">"
                             "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c "
                             "\"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
                             "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e "
                             "\"&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;\">"
                             "<!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;\"><!ENTITY g "
                             "\"&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;\">"
                             "<!ENTITY % p \"<!ENTITY q 'parameter'>\">%p;]>"
                             "<tt><body><p begin=\"1s\">x &g; y &q; &eacute;</p></body></tt>";

static void nothing_laughs(void **state)
{
    (void)state;
    struct vb_error error;
    struct vb_transcript *t = hostile_read("ttml", str_of(laughs), &error);
    assert_non_null(t);
    assert_string_equal(paragraph_text(t, 0), "x &g; y &q; é");
    assert_true(has_note(t, VB_WARNING, "defined by the file itself or nowhere"));
    vb_transcript_unref(t);
}

static void no_file_is_drawn_in_by_an_entity(void **state)
{
    (void)state;
    char path[] = "/tmp/verbatim-secret-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0 && write(file, "SECRET", 6) == 6);
    close(file);
    static const char *const shapes[] = {
        "<!DOCTYPE tt [<!ENTITY x SYSTEM \"file://%s\">]><tt><body><p>a &x; b</p></body></tt>",
        "<!DOCTYPE tt SYSTEM \"file://%s\"><tt><body><p>a &x; b</p></body></tt>",
        "<!DOCTYPE tt [<!ENTITY %% x SYSTEM \"file://%s\">%%x;]><tt><body><p>a "
        "b</p></body></tt>",
        "<tt xmlns:xi=\"http://www.w3.org/2001/XInclude\"><body><p>a <xi:include "
        "href=\"file://%s\" "
        "parse=\"text\"/> b</p></body></tt>",
    };
    for (size_t i = 0; i < COUNT(shapes); i++) {
        struct vb_error error;
        struct buf text = {0};
        vb_str shape = str_of(shapes[i]);
        for (size_t at = 0; at < shape.len; at++)
            if (shape.data[at] == '%' && shape.data[at + 1] == 's')
                buf_puts(&text, path), at++;
            else if (shape.data[at] == '%')
                buf_putc(&text, '%'), at++;
            else
                buf_putc(&text, shape.data[at]);
        struct vb_transcript *t = hostile_read("ttml", buf_str(&text), &error);
        for (uint32_t w = 0; t && w < vb_word_count(t); w++)
            assert_true(str_find(vb_word_text(t, w), VB_STR("SECRET")) == STR_NOT_FOUND);
        vb_transcript_unref(t);
        buf_free(&text);
    }
    unlink(path);
}

static void one_endless_text_is_read_or_refused(void **state)
{
    (void)state;
    static const struct {
        const char *format, *start, *end;
    } files[] = {
        {"whisper",  "{\"segments\":[{\"start\":0,\"text\":\"",                            "\"}]}"           },
        {"ttml",     "<tt><body><p>",                                                      "</p></body></tt>"},
        {"textgrid",
         "\"ooTextFile\" \"TextGrid\" 0 1 <exists> 1 \"IntervalTier\" \"a\" 0 1 1 0 1 \"", "\""              },
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct vb_error error;
        struct buf text = hostile_text(files[i].start, "abcdefghij", 1000000, files[i].end);
        vb_transcript_unref(hostile_read(files[i].format, buf_str(&text), &error));
        buf_free(&text);
    }
}

static void a_nul_ends_nothing(void **state)
{
    (void)state;
    static const char xml[] = "<tt><body><p>un\0deux trois</p><p>quatre</p></body></tt>";
    static const char json[] = "{\"segments\":[{\"start\":0,\"text\":\"un\0deux trois\"},"
                               "{\"start\":1,\"text\":\"quatre\"}]}";
    struct vb_error error;
    struct vb_transcript *t = hostile_read("ttml", (vb_str){xml, sizeof xml - 1}, &error);
    assert_int_equal(vb_paragraph_count(t), 2);
    vb_transcript_unref(t);
    t = hostile_read("whisper", (vb_str){json, sizeof json - 1}, &error);
    assert_int_equal(vb_paragraph_count(t), 2);
    assert_true(find_word(t, "trois") != VB_NONE);
    vb_transcript_unref(t);
}

static void half_an_archive_is_refused(void **state)
{
    (void)state;
    struct vb_error error = {0};
    struct vb_document *d =
        vb_document_from("a.epub", VB_STR("PK\003\004 and no more"), &error);
    assert_null(d);
    assert_holds(error.text, "archive");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deep_files_are_refused_and_say_so),
        cmocka_unit_test(endless_repetition_takes_linear_time),
        cmocka_unit_test(nothing_laughs),
        cmocka_unit_test(no_file_is_drawn_in_by_an_entity),
        cmocka_unit_test(one_endless_text_is_read_or_refused),
        cmocka_unit_test(a_nul_ends_nothing),
        cmocka_unit_test(half_an_archive_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
