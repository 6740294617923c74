/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selecting words, taking them along as text and as quotes, and times as pages write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "app/asks.h"
#include "app/copy.h"
#include "app/fuzzy.h"
#include "app/place.h"
#include "app/session.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_transcript.h"

static const char talk[] = "Anne: Un deux <trois> *quatre* [[cinq]].\n"
                           "Encore ''six'' & sept.\n"
                           "Karim: Huit neuf.\n";

/* ---- a session without a window ---- */

static struct buf board, primary;

static bool put(void *ctx, enum clipboard_kind kind, const char *text)
{
    (void)ctx;
    struct buf *to = kind == CLIPBOARD ? &board : &primary;
    buf_clear(to);
    buf_puts(to, text);
    return true;
}

static struct vb_transcript *described(const char *date, const char *link, const char *licence)
{
    struct builder *b = builder_from(talk);
    builder_title(b, VB_STR("Un exposé <du matin>"));
    if (date)
        builder_meta(b, VB_STR("Date"), str_of(date), VB_STR(""), (struct vb_span){0});
    if (link)
        builder_meta(b, VB_STR("Lieu"), VB_STR("En ligne"), str_of(link), (struct vb_span){0});
    if (licence)
        builder_meta(b, VB_STR("Licence de la transcription"), str_of(licence), VB_STR(""),
                     (struct vb_span){0});
    return builder_finish(b);
}

static struct session session_of(struct vb_transcript *t)
{
    struct session s;
    session_init(&s, NULL, NULL, NULL);
    s.transcript = t;
    s.timeline = vb_timeline_new(t, VB_NO_TIME);
    s.clipboard = (struct clipboard){.put = put};
    buf_clear(&board);
    buf_clear(&primary);
    return s;
}

static void leave(struct session *s)
{
    vb_transcript_unref(s->transcript);
    s->transcript = NULL;
    session_free(s);
}

static void assert_quote(enum quote_form form, uint32_t first, uint32_t last,
                         const char *expected)
{
    struct session s =
        session_of(described("11 septembre 2023", "https://example.org/talk#top", "Verbatim"));
    struct buf text = {0};
    quote_put(&s, (struct selected){first, last}, form, &text);
    assert_string_equal(text.data, expected);
    buf_free(&text);
    leave(&s);
}

/* ---- selecting ---- */

static struct selected selected(const struct session *s)
{
    struct selected words = {VB_NONE, VB_NONE};
    selection_get(s, &words);
    return words;
}

#define assert_selected(s, a, b)                                                               \
    do {                                                                                       \
        struct selected words_ = selected(s);                                                  \
        assert_int_equal(words_.first, a);                                                     \
        assert_int_equal(words_.last, b);                                                      \
    } while (0)

static void keys_extend_a_selection_word_by_word_both_ways(void **state)
{
    (void)state;
    struct session s = session_of(described(NULL, NULL, NULL));
    s.reading.top_word = 2;
    selection_step(&s, 1);
    assert_selected(&s, 2, 2);
    selection_step(&s, 1);
    selection_step(&s, 1);
    assert_selected(&s, 2, 4);
    for (int i = 0; i < 4; i++)
        selection_step(&s, -1);
    assert_selected(&s, 0, 2);
    selection_step(&s, -1); /* no further than the first word */
    assert_selected(&s, 0, 2);
    for (int i = 0; i < 50; i++)
        selection_step(&s, 1);
    assert_selected(&s, 2, vb_word_count(s.transcript) - 1);
    leave(&s);
}

static void paragraphs_turns_and_the_whole_can_be_selected(void **state)
{
    (void)state;
    struct session s = session_of(described(NULL, NULL, NULL));
    selection_paragraph(&s, 6);
    assert_selected(&s, 5, 7);
    selection_turn(&s, 6);
    assert_selected(&s, 0, 7);
    selection_all(&s);
    assert_selected(&s, 0, 9);
    selection_none(&s);
    assert_false(selection_is(&s));
    leave(&s);
}

static void a_paragraph_step_goes_to_the_next_end(void **state)
{
    (void)state;
    struct session s = session_of(described(NULL, NULL, NULL));
    selection_set(&s, 1, 1);
    selection_step_paragraph(&s, 1);
    assert_selected(&s, 1, 4);
    selection_step_paragraph(&s, 1);
    assert_selected(&s, 1, 7);
    selection_step_paragraph(&s, -1);
    selection_step_paragraph(&s, -1);
    assert_selected(&s, 0, 1);
    leave(&s);
}

