/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Icons are a few strokes on a grid of 24 by 24.  A pixel is covered by how far its middle is
 * from the nearest stroke's edge: exact enough, and the same on every machine. */
#include "view/icons.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/mem.h"

enum stroke_kind {
    END,
    LINE, /* from x, y to x2, y2; `r` is half its width */
    ARC,  /* around x, y with radius x2 from `from` to `until`, degrees clockwise from east */
    DISC, /* around x, y with radius r */
    TRIANGLE, /* x, y and x2, y2 and from, until; corners rounded by r */
    CRESCENT, /* the disc x, y, r without the disc x2, y2, from */
};

struct stroke {
    enum stroke_kind kind;
    float r, x, y, x2, y2, from, until;
};

#define W .85f /* half the width of a line */
#define SEGMENT(r, x, y, x2, y2)                                                               \
    {                                                                                          \
        LINE, r, x, y, x2, y2, 0, 0                                                            \
    }
#define DOT(r, x, y)                                                                           \
    {                                                                                          \
        DISC, r, x, y, 0, 0, 0, 0                                                              \
    }

enum { STROKES_MAX = 10 };

static const struct {
    const char *name;
    struct stroke strokes[STROKES_MAX];
} icons[ICON_COUNT] = {
    [ICON_MENU] = {"menu",
                   {SEGMENT(W, 4, 7, 20, 7), SEGMENT(W, 4, 12, 20, 12),
                    SEGMENT(W, 4, 17, 15, 17)}                                             },
    [ICON_SUN] = {"sun",
                   {{ARC, W, 12, 12, 4, 0, 0, 360},
                   SEGMENT(W, 12, 2.5f, 12, 4.5f),
                   SEGMENT(W, 12, 19.5f, 12, 21.5f),
                   SEGMENT(W, 2.5f, 12, 4.5f, 12),
                   SEGMENT(W, 19.5f, 12, 21.5f, 12),
                   SEGMENT(W, 5.3f, 5.3f, 6.7f, 6.7f),
                   SEGMENT(W, 17.3f, 17.3f, 18.7f, 18.7f),
                   SEGMENT(W, 5.3f, 18.7f, 6.7f, 17.3f),
                   SEGMENT(W, 17.3f, 6.7f, 18.7f, 5.3f)}                                   },
    [ICON_MOON] = {"moon",     {{CRESCENT, 9, 11.5f, 12.5f, 16.5f, 8.5f, 8, 0}}            },
    [ICON_HELP] = {"help",
                   {{ARC, W, 12, 12, 9.2f, 0, 0, 360},
                    {ARC, W, 12, 9.6f, 2.6f, 0, 190, 400},
                    SEGMENT(W, 14, 11.3f, 12.3f, 12.8f),
                    SEGMENT(W, 12.2f, 12.9f, 12, 14),
                    DOT(1.15f, 12, 17)}                                                    },
    [ICON_PLAY] = {"play",     {{TRIANGLE, 1.2f, 7, 3.6f, 7, 20.4f, 20.6f, 12}}            },
    [ICON_PAUSE] = {"pause",    {SEGMENT(2, 8, 6, 8, 18), SEGMENT(2, 16, 6, 16, 18)}        },
    [ICON_BACK] = {"back",
                   {{ARC, W, 12, 13, 8.4f, 0, -90, 222},
                    SEGMENT(W, 12, 4.6f, 15.2f, 1.8f),
                    SEGMENT(W, 12, 4.6f, 15.2f, 7.6f)}                                     },
    [ICON_FORWARD] = {"forward",
                   {{ARC, W, 12, 13, 8.4f, 0, -42, 270},
                       SEGMENT(W, 12, 4.6f, 8.8f, 1.8f),
                       SEGMENT(W, 12, 4.6f, 8.8f, 7.6f)}                                   },
    [ICON_PREVIOUS] = {"previous",
                   {SEGMENT(1.1f, 5.4f, 5.4f, 5.4f, 18.6f),
                        {TRIANGLE, 1, 19.5f, 4, 19.5f, 20, 7.6f, 12}}                      },
    [ICON_NEXT] = {"next",
                   {SEGMENT(1.1f, 18.6f, 5.4f, 18.6f, 18.6f),
                    {TRIANGLE, 1, 4.5f, 4, 4.5f, 20, 16.4f, 12}}                           },
    [ICON_VOLUME] = {"volume",
                   {SEGMENT(2, 4.5f, 11, 4.5f, 13),
                      SEGMENT(1.6f, 5, 12, 8.5f, 12),
                      {TRIANGLE, .8f, 11.8f, 5, 11.8f, 19, 4.6f, 12},
                      {ARC, W, 11.5f, 12, 4.4f, 0, -42, 42},
                      {ARC, W, 11.5f, 12, 8, 0, -42, 42}}                                  },
    [ICON_MUTED] = {"muted",
                   {SEGMENT(2, 4.5f, 11, 4.5f, 13),
                     SEGMENT(1.6f, 5, 12, 8.5f, 12),
                     {TRIANGLE, .8f, 11.8f, 5, 11.8f, 19, 4.6f, 12},
                     SEGMENT(W, 15.5f, 9.5f, 20.5f, 14.5f),
                     SEGMENT(W, 15.5f, 14.5f, 20.5f, 9.5f)}                                },
    [ICON_UP] = {"up",
                   {SEGMENT(1.1f, 12, 5, 12, 19), SEGMENT(1.1f, 6, 11, 12, 5),
                  SEGMENT(1.1f, 18, 11, 12, 5)}                                            },
    [ICON_DOWN] = {"down",
                   {SEGMENT(1.1f, 12, 5, 12, 19), SEGMENT(1.1f, 6, 13, 12, 19),
                    SEGMENT(1.1f, 18, 13, 12, 19)}                                         },
    [ICON_CLOSE] = {"close",    {SEGMENT(W, 6, 6, 18, 18), SEGMENT(W, 6, 18, 18, 6)}        },
    [ICON_WARNING] = {"warning",
                   {SEGMENT(W, 12, 3.5f, 21.5f, 20), SEGMENT(W, 12, 3.5f, 2.5f, 20),
                       SEGMENT(W, 2.5f, 20, 21.5f, 20), SEGMENT(W, 12, 9.5f, 12, 13.5f),
                       DOT(1.15f, 12, 16.7f)}                                              },
    [ICON_QUESTION] = {"question",
                   {{ARC, W, 12, 9, 3.4f, 0, 190, 400},
                        SEGMENT(W, 14.6f, 11.2f, 12.4f, 13.2f),
                        SEGMENT(W, 12.3f, 13.3f, 12, 15.2f),
                        DOT(1.25f, 12, 19)}                                                },
    [ICON_INFO] = {"info",
                   {{ARC, W, 12, 12, 9.2f, 0, 0, 360},
                    SEGMENT(W, 12, 11, 12, 16.5f),
                    DOT(1.15f, 12, 7.6f)}                                                  },
    [ICON_SEARCH] = {"search",
                   {{ARC, W, 10.5f, 10.5f, 6.2f, 0, 0, 360},
                      SEGMENT(1.1f, 15.2f, 15.2f, 20, 20)}                                 },
    [ICON_CHECKED] = {"checked",
                   {{ARC, W, 12, 12, 9.2f, 0, 0, 360},
                       SEGMENT(1.1f, 7.8f, 12.4f, 10.8f, 15.4f),
                       SEGMENT(1.1f, 10.8f, 15.4f, 16.4f, 9)}                              },
    [ICON_PENCIL] = {"pencil",
                   {SEGMENT(1.9f, 8.2f, 15.8f, 17.2f, 6.8f),
                      SEGMENT(W, 4.4f, 19.6f, 6, 15.4f), SEGMENT(W, 4.4f, 19.6f, 8.6f, 18)}},
    [ICON_DROP] = {"drop",
                   {SEGMENT(W, 12, 3.5f, 12, 14.5f), SEGMENT(W, 7.5f, 10, 12, 14.5f),
                    SEGMENT(W, 16.5f, 10, 12, 14.5f), SEGMENT(W, 4, 15, 4, 20),
                    SEGMENT(W, 20, 15, 20, 20), SEGMENT(W, 4, 20, 20, 20)}                 },
    [ICON_SLIDERS] = {"sliders",
                   {SEGMENT(W, 4, 7, 12.5f, 7),
                       SEGMENT(W, 17.5f, 7, 20, 7),
                       {ARC, W, 15, 7, 2.4f, 0, 0, 360},
                       SEGMENT(W, 4, 12, 5.5f, 12),
                       SEGMENT(W, 10.5f, 12, 20, 12),
                       {ARC, W, 8, 12, 2.4f, 0, 0, 360},
                       SEGMENT(W, 4, 17, 11.5f, 17),
                       SEGMENT(W, 16.5f, 17, 20, 17),
                       {ARC, W, 14, 17, 2.4f, 0, 0, 360}}                                  },
    [ICON_MINUS] = {"minus",    {SEGMENT(W, 6, 12, 18, 12)}                                 },
    [ICON_PLUS] = {"plus",     {SEGMENT(W, 6, 12, 18, 12), SEGMENT(W, 12, 6, 12, 18)}      },
};

