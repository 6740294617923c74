/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys from what a terminal sends: characters, control characters, and the sequences that
 * begin with Escape, as xterm and all its kin send them. */
#include "cli/keyboard.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

enum { ESCAPE = 0x1B };

/* The last letter of "ESC [ 1 ; 5 C" or "ESC O P". */
static const struct {
    char letter;
    enum key_name name;
} lettered[] = {
    {'A', KEY_UP    },
    {'B', KEY_DOWN  },
    {'C', KEY_RIGHT },
    {'D', KEY_LEFT  },
    {'H', KEY_HOME  },
    {'F', KEY_END   },
    {'P', KEY_F1    },
    {'Q', KEY_F1 + 1},
    {'R', KEY_F1 + 2},
    {'S', KEY_F1 + 3},
};

/* The number of "ESC [ 5 ~". */
static const struct {
    int number;
    enum key_name name;
} numbered[] = {
    {1,  KEY_HOME     },
    {3,  KEY_DELETE   },
    {4,  KEY_END      },
    {5,  KEY_PAGE_UP  },
    {6,  KEY_PAGE_DOWN},
    {7,  KEY_HOME     },
    {8,  KEY_END      },
    {11, KEY_F1       },
    {12, KEY_F1 + 1   },
    {13, KEY_F1 + 2   },
    {14, KEY_F1 + 3   },
    {15, KEY_F1 + 4   },
    {17, KEY_F1 + 5   },
    {18, KEY_F1 + 6   },
    {19, KEY_F1 + 7   },
    {20, KEY_F1 + 8   },
    {21, KEY_F1 + 9   },
    {23, KEY_F1 + 10  },
    {24, KEY_F1 + 11  },
};

static enum key_name key_of_letter(char letter)
{
    for (size_t i = 0; i < COUNT(lettered); i++)
        if (lettered[i].letter == letter)
            return lettered[i].name;
    return KEY_NONE;
}

static enum key_name key_of_number(int number)
{
    for (size_t i = 0; i < COUNT(numbered); i++)
        if (numbered[i].number == number)
            return numbered[i].name;
    return KEY_NONE;
}

/* xterm counts held keys from 1: 1 Shift, 2 Alt, 4 Ctrl. */
static unsigned modifiers_of(int number)
{
    unsigned held = number > 1 ? (unsigned)number - 1 : 0;
    return (held & 1 ? KEY_SHIFT : 0) | (held & 2 ? KEY_ALT : 0) | (held & 4 ? KEY_CTRL : 0);
}

/* "ESC [ 1 ; 5 C": numbers, then the byte that ends it. */
static size_t read_sequence(vb_str bytes, struct key_press *press)
{
    int numbers[2] = {0};
    size_t at = 2, number = 0;
    for (; at < bytes.len && bytes.data[at] >= 0x20 && bytes.data[at] < 0x40; at++) {
        if (bytes.data[at] == ';')
            number++;
        else if (is_digit(bytes.data[at]) && number < 2 && numbers[number] < 1000)
            numbers[number] = numbers[number] * 10 + (bytes.data[at] - '0');
    }
    if (at == bytes.len)
        return at;
    char end = bytes.data[at];
    press->name = end == '~' ? key_of_number(numbers[0]) : key_of_letter(end);
    press->modifiers = modifiers_of(numbers[1]);
    if (end == 'Z')
        *press = (struct key_press){.name = KEY_TAB, .modifiers = KEY_SHIFT};
    return at + 1;
}

static struct key_press control(unsigned char c)
{
    switch (c) {
    case 0:
        return (struct key_press){.character = ' ', .modifiers = KEY_CTRL};
    case '\t':
        return (struct key_press){.name = KEY_TAB};
    case '\r':
    case '\n':
        return (struct key_press){.name = KEY_RETURN};
    case '\b':
    case 0x7F:
        return (struct key_press){.name = KEY_BACKSPACE};
    case ESCAPE:
        return (struct key_press){.name = KEY_ESCAPE};
    default:
        if (c > 26)
            return (struct key_press){0};
        return (struct key_press){.character = (uint32_t)c + 'a' - 1, .modifiers = KEY_CTRL};
    }
}

static size_t read_plain(vb_str bytes, struct key_press *press)
{
    unsigned char c = (unsigned char)bytes.data[0];
    size_t used = 0;
    if (c < 0x20 || c == 0x7F) {
        *press = control(c);
        return 1;
    }
    press->character = str_next(bytes, &used);
    if (c >= 'A' && c <= 'Z') {
        press->character = (uint32_t)c - 'A' + 'a';
        press->modifiers = KEY_SHIFT;
    }
    return used;
}

size_t keyboard_next(vb_str bytes, struct key_press *press)
{
    *press = (struct key_press){0};
    if (!bytes.len)
        return 0;
    if (bytes.data[0] != ESCAPE || bytes.len == 1)
        return read_plain(bytes, press);
    if (bytes.data[1] == '[')
        return read_sequence(bytes, press);
    if (bytes.data[1] == 'O' && bytes.len > 2) {
        press->name = key_of_letter(bytes.data[2]);
        return 3;
    }
    size_t used = read_plain(str_from(bytes, 1), press);
    press->modifiers |= KEY_ALT;
    return used + 1;
}
