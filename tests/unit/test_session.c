/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program knows, and what the user can do with it; the sound card is pulled by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/partner.h"
#include "app/session.h"
#include "app/survey.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_session.h"
#include "support/support_sound.h"
#include "support/support_transcript.h"

#define SECONDS(n) ((vb_time)((n)*VB_SECOND))

static char sound_path[512], text_path[512]; /* a minute of sound, and its page */
static uint64_t clock_now = 1000000;

/* ---- fixtures ---- */

static void put_words(struct buf *page, int count)
{
    for (int i = 0; i < count; i++)
        buf_puts(page, i % 10 == 9 ? "paroles. " : "paroles ");
    buf_puts(page, "\n\n");
}

/* Two voices and a marker at half a minute. */
static struct buf page_of(const char *duration, const char *marker)
{
    struct buf page = {0};
    buf_puts(&page, "Titre : Essai\n\nIntervenants : Anne Petit - Karim Grand\n\n");
    buf_printf(&page, "Durée : %s\n\nTranscription\n\nAnne Petit : ", duration);
    put_words(&page, 30);
    buf_puts(&page, "Karim Grand : ");
    put_words(&page, 30);
    buf_printf(&page, "%s\n\nAnne Petit : ", marker);
    put_words(&page, 60);
    return page;
}

static const char *write_page(const char *name, const char *duration, const char *marker)
{
    const char *path = temp_path(name);
    struct buf page = page_of(duration, marker);
    write_bytes(path, page.data, page.len);
    buf_free(&page);
    return path;
}

static const char *write_wav(const char *name, double length)
{
    const char *path = temp_path(name);
    struct sound sound = tone(220, (size_t)(length * 8000));
    struct sound slow = at_rate(sound, 8000);
    write_sound(path, &slow, AS_WAV);
    sound_free(&sound);
    return path;
}

static int make_files(void **state)
{
    (void)state;
    snprintf(sound_path, sizeof sound_path, "%s", write_wav("minute.wav", 60));
    snprintf(text_path, sizeof text_path, "%s", write_page("page.txt", "1 min", "0’ 30"));
    return 0;
}

static void update(struct session *s)
{
    session_update(s, (vb_time)(clock_now += 10000));
}

static struct session open_pair(const char *first, const char *second)
{
    struct session s;
    struct vb_error error = {0};
    session_init(&s, &hand_sink, NULL, NULL);
    if (!session_open_pair(&s, first, second, &error))
        fail_msg("%s", error.text);
    update(&s);
    return s;
}

static struct session open_both(void)
{
    return open_pair(sound_path, text_path);
}

static void assert_at(struct session *s, vb_time expected)
{
    update(s);
    if (llabs(s->now.position - expected) > 200) /* whole frames */
        fail_msg("%.3f s is not %.3f s", (double)s->now.position / 1e6, (double)expected / 1e6);
}

static void assert_said(const struct session *s, const char *part)
{
    if (!was_said(s, part))
        fail_msg("nothing said of \"%s\"; last: %s", part, last_said(s));
}

/* ---- opening ---- */

static void a_pair_opens_in_either_order(void **state)
{
    (void)state;
    for (int turned = 0; turned < 2; turned++) {
        struct session s =
            turned ? open_pair(text_path, sound_path) : open_pair(sound_path, text_path);
        assert_non_null(s.player);
        assert_string_equal(s.sound_path, sound_path);
        assert_string_equal(vb_document_path(s.document), text_path);
        assert_int_equal(vb_turn_count(s.transcript), 3);
        assert_int_equal(s.now.duration, SECONDS(60));
        assert_int_equal(s.said, 0); /* all is well: nothing to say */
        session_free(&s);
    }
}

static void assert_refused(const char *first, const char *second, const char *part)
{
    struct session s;
    struct vb_error error = {0};
    session_init(&s, &hand_sink, NULL, NULL);
    assert_false(session_open_pair(&s, first, second, &error));
    if (!strstr(error.text, part))
        fail_msg("\"%s\" does not say \"%s\"", error.text, part);
    session_free(&s);
}

