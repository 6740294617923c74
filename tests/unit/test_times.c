/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the session comes to know when words are heard: a child that listens (here one that is
 * told what to answer), what is kept of it, and pins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/aligning.h"
#include "app/editing.h"
#include "app/memory.h"
#include "app/pins.h"
#include "app/times.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_session.h"
#include "support/support_sound.h"

#define SECONDS(n) ((vb_time)((n)*VB_SECOND))

static char state[512], sound[512], text[512], told[512];
static vb_time clock_now = SECONDS(100);

/* ---- the child: every word a third of a second, from 3 s on ---- */

static struct vb_heard *heard_words(uint32_t count, vb_time shift)
{
    struct vb_heard *words = mem_new((count + 1) * sizeof *words);
    for (uint32_t i = 0; i < count; i++)
        words[i] =
            (struct vb_heard){SECONDS(3) + shift + i * SECONDS(1) / 3,
                              SECONDS(3.3) + shift + i * SECONDS(1) / 3, VB_ALIGNED, 0.9F};
    return words;
}

static void note_wish(const struct wire_wish *wish)
{
    FILE *file = fopen(getenv("TOLD"), "a");
    fprintf(file, "%u words from %u, %u of them, %zu pins, known %d\n", (unsigned)wish->words,
            (unsigned)wish->first, (unsigned)wish->count, wish->pin_count, wish->known.len > 0);
    fclose(file);
}

static void answer_stage(const struct wire_wish *wish)
{
    struct buf payload = {0};
    struct vb_heard *words = heard_words(wish->words, SECONDS(1));
    wire_put_stage(VB_ALIGN_ROUGH, words, wish->words, &payload);
    wire_send(STDOUT_FILENO, 'S', buf_str(&payload));
    buf_clear(&payload);
    wire_put_done(0.5F, &payload);
    wire_send(STDOUT_FILENO, 'P', buf_str(&payload));
    buf_free(&payload);
    free(words);
}

/* Of the surroundings a few words, a second later than the whole will have them. */
static void answer_around(const struct wire_wish *wish)
{
    struct buf payload = {0};
    struct vb_heard *words = heard_words(wish->words, SECONDS(1));
    for (uint32_t i = 0; i < wish->words; i++)
        if (i < 10 || i > 13)
            words[i] = (struct vb_heard){0, 0, VB_UNKNOWN, 0};
    wire_put_stage(VB_ALIGN_AROUND, words, wish->words, &payload);
    wire_send(STDOUT_FILENO, 'S', buf_str(&payload));
    buf_free(&payload);
    free(words);
}

static void answer_result(const struct wire_wish *wish, bool doubtful)
{
    struct buf payload = {0};
    struct vb_align_report report = {.likeness = 0.9F, .doubtful = doubtful};
    struct vb_heard *words = heard_words(wish->words, 0);
    wire_put_result(&report, words, wish->words, &payload);
    wire_send(STDOUT_FILENO, 'D', buf_str(&payload));
    buf_free(&payload);
    free(words);
}

static void answer_refusal(void)
{
    struct buf payload = {0};
    struct vb_error error = {.code = VB_UNSUPPORTED, .text = "they do not belong together"};
    wire_put_error(&error, &payload);
    wire_send(STDOUT_FILENO, 'E', buf_str(&payload));
    buf_free(&payload);
}

static int be_the_child(void)
{
    struct buf payload = {0};
    struct wire_wish wish = {0};
    char kind;
    const char *mood = getenv("MOOD");
    if (!wire_take(STDIN_FILENO, &kind, &payload) || !wire_get_wish(buf_str(&payload), &wish))
        return 9;
    note_wish(&wish);
    if (strcmp(mood, "refuse") == 0)
        answer_refusal();
    else if (strcmp(mood, "crash") == 0)
        abort();
    else if (strcmp(mood, "nonsense") == 0)
        wire_send(STDOUT_FILENO, 'D', VB_STR("nonsense that is no report at all"));
    else if (strcmp(mood, "hang") == 0)
        pause();
    else if (strcmp(mood, "around") == 0) {
        answer_around(&wish);
        pause();
    } else if (strcmp(mood, "slow") == 0) {
        answer_around(&wish);
        while (access(getenv("GO_ON"), F_OK) != 0)
            usleep(1000);
        answer_result(&wish, false);
    } else if (strcmp(mood, "stage") == 0) {
        answer_stage(&wish);
        pause();
    } else {
        answer_result(&wish, strcmp(mood, "doubt") == 0);
    }
    wire_wish_free(&wish);
    buf_free(&payload);
    return 0;
}

