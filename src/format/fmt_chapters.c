/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chapters as podcasts have them (JSON, version 1.2.0): the headings whose time is known. */
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/format.h"
#include "format/json.h"

static vb_time time_of(const struct vb_transcript *t, const struct vb_timeline *times,
                       const struct vb_section *section, bool estimated)
{
    if (section->time != VB_NO_TIME)
        return section->time;
    uint32_t word = section->first_word;
    while (word < vb_word_count(t) && vb_word_marks(t, word) & VB_UNSPOKEN)
        word++;
    if (word >= vb_word_count(t))
        return VB_NO_TIME;
    enum vb_origin origin = vb_timeline_origin(times, word);
    bool known = origin > VB_ESTIMATED || (origin == VB_ESTIMATED && estimated);
    return known ? vb_timeline_start(times, word) : VB_NO_TIME;
}

/* False: one has no time. */
static bool put_chapters(const struct vb_transcript *t, const struct vb_timeline *times,
                         bool estimated, struct json *json, struct vb_error *error)
{
    for (uint32_t i = 0; i < vb_section_count(t); i++) {
        const struct vb_section *section = vb_section(t, i);
        vb_time time = time_of(t, times, section, estimated);
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
};
