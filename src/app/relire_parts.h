/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of proofreading. */
#pragma once

#include "app/relire.h"

enum relire_about { ABOUT_TURN, ABOUT_NOTE = 1 }; /* else a number made of the check's name */

struct relire {
    bool on, by_rank, stops, glosses;
    uint32_t generation;

    /* doubts; they count words of `of` */
    const struct vb_transcript *of; /* a reference; NULL: nothing is open */
    struct vb_findings *page;       /* that the worker found; NULL: nothing yet */
    VEC(struct doubt) rows;         /* by place */
    VEC(uint32_t) order;            /* of the list: places in `rows` */
    struct arena texts;             /* of rows that are no finding */
    size_t here;                    /* in `rows` */
    uint32_t here_jumps;            /* session.jumps_made when it was gone to */

    /* the worker */
    struct relire_work *work;
    vb_time due; /* of the clock; VB_NO_TIME: it has nothing to do */
    uint32_t worked_revision;

    /* a second text */
    struct vb_document *other;
    char *wanted;      /* the worker is to open this one; NULL: none */
    bool keeps_wanted; /* the whole of a text is to come that it is compared with */
    struct vb_comparison *comparison;
    struct vb_timeline *lent;            /* its times for … */
    const struct vb_transcript *lent_to; /* … this text; NULL: not tried */
    vb_time lent_duration;

    /* kept by the store */
    struct store_pair pair;
    bool loaded;
    struct store_marks said;
    struct vb_findings *sounds;    /* that listening doubted; NULL: nothing yet */
    VEC(struct word_range) edited; /* in reading order */
    struct vb_transcript *settled; /* what is edited is told from it … */
    struct vb_transcript *first;   /* … and from the page as proofreading began */
    uint32_t asked_first, asked_count, asked_about; /* the note is of these words */

    struct coverage heard;

    /* playing */
    bool slowed;
    uint32_t slowed_jumps; /* session.jumps_made then: who goes elsewhere hears it as ever */
    uint32_t
        news_heard;  /* the first word of the passage of news that is being heard; VB_NONE */
    bool news_plays; /* the next one follows */
    vb_time loop_until;
    int loop_seconds; /* 0: nothing goes round */
    uint32_t loop_jumps;

    uint32_t marked_generation, marked_revision; /* the seek bar has the doubts of these */
};

struct relire *relire_of(struct session *s);

/* ---- relire_list.c ---- */

void list_make(struct session *s); /* all rows anew */
void list_sort(struct relire *r);
void list_follow(struct session *s); /* the text is another one: rows go with their words */
void list_free(struct relire *r);

/* ---- relire_said.c ---- */

uint32_t about_of(const char *check);
void said_load(struct session *s);
void said_free(struct relire *r);
/* What was said of exactly these words, as they are now; NULL: nothing. */
const struct store_mark *said_of(const struct session *s, uint32_t first, uint32_t count,
                                 uint32_t about);
/* `note` NULL: as it is. Takes the whole away when nothing is left of it. */
void said_put(struct session *s, uint32_t first, uint32_t count, uint32_t about, unsigned state,
              const vb_str *note);
unsigned said_about(const struct store_mark *mark);
bool said_of_words(const struct session *s, const struct store_mark *mark); /* that are there */
/* The user corrected these words. */
void said_note_edits(struct session *s);

/* ---- relire_walk.c ---- */

void walk_update(struct session *s);

/* ---- relire_proof.c ---- */

void proof_load(struct session *s); /* what was heard before */

/* ---- relire_news.c ---- */

void news_opened(struct session *s); /* what is new since the page was open last */
void news_update(struct session *s);

/* ---- relire_other.c ---- */

void other_free(struct relire *r);
struct relire_found;
/* Takes the second text that the worker was to open, or says why there is none; `is_of_this`:
 * the rest was found for the text as it is now. */
void other_take(struct session *s, struct relire_found *found, bool is_of_this);

/* ---- relire_work.c ---- */

struct relire_work;
struct relire_found {
    struct vb_findings *page;
    struct vb_comparison *comparison; /* NULL: there is no second text */
    struct vb_document *other;        /* that was wanted; NULL: none was, or `error` says why */
    struct vb_timeline *lent;         /* its times, over `lent_duration`; NULL: it has none */
    vb_time lent_duration;
    struct vb_error error;
};

/* What is wanted is no longer: the work has it. NULL: there are no more threads. */
struct relire_work *work_start(struct session *s);
bool work_is_of(const struct relire_work *work, const struct vb_transcript *t);
/* True: it is done, and what it found is the caller's. */
bool work_done(struct relire_work *work, struct relire_found *found);
void found_free(struct relire_found *found);
void work_stop(struct relire_work *work); /* NULL is allowed */
