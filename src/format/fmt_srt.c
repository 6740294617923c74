/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SubRip: a number, a line with two times, text; a blank line.
 *
 * Nobody ever specified it, and every part of it goes missing: what tells a cue is a line with
 * a time, an arrow and a time.  Everything up to the next such line is its text, but for the
 * number that stands before that one. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/april.h"
#include "format/cue_feed.h"
#include "format/cue_time.h"
#include "format/cue_write.h"
#include "format/cues.h"
#include "format/format.h"

/* ---- a line with times ---- */

struct timing {
    vb_time start, end;
    bool odd, too_big;
    size_t rest; /* what stands behind the times */
    bool has_index;
};

/* Coordinates, and what WebVTT calls settings; any other word with a colon is text. */
static bool is_setting(vb_str word)
{
    static const char known[] =
        "X1 X2 Y1 Y2 x1 x2 y1 y2 align position line size vertical region";
    size_t colon = str_find_char(word, ':');
    return colon != STR_NOT_FOUND && colon + 1 < word.len &&
           is_word_of(str_cut(word, 0, colon), known);
}

/* "X1:63 X2:223 Y1:43", "align:start": where the cue stands on the screen. */
static bool are_settings(vb_str rest)
{
    for (rest = str_trim(rest); rest.len;) {
        size_t space = str_find_char(rest, ' ');
        if (!is_setting(str_cut(rest, 0, space == STR_NOT_FOUND ? rest.len : space)))
            return false;
        rest = space == STR_NOT_FOUND ? VB_STR("") : str_trim(str_from(rest, space));
    }
    return true;
}

/* "1 00:00:11,480 --> …": a number before the times, in the same line. */
static size_t skip_index(vb_str line)
{
    size_t at = 0, digits;
    while (at < line.len && is_digit(line.data[at]))
        at++;
    digits = at;
    cue_skip_blanks(line, &at);
    return digits && at > digits ? at : 0;
}

static bool take_times(vb_str line, size_t at, struct timing *t)
{
    enum cue_time_kind first = cue_time_take(line, &at, &t->start);
    if (first == CUE_TIME_NONE || !cue_arrow_take(line, &at))
        return false;
    enum cue_time_kind second = cue_time_take(line, &at, &t->end);
    if (second == CUE_TIME_NONE)
        return false;
    t->rest = at;
    t->odd = first == CUE_TIME_ODD || second == CUE_TIME_ODD;
    t->too_big = first == CUE_TIME_TOO_BIG || second == CUE_TIME_TOO_BIG;
    return true;
}

/* A time is no further from the start than this, white space and a number included. */
enum { TIMING_AT = 400 };

static bool scan_timing(vb_str line, struct timing *t)
{
    *t = (struct timing){0};
    vb_str start = str_cut(line, 0, TIMING_AT);
    if (!cue_may_have_arrow(start))
        return false;
    size_t at = 0;
    cue_skip_blanks(start, &at);
    if (take_times(start, at, t))
        return true;
    size_t index = skip_index(str_from(start, at));
    t->has_index = index > 0;
    return index && take_times(start, at + index, t);
}

/* ---- the file ---- */

struct reader {
    vb_str text;
    struct builder *b;
    struct raw_cues cues;
    size_t at;
    bool open;      /* a cue takes text */
    int64_t number; /* of the cue at hand, -1: none */
    /* the line before this one, which may be the number of the next cue */
    struct vb_span held;
    int64_t held_number;
    bool held_after_blank;
    bool blank; /* the last line was blank */
    size_t odd;
    struct vb_span first_odd;
    uint32_t placed; /* cues that say where they stand on the screen */
};

static int64_t number_in(vb_str line)
{
    line = str_trim(line);
    int64_t value = 0;
    if (!line.len || line.len > 9)
        return -1;
    for (size_t i = 0; i < line.len; i++) {
        if (!is_digit(line.data[i]))
            return -1;
        value = value * 10 + (line.data[i] - '0');
    }
    return value;
}

static void add_line(struct reader *r, struct vb_span line)
{
    if (!r->open || !line.len)
        return;
    struct raw_cue *cue = &r->cues.items[r->cues.count - 1];
    if (cue->from == cue->until)
        cue->from = line.at;
    cue->until = line.at + line.len;
}

/* The line that waited was text after all. */
static void release(struct reader *r)
{
    if (r->held.len && !r->open)
        builder_note(r->b, VB_WARNING, r->held, _("this stands before the first cue"));
    add_line(r, r->held);
    r->held.len = 0;
}

/* The line before the times: the number of this cue, or the last of the text before. */
static bool is_number(const struct reader *r)
{
    return r->held.len && r->held_number >= 0 &&
           (r->held_after_blank || !r->open || r->held_number == r->number + 1 ||
            r->number >= 0);
}

static void tell_times(struct reader *r, const struct timing *t, struct vb_span line)
{
    if (t->too_big)
        builder_note(r->b, VB_WARNING, line, _("a time is beyond %d seconds and not used"),
                     (int)(CUE_TIME_MAX / VB_SECOND));
    else if (t->odd && r->odd++ == 0)
        r->first_odd = line;
}

