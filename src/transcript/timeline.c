/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When each word is heard.
 *
 * Where times were found for each word they are held so; a text that is only estimated between
 * a few known times holds these, and the natural lengths of its words (laid.h).
 *
 * Known times are anchors.  Between two of them the words are spread by their natural length
 * (spread.c); a stretch never runs slower than SLOWEST times the ordinary pace, so that words
 * do not crawl through a piece of sound that nobody transcribed.  After the last anchor the
 * text goes on at the pace found so far, or fills the sound when that is nearly the same; what
 * does not fit into the sound by far is taken to be cut off, not to be said in haste. */
#include "verbatim/timeline.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "transcript/laid.h"
#include "transcript/snapshot.h"

#define SLOWEST 3.0 /* times the natural length */
#define FASTEST                                                                                \
    0.32 /* the same; some 500 words a minute: a marker that asks for more is wrong */
#define WPM_MOST  400.0 /* words a minute beyond which nobody speaks … */
#define WPM_LEAST 60.0  /* … and below which words must be missing */
/* Text that would run between these parts of the rest of the sound is taken to fill it. */
#define FILLS_LEAST       0.70 /* when the pace is known from anchors */
#define FILLS_MOST        1.45
#define FILLS_LEAST_ALONE 0.50 /* when it is only the ordinary pace */
#define FILLS_MOST_ALONE  2.00

/* A known time for less than so many words: it is shorter to hold the times of all. */
enum { WORDS_A_STRETCH = 4 };

struct vb_timeline {
    struct vb_transcript *transcript;
    struct slot *slots; /* one a word; starts never fall. NULL: as they are laid */
    struct laid laid;
    uint32_t count;
    bool is_heard; /* somebody listened, or said "heard now" */
    vb_time duration, text_end;
    vb_time offset; /* all times of the file are so much earlier than those of the sound */
    enum vb_fit fit;
    double rate;
    VEC(struct vb_unused_marker) unused;
};

/* A known time: the words from `word` on begin at `at`. */
struct anchor {
    uint32_t word;
    vb_time at;
    vb_time end; /* stated for the words up to the next anchor, or VB_NO_TIME */
    enum vb_origin origin;
};

typedef VEC(struct anchor) anchors;

/* A time that may become an anchor. */
struct candidate {
    struct anchor anchor;
    uint32_t marker; /* VB_NONE: stated by a cue or a word */
    bool kept;
};

typedef VEC(struct candidate) candidates;

static const char *const origin_names[] = {
    [VB_UNKNOWN] = "unknown", [VB_ESTIMATED] = "estimated", [VB_ALIGNED] = "aligned",
    [VB_PINNED] = "pinned",   [VB_INHERITED] = "inherited", [VB_STATED] = "stated",
};

const char *vb_origin_name(enum vb_origin origin)
{
    assert((size_t)origin < COUNT(origin_names));
    return origin_names[origin];
}

static struct slot slot_of(const struct vb_timeline *tl, uint32_t word)
{
    return tl->slots ? tl->slots[word] : laid_slot(&tl->laid, word);
}

/* The natural length of the words [from, until), pauses included. */
static vb_time natural_of(const struct vb_timeline *tl, uint32_t from, uint32_t until)
{
    return naturals_before(tl->laid.naturals, tl->transcript, until) -
           naturals_before(tl->laid.naturals, tl->transcript, from);
}

/* ---- anchors ---- */

static void refuse(struct vb_timeline *tl, uint32_t marker, enum vb_misfit why)
{
    if (marker != VB_NONE)
        vec_push(&tl->unused, (struct vb_unused_marker){marker, why});
}

/* A time of the file as one of the sound. */
static vb_time moved(const struct vb_timeline *tl, vb_time stated)
{
    if (stated == VB_NO_TIME)
        return VB_NO_TIME;
    return stated + tl->offset > 0 ? stated + tl->offset : 0;
}

/* Could the words from `last` to the new anchor be said in the time between? Read times of a
 * cue format are taken as they stand: only a marker is doubted. */
