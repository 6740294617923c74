/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything a reader says about a page, until it is frozen.
 *
 * Rows grow in vectors; builder_finish.c freezes them. */
#include "transcript/builder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "transcript/building.h"

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

void builder_free_rows(struct builder *b)
{
    void *const rows[] = {b->words.items,     b->marks.items,      b->stated.items,
                          b->turns.items,     b->speakers.items,   b->turn_speakers.items,
                          b->sections.items,  b->paragraphs.items, b->markers.items,
                          b->blocks.items,    b->metadata.items,   b->notes.items,
                          b->footnotes.items, b->lines.items,      b->lent.items,
                          b->sure.items,      b->doubts.items,     b->asides.items};
    for (size_t i = 0; i < COUNT(rows); i++)
        free(rows[i]);
    speaker_names_free(&b->names);
    buf_free(&b->text);
    buf_free(&b->scratch);
    free(b);
}

void builder_free(struct builder *b)
{
    if (!b)
        return;
    arena_free(&b->arena);
    builder_free_rows(b);
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
    if (b->notes.count >= NOTES_MAX) {
        b->untold++;
        return;
    }
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

uint32_t builder_find_speaker(const struct builder *b, vb_str name)
{
    uint32_t found = speaker_names_find(&b->names, name);
    if (found != VB_NONE || !b->lent.count)
        return found;
    /* Aliases are written into the rows; take up those that came since the last look. */
    struct builder *caching = (struct builder *)b;
    for (size_t i = 0; i < b->lent.count; i++) {
        const struct vb_speaker *row = &b->speakers.items[b->lent.items[i]];
        if (row->alias.len)
            speaker_names_know(&caching->names, row->alias, b->lent.items[i], &caching->arena);
    }
    caching->lent.count = 0;
    return speaker_names_find(&b->names, name);
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
    speaker_names_know(&b->names, name, (uint32_t)b->speakers.count - 1, &b->arena);
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
