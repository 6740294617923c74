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

struct canvas {                   /* of coverage, WIDER times too wide */
    uint8_t *cover;               /* 0 but for `rows` and `columns` */
    int left, top, width, height; /* from the pen */
    struct span {
        int from, until;
    } rows, columns;      /* where anything was laid */
    struct colors colors; /* of the same place, not too wide */
};

/* Of `length` from `at` on what lies within 0 … `room`. */
static struct span within(int at, int length, int room)
{
    return (struct span){at > 0 ? at : 0, at + length < room ? at + length : room};
}

static struct span both(struct span a, struct span b)
{
    if (a.from >= a.until)
        return b;
    return (struct span){a.from < b.from ? a.from : b.from,
                         a.until > b.until ? a.until : b.until};
}

static void lay_row(uint8_t *to, const uint8_t *from, int count)
{
    for (int i = 0; i < count; i++)
        to[i] = from[i] > to[i] ? from[i] : to[i];
}

/* A wide mask laid on the canvas where the pen stands; where both cover, the more counts. */
static void lay(struct canvas *canvas, const SDL_Surface *mask, int x, int y)
{
    int left = x - canvas->left, top = y - canvas->top;
    struct span rows = within(top, mask->h, canvas->height);
    struct span columns = within(left, mask->w, canvas->width);
    if (rows.from >= rows.until || columns.from >= columns.until)
        return;
    for (int row = rows.from; row < rows.until; row++)
        lay_row(canvas->cover + (size_t)row * (size_t)canvas->width + columns.from,
                (const uint8_t *)mask->pixels + (row - top) * mask->pitch +
                    (columns.from - left),
                columns.until - columns.from);
    canvas->rows = both(canvas->rows, rows);
    canvas->columns = both(canvas->columns, columns);
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

/* A digit of a column of times: in the middle of a place as wide as the widest. */
static bool is_figure(const struct pen *pen, const struct run *run)
{
    return fonts_has_figures(pen->face) && is_digit(run->text.data[0]);
}

/* `is_last`: nobody asks how wide it is, which takes as long to find as to draw it. */
static void set_run_here(struct pen *pen, const struct run *run, bool is_last)
{
    struct fonts *f = pen->fonts;
    bool centred = is_figure(pen, run);
    uint32_t width = centred || !is_last ? fonts_run_width(f, pen->face, run) : 0, inset = 0;
    if (centred)
        inset = (width + 1 - f->simple[pen->face][(unsigned char)run->text.data[0]]) / 2;
    int x = (int)((pen->em + inset) * (uint64_t)(pen->size * WIDER) / EM);
    set_run(f, run, pen->size, x, pen->canvas);
    pen->em += width;
}

/* A text of one direction; its runs stand in that direction, too. `is_last`: nothing is set
 * behind it. */
static void set_one_way(struct pen *pen, vb_str text, enum direction direction, bool is_last)
{
    VEC(struct run) runs = {0};
    struct run run;
    for (size_t at = 0; fonts_next_run(pen->fonts, pen->face, text, &at, &run);) {
        run.direction = direction;
        vec_push(&runs, run);
    }
    bool back = direction == DIRECTION_RIGHT_TO_LEFT;
    for (size_t i = 0; i < runs.count; i++)
        set_run_here(pen, &runs.items[back ? runs.count - 1 - i : i],
                     is_last && i + 1 == runs.count);
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
                    of_parts[order[i]] & 1 ? DIRECTION_RIGHT_TO_LEFT : DIRECTION_LEFT_TO_RIGHT,
                    i + 1 == parts.count);
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
                    direction == DIRECTION_AUTO ? DIRECTION_LEFT_TO_RIGHT : direction, true);
}

static struct span columns_of_cover(const struct canvas *c, int y)
{
    const uint8_t *row = c->cover + (size_t)y * (size_t)c->width;
    struct span held = c->columns;
    while (held.from < held.until && !row[held.from])
        held.from++;
    while (held.from < held.until && !row[held.until - 1])
        held.until--;
    if (held.from >= held.until)
        return (struct span){0, 0};
    return (struct span){held.from / WIDER, (held.until + WIDER - 1) / WIDER};
}

static struct span columns_of_colors(const struct colors *c, int y)
{
    const uint32_t *row = c->pixels + (size_t)y * (size_t)c->width;
    struct span held = {0, c->width};
    while (held.from < held.until && !row[held.from])
        held.from++;
    while (held.from < held.until && !row[held.until - 1])
        held.until--;
    return held;
}

/* Rows and columns that hold anything, in narrow pixels. */
static struct picture bounds_of(const struct canvas *c)
{
    struct span all = {0, 0}, rows = {0, 0};
    struct span laid = c->colors.pixels ? (struct span){0, c->height} : c->rows;
    for (int y = laid.from; y < laid.until; y++) {
        struct span held = {0, 0};
        if (y >= c->rows.from && y < c->rows.until)
            held = columns_of_cover(c, y);
        if (c->colors.pixels)
            held = both(held, columns_of_colors(&c->colors, y));
        if (held.from >= held.until)
            continue;
        all = both(all, held);
        rows = both(rows, (struct span){y, y + 1});
    }
    if (rows.from >= rows.until)
        return (struct picture){0};
    return (struct picture){.left = c->left / WIDER + all.from,
                            .top = c->top + rows.from,
                            .width = all.until - all.from,
                            .height = rows.until - rows.from};
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

/* The wide canvas, empty; the same memory for every picture, left as it was found. */
static struct canvas scratch_canvas(struct fonts *f, int width, int size)
{
    struct canvas c = {.left = -size * WIDER,
                       .width = (width + 3 * size) * WIDER,
                       .top = -2 * size,
                       .height = 3 * size};
    c.colors = (struct colors){NULL, -size, c.top, width + 3 * size, c.height};
    size_t bytes = (size_t)c.width * (size_t)c.height;
    if (f->scratch_size < bytes) {
        free(f->scratch);
        f->scratch_size = bytes;
        f->scratch = mem_new(bytes);
    }
    c.cover = f->scratch;
    return c;
}

static void wipe(const struct canvas *c)
{
    size_t count = (size_t)(c->columns.until - c->columns.from);
    for (int y = c->rows.from; y < c->rows.until; y++)
        memset(c->cover + (size_t)y * (size_t)c->width + c->columns.from, 0, count);
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
    wipe(&c);
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
