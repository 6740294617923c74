/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drawing the passage that is open. */
#include "app/passages.h"
#include "base/str.h"
#include "view/editor_parts.h"
#include "view/reading.h"
#include "view/widgets.h"

enum { STRETCHES = 64 };

/* ---- grounds ---- */

static void draw_stretches(struct screen *on, size_t line, size_t from, size_t until, int y,
                           int height, color c)
{
    struct rect stretches[STRETCHES];
    size_t count = live_stretches(&on->editor.live, line, from, until, stretches, STRETCHES);
    for (size_t i = 0; i < count; i++)
        draw_rect(&on->list,
                  (struct rect){on->text_at.x + stretches[i].x, y, stretches[i].w, height}, c);
}

/* The part of the selection that lies in the passage. */
static bool selected_here(const struct screen *on, size_t *from, size_t *until)
{
    const struct caret *c = &on->session->caret;
    struct vb_span span;
    if (c->composed.len || !caret_selection(on->session, &span))
        return false;
    uint32_t end = span.at + span.len, last = c->span.at + (uint32_t)c->text.len;
    *from = span.at > c->span.at ? span.at - c->span.at : 0;
    *until = (end < last ? end : last) - c->span.at;
    return *until > *from;
}

/* The word that is heard, while its bytes are where the transcript has them. */
static bool heard_here(const struct screen *on, size_t *from, size_t *until)
{
    const struct session *s = on->session;
    const struct caret *c = &s->caret;
    if (s->word == VB_NONE || c->changed || c->composed.len)
        return false;
    struct vb_span span = vb_word(s->transcript, s->word).span;
    if (span.at < c->span.at || span.at + span.len > c->span.at + c->text.len)
        return false;
    *from = span.at - c->span.at;
    *until = *from + span.len;
    return span.len > 0;
}

static void draw_ground(struct screen *on, size_t line, int y)
{
    const struct live_style *style = &on->editor.live.style;
    int height = style->size * 13 / 10, inset = (style->line - height) / 2;
    size_t from, until;
    if (heard_here(on, &from, &until))
        draw_stretches(on, line, from, until, y + inset, height,
                       color_faded(screen_turn_color(on, on->session->turn), 24));
    if (selected_here(on, &from, &until))
        draw_stretches(on, line, from, until, y, style->line, token(on, SELECTION));
}

/* ---- letters ---- */

/* Which word stands here, while the transcript has the text as it is. */
static void tell_shown(struct screen *on, const struct live_piece *p, int y)
{
    const struct caret *c = &on->session->caret;
    uint32_t place = c->span.at + (uint32_t)p->from;
    uint32_t word = c->changed || c->composed.len ? VB_NONE : passage_word(on->session, place);
    if (word == VB_NONE)
        return;
    struct vb_span span = vb_word(on->session->transcript, word).span;
    if (place < span.at + span.len)
        vec_push(&on->shown, (struct shown_word){word, on->text_at.x + p->x, y, p->width,
                                                 on->editor.live.style.line});
}

static void draw_letters(struct screen *on, size_t line, int y)
{
    struct live *live = &on->editor.live;
    const struct live_style *style = &live->style;
    int baseline =
        y + (style->line + measure_px(on->measure->ascent[FACE_TEXT], style->size)) / 2;
    size_t count;
    const struct live_piece *pieces = live_line(live, line, &count);
    for (size_t i = 0; i < count; i++) {
        const struct live_piece *p = &pieces[i];
        if (p->is_space)
            continue;
        tell_shown(on, p, y);
        draw_text_towards(&on->list, on->measure, style->face, style->size,
                          on->text_at.x + p->x, baseline, p->width,
                          p->level & 1 ? DIRECTION_RIGHT_TO_LEFT : DIRECTION_LEFT_TO_RIGHT,
                          token(on, INK), str_cut(buf_str(&live->text), p->from, p->until));
    }
    const struct caret *c = &on->session->caret;
    if (c->composed.len)
        draw_stretches(on, line, c->at, c->at + c->composed.len, baseline + px(on, 4),
                       px(on, 1.5), token(on, INK));
}

/* A field's border says that one can type here. */
static void draw_border(struct screen *on)
{
    int side = px(on, 8), above = px(on, 5);
    struct rect at = {on->text_at.x - side, editor_y(on) - above, on->text_at.w + 2 * side,
                      live_height(&on->editor.live) + 2 * above};
    draw_round(&on->list, at, px(on, 8), CORNERS_ALL, token(on, BG));
    draw_ring(&on->list, at, px(on, 8), px(on, 1.5), token(on, ACCENT));
}

void editor_draw(struct screen *on)
{
    struct live *live = &on->editor.live;
    if (!on->session->caret.on || !on->layout->live.height)
        return;
    int top = editor_y(on), line = live->style.line;
    int first = top < on->text_at.y ? (on->text_at.y - top) / line : 0;
    draw_border(on);
    for (size_t i = (size_t)first; i < live->lines.count; i++) {
        int y = top + (int)i * line;
        if (y >= on->text_at.y + on->text_at.h)
            break;
        draw_ground(on, i, y);
        draw_letters(on, i, y);
    }
    if (editor_types(on))
        draw_rect(&on->list, editor_caret_rect(on), token(on, ACCENT));
}

/* ---- passages that are not open ---- */

/* The bytes of a placed word that are selected; as a whole where its source is another text. */
static bool part_selected(const struct screen *on, const struct layout_placed *placed,
                          struct vb_span selected, size_t *from, size_t *until)
{
    const struct session *s = on->session;
    struct vb_word w = vb_word(s->transcript, placed->word);
    vb_str source = str_cut(vb_document_text(s->document), w.span.at, w.span.at + w.span.len);
    uint32_t end = selected.at + selected.len, word_end = w.span.at + w.span.len;
    if (end <= w.span.at || selected.at >= word_end)
        return false;
    size_t begins = (size_t)(placed->text.data - w.text.data);
    size_t a = selected.at > w.span.at ? selected.at - w.span.at : 0;
    size_t b = end < word_end ? end - w.span.at : w.span.len;
    if (!str_is(source, w.text)) {
        a = 0;
        b = w.text.len;
    }
    *from = a > begins ? a - begins : 0;
    *until = b > begins ? b - begins : 0;
    *until = *until < placed->text.len ? *until : placed->text.len;
    return *from < *until;
}

static int width_until(const struct screen *on, const struct layout_placed *p, size_t until)
{
    return until >= p->text.len ? p->width
           : until              ? measure_text(on->measure, p->face, on->layout->style.size,
                                               str_cut(p->text, 0, until))
                                : 0;
}

void editor_draw_ground(struct screen *on, const struct layout_placed *words, size_t count,
                        int y, int height)
{
    struct vb_span selected;
    if (!on->session->caret.elsewhere || !caret_selection(on->session, &selected))
        return;
    for (size_t i = 0; i < count; i++) {
        const struct layout_placed *p = &words[i];
        size_t from, until;
        if (p->word == VB_NONE || !part_selected(on, p, selected, &from, &until))
            continue;
        int x = width_until(on, p, from), end = width_until(on, p, until);
        if (p->direction == DIRECTION_RIGHT_TO_LEFT) {
            int swap = p->width - x;
            x = p->width - end;
            end = swap;
        }
        if (until == p->text.len && i + 1 < count && words[i + 1].x > p->x)
            end = words[i + 1].x - p->x;
        draw_rect(&on->list, (struct rect){on->text_at.x + p->x + x, y, end - x, height},
                  token(on, SELECTION));
    }
}
