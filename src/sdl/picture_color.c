/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs that bring their own colours: emoji.
 *
 * Their fonts hold pictures of one size, which are made smaller here, each pixel the mean of
 * those that fall on it.  A sign that is no taller than the letters beside it stands in the
 * middle of their height. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sdl/fonts.h"

/* What a sign is wide, of the em that it goes with. */
#define SIGN_EMS 1.2

int fonts_colored_em(struct fonts *f, uint8_t number)
{
    if (number < FACE_COUNT || !f->fallbacks.fonts[number - FACE_COUNT].colored)
        return 0;
    struct font_file *file = &f->files[number];
    if (file->colored_em)
        return file->colored_em;
    static const struct run face = {
        .text = {"\xF0\x9F\x98\x80", 4}
    };
    struct run run = face;
    run.file = number;
    int width = 0, height = 0;
    TTF_Font *font = fonts_for_run(f, &run, COLORED_AT, 1);
    if (font)
        TTF_SizeUTF8(font, run.text.data, &width, &height);
    file->colored_em = width > 0 ? (int)(width / SIGN_EMS + .5) : COLORED_AT;
    return file->colored_em;
}

struct sums { /* of what falls on a pixel */
    uint32_t alpha, red, green, blue, count;
};

static void add(struct sums *sums, uint32_t pixel, bool is_straight)
{
    uint32_t alpha = pixel >> 24, times = is_straight ? alpha : 255;
    sums->alpha += alpha;
    sums->red += (pixel >> 16 & 255) * times / 255;
    sums->green += (pixel >> 8 & 255) * times / 255;
    sums->blue += (pixel & 255) * times / 255;
    sums->count++;
}

static uint32_t mean(const struct sums *s)
{
    if (!s->count)
        return 0;
    return s->alpha / s->count << 24 | s->red / s->count << 16 | s->green / s->count << 8 |
           s->blue / s->count;
}

static const uint32_t *row_of(const SDL_Surface *from, int y)
{
    return (const uint32_t *)(const void *)((const uint8_t *)from->pixels + y * from->pitch);
}

/* Colours multiplied by their alpha are never more than it. */
static bool is_straight(const SDL_Surface *from)
{
    for (int y = 0; y < from->h; y++)
        for (int x = 0; x < from->w; x++) {
            uint32_t p = row_of(from, y)[x], alpha = p >> 24;
            if ((p >> 16 & 255) > alpha || (p >> 8 & 255) > alpha || (p & 255) > alpha)
                return true;
        }
    return false;
}

static int part(int i, int whole, int parts)
{
    return (int)((int64_t)i * whole / parts);
}

/* Laid into `to` at `at`, as large as that. */
static void shrink(const SDL_Surface *from, struct colors *to, int left, int top, int width,
                   int height)
{
    bool straight = is_straight(from);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            struct sums sums = {0};
            int until_y = part(y + 1, from->h, height), until_x = part(x + 1, from->w, width);
            for (int j = part(y, from->h, height); j < until_y; j++)
                for (int i = part(x, from->w, width); i < until_x; i++)
                    add(&sums, row_of(from, j)[i], straight);
            int to_x = left + x - to->left, to_y = top + y - to->top;
            if (to_x >= 0 && to_x < to->width && to_y >= 0 && to_y < to->height)
                to->pixels[(size_t)to_y * (size_t)to->width + (size_t)to_x] = mean(&sums);
        }
}

void fonts_set_colored(struct fonts *f, const struct run *run, int size, int x,
                       struct colors *to)
{
    static const SDL_Color white = {255, 255, 255, 255};
    int em = fonts_colored_em(f, run->file);
    TTF_Font *font = fonts_for_run(f, run, COLORED_AT, 1);
    struct run_text text = fonts_run_text(f, run);
    SDL_Surface *drawn = font ? TTF_RenderUTF8_Blended(font, text.text, white) : NULL;
    if (!drawn)
        return;
    if (!to->pixels)
        to->pixels = mem_new((size_t)to->width * (size_t)to->height * sizeof *to->pixels);
    int width = drawn->w * size / em, height = drawn->h * size / em;
    int capital = measure_px(f->measure.ascent[FACE_TEXT], size);
    if (width > 0 && height > 0 && drawn->format->format == SDL_PIXELFORMAT_ARGB8888)
        shrink(drawn, to, x, -(capital + height) / 2, width, height);
    SDL_FreeSurface(drawn);
}
