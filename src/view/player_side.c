/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The right side of the player. */
#include "view/player_side.h"

#include "app/listening.h"
#include "app/numbers.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/widgets.h"

enum { SLIDER = 70, BUTTON = 32, GAP = 16, NARROW_GAP = 8 };
enum { VOLUME = BUTTON + 4 + SLIDER + 6 + NARROW_GAP };
enum {
    ORDINARY = 70,
    LOUDEST = 200
}; /* percent of the slider up to volume 100; the volume at its end */

/* ---- volume: most of the slider is for what is not above the recording's own ---- */

static struct rect slider_of(const struct screen *on, struct rect at)
{
    return (struct rect){at.x, at.y, px(on, SLIDER), px(on, 28)};
}

static int volume_at(int percent)
{
    return percent <= ORDINARY
               ? percent * 100 / ORDINARY
               : 100 + (percent - ORDINARY) * (LOUDEST - 100) / (100 - ORDINARY);
}

static int place_of_volume(int volume)
{
    return volume <= 100 ? volume * ORDINARY / 100
                         : ORDINARY + (volume - 100) * (100 - ORDINARY) / (LOUDEST - 100);
}

static void set_volume(struct screen *on, int x)
{
    struct rect slider = on->slider_at;
    int percent = (x - slider.x) * 100 / (slider.w ? slider.w : 1);
    session_set_volume(on->session, volume_at(percent < 0 ? 0 : percent > 100 ? 100 : percent));
}

static void mute(struct screen *on, long amount)
{
    (void)amount;
    session_mute(on->session);
}

static void step_volume(struct screen *on, int by)
{
    session_set_volume(on->session, on->session->settings.volume + by * 5);
}

static void draw_groove(struct screen *on, struct rect slider, int middle)
{
    int volume = on->session->settings.volume, thick = px(on, 4), knob = px(on, 12);
    int filled = slider.w * place_of_volume(volume) / 100, full = slider.w * ORDINARY / 100;
    color strong = token(on, volume > 100 ? WARN : INK2);
    struct rect groove = {slider.x, middle - thick / 2, slider.w, thick};
    draw_round(&on->list, groove, thick / 2, CORNERS_ALL,
               color_mix(token(on, PANEL), token(on, FIELD), 70));
    draw_rect(&on->list,
              (struct rect){slider.x + full, middle - px(on, 5), px(on, 1), px(on, 10)},
              token(on, FIELD));
    groove.w = filled;
    draw_round(&on->list, groove, thick / 2, CORNERS_ALL, strong);
    draw_round(&on->list,
               (struct rect){slider.x + filled - knob / 2, middle - knob / 2, knob, knob},
               knob / 2, CORNERS_ALL, strong);
}

static void take_volume(struct screen *on, double percent)
{
    session_set_volume(on->session, (int)percent);
}

static void draw_volume(struct screen *on, int x, int middle)
{
    int volume = on->session->settings.volume, button = px(on, BUTTON);
    vb_str keys = widget_action_keys(on, "mute");
    vb_str tip =
        screen_print(on, volume ? _("silence (%s); volume %d %%") : _("sound on again (%s)"),
                     keys.data, volume);
    widget_icon_spot(on, (struct rect){x, middle - button / 2, button, button},
                     volume ? ICON_VOLUME : ICON_MUTED, mute, 0, tip);
    struct rect slider =
        slider_of(on, (struct rect){x + button + px(on, 4), middle - px(on, 14), 0, 0});
    on->slider_at = slider;
    draw_groove(on, slider, middle);
    screen_slider(on, slider, mute, 1, step_volume,
                  (struct slider){0, LOUDEST, volume, take_volume}, _("volume"),
                  screen_print(on, _("volume %d %%"), volume));
}

/* ---- speed ---- */

/* The next of the usual speeds; after the fastest the ordinary one. */
static void next_speed(struct screen *on, long amount)
{
    (void)amount;
    static const int usual[] = {100, 120, 150, 170, 200, 250, 300};
    size_t i = 0;
    while (i < COUNT(usual) && usual[i] <= on->session->settings.speed)
        i++;
    session_set_speed(on->session, i < COUNT(usual) ? usual[i] : 100);
}

static vb_str speed_text(struct screen *on)
{
    int tenths = (on->session->settings.speed + 5) / 10;
    return screen_print(on, _("%d.%d×"), tenths / 10, tenths % 10);
}

static int speed_width(struct screen *on)
{
    return widget_width(on, FACE_UI_STRONG, 13, speed_text(on)) + px(on, 22);
}

static vb_str speed_tip(struct screen *on)
{
    vb_str slower = widget_action_keys(on, "slower"), faster = widget_action_keys(on, "faster");
    vb_str normal = widget_action_keys(on, "normal-speed");
    return screen_print(on, _("speed (slower: %s; faster: %s; as it was spoken: %s)"),
                        slower.data, faster.data, normal.data);
}

static void draw_speed(struct screen *on, int x, int middle)
{
    int height = px(on, BUTTON);
    struct rect at = {x, middle - height / 2, speed_width(on), height};
    on->speed_at = at;
    screen_spot(on, at, next_speed, 0, speed_tip(on));
    draw_ring(&on->list, at, px(on, 9), px(on, 1), token(on, FIELD));
    if (screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 9), CORNERS_ALL, color_faded(token(on, INK), 6));
    widget_text(on, FACE_UI_STRONG, 13, x + px(on, 11),
                widget_baseline(on, at, FACE_UI_STRONG, 13), token(on, INK2), speed_text(on));
}

/* ---- following ---- */

/* What the follow button says and whether it is on. */
static bool follows(const struct screen *on)
{
    return on->session->follow && !on->session->out_of_sight;
}

