/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Estimates that run through what was heard around the reader's place. */
#include "app/surroundings.h"

#include <stdlib.h>

#include "base/mem.h"

void surroundings_forget(struct surroundings *around)
{
    free(around->found);
    *around = (struct surroundings){NULL, 0};
}

void surroundings_take(struct surroundings *around, struct vb_heard *words, uint32_t count)
{
    surroundings_forget(around);
    around->found = mem_new((count + 1) * sizeof *around->found);
    for (uint32_t i = 0; i < count; i++)
        if (words[i].origin == VB_ALIGNED)
            around->found[around->count++] = (struct vb_pin){i, words[i].start};
    free(words);
}

struct vb_timeline *surroundings_bend(const struct surroundings *around,
                                      const struct vb_transcript *t, vb_time duration,
                                      struct vb_timeline *estimate)
{
    if (!around->count)
        return estimate;
    uint32_t count = vb_timeline_count(estimate);
    struct vb_heard *words = mem_new((count + 1) * sizeof *words);
    struct vb_timeline *pinned =
        vb_timeline_pinned(estimate, t, duration, around->found, around->count);
    for (uint32_t i = 0; i < count; i++)
        words[i] = (struct vb_heard){vb_timeline_start(pinned, i), vb_timeline_end(pinned, i),
                                     vb_timeline_origin(estimate, i), -1};
    vb_timeline_free(pinned);
    vb_timeline_free(estimate);
    struct vb_timeline *bent = vb_timeline_heard(t, duration, words);
    free(words);
    return bent;
}
