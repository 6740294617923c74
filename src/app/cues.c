/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file is taken by its lines, as it stands: times are written as the line at hand writes
 * them.  Whether the result still says the same words the format's own reader decides. */
#include "app/cues.h"

#include <stdlib.h>

#include "app/editing.h"
#include "app/passages.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "format/cue_time.h"

#define SHORTEST 1000 /* µs: a cue that lasts no time is never shown */

/* A cue in the file; all places are of the document's text. */
struct cue {
    struct vb_span timing;      /* its line, without the line end */
    struct vb_span from, until; /* the two times */
    vb_time start, end;
    struct vb_span number; /* the line above; len 0: there is none */
    uint32_t text;         /* where the first line of text begins */
};

/* ---- lines ---- */

static struct vb_span line_at(vb_str text, uint32_t at)
{
    uint32_t from = at, until = at;
    while (from > 0 && text.data[from - 1] != '\n')
        from--;
    while (until < text.len && text.data[until] != '\n')
        until++;
    while (until > from && text.data[until - 1] == '\r')
        until--;
    return (struct vb_span){from, until - from};
}

static size_t behind_line(vb_str text, struct vb_span line)
{
    size_t at = line.at + line.len;
    while (at < text.len && text.data[at] != '\n')
        at++;
    return at + 1;
}

static vb_str said_in(vb_str text, struct vb_span span)
{
    return str_cut(text, span.at, span.at + span.len);
}

static bool take_time(vb_str line, size_t *at, vb_time *time, struct vb_span *where)
{
    cue_skip_blanks(line, at);
    size_t from = *at;
    enum cue_time_kind kind = cue_time_take(line, at, time);
    *where = (struct vb_span){(uint32_t)from, (uint32_t)(*at - from)};
    return kind == CUE_TIME_GOOD || kind == CUE_TIME_ODD;
}

/* "00:00:01,000 --> 00:00:02,000 line:0", "0:00:01.000,0:00:02.000" */
static bool read_timing(vb_str text, struct vb_span span, struct cue *cue)
{
    vb_str line = said_in(text, span);
    size_t at = 0;
    if (!take_time(line, &at, &cue->start, &cue->from))
        return false;
    if (at < line.len && line.data[at] == ',')
        at++;
    else if (!cue_arrow_take(line, &at))
        return false;
    if (!take_time(line, &at, &cue->end, &cue->until))
        return false;
    cue->timing = span;
    cue->from.at += span.at;
    cue->until.at += span.at;
    return true;
}

static bool read_number(vb_str line, uint32_t *number)
{
    line = str_trim(line);
    *number = 0;
    for (size_t i = 0; i < line.len; i++) {
        if (!is_digit(line.data[i]) || line.len > 9)
            return false;
        *number = *number * 10 + (uint32_t)(line.data[i] - '0');
    }
    return line.len > 0;
}

/* From the passage up to the nearest line with times. */
static bool find_cue(const struct session *s, struct vb_span passage, struct cue *cue)
{
    vb_str text = vb_document_text(s->document);
    struct vb_span line = line_at(text, passage.at);
    uint32_t number;
    *cue = (struct cue){0};
    do {
        cue->text = line.at;
        if (!line.at)
            return false;
        line = line_at(text, line.at - 1);
        if (!str_trim(said_in(text, line)).len)
            return false;
    } while (!read_timing(text, line, cue));
    if (line.at) {
        struct vb_span above = line_at(text, line.at - 1);
        if (read_number(said_in(text, above), &number))
            cue->number = above;
    }
    return true;
}

/* ---- writing ---- */

