/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text with times at the start of its lines, and plain text.
 *
 * "00:00:08 text", "[00:12] text", "(12:03)", "[00:01.000 --> 00:02.000] text" as Whisper
 * prints it, a time alone on its line, "Anne 00:12" above what she says.  Numbers that look
 * like times stand in prose, too, so the whole file decides: where most lines that could begin
 * with a time do, and the times rise, they are times.  A text without any is paragraphs that
 * nobody says when. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/cue_feed.h"
#include "format/cue_names.h"
#include "format/cue_time.h"
#include "format/cue_write.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/refuse.h"

/* ---- a line that begins with a time ---- */

struct timed {
    vb_time start, end;
    size_t text_at;
    bool arrow;    /* two times */
    bool brackets; /* around the time */
    vb_str name;   /* "Anne 00:12": before the time */
};

enum { START_OF_LINE = 300 };

static char closer_of(char opener)
{
    return opener == '[' ? ']' : opener == '(' ? ')' : '\0';
}

/* [h:]mm:ss with two digits of seconds, and no digit or colon behind it. */
static bool take_time(vb_str line, size_t *at, vb_time *time)
{
    size_t from = *at;
    enum cue_time_kind kind = cue_time_take(line, at, time);
    if (kind == CUE_TIME_NONE || *time == VB_NO_TIME || line.data[from] == '-')
        return false;
    size_t colon = str_find_char(str_cut(line, from, *at), ':');
    bool two = colon != STR_NOT_FOUND && from + colon + 2 < line.len &&
               is_digit(line.data[from + colon + 1]) && is_digit(line.data[from + colon + 2]);
    bool more = *at < line.len && (is_digit(line.data[*at]) || line.data[*at] == ':') &&
                !(line.data[*at] == ':' && *at + 1 < line.len && line.data[*at + 1] == ' ');
    return two && !more;
}

/* The time, its brackets and a second time behind an arrow. */
static bool take_stamp(vb_str line, size_t *at, struct timed *t)
{
    size_t here = *at;
    char closer = here < line.len ? closer_of(line.data[here]) : '\0';
    here += closer != '\0';
    t->brackets = closer != '\0';
    t->end = VB_NO_TIME;
    if (here >= line.len || !is_digit(line.data[here]) || !take_time(line, &here, &t->start))
        return false;
    size_t behind = here;
    t->arrow = cue_arrow_take(line, &behind) && take_time(line, &behind, &t->end);
    if (t->arrow)
        here = behind;
    if (closer && (here >= line.len || line.data[here++] != closer))
        return false;
    *at = here;
    return true;
}

/* "Anne Martin 00:12" and nothing behind it. */
static bool scan_named(vb_str line, struct timed *t)
{
    enum { LONGEST = 100 };
    vb_str trimmed = str_trim(line);
    if (trimmed.len > LONGEST || !trimmed.len)
        return false;
    size_t space = trimmed.len;
    while (space > 0 && trimmed.data[space - 1] != ' ' && trimmed.data[space - 1] != '\t')
        space--;
    size_t at = space;
    if (!space || !take_stamp(trimmed, &at, t))
        return false;
    if (at < trimmed.len && trimmed.data[at] == ':')
        at++;
    t->name = str_trim(str_cut(trimmed, 0, space));
    t->text_at = line.len;
    return at == trimmed.len && name_reads_like_one(cue_name_alone(t->name));
}

static bool scan_line(vb_str line, struct timed *t)
{
    vb_str start = str_cut(line, 0, START_OF_LINE);
    size_t at = 0;
    *t = (struct timed){.name = VB_STR("")};
    cue_skip_blanks(start, &at);
    if (!take_stamp(start, &at, t))
        return scan_named(line, t);
    size_t behind = at;
    cue_skip_blanks(start, &behind);
    /* "12:03 - text", "12:03: text" */
    if (!t->brackets && behind + 1 < start.len && strchr("-:", start.data[behind]) &&
        start.data[behind + 1] == ' ') {
        behind++;
        cue_skip_blanks(start, &behind);
    }
    t->text_at = behind;
    return true;
}

static bool could_begin_with_time(vb_str line)
{
    line = str_trim(str_cut(line, 0, START_OF_LINE));
    return line.len && (is_digit(line.data[0]) ||
                        (closer_of(line.data[0]) && line.len > 1 && is_digit(line.data[1])));
}

/* ---- does the file have times? ---- */

struct survey {
    size_t lines, candidates, timed, rising, arrows;
    bool begins; /* the first line has a time, in brackets */
};

static struct survey survey_lines(vb_str text)
{
    struct survey s = {0};
    struct timed t;
    vb_str line;
    vb_time last = VB_NO_TIME;
    for (size_t at = 0; str_line(text, &at, &line);) {
        bool timed = scan_line(line, &t);
        s.begins = s.begins || (!s.lines && timed && t.brackets);
        s.lines += line.len > 0;
        s.candidates += timed || could_begin_with_time(line);
        if (!timed)
            continue;
        s.timed++;
        s.arrows += t.arrow;
        s.rising += last == VB_NO_TIME || t.start >= last;
        last = t.start;
    }
    return s;
}

