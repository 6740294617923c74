/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in the text the matches lie.
 *
 * A few thousand matches are placed one by one; of more, each few pixels of the room are asked
 * whether a match lies there, so that a letter found a million times costs no more. */
#include "view/ticks.h"

#include <stdlib.h>
#include <string.h>

#include "view/widgets.h"

enum { ONE_BY_ONE = 4096, STEP = 3 };

/* Are the places the ones for this search and room? Remembers that they will be. */
static bool is_kept(struct ticks *t, const struct ticks_key *key)
{
    if (t->made && !memcmp(&t->key, key, sizeof *key))
        return true;
    t->made = true;
    t->key = *key;
    t->at.count = 0;
    return false;
}

/* In reading order; what falls on the same place is one. */
static void add(struct ticks *t, int at)
{
    if (!t->at.count || t->at.items[t->at.count - 1] != at)
        vec_push(&t->at, at);
}

/* ---- the scroll track ---- */

static int y_of_word(const struct screen *on, struct rect track, uint32_t word)
{
    int64_t y = layout_word_y(on->layout, word) + on->layout->style.line / 2;
    return track.y + (int)(y * track.h / (on->layout->height ? on->layout->height : 1));
}

static void add_to_track(struct screen *on, int y, uint32_t word)
{
    size_t before = on->track_ticks.at.count;
    add(&on->track_ticks, y);
    if (on->track_ticks.at.count > before)
        track_add(&on->track, TICK_MATCH, word, word);
}

static void place_by_rows(struct screen *on, struct rect track)
{
    const struct vb_find *find = on->session->search.find;
    size_t before = 0;
    for (int row = STEP; row <= track.h; row += STEP) {
        int64_t y = (int64_t)row * on->layout->height / (track.h ? track.h : 1);
        uint32_t word = layout_word_at(on->layout, 0, (int)y, LAYOUT_ANY);
        size_t reached = word == VB_NONE ? before : vb_find_from(find, word);
        if (reached > before)
            add_to_track(on, track.y + row, vb_find_match(find, reached - 1).first);
        before = reached;
    }
}

static void keep_bookmarks(struct screen *on)
{
    size_t count;
    const struct store_mark *marks = bookmarks_list(on->session, &count);
    if (!on->session->store)
        return;
    track_clear(&on->track, TICK_BOOKMARK);
    for (size_t i = 0; i < count; i++)
        track_add(&on->track, TICK_BOOKMARK, marks[i].word, marks[i].word);
}

void ticks_keep_track(struct screen *on, struct rect track)
{
    const struct session *s = on->session;
    keep_bookmarks(on);
    struct ticks_key key;
    memset(&key, 0, sizeof key); /* compared byte by byte */
    key.generation = s->search.generation;
    key.revision = s->revision;
    key.at = track;
    key.whole = on->layout->height;
    if (!key.generation || is_kept(&on->track_ticks, &key))
        return;
    size_t count = search_count(s);
    track_clear(&on->track, TICK_MATCH);
    if (count > ONE_BY_ONE)
        place_by_rows(on, track);
    for (size_t i = 0; i < count && count <= ONE_BY_ONE; i++) {
        uint32_t word = search_match(s, i).first;
        add_to_track(on, y_of_word(on, track, word), word);
    }
}

void ticks_draw_here(struct screen *on, struct rect track)
{
    const struct session *s = on->session;
    if (!search_count(s) || s->search.here == SEARCH_NOWHERE)
        return;
    int here = y_of_word(on, track, search_match(s, s->search.here).first);
    draw_rect(
        &on->list,
        (struct rect){track.x - px(on, 2), here - px(on, 1), track.w + px(on, 4), px(on, 4)},
        token(on, MATCH_LINE));
}

void ticks_free(struct screen *on)
{
    free(on->track_ticks.at.items);
}
