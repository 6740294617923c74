/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Heard now".  Lists of pins are short: a step of undo is the whole list as it was. */
#include "app/pins.h"

#include <stdlib.h>
#include <string.h>

#include "app/actions.h"
#include "app/marker.h"
#include "app/memory.h"
#include "app/times.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "format/timecode.h"

#define DOUBTED_FROM VB_SECOND        /* an aligned word is off: its neighbours may be, too */
#define DOUBTED      (20 * VB_SECOND) /* around it */

typedef VEC(struct store_mark) pin_list; /* in reading order; times rise, too */

struct pins {
    VEC(pin_list) steps; /* steps[at] is what holds; those behind can be had again */
    size_t at;
};

static pin_list *list_now(const struct session *s)
{
    return s->pins && s->pins->steps.count ? &s->pins->steps.items[s->pins->at] : NULL;
}

const struct store_mark *pins_all(const struct session *s, size_t *count)
{
    const pin_list *list = list_now(s);
    *count = list ? list->count : 0;
    return list ? list->items : NULL;
}

bool pins_are_there(const struct session *s)
{
    const pin_list *list = list_now(s);
    return list && list->count > 0;
}

struct vb_pin *pins_list(const struct session *s, size_t *count)
{
    const struct store_mark *all = pins_all(s, count);
    struct vb_pin *pins = mem_new((*count + 1) * sizeof *pins);
    for (size_t i = 0; i < *count; i++)
        pins[i] = (struct vb_pin){all[i].word, all[i].time};
    return pins;
}

struct vb_timeline *pins_applied(const struct session *s, const struct vb_timeline *base)
{
    size_t count;
    struct vb_pin *pins = pins_list(s, &count);
    struct vb_timeline *timeline =
        count ? vb_timeline_pinned(base, s->transcript, s->now.duration, pins, count) : NULL;
    free(pins);
    return timeline;
}

/* ---- steps ---- */

static bool has_id(const pin_list *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].id == id)
            return true;
    return false;
}

static void store_change(struct session *s, const pin_list *before, pin_list *now)
{
    for (size_t i = 0; i < before->count; i++)
        if (!has_id(now, before->items[i].id))
            store_drop_mark(s->store, before->items[i].id);
    for (size_t i = 0; i < now->count; i++)
        if (!now->items[i].id || !has_id(before, now->items[i].id))
            now->items[i].id = store_put_mark(s->store, memory_pair(s), &now->items[i]);
}

/* Takes the list: it is what holds now. */
static void step_to(struct session *s, pin_list list)
{
    struct pins *p = s->pins;
    while (p->steps.count > p->at + 1)
        free(p->steps.items[--p->steps.count].items);
    store_change(s, &p->steps.items[p->at], &list);
    vec_push(&p->steps, list);
    p->at++;
    session_spread(s);
}

static void move_step(struct session *s, int by, const char *nothing)
{
    struct pins *p = s->pins;
    if (!p || (by < 0 ? p->at == 0 : p->at + 1 >= p->steps.count)) {
        session_say(s, MESSAGE_INFO, "%s", nothing);
        return;
    }
    store_change(s, &p->steps.items[p->at], &p->steps.items[p->at + (size_t)by]);
    p->at += (size_t)by;
    session_spread(s);
}

void pins_undo(struct session *s)
{
    move_step(s, -1, _("no pin to take back"));
}

void pins_redo(struct session *s)
{
    move_step(s, 1, _("no pin to set again"));
}

/* ---- setting ---- */

/* Can both hold? */
static bool agree(const struct store_mark *a, uint32_t word, vb_time at)
{
    return a->word < word ? a->time < at : a->word > word && a->time > at;
}

static pin_list with_pin(const pin_list *old, uint32_t word, vb_time at, size_t *gone)
{
    pin_list list = {0};
    bool put = false;
    struct store_mark pin = {.kind = STORE_PIN, .word = word, .count = 1, .time = at};
    *gone = 0;
    for (size_t i = 0; i < old->count; i++) {
        const struct store_mark *mark = &old->items[i];
        if (!put && mark->word >= word) {
            vec_push(&list, pin);
            put = true;
        }
        if (agree(mark, word, at))
            vec_push(&list, *mark);
        else
            *gone += mark->word != word;
    }
    if (!put)
        vec_push(&list, pin);
    return list;
}

static void say_pinned(struct session *s, uint32_t word, vb_time at, size_t gone)
{
    struct buf time = {0}, keys = {0};
    vb_str text = vb_word_text(s->transcript, word);
    time_put(&time, at);
    keys_show(action_named(VB_STR("undo-pin"))->keys, &keys);
    if (gone)
        session_say(
            s, MESSAGE_INFO,
            P_("“%.*s” is heard at %s; %zu pin that said otherwise is gone · %s takes "
               "it back",
               "“%.*s” is heard at %s; %zu pins that said otherwise are gone · %s takes "
               "it back",
               gone),
            (int)text.len, text.data, time.data, gone, keys.data);
    else
        session_say(s, MESSAGE_INFO, _("“%.*s” is heard at %s · %s takes it back"),
                    (int)text.len, text.data, time.data, keys.data);
    buf_free(&time);
    buf_free(&keys);
}

