/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of April's wiki, small, with signs beyond ASCII, and what is asked of a document. */
#pragma once

#include "verbatim/document.h"

extern const char small_page[]; /* word 0 is “II” */

struct vb_document *open_text(const char *text);
struct vb_span word_span(const struct vb_document *d, uint32_t word);
void assert_word(const struct vb_document *d, uint32_t word, const char *text);
void assert_bytes_of(const struct vb_document *d, vb_str expected);
void assert_bytes(const struct vb_document *d, const char *expected);