static void two_sounds_or_two_texts_are_no_pair(void **state)
{
    (void)state;
    const char *other_sound = write_wav("other.wav", 1);
    const char *other_text = write_page("other-page.txt", "1 min", "0’ 30");
    assert_refused(sound_path, other_sound, "are both recordings");
    assert_refused(text_path, other_text, "are both transcripts");
    assert_refused(text_path, text_path, "are both transcripts");
    assert_refused(sound_path, sound_path, "are both recordings");
}

static void the_file_that_is_wrong_is_named(void **state)
{
    (void)state;
    const char *junk = temp_path("picture.png");
    write_bytes(junk, "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\6\0\0\0", 29);
    assert_refused(sound_path, junk, "picture.png: ");
    assert_refused(junk, text_path, "picture.png: ");
    assert_refused(junk, NULL, "picture.png: ");
    assert_refused(sound_path, temp_path("missing.txt"), "missing.txt: there is no such file");
    assert_refused(temp_path("missing.mp3"), text_path, "missing.mp3: there is no such file");
    assert_refused("/", NULL, "/: this is a folder");
}

static void what_is_named_as_a_recording_is_told_why_it_is_none(void **state)
{
    (void)state;
    const char *page = temp_path("lost.mp3");
    write_bytes(page, "<!DOCTYPE html><title>404</title>", 33);
    assert_refused(page, NULL, "lost.mp3: this is a web page, not sound");
    assert_refused(page, text_path, "lost.mp3: this is a web page, not sound");
    assert_refused(text_path, page, "lost.mp3: this is a web page, not sound");
    const char *nothing = temp_path("nothing.ogg");
    write_bytes(nothing, "", 0);
    assert_refused(nothing, NULL, "nothing.ogg: the file is empty; download or copy");
}

static void one_file_alone_opens_too(void **state)
{
    (void)state;
    struct session s = open_pair(sound_path, NULL);
    assert_non_null(s.player);
    assert_null(s.document);
    assert_int_equal(s.word, VB_NONE);
    session_free(&s);
    s = open_pair(text_path, NULL);
    assert_null(s.player);
    assert_non_null(s.timeline);
    assert_int_equal(s.word, VB_NONE);
    assert_int_equal(session_next_change(&s), VB_NO_TIME);
    session_free(&s);
}

static void a_file_that_fails_changes_nothing(void **state)
{
    (void)state;
    struct session s = open_both();
    struct vb_player *player = s.player;
    const struct vb_transcript *transcript = s.transcript;
    uint32_t revision = s.revision;
    session_seek(&s, SECONDS(20));
    assert_false(session_open(&s, temp_path("missing.txt"), NULL));
    assert_false(session_open(&s, "/", NULL));
    assert_ptr_equal(s.player, player);
    assert_ptr_equal(s.transcript, transcript);
    assert_int_equal(s.revision, revision);
    assert_at(&s, SECONDS(20));
    session_free(&s);
}

static void another_file_takes_the_place_of_its_kind(void **state)
{
    (void)state;
    struct session s = open_both();
    session_seek(&s, SECONDS(20));
    assert_true(session_open(&s, write_wav("half.wav", 30), NULL));
    update(&s);
    assert_int_equal(s.now.duration, SECONDS(30));
    assert_non_null(s.transcript);
    assert_true(vb_timeline_text_end(s.timeline) <= SECONDS(30)); /* spread anew */
    session_undo_jump(&s); /* the old sound's jumps are gone */
    assert_at(&s, 0);
    uint32_t revision = s.revision;
    assert_true(session_open(&s, write_page("new.txt", "1 min", "0’ 20"), NULL));
    assert_true(s.revision > revision);
    assert_int_equal(s.scroll, SCROLL_TOP);
    session_free(&s);
}

/* ---- the partner of the same name ---- */

