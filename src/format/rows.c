/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paragraphs and the times that may be written for them. */
#include "format/rows.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "transcript/text.h"

/* Known by more than an estimate, or estimates are asked for. */
static bool may_write(const struct rows *rows, uint32_t word)
{
    enum vb_origin origin = vb_timeline_origin(rows->times, word);
    return origin > VB_ESTIMATED || (origin == VB_ESTIMATED && rows->options.estimated);
}

/* The first spoken word of the row, or the last; VB_NONE: all of it is only shown. */
static uint32_t spoken_word(const struct rows *rows, const struct row *row, bool last)
{
    for (uint32_t i = 0; i < row->word_count; i++) {
        uint32_t word = row->first_word + (last ? row->word_count - 1 - i : i);
        if (!(vb_word_marks(rows->t, word) & VB_UNSPOKEN))
            return word;
    }
    return VB_NONE;
}

static void time_start(const struct rows *rows, struct row *row)
{
    uint32_t word = spoken_word(rows, row, false);
    if (row->start != VB_NO_TIME)
        return;
    if (word == VB_NONE && rows->options.estimated) { /* where what follows begins */
        row->start = vb_timeline_start(rows->times, row->first_word);
        row->estimated = true;
    }
    if (word == VB_NONE || !may_write(rows, word))
        return;
    row->start = vb_timeline_start(rows->times, word);
    row->estimated |= vb_timeline_origin(rows->times, word) == VB_ESTIMATED;
}

/* Where a word begins may be known from a mark; where it ends, only by listening. */
static void time_end(const struct rows *rows, struct row *row)
{
    uint32_t word = spoken_word(rows, row, true);
    if (row->end != VB_NO_TIME || word == VB_NONE)
        return;
    vb_time stated = vb_word(rows->t, word).end;
    bool heard = vb_timeline_origin(rows->times, word) == VB_ALIGNED;
    if (stated == VB_NO_TIME && !heard && !rows->options.estimated)
        return;
    row->end = stated != VB_NO_TIME ? stated : vb_timeline_end(rows->times, word);
    row->estimated |= stated == VB_NO_TIME && !heard;
}

/* From behind, with those rows at hand that begin later and later. */
static void find_next(struct rows *rows)
{
    VEC(vb_time) later = {0};
    for (size_t i = rows->count; i-- > 0;) {
        struct row *row = &rows->items[i];
        row->next = VB_NO_TIME;
        if (row->start == VB_NO_TIME)
            continue;
        while (later.count && later.items[later.count - 1] <= row->start)
            later.count--;
        row->next = later.count ? later.items[later.count - 1] : VB_NO_TIME;
        vec_push(&later, row->start);
    }
    free(later.items);
}

void rows_make(struct rows *rows, const struct vb_transcript *t,
               const struct vb_timeline *times, struct vb_write_options options)
{
    *rows = (struct rows){.t = t, .options = options};
    rows->own = times ? NULL : vb_timeline_new(t, VB_NO_TIME);
    rows->times = times ? times : rows->own;
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++) {
        const struct vb_paragraph *p = vb_paragraph(t, i);
        struct row row = {
            .start = p->start,
            .end = p->end,
            .paragraph = i,
            .turn = p->turn,
            .first_word = p->first_word,
            .word_count = p->word_count,
            .stage = p->kind == VB_STAGE,
        };
        if (!p->word_count)
            continue;
        time_start(rows, &row);
        time_end(rows, &row);
        vec_push(rows, row);
    }
    find_next(rows);
}

void rows_free(struct rows *rows)
{
    free(rows->items);
    vb_timeline_free(rows->own);
}

