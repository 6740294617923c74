/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/time_marks.h"

#include "base/str.h"
#include "base/vec.h"
#include "format/cues.h"
#include "format/timed_line.h"

bool time_marks_end_lines(vb_str text)
{
    size_t lines = 0, ended = 0, rising = 0, hashes = 0;
    vb_time last = 0;
    vb_str line;
    for (size_t at = 0; str_line(text, &at, &line);) {
        struct time_mark mark = {0};
        line = str_trim(line);
        lines += line.len > 0;
        if (!time_mark_next(line, 0, &mark))
            continue;
        if (mark.at == 0)
            return false;
        while (mark.end < line.len && time_mark_next(line, mark.end, &mark))
            ;
        if (mark.end < line.len)
            continue;
        ended++;
        hashes += mark.hash;
        rising += mark.time >= last;
        last = mark.time;
    }
    /* Nothing else is written as #00:01:02-3#. */
    size_t wanted = hashes == ended ? 3 : 6;
    return ended >= 2 && ended * 10 >= lines * wanted && rising * 10 >= ended * 8;
}

struct reader {
    vb_str text;
    struct raw_cues *cues;
    struct raw_cue open; /* what was said since the last mark */
    bool has_text;
};

static void add_text(struct reader *r, vb_str said)
{
    said = str_trim(said);
    uint32_t at = (uint32_t)(said.data - r->text.data);
    if (!said.len)
        return;
    if (!r->has_text)
        r->open.from = r->open.at = at;
    r->open.until = at + (uint32_t)said.len;
    r->has_text = true;
}

static void close_stretch(struct reader *r, vb_time end)
{
    r->open.end = end;
    if (r->has_text)
        vec_push(r->cues, r->open);
    r->open = (struct raw_cue){.start = end, .end = VB_NO_TIME};
    r->has_text = false;
}

static void take_line(struct reader *r, vb_str line)
{
    struct time_mark mark;
    size_t from = 0;
    while (r->cues->count <= CUES_MAX && time_mark_next(line, from, &mark)) {
        add_text(r, str_cut(line, from, mark.at));
        close_stretch(r, mark.time);
        from = mark.end;
    }
    add_text(r, str_from(line, from));
}

void time_marks_read(vb_str text, struct raw_cues *cues)
{
    struct reader r = {.text = text, .cues = cues, .open.start = VB_NO_TIME};
    vb_str line;
    for (size_t at = 0; cues->count <= CUES_MAX && str_line(text, &at, &line);) {
        if (r.has_text && !str_trim(line).len)
            close_stretch(&r, VB_NO_TIME);
        take_line(&r, line);
    }
    close_stretch(&r, VB_NO_TIME);
}
