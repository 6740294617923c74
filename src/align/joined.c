/* SPDX-License-Identifier: GPL-3.0-or-later */
/* espeak-ng's dictionaries hold rows of words that are said in one: "has been", "do so", "parce
 * que".  It tells of the first of them alone, so that its phones would be those of all.  They
 * are divided by how each of the words is said alone: the two rows are laid side by side with
 * the fewest edits (Wagner and Fischer 1974), and a phone goes with the one beside it.  People
 * who speak slowly say them one by one: that is a way, too. */
#include "align/joined.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"

enum { RUN_MOST = 6 }; /* words said in one */

/* ---- dividing ---- */

typedef uint8_t edit_table[JOINED_PHONES + 1][JOINED_PHONES + 1];

static void count_edits(const struct joined_row *lone, const struct joined_row *said,
                        edit_table edits)
{
    for (uint32_t i = 0; i <= lone->count; i++)
        for (uint32_t k = 0; k <= said->count; k++) {
            if (i == 0 || k == 0) {
                edits[i][k] = (uint8_t)(i + k);
                continue;
            }
            int changed = edits[i - 1][k - 1] + (lone->phone[i - 1] != said->phone[k - 1]);
            int left_out = edits[i - 1][k] + 1, added = edits[i][k - 1] + 1;
            int least = left_out < added ? left_out : added;
            edits[i][k] = (uint8_t)(changed < least ? changed : least);
        }
}

void joined_divide(const struct joined_row *lone, struct joined_row *said)
{
    edit_table edits;
    uint32_t i = lone->count, k = said->count;
    count_edits(lone, said, edits);
    while (k > 0) {
        uint8_t beside = lone->word[i ? i - 1 : 0];
        if (i > 0 && edits[i][k] == edits[i - 1][k] + 1) {
            i--;
            continue;
        }
        said->word[k - 1] = beside;
        bool added = i == 0 || edits[i][k] == edits[i][k - 1] + 1;
        i -= !added;
        k--;
    }
}

/* ---- a run of words ---- */

static void spell(const struct script *s, uint32_t word, struct synthesiser *v,
                  struct phones *phones, uint8_t number, struct joined_row *lone)
{
    vb_str text = vb_word_text(s->transcript, s->words.items[word].word);
    struct buf said = {0};
    for (size_t at = 0; at < text.len;)
        buf_char(&said, script_sayable(str_next(text, &at)));
    uint32_t room = JOINED_PHONES - lone->count;
    uint32_t count = synthesiser_spell(v, said.data ? said.data : "", phones,
                                       lone->phone + lone->count, room);
    for (uint32_t i = 0; i < count; i++)
        lone->word[lone->count++] = number;
    buf_free(&said);
}

/* The phones of one word in a row, as a new way of it. */
static void add_part(struct script *s, uint32_t word, const struct joined_row *said,
                     uint8_t number)
{
    uint8_t part[JOINED_PHONES];
    uint32_t count = 0;
    for (uint32_t i = 0; i < said->count; i++)
        if (said->word[i] == number)
            part[count++] = said->phone[i];
    script_add_way(s, &s->words.items[word], part, count);
}

static bool has_part(const struct joined_row *said, uint8_t number)
{
    for (uint32_t i = 0; i < said->count; i++)
        if (said->word[i] == number)
            return true;
    return false;
}

/* The words [first, end), of which the first has the ways of all. */
static void part_run(struct script *s, uint32_t first, uint32_t end,
                     const struct joined_row *lone)
{
    const struct script_word whole = s->words.items[first];
    s->words.items[first].way_count = 0;
    for (uint32_t i = 0; i < whole.way_count; i++) {
        const struct way way = s->ways.items[whole.first_way + i];
        struct joined_row said = {.count =
                                      way.count < JOINED_PHONES ? way.count : JOINED_PHONES};
        memcpy(said.phone, s->phones.items + way.first, said.count);
        joined_divide(lone, &said);
        for (uint32_t word = first; word < end && has_part(&said, 0); word++)
            add_part(s, word, &said, (uint8_t)(word - first));
    }
    if (s->words.items[first].way_count == 0)
        s->words.items[first] = whole;
    for (uint32_t word = first; word < end; word++)
        add_part(s, word, lone, (uint8_t)(word - first));
}

static bool is_silent(const struct script *s, uint32_t word)
{
    const struct script_word *w = &s->words.items[word];
    return w->way_count == 0 && w->gap == GAP_INSIDE;
}

void joined_part(struct script *s, struct synthesiser *v, struct phones *phones)
{
    uint32_t end;
    for (uint32_t first = 0; first < s->words.count; first = end) {
        for (end = first + 1; end < s->words.count && is_silent(s, end);)
            end++;
        if (end == first + 1 || end - first > RUN_MOST || !s->words.items[first].way_count)
            continue;
        struct joined_row lone = {.count = 0};
        for (uint32_t word = first; word < end; word++)
            spell(s, word, v, phones, (uint8_t)(word - first), &lone);
        if (lone.count && lone.word[lone.count - 1] > 0)
            part_run(s, first, end, &lone);
    }
}
