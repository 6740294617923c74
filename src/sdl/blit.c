/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pixels.  Two colour channels are blended at once in one 32-bit word; which channel is which
 * does not matter to the arithmetic. */
#include "sdl/blit.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

struct ink { /* a colour as the canvas stores it */
    uint32_t pixel;
    uint32_t alpha; /* 0 … 256 */
};

static struct ink ink_of(const struct canvas *to, color c)
{
    uint32_t pixel =
        (c >> 16 & 255) << to->red | (c >> 8 & 255) << to->green | (c & 255) << to->blue;
    uint32_t alpha = c >> 24;
    return (struct ink){pixel, alpha + (alpha >> 7)};
}

/* `share` of 256 of the ink. */
static inline uint32_t blend(uint32_t under, uint32_t ink, uint32_t share)
{
    uint32_t rest = 256 - share;
    uint32_t even = (under & 0xFF00FF) * rest + (ink & 0xFF00FF) * share;
    uint32_t odd = (under >> 8 & 0xFF00FF) * rest + (ink >> 8 & 0xFF00FF) * share;
    return (even >> 8 & 0xFF00FF) | (odd & 0xFF00FF00);
}

/* Of a pixel that is covered by 0 … 255. */
static inline uint32_t share_of(uint32_t cover, struct ink ink)
{
    uint32_t share = cover * ink.alpha >> 8;
    return share + (share >> 7);
}

static inline uint32_t *row_of(const struct canvas *to, int y)
{
    return (uint32_t *)(void *)(to->pixels + (ptrdiff_t)y * to->pitch);
}

/* What is broad enough is the library's affair, which knows the processor's widest stores. */
static inline void fill_row(uint32_t *pixels, int count, uint32_t pixel)
{
    enum { BROAD = 16 };
#if WCHAR_MAX > 0xFFFF
    if (count >= BROAD) {
        wmemset((wchar_t *)pixels, (wchar_t)pixel, (size_t)count);
        return;
    }
#endif
    for (int i = 0; i < count; i++)
        pixels[i] = pixel;
}

static inline void cover_pixel(uint32_t *pixel, uint32_t cover, struct ink ink)
{
    if (cover)
        *pixel = blend(*pixel, ink.pixel, share_of(cover, ink));
}

#ifdef __SSE2__

/* blend() and share_of() for four pixels at once: the same sums, channel by channel. */
static inline void cover_four(uint32_t *pixels, uint32_t covers, struct ink ink)
{
    const __m128i none = _mm_setzero_si128();
    const __m128i inks = _mm_unpacklo_epi8(_mm_set1_epi32((int)ink.pixel), none);
    __m128i share = _mm_unpacklo_epi8(_mm_cvtsi32_si128((int)covers), none);
    share = _mm_srli_epi16(_mm_mullo_epi16(share, _mm_set1_epi16((short)ink.alpha)), 8);
    share = _mm_add_epi16(share, _mm_srli_epi16(share, 7));
    share = _mm_unpacklo_epi16(share, share);
    __m128i under = _mm_loadu_si128((const __m128i *)(const void *)pixels), halves[2];
    for (int half = 0; half < 2; half++) {
        __m128i part =
            half ? _mm_unpackhi_epi32(share, share) : _mm_unpacklo_epi32(share, share);
        __m128i rest = _mm_sub_epi16(_mm_set1_epi16(256), part);
        __m128i below = half ? _mm_unpackhi_epi8(under, none) : _mm_unpacklo_epi8(under, none);
        halves[half] = _mm_srli_epi16(
            _mm_add_epi16(_mm_mullo_epi16(below, rest), _mm_mullo_epi16(inks, part)), 8);
    }
    _mm_storeu_si128((__m128i *)(void *)pixels, _mm_packus_epi16(halves[0], halves[1]));
}

#else

static inline void cover_four(uint32_t *pixels, uint32_t covers, struct ink ink)
{
    uint8_t four[4];
    memcpy(four, &covers, sizeof four);
    for (int i = 0; i < 4; i++)
        cover_pixel(pixels + i, four[i], ink);
}

