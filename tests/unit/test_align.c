/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alignment from end to end: speech made by the synthesiser, whose times are known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "align/language.h"
#include "align/search.h"
#include "align/synthesiser.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"
#include "support/support_sound.h"
#include "support/support_transcript.h"
#include "verbatim/align.h"

static const char page[] =
    "Anne: Bonjour à toutes et à tous, et merci d'être venus si nombreux ce soir. "
    "Nous allons parler de la liberté de chacun et de la mémoire des machines.\n"
    "Karim: Je voudrais d'abord raconter une histoire très simple. Un vieux pêcheur "
    "cherchait son bateau dans le brouillard du matin, sans carte ni lumière.\n"
    "Anne: Il entendit alors une cloche au loin, et suivit patiemment ce bruit "
    "jusqu'au "
    "port voisin.\n";

static const char *const said[] = {
    "Bonjour à toutes et à tous, et merci d'être venus si nombreux ce soir.",
    "Nous allons parler de la liberté de chacun et de la mémoire des machines.",
    "Je voudrais d'abord raconter une histoire très simple.",
    "Un vieux pêcheur cherchait son bateau dans le brouillard du matin, sans carte ni lumière.",
    "Il entendit alors une cloche au loin, et suivit patiemment ce bruit jusqu'au port voisin.",
};
enum { SENTENCES = sizeof said / sizeof *said };
static const uint32_t first_words[SENTENCES] = {0, 14, 28, 36, 51};

struct recording {
    VEC(float) samples;
    int rate;
    double starts[SENTENCES]; /* s */
};

static void add_quiet(struct recording *r, double length)
{
    for (size_t i = 0, count = (size_t)(length * r->rate); i < count; i++)
        vec_push(&r->samples, (float)((int)(i * 7919 % 101) - 50) * 2e-5F);
}

/* A voice that training does not know. */
static struct recording speak(double head, double tail)
{
    struct vb_error error = {0};
    struct synthesiser *v = synthesiser_open(&error);
    struct recording r = {.rate = synthesiser_rate(v)};
    struct phones phones = {.count = 0};
    assert_true(synthesiser_choose(v, "fr+m1"));
    add_quiet(&r, head);
    for (int i = 0; i < SENTENCES; i++) {
        struct speech speech = {0};
        uint32_t start = 0;
        synthesiser_say(v, said[i], &start, 1, &phones, &speech);
        assert_true(speech.phones.count > 10);
        r.starts[i] = (double)r.samples.count / r.rate + speech.phones.items[0].start;
        for (size_t k = 0; k < speech.samples.count; k++)
            vec_push(&r.samples, (float)speech.samples.items[k] / 32768.0F);
        add_quiet(&r, 0.4);
        speech_free(&speech);
    }
    add_quiet(&r, tail);
    synthesiser_close(v);
    return r;
}

static const char *written(const struct recording *r, const char *name)
{
    struct sound sound = {r->samples.items, r->samples.count, r->rate, 1};
    const char *path = temp_path(name);
    write_sound(path, &sound, AS_WAV);
    return path;
}

static struct vb_timeline *aligned(const char *text, const char *path, int jobs,
                                   struct vb_align_report *report, struct vb_error *error)
{
    struct vb_transcript *t = transcript_from(text, VB_NO_TIME);
    struct vb_align_options options = {.jobs = jobs};
    struct vb_timeline *timeline = vb_align(t, path, &options, NULL, report, error);
    vb_transcript_unref(t);
    return timeline;
}

/* ---- what must be found ---- */

static void each_sentence_is_found_where_it_is_said(void **state)
{
    (void)state;
    struct recording r = speak(0.5, 0.5);
    struct vb_align_report report;
    struct vb_error error = {0};
    struct vb_timeline *timeline = aligned(page, written(&r, "speech.wav"), 1, &report, &error);
    if (!timeline)
        fail_msg("%s", error.text);
    assert_string_equal(report.language, "fr");
    assert_true(report.guessed);
    assert_false(report.doubtful);
    assert_true(report.aligned + 1 >= report.spoken);
    for (int i = 0; i < SENTENCES; i++) {
        double start = (double)vb_timeline_start(timeline, first_words[i]) / VB_SECOND;
        if (fabs(start - r.starts[i]) > 0.08)
            fail_msg("sentence %d begins at %.3f, not at %.3f", i, r.starts[i], start);
        assert_int_equal(vb_timeline_origin(timeline, first_words[i]), VB_ALIGNED);
        assert_true(vb_timeline_confidence(timeline, first_words[i]) > 0.5F);
    }
    vb_timeline_free(timeline);
    free(r.samples.items);
}

