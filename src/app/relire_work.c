/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking through the page and the second text, on a thread of its own. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "app/relire_parts.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"

enum stage { RUNNING, DONE, ABANDONED };

/* The worker owns all of it until it is done; who does not want it any more does not wait, and
 * then the worker frees it. */
struct relire_work {
    pthread_t thread;
    atomic_int stage;
    const struct vb_transcript *t, *other; /* references; `other` NULL: none */
    char *wanted;                          /* the other is to be read from there; NULL: not */
    struct buf text;
    struct vb_timeline *times;
    vb_time duration, length; /* of the sound: counted, or VB_NO_TIME; as it is thought to be */
    void (*notify)(void *ctx);
    void *notify_ctx;

    struct relire_found found;
};

void found_free(struct relire_found *found)
{
    vb_comparison_free(found->comparison);
    vb_findings_free(found->page);
    vb_timeline_free(found->lent);
    vb_document_close(found->other);
    *found = (struct relire_found){0};
}

static void release(struct relire_work *work)
{
    found_free(&work->found);
    vb_timeline_free(work->times);
    vb_transcript_unref(work->t);
    vb_transcript_unref(work->other);
    free(work->wanted);
    buf_free(&work->text);
    free(work);
}

/* The one before stays when it can't be had. */
static void open_wanted(struct relire_work *work)
{
    struct relire_found *found = &work->found;
    struct vb_document *other = vb_document_open(work->wanted, &found->error);
    if (other && !vb_word_count(vb_document_transcript(other))) {
        vb_document_close(other);
        other = NULL;
        err_set(&found->error, VB_BAD_FORMAT, _("%s has no words to compare with"),
                file_name(work->wanted));
    }
    if (!other)
        return;
    found->other = other;
    vb_transcript_unref(work->other);
    work->other = vb_transcript_ref(vb_document_transcript(other));
    found->lent = vb_times_lent(work->t, work->other, work->length);
    found->lent_duration = work->length;
}

static void *run(void *ctx)
{
    struct relire_work *work = ctx;
    struct relire_found *found = &work->found;
    struct vb_check_options options = {.times = work->times, .duration = work->duration};
    if (work->wanted)
        open_wanted(work);
    found->page = vb_check_page(work->t, buf_str(&work->text), &options);
    if (work->other && vb_word_count(work->t)) {
        found->comparison = vb_compare(work->t, work->other);
        vb_differences_add(found->page, found->comparison, work->times);
    }
    if (vb_finding_count(found->page))
        vb_finding(found->page, 0); /* sorts them here */
    if (atomic_exchange(&work->stage, DONE) == ABANDONED)
        release(work);
    else if (work->notify)
        work->notify(work->notify_ctx);
    return NULL;
}

struct relire_work *work_start(struct session *s)
{
    struct relire_work *work = mem_new(sizeof *work);
    struct relire *r = s->relire;
    work->t = vb_transcript_ref(s->transcript);
    work->other = r->other ? vb_transcript_ref(vb_document_transcript(r->other)) : NULL;
    buf_puts(&work->text, "");
    buf_add(&work->text, vb_document_text(s->document));
    work->times = vb_timeline_moved(s->timeline, 0);
    work->length = s->now.duration;
    work->duration = s->now.duration_exact ? s->now.duration : VB_NO_TIME;
    work->notify = s->notify;
    work->notify_ctx = s->notify_ctx;
    work->wanted = r->wanted;
    r->wanted = NULL;
    if (pthread_create(&work->thread, NULL, run, work) == 0)
        return work;
    r->wanted = work->wanted;
    work->wanted = NULL;
    release(work);
    return NULL;
}

bool work_is_of(const struct relire_work *work, const struct vb_transcript *t)
{
    return work->t == t;
}

bool work_done(struct relire_work *work, struct relire_found *found)
{
    if (atomic_load(&work->stage) != DONE)
        return false;
    pthread_join(work->thread, NULL);
    *found = work->found;
    work->found = (struct relire_found){0};
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