static bool can_be_said(const struct vb_timeline *tl, const struct anchor *last, uint32_t word,
                        vb_time at)
{
    uint32_t from = last ? last->word : 0;
    vb_time since = last ? last->at : moved(tl, 0);
    return word - from < 8 ||
           (double)(at - since) >= FASTEST * (double)natural_of(tl, from, word);
}

static void add_anchor(struct vb_timeline *tl, anchors *list, struct anchor anchor,
                       uint32_t marker)
{
    struct anchor *last = list->count ? &list->items[list->count - 1] : NULL;
    if (marker != VB_NONE && !can_be_said(tl, last, anchor.word, anchor.at)) {
        refuse(tl, marker, VB_TOO_FAST_TO_BE_SAID);
    } else if (!last || (anchor.at >= last->at && anchor.word > last->word)) {
        vec_push(list, anchor);
    } else if (anchor.word == last->word && anchor.origin > last->origin &&
               anchor.at >= last->at) {
        *last = anchor;
    }
}

/* A marker's anchor: the first spoken word behind it. `spoken` is where that was found last;
 * markers come in reading order. */
static void find_marker(struct vb_timeline *tl, candidates *found, uint32_t i, uint32_t *spoken)
{
    const struct vb_marker *marker = vb_marker(tl->transcript, i);
    uint32_t word = marker->first_word > *spoken ? marker->first_word : *spoken;
    while (word < tl->count && vb_word_marks(tl->transcript, word) & VB_UNSPOKEN)
        word++;
    *spoken = word;
    if (!marker->usable || word >= tl->count)
        return;
    vb_time at = moved(tl, marker->time);
    if (tl->duration != VB_NO_TIME && at > tl->duration)
        refuse(tl, i, VB_BEYOND_THE_SOUND);
    else
        vec_push(found, (struct candidate){
                            {word, at, VB_NO_TIME, VB_INHERITED},
                            i, false
        });
}

static void find_stated(const struct vb_timeline *tl, candidates *found, uint32_t word,
                        vb_time start, vb_time end)
{
    vb_time at = moved(tl, start);
    if (at == VB_NO_TIME || (tl->duration != VB_NO_TIME && at > tl->duration))
        return;
    struct anchor anchor = {word, at, moved(tl, end), VB_STATED};
    vec_push(found, (struct candidate){anchor, VB_NONE, false});
}

/* Words that are timed together state a start with the first and an end with the last. */
static void find_stated_end(const struct vb_timeline *tl, candidates *found,
                            uint32_t first_word, vb_time end)
{
    struct anchor *last = found->count ? &found->items[found->count - 1].anchor : NULL;
    if (last && last->word >= first_word && last->origin == VB_STATED &&
        last->end == VB_NO_TIME)
        last->end = moved(tl, end);
}

static void find_timed_words(const struct vb_timeline *tl, candidates *found,
                             const struct vb_paragraph *p)
{
    if (p->word_count)
        find_stated(tl, found, p->first_word, p->start, p->end);
    if (!tl->transcript->stated)
        return;
    for (uint32_t word = p->first_word; word < p->first_word + p->word_count; word++) {
        struct stated_times w = tl->transcript->stated[word];
        find_stated(tl, found, word, w.start, w.end);
        if (w.start == VB_NO_TIME)
            find_stated_end(tl, found, p->first_word, w.end);
    }
}

/* All times there are, in reading order. */
static candidates find_candidates(struct vb_timeline *tl)
{
    candidates found = {0};
    const struct vb_transcript *t = tl->transcript;
    uint32_t spoken = 0;
    for (uint32_t i = 0; i < vb_block_count(t); i++) {
        struct vb_block block = vb_block(t, i);
        if (block.kind == VB_BLOCK_MARKER)
            find_marker(tl, &found, block.index, &spoken);
        else if (block.kind == VB_BLOCK_PARAGRAPH)
            find_timed_words(tl, &found, vb_paragraph(t, block.index));
    }
    return found;
}

