/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything a reader says about a page, until it is frozen.
 *
 * Rows grow in vectors; builder_finish() copies them into the snapshot's arena at their final
 * size, fills in what follows from the whole (counts, names of turns, which markers can serve),
 * and checks that the promises of transcript.h hold. */
#include "transcript/builder.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#include "base/i18n.h"
#include "base/str.h"
#include "transcript/building.h"
#include "transcript/markers.h"

/* Room for what a long source is likely to hold: growing step by step would copy it all again
 * and again.  Room that is not used costs nothing. */
static void make_room(struct builder *b)
{
    enum { LONG = 64 * 1024, BYTES_A_WORD = 6 };
    size_t len = b->source.len;
    if (len < LONG)
        return;
    b->text.room = len;
    b->text.data = mem_grow(NULL, len);
    b->text.data[0] = '\0';
    vec_reserve(&b->words, len / BYTES_A_WORD);
    vec_reserve(&b->marks, len / BYTES_A_WORD);
}

struct builder *builder_new(vb_str source)
{
    struct builder *b = mem_new(sizeof *b);
    b->source = source;
    b->duration = VB_NO_TIME;
    b->variant = b->title = VB_STR("");
    make_room(b);
    return b;
}

static void free_vectors(struct builder *b)
{
    void *const rows[] = {
        b->words.items,     b->marks.items,         b->stated.items,   b->turns.items,
        b->speakers.items,  b->turn_speakers.items, b->sections.items, b->paragraphs.items,
        b->markers.items,   b->blocks.items,        b->metadata.items, b->notes.items,
        b->footnotes.items, b->lines.items,         b->lent.items,     b->name_slots,
        b->sure.items,      b->doubts.items,        b->asides.items};
    for (size_t i = 0; i < COUNT(rows); i++)
        free(rows[i]);
    buf_free(&b->text);
    buf_free(&b->scratch);
    free(b);
}

void builder_free(struct builder *b)
{
    if (!b)
        return;
    arena_free(&b->arena);
    free_vectors(b);
}

/* ---- files beside ---- */

void builder_companions(struct builder *b, const struct vb_companions *companions)
{
    b->companions = companions;
}

static bool put_bytes(void *to, vb_str bytes)
{
    buf_add(to, bytes);
    return true;
}

bool builder_fetch(const struct builder *b, vb_str name, struct buf *into)
{
    buf_clear(into);
    return b->companions && b->companions->fetch(b->companions->context, name, put_bytes, into);
}

/* ---- texts that are one line ---- */

/* Bytes.  An identifier may stand for a name of a megabyte, and be used a million times. */
enum { NAME_MAX_BYTES = 400, TITLE_MAX = 4000 };

