/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys by name. */
#include "app/keys.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

static const struct {
    const char *name; /* in the action table */
    const char *shown;
    enum key_name key;
} named[] = {
    {"Left",          "←",                KEY_LEFT          },
    {"Right",         "→",                KEY_RIGHT         },
    {"Up",            "↑",                KEY_UP            },
    {"Down",          "↓",                KEY_DOWN          },
    {"PageUp",        N_("Page Up"),        KEY_PAGE_UP       },
    {"PageDown",      N_("Page Down"),      KEY_PAGE_DOWN     },
    {"Home",          N_("Home"),           KEY_HOME          },
    {"End",           N_("End"),            KEY_END           },
    {"Backspace",     N_("Backspace"),      KEY_BACKSPACE     },
    {"Return",        N_("Enter"),          KEY_RETURN        },
    {"Tab",           N_("Tab"),            KEY_TAB           },
    {"Escape",        N_("Escape"),         KEY_ESCAPE        },
    {"Delete",        N_("Delete"),         KEY_DELETE        },
    {"Insert",        N_("Insert"),         KEY_INSERT        },
    {"Menu",          N_("Menu"),           KEY_MENU          },
    {"MediaPlay",     N_("Media Play"),     KEY_MEDIA_PLAY    },
    {"MediaNext",     N_("Media Next"),     KEY_MEDIA_NEXT    },
    {"MediaPrevious", N_("Media Previous"), KEY_MEDIA_PREVIOUS},
};

static const struct {
    const char *name, *shown;
    unsigned modifier;
} modifiers[] = {
    {"Ctrl+",  N_("Ctrl"),  KEY_CTRL },
    {"Alt+",   N_("Alt"),   KEY_ALT  },
    {"Shift+", N_("Shift"), KEY_SHIFT},
};

/* A comma alone is a key: "Ctrl+,, F2" are two. */
bool keys_next(vb_str *list, vb_str *key)
{
    vb_str rest = str_trim(*list);
    if (!rest.len)
        return false;
    size_t comma = 1; /* the first character is never a divider */
    while (comma < rest.len &&
           (rest.data[comma] != ',' || (rest.data[comma - 1] == '+' && comma + 1 < rest.len &&
                                        rest.data[comma + 1] == ',')))
        comma++;
    if (comma < rest.len && rest.data[comma - 1] == '+' && comma + 1 == rest.len)
        comma = rest.len; /* "Ctrl+," at the end */
    *key = str_trim(str_cut(rest, 0, comma));
    *list = str_from(rest, comma < rest.len ? comma + 1 : rest.len);
    return true;
}

/* Takes "Ctrl+" and the like off the front, in any order. */
static unsigned take_modifiers(vb_str *key)
{
    unsigned found = 0;
    for (size_t i = 0; i < COUNT(modifiers); i++)
        if (str_starts(*key, modifiers[i].name) && key->len > str_of(modifiers[i].name).len) {
            *key = str_from(*key, str_of(modifiers[i].name).len);
            found |= modifiers[i].modifier;
            i = (size_t)-1; /* from the beginning */
        }
    return found;
}

static enum key_name name_of(vb_str key)
{
    for (size_t i = 0; i < COUNT(named); i++)
        if (str_eq(key, named[i].name))
            return named[i].key;
    bool function_key =
        key.len >= 2 && key.len <= 3 && key.data[0] == 'F' && is_digit(key.data[1]);
    int number = function_key ? atoi(key.data + 1) : 0;
    return number >= 1 && number <= 12 ? (enum key_name)(KEY_F1 + number - 1) : KEY_NONE;
}

static uint32_t lower(uint32_t c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static uint32_t character_of(vb_str key)
{
    size_t at = 0;
    return str_eq(key, "Space") ? ' ' : lower(str_next(key, &at));
}

static bool is_symbol(uint32_t c)
{
    return c != ' ' && !(c >= 'a' && c <= 'z');
}

bool keys_known(vb_str key)
{
    take_modifiers(&key);
    size_t at = 0;
    if (name_of(key) != KEY_NONE || str_eq(key, "Space"))
        return true;
    uint32_t c = str_next(key, &at);
    return at == key.len && c > ' ' && c != 0xFFFD;
}

bool keys_same(vb_str a, vb_str b)
{
    if (take_modifiers(&a) != take_modifiers(&b))
        return false;
    return name_of(a) == name_of(b) &&
           (name_of(a) != KEY_NONE || character_of(a) == character_of(b));
}

/* On AZERTY the key at Q's place produces an A: that is what it means. A key that produces no
 * Latin letter (à, й) can only be meant by its place; one alone, without Ctrl or Alt, only
 * where the whole keyboard is of another script. */
static bool may_fit_by_place(uint32_t character, unsigned wanted)
{
    const uint32_t other_scripts = 0x370; /* Greek and on */
    if (character >= 'a' && character <= 'z')
        return false;
    return wanted & (KEY_CTRL | KEY_ALT) || character >= other_scripts;
}

static enum key_fit fit_of(vb_str key, const struct key_press *press)
{
    unsigned wanted = take_modifiers(&key);
    enum key_name name = name_of(key);
    if (name != KEY_NONE)
        return press->name == name && press->modifiers == wanted ? KEY_FITS_CHARACTER
                                                                 : KEY_NO_FIT;
    uint32_t c = character_of(key);
    unsigned held = press->modifiers;
    if (press->character == c) { /* a symbol's own Shift says nothing */
        held &= is_symbol(c) ? ~(unsigned)KEY_SHIFT : ~0u;
        return held == wanted ? KEY_FITS_CHARACTER : KEY_NO_FIT;
    }
    bool there = press->position == c && held == wanted;
    return there && may_fit_by_place(press->character, wanted) ? KEY_FITS_PLACE : KEY_NO_FIT;
}

enum key_fit keys_fit(const char *list, const struct key_press *press)
{
    enum key_fit best = KEY_NO_FIT;
    vb_str rest = str_of(list), key;
    while (keys_next(&rest, &key)) {
        enum key_fit fit = fit_of(key, press);
        best = fit > best ? fit : best;
    }
    return best;
}

static void show_key(vb_str key, struct buf *out)
{
    for (size_t i = 0; i < COUNT(modifiers); i++)
        if (str_starts(key, modifiers[i].name)) {
            key = str_from(key, str_of(modifiers[i].name).len);
            buf_printf(out, "%s+", _(modifiers[i].shown));
        }
    if (str_eq(key, "Space")) {
        buf_puts(out, _("Space"));
        return;
    }
    for (size_t i = 0; i < COUNT(named); i++)
        if (str_eq(key, named[i].name)) {
            buf_puts(out, _(named[i].shown));
            return;
        }
    buf_add(out, key);
}

void keys_show(const char *list, struct buf *out)
{
    vb_str rest = str_of(list), key;
    for (bool first = true; keys_next(&rest, &key); first = false) {
        if (!first)
            buf_puts(out, ", ");
        show_key(key, out);
    }
}
