/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of words, made once and kept while they are shown.
 *
 * Each run is set four times too wide and then squeezed to its width: so every letter stands on
 * a quarter of a pixel, and no hinting bends it. */
#include <SDL.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "sdl/fonts.h"
#include "view/bidi.h"

enum { BYTES_MAX = 6 << 20, SIZE_MAX_PX = 2000 };

/* ---- making one ---- */

struct canvas { /* of coverage, WIDER times too wide */
    uint8_t *cover;
    int left, top, width, height; /* from the pen */
    struct colors colors;         /* of the same place, not too wide */
};

/* A wide mask laid on the canvas where the pen stands; where both cover, the more counts. */
static void lay(struct canvas *canvas, const SDL_Surface *mask, int x, int y)
{
    for (int row = 0; row < mask->h; row++) {
        const uint8_t *from = (const uint8_t *)mask->pixels + row * mask->pitch;
        int to_row = y + row - canvas->top;
        if (to_row < 0 || to_row >= canvas->height)
            continue;
        uint8_t *to = canvas->cover + (size_t)to_row * (size_t)canvas->width;
        for (int column = 0; column < mask->w; column++) {
            int at = x + column - canvas->left;
            if (from[column] && at >= 0 && at < canvas->width && from[column] > to[at])
                to[at] = from[column];
        }
    }
}

/* How far left of the pen a run's mask begins: its leftmost letter may lean out. */
static int lean_of(TTF_Font *font, const struct run *run)
{
    size_t at = 0;
    int least_x = 0, most_x, least_y, most_y, advance;
    uint32_t leftmost = run->direction == DIRECTION_RIGHT_TO_LEFT
                            ? str_before(run->text, run->text.len)
                            : str_next(run->text, &at);
    TTF_GlyphMetrics32(font, leftmost, &least_x, &most_x, &least_y, &most_y, &advance);
    return least_x < 0 ? least_x : 0;
}

static void set_run(struct fonts *f, const struct run *run, int size, int x,
                    struct canvas *canvas)
{
    static const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    if (fonts_colored_em(f, run->file)) {
        fonts_set_colored(f, run, size, x / WIDER, &canvas->colors);
        return;
    }
    TTF_Font *font = fonts_for_run(f, run, size, WIDER);
    if (!font)
        return;
    struct run_text text = fonts_run_text(f, run);
    SDL_Surface *mask = TTF_RenderUTF8_Shaded(font, text.text, white, black);
    if (!mask)
        return;
    lay(canvas, mask, x + lean_of(font, run), -TTF_FontAscent(font));
    SDL_FreeSurface(mask);
}

struct pen {
    struct fonts *fonts;
    struct canvas *canvas;
    enum face face;
    int size;
    uint64_t em; /* how far it has come */
};

static void set_run_here(struct pen *pen, const struct run *run)
{
    struct fonts *f = pen->fonts;
    uint32_t width = fonts_run_width(f, pen->face, run), inset = 0;
    if (fonts_has_figures(pen->face) && is_digit(run->text.data[0])) {
        vb_str digit = run->text; /* in the middle of a place as wide as the widest */
        uint32_t own = f->simple[pen->face][(unsigned char)digit.data[0]] - 1u;
        inset = (width - own) / 2;
    }
    int x = (int)((pen->em + inset) * (uint64_t)(pen->size * WIDER) / EM);
    set_run(f, run, pen->size, x, pen->canvas);
    pen->em += width;
}

/* A text of one direction; its runs stand in that direction, too. */
static void set_one_way(struct pen *pen, vb_str text, enum direction direction)
{
    VEC(struct run) runs = {0};
    struct run run;
    for (size_t at = 0; fonts_next_run(pen->fonts, pen->face, text, &at, &run);) {
        run.direction = direction;
        vec_push(&runs, run);
    }
    bool back = direction == DIRECTION_RIGHT_TO_LEFT;
    for (size_t i = 0; i < runs.count; i++)
        set_run_here(pen, &runs.items[back ? runs.count - 1 - i : i]);
    free(runs.items);
}

