/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a small file makes large: one text that a hundred thousand places use, a look ahead that
 * each place does again.  Read, or refused with a sentence, in the time that its bytes need;
 * and written again in as little. */
#include "transcripts.h"

#include "base/mem.h"
#include "support/support_hostile.h"

/* start, A × many, middle, B × many, end. */
struct made {
    const char *format, *start, *first, *middle, *second, *end;
    const char *refused; /* NULL: it is read */
};

static struct buf make(const struct made *m, size_t many)
{
    struct buf text = hostile_text(m->start, m->first, many, m->middle);
    struct buf rest = hostile_text("", m->second, many, m->end);
    buf_add(&text, buf_str(&rest));
    buf_free(&rest);
    return text;
}

static const char wiki[] = "'''Titre :''' t\n\n'''Intervenants :''' Anne Martin\n\n"
                           "==Transcription==\n\n<b>Anne Martin : </b>a ";

static const char noted[] = "'''Titre :''' t\n\n'''Intervenants :''' Anne Martin\n\n"
                            "==Transcription==\n\n<b>Anne Martin : </b>a<ref name=x>";

/* clang-format off */
static const struct made files[] = {
    {"lrc",  "[ti:a]\n", "[00:01.00]", "mot\n", "b\n", "", "again and again"},
    {"april", wiki, "<ref>n</ref>", "", "\u00A0", "b", NULL},
    {"april", wiki, "", "\n\n", "[''a''] ", "\n", NULL},
    {"april", noted, "mot", "</ref>", " b<ref name=x/>", "\n", NULL},
    {"markdown", "**Anne:** a\n\n**Karim:** ", "[", "", "a", "]\n\n**Anne:** b\n", NULL},
    {"ttml", "<tt><head><agent id='a'><name>", "n", "</name></agent></head><body>",
     "<p begin='1s' agent='a'>x</p>", "</body></tt>", NULL},
    {"trs", "<Trans><Topics><Topic id='t' desc='", "t", "'/></Topics><Episode>",
     "<Section topic='t'><Turn><Sync time='0'/>a</Turn></Section>", "</Episode></Trans>",
     "of headings"},
    {"trs", "<Trans><Speakers><Speaker id='s' name='", "n", "'/></Speakers><Episode><Section>",
     "<Turn speaker='s'><Sync time='0'/>a</Turn>", "</Section></Episode></Trans>", NULL},
    {"eaf", "<ANNOTATION_DOCUMENT><TIER TIER_ID='a' PARTICIPANT='", "n", "'>",
     "<ANNOTATION><ALIGNABLE_ANNOTATION><ANNOTATION_VALUE>x</ANNOTATION_VALUE>"
     "</ALIGNABLE_ANNOTATION></ANNOTATION>", "</TIER></ANNOTATION_DOCUMENT>", NULL},
    {"eaf", "<ANNOTATION_DOCUMENT><TIER TIER_ID='a'>",
     "<ANNOTATION><ALIGNABLE_ANNOTATION><ANNOTATION_VALUE>x</ANNOTATION_VALUE>"
     "</ALIGNABLE_ANNOTATION></ANNOTATION>", "</TIER><TIER TIER_ID='b' PARENT_REF='c'>",
     "<ANNOTATION><ALIGNABLE_ANNOTATION><ANNOTATION_VALUE>x</ANNOTATION_VALUE>"
     "</ALIGNABLE_ANNOTATION></ANNOTATION>", "</TIER></ANNOTATION_DOCUMENT>", NULL},
    {"textgrid", "\"ooTextFile\" \"TextGrid\" 0 1 <exists> 1 \"IntervalTier\" \"", "n",
     "\" 0 1 40000", " 0 1 \"x\"", "", NULL},
};
/* clang-format on */

static void what_is_used_often_is_not_copied_each_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct vb_error error;
        struct buf text = make(&files[i], 40000);
        struct vb_transcript *t = hostile_read(files[i].format, buf_str(&text), &error);
        if (files[i].refused)
            assert_holds(error.text, files[i].refused);
        else if (!t)
            fail_msg("%zu, %s: %s", i, files[i].format, error.text);
        vb_transcript_unref(t);
        buf_free(&text);
    }
}

