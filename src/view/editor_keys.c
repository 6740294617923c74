/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the keys do while there is a caret in the text. */
#include "app/caret.h"
#include "base/mem.h"
#include "base/str.h"
#include "view/editor_parts.h"

/* ---- sideways, as the eye sees it ---- */

/* An arrow without Shift leaves a selection by its own side. */
static bool leave_selection(struct screen *on, bool right)
{
    struct session *s = on->session;
    struct caret *c = &s->caret;
    struct vb_span span;
    if (c->elsewhere || !caret_selection(s, &span))
        return false;
    bool to_end = right != on->editor.live.right_to_left;
    size_t low = c->at < c->anchor ? c->at : c->anchor;
    caret_put(s, to_end ? low + span.len : low, false);
    return true;
}

static void sideways(struct screen *on, int right, bool selects)
{
    struct session *s = on->session;
    const struct live *live = &on->editor.live;
    if (!selects && leave_selection(on, right != 0))
        return;
    if (live->is_mixed) {
        size_t place = live_beside(&on->editor.live, s->caret.at, right != 0);
        if (place != VB_NONE) {
            caret_put(s, place, selects);
            return;
        }
    }
    bool forward = (right != 0) != live->right_to_left;
    caret_step(s, forward ? STEP_GRAPHEME_ON : STEP_GRAPHEME_BACK, selects);
}

static void by_word(struct screen *on, int right, bool selects)
{
    bool forward = (right != 0) != on->editor.live.right_to_left;
    caret_step(on->session, forward ? STEP_WORD_ON : STEP_WORD_BACK, selects);
}

/* ---- up and down ---- */

/* The column that a way up or down keeps to. */
static int kept_x(struct screen *on)
{
    if (!on->editor.keeps_x)
        on->editor.x = live_x(&on->editor.live, on->session->caret.at);
    on->editor.keeps_x = true;
    return on->editor.x;
}

/* Into the passage above or below: its last line, or its first. */
static void into_next(struct screen *on, int by, int x, bool selects)
{
    struct session *s = on->session;
    uint32_t version = s->caret.version;
    if (by < 0)
        caret_put(s, 0, selects);
    else
        caret_put(s, s->caret.text.len, selects);
    caret_step(s, by < 0 ? STEP_GRAPHEME_BACK : STEP_GRAPHEME_ON, selects);
    if (s->caret.version == version)
        return;
    editor_lay(on);
    struct live *live = &on->editor.live;
    caret_put(s, live_place_at(live, by < 0 ? live->lines.count - 1 : 0, x), selects);
}

static void by_line(struct screen *on, int by, bool selects)
{
    struct session *s = on->session;
    struct live *live = &on->editor.live;
    int x = kept_x(on);
    size_t line = live_line_of(live, s->caret.at);
    bool inside = by < 0 ? line > 0 : line + 1 < live->lines.count;
    if (inside)
        caret_put(s, live_place_at(live, by < 0 ? line - 1 : line + 1, x), selects);
    else
        into_next(on, by, x, selects);
    on->editor.keeps_x = true;
}

static void by_page(struct screen *on, int by, bool selects)
{
    int x = kept_x(on), line = on->layout->style.line;
    struct rect caret = editor_caret_rect(on);
    int page = on->text_at.h - 2 * line;
    editor_go_to(on, on->text_at.x + x, caret.y + caret.h / 2 + by * page, selects);
    on->editor.keeps_x = true;
}

static void to_line_end(struct screen *on, int end, bool selects)
{
    struct live *live = &on->editor.live;
    size_t line = live_line_of(live, on->session->caret.at);
    caret_put(on->session, end ? live_line_end(live, line) : live_line_start(live, line),
              selects);
}

static void step(struct screen *on, int which, bool selects)
{
    caret_step(on->session, (enum caret_step)which, selects);
}

/* ---- changing ---- */

static void erase(struct screen *on, int which, bool shift)
{
    (void)shift;
    caret_erase(on->session, (enum caret_step)which);
}

static void enter(struct screen *on, int amount, bool shift)
{
    (void)amount, (void)shift;
    caret_enter(on->session);
}

static void leave(struct screen *on, int amount, bool shift)
{
    (void)amount, (void)shift;
    session_edit_end(on->session);
}

