/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transcripts for tests, from a text you can see:
 *
 *     = Présentation              a heading
 *     Anne: Bonjour à tous.       a turn and its first paragraph ("Anne, Karim: " for two)
 *     Un mot encore.              a paragraph of the same turn
 *     [Rires]                     a stage direction
 *     @16:20                      a time marker
 *     <1.5 2.25> Bien.            a paragraph whose times are stated, in seconds
 *
 * Byte ranges are those of the text itself. */
#pragma once

#include "transcript/builder.h"

/* To go on with; `lines` must outlive the builder. */
struct builder *builder_from(const char *lines);
/* The caller owns a reference. `stated`: the duration the page announces, or VB_NO_TIME. */
struct vb_transcript *transcript_from(const char *lines, vb_time stated);
/* One turn of `count` words of seven letters, in paragraphs of a hundred. */
struct vb_transcript *transcript_of_words(uint32_t count);

/* Adds one piece that stands at `at` in the source, byte for byte. */
void put_text(struct builder *b, const char *text, uint32_t at);
