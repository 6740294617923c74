/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line, taken apart by its tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/distance.h"
#include "cli/nearest.h"
#include "cli/options.h"

static const struct option table[] = {
    {"start",        's', ARGUMENT_ANY, "TIME", "begin there", NULL},
    {"theme",  0, ARGUMENT_CHOICE, "THEME", "colours", "light dark"},
    {"quiet", 'q', ARGUMENT_NONE, NULL, "say less", NULL},
    {"estimated",              0, ARGUMENT_NONE, NULL, "estimate, too", NULL},
    {0           },
};

enum { WORDS_MAX = 8 };

/* One command line, split at its spaces. */
struct line {
    char text[200];
    char *words[WORDS_MAX];
    struct parsed parsed;
    struct vb_error error;
    bool understood;
};

static void parse(struct line *line, const char *text)
{
    memset(line, 0, sizeof *line);
    strncpy(line->text, text, sizeof line->text - 1);
    int count = 0;
    for (char *word = strtok(line->text, " "); word; word = strtok(NULL, " "))
        line->words[count++] = word;
    line->understood = options_parse(table, count, line->words, &line->parsed, &line->error);
}

static void assert_refused(const char *text, const char *sentence)
{
    struct line line;
    parse(&line, text);
    assert_false(line.understood);
    assert_string_equal(line.error.text, sentence);
    parsed_free(&line.parsed);
}

static void options_may_stand_before_between_and_behind_the_words(void **state)
{
    (void)state;
    static const char *const lines[] = {"-q --start 16:20 a b", "a --start=16:20 b -q",
                                        "a b -q -s16:20", "a -s 16:20 --quiet b"};
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct line line;
        parse(&line, lines[i]);
        assert_true(line.understood);
        assert_int_equal(line.parsed.word_count, 2);
        assert_string_equal(line.parsed.words[0], "a");
        assert_string_equal(line.parsed.words[1], "b");
        assert_null(line.parsed.words[2]);
        assert_string_equal(option_value(&line.parsed, "start"), "16:20");
        assert_true(option_given(&line.parsed, "quiet"));
        assert_false(option_given(&line.parsed, "theme"));
        parsed_free(&line.parsed);
    }
}

static void behind_two_dashes_everything_is_a_word(void **state)
{
    (void)state;
    struct line line;
    parse(&line, "-q -- --start -");
    assert_true(line.understood);
    assert_int_equal(line.parsed.word_count, 2);
    assert_string_equal(line.parsed.words[0], "--start");
    parsed_free(&line.parsed);
}

static void a_dash_alone_is_a_word(void **state)
{
    (void)state;
    struct line line;
    parse(&line, "- -q");
    assert_true(line.understood);
    assert_int_equal(line.parsed.word_count, 1);
    assert_string_equal(line.parsed.words[0], "-");
    parsed_free(&line.parsed);
}

static void a_negative_number_is_a_word(void **state)
{
    (void)state;
    struct line line;
    parse(&line, "seek -5 -q");
    assert_true(line.understood);
    assert_int_equal(line.parsed.word_count, 2);
    assert_string_equal(line.parsed.words[1], "-5");
    parsed_free(&line.parsed);
}

static void the_argument_may_look_like_an_option_or_be_empty(void **state)
{
    (void)state;
    struct line line;
    parse(&line, "--start --quiet");
    assert_string_equal(option_value(&line.parsed, "start"), "--quiet");
    assert_false(option_given(&line.parsed, "quiet"));
    parsed_free(&line.parsed);
    parse(&line, "--start=");
    assert_string_equal(option_value(&line.parsed, "start"), "");
    parsed_free(&line.parsed);
}

static void of_two_values_the_last_wins(void **state)
{
    (void)state;
    struct line line;
    parse(&line, "--theme light --theme=dark");
    assert_string_equal(option_value(&line.parsed, "theme"), "dark");
    parsed_free(&line.parsed);
}