static void begin_cue(struct reader *r, const struct timing *t, struct vb_span line)
{
    uint32_t at = line.at;
    bool numbered = is_number(r);
    if (numbered) {
        at = r->held.at;
        r->number = r->held_number;
        r->held.len = 0;
    } else {
        r->number = t->has_index ? 0 : -1;
        release(r);
    }
    tell_times(r, t, line);
    r->open = true;
    uint32_t end = line.at + line.len;
    vec_push(&r->cues, (struct raw_cue){t->start, t->end, end, end, at});
    vb_str rest = str_from(str_cut(r->text, line.at, end), t->rest);
    if (are_settings(rest)) {
        r->placed += str_trim(rest).len > 0;
        return;
    }
    builder_note(r->b, VB_INFO, line, _("text stands in the line of the times"));
    struct raw_cue *cue = &r->cues.items[r->cues.count - 1];
    cue->from = line.at + (uint32_t)t->rest;
    cue->until = end;
}

static void take_line(struct reader *r, vb_str line)
{
    struct vb_span span = {(uint32_t)(line.data - r->text.data), (uint32_t)line.len};
    struct timing timing;
    if (scan_timing(line, &timing)) {
        begin_cue(r, &timing, span);
        r->blank = false;
        return;
    }
    bool blank = line.len < TIMING_AT && !str_trim(line).len;
    if (!blank) {
        release(r);
        r->held = span;
        r->held_number = number_in(line);
        r->held_after_blank = r->blank;
    }
    r->blank = blank;
}

/* "00:00:08", and then the file ends. */
static bool breaks_off(const struct reader *r)
{
    vb_str line = str_cut(r->text, r->held.at, r->held.at + r->held.len);
    size_t at = 0;
    vb_time time;
    if (!r->held.len || r->held.len > TIMING_AT ||
        cue_time_take(line, &at, &time) == CUE_TIME_NONE)
        return false;
    cue_skip_blanks(line, &at);
    while (at < line.len && strchr("->", line.data[at]))
        at++;
    return !str_trim(str_from(line, at)).len;
}

/* A number that is left over before a time that breaks off stands in the text already. */
static void drop_last_number(struct reader *r)
{
    struct raw_cue *cue = &r->cues.items[r->cues.count - 1];
    uint32_t until = cue->until;
    while (until > cue->from && is_digit(r->text.data[until - 1]))
        until--;
    bool line =
        until < cue->until && until > cue->from && strchr("\n\r", r->text.data[until - 1]);
    while (line && until > cue->from && strchr("\n\r", r->text.data[until - 1]))
        until--;
    if (line)
        cue->until = until;
}

static void finish(struct reader *r)
{
    if (r->open && breaks_off(r)) {
        builder_note(r->b, VB_WARNING, r->held, _("the file breaks off inside a cue"));
        drop_last_number(r);
        r->held.len = 0;
    }
    release(r);
    if (r->odd)
        builder_note(r->b, VB_INFO, r->first_odd,
                     P_("the times of %zu cue are not written as 00:00:00,000",
                        "the times of %zu cues are not written as 00:00:00,000", r->odd),
                     r->odd);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct reader r = {.text = text, .b = into, .number = -1, .blank = true};
    vb_str line;
    while (r.cues.count <= CUES_MAX && str_line(text, &r.at, &line))
        take_line(&r, line);
    if (!r.cues.count)
        return err_set(error, VB_BAD_FORMAT,
                       _("no line with two times and an arrow, as in “00:00:01,000 --> "
                         "00:00:02,000”, is in it"));
    finish(&r);
    builder_styles(into, r.placed);
    return cue_feed(into, text, &r.cues, CUE_SRT, FEED_NAMES, error);
}

static int probe(vb_str text)
{
    size_t at = 0, cues = 0, lines = 0;
    vb_str line;
    struct timing timing;
    text = str_cut(text, 0, 64 * 1024);
    if (str_find(str_cut(text, 0, 40), VB_STR("WEBVTT")) != STR_NOT_FOUND)
        return 0; /* broken, and refuse.c says how */
    while (cues < 3 && str_line(text, &at, &line)) {
        lines += str_trim(line).len > 0;
        cues += line.len && line.data[0] != '[' && scan_timing(line, &timing);
    }
    return cues >= 3 ? 90 : cues && lines <= cues * 12 ? 85 : cues ? 30 : 0;
}

/* ---- writing ---- */

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct cue_list list;
    bool named = false;
    if (!cue_list_make(&list, t, times, options, CUE_LIST_CUT_NAMED, error))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        const struct out_cue *cue = &list.items[i];
        buf_printf(out, "%s%zu\n", i ? "\n" : "", i + 1);
        cue_time_put(out, cue->start, ',');
        buf_puts(out, " --> ");
        cue_time_put(out, cue->end, ',');
        buf_putc(out, '\n');
        cue_put_turn(t, cue, &named, cue_quote_srt, out);
        cue_put_words(t, cue, cue_quote_srt, "<i>", "</i>", out);
        buf_putc(out, '\n');
    }
    cue_list_free(&list);
    return true;
}

const struct vb_format fmt_srt = {
    .name = "srt",
    .extensions = "srt",
    .summary = N_("SubRip subtitles"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_METADATA,
    .quote = cue_quote_srt,
    .edits = true,
};