/* ---- the session ---- */

static const char page[] = "Titre : Essai\n\nIntervenants : Anne Petit - Karim Grand\n\n"
                           "Durée : 20 s\n\nTranscription\n\n"
                           "Anne Petit : Bonjour à tous, et bienvenue dans cette émission.\n\n"
                           "Karim Grand : Merci, je suis très heureux d’être ici.\n\n"
                           "Anne Petit : De quoi allons-nous parler aujourd’hui ?\n\n"
                           "Karim Grand : Nous allons parler du travail des clics.\n\n";

static int make_files(void **ctx)
{
    static int number;
    char name[32];
    (void)ctx;
    struct sound hum = tone(220 + number, 8000 * 20);
    struct sound slow = at_rate(hum, 8000);
    snprintf(name, sizeof name, "state-%d/state.db", ++number);
    snprintf(state, sizeof state, "%s", temp_path(name));
    snprintf(name, sizeof name, "told-%d", number);
    snprintf(told, sizeof told, "%s", temp_path(name));
    snprintf(sound, sizeof sound, "%s", temp_path("hum.wav"));
    snprintf(text, sizeof text, "%s", temp_path("hum.txt"));
    write_sound(sound, &slow, AS_WAV);
    write_bytes(text, page, strlen(page));
    sound_free(&hum);
    setenv("TOLD", told, 1);
    return 0;
}

static struct session begin(const char *mood)
{
    struct session s;
    struct vb_error error = {0};
    setenv("MOOD", mood, 1);
    session_init(&s, &hand_sink, NULL, NULL);
    s.program = "/proc/self/exe";
    memory_begin(&s, store_open(state, NULL, NULL));
    if (!session_open_pair(&s, sound, text, &error))
        fail_msg("%s", error.text);
    return s;
}

static bool listens(const struct session *s)
{
    struct times_progress progress;
    return times_progress(s, &progress);
}

/* Frames go by, some real time with them, until `holds`; a test that waits in vain fails. */
static void wait_until(struct session *s, bool (*holds)(const struct session *s))
{
    for (int i = 0; i < 3000; i++) {
        session_update(s, clock_now += SECONDS(0.05));
        if (holds(s))
            return;
        usleep(2000);
    }
    fail_msg("waited in vain");
}

static bool has_begun(const struct session *s)
{
    return listens(s) || access(told, F_OK) == 0;
}

static bool is_at_rest(const struct session *s)
{
    return !listens(s) && times_next(s) == VB_NO_TIME;
}

static bool has_stage(const struct session *s)
{
    struct times_progress progress;
    return times_progress(s, &progress) && progress.done > 0.4F &&
           vb_timeline_start(s->timeline, 0) == SECONDS(4);
}

static void listen_to_the_end(struct session *s)
{
    wait_until(s, has_begun);
    wait_until(s, is_at_rest);
}

static enum vb_origin origin(const struct session *s, uint32_t word)
{
    return vb_timeline_origin(s->timeline, word);
}

static vb_time start(const struct session *s, uint32_t word)
{
    return vb_timeline_start(s->timeline, word);
}

static void run(struct session *s, const char *action)
{
    act(s, action);
    session_update(s, clock_now += SECONDS(0.05));
}

/* What children were asked for, a line each. */
static void assert_told(const char *expected)
{
    size_t size = 0;
    uint8_t *bytes = access(told, F_OK) == 0 ? read_bytes(told, &size) : mem_new(1);
    if (strlen(expected) != size || memcmp(bytes, expected, size) != 0)
        fail_msg("told: %.*s", (int)size, (const char *)bytes);
    free(bytes);
}

