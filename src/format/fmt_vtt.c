/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WebVTT, read as its specification says (W3C, "WebVTT parser algorithm"): blocks between blank
 * lines; a block whose first or second line has times is a cue; any other line with an arrow
 * begins a new block; NOTE, STYLE and REGION are passed over.
 *
 * Where the specification drops a cue without a word, we say so. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/cue_feed.h"
#include "format/cue_time.h"
#include "format/cue_write.h"
#include "format/cues.h"
#include "format/format.h"

struct reader {
    vb_str text;
    struct builder *b;
    struct raw_cues cues;
    size_t at;
    bool lenient; /* "00:00:01,000": no cue has times as they should be */
};

static struct vb_span span_of(const struct reader *r, vb_str line)
{
    return (struct vb_span){(uint32_t)(line.data - r->text.data), (uint32_t)line.len};
}

static bool has_arrow(vb_str line)
{
    return cue_may_have_arrow(line) && str_find(line, VB_STR("-->")) != STR_NOT_FOUND;
}

/* ---- times ---- */

static void skip_space(vb_str text, size_t *at)
{
    while (*at < text.len &&
           (text.data[*at] == ' ' || text.data[*at] == '\t' || text.data[*at] == '\f'))
        ++*at;
}

static bool take_time(const struct reader *r, vb_str line, size_t *at, vb_time *time)
{
    return r->lenient ? cue_time_take(line, at, time) != CUE_TIME_NONE
                      : cue_time_take_strict(line, at, time);
}

static bool take_times(const struct reader *r, vb_str line, struct raw_cue *cue)
{
    size_t at = 0;
    skip_space(line, &at);
    if (!take_time(r, line, &at, &cue->start))
        return false;
    skip_space(line, &at);
    if (!str_starts(str_from(line, at), "-->"))
        return false;
    at += 3;
    skip_space(line, &at);
    return take_time(r, line, &at, &cue->end);
}

static void tell_times(struct reader *r, vb_str line, const struct raw_cue *cue)
{
    if (cue->start == VB_NO_TIME || cue->end == VB_NO_TIME)
        builder_note(r->b, VB_WARNING, span_of(r, line),
                     _("a time is beyond %d seconds and not used"),
                     (int)(CUE_TIME_MAX / VB_SECOND));
}

/* ---- blocks ---- */

/* One block, as the specification collects it. */
struct block {
    uint32_t at;
    struct raw_cue cue;
    bool is_cue, seen_arrow, seen_text;
};

static void add_text(struct block *block, struct vb_span line)
{
    if (!block->seen_text)
        block->cue.from = line.at;
    block->seen_text = true;
    block->cue.until = line.at + line.len;
}

static void take_timing(struct reader *r, struct block *block, vb_str line)
{
    uint32_t end = span_of(r, line).at + (uint32_t)line.len;
    block->seen_arrow = true;
    block->is_cue = take_times(r, line, &block->cue);
    if (!block->is_cue) {
        builder_note(r->b, VB_WARNING, span_of(r, line),
                     _("these are no times of WebVTT, as in “00:01.000 --> 00:02.000”; the cue "
                       "is left out"));
        return;
    }
    tell_times(r, line, &block->cue);
    block->cue.from = block->cue.until = end;
    block->seen_text = false;
}

/* Reads up to a blank line, or up to an arrow that begins another block. */
static struct block collect(struct reader *r, bool in_header)
{
    struct block block = {.at = (uint32_t)r->at};
    vb_str line;
    size_t before = r->at;
    for (size_t count = 1; str_line(r->text, &r->at, &line); count++, before = r->at) {
        if (has_arrow(line)) {
            bool times = !in_header && (count == 1 || (count == 2 && !block.seen_arrow));
            if (!times) {
                r->at = before;
                break;
            }
            take_timing(r, &block, line);
        } else if (!line.len) {
            break;
        } else {
            add_text(&block, span_of(r, line));
        }
    }
    return block;
}

