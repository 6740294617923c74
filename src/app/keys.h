/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys by name.  A key is matched by the character it produces, then by where it sits, so that
 * shortcuts hold on every keyboard (on AZERTY, Ctrl+à is where Ctrl+0 is). */
#pragma once

#include "base/buf.h"
#include "verbatim/types.h"

enum key_modifier { KEY_SHIFT = 1, KEY_CTRL = 2, KEY_ALT = 4 };

/* Keys that produce no character. */
enum key_name {
    KEY_NONE,
    KEY_LEFT,
    KEY_RIGHT,
    KEY_UP,
    KEY_DOWN,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_HOME,
    KEY_END,
    KEY_BACKSPACE,
    KEY_RETURN,
    KEY_TAB,
    KEY_ESCAPE,
    KEY_DELETE,
    KEY_INSERT,
    KEY_MENU,
    KEY_F1, /* … KEY_F1 + 11 is F12 */
    KEY_F12 = KEY_F1 + 11,
    KEY_MEDIA_PLAY,
    KEY_MEDIA_NEXT,
    KEY_MEDIA_PREVIOUS,
    KEY_NAMES,
};

struct key_press {
    enum key_name name;
    uint32_t character; /* what it produces, letters in lower case; 0: nothing */
    uint32_t position;  /* the character of that place on a US keyboard; 0: none */
    unsigned modifiers; /* of enum key_modifier */
};

/* How a press fits a key: not, by its place, by the character it produces. */
enum key_fit { KEY_NO_FIT, KEY_FITS_PLACE, KEY_FITS_CHARACTER };

/* How the press fits the best of the keys in `list` ("Space, Ctrl+Space, K"). A symbol's own
 * Shift is not asked for: "?" fits however it is typed. By place only where the character is no
 * Latin letter: Ctrl+A is never Ctrl+Q, wherever A sits. */
enum key_fit keys_fit(const char *list, const struct key_press *press);
/* The next of a list like "Space, Ctrl+Space"; moves on. False: there is none. */
bool keys_next(vb_str *list, vb_str *key);
/* Is it a key's name: "Space", "F4", "Ctrl+Shift+C", "à"? */
bool keys_known(vb_str key);
/* The same key, however its modifiers are ordered and its letter is written. */
bool keys_same(vb_str a, vb_str b);
/* The keys as the user reads them: "Space, Ctrl+Space", "Espace, Ctrl+Espace". */
void keys_show(const char *list, struct buf *out);