/* The first of `count` chains whose end lies behind `at`. */
static size_t chain_for(const candidates *found, const uint32_t *tops, size_t count, vb_time at)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (found->items[tops[middle]].anchor.at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* One wild time must spoil itself, not all that follow: the longest chain that never falls is
 * kept (patience sorting, as markers.c does for what the page alone can tell). */
static void keep_longest_chain(candidates *found)
{
    uint32_t *tops = mem_new(found->count * sizeof *tops);
    uint32_t *before = mem_new(found->count * sizeof *before);
    size_t length = 0;
    for (size_t i = 0; i < found->count; i++) {
        size_t at = chain_for(found, tops, length, found->items[i].anchor.at);
        before[i] = at ? tops[at - 1] : VB_NONE;
        tops[at] = (uint32_t)i;
        length += at == length;
    }
    for (uint32_t i = length ? tops[length - 1] : VB_NONE; i != VB_NONE; i = before[i])
        found->items[i].kept = true;
    free(tops);
    free(before);
}

/* All known times that can be true together, in reading order. */
static anchors find_anchors(struct vb_timeline *tl)
{
    anchors list = {0};
    candidates found = find_candidates(tl);
    keep_longest_chain(&found);
    for (size_t i = 0; i < found.count; i++)
        if (found.items[i].kept)
            add_anchor(tl, &list, found.items[i].anchor, found.items[i].marker);
    free(found.items);
    return list;
}

/* ---- spreading ---- */

static vb_time spoken_of(const struct vb_timeline *tl, uint32_t from, uint32_t until,
                         bool pauses_at_end)
{
    if (until == from || pauses_at_end)
        return natural_of(tl, from, until);
    return natural_of(tl, from, until - 1) +
           naturals_length(tl->laid.naturals, tl->transcript, until - 1);
}

/* Between two known times. Where the end of what is said is stated, all of it; up to the next
 * beginning, never slower than SLOWEST. */
static void lay_between(struct vb_timeline *tl, uint32_t from, uint32_t until, vb_time at,
                        vb_time end, bool end_is_stated)
{
    vb_time natural = spoken_of(tl, from, until, !end_is_stated);
    double scale = natural > 0 ? (double)(end - at) / (double)natural : 0;
    laid_add(&tl->laid, from, until, at, end_is_stated || scale < SLOWEST ? scale : SLOWEST);
}

/* The pace between the anchors: how much longer than natural. False where nothing tells: a time
 * for the first word alone is no pace. */
static bool find_pace(const struct vb_timeline *tl, const anchors *list, double *pace)
{
    vb_time known = 0, natural = 0, since = moved(tl, 0);
    uint32_t from = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct anchor *anchor = &list->items[i];
        vb_time length = natural_of(tl, from, anchor->word);
        if (length > 0 && (double)(anchor->at - since) < SLOWEST * (double)length) {
            known += anchor->at - since;
            natural += length;
        }
        from = anchor->word;
        since = anchor->at;
    }
    *pace = known > 0 && natural > 0 ? (double)known / (double)natural : 1.0;
    return known > 0 && natural > 0;
}

/* After the last known time.  Where the text goes on when the recording was cut, what is not
 * heard has no length. */
static void lay_tail(struct vb_timeline *tl, uint32_t from, vb_time at, const anchors *list)
{
    double pace;
    bool alone = !find_pace(tl, list, &pace);
    vb_time natural = natural_of(tl, from, tl->count);
    vb_time end =
        tl->duration != VB_NO_TIME ? tl->duration : vb_duration_stated(tl->transcript);
    if (natural > 0 && end != VB_NO_TIME && end > at) {
        double fill = (double)(end - at) / ((double)natural * pace);
        bool fills = fill > (alone ? FILLS_LEAST_ALONE : FILLS_LEAST) &&
                     fill < (alone ? FILLS_MOST_ALONE : FILLS_MOST);
        pace *= fills ? fill : 1;
    }
    laid_add(&tl->laid, from, tl->count, at, pace);
    if (tl->duration != VB_NO_TIME) {
        tl->laid.cut_from = from;
        tl->laid.cut_at = tl->duration;
    }
}

