/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "view/plain_text.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/str.h"

void plain_text_free(struct plain_text *t)
{
    buf_free(&t->text);
    free(t->words.items);
    free(t->sentences.items);
    free(t->lines.items);
    *t = (struct plain_text){0};
}

/* ---- characters ---- */

static bool is_first_byte(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

uint32_t plain_text_count(vb_str text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += is_first_byte(text.data[i]);
    return count;
}

size_t plain_text_byte(vb_str text, uint32_t character)
{
    size_t at = 0;
    for (uint32_t seen = 0; at < text.len; at++)
        if (is_first_byte(text.data[at]) && seen++ == character)
            break;
    return at;
}

void plain_text_clean(vb_str text, struct buf *out)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next(text, &at);
        buf_char(out, c ? c : 0xFFFD);
    }
}

/* ---- making ---- */

static void begin(struct plain_text *t)
{
    buf_clear(&t->text);
    t->length = 0;
    t->words.count = t->sentences.count = t->lines.count = 0;
    t->first_word = VB_NONE;
    t->word_from = 0;
    vec_push(&t->sentences, 0);
    vec_push(&t->lines, 0);
}

static void add(struct plain_text *t, vb_str text)
{
    size_t before = t->text.len;
    plain_text_clean(text, &t->text);
    t->length += plain_text_count(str_from(buf_str(&t->text), before));
}

static void add_word(struct plain_text *t, vb_str word)
{
    vec_push(&t->words, t->length);
    add(t, word);
}

/* "(dit-il.)" and "monde ! »" end as "monde." does. */
static bool ends_sentence(vb_str word)
{
    for (size_t at = word.len; at > 0; at--) {
        if (!is_first_byte(word.data[at - 1]))
            continue;
        size_t next = at - 1;
        uint32_t c = str_next(word, &next);
        if (c == '.' || c == '!' || c == '?' || c == 0x2026)
            return true;
        if (c != ')' && c != ']' && c != '"' && c != 0xBB && c != 0x201D && !is_space(c))
            return false;
    }
    return false;
}

/* Words between spaces. */
static void add_running(struct plain_text *t, vb_str text)
{
    size_t at = 0, from = 0;
    bool inside = false;
    while (at < text.len) {
        size_t here = at;
        bool space = is_space(str_next(text, &at));
        if (space && inside) {
            add(t, str_cut(text, from, at));
            from = at;
        } else if (!space && !inside) {
            vec_push(&t->words, t->length);
            from = here;
        } else if (space) {
            add(t, str_cut(text, here, at));
        }
        if (text.data[here] == '\n')
            vec_push(&t->lines, t->length);
        inside = !space;
    }
    if (inside)
        add(t, str_from(text, from));
}

static void add_name(struct plain_text *t, const struct vb_transcript *transcript,
                     const struct vb_paragraph *p)
{
    const struct vb_turn *turn = p->turn == VB_NONE ? NULL : vb_turn(transcript, p->turn);
    vb_str name = turn ? vb_turn_speakers(transcript, p->turn) : VB_STR("");
    if (!name.len || turn->first_word != p->first_word)
        return;
    struct buf label = {0};
    buf_add(&label, name);
    buf_printf(&label, _("%s: "), "");
    add_running(t, buf_str(&label));
    buf_free(&label);
}

static void add_words(struct plain_text *t, const struct vb_transcript *transcript,
                      const struct vb_paragraph *p)
{
    t->first_word = p->word_count ? p->first_word : VB_NONE;
    t->word_from = (uint32_t)t->words.count;
    for (uint32_t i = 0; i < p->word_count; i++) {
        uint32_t word = p->first_word + i;
        if (i && !(vb_word_marks(transcript, word) & VB_GLUED))
            add(t, VB_STR(" "));
        if (i && ends_sentence(vb_word_text(transcript, word - 1)))
            vec_push(&t->sentences, t->length);
        add_word(t, vb_word_text(transcript, word));
    }
}

/* Where the window breaks the paragraph. */
static void add_lines(struct plain_text *t, const struct screen *on, uint32_t block)
{
    const struct layout_block *b = &on->layout->blocks[block];
    for (uint32_t i = 1; i < layout_line_count(on->layout, block); i++) {
        const struct layout_line *line = &on->layout->lines.items[b->first_line + i];
        vb_str word = vb_word_text(on->laid_transcript, line->word);
        uint32_t at =
            plain_text_offset(t, line->word) + plain_text_count(str_cut(word, 0, line->at));
        if (at > t->lines.items[t->lines.count - 1] && at < t->length)
            vec_push(&t->lines, at);
    }
}

void plain_text_of_block(struct plain_text *t, const struct screen *on, uint32_t block)
{
    const struct vb_transcript *transcript = on->laid_transcript;
    struct vb_block b = vb_block(transcript, block);
    begin(t);
    if (b.kind == VB_BLOCK_SECTION)
        add_running(t, vb_section(transcript, b.index)->title);
    else if (b.kind == VB_BLOCK_MARKER)
        add_running(t, vb_marker(transcript, b.index)->text);
    else {
        const struct vb_paragraph *p = vb_paragraph(transcript, b.index);
        add_name(t, transcript, p);
        add_words(t, transcript, p);
        add_lines(t, on, block);
    }
    if (!t->words.count)
        vec_push(&t->words, 0);
}

void plain_text_of_line(struct plain_text *t, vb_str line)
{
    begin(t);
    add_running(t, line);
    if (!t->words.count)
        vec_push(&t->words, 0);
}

/* ---- finding ---- */

static uint32_t last_not_after(const uint32_t *starts, size_t count, uint32_t at)
{
    size_t low = 0, high = count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low;
}

static struct plain_range around(const struct plain_text *t, const uint32_t *starts,
                                 size_t count, uint32_t at)
{
    uint32_t i = last_not_after(starts, count, at);
    uint32_t from = i == 0 ? 0 : starts[i];
    return (struct plain_range){from, i + 1 < count ? starts[i + 1] : t->length};
}

struct plain_range plain_text_part(const struct plain_text *t, enum plain_part part,
                                   uint32_t at)
{
    if (at >= t->length)
        at = t->length ? t->length - 1 : 0;
    switch (part) {
    case PLAIN_CHARACTER:
        return (struct plain_range){at, at < t->length ? at + 1 : at};
    case PLAIN_WORD:
        return around(t, t->words.items, t->words.count, at);
    case PLAIN_SENTENCE:
        return around(t, t->sentences.items, t->sentences.count, at);
    case PLAIN_LINE:
        return around(t, t->lines.items, t->lines.count, at);
    case PLAIN_ALL:
        break;
    }
    return (struct plain_range){0, t->length};
}

vb_str plain_text_cut(const struct plain_text *t, struct plain_range range)
{
    vb_str all = buf_str(&t->text);
    size_t from = plain_text_byte(all, range.from);
    vb_str rest = str_from(all, from);
    uint32_t count = range.until > range.from ? range.until - range.from : 0;
    return str_cut(rest, 0, plain_text_byte(rest, count));
}

uint32_t plain_text_offset(const struct plain_text *t, uint32_t word)
{
    size_t i = t->first_word == VB_NONE || word < t->first_word
                   ? 0
                   : t->word_from + (size_t)(word - t->first_word);
    return i < t->words.count ? t->words.items[i] : t->length;
}

uint32_t plain_text_word(const struct plain_text *t, uint32_t at)
{
    uint32_t i = last_not_after(t->words.items, t->words.count, at);
    bool is_word = t->first_word != VB_NONE && i >= t->word_from;
    return is_word ? t->first_word + i - t->word_from : VB_NONE;
}
