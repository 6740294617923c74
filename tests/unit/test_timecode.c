/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as people write them. */
#include "transcripts.h"

#include "base/mem.h"
#include "format/timecode.h"

static vb_time mark(const char *text)
{
    vb_time time = VB_NO_TIME;
    return time_from_mark(str_of(text), &time, NULL) ? time : VB_NO_TIME;
}

#define assert_mark(text, seconds)                                                             \
    assert_int_equal(mark(text), (vb_time)((seconds)*1000000.0 + 0.5))
#define assert_no_mark(text) assert_int_equal(mark(text), VB_NO_TIME)

static void minutes_and_seconds_are_written_with_signs(void **state)
{
    (void)state;
    assert_mark("8’20", 500);
    assert_mark("21’55", 1315);
    assert_mark("16’ 20", 980);
    assert_mark("16'20", 980);
    assert_mark("16 min 20", 980);
    assert_mark("16 min. 20 s", 980);
    assert_mark("16 mn 20 sec", 980);
    assert_mark("16 minutes 20", 980);
    assert_mark("1 minute", 60);
    assert_mark("16’", 960);
    assert_mark("0’ 00", 0);
}

static void every_apostrophe_is_a_minute_sign(void **state)
{
    (void)state;
    static const char *const signs[] = {"’", "'", "‘", "′", "ʼ", "´", "`"};
    for (size_t i = 0; i < COUNT(signs); i++) {
        char text[32];
        snprintf(text, sizeof text, "16%s 20", signs[i]);
        assert_mark(text, 980);
    }
}

static void a_doubled_apostrophe_is_a_seconds_sign(void **state)
{
    (void)state;
    assert_mark("16’20’’", 980);
    assert_mark("16'20''", 980);
    assert_mark("16’20″", 980);
    assert_mark("16'20\"", 980);
    assert_no_mark("16’20’");
}

static void white_space_of_any_width_may_stand_between(void **state)
{
    (void)state;
    assert_mark("16\u00A0’\u202F20", 980);
    assert_mark("1\u2009h\u00A002’\t16", 3736);
    assert_mark("  16’ 20  ", 980);
}

static void an_hour_may_stand_before(void **state)
{
    (void)state;
    assert_mark("1 h 02’ 16", 3736);
    assert_mark("1h02’16", 3736);
    assert_mark("1 h 10’", 4200);
    assert_mark("1 h 02 min 16 s", 3736);
    assert_mark("1 h", 3600);
    assert_mark("1 h 10", 4200);
}

static void minutes_alone_may_pass_an_hour(void **state)
{
    (void)state;
    assert_mark("102’ 16", 6136);
    assert_mark("102:16", 6136);
    assert_no_mark("1 h 60’ 00");
    assert_no_mark("1:60:00");
}

static void seconds_end_at_59(void **state)
{
    (void)state;
    assert_mark("16’ 59", 1019);
    assert_no_mark("16’ 60");
    assert_no_mark("16:60");
}

static void colons_separate_hours_minutes_seconds(void **state)
{
    (void)state;
    assert_mark("16:20", 980);
    assert_mark("1:02:16", 3736);
    assert_mark("01:02:16.5", 3736.5);
    assert_mark("16:20,25", 980.25);
    assert_mark("16:20.125", 980.125);
    assert_no_mark("16:2");
    assert_no_mark("16:20:5");
    assert_no_mark("1:2:3:4");
    assert_no_mark("16:");
    assert_no_mark(":20");
}

static void what_only_looks_like_a_time_is_none(void **state)
{
    (void)state;
    static const char *const texts[] = {"3 X 8",
                                        "8/8/8",
                                        "93.1 FM",
                                        "24 heures sur 24",
                                        "17 heures",
                                        "une heure trente",
                                        "09 72 51 55 46",
                                        "2001, l'Odyssée de l'espace",
                                        "ChatGPT-4",
                                        "Canonical a 20 ans",
                                        "à 16 h 20",
                                        "16",
                                        "20 ans",
                                        "",
                                        "’",
                                        "16 h 2",
                                        "1234’ 00",
                                        "99999999999999999999’ 1",
                                        "5 ministres",
                                        "1 h 02 min 16 dans la salle"};
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_no_mark(texts[i]);
}

