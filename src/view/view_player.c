/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The player at the bottom: the seek bar, the time, the buttons; or, without a sound, where to
 * bring one. */
#include "app/listening.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/player_side.h"
#include "view/timeline_bar.h"
#include "view/widgets.h"

enum {
    HINT_HEIGHT = 48,
    SIDE = 24,
    PLAY = 40,
    BUTTON = 36,
};

/* How tall the player is, and its time line in it, by the height of the window. */
static const struct form {
    int below, height, bar_top, bar;
} forms[] = {
    {400,       84,  14, 22},
    {560,       108, 20, 30},
    {INT16_MAX, 138, 26, 44}
};

static const struct form *form_of(const struct screen *on)
{
    size_t i = 0;
    while (i + 1 < COUNT(forms) && on->height >= px(on, forms[i].below))
        i++;
    return &forms[i];
}

static bool shown(const struct screen *on)
{
    return on->session->player || on->session->transcript;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    struct rect at = *room;
    at.h = px(on, on->session->player ? form_of(on)->height : HINT_HEIGHT);
    at.y += room->h - at.h;
    room->h -= at.h;
    return at;
}

static struct rect bar_of(const struct screen *on, struct rect at)
{
    int side = px(on, screen_logical_width(on) < 480 ? 14 : SIDE);
    return (struct rect){at.x + side, at.y + px(on, form_of(on)->bar_top), at.w - 2 * side,
                         px(on, form_of(on)->bar)};
}

/* ---- the time, at the left ---- */

static int draw_time(struct screen *on, int x, int middle, int room)
{
    const struct session *s = on->session;
    struct rect row = {x, middle - px(on, 10), room, px(on, 20)};
    int baseline = widget_baseline(on, row, FACE_FIGURES_STRONG, 14);
    int width = widget_text(on, FACE_FIGURES_STRONG, 14, x, baseline, token(on, INK),
                            screen_time(on, s->now.position));
    if (s->now.duration == VB_NO_TIME)
        return width;
    vb_str whole = screen_time(on, s->now.duration);
    vb_str rest = screen_print(on, s->now.duration_exact ? "/ %s" : "/ ≈ %s", whole.data);
    int gap = px(on, 6);
    if (width + gap + widget_width(on, FACE_FIGURES, 13, rest) > room)
        return width;
    return width + gap +
           widget_text(on, FACE_FIGURES, 13, x + width + gap, baseline, token(on, INK3), rest);
}

/* ---- the buttons, in the middle ---- */

static void draw_play(struct screen *on, int x, int middle)
{
    int size = px(on, PLAY), sign = px(on, 22);
    struct rect at = {x, middle - size / 2, size, size};
    bool plays = on->session->now.phase == VB_PLAYING;
    screen_spot(on, at, widget_run_action, widget_action_index("play-pause"),
                widget_action_tip(on, "play-pause"));
    color ground = token(on, ACCENT);
    if (screen_hovers(on, at))
        ground = color_mix(ground, token(on, INK), screen_presses(on, at) ? 24 : 12);
    draw_round(&on->list, at, size / 2, CORNERS_ALL, ground);
    draw_icon(&on->list, (struct rect){x + (size - sign) / 2, middle - sign / 2, sign, sign},
              plays ? ICON_PAUSE : ICON_PLAY, token(on, ON_ACCENT));
}

/* A round arrow with the number of seconds in it. */
static void draw_skip(struct screen *on, struct rect at, enum icon icon, const char *action,
                      const char *tip)
{
    int seconds = on->session->settings.skip;
    vb_str keys = widget_action_keys(on, action);
    vb_str what = screen_print(on, tip, seconds);
    screen_spot(on, at, widget_run_action, widget_action_index(action),
                screen_print(on, "%s (%s)", what.data, keys.data));
    if (screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL,
                   color_faded(token(on, INK), screen_presses(on, at) ? 16 : 8));
    int sign = px(on, 28);
    struct rect arrow = {at.x + (at.w - sign) / 2, at.y + (at.h - sign) / 2, sign, sign};
    draw_icon(&on->list, arrow, icon, token(on, INK2));
    vb_str number = screen_print(on, "%d", seconds);
    int width = widget_width(on, FACE_UI_STRONG, 9, number);
    int ascent = measure_px(on->measure->ascent[FACE_UI_STRONG], px(on, 9));
    widget_text(on, FACE_UI_STRONG, 9, arrow.x + (sign - width) / 2,
                arrow.y + (sign * 13 / 12 + ascent) / 2, token(on, INK2), number);
}

