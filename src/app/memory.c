/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the session remembers. */
#include "app/memory.h"

#include <stdlib.h>
#include <string.h>

#include "app/actions.h"
#include "app/editing.h"
#include "app/keymap.h"
#include "app/listening.h"
#include "app/relire.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/timecode.h"

#define KEEP_EVERY   (5 * VB_SECOND) /* of the clock, while something plays */
#define BEGINNING    (3 * VB_SECOND) /* who left before this begins anew */
#define NEAR_THE_END (5 * VB_SECOND) /* who left after this has heard it all */
#define JUMPED                                                                                 \
    (VB_SECOND / 2) /* more than the clock allows: nobody heard what lies between              \
                     */

void memory_begin(struct session *s, struct store *store)
{
    s->store = store;
    recents_from_store(s);
}

/* ---- which files ---- */

static struct store_key text_key(const struct session *s)
{
    struct store_key key = {""};
    char *bytes;
    size_t len;
    if (!s->document)
        return key;
    vb_document_bytes(s->document, &bytes, &len);
    content_key_of_text((vb_str){bytes, len}, key.hex);
    free(bytes);
    return key;
}

const struct store_pair *memory_pair(struct session *s)
{
    struct memory *m = &s->memory;
    if (!s->transcript || m->edits == s->edits)
        return &m->pair;
    struct store_key now = text_key(s);
    store_saved(s->store, &m->pair.text, &now, s->transcript);
    m->pair.text = now;
    m->edits = s->edits;
    return &m->pair;
}

/* ---- labels that a person has judged ---- */

void memory_put_label(struct session *s, vb_str label, bool is_speaker)
{
    if (s->store)
        store_put_label(s->store, &memory_pair(s)->text, label,
                        is_speaker ? STORE_SPEAKER : STORE_TEXT);
}

/* The first that was judged once, and is not taken so now; each one judged lets the page be
 * read anew. */
static bool recall_label(struct session *s)
{
    size_t count;
    const struct vb_doubtful_label *labels = vb_doubtful_labels(s->transcript, &count);
    for (size_t i = 0; i < count; i++) {
        if (labels[i].is_told)
            continue;
        enum store_label said = store_label(s->store, &s->memory.pair.text, labels[i].label);
        if (said == STORE_UNDECIDED)
            continue;
        char *label = strndup(labels[i].label.data, labels[i].label.len);
        bool judged = session_judged(s, str_of(label), said == STORE_SPEAKER, NULL);
        free(label);
        return judged;
    }
    return false;
}

static void recall_labels(struct session *s)
{
    enum { MOST = 200 };
    int recalled = 0;
    while (recalled < MOST && recall_label(s))
        recalled++;
    if (recalled)
        session_spread(s);
}

static void find_pair(struct session *s)
{
    struct memory *m = &s->memory;
    m->pair = (struct store_pair){.text = text_key(s)};
    m->edits = s->edits;
    memcpy(m->pair.sound.hex, s->sound_key, sizeof s->sound_key);
    if (!s->transcript)
        return;
    recall_labels(s);
    bool rewritten =
        store_was_open(s->store, vb_document_path(s->document)) && !session_changed(s);
    store_meet(s->store, &m->pair, s->transcript, rewritten);
    recall_labels(s); /* an earlier form of the text may have brought some */
}

static bool has_pair(const struct session *s)
{
    return s->memory.pair.sound.hex[0] || s->memory.pair.text.hex[0];
}

/* ---- the place ---- */

static void put_place(struct session *s)
{
    if (!has_pair(s))
        return;
    const struct store_place place = {
        .position = s->now.position,
        .top_word = s->reading.top_word,
        .top_lines = s->reading.top_lines,
        .selected_first = s->selection.anchor,
        .selected_last = s->selection.head,
        .zoom = s->settings.zoom,
        .speed = s->settings.speed,
        .offset = s->offset,
    };
    store_put_place(s->store, memory_pair(s), &place);
    s->memory.place_due = s->clock + KEEP_EVERY;
}

static void say_resumed(struct session *s, vb_time position)
{
    struct buf time = {0}, keys = {0};
    const char *back = keymap_keys(action_named(VB_STR("undo-jump")));
    time_put(&time, position);
    keys_show(back, &keys);
    session_say(s, MESSAGE_INFO, _("resumed at %s · %s for the beginning"), time.data,
                keys.data);
    buf_free(&time);
    buf_free(&keys);
}

