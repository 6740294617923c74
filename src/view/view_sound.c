/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The panel over the player: how the sound is played, a row a setting.
 *
 * Each row is a value and the actions that lessen and raise it; so all of it can also be done
 * by keys and from outside. Arrows walk the rows and change them while the panel is open. */
#include "app/listening.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/sound_panel.h"

enum { ROW = 40, HEAD = 46, CONTROL = 132, STEP = 28 };

/* ---- what the rows say ---- */

static vb_str speed_value(struct screen *on)
{
    int tenths = (on->session->settings.speed + 5) / 10;
    return screen_print(on, _("%d.%d×"), tenths / 10, tenths % 10);
}

static vb_str volume_value(struct screen *on)
{
    return screen_print(on, _("%d %%"), on->session->settings.volume);
}

static vb_str voice_value(struct screen *on)
{
    return str_of(on->session->settings.voice_up ? "on" : "");
}

static vb_str silences_value(struct screen *on)
{
    return str_of(on->session->settings.skip_silences ? "on" : "");
}

static vb_str sides_value(struct screen *on)
{
    static const char *const names[] = {N_("both"), N_("left"), N_("right")};
    return str_of(_(names[on->session->settings.sides]));
}

static vb_str rewind_value(struct screen *on)
{
    return sound_panel_seconds(on, on->session->settings.rewind, false);
}

static vb_str skip_value(struct screen *on)
{
    return screen_print(on, _("%d s"), on->session->settings.skip);
}

static vb_str delay_value(struct screen *on)
{
    return screen_print(on, _("%d ms"), outputs_delay(&on->session->outputs));
}

static vb_str offset_value(struct screen *on)
{
    return sound_panel_seconds(on, on->session->offset / (VB_SECOND / 10), true);
}

static vb_str delay_title(struct screen *on)
{
    const char *name = on->session->outputs.now;
    return *name ? screen_print(on, _("Delay of %s"), name)
                 : screen_print(on, "%s", _("Delay of the sound output"));
}

enum kind { STEPS, SWITCH, PRESS };

static const struct row {
    const char *title;
    vb_str (*own_title)(struct screen *on); /* instead */
    enum kind kind;
    vb_str (*value)(struct screen *on); /* of a switch: empty is off */
    const char *less, *more;            /* actions; a switch and a button have `more` alone */
    bool of_text;                       /* only where there is one */
} rows[] = {
    {N_("Speed"),                    NULL,        STEPS,  speed_value,    "slower",         "faster",        false},
    {N_("Volume"),                   NULL,        STEPS,  volume_value,   "quieter",        "louder",        false},
    {N_("Quiet voices louder"),      NULL,        SWITCH, voice_value,    NULL,             "voice-up",      false},
    {N_("Pass over silences"),       NULL,        SWITCH, silences_value, NULL,             "skip-silences", false},
    {N_("Side of the recording"),    NULL,        STEPS,  sides_value,    "sides-back",     "sides",         false},
    {N_("Back when playing on"),     NULL,        STEPS,  rewind_value,   "rewind-less",    "rewind-more",
     false                                                                                                        },
    {N_("Jump of the arrow keys"),   NULL,        STEPS,  skip_value,     "skip-less",      "skip-more",     false},
    {NULL,                           delay_title, STEPS,  delay_value,    "delay-less",     "delay-more",    false},
    {N_("Find it by tapping along"), NULL,        PRESS,  NULL,           NULL,             "calibrate",     false},
    {N_("Text comes later by"),      NULL,        STEPS,  offset_value,   "offset-earlier", "offset-later",
     true                                                                                                         },
};

static bool is_shown(const struct screen *on, size_t row)
{
    return !rows[row].of_text || on->session->transcript;
}

static int rows_shown(const struct screen *on)
{
    int count = 0;
    for (size_t i = 0; i < COUNT(rows); i++)
        count += is_shown(on, i);
    return count;
}

/* ---- drawing ---- */

static void draw_switch(struct screen *on, struct rect at, bool is_on)
{
    int width = px(on, 36), height = px(on, 20), knob = px(on, 14), rim = px(on, 3);
    struct rect track = {at.x + at.w - width, at.y + (at.h - height) / 2, width, height};
    color ground = token(on, is_on ? ACCENT : PANEL);
    draw_round(&on->list, track, height / 2, CORNERS_ALL, ground);
    if (!is_on)
        draw_ring(&on->list, track, height / 2, px(on, 1), token(on, FIELD));
    draw_round(&on->list,
               (struct rect){is_on ? track.x + width - knob - rim : track.x + rim,
                             track.y + rim, knob, knob},
               knob / 2, CORNERS_ALL, token(on, is_on ? ON_ACCENT : INK3));
}

