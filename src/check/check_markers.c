/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Time markers and lengths: by themselves, against each other, against the sound. */
#include <stdio.h>

#include "base/i18n.h"
#include "base/str.h"
#include "check/page.h"
#include "format/timecode.h"
#include "transcript/spread.h"

#define MINUTE (60.0 * (double)VB_SECOND)

enum { WORDS_LEAST = 40, RATE_MOST = 260, RATE_LEAST = 60 };

struct clock_text {
    char text[24];
};

static struct clock_text clock_of(vb_time time)
{
    struct clock_text shown;
    long seconds = (long)(time / VB_SECOND);
    if (seconds >= 3600)
        snprintf(shown.text, sizeof shown.text, "%ld:%02ld:%02ld", seconds / 3600,
                 seconds / 60 % 60, seconds % 60);
    else
        snprintf(shown.text, sizeof shown.text, "%02ld:%02ld", seconds / 60, seconds % 60);
    return shown;
}

/* The last marker before `i` that counts; VB_NONE: none. */
static uint32_t usable_before(const struct page *page, uint32_t i)
{
    while (i-- > 0)
        if (vb_marker(page->t, i)->usable)
            return i;
    return VB_NONE;
}

static void tell_unusable(struct page *page, uint32_t i)
{
    const struct vb_marker *m = vb_marker(page->t, i);
    uint32_t before = usable_before(page, i);
    vb_time stated = vb_duration_stated(page->t);
    int len = (int)m->text.len;
    if (stated != VB_NO_TIME && m->time > stated)
        found_at(page, m->span, NULL, _("the marker %.*s lies beyond the announced end, %s"),
                 len, m->text.data, clock_of(stated).text);
    else if (before != VB_NONE && vb_marker(page->t, before)->time == m->time)
        found_at(page, m->span, NULL, _("the marker %.*s stands twice"), len, m->text.data);
    else
        found_at(page, m->span, NULL, _("the marker %.*s is out of order"), len, m->text.data);
}

void check_markers(struct page *page)
{
    for (uint32_t i = 0; i < vb_marker_count(page->t); i++) {
        const struct vb_marker *m = vb_marker(page->t, i);
        if (!m->usable)
            tell_unusable(page, i);
        else if (page->duration != VB_NO_TIME && m->time > page->duration)
            found_at(page, m->span, NULL,
                     _("the marker %.*s lies beyond the end of the sound, %s"),
                     (int)m->text.len, m->text.data, clock_of(page->duration).text);
    }
}

/* ---- the pace between two markers ---- */

static uint32_t spoken_between(const struct page *page, uint32_t from, uint32_t until)
{
    uint32_t words = 0;
    for (uint32_t i = from; i < until; i++)
        words += is_spoken(page, i);
    return words;
}

static void judge_stretch(struct page *page, struct vb_span span, uint32_t from, uint32_t until,
                          vb_time start, vb_time end)
{
    uint32_t words = spoken_between(page, from, until);
    double rate = (double)words * MINUTE / (double)(end - start);
    if (words < WORDS_LEAST || (rate <= RATE_MOST && rate >= RATE_LEAST))
        return;
    found_at(
        page, span, NULL,
        rate > RATE_MOST
            ? _("%u words between %s and %s, %.0f a minute: a marker is wrong, or a passage "
                "stands twice")
            : _("only %u words between %s and %s, %.0f a minute: a marker is wrong, or a "
                "passage is missing"),
        words, clock_of(start).text, clock_of(end).text, rate);
}

void check_marker_rate(struct page *page)
{
    uint32_t from = 0;
    vb_time start = 0;
    for (uint32_t i = 0; i < vb_marker_count(page->t); i++) {
        const struct vb_marker *m = vb_marker(page->t, i);
        if (!m->usable || m->time <= start)
            continue;
        judge_stretch(page, m->span, from, m->first_word, start, m->time);
        from = m->first_word;
        start = m->time;
    }
    bool to_end = from > 0 && page->duration != VB_NO_TIME && page->duration > start;
    if (to_end && page->count > from) {
        struct vb_span last = vb_word(page->t, page->count - 1).span;
        uint32_t words = spoken_between(page, from, page->count);
        /* slower than anybody means only that the rest is not transcribed */
        if ((double)words * MINUTE / (double)(page->duration - start) > RATE_MOST)
            judge_stretch(page, last, from, page->count, start, page->duration);
    }
}

/* ---- lengths ---- */

void check_duration(struct page *page)
{
    vb_time stated = vb_duration_stated(page->t);
    if (stated == VB_NO_TIME || page->duration == VB_NO_TIME)
        return;
    vb_time apart = stated > page->duration ? stated - page->duration : page->duration - stated;
    if (apart > 2 * VB_SECOND)
        found_at(page, (struct vb_span){0, 0}, NULL,
                 _("the page announces %s, the recording lasts %s"), clock_of(stated).text,
                 clock_of(page->duration).text);
}

/* ---- turns that take another time than their words do ---- */

void check_pace(struct page *page)
{
    for (uint32_t i = 0; page->times && i < vb_turn_count(page->t); i++) {
        const struct vb_turn *turn = vb_turn(page->t, i);
        uint32_t words =
            spoken_between(page, turn->first_word, turn->first_word + turn->word_count);
        if (words < 12 || vb_timeline_origin(page->times, turn->first_word) < VB_ALIGNED)
            continue;
        vb_time start = vb_timeline_start(page->times, turn->first_word);
        vb_time end = vb_timeline_end(page->times, turn->first_word + turn->word_count - 1);
        double rate = end > start ? (double)words * MINUTE / (double)(end - start) : 0;
        if (rate > 330 || (rate > 0 && rate < 45))
            found_words(page, turn->first_word, turn->word_count, NULL,
                        _("%u words in %.0f s, %.0f a minute"), words,
                        (double)(end - start) / (double)VB_SECOND, rate);
    }
}