static void make_folder_of(const char *folder, const char *const *names, size_t count)
{
    struct buf path = {0};
    mkdir(temp_path(folder), 0700);
    for (size_t i = 0; i < count; i++) {
        const char *whole;
        buf_clear(&path);
        buf_printf(&path, "%s/%s", folder, names[i]);
        if (str_ends(str_of(names[i]), ".wav"))
            whole = write_wav(path.data, 1);
        else
            whole = write_page(path.data, "1 min", "0’ 30");
        assert_int_equal(access(whole, R_OK), 0);
    }
    buf_free(&path);
}

static void assert_partner(const char *folder, const char *name, const char *partner)
{
    struct buf path = {0}, found = {0};
    buf_printf(&path, "%s/%s", temp_path(folder), name);
    bool any = partner_find(path.data, &found);
    const char *got = any ? strrchr(found.data, '/') + 1 : "none";
    if (strcmp(got, partner) != 0)
        fail_msg("%s goes with %s, not with %s", name, got, partner);
    buf_free(&path);
    buf_free(&found);
}

static void the_partner_has_the_same_base_name(void **state)
{
    (void)state;
    static const char *const names[] = {
        "talk.wav",    "talk.txt",       "talk.fr.txt",    "other.txt",
        "lecture.wav", "lecture.fr.txt", "lecture.en.txt", "part.1.wav",
        "part.2.txt",  "part.txt",       "alone.wav",      "song.fr.wav",
        "song.txt",    "film.wav",       "film.vtt",       "film.json"};
    make_folder_of("partners", names, COUNT(names));
    assert_partner("partners", "talk.wav", "talk.txt");
    assert_partner("partners", "talk.txt", "talk.wav");
    assert_partner("partners", "talk.fr.txt", "talk.wav");
    assert_partner("partners", "lecture.wav", "lecture.en.txt"); /* the first by name */
    assert_partner("partners", "lecture.fr.txt", "lecture.wav");
    assert_partner("partners", "song.fr.wav", "song.txt");
    assert_partner("partners", "part.1.wav", "none"); /* 1 is no language */
    assert_partner("partners", "part.txt", "none");
    assert_partner("partners", "alone.wav", "none");
    assert_partner("partners", "film.wav", "film.vtt");
    assert_partner("partners", "other.txt", "none");
}

static void with_one_file_its_partner_opens_too(void **state)
{
    (void)state;
    static const char *const names[] = {"talk.wav", "talk.fr.txt"};
    make_folder_of("both", names, COUNT(names));
    for (size_t i = 0; i < COUNT(names); i++) {
        struct buf path = {0};
        buf_printf(&path, "%s/%s", temp_path("both"), names[i]);
        struct session s = open_pair(path.data, NULL);
        assert_true(s.player && s.document);
        session_free(&s);
        buf_free(&path);
    }
}

static void a_partner_that_cannot_be_opened_is_a_warning(void **state)
{
    (void)state;
    static const char *const names[] = {"broken.wav"};
    make_folder_of("broken", names, 1);
    write_bytes(temp_path("broken/broken.txt"), "<?xml?>", 7);
    struct session s;
    session_init(&s, &hand_sink, NULL, NULL);
    assert_true(session_open_pair(&s, temp_path("broken/broken.wav"), NULL, NULL));
    assert_non_null(s.player);
    assert_null(s.document);
    assert_said(&s, "broken.txt: ");
    assert_int_equal(session_message(&s, 0)->kind, MESSAGE_WARNING);
    session_free(&s);
}

/* ---- where we are ---- */

static void the_word_and_turn_heard_follow_the_position(void **state)
{
    (void)state;
    struct session s = open_both();
    session_seek(&s, SECONDS(30));
    update(&s);
    assert_int_equal(s.word, 60); /* the marker's */
    assert_int_equal(s.turn, 2);
    session_seek(&s, 0);
    update(&s);
    assert_int_equal(s.word, 0);
    assert_int_equal(s.turn, 0);
    session_free(&s);
}

