/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a sound file, read in blocks.
 *
 * A decoder asks for a few bytes hundreds of thousands of times; the reader answers from 64 KiB
 * blocks that it keeps.  Bytes may be shared by threads, a reader belongs to one. */
#pragma once

#include "verbatim/error.h"

/* Where bytes come from: an open file, or memory that outlives its readers. */
struct bytes {
    int fd; /* -1: memory */
    const uint8_t *data;
    int64_t size;
};

/* The error names the path. */
bool bytes_open(const char *path, struct bytes *bytes, struct vb_error *error);
struct bytes bytes_of(vb_str memory);
void bytes_close(struct bytes *bytes);

#define READER_BLOCKS     8
#define READER_BLOCK_SIZE (64 * 1024)
#define READER_PEEK_MAX   8192
#define READER_CUT        (-1) /* the file has become shorter since it was opened */

struct reader {
    struct bytes from;
    int failed; /* errno, when the disk said no; or READER_CUT; what was asked for is missing */
    uint64_t clock;
    struct reader_block {
        int64_t at; /* -1: empty */
        size_t len;
        uint64_t used; /* when, by the reader's clock */
        uint8_t *data;
    } blocks[READER_BLOCKS];
    uint8_t seam[READER_PEEK_MAX]; /* what lies across two blocks */
};

void reader_init(struct reader *reader, struct bytes from);
void reader_free(struct reader *reader);

/* Copies what there is of `count` bytes at `at`; fewer: the end. */
size_t reader_read(struct reader *reader, int64_t at, void *into, size_t count);
/* A look at all that lies in one piece from `at` on, at most a block; good until the next call.
 * `*len` 0: there is nothing. */
const uint8_t *reader_run(struct reader *reader, int64_t at, size_t *len);
/* A look at `count` bytes (at most READER_PEEK_MAX) without a copy where possible; good until
 * the next call.  NULL: so many are not there. */
const uint8_t *reader_peek(struct reader *reader, int64_t at, size_t count);
