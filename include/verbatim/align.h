/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Forced alignment: when each word of a transcript is said in a recording.
 *
 * Nothing is downloaded: the models of the sounds of speech are made from a synthesiser
 * (espeak-ng, any of its languages) and then trained on the recording itself. doc/ALIGNMENT.md
 * tells how, and how well it does. */
#pragma once

#include "verbatim/error.h"
#include "verbatim/task.h"
#include "verbatim/timeline.h"
#include "verbatim/transcript.h"

struct vb_align_options {
    const char *language; /* "fr", "en-gb", a voice of espeak-ng; NULL or empty: guessed */
    int jobs;             /* threads; 0 counts as 1; the result is the same with any number */
};

/* What was seen on the way; texts are for a person. */
struct vb_align_report {
    char language[32];  /* that was spoken */
    bool guessed;       /* from the text and its metadata */
    uint32_t spoken;    /* words of the text that are said */
    uint32_t aligned;   /* of these: found in the sound */
    vb_time head, tail; /* sound before and after the text that is not transcribed */
    float band_high;    /* Hz: what the recording still holds */
    float likeness;     /* 0 … 1: how well text and sound suit each other */
    bool doubtful;      /* they may not belong together: worth a look */
};

/* False: this program was built without espeak-ng, and vb_align() can only say so. */
VB_API bool vb_can_align(void);
/* The language that the text seems to be in: "fr", "en" …; "" when it can't be told. */
VB_API const char *vb_guess_language(const struct vb_transcript *t);

/* Aligns all of `t` with the sound; the times that the file states serve as soft anchors.
 * NULL: `error` says why: no sound, no words, cancelled, or text and sound don't belong
 * together. `report` may be NULL; it is filled in as far as the work went. To be run on a
 * worker; only one alignment of a process speaks at a time, others wait. */
VB_API struct vb_timeline *vb_align(const struct vb_transcript *t, const char *sound_path,
                                    const struct vb_align_options *options,
                                    const struct vb_task *task, struct vb_align_report *report,
                                    struct vb_error *error);
