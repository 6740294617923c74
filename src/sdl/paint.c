/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Painting a frame.
 *
 * Of the frame before only a number for each item is kept, made of all that shows, and the
 * place it covered.  Items of both frames are matched in order; the places of those without a
 * match are painted anew, with everything that lies there. */
#include "sdl/paint.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "view/icons.h"

struct mark { /* what is kept of an item */
    uint64_t key;
    struct rect covers;
};

enum { ICONS_KEPT = 64 };

struct icon_mask {
    int icon, size;
    uint8_t *cover; /* NULL: empty */
};

struct paint {
    struct fonts *fonts;
    VEC(struct mark) before, now;
    struct rect dirty[PAINT_RECTS_MAX];
    size_t dirty_count;
    struct icon_mask icons[ICONS_KEPT];
    size_t icon_next;
};

struct paint *paint_new(struct fonts *fonts)
{
    struct paint *p = mem_new(sizeof *p);
    p->fonts = fonts;
    return p;
}

void paint_free(struct paint *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < ICONS_KEPT; i++)
        free(p->icons[i].cover);
    free(p->before.items);
    free(p->now.items);
    free(p);
}

/* ---- what changed ---- */

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

static struct mark mark_of(const struct draw_item *item)
{
    uint64_t key =
        mix(item->kind, (uint64_t)item->direction << 56 | (uint64_t)item->face << 48 |
                            (uint64_t)item->icon << 40 | (uint64_t)item->corners << 32 |
                            (uint64_t)(uint16_t)item->size << 16 | (uint16_t)item->rise);
    key = mix(key, (uint64_t)(uint32_t)item->at.x << 32 | (uint32_t)item->at.y);
    key = mix(key, (uint64_t)(uint32_t)item->at.w << 32 | (uint32_t)item->at.h);
    key = mix(key, (uint64_t)(uint32_t)item->clip.x << 32 | (uint32_t)item->clip.y);
    key = mix(key, (uint64_t)(uint32_t)item->clip.w << 32 | (uint32_t)item->clip.h);
    key = mix(key, item->color);
    size_t at = 0;
    for (; at + 8 <= item->text.len; at += 8) {
        uint64_t eight;
        memcpy(&eight, item->text.data + at, 8);
        key = mix(key, eight);
    }
    uint64_t rest = item->text.len;
    if (at < item->text.len)
        memcpy(&rest, item->text.data + at, item->text.len - at);
    key = mix(key, rest);
    struct rect covers =
        item->kind == DRAW_TEXT ? rect_grown(item->at, item->size / 2 + 1) : item->at;
    return (struct mark){key, rect_cut(covers, item->clip)};
}

static struct rect both(struct rect a, struct rect b)
{
    int left = a.x < b.x ? a.x : b.x, top = a.y < b.y ? a.y : b.y;
    int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct rect){left, top, right - left, bottom - top};
}

static int64_t area(struct rect r)
{
    return (int64_t)r.w * r.h;
}

/* What painting both together wastes. */
static int64_t waste(struct rect a, struct rect b)
{
    return area(both(a, b)) - area(a) - area(b) + area(rect_cut(a, b));
}

/* Joins the rectangle to one that it meets or nearly meets; when there is no place left, to the
 * one where that wastes least. */
static void add_dirty(struct paint *p, struct rect r)
{
    if (rect_is_empty(r))
        return;
    size_t best = 0;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < p->dirty_count; i++) {
        int64_t wasted = waste(p->dirty[i], r);
        if (wasted < least) {
            least = wasted;
            best = i;
        }
    }
    if (p->dirty_count && (least < 2000 || p->dirty_count == PAINT_RECTS_MAX))
        p->dirty[best] = both(p->dirty[best], r);
    else
        p->dirty[p->dirty_count++] = r;
}

/* Two rectangles that came to overlap would be painted twice, and glass twice is darker. */
static void join_overlaps(struct paint *p)
{
    for (size_t i = 0; i < p->dirty_count; i++)
        for (size_t k = i + 1; k < p->dirty_count; k++) {
            if (rect_is_empty(rect_cut(p->dirty[i], p->dirty[k])))
                continue;
            p->dirty[i] = both(p->dirty[i], p->dirty[k]);
            p->dirty[k] = p->dirty[--p->dirty_count];
            i = (size_t)-1; /* from the beginning */
            break;
        }
}

/* How far ahead a match is looked for: a few lines of text came or went. */
enum { LOOK_AHEAD = 160 };

static size_t find_key(const struct mark *marks, size_t from, size_t count, uint64_t key)
{
    size_t until = count - from > LOOK_AHEAD ? from + LOOK_AHEAD : count;
    for (size_t i = from; i < until; i++)
        if (marks[i].key == key)
            return i;
    return SIZE_MAX;
}