static void a_selection_of_a_text_that_became_shorter_is_none(void **state)
{
    (void)state;
    struct session s = session_of(described(NULL, NULL, NULL));
    selection_all(&s);
    vb_transcript_unref(s.transcript);
    s.transcript = transcript_from("Anne: Un.\n", VB_NO_TIME);
    assert_false(selection_is(&s));
    leave(&s);
}

/* ---- copying ---- */

static void what_is_copied_stands_as_on_the_page(void **state)
{
    (void)state;
    struct session s = session_of(described(NULL, NULL, NULL));
    selection_set(&s, 3, 6);
    copy_selection(&s);
    assert_string_equal(board.data, "*quatre* [[cinq]].\nEncore ''six'' &");
    assert_string_equal(session_message(&s, 0)->text, "copied: 4 words");
    leave(&s);
}

static void names_stand_before_the_turns_when_there_are_several(void **state)
{
    (void)state;
    struct session s = session_of(described(NULL, NULL, NULL));
    selection_set(&s, 9, 6);
    copy_selection(&s);
    assert_string_equal(board.data, "Anne: ''six'' & sept.\nKarim: Huit neuf.");
    leave(&s);
}

static void without_a_selection_the_turn_is_copied(void **state)
{
    (void)state;
    struct session s = session_of(described(NULL, NULL, NULL));
    s.word = 8;
    copy_selection(&s);
    assert_string_equal(board.data, "Huit neuf.");
    leave(&s);
}

static void a_selection_is_offered_to_the_middle_button(void **state)
{
    (void)state;
    struct session s = session_of(described(NULL, NULL, NULL));
    selection_set(&s, 0, 1);
    copy_offer_selection(&s);
    assert_string_equal(primary.data, "Un deux");
    assert_int_equal(board.len, 0);
    leave(&s);
}

static void too_much_for_the_clipboard_is_told_and_nothing_copied(void **state)
{
    (void)state;
    struct session s = session_of(transcript_of_words(CLIPBOARD_MAX / 7));
    selection_all(&s);
    copy_selection(&s);
    assert_int_equal(board.len, 0);
    assert_non_null(strstr(session_message(&s, 0)->text, "too much"));
    leave(&s);
}

static void without_a_clipboard_that_is_told(void **state)
{
    (void)state;
    struct session s = session_of(described(NULL, NULL, NULL));
    s.clipboard = (struct clipboard){0};
    copy_selection(&s);
    assert_non_null(strstr(session_message(&s, 0)->text, "no clipboard"));
    leave(&s);
}

/* ---- quotes ---- */

static void a_plain_quote_tells_who_when_what_where_and_the_licence(void **state)
{
    (void)state;
    assert_quote(QUOTE_PLAIN, 8, 9,
                 "“Huit neuf.”\n"
                 "— Karim, ≈ 0:04, Un exposé <du matin>, 11 septembre 2023, "
                 "https://example.org/talk#top, licence: Verbatim\n");
}

static void a_markdown_quote_is_escaped_and_linked(void **state)
{
    (void)state;
    assert_quote(QUOTE_MARKDOWN, 2, 5,
                 "> \\<trois\\> \\*quatre\\* \\[\\[cinq\\]\\].\n>\n> Encore\n>\n"
                 "> — **Anne**, [≈ 0:00](https://example.org/talk#t=0), "
                 "*Un exposé \\<du matin\\>*, 11 septembre 2023, licence: Verbatim\n");
}

static void a_wiki_quote_has_no_markup_of_the_speakers(void **state)
{
    (void)state;
    assert_quote(QUOTE_WIKI, 4, 6,
                 "<blockquote>\n&#91;&#91;cinq&#93;&#93;.\n\nEncore &#39;'six&#39;' &amp;\n\n"
                 "— '''Anne''', [https://example.org/talk#t=0 ≈ 0:00], "
                 "''Un exposé &lt;du matin&gt;'', 11 septembre 2023, licence: Verbatim\n"
                 "</blockquote>\n");
}

static void an_html_quote_is_a_blockquote(void **state)
{
    (void)state;
    assert_quote(QUOTE_HTML, 7, 8,
                 "<blockquote>\n<p><b>Anne</b>: sept.</p>\n<p><b>Karim</b>: Huit</p>\n"
                 "<footer>— <a href=\"https://example.org/talk#t=3\">≈ 0:03</a>, "
                 "<cite>Un exposé &lt;du matin&gt;</cite>, 11 septembre 2023, "
                 "licence: Verbatim</footer>\n</blockquote>\n");
}

