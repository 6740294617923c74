/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How names are written: lists of people, joint labels, roles that stand for a name. */
#include "format/april.h"

#include <string.h>
#include <unictype.h>

#include "base/str.h"

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

bool is_word_of(vb_str word, const char *list)
{
    for (const char *at = list; word.len && *at;) {
        size_t len = strcspn(at, " ");
        if (str_is(word, (vb_str){at, len}))
            return true;
        at += len + (at[len] == ' ');
    }
    return false;
}

bool name_starts_upper(vb_str text)
{
    size_t at = 0;
    return uc_is_upper(str_next(str_trim(text), &at));
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

static void list_person(struct names *names, vb_str text)
{
    struct buf plain = {0};
    names_tidy(text, &plain);
    text = buf_str(&plain);
    size_t role = role_at(text);
    struct person person = {
        .name = str_cut(text, 0, role),
        .alias = VB_STR(""),
        .role = str_trim(str_from(text, role)),
    };
    size_t alias = str_find(person.name, VB_STR(" alias "));
    if (alias != STR_NOT_FOUND) {
        person.alias = str_from(person.name, alias + 7);
        person.name = str_cut(person.name, 0, alias);
    }
    if (person.name.len)
        names_add_person(names, person);
    buf_free(&plain);
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
        if (by_dash || name_starts_upper(part))
            list_person(names, part);
    }
}

/* ---- roles ---- */

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

bool name_is_role(vb_str key)
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
        if (!name_starts_upper(part) || count_words(part) > 4)
            return false;
    }
    return parts > 1;
}
