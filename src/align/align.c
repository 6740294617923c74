/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forced alignment, from end to end.
 *
 * As the Montreal Forced Aligner (McAuliffe et al. 2017) trains its models on a corpus before
 * it aligns it, this trains on one recording, beginning with models made from synthetic speech
 * in place of a first alignment by equal parts. */
#include "verbatim/align.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "align/alignment.h"
#include "align/estimate.h"
#include "align/outcome.h"
#include "align/passage.h"
#include "align/training.h"
#include "transcript/spread.h"

bool vb_can_align(void)
{
#ifdef HAVE_ESPEAK
    return true;
#else
    return false;
#endif
}

static bool choose_language(struct alignment *al, struct vb_error *error)
{
    const char *wanted = al->options->language;
    al->report.guessed = !wanted || !*wanted;
    const char *language = al->report.guessed ? vb_guess_language(al->transcript) : wanted;
    if (!*language)
        return err_set(error, VB_UNSUPPORTED, "%s",
                       _("the language of the text can't be told; name it (fr, en, de …)"));
    snprintf(al->report.language, sizeof al->report.language, "%s",
             strcmp(language, "en") == 0 ? "en-us" : language);
    if (synthesiser_exists(al->voice, al->report.language))
        return true;
    return err_set(error, VB_UNSUPPORTED, _("espeak-ng has no voice for the language “%s”"),
                   language);
}

/* Nobody speaks four times as fast as people read aloud, pauses left out: of such a text so
 * little could be found that it would be refused in the end. */
static bool can_be_said(const struct aligner *a, struct vb_error *error)
{
    enum { FASTEST = 4 };
    const struct script *s = &a->script;
    vb_time sound = a->passage.until - a->passage.from, speech = 0;
    for (size_t i = 0; i < s->words.count; i++)
        speech += spread_natural(vb_word_text(s->transcript, s->words.items[i].word)).speech_us;
    if (speech <= FASTEST * sound)
        return true;
    return err_set(error, VB_UNSUPPORTED,
                   _("the text is too long for this sound: %zu words would have to be said in "
                     "%.1f s; is it the text of a longer recording?"),
                   s->words.count, (double)sound / VB_SECOND);
}

static bool read_text(struct alignment *al, struct passage passage, struct vb_error *error)
{
    struct aligner *a = &al->aligner;
    a->passage = passage;
    script_read(&a->script, al->transcript, &a->passage, al->hearing.duration,
                al->options->pins, al->options->pin_count);
    a->script.german = strncmp(al->report.language, "de", 2) == 0;
    a->check = al->options->check && al->options->word_count == 0;
    if (a->script.words.count > 0)
        return can_be_said(a, error);
    return err_set(error, VB_BAD_FORMAT, "%s", _("the text holds no spoken word"));
}

/* ---- telling what is known so far ---- */

static void tell(const struct alignment *al, enum vb_align_stage stage, struct vb_heard *heard)
{
    passage_keep_known(al->transcript, al->options, heard);
    al->options->found(al->options->ctx, stage, heard);
    free(heard);
}

static void tell_spoken(const struct alignment *al)
{
    const struct aligner *a = &al->aligner;
    if (al->options->found)
        tell(al, VB_ALIGN_SPOKEN, estimate_spoken(&a->script, &a->passage));
}

static void tell_heard(void *ctx, enum vb_align_stage stage)
{
    const struct alignment *al = ctx;
    struct vb_align_report unused;
    if (al->options->found)
        tell(al, stage, outcome_of(&al->aligner, &unused));
}

/* ---- listening and speaking, which may be done at the same time ---- */

struct listening {
    struct alignment *al;
    struct work work;
    struct vb_error error;
    bool done;
};

static void *listen(void *ctx)
{
    struct listening *l = ctx;
    struct aligner *a = &l->al->aligner;
    l->done = hearing_listen(&l->al->hearing, a->passage.from, a->passage.until, &l->work,
                             &a->features, &l->error);
    return NULL;
}

