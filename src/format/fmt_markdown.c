/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markdown with "**Name:**" before what somebody says, and times at the start of paragraphs:
 * "\[04:10\]", "[04:10]", "(1:04:10)".
 *
 * Blocks between blank lines are paragraphs; "#" makes a heading; "key: value" lines between
 * two
 * "---" at the top are the header.  Of the markup inside a paragraph what a page shows remains:
 * emphasis, the text of links, the character behind a backslash. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/vec.h"
#include "format/april.h"
#include "format/cue_names.h"
#include "format/cue_time.h"
#include "format/cue_write.h"
#include "format/format.h"
#include "format/markdown.h"
#include "format/timecode.h"

/* ---- what a paragraph begins with ---- */

/* "**Anne:** " or "**Anne**: "; `*at` moves behind it. */
static bool take_label(vb_str text, size_t *at, vb_str *name)
{
    enum { LONGEST = 120 };
    vb_str rest = str_cut(text, *at, *at + LONGEST);
    const char *mark = str_starts(rest, "**") ? "**" : str_starts(rest, "__") ? "__" : NULL;
    if (!mark)
        return false;
    vb_str inside = str_from(rest, 2);
    size_t closer = str_find(inside, str_of(mark));
    if (closer == STR_NOT_FOUND || closer == 0)
        return false;
    *name = str_trim(str_cut(inside, 0, closer));
    size_t behind = 2 + closer + 2;
    while (behind < rest.len && (rest.data[behind] == ' ' || rest.data[behind] == '\t'))
        behind++;
    bool colon_inside = str_ends(*name, ":");
    bool colon_behind = behind < rest.len && rest.data[behind] == ':';
    if (!colon_inside && !colon_behind)
        return false;
    if (colon_inside)
        *name = str_trim(str_cut(*name, 0, name->len - 1));
    *at += behind + (!colon_inside && colon_behind);
    return name->len > 0 && str_find_char(*name, '\n') == STR_NOT_FOUND;
}

static void skip_space(vb_str text, size_t *at)
{
    for (size_t next = *at; next < text.len; *at = next)
        if (!is_space(str_next(text, &next)))
            return;
}

static bool take_token(vb_str text, size_t *at, const char *token)
{
    if (!str_starts(str_from(text, *at), token))
        return false;
    *at += strlen(token);
    return true;
}

/* "\[04:10\]" and its relatives. */
static bool take_time(vb_str text, size_t *at, vb_time *time)
{
    static const char *const brackets[][2] = {
        {"\\[", "\\]"},
        {"[",   "]"  },
        {"\\(", "\\)"},
        {"(",   ")"  }
    };
    for (size_t i = 0; i < COUNT(brackets); i++) {
        size_t here = *at;
        if (!take_token(text, &here, brackets[i][0]))
            continue;
        enum cue_time_kind kind = cue_time_take(text, &here, time);
        if (kind == CUE_TIME_NONE || *time == VB_NO_TIME ||
            !take_token(text, &here, brackets[i][1]))
            return false;
        if (here < text.len && text.data[here] == '(') /* a link: [04:10](…) */
            return false;
        *at = here;
        return true;
    }
    return false;
}

/* ---- blocks ---- */

struct reader {
    vb_str text;
    struct builder *b;
    struct markdown inline_text;
    size_t at;
    bool in_turn;
    size_t labels, times;
};

static bool is_blank(vb_str line)
{
    return line.len < 4096 && !str_trim(line).len;
}

/* "## Title", "## Title 04:10": its level, 0 for none. */
static uint32_t heading_level(vb_str line)
{
    uint32_t level = 0;
    while (level < line.len && line.data[level] == '#')
        level++;
    return level >= 1 && level <= 6 && level < line.len && line.data[level] == ' ' ? level : 0;
}

static void put_heading(struct reader *r, vb_str line, uint32_t level, struct vb_span span)
{
    struct titled_time found;
    vb_str title = str_trim(str_from(line, level));
    while (str_ends(title, "#"))
        title = str_trim(str_cut(title, 0, title.len - 1));
    bool timed = time_from_heading(title, &found);
    struct buf shown = {0};
    markdown_plain(timed ? found.title : title, &shown);
    vb_str name = str_trim(buf_str(&shown));
    if (name.len && level == 1 && !r->in_turn && !r->labels)
        builder_title(r->b, name);
    else if (name.len)
        builder_section(r->b, name, level, timed ? found.time : VB_NO_TIME, span);
    if (timed)
        builder_marker(r->b, found.time, found.text, span);
    buf_free(&shown);
}