static void draw_steps(struct screen *on, const struct row *row, struct rect at)
{
    int size = px(on, STEP), y = at.y + (at.h - size) / 2;
    vb_str value = row->value(on);
    struct rect less = {at.x + at.w - px(on, CONTROL), y, size, size};
    struct rect more = {at.x + at.w - size, y, size, size};
    int room = more.x - less.x - size;
    int width = widget_width(on, FACE_FIGURES_STRONG, 13, value);
    widget_icon_button(on, less, ICON_MINUS, row->less);
    widget_icon_button(on, more, ICON_PLUS, row->more);
    widget_text(on, FACE_FIGURES_STRONG, 13, less.x + size + (room - width) / 2,
                widget_baseline(on, at, FACE_FIGURES_STRONG, 13), token(on, INK), value);
}

static void draw_row(struct screen *on, const struct row *row, struct rect at, bool has_keys)
{
    vb_str title = row->own_title ? row->own_title(on) : str_of(_(row->title));
    struct rect line = {at.x + px(on, 8), at.y + px(on, 2), at.w - px(on, 16),
                        at.h - px(on, 4)};
    bool whole = row->kind != STEPS; /* pressed anywhere */
    if (whole)
        screen_spot(on, line, widget_run_action, widget_action_index(row->more),
                    widget_action_tip(on, row->more));
    if (whole && screen_hovers(on, line))
        draw_round(&on->list, line, px(on, 8), CORNERS_ALL, color_faded(token(on, INK), 6));
    if (has_keys)
        draw_ring(&on->list, line, px(on, 8), px(on, 2), token(on, ACCENT));
    struct rect inner = {at.x + px(on, 16), at.y, at.w - px(on, 32), at.h};
    int control = row->kind == PRESS ? px(on, 24) : px(on, row->kind == STEPS ? CONTROL : 40);
    widget_fit(on, FACE_UI_MEDIUM, 13, inner.x, widget_baseline(on, inner, FACE_UI_MEDIUM, 13),
               inner.w - control - px(on, 8), token(on, row->kind == PRESS ? ACCENT : INK),
               title);
    if (row->kind == STEPS)
        draw_steps(on, row, inner);
    else if (row->kind == SWITCH)
        draw_switch(on, inner, row->value(on).len > 0);
}

/* Scrolled so that the row of the keys is in sight. */
static void draw_rows(struct screen *on, struct rect box)
{
    struct rect room = {box.x, box.y + px(on, HEAD), box.w, box.h - px(on, HEAD + 6)};
    int row = px(on, ROW), most = rows_shown(on) * row - room.h, place = 0;
    on->sound_top = on->sound_top > most ? most : on->sound_top;
    on->sound_top = on->sound_top < 0 ? 0 : on->sound_top;
    struct rect before = draw_clip(&on->list, room);
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (!is_shown(on, i))
            continue;
        struct rect at = {room.x, room.y + place * row - on->sound_top, room.w, row};
        draw_row(on, &rows[i], at, on->sound_row == (int)i);
        place++;
    }
    draw_unclip(&on->list, before);
}

/* ---- keys ---- */

static void step_row(struct screen *on, int by)
{
    int row = on->sound_row;
    do {
        row += by;
        if (row < 0 || row >= (int)COUNT(rows))
            return;
    } while (!is_shown(on, (size_t)row));
    on->sound_row = row;
    int top = row * px(on, ROW), room = on->sound_room;
    if (top < on->sound_top)
        on->sound_top = top;
    if (top + px(on, ROW) > on->sound_top + room)
        on->sound_top = top + px(on, ROW) - room;
}

static void run_action(struct screen *on, const char *name)
{
    if (name)
        widget_run_action(on, widget_action_index(name));
}

static bool rows_key(struct screen *on, const struct key_press *press)
{
    const struct row *row =
        on->sound_row >= 0 ? &rows[(size_t)on->sound_row % COUNT(rows)] : NULL;
    if (press->modifiers)
        return false;
    switch (press->name) {
    case KEY_UP:
        step_row(on, -1);
        return true;
    case KEY_DOWN:
        step_row(on, +1);
        return true;
    case KEY_LEFT:
    case KEY_RIGHT:
        if (row && row->kind == STEPS)
            run_action(on, press->name == KEY_LEFT ? row->less : row->more);
        return row != NULL;
    case KEY_RETURN:
        if (row && row->kind != STEPS)
            run_action(on, row->more);
        return row != NULL;
    default:
        return false;
    }
}

