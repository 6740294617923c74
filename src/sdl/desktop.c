/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The desktop's clipboard, by SDL. */
#include "sdl/desktop.h"

#include <SDL.h>
#include <string.h>

static bool put(void *ctx, enum clipboard_kind kind, const char *text)
{
    (void)ctx;
    if (strlen(text) > CLIPBOARD_MAX)
        return false;
    if (kind == CLIPBOARD)
        return SDL_SetClipboardText(text) == 0;
#if SDL_VERSION_ATLEAST(2, 26, 0)
    return SDL_SetPrimarySelectionText(text) == 0;
#else
    return false;
#endif
}

static bool get(void *ctx, struct buf *into)
{
    (void)ctx;
    char *text = SDL_HasClipboardText() ? SDL_GetClipboardText() : NULL;
    if (text)
        buf_puts(into, text);
    SDL_free(text);
    return into->len > 0;
}

struct clipboard desktop_clipboard(void)
{
    return (struct clipboard){.put = put, .get = get};
}
