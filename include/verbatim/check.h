/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checks a transcript: what in the page is odd by itself, what does not suit the sound, what a
 * second text says otherwise.
 *
 * Each check has a stable name and can be switched off.  A finding is never a verdict: it is a
 * place worth a look or a listen, with a reason in words.  What holds for the whole page (two
 * kinds of apostrophes) is one finding, not a hundred. */
#pragma once

#include "verbatim/doubts.h"
#include "verbatim/error.h"
#include "verbatim/timeline.h"
#include "verbatim/transcript.h"

/* How sure, and how grave. */
enum vb_level {
    VB_HINT,    /* a matter of taste, or of the whole page */
    VB_DOUBT,   /* worth a listen */
    VB_MISTAKE, /* wrong by itself: a marker out of order, « without » */
};
VB_API const char *vb_level_name(enum vb_level level); /* "hint" …; never translated */
VB_API bool vb_level_named(vb_str name, enum vb_level *level);

struct vb_finding {
    const char *check; /* the check's name; never translated */
    enum vb_level level;
    uint32_t first_word,
        word_count;      /* VB_NONE, 0: the page as a whole, or a place without words */
    struct vb_span span; /* bytes of the text that was read; len 0: nowhere */
    vb_time start, end;  /* in the sound, or VB_NO_TIME */
    float rank;          /* 0 … 1: what a listener should hear first */
    vb_str text;         /* a sentence */
    vb_str instead;      /* what would stand in the span if it is right; empty: not known */
};

struct vb_check {
    const char *name;    /* "doubled-word": as in --off; never translated */
    const char *summary; /* one line, translated */
};
VB_API size_t vb_check_count(void);
VB_API struct vb_check vb_check_at(size_t i);

/* Is the name in a list such as vb_check_options.off? */
VB_API bool vb_check_is_off(const char *off, const char *name);

struct vb_check_options {
    const struct vb_timeline *times; /* NULL: nothing that needs times is checked */
    vb_time duration;                /* of the sound, every frame counted; or VB_NO_TIME */
    const char *language;            /* "fr"; NULL or empty: guessed from the text */
    const char *off;                 /* names to leave out, "spelling, spaces"; NULL: none */
};

struct vb_findings;

/* `text` is what `t` was read from: spans count in it. Never fails: no finding is a good sign.
 */
VB_API struct vb_findings *vb_check_page(const struct vb_transcript *t, vb_str text,
                                         const struct vb_check_options *options);
VB_API struct vb_findings *vb_findings_new(void); /* none yet */
VB_API void vb_findings_free(struct vb_findings *f); /* NULL is allowed */
/* By place: the page as a whole first, then in reading order. */
VB_API size_t vb_finding_count(const struct vb_findings *f);
VB_API const struct vb_finding *vb_finding(const struct vb_findings *f, size_t i);
/* One more, in its place; texts are copied. */
VB_API void vb_finding_add(struct vb_findings *f, const struct vb_finding *finding);

/* What listening doubts, as findings: "not-heard", "different", "extra-speech"; `off` as above. */
VB_API void vb_doubts_add(struct vb_findings *f, const struct vb_transcript *t,
                          const struct vb_doubt *doubts, size_t count, const char *off);

/* Can words be looked up for a language here? */
VB_API bool vb_can_spell(const char *language);