static void an_update_tells_whether_something_shown_changed(void **state)
{
    (void)state;
    struct session s = open_both();
    update(&s);
    session_seek(&s, SECONDS(30));
    int waits = 0;
    do {
        usleep(1000);
        update(&s);
    } while (s.now.seeking && ++waits < 1000);
    assert_false(session_update(&s, 2000000));
    assert_false(session_update(&s, 3000000)); /* paused and still */
    session_play(&s);
    assert_true(session_update(&s, 4000000));
    session_free(&s);
}

static void only_playing_changes_by_itself(void **state)
{
    (void)state;
    struct session s = open_both();
    assert_int_equal(session_next_change(&s), VB_NO_TIME);
    session_play(&s);
    update(&s);
    vb_time next = session_next_change(&s);
    assert_in_range(next, 1, VB_SECOND);
    assert_true(next <= vb_timeline_start(s.timeline, 1)); /* the next word comes first */
    s.now.speed = 2;
    assert_in_range(session_next_change(&s), next / 2 - 1, next / 2 + 1);
    session_pause(&s);
    update(&s);
    assert_int_equal(session_next_change(&s), VB_NO_TIME);
    session_free(&s);
}

/* ---- jumps ---- */

static void a_jump_can_be_undone_and_done_again(void **state)
{
    (void)state;
    struct session s = open_both();
    session_seek(&s, SECONDS(10));
    session_seek(&s, SECONDS(20));
    session_seek(&s, SECONDS(30));
    const int back[] = {20, 10, 0, 0}, on[] = {10, 20, 30, 30};
    for (size_t i = 0; i < COUNT(back); i++) {
        session_undo_jump(&s);
        assert_at(&s, SECONDS(back[i]));
    }
    for (size_t i = 0; i < COUNT(on); i++) {
        session_redo_jump(&s);
        assert_at(&s, SECONDS(on[i]));
    }
    session_free(&s);
}

static void undo_goes_back_to_where_the_jump_was_made(void **state)
{
    (void)state;
    struct session s = open_both();
    session_seek(&s, SECONDS(10));
    session_skip(&s, SECONDS(5)); /* read on a little */
    session_seek(&s, SECONDS(40));
    session_skip(&s, SECONDS(2));
    session_undo_jump(&s);
    assert_at(&s, SECONDS(15));
    session_redo_jump(&s);
    assert_at(&s, SECONDS(42));
    session_free(&s);
}

static void a_new_jump_forgets_what_could_be_done_again(void **state)
{
    (void)state;
    struct session s = open_both();
    session_seek(&s, SECONDS(10));
    session_seek(&s, SECONDS(20));
    session_undo_jump(&s);
    session_seek(&s, SECONDS(50));
    session_redo_jump(&s);
    assert_at(&s, SECONDS(50));
    session_undo_jump(&s);
    assert_at(&s, SECONDS(10));
    session_free(&s);
}

static void the_last_jumps_are_kept(void **state)
{
    (void)state;
    struct session s = open_both();
    for (int i = 1; i <= JUMPS_KEPT + 10; i++)
        session_seek(&s, i * VB_SECOND / 2);
    for (int i = 0; i < JUMPS_KEPT + 10; i++)
        session_undo_jump(&s);
    assert_at(&s, 10 * VB_SECOND / 2);
    session_free(&s);
}

static void dragging_and_skipping_are_no_jumps(void **state)
{
    (void)state;
    struct session s = open_both();
    session_drag(&s, SECONDS(10));
    session_drag(&s, SECONDS(11));
    session_skip(&s, SECONDS(5));
    session_skip(&s, SECONDS(-2));
    assert_at(&s, SECONDS(14));
    session_undo_jump(&s);
    assert_at(&s, SECONDS(14));
    session_free(&s);
}

static void two_quick_skips_add_up(void **state)
{
    (void)state;
    struct session s = open_both();
    session_skip(&s, SECONDS(5));
    session_skip(&s, SECONDS(5)); /* before any frame was heard */
    assert_at(&s, SECONDS(10));
    session_free(&s);
}