/* At most so many bytes, whole characters; that something was left out is said once. */
static vb_str shorten(struct builder *b, vb_str text, size_t most)
{
    size_t len = text.len < most ? text.len : most;
    if (len == text.len)
        return text;
    while (len > 0 && ((unsigned char)text.data[len] & 0xC0) == 0x80)
        len--;
    if (!b->shortened)
        builder_note(b, VB_WARNING, (struct vb_span){0, 0},
                     _("a name or a title is longer than %zu bytes; its beginning is shown"),
                     most);
    b->shortened = true;
    return str_cut(text, 0, len);
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

/* A copy that lives with the transcript, in one line: whoever writes a name or a title writes
 * it as part of one. */
static vb_str keep_line(struct builder *b, vb_str text, size_t most)
{
    vb_str kept = builder_keep(b, shorten(b, text, most));
    char *bytes = (char *)kept.data; /* our own copy */
    size_t len = 0;
    bool gap = false; /* a line's end was there: the spaces around it are one */
    for (size_t i = 0; i < kept.len; i++) {
        bool control = is_control(bytes[i]), space = len && bytes[len - 1] == ' ';
        if ((control && space) || (gap && bytes[i] == ' '))
            continue;
        gap = control;
        bytes[len++] = control ? ' ' : bytes[i];
    }
    return str_trim((vb_str){bytes, len});
}

/* ---- about the whole ---- */

void builder_variant(struct builder *b, const char *variant)
{
    b->variant = builder_keep(b, str_of(variant));
}

void builder_title(struct builder *b, vb_str title)
{
    b->title = keep_line(b, title, TITLE_MAX);
}

void builder_duration(struct builder *b, vb_time stated)
{
    b->duration = stated;
}

void builder_styles(struct builder *b, uint32_t count)
{
    b->styles += count;
}

vb_str builder_keep(struct builder *b, vb_str text)
{
    return arena_str(&b->arena, text);
}

void builder_meta(struct builder *b, vb_str label, vb_str value, vb_str link,
                  struct vb_span span)
{
    vec_push(&b->metadata,
             (struct vb_meta){keep_line(b, label, NAME_MAX_BYTES),
                              keep_line(b, value, SIZE_MAX), builder_keep(b, link), span});
}

/* Where each line begins; found once, when the first note asks. */
static void find_lines(struct builder *b)
{
    size_t at = 0;
    vb_str line;
    vec_push(&b->lines, 0);
    while (str_line(b->source, &at, &line))
        vec_push(&b->lines, (uint32_t)at);
}

uint32_t builder_line_of(const struct builder *builder, uint32_t at)
{
    struct builder *b = (struct builder *)builder; /* the index is a cache */
    if (!b->lines.count)
        find_lines(b);
    size_t low = 0, high = b->lines.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (b->lines.items[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return (uint32_t)low + 1;
}

/* A page that is wrong in every line must not drown the reader, nor the memory. */
enum { NOTES_MAX = 1000 };

void builder_note(struct builder *b, enum vb_severity severity, struct vb_span span,
                  const char *format, ...)
{
    if (b->notes.count >= NOTES_MAX)
        return;
    char text[512];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    str_end_whole(text, sizeof text);
    uint32_t line = span.at || span.len ? builder_line_of(b, span.at) : 0;
    vec_push(&b->notes, (struct vb_note){severity, line, span, builder_keep(b, str_of(text))});
}

/* ---- speakers ---- */

/* Case folding of what names in Latin letters are mostly made of, composed as they are mostly
 * written; 0: not one of these. */
static uint32_t fold_latin(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    bool is_capital = c >= 0xC0 && c <= 0xDE, is_letter = c >= 0xE0 && c <= 0xFF;
    if (c == 0xD7 || c == 0xF7 || !(is_capital || is_letter))
        return c == 0x152 || c == 0x153 ? 0x153 : c == 0x2019 ? c : 0;
    return is_capital ? c + 0x20 : c;
}

/* False: there is a character that needs the whole of Unicode's tables. */
static bool fold_quickly(vb_str name, struct buf *into)
{
    bool gap = false;
    buf_clear(into);
    for (size_t at = 0; at < name.len;) {
        uint32_t c = str_next(name, &at), folded = is_space(c) ? ' ' : fold_latin(c);
        if (!folded)
            return false;
        if (folded != ' ' && gap && into->len)
            buf_putc(into, ' ');
        gap = folded == ' ';
        if (!gap)
            buf_char(into, folded);
    }
    return true;
}

void name_fold(vb_str name, struct buf *into)
{
    if (fold_quickly(name, into))
        return;
    struct buf spaced = {0};
    bool gap = false;
    for (size_t at = 0; at < name.len;) {
        uint32_t c = str_next(name, &at);
        if (is_space(c)) {
            gap = spaced.len > 0;
            continue;
        }
        if (gap)
            buf_putc(&spaced, ' ');
        gap = false;
        buf_char(&spaced, c);
    }
    size_t len = 0;
    uint8_t *folded = u8_casefold((const uint8_t *)buf_str(&spaced).data, spaced.len, NULL,
                                  UNINORM_NFC, NULL, &len);
    buf_clear(into);
    buf_add(into, folded ? (vb_str){(char *)folded, len} : buf_str(&spaced));
    free(folded);
    buf_free(&spaced);
}

static uint32_t hash(vb_str text)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < text.len; i++)
        h = (h ^ (uint8_t)text.data[i]) * 16777619u;
    return h;
}

/* The slot where a folded name stands, or the empty one where it would. */
static struct name_slot *slot_of(const struct builder *b, vb_str folded)
{
    uint32_t i = hash(folded) & (b->slot_count - 1);
    while (b->name_slots[i].name.data && !str_is(b->name_slots[i].name, folded))
        i = (i + 1) & (b->slot_count - 1);
    return &b->name_slots[i];
}

static void make_room_for_names(struct builder *b)
{
    if (b->name_count * 2 < b->slot_count)
        return;
    struct name_slot *old = b->name_slots;
    uint32_t old_count = b->slot_count;
    b->slot_count = old_count ? old_count * 2 : 64;
    b->name_slots = mem_new(b->slot_count * sizeof *b->name_slots);
    for (uint32_t i = 0; i < old_count; i++)
        if (old[i].name.data)
            *slot_of(b, old[i].name) = old[i];
    free(old);
}

static void know_name(struct builder *b, vb_str name, uint32_t speaker)
{
    make_room_for_names(b);
    name_fold(name, &b->scratch);
    struct name_slot *slot = slot_of(b, buf_str(&b->scratch));
    if (slot->name.data)
        return;
    *slot = (struct name_slot){builder_keep(b, buf_str(&b->scratch)), speaker};
    b->name_count++;
}

static uint32_t known(const struct builder *b, vb_str name)
{
    if (!b->slot_count)
        return VB_NONE;
    struct buf folded = {0};
    name_fold(name, &folded);
    const struct name_slot *slot = slot_of(b, buf_str(&folded));
    uint32_t speaker = slot->name.data ? slot->speaker : VB_NONE;
    buf_free(&folded);
    return speaker;
}

uint32_t builder_find_speaker(const struct builder *b, vb_str name)
{
    uint32_t found = known(b, name);
    if (found != VB_NONE || !b->lent.count)
        return found;
    /* Aliases are written into the rows; take up those that came since the last look. */
    struct builder *caching = (struct builder *)b;
    for (size_t i = 0; i < b->lent.count; i++) {
        const struct vb_speaker *row = &b->speakers.items[b->lent.items[i]];
        if (row->alias.len)
            know_name(caching, row->alias, b->lent.items[i]);
    }
    caching->lent.count = 0;
    return known(b, name);
}

uint32_t builder_speaker(struct builder *b, vb_str name)
{
    name = shorten(b, name, NAME_MAX_BYTES);
    uint32_t found = builder_find_speaker(b, name);
    if (found != VB_NONE)
        return found;
    vb_str none = VB_STR("");
    vec_push(&b->speakers,
             (struct vb_speaker){keep_line(b, name, SIZE_MAX), none, none, none, false, 0, 0});
    know_name(b, name, (uint32_t)b->speakers.count - 1);
    return (uint32_t)b->speakers.count - 1;
}

struct vb_speaker *builder_speaker_row(struct builder *b, uint32_t speaker)
{
    vec_push(&b->lent, speaker);
    return &b->speakers.items[speaker];
}

/* ---- the page ---- */

static void add_block(struct builder *b, enum vb_block_kind kind, size_t index)
{
    vec_push(&b->blocks, (struct vb_block){kind, (uint32_t)index});
}

void builder_section(struct builder *b, vb_str title, uint32_t level, vb_time time,
                     struct vb_span span)
{
    add_block(b, VB_BLOCK_SECTION, b->sections.count);
    vec_push(&b->sections, (struct vb_section){keep_line(b, title, TITLE_MAX), level,
                                               (uint32_t)b->words.count, time, span});
}

void builder_marker(struct builder *b, vb_time time, vb_str text, struct vb_span span)
{
    add_block(b, VB_BLOCK_MARKER, b->markers.count);
    vec_push(&b->markers, (struct vb_marker){time, builder_keep(b, text),
                                             (uint32_t)b->words.count, true, span});
}

void builder_turn(struct builder *b, const uint32_t *speakers, size_t count, vb_str label,
                  struct vb_span span)
{
    uint32_t first = (uint32_t)b->turn_speakers.count;
    for (size_t i = 0; i < count; i++)
        vec_push(&b->turn_speakers, speakers[i]);
    vec_push(&b->turns, (struct vb_turn){
                            .first_speaker = first,
                            .speaker_count = (uint32_t)count,
                            .first_word = (uint32_t)b->words.count,
                            .first_paragraph = (uint32_t)b->paragraphs.count,
                            .label = builder_keep(b, shorten(b, label, NAME_MAX_BYTES)),
                            .span = span,
                        });
}

void builder_paragraph(struct builder *b, enum vb_paragraph_kind kind, vb_time start,
                       vb_time end, struct vb_span span)
{
    add_block(b, VB_BLOCK_PARAGRAPH, b->paragraphs.count);
    vec_push(&b->paragraphs,
             (struct vb_paragraph){
                 .kind = kind,
                 .turn = b->turns.count ? (uint32_t)b->turns.count - 1 : VB_NONE,
                 .first_word = (uint32_t)b->words.count,
                 .start = start,
                 .end = end,
                 .span = span,
             });
}

void builder_runs_on(struct builder *b)
{
    if (b->paragraphs.count)
        b->paragraphs.items[b->paragraphs.count - 1].runs_on = true;
}

void builder_judge(struct builder *b, const struct vb_judgement *judgements, size_t count)
{
    b->judgements = judgements;
    b->judgement_count = count;
}

const struct vb_judgement *builder_judgement(const struct builder *b, vb_str label)
{
    struct buf wanted = {0}, given = {0};
    const struct vb_judgement *found = NULL;
    for (size_t i = b->judgement_count; i-- > 0 && !found;) { /* the newest counts */
        buf_clear(&wanted);
        buf_clear(&given);
        name_fold(label, &wanted);
        name_fold(b->judgements[i].label, &given);
        found = str_is(buf_str(&wanted), buf_str(&given)) ? &b->judgements[i] : NULL;
    }
    buf_free(&wanted);
    buf_free(&given);
    return found;
}

void builder_doubt(struct builder *b, vb_str label, struct vb_span span, bool is_speaker,
                   bool is_told)
{
    vec_push(&b->doubts,
             (struct vb_doubtful_label){builder_keep(b, label), builder_line_of(b, span.at),
                                        span, is_speaker, is_told});
}

/* A long note that is used a hundred thousand times is told, and not kept each time. */
enum { FOOTNOTES_MAX_BYTES = 64 << 20 };

void builder_footnote(struct builder *b, vb_str text)
{
    if (!b->words.count)
        return;
    uint32_t word = (uint32_t)b->words.count - 1;
    if (b->footnote_bytes <= FOOTNOTES_MAX_BYTES &&
        b->footnote_bytes + text.len > FOOTNOTES_MAX_BYTES)
        builder_note(b, VB_WARNING, (struct vb_span){0, 0},
                     _("the notes hold more than %d MB; the last ones are not shown"),
                     FOOTNOTES_MAX_BYTES >> 20);
    b->footnote_bytes += text.len;
    if (b->footnote_bytes > FOOTNOTES_MAX_BYTES)
        return;
    b->marks.items[word] |= VB_FOOTNOTE;
    vec_push(&b->footnotes, (struct vb_footnote){word, builder_keep(b, text)});
}

void builder_aside(struct builder *b, enum vb_aside_kind kind, vb_str text)
{
    vec_push(&b->asides,
             (struct vb_aside){(uint32_t)b->paragraphs.count, kind, builder_keep(b, text)});
}

/* ---- freezing ---- */

/* Paragraphs and turns end where the next one begins. */
static void close_paragraphs(struct builder *b)
{
    for (size_t i = 0; i < b->paragraphs.count; i++) {
        struct vb_paragraph *p = &b->paragraphs.items[i];
        size_t next = i + 1 < b->paragraphs.count ? p[1].first_word : b->words.count;
        p->word_count = (uint32_t)next - p->first_word;
    }
    for (size_t i = 0; i < b->turns.count; i++) {
        struct vb_turn *turn = &b->turns.items[i];
        bool last = i + 1 == b->turns.count;
        turn->word_count =
            (uint32_t)(last ? b->words.count : turn[1].first_word) - turn->first_word;
        turn->paragraph_count =
            (uint32_t)(last ? b->paragraphs.count : turn[1].first_paragraph) -
            turn->first_paragraph;
    }
}

static uint32_t spoken_in(const struct builder *b, uint32_t first, uint32_t count)
{
    uint32_t spoken = 0;
    for (uint32_t word = first; word < first + count; word++)
        spoken += !(b->marks.items[word] & VB_UNSPOKEN);
    return spoken;
}

static void count_speakers(struct builder *b)
{
    for (size_t i = 0; i < b->turns.count; i++) {
        const struct vb_turn *turn = &b->turns.items[i];
        uint32_t spoken = spoken_in(b, turn->first_word, turn->word_count);
        for (uint32_t s = 0; s < turn->speaker_count; s++) {
            uint32_t speaker = b->turn_speakers.items[turn->first_speaker + s];
            b->speakers.items[speaker].turns++;
            b->speakers.items[speaker].words += spoken;
        }
    }
}

static vb_str names_of_turn(struct builder *b, const struct vb_turn *turn)
{
    if (turn->speaker_count == 1)
        return b->speakers.items[b->turn_speakers.items[turn->first_speaker]].name;
    buf_clear(&b->scratch);
    for (uint32_t i = 0; i < turn->speaker_count; i++) {
        if (i)
            buf_puts(&b->scratch, ", ");
        buf_add(&b->scratch,
                b->speakers.items[b->turn_speakers.items[turn->first_speaker + i]].name);
    }
    return builder_keep(b, buf_str(&b->scratch));
}

static const vb_str *name_turns(struct builder *b)
{
    vb_str *names = arena_new(&b->arena, b->turns.count * sizeof *names);
    for (size_t i = 0; i < b->turns.count; i++)
        names[i] = names_of_turn(b, &b->turns.items[i]);
    return names;
}

/* Paragraphs hold all words, in order; turns hold whole paragraphs. */
static void check_promises(const struct vb_transcript *t)
{
    uint32_t words = 0;
    for (uint32_t i = 0; i < t->paragraph_count; i++) {
        assert(t->paragraphs[i].first_word == words);
        words += t->paragraphs[i].word_count;
        assert(t->paragraphs[i].turn == VB_NONE || t->paragraphs[i].turn < t->turn_count);
    }
    assert(words == t->word_count);
    for (uint32_t i = 0; i < t->turn_count; i++) {
        const struct vb_turn *turn = &t->turns[i];
        words = 0;
        for (uint32_t p = turn->first_paragraph;
             p < turn->first_paragraph + turn->paragraph_count; p++)
            words += t->paragraphs[p].word_count;
        assert(words == turn->word_count);
    }
    (void)words;
}

#define FREEZE(vector)                                                                         \
    memcpy_into(&b->arena, b->vector.items, b->vector.count * sizeof *b->vector.items)

static const void *memcpy_into(struct arena *arena, const void *from, size_t size)
{
    void *copy = arena_new(arena, size);
    return size ? memcpy(copy, from, size) : copy;
}

static void freeze_rows(struct builder *b, struct vb_transcript *t)
{
    struct rows_piece *piece = arena_new(&b->arena, sizeof *piece);
    piece->rows =
        rows_new(b->words.items, b->marks.items, (uint32_t)b->words.count, b->text.data);
    t->pieces = piece;
    t->piece_count = 1;
    t->stated = b->any_stated ? FREEZE(stated) : NULL;
    while (b->sure.count && b->sure.count < b->words.count)
        vec_push(&b->sure, 0);
    t->sure = b->sure.count ? FREEZE(sure) : NULL;
    t->paragraphs = FREEZE(paragraphs);
    t->turns = FREEZE(turns);
    t->turn_speakers = FREEZE(turn_speakers);
    t->speakers = FREEZE(speakers);
    t->sections = FREEZE(sections);
    t->markers = FREEZE(markers);
    t->blocks = FREEZE(blocks);
    t->metadata = FREEZE(metadata);
    t->notes = FREEZE(notes);
    t->footnotes = FREEZE(footnotes);
    t->asides = FREEZE(asides);
    t->doubts = FREEZE(doubts);
}

static void freeze_counts(const struct builder *b, struct vb_transcript *t)
{
    t->word_count = (uint32_t)b->words.count;
    t->spoken_count = spoken_in(b, 0, t->word_count);
    t->paragraph_count = (uint32_t)b->paragraphs.count;
    t->turn_count = (uint32_t)b->turns.count;
    t->speaker_count = (uint32_t)b->speakers.count;
    t->section_count = (uint32_t)b->sections.count;
    t->marker_count = (uint32_t)b->markers.count;
    t->block_count = (uint32_t)b->blocks.count;
    t->meta_count = b->metadata.count;
    t->note_count = b->notes.count;
    t->footnote_count = b->footnotes.count;
    t->aside_count = b->asides.count;
    t->doubt_count = b->doubts.count;
}

static void tell_of_controls(struct builder *b)
{
    if (b->controls)
        builder_note(b, VB_WARNING, b->first_control,
                     P_("%u control character stands in the text; it is shown as U+FFFD",
                        "%u control characters stand in the text; they are shown as U+FFFD",
                        b->controls),
                     b->controls);
}

struct vb_transcript *builder_finish(struct builder *b)
{
    tell_of_controls(b);
    close_paragraphs(b);
    count_speakers(b);
    markers_judge(b);
    struct vb_transcript *t = mem_new(sizeof *t);
    atomic_init(&t->references, 1);
    t->serial = transcript_serial();
    t->turn_names = name_turns(b);
    freeze_rows(b, t);
    freeze_counts(b, t);
    t->title = b->title;
    t->variant = b->variant;
    t->duration = b->duration;
    t->styles = b->styles;
    check_promises(t);
    t->arena = b->arena;
    free_vectors(b);
    return t;
}