static void silence_around_the_text_stays_without_words(void **state)
{
    (void)state;
    struct recording r = speak(12, 9);
    struct vb_align_report report;
    struct vb_error error = {0};
    struct vb_timeline *timeline = aligned(page, written(&r, "late.wav"), 1, &report, &error);
    assert_non_null(timeline);
    assert_true(llabs(report.head - (vb_time)(r.starts[0] * VB_SECOND)) < VB_SECOND / 5);
    assert_true(report.tail > 8 * VB_SECOND);
    vb_timeline_free(timeline);
    free(r.samples.items);
}

enum { TIMED = 64 };

/* In a process of its own, so that the synthesiser is in the same state each time. */
static int align_as_child(const char *path, int jobs)
{
    int64_t times[TIMED] = {0};
    struct vb_error error = {0};
    struct vb_timeline *timeline = aligned(page, path, jobs, NULL, &error);
    for (uint32_t word = 0; timeline && word < TIMED; word++)
        times[word] = vb_timeline_start(timeline, word);
    vb_timeline_free(timeline);
    return write(STDOUT_FILENO, times, sizeof times) == sizeof times ? 0 : 1;
}

static void align_in_child(const char *path, const char *jobs, const char *kernels,
                           int64_t times[TIMED])
{
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        setenv("VERBATIM_KERNELS", kernels, 1);
        execl("/proc/self/exe", "test_align", "child", path, jobs, (char *)NULL);
        _exit(1);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], times, TIMED * sizeof *times), TIMED * sizeof *times);
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void any_number_of_jobs_and_any_vectors_give_the_same_times(void **state)
{
    (void)state;
    struct recording r = speak(0.5, 0.5);
    const char *path = written(&r, "jobs.wav");
    int64_t one[TIMED] = {0}, two[TIMED] = {0}, plain[TIMED] = {0};
    align_in_child(path, "1", "best", one);
    align_in_child(path, "2", "best", two);
    align_in_child(path, "1", "plain", plain);
    assert_true(one[TIMED - 4] > 10 * VB_SECOND);
    assert_memory_equal(one, two, sizeof one);
    assert_memory_equal(one, plain, sizeof one);
    free(r.samples.items);
}

static void a_wrong_marker_does_no_harm(void **state)
{
    (void)state;
    struct buf text = {0};
    const char *karim = strstr(page, "Karim: Je");
    buf_add(&text, (vb_str){page, (size_t)(karim - page)});
    buf_printf(&text, "@02:10\n%s", karim);
    struct recording r = speak(0.5, 0.5);
    struct vb_error error = {0};
    struct vb_timeline *timeline =
        aligned(text.data, written(&r, "marker.wav"), 1, NULL, &error);
    assert_non_null(timeline);
    double start = (double)vb_timeline_start(timeline, first_words[2]) / VB_SECOND;
    assert_true(fabs(start - r.starts[2]) < 0.1);
    vb_timeline_free(timeline);
    free(r.samples.items);
    buf_free(&text);
}

/* ---- on the way, and in part ---- */

struct told {
    int calls;
    enum vb_align_stage stages[8];
    vb_time third[8]; /* when the third sentence begins, as it was told */
};

static void note_told(void *ctx, enum vb_align_stage stage, const struct vb_heard *words)
{
    struct told *told = ctx;
    assert_true(told->calls < 8);
    told->stages[told->calls] = stage;
    told->third[told->calls++] = words[first_words[2]].start;
}

