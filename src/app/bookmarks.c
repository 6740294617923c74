/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bookmarks with notes. */
#include "app/bookmarks.h"

#include <string.h>

#include "app/keymap.h"
#include "app/memory.h"
#include "app/session.h"
#include "base/i18n.h"
#include "base/str.h"

void bookmarks_free(struct session *s)
{
    store_marks_free(&s->bookmarks.list);
    s->bookmarks = (struct bookmarks){0};
}

const struct store_mark *bookmarks_list(const struct session *s, size_t *count)
{
    *count = s->bookmarks.list.count;
    return s->bookmarks.list.items;
}

vb_time bookmarks_time(const struct session *s, const struct store_mark *mark)
{
    bool has_word = s->timeline && s->transcript && mark->word < vb_word_count(s->transcript);
    return has_word ? vb_timeline_start(s->timeline, mark->word) : mark->time;
}

static void load(struct session *s)
{
    struct bookmarks *b = &s->bookmarks;
    store_marks_free(&b->list);
    b->list = (struct store_marks){0};
    b->pair = *memory_pair(s);
    b->loaded = true;
    b->marked = false;
    if (b->pair.sound.hex[0] || b->pair.text.hex[0])
        b->list = store_marks(s->store, &b->pair, STORE_BOOKMARK);
}

/* ---- which word ---- */

/* VB_NONE: there is no text, the time alone is meant. */
static uint32_t word_meant(const struct session *s)
{
    struct selected words;
    if (s->menu_word != VB_NONE)
        return s->menu_word;
    return selection_or_turn(s, &words) && selection_is(s) ? words.first : selection_reader(s);
}

static const struct store_mark *mark_at(const struct session *s, uint32_t word)
{
    for (size_t i = 0; i < s->bookmarks.list.count; i++) {
        const struct store_mark *mark = &s->bookmarks.list.items[i];
        vb_time away = mark->time - s->now.position;
        if (word != VB_NONE ? mark->word == word
                            : mark->word == VB_NONE && away > -VB_SECOND && away < VB_SECOND)
            return mark;
    }
    return NULL;
}

static const struct store_mark *mark_of_id(const struct session *s, int64_t id)
{
    for (size_t i = 0; i < s->bookmarks.list.count; i++)
        if (s->bookmarks.list.items[i].id == id)
            return &s->bookmarks.list.items[i];
    return NULL;
}

/* ---- what the user does ---- */

static bool can_keep(struct session *s)
{
    if (s->store && (s->transcript || s->player))
        return true;
    session_say(s, MESSAGE_INFO, "%s", _("there is nothing open to set a bookmark in"));
    return false;
}

void bookmarks_set(struct session *s)
{
    if (!can_keep(s))
        return;
    uint32_t word = word_meant(s);
    const struct store_mark *there = mark_at(s, word);
    if (there) {
        s->bookmarks.asked = there->id;
    } else {
        struct store_mark mark = {
            .kind = STORE_BOOKMARK, .word = word, .count = word != VB_NONE};
        mark.time = word != VB_NONE && s->timeline ? vb_timeline_start(s->timeline, word)
                                                   : s->now.position;
        s->bookmarks.asked = store_put_mark(s->store, memory_pair(s), &mark);
        load(s);
    }
    session_ask(s, ASK_NOTE);
}

void bookmarks_drop(struct session *s)
{
    if (!can_keep(s))
        return;
    const struct store_mark *there = mark_at(s, word_meant(s));
    if (!there) {
        session_say(s, MESSAGE_INFO, "%s", _("there is no bookmark here"));
        return;
    }
    store_drop_mark(s->store, there->id);
    load(s);
    session_say(s, MESSAGE_INFO, "%s", _("the bookmark was taken away"));
}

void bookmarks_step(struct session *s, int by)
{
    const struct store_mark *best = NULL;
    vb_time best_at = 0;
    for (size_t i = 0; i < s->bookmarks.list.count; i++) {
        vb_time at = bookmarks_time(s, &s->bookmarks.list.items[i]);
        vb_time away = by > 0 ? at - s->now.position : s->now.position - at;
        if (away > VB_SECOND / 2 && (!best || (by > 0 ? at < best_at : at > best_at))) {
            best = &s->bookmarks.list.items[i];
            best_at = at;
        }
    }
    if (best)
        session_seek(s, best_at);
    else
        session_say(s, MESSAGE_INFO, "%s", _("there is no bookmark in that direction"));
}

void bookmarks_offer(const struct session *s, struct buf *out)
{
    const struct store_mark *mark = mark_of_id(s, s->bookmarks.asked);
    if (mark)
        buf_add(out, buf_str(&mark->note));
}

bool bookmarks_answer(struct session *s, vb_str note, struct buf *why)
{
    const struct store_mark *mark = mark_of_id(s, s->bookmarks.asked);
    (void)why;
    if (!mark)
        return true;
    struct store_mark changed = *mark;
    changed.note = (struct buf){0};
    buf_add(&changed.note, str_trim(note));
    store_put_mark(s->store, memory_pair(s), &changed);
    buf_free(&changed.note);
    load(s);
    return true;
}

/* ---- each frame ---- */

static void put_on_bar(struct session *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->marks.count; i++)
        if (s->marks.items[i].kind != MARK_BOOKMARK)
            s->marks.items[kept++] = s->marks.items[i];
    s->marks.count = kept;
    for (size_t i = 0; i < s->bookmarks.list.count; i++) {
        vb_time at = bookmarks_time(s, &s->bookmarks.list.items[i]);
        if (at != VB_NO_TIME)
            vec_push(&s->marks, (struct sound_mark){at, MARK_BOOKMARK});
    }
    s->bookmarks.marked = true;
    s->bookmarks.marked_revision = s->revision;
}

void bookmarks_update(struct session *s)
{
    struct bookmarks *b = &s->bookmarks;
    if (!s->store)
        return;
    if (!b->loaded || memcmp(&b->pair, &s->memory.pair, sizeof b->pair))
        load(s);
    if (!b->marked || b->marked_revision != s->revision)
        put_on_bar(s);
}
