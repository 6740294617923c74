/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words that the synthesiser says in one with the word before them: "parce que", "has been". */
#pragma once

#include "align/script.h"

enum { JOINED_PHONES = 96 };

/* A row of phones, and the word of each: never falling. */
struct joined_row {
    uint8_t phone[JOINED_PHONES], word[JOINED_PHONES];
    uint32_t count;
};

/* Gives each phone of `said` a word: that of the phone of `lone`, the words said one by one,
 * with which it goes when as few as possible are changed, added or left out. */
void joined_divide(const struct joined_row *lone, struct joined_row *said);

/* Gives every word that has no way of its own its part of those of the word before it. */
void joined_part(struct script *s, struct synthesiser *v, struct phones *phones);