static void a_link_is_the_address_with_the_moment(void **state)
{
    (void)state;
    assert_quote(QUOTE_LINK, 8, 8, "https://example.org/talk#t=4");
}

static void without_an_address_the_link_is_the_recordings_name(void **state)
{
    (void)state;
    struct session s = session_of(described(NULL, NULL, NULL));
    struct buf text = {0};
    s.sound_path = strdup("/home/anne/Un exposé.mp3");
    quote_put(&s, (struct selected){8, 8}, QUOTE_LINK, &text);
    assert_string_equal(text.data, "Un%20expos%C3%A9.mp3#t=4");
    buf_free(&text);
    leave(&s);
}

static void a_page_without_a_header_is_quoted_all_the_same(void **state)
{
    (void)state;
    for (int form = 0; form < QUOTE_FORMS; form++) {
        struct session s = session_of(transcript_from("Un deux.\n", VB_NO_TIME));
        struct buf text = {0};
        quote_put(&s, (struct selected){0, 1}, (enum quote_form)form, &text);
        assert_true(form == QUOTE_LINK ? !text.len : text.len > 0);
        buf_free(&text);
        leave(&s);
    }
}

/* ---- times as the page writes them ---- */

static void assert_written(const char *lines, long seconds, const char *expected)
{
    struct session s = session_of(transcript_from(lines, VB_NO_TIME));
    struct buf text = {0};
    place_as_page(&s, seconds * VB_SECOND, &text);
    if (!str_eq(buf_str(&text), expected))
        fail_msg("%ld is “%s”, not “%s”", seconds, text.data, expected);
    buf_free(&text);
    leave(&s);
}

static struct session with_marker(const char *written, vb_time time)
{
    struct builder *b = builder_from("Anne: Un deux.\n");
    builder_marker(b, time, str_of(written), (struct vb_span){0});
    return session_of(builder_finish(b));
}

static void assert_like(const char *written, vb_time time, long seconds, const char *expected)
{
    struct session s = with_marker(written, time * VB_SECOND);
    struct buf text = {0};
    place_as_page(&s, seconds * VB_SECOND, &text);
    if (!str_eq(buf_str(&text), expected))
        fail_msg("%ld is “%s”, not “%s”", seconds, text.data, expected);
    buf_free(&text);
    leave(&s);
}

static void the_time_is_written_as_the_page_writes_its_own(void **state)
{
    (void)state;
    assert_written("Anne: Un.\n", 980, "16:20");
    assert_like("16’ 20", 980, 65, "1’ 05");
    assert_like("16’ 20", 980, 3736, "1 h 02’ 16");
    assert_like("16'20", 980, 600, "10'00");
    assert_like("16’20\"", 980, 65, "1’05\"");
    assert_like("16 min 20", 980, 65, "1 min 05");
    assert_like("75’ 20", 4520, 3736, "62’ 16");
    assert_like("16:20", 980, 65, "01:05");
    assert_like("16:20", 980, 3736, "1:02:16");
    assert_like("1:02:16", 3736, 65, "01:05");
    assert_like("[00:16:20]", 980, 65, "[00:01:05]");
    assert_like("1 h 02 min 16", 3736, 65, "1 min 05");
    assert_like("1 h 02 min 16", 3736, 7265, "2 h 01 min 05");
}

/* ---- places as the user says them ---- */

static void places_are_understood_as_people_say_them(void **state)
{
    (void)state;
    static const struct {
        const char *said;
        double seconds;
    } rows[] = {
        {"16:20",      980 },
        {"16’20",    980 },
        {" 16’ 20 ", 980 },
        {"1h02",       3720},
        {"+30",        1030},
        {"-30",        970 },
        {"−1:00",    940 },
        {"50%",        2000},
        {"12,5 %",     500 },
        {"100%",       4000},
        {"0%",         0   },
        {"980",        980 },
    };
    struct session s = session_of(described(NULL, NULL, NULL));
    s.now.duration = 4000 * VB_SECOND;
    s.now.position = 1000 * VB_SECOND;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf why = {0};
        vb_time time = 0;
        if (!place_find(&s, str_of(rows[i].said), &time, &why))
            fail_msg("“%s”: %s", rows[i].said, why.data);
        assert_int_equal(time, rows[i].seconds * VB_SECOND);
        buf_free(&why);
    }
    leave(&s);
}