static const struct editor_key {
    enum key_name name;
    unsigned modifiers; /* Shift aside: it selects */
    void (*run)(struct screen *on, int amount, bool shift);
    int amount;
} keys[] = {
    {KEY_LEFT,      0,        sideways,    0                 },
    {KEY_RIGHT,     0,        sideways,    1                 },
    {KEY_LEFT,      KEY_CTRL, by_word,     0                 },
    {KEY_RIGHT,     KEY_CTRL, by_word,     1                 },
    {KEY_UP,        0,        by_line,     -1                },
    {KEY_DOWN,      0,        by_line,     +1                },
    {KEY_UP,        KEY_CTRL, step,        STEP_PASSAGE_BACK },
    {KEY_DOWN,      KEY_CTRL, step,        STEP_PASSAGE_ON   },
    {KEY_PAGE_UP,   0,        by_page,     -1                },
    {KEY_PAGE_DOWN, 0,        by_page,     +1                },
    {KEY_HOME,      0,        to_line_end, 0                 },
    {KEY_END,       0,        to_line_end, 1                 },
    {KEY_HOME,      KEY_CTRL, step,        STEP_TOP          },
    {KEY_END,       KEY_CTRL, step,        STEP_BOTTOM       },
    {KEY_BACKSPACE, 0,        erase,       STEP_GRAPHEME_BACK},
    {KEY_DELETE,    0,        erase,       STEP_GRAPHEME_ON  },
    {KEY_BACKSPACE, KEY_CTRL, erase,       STEP_WORD_BACK    },
    {KEY_DELETE,    KEY_CTRL, erase,       STEP_WORD_ON      },
    {KEY_RETURN,    0,        enter,       0                 },
    {KEY_ESCAPE,    0,        leave,       0                 },
};

/* ---- the clipboard ---- */

static void copy(struct session *s, bool cuts)
{
    struct buf text = {0};
    caret_selected_text(s, &text);
    bool put = text.len && s->clipboard.put &&
               s->clipboard.put(s->clipboard.ctx, CLIPBOARD, text.data);
    if (put && cuts)
        caret_erase(s, STEP_GRAPHEME_BACK);
    buf_free(&text);
}

static void paste(struct session *s)
{
    struct buf text = {0};
    if (s->clipboard.get && s->clipboard.get(s->clipboard.ctx, &text))
        caret_paste(s, buf_str(&text));
    buf_free(&text);
}

static bool clipboard_key(struct session *s, const struct key_press *press)
{
    if (keys_fit("Ctrl+V, Shift+Insert", press))
        paste(s);
    else if (keys_fit("Ctrl+X, Shift+Delete", press))
        copy(s, true);
    else if (keys_fit("Ctrl+C, Ctrl+Insert", press))
        copy(s, false);
    else if (keys_fit("Ctrl+A", press))
        caret_select_all(s);
    else
        return false;
    return true;
}

/* ---- all of them ---- */

static bool keeps_column(const struct editor_key *key)
{
    return key->run == by_line || key->run == by_page;
}

/* Does the key type something? Then what it types comes as text. */
static bool types(const struct key_press *press)
{
    return press->name == KEY_NONE && !(press->modifiers & (KEY_CTRL | KEY_ALT));
}

bool editor_key(struct screen *on, const struct key_press *press)
{
    if (!editor_types(on))
        return false;
    if (on->session->caret.composed.len)
        return true;
    editor_lay(on); /* several keys may come before a frame */
    if (clipboard_key(on->session, press))
        return true;
    for (size_t i = 0; i < COUNT(keys); i++) {
        if (keys[i].name != press->name ||
            keys[i].modifiers != (press->modifiers & ~(unsigned)KEY_SHIFT))
            continue;
        if (!keeps_column(&keys[i]))
            on->editor.keeps_x = false;
        keys[i].run(on, keys[i].amount, press->modifiers & KEY_SHIFT);
        return true;
    }
    return types(press);
}

void editor_input(struct screen *on, const struct input *in)
{
    if (!editor_types(on))
        return;
    on->editor.keeps_x = false;
    if (in->kind == INPUT_EDITING)
        caret_compose(on->session, in->text, in->caret);
    else
        caret_type(on->session, in->text);
}
