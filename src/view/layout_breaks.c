/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Breaks inside a run: by UAX 14 where the script wants it, else only where nothing else helps.
 */
#include "view/layout_breaks.h"

#include <stdlib.h>
#include <unigbrk.h>
#include <unilbrk.h>

#include "base/mem.h"
#include "base/spaceless.h"
#include "base/str.h"

/* ---- opportunities ---- */

enum { TOGETHER = 512 }; /* bytes that are looked at in one call; runs are shorter */

static size_t cluster_end(vb_str text, size_t at)
{
    const uint8_t *here = (const uint8_t *)text.data + at;
    return at + (size_t)(u8_grapheme_next(here, (const uint8_t *)text.data + text.len) - here);
}

size_t break_that_fits(const struct measure *m, enum face face, vb_str text, size_t from,
                       uint32_t room)
{
    char breaks[TOGETHER];
    vb_str rest = str_cut(text, from, from + TOGETHER);
    uint32_t width = 0;
    size_t fits = 0;
    line_breaks(rest, breaks);
    for (size_t at = 0, next; at < rest.len; at = next) {
        if (at > 0 && breaks[at] == UC_BREAK_POSSIBLE)
            fits = at;
        next = cluster_end(rest, at); /* a mark has no width of its own */
        width += m->width(m->ctx, face, str_cut(rest, at, next));
        if (width > room)
            return from + fits;
    }
    return from + fits;
}

/* ---- where nothing else helps ---- */

/* After these a long word is best cut: "intervenant·e·s", "https://…/…". */
static bool is_good_cut(uint32_t c)
{
    static const uint32_t cuts[] = {0xB7, 0x2022, '-', 0x2010, '/', '.',
                                    '_',  '@',    ':', '=',    '&'};
    for (size_t i = 0; i < COUNT(cuts); i++)
        if (c == cuts[i])
            return true;
    return false;
}

size_t cut_that_fits(const struct measure *m, enum face face, vb_str text, size_t from,
                     uint32_t limit)
{
    uint32_t width = 0, good_width = 0;
    size_t at = from, good = 0;
    while (at < text.len) {
        size_t next = cluster_end(text, at);
        width += m->width(m->ctx, face, str_cut(text, at, next));
        if (width > limit && at > from)
            break;
        at = next;
        if (is_good_cut(str_before(text, at))) {
            good = at;
            good_width = width;
        }
    }
    return good && at < text.len && good_width > limit / 3 ? good : at;
}

/* Short words stay whole; what is longer than any of a language may break where it must. */
size_t head_part_end(vb_str text, size_t at)
{
    enum { WHOLE = 40, PART = 8 };
    char breaks[TOGETHER];
    vb_str rest = str_cut(text, at, at + TOGETHER);
    if (has_spaceless(text)) {
        line_breaks(rest, breaks);
        for (size_t i = 1; i < rest.len; i++)
            if (breaks[i] == UC_BREAK_POSSIBLE)
                return at + i;
        return at + rest.len;
    }
    if (text.len <= WHOLE)
        return text.len;
    for (int clusters = 0; clusters < PART && at < text.len; clusters++)
        at = cluster_end(text, at);
    return at;
}
