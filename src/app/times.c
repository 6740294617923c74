/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the session comes to know when each word is heard. */
#include "app/times_parts.h"

#include <stdlib.h>
#include <string.h>

#include "app/memory.h"
#include "app/pins.h"
#include "app/relire.h"
#include "app/survey.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "library/pack.h"

#define FIRST_LOOK    (VB_SECOND / 3) /* the first frames come first */
#define AFTER_EDITS   (2 * VB_SECOND) /* without one: then the new words are listened for */
#define WHOLE_AT_ONCE (8 * 60 * VB_SECOND) /* shorter: nothing is looked for first */
#define TELLS_FROM    0.04F                /* done: before, what is left can't be told */

enum { GAP_JOINED = 12 }; /* words known between two that are not: listened for together */

static struct times *times_of(struct session *s)
{
    if (!s->times) {
        s->times = mem_new(sizeof *s->times);
        s->times->due = VB_NO_TIME;
    }
    return s->times;
}

void times_drop_job(struct times *t)
{
    aligning_stop(t->job);
    t->job = NULL;
    t->done = 0;
}

static void forget(struct times *t)
{
    times_drop_job(t);
    vb_transcript_unref(t->of);
    free(t->heard);
    free(t->listened);
    free(t->pins);
    surroundings_forget(&t->around);
    buf_free(&t->sentence);
    *t = (struct times){.due = VB_NO_TIME};
}

/* ---- texts that change ---- */

static void carry_words(struct times *t, const struct vb_transcript *now)
{
    uint32_t count = vb_word_count(now), *from = vb_words_before(t->of, now);
    struct vb_heard *heard = mem_new((count + 1) * sizeof *heard);
    bool *listened = mem_new((count + 1) * sizeof *listened);
    for (uint32_t i = 0; i < count; i++)
        if (from[i] != VB_NONE) {
            heard[i] = t->heard[from[i]];
            listened[i] = t->listened[from[i]];
        }
    free(from);
    free(t->heard);
    free(t->listened);
    t->heard = heard;
    t->listened = listened;
}

/* The text was corrected: what runs counts other words. */
static void follow_text(struct session *s)
{
    struct times *t = times_of(s);
    if (t->of == s->transcript)
        return;
    if (t->of && t->heard && s->transcript)
        carry_words(t, s->transcript);
    pins_follow(s, t->of);
    bool ran = t->job != NULL;
    times_drop_job(t);
    surroundings_forget(&t->around);
    vb_transcript_unref(t->of);
    t->of = s->transcript ? vb_transcript_ref(s->transcript) : NULL;
    bool automatic = s->settings.align && t->heard && !t->on_the_way;
    if (ran || automatic)
        t->due = s->clock + AFTER_EDITS;
}

/* ---- the timeline ---- */

static struct vb_timeline *heard_timeline(const struct session *s, const struct times *t)
{
    uint32_t count = vb_word_count(t->of);
    struct vb_heard *words = mem_new((count + 1) * sizeof *words);
    bool *missing = mem_new((count + 1) * sizeof *missing);
    for (uint32_t i = 0; i < count; i++) {
        words[i] = t->heard[i];
        missing[i] = !t->listened[i];
        if (t->on_the_way && words[i].origin == VB_ALIGNED)
            words[i].origin = VB_ESTIMATED; /* nobody vouches for it yet */
    }
    vb_heard_fill(t->of, s->now.duration, missing, words);
    struct vb_timeline *timeline = vb_timeline_heard(t->of, s->now.duration, words);
    free(missing);
    free(words);
    return timeline;
}

