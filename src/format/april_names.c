/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may speak: the people the header lists, and what a label may call them.
 *
 * All names live in one hash table under their label_key(), so that a page with a hundred
 * thousand labels is read as fast as one with ten. */
#include "format/april.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "base/str.h"
#include "transcript/speaker_names.h"

struct entry {
    vb_str key;      /* data NULL: an empty slot */
    uint32_t person; /* index + 1; 0: nobody listed */
    uint32_t count;  /* how often names_meet() met it */
    uint8_t is;      /* of enum name_is */
    bool ambiguous;  /* short for several people */
    bool told;       /* names_first_time() was asked */
};

struct names {
    struct arena arena;
    VEC(struct person) people;
    struct entry *slots;
    uint32_t slot_count, used;
};

struct names *names_new(void)
{
    return mem_new(sizeof(struct names));
}

void names_free(struct names *names)
{
    free(names->people.items);
    free(names->slots);
    arena_free(&names->arena);
    free(names);
}

/* ---- keys ---- */

/* The signs of inclusive writing, Intervenant·e·s, Intervenant(e)s, and of initials. */
static bool is_dropped(uint32_t c)
{
    return c == 0xB7 || c == 0x2022 || c == '(' || c == ')' || c == '-' || c == '.' ||
           c == 0x2011 || c == 0xAD;
}

void label_key(vb_str label, struct buf *into)
{
    struct buf folded = {0};
    name_fold(label, &folded);
    vb_str text = buf_str(&folded);
    buf_clear(into);
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next(text, &at);
        if (c == 0x2019 || c == 0x2018 || c == 0x02BC)
            c = '\'';
        if (!is_dropped(c))
            buf_char(into, c);
    }
    buf_free(&folded);
}

/* ---- the table ---- */

static uint32_t hash(vb_str key)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < key.len; i++)
        h = (h ^ (uint8_t)key.data[i]) * 16777619u;
    return h;
}

static struct entry *slot_of(const struct names *names, vb_str key)
{
    uint32_t i = hash(key) & (names->slot_count - 1);
    while (names->slots[i].key.data && !str_is(names->slots[i].key, key))
        i = (i + 1) & (names->slot_count - 1);
    return &names->slots[i];
}

static void make_room(struct names *names)
{
    if (names->used * 2 < names->slot_count)
        return;
    struct entry *old = names->slots;
    uint32_t old_count = names->slot_count;
    names->slot_count = old_count ? old_count * 2 : 64;
    names->slots = mem_new(names->slot_count * sizeof *names->slots);
    for (uint32_t i = 0; i < old_count; i++)
        if (old[i].key.data)
            *slot_of(names, old[i].key) = old[i];
    free(old);
}

static struct entry *entry_of_key(struct names *names, vb_str key)
{
    make_room(names);
    struct entry *entry = slot_of(names, key);
    if (!entry->key.data) {
        entry->key = arena_str(&names->arena, key);
        names->used++;
    }
    return entry;
}

static struct entry *entry_of(struct names *names, vb_str name)
{
    struct buf key = {0};
    label_key(name, &key);
    struct entry *entry = entry_of_key(names, buf_str(&key));
    buf_free(&key);
    return entry;
}

static const struct entry *find(const struct names *names, vb_str name)
{
    static const struct entry nobody;
    if (!names->slot_count)
        return &nobody;
    struct buf key = {0};
    label_key(name, &key);
    const struct entry *entry = slot_of(names, buf_str(&key));
    buf_free(&key);
    return entry;
}

/* ---- the people of the header ---- */

static vb_str last_word(vb_str name, vb_str *first)
{
    size_t space = str_find_char(name, ' ');
    *first = str_cut(name, 0, space);
    const char *last = memrchr(name.data, ' ', name.len);
    return last ? str_from(name, (size_t)(last + 1 - name.data)) : VB_STR("");
}

static void know_short(struct entry *entry, uint32_t person)
{
    if (entry->is == NAME_LISTED)
        return;
    entry->ambiguous = entry->ambiguous || (entry->person && entry->person != person);
    entry->person = person;
    entry->is = NAME_SHORT;
}

