/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The next sitting begins where the last one ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/editing.h"
#include "app/memory.h"
#include "app/relire.h"
#include "base/str.h"
#include "support/support_session.h"
#include "support/support_sound.h"

#define SECONDS(n) ((vb_time)((n)*VB_SECOND))

static char state[512], sound[512], text[512];

static const char page[] = "Titre : Essai\n\nIntervenants : Anne Petit - Karim Grand\n\n"
                           "Durée : 1 min\n\nTranscription\n\n"
                           "Anne Petit : Bonjour à tous, et bienvenue dans cette émission.\n\n"
                           "Karim Grand : Merci, je suis très heureux d’être ici.\n\n"
                           "Anne Petit : De quoi allons-nous parler aujourd’hui ?\n\n";

/* Files and a state of its own for each test. */
static int make_files(void **ctx)
{
    static int number;
    char name[32];
    (void)ctx;
    struct sound tone220 = tone(220 + number, 8000 * 60);
    struct sound slow = at_rate(tone220, 8000);
    snprintf(name, sizeof name, "state-%d/state.db", ++number);
    snprintf(state, sizeof state, "%s", temp_path(name));
    snprintf(sound, sizeof sound, "%s", temp_path("minute.wav"));
    snprintf(text, sizeof text, "%s", temp_path("minute.txt"));
    write_sound(sound, &slow, AS_WAV);
    write_bytes(text, page, strlen(page));
    sound_free(&tone220);
    return 0;
}

static struct session begin(void)
{
    struct session s;
    struct vb_error error = {0};
    session_init(&s, &hand_sink, NULL, NULL);
    s.clock = 1000 * VB_SECOND;
    memory_begin(&s, store_open(state, NULL, NULL));
    if (!session_open_pair(&s, sound, text, &error))
        fail_msg("%s", error.text);
    pass(&s, SECONDS(0.1));
    return s;
}

/* Another program writes the page while ours is closed. */
static void rewrite(const char *old, const char *now)
{
    struct buf fresh = {0};
    vb_str before = str_of(page);
    size_t at = str_find(before, str_of(old));
    buf_add(&fresh, str_cut(before, 0, at));
    buf_puts(&fresh, now);
    buf_add(&fresh, str_from(before, at + strlen(old)));
    write_bytes(text, fresh.data, fresh.len);
    buf_free(&fresh);
}

static void assert_at(struct session *s, vb_time expected)
{
    pass(s, SECONDS(0.1));
    assert_true(llabs(s->now.position - expected) < 1000);
}

/* ---- the place ---- */

static void a_sitting_begins_where_the_last_one_ended(void **ctx)
{
    (void)ctx;
    struct session s = begin();
    assert_at(&s, 0);
    assert_false(was_said(&s, "resumed"));
    session_seek(&s, SECONDS(33.5));
    session_set_zoom(&s, 140);
    session_set_speed(&s, 120);
    s.reading = (struct reading_place){12, -1.5};
    session_free(&s);
    s = begin();
    assert_at(&s, SECONDS(33.5));
    assert_true(was_said(&s, "resumed at 33’’") || was_said(&s, "resumed at 0:33"));
    assert_true(was_said(&s, "Backspace for the beginning"));
    assert_int_equal(s.settings.zoom, 140);
    assert_int_equal(s.settings.speed, 120);
    assert_true(s.scroll == SCROLL_PLACE);
    assert_true(s.reading.top_word == 12 && s.reading.top_lines == -1.5);
    act(&s, "undo-jump");
    assert_at(&s, 0);
    act(&s, "redo-jump");
    assert_at(&s, SECONDS(33.5));
    session_free(&s);
}

static void who_hardly_began_or_heard_it_all_begins_anew(void **ctx)
{
    (void)ctx;
    static const double places[] = {1.5, 58.0};
    for (size_t i = 0; i < 2; i++) {
        struct session s = begin();
        session_seek(&s, SECONDS(places[i]));
        session_free(&s);
        s = begin();
        assert_at(&s, 0);
        assert_false(was_said(&s, "resumed"));
        session_free(&s);
    }
}

