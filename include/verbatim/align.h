/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forced alignment: when each word of a transcript is said in a recording.
 *
 * Nothing is downloaded: the models of the sounds of speech are made from a synthesiser
 * (espeak-ng, any of its languages) and then trained on the recording itself. doc/ALIGNMENT.md
 * tells how, and how well it does. */
#pragma once

#include "verbatim/doubts.h"
#include "verbatim/error.h"
#include "verbatim/task.h"
#include "verbatim/timeline.h"
#include "verbatim/transcript.h"

/* Grows when alignment gets better: what was kept is worth finding anew. */
enum { VB_ALIGN_METHOD = 1 };

/* How much is known already when vb_align_options.found is called. */
enum vb_align_stage {
    VB_ALIGN_SPOKEN, /* by how long a synthesiser needs, between the times of the page: seconds
                        off, but there within 2 s of work for an hour of text */
    VB_ALIGN_ROUGH,  /* heard, to 0.1 s */
    VB_ALIGN_FINE,   /* heard, by models of this recording; better ones may follow */
    VB_ALIGN_AROUND, /* to 0.1 s, but of a few words alone: vb_align_around() */
};

struct vb_align_options {
    const char *language; /* "fr", "en-gb", a voice of espeak-ng; NULL or empty: guessed */
    int jobs;             /* threads; 0 counts as 1; the result is the same with any number */
    const struct vb_pin *pins; /* by rising word and time; those that fall are passed over. The
                                  result stays within seconds of them */
    size_t pin_count;
    /* Only the words [first_word, first_word + word_count) are looked for; 0: all. Those before
     * and after keep the times of `known` (one entry a word of the transcript; NULL: none), and
     * the sound between them is listened to, with a minute more on either side to learn from.
     * For text that was changed, `known` is what was heard of the words that stayed. */
    uint32_t first_word, word_count;
    const struct vb_heard *known;
    bool check; /* look for doubts, too: a tenth more work */
    /* Called on the working thread with times that are useful already: one entry a word of the
     * transcript, lent for the call. May be NULL. */
    void (*found)(void *ctx, enum vb_align_stage stage, const struct vb_heard *words);
    void *ctx;
};

/* What was seen on the way; texts are for a person. */
struct vb_align_report {
    char language[32];       /* that was spoken */
    bool guessed;            /* from the text and its metadata */
    uint32_t spoken;         /* words of the text that are said */
    uint32_t aligned;        /* of these: found in the sound */
    vb_time head, tail;      /* sound before and after the text that is not transcribed */
    float band_high;         /* Hz: what the recording still holds */
    float likeness;          /* 0 … 1: how well text and sound suit each other */
    bool doubtful;           /* they may not belong together: worth a look */
    struct vb_doubt *doubts; /* when vb_align_options.check asks; free() them */
    size_t doubt_count;
};

/* False: this program was built without espeak-ng, and vb_align() can only say so. */
VB_API bool vb_can_align(void);
/* The language that the text seems to be in: "fr", "en" …; "" when it can't be told. */
VB_API const char *vb_guess_language(const struct vb_transcript *t);

/* Aligns `t` with the sound; the times that the file states serve as soft anchors.
 * NULL: `error` says why: no sound, no words, cancelled, or text and sound don't belong
 * together. `report` may be NULL; it is filled in as far as the work went. To be run on a
 * worker; only one alignment of a process speaks at a time, others wait. */
VB_API struct vb_timeline *vb_align(const struct vb_transcript *t, const char *sound_path,
                                    const struct vb_align_options *options,
                                    const struct vb_task *task, struct vb_align_report *report,
                                    struct vb_error *error);
/* The same as one entry a word of `t`, to be kept and used as `known` later; free() it. */
VB_API struct vb_heard *vb_align_words(const struct vb_transcript *t, const char *sound_path,
                                       const struct vb_align_options *options,
                                       const struct vb_task *task,
                                       struct vb_align_report *report, struct vb_error *error);
/* The words that are heard around `at`, to 0.1 s, within about a second of work however long the
 * sound is: for who can't wait for the whole. One entry a word, VB_UNKNOWN for those that were not
 * looked for; free() it. Of the options language, pins and jobs count. NULL: `error` says why;
 * they may be found by vb_align() all the same. The synthesiser then is in another state: who
 * wants to find the same times every time calls this in a process of its own. */
VB_API struct vb_heard *vb_align_around(const struct vb_transcript *t, const char *sound_path,
                                        vb_time at, const struct vb_align_options *options,
                                        const struct vb_task *task, struct vb_error *error);
