/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program has to say, laid over the text: messages, the question that waits, the way
 * back to the reading, and where to drop files. */
#include "base/i18n.h"
#include "base/str.h"
#include "view/doubts.h"
#include "view/reading.h"
#include "view/widgets.h"

enum { WIDTH = 480, TEXT = 20, PAD = 14, CROSS = 26, FLAT = 160 };

static bool shown(const struct screen *on)
{
    (void)on;
    return true;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)on;
    return *room;
}

/* ---- boxes with an icon and text ---- */

struct box {
    enum icon icon;
    color tint;
    vb_str text;
    vb_str whole;       /* shown where the pointer rests; empty: it is all there */
    const char *button; /* NULL: none */
    void (*run)(struct screen *on, long amount);
    bool closes; /* a cross stands in its corner */
    bool flat;   /* the button stands beside the text: there is little height */
};

/* A strip gives all its width, having no height. */
static int box_width(const struct screen *on, struct rect at)
{
    int most = px(on, WIDTH), room = at.w - px(on, 32);
    return most < room && at.h > px(on, FLAT) ? most : room;
}

/* 0: it stands below the text. */
static int button_beside(struct screen *on, const struct box *box)
{
    if (!box->button || !box->flat)
        return 0;
    return widget_button(on, 0, 0, str_of(box->button), true, NULL, false) + px(on, PAD);
}

/* The text keeps clear of the cross, and of a button beside it. */
static int text_room(struct screen *on, const struct box *box, int width)
{
    return width - px(on, 3 * PAD + TEXT) - (box->closes ? px(on, CROSS - PAD + 6) : 0) -
           button_beside(on, box);
}

static int box_height(struct screen *on, const struct box *box, int width)
{
    int text = widget_lines_height(on, &text_note, text_room(on, box, width), box->text);
    return text + px(on, 2 * PAD) - px(on, 4) +
           (box->button && !box->flat ? px(on, 32 + 10) : 0);
}

/* In a window that is too low for all of it. */
static void fit_box(struct screen *on, struct box *box, int width, int height)
{
    int room = text_room(on, box, width);
    int around =
        box_height(on, box, width) - widget_lines_height(on, &text_note, room, box->text);
    vb_str fits = widget_lines_within(on, &text_note, room, height - around, box->text);
    if (fits.data == box->text.data)
        return;
    box->whole = box->text;
    box->text = fits;
}

static void draw_box(struct screen *on, const struct box *box, int x, int y, int width)
{
    struct rect at = {x, y, width, box_height(on, box, width)};
    int sign = px(on, 20), pad = px(on, PAD), left = x + pad + sign + pad - px(on, 4);
    widget_shadow(on, at, px(on, 10));
    draw_round(&on->list, at, px(on, 10), CORNERS_ALL,
               color_mix(token(on, PANEL), token(on, BG), 50));
    draw_ring(&on->list, at, px(on, 10), px(on, 1), widget_hairline(on));
    screen_spot(on, at, NULL, 0, box->whole);
    draw_icon(&on->list, (struct rect){x + pad, y + pad - px(on, 2), sign, sign}, box->icon,
              box->tint);
    int text = widget_lines(on, &text_note, left, y + pad - px(on, 2),
                            text_room(on, box, width), token(on, INK), box->text);
    if (!box->button)
        return;
    int beside = button_beside(on, box);
    widget_button(on, beside ? x + width - beside : left,
                  beside ? y + (at.h - px(on, 32)) / 2 : y + pad + text + px(on, 8),
                  str_of(box->button), true, box->run, true);
}

/* "talk.mp3", "a folder/page", not "line 12" */
static bool is_file_name(vb_str text)
{
    size_t letters = 0;
    while (letters < text.len && letters < 5 &&
           is_letter_or_digit((unsigned char)text.data[text.len - 1 - letters]))
        letters++;
    bool has_ending =
        letters && letters + 1 < text.len && text.data[text.len - 1 - letters] == '.';
    return has_ending || str_find_char(text, '/') != STR_NOT_FOUND;
}

/* What is said of a file begins with its name, then a colon or a verb. */
static bool begins_with_file(vb_str text)
{
    size_t colon = str_find(text, VB_STR(": ")), space = str_find_char(text, ' ');
    return is_file_name(str_cut(text, 0, space == STR_NOT_FOUND ? text.len : space)) ||
           (colon != STR_NOT_FOUND && is_file_name(str_cut(text, 0, colon)));
}

/* A sentence begins with a capital where it stands alone; a file keeps its own name. */
static vb_str as_sentence(struct screen *on, const char *text)
{
    if (begins_with_file(str_of(text)))
        return screen_print(on, "%s", text);
    return screen_sentence(on, text);
}

