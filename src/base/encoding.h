/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of an unknown encoding to UTF-8, and back to where they stood. */
#pragma once

#include "base/buf.h"
#include "base/vec.h"
#include "verbatim/error.h"

enum encoding { ENC_UTF8, ENC_WINDOWS_1252, ENC_UTF16LE, ENC_UTF16BE };

/* What the bytes are: a byte order mark; many NULs on one parity (UTF-16); UTF-8, a few broken
 * bytes among many whole characters allowed; else windows-1252.  `bom`: bytes to skip at the
 * start. */
enum encoding encoding_guess(vb_str bytes, size_t *bom);
const char *encoding_name(enum encoding encoding); /* "UTF-8" … */

/* To UTF-8, without the byte order mark. Each byte (or half of a pair) that the encoding has
 * not becomes U+FFFD. */
void encoding_decode(vb_str bytes, size_t bom, enum encoding encoding, struct buf *into);

/* The other way. 0: all of it; else a character that the encoding has not, and `into` holds
 * only what stands before it. */
uint32_t encoding_encode(vb_str text, enum encoding encoding, struct buf *into);

struct encoding_mark {
    uint32_t decoded, file; /* the same character, in both */
};

/* The way back, exact for broken bytes too: a mark every so often, so that a question costs the
 * same anywhere in a large file. */
struct encoding_map {
    vb_str bytes; /* of the file: they must outlive the map */
    enum encoding encoding;
    VEC(struct encoding_mark) marks;
};

void encoding_map_make(struct encoding_map *map, vb_str bytes, size_t bom,
                       enum encoding encoding);
void encoding_map_free(struct encoding_map *map);
/* Where the span of decoded text stands in the file. */
struct vb_span encoding_file_span(const struct encoding_map *map, struct vb_span span);
