/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is typed, brought to the field that has the focus. */
#include "sdl/typing.h"

#include <string.h>

#include "base/str.h"

static void compose(struct typing *t, struct screen *screen, const char *text, int caret)
{
    struct input in = {.kind = INPUT_EDITING, .text = str_of(text), .caret = caret};
    if (screen_types(screen)) {
        screen_input(screen, &in);
    } else if (in.text.len) {
        t->method_at_work = true;
        SDL_StopTextInput();
    }
}

void typing_take(struct typing *t, const SDL_Event *event, struct screen *screen)
{
    struct input in = {.kind = INPUT_TEXT};
    switch (event->type) {
    case SDL_TEXTINPUT:
        in.text = str_of(event->text.text);
        screen_input(screen, &in);
        break;
    case SDL_TEXTEDITING:
        compose(t, screen, event->edit.text, event->edit.start);
        break;
    case SDL_TEXTEDITING_EXT:
        compose(t, screen, event->editExt.text, event->editExt.start);
        SDL_free(event->editExt.text);
        break;
    default:
        break;
    }
}

void typing_follow(struct typing *t, struct screen *screen)
{
    bool types = screen_types(screen);
    struct rect caret = screen_typed_at(screen);
    if (types == t->types && !memcmp(&caret, &t->caret, sizeof caret))
        return;
    if (types && !SDL_IsTextInputActive())
        SDL_StartTextInput();
    if (types)
        SDL_SetTextInputRect(&(SDL_Rect){caret.x, caret.y, caret.w, caret.h});
    else if (t->method_at_work)
        SDL_StopTextInput();
    t->types = types;
    t->caret = caret;
}
