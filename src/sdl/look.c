/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the window is to be shown: hints, scale, icon. */
#include "sdl/look.h"

#include <SDL_syswm.h>
#include <stdlib.h>

#include "app/cache.h"
#include "sdl/blit.h"

/* "Xft.dpi: 192" among the resources of an X display, which SDL does not tell of. Xlib is the
 * one that SDL has loaded; where SDL runs on something else it is not asked. */
static double x11_dots_per_inch(SDL_Window *window)
{
    double dots = 0;
#if defined(SDL_VIDEO_DRIVER_X11)
    SDL_SysWMinfo about;
    SDL_VERSION(&about.version);
    if (!SDL_GetWindowWMInfo(window, &about) || about.subsystem != SDL_SYSWM_X11)
        return 0;
    void *xlib = SDL_LoadObject("libX11.so.6");
    if (!xlib)
        return 0;
    char *(*get_default)(Display *, const char *, const char *) =
        (char *(*)(Display *, const char *, const char *))SDL_LoadFunction(xlib, "XGetDefault");
    const char *value = get_default ? get_default(about.info.x11.display, "Xft", "dpi") : NULL;
    dots = value ? strtod(value, NULL) : 0;
    SDL_UnloadObject(xlib);
#else
    (void)window;
#endif
    return dots;
}

/* Xlib takes half a megabyte of rules for dead keys apart at every start, unless it has a
 * folder for what it made of them. */
static void keep_rules_of_dead_keys(void)
{
    struct buf folder = {0};
    if (!getenv("XCOMPOSECACHE") && cache_path("compose", "", &folder))
        setenv("XCOMPOSECACHE", folder.data, 0);
    buf_free(&folder);
}

void look_begin(void)
{
    keep_rules_of_dead_keys();
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0"); /* our own pixels, not a slow GL */
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
}

double look_scale(SDL_Window *window)
{
    enum { ORDINARY = 96 };
    const char *asked = getenv("GDK_SCALE");
    double scale = asked ? strtod(asked, NULL) : 0;
    if (scale < 1 || scale > 4)
        scale = x11_dots_per_inch(window) / ORDINARY;
    return scale < .5 || scale > 4 ? 1 : scale;
}

/* A strip has room for two lines of text and the player. */
void look_set_compact(SDL_Window *window, bool compact, int width, int height, double scale)
{
    enum { STRIP_WIDTH = 640, STRIP_HEIGHT = 180, LEAST_WIDTH = 240, LEAST_HEIGHT = 200 };
    int least = compact ? STRIP_HEIGHT * 2 / 3 : LEAST_HEIGHT;
    SDL_SetWindowMinimumSize(window, (int)(LEAST_WIDTH * scale), (int)(least * scale));
    SDL_SetWindowAlwaysOnTop(window, compact ? SDL_TRUE : SDL_FALSE);
    if (compact)
        SDL_SetWindowSize(window, (int)(STRIP_WIDTH * scale), (int)(STRIP_HEIGHT * scale));
    else
        SDL_SetWindowSize(window, width, height);
}

static void resize(SDL_Window *window, int by, int up)
{
    int x, y, width, height;
    SDL_GetWindowSize(window, &width, &height);
    SDL_GetWindowPosition(window, &x, &y);
    SDL_SetWindowSize(window, width, height + by);
    if (up)
        SDL_SetWindowPosition(window, x, y - up);
}

void look_grow(SDL_Window *window, struct growth *growth, int by)
{
    int y, height, display = SDL_GetWindowDisplayIndex(window);
    SDL_Rect screen;
    if (display < 0 || SDL_GetDisplayUsableBounds(display, &screen))
        return;
    SDL_GetWindowSize(window, NULL, &height);
    SDL_GetWindowPosition(window, NULL, &y);
    by = height + by > screen.h ? screen.h - height : by;
    int up = y + height + by - (screen.y + screen.h);
    up = up > 0 ? up : 0;
    if (by <= 0)
        return;
    resize(window, by, up);
    growth->by += by;
    growth->up += up;
}

void look_shrink(SDL_Window *window, struct growth *growth)
{
    resize(window, -growth->by, -growth->up);
    *growth = (struct growth){0, 0};
}

/* Lines of text, one of them spoken: the same on every desktop, whatever files are installed.
 */
void look_set_icon(SDL_Window *window)
{
    enum { SIZE = 64 };
    static const struct {
        struct rect at;
        int radius;
        color c;
    } shapes[] = {
        {{2, 2, 60, 60},   14, 0xFFFCFBF8},
        {{14, 17, 36, 5},  2,  0xFF8D8A82},
        {{12, 27, 30, 11}, 4,  0xFF0267C7},
        {{14, 30, 26, 5},  2,  0xFFFCFBF8},
        {{45, 30, 7, 5},   2,  0xFF8D8A82},
        {{14, 43, 28, 5},  2,  0xFF8D8A82},
    };
    static const struct rect all = {0, 0, SIZE, SIZE};
    SDL_Surface *icon =
        SDL_CreateRGBSurfaceWithFormat(0, SIZE, SIZE, 32, SDL_PIXELFORMAT_ARGB8888);
    if (!icon)
        return;
    struct canvas canvas = {icon->pixels, icon->pitch, SIZE, SIZE, 16, 8, 0};
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++)
        blit_round(&canvas, all, shapes[i].at, shapes[i].radius, CORNERS_ALL, shapes[i].c);
    for (int y = 0; y < SIZE; y++) /* what was painted is there, all else is not */
        for (int x = 0; x < SIZE; x++) {
            uint32_t *pixel = (uint32_t *)(void *)(canvas.pixels + y * canvas.pitch) + x;
            *pixel |= *pixel ? 0xFF000000 : 0;
        }
    SDL_SetWindowIcon(window, icon);
    SDL_FreeSurface(icon);
}