static void the_command_line_may_say_another_place(void **ctx)
{
    (void)ctx;
    struct vb_error error = {0};
    struct session s = begin();
    session_seek(&s, SECONDS(30));
    session_free(&s);
    session_init(&s, &hand_sink, NULL, NULL);
    s.clock = 1000 * VB_SECOND;
    memory_begin(&s, store_open(state, NULL, NULL));
    s.begins_elsewhere = true;
    assert_true(session_open_pair(&s, sound, text, &error));
    assert_at(&s, 0);
    assert_false(was_said(&s, "resumed"));
    session_free(&s);
}

static void a_moved_and_renamed_pair_is_the_same(void **ctx)
{
    (void)ctx;
    struct session s = begin();
    session_seek(&s, SECONDS(20));
    session_free(&s);
    char moved[512];
    snprintf(moved, sizeof moved, "%s", temp_path("elsewhere.wav"));
    assert_int_equal(rename(sound, moved), 0);
    snprintf(sound, sizeof sound, "%s", moved);
    s = begin();
    assert_at(&s, SECONDS(20));
    session_free(&s);
}

static void a_text_that_is_opened_later_leaves_the_sound_where_it_is(void **ctx)
{
    (void)ctx;
    struct vb_error error = {0};
    struct session s = begin();
    session_seek(&s, SECONDS(40));
    session_free(&s);
    session_init(&s, &hand_sink, NULL, NULL);
    s.clock = 1000 * VB_SECOND;
    memory_begin(&s, store_open(state, NULL, NULL));
    assert_true(session_open(&s, sound, &error));
    session_seek(&s, SECONDS(10));
    assert_true(session_open(&s, text, &error));
    assert_at(&s, SECONDS(10));
    session_free(&s);
}

static void nothing_is_remembered_without_state(void **ctx)
{
    (void)ctx;
    struct vb_error error = {0};
    for (int i = 0; i < 2; i++) {
        struct session s;
        session_init(&s, &hand_sink, NULL, NULL);
        s.clock = 1000 * VB_SECOND;
        memory_begin(&s, store_open_nothing());
        assert_true(session_open_pair(&s, sound, text, &error));
        assert_at(&s, 0);
        session_seek(&s, SECONDS(30));
        session_free(&s);
    }
    assert_int_not_equal(access(state, F_OK), 0);
}

static void the_place_outlives_an_edit(void **ctx)
{
    (void)ctx;
    struct vb_error error = {0};
    struct session s = begin();
    session_seek(&s, SECONDS(25));
    s.reading.top_word = 12;
    struct vb_word first = vb_word(s.transcript, 0);
    assert_true(
        session_replace(&s, (struct vb_span){first.span.at, 0}, VB_STR("Alors bien "), &error));
    s.reading.top_word = 14; /* the same word, which the view keeps in place */
    assert_true(session_save(&s));
    session_free(&s);
    s = begin();
    assert_at(&s, SECONDS(25));
    assert_int_equal(s.reading.top_word, 14);
    session_free(&s);
}

static void files_that_were_open_are_listed(void **ctx)
{
    (void)ctx;
    struct session s = begin();
    struct store_recents recents = store_recents(s.store);
    assert_int_equal(recents.count, 1);
    assert_string_equal(recents.items[0].sound.data, sound);
    assert_string_equal(recents.items[0].text.data, text);
    assert_string_equal(recents.items[0].title.data, "Essai");
    store_recents_free(&recents);
    session_free(&s);
}

static void the_welcome_page_gets_them_with_the_place(void **ctx)
{
    (void)ctx;
    struct recent recent[4];
    struct session s = begin();
    session_seek(&s, SECONDS(20));
    session_free(&s);
    session_init(&s, &hand_sink, NULL, NULL);
    s.clock = 1000 * VB_SECOND;
    memory_begin(&s, store_open(state, NULL, NULL));
    assert_int_equal(s.recents.list(s.recents.ctx, recent, 4), 1);
    assert_string_equal(recent[0].title, "Essai");
    assert_string_equal(recent[0].path, sound);
    assert_string_equal(recent[0].second, text);
    assert_string_equal(recent[0].place, "0:20");
    session_free(&s);
    unlink(sound);
    unlink(text);
    session_init(&s, &hand_sink, NULL, NULL);
    s.clock = 1000 * VB_SECOND;
    memory_begin(&s, store_open(state, NULL, NULL));
    assert_int_equal(s.recents.list(s.recents.ctx, recent, 4), 0); /* they are gone */
    session_free(&s);
}

