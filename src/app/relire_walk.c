/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking the doubts: go there, hear it, answer it. */
#include <stdlib.h>

#include "app/relire_parts.h"
#include "base/i18n.h"
#include "base/str.h"

#define LEAD    (2 * VB_SECOND) /* is heard before a doubt */
#define TRAIL   VB_SECOND       /* … and after it */
#define DRIFTED (6 * VB_SECOND) /* played on beyond it: it is no longer what is meant */

enum { SLOWER = 70 /* percent */, LOOP_STEP = 4, LOOP_MOST = 12 };

/* ---- the list ---- */

size_t relire_count(const struct session *s)
{
    return s->relire ? s->relire->order.count : 0;
}

const struct doubt *relire_doubt(const struct session *s, size_t i)
{
    return &s->relire->rows.items[s->relire->order.items[i]];
}

size_t relire_open(const struct session *s)
{
    size_t open = 0;
    for (size_t i = 0; s->relire && i < s->relire->rows.count; i++)
        open += !s->relire->rows.items[i].right;
    return open;
}

static size_t place_in_list(const struct relire *r, size_t row)
{
    for (size_t i = 0; row != DOUBT_NOWHERE && i < r->order.count; i++)
        if (r->order.items[i] == row)
            return i;
    return DOUBT_NOWHERE;
}

size_t relire_here(const struct session *s)
{
    return s->relire ? place_in_list(s->relire, s->relire->here) : DOUBT_NOWHERE;
}

bool relire_by_rank(const struct session *s)
{
    return s->relire && s->relire->by_rank;
}

void relire_order(struct session *s, bool by_rank)
{
    relire_of(s)->by_rank = by_rank;
    list_sort(s->relire);
}

