/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a second text says otherwise, as findings; and the times it lends. */
#include "base/buf.h"
#include "base/i18n.h"
#include "base/str.h"
#include "check/compared.h"

enum { WORDS_SHOWN = 12 };

static void put_side(const struct vb_transcript *t, uint32_t first, uint32_t count,
                     struct buf *out)
{
    for (uint32_t i = first; i < first + count && i < first + WORDS_SHOWN; i++) {
        buf_puts(out, i > first ? " " : "");
        buf_add(out, vb_word_text(t, i));
    }
    buf_puts(out, count > WORDS_SHOWN ? " …" : "");
}

static void put_sentence(const struct vb_difference *d, const struct buf *here,
                         const struct buf *there, struct buf *text)
{
    if (!d->count)
        buf_printf(text, _("the other text has “%s” here"), there->data);
    else if (!d->other_count)
        buf_printf(text, _("the other text has not “%s”"), here->data);
    else
        buf_printf(text, _("“%s”: the other text has “%s”"), here->data, there->data);
}

static void add_difference(struct vb_findings *findings, const struct vb_comparison *c,
                           const struct vb_difference *d, const struct vb_timeline *times)
{
    const struct vb_transcript *t = compared_text(c), *other = compared_other(c);
    struct buf here = {0}, there = {0}, text = {0};
    put_side(t, d->first, d->count, &here);
    put_side(other, d->other_first, d->other_count, &there);
    put_sentence(d, &here, &there, &text);
    uint32_t word = d->first < vb_word_count(t) ? d->first : vb_word_count(t) - 1;
    uint32_t count = d->count ? d->count : 1;
    struct vb_span from = vb_word(t, word).span, until = vb_word(t, word + count - 1).span;
    vb_finding_add(findings,
                   &(struct vb_finding){
                       .check = "difference",
                       .level = VB_DOUBT,
                       .first_word = word,
                       .word_count = count,
                       .span = {from.at, until.at + until.len - from.at},
                       .start = vb_timeline_start(times, word),
                       .end = vb_timeline_end(times, word + count - 1),
                       .rank = 0.75F,
                       .text = buf_str(&text),
                       .instead = d->count && d->other_count ? buf_str(&there) : VB_STR(""),
    });
    buf_free(&here);
    buf_free(&there);
    buf_free(&text);
}

void vb_differences_add(struct vb_findings *findings, const struct vb_comparison *c,
                        const struct vb_timeline *times)
{
    for (size_t i = 0; vb_word_count(compared_text(c)) && i < vb_difference_count(c); i++) {
        struct vb_difference d = vb_difference(c, i);
        add_difference(findings, c, &d, times);
    }
}

struct vb_timeline *vb_times_lent(const struct vb_transcript *t,
                                  const struct vb_transcript *other, vb_time duration)
{
    struct vb_timeline *own = vb_timeline_new(other, duration), *lent = NULL;
    uint32_t stated = 0, count = vb_word_count(other);
    for (uint32_t i = 0; i < count; i++)
        stated += vb_timeline_origin(own, i) >= VB_ALIGNED;
    if (count && stated >= count / 50 + 1) /* a marker every quarter of an hour is no donor */
        lent = vb_timeline_carry(own, other, t, duration);
    vb_timeline_free(own);
    return lent;
}