static vb_str follow_text(struct screen *on)
{
    return screen_print(on, "%s", follows(on) ? _("Following") : _("Follow"));
}

static int chip_width(struct screen *on, bool with_text)
{
    return with_text ? widget_width(on, FACE_UI_STRONG, 13, follow_text(on)) + px(on, 44)
                     : px(on, BUTTON);
}

static void draw_chip(struct screen *on, int x, int middle, bool with_text)
{
    int height = px(on, BUTTON), dot = px(on, 12);
    struct rect at = {x, middle - height / 2, chip_width(on, with_text), height};
    color c = token(on, follows(on) ? ACCENT : INK2);
    screen_spot(on, at, widget_run_action, widget_action_index("follow"),
                widget_action_tip(on, "follow"));
    if (follows(on))
        draw_round(&on->list, at, height / 2, CORNERS_ALL, color_faded(c, 14));
    else
        draw_ring(&on->list, at, height / 2, px(on, 1), token(on, FIELD));
    if (screen_hovers(on, at))
        draw_round(&on->list, at, height / 2, CORNERS_ALL, color_faded(token(on, INK), 6));
    struct rect ring = {x + (with_text ? px(on, 13) : (at.w - dot) / 2), middle - dot / 2, dot,
                        dot};
    draw_ring(&on->list, ring, dot / 2, px(on, 2), c);
    if (follows(on))
        draw_round(&on->list, rect_grown(ring, -px(on, 4)), dot / 2, CORNERS_ALL, c);
    if (with_text)
        widget_text(on, FACE_UI_STRONG, 13, x + px(on, 31),
                    widget_baseline(on, at, FACE_UI_STRONG, 13), c, follow_text(on));
}

/* ---- how the sound is played ---- */

/* A dot on the button tells that something is not as the recording is. */
static bool is_changed(const struct session *s)
{
    return s->settings.voice_up || s->settings.skip_silences ||
           s->settings.sides != VB_BOTH_SIDES || s->offset || outputs_delay(&s->outputs);
}

static void draw_sound_button(struct screen *on, int x, int middle)
{
    int size = px(on, BUTTON), dot = px(on, 6);
    struct rect at = {x, middle - size / 2, size, size};
    bool open = on->session->panel != PANEL_NONE;
    if (open)
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, color_faded(token(on, ACCENT), 14));
    else
        on->sound_shown = PANEL_NONE; /* the next one begins anew */
    widget_icon_button(on, at, ICON_SLIDERS, "sound-panel");
    if (is_changed(on->session))
        draw_round(&on->list,
                   (struct rect){at.x + size - dot - px(on, 3), at.y + px(on, 3), dot, dot},
                   dot / 2, CORNERS_ALL, token(on, ACCENT));
}

/* ---- the whole ---- */

struct fit { /* what there is room for, besides the sound button */
    bool chip, speed, chip_text, volume;
};

static int width_of(struct screen *on, struct fit fit)
{
    int gap = px(on, fit.chip_text ? GAP : NARROW_GAP);
    return px(on, BUTTON) + (fit.chip ? chip_width(on, fit.chip_text) + gap : 0) +
           (fit.speed ? speed_width(on) + gap : 0) + (fit.volume ? px(on, VOLUME) : 0);
}

/* The most needed first; the panel has speed and volume, too. */
static struct fit find_fit(struct screen *on, int room)
{
    struct fit fit = {.chip = on->session->transcript != NULL};
    bool *const wishes[] = {&fit.speed, &fit.chip_text, &fit.volume};
    if (width_of(on, fit) > room)
        fit.chip = false;
    for (size_t i = 0; i < COUNT(wishes); i++) {
        *wishes[i] = wishes[i] != &fit.chip_text || fit.chip;
        if (width_of(on, fit) > room)
            *wishes[i] = false;
    }
    return fit;
}

void player_side_draw(struct screen *on, struct rect room, int middle)
{
    struct fit fit = find_fit(on, room.w);
    int right = room.x + room.w, gap = px(on, fit.chip_text ? GAP : NARROW_GAP);
    on->slider_at = on->speed_at = (struct rect){0};
    if (px(on, BUTTON) > room.w)
        return;
    int sound = right - width_of(on, fit) + (fit.volume ? px(on, VOLUME) : 0);
    if (fit.volume)
        draw_volume(on, right - width_of(on, fit), middle);
    draw_sound_button(on, sound, middle);
    if (fit.speed)
        draw_speed(on, sound + px(on, BUTTON) + gap, middle);
    if (fit.chip)
        draw_chip(on, right - chip_width(on, fit.chip_text), middle, fit.chip_text);
}

bool player_side_input(struct screen *on, const struct input *in)
{
    struct session *s = on->session;
    if (in->kind == INPUT_WHEEL) {
        bool on_slider = rect_holds(rect_grown(on->slider_at, px(on, 32)), in->x, in->y);
        bool on_speed = rect_holds(on->speed_at, in->x, in->y);
        if (on_slider)
            session_set_volume(s, s->settings.volume - (int)(in->amount * 5));
        else if (on_speed)
            session_set_speed(s, s->settings.speed + (in->amount > 0 ? -10 : 10));
        return on_slider || on_speed;
    }
    if (in->kind == INPUT_PRESS)
        on->slider_held = rect_holds(rect_grown(on->slider_at, px(on, 4)), in->x, in->y);
    if (!on->slider_held)
        return false;
    if (on->captured == &view_player || in->kind == INPUT_PRESS)
        set_volume(on, in->x);
    on->slider_held = in->kind != INPUT_RELEASE;
    return true;
}
