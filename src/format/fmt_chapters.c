/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chapters as podcasts have them (JSON, version 1.2.0): the headings whose time is known. */
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/format.h"
#include "format/json.h"
#include "format/rows.h"

/* False: one has no time. */
static bool put_chapters(const struct vb_transcript *t, const struct vb_timeline *times,
                         bool estimated, struct json *json, struct vb_error *error)
{
    uint32_t spoken = 0;
    for (uint32_t i = 0; i < vb_section_count(t); i++) {
        const struct vb_section *section = vb_section(t, i);
        vb_time time = section_start(t, times, section, estimated, &spoken);
        if (time == VB_NO_TIME)
            return err_set(error, VB_UNSUPPORTED,
                           _("the time of the heading “%.*s” is not known; add --estimated, or "
                             "align the transcript with its recording first"),
                           (int)(section->title.len < 80 ? section->title.len : 80),
                           section->title.data);
        json_object(json);
        json_key(json, "startTime"), json_time(json, time);
        json_key(json, "title"), json_str(json, section->title);
        json_end_object(json);
    }
    return true;
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct json json = {.out = out};
    if (!vb_section_count(t))
        return err_set(error, VB_UNSUPPORTED,
                       _("this transcript has no headings: chapters are "
                         "made of them"));
    struct vb_timeline *own = times ? NULL : vb_timeline_new(t, VB_NO_TIME);
    json_object(&json);
    json_key(&json, "version"), json_str(&json, VB_STR("1.2.0"));
    json_key(&json, "chapters"), json_array(&json);
    bool done = put_chapters(t, times ? times : own, options.estimated, &json, error);
    json_end_array(&json);
    json_end_object(&json);
    json_line_end(&json);
    vb_timeline_free(own);
    return done;
}

const struct vb_format fmt_chapters = {
    .name = "chapters",
    .extensions = "json",
    .summary = N_("chapters of a podcast, JSON: the headings alone"),
    .write = write,
    .losses = VB_LOSES_TEXT | VB_LOSES_SPEAKERS | VB_LOSES_FOOTNOTES | VB_LOSES_METADATA,
};
