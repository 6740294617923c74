/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last pages of an Ogg file, which tell how long it is. */
#pragma once

#include "audio/reader.h"

struct ogg_tail {
    uint64_t last;   /* samples up to the end of the last page; 0: no page was found */
    uint64_t before; /* … of the one before it */
};

/* `start`: where the first page stands. */
struct ogg_tail ogg_read_tail(struct reader *reader, int64_t start);
/* Do pages at a few places of the file tell that other streams follow the first? */
bool ogg_looks_chained(struct reader *reader, int64_t start);
/* Does another stream begin behind the first?  Reads the whole file. */
bool ogg_is_chained(struct reader *reader, int64_t start);
/* Samples at 48 kHz that an Opus stream leaves out at its start. */
uint32_t opus_skip(struct reader *reader, int64_t start);
