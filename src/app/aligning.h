/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An alignment on its way, in a process of its own.
 *
 * The synthesiser keeps a state that can't be reset, and may fall: a child of ours, the same
 * program again, begins afresh, has the lowest priority and one processor, and can be ended at
 * any moment.  A thread listens to it. */
#pragma once

#include "app/wire.h"

struct aligning;

/* Takes what `wish` holds. `program`: ours. `notify` is called on the thread when there is
 * news, a few times a second at most. NULL: there are no more threads. */
struct aligning *aligning_start(const char *program, struct wire_wish *wish,
                                void (*notify)(void *ctx), void *ctx);
/* Ends it, wherever it is. NULL is allowed. */
void aligning_stop(struct aligning *a);

enum aligning_state { ALIGNING_RUNS, ALIGNING_DONE, ALIGNING_FAILED };

struct aligning_news {
    enum aligning_state state;
    float done;                    /* 0 … 1 */
    struct vb_heard *words;        /* newer ones, to be freed; NULL: none since last time */
    enum vb_align_stage stage;     /* of these; when done they are the last */
    struct vb_align_report report; /* when done; its doubts go with the words, to be freed */
    struct vb_error error;         /* when failed */
};
struct aligning_news aligning_news(struct aligning *a);

/* The child's side: reads the wish from `in`, aligns, writes to `out`. The exit code. */
int aligning_serve(int in, int out);
/* What the program is called with to be such a child. */
#define ALIGNING_ARGUMENT "--listen-for-the-window"