/* Parent and child are of this machine's espeak or none: without it nothing is started. */
static bool cannot_align(void)
{
    if (vb_can_align())
        return false;
    print_message("skipped: built without espeak-ng\n");
    return true;
}

/* ---- listening ---- */

static void words_are_estimated_at_once_and_aligned_when_heard(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    struct session s = begin("good");
    assert_int_equal(origin(&s, 5), VB_ESTIMATED);
    listen_to_the_end(&s);
    assert_int_equal(origin(&s, 5), VB_ALIGNED);
    assert_int_equal(start(&s, 5), SECONDS(3) + 5 * SECONDS(1) / 3);
    assert_told("27 words from 0, 0 of them, 0 pins, known 0\n");
    assert_false(was_said(&s, "times"));
    session_free(&s);
}

static void the_next_opening_has_them_at_once(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    struct session s = begin("good");
    listen_to_the_end(&s);
    session_free(&s);
    s = begin("crash"); /* which it would, if it were asked */
    assert_int_equal(origin(&s, 5), VB_ALIGNED);
    for (int i = 0; i < 40; i++)
        session_update(&s, clock_now += SECONDS(0.1));
    assert_int_equal(origin(&s, 5), VB_ALIGNED);
    assert_told("27 words from 0, 0 of them, 0 pins, known 0\n");
    session_free(&s);
}

static void times_on_the_way_are_shown_as_estimates(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    struct session s = begin("stage");
    wait_until(&s, has_stage);
    assert_int_equal(origin(&s, 0), VB_ESTIMATED);
    struct times_progress progress;
    assert_true(times_progress(&s, &progress) && progress.left != VB_NO_TIME);
    run(&s, "align"); /* stops it */
    assert_false(listens(&s));
    session_free(&s);
}

static bool has_around(const struct session *s)
{
    return start(s, 12) == SECONDS(8);
}

static void what_is_heard_around_the_place_bends_the_estimates(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    struct session s = begin("around");
    wait_until(&s, has_around);
    assert_int_equal(origin(&s, 12), VB_ESTIMATED); /* nobody vouches for it */
    assert_int_equal(start(&s, 10), SECONDS(3) + SECONDS(1) + 10 * SECONDS(1) / 3);
    for (uint32_t i = 1; i < vb_word_count(s.transcript); i++)
        assert_true(start(&s, i) >= start(&s, i - 1));
    assert_true(start(&s, 26) < SECONDS(20) && start(&s, 26) > start(&s, 13));
    run(&s, "align"); /* stops it: what was found stays */
    assert_true(has_around(&s));
    session_free(&s);
}

static void a_refusal_is_said_and_kept(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    struct session s = begin("refuse");
    listen_to_the_end(&s);
    assert_true(was_said(&s, "estimated times: they do not belong together"));
    assert_int_equal(origin(&s, 5), VB_ESTIMATED);
    session_free(&s);
    s = begin("good");
    for (int i = 0; i < 40; i++)
        session_update(&s, clock_now += SECONDS(0.1));
    assert_true(was_said(&s, "they do not belong together"));
    assert_int_equal(origin(&s, 5), VB_ESTIMATED); /* not asked again … */
    run(&s, "align");                              /* … but by hand */
    wait_until(&s, is_at_rest);
    assert_int_equal(origin(&s, 5), VB_ALIGNED);
    session_free(&s);
}

static void a_doubtful_result_is_shown_and_doubted(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    struct session s = begin("doubt");
    listen_to_the_end(&s);
    assert_int_equal(origin(&s, 5), VB_ALIGNED);
    assert_true(was_said(&s, "may be wrong"));
    session_free(&s);
}

static void a_child_that_falls_takes_nobody_with_it(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    static const char *const moods[] = {"crash", "nonsense"};
    for (size_t i = 0; i < COUNT(moods); i++) {
        struct session s = begin(moods[i]);
        listen_to_the_end(&s);
        assert_true(was_said(&s, "broke off"));
        assert_int_equal(origin(&s, 5), VB_ESTIMATED);
        session_free(&s);
    }
    struct session s = begin("good"); /* nothing of that was kept */
    wait_until(&s, is_at_rest);
    assert_int_equal(origin(&s, 5), VB_ALIGNED);
    session_free(&s);
}