/* A text of any letters: parts of one level, in the order of UAX 9. */
static void set_both_ways(struct pen *pen, vb_str text)
{
    VEC(vb_str) parts = {0};
    uint8_t *levels = mem_new(2 * text.len + 1), *of_parts = levels + text.len;
    bidi_levels(text, DIRECTION_AUTO, levels);
    for (size_t at = 0, next; at < text.len; at = next) {
        for (next = at; next < text.len && levels[next] == levels[at]; next++)
            ;
        of_parts[parts.count] = levels[at];
        vec_push(&parts, str_cut(text, at, next));
    }
    uint32_t *order = mem_new(parts.count * sizeof *order + 1);
    bidi_order(of_parts, parts.count, order);
    for (size_t i = 0; i < parts.count; i++)
        set_one_way(pen, parts.items[order[i]],
                    of_parts[order[i]] & 1 ? DIRECTION_RIGHT_TO_LEFT : DIRECTION_LEFT_TO_RIGHT);
    free(order);
    free(levels);
    free(parts.items);
}

static void set_text(struct pen *pen, vb_str text, enum direction direction)
{
    if (direction == DIRECTION_AUTO && bidi_is_needed(text))
        set_both_ways(pen, text);
    else
        set_one_way(pen, text,
                    direction == DIRECTION_AUTO ? DIRECTION_LEFT_TO_RIGHT : direction);
}

/* Rows and columns that hold anything, in narrow pixels. */
static struct picture bounds_of(const struct canvas *c)
{
    int left = c->width, right = -1, top = c->height, bottom = -1;
    for (int y = 0; y < c->height; y++) {
        const uint8_t *row = c->cover + (size_t)y * (size_t)c->width;
        const uint32_t *colors = c->colors.pixels;
        colors = colors ? colors + (size_t)y * (size_t)c->colors.width : NULL;
        for (int x = 0; x < c->width; x++) {
            if (!row[x] && !(colors && colors[x / WIDER]))
                continue;
            left = x < left ? x : left;
            right = x > right ? x : right;
            top = y < top ? y : top;
            bottom = y;
        }
    }
    if (right < 0)
        return (struct picture){0};
    left /= WIDER;
    right /= WIDER;
    return (struct picture){.left = c->left / WIDER + left,
                            .top = c->top + top,
                            .width = right - left + 1,
                            .height = bottom - top + 1};
}

static void squeeze(const struct canvas *c, const struct picture *p, uint8_t *cover)
{
    int first_x = (p->left - c->left / WIDER) * WIDER, first_y = p->top - c->top;
    for (int y = 0; y < p->height; y++) {
        const uint8_t *from =
            c->cover + (size_t)(first_y + y) * (size_t)c->width + (size_t)first_x;
        for (int x = 0; x < p->width; x++, from += WIDER) {
            int sum = from[0] + from[1] + from[2] + from[3];
            *cover++ = (uint8_t)((sum + WIDER / 2) / WIDER);
        }
    }
}

static void cut_out(const struct colors *c, const struct picture *p, uint32_t *to)
{
    for (int y = 0; y < p->height; y++) {
        const uint32_t *from = c->pixels + (size_t)(p->top - c->top + y) * (size_t)c->width;
        memcpy(to, from + (p->left - c->left), (size_t)p->width * sizeof *to);
        to += p->width;
    }
}

/* The wide canvas, empty; the same memory for every picture. */
static struct canvas scratch_canvas(struct fonts *f, int width, int size)
{
    struct canvas c = {.left = -size * WIDER,
                       .width = (width + 3 * size) * WIDER,
                       .top = -2 * size,
                       .height = 3 * size};
    c.colors = (struct colors){NULL, -size, c.top, width + 3 * size, c.height};
    size_t bytes = (size_t)c.width * (size_t)c.height;
    if (f->scratch_size < bytes) {
        f->scratch_size = bytes;
        f->scratch = mem_grow(f->scratch, bytes);
    }
    memset(f->scratch, 0, bytes);
    c.cover = f->scratch;
    return c;
}