static void the_form_tells_how_it_was_written(void **state)
{
    (void)state;
    vb_time time;
    enum time_form form;
    assert_true(time_from_mark(VB_STR("16’ 20"), &time, &form));
    assert_int_equal(form, TIME_SIGN);
    assert_true(time_from_mark(VB_STR("16:20"), &time, &form));
    assert_int_equal(form, TIME_COLON);
    assert_true(time_from_mark(VB_STR("1 h 20"), &time, &form));
    assert_int_equal(form, TIME_HOUR);
}

static void a_title_may_stand_before_the_time(void **state)
{
    (void)state;
    struct titled_time found;
    assert_true(time_from_heading(VB_STR("Au cœur de l'April 21’55"), &found));
    assert_text(found.title, "Au cœur de l'April");
    assert_text(found.text, "21’55");
    assert_int_equal(found.time, 1315 * VB_SECOND);
    assert_true(time_from_heading(VB_STR("Au café, débat : les formats 1 h 02’ 16"), &found));
    assert_text(found.title, "Au café, débat : les formats");
    assert_text(found.text, "1 h 02’ 16");
    assert_true(time_from_heading(VB_STR("Musique –\u00A03’ 10"), &found));
    assert_text(found.title, "Musique");
}

static void the_longest_time_is_taken(void **state)
{
    (void)state;
    struct titled_time found;
    assert_true(time_from_heading(VB_STR("1 h 02’ 16"), &found));
    assert_text(found.title, "");
    assert_int_equal(found.time, 3736 * VB_SECOND);
    assert_true(time_from_heading(VB_STR("Fin 1 h 02’ 16"), &found));
    assert_text(found.title, "Fin");
    assert_int_equal(found.time, 3736 * VB_SECOND);
}

static void a_title_that_reads_on_into_the_number_has_no_time(void **state)
{
    (void)state;
    static const char *const headings[] = {
        "Les 5 minutes",     "Rendez-vous à 16’ 20",
        "Vers 5 min",        "Avant 10 minutes",
        "Apollo 13 5 min",   "Le tour du monde en 80 minutes",
        "Chapitre 2 5 min",  "La 25’ 00",
        "16 h 20 5 minutes", "Bilan 16:20",
        "Bilan 1 h",         "Les soixante minutes"};
    struct titled_time found;
    for (size_t i = 0; i < COUNT(headings); i++)
        if (time_from_heading(str_of(headings[i]), &found))
            fail_msg("“%s” has no time", headings[i]);
}

static void durations_are_read_as_the_pages_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t seconds;
    } rows[] = {
        {"1 h 02 min 16",        3736},
        {"2 min 43",             163 },
        {"11 mn 58 s",           718 },
        {"1 h 30 min",           5400},
        {"1 h 08 min 26",        4106},
        {"1 h 21 min 30  ",      4890},
        {"1:02:16",              3736},
        {"1h02",                 3720},
        {"45 minutes",           2700},
        {"1 heure 30",           5400},
        {"2 heures",             7200},
        {"58 s",                 58  },
        {"1 h 30 min (environ)", 5400},
        {"environ 1 h 30 min",   5400},
        {"62 min",               3720},
        {"45’",                2700},
        {"16’ 20",             980 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        vb_time time = VB_NO_TIME;
        if (!time_from_duration(str_of(rows[i].text), &time) ||
            time != rows[i].seconds * VB_SECOND)
            fail_msg("“%s” gives %lld", rows[i].text, (long long)time);
    }
}

static void a_duration_that_nobody_filled_in_is_none(void **state)
{
    (void)state;
    static const char *const texts[] = {"XX min YY", "XhXXmn",    "",          "à venir",  "12",
                                        "1 h 2 h",   "3 s 2 min", "une heure", "9999999 h"};
    vb_time time;
    for (size_t i = 0; i < COUNT(texts); i++)
        if (time_from_duration(str_of(texts[i]), &time))
            fail_msg("“%s” is no duration", texts[i]);
}

