/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns: the timeline tells who speaks, the survey how loudly.
 *
 * Loudness is the ear's: the root of the energy, and of that a power below one, so that quiet
 * voices are seen. What is tall is measured by the whole sound, not by the part that is shown:
 * nothing grows or shrinks when one zooms. */
#include "view/bar_columns.h"

#include <math.h>
#include <string.h>

#include "app/listening.h"
#include "app/survey.h"

enum { TALLEST = 1000 };
#define TALL_FROM  1.55 /* times the loudness of the whole */
#define LOUD_POWER 0.85

/* Known where the file or the sound tells a time for the word, or for its paragraph's start. */
static bool is_known(const struct session *s, uint32_t word)
{
    uint32_t first =
        vb_paragraph(s->transcript, vb_paragraph_of_word(s->transcript, word))->first_word;
    return vb_timeline_origin(s->timeline, word) > VB_ESTIMATED ||
           vb_timeline_origin(s->timeline, first) > VB_ESTIMATED;
}

static struct column spoken_at(const struct session *s, vb_time time, uint32_t *hint)
{
    struct column c = {.speaker = VB_NONE};
    uint32_t word = vb_timeline_word_at(s->timeline, time, *hint);
    c.beyond = word == VB_NONE && (time >= vb_timeline_text_end(s->timeline) ||
                                   time < vb_timeline_start(s->timeline, 0));
    if (word == VB_NONE)
        return c;
    *hint = word;
    uint32_t turn = vb_turn_of_word(s->transcript, word);
    if (turn != VB_NONE && vb_turn(s->transcript, turn)->speaker_count)
        c.speaker = vb_turn_speaker(s->transcript, turn, 0);
    c.known = is_known(s, word);
    return c;
}

static const struct vb_peaks *peaks_of(const struct session *s)
{
    return s->survey ? survey_peaks(s->survey) : NULL;
}

static vb_time heard_until(const struct session *s)
{
    const struct vb_peaks *peaks = peaks_of(s);
    return peaks ? vb_peaks_known(peaks) : VB_NO_TIME;
}

static double loudness_of_whole(const struct vb_peaks *peaks)
{
    struct vb_peak all;
    vb_time known = peaks ? vb_peaks_known(peaks) : 0;
    return known && vb_peaks_over(peaks, 0, known, &all) ? (double)all.rms : 0;
}

static int16_t loud_at(const struct vb_peaks *peaks, double whole, vb_time from, vb_time to)
{
    struct vb_peak peak;
    if (!peaks || to > vb_peaks_known(peaks) + VB_SECOND ||
        !vb_peaks_over(peaks, from, to, &peak))
        return -1;
    double share = whole > 0 ? (double)peak.rms / (whole * TALL_FROM) : 0;
    return (int16_t)(TALLEST * pow(share < 1 ? share : 1, LOUD_POWER));
}

static void make_columns(struct screen *on, size_t count)
{
    const struct session *s = on->session;
    const struct vb_peaks *peaks = peaks_of(s);
    double whole = loudness_of_whole(peaks);
    double span = (double)on->bar.part.span / (double)count;
    bool has_words = s->timeline && vb_word_count(s->transcript) > 0;
    uint32_t hint = 0;
    on->columns.count = 0;
    for (size_t i = 0; i < count; i++) {
        vb_time from = on->bar.part.from + (vb_time)((double)i * span);
        struct column c = {.speaker = VB_NONE};
        if (has_words)
            c = spoken_at(s, from + (vb_time)(span / 2), &hint);
        c.loud = loud_at(peaks, whole, from, from + (vb_time)span);
        vec_push(&on->columns, c);
    }
}

void bar_columns_keep(struct screen *on, int width)
{
    const struct session *s = on->session;
    size_t count = width > 0 ? (size_t)(width / px(on, COLUMN_STEP)) : 0;
    const struct bar wanted = {.revision = s->revision,
                               .duration = s->now.duration,
                               .heard_until = heard_until(s),
                               .part = session_bar_part(s)};
    if (on->columns.count == count && on->bar.revision == wanted.revision &&
        on->bar.duration == wanted.duration && on->bar.heard_until == wanted.heard_until &&
        on->bar.part.from == wanted.part.from && on->bar.part.span == wanted.part.span)
        return;
    on->bar = wanted;
    make_columns(on, count);
}
