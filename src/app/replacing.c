/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replacing what a search finds. */
#include "app/replacing.h"

#include <stdlib.h>

#include "app/editing.h"
#include "app/passages.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/vec.h"

enum { WORDS_AROUND = 3 };

bool replacing_shown(const struct session *s)
{
    return s->replacing.shown && s->transcript && (s->search.shown || s->asked == ASK_FIND);
}

void replacing_begin(struct session *s)
{
    if (!session_correctable(s) || !caret_commit(s))
        return;
    s->replacing.shown = true;
    search_only_exact(s, !s->replacing.inexact);
    session_ask(s, ASK_FIND);
}

void replacing_set_exact(struct session *s, bool exact)
{
    s->replacing.inexact = !exact;
    search_only_exact(s, exact);
}

void replacing_free(struct session *s)
{
    buf_free(&s->replacing.with);
}

/* ---- places in the file ---- */

static vb_str source(const struct session *s, size_t from, size_t until)
{
    return str_cut(vb_document_text(s->document), from, until);
}

static bool is_plain(const struct session *s, const struct vb_word *word)
{
    return str_is(source(s, word->span.at, word->span.at + word->span.len), word->text);
}

/* Only white space may stand between the words. */
static bool span_of_words(const struct session *s, const struct vb_match *match,
                          struct vb_span *span)
{
    uint32_t end = 0;
    for (uint32_t i = match->first; i <= match->last; i++) {
        struct vb_word word = vb_word(s->transcript, i);
        bool apart = i > match->first && str_trim(source(s, end, word.span.at)).len;
        if (!is_plain(s, &word) || apart || (i > match->first && word.span.at < end))
            return false;
        end = word.span.at + word.span.len;
    }
    span->at = vb_word(s->transcript, match->first).span.at + match->from;
    span->len = vb_word(s->transcript, match->last).span.at + match->until - span->at;
    return span->len > 0;
}

/* In a heading: where it stands as it was typed. */
static bool span_of_heading(const struct session *s, uint32_t section, struct vb_span *span)
{
    struct vb_span heading = vb_section(s->transcript, section)->span;
    vb_str query = buf_str(&s->search.query);
    size_t at = str_find(source(s, heading.at, heading.at + heading.len), query);
    if (at == STR_NOT_FOUND)
        return false;
    *span = (struct vb_span){heading.at + (uint32_t)at, (uint32_t)query.len};
    return true;
}

static bool span_of(const struct session *s, size_t i, struct vb_span *span)
{
    struct vb_match match = search_match(s, i);
    if (match.section != VB_NONE)
        return span_of_heading(s, match.section, span);
    return match.first != VB_NONE && span_of_words(s, &match, span);
}

/* ---- one ---- */

/* What was written may hold what is looked for: the next match begins behind it. */
static void go_behind(struct session *s, uint32_t place)
{
    uint32_t word = passage_word(s, place);
    size_t count, i;
    struct vb_span span;
    search_keep(s);
    count = search_count(s);
    i = word == VB_NONE ? 0 : vb_find_from(s->search.find, word);
    while (i < count && (!span_of(s, i, &span) || span.at < place))
        i++;
    search_go(s, i < count ? i : 0);
}

void replacing_this(struct session *s)
{
    struct vb_error error = {0};
    struct vb_span span;
    vb_str with = buf_str(&s->replacing.with);
    if (!caret_commit(s) || s->search.here >= search_count(s))
        return;
    if (!span_of(s, s->search.here, &span)) {
        session_say(s, MESSAGE_INFO, "%s",
                    _("markup stands in this place: correct it by hand (E)"));
        search_step(s, 1);
        return;
    }
    if (!session_replace(s, span, with, &error)) {
        session_say(s, MESSAGE_WARNING, "%s", error.text);
        return;
    }
    go_behind(s, span.at + (uint32_t)with.len);
}

/* ---- all ---- */

static void say_replaced(struct session *s, size_t done, size_t left)
{
    if (left)
        session_say(s, MESSAGE_INFO,
                    P_("%zu place replaced; %zu with markup in it was left alone",
                       "%zu places replaced; %zu with markup in them were left alone", done),
                    done, left);
    else
        session_say(s, MESSAGE_INFO,
                    P_("%zu place replaced; Ctrl+Z takes it back",
                       "%zu places replaced; Ctrl+Z takes them back", done),
                    done);
}

void replacing_all(struct session *s)
{
    struct vb_error error = {0};
    VEC(struct vb_change) changes = {0};
    size_t left = 0;
    uint32_t end = 0;
    if (!caret_commit(s))
        return;
    search_keep(s);
    for (size_t i = 0; i < search_count(s); i++) {
        struct vb_span span;
        if (span_of(s, i, &span) && span.at >= end) {
            vec_push(&changes, (struct vb_change){span, buf_str(&s->replacing.with)});
            end = span.at + span.len;
        } else {
            left++;
        }
    }
    if (!changes.count && !left)
        session_say(s, MESSAGE_INFO, "%s", _("there is nothing to replace"));
    else if (session_edit(s, changes.items, changes.count, &error))
        say_replaced(s, changes.count, left);
    else
        session_say(s, MESSAGE_WARNING, "%s", error.text);
    free(changes.items);
}

/* ---- what it would look like ---- */

bool replacing_preview(const struct session *s, struct buf *before, struct buf *after)
{
    struct vb_span span;
    if (s->search.here >= search_count(s) || !span_of(s, s->search.here, &span))
        return false;
    struct vb_match match = search_match(s, s->search.here);
    uint32_t count = vb_word_count(s->transcript);
    uint32_t first = match.first > WORDS_AROUND ? match.first - WORDS_AROUND : 0;
    uint32_t last = match.last + WORDS_AROUND < count ? match.last + WORDS_AROUND : count - 1;
    uint32_t from = vb_word(s->transcript, first).span.at;
    struct vb_span end = vb_word(s->transcript, last).span;
    while (first < match.first &&
           str_find_char(source(s, from, span.at), '\n') != STR_NOT_FOUND)
        from = vb_word(s->transcript, ++first).span.at;
    while (last > match.last && str_find_char(source(s, span.at + span.len, end.at + end.len),
                                              '\n') != STR_NOT_FOUND)
        end = vb_word(s->transcript, --last).span;
    if (from > span.at || end.at + end.len < span.at + span.len)
        return false;
    vb_str behind = source(s, span.at + span.len, end.at + end.len);
    buf_add(before, source(s, from, end.at + end.len));
    buf_add(after, source(s, from, span.at));
    buf_add(after, buf_str(&s->replacing.with));
    buf_add(after, behind);
    return true;
}
