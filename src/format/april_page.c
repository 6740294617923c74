/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines to turns: headings, labels, stage directions and what is said go into the builder in
 * the order of the page. */
#include "format/april.h"

#include "base/i18n.h"
#include "base/str.h"

struct writer {
    struct page *page;
    struct region body;
    struct names *names;
    struct builder *b;
    vb_time duration;
    bool items_are_turns; /* a page without labels whose turns are the items of a list */
    bool in_turn;
};

/* ---- turns ---- */

static bool is_shown(const struct line *line)
{
    return line->kind == LINE_TEXT || line->kind == LINE_ITEM;
}

static bool begins_turn(const struct writer *w, size_t i)
{
    const struct line *line = &w->page->lines.items[i];
    return line->label_len || (w->items_are_turns && line->kind == LINE_ITEM);
}

/* From its label to the end of the last line before the next turn. */
static struct vb_span span_of_turn(const struct writer *w, size_t first)
{
    struct vb_span span = w->page->lines.items[first].span;
    for (size_t i = first + 1; i < w->body.until && !begins_turn(w, i); i++) {
        const struct line *line = &w->page->lines.items[i];
        if (is_shown(line) && line->span.at + line->span.len > span.at + span.len)
            span.len = line->span.at + line->span.len - span.at;
    }
    return span;
}

static uint32_t speaker_of(struct writer *w, vb_str name, const struct line *line)
{
    const struct person *person = NULL;
    enum name_is is = names_find(w->names, name, &person);
    if (is == NAME_LISTED)
        return builder_speaker(w->b, person->name);
    struct buf tidy = {0};
    names_tidy(name, &tidy);
    uint32_t speaker = builder_speaker(w->b, buf_str(&tidy));
    buf_free(&tidy);
    if (is == NAME_SHORT && names_first_time(w->names, name)) {
        builder_speaker_row(w->b, speaker)->guess = builder_keep(w->b, person->name);
        builder_note(w->b, VB_INFO, line->span, _("“%.*s” is taken to be %.*s"), (int)name.len,
                     name.data, (int)person->name.len, person->name.data);
    }
    return speaker;
}

/* More voices than this in one label is a list of something else. */
enum { VOICES_MAX = 12 };

static size_t speakers_of(struct writer *w, const struct line *line, uint32_t *speakers)
{
    vb_str label = str_cut(line_text(w->page, line), 0, line->label_len), rest = label;
    size_t count = 0;
    bool joint = names_find(w->names, label, NULL) == NAME_NEW &&
                 (names_all_known(w->names, label) || names_look_joint(label));
    for (vb_str part = label; part.len && count < VOICES_MAX; part = rest) {
        if (!joint || !names_cut_joint(&part, &rest))
            rest = VB_STR("");
        speakers[count++] = speaker_of(w, part, line);
    }
    return count;
}

static void open_turn(struct writer *w, size_t i)
{
    const struct line *line = &w->page->lines.items[i];
    uint32_t speakers[VOICES_MAX];
    size_t count = line->label_len ? speakers_of(w, line, speakers) : 0;
    builder_turn(w->b, speakers, count, str_cut(line_text(w->page, line), 0, line->label_len),
                 span_of_turn(w, i));
    w->in_turn = true;
}

/* ---- stage directions ---- */

/* "[a] [b]": the next bracket from `*at` on. False where something else stands between. */
static bool next_bracket(vb_str text, size_t *at, size_t *open, size_t *close)
{
    vb_str rest = str_trim(str_from(text, *at));
    if (!str_starts(rest, "["))
        return false;
    *open = (size_t)(rest.data - text.data);
    size_t length = str_find_char(rest, ']');
    size_t inner = str_find_char(str_from(rest, 1), '[');
    if (length == STR_NOT_FOUND || (inner != STR_NOT_FOUND && inner + 1 < length))
        return false;
    *close = *open + length;
    *at = *close + 1;
    return true;
}

static bool has_letter(vb_str text)
{
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next(text, &at);
        if (is_letter_or_digit(c) && !(c < 0x80 && is_digit((char)c)))
            return true;
    }
    return false;
}

