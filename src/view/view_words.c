/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text: words in their column, who speaks beside or above it, what is heard marked. */
#include "base/i18n.h"
#include "base/str.h"
#include "view/editor.h"
#include "view/marks.h"
#include "view/reading.h"
#include "view/selecting.h"
#include "view/ticks.h"
#include "view/turn.h"
#include "view/widgets.h"

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)on;
    return *room;
}

static bool shown(const struct screen *on)
{
    (void)on;
    return true;
}

/* ---- one line ---- */

struct pen { /* how the block that is drawn looks */
    struct screen *on;
    uint32_t turn;
    color ink, speaker;
    bool is_heard; /* it belongs to the turn being heard */
};

static struct rect pill_of(const struct screen *on, const struct layout_placed *word, int y)
{
    int line = on->layout->style.line, size = on->layout->style.size;
    int height = size * 13 / 10, side = size / 6 < px(on, 8) ? size / 6 : px(on, 8);
    return (struct rect){on->text_at.x + word->x - side, y + (line - height) / 2,
                         word->width + 2 * side, height};
}

static void draw_heard_word(struct pen *pen, const struct layout_placed *word, int y)
{
    struct screen *on = pen->on;
    struct rect pill = pill_of(on, word, y);
    int stroke = px(on, 2.4 * on->layout->style.size / reading_size(on));
    draw_round(&on->list, pill, px(on, 5), CORNERS_ALL, color_faded(pen->speaker, 24));
    if (on->theme->is_stark)
        draw_ring(&on->list, pill, px(on, 5), px(on, 1), pen->speaker);
    draw_rect(
        &on->list,
        (struct rect){pill.x + px(on, 3), pill.y + pill.h - stroke, pill.w - px(on, 6), stroke},
        pen->speaker);
}

/* Where only the line is likely, the line is tinted, softly: no word is claimed. */
static void draw_heard_line(struct pen *pen, const struct layout_placed *words, size_t count,
                            int y)
{
    struct screen *on = pen->on;
    struct rect first = pill_of(on, &words[0], y), last = pill_of(on, &words[count - 1], y);
    struct rect band = {first.x, first.y, last.x + last.w - first.x, first.h};
    draw_round(&on->list, band, px(on, 5), CORNERS_ALL,
               color_faded(pen->speaker, on->theme->is_stark ? 24 : 13));
}

/* A word of both directions is set in parts; what stands side by side gets one pill. */
static struct layout_placed with_neighbours(const struct layout_placed *words, size_t count,
                                            size_t *i)
{
    struct layout_placed whole = words[*i];
    while (*i + 1 < count && words[*i + 1].word == whole.word) {
        const struct layout_placed *next = &words[++*i];
        whole.width = next->x + next->width - whole.x;
    }
    return whole;
}

static void draw_marks(struct pen *pen, const struct layout_placed *words, size_t count, int y)
{
    struct screen *on = pen->on;
    for (size_t i = 0; i < count; i++) {
        uint32_t word = words[i].word;
        if (word == VB_NONE)
            continue;
        struct layout_placed whole = with_neighbours(words, count, &i);
        if (word == on->session->word && reading_is_known(on, word))
            draw_heard_word(pen, &whole, y);
        else if (word == on->session->word)
            draw_heard_line(pen, words, count, y);
        if (word == on->hovered && word != on->session->word)
            draw_round(&on->list, pill_of(on, &whole, y), px(on, 5), CORNERS_ALL,
                       color_faded(token(on, INK), 8));
    }
}

static void draw_sign(struct pen *pen, const struct layout_placed *word, int baseline)
{
    struct screen *on = pen->on;
    int size = layout_sign_size(on->layout->style.size);
    vb_str number = screen_print(on, "%zu", layout_footnote_of(on->layout, word->word));
    int width = measure_text(on->measure, FACE_UI, size, number);
    draw_text(&on->list, on->measure, FACE_UI, size,
              on->text_at.x + word->x + word->width - width,
              baseline - on->layout->style.size * 2 / 5, token(on, ACCENT), number);
}

static int baseline_of(const struct screen *on, int y, int line, int size)
{
    return y + (line + measure_px(on->measure->ascent[FACE_TEXT], size)) / 2;
}

static void draw_words(struct pen *pen, const struct layout_placed *words, size_t count, int y,
                       int line, int size)
{
    struct screen *on = pen->on;
    int baseline = baseline_of(on, y, line, size);
    int alpha = scroll_fade(&on->scroll, on->session->clock);
    for (size_t i = 0; i < count; i++) {
        const struct layout_placed *word = &words[i];
        draw_text_towards(&on->list, on->measure, word->face, size, on->text_at.x + word->x,
                          baseline, word->width, word->direction, color_faded(pen->ink, alpha),
                          word->text);
        if (word->sign)
            draw_sign(pen, word, baseline);
        if (word->word != VB_NONE)
            vec_push(&on->shown, (struct shown_word){word->word, on->text_at.x + word->x, y,
                                                     word->width, line});
    }
}