static void what_is_no_place_is_refused_with_what_may_be_written(void **state)
{
    (void)state;
    static const char *const said[] = {"",    "soon", "101%",   "%",     "-",
                                       "+-3", "5%%",  "1.2.3%", "16:99", "--5"};
    struct session s = session_of(described(NULL, NULL, NULL));
    s.now.duration = 4000 * VB_SECOND;
    for (size_t i = 0; i < COUNT(said); i++) {
        struct buf why = {0};
        vb_time time;
        if (place_find(&s, str_of(said[i]), &time, &why))
            fail_msg("“%s” was taken", said[i]);
        assert_non_null(strstr(why.data, "write 16:20"));
        buf_free(&why);
    }
    leave(&s);
}

static void a_share_of_an_unknown_length_is_refused(void **state)
{
    (void)state;
    struct session s = session_of(described(NULL, NULL, NULL));
    struct buf why = {0};
    vb_time time;
    assert_false(place_find(&s, VB_STR("50%"), &time, &why));
    assert_non_null(strstr(why.data, "isn't known yet"));
    buf_free(&why);
    leave(&s);
}

/* ---- a few letters of a name ---- */

static void a_few_letters_find_a_name(void **state)
{
    (void)state;
    assert_true(fuzzy_score(VB_STR("slower"), VB_STR("slo")) >= 0);
    assert_true(fuzzy_score(VB_STR("Plus vite"), VB_STR("pv")) >= 0);
    assert_true(fuzzy_score(VB_STR("copier l’heure"), VB_STR("heure copier")) >= 0);
    assert_true(fuzzy_score(VB_STR("thème foncé"), VB_STR("theme fonce")) >= 0);
    assert_int_equal(fuzzy_score(VB_STR("slower"), VB_STR("sx")), FUZZY_NO);
    assert_int_equal(fuzzy_score(VB_STR("abc"), VB_STR("cb")), FUZZY_NO);
    assert_int_equal(fuzzy_score(VB_STR(""), VB_STR("a")), FUZZY_NO);
    assert_int_equal(fuzzy_score(VB_STR("anything"), VB_STR("  ")), 0);
}

static void letters_side_by_side_and_at_the_beginning_count_more(void **state)
{
    (void)state;
    assert_true(fuzzy_score(VB_STR("play or pause"), VB_STR("pause")) >
                fuzzy_score(VB_STR("paragraph, use it"), VB_STR("pause")));
    assert_true(fuzzy_score(VB_STR("theme"), VB_STR("th")) >
                fuzzy_score(VB_STR("the other with"), VB_STR("wh")));
    assert_true(fuzzy_score(VB_STR("copy quote"), VB_STR("cq")) >
                fuzzy_score(VB_STR("acq"), VB_STR("cq")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_extend_a_selection_word_by_word_both_ways),
        cmocka_unit_test(paragraphs_turns_and_the_whole_can_be_selected),
        cmocka_unit_test(a_paragraph_step_goes_to_the_next_end),
        cmocka_unit_test(a_selection_of_a_text_that_became_shorter_is_none),
        cmocka_unit_test(what_is_copied_stands_as_on_the_page),
        cmocka_unit_test(names_stand_before_the_turns_when_there_are_several),
        cmocka_unit_test(without_a_selection_the_turn_is_copied),
        cmocka_unit_test(a_selection_is_offered_to_the_middle_button),
        cmocka_unit_test(too_much_for_the_clipboard_is_told_and_nothing_copied),
        cmocka_unit_test(without_a_clipboard_that_is_told),
        cmocka_unit_test(a_plain_quote_tells_who_when_what_where_and_the_licence),
        cmocka_unit_test(a_markdown_quote_is_escaped_and_linked),
        cmocka_unit_test(a_wiki_quote_has_no_markup_of_the_speakers),
        cmocka_unit_test(an_html_quote_is_a_blockquote),
        cmocka_unit_test(a_link_is_the_address_with_the_moment),
        cmocka_unit_test(without_an_address_the_link_is_the_recordings_name),
        cmocka_unit_test(a_page_without_a_header_is_quoted_all_the_same),
        cmocka_unit_test(the_time_is_written_as_the_page_writes_its_own),
        cmocka_unit_test(places_are_understood_as_people_say_them),
        cmocka_unit_test(what_is_no_place_is_refused_with_what_may_be_written),
        cmocka_unit_test(a_share_of_an_unknown_length_is_refused),
        cmocka_unit_test(a_few_letters_find_a_name),
        cmocka_unit_test(letters_side_by_side_and_at_the_beginning_count_more),
    };
    int failed = cmocka_run_group_tests_name("quote", tests, NULL, NULL);
    buf_free(&board);
    buf_free(&primary);
    return failed;
}
