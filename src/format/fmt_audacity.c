/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Audacity's label track: start, tab, end, tab, text; in seconds.  A line that begins with a
 * backslash gives the frequencies of the label before it. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/cue_feed.h"
#include "format/cue_time.h"
#include "format/cue_write.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/timecode.h"

/* One label; `text_at`: where its text begins. A comma may be the decimal sign. */
static bool scan_label(vb_str line, vb_time *start, vb_time *end, size_t *text_at)
{
    size_t first = str_find_char(line, '\t');
    if (first == STR_NOT_FOUND || first > 32)
        return false;
    vb_str rest = str_from(line, first + 1);
    size_t second = str_find_char(str_cut(rest, 0, 33), '\t');
    *text_at = second == STR_NOT_FOUND ? line.len : first + 1 + second + 1;
    return time_from_seconds(str_cut(line, 0, first), start) &&
           time_from_seconds(str_cut(rest, 0, second == STR_NOT_FOUND ? rest.len : second),
                             end);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct raw_cues cues = {0};
    vb_str line;
    size_t text_at;
    for (size_t at = 0; cues.count <= CUES_MAX && str_line(text, &at, &line);) {
        uint32_t from = (uint32_t)(line.data - text.data), end = from + (uint32_t)line.len;
        struct raw_cue cue = {.until = end, .at = from};
        if (scan_label(line, &cue.start, &cue.end, &text_at)) {
            cue.from = from + (uint32_t)text_at;
            vec_push(&cues, cue);
        } else if (!str_starts(line, "\\") && str_trim(str_cut(line, 0, 4096)).len) {
            builder_note(into, VB_WARNING, (struct vb_span){from, (uint32_t)line.len},
                         _("this line is no label: start, tab, end, tab, text"));
        }
    }
    return cue_feed(into, text, &cues, CUE_PLAIN, FEED_NAMES, error);
}

static int probe(vb_str text)
{
    size_t at = 0, labels = 0, text_at;
    vb_str line;
    vb_time start, end;
    text = str_cut(text, 0, 64 * 1024);
    while (labels < 5 && str_line(text, &at, &line)) {
        if (!str_trim(line).len || str_starts(line, "\\"))
            continue;
        if (!scan_label(line, &start, &end, &text_at))
            return 0;
        labels++;
    }
    return labels ? 88 : 0;
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct cue_list list;
    bool named = false;
    if (!cue_list_make(&list, t, times, options,
                       options.words ? CUE_LIST_WORDS : CUE_LIST_PARAGRAPHS, error))
        return false;
    for (size_t i = 0; i < list.count; i++) {
        const struct out_cue *cue = &list.items[i];
        cue_seconds_put(out, cue->start);
        buf_putc(out, '\t');
        cue_seconds_put(out, cue->end > cue->start ? cue->end : cue->start);
        buf_putc(out, '\t');
        cue_put_turn(t, cue, &named, NULL, out);
        cue_put_line(t, cue, NULL, out);
        buf_putc(out, '\n');
    }
    cue_list_free(&list);
    return true;
}

const struct vb_format fmt_audacity = {
    .name = "audacity",
    .extensions = "txt aud audm",
    .summary = N_("Audacity's labels: start, end and text, with tabs between them"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_METADATA | VB_LOSES_LINES,
    .kept_with_words = VB_LOSES_WORD_TIMES,
    .edits = true,
};
