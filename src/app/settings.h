/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user likes, kept in $XDG_CONFIG_HOME/verbatim/settings: one "name = value" a line.
 */
#pragma once

#include "base/buf.h"
#include "verbatim/error.h"

enum theme { THEME_LIGHT, THEME_DARK };

struct settings {
    int theme;  /* enum theme */
    int zoom;   /* percent, 60 … 400 */
    int volume; /* percent */
    int speed;  /* percent of the ordinary, 50 … 300 */
    int skip;   /* seconds that the arrows jump */
    int window_width, window_height;
    bool click_plays; /* a click on a word plays from it; else it only goes there */
    bool follow;
    bool align; /* listen by itself for when each word is heard */
};

struct settings settings_default(void);
/* The file's values over the defaults; what it does not know it leaves alone. Silent about a
 * missing file; a line that is wrong is skipped. `path` NULL: the user's own. */
void settings_load(struct settings *settings, const char *path);
/* Lines that are no setting of ours (a comment, a newer program's) stay as they are. */
bool settings_save(const struct settings *settings, const char *path, struct vb_error *error);
/* "dark" for a setting of that name; false: no such setting, or no such value. */
bool settings_set(struct settings *settings, vb_str name, vb_str value);
/* One line a setting: "name  value  what it is", for the manual. */
void settings_describe(struct buf *out);

/* $XDG_CONFIG_HOME/verbatim/NAME, or ~/.config/verbatim/NAME. False: neither is set. */
bool settings_path(const char *name, struct buf *into);
