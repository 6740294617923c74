/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page after a small correction. */
#include "transcript/patch.h"

#include <string.h>

#include "base/str.h"
#include "transcript/builder.h"
#include "transcript/snapshot.h"

/* Shorter paragraphs may be headings, labels or directions to a reader; a label ends before. */
enum { LEAST_SOURCE = 160 };

/* Every word is looked for among the pieces: after so many the page is read anew. */
enum { PIECES_MAX = 256 };

struct patch_of {
    const struct vb_transcript *t;
    uint32_t paragraph;
    uint32_t at, len;    /* of the paragraph's source, from its first word to its last */
    struct vb_span span; /* what goes */
    vb_str with;         /* what comes */
    uint32_t grown;      /* bytes that what follows moves; may wrap round, as it is added */
    const struct vb_transcript *words; /* of the paragraph alone, as it is now */
};

/* ---- may it be patched? ---- */

/* Letters and the signs of prose that no format takes for anything else. */
static bool is_prose(vb_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next(text, &at);
        bool sign = c == ' ' || c == ',' || c == '.' || c == 0xA0 || c == 0x202F || c == '?' ||
                    c == '!' || c == ';' || c == 0x2019;
        if (!sign && (!is_letter_or_digit(c) || (c >= '0' && c <= '9')))
            return false;
    }
    return true;
}

/* Signs of which some format makes markup, a direction or the edge of a value: what a letter
 * beside them brings about only its reader knows. */
static bool may_be_markup(vb_str source)
{
    static const char signs[] = "*_`~\\&<>[]{}|#=\"\t";
    for (size_t i = 0; i < sizeof signs - 1; i++)
        if (str_find_char(source, signs[i]) != STR_NOT_FOUND)
            return true;
    return str_find(source, VB_STR("''")) != STR_NOT_FOUND;
}

static uint32_t paragraph_at(const struct vb_transcript *t, uint32_t place)
{
    uint32_t low = 0, high = t->word_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (word_span(t, middle).at <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? vb_paragraph_of_word(t, low - 1) : VB_NONE;
}

/* Inside the paragraph, behind its first words and before its last. */
static bool lies_inside(const struct patch_of *p, vb_str source)
{
    const struct vb_paragraph *row = &p->t->paragraphs[p->paragraph];
    if (row->word_count < 8 || p->len < LEAST_SOURCE)
        return false;
    struct vb_span third = word_span(p->t, row->first_word + 2);
    struct vb_span last = word_span(p->t, row->first_word + row->word_count - 1);
    size_t colon = str_find_char(source, ':');
    return p->span.at > third.at + third.len && p->span.at + p->span.len < last.at &&
           (colon == STR_NOT_FOUND || p->at + colon < p->span.at) &&
           str_find_char(source, '\n') == STR_NOT_FOUND;
}

static bool is_noted(const struct patch_of *p)
{
    for (size_t i = 0; i < p->t->note_count; i++) {
        struct vb_span span = p->t->notes[i].span;
        if (span.len && span.at < p->at + p->len && span.at + span.len > p->at)
            return true;
    }
    return false;
}

/* ---- the paragraph's words by the bare rules ---- */

static struct vb_transcript *bare_words(vb_str source)
{
    struct builder *b = builder_new(source);
    builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME,
                      (struct vb_span){0, (uint32_t)source.len});
    builder_text(b,
                 &(struct piece){
                     .text = source,
                     .span = {0, (uint32_t)source.len},
                     .start = VB_NO_TIME,
                     .end = VB_NO_TIME
    },
                 1);
    return builder_finish(b);
}

static bool is_same_paragraph(const struct patch_of *p, const struct vb_transcript *bare)
{
    const struct vb_paragraph *row = &p->t->paragraphs[p->paragraph];
    bool same = bare->word_count == row->word_count && row->kind == VB_SPEECH;
    for (uint32_t i = 0; i < row->word_count && same; i++) {
        uint32_t word = row->first_word + i;
        struct vb_span span = word_span(bare, i), wanted = word_span(p->t, word);
        same = span.at + p->at == wanted.at && span.len == wanted.len &&
               vb_word_marks(bare, i) == vb_word_marks(p->t, word) &&
               str_is(vb_word_text(bare, i), vb_word_text(p->t, word));
    }
    return same;
}

/* The source as it will be. */
static void put_source(const struct patch_of *p, vb_str source, struct buf *into)
{
    buf_add(into, str_cut(source, 0, p->span.at - p->at));
    buf_add(into, p->with);
    buf_add(into, str_from(source, p->span.at + p->span.len - p->at));
}

