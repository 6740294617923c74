/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user likes, kept in $XDG_CONFIG_HOME/verbatim/settings: one "name = value" a line.
 */
#pragma once

#include "base/buf.h"
#include "verbatim/error.h"

enum theme { THEME_LIGHT, THEME_DARK, THEME_CONTRAST, THEME_SYSTEM };

/* For reading; the interface has its own. */
enum reading_face { READING_CHARIS, READING_INTER, READING_ANDIKA };

enum { CHECKS_MAX = 32 };

struct settings {
    int theme;       /* enum theme */
    int zoom;        /* percent, 60 … 400 */
    int face;        /* enum reading_face */
    int column;      /* characters in a line, 40 … 80 */
    int line_height; /* percent of the size of the text */
    bool calm;       /* nothing glides or fades */
    int volume;      /* percent; above 100 through a limiter */
    int speed;       /* percent of the ordinary, 50 … 300 */
    int skip;        /* seconds that the arrows jump */
    int sides;       /* enum vb_sides */
    int rewind;      /* tenths of a second, when it plays on after a pause */
    bool voice_up, skip_silences;
    int window_width, window_height;
    bool click_plays; /* a click on a word plays from it; else it only goes there */
    bool follow;
    int quote; /* enum quote_form */
    bool typing_pauses; /* the sound waits while a correction is typed */
    bool typography;    /* French signs get their spaces while they are typed */
    bool align; /* listen by itself for when each word is heard */
    bool one_window; /* files go to the window that is there */
    bool reopen;     /* without files those that were open last */
    bool looks_for[CHECKS_MAX]; /* of the checks, in their order: proofreading shows its doubts */
};

struct settings settings_default(void);
/* The file's values over the defaults; what it does not know it leaves alone. Silent about a
 * missing file; a line that is wrong is skipped. `path` NULL: the user's own. */
void settings_load(struct settings *settings, const char *path);
/* Lines that are no setting of ours (a comment, a newer program's) stay as they are. */
bool settings_save(const struct settings *settings, const char *path, struct vb_error *error);
/* "dark" for a setting of that name; false: no such setting, or no such value. */
bool settings_set(struct settings *settings, vb_str name, vb_str value);
/* Takes over what differs between `before` and `now`: what was changed in between. */
void settings_take_changes(struct settings *kept, const struct settings *before,
                           const struct settings *now);
/* One line a setting: "name  value  what it is", for the manual. */
void settings_describe(struct buf *out);

/* Of that name; NULL: it is no check, and always shown. */
bool *settings_looks_for(struct settings *settings, const char *check);

/* ---- the table, for a panel ---- */

size_t settings_count(void);
const char *settings_name(size_t i);
const char *settings_help(size_t i); /* translated */
bool settings_is_switch(size_t i);
void settings_show(const struct settings *settings, size_t i, struct buf *out); /* "on" */
/* The next value up or down, round the end for choices. */
void settings_step(struct settings *settings, size_t i, int by);

/* $XDG_CONFIG_HOME/verbatim/NAME, or ~/.config/verbatim/NAME. False: neither is set. */
bool settings_path(const char *name, struct buf *into);
