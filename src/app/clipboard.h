/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The clipboard of the desktop, as the program sees it; the front gives the functions. */
#pragma once

#include "base/buf.h"

enum clipboard_kind {
    CLIPBOARD,         /* what Ctrl+C fills */
    CLIPBOARD_PRIMARY, /* what is marked, where the desktop knows that (X11): middle button */
};

/* More than this is not handed over: an X server closes the door on a request that is larger.
 */
enum { CLIPBOARD_MAX = 12 << 20 };

struct clipboard {
    bool (*put)(void *ctx, enum clipboard_kind kind,
                const char *text);            /* NULL: there is none */
    bool (*get)(void *ctx, struct buf *into); /* false: it holds no text */
    void *ctx;
};
