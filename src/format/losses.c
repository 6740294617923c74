/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What gets lost when a transcript is written in a format.
 *
 * A row of the table of formats says what its files can't hold; this file counts how much of
 * that there is.  What isn't there can't be lost: a page without headings loses none. */
#include <stdio.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "format/format.h"

struct counting {
    const struct vb_transcript *t;
    const struct vb_timeline *times; /* may be NULL */
    bool titled;                     /* the title is written */
};

typedef uint32_t counter(const struct counting *c);

static uint32_t count_speakers(const struct counting *c)
{
    return vb_speaker_count(c->t);
}

static uint32_t count_joint(const struct counting *c)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < vb_turn_count(c->t); i++)
        count += vb_turn(c->t, i)->speaker_count > 1;
    return count;
}

static uint32_t count_times(const struct counting *c)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < vb_paragraph_count(c->t); i++)
        count += vb_paragraph(c->t, i)->start != VB_NO_TIME;
    return count;
}

static uint32_t count_ends(const struct counting *c)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < vb_paragraph_count(c->t); i++)
        count += vb_paragraph(c->t, i)->end != VB_NO_TIME;
    return count;
}

static bool is_fine(vb_time time)
{
    return time != VB_NO_TIME && time % VB_SECOND != 0;
}

static uint32_t count_fractions(const struct counting *c)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < vb_paragraph_count(c->t); i++) {
        const struct vb_paragraph *p = vb_paragraph(c->t, i);
        count += is_fine(p->start) || is_fine(p->end);
    }
    return count;
}

static uint32_t count_word_times(const struct counting *c)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < vb_word_count(c->t); i++)
        count += vb_word(c->t, i).start != VB_NO_TIME ||
                 (c->times && vb_timeline_origin(c->times, i) == VB_ALIGNED);
    return count;
}

static uint32_t count_confidence(const struct counting *c)
{
    uint32_t count = 0;
    for (uint32_t i = 0; c->times && i < vb_word_count(c->t); i++)
        count += vb_timeline_confidence(c->times, i) >= 0;
    return count;
}

static uint32_t count_sections(const struct counting *c)
{
    return vb_section_count(c->t);
}

static uint32_t count_markers(const struct counting *c)
{
    return vb_marker_count(c->t);
}

static uint32_t count_footnotes(const struct counting *c)
{
    size_t count;
    vb_footnotes(c->t, &count);
    return (uint32_t)count;
}

static uint32_t count_marked(const struct counting *c, uint16_t mark)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < vb_word_count(c->t); i++)
        count += (vb_word_marks(c->t, i) & mark) != 0;
    return count;
}

static uint32_t count_emphasis(const struct counting *c)
{
    return count_marked(c, VB_EMPHASIS);
}

static uint32_t count_stage(const struct counting *c)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < vb_paragraph_count(c->t); i++)
        count += vb_paragraph(c->t, i)->kind == VB_STAGE;
    return count;
}

static uint32_t count_metadata(const struct counting *c)
{
    size_t count;
    vb_metadata(c->t, &count);
    return (uint32_t)count + (!c->titled && vb_title(c->t).len > 0 && count == 0);
}

static uint32_t count_lines(const struct counting *c)
{
    return count_marked(c, VB_NEW_LINE);
}

static uint32_t count_overlap(const struct counting *c)
{
    uint32_t count = 0;
    for (uint32_t i = 1; i < vb_paragraph_count(c->t); i++) {
        vb_time end = vb_paragraph(c->t, i - 1)->end, start = vb_paragraph(c->t, i)->start;
        count += end != VB_NO_TIME && start != VB_NO_TIME && start < end;
    }
    return count;
}

/* Without a sign for it their text seems to be said by whoever spoke before. */
static uint32_t count_nobody(const struct counting *c)
{
    uint32_t count = 0;
    bool named = false;
    for (uint32_t i = 0; i < vb_turn_count(c->t); i++) {
        const struct vb_turn *turn = vb_turn(c->t, i);
        count += named && !turn->speaker_count && turn->word_count;
        named = named || turn->speaker_count;
    }
    return count;
}

static uint32_t count_asides(const struct counting *c)
{
    size_t count;
    vb_asides(c->t, &count);
    return (uint32_t)count;
}

static uint32_t count_styles(const struct counting *c)
{
    return vb_styles(c->t);
}

static uint32_t count_words(const struct counting *c)
{
    return vb_word_count(c->t);
}

/* By bit of enum vb_loss. */
static const struct {
    counter *count;
    const char *one, *many;
} kinds[] = {
    {count_speakers,   NP_("the name of %u speaker",                    "the names of %u speakers")               },
    {count_joint,
     NP_("that several speak at once, in %u turn",                      "that several speak at once, in %u turns")},
    {count_times,      NP_("%u time",                                   "%u times")                               },
    {count_ends,       NP_("where %u paragraph ends",                   "where %u paragraphs end")                },
    {count_fractions,
     NP_("fractions of a second in %u time",                            "fractions of a second in %u times")      },
    {count_word_times, NP_("the time of %u word",                       "the times of %u words")                  },
    {count_confidence, NP_("how surely %u word was heard",              "how surely %u words were heard")         },
    {count_sections,   NP_("%u heading",                                "%u headings")                            },
    {count_markers,    NP_("%u time marker",                            "%u time markers")                        },
    {count_footnotes,  NP_("%u note",                                   "%u notes")                               },
    {count_emphasis,   NP_("the emphasis of %u word",                   "the emphasis of %u words")               },
    {count_stage,
     NP_("that %u stage direction is not spoken",                       "that %u stage directions are not spoken")},
    {count_metadata,   NP_("%u line of the header",                     "%u lines of the header")                 },
    {count_lines,      NP_("%u line break",                             "%u line breaks")                         },
    {count_overlap,    NP_("that %u paragraph overlaps the one before",
     "that %u paragraphs overlap the one before")                                                                 },
    {count_nobody,     NP_("that nobody is named in %u turn",           "that nobody is named in %u turns")       },
    {count_asides,     NP_("%u id, setting, style or remark of WebVTT",
     "%u ids, settings, styles and remarks of WebVTT")                                                            },
    {count_styles,     NP_("%u change of looks (bold, colour, place)",
     "%u changes of looks (bold, colours, place)")                                                                },
    {count_words,      NP_("the text (%u word)",                        "the text (%u words)")                    },
};
_Static_assert(COUNT(kinds) == VB_LOSS_KINDS, "a kind for each bit of enum vb_loss");

size_t vb_format_losses(const struct vb_format *f, const struct vb_transcript *t,
                        const struct vb_timeline *times, struct vb_write_options options,
                        struct vb_lost lost[VB_LOSS_KINDS])
{
    const struct counting c = {t, times, f->keeps_title};
    uint32_t losses = f->losses & ~(options.words ? f->kept_with_words : 0);
    losses |= VB_LOSES_STYLES | (f->keeps_asides ? 0 : VB_LOSES_ASIDES);
    size_t rows = 0;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        uint32_t count = losses >> i & 1 ? kinds[i].count(&c) : 0;
        if (count)
            lost[rows++] = (struct vb_lost){(enum vb_loss)(1u << i), count};
    }
    return rows;
}

void vb_lost_say(struct vb_lost lost, char *text, size_t room)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (1u << i == (uint32_t)lost.what)
            snprintf(text, room, P_(kinds[i].one, kinds[i].many, lost.count), lost.count);
    str_end_whole(text, room);
}
