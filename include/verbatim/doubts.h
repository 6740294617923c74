/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where text and sound disagree, as far as listening can tell: places worth an ear, the
 * likeliest first; never a verdict. */
#pragma once

#include "verbatim/transcript.h"

enum vb_doubt_reason {
    VB_DOUBT_NOT_HEARD, /* words of the text that are not in the sound */
    VB_DOUBT_DIFFERENT, /* what is heard does not sound like the words */
    VB_DOUBT_EXTRA,     /* speech that the text does not have */
};
/* "not-heard", "different", "extra-speech"; as in JSON, never translated. */
VB_API const char *vb_doubt_name(enum vb_doubt_reason reason);

struct vb_doubt {
    enum vb_doubt_reason reason;
    uint32_t first_word,
        word_count;      /* extra speech: the words around it, and so with a count */
    vb_time from, until; /* of the sound */
    float score; /* log odds of a passage; for extra speech what a passage as sure would have */
};
