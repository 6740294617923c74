/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of an unknown encoding to UTF-8, and back to where they stood. */
#pragma once

#include "base/buf.h"
#include "verbatim/error.h"

enum encoding { ENC_UTF8, ENC_WINDOWS_1252, ENC_UTF16LE, ENC_UTF16BE };

/* What the bytes are: a byte order mark; many NULs on one parity (UTF-16); valid UTF-8; else
 * windows-1252.  `bom`: bytes to skip at the start. */
enum encoding encoding_guess(vb_str bytes, size_t *bom);
const char *encoding_name(enum encoding encoding); /* "UTF-8" … */

/* To UTF-8, without the byte order mark. Bytes that the encoding has not become U+FFFD. */
void encoding_decode(vb_str bytes, size_t bom, enum encoding encoding, struct buf *into);

/* Where the span of decoded text stands in the file. */
struct vb_span encoding_file_span(enum encoding encoding, size_t bom, vb_str decoded,
                                  struct vb_span span);
