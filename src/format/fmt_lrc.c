/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LRC: "[mm:ss.xx]text", and its enhanced form with "<mm:ss.xx>" before words.
 *
 * A line without text ends the one before it.  Several stamps before a line repeat it.  The
 * sign of "[offset:+500]" is disputed; a positive one makes the text come earlier, as most
 * players take it. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/cue_feed.h"
#include "format/cue_time.h"
#include "format/cue_write.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/timecode.h"

/* ---- reading ---- */

/* "[01:02.34]" at `*at`. */
static bool take_stamp(vb_str line, size_t *at, vb_time *time)
{
    size_t here = *at;
    if (here >= line.len || line.data[here] != '[')
        return false;
    here++;
    if (cue_time_take_lrc(line, &here, time) == CUE_TIME_NONE || here >= line.len ||
        line.data[here] != ']')
        return false;
    *at = here + 1;
    return true;
}

/* "[ar:Name]": false, it is no tag. */
static bool scan_tag(vb_str line, vb_str *name, vb_str *value)
{
    line = str_trim(line);
    size_t colon = str_find_char(line, ':');
    if (!str_starts(line, "[") || !str_ends(line, "]") || colon == STR_NOT_FOUND || colon > 24)
        return false;
    for (size_t i = 1; i < colon; i++)
        if (!((line.data[i] | 32) >= 'a' && (line.data[i] | 32) <= 'z') &&
            line.data[i] != '_' && line.data[i] != '#')
            return false;
    *name = str_cut(line, 1, colon);
    *value = str_trim(str_cut(line, colon + 1, line.len - 1));
    return name->len > 0;
}

struct reader {
    vb_str text;
    struct builder *b;
    struct raw_cues cues;
    vb_time offset;
    bool repeats;        /* a line has several stamps */
    size_t open;         /* cues that the next stamp's line, if empty, ends */
    uint32_t open_until; /* … and where their text ends, with the lines without a time */
};

static vb_time offset_in(vb_str value)
{
    bool minus = str_starts(value, "-");
    vb_time ms = 0;
    for (size_t i = 0; i < value.len && i < 10; i++)
        if (is_digit(value.data[i]))
            ms = ms * 10 + (value.data[i] - '0');
    return (minus ? -ms : ms) * 1000;
}

static void take_tag(struct reader *r, vb_str name, vb_str value, struct vb_span span)
{
    vb_time length;
    if (str_eq(name, "ti"))
        builder_title(r->b, value);
    if (str_eq(name, "length") && time_from_user(value, &length))
        builder_duration(r->b, length);
    if (str_eq(name, "offset")) {
        r->offset = offset_in(value);
        if (r->offset)
            builder_note(r->b, VB_INFO, span,
                         _("the offset moves all times by %lld ms; a positive one is taken to "
                           "make the text come earlier"),
                         (long long)(-r->offset / 1000));
    }
    builder_meta(r->b, name, value, VB_STR(""), span);
}

/* VB_NO_TIME: nobody says when they end. */
static void end_open(struct reader *r, vb_time time)
{
    for (size_t i = r->cues.count - r->open; i < r->cues.count; i++) {
        struct raw_cue *cue = &r->cues.items[i];
        cue->until = r->open_until;
        if (time != VB_NO_TIME && cue->start != VB_NO_TIME && time >= cue->start)
            cue->end = time;
    }
    r->open = 0;
}

/* Goes on where the line before it ended; the first has nothing before it. */
static void take_untimed(struct reader *r, struct vb_span line)
{
    uint32_t end = line.at + line.len;
    builder_note(r->b, VB_WARNING, line, _("this line has no time"));
    if (!r->open)
        vec_push(&r->cues, (struct raw_cue){
                               VB_NO_TIME, VB_NO_TIME, line.at, end, line.at, {0, 0}
        });
    r->open = r->open ? r->open : 1;
    r->open_until = end;
}

static void take_unstamped(struct reader *r, vb_str line, struct vb_span span)
{
    vb_str name, value;
    if (scan_tag(line, &name, &value))
        take_tag(r, name, value, span);
    else if (str_trim(str_cut(line, 0, 4096)).len)
        take_untimed(r, span);
}

/* The text from `text_at` on, once for each stamp before it. */
static void add_cues(struct reader *r, vb_str line, struct vb_span span, size_t text_at)
{
    uint32_t from = span.at + (uint32_t)text_at, until = span.at + span.len;
    size_t at = 0, first = r->cues.count;
    vb_time time;
    while (r->cues.count <= CUES_MAX && take_stamp(line, &at, &time))
        vec_push(&r->cues, (struct raw_cue){
                               time, VB_NO_TIME, from, until, span.at, {0, 0}
        });
    r->open = r->cues.count - first;
    r->open_until = until;
    r->repeats = r->repeats || r->open > 1;
}

static void take_line(struct reader *r, vb_str line)
{
    struct vb_span span = {(uint32_t)(line.data - r->text.data), (uint32_t)line.len};
    size_t at = 0;
    vb_time time, last = VB_NO_TIME;
    while (take_stamp(line, &at, &time))
        last = time;
    bool empty = !str_trim(str_cut(line, at, at + 4096)).len;
    if (!at)
        take_unstamped(r, line, span);
    else
        end_open(r, empty ? last : VB_NO_TIME);
    if (at && !empty)
        add_cues(r, line, span, at);
}