/* ---- blocks ---- */

static void draw_lines(struct pen *pen, uint32_t block)
{
    struct screen *on = pen->on;
    const struct layout_block *b = &on->layout->blocks[block];
    bool is_head = b->kind == VB_BLOCK_SECTION;
    int line = is_head ? on->layout->style.head_line : on->layout->style.line;
    int size = is_head ? on->layout->style.head_size : on->layout->style.size;
    int top = reading_y(on, b->y);
    int first = (on->text_at.y - top) / line - 1;
    for (int i = first > 0 ? first : 0; i < (int)layout_line_count(on->layout, block); i++) {
        int y = top + i * line;
        if (y >= on->text_at.y + on->text_at.h)
            break;
        size_t count;
        const struct layout_placed *words =
            layout_line_words(on->layout, block, (uint32_t)i, &count);
        if (!count || y + line <= on->text_at.y)
            continue;
        struct marked_line marked = {words, count, y, line, size, is_head ? b->index : VB_NONE};
        marks_draw_grounds(on, &marked);
        editor_draw_ground(on, words, count, y, line);
        draw_marks(pen, words, count, y);
        draw_words(pen, words, count, y, line, size);
        marks_draw_here(on, &marked, baseline_of(on, y, line, size));
    }
}

static void draw_paragraph(struct screen *on, uint32_t block)
{
    const struct layout_block *b = &on->layout->blocks[block];
    const struct vb_paragraph *p = vb_paragraph(on->session->transcript, b->index);
    bool is_heard = p->turn != VB_NONE && p->turn == on->session->turn;
    struct pen pen = {
        .on = on,
        .turn = p->turn,
        .ink = token(on, p->kind == VB_STAGE ? INK3
                         : is_heard          ? INK
                                             : INK2),
        .speaker = screen_turn_color(on, p->turn),
        .is_heard = is_heard,
    };
    draw_lines(&pen, block);
}

static void draw_heading(struct screen *on, uint32_t block)
{
    struct pen pen = {.on = on, .turn = VB_NONE, .ink = token(on, INK)};
    draw_lines(&pen, block);
}

/* A time that the page itself states: small, in the middle, between two rules. */
static void draw_marker(struct screen *on, uint32_t block)
{
    const struct layout_block *b = &on->layout->blocks[block];
    const struct vb_marker *marker = vb_marker(on->session->transcript, b->index);
    struct rect row = {on->text_at.x, reading_y(on, b->y), on->text_at.w,
                       on->layout->style.mark_height};
    int baseline = widget_baseline(on, row, FACE_FIGURES, 12), gap = px(on, 12);
    int width = widget_width(on, FACE_FIGURES, 12, marker->text);
    int x = row.x + (row.w - width) / 2, rule = px(on, 36), middle = row.y + row.h / 2;
    color line = color_mix(token(on, BG), token(on, INK), 18);
    draw_rect(&on->list, (struct rect){x - gap - rule, middle, rule, px(on, 1)}, line);
    draw_rect(&on->list, (struct rect){x + width + gap, middle, rule, px(on, 1)}, line);
    widget_text(on, FACE_FIGURES, 12, x, baseline, token(on, INK3), marker->text);
}

static void draw_block(struct screen *on, uint32_t block)
{
    switch (on->layout->blocks[block].kind) {
    case VB_BLOCK_SECTION:
        draw_heading(on, block);
        break;
    case VB_BLOCK_MARKER:
        draw_marker(on, block);
        break;
    default:
        draw_paragraph(on, block);
    }
}

/* Below the text, while the sound goes on without it. */
static void draw_end(struct screen *on)
{
    const struct session *s = on->session;
    vb_time end = s->timeline ? vb_timeline_text_end(s->timeline) : 0;
    if (!s->player || !s->timeline || s->now.duration == VB_NO_TIME ||
        s->now.duration - end < 5 * VB_SECOND || !s->now.duration_exact)
        return;
    int y = reading_y(on, reading_end_y(on));
    if (y > on->text_at.y + on->text_at.h)
        return;
    bool is_here = reading_is_beyond(on);
    vb_str until = screen_time(on, s->now.duration);
    vb_str from = screen_time(on, end);
    vb_str note =
        screen_print(on, _("Not transcribed from here: %s – %s"), from.data, until.data);
    int height =
        widget_lines_height(on, &text_note, on->text_at.w - px(on, 32), note) + px(on, 20);
    struct rect box = {on->text_at.x, y, on->text_at.w, height};
    draw_hatch(&on->list, box, color_faded(token(on, INK), is_here ? 12 : 6));
    widget_lines(on, &text_note, box.x + px(on, 16), box.y + px(on, 10), box.w - px(on, 32),
                 token(on, is_here ? INK : INK3), note);
}

