/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is remembered between two sittings, in one SQLite file of the user's:
 * $XDG_STATE_HOME/verbatim/state.db, which nobody else may read.
 *
 * Everything is kept by content (base/content_key.h), so that a file may be moved or renamed.
 * What is said of a word is kept by the word's place in its text; when the text changes, the
 * words that stayed carry it over (store_saved(), store_meet()).
 *
 * Writing never waits: a thread of the store's own writes, in the order of the calls.  A read
 * sees what was written before it, unless another program holds the file for a second.  A store
 * always works: when the file can't be used, it remembers for as long as it is open, and
 * store_trouble() says why in a sentence.  All functions are for one thread; several programs
 * may use one file. */
#pragma once

#include "base/buf.h"
#include "base/content_key.h"
#include "verbatim/doubts.h"
#include "verbatim/timeline.h"

struct store;

/* `path` NULL: the user's own. `notify` (may be NULL) is called from the store's thread when
 * there is trouble to tell. */
struct store *store_open(const char *path, void (*notify)(void *ctx), void *ctx);
/* Remembers nothing beyond its end. */
struct store *store_open_nothing(void);
/* Writes what is left to write. NULL is allowed. */
void store_close(struct store *store);
/* True, once for each: something went wrong since the last time, `error` says what. */
bool store_trouble(struct store *store, struct vb_error *error);
/* All that was to be written is written, or has failed. */
void store_settle(struct store *store);
/* $XDG_STATE_HOME/verbatim/NAME, else ~/.local/state/verbatim/NAME. False: neither is set. */
bool store_path(const char *name, struct buf *into);

/* content_key_of_sound() or …_text(); empty: there is none. */
struct store_key {
    char hex[SHA256_HEX];
};
/* A recording and its transcript. */
struct store_pair {
    struct store_key sound, text;
};

/* ---- where you left ---- */

struct store_place {
    vb_time position;
    uint32_t top_word;                      /* at the reading line; VB_NONE: none */
    double top_lines;                       /* how far below it, in lines */
    uint32_t selected_first, selected_last; /* words; VB_NONE: nothing is selected */
    int zoom, speed;                        /* percent; 0: not known */
    vb_time offset; /* the text comes so much later in the sound than its times say */
    int64_t seen;   /* µs since 1970; filled in by the store */
};

void store_put_place(struct store *store, const struct store_pair *pair,
                     const struct store_place *place);
bool store_place(struct store *store, const struct store_pair *pair, struct store_place *place);

/* ---- files that were open, the newest first ---- */

enum { STORE_RECENT_MOST = 50 };

struct store_recent {
    struct buf sound, text; /* full paths; empty: none */
    struct buf title;
    int64_t seen; /* µs since 1970 */
};
struct store_recents {
    struct store_recent *items;
    size_t count;
};

/* A transcript of that path, whatever it held then. */
bool store_was_open(struct store *store, const char *text);
/* Paths are made full; NULL: none. */
void store_put_recent(struct store *store, const char *sound, const char *text, vb_str title);
/* Files that are gone are listed, too. store_recents_free() afterwards. */
struct store_recents store_recents(struct store *store);
void store_recents_free(struct store_recents *recents);

/* ---- when the words are heard, as listening found it ---- */

enum store_verdict {
    STORE_ALIGNED,
    STORE_DOUBTFUL, /* aligned, but text and sound may not belong together */
    STORE_REFUSED,  /* no times: they do not */
};

struct store_times {
    enum store_verdict verdict;
    int method;             /* of the aligner's; a better one asks anew */
    struct vb_heard *words; /* one a word of the text; NULL when refused */
    uint32_t missing;       /* words that were not listened for: new since then */
    struct buf sentence;    /* why it is doubtful or refused, for the user */
};

/* Copies everything. `missing` is not looked at: `listened` tells of each word whether it was
 * listened for; NULL: all were. */
void store_put_times(struct store *store, const struct store_pair *pair,
                     const struct vb_transcript *t, const struct store_times *times,
                     const bool *listened);
/* False: nobody listened. `listened` (may be NULL) becomes one entry a word, to be freed; a
 * word that was not listened for is VB_UNKNOWN. store_times_free() afterwards. */
bool store_times(struct store *store, const struct store_pair *pair,
                 const struct vb_transcript *t, struct store_times *times, bool **listened);
void store_times_free(struct store_times *times);

/* ---- what was said of words: pins, bookmarks, checks ---- */