/* Over where somebody speaks, as soon as that is known. */
static struct vb_timeline *estimated_timeline(struct session *s)
{
    size_t count = 0;
    struct vb_stretch *speech = NULL;
    s->times->knows_speech = s->survey && survey_is_done(s->survey);
    struct vb_timeline *lent = relire_lent_times(s);
    if (lent)
        return lent;
    if (s->times->knows_speech)
        speech = vb_peaks_speech(survey_peaks(s->survey), &count);
    struct vb_timeline *old = s->timeline ? s->timeline : s->timeline_before;
    struct vb_timeline *timeline =
        vb_timeline_spread_again(old, s->transcript, s->now.duration, s->offset, speech, count);
    free(speech);
    return surroundings_bend(&s->times->around, s->transcript, s->now.duration, timeline);
}

struct vb_timeline *times_timeline(struct session *s)
{
    follow_text(s);
    const struct times *t = s->times;
    struct vb_timeline *base = t->heard ? heard_timeline(s, t) : estimated_timeline(s);
    struct vb_timeline *pinned = pins_applied(s, base);
    if (!pinned)
        return base;
    vb_timeline_free(base);
    return pinned;
}

/* ---- listening ---- */

static bool may_listen(const struct session *s)
{
    return s->program && vb_can_align() && s->player && s->transcript && s->sound_path &&
           s->now.duration_exact && vb_spoken_count(s->transcript) > 0;
}

/* The file itself says when most words are heard. */
static bool is_timed(const struct session *s)
{
    uint32_t count = vb_word_count(s->transcript), stated = 0;
    for (uint32_t i = 0; i < count; i++)
        stated += vb_word(s->transcript, i).start != VB_NO_TIME;
    return stated > count / 2;
}

static bool is_worth_it(const struct session *s)
{
    return s->timeline && vb_timeline_fit(s->timeline) != VB_TOO_MANY_WORDS && !is_timed(s);
}

static bool is_spoken(const struct times *t, uint32_t word)
{
    return !(vb_word_marks(t->of, word) & VB_UNSPOKEN);
}

/* The first words that nobody listened for; a few known ones between them are no border. */
static bool find_missing(const struct times *t, uint32_t *first, uint32_t *count)
{
    uint32_t words = vb_word_count(t->of), last = VB_NONE;
    *first = VB_NONE;
    for (uint32_t i = 0; i < words; i++) {
        if (t->listened[i] || !is_spoken(t, i))
            continue;
        if (last != VB_NONE && i - last > GAP_JOINED)
            break;
        *first = *first == VB_NONE ? i : *first;
        last = i;
    }
    if (*first == VB_NONE)
        return false;
    *count = last - *first + 1;
    return true;
}

static void put_text(struct session *s, struct wire_wish *wish)
{
    char *bytes;
    size_t len;
    vb_document_bytes(s->document, &bytes, &len);
    buf_puts(&wish->text, "");
    buf_add(&wish->text, (vb_str){bytes, len});
    free(bytes);
}

/* In a short recording the whole is there as soon. */
static bool looks_around(const struct session *s)
{
    return !s->times->heard && s->now.duration > WHOLE_AT_ONCE;
}

static void start_job(struct session *s, uint32_t first, uint32_t count)
{
    struct times *t = s->times;
    struct wire_wish wish = {.words = vb_word_count(t->of),
                             .first = first,
                             .count = count,
                             .around = looks_around(s) ? s->now.position : VB_NO_TIME};
    buf_puts(&wish.sound, s->sound_path);
    buf_puts(&wish.name, vb_document_path(s->document));
    put_text(s, &wish);
    if (count)
        times_pack(t->heard, t->listened, wish.words, &wish.known);
    wish.pins = pins_list(s, &wish.pin_count);
    if (!wish.pin_count) {
        free(wish.pins);
        wish.pins = relire_lent_pins(s, &wish.pin_count);
    }
    times_drop_job(t);
    free(t->pins);
    t->pins = pins_list(s, &t->pin_count);
    t->first = first;
    t->count = count;
    t->began = s->clock;
    t->job = aligning_start(s->program, &wish, s->notify, s->notify_ctx);
    wire_wish_free(&wish);
}

