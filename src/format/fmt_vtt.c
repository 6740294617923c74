/* SPDX-License-Identifier: GPL-3.0-or-later */
/* WebVTT, read as its specification says (W3C, "WebVTT parser algorithm"): blocks between blank
 * lines; a block whose first or second line has times is a cue; any other line with an arrow
 * begins a new block.  Ids and settings of cues, NOTE, STYLE and REGION are no part of a
 * transcript; they are laid aside, and vtt_write.c puts them back.
 *
 * Where the specification drops something without a word, we say so. */
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/cue_feed.h"
#include "format/cue_time.h"
#include "format/cue_write.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/vtt_write.h"

struct reader {
    vb_str text;
    struct builder *b;
    struct raw_cues cues;
    size_t at;
    bool lenient;  /* "00:00:01,000": no cue has times as they should be */
    bool headless; /* the line "WEBVTT" is missing */
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

static bool take_times(const struct reader *r, vb_str line, size_t *end, struct raw_cue *cue)
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
    *end = at;
    return take_time(r, line, end, &cue->end);
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
    struct vb_span id, settings; /* of the cue */
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
    size_t times_end = 0;
    block->seen_arrow = true;
    block->is_cue = take_times(r, line, &times_end, &block->cue);
    if (!block->is_cue) {
        builder_note(r->b, VB_WARNING, span_of(r, line),
                     _("these are no times of WebVTT, as in “00:01.000 --> 00:02.000”; the cue "
                       "is left out"));
        return;
    }
    tell_times(r, line, &block->cue);
    if (block->seen_text)
        block->id = (struct vb_span){block->cue.from, block->cue.until - block->cue.from};
    block->settings = span_of(r, str_trim(str_from(line, times_end)));
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

static void lay_aside(struct reader *r, enum vb_aside_kind kind, struct vb_span span)
{
    if (span.len)
        vec_push(&r->cues.asides, (struct raw_aside){r->cues.count, kind, span});
}

static bool begins_with_word(vb_str text, const char *word)
{
    vb_str behind = str_from(text, strlen(word));
    return str_starts(text, word) && (!behind.len || strchr(" \t\n\r", behind.data[0]) != NULL);
}

/* A remark, a style or a region; or text that nobody can place. */
static void take_other(struct reader *r, const struct block *block)
{
    struct vb_span span = {block->cue.from, block->cue.until - block->cue.from};
    vb_str text = str_cut(r->text, block->cue.from, block->cue.until);
    if (begins_with_word(text, "NOTE") || begins_with_word(text, "STYLE") ||
        begins_with_word(text, "REGION"))
        lay_aside(r, VB_ASIDE_BLOCK, span);
    else if (block->seen_text && !block->seen_arrow)
        builder_note(r->b, VB_WARNING, span, _("these lines have no times, and are left out"));
}

static void take_block(struct reader *r)
{
    struct block block = collect(r, false);
    if (!block.is_cue) {
        take_other(r, &block);
        return;
    }
    block.cue.at = block.at;
    lay_aside(r, VB_ASIDE_ID, block.id);
    lay_aside(r, VB_ASIDE_SETTINGS, block.settings);
    vec_push(&r->cues, block.cue);
}

/* ---- the header ---- */

/* "Language: fr" and the like. */
static void take_header_line(struct reader *r, vb_str line)
{
    size_t colon = str_find_char(line, ':');
    if (colon == STR_NOT_FOUND || colon == 0 || colon > 40)
        return;
    vb_str label = str_trim(str_cut(line, 0, colon)),
           value = str_trim(str_from(line, colon + 1));
    builder_meta(r->b, label, value, VB_STR(""), span_of(r, line));
    if (str_eq(label, "Kind") && (str_eq(value, "chapters") || str_eq(value, "metadata")))
        builder_note(r->b, VB_INFO, span_of(r, line),
                     _("this file says that it holds %.*s, and not what is said"),
                     (int)value.len, value.data);
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

/* Behind the times stands where the cue is shown. */
static bool has_settings(vb_str behind)
{
    static const char *const names[] = {"align:", "position:", "line:", "size:", "vertical:"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_find(behind, str_of(names[i])) != STR_NOT_FOUND)
            return true;
    return false;
}

/* Without its first line a file is WebVTT by what no other has: a remark or a style, a voice, a
 * setting; and by times as WebVTT has them, all of them. */
static bool is_headless(vb_str text)
{
    struct reader strict = {.text = text};
    struct raw_cue cue;
    size_t times = 0, signs = 0, end;
    vb_str line;
    text = str_cut(text, 0, 64 * 1024);
    if (str_find(str_cut(text, 0, 40), VB_STR("WEBVTT")) != STR_NOT_FOUND)
        return false; /* nearly there, and refuse.c says how */
    for (size_t at = 0; str_line(text, &at, &line);) {
        bool timed = has_arrow(line);
        if (timed && !take_times(&strict, line, &end, &cue))
            return false;
        times += timed;
        signs += timed ? has_settings(str_from(line, end))
                       : begins_with_word(line, "NOTE") || begins_with_word(line, "STYLE") ||
                             str_starts(line, "<v ") || str_starts(line, "<v.");
    }
    return times && signs;
}

static void read_cues(struct reader *r)
{
    r->at = r->cues.count = r->cues.asides.count = 0;
    if (!r->headless)
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
    struct reader r = {.text = text, .b = into, .headless = !has_signature(text)};
    if (r.headless && !is_headless(text))
        return err_set_line(error, VB_BAD_FORMAT, 1,
                            _("a WebVTT file begins with a line “WEBVTT”"));
    if (r.headless)
        builder_note(into, VB_WARNING, (struct vb_span){0, 0},
                     _("the first line “WEBVTT” is missing: other programs will refuse this "
                       "file"));
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
    return has_signature(text) ? 98 : is_headless(text) ? 91 : 0;
}

const struct vb_format fmt_vtt = {
    .name = "vtt",
    .extensions = "vtt webvtt",
    .summary = N_("WebVTT subtitles, with voices"),
    .probe = probe,
    .read = read,
    .write = vtt_write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_METADATA,
    .kept_with_words = VB_LOSES_WORD_TIMES,
    .keeps_asides = true,
    .keeps_title = true,
    .quote = cue_quote_vtt,
    .edits = true,
};
