/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a field, and what typing does to it. */
#include "view/field.h"

#include <string.h>

#include "app/steps.h"
#include "base/str.h"

void field_free(struct field *f)
{
    buf_free(&f->text);
    buf_free(&f->composed);
}

vb_str field_text(const struct field *f)
{
    return buf_str(&f->text);
}

/* ---- the selection ---- */

static size_t low_end(const struct field *f)
{
    return f->caret < f->anchor ? f->caret : f->anchor;
}

static size_t high_end(const struct field *f)
{
    return f->caret > f->anchor ? f->caret : f->anchor;
}

vb_str field_selected(const struct field *f)
{
    return str_cut(field_text(f), low_end(f), high_end(f));
}

void field_select_all(struct field *f)
{
    f->anchor = 0;
    f->caret = f->text.len;
}

static void put_caret(struct field *f, size_t at, bool selecting)
{
    f->caret = at;
    if (!selecting)
        f->anchor = at;
}

/* ---- steps of the caret ---- */

static size_t grapheme_before(const struct field *f, size_t at)
{
    return step_grapheme_before(field_text(f), at);
}

size_t field_after(const struct field *f, size_t at)
{
    return step_grapheme_after(field_text(f), at);
}

static size_t word_before(const struct field *f, size_t at)
{
    return step_word_before(field_text(f), at);
}

static size_t word_after(const struct field *f, size_t at)
{
    return step_word_after(field_text(f), at);
}

/* ---- changing it ---- */

static void replace(struct field *f, size_t from, size_t until, vb_str with)
{
    struct buf text = {0};
    buf_add(&text, str_cut(field_text(f), 0, from));
    buf_add(&text, with);
    buf_add(&text, str_from(field_text(f), until));
    buf_free(&f->text);
    f->text = text;
    put_caret(f, from + with.len, false);
}

/* A line end becomes a space, what else is no text is left out; not more than `room` bytes. */
static void clean(vb_str text, size_t room, struct buf *out)
{
    for (size_t at = 0; at < text.len;) {
        char utf8[4];
        uint32_t c = str_next(text, &at);
        if (c == '\n' || c == '\t')
            c = ' ';
        if (c < ' ' || c == 0x7F || c == 0xFFFD)
            continue;
        size_t len = utf8_put(utf8, c);
        if (out->len + len > room)
            return;
        buf_add(out, (vb_str){utf8, len});
    }
}

bool field_type(struct field *f, vb_str text)
{
    struct buf cleaned = {0};
    size_t from = low_end(f), until = high_end(f);
    clean(text, FIELD_MAX - (f->text.len - (until - from)), &cleaned);
    bool changes = cleaned.len > 0;
    if (changes)
        replace(f, from, until, buf_str(&cleaned));
    buf_free(&cleaned);
    buf_clear(&f->composed);
    return changes;
}

bool field_erase(struct field *f)
{
    if (f->caret == f->anchor)
        return false;
    replace(f, low_end(f), high_end(f), VB_STR(""));
    return true;
}

void field_set(struct field *f, vb_str text)
{
    field_select_all(f);
    if (!field_type(f, text))
        field_erase(f);
    field_select_all(f);
}

void field_compose(struct field *f, vb_str text, int caret)
{
    buf_clear(&f->composed);
    clean(text, FIELD_MAX, &f->composed);
    size_t at = 0;
    while (caret-- > 0 && at < f->composed.len)
        str_next(buf_str(&f->composed), &at);
    f->composed_caret = caret < -1 ? f->composed.len : at;
}

/* ---- keys ---- */

static size_t start_of_text(const struct field *f, size_t at)
{
    (void)f, (void)at;
    return 0;
}

static size_t end_of_text(const struct field *f, size_t at)
{
    (void)at;
    return f->text.len;
}

static const struct step { /* keys that move the caret, or erase as far as it would move */
    enum key_name key;
    unsigned modifiers; /* Shift aside */
    size_t (*to)(const struct field *f, size_t at);
    bool erases;
} steps[] = {
    {KEY_LEFT,      0,        grapheme_before, false},
    {KEY_RIGHT,     0,        field_after,     false},
    {KEY_LEFT,      KEY_CTRL, word_before,     false},
    {KEY_RIGHT,     KEY_CTRL, word_after,      false},
    {KEY_HOME,      0,        start_of_text,   false},
    {KEY_END,       0,        end_of_text,     false},
    {KEY_BACKSPACE, 0,        grapheme_before, true },
    {KEY_DELETE,    0,        field_after,     true },
    {KEY_BACKSPACE, KEY_CTRL, word_before,     true },
    {KEY_DELETE,    KEY_CTRL, word_after,      true },
};

static const struct step *step_for(const struct key_press *press)
{
    for (size_t i = 0; i < COUNT(steps); i++)
        if (steps[i].key == press->name &&
            steps[i].modifiers == (press->modifiers & ~(unsigned)KEY_SHIFT))
            return &steps[i];
    return NULL;
}

/* An arrow without Shift leaves a selection by its own side. */
static bool take_step(struct field *f, const struct step *step, bool shift)
{
    if (step->erases) {
        if (f->caret == f->anchor)
            f->anchor = step->to(f, f->caret);
        return field_erase(f);
    }
    bool leaves = !shift && f->caret != f->anchor && !step->modifiers;
    if (leaves && step->key == KEY_LEFT)
        put_caret(f, low_end(f), false);
    else if (leaves && step->key == KEY_RIGHT)
        put_caret(f, high_end(f), false);
    else
        put_caret(f, step->to(f, f->caret), shift);
    return false;
}

static bool copy(const struct field *f, const struct clipboard *clipboard)
{
    vb_str selected = field_selected(f);
    struct buf text = {0};
    if (!selected.len || !clipboard->put)
        return false;
    buf_add(&text, selected);
    bool put = clipboard->put(clipboard->ctx, CLIPBOARD, text.data);
    buf_free(&text);
    return put;
}

static bool paste(struct field *f, const struct clipboard *clipboard)
{
    struct buf text = {0};
    bool changes = clipboard->get && clipboard->get(clipboard->ctx, &text) &&
                   field_type(f, str_cut(buf_str(&text), 0, FIELD_MAX));
    buf_free(&text);
    return changes;
}

bool field_key(struct field *f, const struct key_press *press,
               const struct clipboard *clipboard, bool *taken)
{
    const struct step *step = step_for(press);
    *taken = true;
    if (step)
        return take_step(f, step, press->modifiers & KEY_SHIFT);
    if (keys_fit("Ctrl+A", press)) {
        field_select_all(f);
        return false;
    }
    if (keys_fit("Ctrl+V, Shift+Insert", press))
        return paste(f, clipboard);
    bool cuts = keys_fit("Ctrl+X", press), copies = keys_fit("Ctrl+C, Ctrl+Insert", press);
    if ((cuts || copies) && f->caret != f->anchor)
        return copy(f, clipboard) && cuts && field_erase(f);
    *taken = false;
    return false;
}
