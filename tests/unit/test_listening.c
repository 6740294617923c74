/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the sound of a session is played: manners, outputs, delays by tapping along, the offset
 * of a text, the part that the seek bar shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/calibration.h"
#include "app/listening.h"
#include "app/numbers.h"
#include "audio/player.h"
#include "base/err.h"
#include "base/file.h"
#include "base/str.h"
#include "support/support_session.h"
#include "support/support_sound.h"

static struct session s;
static vb_time clock_now;

/* ---- an output that can be there or not ---- */

static bool is_there;

static void *open_output(int rate, int channels, void (*pull)(void *, float *, int), void *ctx,
                         struct vb_error *error)
{
    if (is_there)
        return hand_sink.open(rate, channels, pull, ctx, error);
    err_set(error, VB_DEVICE, "no output");
    return NULL;
}

static bool is_gone(void *card)
{
    (void)card;
    return !is_there;
}

static struct vb_sink output;

static void update(void)
{
    session_update(&s, clock_now += 10000);
}

static int open_minute(void **state)
{
    (void)state;
    struct sound sound = at_rate(tone(220, 8000 * 60), 8000);
    const char *path = temp_path("minute.wav");
    write_sound(path, &sound, AS_WAV);
    sound_free(&sound);
    output = hand_sink;
    output.open = open_output;
    clock_now = 1000 * VB_SECOND;
    session_init(&s, &output, NULL, NULL);
    assert_true(session_open(&s, path, NULL));
    update();
    return 0;
}

static int open_with_output(void **state)
{
    is_there = true;
    return open_minute(state);
}

static int open_without(void **state)
{
    is_there = false;
    return open_minute(state);
}

static int close_all(void **state)
{
    (void)state;
    session_free(&s);
    return 0;
}

/* ---- outputs ---- */

static void a_lost_output_pauses_and_says_so(void **state)
{
    (void)state;
    session_play(&s);
    update();
    assert_int_equal(s.now.phase, VB_PLAYING);
    is_there = false;
    session_output_lost(&s);
    update();
    assert_int_equal(s.now.phase, VB_PAUSED);
    assert_true(s.now.lost);
    assert_true(was_said(&s, "was taken away: paused until there is one"));
    assert_false(was_said(&s, "no sound card was found"));
}

static void an_output_that_goes_without_a_word_is_missed(void **state)
{
    (void)state;
    output.gone = is_gone;
    session_play(&s);
    update();
    assert_false(s.now.silent);
    is_there = false;
    update();
    assert_true(s.now.lost);
    assert_true(was_said(&s, "was taken away: paused until there is one"));
    is_there = true;
    clock_now += session_next_change(&s);
    update();
    assert_int_equal(s.now.phase, VB_PLAYING);
    assert_false(s.now.silent);
}

static void it_goes_on_when_an_output_is_there(void **state)
{
    (void)state;
    session_play(&s);
    update();
    is_there = false;
    session_output_lost(&s);
    assert_false(session_output_came(&s)); /* one that does not open */
    update();
    assert_int_equal(s.now.phase, VB_PAUSED);
    is_there = true;
    assert_true(session_output_came(&s));
    update();
    assert_int_equal(s.now.phase, VB_PLAYING);
    assert_false(s.now.silent);
    assert_true(was_said(&s, "the sound goes on"));
    uint64_t said = s.said;
    assert_false(session_output_came(&s)); /* a second one changes nothing */
    assert_int_equal(s.said, said);
}

static void what_was_paused_stays_paused(void **state)
{
    (void)state;
    is_there = false;
    session_output_lost(&s);
    is_there = true;
    assert_true(session_output_came(&s));
    update();
    assert_int_equal(s.now.phase, VB_PAUSED);
    assert_true(was_said(&s, "a sound output is there"));
}

static void a_lost_output_is_looked_for_now_and_then(void **state)
{
    (void)state;
    session_play(&s);
    update();
    assert_true(session_next_change(&s) <= VB_SECOND);
    is_there = false;
    session_output_lost(&s);
    update();
    vb_time next = session_next_change(&s);
    assert_true(next > 0 && next != VB_NO_TIME);
    is_there = true;
    update();
    assert_int_equal(s.now.phase, VB_PAUSED); /* not yet */
    clock_now += next;
    update();
    assert_int_equal(s.now.phase, VB_PLAYING);
}

