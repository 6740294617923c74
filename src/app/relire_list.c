/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of doubts: from the page, from listening, from the user's notes. */
#include <stdlib.h>

#include "app/relire_parts.h"
#include "base/str.h"

void list_free(struct relire *r)
{
    free(r->rows.items);
    free(r->order.items);
    arena_free(&r->texts);
    r->rows.items = NULL, r->rows.count = r->rows.room = 0;
    r->order.items = NULL, r->order.count = r->order.room = 0;
}

/* ---- rows ---- */

static void add_row(struct session *s, struct doubt row)
{
    const bool *wanted = settings_looks_for(&s->settings, row.check);
    if (wanted && !*wanted)
        return;
    const struct store_mark *said = said_of(s, row.first, row.count, about_of(row.check));
    row.right = said && said->state & STORE_CHECKED;
    if (said && said->note.len && about_of(row.check) != ABOUT_NOTE)
        row.note = arena_str(&s->relire->texts, buf_str(&said->note));
    vec_push(&s->relire->rows, row);
}

/* `timed`: listening's own, whose times are better than those of the words; they may be loaded
 * anew while their rows are shown. */
static void add_findings(struct session *s, const struct vb_findings *findings, bool timed)
{
    struct arena *texts = &s->relire->texts;
    for (size_t i = 0; findings && i < vb_finding_count(findings); i++) {
        const struct vb_finding *f = vb_finding(findings, i);
        add_row(s, (struct doubt){.check = f->check,
                                  .level = f->level,
                                  .first = f->word_count ? f->first_word : VB_NONE,
                                  .count = f->word_count,
                                  .from = timed ? f->start : VB_NO_TIME,
                                  .until = timed ? f->end : VB_NO_TIME,
                                  .rank = f->rank,
                                  .text = timed ? arena_str(texts, f->text) : f->text,
                                  .instead = f->instead});
    }
}

static void add_notes(struct session *s)
{
    struct relire *r = s->relire;
    for (size_t i = 0; i < r->said.count; i++) {
        const struct store_mark *mark = &r->said.items[i];
        if (said_about(mark) != ABOUT_NOTE || !said_of_words(s, mark) ||
            said_of(s, mark->word, mark->count, ABOUT_NOTE) != mark)
            continue;
        add_row(s, (struct doubt){.check = "note",
                                  .level = VB_DOUBT,
                                  .first = mark->word,
                                  .count = mark->count,
                                  .from = VB_NO_TIME,
                                  .until = VB_NO_TIME,
                                  .rank = 1,
                                  .text = arena_str(&r->texts, buf_str(&mark->note))});
    }
}

/* ---- orders ---- */

static uint32_t place_of(const struct doubt *d)
{
    return d->first == VB_NONE ? 0 : d->first + 1;
}

static int by_place(const void *x, const void *y)
{
    const struct doubt *a = x, *b = y;
    if (place_of(a) != place_of(b))
        return place_of(a) < place_of(b) ? -1 : 1;
    return a->rank > b->rank ? -1 : a->rank < b->rank;
}

struct ranked {
    float rank;
    uint32_t row;
};

static int by_rank(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    if (a->rank != b->rank)
        return a->rank > b->rank ? -1 : 1;
    return a->row < b->row ? -1 : 1;
}

void list_sort(struct relire *r)
{
    size_t count = r->rows.count;
    struct ranked *ranked = mem_new((count + 1) * sizeof *ranked);
    for (uint32_t i = 0; i < count; i++)
        ranked[i] = (struct ranked){r->by_rank ? r->rows.items[i].rank : 0, i};
    if (count)
        qsort(ranked, count, sizeof *ranked, by_rank);
    r->order.count = 0;
    for (size_t i = 0; i < count; i++)
        vec_push(&r->order, ranked[i].row);
    free(ranked);
    r->generation++;
}

/* The doubt that was gone to is found again by what it says of which words. */
static size_t find_again(const struct relire *r, const struct doubt *was, uint32_t about)
{
    for (size_t i = 0; i < r->rows.count; i++) {
        const struct doubt *d = &r->rows.items[i];
        if (d->first == was->first && d->count == was->count && about_of(d->check) == about)
            return i;
    }
    return DOUBT_NOWHERE;
}

void list_make(struct session *s)
{
    struct relire *r = s->relire;
    struct doubt was = {0};
    bool had = r->here < r->rows.count;
    if (had)
        was = r->rows.items[r->here];
    uint32_t about = had ? about_of(was.check) : 0;
    list_free(r);
    if (s->transcript) {
        add_findings(s, r->page, false);
        add_findings(s, r->sounds, true);
        add_notes(s);
    }
    if (r->rows.count)
        qsort(r->rows.items, r->rows.count, sizeof *r->rows.items, by_place);
    r->here = had ? find_again(r, &was, about) : DOUBT_NOWHERE;
    list_sort(r);
}

/* ---- the text changes ---- */

/* Where the words of the rows stand now; VB_NONE: they are gone. */
static uint32_t *places_now(const struct vb_transcript *before, const struct vb_transcript *now)
{
    uint32_t old = vb_word_count(before), count = vb_word_count(now);
    uint32_t *from = vb_words_before(before, now), *to = mem_new((old + 1) * sizeof *to);
    for (uint32_t i = 0; i < old; i++)
        to[i] = VB_NONE;
    for (uint32_t i = 0; i < count; i++)
        if (from[i] != VB_NONE)
            to[from[i]] = i;
    free(from);
    return to;
}

struct moved {
    uint32_t *to, words; /* of the text before */
};

/* False: not all of the passage is there any more. */
static bool move_passage(const struct moved *m, uint32_t *first, uint32_t count)
{
    uint32_t last = *first + count - 1;
    bool stays = *first < m->words && last < m->words && count && m->to[*first] != VB_NONE &&
                 m->to[last] != VB_NONE && m->to[last] - m->to[*first] == count - 1;
    if (stays)
        *first = m->to[*first];
    return stays;
}

/* A doubt about words that were corrected is answered by that. */
static void move_rows(struct relire *r, const struct moved *m)
{
    size_t kept = 0, here = DOUBT_NOWHERE;
    for (size_t i = 0; i < r->rows.count; i++) {
        struct doubt d = r->rows.items[i];
        if (d.first != VB_NONE && !move_passage(m, &d.first, d.count))
            continue;
        if (i == r->here)
            here = kept;
        r->rows.items[kept++] = d;
    }
    r->rows.count = kept;
    r->here = here;
}

/* Until the store is asked again. */
static void move_said(struct relire *r, const struct moved *m)
{
    size_t kept = 0;
    for (size_t i = 0; i < r->said.count; i++)
        if (!move_passage(m, &r->said.items[i].word, r->said.items[i].count))
            r->said.items[i].count = 0;
    for (size_t i = 0; i < r->edited.count; i++) {
        struct word_range range = r->edited.items[i];
        if (move_passage(m, &range.first, range.count))
            r->edited.items[kept++] = range;
    }
    r->edited.count = kept;
}

void list_follow(struct session *s)
{
    struct relire *r = s->relire;
    struct moved m = {places_now(r->of, s->transcript), vb_word_count(r->of)};
    move_rows(r, &m);
    move_said(r, &m);
    free(m.to);
    list_sort(r);
}
