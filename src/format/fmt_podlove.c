/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Podlove's JSON: a list of cues with start, start_ms, end, end_ms, speaker (an identifier),
 * voice (the name), text. */
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/format.h"
#include "format/json_cues.h"

static const struct cue_names names = {
    .start = "start_ms|start",
    .end = "end_ms|end",
    .text = "text",
    .speaker = "voice|speaker",
    .unit = VB_SECOND / 1000,
};

static int probe(vb_str text)
{
    if (!json_looks_like(text) || !json_has_key(text, "text"))
        return 0;
    return json_has_key(text, "start_ms") || json_has_key(text, "voice") ? 90 : 0;
}

/* Older files keep the list under "transcript" or "transcripts". */
static bool read_tree(struct json_cues *j, struct vb_error *error)
{
    json_ref list = json_kind(&j->tree, 0) == JSON_ARRAY
                        ? 0
                        : json_find(&j->tree, 0, "transcripts|transcript");
    if (json_kind(&j->tree, list) != JSON_ARRAY)
        return err_set(error, VB_BAD_FORMAT,
                       _("this JSON has no list of cues; is it a transcript of Podlove?"));
    return json_cues_add_all(j, list, error);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    return json_cues_read(&names, text, into, read_tree, error);
}

const struct vb_format fmt_podlove = {
    .name = "podlove",
    .extensions = "json",
    .summary = N_("transcript JSON of the Podlove publisher"),
    .probe = probe,
    .read = read,
};