/* `known`: the anchors as they are on the clock of the sound, not on the one laid over. */
static void spread(struct vb_timeline *tl, const anchors *list, const anchors *known)
{
    uint32_t from = 0;
    vb_time at = moved(tl, 0), stated_end = VB_NO_TIME;
    for (size_t i = 0; i < list->count; i++) {
        const struct anchor *next = &list->items[i];
        bool end_is_stated =
            stated_end != VB_NO_TIME && stated_end > at && stated_end <= next->at;
        lay_between(tl, from, next->word, at, end_is_stated ? stated_end : next->at,
                    end_is_stated);
        from = next->word;
        at = next->at;
        stated_end = next->end;
    }
    if (stated_end != VB_NO_TIME && stated_end > at)
        lay_between(tl, from, tl->count, at, stated_end, true);
    else
        lay_tail(tl, from, at, list);
    size_t first = tl->laid.stretches.count - list->count; /* one more, before the first */
    for (size_t i = 0; i < list->count; i++) {
        struct stretch *stretch = &tl->laid.stretches.items[first + i];
        assert(stretch->first == list->items[i].word);
        stretch->origin = (uint8_t)list->items[i].origin;
        stretch->known = known->items[i].at;
    }
}

/* ---- over speech alone ---- */

/* The clock of speech, in which each stretch between two anchors is long enough for its words.
 */
static struct speech_time speech_clock(const struct vb_timeline *tl, const anchors *list,
                                       const struct vb_stretch *speech, size_t count)
{
    size_t all = list->count + 2;
    vb_time *known = mem_new(all * sizeof *known), *least = mem_new(all * sizeof *least);
    uint32_t from = 0;
    known[0] = moved(tl, 0);
    for (size_t i = 0; i <= list->count; i++) {
        bool is_last = i == list->count;
        uint32_t until = is_last ? tl->count : list->items[i].word;
        known[i + 1] = !is_last                     ? list->items[i].at
                       : tl->duration != VB_NO_TIME ? tl->duration
                                                    : known[i];
        least[i] = (vb_time)(FASTEST * (double)natural_of(tl, from, until));
        from = until;
    }
    struct speech_time clock = speech_time_new(speech, count, known, least, all);
    free(known);
    free(least);
    return clock;
}

static void spread_over(struct vb_timeline *tl, const anchors *list)
{
    const struct speech_time *clock = &tl->laid.clock;
    vb_time duration = tl->duration, offset = tl->offset;
    anchors inside = {0};
    for (size_t i = 0; i < list->count; i++) {
        struct anchor anchor = list->items[i];
        anchor.at = speech_time_at(clock, anchor.at);
        if (anchor.end != VB_NO_TIME)
            anchor.end = speech_time_at(clock, anchor.end);
        vec_push(&inside, anchor);
    }
    if (duration != VB_NO_TIME)
        tl->duration = speech_time_at(clock, duration);
    tl->offset = speech_time_at(clock, moved(tl, 0));
    spread(tl, &inside, list);
    tl->duration = duration;
    tl->offset = offset;
    tl->laid.is_over_speech = true;
    free(inside.items);
}

/* ---- judging the whole ---- */

static void find_end(struct vb_timeline *tl)
{
    uint32_t last = tl->count;
    while (last > 0 && vb_word_marks(tl->transcript, last - 1) & VB_UNSPOKEN)
        last--;
    tl->text_end = last ? vb_timeline_end(tl, last - 1) : 0;
    if (tl->duration != VB_NO_TIME && tl->text_end > tl->duration)
        tl->text_end = tl->duration;
}

static enum vb_fit judge(const struct vb_timeline *tl, const anchors *list)
{
    uint32_t words = vb_spoken_count(tl->transcript);
    double minutes = (double)tl->duration / (60.0 * VB_SECOND);
    if (tl->duration == VB_NO_TIME || words < 20)
        return VB_FITS;
    if (list->count == 0)
        return words > WPM_MOST * minutes    ? VB_TOO_MANY_WORDS
               : words < WPM_LEAST * minutes ? VB_TOO_FEW_WORDS
                                             : VB_FITS;
    const struct anchor *last = &list->items[list->count - 1];
    double rest = (double)(tl->duration - last->at) / (60.0 * VB_SECOND);
    bool too_many = tl->count - last->word > 20 && tl->count - last->word > WPM_MOST * rest;
    return too_many ? VB_TOO_MANY_WORDS : VB_FITS;
}