static void without_an_output_play_asks_for_one(void **state)
{
    (void)state;
    assert_true(s.now.silent);
    session_play(&s);
    update();
    assert_int_equal(s.now.phase, VB_PLAYING); /* in silence */
    assert_true(s.now.silent);
    is_there = true;
    session_pause(&s);
    session_play(&s);
    update();
    assert_false(s.now.silent);
    assert_int_equal(s.now.phase, VB_PLAYING);
}

static void each_output_has_its_own_delay(void **state)
{
    (void)state;
    session_output_is(&s, "Headset");
    session_set_delay(&s, 180);
    session_output_is(&s, "Speakers = loud");
    assert_int_equal(outputs_delay(&s.outputs), 0);
    session_set_delay(&s, 5000);
    assert_int_equal(outputs_delay(&s.outputs), DELAY_MOST);
    session_output_is(&s, "Headset");
    assert_int_equal(outputs_delay(&s.outputs), 180);
    session_set_delay(&s, -5000);
    assert_int_equal(outputs_delay(&s.outputs), DELAY_LEAST);
}

static void delays_are_kept_by_name(void **state)
{
    (void)state;
    struct outputs kept = {0}, again = {0};
    const char *path = temp_path("folder/verbatim/outputs");
    snprintf(kept.now, sizeof kept.now, "Casque de Zoé = 2");
    assert_true(outputs_save(&kept, path, NULL));
    assert_false(file_exists(path)); /* nothing changed: nothing written */
    outputs_set_delay(&kept, 210);
    kept.now[0] = '\0';
    outputs_set_delay(&kept, -30);
    assert_true(outputs_save(&kept, path, NULL));
    outputs_load(&again, path);
    assert_int_equal(again.known.count, 2);
    snprintf(again.now, sizeof again.now, "Casque de Zoé = 2");
    assert_int_equal(outputs_delay(&again), 210);
    again.now[0] = '\0';
    assert_int_equal(outputs_delay(&again), -30);
    outputs_free(&kept);
    outputs_free(&again);
}

static void a_mad_file_of_delays_does_no_harm(void **state)
{
    (void)state;
    struct outputs loaded = {0};
    const char *path = temp_path("mad-outputs");
    struct buf text = {0};
    buf_puts(&text,
             "x = One\n= Two\n12\n99999999999 = Three\n-1 = \n 7  =  Four \n\xff\xfe = \n5 = ");
    for (int i = 0; i < 500; i++)
        buf_puts(&text, "long");
    buf_putc(&text, '\n');
    write_bytes(path, text.data, text.len);
    outputs_load(&loaded, path);
    assert_int_equal(loaded.known.count, 3); /* Three, the nameless one, Four */
    snprintf(loaded.now, sizeof loaded.now, "Three");
    assert_int_equal(outputs_delay(&loaded), DELAY_MOST);
    snprintf(loaded.now, sizeof loaded.now, "Four");
    assert_int_equal(outputs_delay(&loaded), 7);
    outputs_free(&loaded);
    outputs_load(&loaded, temp_path("no-such-file"));
    assert_int_equal(loaded.known.count, 0);
    buf_free(&text);
}

/* ---- tapping along ---- */

static struct tapped measured(double delay, double jitter, size_t count)
{
    vb_time taps[TAPS_MOST];
    struct tapped found = {0};
    for (size_t i = 0; i < count; i++) {
        double shake = i < TAPS_TO_WARM_UP ? 137 : jitter * ((double)(i * 7 % 5) - 2) / 2;
        taps[i] = (vb_time)(i + 3) * CLICK_PERIOD + (vb_time)((delay + shake) * 1000);
    }
    assert_true(taps_measure(taps, count, &found));
    return found;
}

