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

/* ---- the list of the header ---- */

static const char *const dashes[] = {"-", "–", "—", NULL};

/* The length of a dash between white space that begins at `at`, spaces and all; 0: none. */
static size_t dash_at(vb_str text, size_t at)
{
    size_t next = at;
    if (at > 0 && !is_space(str_next(text, &next)))
        return 0;
    for (size_t i = 0; dashes[i]; i++) {
        size_t end = next + strlen(dashes[i]);
        if (!str_starts(str_from(text, next), dashes[i]))
            continue;
        if (end >= text.len || is_space(str_next(text, &end)))
            return next + strlen(dashes[i]) - at;
    }
    return 0;
}

/* What follows a name and is none: "à la régie", "de l’April", "(April)". */
static size_t role_at(vb_str text)
{
    static const struct {
        const char *word;
        size_t words_before; /* "Charles de Gaulle" is a name */
    } openings[] = {
        {" à ",     1},
        {" au ",     1},
        {" aux ",    1},
        {" (",       1},
        {", ",       1},
        {" de l’", 2},
        {" de l'",   2},
        {" du ",     2},
        {" des ",    2},
    };
    size_t words = 1, next;
    for (size_t at = 1; at < text.len; at = next) {
        next = at;
        bool space = is_space(str_next(text, &next));
        vb_str rest = str_from(text, at);
        for (size_t i = 0; i < COUNT(openings); i++)
            if (words >= openings[i].words_before && str_starts(rest, openings[i].word))
                return at;
        words += space;
    }
    return text.len;
}

void names_tidy(vb_str name, struct buf *into)
{
    buf_clear(into);
    name = str_trim(name);
    bool gap = false;
    for (size_t at = 0; at < name.len;) {
        uint32_t c = str_next(name, &at);
        if (gap && !is_space(c))
            buf_putc(into, ' ');
        gap = is_space(c);
        if (!gap)
            buf_char(into, c);
    }
}

static vb_str keep_spaced(struct names *names, vb_str text)
{
    struct buf plain = {0};
    names_tidy(text, &plain);
    vb_str kept = arena_str(&names->arena, buf_str(&plain));
    buf_free(&plain);
    return kept;
}

static bool starts_upper(vb_str text)
{
    size_t at = 0;
    return uc_is_upper(str_next(str_trim(text), &at));
}

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

static void list_person(struct names *names, vb_str text)
{
    text = keep_spaced(names, text);
    if (!text.len)
        return;
    struct person person = {.role = VB_STR(""), .alias = VB_STR("")};
    size_t role = role_at(text);
    person.role = str_trim(str_from(text, role));
    person.name = str_cut(text, 0, role);
    size_t alias = str_find(person.name, VB_STR(" alias "));
    if (alias != STR_NOT_FOUND) {
        person.alias = str_from(person.name, alias + 7);
        person.name = str_cut(person.name, 0, alias);
    }
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

void names_list(struct names *names, vb_str value)
{
    bool by_dash = false;
    size_t from = 0, dash;
    for (size_t at = 0; at < value.len;) {
        dash = dash_at(value, at);
        by_dash = by_dash || (dash && at > 0);
        if (!dash) {
            str_next(value, &at);
            continue;
        }
        list_person(names, str_cut(value, from, at));
        from = at += dash;
    }
    vb_str rest = str_from(value, from);
    for (vb_str part = rest; part.len; part = rest) {
        if (by_dash || !names_cut_joint(&part, &rest))
            rest = VB_STR("");
        if (by_dash || starts_upper(part))
            list_person(names, part);
    }
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

/* Those who speak without a name; a number or a letter may follow: "Intervenante 2". */
static const struct {
    const char *key;
    size_t more_words; /* "Animatrice de l’émission" */
} roles[] = {
    {"voix off",             1},
    {"public",               1},
    {"le public",            0},
    {"salle",                0},
    {"la salle",             0},
    {"tous",                 0},
    {"toutes",               0},
    {"intervenant",          1},
    {"intervenante",         1},
    {"un intervenant",       1},
    {"une intervenante",     1},
    {"journaliste",          1},
    {"un journaliste",       1},
    {"une journaliste",      1},
    {"question du public",   1},
    {"question de la salle", 0},
    {"jingle",               0},
    {"locuteur",             1},
    {"locutrice",            1},
    {"speaker",              1},
    {"intervieweur",         1},
    {"intervieweuse",        1},
    {"présentateur",        3},
    {"présentatrice",       3},
    {"animateur",            3},
    {"animatrice",           3},
};

static size_t count_words(vb_str text)
{
    size_t words = 0;
    bool gap = true;
    for (size_t at = 0; at < text.len;) {
        bool space = is_space(str_next(text, &at));
        words += gap && !space;
        gap = space;
    }
    return words;
}

static bool is_role(vb_str key)
{
    for (size_t i = 0; i < COUNT(roles); i++) {
        if (!str_starts(key, roles[i].key))
            continue;
        vb_str rest = str_from(key, strlen(roles[i].key));
        bool label = roles[i].more_words == 1 ? rest.len <= 3 : true;
        if (!rest.len ||
            (rest.data[0] == ' ' && label && count_words(rest) <= roles[i].more_words))
            return true;
    }
    return false;
}

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
    bool role = entry->is != NAME_LISTED && starts_upper(name) && is_role(buf_str(&key));
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

static const char *const joints[] = {" et ", " & ", ", ", " / ", "/", NULL};

bool names_cut_joint(vb_str *name, vb_str *rest)
{
    vb_str whole = *name;
    for (size_t at = 0; at < whole.len; at++)
        for (size_t i = 0; joints[i]; i++)
            if (str_starts(str_from(whole, at), joints[i])) {
                *name = str_trim(str_cut(whole, 0, at));
                *rest = str_trim(str_from(whole, at + strlen(joints[i])));
                return true;
            }
    *rest = VB_STR("");
    return false;
}

bool names_look_joint(vb_str label)
{
    vb_str rest = label;
    size_t parts = 0;
    for (vb_str part = label; part.len; part = rest, parts++) {
        names_cut_joint(&part, &rest);
        if (!starts_upper(part) || count_words(part) > 4)
            return false;
    }
    return parts > 1;
}

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