static void closing_ends_a_child_that_hangs(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    struct session s = begin("hang");
    wait_until(&s, has_begun);
    session_free(&s); /* returns */
    s = begin("hang");
    wait_until(&s, listens);
    struct vb_error error = {0};
    assert_true(session_open_pair(&s, sound, text, &error));
    assert_false(listens(&s));
    session_free(&s);
}

static void by_hand_only_when_the_setting_says_so(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    setenv("MOOD", "good", 1);
    struct session s;
    struct vb_error error = {0};
    session_init(&s, &hand_sink, NULL, NULL);
    s.settings.align = false;
    s.program = "/proc/self/exe";
    assert_true(session_open_pair(&s, sound, text, &error));
    for (int i = 0; i < 40; i++)
        session_update(&s, clock_now += SECONDS(0.1));
    assert_false(listens(&s));
    run(&s, "align");
    wait_until(&s, is_at_rest);
    assert_int_equal(origin(&s, 5), VB_ALIGNED);
    session_free(&s);
}

static void a_program_that_is_not_there_is_told(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    struct session s = begin("good");
    s.program = "/nonexistent/verbatim";
    run(&s, "align");
    wait_until(&s, is_at_rest);
    assert_true(was_said(&s, "No such file"));
    session_free(&s);
}

/* ---- corrections ---- */

static void only_new_words_are_listened_for_after_an_edit(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    struct vb_error error = {0};
    struct session s = begin("good");
    listen_to_the_end(&s);
    struct vb_word word = vb_word(s.transcript, 12);
    assert_true(session_replace(&s, (struct vb_span){word.span.at, 0}, VB_STR("vraiment bien "),
                                &error));
    assert_int_equal(origin(&s, 5), VB_ALIGNED);
    assert_int_equal(origin(&s, 12), VB_ESTIMATED);
    assert_int_equal(start(&s, 20), SECONDS(3) + 18 * SECONDS(1) / 3);
    unlink(told);
    listen_to_the_end(&s);
    assert_told("29 words from 12, 2 of them, 0 pins, known 1\n");
    assert_int_equal(origin(&s, 12), VB_ALIGNED);
    assert_int_equal(start(&s, 20), SECONDS(3) + 18 * SECONDS(1) / 3); /* as they were */
    assert_true(session_save(&s));
    session_free(&s);
    s = begin("crash");
    assert_int_equal(origin(&s, 12), VB_ALIGNED);
    session_free(&s);
}

/* ---- pins ---- */

static void at(struct session *s, vb_time position)
{
    session_drag(s, position);
    for (int i = 0; i < 200 && (i == 0 || s->now.seeking); i++) {
        session_update(s, clock_now += SECONDS(0.02));
        usleep(500);
    }
    s->now.position = position;
}

static struct session estimated(void)
{
    struct session s = begin("good");
    s.program = NULL;
    session_update(&s, clock_now += SECONDS(1));
    return s;
}

static void a_pinned_word_is_heard_at_its_pin(void **ctx)
{
    (void)ctx;
    struct session s = estimated();
    at(&s, SECONDS(12));
    uint32_t word = s.word;
    assert_int_not_equal(word, VB_NONE);
    pins_word(&s, 10);
    assert_int_equal(origin(&s, 10), VB_PINNED);
    assert_int_equal(start(&s, 10), SECONDS(12));
    assert_true(start(&s, 9) < SECONDS(12) && start(&s, 11) > SECONDS(12));
    assert_true(was_said(&s, "is heard at"));
    for (uint32_t i = 1; i < vb_word_count(s.transcript); i++)
        assert_true(start(&s, i) >= start(&s, i - 1));
    session_free(&s);
    s = estimated();
    assert_int_equal(origin(&s, 10), VB_PINNED); /* it is kept */
    assert_int_equal(start(&s, 10), SECONDS(12));
    session_free(&s);
}