static void a_store_in_trouble_is_told_once(void **ctx)
{
    (void)ctx;
    struct session s;
    session_init(&s, &hand_sink, NULL, NULL);
    s.clock = 1000 * VB_SECOND;
    memory_begin(&s, store_open("/proc/none/state.db", NULL, NULL));
    for (int i = 0; i < 3; i++)
        pass(&s, SECONDS(1));
    assert_int_equal(s.said, 1);
    assert_true(was_said(&s, "nothing new is remembered"));
    session_free(&s);
}

/* ---- what was heard: the player's state is set by hand ---- */

static void play_on(struct session *s, vb_time clock, vb_time position)
{
    s->clock += clock;
    s->now.position = position;
    memory_update(s);
}

static struct session listening(vb_time from, float speed)
{
    struct session s = begin();
    s.now.phase = VB_PLAYING;
    s.now.seeking = false; /* to where it was left: the player may still be on its way */
    s.now.speed = speed;
    s.clock = SECONDS(1000);
    play_on(&s, 0, from);
    return s;
}

static void assert_heard(struct session *s, size_t count, const int (*expected)[3])
{
    store_settle(s->store); /* a read waits for a busy disk only so long */
    struct store_heard_list heard = store_heard(s->store, &s->memory.pair.sound);
    assert_int_equal(heard.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(heard.items[i].start, SECONDS(expected[i][0]));
        assert_int_equal(heard.items[i].end, SECONDS(expected[i][1]));
        assert_int_equal(heard.items[i].speed, expected[i][2]);
    }
    store_heard_free(&heard);
}

static void what_was_played_counts_as_heard(void **ctx)
{
    (void)ctx;
    struct session s = listening(SECONDS(5), 1);
    for (int second = 6; second <= 20; second++)
        play_on(&s, SECONDS(1), SECONDS(second));
    s.now.phase = VB_PAUSED;
    play_on(&s, SECONDS(1), SECONDS(20));
    play_on(&s, SECONDS(60), SECONDS(20));
    assert_heard(&s, 1,
                 (const int[][3]){
                     {5, 20, 100}
    });
    session_free(&s);
}

static void what_was_jumped_over_was_not_heard(void **ctx)
{
    (void)ctx;
    struct session s = listening(SECONDS(5), 1);
    play_on(&s, SECONDS(2), SECONDS(7));
    play_on(&s, SECONDS(1), SECONDS(40)); /* a jump */
    play_on(&s, SECONDS(3), SECONDS(43));
    play_on(&s, SECONDS(1), SECONDS(10)); /* and back */
    play_on(&s, SECONDS(2), SECONDS(12));
    s.now.seeking = true; /* towards the end: its target is no place that was heard */
    play_on(&s, SECONDS(0.01), SECONDS(55));
    s.now.seeking = false;
    play_on(&s, SECONDS(0.2), SECONDS(55));
    s.now.phase = VB_PAUSED;
    play_on(&s, SECONDS(1), SECONDS(55));
    assert_heard(&s, 3,
                 (const int[][3]){
                     {5,  7,  100},
                     {10, 12, 100},
                     {40, 43, 100}
    });
    session_free(&s);
}

static void the_speed_is_remembered_with_it(void **ctx)
{
    (void)ctx;
    struct session s = listening(0, 1.5F);
    play_on(&s, SECONDS(4), SECONDS(6));
    s.now.speed = 0.7F;
    play_on(&s, 0, SECONDS(6));
    play_on(&s, SECONDS(10), SECONDS(13));
    s.now.phase = VB_PAUSED;
    play_on(&s, 0, SECONDS(13));
    assert_heard(&s, 2,
                 (const int[][3]){
                     {0, 6,  150},
                     {6, 13, 70 }
    });
    session_free(&s);
}

static void without_a_sound_card_nothing_is_heard(void **ctx)
{
    (void)ctx;
    struct session s = listening(0, 1);
    s.now.silent = true;
    s.memory.listening = false;
    play_on(&s, SECONDS(1), SECONDS(1));
    play_on(&s, SECONDS(20), SECONDS(21));
    s.now.phase = VB_PAUSED;
    play_on(&s, 0, SECONDS(21));
    assert_heard(&s, 0, NULL);
    session_free(&s);
}

