/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field on the screen: the text with its caret, and the hand in it. */
#include "base/str.h"
#include "view/screen.h"
#include "view/widgets.h"

/* ---- places ---- */

struct line { /* the text as it is shown, with what is being composed inside */
    vb_str text;
    size_t caret, composed, composed_end;
};

static struct line line_of(struct screen *on, const struct field *f)
{
    vb_str text = field_text(f), composed = buf_str(&f->composed);
    struct line line = {text, f->caret, f->caret, f->caret + composed.len};
    if (!composed.len)
        return line;
    line.text =
        screen_print(on, "%.*s%.*s%s", (int)f->caret, text.data ? text.data : "",
                     (int)composed.len, composed.data, text.data ? text.data + f->caret : "");
    line.caret = f->caret + f->composed_caret;
    return line;
}

static int width_until(const struct screen *on, double size, vb_str text, size_t until)
{
    return until ? widget_width(on, FACE_UI, size, str_cut(text, 0, until)) : 0;
}

/* The place between two graphemes that is nearest to `x`, from the text's left end. */
static size_t place_at(const struct screen *on, const struct field *f, double size, int x)
{
    vb_str text = field_text(f);
    size_t best = 0;
    int best_away = x < 0 ? -x : x;
    for (size_t at = 0; at < text.len;) {
        at = field_after(f, at);
        int away = x - width_until(on, size, text, at);
        away = away < 0 ? -away : away;
        if (away < best_away) {
            best = at;
            best_away = away;
        }
    }
    return best;
}

/* So that the caret is in sight, and no room is wasted at the right. */
static void scroll_to_caret(struct field *f, int caret, int width, int room)
{
    if (caret - f->left > room)
        f->left = caret - room;
    if (caret < f->left)
        f->left = caret;
    if (width - f->left < room)
        f->left = width > room ? width - room : 0;
}

/* ---- drawing ---- */

static void draw_ground(struct screen *on, struct rect at, bool is_typed_in)
{
    int radius = px(on, 9);
    draw_round(&on->list, at, radius, CORNERS_ALL, token(on, BG));
    draw_ring(&on->list, at, radius, px(on, is_typed_in ? 2 : 1),
              token(on, is_typed_in ? ACCENT : FIELD));
}

static void draw_selection(struct screen *on, const struct field *f, struct rect text,
                           double size, int y, int height)
{
    size_t from = f->caret < f->anchor ? f->caret : f->anchor;
    size_t until = f->caret < f->anchor ? f->anchor : f->caret;
    int x = width_until(on, size, field_text(f), from);
    int end = width_until(on, size, field_text(f), until);
    if (until > from && !f->composed.len)
        draw_rect(&on->list, (struct rect){text.x - f->left + x, y, end - x, height},
                  token(on, SELECTION));
}

static void draw_line(struct screen *on, struct field *f, struct rect text, double size)
{
    struct line line = line_of(on, f);
    int caret = width_until(on, size, line.text, line.caret);
    int baseline = widget_baseline(on, text, FACE_UI, size);
    int height = px(on, size * 1.45), y = text.y + (text.h - height) / 2;
    scroll_to_caret(f, caret, widget_width(on, FACE_UI, size, line.text), text.w - px(on, 2));
    struct rect before = draw_clip(&on->list, text);
    if (on->typing == f)
        draw_selection(on, f, text, size, y, height);
    int x = text.x - f->left;
    widget_text(on, FACE_UI, size, x, baseline, token(on, INK), line.text);
    if (line.composed_end > line.composed) {
        int from = width_until(on, size, line.text, line.composed);
        int until = width_until(on, size, line.text, line.composed_end);
        draw_rect(&on->list,
                  (struct rect){x + from, baseline + px(on, 3), until - from, px(on, 1)},
                  token(on, INK));
    }
    if (on->typing == f)
        draw_rect(&on->list, (struct rect){x + caret, y, px(on, 1.5), height},
                  token(on, ACCENT));
    draw_unclip(&on->list, before);
}