/* All of the text, or what is missing of it. */
static void start_what_is_due(struct session *s)
{
    struct times *t = s->times;
    uint32_t first = 0, count = 0;
    t->due = VB_NO_TIME;
    if (t->heard && !t->on_the_way && t->judged) {
        if (!find_missing(t, &first, &count))
            return;
    }
    start_job(s, first, count);
}

/* ---- by hand ---- */

bool times_progress(const struct session *s, struct times_progress *progress)
{
    const struct times *t = s->times;
    if (!t || !t->job)
        return false;
    double taken = (double)(s->clock - t->began);
    progress->done = t->done;
    progress->left = t->done < TELLS_FROM
                         ? VB_NO_TIME
                         : (vb_time)(taken * (1 - (double)t->done) / (double)t->done);
    return true;
}

void times_align(struct session *s)
{
    struct times *t = times_of(s);
    if (t->job) {
        times_drop_job(t);
        session_say(s, MESSAGE_INFO, "%s", _("listening was stopped"));
        s->revision++;
        return;
    }
    follow_text(s);
    if (!vb_can_align() || !s->program)
        session_say(s, MESSAGE_WARNING, "%s",
                    _("this program was built without espeak-ng, and can't align"));
    else if (!s->transcript || !s->player)
        session_say(s, MESSAGE_INFO, "%s",
                    _("a recording and its transcript are needed to align them"));
    else if (!may_listen(s))
        session_say(s, MESSAGE_INFO, "%s", _("the recording is still being read"));
    else
        start_job(s, 0, 0);
}

void times_doubt(struct session *s, uint32_t first, uint32_t count)
{
    struct times *t = times_of(s);
    follow_text(s);
    if (!t->heard || t->on_the_way || !s->settings.align)
        return;
    uint32_t words = vb_word_count(t->of);
    for (uint32_t i = first; i < first + count && i < words; i++)
        t->listened[i] = false;
    t->due = s->clock + AFTER_EDITS;
}

/* ---- parts of opening, and of the session's frame ---- */

static void take_stored(struct session *s)
{
    struct times *t = s->times;
    struct store_times stored;
    bool *listened;
    if (!store_times(s->store, memory_pair(s), s->transcript, &stored, &listened))
        return;
    if (stored.method >= VB_ALIGN_METHOD) {
        t->heard = stored.words;
        t->listened = listened;
        stored.words = NULL;
        listened = NULL;
        times_judge(s, stored.verdict, stored.sentence.data ? stored.sentence.data : "");
    }
    free(listened);
    store_times_free(&stored);
}

void times_opened(struct session *s)
{
    struct times *t = times_of(s);
    forget(t);
    pins_opened(s);
    if (!s->transcript)
        return;
    t->of = vb_transcript_ref(s->transcript);
    if (s->sound_path)
        take_stored(s);
    bool refused = t->judged && t->verdict == STORE_REFUSED;
    if (s->settings.align && !refused)
        t->due = s->clock + FIRST_LOOK;
    if (t->heard || pins_are_there(s))
        session_spread(s);
}

void times_update(struct session *s)
{
    struct times *t = s->times;
    if (!t || !s->transcript || s->loading)
        return;
    follow_text(s);
    if (!t->heard && !t->knows_speech && s->survey && survey_is_done(s->survey))
        session_spread(s);
    if (t->job)
        times_take_news(s);
    else if (t->due != VB_NO_TIME && s->clock >= t->due && may_listen(s)) {
        if (t->heard || is_worth_it(s))
            start_what_is_due(s);
        else
            t->due = VB_NO_TIME;
    }
}

vb_time times_next(const struct session *s)
{
    const struct times *t = s->times;
    if (!t || t->job || t->due == VB_NO_TIME || !may_listen(s))
        return VB_NO_TIME;
    return t->due > s->clock ? t->due - s->clock : 0;
}

void times_leave(struct session *s)
{
    if (!s->times)
        return;
    forget(s->times);
    free(s->times);
    s->times = NULL;
    pins_forget(s);
}
