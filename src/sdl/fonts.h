/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of struct fonts, for the files that measure and draw with it. */
#pragma once

#include <SDL_ttf.h>

#include "sdl/fallback.h"
#include "sdl/font.h"
#include "sdl/font_script.h"

enum {
    COLORED_AT = 128, /* pixels; a font of pictures has its own size */
    WIDER = 4, /* how much too wide a run is set */
    WIDTH_SLOTS = 8192,
    /* Letters of Latin, and the signs from U+2010 to U+203F. */
    LATIN_END = 0x250,
    SIGNS_FROM = 0x2010,
    SIGNS_END = 0x2040,
    SIMPLE = LATIN_END + SIGNS_END - SIGNS_FROM,
};

struct font_file {
    /* mapped: reading letter by letter from a file would cost more than setting them */
    const void *data; /* NULL: not opened yet, or can't be read */
    size_t bytes;
    /* one font for all sizes: a new size costs less than another font, whose rules for its
     * script are prepared anew */
    TTF_Font *font;
    int size, wider;
    int colored_em; /* pixels of its em, of a font with colours; 0: not asked */
};

struct width_slot {
    uint64_t key;
    uint32_t width;
};

struct picture_slot {
    uint64_t key;
    struct picture *picture; /* NULL: empty */
    uint32_t used;
};

struct fonts {
    char *folder;
    int family; /* of the text, enum reading_face */
    struct measure measure;
    struct font_file files[FACE_COUNT + FALLBACKS_MAX];
    struct fallbacks fallbacks;
    struct width_slot widths[WIDTH_SLOTS]; /* each place keeps the last text that fell on it */
    uint16_t simple[FACE_COUNT][SIMPLE];   /* width + 1; 0: not asked */
    uint16_t figure[FACE_COUNT];           /* the widest digit; 0: not asked */
    uint32_t narrow_space[FACE_COUNT];     /* U+202F, or a plain space where it is missing */

    struct picture_slot *pictures; /* a hash table, open addressing */
    uint32_t picture_mask, picture_count, frame;
    size_t picture_bytes;
    uint8_t *scratch; /* to make them in */
    size_t scratch_size;
};

/* A part of a text that one font sets at once. */
struct run {
    vb_str text;
    uint8_t file;
    const char *script; /* NULL: of Latin, or of none */
    enum direction direction;
};

bool fonts_next_run(struct fonts *f, enum face face, vb_str text, size_t *at, struct run *run);
/* Ready for the run's script; NULL: can't be read. */
TTF_Font *fonts_for_run(struct fonts *f, const struct run *run, int size, int wider);
bool fonts_has_figures(enum face face); /* digits of one width */
uint32_t fonts_figure_width(struct fonts *f, enum face face);
uint32_t fonts_run_width(struct fonts *f, enum face face, const struct run *run);
uint64_t fonts_key(vb_str text, enum face face, int size);

/* A NUL-terminated copy, for SDL2_ttf. */
struct run_text {
    char text[2048];
};
struct run_text fonts_run_text(struct fonts *f, const struct run *run);

/* ---- signs with colours of their own (picture_color.c) ---- */

struct colors { /* multiplied by their alpha; `pixels` NULL: there are none */
    uint32_t *pixels;
    int left, top, width, height; /* from the pen */
};
/* 0: the font has none. */
int fonts_colored_em(struct fonts *f, uint8_t number);
void fonts_set_colored(struct fonts *f, const struct run *run, int size, int x,
                       struct colors *to);

void pictures_free(struct fonts *f);