/* ---- the view ---- */

static bool shown(const struct screen *on)
{
    return on->session->player && on->session->panel != PANEL_NONE;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)on;
    return *room;
}

/* What was begun in a panel that closed is not what the next one finds. */
static void begin_panel(struct screen *on)
{
    struct session *s = on->session;
    if (on->sound_shown == s->panel)
        return;
    on->sound_shown = s->panel;
    on->sound_row = -1;
    on->sound_top = 0;
    on->offset_before = s->offset;
    on->offset_typed[0] = '\0';
}

static int height_wanted(struct screen *on, int width)
{
    switch (on->session->panel) {
    case PANEL_OFFSET:
        return offset_panel_height(on, width);
    case PANEL_TAPS:
        return taps_panel_height(on, width);
    default:
        return px(on, HEAD + 6) + rows_shown(on) * px(on, ROW);
    }
}

static struct rect box_of(struct screen *on, struct rect at)
{
    int edge = px(on, 12), width = px(on, 380);
    width = width < at.w - 2 * edge ? width : at.w - 2 * edge;
    int height = height_wanted(on, width), most = at.h - 2 * edge;
    on->sound_lacks = height > most ? height - most : 0;
    height -= on->sound_lacks;
    return (struct rect){at.x + at.w - edge - width, at.y + at.h - edge - height, width,
                         height};
}

static void draw(struct screen *on, struct rect at)
{
    static const char *const titles[] = {
        [PANEL_SOUND] = N_("How the sound is played"),
        [PANEL_OFFSET] = N_("When the text comes"),
        [PANEL_TAPS] = N_("Tap along with the clicks"),
    };
    begin_panel(on);
    enum sound_panel panel = on->session->panel;
    struct rect box = box_of(on, at);
    on->sound_room = box.h - px(on, HEAD + 6);
    widget_shadow(on, box, px(on, 10));
    draw_round(&on->list, box, px(on, 10), CORNERS_ALL, token(on, BG));
    draw_ring(&on->list, box, px(on, 10), px(on, 1), widget_hairline(on));
    if (panel != PANEL_TAPS) /* there the pointer taps anywhere, at once */
        screen_spot(on, box, NULL, 0, VB_STR(""));
    struct rect head = {box.x, box.y + px(on, 2), box.w, px(on, HEAD - 2)};
    struct rect close = {box.x + box.w - px(on, 40), head.y + px(on, 6), px(on, 30),
                         px(on, 30)};
    widget_fit(on, FACE_UI_STRONG, 14, box.x + px(on, 16),
               widget_baseline(on, head, FACE_UI_STRONG, 14), box.w - px(on, 64),
               token(on, INK), str_of(_(titles[panel])));
    widget_icon_spot(on, close, ICON_CLOSE, widget_run_action, widget_action_index("close"),
                     widget_action_tip(on, "close"));
    struct rect rest = {box.x + px(on, 16), box.y + px(on, HEAD), box.w - px(on, 32),
                        box.h - px(on, HEAD)};
    struct rect before = draw_clip(&on->list, box); /* in a low window not all of it is seen */
    if (panel == PANEL_OFFSET)
        offset_panel_draw(on, rest);
    else if (panel == PANEL_TAPS)
        taps_panel_draw(on, rest);
    else
        draw_rows(on, box);
    draw_unclip(&on->list, before);
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    if (!rect_holds(box_of(on, at), in->x, in->y))
        return false;
    if (in->kind == INPUT_WHEEL)
        on->sound_top += (int)(in->amount * (float)px(on, ROW));
    if (in->kind == INPUT_PRESS && on->session->panel == PANEL_TAPS)
        session_tap(on->session);
    return true;
}

bool view_sound_key(struct screen *on, const struct key_press *press)
{
    if (!shown(on))
        return false;
    begin_panel(on);
    if (on->session->panel == PANEL_OFFSET)
        return offset_panel_key(on, press);
    if (on->session->panel == PANEL_TAPS)
        return taps_panel_key(on, press);
    return rows_key(on, press);
}

const struct view view_sound = {"sound", place, shown, draw, input};
