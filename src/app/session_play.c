/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Going through the sound and playing it: where to, and the way back. */
#include <string.h>

#include "app/listening.h"
#include "app/loading.h"
#include "app/relire.h"
#include "app/remarks.h"
#include "app/session.h"

static void remember_jump(struct session *s)
{
    if (s->jump_at == JUMPS_KEPT) {
        memmove(s->jumps, s->jumps + 1, (JUMPS_KEPT - 1) * sizeof *s->jumps);
        s->jump_at--;
    }
    s->jumps[s->jump_at++] = s->now.position;
    s->jump_count = s->jump_at;
    s->jumps_made++;
}

static vb_time clamp(const struct session *s, vb_time to)
{
    if (to < 0)
        return 0;
    /* A length that is only promised may be short by hours: the player knows better, later. */
    return s->now.duration_exact && to > s->now.duration ? s->now.duration : to;
}

/* The position is the order's at once, so that a second press counts from there. */
static void go(struct session *s, vb_time to)
{
    s->now.position = clamp(s, to);
    vb_player_seek(s->player, s->now.position);
    if (s->now.phase == VB_ENDED)
        s->now.phase = VB_PAUSED;
    s->scroll = SCROLL_FOLLOW;
    s->out_of_sight = false;
}

void session_seek(struct session *s, vb_time to)
{
    if (!s->player)
        return;
    remember_jump(s);
    go(s, to);
}

void session_drag(struct session *s, vb_time to)
{
    if (s->player)
        go(s, to);
}

void session_skip(struct session *s, vb_time by)
{
    if (s->player)
        go(s, s->now.position + by);
}

void session_play_word(struct session *s, uint32_t word)
{
    if (!s->timeline || word >= vb_word_count(s->transcript))
        return;
    if (!s->player) {
        remarks_no_sound(s);
        return;
    }
    session_seek(s, vb_timeline_start(s->timeline, word));
    if (s->settings.click_plays)
        session_play(s);
}

/* Asked to play in silence: perhaps there is an output by now. */
void session_play(struct session *s)
{
    if (!s->player) {
        remarks_no_sound(s);
        return;
    }
    s->caret.resumes = false; /* what was wanted by hand stays */
    s->plays_when_loaded = loading_runs(s); /* where to begin is known when all is there */
    if (s->plays_when_loaded)
        return;
    session_output_came(s);
    if (!relire_plays(s))
        vb_player_play(s->player);
}

void session_pause(struct session *s)
{
    s->plays_when_loaded = s->caret.resumes = false;
    if (s->player)
        vb_player_pause(s->player);
}

void session_toggle(struct session *s)
{
    if (s->player)
        s->now = vb_player_now(s->player);
    if (s->now.phase == VB_PLAYING)
        session_pause(s);
    else
        session_play(s);
}

/* What a step starts from, too. */
uint32_t session_turn_at(const struct session *s)
{
    uint32_t found = VB_NONE;
    for (uint32_t turn = 0; turn < vb_turn_count(s->transcript); turn++) {
        const struct vb_turn *row = vb_turn(s->transcript, turn);
        if (row->word_count &&
            vb_timeline_start(s->timeline, row->first_word) <= s->now.position)
            found = turn;
    }
    return found;
}

/* The nearest turn with words, `by` -1 or 1 from here; VB_NONE: there is none. */
static uint32_t next_turn(const struct session *s, uint32_t turn, int by)
{
    uint32_t count = vb_turn_count(s->transcript);
    do
        turn += (uint32_t)by; /* VB_NONE + 1 is 0, and 0 - 1 is VB_NONE */
    while (turn < count && !vb_turn(s->transcript, turn)->word_count);
    return turn < count ? turn : VB_NONE;
}

/* Back goes to this turn's start first, unless that was only just passed. */
static uint32_t turn_before(const struct session *s, uint32_t turn)
{
    if (turn == VB_NONE)
        return VB_NONE;
    vb_time start = vb_timeline_start(s->timeline, vb_turn(s->transcript, turn)->first_word);
    uint32_t before = next_turn(s, turn, -1);
    return s->now.position - start > 2 * VB_SECOND || before == VB_NONE ? turn : before;
}

void session_step_turn(struct session *s, int by)
{
    if (!s->player || !s->timeline)
        return;
    uint32_t turn = session_turn_at(s);
    uint32_t to = by < 0 ? turn_before(s, turn) : next_turn(s, turn, 1);
    if (to != VB_NONE)
        session_seek(s, vb_timeline_start(s->timeline, vb_turn(s->transcript, to)->first_word));
}

void session_undo_jump(struct session *s)
{
    if (!s->player || s->jump_at == 0)
        return;
    vb_time here = s->now.position;
    go(s, s->jumps[--s->jump_at]);
    s->jumps[s->jump_at] = here; /* for the way back */
}

void session_forget_jump(struct session *s)
{
    session_undo_jump(s);
    s->jump_count = s->jump_at;
}

void session_redo_jump(struct session *s)
{
    if (!s->player || s->jump_at >= s->jump_count)
        return;
    vb_time here = s->now.position;
    go(s, s->jumps[s->jump_at]);
    s->jumps[s->jump_at++] = here;
}

void session_set_volume(struct session *s, int percent)
{
    s->settings.volume = percent < 0 ? 0 : percent > 200 ? 200 : percent;
    if (s->player)
        vb_player_set_volume(s->player, (float)s->settings.volume / 100);
}

void session_set_speed(struct session *s, int percent)
{
    s->settings.speed = percent < 50 ? 50 : percent > 300 ? 300 : percent;
    if (s->player)
        vb_player_set_speed(s->player, (float)s->settings.speed / 100);
}

/* Where the next spoken turn begins, or the text ends. */
vb_time session_turn_end(const struct session *s, uint32_t turn)
{
    for (uint32_t next = turn + 1; next < vb_turn_count(s->transcript); next++) {
        const struct vb_turn *row = vb_turn(s->transcript, next);
        if (row->word_count)
            return vb_timeline_start(s->timeline, row->first_word);
    }
    return vb_timeline_text_end(s->timeline);
}

void session_play_turn(struct session *s, bool again)
{
    uint32_t turn = s->player && s->timeline ? session_turn_at(s) : VB_NONE;
    if (turn == VB_NONE)
        return;
    vb_time start = vb_timeline_start(s->timeline, vb_turn(s->transcript, turn)->first_word);
    session_seek(s, start);
    vb_player_play_span(s->player, start, session_turn_end(s, turn), again);
}

void session_play_selection(struct session *s, bool again)
{
    struct selected words;
    vb_time from, until;
    if (!s->player || !s->timeline || !selection_get(s, &words)) {
        session_play_turn(s, again);
        return;
    }
    selection_times(s, words, &from, &until);
    session_seek(s, from);
    vb_player_play_span(s->player, from, until, again);
}

void session_show_word(struct session *s, uint32_t word)
{
    s->scroll = SCROLL_WORD;
    s->scroll_word = word;
}
