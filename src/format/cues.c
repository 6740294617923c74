/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/cues.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"

/* A longer silence ends a paragraph. */
#define GAP_US (2 * VB_SECOND)

static void name_speakers(struct cues *cues, const struct cue *cue)
{
    cues->named.count = 0;
    for (size_t i = 0; i < cue->speaker_count; i++)
        vec_push(&cues->named, builder_speaker(cues->b, cue->speakers[i]));
}

static bool same_speakers(const struct cues *cues)
{
    return cues->named.count == cues->speakers.count &&
           (cues->named.count == 0 || memcmp(cues->named.items, cues->speakers.items,
                                             cues->named.count * sizeof(uint32_t)) == 0);
}

static bool needs_turn(const struct cues *cues, const struct cue *cue)
{
    if (!cues->in_turn || cue->turns)
        return true;
    return !(cues->inherits && !cue->speaker_count && !cue->nobody) && !same_speakers(cues);
}

static void open_turn(struct cues *cues, const struct cue *cue)
{
    cues->speakers.count = 0;
    for (size_t i = 0; i < cues->named.count; i++)
        vec_push(&cues->speakers, cues->named.items[i]);
    struct vb_span at = cue->label_at.len ? cue->label_at : cue->span;
    builder_turn(cues->b, cues->speakers.items, cues->speakers.count, cue->label, at);
    cues->in_turn = true;
}

static void judge_times(struct cues *cues, const struct cue *cue)
{
    if (cue->start == VB_NO_TIME)
        return;
    if (cue->end != VB_NO_TIME && cue->end < cue->start)
        builder_note(cues->b, VB_WARNING, cue->span, _("the cue ends before it begins"));
    if (cues->last_start != VB_NO_TIME && cue->start < cues->last_start)
        builder_note(cues->b, VB_WARNING, cue->span,
                     _("the cue begins before the one that stands before it"));
    else if (cues->last_end != VB_NO_TIME && cue->start < cues->last_end &&
             cues->overlaps++ == 0)
        cues->first_overlap = cue->span;
}

static bool runs_on(const struct cues *cues, const struct cue *cue)
{
    return cue->start != VB_NO_TIME && cues->last_end != VB_NO_TIME &&
           cue->start - cues->last_end <= GAP_US && cues->last_end - cue->start <= GAP_US;
}

/* A piece costs more than its letters. */
enum { PIECE_BYTES = 8 };

static bool is_within_bounds(struct cues *cues, const struct cue *cue, struct vb_error *error)
{
    for (size_t i = 0; i < cue->piece_count; i++)
        cues->bytes += cue->pieces[i].text.len + PIECE_BYTES;
    if (cues->count++ >= CUES_MAX)
        return err_set_line(error, VB_UNSUPPORTED, builder_line_of(cues->b, cue->span.at),
                            _("more than %d cues; split the file"), CUES_MAX);
    if (cues->bytes > CUES_TEXT_MAX)
        return err_set_line(error, VB_UNSUPPORTED, builder_line_of(cues->b, cue->span.at),
                            _("more than %d MB of text: the same one is shown again and again"),
                            CUES_TEXT_MAX >> 20);
    return true;
}

bool cues_add(struct cues *cues, const struct cue *cue, struct vb_error *error)
{
    if (!cues->count)
        cues->last_start = cues->last_end = VB_NO_TIME;
    if (!is_within_bounds(cues, cue, error))
        return false;
    judge_times(cues, cue);
    name_speakers(cues, cue);
    bool turns = needs_turn(cues, cue);
    if (turns)
        open_turn(cues, cue);
    builder_paragraph(cues->b, cue->stage ? VB_STAGE : VB_SPEECH, cue->start, cue->end,
                      cue->span);
    if (!turns && !cue->apart && runs_on(cues, cue))
        builder_runs_on(cues->b);
    builder_text(cues->b, cue->pieces, cue->piece_count);
    cues->last_start = cue->start;
    cues->last_end = cue->end;
    return true;
}

void cues_new_clock(struct cues *cues)
{
    cues->last_start = cues->last_end = VB_NO_TIME;
}

void cues_end(struct cues *cues)
{
    if (cues->overlaps)
        builder_note(cues->b, VB_INFO, cues->first_overlap,
                     P_("%zu cue begins before the one before it has ended",
                        "%zu cues begin before the one before them has ended", cues->overlaps),
                     cues->overlaps);
    free(cues->speakers.items);
    free(cues->named.items);
    cues->speakers.items = cues->named.items = NULL;
}