/* `words` filled in; false: read the page anew. */
static bool find_words(struct patch_of *p, vb_str source)
{
    struct buf now = {0};
    struct vb_transcript *before = bare_words(source);
    bool same = is_same_paragraph(p, before);
    vb_transcript_unref(before);
    if (!same)
        return false;
    put_source(p, source, &now);
    if (!may_be_markup(buf_str(&now)))
        p->words = bare_words(buf_str(&now));
    buf_free(&now);
    return p->words && p->words->word_count > 0;
}

/* ---- the rows that follow ---- */

static struct vb_span moved(const struct patch_of *p, struct vb_span span)
{
    if (!span.len && !span.at)
        return span;
    if (span.at > p->span.at)
        span.at += p->grown;
    else if (span.at + span.len > p->span.at)
        span.len += p->grown;
    return span;
}

/* How many words more there are; wraps round. */
static uint32_t more_words(const struct patch_of *p)
{
    return p->words->word_count - p->t->paragraphs[p->paragraph].word_count;
}

static uint32_t spoken(const struct vb_transcript *t, uint32_t first, uint32_t count)
{
    uint32_t words = 0;
    for (uint32_t i = first; i < first + count; i++)
        words += !(vb_word_marks(t, i) & VB_UNSPOKEN);
    return words;
}

/* The same of those that are spoken: signs that stand alone are not. */
static uint32_t more_spoken(const struct patch_of *p)
{
    const struct vb_paragraph *row = &p->t->paragraphs[p->paragraph];
    return spoken(p->words, 0, p->words->word_count) -
           spoken(p->t, row->first_word, row->word_count);
}

static uint32_t moved_word(const struct patch_of *p, uint32_t word)
{
    return word > p->t->paragraphs[p->paragraph].first_word && word != VB_NONE
               ? word + more_words(p)
               : word;
}

static void *copy_rows(struct vb_transcript *now, const void *rows, size_t size)
{
    void *copy = arena_new(&now->arena, size + 1);
    return size ? memcpy(copy, rows, size) : copy;
}

#define COPY(rows, count) copy_rows(now, t->rows, (count) * sizeof *t->rows)

static void move_paragraphs(const struct patch_of *p, struct vb_transcript *now)
{
    const struct vb_transcript *t = p->t;
    struct vb_paragraph *paragraphs = COPY(paragraphs, t->paragraph_count);
    struct vb_turn *turns = COPY(turns, t->turn_count);
    for (uint32_t i = 0; i < t->paragraph_count; i++) {
        paragraphs[i].first_word += i > p->paragraph ? more_words(p) : 0;
        paragraphs[i].span = moved(p, paragraphs[i].span);
    }
    paragraphs[p->paragraph].word_count = p->words->word_count;
    uint32_t turn = paragraphs[p->paragraph].turn;
    for (uint32_t i = 0; i < t->turn_count; i++) {
        turns[i].first_word += turns[i].first_paragraph > p->paragraph ? more_words(p) : 0;
        turns[i].span = moved(p, turns[i].span);
    }
    if (turn != VB_NONE)
        turns[turn].word_count += more_words(p);
    now->paragraphs = paragraphs;
    now->turns = turns;
}

static void move_between(const struct patch_of *p, struct vb_transcript *now)
{
    const struct vb_transcript *t = p->t;
    struct vb_section *sections = COPY(sections, t->section_count);
    struct vb_marker *markers = COPY(markers, t->marker_count);
    struct vb_footnote *footnotes = COPY(footnotes, t->footnote_count);
    for (uint32_t i = 0; i < t->section_count; i++) {
        sections[i].first_word = moved_word(p, sections[i].first_word);
        sections[i].span = moved(p, sections[i].span);
    }
    for (uint32_t i = 0; i < t->marker_count; i++) {
        markers[i].first_word = moved_word(p, markers[i].first_word);
        markers[i].span = moved(p, markers[i].span);
    }
    for (size_t i = 0; i < t->footnote_count; i++)
        footnotes[i].word = moved_word(p, footnotes[i].word);
    now->sections = sections;
    now->markers = markers;
    now->footnotes = footnotes;
}

