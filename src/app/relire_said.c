/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user said of passages, kept by the store as checks: of a doubt (its kind is part of
 * the key, so that an answer to one leaves the other open), of a turn, or a note.  An answer
 * holds as long as its words are what they were. */
#include <stdlib.h>
#include <string.h>

#include "app/memory.h"
#include "app/relire_parts.h"
#include "base/str.h"

/* A check's state: the bits of enum store_checked, and above them what it is about. */
enum { ABOUT_SHIFT = 8, ABOUT_BITS = 23 };

uint32_t about_of(const char *check)
{
    uint32_t number = 2166136261u; /* FNV-1a */
    if (strcmp(check, "note") == 0)
        return ABOUT_NOTE;
    for (; *check; check++)
        number = (number ^ (unsigned char)*check) * 16777619u;
    return (number & ((1u << ABOUT_BITS) - 1)) | 2; /* neither a turn nor a note */
}

unsigned said_about(const struct store_mark *mark)
{
    return mark->state >> ABOUT_SHIFT;
}

bool said_of_words(const struct session *s, const struct store_mark *mark)
{
    uint32_t words = vb_word_count(s->transcript);
    return mark->word < words && mark->count && mark->count <= words - mark->word;
}

void said_free(struct relire *r)
{
    store_marks_free(&r->said);
    vb_findings_free(r->sounds);
    r->sounds = NULL;
    free(r->edited.items);
    r->edited.items = NULL;
    r->edited.count = r->edited.room = 0;
    r->loaded = false;
}

static void find_edited(struct session *s)
{
    struct relire *r = s->relire;
    for (size_t i = 0; i < r->said.count; i++) {
        const struct store_mark *mark = &r->said.items[i];
        if (mark->state & STORE_EDITED && said_of_words(s, mark))
            vec_push(&r->edited, (struct word_range){mark->word, mark->count});
    }
}

static void load_sounds(struct session *s)
{
    struct relire *r = s->relire;
    size_t count;
    struct vb_doubt *doubts =
        store_doubts(s->store, &r->pair, vb_word_count(s->transcript), &count);
    r->sounds = vb_findings_new();
    vb_doubts_add(r->sounds, s->transcript, doubts, count, NULL);
    free(doubts);
}

void said_load(struct session *s)
{
    struct relire *r = s->relire;
    said_free(r);
    if (!s->store)
        return;
    r->pair = *memory_pair(s);
    r->loaded = true;
    r->said = store_marks(s->store, &r->pair, STORE_CHECK);
    load_sounds(s);
    find_edited(s);
}

static uint64_t content_of(const struct session *s, uint32_t first, uint32_t count)
{
    return first == VB_NONE ? 0 : store_content(s->transcript, first, count);
}

const struct store_mark *said_of(const struct session *s, uint32_t first, uint32_t count,
                                 uint32_t about)
{
    const struct store_marks *said = &s->relire->said;
    for (size_t i = 0; i < said->count; i++) {
        const struct store_mark *mark = &said->items[i];
        if (mark->word == first && mark->count == count && said_about(mark) == about &&
            mark->content == content_of(s, first, count))
            return mark;
    }
    return NULL;
}

void said_put(struct session *s, uint32_t first, uint32_t count, uint32_t about, unsigned state,
              const vb_str *note)
{
    const struct store_mark *there = said_of(s, first, count, about);
    struct store_mark mark = {.kind = STORE_CHECK,
                              .word = first,
                              .count = count,
                              .time = VB_NO_TIME,
                              .state = state | about << ABOUT_SHIFT,
                              .content = content_of(s, first, count)};
    if (!s->store)
        return;
    mark.id = there ? there->id : 0;
    if (note || there)
        buf_add(&mark.note, note ? *note : buf_str(&there->note));
    if (state || mark.note.len)
        store_put_mark(s->store, memory_pair(s), &mark);
    else if (there)
        store_drop_mark(s->store, there->id);
    buf_free(&mark.note);
    said_load(s);
}

/* ---- what was corrected ---- */

static void put_edited(struct session *s, uint32_t first, uint32_t count)
{
    struct store_mark mark = {.kind = STORE_CHECK,
                              .word = first,
                              .count = count,
                              .time = VB_NO_TIME,
                              .state = STORE_EDITED,
                              .content = content_of(s, first, count)};
    store_put_mark(s->store, memory_pair(s), &mark);
}

/* One a word: the user wrote it. What undo brought back was there from the first, and what
 * another program brought is its own. */
static bool *are_edited(const struct session *s)
{
    const struct relire *r = s->relire;
    uint32_t count = vb_word_count(s->transcript);
    bool *are = mem_new((count + 1) * sizeof *are);
    uint32_t *settled = vb_words_before(r->settled, s->transcript);
    uint32_t *first = vb_words_before(r->first, s->transcript);
    for (uint32_t i = 0; i < count; i++)
        are[i] = settled[i] == VB_NONE && first[i] == VB_NONE && !relire_is_new(s, i);
    free(settled);
    free(first);
    return are;
}

void said_note_edits(struct session *s)
{
    struct relire *r = s->relire;
    const struct vb_transcript *now = s->transcript;
    if (r->settled == now)
        return;
    uint32_t count = vb_word_count(now);
    bool *are = r->settled && s->store ? are_edited(s) : NULL;
    for (uint32_t i = 0, end; are && i < count; i = end + 1) {
        for (end = i; end < count && are[end];)
            end++;
        if (end > i)
            put_edited(s, i, end - i);
    }
    free(are);
    vb_transcript_unref(r->settled);
    r->settled = vb_transcript_ref(now);
    if (!r->first)
        r->first = vb_transcript_ref(now);
}
