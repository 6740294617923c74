/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a text, four bytes each beside their letters.
 *
 * A block of rows is written once and shared by reference count: what a small correction leaves
 * alone is the same block in the text before and after it. */
#pragma once

#include <stdatomic.h>

#include "base/mem.h"
#include "verbatim/transcript.h"

enum { ROWS_TOGETHER = 16 };

/* What texts were read from, for as long as one of them looks at it. */
struct source {
    atomic_uint references;
    char *data; /* owned; never changes */
};

struct source *source_new(char *data); /* takes it, as malloc() gave it */
struct source *source_ref(struct source *source);
void source_unref(struct source *source); /* NULL is allowed */

/* Words stand one byte apart in the text. Where they do so in the source as well, their spans
 * follow from that; else each is written down. */
enum { ROWS_IN_SOURCE = 1 << 30 };
struct rows_group {
    uint32_t text_at; /* of its first word; ROWS_IN_SOURCE: it is read there */
    uint32_t span_at; /* the same, in the source */
    uint32_t spans;   /* where those of its words are written down; VB_NONE: they follow */
};

struct rows_span {
    uint32_t at;
    uint16_t len;
};

struct rows {
    atomic_uint references;
    uint32_t count;
    char *text;                /* of the groups that stand otherwise in the source */
    struct source *source;     /* NULL: of all of them */
    struct rows_group *groups; /* of ROWS_TOGETHER words each */
    uint16_t *starts; /* in the text from its group on; one more for each group: its end */
    struct rows_span *spans;
    uint8_t *marks; /* one a word */
};

/* What is stored of a word before it is packed, in the order of the page. */
struct stored_word {
    uint32_t text_at;
    uint32_t span_at;
    uint16_t text_len, span_len;
};

struct rows *rows_new(const struct stored_word *words, const uint8_t *marks, uint32_t count,
                      const char *text);
struct rows *rows_ref(struct rows *rows);
void rows_unref(struct rows *rows); /* NULL is allowed */

/* Words that stand in the source as they are shown are read there from now on. Before anybody
 * else has the rows. */
void rows_read_in(struct rows *rows, struct source *source, size_t len);

static inline const char *rows_group_text(const struct rows *r, const struct rows_group *g)
{
    return g->text_at & ROWS_IN_SOURCE ? r->source->data + (g->text_at ^ ROWS_IN_SOURCE)
                                       : r->text + g->text_at;
}

static inline vb_str rows_text(const struct rows *r, uint32_t row)
{
    uint32_t group = row / ROWS_TOGETHER;
    const uint16_t *start = r->starts + row + group;
    return (vb_str){rows_group_text(r, &r->groups[group]) + start[0],
                    (size_t)(start[1] - start[0] - 1)};
}

static inline struct vb_span rows_span(const struct rows *r, uint32_t row)
{
    const struct rows_group *g = &r->groups[row / ROWS_TOGETHER];
    const uint16_t *start = r->starts + row + row / ROWS_TOGETHER;
    if (g->spans == VB_NONE)
        return (struct vb_span){g->span_at + start[0], (uint32_t)(start[1] - start[0] - 1)};
    const struct rows_span *s = &r->spans[g->spans + row % ROWS_TOGETHER];
    return (struct vb_span){s->at, s->len};
}

/* A run of words out of a block of rows. */
struct rows_piece {
    uint32_t first_word; /* of the text */
    uint32_t first_row;
    uint32_t moved; /* added to places in the source; may wrap round */
    struct rows *rows;
};
