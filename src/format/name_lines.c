/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/name_lines.h"

#include "base/str.h"
#include "format/april.h"
#include "format/cue_names.h"

enum { NAME_MAX_BYTES = 80, CUES_AT_LEAST = 3 };

/* The name, and where the text below it begins; false: the cue does not begin so. */
static bool find_name_line(vb_str source, const struct raw_cue *cue, vb_str *name,
                           uint32_t *text_at)
{
    vb_str text = str_cut(source, cue->from, cue->until), line;
    size_t at = 0;
    if (!str_line(str_cut(text, 0, NAME_MAX_BYTES + 40), &at, &line) || at >= text.len ||
        line.len > NAME_MAX_BYTES)
        return false;
    line = str_trim(line);
    if (str_starts(line, "- "))
        line = str_trim(str_from(line, 2));
    *name = line;
    *text_at = cue->from + (uint32_t)at;
    return line.len && str_find_char(line, ':') == STR_NOT_FOUND &&
           name_reads_like_one(cue_name_alone(line)) && str_trim(str_from(text, at)).len > 0;
}

/* What a program says before the first time ("Transcript") belongs to nobody. */
static size_t first_timed(const struct raw_cues *cues)
{
    size_t i = 0;
    while (i < cues->count && cues->items[i].start == VB_NO_TIME)
        i++;
    return i;
}

/* Every cue begins with a name, and at most two of three names are new. */
static bool have_name_lines(vb_str source, const struct raw_cues *cues)
{
    struct names *names = names_new();
    size_t different = 0, first = first_timed(cues), i = first;
    uint32_t text_at;
    vb_str name;
    for (; i < cues->count && find_name_line(source, &cues->items[i], &name, &text_at); i++) {
        names_meet(names, name);
        different += names_count(names, name) == 1;
    }
    names_free(names);
    return i == cues->count && i - first >= CUES_AT_LEAST && different * 3 <= (i - first) * 2;
}

void take_name_lines(vb_str source, struct raw_cues *cues)
{
    vb_str name;
    uint32_t text_at;
    if (!have_name_lines(source, cues))
        return;
    for (size_t i = first_timed(cues); i < cues->count; i++) {
        struct raw_cue *cue = &cues->items[i];
        if (!find_name_line(source, cue, &name, &text_at))
            continue;
        cue->name = (struct vb_span){(uint32_t)(name.data - source.data), (uint32_t)name.len};
        cue->from = text_at;
    }
}
