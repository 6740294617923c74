/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A synthesiser that tells which phoneme it says when: the only source of what a language
 * sounds like.  Built on espeak-ng; without it synthesiser_open() says what is missing.
 *
 * The engine is one for the process: synthesiser_open() waits until it is free. */
#pragma once

#include "base/vec.h"
#include "verbatim/error.h"

enum { PHONES_MOST = 240 };

/* Names of phonemes to numbers, in the order in which they are met. */
struct phones {
    char names[PHONES_MOST][8];
    uint32_t count;
};
/* Finds or adds; when there is no room, the first stands for it. */
uint8_t phone_number(struct phones *phones, const char *name);

struct said_phone {
    uint32_t word; /* of the line that was said */
    uint8_t phone;
    bool optional;    /* French schwa and liaison: often left out */
    float start, end; /* seconds from the line's start */
};

struct speech {
    VEC(int16_t) samples;
    VEC(struct said_phone) phones;
};
void speech_free(struct speech *speech);

struct synthesiser; /* the engine, held */

struct synthesiser *synthesiser_open(struct vb_error *error);
void synthesiser_close(struct synthesiser *v);
int synthesiser_rate(const struct synthesiser *v); /* samples a second */
/* "fr", "fr+f2" … False: there is no such voice. */
bool synthesiser_choose(struct synthesiser *v, const char *name);
bool synthesiser_exists(struct synthesiser *v, const char *language);
/* The same phonemes in less than half the sound, and work; about so many times as fast. */
void synthesiser_hurry(struct synthesiser *v, bool hurries);
#define SYNTHESISER_HURRY 2.1

/* Says a line and adds it to `speech`. `starts`: the character at which each word begins. */
void synthesiser_say(struct synthesiser *v, const char *line, const uint32_t *starts,
                     uint32_t words, struct phones *phones, struct speech *speech);
/* The phonemes of a text, without sound; at most `room` are kept, how many is returned. */
uint32_t synthesiser_spell(struct synthesiser *v, const char *text, struct phones *phones,
                           uint8_t *out, uint32_t room);
