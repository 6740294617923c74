/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of speakers, found again however they are written. */
#include "transcript/speaker_names.h"

#include <stdlib.h>
#include <unicase.h>
#include <uninorm.h>

#include "base/mem.h"
#include "base/str.h"

/* Case folding of what names in Latin letters are mostly made of, composed as they are mostly
 * written; 0: not one of these. */
static uint32_t fold_latin(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    bool is_capital = c >= 0xC0 && c <= 0xDE, is_letter = c >= 0xE0 && c <= 0xFF;
    if (c == 0xD7 || c == 0xF7 || !(is_capital || is_letter))
        return c == 0x152 || c == 0x153 ? 0x153 : c == 0x2019 ? c : 0;
    return is_capital ? c + 0x20 : c;
}

/* False: there is a character that needs the whole of Unicode's tables. */
static bool fold_quickly(vb_str name, struct buf *into)
{
    bool gap = false;
    buf_clear(into);
    for (size_t at = 0; at < name.len;) {
        uint32_t c = str_next(name, &at), folded = is_space(c) ? ' ' : fold_latin(c);
        if (!folded)
            return false;
        if (folded != ' ' && gap && into->len)
            buf_putc(into, ' ');
        gap = folded == ' ';
        if (!gap)
            buf_char(into, folded);
    }
    return true;
}

void name_fold(vb_str name, struct buf *into)
{
    if (fold_quickly(name, into))
        return;
    struct buf spaced = {0};
    bool gap = false;
    for (size_t at = 0; at < name.len;) {
        uint32_t c = str_next(name, &at);
        if (is_space(c)) {
            gap = spaced.len > 0;
            continue;
        }
        if (gap)
            buf_putc(&spaced, ' ');
        gap = false;
        buf_char(&spaced, c);
    }
    size_t len = 0;
    uint8_t *folded = u8_casefold((const uint8_t *)buf_str(&spaced).data, spaced.len, NULL,
                                  UNINORM_NFC, NULL, &len);
    buf_clear(into);
    buf_add(into, folded ? (vb_str){(char *)folded, len} : buf_str(&spaced));
    free(folded);
    buf_free(&spaced);
}

static uint32_t hash(vb_str text)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < text.len; i++)
        h = (h ^ (uint8_t)text.data[i]) * 16777619u;
    return h;
}

/* The slot where a folded name stands, or the empty one where it would. */
static struct name_slot *slot_of(const struct speaker_names *names, vb_str folded)
{
    uint32_t i = hash(folded) & (names->room - 1);
    while (names->slots[i].name.data && !str_is(names->slots[i].name, folded))
        i = (i + 1) & (names->room - 1);
    return &names->slots[i];
}

static void make_room(struct speaker_names *names)
{
    if (names->count * 2 < names->room)
        return;
    struct name_slot *old = names->slots;
    uint32_t old_room = names->room;
    names->room = old_room ? old_room * 2 : 64;
    names->slots = mem_new(names->room * sizeof *names->slots);
    for (uint32_t i = 0; i < old_room; i++)
        if (old[i].name.data)
            *slot_of(names, old[i].name) = old[i];
    free(old);
}

void speaker_names_know(struct speaker_names *names, vb_str name, uint32_t speaker,
                        struct arena *arena)
{
    make_room(names);
    name_fold(name, &names->folded);
    struct name_slot *slot = slot_of(names, buf_str(&names->folded));
    if (slot->name.data)
        return;
    *slot = (struct name_slot){arena_str(arena, buf_str(&names->folded)), speaker};
    names->count++;
}

uint32_t speaker_names_find(const struct speaker_names *names, vb_str name)
{
    if (!names->room)
        return VB_NONE;
    struct buf folded = {0};
    name_fold(name, &folded);
    const struct name_slot *slot = slot_of(names, buf_str(&folded));
    uint32_t speaker = slot->name.data ? slot->speaker : VB_NONE;
    buf_free(&folded);
    return speaker;
}

void speaker_names_free(struct speaker_names *names)
{
    free(names->slots);
    buf_free(&names->folded);
}