static void open_turn(struct reader *r, vb_str name, struct vb_span at)
{
    vb_str rest;
    uint32_t speakers[8];
    struct buf shown = {0};
    markdown_plain(name, &shown);
    vb_str one = buf_str(&shown);
    size_t count = 0;
    while (count + 1 < COUNT(speakers) && names_look_joint(one) &&
           names_cut_joint(&one, &rest)) {
        speakers[count++] = builder_speaker(r->b, one);
        one = rest;
    }
    if (one.len)
        speakers[count++] = builder_speaker(r->b, one);
    builder_turn(r->b, speakers, count, buf_str(&shown), at);
    r->in_turn = true;
    r->labels++;
    buf_free(&shown);
}

static void put_paragraph(struct reader *r, size_t from, size_t until)
{
    vb_str text = str_cut(r->text, 0, until);
    struct vb_span span = {(uint32_t)from, (uint32_t)(until - from)};
    vb_str name;
    vb_time time = VB_NO_TIME;
    size_t at = from;
    skip_space(text, &at);
    bool timed = take_time(text, &at, &time);
    skip_space(text, &at);
    size_t label_at = at;
    bool labelled = take_label(text, &at, &name);
    if (labelled)
        open_turn(r, name, (struct vb_span){(uint32_t)label_at, (uint32_t)(at - label_at)});
    skip_space(text, &at);
    if (!timed)
        timed = take_time(text, &at, &time);
    skip_space(text, &at);
    r->times += timed;
    if (at >= until && !timed)
        return; /* a name above its text */
    if (!r->in_turn) {
        builder_turn(r->b, NULL, 0, VB_STR(""), span);
        r->in_turn = true;
    }
    bool stage = markdown_is_stage(str_cut(r->text, at, until));
    builder_paragraph(r->b, stage ? VB_STAGE : VB_SPEECH, timed ? time : VB_NO_TIME, VB_NO_TIME,
                      span);
    markdown_read(&r->inline_text, r->text, at, until, stage);
    builder_text(r->b, r->inline_text.pieces.items, r->inline_text.pieces.count);
}

/* Lines up to a blank one, a heading, or a line that begins with a name. */
static void take_block(struct reader *r)
{
    size_t from = r->at, until = r->at, before = r->at;
    vb_str line, name;
    while (str_line(r->text, &r->at, &line)) {
        size_t at = 0;
        bool first = before == from;
        if (is_blank(line))
            break;
        if (!first && (heading_level(line) || take_label(line, &at, &name))) {
            r->at = before;
            break;
        }
        until = (size_t)(line.data - r->text.data) + line.len;
        before = r->at;
        if (first && heading_level(line)) {
            put_heading(r, line, heading_level(line),
                        (struct vb_span){(uint32_t)from, (uint32_t)line.len});
            return;
        }
    }
    if (until > from)
        put_paragraph(r, from, until);
}

/* ---- the header ---- */

static void take_front_matter(struct reader *r)
{
    size_t at = 0;
    vb_str line;
    if (!str_line(r->text, &at, &line) || !str_eq(str_trim(line), "---"))
        return;
    size_t body = at;
    while (str_line(r->text, &at, &line) && !str_eq(str_trim(line), "---"))
        if (at - body > 64 * 1024)
            return;
    if (!str_eq(str_trim(line), "---"))
        return;
    r->at = at;
    for (size_t in = body; str_line(str_cut(r->text, 0, at), &in, &line);) {
        size_t colon = str_find_char(line, ':');
        if (colon == STR_NOT_FOUND || !colon || line.data[0] == ' ')
            continue;
        vb_str label = str_trim(str_cut(line, 0, colon));
        vb_str value = str_trim(str_from(line, colon + 1));
        if (value.len > 1 && str_starts(value, "\"") && str_ends(value, "\""))
            value = str_cut(value, 1, value.len - 1);
        if (str_eq(label, "title"))
            builder_title(r->b, value);
        builder_meta(
            r->b, label, value, VB_STR(""),
            (struct vb_span){(uint32_t)(line.data - r->text.data), (uint32_t)line.len});
    }
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct reader r = {.text = text, .b = into};
    take_front_matter(&r);
    while (r.at < text.len)
        take_block(&r);
    markdown_free(&r.inline_text);
    if (!r.in_turn)
        return err_set(error, VB_BAD_FORMAT, _("nothing is said below the headings"));
    return true;
}

