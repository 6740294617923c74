/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a window's pixels go. */
#include "sdl/target.h"

#include <stdlib.h>

#include "base/mem.h"

/* Eight bits for each of three channels in 32: what blit.c paints. */
static bool is_paintable(const SDL_PixelFormat *format)
{
    return format->BytesPerPixel == 4 && !format->Rloss && !format->Gloss && !format->Bloss;
}

static bool begin_surface(struct target *t, struct canvas *canvas, bool *fresh)
{
    SDL_Surface *surface = t->renderer ? NULL : SDL_GetWindowSurface(t->window);
    if (!surface || !is_paintable(surface->format))
        return false;
    *fresh = surface != t->surface || surface->w != t->width || surface->h != t->height;
    t->surface = surface;
    t->width = surface->w;
    t->height = surface->h;
    *canvas = (struct canvas){surface->pixels,
                              surface->pitch,
                              surface->w,
                              surface->h,
                              surface->format->Rshift,
                              surface->format->Gshift,
                              surface->format->Bshift};
    return true;
}

static bool begin_texture(struct target *t, struct canvas *canvas, bool *fresh)
{
    int width, height;
    if (!t->renderer)
        t->renderer = SDL_CreateRenderer(t->window, -1, 0);
    if (!t->renderer || SDL_GetRendererOutputSize(t->renderer, &width, &height))
        return false;
    *fresh = !t->texture || width != t->width || height != t->height;
    if (*fresh) {
        if (t->texture)
            SDL_DestroyTexture(t->texture);
        t->texture = SDL_CreateTexture(t->renderer, SDL_PIXELFORMAT_ARGB8888,
                                       SDL_TEXTUREACCESS_STREAMING, width, height);
        free(t->pixels);
        t->pixels = mem_new((size_t)width * (size_t)height * sizeof *t->pixels + 1);
        t->width = width;
        t->height = height;
    }
    *canvas = (struct canvas){(uint8_t *)t->pixels, width * 4, width, height, 16, 8, 0};
    return t->texture != NULL;
}

bool target_begin(struct target *t, struct canvas *canvas, bool *fresh)
{
    return begin_surface(t, canvas, fresh) || begin_texture(t, canvas, fresh);
}

void target_show(struct target *t, const struct rect *painted, size_t count)
{
    if (!count)
        return;
    SDL_Rect rects[32];
    count = count < COUNT(rects) ? count : COUNT(rects);
    for (size_t i = 0; i < count; i++)
        rects[i] = (SDL_Rect){painted[i].x, painted[i].y, painted[i].w, painted[i].h};
    if (!t->renderer) {
        SDL_UpdateWindowSurfaceRects(t->window, rects, (int)count);
        return;
    }
    for (size_t i = 0; i < count; i++)
        SDL_UpdateTexture(t->texture, &rects[i],
                          t->pixels + (ptrdiff_t)rects[i].y * t->width + rects[i].x,
                          t->width * 4);
    SDL_RenderCopy(t->renderer, t->texture, NULL, NULL);
    SDL_RenderPresent(t->renderer);
}

void target_free(struct target *t)
{
    if (t->texture)
        SDL_DestroyTexture(t->texture);
    if (t->renderer)
        SDL_DestroyRenderer(t->renderer);
    free(t->pixels);
    *t = (struct target){0};
}