static void take_block(struct reader *r)
{
    struct block block = collect(r, false);
    if (!block.is_cue)
        return;
    block.cue.at = block.at;
    vec_push(&r->cues, block.cue);
}

/* ---- the header ---- */

/* "Language: fr" and the like. */
static void take_header_line(struct reader *r, vb_str line)
{
    size_t colon = str_find_char(line, ':');
    if (colon == STR_NOT_FOUND || colon == 0 || colon > 40)
        return;
    builder_meta(r->b, str_trim(str_cut(line, 0, colon)), str_trim(str_from(line, colon + 1)),
                 VB_STR(""), span_of(r, line));
}

/* "WEBVTT - The title", then lines up to a blank one. */
static void take_header(struct reader *r)
{
    vb_str line, title;
    str_line(r->text, &r->at, &line);
    title = str_trim(str_from(line, 6));
    while (str_starts(title, "-"))
        title = str_trim(str_from(title, 1));
    if (title.len && !has_arrow(title))
        builder_title(r->b, title);
    size_t at = r->at;
    struct block header = collect(r, true);
    (void)header;
    while (at < r->at && str_line(str_cut(r->text, 0, r->at), &at, &line))
        take_header_line(r, line);
}

static bool has_signature(vb_str text)
{
    if (!str_starts(text, "WEBVTT"))
        return false;
    char next = text.len > 6 ? text.data[6] : '\n';
    return next == ' ' || next == '\t' || next == '\n' || next == '\r';
}

static void read_cues(struct reader *r)
{
    r->at = r->cues.count = 0;
    take_header(r);
    while (r->at < r->text.len && r->cues.count <= CUES_MAX)
        take_block(r);
}

/* "00:00:01,000 --> 00:00:02,000", as in SubRip. */
static bool are_comma_times(vb_str line)
{
    size_t at = 0;
    vb_time time;
    if (cue_time_take(line, &at, &time) != CUE_TIME_GOOD || line.data[at - 4] != ',')
        return false;
    return cue_arrow_take(line, &at) && cue_time_take(line, &at, &time) == CUE_TIME_GOOD &&
           line.data[at - 4] == ',';
}

/* A file of SubRip's times under another name: every cue would be lost. */
static bool has_comma_times(vb_str text)
{
    size_t arrows = 0;
    vb_str line;
    for (size_t at = 0; str_line(text, &at, &line);) {
        if (!has_arrow(line))
            continue;
        arrows++;
        if (!are_comma_times(line))
            return false;
    }
    return arrows > 0;
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct reader r = {.text = text, .b = into};
    if (!has_signature(text))
        return err_set_line(error, VB_BAD_FORMAT, 1,
                            _("a WebVTT file begins with a line “WEBVTT”"));
    read_cues(&r);
    if (!r.cues.count && has_comma_times(text)) {
        r.lenient = true;
        read_cues(&r);
        builder_note(into, VB_WARNING, (struct vb_span){0, 0},
                     _("the times are written as in SubRip, with a comma; other programs will "
                       "see no cue in this file"));
    }
    if (!r.cues.count)
        builder_note(into, VB_WARNING, (struct vb_span){0, 0},
                     _("there is no cue in this file"));
    return cue_feed(into, text, &r.cues, CUE_VTT, FEED_NAMES | FEED_EMPTY, error);
}

static int probe(vb_str text)
{
    return has_signature(text) ? 98 : 0;
}

/* ---- writing ---- */

struct writer {
    const struct vb_transcript *t;
    const struct vb_timeline *times;
    bool words;
    bool named; /* somebody was named in a cue before */
    struct buf *out;
};

static void put_voices(struct writer *w, const struct out_cue *cue)
{
    const struct vb_turn *turn = cue->turn == VB_NONE ? NULL : vb_turn(w->t, cue->turn);
    for (uint32_t i = 0; turn && i < turn->speaker_count; i++) {
        uint32_t speaker = vb_turn_speaker(w->t, cue->turn, i);
        buf_puts(w->out, "<v ");
        cue_quote_vtt(vb_speaker(w->t, speaker)->name, w->out);
        buf_putc(w->out, '>');
    }
    if (w->named && !(turn && turn->speaker_count))
        buf_puts(w->out, "<v>");
    w->named = turn && turn->speaker_count;
}

