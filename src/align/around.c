/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words around a moment of the sound, before the whole is listened to.
 *
 * An estimate tells which words those should be, and the farther the next known time is, the
 * worse it is: so a minute and a half of text on either side is looked for in as much more
 * sound. That is the first pass of an alignment in which most of the sound is not transcribed.
 * When the moment turns out to lie at the edge of what was found, or beyond, what was found
 * serves as pins for another look. */
#include <stdlib.h>

#include "align/alignment.h"
#include "align/outcome.h"
#include "align/passage.h"

#define TEXT_US       (90 * VB_SECOND) /* of the text on either side, by the estimate */
#define SLACK_US      (20 * VB_SECOND) /* of sound beyond it, at least … */
#define SLACK_MOST_US (240 * VB_SECOND)
#define SLACK_SHARE   0.15 /* … and so much of the way to the next known time */
#define WELL_INSIDE   (15 * VB_SECOND)

/* Far more words are missed, or far less is gained over the reverse: it is not sure enough. */
#define FOUND_LEAST   0.9
#define BELONGS_LEAST 0.15

enum { LOOKS_MOST = 3 };

/* The whole way is estimated between what is known. */
static struct vb_timeline *timeline_of(const struct alignment *al, const struct vb_pin *pins,
                                       size_t count)
{
    struct vb_timeline *page = vb_timeline_new(al->transcript, al->hearing.duration);
    if (!count)
        return page;
    struct vb_timeline *pinned =
        vb_timeline_pinned(page, al->transcript, al->hearing.duration, pins, count);
    vb_timeline_free(page);
    return pinned;
}

/* How far `at` is from the next time that is known; the ends of the sound are known, too. */
static vb_time way_to_known(const struct alignment *al, const struct vb_timeline *tl,
                            vb_time at)
{
    vb_time before = 0, after = al->hearing.duration;
    for (uint32_t w = 0; w < vb_timeline_count(tl); w++) {
        vb_time start = vb_timeline_start(tl, w);
        if (vb_timeline_origin(tl, w) < VB_PINNED)
            continue;
        before = start <= at && start > before ? start : before;
        after = start > at && start < after ? start : after;
    }
    return at - before < after - at ? at - before : after - at;
}

static vb_time whole_frames(vb_time at)
{
    return at - at % FRAME_US;
}

/* Empty: there are no words there. */
static struct passage passage_around(const struct alignment *al, const struct vb_timeline *tl,
                                     vb_time at)
{
    uint32_t words = vb_timeline_count(tl), centre = vb_timeline_word_at(tl, at, 0);
    vb_time end = al->hearing.duration, text_end = vb_timeline_text_end(tl);
    centre = centre != VB_NONE ? centre : at < text_end ? 0 : words - 1;
    vb_time middle = vb_timeline_start(tl, centre);
    vb_time slack = (vb_time)(SLACK_SHARE * (double)way_to_known(al, tl, middle)) + SLACK_US;
    slack = slack < SLACK_MOST_US ? slack : SLACK_MOST_US;
    struct passage p = {centre, centre + 1, 0, end};
    while (p.first > 0 && middle - vb_timeline_start(tl, p.first - 1) <= TEXT_US)
        p.first--;
    while (p.end < words && vb_timeline_start(tl, p.end) - middle <= TEXT_US)
        p.end++;
    vb_time from = vb_timeline_start(tl, p.first) - slack;
    vb_time until = vb_timeline_end(tl, p.end - 1) + slack;
    p.from = from > 0 ? whole_frames(from) : 0;
    p.until = until < end ? whole_frames(until) : end;
    return p;
}

static struct vb_heard *look(struct alignment *al, struct passage passage,
                             struct vb_error *error)
{
    struct work work = {al->task, 0, 1};
    aligner_free(&al->aligner);
    al->aligner = (struct aligner){0};
    if (!alignment_learn(al, passage, error))
        return NULL;
    if (!passes_look(&al->aligner, &work)) {
        work_say_stopped(error);
        return NULL;
    }
    struct vb_heard *heard = outcome_of(&al->aligner, &al->report);
    if (al->aligner.belonging >= BELONGS_LEAST &&
        al->report.aligned >= FOUND_LEAST * al->report.spoken)
        return heard;
    free(heard);
    err_set(error, VB_UNSUPPORTED, "%s", _("the words around this moment were not found"));
    return NULL;
}

/* What was found first and last. False: the moment is well inside. */
static bool must_look_again(const struct alignment *al, const struct vb_heard *heard,
                            vb_time at, struct vb_pin pins[2])
{
    const struct passage *p = &al->aligner.passage;
    bool any = false;
    for (uint32_t w = p->first; w < p->end; w++) {
        if (heard[w].origin != VB_ALIGNED)
            continue;
        pins[1] = (struct vb_pin){w, heard[w].start};
        pins[0] = any ? pins[0] : pins[1];
        any = true;
    }
    if (!any)
        return false;
    bool early = p->first > 0 && at < pins[0].at + WELL_INSIDE;
    bool late = p->end < vb_word_count(al->transcript) && at > pins[1].at - WELL_INSIDE;
    return early || late;
}

static struct vb_heard *look_around(struct alignment *al, vb_time at, struct vb_error *error)
{
    const struct vb_align_options *options = al->options;
    struct vb_heard *found = NULL;
    struct vb_pin pins[2];
    for (int i = 0; i < LOOKS_MOST; i++) {
        struct vb_timeline *tl = i ? timeline_of(al, pins, COUNT(pins))
                                   : timeline_of(al, options->pins, options->pin_count);
        struct passage passage = passage_around(al, tl, at);
        vb_timeline_free(tl);
        struct vb_heard *heard = look(al, passage, error);
        if (!heard)
            break;
        free(found);
        found = heard;
        if (!must_look_again(al, found, at, pins))
            break;
    }
    return found;
}

struct vb_heard *vb_align_around(const struct vb_transcript *t, const char *sound_path,
                                 vb_time at, const struct vb_align_options *options,
                                 const struct vb_task *task, struct vb_error *error)
{
    struct vb_align_options how = {0};
    if (options)
        how = (struct vb_align_options){.language = options->language,
                                        .jobs = options->jobs,
                                        .pins = options->pins,
                                        .pin_count = options->pin_count};
    struct alignment *al = mem_new(sizeof *al);
    struct vb_heard *heard = NULL;
    al->transcript = t;
    al->options = &how;
    al->task = task;
    if (!vb_spoken_count(t))
        err_set(error, VB_BAD_FORMAT, "%s", _("the text holds no spoken word"));
    else if (alignment_begin(al, sound_path, error)) {
        heard = look_around(al, at, error);
        alignment_end(al);
    }
    free(al);
    return heard;
}