static void taps_tell_the_delay(void **state)
{
    (void)state;
    static const double delays[] = {-140, -20, 0, 35, 180, 260, 300, 301, 440};
    for (size_t i = 0; i < COUNT(delays); i++) {
        assert_int_equal(measured(delays[i], 0, TAPS_MOST).delay, (int)delays[i]);
        struct tapped shaken = measured(delays[i], 30, TAPS_MOST);
        int least = delays[i] < -120 ? -150 : (int)delays[i] - 16;
        assert_in_range(shaken.delay + 1000, least + 1000, (int)delays[i] + 1016);
        assert_true(shaken.is_even);
    }
    assert_int_equal(measured(180, 0, TAPS_LEAST).spread, 0);
}

static void a_few_taps_beside_the_rhythm_do_not_matter(void **state)
{
    (void)state;
    vb_time taps[TAPS_MOST];
    struct tapped found;
    for (int i = 0; i < TAPS_MOST; i++)
        taps[i] = i * CLICK_PERIOD + 120000 + (i % 5 == 4 ? 250000 : 0);
    assert_true(taps_measure(taps, TAPS_MOST, &found));
    assert_in_range(found.delay, 115, 125);
    assert_true(found.is_even);
}

static void taps_anywhere_are_not_believed(void **state)
{
    (void)state;
    vb_time taps[TAPS_MOST];
    struct tapped found;
    for (int i = 0; i < TAPS_MOST; i++)
        taps[i] = i * 383000; /* another rhythm altogether */
    assert_true(taps_measure(taps, TAPS_MOST, &found));
    assert_false(found.is_even);
    assert_false(taps_measure(taps, TAPS_LEAST - 1, &found));
}

static void tapping_pauses_the_sound_and_lets_it_go_on(void **state)
{
    (void)state;
    session_play(&s);
    update();
    session_output_is(&s, "Headset");
    s.sink = &vb_sink_null; /* the card that is pulled by hand is taken */
    session_calibrate(&s);
    s.sink = &output;
    assert_non_null(s.calibration);
    assert_int_equal(s.panel, PANEL_TAPS);
    update();
    assert_int_equal(s.now.phase, VB_PAUSED);
    session_calibration_take(&s); /* nothing found yet: nothing happens */
    assert_non_null(s.calibration);
    for (int i = 0; i < TAPS_MOST; i++)
        s.calibration->taps[s.calibration->count++] = i * CLICK_PERIOD + 90000;
    assert_true(taps_measure(s.calibration->taps, TAPS_MOST, &s.calibration->found));
    assert_true(calibration_is_done(s.calibration));
    session_calibration_take(&s);
    assert_null(s.calibration);
    assert_int_equal(s.panel, PANEL_SOUND);
    assert_int_equal(outputs_delay(&s.outputs), 90);
    update();
    assert_int_equal(s.now.phase, VB_PLAYING);
}

/* The clicks' own sound: heard at the moments that taps are measured by. */
static void the_clicks_are_where_they_are_believed_to_be(void **state)
{
    (void)state;
    struct vb_error error = {0};
    struct calibration *c = calibration_start(&hand_sink, NULL, NULL, &error);
    if (!c)
        fail_msg("%s", error.text);
    static float out[64];
    const long rate = hand_now().rate, period = (long)(rate * CLICK_PERIOD / VB_SECOND);
    long first = -1, last = -rate;
    int clicks = 0;
    for (long frame = 0; frame < 8 * period; frame += 8) {
        if (frame % 1024 == 0)
            player_fill(c->player);
        hand_pull(out, 8);
        float most = 0;
        for (int i = 0; i < 8 * hand_now().channels; i++)
            most = out[i] > most ? out[i] : most;
        if (most < 0.02f || frame - last < rate / 5)
            continue;
        first = first < 0 ? frame : first;
        last = frame;
        long off = (frame - first) % period;
        assert_true(off <= 16 || off >= period - 16);
        clicks++;
    }
    assert_true(first < rate / 50);
    assert_int_equal(clicks, 8);
    calibration_free(c);
    calibration_free(NULL);
}

/* ---- manners ---- */

