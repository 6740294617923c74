/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON of Podcasting 2.0: `segments` with startTime, endTime, speaker, body.
 *
 * A segment is often a single word: each is a cue, and cues that follow closely are shown in
 * one paragraph, which a line end in the body ends. */
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/format.h"
#include "format/json.h"
#include "format/json_cues.h"
#include "format/rows.h"

static const struct cue_names names = {
    .start = "startTime",
    .end = "endTime",
    .text = "body",
    .speaker = "speaker",
    .unit = VB_SECOND,
};

static int probe(vb_str text)
{
    if (!json_looks_like(text) || !json_has_key(text, "segments"))
        return 0;
    return json_has_key(text, "startTime") && json_has_key(text, "body") ? 93
           : json_has_key(text, "version")                               ? 45
                                                                         : 0;
}

static bool read_tree(struct json_cues *j, struct vb_error *error)
{
    json_ref list = json_get(&j->tree, 0, "segments");
    if (json_kind(&j->tree, list) != JSON_ARRAY)
        return err_set(error, VB_BAD_FORMAT,
                       _("this JSON has no list of segments; is it a podcast's transcript?"));
    if (json_first(&j->tree, list) == JSON_NONE)
        builder_note(j->cues.b, VB_INFO, json_span(&j->tree, list),
                     _("the list of segments is empty"));
    return json_cues_add_all(j, list, error);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    return json_cues_read(&names, text, into, read_tree, error);
}

/* ---- writing ---- */

struct writer {
    const struct rows *rows;
    struct json json;
    struct buf text;
};

static void put_segment(struct writer *w, vb_str speaker, vb_time start, vb_time end)
{
    json_object(&w->json);
    if (speaker.len)
        json_key(&w->json, "speaker"), json_str(&w->json, speaker);
    json_key(&w->json, "startTime"), json_time(&w->json, start);
    if (end != VB_NO_TIME)
        json_key(&w->json, "endTime"), json_time(&w->json, end);
    json_key(&w->json, "body"), json_str(&w->json, buf_str(&w->text));
    json_end_object(&w->json);
}

static void put_row(struct writer *w, const struct row *row)
{
    buf_clear(&w->text);
    row_text(w->rows, row, &w->text);
    put_segment(w, row_speakers(w->rows, row), row->start, row->end);
}

/* A word without a time of its own joins the one before it. */
static void put_words(struct writer *w, const struct row *row)
{
    uint32_t until = row->first_word + row->word_count;
    vb_time start, end, next_start, next_end;
    for (uint32_t word = row->first_word; word < until;) {
        uint32_t from = word++;
        if (!row_word_times(w->rows, from, &start, &end) || from == row->first_word)
            start = row->start; /* the paragraph's own time, where it has one */
        while (word < until && !row_word_times(w->rows, word, &next_start, &next_end))
            word++;
        struct row part = {.first_word = from, .word_count = word - from};
        buf_clear(&w->text);
        row_text(w->rows, &part, &w->text);
        if (word == until) {
            buf_putc(&w->text, '\n');
            end = row->end != VB_NO_TIME ? row->end : end;
        }
        put_segment(w, row_speakers(w->rows, row), start, end);
    }
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct rows rows;
    rows_make(&rows, t, times, options);
    struct writer w = {.rows = &rows, .json = {.out = out}};
    bool known = rows_all_start(&rows, error);
    if (known) {
        json_object(&w.json);
        json_key(&w.json, "version"), json_str(&w.json, VB_STR("1.0.0"));
        json_key(&w.json, "segments"), json_array(&w.json);
        for (size_t i = 0; i < rows.count; i++)
            if (options.words)
                put_words(&w, &rows.items[i]);
            else
                put_row(&w, &rows.items[i]);
        json_end_array(&w.json);
        json_end_object(&w.json);
        json_line_end(&w.json);
    }
    buf_free(&w.text);
    rows_free(&rows);
    return known;
}

const struct vb_format fmt_podcast_json = {
    .name = "podcast-json",
    .extensions = "json",
    .summary = N_("Podcasting 2.0 transcript, JSON"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_STAGE | VB_LOSES_METADATA |
              VB_LOSES_JOINT,
    .kept_with_words = VB_LOSES_WORD_TIMES,
};
