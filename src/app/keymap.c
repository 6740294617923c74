/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which keys each action has. */
#include "app/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

enum { FILE_MAX = 64 * 1024, ACTIONS_MAX = 512 };

/* NULL: as in the table. `given`: the user said so, or took keys away by saying another's. */
static struct {
    char *keys;
    bool given;
} own[ACTIONS_MAX];

static size_t place_of(const struct action *action)
{
    return (size_t)(action - action_at(0));
}

void keymap_reset(void)
{
    for (size_t i = 0; i < ACTIONS_MAX; i++) {
        free(own[i].keys);
        own[i].keys = NULL;
        own[i].given = false;
    }
}

const char *keymap_keys(const struct action *action)
{
    const char *keys = own[place_of(action)].keys;
    return keys ? keys : action->keys;
}

static void set_keys(size_t action, const struct buf *keys)
{
    free(own[action].keys);
    own[action].keys = strdup(keys->data ? keys->data : "");
}

/* ---- one line ---- */

/* Who has the key by the user's word; NULL: nobody. */
static const struct action *owner_of(vb_str key)
{
    vb_str rest, one;
    for (size_t i = 0; i < action_count(); i++) {
        if (!own[i].given)
            continue;
        rest = str_of(own[i].keys);
        while (keys_next(&rest, &one))
            if (keys_same(one, key))
                return action_at(i);
    }
    return NULL;
}

static void complain(struct buf *trouble, size_t line, const char *format, vb_str what)
{
    buf_printf(trouble, _("keys, line %zu: "), line);
    buf_printf(trouble, format, (int)(what.len < 60 ? what.len : 60), what.data);
    buf_putc(trouble, '\n');
}

/* The keys of a line that can be had; the others are told. */
static void take_keys(vb_str list, size_t line, struct buf *keys, struct buf *trouble)
{
    vb_str key;
    while (keys_next(&list, &key)) {
        key = str_trim(key);
        if (!keys_known(key))
            complain(trouble, line, _("there is no key “%.*s”"), key);
        else if (owner_of(key))
            complain(trouble, line, _("%.*s was given to another action already"), key);
        else
            buf_printf(keys, "%s%.*s", keys->len ? ", " : "", (int)key.len, key.data);
    }
}

static void take_line(vb_str text, size_t line, struct buf *trouble)
{
    size_t sign = str_find_char(text, '=');
    text = str_trim(text);
    if (!text.len || str_starts(text, "#"))
        return;
    if (sign == STR_NOT_FOUND) {
        complain(trouble, line, _("“%.*s” is no line like “play-pause = Space”"), text);
        return;
    }
    vb_str name = str_trim(str_cut(text, 0, str_find_char(text, '=')));
    vb_str list = str_trim(str_from(text, str_find_char(text, '=') + 1));
    const struct action *action = action_named(name);
    if (!action || place_of(action) >= ACTIONS_MAX) {
        complain(trouble, line, _("there is no action “%.*s”"), name);
        return;
    }
    struct buf keys = {0};
    take_keys(list, line, &keys, trouble);
    if (keys.len || !list.len) { /* a line of nonsense alone takes nothing away */
        set_keys(place_of(action), &keys);
        own[place_of(action)].given = true;
    }
    buf_free(&keys);
}

/* ---- the whole ---- */

/* What the user gave to one action is taken from the others. */
static void take_from_others(void)
{
    for (size_t i = 0; i < action_count() && i < ACTIONS_MAX; i++) {
        struct buf keys = {0};
        vb_str rest = str_of(action_at(i)->keys), key;
        bool lost = false;
        while (!own[i].given && keys_next(&rest, &key)) {
            bool gone = owner_of(key) != NULL;
            lost = lost || gone;
            if (!gone)
                buf_printf(&keys, "%s%.*s", keys.len ? ", " : "", (int)key.len, key.data);
        }
        if (lost)
            set_keys(i, &keys);
        buf_free(&keys);
    }
}

void keymap_load(const char *path, struct buf *trouble)
{
    struct buf user = {0}, bytes = {0};
    struct vb_error error = {0};
    keymap_reset();
    if (!path && settings_path("keys", &user))
        path = user.data;
    if (path && file_exists(path) && !file_read(path, FILE_MAX, &bytes, &error))
        buf_printf(trouble, "%s\n", error.text);
    vb_str line;
    size_t number = 1;
    for (size_t at = 0; str_line(buf_str(&bytes), &at, &line); number++)
        take_line(line, number, trouble);
    take_from_others();
    buf_free(&bytes);
    buf_free(&user);
}