static void times_are_told_from_rough_to_fine(void **state)
{
    (void)state;
    struct recording r = speak(0.5, 0.5);
    struct vb_transcript *t = transcript_from(page, VB_NO_TIME);
    struct told told = {0};
    struct vb_align_options options = {.found = note_told, .ctx = &told};
    struct vb_error error = {0};
    struct vb_heard *heard =
        vb_align_words(t, written(&r, "told.wav"), &options, NULL, NULL, &error);
    assert_non_null(heard);
    assert_int_equal(told.calls, 4);
    assert_int_equal(told.stages[0], VB_ALIGN_SPOKEN);
    assert_int_equal(told.stages[1], VB_ALIGN_ROUGH);
    assert_int_equal(told.stages[2], VB_ALIGN_FINE);
    double off_spoken = fabs((double)told.third[0] / VB_SECOND - r.starts[2]);
    double off_rough = fabs((double)told.third[1] / VB_SECOND - r.starts[2]);
    assert_true(off_spoken < 3);
    assert_true(off_rough < 0.15);
    free(heard);
    vb_transcript_unref(t);
    free(r.samples.items);
}

static void what_is_said_around_a_moment_is_found_at_once(void **state)
{
    (void)state;
    struct recording r = speak(0.5, 0.5);
    const char *path = written(&r, "around.wav");
    struct vb_transcript *t = transcript_from(page, VB_NO_TIME);
    struct vb_transcript *strange = transcript_from(
        "Anne: Quand les forêts brûlent, personne ne sait exactement pourquoi ni comment le "
        "feu "
        "a commencé. Il faudrait planter des chênes, des hêtres et aussi des châtaigniers.\n",
        VB_NO_TIME);
    struct vb_align_options options = {.language = "fr"};
    struct vb_error error = {0};
    vb_time at = (vb_time)(r.starts[2] * VB_SECOND);
    struct vb_heard *heard = vb_align_around(t, path, at, &options, NULL, &error);
    if (!heard)
        fail_msg("%s", error.text);
    for (int i = 0; i < SENTENCES; i++) {
        double start = (double)heard[first_words[i]].start / VB_SECOND;
        assert_int_equal(heard[first_words[i]].origin, VB_ALIGNED);
        if (fabs(start - r.starts[i]) > 0.15)
            fail_msg("sentence %d begins at %.3f, not at %.3f", i, r.starts[i], start);
    }
    free(heard);
    assert_null(vb_align_around(strange, path, at, &options, NULL, &error));
    vb_transcript_unref(strange);
    vb_transcript_unref(t);
    free(r.samples.items);
}

static void a_few_words_are_looked_for_again(void **state)
{
    (void)state;
    struct recording r = speak(0.5, 0.5);
    const char *path = written(&r, "again.wav");
    struct vb_transcript *t = transcript_from(page, VB_NO_TIME);
    struct vb_align_options options = {.language = "fr"};
    struct vb_error error = {0};
    struct vb_heard *known = vb_align_words(t, path, &options, NULL, NULL, &error);
    assert_non_null(known);
    uint32_t first = first_words[2], count = first_words[3] - first;
    vb_time before = known[first].start;
    known[0].start = 1; /* of words that are not asked for, what is known is kept */
    for (uint32_t i = first; i < first + count; i++)
        known[i] = (struct vb_heard){0, 0, VB_UNKNOWN, 0};
    options.first_word = first;
    options.word_count = count;
    options.known = known;
    struct vb_heard *again = vb_align_words(t, path, &options, NULL, NULL, &error);
    assert_non_null(again);
    assert_int_equal(again[0].start, 1);
    assert_int_equal(again[first].origin, VB_ALIGNED);
    assert_true(llabs(again[first].start - before) < VB_SECOND / 20);
    free(again);
    free(known);
    vb_transcript_unref(t);
    free(r.samples.items);
}

