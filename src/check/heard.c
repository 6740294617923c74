/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What listening doubts, as findings. */
#include <math.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "verbatim/check.h"

enum { WORDS_SHOWN = 8 };

static void put_words(const struct vb_transcript *t, const struct vb_doubt *d, struct buf *out)
{
    for (uint32_t i = 0; i < d->word_count && i < WORDS_SHOWN; i++) {
        buf_puts(out, i ? " " : "");
        buf_add(out, vb_word_text(t, d->first_word + i));
    }
    buf_puts(out, d->word_count > WORDS_SHOWN ? " …" : "");
}

static void put_sentence(const struct vb_transcript *t, const struct vb_doubt *d,
                         struct buf *text)
{
    struct buf words = {0};
    put_words(t, d, &words);
    if (d->reason == VB_DOUBT_EXTRA)
        buf_printf(text, _("speech without text, %.1f s"),
                   (double)(d->until - d->from) / (double)VB_SECOND);
    else
        buf_printf(text,
                   d->reason == VB_DOUBT_NOT_HEARD ? _("not heard: “%s”")
                                                   : _("sounds different: “%s”"),
                   words.data);
    buf_free(&words);
}

static void add(struct vb_findings *f, const struct vb_transcript *t, const struct vb_doubt *d)
{
    struct buf text = {0};
    struct vb_span from = vb_word(t, d->first_word).span;
    struct vb_span until = vb_word(t, d->first_word + d->word_count - 1).span;
    put_sentence(t, d, &text);
    vb_finding_add(f, &(struct vb_finding){
                          .check = vb_doubt_name(d->reason),
                          .level = VB_DOUBT,
                          .first_word = d->first_word,
                          .word_count = d->word_count,
                          .span = {from.at, until.at + until.len - from.at},
                          .start = d->from,
                          .end = d->until,
                          .rank = (float)(1 / (1 + exp(-(double)d->score))),
                          .text = buf_str(&text),
    });
    buf_free(&text);
}

void vb_doubts_add(struct vb_findings *f, const struct vb_transcript *t,
                   const struct vb_doubt *doubts, size_t count, const char *off)
{
    uint32_t words = vb_word_count(t);
    for (size_t i = 0; i < count; i++) {
        const struct vb_doubt *d = &doubts[i];
        bool stands =
            d->word_count && d->first_word < words && d->word_count <= words - d->first_word;
        if (stands && !vb_check_is_off(off, vb_doubt_name(d->reason)))
            add(f, t, d);
    }
}
