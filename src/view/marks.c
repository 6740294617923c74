/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The selection and the matches of a search, line by line. */
#include "view/marks.h"

#include "base/str.h"
#include "view/doubts.h"
#include "view/widgets.h"

/* ---- the selection ---- */

/* Words beside each other are selected with the space between them. */
static void draw_selection(struct screen *on, const struct marked_line *line)
{
    struct selected words;
    if (line->section != VB_NONE || !selection_get(on->session, &words))
        return;
    for (size_t i = 0; i < line->count; i++) {
        const struct layout_placed *w = &line->words[i];
        if (w->word < words.first || w->word > words.last)
            continue;
        const struct layout_placed *next = i + 1 < line->count ? w + 1 : NULL;
        bool on_too = next && next->word >= words.first && next->word <= words.last;
        int end = on_too ? next->x : w->x + w->width;
        draw_rect(&on->list,
                  (struct rect){on->text_at.x + w->x, line->y, end - w->x, line->height},
                  token(on, SELECTION));
    }
}

/* ---- matches ---- */

/* The bytes of the placed text that lie in a match; false: none. */
static bool part_of(const struct screen *on, const struct layout_placed *placed,
                    const struct vb_match *match, size_t *from, size_t *until)
{
    vb_str word = vb_word_text(on->session->transcript, placed->word);
    bool within = placed->text.data >= word.data &&
                  placed->text.data + placed->text.len <= word.data + word.len;
    size_t begins = within ? (size_t)(placed->text.data - word.data) : 0;
    *from = placed->word == match->first && within ? match->from : 0;
    *until = placed->word == match->last && within ? match->until : begins + placed->text.len;
    *from = *from > begins ? *from - begins : 0;
    *until = *until > begins ? *until - begins : 0;
    *until = *until < placed->text.len ? *until : placed->text.len;
    return *from < *until;
}

static struct rect rect_of_part(const struct screen *on, const struct marked_line *line,
                                const struct layout_placed *placed, size_t from, size_t until)
{
    int before = from ? measure_text(on->measure, placed->face, line->size,
                                     str_cut(placed->text, 0, from))
                      : 0;
    int end = until < placed->text.len ? measure_text(on->measure, placed->face, line->size,
                                                      str_cut(placed->text, 0, until))
                                       : placed->width;
    int height = line->size * 13 / 10;
    struct rect r = {on->text_at.x + placed->x + before, line->y + (line->height - height) / 2,
                     end - before, height};
    if (placed->direction == DIRECTION_RIGHT_TO_LEFT)
        r.x = on->text_at.x + placed->x + placed->width - end;
    return r;
}

/* A match over several words goes on through the space between them. */
static struct rect joined_to_next(const struct screen *on, const struct marked_line *line,
                                  size_t i, const struct vb_match *match, struct rect r)
{
    const struct layout_placed *placed = &line->words[i];
    if (i + 1 < line->count && placed->word < match->last &&
        line->words[i + 1].word == placed->word + 1 && line->words[i + 1].x > placed->x)
        r.w = on->text_at.x + line->words[i + 1].x - r.x;
    return r;
}

static void draw_ground(struct screen *on, struct rect r, bool is_here)
{
    int radius = px(on, 3), stroke = px(on, 2);
    if (is_here) {
        struct rect around = {r.x - px(on, 2), r.y, r.w + px(on, 4), r.h};
        draw_round(&on->list, around, radius, CORNERS_ALL, token(on, MATCH_HERE));
        draw_ring(&on->list, around, radius, px(on, 1.5), token(on, MATCH_LINE));
        return;
    }
    draw_round(&on->list, r, radius, CORNERS_ALL, token(on, MATCH));
    draw_rect(&on->list, (struct rect){r.x, r.y + r.h - stroke, r.w, stroke},
              token(on, MATCH_LINE));
}

struct place {
    struct rect at;
    bool is_here;
    int size;           /* of the text */
    size_t from, until; /* of the placed text */
};

typedef void (*mark_function)(struct screen *on, const struct layout_placed *placed,
                              const struct place *place, int baseline);