static bool has_times(const struct survey *s)
{
    return (s->timed >= 2 || s->arrows || s->begins) && s->timed * 10 >= s->candidates * 6 &&
           s->rising * 10 >= s->timed * 8;
}

/* ---- reading ---- */

struct reader {
    vb_str text;
    struct builder *b;
    struct raw_cues cues;
    bool timed;   /* the file has times */
    bool console; /* … between which stands an arrow: before the first one a program speaks */
    bool blank;   /* the last line was */
};

static void begin_cue(struct reader *r, struct vb_span line, const struct timed *t)
{
    uint32_t from = line.at + (uint32_t)t->text_at, end = line.at + line.len;
    struct raw_cue cue = {
        t->start, t->end, from, end, line.at, {0, 0}
    };
    if (t->name.len)
        cue.name =
            (struct vb_span){(uint32_t)(t->name.data - r->text.data), (uint32_t)t->name.len};
    vec_push(&r->cues, cue);
}

/* A line without a time goes on with the one before it, unless a blank line stands between. */
static void take_text(struct reader *r, struct vb_span line)
{
    struct raw_cue *last = r->cues.count ? &r->cues.items[r->cues.count - 1] : NULL;
    bool empty = last && last->from >= last->until;
    if (last && (empty || (!r->blank && r->timed))) {
        last->from = empty ? line.at : last->from;
        last->until = line.at + line.len;
        return;
    }
    if (!last && r->console) {
        builder_note(r->b, VB_INFO, line, _("this stands before the first time"));
        static const char language[] = "Detected language:";
        vb_str text = str_cut(r->text, line.at, line.at + line.len);
        if (str_starts(text, language)) {
            vb_str value = str_trim(str_from(text, sizeof language - 1));
            builder_meta(r->b, VB_STR("Language"), value, VB_STR(""), line);
        }
        return;
    }
    struct timed none = {.start = VB_NO_TIME, .end = VB_NO_TIME, .name = VB_STR("")};
    begin_cue(r, line, &none);
}

static void take_line(struct reader *r, vb_str line)
{
    struct vb_span span = {(uint32_t)(line.data - r->text.data), (uint32_t)line.len};
    struct timed t;
    bool blank = line.len < 4096 && !str_trim(line).len;
    if (r->timed && scan_line(line, &t))
        begin_cue(r, span, &t);
    else if (!blank)
        take_text(r, span);
    r->blank = blank;
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct survey survey = survey_lines(text);
    struct reader r = {.text = text, .b = into, .timed = has_times(&survey), .blank = true};
    r.console = r.timed && survey.arrows * 2 > survey.timed;
    vb_str line;
    for (size_t at = 0; r.cues.count <= CUES_MAX && str_line(text, &at, &line);)
        take_line(&r, line);
    builder_variant(into, !r.timed                           ? "plain"
                          : survey.arrows * 2 > survey.timed ? "console"
                                                             : "times");
    bool voices = str_find(text, VB_STR("<v ")) != STR_NOT_FOUND;
    return cue_feed(into, text, &r.cues, voices ? CUE_SRT : CUE_PLAIN, FEED_NAMES, error);
}

static int probe(vb_str text)
{
    vb_str start = str_cut(text, 0, 64 * 1024);
    struct survey survey = survey_lines(start);
    if (str_find(str_cut(start, 0, 40), VB_STR("WEBVTT")) != STR_NOT_FOUND)
        return 0; /* broken, and refuse.c says how */
    if (!refuse_is_prose(start))
        return survey.arrows * 2 > survey.timed && has_times(&survey) ? 60 : 0;
    if (!has_times(&survey))
        return 3;
    return survey.arrows * 2 > survey.timed ? 87 : 62;
}

/* ---- writing ---- */

static void put_time(struct buf *out, vb_time time)
{
    int64_t ms = cue_time_round(time, 1000) / 1000;
    buf_printf(out, "[%02d:%02d:%02d", (int)(ms / 3600000), (int)(ms / 60000 % 60),
               (int)(ms / 1000 % 60));
    if (ms % 1000)
        buf_printf(out, ".%03d", (int)(ms % 1000));
    buf_puts(out, "] ");
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    (void)error;
    bool named = false;
    uint32_t last_turn = VB_NONE - 1;
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++) {
        const struct vb_paragraph *p = vb_paragraph(t, i);
        struct out_cue cue = {.first = p->first_word,
                              .count = p->word_count,
                              .turn = p->turn,
                              .opens_turn = p->turn != last_turn,
                              .break_at = VB_NONE};
        if (!p->word_count)
            continue;
        buf_puts(out, out->len ? "\n" : "");
        vb_time start = cue_known_start(t, times, i, options);
        if (start != VB_NO_TIME)
            put_time(out, start);
        cue_put_turn(t, &cue, &named, NULL, out);
        cue_put_words(t, &cue, NULL, NULL, NULL, out);
        buf_putc(out, '\n');
        last_turn = p->turn;
    }
    return true;
}

const struct vb_format fmt_text = {
    .name = "text",
    .extensions = "txt text",
    .summary = N_("plain text, with times and names at the start of lines, or without"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_ENDS | VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS |
              VB_LOSES_MARKERS | VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_METADATA,
    .edits = true,
};