static int buttons_width(const struct screen *on, bool has_turns)
{
    return px(on, PLAY) + px(on, 2 * 12) + (has_turns ? 4 : 2) * px(on, BUTTON) +
           (has_turns ? px(on, 2 * 4) : 0);
}

static void draw_buttons(struct screen *on, int x, int middle, bool has_turns)
{
    int button = px(on, BUTTON), gap = px(on, 4), y = middle - button / 2;
    if (has_turns) {
        widget_icon_button(on, (struct rect){x, y, button, button}, ICON_PREVIOUS,
                           "previous-turn");
        x += button + gap;
    }
    int seconds = on->session->settings.skip;
    draw_skip(on, (struct rect){x, y, button, button}, ICON_BACK, "back",
              P_("back by %d second", "back by %d seconds", seconds));
    x += button + px(on, 12);
    draw_play(on, x, middle);
    x += px(on, PLAY) + px(on, 12);
    draw_skip(on, (struct rect){x, y, button, button}, ICON_FORWARD, "forward",
              P_("forward by %d second", "forward by %d seconds", seconds));
    x += button + gap;
    if (has_turns)
        widget_icon_button(on, (struct rect){x, y, button, button}, ICON_NEXT, "next-turn");
}

/* ---- the whole ---- */

static void draw_controls(struct screen *on, struct rect at, struct rect bar)
{
    int top = bar.y + bar.h, middle = top + (at.y + at.h - top) / 2 + px(on, 1);
    bool has_turns = on->session->transcript && vb_turn_count(on->session->transcript) > 1;
    int width = buttons_width(on, has_turns), gap = px(on, 12);
    if (bar.w < width + px(on, 110) && has_turns) {
        has_turns = false;
        width = buttons_width(on, false);
    }
    int x = bar.x + (bar.w - width) / 2, room = bar.w - width - gap;
    int time = widget_width(on, FACE_FIGURES_STRONG, 14, screen_time(on, on->session->now.position));
    bool has_time = time <= room; /* else there is no room for it beside the buttons */
    if (has_time)
        time = draw_time(on, bar.x, middle, x - bar.x - gap);
    if (has_time && x < bar.x + time + gap) /* narrow: the buttons go to the right */
        x = bar.x + bar.w - width;
    draw_buttons(on, x, middle, has_turns);
    int right = x + width + gap;
    player_side_draw(on, (struct rect){right, at.y, bar.x + bar.w - right, at.h}, middle);
}

static void draw_hint(struct screen *on, struct rect at)
{
    int sign = px(on, 20), x = at.x + px(on, SIDE);
    draw_icon(&on->list, (struct rect){x, at.y + (at.h - sign) / 2, sign, sign}, ICON_DROP,
              token(on, INK3));
    widget_fit(on, FACE_UI, 13.5, x + sign + px(on, 10), widget_baseline(on, at, FACE_UI, 13.5),
               at.w - px(on, 2 * SIDE + 30), token(on, INK2),
               str_of(_("There is no recording yet: drop its file on this window")));
}

static void draw(struct screen *on, struct rect at)
{
    draw_rect(&on->list, at, token(on, PANEL));
    draw_rect(&on->list, (struct rect){at.x, at.y, at.w, px(on, 1)}, widget_hairline(on));
    if (!on->session->player) {
        draw_hint(on, at);
        return;
    }
    struct rect bar = bar_of(on, at);
    timeline_bar_draw(on, bar);
    draw_controls(on, at, bar);
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    return player_side_input(on, in) || timeline_bar_input(on, bar_of(on, at), in) ||
           in->kind != INPUT_PRESS;
}

/* The playhead moves by pixels: on a short sound that is often, on a long one the text's own
 * steps are enough. */
vb_time view_player_next_change(const struct screen *on)
{
    const struct session *s = on->session;
    if (s->now.phase != VB_PLAYING || s->now.duration == VB_NO_TIME || !on->width)
        return VB_NO_TIME;
    vb_time pixel = session_bar_part(s).span / on->width;
    return pixel < VB_SECOND / 30 ? VB_SECOND / 30 : pixel;
}

const struct view view_player = {"player", place, shown, draw, input};