static int probe(vb_str text)
{
    size_t lines = 0, labels = 0, headings = 0, times = 0;
    vb_str line, name;
    vb_time time;
    text = str_cut(text, 0, 64 * 1024);
    if (str_find(text, VB_STR("'''Titre")) != STR_NOT_FOUND)
        return 0;
    for (size_t at = 0; lines < 2000 && str_line(text, &at, &line);) {
        size_t in = 0;
        lines += !is_blank(line);
        labels += take_label(line, &in, &name);
        headings += heading_level(line) > 0;
        in = 0;
        times += str_starts(line, "\\[") && take_time(line, &in, &time);
    }
    if (labels >= 2 || (labels && (times || lines < 5)))
        return 80;
    return labels || times || (headings && headings * 40 >= lines) ? 20 : 0;
}

/* ---- writing ---- */

static void put_time(struct buf *out, vb_time time)
{
    int64_t ms = cue_time_round(time, 1000) / 1000;
    buf_printf(out, "\\[%02d:%02d:%02d", (int)(ms / 3600000), (int)(ms / 60000 % 60),
               (int)(ms / 1000 % 60));
    if (ms % 1000)
        buf_printf(out, ".%03d", (int)(ms % 1000));
    buf_puts(out, "\\] ");
}

static void put_header(const struct vb_transcript *t, struct buf *out)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    bool titled = false;
    if (!count && !vb_title(t).len)
        return;
    buf_puts(out, "---\n");
    for (size_t i = 0; i < count; i++) {
        if (!meta[i].label.len)
            continue;
        titled = titled || str_eq(meta[i].label, "title");
        buf_printf(out, "%.*s: %.*s\n", (int)meta[i].label.len, meta[i].label.data,
                   (int)meta[i].value.len, meta[i].value.data);
    }
    if (!titled && vb_title(t).len)
        buf_printf(out, "title: %.*s\n", (int)vb_title(t).len, vb_title(t).data);
    buf_puts(out, "---\n");
}

static void put_section(const struct vb_section *section, struct buf *out)
{
    buf_puts(out, "\n");
    for (uint32_t i = 0; i < (section->level < 2 ? 2 : section->level); i++)
        buf_putc(out, '#');
    buf_putc(out, ' ');
    markdown_quote(section->title, out);
    if (section->time != VB_NO_TIME) {
        buf_putc(out, ' ');
        int64_t s = cue_time_round(section->time, VB_SECOND) / VB_SECOND;
        buf_printf(out, "%d’%02d", (int)(s / 60), (int)(s % 60));
    }
    buf_putc(out, '\n');
}

struct writer {
    const struct vb_transcript *t;
    const struct vb_timeline *times;
    struct vb_write_options options;
    uint32_t last_turn;
    struct buf *out;
};

static void put_spoken(struct writer *w, uint32_t i)
{
    const struct vb_paragraph *p = vb_paragraph(w->t, i);
    struct out_cue cue = {.first = p->first_word,
                          .count = p->word_count,
                          .break_at = VB_NONE,
                          .stage = p->kind == VB_STAGE};
    vb_time start = cue_known_start(w->t, w->times, i, w->options);
    if (!p->word_count && start == VB_NO_TIME)
        return;
    buf_puts(w->out, w->out->len ? "\n" : "");
    vb_str speakers = p->turn == VB_NONE ? VB_STR("") : vb_turn_speakers(w->t, p->turn);
    if (p->turn != w->last_turn && speakers.len) {
        buf_puts(w->out, "**");
        markdown_quote(speakers, w->out);
        buf_puts(w->out, ":** ");
    }
    if (start != VB_NO_TIME)
        put_time(w->out, start);
    cue_put_words(w->t, &cue, markdown_quote, "*", "*", w->out);
    buf_putc(w->out, '\n');
    w->last_turn = p->turn;
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    (void)error;
    struct writer w = {t, times, options, VB_NONE - 1, out};
    put_header(t, out);
    for (uint32_t i = 0; i < vb_block_count(t); i++) {
        struct vb_block block = vb_block(t, i);
        if (block.kind == VB_BLOCK_SECTION)
            put_section(vb_section(t, block.index), out);
        else if (block.kind == VB_BLOCK_PARAGRAPH)
            put_spoken(&w, block.index);
    }
    return true;
}

const struct vb_format fmt_markdown = {
    .name = "markdown",
    .extensions = "md markdown",
    .summary = N_("Markdown: names in bold, times in brackets, headings"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_NOBODY | VB_LOSES_ENDS | VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE |
              VB_LOSES_MARKERS | VB_LOSES_FOOTNOTES,
    .quote = markdown_quote,
    .edits = true,
};
