/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that state their times, found again in the text they belong to: "Bonjour" in
 * "« Bonjour ! »".  The text is what is shown; the sign behind a word belongs to it. */
#pragma once

#include "base/vec.h"
#include "transcript/builder.h"

/* The pieces of a paragraph as they come; a VEC with a name. */
struct pieces {
    struct piece *items;
    size_t count, room;
};

struct timed_word {
    vb_str text; /* white space around it does not count */
    vb_time start, end;
    uint8_t sure; /* as in struct piece */
};

/* Adds `text`, cut where the timed words begin and end, to `into`: a word that is in no list
 * gets no time. Returns how many were not found. */
size_t words_cut(const struct pieces *text, const struct timed_word *words, size_t count,
                 struct pieces *into);
/* 0 … 1 as a piece has it; below 0: not known. */
uint8_t words_sure(float share);
