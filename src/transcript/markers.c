/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the page's time markers can serve as anchors.
 *
 * Markers are typed by hand.  One that is out of order spoils either itself or all others;
 * which, the majority tells: the longest rising chain is kept (patience sorting), the rest is
 * reported. */
#include "transcript/markers.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "transcript/building.h"

static void refuse(struct builder *b, struct vb_marker *marker, const char *why)
{
    marker->usable = false;
    builder_note(b, VB_WARNING, marker->span, _("the marker %.*s is not used: %s"),
                 (int)marker->text.len, marker->text.data, why);
}

/* A page may overrun its stated length a little. */
static bool is_beyond(const struct builder *b, vb_time time)
{
    return b->duration != VB_NO_TIME && time > b->duration + b->duration / 10;
}

/* Beyond the end, or the time of the last good one again. */
static void refuse_hopeless(struct builder *b)
{
    vb_time last = VB_NO_TIME;
    for (size_t i = 0; i < b->markers.count; i++) {
        struct vb_marker *marker = &b->markers.items[i];
        if (is_beyond(b, marker->time))
            refuse(b, marker, _("it lies beyond the stated duration"));
        else if (marker->time == last)
            refuse(b, marker, _("the same time stands before it"));
        else
            last = marker->time;
    }
}

struct chain {
    uint32_t *tops; /* tops[n]: the marker that ends the best chain of n + 1 */
    uint32_t *before;
    size_t length;
};

/* Where in `tops` a time belongs: the first chain whose end is not before it. */
static size_t place(const struct builder *b, const struct chain *chain, vb_time time)
{
    size_t low = 0, high = chain->length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (b->markers.items[chain->tops[middle]].time < time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void extend(const struct builder *b, struct chain *chain, uint32_t i)
{
    size_t at = place(b, chain, b->markers.items[i].time);
    chain->before[i] = at ? chain->tops[at - 1] : VB_NONE;
    chain->tops[at] = i;
    if (at == chain->length)
        chain->length++;
}

static void refuse_outside(struct builder *b, const struct chain *chain)
{
    uint32_t keep = chain->length ? chain->tops[chain->length - 1] : VB_NONE;
    for (size_t i = b->markers.count; i-- > 0;) {
        struct vb_marker *marker = &b->markers.items[i];
        if (keep == i)
            keep = chain->before[i];
        else if (marker->usable)
            refuse(b, marker, _("it is out of order"));
    }
}

/* Two good ones with nothing between can't both be the time of what follows. */
static void refuse_empty(struct builder *b)
{
    struct vb_marker *last = NULL;
    for (size_t i = 0; i < b->markers.count; i++) {
        struct vb_marker *marker = &b->markers.items[i];
        if (!marker->usable)
            continue;
        if (last && last->first_word == marker->first_word)
            refuse(b, last, _("no text stands between it and the next one"));
        last = marker;
    }
}

void markers_judge(struct builder *b)
{
    refuse_hopeless(b);
    struct chain chain = {
        .tops = mem_new(b->markers.count * sizeof(uint32_t)),
        .before = mem_new(b->markers.count * sizeof(uint32_t)),
    };
    for (size_t i = 0; i < b->markers.count; i++)
        if (b->markers.items[i].usable)
            extend(b, &chain, (uint32_t)i);
    refuse_outside(b, &chain);
    refuse_empty(b);
    free(chain.tops);
    free(chain.before);
}