static void nothing_goes_beyond_the_sound(void **state)
{
    (void)state;
    struct session s = open_both();
    session_seek(&s, SECONDS(-5));
    assert_at(&s, 0);
    session_seek(&s, SECONDS(3600));
    assert_at(&s, SECONDS(60));
    session_skip(&s, SECONDS(5));
    assert_at(&s, SECONDS(60));
    session_free(&s);
}

static void a_jump_brings_the_view_along(void **state)
{
    (void)state;
    struct session s = open_both();
    s.scroll = SCROLL_NONE;
    s.out_of_sight = true;
    session_seek(&s, SECONDS(10));
    assert_int_equal(s.scroll, SCROLL_FOLLOW);
    assert_false(s.out_of_sight);
    session_free(&s);
}

/* ---- words and turns ---- */

static void a_click_on_a_word_plays_from_it(void **state)
{
    (void)state;
    struct session s = open_both();
    session_play_word(&s, 40);
    assert_at(&s, vb_timeline_start(s.timeline, 40));
    assert_int_equal(s.now.phase, VB_PLAYING);
    assert_int_equal(s.word, 40);
    session_undo_jump(&s);
    assert_at(&s, 0);
    session_play_word(&s, 99999); /* no such word */
    assert_at(&s, 0);
    session_free(&s);
}

static void a_click_only_goes_there_when_the_settings_say_so(void **state)
{
    (void)state;
    struct session s = open_both();
    s.settings.click_plays = false;
    session_play_word(&s, 40);
    assert_at(&s, vb_timeline_start(s.timeline, 40));
    assert_int_equal(s.now.phase, VB_PAUSED);
    session_free(&s);
}

static void steps_go_from_turn_to_turn(void **state)
{
    (void)state;
    struct session s = open_both();
    vb_time second = vb_timeline_start(s.timeline, 30), third = SECONDS(30);
    session_step_turn(&s, 1);
    assert_at(&s, second);
    session_step_turn(&s, 1);
    assert_at(&s, third);
    session_step_turn(&s, 1); /* there is none */
    assert_at(&s, third);
    session_step_turn(&s, -1); /* only just begun: to the one before */
    assert_at(&s, second);
    session_seek(&s, third + SECONDS(10));
    session_step_turn(&s, -1); /* well inside: to its own start */
    assert_at(&s, third);
    session_undo_jump(&s); /* a step is a jump */
    assert_at(&s, third + SECONDS(10));
    session_free(&s);
}

static void a_turn_is_played_from_its_start_and_the_way_back_is_kept(void **state)
{
    (void)state;
    for (int again = 0; again < 2; again++) {
        struct session s = open_both();
        vb_time second = vb_timeline_start(s.timeline, 30);
        session_seek(&s, second + SECONDS(5));
        session_play_turn(&s, again);
        assert_at(&s, second);
        assert_int_equal(s.now.phase, VB_PLAYING);
        session_undo_jump(&s);
        assert_at(&s, second + SECONDS(5));
        session_free(&s);
    }
}

static void the_speed_is_kept_within_bounds_and_for_the_next_sound(void **state)
{
    (void)state;
    struct session s = open_both();
    session_set_speed(&s, 1000);
    update(&s);
    assert_int_equal(s.settings.speed, 300);
    assert_true(s.now.speed == 3);
    session_set_speed(&s, 10);
    update(&s);
    assert_int_equal(s.settings.speed, 50);
    assert_true(session_open(&s, sound_path, NULL));
    update(&s);
    assert_true(s.now.speed == 0.5F);
    session_free(&s);
}

static void the_first_turn_steps_back_to_its_start(void **state)
{
    (void)state;
    struct session s = open_both();
    session_seek(&s, SECONDS(1));
    session_step_turn(&s, -1);
    assert_at(&s, 0);
    session_step_turn(&s, -1);
    assert_at(&s, 0);
    session_free(&s);
}