static struct vb_timeline *begin(const struct vb_transcript *t, vb_time duration)
{
    struct vb_timeline *tl = mem_new(sizeof *tl);
    tl->transcript = vb_transcript_ref(t);
    tl->count = vb_word_count(t);
    tl->duration = duration;
    tl->laid.transcript = t;
    tl->laid.cut_from = VB_NONE;
    return tl;
}

static void hold_each(struct vb_timeline *tl)
{
    tl->slots = mem_new(tl->count * sizeof *tl->slots);
}

static double rate_of(const struct vb_timeline *tl)
{
    vb_time taken = tl->count ? tl->text_end - slot_of(tl, 0).start : 0;
    return taken > 0 ? vb_spoken_count(tl->transcript) * 60.0 * VB_SECOND / (double)taken : 0;
}

struct vb_timeline *vb_timeline_new(const struct vb_transcript *t, vb_time duration)
{
    return vb_timeline_spoken(t, duration, 0, NULL, 0);
}

struct vb_timeline *vb_timeline_new_moved(const struct vb_transcript *t, vb_time duration,
                                          vb_time offset)
{
    return vb_timeline_spoken(t, duration, offset, NULL, 0);
}

/* Many known times: there is more to be held of stretches than of words. */
static void hold_what_is_laid(struct vb_timeline *tl)
{
    if (tl->laid.stretches.count <= tl->count / WORDS_A_STRETCH)
        return;
    struct slot *slots = mem_new(tl->count * sizeof *slots);
    for (uint32_t word = 0; word < tl->count; word++)
        slots[word] = laid_slot(&tl->laid, word);
    tl->slots = slots;
    laid_free(&tl->laid);
}

struct vb_timeline *vb_timeline_spread_again(struct vb_timeline *old,
                                             const struct vb_transcript *t, vb_time duration,
                                             vb_time offset, const struct vb_stretch *speech,
                                             size_t count)
{
    struct vb_timeline *tl = begin(t, duration);
    tl->offset = offset;
    tl->laid.naturals =
        naturals_new(t, old ? &old->laid.naturals : NULL, old ? old->transcript : NULL);
    anchors list = find_anchors(tl);
    if (count) {
        tl->laid.clock = speech_clock(tl, &list, speech, count);
        spread_over(tl, &list);
    } else {
        spread(tl, &list, &list);
    }
    hold_what_is_laid(tl);
    find_end(tl);
    tl->fit = judge(tl, &list);
    tl->rate = rate_of(tl);
    free(list.items);
    return tl;
}

struct vb_timeline *vb_timeline_spoken(const struct vb_transcript *t, vb_time duration,
                                       vb_time offset, const struct vb_stretch *speech,
                                       size_t count)
{
    return vb_timeline_spread_again(NULL, t, duration, offset, speech, count);
}

struct vb_timeline *vb_timeline_heard(const struct vb_transcript *t, vb_time duration,
                                      const struct vb_heard *words)
{
    struct vb_timeline *tl = begin(t, duration);
    vb_time now = 0;
    hold_each(tl);
    for (uint32_t i = 0; i < tl->count; i++) {
        const struct vb_heard *heard = &words[i];
        struct slot *slot = &tl->slots[i];
        bool known = heard->origin != VB_UNKNOWN;
        assert(!known || heard->start <= heard->end);
        slot->start = known && heard->start > now ? heard->start : now;
        if (known && heard->end > slot->start)
            slot->length = (uint32_t)(heard->end - slot->start);
        slot->origin = (uint8_t)heard->origin;
        tl->is_heard |= slot->origin == VB_ALIGNED || slot->origin == VB_PINNED;
        slot->confidence = heard->confidence < 0 ? 0 : (uint8_t)(1 + 100 * heard->confidence);
        now = known && heard->origin == VB_ALIGNED ? slot->start + slot->length : slot->start;
    }
    find_end(tl);
    tl->rate = rate_of(tl);
    return tl;
}

