/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/delimited_write.h"

#include "base/str.h"
#include "format/cue_time.h"
#include "format/cue_write.h"

static bool has_speakers(const struct vb_transcript *t)
{
    for (uint32_t i = 0; i < vb_turn_count(t); i++)
        if (vb_turn(t, i)->speaker_count)
            return true;
    return false;
}

static vb_str speakers_of(const struct vb_transcript *t, const struct out_cue *cue)
{
    return cue->turn == VB_NONE ? VB_STR("") : vb_turn_speakers(t, cue->turn);
}

/* In quotes where it has to be. */
static void put_value(struct buf *out, vb_str text)
{
    bool plain = str_find_char(text, ',') == STR_NOT_FOUND &&
                 str_find_char(text, '"') == STR_NOT_FOUND &&
                 str_find_char(text, '\n') == STR_NOT_FOUND &&
                 str_find_char(text, '\r') == STR_NOT_FOUND;
    if (plain) {
        buf_add(out, text);
        return;
    }
    buf_putc(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"')
            buf_putc(out, '"');
        buf_putc(out, text.data[i]);
    }
    buf_putc(out, '"');
}

static void put_csv_row(const struct vb_transcript *t, const struct out_cue *cue, bool named,
                        struct buf *scrap, struct buf *out)
{
    cue_seconds_put(out, cue->start);
    buf_putc(out, ',');
    cue_seconds_put(out, cue->end);
    buf_putc(out, ',');
    if (named) {
        put_value(out, speakers_of(t, cue));
        buf_putc(out, ',');
    }
    buf_clear(scrap);
    cue_put_words(t, cue, NULL, NULL, NULL, scrap);
    put_value(out, buf_str(scrap));
    buf_putc(out, '\n');
}

/* A value that begins with a quote would be taken for one in quotes, and "" for one of them. */
static void put_tsv_value(struct buf *out, vb_str text)
{
    if (str_starts(text, "\"") || str_find(text, VB_STR("\"\"")) != STR_NOT_FOUND)
        put_value(out, text);
    else
        buf_add(out, text);
}

/* The text is one line without tabs. */
static void put_tsv_row(const struct vb_transcript *t, const struct out_cue *cue, bool named,
                        struct buf *scrap, struct buf *out)
{
    buf_printf(out, "%lld\t%lld\t", (long long)(cue_time_round(cue->start, 1000) / 1000),
               (long long)(cue_time_round(cue->end, 1000) / 1000));
    if (named) {
        put_tsv_value(out, speakers_of(t, cue));
        buf_putc(out, '\t');
    }
    buf_clear(scrap);
    cue_put_line(t, cue, NULL, scrap);
    put_tsv_value(out, buf_str(scrap));
    buf_putc(out, '\n');
}

static bool write_rows(const struct vb_transcript *t, const struct vb_timeline *times,
                       struct vb_write_options options, char separator, struct buf *out,
                       struct vb_error *error)
{
    struct cue_list list;
    struct buf scrap = {0};
    bool named = has_speakers(t);
    if (!cue_list_make(&list, t, times, options,
                       options.words ? CUE_LIST_WORDS : CUE_LIST_PARAGRAPHS, error))
        return false;
    buf_printf(out, "start%cend%c", separator, separator);
    if (named)
        buf_printf(out, "speaker%c", separator);
    buf_puts(out, "text\n");
    for (size_t i = 0; i < list.count; i++)
        (separator == '\t' ? put_tsv_row : put_csv_row)(t, &list.items[i], named, &scrap, out);
    buf_free(&scrap);
    cue_list_free(&list);
    return true;
}

bool delimited_write_tsv(const struct vb_transcript *t, const struct vb_timeline *times,
                         struct vb_write_options options, struct buf *out,
                         struct vb_error *error)
{
    return write_rows(t, times, options, '\t', out, error);
}

bool delimited_write_csv(const struct vb_transcript *t, const struct vb_timeline *times,
                         struct vb_write_options options, struct buf *out,
                         struct vb_error *error)
{
    return write_rows(t, times, options, ',', out, error);
}
