/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/cue_names.h"

#include <stdlib.h>

#include "base/str.h"
#include "transcript/speaker_names.h"

struct cue_names {
    struct names *names;
    uint32_t recurring;         /* different names that came twice */
    uint32_t recurring_letters; /* of them, those of one letter: M, F */
    uint32_t different;
    size_t cues, labelled; /* all of them, and those that begin with what could be a name */
    size_t bracketed;      /* … in brackets */
};

struct cue_names *cue_names_new(void)
{
    struct cue_names *n = mem_new(sizeof *n);
    n->names = names_new();
    return n;
}

void cue_names_free(struct cue_names *n)
{
    names_free(n->names);
    free(n);
}

/* What announces something, at the start of a subtitle. Folded. */
static const char announcing[] =
    "note notes remember warning question answer look listen hint tip example update today "
    "tomorrow yesterday what why how who when where so and but or the this that yes no ok okay "
    "step rule number part chapter then first second third result conclusion quote http https "
    "url link ps nb oui non voilà rappel information infos info";

/* "Speaker 1" is one as "Speaker" is. */
vb_str cue_name_alone(vb_str name)
{
    size_t len = name.len;
    while (len && is_digit(name.data[len - 1]))
        len--;
    if (len < name.len && len > 1 && (name.data[len - 1] == ' ' || name.data[len - 1] == '_'))
        len--;
    return str_cut(name, 0, len);
}

static bool announces(vb_str name)
{
    struct buf folded = {0};
    name_fold(name, &folded);
    bool found = is_word_of(buf_str(&folded), announcing);
    buf_free(&folded);
    return found;
}

/* "[Anne] Bonjour", "[SPEAKER_00]: Bonjour"; a stage direction is none. */
static bool find_bracketed(vb_str text, struct label_shape *shape, vb_str *name)
{
    enum { LONGEST = 80 };
    size_t closer = str_find_char(str_cut(text, 0, LONGEST), ']');
    if (!str_starts(text, "[") || closer == STR_NOT_FOUND)
        return false;
    *name = str_cut(text, 1, closer);
    size_t at = closer + 1 + str_starts(str_from(text, closer + 1), ":"), behind = at;
    if (at >= text.len || !is_space(str_next(text, &behind)))
        return false;
    *shape = (struct label_shape){.name_at = 1, .name_len = name->len, .text_at = behind};
    return bracket_kind(*name) != BRACKET_STAGE && name_reads_like_one(cue_name_alone(*name));
}

/* The text up to the colon, and what could be a name in it. */
static bool find_shape(vb_str text, struct label_shape *shape, vb_str *name)
{
    enum { LONGEST = 260 }; /* a name of 60 characters and its colon */
    if (find_bracketed(text, shape, name))
        return true;
    vb_str start = str_cut(text, 0, LONGEST);
    if (str_find_char(start, ':') == STR_NOT_FOUND || !label_shape(start, shape))
        return false;
    *name = str_trim(str_cut(text, 0, shape->name_len));
    if (shape->text_at == start.len)
        shape->text_at = str_find_char(start, ':') + 1;
    return name_reads_like_one(cue_name_alone(*name)) && !announces(*name);
}

static bool is_letter_alone(vb_str name)
{
    size_t at = 0;
    str_next(name, &at);
    return at == name.len;
}

void cue_names_meet(struct cue_names *n, vb_str text)
{
    struct label_shape shape;
    vb_str name;
    if (!find_shape(str_from(text, cue_chevrons(text)), &shape, &name))
        return;
    names_meet(n->names, name);
    n->labelled++;
    n->bracketed += shape.name_at > 0;
    uint32_t count = names_count(n->names, name);
    n->different += count == 1;
    n->recurring += count == 2;
    n->recurring_letters += count == 2 && is_letter_alone(name);
}

bool cue_names_any(const struct cue_names *n)
{
    return n->different > 0;
}

static bool has_several_words(vb_str name)
{
    return str_find_char(name, ' ') != STR_NOT_FOUND ||
           str_find(name, VB_STR("\u00A0")) != STR_NOT_FOUND;
}

void cue_names_expect(struct cue_names *n, size_t cues)
{
    n->cues = cues;
}

/* Where nearly every cue begins with a name, each of them is one, also who speaks but once. */
static bool are_everywhere(const struct cue_names *n)
{
    return n->cues >= 3 && n->different >= 2 && n->labelled * 10 >= n->cues * 8;
}

bool cue_names_find(const struct cue_names *n, vb_str text, struct label_shape *shape)
{
    vb_str name;
    if (!n->different || !find_shape(text, shape, &name))
        return false;
    if (shape->name_at)
        return n->bracketed >= 2 && n->bracketed * 2 >= n->cues;
    if (are_everywhere(n))
        return true;
    if (is_letter_alone(name))
        return n->recurring_letters >= 2;
    return names_count(n->names, name) >= 2 || n->recurring >= 2 ||
           (has_several_words(name) && n->different >= 2);
}

size_t cue_chevrons(vb_str text)
{
    size_t len = 0;
    while (len < text.len && text.data[len] == '>')
        len++;
    if (len < 2 || len > 3)
        return 0;
    while (len < text.len && text.data[len] == ' ')
        len++;
    return len;
}