/* A time moved, within the sound. */
static vb_time held(const struct vb_timeline *tl, vb_time at)
{
    at = at > 0 ? at : 0;
    return tl->duration != VB_NO_TIME && at > tl->duration ? tl->duration : at;
}

struct vb_timeline *vb_timeline_moved(const struct vb_timeline *from, vb_time by)
{
    struct vb_timeline *tl = begin(from->transcript, from->duration);
    hold_each(tl);
    for (uint32_t i = 0; i < tl->count; i++) {
        struct slot slot = slot_of(from, i);
        vb_time start = held(tl, slot.start + by);
        slot.length = (uint32_t)(held(tl, slot.start + slot.length + by) - start);
        slot.start = start;
        tl->slots[i] = slot;
    }
    find_end(tl);
    tl->fit = from->fit;
    tl->is_heard = from->is_heard;
    tl->rate = rate_of(tl);
    return tl;
}

void vb_timeline_free(struct vb_timeline *tl)
{
    if (!tl)
        return;
    laid_free(&tl->laid);
    vb_transcript_unref(tl->transcript);
    free(tl->slots);
    free(tl->unused.items);
    free(tl);
}

/* ---- asking ---- */

/* The last word that starts at or before `at`, in [low, high). */
static uint32_t last_begun(const struct vb_timeline *tl, vb_time at, uint32_t low,
                           uint32_t high)
{
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (slot_of(tl, middle).start <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

uint32_t vb_timeline_word_at(const struct vb_timeline *tl, vb_time at, uint32_t hint)
{
    /* A word stays current through the pause behind it; at the text's end for a breath. */
    const vb_time breath = VB_SECOND;
    if (tl->count == 0 || at < slot_of(tl, 0).start || at > tl->text_end + breath)
        return VB_NONE;
    bool near = hint < tl->count && slot_of(tl, hint).start <= at;
    uint32_t low = near ? hint : 0;
    uint32_t high = near && hint + 64 < tl->count && slot_of(tl, hint + 64).start > at
                        ? hint + 64
                        : tl->count;
    uint32_t word = last_begun(tl, at, low, high);
    while (word > 0 && vb_word_marks(tl->transcript, word) & VB_UNSPOKEN)
        word--;
    return vb_word_marks(tl->transcript, word) & VB_UNSPOKEN ? VB_NONE : word;
}

uint32_t vb_timeline_count(const struct vb_timeline *tl)
{
    return tl->count;
}

vb_time vb_timeline_start(const struct vb_timeline *tl, uint32_t word)
{
    assert(word < tl->count);
    return slot_of(tl, word).start;
}

vb_time vb_timeline_end(const struct vb_timeline *tl, uint32_t word)
{
    assert(word < tl->count);
    struct slot slot = slot_of(tl, word);
    return slot.start + slot.length;
}

enum vb_origin vb_timeline_origin(const struct vb_timeline *tl, uint32_t word)
{
    assert(word < tl->count);
    return (enum vb_origin)(tl->slots ? tl->slots[word].origin : laid_origin(&tl->laid, word));
}

float vb_timeline_confidence(const struct vb_timeline *tl, uint32_t word)
{
    assert(word < tl->count);
    uint8_t sure = tl->slots ? tl->slots[word].confidence : 0;
    if (!sure && tl->transcript->sure)
        sure = tl->transcript->sure[word];
    return ((float)sure - 1) / 100;
}

bool vb_timeline_is_heard(const struct vb_timeline *tl)
{
    return tl->is_heard;
}

vb_time vb_timeline_text_end(const struct vb_timeline *tl)
{
    return tl->text_end;
}

enum vb_fit vb_timeline_fit(const struct vb_timeline *tl)
{
    return tl->fit;
}

double vb_timeline_rate(const struct vb_timeline *tl)
{
    return tl->rate;
}

const struct vb_unused_marker *vb_timeline_unused(const struct vb_timeline *tl, size_t *count)
{
    *count = tl->unused.count;
    return tl->unused.items;
}
