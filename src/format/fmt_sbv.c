/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SBV, YouTube's captions: "0:00:00.378,0:00:11.378", lines of text, a blank line.  SubViewer 2
 * (.sub) is the same behind a header of "[NAME]" lines, with "[br]" for line ends. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/cue_feed.h"
#include "format/cue_time.h"
#include "format/cue_write.h"
#include "format/cues.h"
#include "format/format.h"

static bool scan_times(vb_str line, vb_time *start, vb_time *end)
{
    size_t at = 0;
    line = str_trim(line);
    if (line.len > 64 || cue_time_take(line, &at, start) == CUE_TIME_NONE)
        return false;
    if (at >= line.len || line.data[at] != ',')
        return false;
    at++;
    return cue_time_take(line, &at, end) != CUE_TIME_NONE && at == line.len;
}

/* "[INFORMATION]", "[TITLE]Name", "[SUBTITLE]": what SubViewer says first. */
static bool is_header(vb_str line)
{
    size_t closer = str_find_char(line, ']');
    if (!str_starts(line, "[") || closer == STR_NOT_FOUND || closer > 40)
        return false;
    for (size_t i = 1; i < closer; i++)
        if (!(line.data[i] >= 'A' && line.data[i] <= 'Z') && line.data[i] != ' ')
            return false;
    return true;
}

struct reader {
    vb_str text;
    struct builder *b;
    struct raw_cues cues;
    bool open;
    bool subviewer;
};

static void take_line(struct reader *r, vb_str line)
{
    struct vb_span span = {(uint32_t)(line.data - r->text.data), (uint32_t)line.len};
    uint32_t end = span.at + span.len;
    struct raw_cue cue = {.from = end, .until = end, .at = span.at};
    if (scan_times(line, &cue.start, &cue.end)) {
        vec_push(&r->cues, cue);
        r->open = true;
    } else if (r->subviewer && is_header(line)) {
        return;
    } else if (r->open && str_trim(line).len) {
        struct raw_cue *last = &r->cues.items[r->cues.count - 1];
        if (last->from == last->until)
            last->from = span.at;
        last->until = end;
    } else if (!r->open && str_trim(line).len) {
        builder_note(r->b, VB_WARNING, span, _("this stands before the first cue"));
    }
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct reader r = {.text = text, .b = into, .subviewer = is_header(text)};
    vb_str line;
    for (size_t at = 0; r.cues.count <= CUES_MAX && str_line(text, &at, &line);)
        take_line(&r, line);
    if (!r.cues.count)
        return err_set(error, VB_BAD_FORMAT,
                       _("no line with two times, as in “0:00:01.000,0:00:02.000”, is in it"));
    if (r.subviewer)
        builder_variant(into, "subviewer");
    return cue_feed(into, text, &r.cues, CUE_SRT, FEED_NAMES, error);
}

static int probe(vb_str text)
{
    size_t at = 0, cues = 0, lines = 0;
    vb_str line;
    vb_time start, end;
    text = str_cut(text, 0, 64 * 1024);
    while (cues < 3 && lines < 400 && str_line(text, &at, &line)) {
        lines++;
        cues += scan_times(line, &start, &end);
    }
    return cues >= 2 ? 92 : cues ? 80 : 0;
}

static void put_time(struct buf *out, vb_time time)
{
    int64_t ms = cue_time_round(time, 1000) / 1000;
    buf_printf(out, "%d:%02d:%02d.%03d", (int)(ms / 3600000), (int)(ms / 60000 % 60),
               (int)(ms / 1000 % 60), (int)(ms % 1000));
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct cue_list list;
    if (!cue_list_make(&list, t, times, options, CUE_LIST_CUT_NAMED, error))
        return false;
    bool named = false;
    for (size_t i = 0; i < list.count; i++) {
        const struct out_cue *cue = &list.items[i];
        buf_puts(out, i ? "\n" : "");
        put_time(out, cue->start);
        buf_putc(out, ',');
        put_time(out, cue->end);
        buf_putc(out, '\n');
        cue_put_turn(t, cue, &named, cue_quote_srt, out);
        cue_put_words(t, cue, cue_quote_srt, NULL, NULL, out);
        buf_putc(out, '\n');
    }
    cue_list_free(&list);
    return true;
}

const struct vb_format fmt_sbv = {
    .name = "sbv",
    .extensions = "sbv sub",
    .summary = N_("YouTube's captions, SubViewer subtitles"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_METADATA,
    .quote = cue_quote_srt,
    .edits = true,
};