static void pins_are_taken_back_and_set_again(void **ctx)
{
    (void)ctx;
    size_t count;
    struct session s = estimated();
    vb_time before = start(&s, 10);
    at(&s, SECONDS(12));
    pins_word(&s, 10);
    at(&s, SECONDS(14));
    pins_word(&s, 20);
    run(&s, "undo-pin");
    assert_int_equal(origin(&s, 20), VB_ESTIMATED);
    assert_int_equal(origin(&s, 10), VB_PINNED);
    run(&s, "undo-pin");
    assert_int_equal(start(&s, 10), before);
    run(&s, "undo-pin");
    assert_true(was_said(&s, "no pin to take back"));
    run(&s, "redo-pin");
    run(&s, "redo-pin");
    assert_int_equal(start(&s, 20), SECONDS(14));
    pins_remove(&s, 10);
    pins_all(&s, &count);
    assert_int_equal(count, 1);
    session_free(&s);
    s = estimated();
    pins_all(&s, &count);
    assert_int_equal(count, 1);
    assert_int_equal(origin(&s, 20), VB_PINNED);
    session_free(&s);
}

static void the_newest_pin_wins(void **ctx)
{
    (void)ctx;
    size_t count;
    struct session s = estimated();
    at(&s, SECONDS(12));
    pins_word(&s, 10);
    at(&s, SECONDS(6));
    pins_word(&s, 20); /* behind the other, and before it */
    const struct store_mark *pins = pins_all(&s, &count);
    assert_int_equal(count, 1);
    assert_true(pins[0].word == 20 && pins[0].time == SECONDS(6));
    assert_true(was_said(&s, "1 pin that said otherwise is gone"));
    at(&s, SECONDS(7));
    pins_word(&s, 20); /* the same word, later */
    pins = pins_all(&s, &count);
    assert_true(count == 1 && pins[0].time == SECONDS(7));
    session_free(&s);
}

static void pins_go_with_their_words(void **ctx)
{
    (void)ctx;
    struct vb_error error = {0};
    struct session s = estimated();
    at(&s, SECONDS(12));
    pins_word(&s, 10);
    struct vb_word word = vb_word(s.transcript, 2);
    assert_true(
        session_replace(&s, (struct vb_span){word.span.at, 0}, VB_STR("vous "), &error));
    session_update(&s, clock_now += SECONDS(0.1));
    assert_int_equal(origin(&s, 11), VB_PINNED);
    assert_int_equal(start(&s, 11), SECONDS(12));
    assert_true(session_save(&s));
    session_free(&s);
    s = estimated();
    assert_int_equal(origin(&s, 11), VB_PINNED);
    session_free(&s);
}

static void assert_page_holds(const struct session *s, const char *part)
{
    vb_str page_now = vb_document_text(s->document);
    if (str_find(page_now, str_of(part)) == STR_NOT_FOUND)
        fail_msg("%.*s", (int)page_now.len, page_now.data);
}

static void a_pin_becomes_a_marker_of_the_page(void **ctx)
{
    (void)ctx;
    struct session s = estimated();
    at(&s, SECONDS(12));
    pins_word(&s, 10); /* "suis": in the middle of Karim's paragraph */
    run(&s, "write-pin");
    assert_true(was_said(&s, "was written into the page"));
    assert_page_holds(&s, "Merci, je\n\n00’ 12\n\nsuis très heureux");
    assert_int_equal(vb_marker_count(s.transcript), 1);
    assert_int_equal(vb_marker(s.transcript, 0)->time, SECONDS(12));
    at(&s, SECONDS(15));
    pins_word(&s, 15); /* "De": with it Anne's turn begins */
    run(&s, "write-pin");
    assert_page_holds(&s, "être ici.\n\n00’ 15\n\nAnne Petit : De quoi");
    session_undo_edit(&s);
    session_undo_edit(&s);
    assert_true(str_eq(vb_document_text(s.document), page));
    size_t count;
    pins_all(&s, &count);
    assert_int_equal(count, 2); /* the pins stay */
    session_free(&s);
}