/* Nothing but brackets; inside a paragraph only those with the vocabulary of the stage. */
static bool is_stage_line(const struct writer *w, size_t i)
{
    const struct line *line = &w->page->lines.items[i];
    const struct run *run = &w->page->runs.items[line->first_run];
    vb_str text = line_text(w->page, line);
    size_t at = 0, open, close;
    if (line->skip || !str_starts(text, "[") || run->style & RUN_LITERAL)
        return false;
    bool alone = line_is_alone(w->page, i);
    while (next_bracket(text, &at, &open, &close)) {
        vb_str inside = str_cut(text, open + 1, close);
        if (!has_letter(inside) || (!alone && bracket_kind(inside) != BRACKET_STAGE))
            return false;
    }
    return str_trim(str_from(text, at)).len == 0;
}

static void put_stage(struct writer *w, const struct line *line, size_t from, size_t until)
{
    vb_str inside = str_trim(str_cut(line_text(w->page, line), from, until));
    if (!inside.len)
        return;
    from = (size_t)(inside.data - line_text(w->page, line).data);
    until = from + inside.len;
    builder_paragraph(w->b, VB_STAGE, VB_NO_TIME, VB_NO_TIME,
                      line_part_span(w->page, line, from, until));
    april_put_words(w->page, line, from, until, VB_UNSPOKEN | VB_EMPHASIS, w->b);
}

static void put_stage_line(struct writer *w, const struct line *line)
{
    vb_str text = line_text(w->page, line);
    size_t at = 0, open, close;
    while (next_bracket(text, &at, &open, &close))
        put_stage(w, line, open + 1, close);
}

/* A bracket that opens a block and closes only at its end, lines later. How many lines. */
static size_t long_stage(const struct writer *w, size_t i)
{
    const struct line *line = &w->page->lines.items[i];
    vb_str text = line_text(w->page, line);
    const struct run *run = &w->page->runs.items[line->first_run];
    if (!line->opens_block || line->skip || !str_starts(text, "[") || run->style & RUN_LITERAL)
        return 0;
    for (size_t k = i; k < w->body.until; k++) {
        text = line_text(w->page, &w->page->lines.items[k]);
        bool last = line_ends_block(w->page, k);
        size_t close = str_find_char(text, ']');
        if (w->page->lines.items[k].skip || (close != STR_NOT_FOUND && close + 1 < text.len))
            return 0;
        if (close != STR_NOT_FOUND || last)
            return last && close != STR_NOT_FOUND ? k + 1 - i : 0;
    }
    return 0;
}

static void put_long_stage(struct writer *w, size_t from, size_t count)
{
    for (size_t i = from; i < from + count; i++) {
        const struct line *line = &w->page->lines.items[i];
        size_t len = line->text_len;
        put_stage(w, line, i == from ? 1 : 0, i + 1 == from + count ? len - 1 : len);
    }
}

/* ---- what is said ---- */

static void put_speech(struct writer *w, size_t i)
{
    const struct line *line = &w->page->lines.items[i];
    if (line->skip >= line->text_len)
        return;
    if (!w->in_turn)
        open_turn(w, i);
    builder_paragraph(w->b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME,
                      line_part_span(w->page, line, line->skip, line->text_len));
    april_put_words(w->page, line, line->skip, line->text_len, 0, w->b);
}

/* Puts the line, or the stage direction of several lines that it begins. How many lines. */
static size_t put_line(struct writer *w, size_t i)
{
    const struct line *line = &w->page->lines.items[i];
    if (line->kind == LINE_GONE)
        return 1;
    if (line->kind == LINE_HEADING) {
        april_put_heading(w->page, line, w->duration, w->b);
        return 1;
    }
    if (begins_turn(w, i))
        open_turn(w, i);
    if (is_stage_line(w, i)) {
        put_stage_line(w, line);
        return 1;
    }
    size_t lines = long_stage(w, i);
    if (lines > 1) {
        put_long_stage(w, i, lines);
        return lines;
    }
    put_speech(w, i);
    return 1;
}

static bool has_items(const struct page *page, struct region body)
{
    size_t items = 0;
    for (size_t i = body.from; i < body.until; i++)
        items += page->lines.items[i].kind == LINE_ITEM;
    return items >= 2;
}

void april_put_body(struct page *page, struct region body, struct names *names, bool has_labels,
                    vb_time duration, struct builder *b)
{
    struct writer w = {page, body, names, b, duration, false, false};
    w.items_are_turns = !has_labels && has_items(page, body);
    for (size_t i = body.from; i < body.until;)
        i += put_line(&w, i);
}
