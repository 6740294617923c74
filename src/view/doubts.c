/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proofreading beside the text: states of turns, ticks, the ribbon, the switch, the chip. */
#include "view/doubts.h"

#include "app/relire.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/widgets.h"

/* ---- the state of a turn ---- */

static enum turn_state state_of(const struct screen *on, uint32_t turn)
{
    static const enum turn_state states[] = {
        [RELIRE_PLAIN] = TURN_PLAIN,      [RELIRE_HEARD] = TURN_HEARD,
        [RELIRE_CHECKED] = TURN_VERIFIED, [RELIRE_EDITED] = TURN_EDITED,
        [RELIRE_NEW] = TURN_NEW,          [RELIRE_DOUBTFUL] = TURN_DOUBTFUL,
    };
    int speed;
    return states[relire_state(on->session, turn, &speed)];
}

/* ---- the scroll track ---- */

static void add_heard(struct screen *on)
{
    const struct session *s = on->session;
    const struct coverage *heard = relire_heard(s);
    track_clear(&on->track, TICK_HEARD);
    for (size_t i = 0; s->timeline && i < heard->parts.count; i++) {
        const struct store_heard *part = &heard->parts.items[i];
        uint32_t first = vb_timeline_word_at(s->timeline, part->start, 0);
        uint32_t last = vb_timeline_word_at(s->timeline, part->end, first);
        if (last == VB_NONE && part->end >= vb_timeline_text_end(s->timeline))
            last = vb_timeline_count(s->timeline) - 1;
        if (last != VB_NONE)
            track_add(&on->track, TICK_HEARD, first == VB_NONE ? 0 : first, last);
    }
}

static void add_doubts(struct screen *on)
{
    const struct doubt *d;
    track_clear(&on->track, TICK_DOUBT);
    for (size_t i = relire_from(on->session, 0); (d = relire_placed(on->session, i)); i++)
        if (!d->right)
            track_add(&on->track, TICK_DOUBT, d->first, d->first);
}

static void add_checked(struct screen *on)
{
    const struct vb_transcript *t = on->session->transcript;
    track_clear(&on->track, TICK_VERIFIED);
    for (uint32_t i = 0; i < vb_turn_count(t); i++) {
        const struct vb_turn *turn = vb_turn(t, i);
        if (turn->word_count && state_of(on, i) == TURN_VERIFIED)
            track_add(&on->track, TICK_VERIFIED, turn->first_word,
                      turn->first_word + turn->word_count - 1);
    }
}

static void clear_ticks(struct screen *on)
{
    track_clear(&on->track, TICK_HEARD);
    track_clear(&on->track, TICK_DOUBT);
    track_clear(&on->track, TICK_VERIFIED);
}

static void keep_ticks(struct screen *on)
{
    const struct session *s = on->session;
    struct doubts_key key = {relire_generation(s), s->revision, s->now.position / VB_SECOND};
    struct doubts_key *kept = &on->doubts_key;
    bool same = kept->generation == key.generation && kept->revision == key.revision;
    if (!same || kept->second != key.second)
        add_heard(on);
    if (!same) {
        add_doubts(on);
        add_checked(on);
    }
    *kept = key;
}

void doubts_update(struct screen *on)
{
    const struct session *s = on->session;
    bool is_on = relire_is_on(s) && s->transcript;
    if (is_on || (s->news.count && s->transcript))
        on->turn_state = state_of;
    else if (on->turn_state == state_of)
        on->turn_state = NULL;
    if (is_on)
        keep_ticks(on);
    else if (on->doubts_were_on)
        clear_ticks(on);
    if (is_on && !on->doubts_were_on)
        on->doubts_key = (struct doubts_key){0, 0, -1};
    on->doubts_were_on = is_on;
}

/* ---- the seek bar ---- */

void doubts_draw_ribbon(struct screen *on, struct rect bar,
                        int (*x_of)(const struct session *s, struct rect at, vb_time time))
{
    const struct session *s = on->session;
    if (!relire_is_on(s))
        return;
    const struct coverage *heard = relire_heard(s);
    for (size_t i = 0; i < heard->parts.count; i++) {
        int from = x_of(s, bar, heard->parts.items[i].start);
        int until = x_of(s, bar, heard->parts.items[i].end);
        if (until > from)
            draw_rect(&on->list,
                      (struct rect){from, bar.y + bar.h + px(on, 1), until - from, px(on, 2)},
                      token(on, VERIFIED));
    }
}

/* ---- the switch in the bar ---- */

enum { SWITCH_HEIGHT = 34, SWITCH_FROM = 760 /* logical: below it, one button */ };