static int by_start(const void *a, const void *b)
{
    const struct raw_cue *one = a, *other = b;
    if (one->start != other->start)
        return one->start < other->start ? -1 : 1;
    return one->from < other->from ? -1 : one->from > other->from;
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct reader r = {.text = text, .b = into};
    vb_str line;
    for (size_t at = 0; r.cues.count <= CUES_MAX && str_line(text, &at, &line);)
        take_line(&r, line);
    end_open(&r, VB_NO_TIME);
    if (!r.cues.count) {
        free(r.cues.items);
        return err_set(error, VB_BAD_FORMAT,
                       _("no line begins with a time, as in “[00:12.34]”"));
    }
    if (r.repeats)
        qsort(r.cues.items, r.cues.count, sizeof *r.cues.items, by_start);
    for (size_t i = 0; i < r.cues.count; i++) {
        struct raw_cue *cue = &r.cues.items[i];
        cue->start -= cue->start == VB_NO_TIME ? 0 : r.offset;
        cue->end -= cue->end == VB_NO_TIME ? 0 : r.offset;
    }
    return cue_feed_shifted(into, text, &r.cues, CUE_LRC, FEED_NAMES, -r.offset, error);
}

/* "[00:01:02]" could be hundredths; where all end below 60 and no tag stands there, it is a
 * transcript with hours. */
static bool could_be_hours(vb_str stamp)
{
    return stamp.len == 10 && stamp.data[6] == ':' && stamp.data[7] < '6';
}

static int probe(vb_str text)
{
    size_t at = 0, lines = 0, stamps = 0, tags = 0, hours = 0;
    vb_str line, name, value;
    vb_time time;
    text = str_cut(text, 0, 64 * 1024);
    while (lines < 40 && str_line(text, &at, &line)) {
        size_t in = 0;
        if (!str_trim(line).len)
            continue;
        lines++;
        stamps += take_stamp(line, &in, &time);
        hours += could_be_hours(str_cut(line, 0, in));
        tags += !in && scan_tag(line, &name, &value);
    }
    bool fractions = str_find(text, VB_STR(".")) != STR_NOT_FOUND;
    if (stamps == 0 || (stamps + tags) * 10 < lines * 8)
        return 0;
    if (hours == stamps && !tags)
        return 20;
    return tags ? 85 : fractions ? 70 : 58;
}

/* ---- writing ---- */

static void put_time(struct buf *out, vb_time time, char open, char close)
{
    int64_t cs = cue_time_round(time, 10000) / 10000;
    buf_printf(out, "%c%02d:%02d.%02d%c", open, (int)(cs / 6000), (int)(cs / 100 % 60),
               (int)(cs % 100), close);
}

static void put_tag(struct buf *out, const char *name, vb_str value)
{
    if (!value.len || str_find_char(value, '\n') != STR_NOT_FOUND)
        return;
    buf_printf(out, "[%s:%.*s]\n", name, (int)value.len, value.data);
}

/* Words behind their times, and behind the last one its end. */
static void put_timed(const struct vb_transcript *t, const struct vb_timeline *times,
                      const struct out_cue *cue, struct buf *out)
{
    for (uint32_t i = 0; i < cue->count; i++) {
        struct vb_word word = vb_word(t, cue->first + i);
        bool heard = times && vb_timeline_origin(times, cue->first + i) == VB_ALIGNED;
        vb_time start = word.start != VB_NO_TIME ? word.start
                        : heard                  ? vb_timeline_start(times, cue->first + i)
                                                 : VB_NO_TIME;
        buf_puts(out, i && !(word.marks & VB_GLUED) ? " " : "");
        if (start != VB_NO_TIME)
            put_time(out, start, '<', '>');
        buf_add(out, word.text);
        if (i + 1 == cue->count && word.end != VB_NO_TIME)
            put_time(out, word.end, '<', '>');
    }
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct cue_list list;
    bool named = false;
    if (!cue_list_make(&list, t, times, options, CUE_LIST_PARAGRAPHS, error))
        return false;
    put_tag(out, "ti", vb_title(t));
    for (size_t i = 0; i < list.count; i++) {
        const struct out_cue *cue = &list.items[i];
        put_time(out, cue->start, '[', ']');
        cue_put_turn(t, cue, &named, NULL, out);
        if (options.words)
            put_timed(t, times, cue, out);
        else
            cue_put_line(t, cue, NULL, out);
        buf_putc(out, '\n');
        bool last = i + 1 == list.count;
        if (last || cue[1].start > cue->end + 10000) {
            put_time(out, cue->end, '[', ']');
            buf_putc(out, '\n');
        }
    }
    cue_list_free(&list);
    return true;
}

const struct vb_format fmt_lrc = {
    .name = "lrc",
    .extensions = "lrc elrc",
    .summary = N_("LRC, simple and enhanced: lines, or words, behind their times"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_METADATA | VB_LOSES_LINES |
              VB_LOSES_OVERLAP,
    .keeps_title = true,
    .kept_with_words = VB_LOSES_WORD_TIMES,
    .edits = true,
};