/* The page's own reader makes no empty turns; others may. */
static void steps_pass_over_turns_without_words(void **state)
{
    (void)state;
    struct builder *b = builder_from("Anne: <10> un\n");
    for (int i = 0; i < 3; i++)
        builder_turn(b, NULL, 0, VB_STR(""), (struct vb_span){0, 0});
    builder_paragraph(b, VB_SPEECH, SECONDS(20), VB_NO_TIME, (struct vb_span){0, 0});
    put_text(b, "deux", 0);
    builder_turn(b, NULL, 0, VB_STR(""), (struct vb_span){0, 0});
    struct vb_transcript *t = builder_finish(b);
    struct session s = open_pair(sound_path, NULL);
    s.transcript = t;
    update(&s);
    session_step_turn(&s, -1); /* before the first */
    assert_at(&s, 0);
    session_step_turn(&s, 1);
    assert_at(&s, SECONDS(10));
    session_step_turn(&s, 1);
    assert_at(&s, SECONDS(20));
    session_step_turn(&s, 1);
    assert_at(&s, SECONDS(20));
    session_step_turn(&s, -1);
    assert_at(&s, SECONDS(10));
    session_free(&s);
    vb_transcript_unref(t);
}

static void without_a_sound_one_is_asked_for(void **state)
{
    (void)state;
    struct session s = open_pair(text_path, NULL);
    session_play_word(&s, 1);
    assert_said(&s, "there is no recording yet");
    uint64_t said = s.said;
    session_play(&s);
    assert_int_equal(s.said, said + 1);
    session_seek(&s, SECONDS(5)); /* and nothing else happens */
    session_drag(&s, SECONDS(5));
    session_skip(&s, SECONDS(5));
    session_step_turn(&s, 1);
    session_undo_jump(&s);
    session_redo_jump(&s);
    session_pause(&s);
    update(&s);
    assert_int_equal(s.now.position, 0);
    session_free(&s);
}

static void play_and_pause_take_turns(void **state)
{
    (void)state;
    struct session s = open_both();
    session_toggle(&s);
    update(&s);
    assert_int_equal(s.now.phase, VB_PLAYING);
    session_toggle(&s);
    update(&s);
    assert_int_equal(s.now.phase, VB_PAUSED);
    session_free(&s);
}

/* ---- how it is shown and heard ---- */

static void volume_and_zoom_stay_in_their_bounds(void **state)
{
    (void)state;
    struct session s = open_both();
    session_set_volume(&s, 250);
    assert_int_equal(s.settings.volume, 200);
    session_set_volume(&s, -3);
    update(&s);
    assert_int_equal(s.settings.volume, 0);
    assert_true(s.now.volume == 0);
    session_set_zoom(&s, 1000);
    assert_int_equal(s.settings.zoom, 400);
    session_set_zoom(&s, 0);
    assert_int_equal(s.settings.zoom, 60);
    assert_true(session_open(&s, write_wav("louder.wav", 1), NULL));
    update(&s);
    assert_true(s.now.volume == 0); /* the next sound is no louder */
    session_free(&s);
}

static void following_is_a_setting(void **state)
{
    (void)state;
    struct session s = open_both();
    s.out_of_sight = true;
    s.scroll = SCROLL_NONE;
    session_set_follow(&s, false);
    assert_false(s.follow || s.settings.follow || s.out_of_sight);
    assert_int_equal(s.scroll, SCROLL_NONE);
    session_set_follow(&s, true);
    assert_true(s.follow && s.settings.follow);
    assert_int_equal(s.scroll, SCROLL_FOLLOW);
    session_free(&s);
}

/* ---- what it says ---- */

static void a_length_other_than_announced_is_said_once(void **state)
{
    (void)state;
    struct session s = open_pair(sound_path, write_page("long.txt", "1 h 02 min 16", "0’ 30"));
    for (int i = 0; i < 10; i++)
        update(&s);
    assert_int_equal(s.said, 1);
    assert_string_equal(last_said(&s),
                        "the page announces 1:02:16; this recording ends at 01:00");
    assert_false(s.question_open);
    session_free(&s);
}