/* The same sentence twice, said once: only somebody who listens can tell which is which. */
static void a_pin_says_which_of_two_is_heard(void **state)
{
    (void)state;
    struct recording r = speak(0.5, 0.5);
    const char *path = written(&r, "pin.wav");
    struct buf text = {0};
    buf_printf(&text, "Anne: %s\n%s", said[0], page);
    struct vb_transcript *t = transcript_from(text.data, VB_NO_TIME);
    enum { SECOND = 14 };
    for (uint32_t word = 0; word <= SECOND; word += SECOND) {
        const struct vb_pin pin = {word, (vb_time)(r.starts[0] * VB_SECOND)};
        struct vb_align_options options = {.language = "fr", .pins = &pin, .pin_count = 1};
        struct vb_error error = {0};
        struct vb_heard *heard = vb_align_words(t, path, &options, NULL, NULL, &error);
        assert_non_null(heard);
        assert_int_equal(heard[word].origin, VB_ALIGNED);
        assert_int_equal(heard[SECOND - word].origin, VB_UNKNOWN);
        free(heard);
    }
    vb_transcript_unref(t);
    buf_free(&text);
    free(r.samples.items);
}

/* ---- what must be refused ---- */

static void refuses(const char *text, const char *path, enum vb_code code, const char *words)
{
    struct vb_error error = {0};
    struct vb_timeline *timeline = aligned(text, path, 1, NULL, &error);
    assert_null(timeline);
    assert_int_equal(error.code, code);
    if (!strstr(error.text, words))
        fail_msg("“%s” does not say “%s”", error.text, words);
}

static void sound_that_is_no_speech_is_refused(void **state)
{
    (void)state;
    struct sound quiet = {mem_new(20 * TEST_RATE * sizeof(float)), TEST_RATE / 10, TEST_RATE,
                          1};
    const char *path = temp_path("short.wav");
    write_sound(path, &quiet, AS_WAV);
    refuses(page, path, VB_UNSUPPORTED, "too long for this sound");
    quiet.count = 20 * TEST_RATE;
    write_sound(path, &quiet, AS_WAV);
    refuses(page, path, VB_UNSUPPORTED, "no speech");
    refuses(page, "/nowhere/at/all.wav", VB_NOT_FOUND, "nowhere");
    sound_free(&quiet);
}

static void the_text_of_another_recording_is_doubted(void **state)
{
    (void)state;
    static const char other[] =
        "Anne: Quand les forêts brûlent, personne ne sait exactement pourquoi ni "
        "comment "
        "le feu a commencé. Il faudrait planter des chênes, des hêtres et aussi des "
        "châtaigniers "
        "sur toutes ces pentes.\n"
        "Karim: Vous avez raison, mais qui paiera donc les ouvriers, les camions, les "
        "outils et les longues années de surveillance ? Voilà une question que le gouvernement "
        "évite depuis longtemps.\n";
    struct recording r = speak(0.5, 0.5);
    struct vb_align_report report;
    struct vb_error error = {0};
    struct vb_timeline *timeline = aligned(other, written(&r, "other.wav"), 1, &report, &error);
    if (timeline)
        assert_true(report.doubtful);
    else
        assert_non_null(strstr(error.text, "belong together"));
    vb_timeline_free(timeline);
    free(r.samples.items);
}

static void a_text_that_nobody_could_say_in_that_time_is_refused(void **state)
{
    (void)state;
    struct recording r = speak(0.5, 0.5);
    struct vb_align_report report;
    struct vb_error error = {0};
    struct buf text = {0};
    for (int i = 0; i < 2000; i++)
        buf_printf(&text, "Anne: Il faudrait planter des chênes sur toutes ces pentes.\n");
    struct vb_timeline *timeline =
        aligned(text.data, written(&r, "short.wav"), 1, &report, &error);
    assert_null(timeline);
    assert_non_null(strstr(error.text, "too long for this sound"));
    buf_free(&text);
    free(r.samples.items);
}

static void a_single_word_is_doubted(void **state)
{
    (void)state;
    struct recording r = speak(0.5, 0.5);
    struct vb_align_report report;
    struct vb_error error = {0};
    struct vb_timeline *timeline =
        aligned("Anne: Bonjour.\n", written(&r, "one.wav"), 1, &report, &error);
    assert_true(!timeline || report.doubtful);
    vb_timeline_free(timeline);
    free(r.samples.items);
}

