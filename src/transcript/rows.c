/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Packing the words of a text. */
#include "transcript/rows.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"

typedef VEC(struct rows_span) spans;

/* The spans of words that do not stand a byte apart in the source, or not as they are shown. */
static void write_spans(struct rows_group *g, const struct stored_word *words, uint32_t count,
                        spans *list)
{
    uint32_t at = words[0].span_at;
    bool follow = true;
    g->span_at = at;
    g->spans = VB_NONE;
    for (uint32_t i = 0; i < count; i++) {
        follow = follow && words[i].span_at == at && words[i].span_len == words[i].text_len;
        at += words[i].text_len + 1u;
    }
    if (follow)
        return;
    g->spans = (uint32_t)list->count;
    for (uint32_t i = 0; i < count; i++)
        vec_push(list, (struct rows_span){words[i].span_at, words[i].span_len});
}

/* Returns how long the group's text is. */
static uint32_t write_text(const struct stored_word *words, uint32_t count, const char *text,
                           char *into, uint16_t *starts)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < count; i++) {
        starts[i] = (uint16_t)at;
        memcpy(into + at, text + words[i].text_at, words[i].text_len);
        at += words[i].text_len;
        into[at++] = ' ';
    }
    assert(at <= UINT16_MAX); /* a word has some two thousand bytes at most: words.c */
    starts[count] = (uint16_t)at;
    return at;
}

static size_t length_of(const struct stored_word *words, uint32_t count)
{
    size_t len = count;
    for (uint32_t i = 0; i < count; i++)
        len += words[i].text_len;
    return len;
}

struct rows *rows_new(const struct stored_word *words, const uint8_t *marks, uint32_t count,
                      const char *text)
{
    struct rows *r = mem_new(sizeof *r);
    uint32_t groups = (count + ROWS_TOGETHER - 1) / ROWS_TOGETHER, at = 0;
    spans list = {0};
    atomic_init(&r->references, 1);
    r->count = count;
    r->text = mem_new(length_of(words, count) + 1);
    r->groups = mem_new(groups * sizeof *r->groups);
    r->starts = mem_new((count + groups) * sizeof *r->starts);
    r->marks = mem_new(count + 1);
    if (count)
        memcpy(r->marks, marks, count);
    for (uint32_t i = 0; i < groups; i++) {
        uint32_t first = i * ROWS_TOGETHER;
        uint32_t some = count - first < ROWS_TOGETHER ? count - first : ROWS_TOGETHER;
        r->groups[i].text_at = at;
        write_spans(&r->groups[i], words + first, some, &list);
        at += write_text(words + first, some, text, r->text + at, r->starts + first + i);
    }
    r->spans = mem_grow(list.items, (list.count + 1) * sizeof *list.items);
    return r;
}

/* ---- reading in the source ---- */

static uint32_t group_length(const struct rows *r, uint32_t group)
{
    uint32_t end = (group + 1) * ROWS_TOGETHER;
    return r->starts[(end < r->count ? end : r->count) + group];
}

static bool stands_in(const struct rows *r, uint32_t group, vb_str source)
{
    const struct rows_group *g = &r->groups[group];
    size_t len = group_length(r, group) - 1u; /* what follows the last word may be a line end */
    return g->spans == VB_NONE && g->span_at + len <= source.len &&
           !memcmp(r->text + g->text_at, source.data + g->span_at, len);
}

void rows_read_in(struct rows *r, struct source *source, size_t len)
{
    uint32_t groups = (r->count + ROWS_TOGETHER - 1) / ROWS_TOGETHER, kept = 0;
    for (uint32_t i = 0; i < groups; i++) {
        struct rows_group *g = &r->groups[i];
        if (stands_in(r, i, (vb_str){source->data, len})) {
            g->text_at = g->span_at | ROWS_IN_SOURCE;
            continue;
        }
        memmove(r->text + kept, r->text + g->text_at, group_length(r, i));
        g->text_at = kept;
        kept += group_length(r, i);
    }
    r->text = mem_grow(r->text, kept + 1);
    r->source = source_ref(source);
}

struct source *source_new(char *data)
{
    struct source *source = mem_new(sizeof *source);
    atomic_init(&source->references, 1);
    source->data = data;
    return source;
}

struct source *source_ref(struct source *source)
{
    atomic_fetch_add_explicit(&source->references, 1, memory_order_relaxed);
    return source;
}

void source_unref(struct source *source)
{
    if (!source || atomic_fetch_sub_explicit(&source->references, 1, memory_order_acq_rel) > 1)
        return;
    free(source->data);
    free(source);
}

struct rows *rows_ref(struct rows *r)
{
    atomic_fetch_add_explicit(&r->references, 1, memory_order_relaxed);
    return r;
}

void rows_unref(struct rows *r)
{
    if (!r || atomic_fetch_sub_explicit(&r->references, 1, memory_order_acq_rel) > 1)
        return;
    source_unref(r->source);
    free(r->text);
    free(r->groups);
    free(r->starts);
    free(r->spans);
    free(r->marks);
    free(r);
}
