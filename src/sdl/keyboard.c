/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SDL's keys as the program names them.
 *
 * SDL tells which key was pressed and, in an event of its own right behind it, what it typed.
 * A shortcut is matched by what was typed, so that "?" is "?" on every keyboard. */
#include "sdl/keyboard.h"

#include "base/mem.h"
#include "base/str.h"

static const struct {
    SDL_Keycode code;
    enum key_name name;
} names[] = {
    {SDLK_LEFT,        KEY_LEFT          },
    {SDLK_RIGHT,       KEY_RIGHT         },
    {SDLK_UP,          KEY_UP            },
    {SDLK_DOWN,        KEY_DOWN          },
    {SDLK_PAGEUP,      KEY_PAGE_UP       },
    {SDLK_PAGEDOWN,    KEY_PAGE_DOWN     },
    {SDLK_HOME,        KEY_HOME          },
    {SDLK_END,         KEY_END           },
    {SDLK_BACKSPACE,   KEY_BACKSPACE     },
    {SDLK_RETURN,      KEY_RETURN        },
    {SDLK_KP_ENTER,    KEY_RETURN        },
    {SDLK_TAB,         KEY_TAB           },
    {SDLK_ESCAPE,      KEY_ESCAPE        },
    {SDLK_DELETE,      KEY_DELETE        },
    {SDLK_INSERT,      KEY_INSERT        },
    {SDLK_APPLICATION, KEY_MENU          },
    {SDLK_MENU,        KEY_MENU          },
    {SDLK_AUDIOPLAY,   KEY_MEDIA_PLAY    },
    {SDLK_AUDIONEXT,   KEY_MEDIA_NEXT    },
    {SDLK_AUDIOPREV,   KEY_MEDIA_PREVIOUS},
};

static enum key_name name_of(SDL_Keycode code)
{
    for (size_t i = 0; i < COUNT(names); i++)
        if (names[i].code == code)
            return names[i].name;
    if (code >= SDLK_F1 && code <= SDLK_F12)
        return (enum key_name)(KEY_F1 + (code - SDLK_F1));
    return KEY_NONE;
}

/* The character of that place on a US keyboard. */
static uint32_t position_of(SDL_Scancode place)
{
    static const char signs[] = {
        [SDL_SCANCODE_1] = '1',
        [SDL_SCANCODE_2] = '2',
        [SDL_SCANCODE_3] = '3',
        [SDL_SCANCODE_4] = '4',
        [SDL_SCANCODE_5] = '5',
        [SDL_SCANCODE_6] = '6',
        [SDL_SCANCODE_7] = '7',
        [SDL_SCANCODE_8] = '8',
        [SDL_SCANCODE_9] = '9',
        [SDL_SCANCODE_0] = '0',
        [SDL_SCANCODE_SPACE] = ' ',
        [SDL_SCANCODE_MINUS] = '-',
        [SDL_SCANCODE_EQUALS] = '=',
        [SDL_SCANCODE_LEFTBRACKET] = '[',
        [SDL_SCANCODE_RIGHTBRACKET] = ']',
        [SDL_SCANCODE_BACKSLASH] = '\\',
        [SDL_SCANCODE_SEMICOLON] = ';',
        [SDL_SCANCODE_APOSTROPHE] = '\'',
        [SDL_SCANCODE_GRAVE] = '`',
        [SDL_SCANCODE_COMMA] = ',',
        [SDL_SCANCODE_PERIOD] = '.',
        [SDL_SCANCODE_SLASH] = '/',
    };
    if (place >= SDL_SCANCODE_A && place <= SDL_SCANCODE_Z)
        return 'a' + (uint32_t)(place - SDL_SCANCODE_A);
    return (size_t)place < sizeof signs ? (unsigned char)signs[place] : 0;
}

/* What the keypad types, where no text event tells. */
static uint32_t keypad_character(SDL_Keycode code)
{
    switch (code) {
    case SDLK_KP_PLUS:
        return '+';
    case SDLK_KP_MINUS:
        return '-';
    case SDLK_KP_0:
        return '0';
    default:
        return 0;
    }
}

/* The text event right behind this key, if there is one; it stays for the field that is typed
 * into. */
static uint32_t typed_character(bool typing)
{
    SDL_Event next;
    if (SDL_PeepEvents(&next, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) < 1 ||
        next.type != SDL_TEXTINPUT)
        return 0;
    if (!typing)
        SDL_PeepEvents(&next, 1, SDL_GETEVENT, SDL_TEXTINPUT, SDL_TEXTINPUT);
    size_t at = 0;
    return str_next(str_of(next.text.text), &at);
}

static uint32_t small(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

unsigned keyboard_modifiers(unsigned held)
{
    return (held & KMOD_SHIFT ? KEY_SHIFT : 0u) | (held & KMOD_CTRL ? KEY_CTRL : 0u) |
           (held & KMOD_LALT ? KEY_ALT : 0u);
}

bool keyboard_press(const SDL_KeyboardEvent *event, bool typing, struct key_press *press)
{
    SDL_Keycode code = event->keysym.sym;
    unsigned held = event->keysym.mod;
    *press = (struct key_press){.name = name_of(code),
                                .position = position_of(event->keysym.scancode)};
    press->modifiers = keyboard_modifiers(held);
    if (press->name != KEY_NONE)
        return true;
    uint32_t typed = typed_character(typing);
    if (!typed)
        typed = keypad_character(code);
    press->character = small(typed ? typed : code > 0 && code < 0x110000 ? (uint32_t)code : 0);
    return press->character || press->position;
}