static void focus_spot(struct screen *on, long field)
{
    field_focus(on, (struct field *)field);
}

void field_draw(struct screen *on, struct field *f, struct rect at, struct field_look look)
{
    f->at = (struct rect){at.x + look.before, at.y, at.w - look.before - look.after, at.h};
    f->size = look.size;
    if (!look.bare)
        draw_ground(on, at, on->typing == f);
    struct spot *spot = screen_spot(on, f->at, focus_spot, (long)f, VB_STR(""));
    if (spot) {
        spot->field = f;
        spot->name = look.name.len ? look.name : look.hint;
    }
    if (screen_hovers(on, f->at))
        on->cursor = CURSOR_TEXT;
    if (!f->text.len && !f->composed.len)
        widget_fit(on, FACE_UI, look.size, f->at.x,
                   widget_baseline(on, f->at, FACE_UI, look.size), f->at.w, token(on, INK3),
                   look.hint);
    draw_line(on, f, f->at, look.size);
}

/* ---- the hand and the keyboard ---- */

void field_focus(struct screen *on, struct field *f)
{
    if (on->typing && on->typing != f)
        buf_clear(&on->typing->composed);
    on->typing = f;
    on->focused = NULL;
}

static bool is_in_word(vb_str text, size_t at)
{
    return at < text.len && is_letter_or_digit(str_next(text, &at));
}

/* Two clicks mark the word, three everything. */
void field_press(struct screen *on, struct field *f, const struct input *in)
{
    vb_str text = field_text(f);
    field_focus(on, f);
    size_t at = place_at(on, f, f->size, in->x - f->at.x + f->left);
    f->caret = at;
    if (!(in->modifiers & KEY_SHIFT))
        f->anchor = at;
    if (in->clicks >= 3) {
        field_select_all(f);
    } else if (in->clicks == 2) {
        while (f->caret < text.len && is_in_word(text, f->caret))
            str_next(text, &f->caret);
        while (f->anchor > 0 && is_letter_or_digit(str_before(text, f->anchor)))
            do
                f->anchor--;
            while (f->anchor > 0 && ((unsigned char)text.data[f->anchor] & 0xC0) == 0x80);
    }
}

void field_drag(struct screen *on, struct field *f, const struct input *in)
{
    f->caret = place_at(on, f, f->size, in->x - f->at.x + f->left);
}

struct rect field_caret_rect(const struct screen *on, const struct field *f)
{
    int x = width_until(on, f->size, field_text(f), f->caret) - f->left;
    return (struct rect){f->at.x + x, f->at.y, px(on, 2), f->at.h};
}

static void tell_owner(struct screen *on, const struct field *f, bool changed)
{
    if (changed && f->changed)
        f->changed(on);
}

void field_input(struct screen *on, const struct input *in)
{
    struct field *f = on->typing;
    if (!f)
        return;
    if (in->kind == INPUT_EDITING)
        field_compose(f, in->text, in->caret);
    else
        tell_owner(on, f, field_type(f, in->text));
}

/* Does the key type something? Then what it types comes as text. */
static bool types(const struct key_press *press)
{
    return press->name == KEY_NONE && !(press->modifiers & (KEY_CTRL | KEY_ALT));
}

bool field_takes_key(struct screen *on, const struct key_press *press)
{
    struct field *f = on->typing;
    bool taken;
    if (!f)
        return false;
    if (f->composed.len || (f->key && f->key(on, press)))
        return true;
    bool changed = field_key(f, press, &on->session->clipboard, &taken);
    tell_owner(on, f, changed);
    bool only_text_knows = press->name >= KEY_LEFT && press->name <= KEY_END &&
                           !(press->modifiers & (KEY_CTRL | KEY_ALT));
    return taken || types(press) || only_text_knows;
}