enum store_kind {
    STORE_PIN,       /* word `word` is heard at `time` */
    STORE_BOOKMARK,  /* a word, or without a text a time */
    STORE_CHECK,     /* of the passage of `count` words from `word` on */
    STORE_NEWS = 5,  /* another program brought the `count` words from `word` on */
    STORE_DOUBT = 4, /* listening found: from `time` to `content` (µs) something is wrong with
                       the `count` words from `word` on; `state` says what, the note how sure */
};

enum store_checked { /* bits of a check's `state` */
                     STORE_CHECKED = 1,
                     STORE_WRONG = 2, /* something is doubtful here */
                     STORE_EDITED = 4,
                     /* from bit 8 on: a number for the doubt that it is about */
};

struct store_mark {
    int64_t id; /* 0: the store chooses one */
    enum store_kind kind;
    uint32_t word, count; /* VB_NONE, 0: no word */
    vb_time time;         /* or VB_NO_TIME */
    unsigned state;
    uint64_t content; /* of a check: store_content() of its words at that time */
    struct buf note;  /* the user's; may be empty */
    int64_t made;     /* µs since 1970; 0: now */
};
struct store_marks {
    struct store_mark *items; /* in reading order, then by time */
    size_t count;
};

/* Adds it, or changes the one of that id. Copies `mark`; gives its id. */
int64_t store_put_mark(struct store *store, const struct store_pair *pair,
                       const struct store_mark *mark);
void store_drop_mark(struct store *store, int64_t id);
void store_drop_marks(struct store *store, const struct store_pair *pair, enum store_kind kind);
/* Takes the place of all of that kind there were. */
void store_put_doubts(struct store *store, const struct store_pair *pair,
                      const struct vb_doubt *doubts, size_t count);
/* STORE_NEWS of `words` words, in place of those that were: passages of the new ones. */
void store_put_news(struct store *store, const struct store_pair *pair, const bool *are_new,
                    uint32_t words);
/* To be freed; those whose words are gone are left out. */
struct vb_doubt *store_doubts(struct store *store, const struct store_pair *pair,
                              uint32_t words, size_t *count);
/* Those of this recording with this text. store_marks_free() afterwards. */
struct store_marks store_marks(struct store *store, const struct store_pair *pair,
                               enum store_kind kind);
void store_marks_free(struct store_marks *marks);
/* A number for the words, punctuation included: another one after an edit. */
uint64_t store_content(const struct vb_transcript *t, uint32_t word, uint32_t count);

/* ---- what was really heard ---- */

struct store_heard {
    vb_time start, end;
    int speed; /* percent, the slowest it was heard at */
};
struct store_heard_list {
    struct store_heard *items; /* in order; they don't overlap */
    size_t count;
};

void store_put_heard(struct store *store, const struct store_key *sound, vb_time start,
                     vb_time end, int speed);
struct store_heard_list store_heard(struct store *store, const struct store_key *sound);
void store_heard_free(struct store_heard_list *heard);

/* ---- is it a speaker, or text? ---- */

enum store_label { STORE_UNDECIDED, STORE_SPEAKER, STORE_TEXT };

/* `label` as it stands in the page; STORE_UNDECIDED takes a decision back. */
void store_put_label(struct store *store, const struct store_key *text, vb_str label,
                     enum store_label decision);
enum store_label store_label(struct store *store, const struct store_key *text, vb_str label);

/* ---- texts that change ---- */

/* The text `now` (whose key is pair->text) was opened, beside pair->sound or alone. Was it not
 * known yet, then what is said of an earlier form of it is taken over: of the one it was saved
 * as, or of one that was open with the same sound and shares most of its words.  Of a page that
 * is `rewritten` since (store_was_open()) the words that are new become STORE_NEWS. */
void store_meet(struct store *store, const struct store_pair *pair,
                const struct vb_transcript *now, bool rewritten);
/* The text `old` was saved as `now`, whose key is `fresh`: all that was said of it goes over.
 */
void store_saved(struct store *store, const struct store_key *old,
                 const struct store_key *fresh, const struct vb_transcript *now);

/* ---- forgetting ---- */

struct store_forgotten {
    unsigned places, times, marks, heard, files, decisions;
};

/* All of it, and of the files that were kept aside. */
bool store_forget_all(struct store *store, struct store_forgotten *what,
                      struct vb_error *error);
/* Of one recording or one transcript, by its content and by its path; a missing file by its
 * path alone. */
bool store_forget_file(struct store *store, const char *path, struct store_forgotten *what,
                       struct vb_error *error);
