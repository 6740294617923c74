/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The best way through the lattice: which node is heard in each frame. */
#pragma once

#include "align/lattice.h"
#include "align/loop.h"
#include "align/work.h"

/* What the search pays for what. All in units of log likelihood. */
struct prices {
    float silence[GAPS];       /* to enter it, by where */
    float filler[GAPS];        /* to enter it, by where */
    float skip;                /* to leave out a word */
    float delta;               /* how much worse than the free loop a filler is, a frame */
    float edge_delta;          /* the same before the first and after the last word … */
    bool head_open, tail_open; /* … where these say so */
    float gap[GAPS];           /* a frame of silence or filler beyond gap_age, by where */
    int32_t gap_age;
    float overlong; /* a frame of a cell beyond overlong_age */
    int32_t overlong_age;
    float stuck; /* more of that, beyond stuck_age: music holds on to a vowel for ever */
    int32_t stuck_age;
    float beam; /* blocks that are worse than the best by this are given up */
};

/* Which words may be heard in a frame. Neither column falls. */
enum { BAND_FRAMES = 8 };
struct band {
    uint32_t *low, *high; /* one for BAND_FRAMES frames; both included */
};

struct path {
    int32_t *node; /* one a frame */
    float *score;  /* one a frame: what was heard there */
    double total;
    bool reached; /* the end of the text is at the end of the sound */
};
void path_free(struct path *path);

/* At the end of each stretch, where each node's path was at its beginning. */
struct checkpoint {
    uint32_t first, last; /* blocks */
    int32_t *origin;      /* cells, then silences, then fillers of these blocks */
    uint8_t *age;         /* frames, 255: or more; what ages cost is decided long before */
};

struct search {
    const struct lattice *lattice;
    const struct look *look;
    const struct loop *loop;
    const struct prices *prices;
    const struct band *band;
    struct search_state state;
    float *skip; /* one a word */
    struct scores scores;
    uint32_t first, last; /* active blocks */
    float *block_best;
    float best;
    struct checkpoint *checkpoints; /* one a stretch, and one before the first */
    uint32_t stretches;
    VEC(uint8_t) choices; /* trace.c: of one stretch, and room for the next */
};

/* False: cancelled. `path` is overwritten. */
bool search_run(const struct lattice *l, const struct models *m, const struct scorer *scorer,
                const struct look *look, const struct loop *loop, const struct band *band,
                const struct prices *prices, const struct work *work, struct path *path);
/* The path that ends in `end`, traced back from checkpoint to checkpoint. */
void search_trace(struct search *s, int32_t end, struct path *path);
/* Where `node` stands in a checkpoint's columns; SIZE_MAX: nowhere. */
size_t checkpoint_index(const struct lattice *l, const struct checkpoint *c, int32_t node);
