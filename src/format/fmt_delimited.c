/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables: values with tabs, commas, semicolons or spaces between them, as spreadsheets and
 * Whisper write them.
 *
 * A first row that names "start" and "text" tells the columns; else the first rows do: two
 * columns of rising numbers are the times, the last that is no number is the text.  Values may
 * stand in quotes, as RFC 4180 has it: "" is one quote, and lines may end inside. */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/vec.h"
#include "format/cue_feed.h"
#include "format/cue_time.h"
#include "format/cues.h"
#include "format/delimited_write.h"
#include "format/format.h"
#include "format/timecode.h"
#include "format/timed_line.h"

/* ---- rows and values ---- */

enum { COLUMNS_MAX = 16 };

struct field {
    uint32_t from, until; /* without the quotes around it */
};

struct row {
    struct field fields[COLUMNS_MAX];
    size_t count;
    uint32_t at, end;
};

static bool is_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Where the quotes that open at `at` close; the end of the text where they don't. */
static size_t closing_quote(vb_str text, size_t at)
{
    at++;
    while (at < text.len) {
        const char *found = memchr(text.data + at, '"', text.len - at);
        if (!found)
            return text.len;
        at = (size_t)(found - text.data);
        if (at + 1 >= text.len || text.data[at + 1] != '"')
            return at;
        at += 2; /* a doubled quote stands for one */
    }
    return text.len;
}

static struct field take_field(vb_str text, size_t *at, char separator)
{
    struct field field;
    bool quoted = *at < text.len && text.data[*at] == '"';
    field.from = (uint32_t)*at + quoted;
    if (quoted) {
        size_t closer = closing_quote(text, *at);
        field.until = (uint32_t)closer;
        *at = closer < text.len ? closer + 1 : closer;
    }
    while (*at < text.len && text.data[*at] != separator && !is_end(text.data[*at]))
        ++*at;
    if (!quoted)
        field.until = (uint32_t)*at;
    return field;
}

/* The next row; what stands beyond the last column belongs to it. */
static bool next_row(vb_str text, size_t *at, char separator, struct row *row)
{
    while (*at < text.len && is_end(text.data[*at]))
        ++*at;
    if (*at >= text.len)
        return false;
    row->at = (uint32_t)*at;
    row->count = 0;
    for (;;) {
        struct field field = take_field(text, at, separator);
        if (row->count < COLUMNS_MAX)
            row->fields[row->count++] = field;
        if (*at >= text.len || text.data[*at] != separator)
            break;
        ++*at;
    }
    row->end = (uint32_t)*at;
    return true;
}

static vb_str value(vb_str text, const struct row *row, size_t column)
{
    return column < row->count
               ? str_cut(text, row->fields[column].from, row->fields[column].until)
               : VB_STR("");
}

/* ---- which column is what ---- */

enum meaning { START, END, TEXT, SPEAKER, MEANINGS };
#define NO_COLUMN SIZE_MAX

struct layout {
    char separator;
    bool header;
    bool milliseconds;
    size_t column[MEANINGS];
};

static const char *const headings[MEANINGS] = {
    [START] = "start begin from start_time starttime start_ms start_s début debut in timespan",
    [END] = "end stop to end_time endtime end_ms end_s fin out",
    [TEXT] = "text transcript caption body texte transcription segment word content",
    [SPEAKER] = "speaker name locuteur intervenant voice who",
};

static bool is_heading(vb_str text, const char *list)
{
    char word[24];
    text = str_trim(text);
    if (!text.len || text.len >= sizeof word)
        return false;
    for (size_t i = 0; i < text.len; i++)
        word[i] = (char)(text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] | 32
                                                                    : text.data[i]);
    vb_str wanted = {word, text.len};
    for (vb_str rest = str_of(list); rest.len;) {
        size_t space = str_find_char(rest, ' ');
        size_t len = space == STR_NOT_FOUND ? rest.len : space;
        if (str_is(str_cut(rest, 0, len), wanted))
            return true;
        rest = str_from(rest, len + 1);
    }
    return false;
}

static void forget_columns(struct layout *l)
{
    for (size_t m = 0; m < MEANINGS; m++)
        l->column[m] = NO_COLUMN;
}