/* The known time of a word that may be stamped; VB_NO_TIME: none. */
static vb_time stamp_of(const struct writer *w, uint32_t word)
{
    struct vb_word stated = vb_word(w->t, word);
    if (stated.start != VB_NO_TIME)
        return stated.start;
    bool heard = w->times && vb_timeline_origin(w->times, word) == VB_ALIGNED;
    return heard ? vb_timeline_start(w->times, word) : VB_NO_TIME;
}

/* Each word behind the time it begins at; times must rise inside the cue. */
static void put_timed(struct writer *w, const struct out_cue *cue)
{
    vb_time last = cue->start;
    for (uint32_t i = 0; i < cue->count; i++) {
        struct out_cue one = *cue;
        uint32_t word = cue->first + i;
        uint16_t marks = vb_word_marks(w->t, word);
        vb_time at = stamp_of(w, word);
        bool line = cue->break_at != VB_NONE ? word == cue->break_at : marks & VB_NEW_LINE;
        if (i)
            buf_puts(w->out, line               ? "\n"
                             : marks & VB_GLUED ? ""
                             : marks & VB_TIED  ? "\u00A0"
                                                : " ");
        if (at != VB_NO_TIME && at >= last && at <= cue->end && (i || at > cue->start)) {
            buf_putc(w->out, '<');
            cue_time_put(w->out, at, '.');
            buf_putc(w->out, '>');
            last = at;
        }
        one.first = word;
        one.count = 1;
        cue_put_words(w->t, &one, cue_quote_vtt, "<i>", "</i>", w->out);
    }
}

static void put_cue(struct writer *w, const struct out_cue *cue)
{
    buf_putc(w->out, '\n');
    cue_time_put(w->out, cue->start, '.');
    buf_puts(w->out, " --> ");
    cue_time_put(w->out, cue->end, '.');
    buf_putc(w->out, '\n');
    if (!cue->stage)
        put_voices(w, cue);
    if (cue->estimated)
        buf_puts(w->out, "<c.estimated>");
    if (w->words && !cue->stage)
        put_timed(w, cue);
    else
        cue_put_words(w->t, cue, cue_quote_vtt, "<i>", "</i>", w->out);
    if (cue->estimated)
        buf_puts(w->out, "</c>");
    buf_putc(w->out, '\n');
}

static void put_head(const struct writer *w, const struct cue_list *list)
{
    size_t estimated = 0;
    for (size_t i = 0; i < list->count; i++)
        estimated += list->items[i].estimated;
    vb_str title = vb_title(w->t);
    buf_puts(w->out, "WEBVTT");
    if (title.len && str_find(title, VB_STR("-->")) == STR_NOT_FOUND &&
        str_find_char(title, '\n') == STR_NOT_FOUND) {
        buf_puts(w->out, " - ");
        buf_add(w->out, title);
    }
    buf_putc(w->out, '\n');
    if (estimated)
        buf_puts(w->out, "\nNOTE The times of cues in <c.estimated> are estimated.\n");
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct cue_list list;
    struct writer w = {.t = t, .times = times, .words = options.words, .out = out};
    if (!cue_list_make(&list, t, times, options, CUE_LIST_CUT, error))
        return false;
    put_head(&w, &list);
    for (size_t i = 0; i < list.count; i++)
        put_cue(&w, &list.items[i]);
    cue_list_free(&list);
    return true;
}

const struct vb_format fmt_vtt = {
    .name = "vtt",
    .extensions = "vtt webvtt",
    .summary = N_("WebVTT subtitles, with voices"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_METADATA,
    .kept_with_words = VB_LOSES_WORD_TIMES,
    .quote = cue_quote_vtt,
    .edits = true,
};