static void subtitles_that_go_on_beyond_the_sound_are_said_once(void **state)
{
    (void)state;
    struct buf cues = {0};
    for (int i = 0; i < 10; i++)
        buf_printf(&cues, "%d\n00:00:%02d,000 --> 00:00:%02d,500\nquatre ou cinq paroles.\n\n",
                   i + 1, 6 * i, 6 * i + 4);
    const char *path = temp_path("cut.srt");
    write_bytes(path, cues.data, cues.len);
    struct session s = open_pair(sound_path, path);
    for (int i = 0; i < 10; i++)
        update(&s);
    assert_int_equal(s.said, 0); /* they end before it does */
    session_free(&s);

    buf_puts(&cues, "11\n01:00:00,000 --> 01:00:03,000\nla fin.\n");
    write_bytes(path, cues.data, cues.len);
    s = open_pair(sound_path, path);
    for (int i = 0; i < 10; i++)
        update(&s);
    assert_int_equal(s.said, 1);
    assert_string_equal(last_said(&s),
                        "this recording ends at 01:00; the text goes on to 1:00:00");
    session_free(&s);
    buf_free(&cues);
}

static void a_recording_that_is_not_whole_is_said_once(void **state)
{
    (void)state;
    setenv("XDG_CACHE_HOME", temp_path("cache"), 1);
    const char *path = write_wav("half.wav", 60);
    assert_int_equal(truncate(path, 44 + 30 * 8000 * 2), 0);
    struct session s;
    session_init(&s, &hand_sink, NULL, NULL);
    s.surveys = true;
    assert_true(session_open(&s, path, NULL));
    do
        update(&s);
    while (!s.survey || !survey_is_done(s.survey));
    for (int i = 0; i < 3; i++)
        update(&s);
    assert_int_equal(s.said, 1);
    assert_string_equal(last_said(&s), "half.wav: it ends at 0:30, though it promises 1:00: a "
                                       "part is missing");
    session_free(&s);
}

static void a_pair_that_cannot_be_is_asked_about_once(void **state)
{
    (void)state;
    struct session s = open_pair(write_wav("tiny.wav", 0.1), text_path);
    for (int i = 0; i < 10; i++)
        update(&s);
    assert_true(s.question_open);
    assert_said(&s, "wrong pair? nobody says 120 words in 00:00");
    uint64_t said = s.said;
    session_dismiss(&s);
    update(&s);
    assert_false(s.question_open);
    assert_int_equal(s.said, said);
    assert_true(session_open(&s, sound_path, NULL)); /* the right one: nothing to ask */
    update(&s);
    assert_false(s.question_open);
    session_free(&s);
}

static void a_marker_beyond_the_sound_is_said_once(void **state)
{
    (void)state;
    struct session s = open_pair(sound_path, write_page("late.txt", "1 min", "1’ 05"));
    for (int i = 0; i < 10; i++)
        update(&s);
    assert_said(&s, "the marker 1’ 05 is not used: it lies beyond the end of the sound");
    assert_int_equal(s.said, 1);
    session_free(&s);
}

static void what_is_odd_in_the_page_is_said_with_its_line(void **state)
{
    (void)state;
    struct session s;
    session_init(&s, &hand_sink, NULL, NULL);
    assert_true(session_open(&s, write_page("odd.txt", "1 min", "3’ 00"), NULL));
    assert_said(&s,
                "line 13: the marker 3’ 00 is not used: it lies beyond the stated duration");
    session_free(&s);
}

static void a_missing_sound_card_is_said_once(void **state)
{
    (void)state;
    struct session s;
    session_init(&s, &broken_sink, NULL, NULL);
    assert_true(session_open_pair(&s, sound_path, text_path, NULL));
    for (int i = 0; i < 10; i++)
        update(&s);
    assert_true(session_open(&s, sound_path, NULL));
    update(&s);
    assert_int_equal(s.said, 1);
    assert_said(&s, "no sound card was found");
    session_free(&s);
}

