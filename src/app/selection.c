/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words that are selected. */
#include "app/selection.h"

#include "app/session.h"

static uint32_t word_count(const struct session *s)
{
    return s->transcript ? vb_word_count(s->transcript) : 0;
}

bool selection_is(const struct session *s)
{
    struct selected words;
    return selection_get(s, &words);
}

bool selection_get(const struct session *s, struct selected *words)
{
    uint32_t a = s->selection.anchor, b = s->selection.head, count = word_count(s);
    if (a >= count || b >= count)
        return false;
    *words = a < b ? (struct selected){a, b} : (struct selected){b, a};
    return true;
}

void selection_none(struct session *s)
{
    s->selection = (struct selection){VB_NONE, VB_NONE};
}

void selection_set(struct session *s, uint32_t anchor, uint32_t head)
{
    if (anchor < word_count(s) && head < word_count(s))
        s->selection = (struct selection){anchor, head};
}

uint32_t selection_reader(const struct session *s)
{
    bool heard = s->word != VB_NONE && !s->out_of_sight;
    uint32_t word = heard ? s->word : s->reading.top_word;
    return word < word_count(s) ? word : word_count(s) ? 0 : VB_NONE;
}

void selection_extend(struct session *s, uint32_t to)
{
    selection_set(s, selection_is(s) ? s->selection.anchor : selection_reader(s), to);
}

/* The first step selects the word itself. */
void selection_step(struct session *s, int words)
{
    if (!selection_is(s)) {
        selection_extend(s, selection_reader(s));
        return;
    }
    int64_t to = (int64_t)s->selection.head + words, last = (int64_t)word_count(s) - 1;
    selection_extend(s, (uint32_t)(to < 0 ? 0 : to > last ? last : to));
    session_show_word(s, s->selection.head);
}

static struct selected paragraph_of(const struct session *s, uint32_t word)
{
    const struct vb_paragraph *p =
        vb_paragraph(s->transcript, vb_paragraph_of_word(s->transcript, word));
    return (struct selected){p->first_word, p->first_word + p->word_count - 1};
}

void selection_step_paragraph(struct session *s, int by)
{
    if (!selection_is(s))
        selection_step(s, 0);
    if (!selection_is(s))
        return;
    uint32_t head = s->selection.head, count = word_count(s);
    struct selected here = paragraph_of(s, head);
    if (by > 0 && head == here.last && head + 1 < count)
        here = paragraph_of(s, head + 1);
    if (by < 0 && head == here.first && head > 0)
        here = paragraph_of(s, head - 1);
    selection_extend(s, by > 0 ? here.last : here.first);
    session_show_word(s, s->selection.head);
}

void selection_paragraph(struct session *s, uint32_t word)
{
    if (word >= word_count(s))
        return;
    struct selected paragraph = paragraph_of(s, word);
    selection_set(s, paragraph.first, paragraph.last);
}

/* Words before the first turn are taken by the paragraph. */
static bool turn_of(const struct session *s, uint32_t word, struct selected *words)
{
    if (word >= word_count(s))
        return false;
    uint32_t turn = vb_turn_of_word(s->transcript, word);
    if (turn == VB_NONE) {
        *words = paragraph_of(s, word);
        return true;
    }
    const struct vb_turn *row = vb_turn(s->transcript, turn);
    *words = (struct selected){row->first_word, row->first_word + row->word_count - 1};
    return true;
}

void selection_turn(struct session *s, uint32_t word)
{
    struct selected turn;
    if (turn_of(s, word < word_count(s) ? word : selection_reader(s), &turn))
        selection_set(s, turn.first, turn.last);
}

void selection_all(struct session *s)
{
    if (word_count(s))
        selection_set(s, 0, word_count(s) - 1);
}

bool selection_or_turn(const struct session *s, struct selected *words)
{
    return selection_get(s, words) || turn_of(s, selection_reader(s), words);
}

/* The last word gets a breath more where nobody else speaks yet: its end is seldom known to the
 * hundredth. */
void selection_times(const struct session *s, struct selected words, vb_time *from,
                     vb_time *until)
{
    const vb_time breath = 300 * VB_SECOND / 1000;
    *from = vb_timeline_start(s->timeline, words.first);
    *until = vb_timeline_end(s->timeline, words.last) + breath;
    if (words.last + 1 < word_count(s)) {
        vb_time next = vb_timeline_start(s->timeline, words.last + 1);
        *until = next < *until ? next : *until;
    }
    if (*until <= *from)
        *until = *from + VB_SECOND / 10; /* a word that is not spoken has no length */
}
