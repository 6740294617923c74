/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proofreading: the places where a re-reader should listen, what became of each, and proof of
 * what was heard.
 *
 * A doubt comes from the page itself (verbatim/check.h), from listening (verbatim/doubts.h),
 * from a second text (verbatim/compare.h) or from the user's own note.  The page and the second
 * text are looked through on a worker; what listening found is kept in the store and there at
 * once.  What the user says of a doubt or of a turn is kept by content: it holds until these
 * words change. */
#pragma once

#include "app/coverage.h"
#include "app/session.h"
#include "verbatim/check.h"
#include "verbatim/compare.h"

#define DOUBT_NOWHERE SIZE_MAX

struct doubt {
    const char *check; /* its kind: "doubled-word", "difference", "extra-speech", "note" */
    enum vb_level level;
    uint32_t first, count; /* words; VB_NONE, 0: the page as a whole */
    vb_time from, until;   /* of the sound, where that is known better than by the words */
    float rank;            /* 0 … 1 */
    vb_str text, instead;  /* a sentence; what may stand there, or empty */
    vb_str note;           /* the user's */
    bool right;            /* the user said: right as it is */
};

/* ---- the mode ---- */

bool relire_is_on(const struct session *s);
void relire_set(struct session *s, bool on);
bool relire_works(const struct session *s); /* more doubts may come */
/* Grows when doubts, states or the order change. */
uint32_t relire_generation(const struct session *s);

/* ---- the list ---- */

size_t relire_count(const struct session *s);
/* In the order of the list: by place, or the likeliest first. */
const struct doubt *relire_doubt(const struct session *s, size_t i);
size_t relire_open(const struct session *s); /* how many nobody has answered */
size_t relire_here(const struct session *s); /* DOUBT_NOWHERE */
bool relire_by_rank(const struct session *s);
void relire_order(struct session *s, bool by_rank);
/* Which checks are wanted has changed (settings_looks_for()). */
void relire_show_wanted(struct session *s);
/* No more doubts like the one that was gone to: its check is switched off. */
void relire_want_no_more(struct session *s);
/* By place in the text, whatever the order of the list: the first doubt of words from `word`
 * on, and so on; NULL behind the last. */
size_t relire_from(const struct session *s, uint32_t word);
const struct doubt *relire_placed(const struct session *s, size_t i);
bool relire_is_here(const struct session *s, const struct doubt *d);
vb_time relire_time(const struct session *s, const struct doubt *d); /* or VB_NO_TIME */

/* ---- what the user does ---- */

void relire_go(struct session *s, size_t i); /* plays it from two seconds before */
void relire_step(struct session *s, int by); /* to the next that is open, or the one before */
/* Right as it is: the doubt that was gone to, else the turn; then on to the next. Once more
 * takes it back. */
void relire_right(struct session *s);
void relire_replay(struct session *s, bool slower);
void relire_note(struct session *s); /* asks for it */
void relire_offer_note(const struct session *s, struct buf *out);
bool relire_answer_note(struct session *s, vb_str note, struct buf *why);
/* The byte of the page where correcting would begin; false: nowhere. */
bool relire_place(const struct session *s, uint32_t *at);
/* The playing stops where a turn ends. */
bool relire_stops(const struct session *s);
void relire_set_stops(struct session *s, bool on);
/* Plays to the turn's end, if it stops there; false: it plays as ever. */
bool relire_plays(struct session *s);
/* The last seconds again and again; 0: four, then eight, twelve, and on. */
void relire_loop(struct session *s, int seconds);

/* ---- what was heard, what was said of turns ---- */

const struct coverage *relire_heard(const struct session *s);
struct relire_progress {
    double heard; /* 0 … 1 of the time that the text takes */
    size_t holes;
    vb_time until; /* everything before was heard */
    int speed;     /* the fastest that it was heard at, percent */
};
struct relire_progress relire_progress(const struct session *s);
void relire_next_hole(struct session *s); /* plays on from there */
void relire_copy_progress(struct session *s);

enum relire_state { /* of a passage */
                    RELIRE_PLAIN,
                    RELIRE_HEARD,   /* to the end */
                    RELIRE_CHECKED, /* a person said so, or its doubts are answered and it was
                                       heard */
                    RELIRE_EDITED,  /* corrected */
                    RELIRE_NEW,     /* another program brought it, and it was not heard since */
                    RELIRE_DOUBTFUL, /* a doubt is open */
};
enum relire_state relire_state(const struct session *s, uint32_t turn, int *speed);
bool relire_is_edited(const struct session *s, uint32_t word);
bool relire_is_new(const struct session *s, uint32_t word);
/* What another program brought, one after the other. */
void relire_play_news(struct session *s);
/* Another program wrote the text: what was not in it before is new; how many words. */
uint32_t relire_note_news(struct session *s, const struct vb_transcript *before);
/* The text is another one: what was new in it stays so. */
void relire_carry_news(struct session *s, const struct vb_transcript *before);

/* ---- a second text ---- */

/* It is read on the side; what was compared with before stays until it is there. False: there
 * is no such file, `error` says so. */
bool relire_compare(struct session *s, const char *path, struct vb_error *error);
/* The same, at once where all of the transcript is there, else as soon as it is. */
bool relire_compare_when_open(struct session *s, const char *path, struct vb_error *error);
/* Part of opening. */
void relire_compare_opened(struct session *s);
void relire_compare_end(struct session *s);
const struct vb_comparison *relire_comparison(const struct session *s); /* NULL: none yet */
const struct vb_document *relire_other(const struct session *s);
bool relire_glosses(const struct session *s); /* its words are shown between the lines */
void relire_set_glosses(struct session *s, bool on);
/* The times that the second text lends; NULL: none. The caller owns it. */
struct vb_timeline *relire_lent_times(const struct session *s);

/* Some of them, for listening to stay near; to be freed. */
struct vb_pin *relire_lent_pins(const struct session *s, size_t *count);

/* ---- the parts of the session's frame ---- */

void relire_opened(struct session *s);
void relire_closed(struct session *s); /* the text is about to be another one */
void relire_update(struct session *s);
vb_time relire_next(const struct session *s); /* VB_NO_TIME: nothing will change by itself */
void relire_heard_now(struct session *s, vb_time from, vb_time until, int speed);
/* Listening found these, of the words as they are now. */
void relire_take_sounds(struct session *s, const struct vb_doubt *doubts, size_t count);
void relire_leave(struct session *s);
