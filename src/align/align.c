/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forced alignment, from end to end.
 *
 * As the Montreal Forced Aligner (McAuliffe et al. 2017) trains its models on a corpus before
 * it aligns it, this trains on one recording, beginning with models made from synthetic speech
 * in place of a first alignment by equal parts. */
#include "verbatim/align.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "align/hearing.h"
#include "align/outcome.h"
#include "align/training.h"

bool vb_can_align(void)
{
#ifdef HAVE_ESPEAK
    return true;
#else
    return false;
#endif
}

/* One alignment on its way. */
struct alignment {
    struct aligner aligner;
    struct hearing hearing;
    const struct vb_task *task;
    struct vb_align_report report;
};

static bool choose_language(struct alignment *al, const struct vb_transcript *t,
                            const struct vb_align_options *options, struct voice *v,
                            struct vb_error *error)
{
    const char *wanted = options ? options->language : NULL;
    al->report.guessed = !wanted || !*wanted;
    const char *language = al->report.guessed ? vb_guess_language(t) : wanted;
    if (!*language)
        return err_set(error, VB_UNSUPPORTED, "%s",
                       _("the language of the text can't be told; name it (fr, en, de …)"));
    snprintf(al->report.language, sizeof al->report.language, "%s",
             strcmp(language, "en") == 0 ? "en-us" : language);
    if (voice_exists(v, al->report.language))
        return true;
    return err_set(error, VB_UNSUPPORTED, _("espeak-ng has no voice for the language “%s”"),
                   language);
}

static bool read_text(struct alignment *al, const struct vb_transcript *t,
                      struct vb_error *error)
{
    script_read(&al->aligner.script, t, al->hearing.duration);
    if (al->aligner.script.words.count > 0)
        return true;
    return err_set(error, VB_BAD_FORMAT, "%s", _("the text holds no spoken word"));
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
    l->done = hearing_listen(&l->al->hearing, &l->work, &l->al->aligner.features, &l->error);
    return NULL;
}

static bool speak(struct alignment *al, struct voice *v, const struct work *work,
                  struct vb_error *error)
{
    struct aligner *a = &al->aligner;
    return training_run(&a->script, v, al->report.language, al->hearing.high, &a->phones,
                        &a->models, work, error);
}

/* With a second thread the one that speaks tells the progress of both. */
static bool listen_and_speak(struct alignment *al, struct voice *v, int jobs,
                             struct vb_error *error)
{
    struct listening listening = {
        .al = al, .work = {al->task, 0, 0.4F}
    };
    struct vb_task quiet = {NULL, al->task ? al->task->cancelled : NULL,
                            al->task ? al->task->ctx : NULL};
    struct work speaking = {al->task, 0.4F, 0.7F};
    pthread_t thread;
    bool together = jobs > 1;
    if (together) {
        listening.work.task = &quiet;
        together = pthread_create(&thread, NULL, listen, &listening) == 0;
    }
    if (!together)
        listen(&listening);
    bool spoken = (together || listening.done) && speak(al, v, &speaking, error);
    if (together)
        pthread_join(thread, NULL);
    if (!listening.done && error)
        *error = listening.error;
    return spoken && listening.done;
}

/* ---- the whole ---- */

static bool has_voice(const struct features *f)
{
    enum { LEAST = 20 };
    uint32_t voiced = 0;
    for (uint32_t t = 0; t < f->count; t++)
        voiced += f->is_voice[t];
    return voiced >= LEAST;
}

static struct vb_timeline *align_all(struct alignment *al, const struct vb_transcript *t,
                                     const struct vb_align_options *options, struct voice *v,
                                     struct vb_error *error)
{
    struct work passes = {al->task, 0.7F, 1};
    if (!choose_language(al, t, options, v, error) || !read_text(al, t, error) ||
        !listen_and_speak(al, v, options ? options->jobs : 1, error))
        return NULL;
    if (!has_voice(&al->aligner.features)) {
        err_set(error, VB_UNSUPPORTED, "%s", _("the recording holds no speech"));
        return NULL;
    }
    if (!passes_run(&al->aligner, &passes)) {
        work_say_stopped(error);
        return NULL;
    }
    struct vb_heard *heard = outcome_of(&al->aligner, al->hearing.duration, &al->report);
    struct vb_timeline *timeline = NULL;
    if (outcome_is_sound(&al->report, error))
        timeline = vb_timeline_heard(t, al->hearing.duration, heard);
    free(heard);
    return timeline;
}

struct vb_timeline *vb_align(const struct vb_transcript *t, const char *sound_path,
                             const struct vb_align_options *options, const struct vb_task *task,
                             struct vb_align_report *report, struct vb_error *error)
{
    struct alignment *al = mem_new(sizeof *al);
    struct vb_timeline *timeline = NULL;
    struct voice *v = NULL;
    al->task = task;
    if (hearing_open(&al->hearing, sound_path, error)) {
        al->report.band_high = (float)al->hearing.high;
        v = voice_open(error);
        timeline = v ? align_all(al, t, options, v, error) : NULL;
        voice_close(v);
        hearing_close(&al->hearing);
    }
    if (report)
        *report = al->report;
    aligner_free(&al->aligner);
    free(al);
    return timeline;
}
