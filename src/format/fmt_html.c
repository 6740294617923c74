/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any web page whose lines begin with times: "[00:12] Anne: Bonjour", a time on a line of its
 * own, or words that carry data-m (milliseconds), as interactive transcripts have them. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/clock.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/line_label.h"
#include "format/refuse.h"
#include "format/tree.h"

/* So many lines must begin with a time for a page to be a transcript. */
enum { TIMES_LEAST = 3, LOOK_AT = 256 * 1024 };

struct page {
    struct tree tree;
    struct cues cues;
    struct pieces pieces;
    struct buf line, speaker;
    vb_time start, last;
    bool turns,
        began; /* began: the first time was met; what stands before is the page's frame */
    struct vb_error *error;
};

/* ---- is it one ---- */

/* "1:02", "00:01:02" at `at`: its length; 0: no time stands there. */
static size_t time_length(vb_str text, size_t at)
{
    size_t from = at, parts = 0, digits;
    for (;;) {
        for (digits = 0; at < text.len && is_digit(text.data[at]) && digits < 4; at++)
            digits++;
        parts++;
        if (digits == 0 || (parts > 1 && digits != 2))
            return 0;
        if (parts == 3 || at >= text.len || text.data[at] != ':')
            break;
        at++;
    }
    if (parts > 1 && at + 1 < text.len && text.data[at] == '.' && is_digit(text.data[at + 1]))
        for (at++; at < text.len && is_digit(text.data[at]);)
            at++;
    return parts > 1 ? at - from : 0;
}

static size_t count_times(vb_str text)
{
    size_t found = 0;
    text = str_cut(text, 0, LOOK_AT);
    for (size_t at = 0; at < text.len && found < 10;) {
        size_t len = is_digit(text.data[at]) ? time_length(text, at) : 0;
        found += len > 0;
        at += len ? len : 1;
    }
    return found;
}

static bool begins_doctype(vb_str text)
{
    static const char doctype[] = "<!doctype html";
    return text.len >= sizeof doctype - 1 &&
           strncasecmp(text.data, doctype, sizeof doctype - 1) == 0;
}

static int probe(vb_str text)
{
    vb_str start = str_trim(str_cut(text, 0, 2048));
    bool page = str_starts(start, "<") &&
                (str_find(start, VB_STR("<html")) != STR_NOT_FOUND ||
                 str_find(start, VB_STR("<body")) != STR_NOT_FOUND ||
                 str_find(start, VB_STR("<div")) != STR_NOT_FOUND ||
                 str_find(start, VB_STR("<p")) != STR_NOT_FOUND || begins_doctype(start));
    bool xml = str_starts(start, "<?xml");
    if (!page || xml)
        return 0;
    if (str_find(str_cut(text, 0, LOOK_AT), VB_STR(" data-m=")) != STR_NOT_FOUND)
        return 85;
    return count_times(text) >= TIMES_LEAST ? 30 : 0;
}

/* ---- one line ---- */

/* "[00:12] ", "(1:02) ", "1:02 – ": its length, and the time. */
static size_t take_time(vb_str line, vb_time *time)
{
    size_t at = 0;
    while (at < line.len && strchr("[( \t\n", line.data[at]))
        at++;
    size_t len = time_length(line, at);
    if (!len || !clock_value(str_cut(line, at, at + len), NULL, time))
        return 0;
    at += len;
    while (at < line.len && strchr("]) \t\n-", line.data[at]))
        at++;
    return at;
}

/* The words' own times, where the line has none. */
static void time_by_words(struct page *r, vb_time *end)
{
    *end = VB_NO_TIME;
    for (size_t i = 0; i < r->pieces.count; i++) {
        const struct piece *p = &r->pieces.items[i];
        if (r->start == VB_NO_TIME)
            r->start = p->start;
        if (p->start != VB_NO_TIME)
            *end = p->end;
    }
}

static bool add_cue(struct page *r, struct vb_span span)
{
    vb_time end;
    time_by_words(r, &end);
    vb_str speaker = buf_str(&r->speaker);
    struct cue cue = {
        .start = r->start,
        .end = end,
        .span = span,
        .speakers = &speaker,
        .speaker_count = speaker.len > 0,
        .label = speaker,
        .turns = r->turns,
        .apart = true,
        .pieces = r->pieces.items,
        .piece_count = r->pieces.count,
    };
    r->turns = false;
    r->start = VB_NO_TIME;
    return cues_add(&r->cues, &cue, r->error);
}