/* Calls for every part of a placed word that lies in a match. */
static void each_match(struct screen *on, const struct marked_line *line, size_t i,
                       mark_function mark, int baseline)
{
    const struct session *s = on->session;
    const struct layout_placed *placed = &line->words[i];
    size_t count = search_count(s);
    for (size_t k = vb_find_from(s->search.find, placed->word); k < count; k++) {
        struct vb_match match = search_match(s, k);
        struct place place = {.is_here = k == s->search.here, .size = line->size};
        if (match.first > placed->word)
            break;
        if (match.section != VB_NONE || !part_of(on, placed, &match, &place.from, &place.until))
            continue;
        place.at = rect_of_part(on, line, placed, place.from, place.until);
        place.at = joined_to_next(on, line, i, &match, place.at);
        mark(on, placed, &place, baseline);
    }
}

static void mark_ground(struct screen *on, const struct layout_placed *placed,
                        const struct place *place, int baseline)
{
    (void)placed, (void)baseline;
    if (!place->is_here)
        draw_ground(on, place->at, false);
}

/* Over the words: no rest of another ink shines through. */
static void mark_here(struct screen *on, const struct layout_placed *placed,
                      const struct place *place, int baseline)
{
    if (!place->is_here)
        return;
    draw_ground(on, place->at, true);
    struct rect before = draw_clip(&on->list, place->at);
    draw_text_wide(&on->list, on->measure, placed->face, place->size, on->text_at.x + placed->x,
                   baseline, placed->width, token(on, ON_MATCH_HERE), placed->text);
    draw_unclip(&on->list, before);
}

/* ---- matches in headings, whose words have no place in the text's numbering ---- */

/* The bytes of the placed text that lie in a match of its title; `goes_on`: the match does,
 * behind it. */
static bool part_of_title(const struct screen *on, const struct layout_placed *placed,
                          const struct vb_match *match, struct place *place, bool *goes_on)
{
    vb_str title = vb_section(on->session->transcript, match->section)->title;
    if (placed->text.data < title.data ||
        placed->text.data + placed->text.len > title.data + title.len)
        return false;
    size_t begins = (size_t)(placed->text.data - title.data), ends = begins + placed->text.len;
    if (match->from >= ends || match->until <= begins)
        return false;
    place->from = match->from > begins ? match->from - begins : 0;
    place->until = (match->until < ends ? match->until : ends) - begins;
    *goes_on = match->until > ends;
    return true;
}

static void mark_in_title(struct screen *on, const struct marked_line *line, size_t i,
                          const struct vb_match *match, bool is_here, mark_function mark,
                          int baseline)
{
    const struct layout_placed *placed = &line->words[i];
    struct place place = {.is_here = is_here, .size = line->size};
    bool goes_on;
    if (!part_of_title(on, placed, match, &place, &goes_on))
        return;
    place.at = rect_of_part(on, line, placed, place.from, place.until);
    if (goes_on && i + 1 < line->count && line->words[i + 1].x > placed->x)
        place.at.w = on->text_at.x + line->words[i + 1].x - place.at.x;
    mark(on, placed, &place, baseline);
}

/* Those of a heading stand before those of the word behind it; other headings may lie between.
 */
static void each_match_in_heading(struct screen *on, const struct marked_line *line,
                                  mark_function mark, int baseline)
{
    const struct session *s = on->session;
    size_t k =
        vb_find_from(s->search.find, vb_section(s->transcript, line->section)->first_word);
    for (; k > 0; k--) {
        struct vb_match match = search_match(s, k - 1);
        if (match.section == VB_NONE || match.section < line->section)
            return;
        for (size_t i = 0; match.section == line->section && i < line->count; i++)
            mark_in_title(on, line, i, &match, k - 1 == s->search.here, mark, baseline);
    }
}

void marks_draw_grounds(struct screen *on, const struct marked_line *line)
{
    draw_selection(on, line);
    doubts_draw_line(on, line);
    if (!search_count(on->session))
        return;
    if (line->section != VB_NONE) {
        each_match_in_heading(on, line, mark_ground, 0);
        return;
    }
    for (size_t i = 0; i < line->count; i++)
        each_match(on, line, i, mark_ground, 0);
}

void marks_draw_here(struct screen *on, const struct marked_line *line, int baseline)
{
    if (!search_count(on->session))
        return;
    if (line->section != VB_NONE)
        each_match_in_heading(on, line, mark_here, baseline);
    for (size_t i = 0; line->section == VB_NONE && i < line->count; i++)
        each_match(on, line, i, mark_here, baseline);
}
