/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text with times at the start of its lines or behind them, and plain text.
 *
 * timed_line.h shows how lines begin with a time.  Numbers that look like times stand in prose,
 * too, so the whole file decides: where most lines that could begin with a time do, and the
 * times rise, they are times.  A text without any is paragraphs that nobody says when. */
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
#include "format/refuse.h"
#include "format/time_marks.h"
#include "format/timed_line.h"

/* ---- does the file have times? ---- */

struct survey {
    size_t lines, candidates, timed, rising, arrows, brackets;
    size_t spoken; /* lines with an arrow, and text behind the times */
    bool begins;   /* the first line has a time, in brackets */
};

static struct survey survey_lines(vb_str text)
{
    struct survey s = {0};
    struct timed_line t;
    vb_str line;
    vb_time last = VB_NO_TIME;
    for (size_t at = 0; str_line(text, &at, &line);) {
        bool timed = timed_line_scan(line, &t);
        s.begins = s.begins || (!s.lines && timed && t.brackets);
        s.lines += line.len > 0;
        s.candidates += timed || timed_line_could_be(line);
        if (!timed)
            continue;
        s.timed++;
        s.arrows += t.arrow;
        s.spoken += t.arrow && t.text_at < line.len;
        s.brackets += t.brackets;
        s.rising += last == VB_NO_TIME || t.start >= last;
        last = t.start;
    }
    return s;
}

/* A file all of whose lines begin with a time in brackets may go back more often. */
static bool has_times(const struct survey *s)
{
    size_t rising = s->brackets == s->lines ? 5 : 8;
    return (s->timed >= 2 || s->arrows || s->begins) && s->timed * 10 >= s->candidates * 6 &&
           s->rising * 10 >= s->timed * rising;
}

/* ---- reading ---- */

struct reader {
    vb_str text;
    struct builder *b;
    struct raw_cues cues;
    bool timed;    /* the file has times */
    bool brackets; /* … most of them in brackets: more of them may stand inside a line */
    bool console; /* … between which stands an arrow: before the first one a program speaks */
    bool blank;   /* the last line was */
    bool closed;  /* a mark behind its text says when the last cue ends */
};

/* "text [00:05] more text [00:09]": a mark inside begins a cue of its own, one at the end of
 * the line says where the text before it ends. */
static void split_last_cue(struct reader *r, uint32_t from)
{
    struct time_mark mark;
    struct raw_cue *cue = &r->cues.items[r->cues.count - 1];
    uint32_t end = cue->until;
    vb_str line = str_cut(r->text, 0, end);
    r->closed = false;
    while (r->brackets && r->cues.count <= CUES_MAX && time_mark_next(line, from, &mark)) {
        vb_str before = str_trim(str_cut(line, cue->from, mark.at));
        size_t behind = mark.end;
        cue_skip_blanks(line, &behind);
        cue->until = before.len ? (uint32_t)(before.data + before.len - line.data) : cue->from;
        if (behind >= end && before.len) {
            cue->end = mark.time;
            r->closed = true;
            return;
        }
        r->cues.count -= !before.len && !cue->name.len;
        struct raw_cue next = {
            mark.time, VB_NO_TIME, (uint32_t)behind, end, (uint32_t)mark.at, {0, 0}
        };
        vec_push(&r->cues, next);
        cue = &r->cues.items[r->cues.count - 1];
        from = cue->from;
    }
}

static void begin_cue(struct reader *r, struct vb_span line, const struct timed_line *t)
{
    uint32_t from = line.at + (uint32_t)t->text_at, end = line.at + line.len;
    struct raw_cue cue = {
        t->start, t->end, from, end, line.at, {0, 0}
    };
    if (t->name.len)
        cue.name =
            (struct vb_span){(uint32_t)(t->name.data - r->text.data), (uint32_t)t->name.len};
    vec_push(&r->cues, cue);
    split_last_cue(r, from);
}

/* A line without a time goes on with the one before it, unless a blank line stands between, or
 * a mark has ended that one: then it begins there. */
static void take_text(struct reader *r, struct vb_span line)
{
    struct raw_cue *last = r->cues.count ? &r->cues.items[r->cues.count - 1] : NULL;
    struct timed_line none = {.start = VB_NO_TIME, .end = VB_NO_TIME, .name = VB_STR("")};
    if (last && r->closed) {
        none.start = last->end;
        begin_cue(r, line, &none);
        return;
    }
    bool empty = last && last->from >= last->until;
    if (last && (empty || (!r->blank && r->timed))) {
        last->from = empty ? line.at : last->from;
        last->until = line.at + line.len;
        split_last_cue(r, line.at);
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
    begin_cue(r, line, &none);
}

static void take_line(struct reader *r, vb_str line)
{
    struct vb_span span = {(uint32_t)(line.data - r->text.data), (uint32_t)line.len};
    struct timed_line t;
    bool blank = line.len < 4096 && !str_trim(line).len;
    if (r->timed && timed_line_scan(line, &t))
        begin_cue(r, span, &t);
    else if (!blank)
        take_text(r, span);
    r->blank = blank;
}

static void read_lines(struct reader *r, const struct survey *survey)
{
    vb_str line;
    r->timed = has_times(survey);
    r->brackets = r->timed && survey->brackets * 2 > survey->timed;
    r->console = r->timed && survey->arrows * 2 > survey->timed;
    for (size_t at = 0; r->cues.count <= CUES_MAX && str_line(r->text, &at, &line);)
        take_line(r, line);
    builder_variant(r->b, !r->timed ? "plain" : r->console ? "console" : "times");
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct survey survey = survey_lines(text);
    struct reader r = {.text = text, .b = into, .blank = true};
    if (!has_times(&survey) && time_marks_end_lines(text)) {
        time_marks_read(text, &r.cues);
        builder_variant(into, "times behind the lines");
    } else {
        read_lines(&r, &survey);
    }
    bool voices = str_find(text, VB_STR("<v ")) != STR_NOT_FOUND;
    return cue_feed(into, text, &r.cues, voices ? CUE_SRT : CUE_PLAIN, FEED_NAMES, error);
}

static int probe(vb_str text)
{
    vb_str start = str_cut(text, 0, 64 * 1024);
    struct survey survey = survey_lines(start);
    if (str_find(str_cut(start, 0, 40), VB_STR("WEBVTT")) != STR_NOT_FOUND)
        return 0; /* broken, and refuse.c says how */
    bool timed = has_times(&survey), console = timed && survey.spoken * 2 > survey.timed;
    if (!refuse_is_prose(start))
        return console ? 60 : 0;
    if (!timed && !time_marks_end_lines(start))
        return 3;
    return console ? 87 : 62;
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
                              .break_at = VB_NONE,
                              .stage = p->kind == VB_STAGE};
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