#endif

/* Most of a letter's box is empty: that is passed over. */
static void cover_row(uint32_t *pixels, const uint8_t *from, int count, struct ink ink)
{
    int x = 0;
    for (; x + 4 <= count; x += 4) {
        uint32_t four;
        memcpy(&four, from + x, sizeof four);
        if (four)
            cover_four(pixels + x, four, ink);
    }
    for (; x < count; x++)
        cover_pixel(pixels + x, from[x], ink);
}

/* The whole row through a glass of the ink. */
static void glaze_row(uint32_t *pixels, int count, struct ink ink)
{
    int x = 0;
    for (; x + 4 <= count; x += 4)
        cover_four(pixels + x, UINT32_MAX, ink);
    for (; x < count; x++)
        cover_pixel(pixels + x, 255, ink);
}

static void blend_row(uint32_t *pixels, int count, struct ink ink)
{
    if (ink.alpha == 256)
        fill_row(pixels, count, ink.pixel);
    else
        glaze_row(pixels, count, ink);
}

/* Rows that are all alike. */
static void blend_rows(const struct canvas *to, struct rect r, struct ink ink)
{
    for (int y = r.y; y < r.y + r.h; y++)
        blend_row(row_of(to, y) + r.x, r.w, ink);
}

void blit_rect(const struct canvas *to, struct rect clip, struct rect at, color c)
{
    blend_rows(to, rect_cut(at, clip), ink_of(to, c));
}

void blit_cover(const struct canvas *to, struct rect clip, struct rect at, const uint8_t *cover,
                color c)
{
    struct rect r = rect_cut(at, clip);
    struct ink ink = ink_of(to, c);
    for (int y = r.y; y < r.y + r.h; y++) {
        const uint8_t *from = cover + (ptrdiff_t)(y - at.y) * at.w + (r.x - at.x);
        cover_row(row_of(to, y) + r.x, from, r.w, ink);
    }
}

static uint32_t over(const struct canvas *to, uint32_t under, uint32_t pixel, uint32_t alpha)
{
    uint32_t rest = 255 - (pixel >> 24) * alpha / 255, mixed = 0;
    const uint8_t shifts[3] = {to->red, to->green, to->blue};
    for (int i = 0; i < 3; i++) {
        uint32_t own = (pixel >> (16 - 8 * i) & 255) * alpha / 255;
        uint32_t sum = own + (under >> shifts[i] & 255) * rest / 255;
        mixed |= (sum > 255 ? 255 : sum) << shifts[i];
    }
    return mixed;
}

void blit_colors(const struct canvas *to, struct rect clip, struct rect at,
                 const uint32_t *colors, uint32_t alpha)
{
    struct rect r = rect_cut(at, clip);
    for (int y = r.y; y < r.y + r.h; y++) {
        const uint32_t *from = colors + (ptrdiff_t)(y - at.y) * at.w + (r.x - at.x);
        uint32_t *pixels = row_of(to, y) + r.x;
        for (int x = 0; x < r.w; x++)
            if (from[x])
                pixels[x] = over(to, pixels[x], from[x], alpha);
    }
}

/* ---- round corners ---- */

/* How much of a pixel lies within a quarter disc whose middle is `x`, `y` away from it. */
static int cover_of_disc(double x, double y, double radius)
{
    double covered = radius + .5 - sqrt(x * x + y * y);
    return covered <= 0 ? 0 : covered >= 1 ? 255 : (int)(covered * 255 + .5);
}

/* The same for a corner of so many pixels, worked out once: row by row, from the middle
 * outward. NULL: too large to be kept. */
static const uint8_t *corner_of(int radius)
{
    enum { LARGEST = 40 };
    static uint8_t kept[LARGEST + 1][LARGEST * LARGEST];
    static bool is_known[LARGEST + 1];
    if (radius > LARGEST)
        return NULL;
    for (int i = 0; !is_known[radius] && i < radius * radius; i++)
        kept[radius][i] = (uint8_t)cover_of_disc(i % radius + .5, i / radius + .5, radius);
    is_known[radius] = true;
    return kept[radius];
}

