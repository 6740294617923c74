/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The offset of a text, and tapping along. */
#include "view/sound_panel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/calibration.h"
#include "app/listening.h"
#include "app/numbers.h"
#include "base/i18n.h"
#include "base/str.h"

enum { HEAD = 46, FOOT = 16, BUTTONS = 32, VALUE = 44, SIGN = 32, DOTS = 22, PAUSE = 12 };

vb_str sound_panel_seconds(struct screen *on, long tenths, bool with_sign)
{
    struct buf number = {0};
    number_put_tenths(&number, tenths, with_sign);
    vb_str text = screen_print(on, _("%s s"), number.data);
    buf_free(&number);
    return text;
}

static int text_height(struct screen *on, int width, const char *text)
{
    return widget_lines_height(on, &text_note, width - px(on, 32), str_of(text));
}

/* A row of buttons from the left; the first is the strong one. */
struct button {
    const char *text;
    void (*run)(struct screen *on, long amount);
};

static void draw_buttons(struct screen *on, struct rect at, const struct button *buttons,
                         size_t count)
{
    int x = at.x;
    for (size_t i = 0; i < count; i++)
        x += widget_button(on, x, at.y, str_of(buttons[i].text), i == 0, buttons[i].run, true) +
             px(on, 8);
}

/* ---- the offset ---- */

static const char *offset_text(void)
{
    return _("These times may be those of another copy, with a longer or shorter beginning. A "
             "positive number: the text comes later in this recording than its times say.");
}

int offset_panel_height(struct screen *on, int width)
{
    return px(on, HEAD + 2 * PAUSE + VALUE + BUTTONS + FOOT) +
           text_height(on, width, offset_text());
}

/* What is typed holds at once; while it is no number yet, what held before. */
static void use_typed(struct screen *on)
{
    double seconds;
    if (number_from_user(str_of(on->offset_typed), &seconds))
        session_set_offset(on->session, (vb_time)llround(seconds * 10) * (VB_SECOND / 10));
}

static void close_offset(struct screen *on, long amount)
{
    (void)amount;
    on->session->panel = PANEL_NONE;
}

static void undo_offset(struct screen *on, long amount)
{
    (void)amount;
    session_set_offset(on->session, on->offset_before);
    on->session->panel = PANEL_NONE;
}

static void no_offset(struct screen *on, long amount)
{
    (void)amount;
    on->offset_typed[0] = '\0';
    session_set_offset(on->session, 0);
}

static void step_offset(struct screen *on, long tenths)
{
    on->offset_typed[0] = '\0';
    session_set_offset(on->session, on->session->offset + tenths * (VB_SECOND / 10));
}

static void draw_value(struct screen *on, struct rect at)
{
    int size = px(on, SIGN), y = at.y + (at.h - size) / 2, field = px(on, 140);
    vb_str value = on->offset_typed[0]
                       ? screen_print(on, "%s", on->offset_typed)
                       : sound_panel_seconds(on, on->session->offset / (VB_SECOND / 10), true);
    struct rect less = {at.x, y, size, size};
    struct rect box = {at.x + size + px(on, 8), at.y, field, at.h};
    struct rect more = {box.x + field + px(on, 8), y, size, size};
    widget_icon_spot(on, less, ICON_MINUS, step_offset, -1,
                     widget_action_tip(on, "offset-earlier"));
    widget_icon_spot(on, more, ICON_PLUS, step_offset, +1,
                     widget_action_tip(on, "offset-later"));
    draw_ring(&on->list, box, px(on, 8), px(on, 2), token(on, ACCENT));
    int width = widget_width(on, FACE_FIGURES_STRONG, 18, value);
    int x = box.x + (box.w - width) / 2;
    widget_text(on, FACE_FIGURES_STRONG, 18, x,
                widget_baseline(on, box, FACE_FIGURES_STRONG, 18), token(on, INK), value);
    if (on->offset_typed[0])
        draw_rect(&on->list,
                  (struct rect){x + width + px(on, 1), box.y + px(on, 11), px(on, 2),
                                box.h - px(on, 22)},
                  token(on, ACCENT));
}

void offset_panel_draw(struct screen *on, struct rect at)
{
    const struct button buttons[] = {
        {_("Keep it"),   close_offset},
        {_("No offset"), no_offset   },
        {_("As before"), undo_offset },
    };
    int y = at.y;
    y += widget_lines(on, &text_note, at.x, y, at.w, token(on, INK2), str_of(offset_text()));
    y += px(on, PAUSE);
    draw_value(on, (struct rect){at.x, y, at.w, px(on, VALUE)});
    y += px(on, VALUE + PAUSE);
    draw_buttons(on, (struct rect){at.x, y, at.w, px(on, BUTTONS)}, buttons, COUNT(buttons));
}

static bool is_of_number(uint32_t c)
{
    return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == '-' || c == '+';
}