size_t relire_from(const struct session *s, uint32_t word)
{
    const struct relire *r = s->relire;
    size_t low = 0, high = r ? r->rows.count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        uint32_t first = r->rows.items[middle].first;
        if (first == VB_NONE || first < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct doubt *relire_placed(const struct session *s, size_t i)
{
    return s->relire && i < s->relire->rows.count ? &s->relire->rows.items[i] : NULL;
}

bool relire_is_here(const struct session *s, const struct doubt *d)
{
    const struct relire *r = s->relire;
    return r->here < r->rows.count && d == &r->rows.items[r->here];
}

vb_time relire_time(const struct session *s, const struct doubt *d)
{
    if (d->from != VB_NO_TIME)
        return d->from;
    if (d->first == VB_NONE || !s->timeline || d->first >= vb_timeline_count(s->timeline))
        return VB_NO_TIME;
    return vb_timeline_start(s->timeline, d->first);
}

static vb_time end_of(const struct session *s, const struct doubt *d)
{
    return d->until != VB_NO_TIME ? d->until
                                  : vb_timeline_end(s->timeline, d->first + d->count - 1);
}

/* ---- playing ---- */

/* Not a jump that is to be undone: there would be one for each press of the key. */
static void play_between(struct session *s, vb_time from, vb_time until, int percent)
{
    from = from < 0 ? 0 : from;
    session_drag(s, from);
    vb_player_play_span(s->player, from, until, false);
    s->relire->slowed = percent != 100;
    s->relire->slowed_jumps = s->jumps_made;
    vb_player_set_speed(s->player, (float)s->settings.speed * (float)percent / 10000);
}

static void play_doubt(struct session *s, const struct doubt *d, int percent)
{
    vb_time at = relire_time(s, d);
    if (at == VB_NO_TIME)
        session_pause(s); /* of the page as a whole: there is nothing to hear */
    else if (s->player)
        play_between(s, at - LEAD, end_of(s, d) + TRAIL, percent);
    if (d->first != VB_NONE)
        session_show_word(s, d->first);
}

static void go_to_row(struct session *s, size_t row)
{
    struct relire *r = s->relire;
    r->here = row;
    r->here_jumps = s->jumps_made;
    r->generation++;
    play_doubt(s, &r->rows.items[row], 100);
}

void relire_go(struct session *s, size_t i)
{
    if (i < relire_count(s))
        go_to_row(s, s->relire->order.items[i]);
}

/* Without a doubt at hand the walk goes on from what is heard. */
static size_t place_of_reader(const struct session *s, int by)
{
    const struct relire *r = s->relire;
    uint32_t word = selection_reader(s);
    if (r->by_rank || word == VB_NONE)
        return by > 0 ? r->order.count - 1 : 0;
    size_t next = relire_from(s, word);
    return by > 0 ? (next + r->order.count - 1) % r->order.count : next % r->order.count;
}

void relire_step(struct session *s, int by)
{
    struct relire *r = relire_of(s);
    size_t count = r->order.count, at = relire_here(s);
    if (!relire_open(s)) {
        session_say(s, MESSAGE_INFO, "%s",
                    relire_works(s) ? _("the page is still being looked through")
                    : count         ? _("every doubt is answered")
                                    : _("nothing in this page is doubtful"));
        return;
    }
    if (at == DOUBT_NOWHERE)
        at = place_of_reader(s, by);
    for (size_t step = 1; step <= count; step++) {
        size_t i = (at + (by > 0 ? step : count - step)) % count;
        if (relire_doubt(s, i)->right)
            continue;
        relire_go(s, i);
        return;
    }
}

/* ---- answering ---- */

static bool is_on(struct session *s)
{
    if (relire_is_on(s))
        return true;
    session_say(s, MESSAGE_INFO, "%s",
                _("that is for proofreading: the switch above, or the action “proofread”, "
                  "begins it"));
    return false;
}

static void answer_doubt(struct session *s)
{
    struct relire *r = s->relire;
    struct doubt *d = &r->rows.items[r->here];
    const struct store_mark *said = said_of(s, d->first, d->count, about_of(d->check));
    unsigned state = said ? said->state & (STORE_WRONG | STORE_EDITED) : 0;
    d->right = !d->right;
    said_put(s, d->first, d->count, about_of(d->check), state | (d->right ? STORE_CHECKED : 0),
             NULL);
    r->generation++;
    if (d->right && relire_open(s))
        relire_step(s, 1);
    else if (d->right)
        session_say(s, MESSAGE_INFO, "%s", _("that was the last doubt"));
}

static void answer_turn(struct session *s)
{
    uint32_t turn = s->player && s->timeline ? session_turn_at(s) : s->turn;
    if (turn == VB_NONE)
        return;
    const struct vb_turn *row = vb_turn(s->transcript, turn);
    const struct store_mark *said = said_of(s, row->first_word, row->word_count, ABOUT_TURN);
    unsigned state = said ? said->state & 0xFF : 0;
    said_put(s, row->first_word, row->word_count, ABOUT_TURN, state ^ STORE_CHECKED, NULL);
    s->relire->generation++;
    if (!(state & STORE_CHECKED) && relire_stops(s))
        session_play(s);
}

void relire_right(struct session *s)
{
    if (!is_on(s))
        return;
    if (s->relire->here < s->relire->rows.count)
        answer_doubt(s);
    else
        answer_turn(s);
}

void relire_replay(struct session *s, bool slower)
{
    int percent = slower ? SLOWER : 100;
    if (!is_on(s))
        return;
    const struct relire *r = s->relire;
    uint32_t turn = s->player && s->timeline ? session_turn_at(s) : VB_NONE;
    if (r->here < r->rows.count)
        play_doubt(s, &r->rows.items[r->here], percent);
    else if (turn != VB_NONE)
        play_between(s,
                     vb_timeline_start(s->timeline, vb_turn(s->transcript, turn)->first_word),
                     session_turn_end(s, turn), percent);
}

/* ---- notes ---- */

static void note_is_of(struct session *s, uint32_t first, uint32_t count, uint32_t about)
{
    s->relire->asked_first = first;
    s->relire->asked_count = count;
    s->relire->asked_about = about;
}

void relire_note(struct session *s)
{
    struct selected words;
    if (!is_on(s))
        return;
    const struct relire *r = s->relire;
    const struct doubt *d = relire_placed(s, r->here);
    if (d && !selection_is(s))
        note_is_of(s, d->first, d->count, about_of(d->check));
    else if (selection_or_turn(s, &words))
        note_is_of(s, words.first, words.last - words.first + 1, ABOUT_NOTE);
    else
        return;
    session_ask(s, ASK_DOUBT);
}

void relire_offer_note(const struct session *s, struct buf *out)
{
    const struct relire *r = s->relire;
    const struct store_mark *said =
        r ? said_of(s, r->asked_first, r->asked_count, r->asked_about) : NULL;
    if (said)
        buf_add(out, buf_str(&said->note));
}

bool relire_answer_note(struct session *s, vb_str note, struct buf *why)
{
    struct relire *r = s->relire;
    (void)why;
    if (!r || !s->transcript)
        return true;
    const struct store_mark *said = said_of(s, r->asked_first, r->asked_count, r->asked_about);
    note = str_trim(note);
    unsigned state = said ? said->state & (STORE_CHECKED | STORE_EDITED) : 0;
    said_put(s, r->asked_first, r->asked_count, r->asked_about,
             state | (note.len ? STORE_WRONG : 0), &note);
    list_make(s);
    return true;
}

bool relire_place(const struct session *s, uint32_t *at)
{
    const struct doubt *d = s->relire ? relire_placed(s, s->relire->here) : NULL;
    if (!d || d->first >= vb_word_count(s->transcript))
        return false;
    *at = vb_word(s->transcript, d->first).span.at;
    return true;
}

/* ---- stopping, going round ---- */

bool relire_stops(const struct session *s)
{
    return s->relire && s->relire->stops;
}

void relire_set_stops(struct session *s, bool on)
{
    relire_of(s)->stops = on;
    session_say(s, MESSAGE_INFO, "%s",
                on ? _("playing stops at the end of each turn") : _("playing goes on"));
    if (on && s->now.phase == VB_PLAYING)
        relire_plays(s);
}

bool relire_plays(struct session *s)
{
    if (!relire_is_on(s) || !s->relire->stops || !s->timeline)
        return false;
    uint32_t turn = session_turn_at(s);
    vb_time end = turn == VB_NONE ? 0 : session_turn_end(s, turn);
    if (end <= s->now.position)
        return false;
    vb_player_play_span(s->player, s->now.position, end, false);
    return true;
}

void relire_loop(struct session *s, int seconds)
{
    struct relire *r = relire_of(s);
    bool round = r->loop_seconds && r->loop_jumps == s->jumps_made;
    if (!s->player)
        return;
    if (!round)
        r->loop_until = s->now.position;
    if (!seconds)
        seconds = !round                        ? LOOP_STEP
                  : r->loop_seconds < LOOP_MOST ? r->loop_seconds + LOOP_STEP
                                                : 0;
    r->loop_seconds = seconds;
    r->loop_jumps = s->jumps_made;
    if (!seconds) {
        session_drag(s, r->loop_until);
        session_play(s);
        session_say(s, MESSAGE_INFO, "%s", _("playing goes on"));
        return;
    }
    vb_time from = r->loop_until - seconds * VB_SECOND;
    from = from < 0 ? 0 : from;
    session_drag(s, from);
    vb_player_play_span(s->player, from, r->loop_until, true);
    session_say(s, MESSAGE_INFO,
                P_("the last %d second, again and again",
                   "the last %d seconds, again and again", seconds),
                seconds);
}

/* ---- the frame ---- */

/* The user went elsewhere, or heard on: the doubt is no longer what is meant. */
static bool has_left(const struct session *s)
{
    const struct relire *r = s->relire;
    const struct doubt *d = relire_placed(s, r->here);
    if (!d || s->jumps_made != r->here_jumps)
        return true;
    vb_time at = relire_time(s, d);
    return s->player && s->now.phase == VB_PLAYING && !s->now.seeking && at != VB_NO_TIME &&
           (s->now.position > end_of(s, d) + DRIFTED || s->now.position < at - DRIFTED);
}

void walk_update(struct session *s)
{
    struct relire *r = s->relire;
    if (r->here != DOUBT_NOWHERE && has_left(s)) {
        r->here = DOUBT_NOWHERE;
        r->generation++;
    }
    bool stands = s->now.phase != VB_PLAYING && !s->now.seeking;
    if (r->slowed && (stands || r->slowed_jumps != s->jumps_made)) {
        r->slowed = false;
        session_set_speed(s, s->settings.speed);
    }
    if (r->loop_seconds && (r->loop_jumps != s->jumps_made || s->now.phase != VB_PLAYING) &&
        !s->now.seeking)
        r->loop_seconds = 0;
}