static bool read_headings(vb_str text, const struct row *row, struct layout *l)
{
    forget_columns(l);
    for (size_t i = 0; i < row->count; i++)
        for (size_t m = 0; m < MEANINGS; m++)
            if (l->column[m] == NO_COLUMN && is_heading(value(text, row, i), headings[m]))
                l->column[m] = i;
    return l->column[START] != NO_COLUMN && l->column[TEXT] != NO_COLUMN;
}

/* Whole numbers alone may count milliseconds. */
static bool scan_whole(vb_str text, int64_t *number)
{
    *number = 0;
    if (!text.len || text.len > 12)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.data[i]))
            return false;
        *number = *number * 10 + (text.data[i] - '0');
    }
    return true;
}

static bool scan_time(vb_str text, bool milliseconds, vb_time *time)
{
    int64_t number;
    size_t at = 0;
    text = str_trim(text);
    if (milliseconds && scan_whole(text, &number)) {
        *time = number <= CUE_TIME_MAX / 1000 ? number * 1000 : VB_NO_TIME;
        return true;
    }
    if (time_from_seconds(text, time))
        return true;
    return cue_time_take(text, &at, time) != CUE_TIME_NONE && at == text.len;
}

/* "0:00.0 - 0:05.2": both times in one column, as NVivo has them. */
static bool scan_span(vb_str text, vb_time *start, vb_time *end)
{
    struct timed_line t;
    text = str_trim(text);
    if (!timed_line_scan(text, &t) || t.end == VB_NO_TIME || t.text_at < text.len)
        return false;
    *start = t.start;
    *end = t.end;
    return true;
}

/* In a column whose unit is not known yet. */
static bool is_time(vb_str text)
{
    vb_time time, end;
    return scan_time(text, true, &time) || scan_span(text, &time, &end);
}

/* Rows without a heading: what all of the first ones have. */
struct survey {
    size_t rows;
    size_t columns;
    bool times[COLUMNS_MAX];
    uint32_t width[COLUMNS_MAX];
};

static void survey_row(vb_str text, const struct row *row, struct survey *s)
{
    s->columns = s->rows && row->count > s->columns ? s->columns : row->count;
    for (size_t i = 0; i < row->count; i++) {
        bool timed = is_time(value(text, row, i));
        s->times[i] = timed && (s->rows == 0 || s->times[i]);
        s->width[i] += (uint32_t)value(text, row, i).len;
    }
    s->rows++;
}

/* Two times side by side, and the widest column of the rest. */
static bool judge_survey(const struct survey *s, struct layout *l)
{
    forget_columns(l);
    for (size_t i = 0; i + 1 < s->columns && l->column[START] == NO_COLUMN; i++)
        if (s->times[i] && s->times[i + 1]) {
            l->column[START] = i;
            l->column[END] = i + 1;
        }
    for (size_t i = 0; i < s->columns; i++) {
        bool taken = i == l->column[START] || i == l->column[END];
        bool best = l->column[TEXT] == NO_COLUMN || s->width[i] >= s->width[l->column[TEXT]];
        if (!taken && best)
            l->column[TEXT] = i;
    }
    return l->column[START] != NO_COLUMN && l->column[TEXT] != NO_COLUMN;
}

enum { LOOK_AT_ROWS = 20 };

/* Below a heading whole numbers are milliseconds: so Whisper and whisper.cpp write them. */
static bool try_separator(vb_str text, char separator, struct layout *l)
{
    struct survey survey = {0};
    struct row row;
    size_t at = 0, rows = 0, whole = 0, timed = 0;
    int64_t number;
    *l = (struct layout){.separator = separator};
    while (rows < LOOK_AT_ROWS && next_row(text, &at, separator, &row)) {
        if (rows++ == 0 && read_headings(text, &row, l)) {
            l->header = true;
            continue;
        }
        survey_row(text, &row, &survey);
        if (l->header) {
            vb_str start = str_trim(value(text, &row, l->column[START]));
            whole += scan_whole(start, &number);
            timed += is_time(start);
        }
    }
    l->milliseconds = l->header && survey.rows && whole == survey.rows;
    if (l->header)
        return timed * 10 >= survey.rows * 8;
    return survey.rows && survey.columns >= 3 && judge_survey(&survey, l);
}

