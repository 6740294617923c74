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

/* Words stand one byte apart in the text. Where they do so in the source as well, their spans
 * follow from that; else each is written down. */
struct rows_group {
    uint32_t text_at; /* of its first word */
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
    char *text;
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

static inline vb_str rows_text(const struct rows *r, uint32_t row)
{
    uint32_t group = row / ROWS_TOGETHER;
    const uint16_t *start = r->starts + row + group;
    return (vb_str){r->text + r->groups[group].text_at + start[0],
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