/* Initials are known by the first and the last: RMS is a Richard S. */
static void know_initials(struct names *names, vb_str first, vb_str last, uint32_t person)
{
    size_t a = 0, b = 0;
    struct buf key = {0}, folded = {0};
    buf_char(&key, str_next(first, &a));
    buf_char(&key, str_next(last, &b));
    label_key(buf_str(&key), &folded);
    buf_putc(&folded, '\n'); /* no label has one: a table of their own */
    know_short(entry_of_key(names, buf_str(&folded)), person);
    buf_free(&key);
    buf_free(&folded);
}

static void know_full(struct names *names, vb_str name, uint32_t person)
{
    struct entry *entry = entry_of(names, name);
    if (entry->is == NAME_LISTED)
        return;
    entry->is = NAME_LISTED;
    entry->person = person;
    entry->ambiguous = false;
}

void names_add_person(struct names *names, struct person person)
{
    const vb_str texts[] = {person.name, person.alias, person.role};
    vb_str *kept[] = {&person.name, &person.alias, &person.role};
    for (size_t i = 0; i < COUNT(texts); i++)
        *kept[i] = arena_str(&names->arena, texts[i]);
    vec_push(&names->people, person);
    uint32_t number = (uint32_t)names->people.count;
    know_full(names, person.name, number);
    if (person.alias.len)
        know_full(names, person.alias, number);
    vb_str first, last = last_word(person.name, &first);
    if (!last.len)
        return;
    know_short(entry_of(names, first), number);
    know_short(entry_of(names, last), number);
    know_initials(names, first, last, number);
}

size_t names_listed(const struct names *names)
{
    return names->people.count;
}

const struct person *names_person(const struct names *names, size_t i)
{
    return &names->people.items[i];
}

/* ---- who is meant ---- */

/* "RMS": two to four capitals. */
static bool are_initials(vb_str name)
{
    size_t letters = 0;
    for (size_t at = 0; at < name.len;) {
        uint32_t c = str_next(name, &at);
        if (uc_is_upper(c))
            letters++;
        else if (c != '.' && c != ' ')
            return false;
    }
    return letters >= 2 && letters <= 4;
}

static const struct entry *by_initials(const struct names *names, vb_str key)
{
    size_t at = 0;
    struct buf initials = {0};
    buf_char(&initials, str_next(key, &at));
    buf_char(&initials, str_before(key, key.len));
    buf_putc(&initials, '\n');
    const struct entry *entry = slot_of(names, buf_str(&initials));
    buf_free(&initials);
    return entry;
}

enum name_is names_find(const struct names *names, vb_str name, const struct person **person)
{
    const struct entry *entry = find(names, name);
    struct buf key = {0};
    label_key(name, &key);
    bool role =
        entry->is != NAME_LISTED && name_starts_upper(name) && name_is_role(buf_str(&key));
    if (names->slot_count && entry->is == NAME_NEW && are_initials(name))
        entry = by_initials(names, buf_str(&key));
    buf_free(&key);
    if (role)
        return NAME_ROLE;
    if (!entry->person || entry->ambiguous)
        return NAME_NEW;
    if (person)
        *person = &names->people.items[entry->person - 1];
    return (enum name_is)entry->is;
}

/* ---- several at once ---- */

bool names_all_known(const struct names *names, vb_str joint)
{
    vb_str rest = joint;
    size_t parts = 0;
    for (vb_str part = joint; part.len; part = rest) {
        names_cut_joint(&part, &rest);
        if (names_find(names, part, NULL) == NAME_NEW)
            return false;
        parts++;
    }
    return parts > 0;
}

/* ---- counting ---- */

void names_meet(struct names *names, vb_str name)
{
    entry_of(names, name)->count++;
}

uint32_t names_count(const struct names *names, vb_str name)
{
    return find(names, name)->count;
}

bool names_first_time(struct names *names, vb_str name)
{
    struct entry *entry = entry_of(names, name);
    bool first = !entry->told;
    entry->told = true;
    return first;
}