const char *icon_name(int icon)
{
    return icons[icon].name;
}

/* ---- distances from a point to a shape's edge; inside is below 0 ---- */

static float to_line(float x, float y, const struct stroke *s)
{
    float dx = s->x2 - s->x, dy = s->y2 - s->y;
    float along = ((x - s->x) * dx + (y - s->y) * dy) / (dx * dx + dy * dy);
    along = along < 0 ? 0 : along > 1 ? 1 : along;
    float ax = x - s->x - along * dx, ay = y - s->y - along * dy;
    return sqrtf(ax * ax + ay * ay) - s->r;
}

static float to_disc(float x, float y, float cx, float cy, float r)
{
    return sqrtf((x - cx) * (x - cx) + (y - cy) * (y - cy)) - r;
}

static float to_arc(float x, float y, const struct stroke *s)
{
    const float degree = 3.14159265f / 180;
    float angle = atan2f(y - s->y, x - s->x) / degree; /* clockwise, as y grows downwards */
    while (angle < s->from)
        angle += 360;
    if (angle <= s->until)
        return fabsf(to_disc(x, y, s->x, s->y, s->x2)) - s->r;
    float r = s->x2, from = s->from * degree, until = s->until * degree;
    float start = to_disc(x, y, s->x + r * cosf(from), s->y + r * sinf(from), s->r);
    float end = to_disc(x, y, s->x + r * cosf(until), s->y + r * sinf(until), s->r);
    return start < end ? start : end;
}

