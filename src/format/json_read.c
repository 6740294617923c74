/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text to rows.  One loop and a stack of open brackets; every character is looked at once. */
#include "format/json_read.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"

enum { DEPTH_MAX = 256, VALUES_MAX = 16 << 20 };

struct parser {
    struct json_tree *tree;
    struct vb_error *error;
    vb_str text;
    size_t at;
    uint32_t open[DEPTH_MAX]; /* rows of the open brackets */
    int depth;
    bool separated; /* a comma, a colon or an opening bracket stands before */
    bool cut;       /* the text broke off; said once */
};

static void odd(const struct parser *p, enum vb_severity severity, size_t at, size_t len,
                const char *sentence)
{
    if (p->tree->builder)
        builder_note(p->tree->builder, severity,
                     (struct vb_span){(uint32_t)at, (uint32_t)(len ? len : 1)}, "%s", sentence);
}

static uint32_t line_of(const struct parser *p)
{
    uint32_t line = 1;
    for (size_t i = 0; i < p->at && i < p->text.len; i++)
        line += p->text.data[i] == '\n';
    return line;
}

static bool fail(struct parser *p, const char *sentence)
{
    return p->error && err_set_line(p->error, VB_BAD_FORMAT, line_of(p), "%s", sentence);
}

static char look(const struct parser *p)
{
    return p->at < p->text.len ? p->text.data[p->at] : '\0';
}

static bool at_end(const struct parser *p)
{
    return p->at >= p->text.len;
}

static void skip_space(struct parser *p)
{
    for (; p->at < p->text.len; p->at++) {
        char c = p->text.data[p->at];
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
            return;
    }
}

static void cut_off(struct parser *p)
{
    if (!p->cut)
        odd(p, VB_WARNING, p->text.len ? p->text.len - 1 : 0, 1,
            _("the text breaks off inside the JSON; what stands before is read"));
    p->cut = true;
}

static json_ref add(struct parser *p, enum json_kind kind, size_t at, size_t len)
{
    json_ref row = (json_ref)p->tree->nodes.count;
    vec_push(&p->tree->nodes, (struct json_node){.at = (uint32_t)at,
                                                 .len = (uint32_t)len,
                                                 .after = row + 1,
                                                 .kind = (uint8_t)kind});
    return row;
}

/* ---- strings ---- */

static size_t skip_blanks(const struct parser *p, size_t at)
{
    while (at < p->text.len && (p->text.data[at] == ' ' || p->text.data[at] == '\t'))
        at++;
    return at;
}

/* Some programs write quotes inside a string as they are: the one that closes has a sign of
 * JSON behind it, or the line's end. */
static bool closes(const struct parser *p, size_t quote)
{
    size_t at = skip_blanks(p, quote + 1);
    if (at >= p->text.len)
        return true;
    char c = p->text.data[at];
    return (c && strchr(",:}]\n\r", c)) || (c == '"' && at > quote + 1);
}

static bool plain_in_string(char c)
{
    return c != '"' && c != '\\' && (unsigned char)c >= 0x20;
}

static bool take_string(struct parser *p)
{
    size_t from = ++p->at;
    bool escaped = false, quotes = false, control = false;
    for (; p->at < p->text.len; p->at++) {
        char c = p->text.data[p->at];
        if (plain_in_string(c))
            continue;
        if (c == '"' && closes(p, p->at))
            break;
        if (c == '"' && !quotes)
            odd(p, VB_WARNING, p->at, 1,
                _("a quote inside the text has no backslash before it; "
                  "it is read as text"));
        if ((unsigned char)c < 0x20 && !control)
            odd(p, VB_INFO, p->at, 1,
                _("a line end or a control character stands in this text as "
                  "it is"));
        control = control || (unsigned char)c < 0x20;
        quotes = quotes || c == '"';
        escaped = escaped || c == '\\';
        p->at += c == '\\' && p->at + 1 < p->text.len;
    }
    json_ref row = add(p, JSON_STRING, from, p->at - from);
    p->tree->nodes.items[row].escaped = escaped;
    if (at_end(p))
        cut_off(p);
    p->at += !at_end(p);
    return true;
}

/* ---- numbers and words ---- */

static bool in_number(char c)
{
    return is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

static bool in_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '+' || c == '_';
}

/* A number that the text's end cuts is not the number that was meant. */
static bool take_number(struct parser *p)
{
    size_t from = p->at;
    while (in_number(look(p)))
        p->at++;
    bool cut = at_end(p) && p->depth;
    add(p, cut ? JSON_NULL : JSON_NUMBER, from, p->at - from);
    return true;
}

static const struct {
    const char *word;
    enum json_kind kind;
    bool odd;
} words[] = {
    {"null",      JSON_NULL,  false},
    {"true",      JSON_TRUE,  false},
    {"false",     JSON_FALSE, false},
    {"NaN",       JSON_NULL,  true },
    {"-NaN",      JSON_NULL,  true },
    {"nan",       JSON_NULL,  true },
    {"Infinity",  JSON_NULL,  true },
    {"-Infinity", JSON_NULL,  true },
    {"None",      JSON_NULL,  true },
    {"True",      JSON_TRUE,  true },
    {"False",     JSON_FALSE, true },
};