static struct picture *make_picture(struct fonts *f, enum face face, int size,
                                    enum direction direction, vb_str text)
{
    int width = measure_text(&f->measure, face, size, text);
    struct canvas c = scratch_canvas(f, width, size);
    set_text(&(struct pen){f, &c, face, size, 0}, text, direction);
    struct picture found = bounds_of(&c);
    size_t count = (size_t)found.width * (size_t)found.height;
    size_t colors = c.colors.pixels ? count * sizeof(uint32_t) : 0;
    struct picture *picture = mem_new(sizeof *picture + colors + count);
    uint8_t *cover = (uint8_t *)(picture + 1) + colors;
    *picture = found;
    picture->cover = cover;
    squeeze(&c, &found, cover);
    if (colors) {
        picture->colors = (const uint32_t *)(const void *)(picture + 1);
        cut_out(&c.colors, &found, (uint32_t *)(void *)(picture + 1));
        free(c.colors.pixels);
    }
    return picture;
}

/* ---- keeping them ---- */

static size_t bytes_of(const struct picture *p)
{
    size_t each = p->colors ? 1 + sizeof(uint32_t) : 1;
    return sizeof *p + each * (size_t)p->width * (size_t)p->height;
}

static void put(struct fonts *f, struct picture_slot slot)
{
    uint32_t at = (uint32_t)slot.key & f->picture_mask;
    while (f->pictures[at].picture)
        at = (at + 1) & f->picture_mask;
    f->pictures[at] = slot;
    f->picture_count++;
    f->picture_bytes += bytes_of(slot.picture);
}

/* A table of another size, with the pictures that were used since frame `since`. */
static void rebuild(struct fonts *f, uint32_t slots, uint32_t since)
{
    struct picture_slot *old = f->pictures;
    uint32_t count = old ? f->picture_mask + 1 : 0;
    f->pictures = mem_new(slots * sizeof *f->pictures);
    f->picture_mask = slots - 1;
    f->picture_count = 0;
    f->picture_bytes = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!old[i].picture)
            continue;
        if (old[i].used >= since)
            put(f, old[i]);
        else
            free(old[i].picture);
    }
    free(old);
}

const struct picture *fonts_picture(struct fonts *f, enum face face, int size,
                                    enum direction direction, vb_str text)
{
    if (size > SIZE_MAX_PX)
        size = SIZE_MAX_PX;
    if (!f->pictures)
        rebuild(f, 2048, 0);
    uint64_t key = fonts_key(text, face, size * 4 + (int)direction);
    uint32_t at = (uint32_t)key & f->picture_mask;
    for (; f->pictures[at].picture; at = (at + 1) & f->picture_mask) {
        if (f->pictures[at].key != key)
            continue;
        f->pictures[at].used = f->frame;
        return f->pictures[at].picture;
    }
    if (f->picture_count * 2 > f->picture_mask)
        rebuild(f, (f->picture_mask + 1) * 2, 0);
    struct picture *picture = make_picture(f, face, size, direction, text);
    put(f, (struct picture_slot){key, picture, f->frame});
    return picture;
}

void fonts_next_frame(struct fonts *f)
{
    if (f->picture_bytes > BYTES_MAX)
        rebuild(f, f->picture_mask + 1, f->frame);
    f->frame++;
}

void pictures_free(struct fonts *f)
{
    for (uint32_t i = 0; f->pictures && i <= f->picture_mask; i++)
        free(f->pictures[i].picture);
    free(f->pictures);
    free(f->scratch);
    f->pictures = NULL;
    f->scratch = NULL;
    f->scratch_size = 0;
}