/* Beside an edge of a triangle that is walked either way round. */
static float beside(float x, float y, float x1, float y1, float x2, float y2, float turn)
{
    float dx = x2 - x1, dy = y2 - y1;
    return turn * ((x - x1) * dy - (y - y1) * dx) / sqrtf(dx * dx + dy * dy);
}

static float to_triangle(float x, float y, const struct stroke *s)
{
    float x3 = s->from, y3 = s->until;
    float turn = (s->x2 - s->x) * (y3 - s->y) - (s->y2 - s->y) * (x3 - s->x) > 0 ? 1.f : -1.f;
    float a = beside(x, y, s->x, s->y, s->x2, s->y2, turn) + s->r;
    float b = beside(x, y, s->x2, s->y2, x3, y3, turn) + s->r;
    float c = beside(x, y, x3, y3, s->x, s->y, turn) + s->r;
    float most = fmaxf(a, fmaxf(b, c));
    if (most <= 0)
        return most - s->r;
    /* near a corner two edges are passed: round it */
    float least = fminf(a, fminf(b, c)), middle = a + b + c - most - least;
    return (middle > 0 ? hypotf(most, middle) : most) - s->r;
}

static float to_stroke(float x, float y, const struct stroke *s)
{
    switch (s->kind) {
    case LINE:
        return to_line(x, y, s);
    case ARC:
        return to_arc(x, y, s);
    case DISC:
        return to_disc(x, y, s->x, s->y, s->r);
    case TRIANGLE:
        return to_triangle(x, y, s);
    case CRESCENT:
        return fmaxf(to_disc(x, y, s->x, s->y, s->r), -to_disc(x, y, s->x2, s->y2, s->from));
    case END:
        break;
    }
    return 1000;
}

void icon_cover(int icon, int size, uint8_t *cover)
{
    const struct stroke *strokes = icons[icon].strokes;
    float grid = 24.f / (float)size;
    for (int i = 0; i < size * size; i++) {
        float x = ((float)(i % size) + .5f) * grid, y = ((float)(i / size) + .5f) * grid;
        float nearest = 1000;
        for (size_t k = 0; k < STROKES_MAX && strokes[k].kind != END; k++)
            nearest = fminf(nearest, to_stroke(x, y, &strokes[k]));
        float covered = .5f - nearest / grid;
        cover[i] = covered <= 0 ? 0 : covered >= 1 ? 255 : (uint8_t)(covered * 255 + .5f);
    }
}