/* What was found in the sound and is off by more than a second is to be found again. */
static void doubt_around(struct session *s, uint32_t word, vb_time at)
{
    const struct vb_timeline *tl = s->timeline;
    vb_time off = vb_timeline_start(tl, word) - at;
    uint32_t first = word, last = word;
    if (vb_timeline_origin(tl, word) != VB_ALIGNED || llabs(off) < DOUBTED_FROM)
        return;
    while (first > 0 && vb_timeline_start(tl, first - 1) > at - DOUBTED - llabs(off))
        first--;
    while (last + 1 < vb_timeline_count(tl) &&
           vb_timeline_start(tl, last + 1) < at + DOUBTED + llabs(off))
        last++;
    times_doubt(s, first, last - first + 1);
}

void pins_word(struct session *s, uint32_t word)
{
    if (!s->player || !s->timeline || !s->pins || word >= vb_word_count(s->transcript)) {
        session_say(s, MESSAGE_INFO, "%s",
                    _("a word is pinned to a recording: open both, and play"));
        return;
    }
    size_t gone;
    vb_time at = s->now.position;
    doubt_around(s, word, at);
    step_to(s, with_pin(list_now(s), word, at, &gone));
    say_pinned(s, word, at, gone);
}

void pins_here(struct session *s)
{
    if (s->menu_word != VB_NONE)
        pins_word(s, s->menu_word);
    else if (s->word == VB_NONE && s->player && s->transcript)
        session_say(s, MESSAGE_INFO, "%s", _("no word is being heard here"));
    else
        pins_word(s, s->word);
}

/* ---- taking away ---- */

/* The place in the list; its count: there is none. */
static size_t find_pin(const struct session *s, uint32_t word)
{
    const pin_list *list = list_now(s);
    uint32_t wanted = word == VB_NONE ? s->word : word;
    size_t found = list->count;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].word == wanted)
            return i;
        else if (word == VB_NONE && list->items[i].time <= s->now.position)
            found = i;
    return found;
}

void pins_remove(struct session *s, uint32_t word)
{
    const pin_list *list = list_now(s);
    size_t which = list ? find_pin(s, word) : 0;
    if (!list || which == list->count) {
        session_say(s, MESSAGE_INFO, "%s", _("there is no pin here"));
        return;
    }
    pin_list rest = {0};
    for (size_t i = 0; i < list->count; i++)
        if (i != which)
            vec_push(&rest, list->items[i]);
    step_to(s, rest);
}

/* ---- into the page ---- */

void pins_write(struct session *s, uint32_t word)
{
    const pin_list *list = list_now(s);
    size_t which = list ? find_pin(s, word) : 0;
    struct vb_error error = {0};
    if (!list || which == list->count) {
        session_say(s, MESSAGE_INFO, "%s", _("there is no pin here"));
        return;
    }
    struct store_mark pin = list->items[which];
    struct buf time = {0};
    time_put(&time, pin.time);
    if (marker_write(s, pin.word, pin.time, &error))
        session_say(s, MESSAGE_INFO, _("the marker %s was written into the page"), time.data);
    else
        session_say(s, MESSAGE_WARNING, "%s", error.text);
    buf_free(&time);
}

/* ---- parts of the session ---- */

void pins_opened(struct session *s)
{
    pins_forget(s);
    pin_list list = {0};
    struct store_marks marks = store_marks(s->store, memory_pair(s), STORE_PIN);
    for (size_t i = 0; i < marks.count; i++) {
        struct store_mark mark = marks.items[i];
        const struct store_mark *last = list.count ? &list.items[list.count - 1] : NULL;
        mark.note = (struct buf){0};
        if (s->transcript && mark.word < vb_word_count(s->transcript) && mark.time >= 0 &&
            (!last || (mark.word > last->word && mark.time > last->time)))
            vec_push(&list, mark);
    }
    store_marks_free(&marks);
    s->pins = mem_new(sizeof *s->pins);
    vec_push(&s->pins->steps, list);
}

/* Where each of the old words stands now; VB_NONE: it is gone. */
static uint32_t *places_of(const struct vb_transcript *before, const struct vb_transcript *now)
{
    uint32_t count = vb_word_count(before), *places = mem_new((count + 1) * sizeof *places);
    uint32_t *from = vb_words_before(before, now);
    memset(places, 0xFF, (count + 1) * sizeof *places);
    for (uint32_t i = 0; i < vb_word_count(now); i++)
        if (from[i] != VB_NONE)
            places[from[i]] = i;
    free(from);
    return places;
}

void pins_follow(struct session *s, const struct vb_transcript *before)
{
    if (!before || !s->transcript || !s->pins)
        return;
    bool any = false;
    for (size_t i = 0; i < s->pins->steps.count; i++)
        any = any || s->pins->steps.items[i].count;
    if (!any)
        return;
    uint32_t *places = places_of(before, s->transcript);
    for (size_t i = 0; i < s->pins->steps.count; i++) {
        pin_list *list = &s->pins->steps.items[i];
        size_t kept = 0;
        for (size_t k = 0; k < list->count; k++) {
            uint32_t word = list->items[k].word;
            uint32_t now = word < vb_word_count(before) ? places[word] : VB_NONE;
            if (now == VB_NONE)
                continue;
            list->items[kept] = list->items[k];
            list->items[kept++].word = now;
        }
        list->count = kept;
    }
    free(places);
}

void pins_forget(struct session *s)
{
    if (!s->pins)
        return;
    for (size_t i = 0; i < s->pins->steps.count; i++)
        free(s->pins->steps.items[i].items);
    free(s->pins->steps.items);
    free(s->pins);
    s->pins = NULL;
}