/* How many pixels there are from the middle of the corner's disc to this one; -1 where it is in
 * no corner. */
static int into_corner(int at, int length, int radius, bool first, bool last)
{
    if (first && at < radius)
        return radius - at - 1;
    if (last && at >= length - radius)
        return at - (length - radius);
    return -1;
}

static int cover_at(struct rect at, int x, int y, int radius, enum draw_corners corners)
{
    int down = into_corner(y - at.y, at.h, radius, true, true);
    int across =
        into_corner(x - at.x, at.w, radius, corners != CORNERS_RIGHT, corners != CORNERS_LEFT);
    if (down < 0 || across < 0)
        return 255;
    const uint8_t *corner = corner_of(radius);
    return corner ? corner[down * radius + across]
                  : cover_of_disc(across + .5, down + .5, radius);
}

/* Only the rows of the corners are walked pixel by pixel, and of those only the ends. */
static void blend_round_row(const struct canvas *to, struct rect r, struct rect at, int y,
                            int radius, enum draw_corners corners, struct ink ink)
{
    uint32_t *pixels = row_of(to, y);
    for (int x = r.x; x < r.x + r.w; x++) {
        if (x == at.x + radius && at.w > 2 * radius) { /* the straight part in between */
            int until = at.x + at.w - radius;
            until = until < r.x + r.w ? until : r.x + r.w;
            blend_row(pixels + x, until - x, ink);
            x = until - 1;
            continue;
        }
        cover_pixel(pixels + x, (uint32_t)cover_at(at, x, y, radius, corners), ink);
    }
}

void blit_round(const struct canvas *to, struct rect clip, struct rect at, int radius,
                enum draw_corners corners, color c)
{
    struct rect r = rect_cut(at, clip);
    struct rect straight = {at.x, at.y + radius, at.w, at.h - 2 * radius};
    struct ink ink = ink_of(to, c);
    for (int y = r.y; y < r.y + r.h; y++)
        if (y < straight.y || y >= straight.y + straight.h)
            blend_round_row(to, r, at, y, radius, corners, ink);
    blend_rows(to, rect_cut(straight, clip), ink);
}

/* The shape without the smaller shape inside it. */
void blit_ring(const struct canvas *to, struct rect clip, struct rect at, int radius,
               int stroke, color c)
{
    struct rect r = rect_cut(at, clip), inside = rect_grown(at, -stroke);
    struct ink ink = ink_of(to, c);
    int inner = radius > stroke ? radius - stroke : 0;
    for (int y = r.y; y < r.y + r.h; y++) {
        uint32_t *pixels = row_of(to, y);
        bool straight = y >= at.y + radius && y < at.y + at.h - radius && y >= inside.y &&
                        y < inside.y + inside.h;
        for (int x = r.x; x < r.x + r.w; x++) {
            if (straight && x == inside.x) /* nothing is to be drawn in the middle */
                x = inside.x + inside.w < r.x + r.w ? inside.x + inside.w : r.x + r.w;
            if (x >= r.x + r.w)
                break;
            int hole =
                rect_holds(inside, x, y) ? cover_at(inside, x, y, inner, CORNERS_ALL) : 0;
            int shape = cover_at(at, x, y, radius, CORNERS_ALL);
            cover_pixel(pixels + x, (uint32_t)(shape > hole ? shape - hole : 0), ink);
        }
    }
}

void blit_hatch(const struct canvas *to, struct rect clip, struct rect at, color c)
{
    enum { PERIOD = 8 };
    static const uint8_t stripe[PERIOD] = {255, 255, 90, 0, 0, 0, 0, 90};
    struct rect r = rect_cut(at, clip);
    struct ink ink = ink_of(to, c);
    for (int y = r.y; y < r.y + r.h; y++) {
        uint32_t *pixels = row_of(to, y);
        for (int x = r.x; x < r.x + r.w; x++) {
            cover_pixel(pixels + x, stripe[(unsigned)(x + y) % PERIOD], ink);
        }
    }
}
