/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The caret in the window: where it stands, and what the hand does. */
#include "view/editor.h"

#include "app/passages.h"
#include "app/steps.h"
#include "base/str.h"
#include "view/editor_parts.h"
#include "view/reading.h"
#include "view/widgets.h"

bool editor_types(const struct screen *on)
{
    const struct session *s = on->session;
    return s->caret.on && on->layout && !on->typing && !on->focused &&
           s->mode == MODE_READING && (s->asked == ASK_NOTHING || s->asked == ASK_FIND);
}

/* ---- laying out what is open ---- */

/* With what an input method composes, where it will stand. */
static vb_str text_shown(struct screen *on)
{
    const struct caret *c = &on->session->caret;
    vb_str text = buf_str(&c->text), composed = buf_str(&c->composed);
    if (!composed.len)
        return text;
    return screen_print(on, "%.*s%.*s%.*s", (int)c->at, text.data, (int)composed.len,
                        composed.data, (int)(text.len - c->at), text.data + c->at);
}

size_t editor_caret(const struct screen *on)
{
    const struct caret *c = &on->session->caret;
    return c->composed.len ? c->at + c->composed_caret : c->at;
}

static struct live_style style_of(const struct screen *on, uint32_t first, uint32_t until)
{
    const struct layout_style *style = &on->layout->style;
    bool head = first < until && on->layout->blocks[first].kind == VB_BLOCK_SECTION;
    return (struct live_style){.width = style->width,
                               .size = head ? style->head_size : style->size,
                               .line = head ? style->head_line : style->line,
                               .face = head ? FACE_TEXT_BOLD : FACE_TEXT};
}

static void make_room(struct screen *on, uint32_t first, uint32_t until, int height)
{
    const struct layout_room *room = &on->layout->live;
    if (room->height == height && room->first == first && room->until == until)
        return;
    layout_make_room(on->layout, first, until, height);
    on->scroll.text_height = on->layout->height;
}

/* Only when the caret asks to be seen: a reader may scroll away from it. */
static void show_caret(struct screen *on)
{
    struct scroll *scroll = &on->scroll;
    struct live *live = &on->editor.live;
    int line = on->layout->style.line;
    int y = on->layout->live.y + (int)live_line_of(live, editor_caret(on)) * live->style.line;
    int top = scroll->lasts ? scroll->to : scroll->top;
    if (y >= top + line && y + 2 * line <= top + scroll->height)
        return;
    bool near = y >= top - 2 * line && y <= top + scroll->height + 2 * line;
    int to = !near            ? y - scroll->height * READING_LINE / 100
             : y < top + line ? y - line
                              : y + 2 * line - scroll->height;
    scroll_to(scroll, to, on->session->clock);
    reading_moved(on);
}

void editor_lay(struct screen *on)
{
    const struct session *s = on->session;
    uint32_t first, until;
    passage_blocks(s, s->caret.span, &first, &until);
    live_set(&on->editor.live, on->measure, style_of(on, first, until), text_shown(on));
    make_room(on, first, until, live_height(&on->editor.live));
}

void editor_keep_place(struct screen *on)
{
    on->editor.stays = on->layout->live.height > 0;
    on->editor.above = on->layout->live.y - on->scroll.top;
}

static void stay(struct screen *on)
{
    bool same = on->editor.began_at == on->session->caret.span.at;
    if (on->editor.stays && same)
        scroll_shift(&on->scroll, on->layout->live.y - on->scroll.top - on->editor.above);
    on->editor.stays = false;
    on->editor.began_at = on->session->caret.span.at;
}

void editor_update(struct screen *on)
{
    const struct session *s = on->session;
    if (!s->caret.on) {
        on->editor.stays = false;
        make_room(on, 0, 0, 0);
        return;
    }
    editor_lay(on);
    stay(on);
    if (on->editor.moves != s->caret.moves)
        show_caret(on);
    on->editor.moves = s->caret.moves;
}

int editor_y(const struct screen *on)
{
    return reading_y(on, on->layout->live.y);
}

struct rect editor_caret_rect(struct screen *on)
{
    struct live *live = &on->editor.live;
    if (!on->layout || !live->lines.count)
        return (struct rect){0};
    size_t at = editor_caret(on);
    int line = live->style.line, height = live->style.size * 13 / 10;
    int y = editor_y(on) + (int)live_line_of(live, at) * line + (line - height) / 2;
    return (struct rect){on->text_at.x + live_x(live, at), y, px(on, 2), height};
}

/* ---- places under the hand ---- */

/* In the passage that is open; false: the point is in none of its lines. */
static bool place_in_live(struct screen *on, int x, int y, size_t *place)
{
    struct live *live = &on->editor.live;
    int down = y - editor_y(on);
    if (!on->session->caret.on || down < 0 || down >= live_height(live))
        return false;
    size_t line = (size_t)(down / live->style.line), composed = on->session->caret.composed.len;
    *place = live_place_at(live, line, x - on->text_at.x);
    if (*place == VB_NONE)
        return false;
    if (composed && *place > on->session->caret.at)
        *place = *place > on->session->caret.at + composed ? *place - composed
                                                           : on->session->caret.at;
    return true;
}

