/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts: how wide a text is, and its picture.
 *
 * A word is a picture: an 8-bit mask of how much of each pixel it covers, made once and kept.
 * Letters are set on quarters of a pixel and never bent to the grid across, so that words keep
 * the widths that the layout counted with, at every size. */
#pragma once

#include "verbatim/error.h"
#include "view/measure.h"

struct fonts;

struct picture {
    int left, top; /* from the pen on the baseline to the mask's corner */
    int width, height;
    const uint8_t *cover;
    const uint32_t *colors; /* over it, multiplied by their alpha; NULL: none */
};

/* From the folder with the fonts that come with the program. */
struct fonts *fonts_open(const char *folder, struct vb_error *error);
void fonts_close(struct fonts *f); /* NULL is allowed */
const struct measure *fonts_measure(const struct fonts *f);
/* Good until the second fonts_next_frame() from now. */
const struct picture *fonts_picture(struct fonts *f, enum face face, int size,
                                    enum direction direction, vb_str text);
/* For tests: this font and no other of the system has what the bundled ones lack. */
bool fonts_give_fallback(struct fonts *f, const char *path, int index);
/* Pictures that were not asked for lately may go now, when there are many. */
void fonts_next_frame(struct fonts *f);
