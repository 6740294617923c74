/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When each word is heard, and how we know. Immutable once made; holds its transcript.
 *
 * Times that the file states are known; all others are spread between them by the length of
 * what is said (transcript/spread.c tells how), bounded by the sound's length and a plausible
 * rate of speech. A better timeline replaces this one whole. */
#pragma once

#include "verbatim/transcript.h"

/* How a time is known, from not at all to for certain. */
enum vb_origin {
    VB_UNKNOWN,
    VB_ESTIMATED, /* spread between known times */
    VB_ALIGNED,   /* found in the sound */
    VB_PINNED,    /* the user said "heard now" */
    VB_INHERITED, /* the word after a stated mark starts at the mark */
    VB_STATED,    /* the file says so */
};

/* "estimated", "stated" … as in JSON. Never translated. */
VB_API const char *vb_origin_name(enum vb_origin origin);

/* Does the number of words suit the time they have? */
enum vb_fit {
    VB_FITS,
    VB_TOO_MANY_WORDS, /* more than 400 a minute: not the text of this sound, or of a part of it
                        */
    VB_TOO_FEW_WORDS,  /* fewer than 60 a minute, and no marker says where the text ends */
};

struct vb_timeline;

/* Spreads the words of `t` over a sound of `duration` (VB_NO_TIME: not known). Never fails. */
VB_API struct vb_timeline *vb_timeline_new(const struct vb_transcript *t, vb_time duration);
/* The same for a sound in which the text comes `offset` later than its own times say (below 0:
 * earlier): they were taken from another copy. */
VB_API struct vb_timeline *vb_timeline_new_moved(const struct vb_transcript *t,
                                                 vb_time duration, vb_time offset);
/* The same when it is known where somebody speaks (in order): the words are spread over that,
 * and not over music and silence.  Without `count` as above. */
VB_API struct vb_timeline *vb_timeline_spoken(const struct vb_transcript *t, vb_time duration,
                                              vb_time offset, const struct vb_stretch *speech,
                                              size_t count);
/* The same for a text that was corrected, or over another length of sound: what is known of the
 * words of `old` (may be NULL) is not worked out again.  Of the text before a correction `old` can
 * only be freed afterwards. */
VB_API struct vb_timeline *vb_timeline_spread_again(struct vb_timeline *old,
                                                    const struct vb_transcript *t,
                                                    vb_time duration, vb_time offset,
                                                    const struct vb_stretch *speech,
                                                    size_t count);
/* What listening found of a word: estimated, when it was only found between its neighbours;
 * unknown, when it was not heard at all, and then without times. */
struct vb_heard {
    vb_time start, end;
    enum vb_origin origin; /* VB_ALIGNED, VB_ESTIMATED or VB_UNKNOWN */
    float confidence;      /* 0 … 1; below 0: nobody listened */
};
/* The same from what was heard, one entry a word of `t`; starts never fall. Words that were not
 * heard stand, without length, where the word before them ends. */
VB_API struct vb_timeline *vb_timeline_heard(const struct vb_transcript *t, vb_time duration,
                                             const struct vb_heard *words);
/* Gives the words for which `missing` is true times between their neighbours'. */
VB_API void vb_heard_fill(const struct vb_transcript *t, vb_time duration, const bool *missing,
                          struct vb_heard *words);

/* The word is heard at this time: somebody listened. */
struct vb_pin {
    uint32_t word; /* of the transcript */
    vb_time at;
};
/* The times of `base` made to agree with pins (by rising word and time; others are passed
 * over): a pinned word begins at its pin.  What was only estimated gives way as far as the next
 * known time, what was found in the sound only near by, farther the more the pin is off. */
VB_API struct vb_timeline *vb_timeline_pinned(const struct vb_timeline *base,
                                              const struct vb_transcript *t, vb_time duration,
                                              const struct vb_pin *pins, size_t count);

/* How many words are the same from the beginning on, and how many at the end behind those. */
struct vb_kept {
    uint32_t head, tail;
};
VB_API struct vb_kept vb_words_kept(const struct vb_transcript *before,
                                    const struct vb_transcript *after);
/* Where a word of `before` is among those; one that was changed or went: the nearest. VB_NONE:
 * `after` has no words. */
VB_API uint32_t vb_word_after(const struct vb_transcript *before,
                              const struct vb_transcript *after, uint32_t word);
/* For each word of `after` the word of `before` that it was, or VB_NONE: the longest common
 * reading. As many entries as `after` has words; the caller frees it. */
VB_API uint32_t *vb_words_before(const struct vb_transcript *before,
                                 const struct vb_transcript *after);
/* The times of `old` (of `before`) for a text that was edited: words that are still there keep
 * theirs, new ones are estimated in the room that is left. For a timeline that was only
 * estimated, vb_timeline_new() does better. */
VB_API struct vb_timeline *vb_timeline_carry(const struct vb_timeline *old,
                                             const struct vb_transcript *before,
                                             const struct vb_transcript *after,
                                             vb_time duration);
/* All times of a timeline so much later (below 0: earlier), within the sound. */
VB_API struct vb_timeline *vb_timeline_moved(const struct vb_timeline *from, vb_time by);
VB_API void vb_timeline_free(struct vb_timeline *timeline);

/* The word heard at `at`: the last spoken one begun. VB_NONE before the first word and past the
 * end of the text. `hint`: a word near it makes the search short; any value will do. */
VB_API uint32_t vb_timeline_word_at(const struct vb_timeline *timeline, vb_time at,
                                    uint32_t hint);
VB_API uint32_t vb_timeline_count(const struct vb_timeline *timeline); /* words */
VB_API vb_time vb_timeline_start(const struct vb_timeline *timeline, uint32_t word);
VB_API vb_time vb_timeline_end(const struct vb_timeline *timeline, uint32_t word);
VB_API enum vb_origin vb_timeline_origin(const struct vb_timeline *timeline, uint32_t word);
/* Is any word aligned or pinned? */
VB_API bool vb_timeline_is_heard(const struct vb_timeline *timeline);
/* How sure listening was of a word, 0 … 1: ours, else that of the recogniser that wrote the file;
 * below 0: nobody listened. */
VB_API float vb_timeline_confidence(const struct vb_timeline *timeline, uint32_t word);

/* Where the text ends; sound beyond it is "not transcribed". 0 for a text without words. */
VB_API vb_time vb_timeline_text_end(const struct vb_timeline *timeline);
VB_API enum vb_fit vb_timeline_fit(const struct vb_timeline *timeline);
/* Words a minute over the time the text is believed to take. */
VB_API double vb_timeline_rate(const struct vb_timeline *timeline);

/* Markers that this sound rules out, though the page alone did not. */
enum vb_misfit { VB_BEYOND_THE_SOUND, VB_TOO_FAST_TO_BE_SAID };
struct vb_unused_marker {
    uint32_t marker;
    enum vb_misfit why;
};
VB_API const struct vb_unused_marker *vb_timeline_unused(const struct vb_timeline *timeline,
                                                         size_t *count);