static void compare(struct paint *p)
{
    const struct mark *old = p->before.items, *new = p->now.items;
    size_t olds = p->before.count, news = p->now.count, i = 0, k = 0;
    while (i < olds && k < news) {
        if (old[i].key == new[k].key) {
            i++;
            k++;
            continue;
        }
        size_t later = find_key(old, i, olds, new[k].key);
        size_t sooner = find_key(new, k, news, old[i].key);
        if (later != SIZE_MAX && (sooner == SIZE_MAX || later - i <= sooner - k))
            add_dirty(p, old[i++].covers);
        else if (sooner != SIZE_MAX)
            add_dirty(p, new[k++].covers);
        else {
            add_dirty(p, old[i++].covers);
            add_dirty(p, new[k++].covers);
        }
    }
    for (; i < olds; i++)
        add_dirty(p, old[i].covers);
    for (; k < news; k++)
        add_dirty(p, new[k].covers);
}

/* ---- one item ---- */

static const uint8_t *icon_mask(struct paint *p, int icon, int size)
{
    for (size_t i = 0; i < ICONS_KEPT; i++)
        if (p->icons[i].cover && p->icons[i].icon == icon && p->icons[i].size == size)
            return p->icons[i].cover;
    struct icon_mask *mask = &p->icons[p->icon_next++ % ICONS_KEPT];
    free(mask->cover);
    *mask = (struct icon_mask){icon, size, mem_new((size_t)size * (size_t)size + 1)};
    icon_cover(icon, size, mask->cover);
    return mask->cover;
}

static void paint_text(struct paint *p, const struct draw_item *item, const struct canvas *to,
                       struct rect clip)
{
    const struct picture *picture = fonts_picture(p->fonts, (enum face)item->face, item->size,
                                                  (enum direction)item->direction, item->text);
    struct rect at = {item->at.x + picture->left, item->at.y + item->rise + picture->top,
                      picture->width, picture->height};
    blit_cover(to, clip, at, picture->cover, item->color);
    if (picture->colors)
        blit_colors(to, clip, at, picture->colors, item->color >> 24);
}

static void paint_item(struct paint *p, const struct draw_item *item, const struct canvas *to,
                       struct rect clip)
{
    switch (item->kind) {
    case DRAW_RECT:
        blit_rect(to, clip, item->at, item->color);
        break;
    case DRAW_ROUND:
        blit_round(to, clip, item->at, item->size, (enum draw_corners)item->corners,
                   item->color);
        break;
    case DRAW_RING:
        blit_ring(to, clip, item->at, item->size, item->rise, item->color);
        break;
    case DRAW_HATCH:
        blit_hatch(to, clip, item->at, item->color);
        break;
    case DRAW_ICON:
        blit_cover(to, clip, item->at, icon_mask(p, item->icon, item->at.w), item->color);
        break;
    default:
        paint_text(p, item, to, clip);
    }
}

/* ---- a frame ---- */

static void paint_band(struct paint *p, const struct draw_list *list, const struct canvas *to,
                       struct rect band)
{
    for (size_t i = 0; i < list->items.count; i++) {
        struct rect covers = p->now.items[i].covers;
        if (covers.y >= band.y + band.h || covers.y + covers.h <= band.y)
            continue; /* most do */
        covers = rect_cut(covers, band);
        if (!rect_is_empty(covers))
            paint_item(p, &list->items.items[i], to, covers);
    }
}

/* In bands that stay in the processor's cache from the ground to the last letter: a frame of 4K
 * takes a third less. */
static void paint_rect(struct paint *p, const struct draw_list *list, const struct canvas *to,
                       struct rect dirty)
{
    enum { BAND_PIXELS = 96 * 1024, LEAST_ROWS = 16 };
    int rows = dirty.w > 0 ? BAND_PIXELS / dirty.w : 0;
    rows = rows > LEAST_ROWS ? rows : LEAST_ROWS;
    for (int y = dirty.y; y < dirty.y + dirty.h; y += rows)
        paint_band(p, list, to, rect_cut((struct rect){dirty.x, y, dirty.w, rows}, dirty));
}

size_t paint_frame(struct paint *p, const struct draw_list *list, const struct canvas *to,
                   bool all, struct rect painted[PAINT_RECTS_MAX])
{
    struct rect whole = {0, 0, to->width, to->height};
    p->now.count = 0;
    p->dirty_count = 0;
    for (size_t i = 0; i < list->items.count; i++)
        vec_push(&p->now, mark_of(&list->items.items[i]));
    if (all)
        p->dirty[p->dirty_count++] = whole;
    else
        compare(p);
    join_overlaps(p);
    for (size_t i = 0; i < p->dirty_count; i++) {
        painted[i] = rect_cut(p->dirty[i], whole);
        paint_rect(p, list, to, painted[i]);
    }
    p->before.count = 0;
    vec_reserve(&p->before, p->now.count);
    if (p->now.count)
        memcpy(p->before.items, p->now.items, p->now.count * sizeof *p->now.items);
    p->before.count = p->now.count;
    fonts_next_frame(p->fonts);
    return p->dirty_count;
}
