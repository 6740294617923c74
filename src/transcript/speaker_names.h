/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of speakers: a hash table with open addressing, in which a name is found again whatever
 * its case, kinds of space and composition. */
#pragma once

#include "base/buf.h"
#include "base/mem.h"
#include "verbatim/transcript.h"

struct speaker_names { /* {0} is an empty one */
    struct name_slot {
        vb_str name; /* folded; data NULL: empty */
        uint32_t speaker;
    } * slots;
    uint32_t room, count;
    struct buf folded; /* the name at hand */
};

/* The first speaker of a name keeps it. */
void speaker_names_know(struct speaker_names *names, vb_str name, uint32_t speaker,
                        struct arena *arena);
uint32_t speaker_names_find(const struct speaker_names *names,
                            vb_str name); /* VB_NONE: nobody is called so */
void speaker_names_free(struct speaker_names *names);

/* How a name is compared: white space runs to one space, NFC, case folded. */
void name_fold(vb_str name, struct buf *into);
