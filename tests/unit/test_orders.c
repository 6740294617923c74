/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What --send can ask, and what it is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/actions.h"
#include "app/listening.h"
#include "app/orders.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_sound.h"

static const char page[] = "Titre : Essai\n\nIntervenants : Anne Petit - Karim Grand\n\n"
                           "Transcription\n\nAnne Petit : Un \"deux\" trois.\n\n"
                           "0’ 30\n\nKarim Grand : Quatre.\n";

static struct session s;

static int open_files(void **state)
{
    (void)state;
    struct sound sound = tone(220, 60 * 8000), slow = at_rate(sound, 8000);
    const char *wav = temp_path("a \"b\".wav"), *text = temp_path("page.txt");
    write_sound(wav, &slow, AS_WAV);
    write_bytes(text, page, sizeof page - 1);
    sound_free(&sound);
    session_init(&s, &hand_sink, NULL, NULL);
    return session_open_pair(&s, wav, text, NULL) ? 0 : -1;
}

static int close_files(void **state)
{
    (void)state;
    session_free(&s);
    return 0;
}

static bool obey(const char *order, struct buf *answer)
{
    buf_clear(answer);
    bool obeyed = orders_obey(&s, str_of(order), answer);
    session_update(&s, 1000000);
    return obeyed;
}

static void assert_obeyed(const char *order)
{
    struct buf answer = {0};
    if (!obey(order, &answer))
        fail_msg("%s: %s", order, buf_str(&answer).data);
    assert_int_equal(answer.len, 0);
    buf_free(&answer);
}

static void assert_refused(const char *order, const char *reason)
{
    struct buf answer = {0};
    assert_false(obey(order, &answer));
    assert_string_equal(buf_str(&answer).data, reason);
    buf_free(&answer);
}

static void every_form_of_a_time_is_sought(void **state)
{
    (void)state;
    static const struct {
        const char *order;
        double seconds;
    } orders[] = {
        {"seek 0:20",       20  },
        {"seek 0’25",     25  },
        {"  seek   12.5  ", 12.5},
        {"seek 45",         45  },
        {"seek +5",         50  },
        {"seek -20",        30  },
        {"seek -1:00",      0   },
        {"seek 1:02:16",    60  }, /* the sound's end */
        {"seek +1:00",      60  },
    };
    for (size_t i = 0; i < COUNT(orders); i++) {
        assert_obeyed(orders[i].order);
        assert_int_equal(s.now.position, (vb_time)(orders[i].seconds * 1e6));
    }
}

static void a_time_that_is_none_is_refused_as_it_was_written(void **state)
{
    (void)state;
    assert_refused("seek soon", "'soon' is no time; write 16:20, 16’20, 1h02, +30 or 50%");
    assert_refused("seek", "'' is no time; write 16:20, 16’20, 1h02, +30 or 50%");
    assert_refused("seek --5", "'--5' is no time; write 16:20, 16’20, 1h02, +30 or 50%");
    struct buf answer = {0};
    assert_false(obey("seek 99999999999999999999", &answer));
    buf_free(&answer);
}

static void every_action_can_be_ordered_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < action_count(); i++)
        assert_true(orders_known(str_of(action_at(i)->name)));
    assert_obeyed("play");
    assert_int_equal(s.now.phase, VB_PLAYING);
    assert_obeyed("play-pause");
    assert_int_equal(s.now.phase, VB_PAUSED);
    assert_obeyed("seek 0");
    assert_obeyed("next-turn");
    assert_int_equal(s.now.position, 30 * VB_SECOND);
    assert_obeyed("undo-jump");
    assert_int_equal(s.now.position, 0);
    assert_obeyed("quit");
    assert_true(s.quit);
}

static void an_unknown_order_is_refused_by_name(void **state)
{
    (void)state;
    assert_refused("dance now", "there is no order 'dance'");
    assert_refused("", "there is no order ''");
    assert_refused("Play", "there is no order 'Play'");
    assert_false(orders_known(VB_STR("dance")));
    assert_false(orders_known(VB_STR("")));
    assert_true(orders_known(VB_STR("seek 12")) && orders_known(VB_STR(" state ")));
    assert_true(orders_is_state(VB_STR("state\n")) && !orders_is_state(VB_STR("states")));
}

static void broken_bytes_in_an_order_do_no_harm(void **state)
{
    (void)state;
    static const char *const orders[] = {"a\xE3\x80\x80\x80",
                                         "seek \xE3\x80\x80\x80",
                                         "seek 1\xC2",
                                         "\xFF\xFE",
                                         "seek +",
                                         "seek -"};
    struct buf answer = {0};
    for (size_t i = 0; i < COUNT(orders); i++)
        assert_false(obey(orders[i], &answer));
    buf_free(&answer);
}

