/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proof of what was heard: how much, where not, and in what state a turn is. */
#include "app/memory.h"
#include "app/place.h"
#include "app/relire_parts.h"
#include "base/i18n.h"

#define HEARD_SHARE 0.97 /* of a turn: its last breath is nobody's loss */

/* ---- what was heard ---- */

void proof_load(struct session *s)
{
    struct relire *r = s->relire;
    const struct memory *m = &s->memory;
    coverage_free(&r->heard);
    if (!s->store)
        return;
    struct store_heard_list list = store_heard(s->store, &m->pair.sound);
    for (size_t i = 0; i < list.count; i++)
        coverage_add(&r->heard, list.items[i].start, list.items[i].end, list.items[i].speed);
    store_heard_free(&list);
    if (m->listening)
        coverage_add(&r->heard, m->heard_from, m->heard_until, m->heard_speed);
}

void relire_heard_now(struct session *s, vb_time from, vb_time until, int speed)
{
    if (relire_is_on(s))
        coverage_add(&s->relire->heard, from, until, speed);
}

const struct coverage *relire_heard(const struct session *s)
{
    return &s->relire->heard;
}

static bool text_span(const struct session *s, vb_time *from, vb_time *until)
{
    if (!s->relire || !s->timeline || !s->player || !vb_timeline_count(s->timeline))
        return false;
    *from = vb_timeline_start(s->timeline, 0);
    *until = vb_timeline_text_end(s->timeline);
    return *until > *from;
}

struct relire_progress relire_progress(const struct session *s)
{
    struct relire_progress p = {0};
    struct hole hole;
    vb_time at, until;
    if (!text_span(s, &at, &until))
        return p;
    const struct coverage *heard = &s->relire->heard;
    p.heard = coverage_share(heard, at, until, &p.speed);
    p.until = until;
    for (; coverage_hole(heard, at, until, &hole); at = hole.until) {
        if (!p.holes++)
            p.until = hole.from;
    }
    return p;
}

/* From the beginning again when there is none behind what is heard. */
void relire_next_hole(struct session *s)
{
    struct hole hole;
    vb_time from, until;
    relire_of(s);
    if (!relire_is_on(s))
        relire_set(s, true);
    if (!text_span(s, &from, &until))
        return;
    vb_time here = s->now.position > from ? s->now.position : from;
    if (!coverage_hole(&s->relire->heard, here, until, &hole) &&
        !coverage_hole(&s->relire->heard, from, until, &hole)) {
        session_say(s, MESSAGE_INFO, "%s", _("all of the text was heard"));
        return;
    }
    session_seek(s, hole.from);
    session_play(s);
}

/* ---- the line for the wiki ---- */

/* "proofread up to 42’10 (82 % heard, 3 holes; 5 doubts open)" */
static void put_progress(const struct session *s, struct buf *out)
{
    struct relire_progress p = relire_progress(s);
    struct buf until = {0};
    size_t open = relire_open(s);
    int percent = (int)(p.heard * 100 + 0.5);
    place_as_page(s, p.until, &until);
    if (!p.holes)
        buf_puts(out, _("proofread from beginning to end"));
    else
        buf_printf(out, _("proofread up to %s"), until.data);
    if (p.holes) {
        buf_printf(out, _(" (%d %% heard, "), percent);
        buf_printf(out, P_("%zu hole)", "%zu holes)", p.holes), p.holes);
    }
    if (open)
        buf_printf(out, P_("; %zu place to look at", "; %zu places to look at", open), open);
    buf_free(&until);
}

void relire_copy_progress(struct session *s)
{
    struct buf line = {0};
    if (!relire_is_on(s))
        relire_set(s, true);
    if (!relire_is_on(s))
        return;
    put_progress(s, &line);
    if (s->clipboard.put && s->clipboard.put(s->clipboard.ctx, CLIPBOARD, line.data))
        session_say(s, MESSAGE_INFO, _("copied: %s"), line.data);
    else
        session_say(s, MESSAGE_WARNING, "%s",
                    _("nothing was copied: there is no clipboard here"));
    buf_free(&line);
}

/* ---- the state of a turn ---- */

bool relire_is_edited(const struct session *s, uint32_t word)
{
    const struct relire *r = s->relire;
    for (size_t i = 0; r && i < r->edited.count; i++)
        if (word - r->edited.items[i].first < r->edited.items[i].count)
            return true;
    return false;
}

static bool has_words(const struct word_range *ranges, size_t count, const struct vb_turn *turn)
{
    for (size_t i = 0; i < count; i++)
        if (ranges[i].first < turn->first_word + turn->word_count &&
            turn->first_word < ranges[i].first + ranges[i].count)
            return true;
    return false;
}

struct answers {
    size_t open, right;
};

static struct answers doubts_in(const struct session *s, const struct vb_turn *turn)
{
    struct answers found = {0, 0};
    const struct doubt *d;
    for (size_t i = relire_from(s, turn->first_word); (d = relire_placed(s, i)); i++) {
        if (d->first >= turn->first_word + turn->word_count)
            break;
        found.open += !d->right && d->level >= VB_DOUBT;
        found.right += d->right;
    }
    return found;
}

enum relire_state relire_state(const struct session *s, uint32_t turn, int *speed)
{
    const struct relire *r = s->relire;
    const struct vb_turn *row = vb_turn(s->transcript, turn);
    *speed = 0;
    if (r && r->on) {
        struct answers answers = doubts_in(s, row);
        if (answers.open)
            return RELIRE_DOUBTFUL;
        if (has_words(s->news.items, s->news.count, row))
            return RELIRE_NEW;
        if (has_words(r->edited.items, r->edited.count, row))
            return RELIRE_EDITED;
        const struct store_mark *said =
            said_of(s, row->first_word, row->word_count, ABOUT_TURN);
        if (said && said->state & STORE_CHECKED)
            return RELIRE_CHECKED;
        if (!s->timeline || !s->player || !row->word_count)
            return RELIRE_PLAIN;
        vb_time from = vb_timeline_start(s->timeline, row->first_word);
        vb_time until = vb_timeline_end(s->timeline, row->first_word + row->word_count - 1);
        if (coverage_share(&r->heard, from, until, speed) < HEARD_SHARE)
            return RELIRE_PLAIN;
        return answers.right ? RELIRE_CHECKED : RELIRE_HEARD;
    }
    return has_words(s->news.items, s->news.count, row) ? RELIRE_NEW : RELIRE_PLAIN;
}