bool rows_all_start(const struct rows *rows, struct vb_error *error)
{
    size_t without = 0, first = 0;
    for (size_t i = rows->count; i-- > 0;)
        if (rows->items[i].start == VB_NO_TIME) {
            without++;
            first = i;
        }
    if (!without)
        return true;
    struct buf text = {0};
    row_text(rows, &rows->items[first], &text);
    vb_str shown = str_cut(buf_str(&text), 0, 40);
    err_set(
        error, VB_UNSUPPORTED,
        P_("the time of %zu paragraph is not known, at “%.*s”; add --estimated, or align it "
           "with its recording first",
           "the times of %zu paragraphs are not known, the first at “%.*s”; add "
           "--estimated, or align them with their recording first",
           without),
        without, (int)shown.len, shown.data);
    buf_free(&text);
    return false;
}

vb_time rows_end(const struct rows *rows, size_t row)
{
    const struct row *r = &rows->items[row];
    if (r->end != VB_NO_TIME || r->next != VB_NO_TIME)
        return r->end != VB_NO_TIME ? r->end : r->next;
    vb_time duration = vb_duration_stated(rows->t);
    return duration != VB_NO_TIME && duration > r->start ? duration : r->start;
}

vb_time section_start(const struct vb_transcript *t, const struct vb_timeline *times,
                      const struct vb_section *section, bool estimated, uint32_t *spoken)
{
    uint32_t word = section->first_word > *spoken ? section->first_word : *spoken;
    while (word < vb_word_count(t) && vb_word_marks(t, word) & VB_UNSPOKEN)
        word++;
    *spoken = word;
    if (section->time != VB_NO_TIME || word >= vb_word_count(t))
        return section->time;
    const struct vb_paragraph *p = vb_paragraph(t, vb_paragraph_of_word(t, word));
    if (p->first_word == word && p->start != VB_NO_TIME)
        return p->start;
    bool known = vb_timeline_origin(times, word) > VB_ESTIMATED;
    return known || estimated ? vb_timeline_start(times, word) : VB_NO_TIME;
}

void row_text(const struct rows *rows, const struct row *row, struct buf *out)
{
    bool brackets =
        row->stage && stage_lacks_brackets(rows->t, row->first_word, row->word_count);
    buf_puts(out, brackets ? "[" : "");
    text_of_words(rows->t, row->first_word, row->word_count, out);
    buf_puts(out, brackets ? "]" : "");
}

bool stage_lacks_brackets(const struct vb_transcript *t, uint32_t first_word, uint32_t count)
{
    vb_str word = count ? vb_word_text(t, first_word) : VB_STR("[");
    return !str_starts(word, "[") && !str_starts(word, "(");
}

vb_str name_without_colon(vb_str name)
{
    while (str_ends(name, ":"))
        name.len--;
    return name;
}

vb_str row_speakers(const struct rows *rows, const struct row *row)
{
    return row->turn == VB_NONE ? VB_STR("") : vb_turn_speakers(rows->t, row->turn);
}

bool row_word_times(const struct rows *rows, uint32_t word, vb_time *start, vb_time *end)
{
    struct vb_word w = vb_word(rows->t, word);
    enum vb_origin origin = vb_timeline_origin(rows->times, word);
    bool heard = origin == VB_ALIGNED || (origin == VB_ESTIMATED && rows->options.estimated);
    *start = w.start;
    *end = w.end;
    if (w.marks & VB_UNSPOKEN)
        return w.start != VB_NO_TIME;
    if (w.start == VB_NO_TIME && heard) {
        *start = vb_timeline_start(rows->times, word);
        *end = vb_timeline_end(rows->times, word);
    }
    return *start != VB_NO_TIME;
}

void clock_put(struct buf *out, vb_time time)
{
    time = time < 0 ? 0 : time;
    int64_t seconds = time / VB_SECOND, part = time % VB_SECOND;
    buf_printf(out, "%02lld:%02d:%02d", (long long)(seconds / 3600), (int)(seconds / 60 % 60),
               (int)(seconds % 60));
    if (part % 1000)
        buf_printf(out, ".%06d", (int)part);
    else
        buf_printf(out, ".%03d", (int)(part / 1000));
}