static bool find_layout(vb_str text, struct layout *l)
{
    static const char separators[] = "\t,; ";
    for (size_t i = 0; separators[i]; i++)
        if (try_separator(str_cut(text, 0, 256 * 1024), separators[i], l))
            return true;
    return false;
}

/* ---- reading ---- */

static vb_time time_in(vb_str text, const struct row *row, const struct layout *l,
                       enum meaning which)
{
    vb_time time;
    if (l->column[which] == NO_COLUMN ||
        !scan_time(value(text, row, l->column[which]), l->milliseconds, &time))
        return VB_NO_TIME;
    return time;
}

static void take_row(vb_str text, const struct row *row, const struct layout *l,
                     struct builder *b, struct raw_cues *cues)
{
    struct raw_cue cue = {
        .start = time_in(text, row, l, START),
        .end = time_in(text, row, l, END),
        .at = row->at,
    };
    struct vb_span span = {row->at, row->end - row->at};
    if (l->header && l->column[END] == NO_COLUMN)
        scan_span(value(text, row, l->column[START]), &cue.start, &cue.end);
    if (cue.start == VB_NO_TIME)
        builder_note(b, VB_WARNING, span, _("there is no time in this row"));
    if (l->column[TEXT] < row->count) {
        cue.from = row->fields[l->column[TEXT]].from;
        cue.until = row->fields[l->column[TEXT]].until;
    }
    if (l->column[SPEAKER] < row->count) {
        const struct field *name = &row->fields[l->column[SPEAKER]];
        cue.name = (struct vb_span){name->from, name->until - name->from};
    }
    vec_push(cues, cue);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct layout layout;
    struct raw_cues cues = {0};
    struct row row;
    size_t at = 0;
    if (!find_layout(text, &layout))
        return err_set(error, VB_BAD_FORMAT,
                       _("no columns with start, end and text were found in the table"));
    if (layout.header)
        next_row(text, &at, layout.separator, &row);
    while (cues.count <= CUES_MAX && next_row(text, &at, layout.separator, &row))
        take_row(text, &row, &layout, into, &cues);
    builder_variant(into, layout.milliseconds ? "milliseconds" : "seconds");
    bool speakers = layout.column[SPEAKER] != NO_COLUMN;
    return cue_feed(into, text, &cues, CUE_CSV, speakers ? FEED_COLUMN : FEED_NAMES, error);
}

static int probe_for(vb_str text, bool tabs)
{
    struct layout layout;
    vb_str first = str_trim(str_cut(text, 0, 64));
    if (!first.len || strchr("{[<", first.data[0]))
        return 0;
    if (!find_layout(text, &layout) || (layout.separator == '\t') != tabs)
        return 0;
    return layout.header ? 90 : tabs ? 88 : 75; /* 88: as Audacity's, the name decides */
}

static int probe_tabs(vb_str text)
{
    return probe_for(text, true);
}

static int probe_commas(vb_str text)
{
    return probe_for(text, false);
}

/* ---- the rows of the table ---- */

/* In a file without quotes a lone one would be doubled in vain; it is read the same. */
static void quote(vb_str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"')
            buf_putc(out, '"');
        buf_putc(out, text.data[i]);
    }
}

#define LOSSES                                                                                 \
    (VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |        \
     VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_METADATA)

const struct vb_format fmt_tsv = {
    .name = "tsv",
    .extensions = "tsv",
    .summary = N_("a table with tabs, as Whisper writes it: start and end in milliseconds"),
    .probe = probe_tabs,
    .read = read,
    .write = delimited_write_tsv,
    .losses = LOSSES | VB_LOSES_LINES,
    .kept_with_words = VB_LOSES_WORD_TIMES,
    .quote = quote,
    .edits = true,
    .is_table = true,
};

const struct vb_format fmt_csv = {
    .name = "csv",
    .extensions = "csv ssv",
    .summary = N_("a table with commas: start and end in seconds, speaker, text"),
    .probe = probe_commas,
    .read = read,
    .write = delimited_write_csv,
    .losses = LOSSES,
    .kept_with_words = VB_LOSES_WORD_TIMES,
    .quote = quote,
    .edits = true,
    .is_table = true,
};