static void offset_and_delay_take_a_number(void **state)
{
    (void)state;
    struct buf answer = {0};
    static const char *const wrong[] = {"offset x",     "offset 1e3", "offset inf",
                                        "offset 36001", "delay 2,5,", "delay 2000",
                                        "offset -",     "delay 0x10"};
    assert_obeyed("offset 1,5");
    assert_int_equal(s.offset, 1500000);
    assert_obeyed("offset −0.25");
    assert_int_equal(s.offset, -250000);
    assert_obeyed("offset +2");
    assert_int_equal(s.offset, 2000000);
    assert_obeyed("delay 120");
    assert_int_equal(outputs_delay(&s.outputs), 120);
    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_false(obey(wrong[i], &answer));
    assert_int_equal(s.offset, 2000000);
    assert_true(orders_known(VB_STR("offset 3")) && orders_known(VB_STR("delay 3")));
    assert_false(orders_known(VB_STR("delay"))); /* without a number it says nothing */
    assert_obeyed("offset 0");
    buf_free(&answer);
}

static void the_state_is_one_line_of_json(void **state)
{
    (void)state;
    struct buf out = {0};
    assert_obeyed("seek 30");
    for (int i = 0; s.now.seeking && i < 100000; i++)
        session_update(&s, 1000000);
    const struct shown_word words[] = {
        {1, 10, 20, 30, 40}
    };
    session_output_is(&s, "Headset");
    assert_obeyed("delay 180");
    state_write(&s, words, 1, &out);
    static const char begin[] =
        "{\"position\": 30, \"duration\": 60, \"playing\": false, \"seeking\": false, "
        "\"speed\": 1, \"offset\": 0, \"output\": \"Headset\", \"delay\": 0.18, "
        "\"turn\": 2, \"word\": 3, \"speaker\": \"Karim Grand\", "
        "\"origin\": \"inherited\", \"underruns\": 0, \"audio\": \"";
    static const char end[] =
        "/page.txt\", \"opening\": null, \"search\": {\"query\": \"\", \"matches\": 0, "
        "\"match\": null}, "
        "\"selection\": null, "
        "\"proofreading\": null, \"caret\": null, \"unsaved\": false, "
        "\"words\": [{\"word\": 1, \"text\": \"\\\"deux\\\"\", \"x\": 10, "
        "\"y\": 20, \"w\": 30, \"h\": 40}]}";
    if (!str_starts(buf_str(&out), begin) || !str_ends(buf_str(&out), end))
        fail_msg("%s", out.data);
    assert_non_null(strstr(out.data, "/a \\\"b\\\".wav\""));
    buf_free(&out);
}

static void without_files_the_state_has_nulls(void **state)
{
    (void)state;
    struct session empty;
    struct buf out = {0};
    session_init(&empty, &hand_sink, NULL, NULL);
    state_write(&empty, NULL, 0, &out); /* and no window: no words */
    assert_string_equal(out.data,
                        "{\"position\": 0, \"duration\": null, \"playing\": false, "
                        "\"seeking\": false, \"speed\": 1, \"offset\": 0, "
                        "\"output\": null, \"delay\": 0, \"turn\": null, \"word\": null, "
                        "\"speaker\": null, \"origin\": null, \"underruns\": 0, "
                        "\"audio\": null, \"text\": null, "
                        "\"opening\": null, "
                        "\"search\": {\"query\": \"\", \"matches\": 0, "
                        "\"match\": null}, \"selection\": null, "
        "\"proofreading\": null, \"caret\": null, \"unsaved\": false}");
    buf_clear(&out);
    assert_false(orders_obey(&empty, VB_STR("seek 5"), &out));
    assert_string_equal(out.data, "no recording is open");
    buf_free(&out);
    session_free(&empty);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_of_a_time_is_sought),
        cmocka_unit_test(a_time_that_is_none_is_refused_as_it_was_written),
        cmocka_unit_test(every_action_can_be_ordered_by_name),
        cmocka_unit_test(an_unknown_order_is_refused_by_name),
        cmocka_unit_test(broken_bytes_in_an_order_do_no_harm),
        cmocka_unit_test(offset_and_delay_take_a_number),
        cmocka_unit_test(the_state_is_one_line_of_json),
        cmocka_unit_test(without_files_the_state_has_nulls),
    };
    return cmocka_run_group_tests(tests, open_files, close_files);
}