/* With a second thread the one that speaks tells the progress of both. */
static bool listen_and_speak(struct alignment *al, struct training *training,
                             struct vb_error *error)
{
    struct vb_task quiet = {NULL, al->task ? al->task->cancelled : NULL,
                            al->task ? al->task->ctx : NULL};
    struct listening listening = {
        .al = al, .work = {al->task, 0.15F, 0.45F}
    };
    struct work text = {al->task, 0, 0.15F}, again = {al->task, 0.45F, 0.7F};
    pthread_t thread;
    bool together = al->options->jobs > 1;
    if (together) {
        listening.work.task = &quiet;
        together = pthread_create(&thread, NULL, listen, &listening) == 0;
    }
    bool spoken = training_say_text(training, &text);
    if (spoken)
        tell_spoken(al);
    if (!together && spoken)
        listen(&listening);
    spoken = spoken && (together || listening.done) && training_say_again(training, &again);
    if (together)
        pthread_join(thread, NULL);
    if (spoken && listening.done)
        return true;
    if (listening.error.code && error)
        *error = listening.error;
    else
        work_say_stopped(error);
    return false;
}

static bool has_voice(const struct features *f)
{
    enum { LEAST = 20 };
    uint32_t voiced = 0;
    for (uint32_t t = 0; t < f->count; t++)
        voiced += f->is_voice[t];
    return voiced >= LEAST;
}

bool alignment_learn(struct alignment *al, struct passage passage, struct vb_error *error)
{
    struct aligner *a = &al->aligner;
    if (!read_text(al, passage, error))
        return false;
    struct training *training =
        training_new(&a->script, al->voice, al->report.language, al->hearing.high, &a->phones);
    bool learnt = listen_and_speak(al, training, error);
    if (learnt)
        training_make(training, &a->models);
    training_free(training);
    if (learnt && !has_voice(&a->features))
        return err_set(error, VB_UNSUPPORTED, "%s", _("the recording holds no speech"));
    return learnt;
}

/* ---- the whole ---- */

bool alignment_begin(struct alignment *al, const char *sound_path, struct vb_error *error)
{
    if (!hearing_open(&al->hearing, sound_path, error))
        return false;
    al->report.band_high = (float)al->hearing.high;
    al->voice = synthesiser_open(error);
    if (al->voice && choose_language(al, error))
        return true;
    alignment_end(al);
    return false;
}

void alignment_end(struct alignment *al)
{
    synthesiser_close(al->voice);
    aligner_free(&al->aligner);
    hearing_close(&al->hearing);
}

static struct vb_heard *align_all(struct alignment *al, struct vb_error *error)
{
    struct work passes = {al->task, 0.7F, 1};
    struct passage passage = passage_of(al->transcript, al->options, al->hearing.duration);
    if (!alignment_learn(al, passage, error))
        return NULL;
    if (!passes_run(&al->aligner, &passes, tell_heard, al)) {
        work_say_stopped(error);
        return NULL;
    }
    struct vb_heard *heard = outcome_of(&al->aligner, &al->report);
    al->report.doubts = al->aligner.doubts;
    al->report.doubt_count = al->aligner.doubt_count;
    al->aligner.doubts = NULL;
    if (outcome_is_sound(&al->aligner, &al->report, error)) {
        passage_keep_known(al->transcript, al->options, heard);
        return heard;
    }
    free(heard);
    return NULL;
}

/* `duration`: of the sound. */
static struct vb_heard *align_file(const struct vb_transcript *t, const char *sound_path,
                                   const struct vb_align_options *options,
                                   const struct vb_task *task, struct vb_align_report *report,
                                   vb_time *duration, struct vb_error *error)
{
    static const struct vb_align_options plain = {0};
    struct alignment *al = mem_new(sizeof *al);
    struct vb_heard *heard = NULL;
    al->transcript = t;
    al->options = options ? options : &plain;
    al->task = task;
    if (alignment_begin(al, sound_path, error)) {
        *duration = al->hearing.duration;
        heard = align_all(al, error);
        alignment_end(al);
    }
    if (report)
        *report = al->report;
    else
        free(al->report.doubts);
    free(al);
    return heard;
}

struct vb_heard *vb_align_words(const struct vb_transcript *t, const char *sound_path,
                                const struct vb_align_options *options,
                                const struct vb_task *task, struct vb_align_report *report,
                                struct vb_error *error)
{
    vb_time duration;
    return align_file(t, sound_path, options, task, report, &duration, error);
}

struct vb_timeline *vb_align(const struct vb_transcript *t, const char *sound_path,
                             const struct vb_align_options *options, const struct vb_task *task,
                             struct vb_align_report *report, struct vb_error *error)
{
    vb_time duration;
    struct vb_heard *heard = align_file(t, sound_path, options, task, report, &duration, error);
    struct vb_timeline *timeline = heard ? vb_timeline_heard(t, duration, heard) : NULL;
    free(heard);
    return timeline;
}