static void a_crash_loses_seconds_not_the_afternoon(void **ctx)
{
    (void)ctx;
    struct session s = listening(0, 1);
    for (int second = 1; second <= 30; second++)
        play_on(&s, SECONDS(1), SECONDS(second));
    store_settle(s.store);
    struct store *other = store_open(state, NULL, NULL); /* as after a crash */
    struct store_heard_list heard = store_heard(other, &s.memory.pair.sound);
    struct store_place place;
    assert_true(heard.count == 1 && heard.items[0].end >= SECONDS(25));
    assert_true(store_place(other, &s.memory.pair, &place) && place.position >= SECONDS(25));
    store_heard_free(&heard);
    store_close(other);
    session_free(&s);
}

#define TEST(name) cmocka_unit_test_setup(name, make_files)

/* ---- what another program wrote ---- */

static void what_was_written_while_nobody_looked_is_new_until_it_is_heard(void **ctx)
{
    (void)ctx;
    struct session s = begin();
    assert_int_equal(s.news.count, 0);
    session_free(&s);
    rewrite("très heureux d’être", "vraiment très heureux d’être");
    s = begin();
    assert_true(was_said(&s, "1 word of this page is new since you listened"));
    assert_int_equal(s.news.count, 1);
    uint32_t word = s.news.items[0].first;
    assert_true(str_eq(vb_word_text(s.transcript, word), "vraiment"));
    session_free(&s);
    rewrite("très heureux d’être ici.\n\nAnne Petit : De quoi",
            "vraiment très heureux d’être ici.\n\nAnne Petit : Alors de quoi");
    s = begin(); /* once more: both are new */
    assert_int_equal(s.news.count, 2);
    relire_play_news(&s);
    for (int i = 0; i < 2; i++) {
        struct word_range range = s.news.items[0];
        s.now.position = vb_timeline_end(s.timeline, range.first + range.count - 1);
        s.now.seeking = false;
        relire_update(&s);
        if (s.news.count)
            relire_play_news(&s);
    }
    session_free(&s);
    s = begin();
    assert_int_equal(s.news.count, 0);
    session_free(&s);
}

static void own_corrections_are_no_news(void **ctx)
{
    (void)ctx;
    struct session s = begin();
    struct vb_span span = vb_word(s.transcript, 3).span;
    assert_true(session_replace(&s, span, VB_STR("toutes"), NULL));
    assert_true(session_save(&s));
    session_free(&s);
    s = begin();
    assert_int_equal(s.news.count, 0);
    session_free(&s);
}

static void another_text_of_the_same_sound_is_no_news(void **ctx)
{
    (void)ctx;
    struct session s = begin();
    session_free(&s);
    snprintf(text, sizeof text, "%s", temp_path("other.txt"));
    rewrite("très heureux d’être", "vraiment très heureux d’être");
    s = begin();
    assert_int_equal(s.news.count, 0);
    session_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sitting_begins_where_the_last_one_ended),
        TEST(who_hardly_began_or_heard_it_all_begins_anew),
        TEST(the_command_line_may_say_another_place),
        TEST(a_moved_and_renamed_pair_is_the_same),
        TEST(a_text_that_is_opened_later_leaves_the_sound_where_it_is),
        TEST(nothing_is_remembered_without_state),
        TEST(the_place_outlives_an_edit),
        TEST(files_that_were_open_are_listed),
        TEST(the_welcome_page_gets_them_with_the_place),
        TEST(a_store_in_trouble_is_told_once),
        TEST(what_was_played_counts_as_heard),
        TEST(what_was_jumped_over_was_not_heard),
        TEST(the_speed_is_remembered_with_it),
        TEST(without_a_sound_card_nothing_is_heard),
        TEST(a_crash_loses_seconds_not_the_afternoon),
        TEST(what_was_written_while_nobody_looked_is_new_until_it_is_heard),
        TEST(own_corrections_are_no_news),
        TEST(another_text_of_the_same_sound_is_no_news),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
