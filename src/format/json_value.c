/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions to what json_read.c has read: members, texts, times. */
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "format/clock.h"
#include "format/json_read.h"

static const struct json_node *node_of(const struct json_tree *tree, json_ref value)
{
    return value < tree->nodes.count ? &tree->nodes.items[value] : NULL;
}

enum json_kind json_kind(const struct json_tree *tree, json_ref value)
{
    const struct json_node *node = node_of(tree, value);
    return node ? (enum json_kind)node->kind : JSON_NOTHING;
}

struct vb_span json_span(const struct json_tree *tree, json_ref value)
{
    const struct json_node *node = node_of(tree, value);
    return node ? (struct vb_span){node->at, node->len} : (struct vb_span){0};
}

static vb_str as_written(const struct json_tree *tree, const struct json_node *node)
{
    return str_cut(tree->source, node->at, (size_t)node->at + node->len);
}

/* ---- members ---- */

static json_ref inside(const struct json_tree *tree, json_ref bracket, json_ref row)
{
    return row < tree->nodes.items[bracket].after ? row : JSON_NONE;
}

json_ref json_first(const struct json_tree *tree, json_ref array)
{
    return json_kind(tree, array) == JSON_ARRAY ? inside(tree, array, array + 1) : JSON_NONE;
}

json_ref json_next(const struct json_tree *tree, json_ref array, json_ref value)
{
    return inside(tree, array, tree->nodes.items[value].after);
}

static void decode(struct json_tree *tree, const struct json_node *node, struct buf *into);

/* An escape takes up to twelve bytes for one. */
static bool is_named(struct json_tree *tree, json_ref key, vb_str name)
{
    const struct json_node *node = node_of(tree, key);
    if (!node->escaped)
        return str_is(as_written(tree, node), name);
    if (node->len > name.len * 12)
        return false;
    struct buf decoded = {0};
    struct builder *told = tree->builder;
    tree->builder = NULL;
    decode(tree, node, &decoded);
    tree->builder = told;
    bool same = str_is(buf_str(&decoded), name);
    buf_free(&decoded);
    return same;
}

json_ref json_get(struct json_tree *tree, json_ref object, const char *name)
{
    json_ref found = JSON_NONE;
    if (json_kind(tree, object) != JSON_OBJECT)
        return found;
    for (json_ref key = inside(tree, object, object + 1); key != JSON_NONE;
         key = inside(tree, object, tree->nodes.items[key + 1].after)) {
        if (!is_named(tree, key, str_of(name)))
            continue;
        if (found != JSON_NONE && tree->builder)
            builder_note(tree->builder, VB_WARNING, json_span(tree, key),
                         _("“%s” stands twice in one object; the last one counts"), name);
        found = key + 1;
    }
    return found;
}

/* "timestamp.1": the second of a list. */
static json_ref get_item(struct json_tree *tree, json_ref list, char digit)
{
    json_ref item = json_first(tree, list);
    for (int i = 0; item != JSON_NONE && i < digit - '0'; i++)
        item = json_next(tree, list, item);
    return item;
}

/* One name of a path "offsets.from". */
static json_ref get_step(struct json_tree *tree, json_ref from, vb_str name)
{
    char step[48];
    if (name.len >= sizeof step)
        return JSON_NONE;
    if (json_kind(tree, from) == JSON_ARRAY && name.len == 1 && is_digit(name.data[0]))
        return get_item(tree, from, name.data[0]);
    memcpy(step, name.data, name.len);
    step[name.len] = '\0';
    return json_get(tree, from, step);
}

static json_ref get_path(struct json_tree *tree, json_ref from, vb_str path)
{
    while (path.len && from != JSON_NONE) {
        size_t dot = str_find_char(path, '.');
        from = get_step(tree, from, str_cut(path, 0, dot));
        path = dot == STR_NOT_FOUND ? VB_STR("") : str_from(path, dot + 1);
    }
    return from;
}