static void set_mode(struct screen *on, long proofreads)
{
    relire_set(on->session, proofreads != 0);
}

static int half(struct screen *on, struct rect at, const char *text, bool is_it, long amount)
{
    vb_str tip = widget_action_tip(on, "proofread");
    screen_spot(on, at, set_mode, amount, tip);
    if (is_it)
        draw_round(&on->list, rect_grown(at, -px(on, 3)), px(on, 7), CORNERS_ALL,
                   color_faded(token(on, ACCENT), 20));
    else if (screen_hovers(on, at))
        draw_round(&on->list, rect_grown(at, -px(on, 3)), px(on, 7), CORNERS_ALL,
                   color_faded(token(on, INK), 6));
    int width = widget_width(on, FACE_UI_STRONG, 13, str_of(text));
    return widget_text(on, is_it ? FACE_UI_STRONG : FACE_UI_MEDIUM, 13,
                       at.x + (at.w - width) / 2, widget_baseline(on, at, FACE_UI_STRONG, 13),
                       token(on, is_it ? INK : INK2), str_of(text));
}

static int draw_button(struct screen *on, struct rect bar, int right)
{
    int size = px(on, 32);
    bool is_on = relire_is_on(on->session);
    struct rect at = {right - size, bar.y + (bar.h - size) / 2, size, size};
    if (is_on)
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, color_faded(token(on, ACCENT), 20));
    widget_icon_button(on, at, ICON_CHECKED, "proofread");
    return size + px(on, 4);
}

int doubts_draw_switch(struct screen *on, struct rect bar, int right, int room)
{
    bool is_on = relire_is_on(on->session);
    if (!on->session->transcript || room < px(on, 200))
        return 0;
    if (screen_logical_width(on) < SWITCH_FROM)
        return draw_button(on, bar, right);
    const char *read = _("Read"), *proofread = _("Proofread");
    int pad = px(on, 28), height = px(on, SWITCH_HEIGHT);
    int left = widget_width(on, FACE_UI_STRONG, 13, str_of(read)) + pad;
    int width = left + widget_width(on, FACE_UI_STRONG, 13, str_of(proofread)) + pad;
    struct rect at = {right - width, bar.y + (bar.h - height) / 2, width, height};
    draw_round(&on->list, at, px(on, 9), CORNERS_ALL, color_faded(token(on, INK), 6));
    if (on->theme->is_stark)
        draw_ring(&on->list, at, px(on, 9), px(on, 1), token(on, FIELD));
    half(on, (struct rect){at.x, at.y, left, height}, read, !is_on, 0);
    half(on, (struct rect){at.x + left, at.y, width - left, height}, proofread, is_on, 1);
    return width + px(on, 12);
}

/* ---- the chip ---- */

enum { CHIP_HEIGHT = 44, CHIP_PAD = 16, CHIP_BAR = 80 };

/* In this order; the last ones give way where there is no room. */
static const struct offer {
    const char *action, *word, *keys; /* `keys` NULL: the action's own first */
} offers[] = {
    {"doubt-right", N_("Right"), NULL },
    {"edit",        N_("Edit"),  NULL },
    {"doubt-next",  N_("Next"),  "Tab"},
    {"doubt-note",  N_("Note"),  NULL },
    {"replay",      N_("Again"), NULL },
};

static vb_str key_of(struct screen *on, const struct offer *offer)
{
    if (offer->keys)
        return str_of(offer->keys);
    vb_str keys = widget_action_keys(on, offer->action);
    size_t comma = str_find(keys, VB_STR(", "));
    return str_cut(keys, 0, comma == STR_NOT_FOUND ? keys.len : comma);
}

/* Returns its width; `draws` false only asks. */
static int draw_offer(struct screen *on, const struct offer *offer, int x, struct rect row,
                      bool draws)
{
    vb_str word = str_of(_(offer->word)), key = key_of(on, offer);
    int text = widget_width(on, FACE_UI, 13, word), gap = px(on, 8);
    int cap = key.len ? widget_width(on, FACE_UI_STRONG, 12, key) + px(on, 14) : 0;
    int width = text + (cap ? gap + cap : 0);
    struct rect spot = {x - px(on, 8), row.y + px(on, 6), width + px(on, 16),
                        row.h - px(on, 12)};
    if (!draws)
        return width;
    screen_spot(on, spot, widget_run_action, widget_action_index(offer->action),
                widget_action_tip(on, offer->action));
    if (screen_hovers(on, spot))
        draw_round(&on->list, spot, px(on, 7), CORNERS_ALL, color_faded(token(on, INK), 8));
    widget_text(on, FACE_UI, 13, x, widget_baseline(on, row, FACE_UI, 13), token(on, INK2),
                word);
    if (!cap)
        return width;
    struct rect at = {x + text + gap, row.y + (row.h - px(on, 22)) / 2, cap, px(on, 22)};
    draw_round(&on->list, at, px(on, 5), CORNERS_ALL, color_faded(token(on, INK), 12));
    widget_text(on, FACE_UI_STRONG, 12, at.x + px(on, 7),
                widget_baseline(on, at, FACE_UI_STRONG, 12), token(on, INK), key);
    return width;
}