static void letters_without_argument_may_stand_together(void **state)
{
    (void)state;
    struct line line;
    parse(&line, "-qhs 5");
    assert_true(line.understood);
    assert_true(option_given(&line.parsed, "quiet"));
    assert_true(option_given(&line.parsed, "help"));
    assert_string_equal(option_value(&line.parsed, "start"), "5");
    parsed_free(&line.parsed);
}

static void wrong_usage_is_told_in_a_sentence(void **state)
{
    (void)state;
    assert_refused("--strat 5", "there is no option --strat; did you mean --start?");
    assert_refused("--est", "there is no option --est; did you mean --estimated?");
    assert_refused("--hlep", "there is no option --hlep; did you mean --help?");
    assert_refused("--xylophone=3", "there is no option --xylophone");
    assert_refused("-qx", "there is no option -x");
    assert_refused("a --start", "--start needs TIME behind it");
    assert_refused("--quiet=yes", "--quiet takes no value");
    assert_refused("--theme pink", "--theme can't be “pink”; it is one of: light dark");
}

static void a_list_holds_whole_words_only(void **state)
{
    (void)state;
    assert_true(list_has("light dark", VB_STR("light")));
    assert_true(list_has("light dark", VB_STR("dark")));
    assert_false(list_has("light dark", VB_STR("ligh")));
    assert_false(list_has("light dark", VB_STR("light dark")));
    assert_false(list_has("light dark", VB_STR("")));
    assert_false(list_has("", VB_STR("dark")));
}

static size_t slips(const char *a, const char *b)
{
    return edit_distance(str_of(a), str_of(b), 64);
}

static void slips_are_counted_as_a_hand_makes_them(void **state)
{
    (void)state;
    assert_int_equal(slips("start", "start"), 0);
    assert_int_equal(slips("strat", "start"), 1); /* swapped */
    assert_int_equal(slips("stat", "start"), 1);  /* left out */
    assert_int_equal(slips("staart", "start"), 1);
    assert_int_equal(slips("stort", "start"), 1);
    assert_int_equal(slips("", "info"), 4);
    assert_int_equal(slips("inof", "info"), 1);
    assert_int_equal(slips("kitten", "sitting"), 3);
    assert_true(slips("a-name-that-nobody-would-ever-type-by-a-slip-of-the-hand", "info") > 10);
}

static const char *meant(const char *wanted)
{
    struct nearest nearest = nearest_to(str_of(wanted));
    static const char *const names[] = {"info",      "convert",       "play",
                                        "next-turn", "previous-turn", "play-pause"};
    for (size_t i = 0; i < COUNT(names); i++)
        nearest_try(&nearest, names[i]);
    return nearest.found;
}

static void the_nearest_name_is_meant_and_far_ones_are_not(void **state)
{
    (void)state;
    assert_string_equal(meant("inof"), "info");
    assert_string_equal(meant("conver"), "convert");
    assert_string_equal(meant("nextturn"), "next-turn");
    assert_string_equal(meant("play-puase"), "play-pause");
    assert_null(meant("talk"));
    assert_null(meant("x"));
    assert_null(meant(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_may_stand_before_between_and_behind_the_words),
        cmocka_unit_test(behind_two_dashes_everything_is_a_word),
        cmocka_unit_test(a_dash_alone_is_a_word),
        cmocka_unit_test(a_negative_number_is_a_word),
        cmocka_unit_test(the_argument_may_look_like_an_option_or_be_empty),
        cmocka_unit_test(of_two_values_the_last_wins),
        cmocka_unit_test(letters_without_argument_may_stand_together),
        cmocka_unit_test(wrong_usage_is_told_in_a_sentence),
        cmocka_unit_test(a_list_holds_whole_words_only),
        cmocka_unit_test(slips_are_counted_as_a_hand_makes_them),
        cmocka_unit_test(the_nearest_name_is_meant_and_far_ones_are_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
