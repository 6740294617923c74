/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line to type into: caret, selection, dead keys and input methods.
 *
 * The text is UTF-8 without line ends, the caret steps over whole graphemes ("é" typed as two
 * characters is one).  Whoever owns a field draws it with field_draw(); the screen brings it
 * what is typed while it is `on->typing`. */
#pragma once

#include "app/clipboard.h"
#include "app/keys.h"
#include "view/draw.h"

struct screen;
struct input;

enum { FIELD_MAX = 4096 }; /* bytes; what does not fit is left out */

struct field {
    struct buf text;
    size_t caret, anchor; /* bytes of `text`; what lies between them is selected */
    struct buf composed;  /* not yet part of the text: an input method is at it */
    size_t composed_caret;

    /* by its owner, each may be NULL */
    void (*changed)(struct screen *on);
    bool (*key)(struct screen *on, const struct key_press *press); /* before the field's own */

    /* where it was drawn */
    struct rect at;
    int left;    /* pixels of the text that are scrolled off */
    double size; /* of its text, logical */
};

/* ---- the text ---- */

void field_free(struct field *f);
vb_str field_text(const struct field *f);
/* Replaces everything; all of it is selected, so that typing begins anew. */
void field_set(struct field *f, vb_str text);
size_t field_after(const struct field *f, size_t at); /* one grapheme on */
vb_str field_selected(const struct field *f);
void field_select_all(struct field *f);

/* The three below tell whether the text changed. */
bool field_type(struct field *f, vb_str text); /* in place of what is selected */
bool field_erase(struct field *f);             /* what is selected */
/* What a key does in it. `taken` false: it means nothing to a field. */
bool field_key(struct field *f, const struct key_press *press,
               const struct clipboard *clipboard, bool *taken);
/* What an input method composes, with its caret in characters; "" ends it. */
void field_compose(struct field *f, vb_str text, int caret);

/* ---- on the screen ---- */

struct field_look {
    double size;       /* of the text, logical */
    vb_str hint;       /* shown while it is empty */
    vb_str name;       /* for who doesn't see what stands around it; empty: the hint */
    bool bare;         /* without ground and border: its owner draws them */
    int before, after; /* pixels inside the border that are not for the text */
};

/* Draws it and makes it a spot: a press puts the caret there and begins to type. */
void field_draw(struct screen *on, struct field *f, struct rect at, struct field_look look);
/* Typing goes to `f` from now on; NULL: to nobody, letters are keys again. */
void field_focus(struct screen *on, struct field *f);
/* The hand in the field that holds it. */
void field_press(struct screen *on, struct field *f, const struct input *in);
void field_drag(struct screen *on, struct field *f, const struct input *in);
/* Where the caret stands, for the window that an input method opens. */
struct rect field_caret_rect(const struct screen *on, const struct field *f);
/* What was typed or composed, and keys, for `on->typing`. */
void field_input(struct screen *on, const struct input *in);
bool field_takes_key(struct screen *on, const struct key_press *press);