/* A jump from the beginning, so that it can be undone like any other. */
static void resume(struct session *s, vb_time position)
{
    bool over = s->now.duration != VB_NO_TIME && position > s->now.duration - NEAR_THE_END;
    if (position < BEGINNING || over)
        return;
    session_seek(s, position);
    say_resumed(s, position);
}

static void restore(struct session *s, const struct store_place *place, bool sound_is_new)
{
    if (place->zoom && !s->keeps_zoom)
        session_set_zoom(s, place->zoom);
    if (sound_is_new && place->speed)
        session_set_speed(s, place->speed);
    if (s->transcript && place->offset)
        session_set_offset(s, place->offset);
    if (sound_is_new && s->player && !s->begins_elsewhere)
        resume(s, place->position);
    bool word_is_there = s->transcript && place->top_word < vb_word_count(s->transcript);
    if (!word_is_there || s->begins_elsewhere)
        return;
    selection_set(s, place->selected_first, place->selected_last);
    s->reading.top_word = place->top_word;
    s->reading.top_lines = place->top_lines;
    s->scroll = SCROLL_PLACE;
}

/* ---- what was really heard ---- */

static void put_heard(struct session *s)
{
    struct memory *m = &s->memory;
    if (m->listening && m->pair.sound.hex[0])
        store_put_heard(s->store, &m->pair.sound, m->heard_from, m->heard_until,
                        m->heard_speed);
    m->heard_from = m->heard_until;
    m->heard_due = s->clock + KEEP_EVERY;
}

/* The position went on as the clock did: what lies between was heard. */
static bool went_on(const struct session *s)
{
    const struct memory *m = &s->memory;
    vb_time moved = s->now.position - m->heard_until;
    vb_time could = (vb_time)((double)(s->clock - m->heard_clock) * m->heard_speed / 100);
    return moved >= 0 && moved <= could + JUMPED;
}

static void listen(struct session *s)
{
    struct memory *m = &s->memory;
    bool plays = s->now.phase == VB_PLAYING && !s->now.seeking && !s->now.silent;
    int speed = (int)((double)s->now.speed * 100 + 0.5);
    bool same = m->listening && plays && speed == m->heard_speed && went_on(s);
    if (m->listening && went_on(s) && !s->now.seeking) {
        relire_heard_now(s, m->heard_until, s->now.position, m->heard_speed);
        m->heard_until = s->now.position;
    }
    if (m->listening && (!same || s->clock >= m->heard_due))
        put_heard(s);
    if (!same)
        m->heard_from = m->heard_until = s->now.position;
    m->listening = plays;
    m->heard_speed = speed;
    m->heard_clock = s->clock;
}

/* ---- parts of opening, and of the session's frame ---- */

void memory_opened(struct session *s, bool sound_is_new)
{
    struct store_place place;
    find_pair(s);
    const char *text = s->document ? vb_document_path(s->document) : NULL;
    store_put_recent(s->store, s->sound_path, text,
                     s->transcript ? vb_title(s->transcript) : VB_STR(""));
    if (store_place(s->store, &s->memory.pair, &place))
        restore(s, &place, sound_is_new);
}

void memory_opened_part(struct session *s, bool sound_is_new)
{
    struct memory *m = &s->memory;
    m->pair = (struct store_pair){0};
    m->edits = s->edits;
    m->sound_is_new = sound_is_new;
    m->begins_elsewhere = s->begins_elsewhere;
    m->keeps_zoom = s->keeps_zoom;
}

void memory_leave(struct session *s)
{
    if (!s->store)
        return;
    put_heard(s);
    put_place(s);
    s->memory.listening = false;
}

void memory_update(struct session *s)
{
    struct vb_error error = {0};
    if (!s->store)
        return;
    bool played = s->memory.listening;
    listen(s);
    bool stopped = played && s->now.phase != VB_PLAYING;
    if (stopped || (s->now.phase == VB_PLAYING && s->clock >= s->memory.place_due))
        put_place(s);
    if (store_trouble(s->store, &error))
        session_say(s, MESSAGE_WARNING, "%s", error.text);
}

void memory_end(struct session *s)
{
    recents_forget(s);
    store_close(s->store);
    s->store = NULL;
}