static void a_marker_is_written_as_the_page_writes_its_own(void **ctx)
{
    (void)ctx;
    static const char with_marker[] =
        "Titre : Essai\n\nIntervenants : Anne Petit - Karim Grand\n\nTranscription\n\n"
        "Anne Petit : Bonjour à tous, et bienvenue dans cette émission.\n\n"
        "0' 08§\n\nKarim Grand : Merci, je suis très heureux d’être ici ce soir.\n";
    write_bytes(text, with_marker, strlen(with_marker));
    struct session s = estimated();
    at(&s, SECONDS(11));
    pins_word(&s, 12);
    run(&s, "write-pin");
    assert_page_holds(&s, "très\n\n00' 11§\n\nheureux");
    session_free(&s);
}

static void listening_is_told_the_pins(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    struct session s = estimated();
    at(&s, SECONDS(5));
    pins_word(&s, 10);
    s.program = "/proc/self/exe";
    run(&s, "align");
    listen_to_the_end(&s);
    assert_told("27 words from 0, 0 of them, 1 pins, known 0\n");
    assert_int_equal(origin(&s, 10), VB_PINNED);
    assert_int_equal(start(&s, 10), SECONDS(5));
    assert_int_equal(origin(&s, 26), VB_ALIGNED); /* far from the pin the sound is right */
    assert_int_equal(start(&s, 26), SECONDS(3) + 26 * SECONDS(1) / 3);
    session_free(&s);
}

static void words_around_a_pin_that_contradicts_are_listened_for_again(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    struct session s = begin("good");
    listen_to_the_end(&s);
    unlink(told);
    at(&s, SECONDS(9));
    pins_word(&s, 10); /* which was found at 6.3 s */
    assert_int_equal(start(&s, 10), SECONDS(9));
    listen_to_the_end(&s);
    assert_told("27 words from 0, 27 of them, 1 pins, known 1\n");
    assert_int_equal(origin(&s, 10), VB_PINNED);
    session_free(&s);
}

static void a_pin_set_while_it_listens_is_listened_for_again(void **ctx)
{
    (void)ctx;
    if (cannot_align())
        return;
    setenv("GO_ON", temp_path("go-on"), 1);
    unlink(getenv("GO_ON"));
    struct session s = begin("slow");
    wait_until(&s, has_around);
    at(&s, SECONDS(9));
    pins_word(&s, 10); /* which will be found at 6.3 s */
    assert_int_equal(start(&s, 10), SECONDS(9));
    write_bytes(getenv("GO_ON"), "", 0);
    listen_to_the_end(&s);
    assert_told("27 words from 0, 0 of them, 0 pins, known 0\n"
                "27 words from 0, 27 of them, 1 pins, known 1\n");
    assert_int_equal(origin(&s, 10), VB_PINNED);
    assert_int_equal(start(&s, 10), SECONDS(9));
    session_free(&s);
}

#define TEST(name) cmocka_unit_test_setup(name, make_files)

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], ALIGNING_ARGUMENT) == 0)
        return be_the_child();
    const struct CMUnitTest tests[] = {
        TEST(words_are_estimated_at_once_and_aligned_when_heard),
        TEST(the_next_opening_has_them_at_once),
        TEST(times_on_the_way_are_shown_as_estimates),
        TEST(what_is_heard_around_the_place_bends_the_estimates),
        TEST(a_refusal_is_said_and_kept),
        TEST(a_doubtful_result_is_shown_and_doubted),
        TEST(a_child_that_falls_takes_nobody_with_it),
        TEST(closing_ends_a_child_that_hangs),
        TEST(by_hand_only_when_the_setting_says_so),
        TEST(a_program_that_is_not_there_is_told),
        TEST(only_new_words_are_listened_for_after_an_edit),
        TEST(a_pinned_word_is_heard_at_its_pin),
        TEST(pins_are_taken_back_and_set_again),
        TEST(the_newest_pin_wins),
        TEST(pins_go_with_their_words),
        TEST(a_pin_becomes_a_marker_of_the_page),
        TEST(a_marker_is_written_as_the_page_writes_its_own),
        TEST(listening_is_told_the_pins),
        TEST(words_around_a_pin_that_contradicts_are_listened_for_again),
        TEST(a_pin_set_while_it_listens_is_listened_for_again),
    };
    return cmocka_run_group_tests_name("times", tests, NULL, NULL);
}