static void draw_text_blocks(struct screen *on)
{
    const struct layout *l = on->layout;
    int bottom = on->scroll.top + on->text_at.h;
    uint32_t block = layout_block_at(l, on->scroll.top);
    if (block == VB_NONE)
        return;
    turn_draw_card(on);
    for (; block < l->block_count && l->blocks[block].y < bottom + l->style.name_height;
         block++)
        if (!layout_is_hidden(l, block))
            draw_block(on, block);
    editor_draw(on);
    turn_draw_labels(on);
    draw_end(on);
}

/* ---- the edges ---- */

enum { FADE_STEPS = 12, FADE_STEP = 2, FADE_FROM = 320 /* logical height: a strip shows all */ };

static void draw_edge(struct screen *on, struct rect at, bool is_upper)
{
    int step = px(on, FADE_STEP);
    for (int i = 0; i < FADE_STEPS; i++) {
        int y = is_upper ? at.y + i * step : at.y + at.h - (i + 1) * step;
        draw_rect(&on->list, (struct rect){at.x, y, at.w, step},
                  color_faded(token(on, BG), 90 - 90 * i / FADE_STEPS));
    }
}

/* Text that goes on beyond an edge fades towards it. */
static void draw_edges(struct screen *on, struct rect at)
{
    if (on->theme->is_stark || at.h < px(on, FADE_FROM))
        return;
    if (on->scroll.top > 0)
        draw_edge(on, at, true);
    if (on->layout->height - on->layout->style.bottom > on->scroll.top + at.h)
        draw_edge(on, at, false);
}

/* ---- the whole ---- */

static void hover_word(struct screen *on, struct rect at);

static void draw(struct screen *on, struct rect at)
{
    reading_update(on, at);
    if (on->layout)
        selecting_update(on, at);
    draw_rect(&on->list, at, token(on, BG));
    if (!on->layout)
        return;
    hover_word(on, at);
    draw_text_blocks(on);
    draw_edges(on, at);
    track_draw(on, at);
}

/* ---- the hand ---- */

/* The word under that place, or at most half a letter beside it. */
static uint32_t word_under(struct screen *on, int x, int y)
{
    return reading_word_at(on, x, y, on->layout->style.size / 2);
}

static vb_str tip_of(struct screen *on, uint32_t word)
{
    vb_str time = screen_word_time(on, word);
    size_t note = vb_word_marks(on->session->transcript, word) & VB_FOOTNOTE
                      ? layout_footnote_of(on->layout, word)
                      : 0;
    if (!note)
        return time;
    size_t count;
    vb_str text = vb_footnotes(on->session->transcript, &count)[note - 1].text;
    return screen_print(on, "%.*s · %.*s", (int)time.len, time.data, (int)text.len, text.data);
}

/* What hovers is found anew each frame: the text may move under a still pointer. */
static void hover_word(struct screen *on, struct rect at)
{
    const struct pointer *p = &on->pointer;
    on->hovered = VB_NONE;
    if (!p->inside || on->is_over_spot || on->captured == &view_player || on->grip ||
        on->scroll.lasts || p->dragged || !rect_holds(at, p->x, p->y) ||
        track_is_at(on, at, p->x))
        return;
    if (on->session->caret.on) {
        on->cursor = CURSOR_TEXT;
        return;
    }
    uint32_t word = word_under(on, p->x, p->y);
    if (word == VB_NONE)
        return;
    struct rect r = layout_rect_of(on->layout, word);
    r.x += on->text_at.x;
    r.y = reading_y(on, r.y);
    on->hovered = word;
    on->cursor = CURSOR_HAND;
    screen_tip(on, r, tip_of(on, word));
}

static void click(struct screen *on, const struct input *in)
{
    uint32_t word = word_under(on, in->x, in->y);
    if (word == VB_NONE)
        return;
    on->scroll.held = on->scroll.suspended = false;
    session_play_word(on->session, word);
    on->click.jumps_after = on->session->jumps_made;
}

static void release(struct screen *on, struct rect at, const struct input *in)
{
    bool on_text = !on->grip && on->captured == &view_words && on->press_word != VB_NONE;
    if (!on_text || selecting_release(on) || on->pointer.dragged)
        return;
    if (!track_is_at(on, at, in->x))
        click(on, in);
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    if (!on->layout)
        return false;
    switch (in->kind) {
    case INPUT_PRESS:
        on->press_word = VB_NONE;
        if (track_press(on, at, in))
            return true;
        if (on->session->caret.on)
            editor_press(on, in);
        else
            selecting_press(on, in);
        return true;
    case INPUT_MOVE:
        if (on->grip)
            track_drag(on, at, in);
        else if (on->session->caret.on)
            editor_drag(on, in);
        else
            selecting_drag(on, in);
        return true;
    case INPUT_RELEASE:
        if (!on->session->caret.on)
            release(on, at, in);
        on->grip = 0;
        return true;
    case INPUT_MENU:
        selecting_menu(on, in);
        return true;
    case INPUT_WHEEL:
        scroll_by(&on->scroll, (int)(in->amount * 3 * (float)on->layout->style.line),
                  on->session->clock);
        reading_moved(on);
        return true;
    default:
        return false;
    }
}

const struct view view_words = {"words", place, shown, draw, input};
