/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What listening found: shown, judged, kept. */
#include <stdlib.h>

#include "app/memory.h"
#include "app/pins.h"
#include "app/relire.h"
#include "app/times_parts.h"
#include "base/i18n.h"
#include "base/mem.h"

#define PIN_OFF     VB_SECOND        /* found so far from a pin: it is doubted … */
#define PIN_DOUBTED (20 * VB_SECOND) /* … with what is around it */

static void keep(struct session *s)
{
    const struct times *t = s->times;
    struct store_times times = {.verdict = t->verdict,
                                .method = VB_ALIGN_METHOD,
                                .words = t->heard,
                                .sentence = t->sentence};
    store_put_times(s->store, memory_pair(s), t->of, &times, t->listened);
}

static void take_all(struct times *t, struct vb_heard *words)
{
    uint32_t count = vb_word_count(t->of);
    free(t->heard);
    t->heard = words;
    if (!t->listened)
        t->listened = mem_new((count + 1) * sizeof *t->listened);
    for (uint32_t i = 0; i < count; i++)
        t->listened[i] = true;
}

/* Of a part: words that were known stay as they were. */
static void take_part(struct times *t, struct vb_heard *words)
{
    for (uint32_t i = t->first; i < t->first + t->count && i < vb_word_count(t->of); i++) {
        t->heard[i] = words[i];
        t->listened[i] = true;
    }
    free(words);
}

void times_judge(struct session *s, enum store_verdict verdict, const char *sentence)
{
    struct times *t = s->times;
    t->judged = true;
    t->on_the_way = false;
    t->verdict = verdict;
    buf_free(&t->sentence);
    buf_puts(&t->sentence, sentence);
    if (*sentence)
        session_say(s, MESSAGE_WARNING, "%s", sentence);
}

/* A timeline that is on its way is never mixed with one that stands. */
static void take_stage(struct session *s, struct aligning_news *news)
{
    struct times *t = s->times;
    bool rough = news->stage == VB_ALIGN_SPOKEN; /* no better than what is there */
    if (news->stage == VB_ALIGN_AROUND && !t->heard && !t->count) {
        surroundings_take(&t->around, news->words, vb_word_count(t->of));
        session_spread(s);
        return;
    }
    if (rough || news->stage == VB_ALIGN_AROUND || t->count || (t->heard && !t->on_the_way)) {
        free(news->words);
        return;
    }
    take_all(t, news->words);
    t->on_the_way = true;
    session_spread(s);
}

static bool was_told(const struct times *t, const struct vb_pin *pin)
{
    for (size_t i = 0; i < t->pin_count; i++)
        if (t->pins[i].word == pin->word && t->pins[i].at == pin->at)
            return true;
    return false;
}

/* Pins that were set while it listened, and that it is more than a second off: what is around
 * them is listened for again, with them. */
static void doubt_pins(struct session *s)
{
    struct times *t = s->times;
    size_t count;
    struct vb_pin *pins = pins_list(s, &count);
    for (size_t i = 0; i < count; i++) {
        uint32_t words = vb_word_count(t->of);
        if (pins[i].word >= words || was_told(t, &pins[i]) ||
            t->heard[pins[i].word].origin == VB_UNKNOWN)
            continue;
        vb_time off = llabs(t->heard[pins[i].word].start - pins[i].at);
        for (uint32_t w = 0; off >= PIN_OFF && w < words; w++)
            if (llabs(t->heard[w].start - pins[i].at) <= off + PIN_DOUBTED)
                t->listened[w] = false;
    }
    free(pins);
}

static void take_result(struct session *s, struct aligning_news *news)
{
    struct times *t = s->times;
    if (t->count)
        take_part(t, news->words);
    else
        take_all(t, news->words);
    if (!t->count)
        doubt_pins(s);
    surroundings_forget(&t->around);
    if (!t->count)
        times_judge(
            s, news->report.doubtful ? STORE_DOUBTFUL : STORE_ALIGNED,
            news->report.doubtful
                ? _("text and sound suit each other badly (noise, an echo, or another text): "
                    "the times of the words may be wrong")
                : "");
    bool was_all = !t->count;
    times_drop_job(t);
    keep(s);
    if (was_all)
        relire_take_sounds(s, news->report.doubts, news->report.doubt_count);
    free(news->report.doubts);
    session_spread(s);
    t->due = s->clock; /* is there more? */
}

/* What was only estimated stays; what stood before stands. */
static void take_failure(struct session *s, const struct vb_error *error)
{
    struct times *t = s->times;
    bool whole = !t->count;
    times_drop_job(t);
    surroundings_forget(&t->around);
    if (!whole)
        return; /* a few words: they stay estimates, until the next opening */
    if (t->on_the_way) {
        free(t->heard);
        free(t->listened);
        t->heard = NULL;
        t->listened = NULL;
    }
    struct buf sentence = {0};
    buf_printf(&sentence, _("the words keep their estimated times: %s"), error->text);
    times_judge(s, STORE_REFUSED, sentence.data);
    buf_free(&sentence);
    if (error->code == VB_UNSUPPORTED || error->code == VB_BAD_FORMAT)
        keep(s);
    session_spread(s);
}

void times_take_news(struct session *s)
{
    struct times *t = s->times;
    struct aligning_news news = aligning_news(t->job);
    t->done = news.done;
    if (news.state == ALIGNING_FAILED) {
        free(news.words);
        take_failure(s, &news.error);
    } else if (news.words && news.state == ALIGNING_DONE) {
        take_result(s, &news);
    } else if (news.words) {
        take_stage(s, &news);
    }
}