/* As `like` is written: "00:01,500", "0:00:01.500". */
static void put_time(vb_time time, vb_str like, struct buf *out)
{
    struct buf whole = {0};
    size_t colons = 0;
    for (size_t i = 0; i < like.len; i++)
        colons += like.data[i] == ':';
    bool comma = str_find_char(like, ',') != STR_NOT_FOUND;
    cue_time_put(&whole, time, comma ? ',' : '.');
    vb_str text = buf_str(&whole);
    if (colons == 1 && str_starts(text, "00:"))
        text = str_from(text, 3);
    else if (str_find_char(like, ':') == 1 && str_starts(text, "0"))
        text = str_from(text, 1);
    buf_add(out, text);
    buf_free(&whole);
}

/* The changes of one step, and what they write. */
struct step {
    VEC(struct vb_change) changes;
    struct arena texts;
};

static void add(struct step *step, struct vb_span span, struct buf *text)
{
    struct vb_change change = {span, arena_str(&step->texts, buf_str(text))};
    vec_push(&step->changes, change);
    buf_free(text);
}

static void add_time(struct step *step, vb_str text, struct vb_span span, vb_time time)
{
    struct buf written = {0};
    put_time(time, said_in(text, span), &written);
    add(step, span, &written);
}

/* The numbers of the cues from `at` on change by `by`, as long as each is `number` and they
 * count on. */
static void renumber(struct step *step, vb_str text, size_t at, uint32_t number, int by)
{
    struct vb_span above = {0};
    struct cue next;
    while (at < text.len) {
        struct vb_span line = line_at(text, (uint32_t)at);
        if (read_timing(text, line, &next)) {
            uint32_t found;
            struct buf changed = {0};
            if (!above.len || !read_number(said_in(text, above), &found) || found != number)
                return;
            buf_printf(&changed, "%u", (unsigned)((int)number++ + by));
            above.len = (uint32_t)str_trim(said_in(text, above)).len;
            add(step, above, &changed);
        }
        above = line;
        at = behind_line(text, line);
    }
}

/* All of it, or nothing: the words must be the same, in `more` cues than before. */
static bool make(struct session *s, struct step *step, int more, struct vb_error *error)
{
    uint32_t words = vb_word_count(s->transcript), cues = vb_paragraph_count(s->transcript);
    bool made = session_edit(s, step->changes.items, step->changes.count, error);
    if (made && (vb_word_count(s->transcript) != words ||
                 vb_paragraph_count(s->transcript) != cues + (uint32_t)more)) {
        session_undo_edit(s);
        made = err_set(error, VB_UNSUPPORTED, "%s",
                       _("the words would not be read as the same ones; nothing was written"));
    }
    free(step->changes.items);
    arena_free(&step->texts);
    return made;
}

static bool no_cue(const struct session *s, struct vb_error *error)
{
    return err_set(error, VB_UNSUPPORTED,
                   _("the cues of this file are neither divided nor joined (%s)"),
                   vb_format_name(vb_document_format(s->document)));
}

/* ---- dividing ---- */

/* When the word is heard; where that is not known, as far in as it stands in the text. */
static vb_time time_of(const struct session *s, uint32_t word, const struct cue *cue,
                       struct vb_span passage)
{
    vb_time length = cue->end - cue->start;
    vb_time at = s->timeline ? vb_timeline_start(s->timeline, word) : VB_NO_TIME;
    if (at < cue->start + SHORTEST || at > cue->end - SHORTEST) {
        uint32_t before = vb_word(s->transcript, word).span.at - passage.at;
        at = cue->start + (vb_time)((double)length * before / passage.len);
    }
    return cue_time_round(at, 1000);
}

/* "<v Anne>" before the first word: the second part is hers, too. */
static vb_str voice_of(vb_str before)
{
    size_t from = str_find(before, VB_STR("<v"));
    size_t len = from == STR_NOT_FOUND ? 0 : str_find_char(str_from(before, from), '>');
    return from == STR_NOT_FOUND || len == STR_NOT_FOUND
               ? VB_STR("")
               : str_cut(before, from, from + len + 1);
}