/* ---- messages ---- */

/* Long enough to read it twice. */
static vb_time lasts(const struct message *m)
{
    size_t len = str_of(m->text).len;
    return 4 * VB_SECOND + (vb_time)len * VB_SECOND / 15;
}

static bool is_fresh(const struct screen *on, const struct message *m)
{
    return m && m->kind != MESSAGE_QUESTION && m->born &&
           on->session->clock < m->born + lasts(m);
}

static void dismiss(struct screen *on, long amount)
{
    (void)amount;
    session_dismiss(on->session);
}

static struct box box_of(struct screen *on, const struct message *m)
{
    bool warns = m->kind == MESSAGE_WARNING;
    return (struct box){.icon = warns ? ICON_WARNING : ICON_INFO,
                        .tint = token(on, warns ? WARN : ACCENT),
                        .text = as_sentence(on, m->text),
                        .closes = true};
}

/* What the newest message takes; 0: there is none. */
static int newest_height(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    for (uint64_t i = s->said; i-- > 0;) {
        const struct message *m = session_message(s, i);
        if (!m)
            return 0;
        if (!is_fresh(on, m))
            continue;
        struct box box = box_of(on, m);
        return box_height(on, &box, box_width(on, at));
    }
    return 0;
}

/* The newest lowest, and above it those that find room below `top`. */
static void draw_messages(struct screen *on, struct rect at, int top, int bottom)
{
    const struct session *s = on->session;
    int width = box_width(on, at), shown_count = 0;
    int x = on->text_at.x + (on->text_at.w - width) / 2;
    x = x < at.x + px(on, 16) ? at.x + px(on, 16) : x;
    for (uint64_t i = s->said; i-- > 0 && shown_count < 3;) {
        const struct message *m = session_message(s, i);
        if (!m)
            break;
        if (!is_fresh(on, m))
            continue;
        struct box box = box_of(on, m);
        if (!shown_count)
            fit_box(on, &box, width, bottom - at.y - px(on, 4));
        int height = box_height(on, &box, width);
        if (shown_count && bottom - height < top)
            break;
        bottom -= height;
        if (bottom < at.y) /* its beginning is read first */
            bottom = at.y + px(on, 2);
        struct rect close = {x + width - px(on, CROSS + 4), bottom + px(on, 5), px(on, CROSS),
                             px(on, CROSS)};
        draw_box(on, &box, x, bottom, width);
        widget_icon_spot(on, close, ICON_CLOSE, dismiss, 0,
                         screen_print(on, "%s", _("close (Esc)")));
        bottom -= px(on, 10);
        shown_count++;
    }
}

static const struct message *open_question(const struct session *s)
{
    for (uint64_t i = s->said; s->question_open && i-- > 0;) {
        const struct message *m = session_message(s, i);
        if (!m || m->kind == MESSAGE_QUESTION)
            return m;
    }
    return NULL;
}

/* Where there is no room for both, a message that soon leaves goes before. Returns the y below
 * which messages may stand. */
static int draw_question(struct screen *on, struct rect at, int bottom)
{
    const struct message *m = open_question(on->session);
    if (!m)
        return at.y;
    struct box box = {.icon = ICON_QUESTION,
                      .tint = token(on, WARN),
                      .text = as_sentence(on, m->text),
                      .button = _("Keep this pair"),
                      .run = dismiss};
    int width = box_width(on, at), gap = px(on, 16), newest = newest_height(on, at);
    int height = box_height(on, &box, width), x = on->text_at.x + (on->text_at.w - width) / 2;
    if (height + 2 * gap > at.h) {
        box.flat = true;
        width = at.w - 2 * gap;
        height = box_height(on, &box, width);
    }
    fit_box(on, &box, width, at.h - px(on, 4));
    height = box_height(on, &box, width);
    x = box.flat || x < at.x + gap ? at.x + gap : x;
    if (newest && at.y + gap + height + px(on, 10) + newest > bottom)
        return at.y;
    int y = box.flat ? at.y + (at.h - height) / 2 : at.y + gap;
    draw_box(on, &box, x, y, width);
    return y + height + px(on, 10);
}

/* ---- a disk that takes its time ---- */

static void stop_opening(struct screen *on, long amount)
{
    (void)amount;
    session_stop_opening(on->session);
}

