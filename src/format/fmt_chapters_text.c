/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chapters, a line each: "00:16:20 Title", as video sites and podcast hosts read them from a
 * description. */
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/cue_time.h"
#include "format/format.h"
#include "format/rows.h"

static void put_chapter(vb_time time, vb_str title, struct buf *out)
{
    int64_t s = cue_time_round(time, VB_SECOND) / VB_SECOND;
    buf_printf(out, "%02d:%02d:%02d ", (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
    buf_add(out, title);
    buf_putc(out, '\n');
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    uint32_t count = vb_section_count(t), untimed = 0, spoken = 0;
    if (!count)
        return err_set(error, VB_UNSUPPORTED, _("there is no heading to make a chapter of"));
    struct vb_timeline *own = times ? NULL : vb_timeline_new(t, VB_NO_TIME);
    for (uint32_t i = 0; i < count; i++) {
        vb_time time =
            section_start(t, times ? times : own, vb_section(t, i), options.estimated, &spoken);
        untimed += time == VB_NO_TIME;
        if (time != VB_NO_TIME)
            put_chapter(time, vb_section(t, i)->title, out);
    }
    vb_timeline_free(own);
    if (!untimed)
        return true;
    return err_set(error, VB_UNSUPPORTED,
                   P_("%u of %u heading has no time; --estimated writes estimated ones",
                      "%u of %u headings have no time; --estimated writes estimated ones",
                      count),
                   untimed, count);
}

const struct vb_format fmt_chapters_text = {
    .name = "chapters-text",
    .extensions = "chapters.txt",
    .summary = N_("chapters: a line with time and title for each heading"),
    .write = write,
    .losses = VB_LOSES_TEXT | VB_LOSES_SPEAKERS | VB_LOSES_FOOTNOTES | VB_LOSES_METADATA,
};