json_ref json_find(struct json_tree *tree, json_ref from, const char *paths)
{
    json_ref found = JSON_NONE;
    for (vb_str rest = str_of(paths); rest.len && found == JSON_NONE;) {
        size_t bar = str_find_char(rest, '|');
        found = get_path(tree, from, str_cut(rest, 0, bar));
        rest = bar == STR_NOT_FOUND ? VB_STR("") : str_from(rest, bar + 1);
        if (json_kind(tree, found) == JSON_NULL)
            found = JSON_NONE;
    }
    return found;
}

/* ---- strings ---- */

static int hex_digit(char c)
{
    return is_digit(c)              ? c - '0'
           : (c >= 'a' && c <= 'f') ? c - 'a' + 10
           : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                    : -1;
}

/* "\u00e9" at `at`; -1: none stands there. */
static int32_t code_unit(vb_str text, size_t at)
{
    if (at + 6 > text.len || text.data[at] != '\\' || text.data[at + 1] != 'u')
        return -1;
    int32_t unit = 0;
    for (size_t i = at + 2; i < at + 6; i++) {
        int digit = hex_digit(text.data[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

/* Half a pair alone is no character. */
static uint32_t character_of_unit(vb_str text, size_t *at)
{
    int32_t unit = code_unit(text, *at), low;
    if (unit < 0) {
        *at += 2;
        return 0xFFFD;
    }
    *at += 6;
    if (unit < 0xD800 || unit > 0xDFFF)
        return (uint32_t)unit;
    low = code_unit(text, *at);
    if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF)
        return 0xFFFD;
    *at += 6;
    return 0x10000 + (((uint32_t)unit & 0x3FF) << 10) + ((uint32_t)low & 0x3FF);
}

/* The character that an escape at `*at` stands for; moves behind it. */
static uint32_t unescape(vb_str text, size_t *at)
{
    static const char letters[] = "bfnrt\"\\/", meant[] = "\b\f\n\r\t\"\\/";
    char c = *at + 1 < text.len ? text.data[*at + 1] : '\0';
    if (c == 'u')
        return character_of_unit(text, at);
    const char *letter = c ? strchr(letters, c) : NULL;
    if (!letter) { /* "\é": the backslash is one */
        *at += 1;
        return '\\';
    }
    *at += 2;
    return (uint32_t)(unsigned char)meant[letter - letters];
}

static void tell_of_broken(struct json_tree *tree, size_t at, size_t len)
{
    if (tree->builder)
        builder_note(tree->builder, VB_WARNING,
                     (struct vb_span){(uint32_t)at, (uint32_t)(len ? len : 1)},
                     _("half a character stands here; it is shown as U+FFFD"));
}

static size_t plain_run(vb_str text, size_t at)
{
    const char *slash = memchr(text.data + at, '\\', text.len - at);
    return slash ? (size_t)(slash - text.data) : text.len;
}

/* Hands over the string in runs: plain bytes, and single characters that were escaped. */
static void each_run(struct json_tree *tree, const struct json_node *node,
                     void (*take)(void *to, vb_str text, struct vb_span span), void *to)
{
    vb_str text = as_written(tree, node);
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        at = plain_run(text, at);
        if (at > from)
            take(to, str_cut(text, from, at),
                 (struct vb_span){node->at + (uint32_t)from, (uint32_t)(at - from)});
        if (at >= text.len)
            break;
        char character[4];
        from = at;
        uint32_t c = unescape(text, &at);
        at = at < text.len ? at : text.len;
        if (c == 0xFFFD)
            tell_of_broken(tree, node->at + from, at - from);
        take(to, (vb_str){character, utf8_put(character, c)},
             (struct vb_span){node->at + (uint32_t)from, (uint32_t)(at - from)});
    }
}

static void take_text(void *to, vb_str text, struct vb_span span)
{
    (void)span;
    buf_add(to, text);
}

static void decode(struct json_tree *tree, const struct json_node *node, struct buf *into)
{
    each_run(tree, node, take_text, into);
}

/* What is broken in it is told once, where it is shown: json_add_pieces(). */
vb_str json_text(struct json_tree *tree, json_ref value)
{
    const struct json_node *node = node_of(tree, value);
    if (!node || (node->kind != JSON_STRING && node->kind != JSON_NUMBER))
        return VB_STR("");
    if (!node->escaped)
        return as_written(tree, node);
    struct buf decoded = {0};
    struct builder *told = tree->builder;
    tree->builder = NULL;
    decode(tree, node, &decoded);
    tree->builder = told;
    vb_str text = arena_str(&tree->decoded, buf_str(&decoded));
    buf_free(&decoded);
    return text;
}

struct piece_taker {
    struct pieces *into;
    struct piece like;
    const char *decoded; /* the whole string; NULL: it stands so in the source */
    bool new_line;
};

/* A line's end inside the string begins a line of the paragraph. */
static void take_piece(void *to, vb_str text, struct vb_span span)
{
    struct piece_taker *taker = to;
    struct piece piece = taker->like;
    piece.text = text;
    piece.span = span;
    if (taker->decoded) {
        piece.text.data = taker->decoded;
        taker->decoded += text.len;
    }
    if (str_eq(text, "\n") || str_eq(text, "\r")) {
        taker->new_line = true;
        return;
    }
    piece.marks |= taker->new_line ? VB_NEW_LINE : 0;
    taker->new_line = false;
    vec_push(taker->into, piece);
}

void json_add_pieces(struct json_tree *tree, json_ref value, struct piece like,
                     struct pieces *into)
{
    const struct json_node *node = node_of(tree, value);
    if (!node || (node->kind != JSON_STRING && node->kind != JSON_NUMBER))
        return;
    struct piece_taker taker = {.into = into, .like = like};
    if (node->escaped)
        taker.decoded = json_text(tree, value).data;
    each_run(tree, node, take_piece, &taker);
}

/* ---- numbers ---- */

/* "8.65", "12.900s", "00:00:01,500". */
static bool time_from_text(vb_str text, vb_time unit, vb_time *time)
{
    if (str_find_char(text, ':') != STR_NOT_FOUND)
        return clock_stamp(text, time);
    return clock_number(text, unit, time) || clock_value(text, NULL, time);
}

vb_time json_time_in(struct json_tree *tree, json_ref value, vb_time unit)
{
    vb_time time;
    enum json_kind kind = json_kind(tree, value);
    if (kind == JSON_NOTHING || kind == JSON_NULL)
        return VB_NO_TIME;
    if ((kind == JSON_NUMBER || kind == JSON_STRING) &&
        time_from_text(json_text(tree, value), unit, &time) && time >= 0)
        return time;
    if (tree->builder)
        builder_note(tree->builder, VB_WARNING, json_span(tree, value),
                     _("this is no time of a recording; it is read as unknown"));
    return VB_NO_TIME;
}

float json_share(const struct json_tree *tree, json_ref value)
{
    vb_time millionths;
    const struct json_node *node = node_of(tree, value);
    if (!node || (node->kind != JSON_NUMBER && node->kind != JSON_STRING) ||
        !clock_number(as_written(tree, node), VB_SECOND, &millionths))
        return -1;
    return millionths < 0 || millionths > VB_SECOND ? -1 : (float)millionths / (float)VB_SECOND;
}

/* ---- likeness ---- */

bool json_looks_like(vb_str text)
{
    text = str_trim(str_cut(text, 0, 4096));
    if (!str_starts(text, "{") && !str_starts(text, "["))
        return false;
    vb_str inside_text = str_trim(str_from(text, 1));
    return str_starts(inside_text, "\"") || str_starts(inside_text, "{") ||
           str_starts(inside_text, "[") || str_starts(inside_text, "]") ||
           str_starts(inside_text, "}");
}

bool json_has_key(vb_str text, const char *name)
{
    char key[64];
    size_t len = strlen(name);
    key[0] = '"';
    memcpy(key + 1, name, len);
    key[len + 1] = '"';
    text = str_cut(text, 0, 64 * 1024);
    for (size_t at = 0, found;
         (found = str_find(str_from(text, at), (vb_str){key, len + 2})) != STR_NOT_FOUND;) {
        at += found + len + 2;
        vb_str behind = str_trim(str_from(text, at));
        if (str_starts(behind, ":"))
            return true;
    }
    return false;
}