static void type(struct screen *on, uint32_t c)
{
    size_t len = strlen(on->offset_typed);
    if (len + 2 > sizeof on->offset_typed)
        return;
    on->offset_typed[len] = (char)c;
    on->offset_typed[len + 1] = '\0';
    use_typed(on);
}

static void take_back(struct screen *on)
{
    size_t len = strlen(on->offset_typed);
    if (len)
        on->offset_typed[len - 1] = '\0';
    use_typed(on);
}

bool offset_panel_key(struct screen *on, const struct key_press *press)
{
    static const struct {
        enum key_name name;
        long tenths;
    } steps[] = {
        {KEY_LEFT,      -1 },
        {KEY_DOWN,      -1 },
        {KEY_RIGHT,     +1 },
        {KEY_UP,        +1 },
        {KEY_PAGE_DOWN, -10},
        {KEY_PAGE_UP,   +10},
    };
    if (press->modifiers & (KEY_CTRL | KEY_ALT))
        return false;
    for (size_t i = 0; i < COUNT(steps); i++)
        if (press->name == steps[i].name) {
            step_offset(on, steps[i].tenths);
            return true;
        }
    if (press->name == KEY_RETURN)
        close_offset(on, 0);
    else if (press->name == KEY_ESCAPE)
        undo_offset(on, 0);
    else if (press->name == KEY_BACKSPACE)
        take_back(on);
    else if (press->name == KEY_NONE && is_of_number(press->character))
        type(on, press->character);
    else
        return false;
    return true;
}

/* ---- tapping along ---- */

static vb_str taps_text(struct screen *on)
{
    const struct calibration *c = on->session->calibration;
    if (!c || !calibration_is_done(c))
        return str_of(_("Close your eyes and tap any key, or press here, together with the "
                        "clicks: as if you played them."));
    if (!c->found.is_even)
        return screen_print(on,
                            _("Your taps lie far apart (half of them by more than %d ms): "
                              "better tap once more."),
                            c->found.spread);
    return screen_print(on,
                        _("You hear the sound %d ms later than this output says; half of your "
                          "taps lie within %d ms of that."),
                        c->found.delay, c->found.spread);
}

int taps_panel_height(struct screen *on, int width)
{
    return px(on, HEAD + 2 * PAUSE + DOTS + BUTTONS + FOOT) +
           text_height(on, width, taps_text(on).data);
}

static void take(struct screen *on, long amount)
{
    (void)amount;
    session_calibration_take(on->session);
}

static void again(struct screen *on, long amount)
{
    (void)amount;
    session_calibrate(on->session);
}

static void cancel(struct screen *on, long amount)
{
    (void)amount;
    session_calibration_end(on->session);
}

/* One dot a tap. */
static void draw_dots(struct screen *on, struct rect at)
{
    const struct calibration *c = on->session->calibration;
    int dot = px(on, 10), step = at.w / TAPS_MOST;
    for (size_t i = 0; c && i < TAPS_MOST; i++) {
        struct rect place = {at.x + (int)i * step, at.y + (at.h - dot) / 2, dot, dot};
        if (i < c->count)
            draw_round(&on->list, place, dot / 2, CORNERS_ALL, token(on, ACCENT));
        else
            draw_ring(&on->list, place, dot / 2, px(on, 1), token(on, FIELD));
    }
}

void taps_panel_draw(struct screen *on, struct rect at)
{
    const struct calibration *c = on->session->calibration;
    const struct button done[] = {
        {_("Take it"), take  },
        {_("Again"),   again },
        {_("Cancel"),  cancel},
    };
    const struct button uneven[] = {
        {_("Again"),                again},
        {_("Take it all the same"), take },
    };
    const struct button tapping[] = {
        {_("Cancel"), cancel}
    };
    int y = at.y;
    y += widget_lines(on, &text_note, at.x, y, at.w, token(on, INK2), taps_text(on));
    y += px(on, PAUSE);
    draw_dots(on, (struct rect){at.x, y, at.w, px(on, DOTS)});
    y += px(on, DOTS + PAUSE);
    struct rect row = {at.x, y, at.w, px(on, BUTTONS)};
    if (!c || !calibration_is_done(c))
        draw_buttons(on, row, tapping, COUNT(tapping));
    else if (c->found.is_even)
        draw_buttons(on, row, done, COUNT(done));
    else
        draw_buttons(on, row, uneven, COUNT(uneven));
}

bool taps_panel_key(struct screen *on, const struct key_press *press)
{
    struct session *s = on->session;
    if (!s->calibration || press->modifiers & (KEY_CTRL | KEY_ALT))
        return false;
    if (press->name == KEY_ESCAPE)
        session_calibration_end(s);
    else if (!calibration_is_done(s->calibration))
        session_tap(s);
    else if (press->name == KEY_RETURN)
        s->calibration->found.is_even ? session_calibration_take(s) : session_calibrate(s);
    else /* one tap too many is no order */
        return press->name == KEY_NONE;
    return true;
}