/* "Doubt 3 of 6", "6 doubts", "no doubts" */
static vb_str chip_title(struct screen *on)
{
    const struct session *s = on->session;
    size_t count = relire_count(s), here = relire_here(s);
    if (here != DOUBT_NOWHERE)
        return screen_print(on, _("Doubt %zu of %zu"), here + 1, count);
    if (!count)
        return screen_print(on, "%s",
                            relire_works(s) ? _("Looking the page through …") : _("No doubts"));
    return screen_print(on, P_("%zu doubt", "%zu doubts", count), count);
}

static void draw_answered(struct screen *on, int x, struct rect row)
{
    size_t count = relire_count(on->session), open = relire_open(on->session);
    struct rect bar = {x, row.y + (row.h - px(on, 5)) / 2, px(on, CHIP_BAR), px(on, 5)};
    draw_round(&on->list, bar, bar.h / 2, CORNERS_ALL, color_faded(token(on, INK), 14));
    bar.w = count ? (int)((size_t)bar.w * (count - open) / count) : 0;
    if (bar.w > 0)
        draw_round(&on->list, bar, bar.h / 2, CORNERS_ALL, token(on, VERIFIED));
}

int doubts_draw_chip(struct screen *on, struct rect at)
{
    int bottom = at.y + at.h, pad = px(on, CHIP_PAD), gap = px(on, 22);
    bool list_lies_over = on->doubts_over && view_doubts.shown(on);
    if (!relire_is_on(on->session) || at.h < px(on, 140) || !on->layout || list_lies_over)
        return bottom;
    vb_str title = chip_title(on);
    int title_width = widget_width(on, FACE_UI_STRONG, 13, title), most = at.w - px(on, 24);
    int width = 2 * pad + title_width + gap + px(on, CHIP_BAR);
    bool has_bar = width <= most;
    width -= has_bar ? 0 : gap + px(on, CHIP_BAR);
    int offered[COUNT(offers)], count = 0;
    for (size_t i = 0; i < COUNT(offers); i++) {
        offered[i] = widget_action_index(offers[i].action) < 0
                         ? 0
                         : draw_offer(on, &offers[i], 0, at, false);
        if (offered[i] && width + gap + offered[i] > most)
            break;
        width += offered[i] ? gap + offered[i] : 0;
        count = (int)i + 1;
    }
    int x = on->text_at.x + (on->text_at.w - width) / 2;
    x = x + width > at.x + at.w - px(on, 12) ? at.x + at.w - px(on, 12) - width : x;
    x = x < at.x + px(on, 12) ? at.x + px(on, 12) : x;
    struct rect box = {x, bottom - px(on, CHIP_HEIGHT + 12), width, px(on, CHIP_HEIGHT)};
    widget_shadow(on, box, px(on, 10));
    draw_round(&on->list, box, px(on, 10), CORNERS_ALL,
               color_mix(token(on, PANEL), token(on, BG), 50));
    draw_ring(&on->list, box, px(on, 10), px(on, 1), widget_hairline(on));
    screen_spot(on, box, NULL, 0, VB_STR(""));
    x += pad;
    widget_text(on, FACE_UI_STRONG, 13, x, widget_baseline(on, box, FACE_UI_STRONG, 13),
                token(on, INK), title);
    x += title_width;
    if (has_bar) {
        draw_answered(on, x + gap, box);
        x += gap + px(on, CHIP_BAR);
    }
    for (int i = 0; i < count; i++)
        if (offered[i])
            x += gap + draw_offer(on, &offers[i], x + gap, box, true);
    return box.y;
}

/* ---- keys ---- */

bool doubts_key(struct screen *on, const struct key_press *press)
{
    const struct session *s = on->session;
    bool plain = !(press->modifiers & (KEY_CTRL | KEY_ALT));
    if (press->name != KEY_TAB || !plain || !relire_is_on(s) || s->mode != MODE_READING ||
        s->asked != ASK_NOTHING || on->focused || on->typing)
        return false;
    on->scroll.held = on->scroll.suspended = false;
    relire_step(on->session, press->modifiers & KEY_SHIFT ? -1 : 1);
    return true;
}
