/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proofreading in the text: a wavy line below what is doubtful, dashes below what was
 * corrected, dots below what is new, and on demand the second text's words between the lines.
 */
#include "app/relire.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/doubts.h"
#include "view/widgets.h"

enum { LONGEST = 256 /* words of a doubt that began in an earlier line */, GLOSS_WORDS = 12 };

/* From the first to the last word of the line that lies in the passage. False: none does. */
static bool part_of_line(const struct screen *on, const struct marked_line *line,
                         uint32_t first, uint32_t count, struct rect *at)
{
    bool found = false;
    for (size_t i = 0; i < line->count; i++) {
        const struct layout_placed *w = &line->words[i];
        if (w->word == VB_NONE || w->word - first >= count)
            continue;
        int x = on->text_at.x + w->x, end = x + w->width;
        int right = found ? at->x + at->w : end;
        at->x = found && at->x < x ? at->x : x;
        right = right > end ? right : end;
        at->w = right - at->x;
        found = true;
    }
    int height = line->size * 13 / 10;
    at->y = line->y + (line->height - height) / 2;
    at->h = height;
    return found;
}

/* ---- lines below words ---- */

static void draw_wave(struct screen *on, struct rect at, color c)
{
    int step = px(on, 3), stroke = px(on, 1.6), y = at.y + at.h - px(on, 1);
    stroke = stroke < 1 ? 1 : stroke;
    for (int x = at.x, i = 0; x < at.x + at.w; x += step, i++) {
        int width = at.x + at.w - x < step ? at.x + at.w - x : step;
        draw_rect(&on->list, (struct rect){x, y + (i % 2 ? stroke : 0), width, stroke}, c);
    }
}

static void draw_dashes(struct screen *on, struct rect at, double dash, double gap, color c)
{
    int y = at.y + at.h - px(on, 1);
    for (int x = at.x; x < at.x + at.w; x += px(on, dash + gap)) {
        int width = at.x + at.w - x < px(on, dash) ? at.x + at.w - x : px(on, dash);
        draw_rect(&on->list, (struct rect){x, y, width, px(on, 2)}, c);
    }
}

static void draw_states(struct screen *on, const struct marked_line *line)
{
    const struct session *s = on->session;
    for (size_t i = 0; i < line->count; i++) {
        uint32_t word = line->words[i].word;
        struct rect at;
        if (word == VB_NONE)
            continue;
        bool is_new = relire_is_new(s, word), is_edited = relire_is_edited(s, word);
        if ((!is_new && !is_edited) || !part_of_line(on, line, word, 1, &at))
            continue;
        if (is_new)
            draw_dashes(on, at, 2, 3, token(on, ACCENT));
        else
            draw_dashes(on, at, 5, 3, token(on, EDITED));
    }
}

/* ---- the second text's words ---- */

static bool difference_at(const struct vb_comparison *c, uint32_t first,
                          struct vb_difference *found)
{
    size_t low = 0, high = vb_difference_count(c);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (vb_difference(c, middle).first < first)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == vb_difference_count(c))
        return false;
    *found = vb_difference(c, low);
    return found->first == first;
}

/* "+ et puis" where words are missing here, "∅" where there are too many. */
static vb_str gloss_of(struct screen *on, const struct vb_difference *d)
{
    const struct vb_transcript *other = vb_document_transcript(relire_other(on->session));
    struct buf words = {0};
    uint32_t shown = d->other_count < GLOSS_WORDS ? d->other_count : GLOSS_WORDS;
    buf_puts(&words, d->count ? "" : "+ ");
    for (uint32_t i = 0; i < shown; i++) {
        buf_puts(&words, i ? " " : "");
        buf_add(&words, vb_word_text(other, d->other_first + i));
    }
    buf_puts(&words, shown < d->other_count ? " …" : shown ? "" : "∅");
    vb_str text = screen_print(on, "%s", words.data);
    buf_free(&words);
    return text;
}

static void draw_gloss(struct screen *on, const struct marked_line *line, const struct doubt *d,
                       struct rect at, int *free_from)
{
    struct vb_difference difference;
    const struct vb_comparison *c = relire_comparison(on->session);
    bool begins_here = line->count && d->first >= line->words[0].word;
    if (!begins_here || !c || !difference_at(c, d->first, &difference))
        return;
    double size = 12.5 * on->session->settings.zoom / 100;
    int right = on->text_at.x + on->text_at.w, x = at.x > *free_from ? at.x : *free_from;
    if (right - x < px(on, 24))
        return;
    *free_from = x + px(on, 8) +
                 widget_fit(on, FACE_UI_MEDIUM, size, x, at.y + at.h + px(on, size),
                            right - x, token(on, EDITED), gloss_of(on, &difference));
}

/* ---- the line ---- */

static void draw_doubt(struct screen *on, const struct doubt *d, struct rect at)
{
    color warn = token(on, d->level >= VB_DOUBT ? WARN : INK3);
    if (relire_is_here(on->session, d))
        draw_round(&on->list, (struct rect){at.x - px(on, 3), at.y, at.w + px(on, 6), at.h},
                   px(on, 4), CORNERS_ALL, color_faded(token(on, WARN), 18));
    if (!d->right)
        draw_wave(on, at, warn);
}

void doubts_draw_line(struct screen *on, const struct marked_line *line)
{
    const struct session *s = on->session;
    bool is_on = relire_is_on(s);
    if (line->section != VB_NONE || !line->count || (!is_on && !s->news.count))
        return;
    draw_states(on, line);
    if (!is_on)
        return;
    uint32_t first = VB_NONE, last = 0;
    for (size_t i = 0; i < line->count; i++) {
        uint32_t word = line->words[i].word;
        first = word < first ? word : first;
        last = word != VB_NONE && word > last ? word : last;
    }
    int free_from = 0;
    const struct doubt *d;
    size_t i =
        first == VB_NONE ? SIZE_MAX : relire_from(s, first > LONGEST ? first - LONGEST : 0);
    for (; (d = relire_placed(s, i)) && d->first <= last; i++) {
        struct rect at;
        if (!part_of_line(on, line, d->first, d->count, &at))
            continue;
        draw_doubt(on, d, at);
        if (relire_glosses(s) && str_eq(str_of(d->check), "difference"))
            draw_gloss(on, line, d, at, &free_from);
    }
}