static bool at_once(void *ctx)
{
    (void)ctx;
    return true;
}

static void a_cancelled_alignment_says_so(void **state)
{
    (void)state;
    struct recording r = speak(0.5, 0.5);
    struct vb_task task = {NULL, at_once, NULL};
    struct vb_transcript *t = transcript_from(page, VB_NO_TIME);
    for (int jobs = 1; jobs <= 2; jobs++) {
        struct vb_align_options options = {.language = "fr", .jobs = jobs};
        struct vb_error error = {0};
        const char *path = written(&r, "cancel.wav");
        assert_null(vb_align(t, path, &options, &task, NULL, &error));
        assert_int_equal(error.code, VB_CANCELLED);
    }
    vb_transcript_unref(t);
    free(r.samples.items);
}

static void a_language_without_a_voice_is_named(void **state)
{
    (void)state;
    struct recording r = speak(0.5, 0.5);
    struct vb_transcript *t = transcript_from(page, VB_NO_TIME);
    struct vb_align_options options = {.language = "klingonish", .jobs = 1};
    struct vb_error error = {0};
    assert_null(vb_align(t, written(&r, "voice.wav"), &options, NULL, NULL, &error));
    assert_non_null(strstr(error.text, "klingonish"));
    vb_transcript_unref(t);
    free(r.samples.items);
}

/* ---- languages ---- */

static void short_words_tell_the_language(void **state)
{
    (void)state;
    static const struct {
        const char *text, *language;
    } cases[] = {
        {"This is the house that we have been looking for, and it is not what they said.",
         "en"                                                                                   },
        {"Das ist nicht der Weg, den wir mit dem Auto auf der Karte gesehen haben.",        "de"},
        {"Esta es la casa que no se ve desde el camino, pero está muy cerca de la plaza.",
         "es"                                                                                   },
        {"C'est la maison que vous avez vue dans le village, mais elle n'est pas à nous.",
         "fr"                                                                                   },
        {"Zxcv qwrt plmk bvnm ghjk.",                                                       ""  },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct buf text = {0};
        buf_printf(&text, "Anne: %s\n", cases[i].text);
        struct vb_transcript *t = transcript_from(text.data, VB_NO_TIME);
        assert_string_equal(vb_guess_language(t), cases[i].language);
        vb_transcript_unref(t);
        buf_free(&text);
    }
    assert_string_equal(language_named(VB_STR("français (France)")), "fr");
    assert_string_equal(language_named(VB_STR("en-GB")), "en");
    assert_null(language_named(VB_STR("volapük")));
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "child") == 0)
        return align_as_child(argv[2], atoi(argv[3]));
    const struct CMUnitTest speaking[] = {
        cmocka_unit_test(each_sentence_is_found_where_it_is_said),
        cmocka_unit_test(silence_around_the_text_stays_without_words),
        cmocka_unit_test(any_number_of_jobs_and_any_vectors_give_the_same_times),
        cmocka_unit_test(a_wrong_marker_does_no_harm),
        cmocka_unit_test(times_are_told_from_rough_to_fine),
        cmocka_unit_test(what_is_said_around_a_moment_is_found_at_once),
        cmocka_unit_test(a_few_words_are_looked_for_again),
        cmocka_unit_test(a_pin_says_which_of_two_is_heard),
        cmocka_unit_test(sound_that_is_no_speech_is_refused),
        cmocka_unit_test(the_text_of_another_recording_is_doubted),
        cmocka_unit_test(a_text_that_nobody_could_say_in_that_time_is_refused),
        cmocka_unit_test(a_single_word_is_doubted),
        cmocka_unit_test(a_cancelled_alignment_says_so),
        cmocka_unit_test(a_language_without_a_voice_is_named),
    };
    const struct CMUnitTest silent[] = {
        cmocka_unit_test(short_words_tell_the_language),
    };
    int failed = cmocka_run_group_tests(silent, NULL, NULL);
    if (vb_can_align())
        return failed + cmocka_run_group_tests(speaking, NULL, NULL);
    printf("skipped: built without espeak-ng\n");
    return failed;
}
