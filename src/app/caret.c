/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The caret: where it is, and the passage that is open around it. */
#include "app/caret.h"

#include <stdlib.h>
#include <string.h>

#include "app/caret_parts.h"
#include "app/editing.h"
#include "app/loading.h"
#include "app/passages.h"
#include "app/session.h"
#include "app/steps.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "document/ahead.h"

/* ---- the passage that is open ---- */

static void forget_states(struct caret *c)
{
    for (size_t i = 0; i < c->states.count; i++)
        buf_free(&c->states.items[i]);
    c->states.count = 0;
}

static void shut(struct caret *c)
{
    forget_states(c);
    buf_clear(&c->text);
    buf_clear(&c->composed);
    c->changed = c->refused = false;
    c->group = GROUP_OF_NONE;
    c->span = (struct vb_span){0, 0};
    c->at = c->anchor = 0;
    c->version++;
}

static size_t clamped(const struct caret *c, size_t at)
{
    at = at < c->text.len ? at : c->text.len;
    while (at > 0 && at < c->text.len && ((unsigned char)c->text.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}

/* Nothing is open any more when it opens. */
static bool open_passage(struct session *s, uint32_t place)
{
    struct caret *c = &s->caret;
    struct vb_span span;
    if (!passage_at(s, place, &span))
        return false;
    shut(c);
    c->span = span;
    buf_puts(&c->text, "");
    buf_add(&c->text, str_cut(vb_document_text(s->document), span.at, span.at + span.len));
    c->at = c->anchor = clamped(c, place > span.at ? place - span.at : 0);
    c->moves++;
    return true;
}

vb_str caret_text(const struct session *s)
{
    return buf_str(&s->caret.text);
}

uint32_t caret_place(const struct session *s)
{
    return s->caret.span.at + (uint32_t)s->caret.at;
}

uint32_t caret_word(const struct session *s)
{
    if (!s->caret.on || !s->transcript)
        return VB_NONE;
    uint32_t place = caret_place(s), end = s->caret.span.at + s->caret.span.len;
    return passage_word(s, place < end ? place : end); /* as the document has it */
}

/* ---- beginning and ending ---- */

bool session_edit_begin(struct session *s, uint32_t byte_offset)
{
    if (!session_correctable(s))
        return false;
    if (s->caret.on) {
        caret_go(s, byte_offset, false);
        return true;
    }
    if (!open_passage(s, byte_offset)) {
        session_say(s, MESSAGE_INFO, "%s", _("there is no text here that could be corrected"));
        return false;
    }
    s->caret.on = true;
    document_copy_ahead(s->document);
    selection_none(s);
    return true;
}

static void leave(struct session *s)
{
    shut(&s->caret);
    s->caret.on = s->caret.elsewhere = false;
}

bool session_edit_end(struct session *s)
{
    struct caret *c = &s->caret;
    if (!c->on)
        return true;
    bool gave_up = c->refused;
    if (!caret_commit(s) && !gave_up)
        return false;
    if (gave_up && c->changed)
        session_say(s, MESSAGE_INFO, "%s", _("what could not be taken was given up"));
    leave(s);
    return true;
}

void caret_close(struct session *s)
{
    struct caret *c = &s->caret;
    leave(s);
    buf_free(&c->text);
    buf_free(&c->composed);
    free(c->states.items);
    uint32_t version = c->version;
    *c = (struct caret){.version = version};
}

/* ---- the document takes it ---- */

/* All groups since the last time, each a step of undo. */
static bool retype(struct session *s, struct vb_error *error)
{
    struct caret *c = &s->caret;
    size_t count = c->states.count + 1;
    vb_str *texts = mem_new(count * sizeof *texts);
    for (size_t i = 0; i < c->states.count; i++)
        texts[i] = buf_str(&c->states.items[i]);
    texts[count - 1] = buf_str(&c->text);
    bool done = session_retype(s, c->span, texts, count, error);
    free(texts);
    return done;
}

bool caret_commit(struct session *s)
{
    struct caret *c = &s->caret;
    struct vb_error error = {0};
    if (!c->on || !c->changed)
        return true;
    c->changed = false; /* the frame that the session makes of it must not begin again */
    if (retype(s, &error)) {
        c->span.len = (uint32_t)c->text.len;
        c->refused = false;
        c->group = GROUP_OF_NONE;
        forget_states(c);
        return true;
    }
    if (!c->refused)
        session_say(s, MESSAGE_WARNING, _("%s; Ctrl+Z takes it back"), error.text);
    c->changed = c->refused = true;
    return false;
}

bool caret_take_back(struct session *s)
{
    struct caret *c = &s->caret;
    if (!c->on || !c->changed)
        return false;
    buf_clear(&c->text);
    if (c->states.count) {
        struct buf *last = &c->states.items[--c->states.count];
        buf_add(&c->text, buf_str(last));
        buf_free(last);
    } else {
        buf_add(&c->text,
                str_cut(vb_document_text(s->document), c->span.at, c->span.at + c->span.len));
        c->changed = false;
    }
    c->at = c->anchor = clamped(c, c->at);
    c->refused = false;
    c->group = GROUP_OF_NONE;
    c->version++;
    c->moves++;
    return true;
}

/* ---- moving ---- */

void caret_break_group(struct session *s)
{
    s->caret.group = GROUP_OF_NONE;
}

/* The other end of the selection lies in a passage of its own. */
static void go_elsewhere(struct session *s, uint32_t began_at)
{
    struct caret *c = &s->caret;
    bool inside = began_at >= c->span.at && began_at <= c->span.at + c->text.len;
    c->elsewhere = !inside;
    c->began_at = began_at;
    c->anchor = inside ? clamped(c, began_at - c->span.at) : c->at;
}

static uint32_t other_end(const struct caret *c)
{
    return c->elsewhere ? c->began_at : c->span.at + (uint32_t)c->anchor;
}

void caret_put(struct session *s, size_t at, bool selects)
{
    struct caret *c = &s->caret;
    caret_break_group(s);
    uint32_t began_at = other_end(c);
    c->at = clamped(c, at);
    c->moves++;
    if (selects) {
        go_elsewhere(s, began_at);
        return;
    }
    c->anchor = c->at;
    c->elsewhere = false;
}

void caret_go(struct session *s, uint32_t place, bool selects)
{
    struct caret *c = &s->caret;
    uint32_t end = c->span.at + c->span.len, before = other_end(c);
    uint32_t grown = (uint32_t)c->text.len - c->span.len; /* may wrap round, as it is added */
    if (place >= c->span.at && place <= end) {
        caret_put(s, place - c->span.at, selects);
        return;
    }
    if (!caret_commit(s))
        return;
    open_passage(s, place > end ? place + grown : place);
    c->elsewhere = false;
    if (selects)
        go_elsewhere(s, before);
}

static bool go_beside(struct session *s, int by, bool to_end, bool selects)
{
    struct vb_span span;
    if (!caret_commit(s) || !passage_beside(s, s->caret.span, by, &span))
        return false;
    caret_go(s, to_end ? span.at + span.len : span.at, selects);
    return true;
}

static size_t step_in_text(const struct caret *c, enum caret_step step, size_t at)
{
    vb_str text = buf_str(&c->text);
    switch (step) {
    case STEP_GRAPHEME_BACK:
        return step_grapheme_before(text, at);
    case STEP_GRAPHEME_ON:
        return step_grapheme_after(text, at);
    case STEP_WORD_BACK:
        return step_word_before(text, at);
    case STEP_WORD_ON:
        return step_word_after(text, at);
    default:
        return at;
    }
}

size_t caret_step_from(const struct session *s, enum caret_step step, size_t at)
{
    return step_in_text(&s->caret, step, at);
}

static void go_to_end_of_page(struct session *s, enum caret_step step, bool selects)
{
    uint32_t last = (uint32_t)vb_document_text(s->document).len;
    struct vb_span span;
    if (!caret_commit(s))
        return;
    uint32_t block = step == STEP_TOP ? 0 : vb_block_count(s->transcript) - 1;
    while (block < vb_block_count(s->transcript) && !passage_of_block(s, block, &span))
        block += step == STEP_TOP ? 1 : VB_NONE;
    if (block < vb_block_count(s->transcript))
        last = step == STEP_TOP ? span.at : span.at + span.len;
    caret_go(s, last, selects);
}

static void step_passage(struct session *s, enum caret_step step, bool selects)
{
    struct caret *c = &s->caret;
    bool back = step == STEP_PASSAGE_BACK;
    if (back && c->at)
        caret_put(s, 0, selects);
    else if (!back && c->at < c->text.len)
        caret_put(s, c->text.len, selects);
    else
        go_beside(s, back ? -1 : 1, !back, selects);
}

void caret_step(struct session *s, enum caret_step step, bool selects)
{
    struct caret *c = &s->caret;
    bool back = step == STEP_GRAPHEME_BACK || step == STEP_WORD_BACK;
    if (!c->on)
        return;
    if (step == STEP_TOP || step == STEP_BOTTOM) {
        go_to_end_of_page(s, step, selects);
    } else if (step == STEP_PASSAGE_BACK || step == STEP_PASSAGE_ON) {
        step_passage(s, step, selects);
    } else {
        size_t to = step_in_text(c, step, c->at);
        if (to != c->at || !go_beside(s, back ? -1 : 1, back, selects))
            caret_put(s, to, selects);
    }
}

void caret_select_all(struct session *s)
{
    caret_put(s, 0, false);
    caret_put(s, s->caret.text.len, true);
}

void caret_select_word(struct session *s, size_t at)
{
    size_t from, until;
    step_word_around(caret_text(s), clamped(&s->caret, at), &from, &until);
    caret_put(s, from, false);
    caret_put(s, until, true);
}

bool caret_selection(const struct session *s, struct vb_span *span)
{
    const struct caret *c = &s->caret;
    if (!c->on)
        return false;
    uint32_t here = caret_place(s), other = other_end(c);
    *span = here < other ? (struct vb_span){here, other - here}
                         : (struct vb_span){other, here - other};
    return span->len > 0;
}

void caret_selected_text(const struct session *s, struct buf *into)
{
    struct vb_span span;
    const struct caret *c = &s->caret;
    if (!caret_selection(s, &span))
        return;
    vb_str text = c->elsewhere ? vb_document_text(s->document) : buf_str(&c->text);
    size_t from = c->elsewhere ? span.at : span.at - c->span.at;
    buf_add(into, str_cut(text, from, from + span.len));
}

/* ---- the text became another one ---- */

void caret_follow(struct session *s, uint32_t place)
{
    struct caret *c = &s->caret;
    if (!c->on)
        return;
    if (place == VB_NONE)
        place = caret_place(s);
    c->elsewhere = false;
    if (!open_passage(s, place))
        leave(s);
}