static bool take_word(struct parser *p)
{
    size_t from = p->at;
    while (in_word(look(p)))
        p->at++;
    vb_str word = str_cut(p->text, from, p->at);
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(word, words[i].word)) {
            if (words[i].odd)
                odd(p, VB_INFO, from, word.len,
                    _("this is no value that JSON has; it is read as unknown"));
            add(p, words[i].kind, from, word.len);
            return true;
        }
    if (at_end(p)) {
        cut_off(p);
        add(p, JSON_NULL, from, word.len);
        return true;
    }
    p->at = from;
    return fail(p, _("this is no JSON: a value begins with a quote, a bracket or a digit"));
}

/* ---- brackets ---- */

static bool open_bracket(struct parser *p, enum json_kind kind)
{
    if (p->depth >= DEPTH_MAX)
        return fail(p, _("the brackets are nested more than 256 deep; no transcript is"));
    p->open[p->depth++] = add(p, kind, p->at++, 0);
    p->separated = true;
    return true;
}

static void close_bracket(struct parser *p)
{
    struct json_node *node = &p->tree->nodes.items[p->open[--p->depth]];
    node->len = (uint32_t)(p->at - node->at);
    node->after = (uint32_t)p->tree->nodes.count;
    p->separated = false;
}

static bool take_value(struct parser *p)
{
    if (p->tree->nodes.count >= VALUES_MAX)
        return fail(p, _("this holds more than 16 million values; split it"));
    char c = look(p);
    p->separated = false;
    if (c == '{' || c == '[')
        return open_bracket(p, c == '{' ? JSON_OBJECT : JSON_ARRAY);
    if (c == '"')
        return take_string(p);
    if (is_digit(c) || ((c == '-' || c == '.') && p->at + 1 < p->text.len &&
                        (is_digit(p->text.data[p->at + 1]) || c == '.')))
        return take_number(p);
    return take_word(p);
}

static bool in_object(const struct parser *p)
{
    return p->tree->nodes.items[p->open[p->depth - 1]].kind == JSON_OBJECT;
}

static bool close_wrong_bracket(struct parser *p)
{
    bool fits = p->depth > 1 && p->tree->nodes.items[p->open[p->depth - 2]].kind ==
                                    (look(p) == '}' ? JSON_OBJECT : JSON_ARRAY);
    if (!fits)
        return fail(p, _("a bracket closes here that was never opened"));
    odd(p, VB_WARNING, p->at, 1, _("a bracket was never closed before this one"));
    close_bracket(p);
    return true;
}

/* A comma, or what should have stood behind one. */
static void take_commas(struct parser *p)
{
    size_t commas = 0;
    skip_space(p);
    for (; look(p) == ','; skip_space(p)) {
        if (p->separated || commas)
            odd(p, VB_INFO, p->at, 1, _("there is a comma too many"));
        commas++;
        p->at++;
    }
    bool closing = look(p) == '}' || look(p) == ']';
    if (closing && commas)
        odd(p, VB_INFO, p->at, 1, _("there is a comma too many"));
    if (!closing && !commas && !p->separated && !at_end(p))
        odd(p, VB_WARNING, p->at, 1, _("a comma is missing before this"));
}

/* A member's name and its colon; at the text's end the value is missing. */
static bool take_key(struct parser *p)
{
    if (look(p) != '"')
        return fail(p, _("this is no JSON: a name in quotes must stand here"));
    take_string(p);
    skip_space(p);
    if (look(p) == ':')
        p->at++;
    else if (!at_end(p))
        odd(p, VB_WARNING, p->at, 1, _("a colon is missing before this"));
    skip_space(p);
    if (!at_end(p) && look(p) != '}' && look(p) != ',')
        return true;
    add(p, JSON_NULL, p->at, 0);
    if (at_end(p))
        cut_off(p);
    else
        odd(p, VB_WARNING, p->at, 1, _("a value is missing before this"));
    return true;
}

/* What stands next inside the open bracket. */
static bool take_inside(struct parser *p)
{
    take_commas(p);
    char c = look(p);
    if (at_end(p)) {
        cut_off(p);
        close_bracket(p);
        return true;
    }
    if (c == '}' || c == ']') {
        if ((c == '}') != in_object(p))
            return close_wrong_bracket(p);
        p->at++;
        close_bracket(p);
        return true;
    }
    size_t before = p->tree->nodes.count;
    if (in_object(p) && !take_key(p))
        return false;
    if (p->tree->nodes.count == before + 2) { /* a name without a value */
        p->separated = false;
        return true;
    }
    return take_value(p);
}

bool json_parse(struct json_tree *tree, vb_str text, size_t *at, struct vb_error *error)
{
    struct parser p = {.tree = tree, .error = error, .text = text, .at = *at};
    tree->source = text;
    tree->nodes.count = 0;
    arena_reset(&tree->decoded);
    skip_space(&p);
    if (at_end(&p))
        return fail(&p, _("this is no JSON: it is empty"));
    bool going = take_value(&p);
    while (going && p.depth)
        going = take_inside(&p);
    *at = p.at;
    return going;
}

bool json_parse_all(struct json_tree *tree, vb_str text, struct vb_error *error)
{
    size_t at = 0;
    vec_reserve(&tree->nodes, text.len / 24);
    if (!json_parse(tree, text, &at, error))
        return false;
    struct parser rest = {.tree = tree, .text = text, .at = at};
    skip_space(&rest);
    if (!at_end(&rest))
        odd(&rest, VB_WARNING, rest.at, text.len - rest.at,
            _("more stands behind the JSON's end; it is not read"));
    return true;
}

void json_tree_free(struct json_tree *tree)
{
    free(tree->nodes.items);
    arena_free(&tree->decoded);
}
