/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A question that is answered with a line of text, in a box over the text. */
#include "app/asks.h"
#include "app/leaving.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/widgets.h"

enum { WIDTH = 420, PAD = 20, FIELD_HEIGHT = 38 };

static bool shown(const struct screen *on)
{
    return question_of(on->session->asked) != NULL;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)room;
    return (struct rect){0, 0, on->width, on->height};
}

static void answer(struct screen *on, long amount)
{
    struct session *s = on->session;
    const struct question *question = question_of(s->asked);
    uint32_t asks = s->asks;
    (void)amount;
    buf_clear(&on->ask_why);
    if (question->answer(s, field_text(&on->ask_field), &on->ask_why) && s->asks == asks)
        s->asked = ASK_NOTHING;
}

static void dismiss(struct screen *on, long amount)
{
    (void)amount;
    leaving_cancel(on->session); /* it may have been asked where to save before */
}

static bool key(struct screen *on, const struct key_press *press)
{
    if (press->name == KEY_RETURN)
        answer(on, 0);
    else if (press->name == KEY_ESCAPE)
        dismiss(on, 0);
    return press->name == KEY_RETURN || press->name == KEY_ESCAPE;
}

static void forget_why(struct screen *on)
{
    buf_clear(&on->ask_why);
}

/* The error where there is one, else what may be written. */
static vb_str line_below(struct screen *on, const struct question *question)
{
    struct buf told = {0};
    if (on->ask_why.len)
        return buf_str(&on->ask_why);
    if (question->preview)
        question->preview(on->session, field_text(&on->ask_field), &told);
    vb_str line = told.len ? screen_print(on, "%s", told.data) : str_of(_(question->hint));
    buf_free(&told);
    return line;
}

static void draw_box(struct screen *on, const struct question *question, struct rect box)
{
    int pad = px(on, PAD), room = box.w - 2 * pad, x = box.x + pad;
    widget_shadow(on, box, px(on, 12));
    draw_round(&on->list, box, px(on, 12), CORNERS_ALL, token(on, BG));
    draw_ring(&on->list, box, px(on, 12), px(on, 1), widget_hairline(on));
    screen_spot(on, box, NULL, 0, VB_STR(""));
    widget_fit(on, FACE_UI_STRONG, 15, x, box.y + px(on, 32), room - px(on, 28), token(on, INK),
               str_of(_(question->title)));
    int button = widget_button(on, 0, 0, str_of(_(question->button)), true, answer, false);
    struct rect line = {x, box.y + px(on, 50), room - button - px(on, 10),
                        px(on, FIELD_HEIGHT)};
    on->ask_field.changed = forget_why;
    on->ask_field.key = key;
    field_draw(on, &on->ask_field, line,
               (struct field_look){.size = 15,
                                   .name = str_of(_(question->title)),
                                   .before = px(on, 12),
                                   .after = px(on, 12)});
    widget_button(on, x + room - button, line.y + px(on, 3), str_of(_(question->button)), true,
                  answer, true);
    widget_lines(on, &text_note, x, line.y + line.h + px(on, 8), room,
                 token(on, on->ask_why.len ? WARN : INK3), line_below(on, question));
    int close = px(on, 28);
    widget_icon_spot(
        on, (struct rect){box.x + box.w - close - px(on, 10), box.y + px(on, 12), close, close},
        ICON_CLOSE, dismiss, 1, screen_print(on, "%s", _("close (Esc)")));
}

static void draw(struct screen *on, struct rect at)
{
    const struct question *question = question_of(on->session->asked);
    int width = px(on, WIDTH), most = at.w - px(on, 24);
    width = width < most ? width : most;
    int text =
        widget_lines_height(on, &text_note, width - 2 * px(on, PAD), line_below(on, question));
    int height = px(on, 50 + FIELD_HEIGHT + 8 + 14) + text;
    screen_spot(on, at, dismiss, 0, VB_STR(""));
    screen_begin_modal(on);
    draw_box(
        on, question,
        (struct rect){(at.w - width) / 2, px(on, at.h > px(on, 400) ? 96 : 12), width, height});
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    (void)on, (void)at, (void)in;
    return true;
}

const struct view view_ask = {"ask", place, shown, draw, input};