static void draw_awaited(struct screen *on, struct rect at)
{
    const char *name = session_awaits(on->session);
    if (!name)
        return;
    bool slow = session_awaited(on->session) >= SESSION_SLOW;
    struct box box = {.icon = slow ? ICON_WARNING : ICON_INFO,
                      .tint = token(on, slow ? WARN : ACCENT),
                      .text = screen_print(on,
                                           slow ? _("%s is still being read: its disk is slow, "
                                                    "or does not answer")
                                                : _("%s is being read"),
                                           name),
                      .button = _("Don't wait"),
                      .run = stop_opening};
    int width = box_width(on, at), x = at.x + (at.w - width) / 2;
    draw_box(on, &box, x, at.y + px(on, 16), width);
}

/* ---- back to the reading ---- */

static void resume(struct screen *on, long amount)
{
    (void)amount;
    session_set_follow(on->session, true);
}

/* Returns the y above which messages may stand. */
static int draw_return(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    int bottom = at.y + at.h - px(on, 16);
    if (!s->out_of_sight || !s->follow || !on->layout)
        return bottom;
    bool below = s->word == VB_NONE || layout_word_y(on->layout, s->word) > on->scroll.top;
    vb_str time = screen_time(on, s->now.position);
    vb_str text = screen_print(on, "%s · %s", _("Back to the reading"), time.data);
    int around = px(on, 16 + 16 + 8 + 18), least = px(on, 16);
    int width = widget_width(on, FACE_UI_STRONG, 13, text) + around;
    if (width > on->text_at.w - least) {
        text = time;
        width = widget_width(on, FACE_UI_STRONG, 13, text) + around;
    }
    int height = px(on, 36), sign = px(on, 16);
    struct rect chip = {on->text_at.x + (on->text_at.w - width) / 2, bottom - height, width,
                        height};
    widget_shadow(on, chip, height / 2);
    color ground = token(on, ACCENT);
    screen_spot(on, chip, resume, 0, VB_STR(""));
    if (screen_hovers(on, chip))
        ground = color_mix(ground, token(on, INK), 12);
    draw_round(&on->list, chip, height / 2, CORNERS_ALL, ground);
    draw_icon(&on->list,
              (struct rect){chip.x + px(on, 16), chip.y + (height - sign) / 2, sign, sign},
              below ? ICON_DOWN : ICON_UP, token(on, ON_ACCENT));
    widget_text(on, FACE_UI_STRONG, 13, chip.x + px(on, 16 + 16 + 8),
                widget_baseline(on, chip, FACE_UI_STRONG, 13), token(on, ON_ACCENT), text);
    return chip.y - px(on, 12);
}

/* ---- where to drop ---- */

static void draw_middle(struct screen *on, struct rect at, const char *title, const char *text)
{
    static const struct text_style large = {FACE_TEXT, 22, 32, true};
    static const struct text_style small = {FACE_UI, 13.5, 21, true};
    int sign = px(on, 40), room = at.w - px(on, 48), most = px(on, 420);
    room = room < most ? room : most;
    int x = at.x + (at.w - room) / 2, y = at.y + at.h * READING_LINE / 100 - px(on, 60);
    y = y < at.y + px(on, 12) ? at.y + px(on, 12) : y;
    draw_icon(&on->list, (struct rect){at.x + (at.w - sign) / 2, y, sign, sign}, ICON_DROP,
              token(on, INK3));
    y += sign + px(on, 16);
    y += widget_lines(on, &large, x, y, room, token(on, INK), str_of(title));
    widget_lines(on, &small, x, y + px(on, 6), room, token(on, INK3), str_of(text));
}

static void draw_hint(struct screen *on, struct rect at)
{
    const struct session *s = on->session;
    if (!s->transcript && s->player)
        draw_middle(on, at, _("Drop the transcript here"),
                    _("A page of the April wiki, saved or copied as text."));
}

static void draw(struct screen *on, struct rect at)
{
    draw_hint(on, at);
    draw_awaited(on, at);
    at.h = doubts_draw_chip(on, at) - at.y;
    int bottom = draw_return(on, at);
    int top = session_awaits(on->session) ? at.y : draw_question(on, at, bottom);
    draw_messages(on, at, top, bottom);
}

vb_time view_status_next_change(const struct screen *on)
{
    const struct session *s = on->session;
    vb_time next = VB_NO_TIME;
    for (uint64_t i = s->said; i-- > 0;) {
        const struct message *m = session_message(s, i);
        if (!m)
            break;
        vb_time left = is_fresh(on, m) ? m->born + lasts(m) - s->clock : VB_NO_TIME;
        if (left != VB_NO_TIME && (next == VB_NO_TIME || left < next))
            next = left;
    }
    return next;
}

const struct view view_status = {"status", place, shown, draw, NULL};
