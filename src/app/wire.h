/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program and its listening child say to each other over two pipes: one letter, a
 * length, and so many bytes.
 *
 *     to the child    Q  what is to be aligned (struct wire_wish)
 *     from the child  P  how much is done, in millionths
 *                     S  times so far: their stage, and the words packed
 *                     D  done: the report, and the words packed
 *                     E  it failed: code and sentence */
#pragma once

#include "base/buf.h"
#include "verbatim/align.h"

struct wire_wish {
    struct buf sound, name, text; /* path; name and bytes of the transcript */
    struct buf language;          /* empty: guessed */
    uint32_t words;               /* of the transcript: the child must read as many */
    uint32_t first, count;        /* to be looked for; 0: all */
    vb_time around;               /* what is heard there first; VB_NO_TIME: it is all one */
    struct buf known;             /* packed; empty: nothing */
    struct vb_pin *pins;
    size_t pin_count;
};
void wire_wish_free(struct wire_wish *wish);

/* False: the other side is gone, or does not keep to this. */
bool wire_send(int fd, char kind, vb_str payload);
bool wire_take(int fd, char *kind, struct buf *payload);

void wire_put_wish(const struct wire_wish *wish, struct buf *out);
bool wire_get_wish(vb_str in, struct wire_wish *wish);

void wire_put_done(float done, struct buf *out);
bool wire_get_done(vb_str in, float *done);

void wire_put_stage(enum vb_align_stage stage, const struct vb_heard *words, uint32_t count,
                    struct buf *out);
/* One entry a word, to be freed; NULL: they are not of `count` words. */
struct vb_heard *wire_get_stage(vb_str in, uint32_t count, enum vb_align_stage *stage);

void wire_put_result(const struct vb_align_report *report, const struct vb_heard *words,
                     uint32_t count, struct buf *out);
/* The report's doubts are the caller's. */
struct vb_heard *wire_get_result(vb_str in, uint32_t count, struct vb_align_report *report);

void wire_put_error(const struct vb_error *error, struct buf *out);
bool wire_get_error(vb_str in, struct vb_error *error);