static bool has_timed_words(const struct pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++)
        if (pieces->items[i].start != VB_NO_TIME)
            return true;
    return false;
}

static void take_line_time(struct page *r)
{
    vb_time time;
    size_t stamp = take_time(buf_str(&r->line), &time);
    if (!stamp)
        return;
    r->start = time;
    r->began = true;
    pieces_drop_front(&r->pieces, stamp);
    buf_clear(&r->line);
    pieces_flatten(&r->pieces, &r->line);
}

/* A time alone waits for the line behind it; what stands before the first is the page's own. */
static bool end_line(struct page *r)
{
    buf_clear(&r->line);
    pieces_flatten(&r->pieces, &r->line);
    take_line_time(r);
    bool timed = has_timed_words(&r->pieces), done = true;
    r->began = r->began || timed;
    size_t label = line_label(buf_str(&r->line));
    if (label && r->began) {
        buf_clear(&r->speaker);
        buf_add(&r->speaker, str_trim(str_cut(buf_str(&r->line), 0, label - 1)));
        pieces_drop_front(&r->pieces, label);
        r->turns = true;
    }
    bool words = false;
    for (size_t i = 0; i < r->pieces.count && !words; i++)
        words = str_trim(r->pieces.items[i].text).len > 0;
    if (words && r->began)
        done = add_cue(r, r->pieces.items[0].span);
    r->pieces.count = 0;
    return done;
}

/* ---- the page ---- */

static bool is_named(const struct tree *tree, uint32_t node, const char *names)
{
    vb_str name = tree_node(tree, node)->name;
    const char *at = name.len ? strstr(names, name.data) : NULL;
    return at && (at == names || at[-1] == ' ') && (at[name.len] == ' ' || !at[name.len]);
}

/* Milliseconds of the nearest element around that says so. */
static vb_time word_time(const struct tree *tree, uint32_t text, const char *name, vb_time plus)
{
    vb_time time;
    uint32_t element = tree_node(tree, text)->parent;
    vb_str value = node_attribute(tree, element, name);
    return value.len && plus != VB_NO_TIME && clock_number(value, VB_SECOND / 1000, &time) &&
                   time >= 0
               ? plus + time
               : VB_NO_TIME;
}

static void add_text(struct page *r, uint32_t n)
{
    const struct node *node = tree_node(&r->tree, n);
    vb_time start = word_time(&r->tree, n, "data-m", 0);
    vec_push(&r->pieces, (struct piece){.text = node->text,
                                        .span = node->span,
                                        .start = start,
                                        .end = word_time(&r->tree, n, "data-d", start)});
}

static void take_title(struct page *r, uint32_t head)
{
    uint32_t title = tree_find(&r->tree, head, "title");
    if (title != NODE_NONE)
        builder_title(r->cues.b, node_string(&r->tree, title));
}

static bool take_page(struct page *r)
{
    static const char blocks[] = "p div li dd dt br tr h1 h2 h3 h4 h5 h6 blockquote section "
                                 "article ul ol table";
    static const char frame[] = "head script style nav footer form button select";
    for (uint32_t n = tree_walk(&r->tree, 0, 0); n != NODE_NONE;) {
        bool skipped = is_named(&r->tree, n, frame);
        if (node_is(&r->tree, n, "head"))
            take_title(r, n);
        if (is_named(&r->tree, n, blocks) && !end_line(r))
            return false;
        if (tree_node(&r->tree, n)->text.len)
            add_text(r, n);
        n = skipped ? tree_walk_past(&r->tree, 0, n) : tree_walk(&r->tree, 0, n);
    }
    return end_line(r);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct page r = {.cues.b = into, .start = VB_NO_TIME, .error = error};
    bool done = tree_read_html(&r.tree, text, into, error) && take_page(&r);
    if (done && !r.began)
        done = refuse_text(text, error);
    cues_end(&r.cues);
    free(r.pieces.items);
    buf_free(&r.line);
    buf_free(&r.speaker);
    tree_free(&r.tree);
    return done;
}

const struct vb_format fmt_html = {
    .name = "html",
    .extensions = "html htm",
    .summary = N_("web pages whose lines begin with times"),
    .probe = probe,
    .read = read,
};