static void manners_stay_in_their_bounds(void **state)
{
    (void)state;
    session_set_rewind(&s, 1000);
    assert_int_equal(s.settings.rewind, 100);
    session_set_rewind(&s, -1);
    assert_int_equal(s.settings.rewind, 0);
    session_set_skip(&s, 0);
    assert_int_equal(s.settings.skip, 1);
    session_set_skip(&s, 100);
    assert_int_equal(s.settings.skip, 60);
    session_set_sides(&s, VB_RIGHT_SIDE + 1);
    assert_int_equal(s.settings.sides, VB_BOTH_SIDES);
    session_set_sides(&s, -1);
    assert_int_equal(s.settings.sides, VB_RIGHT_SIDE);
}

static void silence_gives_the_volume_back(void **state)
{
    (void)state;
    session_set_volume(&s, 130);
    session_mute(&s);
    assert_int_equal(s.settings.volume, 0);
    session_mute(&s);
    assert_int_equal(s.settings.volume, 130);
}

static void every_manner_has_its_action(void **state)
{
    (void)state;
    act(&s, "voice-up");
    act(&s, "skip-silences");
    act(&s, "sides");
    act(&s, "rewind-more");
    act(&s, "skip-more");
    act(&s, "offset-later");
    act(&s, "offset-later");
    act(&s, "offset-earlier");
    assert_true(s.settings.voice_up && s.settings.skip_silences);
    assert_int_equal(s.settings.sides, VB_LEFT_SIDE);
    assert_int_equal(s.settings.rewind, 10);
    assert_int_equal(s.settings.skip, 6);
    assert_int_equal(s.offset, VB_SECOND / 10);
    act(&s, "delay-more");
    assert_int_equal(outputs_delay(&s.outputs), 10);
    act(&s, "sound-panel");
    assert_int_equal(s.panel, PANEL_SOUND);
    act(&s, "offset");
    assert_int_equal(s.panel, PANEL_OFFSET);
    act(&s, "close");
    assert_int_equal(s.panel, PANEL_NONE);
}

/* ---- the part that the seek bar shows ---- */

static void the_bar_zooms_around_a_place(void **state)
{
    (void)state;
    vb_time around = 20 * VB_SECOND;
    struct bar_part all = session_bar_part(&s);
    assert_int_equal(all.from, 0);
    assert_int_equal(all.span, 60 * VB_SECOND);
    for (int i = 0; i < 3; i++) {
        struct bar_part before = session_bar_part(&s);
        session_bar_zoom(&s, 1, around);
        struct bar_part after = session_bar_part(&s);
        assert_true(after.span < before.span);
        double share = (double)(around - before.from) / (double)before.span;
        double share_after = (double)(around - after.from) / (double)after.span;
        assert_true(share - share_after < 1e-6 && share_after - share < 1e-6);
    }
    session_bar_zoom(&s, 100, around);
    assert_int_equal(session_bar_part(&s).span, 4 * VB_SECOND);
    session_bar_move(&s, 1000 * VB_SECOND);
    assert_int_equal(session_bar_part(&s).from, 56 * VB_SECOND);
    session_bar_move(&s, -1000 * VB_SECOND);
    assert_int_equal(session_bar_part(&s).from, 0);
    session_bar_zoom(&s, -100, around);
    assert_int_equal(session_bar_part(&s).span, 60 * VB_SECOND);
}

static void the_bar_turns_its_page_with_the_sound(void **state)
{
    (void)state;
    session_play(&s);
    update();
    session_seek(&s, 8 * VB_SECOND);
    s.bar = (struct bar_part){0, 10 * VB_SECOND};
    s.now.phase = VB_PLAYING;
    s.now.position = 9 * VB_SECOND;
    session_bar_follow(&s);
    assert_int_equal(s.bar.from, 0);
    s.now.position = 10 * VB_SECOND + 1;
    session_bar_follow(&s);
    assert_int_equal(s.bar.from, 9 * VB_SECOND + 1); /* a tenth of it is already behind */
    s.bar.from = 40 * VB_SECOND;                     /* looked at elsewhere: left alone */
    session_bar_follow(&s);
    s.now.position = 12 * VB_SECOND;
    session_bar_follow(&s);
    assert_int_equal(s.bar.from, 40 * VB_SECOND);
}