static void a_user_may_type_a_time_in_any_of_these_ways(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double seconds;
    } rows[] = {
        {"16:20",         980     },
        {"16’20",       980     },
        {"16'20",         980     },
        {"1:02:16",       3736    },
        {"1h02",          3720    },
        {"1h02m16s",      3736    },
        {"16m20s",        980     },
        {"980",           980     },
        {"980.5",         980.5   },
        {"980,25",        980.25  },
        {" 980 ",         980     },
        {"0",             0       },
        {"0:00",          0       },
        {"1 h 02 min 16", 3736    },
        {"58s",           58      },
        {"16:20.5",       980.5   },
        {"0.000001",      0.000001}
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        vb_time time = VB_NO_TIME;
        if (!time_from_user(str_of(rows[i].text), &time) ||
            time != (vb_time)(rows[i].seconds * 1e6 + 0.5))
            fail_msg("“%s” gives %lld", rows[i].text, (long long)time);
    }
}

static void what_a_user_can_not_mean_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",        "abc",     "16:",   "-5",       "12 34",
                                        "16:20 x", "1:99:00", "16:99", "99999999", "980.",
                                        ".5",      "1h2h",    "--"};
    vb_time time;
    for (size_t i = 0; i < COUNT(texts); i++)
        if (time_from_user(str_of(texts[i]), &time))
            fail_msg("“%s” is no time", texts[i]);
}

static void people_see_minutes_and_seconds(void **state)
{
    (void)state;
    static const struct {
        vb_time time;
        const char *text;
    } rows[] = {
        {0,                         "0:00"    },
        {980 * VB_SECOND,           "16:20"   },
        {3736 * VB_SECOND + 999999, "1:02:16" },
        {36000 * VB_SECOND,         "10:00:00"},
        {-5 * VB_SECOND,            "-0:05"   },
        {VB_NO_TIME,                ""        }
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = {0};
        time_put(&out, rows[i].time);
        assert_text(buf_str(&out), rows[i].text);
        buf_free(&out);
    }
}

static void programs_see_seconds_with_up_to_six_decimals(void **state)
{
    (void)state;
    static const struct {
        vb_time time;
        const char *text;
    } rows[] = {
        {0,               "0"       },
        {980 * VB_SECOND, "980"     },
        {980500000,       "980.5"   },
        {1,               "0.000001"},
        {-1500000,        "-1.5"    },
        {100,             "0.0001"  },
        {1234567,         "1.234567"}
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buf out = {0};
        time_put_seconds(&out, rows[i].time);
        assert_text(buf_str(&out), rows[i].text);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minutes_and_seconds_are_written_with_signs),
        cmocka_unit_test(every_apostrophe_is_a_minute_sign),
        cmocka_unit_test(a_doubled_apostrophe_is_a_seconds_sign),
        cmocka_unit_test(white_space_of_any_width_may_stand_between),
        cmocka_unit_test(an_hour_may_stand_before),
        cmocka_unit_test(minutes_alone_may_pass_an_hour),
        cmocka_unit_test(seconds_end_at_59),
        cmocka_unit_test(colons_separate_hours_minutes_seconds),
        cmocka_unit_test(what_only_looks_like_a_time_is_none),
        cmocka_unit_test(the_form_tells_how_it_was_written),
        cmocka_unit_test(a_title_may_stand_before_the_time),
        cmocka_unit_test(the_longest_time_is_taken),
        cmocka_unit_test(a_title_that_reads_on_into_the_number_has_no_time),
        cmocka_unit_test(durations_are_read_as_the_pages_write_them),
        cmocka_unit_test(a_duration_that_nobody_filled_in_is_none),
        cmocka_unit_test(a_user_may_type_a_time_in_any_of_these_ways),
        cmocka_unit_test(what_a_user_can_not_mean_is_refused),
        cmocka_unit_test(people_see_minutes_and_seconds),
        cmocka_unit_test(programs_see_seconds_with_up_to_six_decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