static void only_the_last_messages_are_kept(void **state)
{
    (void)state;
    struct session s;
    session_init(&s, &hand_sink, NULL, NULL);
    for (int i = 0; i < MESSAGES_KEPT + 3; i++)
        session_say(&s, MESSAGE_INFO, "%d", i);
    assert_null(session_message(&s, 2));
    assert_string_equal(session_message(&s, 3)->text, "3");
    assert_string_equal(session_message(&s, MESSAGES_KEPT + 2)->text, "10");
    assert_null(session_message(&s, MESSAGES_KEPT + 3));
    char long_name[2000];
    for (size_t i = 0; i < sizeof long_name; i += 2)
        memcpy(long_name + i, "é", 2);
    session_say(&s, MESSAGE_INFO, "x%.*s", (int)sizeof long_name, long_name);
    size_t len = strlen(last_said(&s));
    assert_int_equal((len - 1) % 2, 0); /* no half character */
    session_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_opens_in_either_order),
        cmocka_unit_test(two_sounds_or_two_texts_are_no_pair),
        cmocka_unit_test(the_file_that_is_wrong_is_named),
        cmocka_unit_test(what_is_named_as_a_recording_is_told_why_it_is_none),
        cmocka_unit_test(one_file_alone_opens_too),
        cmocka_unit_test(a_file_that_fails_changes_nothing),
        cmocka_unit_test(another_file_takes_the_place_of_its_kind),
        cmocka_unit_test(the_partner_has_the_same_base_name),
        cmocka_unit_test(with_one_file_its_partner_opens_too),
        cmocka_unit_test(a_partner_that_cannot_be_opened_is_a_warning),
        cmocka_unit_test(the_word_and_turn_heard_follow_the_position),
        cmocka_unit_test(an_update_tells_whether_something_shown_changed),
        cmocka_unit_test(only_playing_changes_by_itself),
        cmocka_unit_test(a_jump_can_be_undone_and_done_again),
        cmocka_unit_test(undo_goes_back_to_where_the_jump_was_made),
        cmocka_unit_test(a_new_jump_forgets_what_could_be_done_again),
        cmocka_unit_test(the_last_jumps_are_kept),
        cmocka_unit_test(dragging_and_skipping_are_no_jumps),
        cmocka_unit_test(two_quick_skips_add_up),
        cmocka_unit_test(nothing_goes_beyond_the_sound),
        cmocka_unit_test(a_jump_brings_the_view_along),
        cmocka_unit_test(a_click_on_a_word_plays_from_it),
        cmocka_unit_test(a_click_only_goes_there_when_the_settings_say_so),
        cmocka_unit_test(steps_go_from_turn_to_turn),
        cmocka_unit_test(a_turn_is_played_from_its_start_and_the_way_back_is_kept),
        cmocka_unit_test(the_speed_is_kept_within_bounds_and_for_the_next_sound),
        cmocka_unit_test(the_first_turn_steps_back_to_its_start),
        cmocka_unit_test(steps_pass_over_turns_without_words),
        cmocka_unit_test(without_a_sound_one_is_asked_for),
        cmocka_unit_test(play_and_pause_take_turns),
        cmocka_unit_test(volume_and_zoom_stay_in_their_bounds),
        cmocka_unit_test(following_is_a_setting),
        cmocka_unit_test(a_length_other_than_announced_is_said_once),
        cmocka_unit_test(subtitles_that_go_on_beyond_the_sound_are_said_once),
        cmocka_unit_test(a_recording_that_is_not_whole_is_said_once),
        cmocka_unit_test(a_pair_that_cannot_be_is_asked_about_once),
        cmocka_unit_test(a_marker_beyond_the_sound_is_said_once),
        cmocka_unit_test(what_is_odd_in_the_page_is_said_with_its_line),
        cmocka_unit_test(a_missing_sound_card_is_said_once),
        cmocka_unit_test(only_the_last_messages_are_kept),
    };
    return cmocka_run_group_tests(tests, make_files, NULL);
}