/* ---- numbers ---- */

static void numbers_are_read_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double number;
    } good[] = {
        {"1.5",      1.5  },
        {"1,5",      1.5  },
        {"+2",       2    },
        {"-0,3",     -0.3 },
        {"−4",     -4   },
        {" 10 ",     10   },
        {".5",       .5   },
        {"3.",       3    },
        {"-0",       0    },
        {"0012.340", 12.34},
    };
    static const char *const bad[] = {"",    "-",   "+",   ".",   "1.2.3", "1e3",
                                      "0x1", "inf", "nan", "1 2", "--1",   "1234567890123"};
    double number;
    for (size_t i = 0; i < COUNT(good); i++) {
        assert_true(number_from_user(str_of(good[i].text), &number));
        assert_true(number - good[i].number < 1e-9 && good[i].number - number < 1e-9);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(number_from_user(str_of(bad[i]), &number));
}

static void tenths_are_shown_with_their_sign(void **state)
{
    (void)state;
    static const struct {
        long tenths;
        bool signs;
        const char *shown;
    } rows[] = {
        {17,   false, "1.7"    },
        {0,    true,  "0.0"    },
        {3,    true,  "+0.3"   },
        {-3,   true,  "−0.3" },
        {-105, false, "−10.5"},
    };
    struct buf out = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        buf_clear(&out);
        number_put_tenths(&out, rows[i].tenths, rows[i].signs);
        assert_string_equal(out.data, rows[i].shown);
    }
    buf_free(&out);
}

/* Nothing of SDL's tells of a sound server that is started after us. */
static void an_output_that_was_missing_is_looked_for(void **state)
{
    (void)state;
    assert_true(s.now.silent && !s.now.lost);
    session_play(&s);
    update();
    uint64_t said = s.said;
    for (int i = 0; i < 60; i++) {
        vb_time next = session_next_change(&s);
        assert_true(next != VB_NO_TIME && next <= VB_SECOND + 10000);
        session_update(&s, clock_now += VB_SECOND);
        assert_int_equal(s.now.phase, VB_PLAYING);
    }
    assert_int_equal(s.said, said); /* it is not said each time */
    is_there = true;
    for (int i = 0; i < 130 && s.now.silent; i++)
        session_update(&s, clock_now += VB_SECOND);
    assert_false(s.now.silent);
    assert_int_equal(s.now.phase, VB_PLAYING);
    assert_true(was_said(&s, "a sound output is there"));
}

int main(void)
{
#define WITH(test)    cmocka_unit_test_setup_teardown(test, open_with_output, close_all)
#define WITHOUT(test) cmocka_unit_test_setup_teardown(test, open_without, close_all)
    const struct CMUnitTest tests[] = {
        WITH(a_lost_output_pauses_and_says_so),
        WITH(an_output_that_goes_without_a_word_is_missed),
        WITH(it_goes_on_when_an_output_is_there),
        WITH(what_was_paused_stays_paused),
        WITH(a_lost_output_is_looked_for_now_and_then),
        WITHOUT(without_an_output_play_asks_for_one),
        WITH(each_output_has_its_own_delay),
        WITHOUT(an_output_that_was_missing_is_looked_for),
        cmocka_unit_test(delays_are_kept_by_name),
        cmocka_unit_test(a_mad_file_of_delays_does_no_harm),
        cmocka_unit_test(taps_tell_the_delay),
        cmocka_unit_test(a_few_taps_beside_the_rhythm_do_not_matter),
        cmocka_unit_test(taps_anywhere_are_not_believed),
        WITH(tapping_pauses_the_sound_and_lets_it_go_on),
        cmocka_unit_test(the_clicks_are_where_they_are_believed_to_be),
        WITH(manners_stay_in_their_bounds),
        WITH(silence_gives_the_volume_back),
        WITH(every_manner_has_its_action),
        WITH(the_bar_zooms_around_a_place),
        WITH(the_bar_turns_its_page_with_the_sound),
        cmocka_unit_test(numbers_are_read_as_people_write_them),
        cmocka_unit_test(tenths_are_shown_with_their_sign),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
