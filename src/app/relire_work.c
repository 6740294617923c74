/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking through the page and the second text, on a thread of its own. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "app/relire_parts.h"
#include "base/str.h"

enum stage { RUNNING, DONE, ABANDONED };

/* The worker owns all of it until it is done; who does not want it any more does not wait, and
 * then the worker frees it. */
struct relire_work {
    pthread_t thread;
    atomic_int stage;
    const struct vb_transcript *t, *other; /* references; `other` NULL: none */
    struct buf text;
    struct vb_timeline *times;
    vb_time duration;
    void (*notify)(void *ctx);
    void *notify_ctx;

    struct vb_findings *found;
    struct vb_comparison *comparison;
};

static void release(struct relire_work *work)
{
    vb_comparison_free(work->comparison);
    vb_findings_free(work->found);
    vb_timeline_free(work->times);
    vb_transcript_unref(work->t);
    vb_transcript_unref(work->other);
    buf_free(&work->text);
    free(work);
}

static void *run(void *ctx)
{
    struct relire_work *work = ctx;
    struct vb_check_options options = {.times = work->times, .duration = work->duration};
    work->found = vb_check_page(work->t, buf_str(&work->text), &options);
    if (work->other && vb_word_count(work->t)) {
        work->comparison = vb_compare(work->t, work->other);
        vb_differences_add(work->found, work->comparison, work->times);
    }
    if (vb_finding_count(work->found))
        vb_finding(work->found, 0); /* sorts them here */
    if (atomic_exchange(&work->stage, DONE) == ABANDONED)
        release(work);
    else if (work->notify)
        work->notify(work->notify_ctx);
    return NULL;
}

struct relire_work *work_start(struct session *s)
{
    struct relire_work *work = mem_new(sizeof *work);
    const struct relire *r = s->relire;
    work->t = vb_transcript_ref(s->transcript);
    work->other = r->other ? vb_transcript_ref(vb_document_transcript(r->other)) : NULL;
    buf_puts(&work->text, "");
    buf_add(&work->text, vb_document_text(s->document));
    work->times = vb_timeline_moved(s->timeline, 0);
    work->duration = s->now.duration_exact ? s->now.duration : VB_NO_TIME;
    work->notify = s->notify;
    work->notify_ctx = s->notify_ctx;
    if (pthread_create(&work->thread, NULL, run, work) == 0)
        return work;
    release(work);
    return NULL;
}

bool work_is_of(const struct relire_work *work, const struct vb_transcript *t)
{
    return work->t == t;
}

bool work_done(struct relire_work *work, struct vb_findings **found,
               struct vb_comparison **comparison)
{
    if (atomic_load(&work->stage) != DONE)
        return false;
    pthread_join(work->thread, NULL);
    *found = work->found;
    *comparison = work->comparison;
    work->found = NULL;
    work->comparison = NULL;
    release(work);
    return true;
}

void work_stop(struct relire_work *work)
{
    if (!work)
        return;
    pthread_t thread = work->thread;
    if (atomic_exchange(&work->stage, ABANDONED) != DONE) {
        pthread_detach(thread);
        return;
    }
    pthread_join(thread, NULL);
    release(work);
}