/* How many bytes of the placed text lie before `x`; no grapheme is cut. */
static size_t bytes_before(const struct screen *on, const struct layout_placed *placed, int x)
{
    bool from_right = placed->direction == DIRECTION_RIGHT_TO_LEFT;
    int within = from_right ? placed->x + placed->width - x : x - placed->x, least = INT32_MAX;
    size_t best = 0;
    for (size_t at = 0;; at = step_grapheme_after(placed->text, at)) {
        int width = at ? measure_text(on->measure, placed->face, on->layout->style.size,
                                      str_cut(placed->text, 0, at))
                       : 0;
        int away = width > within ? width - within : within - width;
        if (away < least) {
            least = away;
            best = at;
        }
        if (at >= placed->text.len)
            return best;
    }
}

/* Where a byte of a word as it is shown stands in the file; a word whose source is another text
 * (markup inside) only tells its ends. */
static uint32_t source_of(const struct session *s, uint32_t word, size_t byte)
{
    struct vb_word w = vb_word(s->transcript, word);
    vb_str source = str_cut(vb_document_text(s->document), w.span.at, w.span.at + w.span.len);
    if (str_is(source, w.text))
        return w.span.at + (uint32_t)byte;
    return byte * 2 > w.text.len ? w.span.at + w.span.len : w.span.at;
}

static uint32_t place_in_word(struct screen *on, uint32_t word, int x, int y)
{
    struct layout *l = on->layout;
    uint32_t block = layout_block_of_word(l, word);
    int line = (y - reading_y(on, l->blocks[block].y)) / l->style.line;
    int last = (int)layout_line_count(l, block) - 1;
    line = line < 0 ? 0 : line > last ? last : line;
    size_t count, byte = 0;
    const struct layout_placed *words = layout_line_words(l, block, (uint32_t)line, &count);
    int least = INT32_MAX;
    x -= on->text_at.x;
    for (size_t i = 0; i < count; i++) {
        const struct layout_placed *p = &words[i];
        int away = x < p->x ? p->x - x : x > p->x + p->width ? x - p->x - p->width : 0;
        if (p->word != word || away >= least)
            continue;
        least = away;
        byte = (size_t)(p->text.data - vb_word_text(l->transcript, word).data) +
               bytes_before(on, p, x);
    }
    return source_of(on->session, word, byte);
}

/* Headings and markers are taken as wholes; VB_NONE: no text is near. */
static uint32_t place_at(struct screen *on, int x, int y)
{
    struct vb_span span;
    uint32_t block = layout_block_at(on->layout, y - on->text_at.y + on->scroll.top);
    if (block != VB_NONE && on->layout->blocks[block].kind != VB_BLOCK_PARAGRAPH &&
        !layout_is_hidden(on->layout, block) &&
        y >= reading_y(on, on->layout->blocks[block].y) &&
        passage_of_block(on->session, block, &span))
        return span.at + span.len;
    uint32_t word = reading_word_at(on, x, y, LAYOUT_ANY);
    return word == VB_NONE ? VB_NONE : place_in_word(on, word, x, y);
}

bool editor_begin_at(struct screen *on, int x, int y)
{
    uint32_t place = on->layout ? place_at(on, x, y) : VB_NONE;
    return place != VB_NONE && session_edit_begin(on->session, place);
}

/* ---- the hand ---- */

static void go_to(struct screen *on, int x, int y, bool selects)
{
    size_t place;
    on->editor.keeps_x = false;
    if (place_in_live(on, x, y, &place)) {
        caret_put(on->session, place, selects);
        return;
    }
    uint32_t elsewhere = place_at(on, x, y);
    if (elsewhere != VB_NONE)
        caret_go(on->session, elsewhere, selects);
}

void editor_press(struct screen *on, const struct input *in)
{
    struct session *s = on->session;
    uint32_t word = reading_word_at(on, in->x, in->y, on->layout->style.size / 2);
    if (in->modifiers & KEY_CTRL) {
        if (word != VB_NONE)
            session_play_word(s, word);
        return;
    }
    if (in->clicks >= 3)
        caret_select_all(s);
    else if (in->clicks == 2)
        caret_select_word(s, s->caret.at);
    else
        go_to(on, in->x, in->y, in->modifiers & KEY_SHIFT);
}

void editor_drag(struct screen *on, const struct input *in)
{
    if (on->captured == &view_words && on->pointer.down && on->pointer.dragged)
        go_to(on, in->x, in->y, true);
}

void editor_go_to(struct screen *on, int x, int y, bool selects)
{
    go_to(on, x, y, selects);
}