/* Attributes of what is around are looked at once, and not by each paragraph inside. */
static void a_paragraph_does_not_climb_to_the_root(void **state)
{
    (void)state;
    struct vb_error error;
    struct buf text = {0}, tag = hostile_text("<div ", "a='1' ", 900, ">");
    struct buf spans = hostile_text("<span begin='1s' ", "a='1' ", 900, ">");
    buf_puts(&text, "<tt><body>");
    for (int i = 0; i < 100; i++)
        buf_add(&text, buf_str(&tag));
    for (int i = 0; i < 20000; i++)
        buf_puts(&text, "<p begin='1s'>x</p>");
    buf_puts(&text, "<p>");
    for (int i = 0; i < 100; i++)
        buf_add(&text, buf_str(&spans));
    for (int i = 0; i < 20000; i++)
        buf_puts(&text, "<i>y</i>");
    struct vb_transcript *t = hostile_read("ttml", buf_str(&text), &error);
    assert_non_null(t);
    assert_int_equal(vb_paragraph_count(t), 20001);
    vb_transcript_unref(t);
    buf_free(&text);
    buf_free(&tag);
    buf_free(&spans);
}

/* A publication whose overlay shows the same long chapter again and again. */
static bool fetch(void *context, vb_str name, bool (*put)(void *to, vb_str bytes), void *to)
{
    (void)name;
    return put(to, buf_str(context));
}

static void a_text_beside_is_not_shown_without_end(void **state)
{
    (void)state;
    struct vb_error error = {0};
    struct buf beside =
        hostile_text("<html><body><p id='p'>", "mot", 100000, "</p></body></html>");
    struct buf text =
        hostile_text("<smil><body>", "<par><text src='a#p'/><audio src='b'/></par>", 20000,
                     "</body></smil>");
    const struct vb_companions companions = {fetch, &beside};
    assert_null(
        vb_read_beside(vb_format_named(VB_STR("smil")), buf_str(&text), &companions, &error));
    assert_holds(error.text, "again and again");
    buf_free(&beside);
    buf_free(&text);
}

static bool add(void *to, vb_str text)
{
    buf_add(to, text);
    return true;
}

/* Where each row ends is where a later one begins: it is not looked for row by row. */
static void rows_without_an_end_are_written_in_one_pass(void **state)
{
    (void)state;
    static const struct made made[] = {
        {"podcast-json", "{\"segments\":[",
         "{\"speaker\":\"A\",\"startTime\":0,\"body\":\"a\"},",                           "",           "",             "]}",                   NULL},
        {"whisper",      "{\"language\":\"fr\",\"segments\":[",
         "{\"text\":\"a b\",\"words\":[{\"word\":\"a\",\"start\":1},{\"word\":\"b\"}]},", "",
         "",                                                                                                            "]}",                   NULL},
        {"markdown",     "",                                    "## a\n\n",               "**Anne:** ", "\\[Rires\\] ", "mot\n\n**Anne:** b\n",
         NULL                                                                                                                                       },
    };
    for (size_t i = 0; i < COUNT(made); i++) {
        struct vb_error error;
        struct buf text = make(&made[i], 50000);
        struct vb_transcript *t = hostile_read(made[i].format, buf_str(&text), &error);
        assert_non_null(t);
        for (size_t f = 0; f < vb_format_count(); f++) {
            struct buf out = {0};
            if (vb_format_writes(vb_format_at(f)) &&
                !vb_write(vb_format_at(f), t, NULL,
                          (struct vb_write_options){.estimated = true}, add, &out, &error))
                assert_true(error.text[0]);
            buf_free(&out);
        }
        vb_transcript_unref(t);
        buf_free(&text);
    }
}

/* … and stay on one line in every file that is written. */
static void long_names_are_cut_and_line_ends_in_them_are_spaces(void **state)
{
    (void)state;
    struct vb_error error;
    struct buf text = hostile_text("{\"segments\":[{\"speaker\":\"A\\nB\\t C ", "é", 1000,
                                   "\",\"startTime\":0,\"body\":\"a\"}]}");
    struct vb_transcript *t = hostile_read("podcast-json", buf_str(&text), &error);
    vb_str name = vb_speaker(t, 0)->name;
    assert_true(str_starts(name, "A B C é") && name.len <= 400 && str_ends(name, "é"));
    assert_true(has_note(t, VB_WARNING, "its beginning is shown"));
    vb_transcript_unref(t);
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_used_often_is_not_copied_each_time),
        cmocka_unit_test(a_paragraph_does_not_climb_to_the_root),
        cmocka_unit_test(a_text_beside_is_not_shown_without_end),
        cmocka_unit_test(rows_without_an_end_are_written_in_one_pass),
        cmocka_unit_test(long_names_are_cut_and_line_ends_in_them_are_spaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
