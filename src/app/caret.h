/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The caret in the text: correcting in place.
 *
 * The passage that the caret is in (a paragraph, a heading, a marker) is open: its source, as
 * it stands in the file, lies in a text of its own, and what is typed changes that text alone,
 * at once, however long the page is.  The document takes it when nobody types for a moment,
 * when the caret leaves the passage, and before anything else changes or saves the page
 * (caret_commit): each group of changes is then a step of undo, and the format reads the page
 * anew.  Where the reader of the format does not want the change, the text stays open and a
 * sentence says why. */
#pragma once

#include "base/buf.h"
#include "base/vec.h"
#include "verbatim/error.h"
#include "verbatim/types.h"

struct session;

enum caret_group { GROUP_OF_NONE, GROUP_OF_TYPING, GROUP_OF_ERASING };

struct caret {
    bool on;
    struct vb_span span; /* of the document's text: the passage that is open */
    struct buf text;     /* … and what stands there now */
    bool changed;        /* the document does not have it yet */
    size_t at, anchor;   /* bytes of `text`; what lies between them is selected */
    bool elsewhere;      /* the selection began in another passage … */
    uint32_t began_at;   /* … at this byte of the document; nothing is changed then */
    struct buf composed; /* an input method is at it: not yet part of the text */
    size_t composed_caret;

    VEC(struct buf) states; /* of the text, before each group of changes but the first */
    enum caret_group group;
    vb_time changed_at; /* of the front's clock: the last change */
    bool refused;       /* the document did not take it as it is now */

    uint32_t version; /* grows when the text, or which passage is open, changes */
    uint32_t moves;   /* grows when the caret wants to be seen */
    bool resumes;     /* the sound was paused for the typing */
    bool said_markup;
};

/* ---- for everybody ---- */

/* Puts the caret at that byte of the document's text, or the nearest one that can be typed at.
 * False: the page can't be corrected in place, and a sentence was said. */
bool session_edit_begin(struct session *s, uint32_t byte_offset);
/* The document takes what was typed. False: it does not, and the caret stays; a second time
 * gives that text up. */
bool session_edit_end(struct session *s);
/* The document takes what was typed, if anything was. False: it does not. */
bool caret_commit(struct session *s);
/* What the document would not take is taken back, a group of changes. False: there is none. */
bool caret_take_back(struct session *s);
/* Where the caret is, in the document's text as it would be after a commit. */
uint32_t caret_place(const struct session *s);
/* The word at the caret, by the transcript as it is; VB_NONE: there is none. */
uint32_t caret_word(const struct session *s);
vb_str caret_text(const struct session *s); /* of the open passage */

/* ---- moving ---- */

/* `selects`: what lies between is selected. */
void caret_put(struct session *s, size_t at, bool selects); /* inside the passage */
/* Into any passage, by bytes of the document as it is now: commits first. */
void caret_go(struct session *s, uint32_t place, bool selects);
enum caret_step {
    STEP_GRAPHEME_BACK,
    STEP_GRAPHEME_ON,
    STEP_WORD_BACK,
    STEP_WORD_ON,
    STEP_PASSAGE_BACK, /* to a paragraph's beginning */
    STEP_PASSAGE_ON,
    STEP_TOP,
    STEP_BOTTOM,
};
void caret_step(struct session *s, enum caret_step step, bool selects);
void caret_select_all(struct session *s); /* the passage */
void caret_select_word(struct session *s, size_t at);
/* Is anything selected? From and until are bytes of the document, as it is. */
bool caret_selection(const struct session *s, struct vb_span *span);
/* What is selected, as the file writes it. */
void caret_selected_text(const struct session *s, struct buf *into);

/* ---- changing ---- */

/* One or several characters, as a keyboard or an input method gives them; French signs get
 * their spaces (app/typography.h). In place of what is selected. */
void caret_type(struct session *s, vb_str text);
/* As it is, with its line ends. */
void caret_paste(struct session *s, vb_str text);
/* What is selected, else as far as the step goes. At a passage's edge it is joined with its
 * neighbour. */
void caret_erase(struct session *s, enum caret_step step);
void caret_enter(struct session *s); /* a new paragraph; in a cue, a new line */
void caret_compose(struct session *s, vb_str text, int characters);

/* ---- parts of the session ---- */

/* The transcript is another one now, by another hand than the caret's. `place`: a byte of the
 * new text where it changed; VB_NONE: the caret stays by its count of bytes. */
void caret_follow(struct session *s, uint32_t place);
void caret_update(struct session *s);
vb_time caret_next(const struct session *s);
void caret_close(struct session *s); /* the document is about to be closed */
