/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The transcript as something to be said: spoken words, each with its ways of being said. */
#pragma once

#include "align/synthesiser.h"
#include "verbatim/align.h"

/* What stands before a word, where something else may be heard. */
enum gap { GAP_INSIDE, GAP_PUNCTUATION, GAP_LINE, GAPS };

/* One pronunciation: a row of phones. */
struct way {
    uint32_t first, count; /* of script.phones */
    uint8_t left_out;      /* optional phones that it leaves out */
};

struct script_word {
    uint32_t word; /* of the transcript */
    enum gap gap;
    uint32_t first_way, way_count;
    float said_at; /* s into the synthetic speech of the whole text */
};

struct script_line {
    uint32_t first, count; /* words of the script */
};

/* The word is said at about this time. */
struct anchor {
    uint32_t word; /* of the script */
    double at;     /* s into the sound that is listened to */
    bool pinned;   /* somebody heard it */
};

/* The part of a transcript that is looked for, and where. */
struct passage {
    uint32_t first, end; /* words of the transcript */
    vb_time from, until; /* of the sound, whole hundredths of a second */
};

struct script {
    const struct vb_transcript *transcript;
    VEC(struct script_word) words;
    VEC(struct script_line) lines;
    VEC(struct way) ways;
    VEC(uint8_t) phones;
    VEC(struct anchor) anchors;
    bool german;     /* where every noun has a capital */
    double said_for; /* s of synthetic speech, pauses included */
};

/* The spoken words of a passage, in lines of a length that can be said at once; the times that
 * the page gives; and those that somebody heard, against which no time of the page stands.
 * `duration`: of the whole sound. */
void script_read(struct script *s, const struct vb_transcript *t, const struct passage *passage,
                 vb_time duration, const struct vb_pin *pins, size_t pin_count);
void script_free(struct script *s);

/* Says line `i`; `speech` is emptied first. */
void script_say(const struct script *s, uint32_t i, struct synthesiser *v,
                struct phones *phones, struct speech *speech);
/* Takes the ways of the line's words from how it was said; lines in order, each once. It was
 * said `hurry` times as fast as the others. */
void script_learn(struct script *s, uint32_t i, const struct speech *speech, int rate,
                  double hurry);
/* A character as the synthesiser gets it: symbols and pictures would be read out by their
 * names. */
uint32_t script_sayable(uint32_t c);
/* Adds a way of saying a word, unless it has it already, or there is nothing to say. */
void script_add_way(struct script *s, struct script_word *word, const uint8_t *phones,
                    uint32_t count);
/* Adds ways for numbers, acronyms and hesitations, which are said as people like. */
void script_vary(struct script *s, struct synthesiser *v, struct phones *phones);