/* What comes between the two parts: a blank line, a number, the times, a voice. */
static void put_head(vb_str text, const struct cue *cue, vb_time at, uint32_t number,
                     vb_str voice, struct buf *out)
{
    uint32_t behind = cue->from.at + cue->from.len;
    buf_puts(out, "\n\n");
    if (cue->number.len)
        buf_printf(out, "%u\n", (unsigned)number + 1);
    buf_add(out, str_cut(text, cue->timing.at, cue->from.at));
    put_time(at, said_in(text, cue->from), out);
    buf_add(out, str_cut(text, behind, cue->timing.at + cue->timing.len));
    buf_puts(out, "\n");
    buf_add(out, voice);
}

bool cues_split(struct session *s, uint32_t word, struct vb_error *error)
{
    vb_str text = vb_document_text(s->document);
    struct step step = {0};
    struct vb_span passage;
    struct cue cue;
    struct buf head = {0};
    uint32_t number = 0;
    uint32_t at = vb_word(s->transcript, word).span.at, from = at;
    if (!passage_at(s, at, &passage) || !find_cue(s, passage, &cue))
        return no_cue(s, error);
    if (at <= passage.at || cue.end - cue.start < 2 * SHORTEST)
        return err_set(error, VB_UNSUPPORTED, "%s",
                       _("a cue is divided between two of its words"));
    while (from > 0 && is_space((unsigned char)text.data[from - 1]))
        from--;
    vb_time middle = time_of(s, word, &cue, passage);
    if (cue.number.len)
        read_number(said_in(text, cue.number), &number);
    put_head(text, &cue, middle, number, voice_of(str_cut(text, cue.text, passage.at)), &head);
    add_time(&step, text, cue.until, middle);
    add(&step, (struct vb_span){from, at - from}, &head);
    if (cue.number.len)
        renumber(&step, text, passage.at + passage.len, number + 1, +1);
    return make(s, &step, +1, error);
}

/* ---- joining ---- */

/* In the last line of the first text a voice may end, and in the first of the next one a name
 * begin: both go where the same goes on speaking. */
static struct vb_span between(const struct session *s, struct vb_span a, struct vb_span b,
                              const struct cue *next, const struct vb_turn *turn)
{
    vb_str text = vb_document_text(s->document);
    uint32_t from = a.at + a.len, until = next->text;
    struct vb_span line = line_at(text, from);
    vb_str rest = str_trim(str_cut(text, from, line.at + line.len));
    if (!str_eq(rest, "</v>"))
        from = line.at + line.len;
    vb_str before = str_cut(text, next->text, b.at);
    if (voice_of(before).len ||
        (turn->label.len && str_find(before, turn->label) != STR_NOT_FOUND))
        until = b.at;
    return (struct vb_span){from, until - from};
}

/* Cues of nobody are a turn, too. */
static const struct vb_turn *turn_at(const struct session *s, struct vb_span passage)
{
    uint32_t word = passage_word(s, passage.at);
    return vb_turn(s->transcript, vb_turn_of_word(s->transcript, word));
}

bool cues_join(struct session *s, struct vb_span a, struct vb_span b, struct vb_error *error)
{
    vb_str text = vb_document_text(s->document);
    const struct vb_turn *first = turn_at(s, a), *second = turn_at(s, b);
    struct step step = {0};
    struct cue one, next;
    struct buf line_end = {0};
    uint32_t number;
    if (!find_cue(s, a, &one) || !find_cue(s, b, &next) || next.timing.at <= one.timing.at)
        return no_cue(s, error);
    if (first != second && !(first->label.len && str_is(first->label, second->label)))
        return err_set(error, VB_UNSUPPORTED, "%s",
                       _("two voices speak in these cues: they stay apart"));
    if (next.end > one.end)
        add_time(&step, text, one.until, next.end);
    buf_puts(&line_end, "\n");
    add(&step, between(s, a, b, &next, second), &line_end);
    if (next.number.len && read_number(said_in(text, next.number), &number))
        renumber(&step, text, b.at + b.len, number + 1, -1);
    return make(s, &step, -1, error);
}
