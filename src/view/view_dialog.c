/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question that is answered with a button, in a box over everything. */
#include "app/dialogs.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/widgets.h"

enum { WIDTH = 460, PAD = 22, BUTTON = 32, GAP = 10 };

static bool shown(const struct screen *on)
{
    return dialog_of(on->session->asked) != NULL;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)room;
    return (struct rect){0, 0, on->width, on->height};
}

static void press(struct screen *on, size_t button)
{
    const struct dialog *dialog = dialog_of(on->session->asked);
    if (dialog && button < DIALOG_BUTTONS && dialog->buttons[button].run) {
        on->focused = NULL;
        dialog->buttons[button].run(on->session);
    }
}

/* One function a button: a spot is known by its function, and the keys go from one to the next.
 */
static void first(struct screen *on, long amount)
{
    (void)amount;
    press(on, 0);
}

static void second(struct screen *on, long amount)
{
    (void)amount;
    press(on, 1);
}

static void third(struct screen *on, long amount)
{
    (void)amount;
    press(on, 2);
}

static void (*const runs[DIALOG_BUTTONS])(struct screen *on, long amount) = {first, second,
                                                                             third};

static int buttons_width(struct screen *on, const struct dialog *dialog)
{
    int width = 0;
    for (size_t i = 0; i < DIALOG_BUTTONS && dialog->buttons[i].name; i++)
        width +=
            widget_button(on, 0, 0, str_of(_(dialog->buttons[i].name)), !i, runs[i], false) +
            (i ? px(on, GAP) : 0);
    return width;
}

/* In a row at the right, the main one last; below each other where the window is narrow. */
static void draw_buttons(struct screen *on, const struct dialog *dialog, struct rect at,
                         bool stacked)
{
    int right = at.x + at.w, y = at.y;
    for (size_t i = 0; i < DIALOG_BUTTONS && dialog->buttons[i].name; i++) {
        vb_str name = str_of(_(dialog->buttons[i].name));
        int width = widget_button(on, 0, 0, name, !i, runs[i], false);
        widget_button(on, stacked ? at.x : right - width, y, name, !i, runs[i], true);
        if (stacked)
            y += px(on, BUTTON + GAP);
        else
            right -= width + px(on, GAP);
    }
}

static size_t button_count(const struct dialog *dialog)
{
    size_t count = 0;
    while (count < DIALOG_BUTTONS && dialog->buttons[count].name)
        count++;
    return count;
}

static void draw(struct screen *on, struct rect at)
{
    const struct dialog *dialog = dialog_of(on->session->asked);
    struct buf text = {0};
    dialog->tell(on->session, &text);
    vb_str told = screen_print(on, "%s", text.data ? text.data : "");
    buf_free(&text);
    int width = px(on, WIDTH), most = at.w - px(on, 24), pad = px(on, PAD);
    width = width < most ? width : most;
    int room = width - 2 * pad, lines = widget_lines_height(on, &text_note, room, told);
    bool stacked = buttons_width(on, dialog) > room;
    int rows = stacked ? (int)button_count(dialog) : 1;
    int height = px(on, 58) + lines + px(on, 20) + rows * px(on, BUTTON + GAP) + px(on, 10);
    struct rect box = {(at.w - width) / 2, (at.h - height) / 3, width, height};
    box.y = box.y < px(on, 8) ? px(on, 8) : box.y;
    draw_rect(&on->list, at, color_faded(0xFF000000, on->theme->is_dark ? 45 : 25));
    screen_spot(on, at, NULL, 0, VB_STR(""));
    screen_begin_modal(on);
    widget_shadow(on, box, px(on, 12));
    draw_round(&on->list, box, px(on, 12), CORNERS_ALL, token(on, BG));
    draw_ring(&on->list, box, px(on, 12), px(on, 1), widget_hairline(on));
    widget_fit(on, FACE_UI_STRONG, 16, box.x + pad, box.y + px(on, 36), room, token(on, INK),
               str_of(_(dialog->title)));
    widget_lines(on, &text_note, box.x + pad, box.y + px(on, 52), room, token(on, INK2), told);
    draw_buttons(on, dialog,
                 (struct rect){box.x + pad, box.y + px(on, 58) + lines + px(on, 16), room, 0},
                 stacked);
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    (void)on, (void)at, (void)in;
    return true;
}

/* Nothing below is reached while it waits. */
bool view_dialog_key(struct screen *on, const struct key_press *press_of)
{
    const struct dialog *dialog = dialog_of(on->session->asked);
    if (!dialog)
        return false;
    if (press_of->name == KEY_ESCAPE)
        press(on, button_count(dialog) - 1);
    else if (press_of->name == KEY_RETURN && !on->focused)
        press(on, 0);
    else if (press_of->name == KEY_RETURN || press_of->name == KEY_TAB)
        return false;
    return true;
}

const struct view view_dialog = {"dialog", place, shown, draw, input};