static void move_about(const struct patch_of *p, struct vb_transcript *now)
{
    const struct vb_transcript *t = p->t;
    struct vb_meta *metadata = COPY(metadata, t->meta_count);
    struct vb_note *notes = COPY(notes, t->note_count);
    struct vb_doubtful_label *doubts = COPY(doubts, t->doubt_count);
    struct vb_speaker *speakers = COPY(speakers, t->speaker_count);
    uint32_t turn = t->paragraphs[p->paragraph].turn;
    for (size_t i = 0; i < t->meta_count; i++)
        metadata[i].span = moved(p, metadata[i].span);
    for (size_t i = 0; i < t->note_count; i++)
        notes[i].span = moved(p, notes[i].span);
    for (size_t i = 0; i < t->doubt_count; i++)
        doubts[i].span = moved(p, doubts[i].span);
    for (uint32_t i = 0; turn != VB_NONE && i < t->turns[turn].speaker_count; i++)
        speakers[t->turn_speakers[t->turns[turn].first_speaker + i]].words += more_spoken(p);
    now->metadata = metadata;
    now->notes = notes;
    now->doubts = doubts;
    now->speakers = speakers;
}

/* ---- the words ---- */

/* The words [first, until) of `t` become words of `now` from `as` on. */
static uint32_t put_pieces(struct rows_piece *into, const struct vb_transcript *t,
                           uint32_t first, uint32_t until, uint32_t as, uint32_t moved)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < t->piece_count; i++) {
        const struct rows_piece *p = &t->pieces[i];
        uint32_t end = i + 1 < t->piece_count ? p[1].first_word : t->word_count;
        uint32_t from = p->first_word > first ? p->first_word : first;
        if (from >= (end < until ? end : until))
            continue;
        into[count++] = (struct rows_piece){
            .first_word = from - first + as,
            .first_row = p->first_row + from - p->first_word,
            .moved = p->moved + moved,
            .rows = rows_ref(p->rows),
        };
    }
    return count;
}

static void join_words(const struct patch_of *p, struct vb_transcript *now)
{
    const struct vb_transcript *t = p->t, *mid = p->words;
    const struct vb_paragraph *row = &t->paragraphs[p->paragraph];
    uint32_t first = row->first_word, behind = first + row->word_count;
    struct rows_piece *pieces = arena_new(&now->arena, (t->piece_count + 3) * sizeof *pieces);
    uint32_t count = put_pieces(pieces, t, 0, first, 0, 0);
    count += put_pieces(pieces + count, mid, 0, mid->word_count, first, p->at);
    count +=
        put_pieces(pieces + count, t, behind, t->word_count, first + mid->word_count, p->grown);
    now->pieces = pieces;
    now->piece_count = count;
    now->word_count = t->word_count + more_words(p);
    now->spoken_count = t->spoken_count + more_spoken(p);
}

/* Names, titles and the order of the page are the first reading's own. */
static struct vb_transcript *build(const struct patch_of *p)
{
    const struct vb_transcript *t = p->t;
    struct vb_transcript *now = mem_new(sizeof *now);
    *now = *t;
    now->arena = (struct arena){0};
    now->serial = transcript_serial();
    now->patched_from = t->serial;
    now->patched = p->paragraph;
    now->patched_words = t->paragraphs[p->paragraph].word_count;
    now->root = vb_transcript_ref(t->root ? t->root : t);
    atomic_init(&now->references, 1);
    join_words(p, now);
    move_paragraphs(p, now);
    move_between(p, now);
    move_about(p, now);
    return now;
}

struct vb_transcript *transcript_patched(const struct vb_transcript *t, vb_str text,
                                         struct vb_span span, vb_str with)
{
    struct patch_of p = {.t = t,
                         .span = span,
                         .with = with,
                         .grown = (uint32_t)with.len - span.len,
                         .paragraph = t->stated || t->sure || t->piece_count > PIECES_MAX
                                          ? VB_NONE
                                          : paragraph_at(t, span.at)};
    if (p.paragraph == VB_NONE || !is_prose(with) ||
        !is_prose(str_cut(text, span.at, span.at + span.len)))
        return NULL;
    const struct vb_paragraph *row = &t->paragraphs[p.paragraph];
    struct vb_span last = word_span(t, row->first_word + row->word_count - 1);
    p.at = word_span(t, row->first_word).at;
    p.len = last.at + last.len - p.at;
    if (last.at < p.at || p.len > text.len - p.at)
        return NULL;
    vb_str source = str_cut(text, p.at, p.at + p.len);
    if (!lies_inside(&p, source) || is_noted(&p))
        return NULL;
    struct vb_transcript *now = find_words(&p, source) ? build(&p) : NULL;
    vb_transcript_unref(p.words);
    return now;
}

bool transcript_is_patched(const struct vb_transcript *before,
                           const struct vb_transcript *after, struct vb_kept *kept)
{
    if (!after->patched_from || after->patched_from != before->serial)
        return false;
    kept->head = after->paragraphs[after->patched].first_word;
    kept->tail = before->word_count - kept->head - after->patched_words;
    return true;
}
