/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transcripts for tests, from a text you can see. */
#include "support/support_transcript.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

void put_text(struct builder *b, const char *text, uint32_t at)
{
    vb_str view = str_of(text);
    builder_text(b,
                 &(struct piece){
                     .text = view,
                     .span = {at, (uint32_t)view.len},
                     .start = VB_NO_TIME,
                     .end = VB_NO_TIME
    },
                 1);
}

static struct vb_span span_of(const char *source, vb_str part)
{
    return (struct vb_span){(uint32_t)(part.data - source), (uint32_t)part.len};
}

/* "Anne: …" → "Anne"; empty: no label. */
static vb_str label_of(vb_str line)
{
    size_t colon = str_find(line, VB_STR(": "));
    bool named = colon != STR_NOT_FOUND && colon > 0 && colon < 40 && line.data[0] >= 'A' &&
                 line.data[0] <= 'Z' && line.data[colon - 1] != ' ';
    return str_cut(line, 0, named ? colon : 0);
}

static void open_turn(struct builder *b, const char *source, vb_str label)
{
    uint32_t speakers[8];
    size_t count = 0;
    for (vb_str rest = label; rest.len && count < 8;) {
        size_t comma = str_find(rest, VB_STR(", "));
        bool last = comma == STR_NOT_FOUND;
        speakers[count++] = builder_speaker(b, str_cut(rest, 0, last ? rest.len : comma));
        rest = str_from(rest, last ? rest.len : comma + 2);
    }
    builder_turn(b, speakers, count, label, span_of(source, label));
}

static void put_paragraph(struct builder *b, const char *source, vb_str line,
                          enum vb_paragraph_kind kind)
{
    double start = -1, end = -1;
    vb_time times[2] = {VB_NO_TIME, VB_NO_TIME};
    if (str_starts(line, "<") && sscanf(line.data, "<%lf %lf>", &start, &end) >= 1) {
        times[0] = (vb_time)(start * 1e6);
        times[1] = end >= 0 ? (vb_time)(end * 1e6) : VB_NO_TIME;
        line = str_trim(str_from(line, str_find_char(line, '>') + 1));
    }
    builder_paragraph(b, kind, times[0], times[1], span_of(source, line));
    builder_text(b,
                 &(struct piece){.text = line,
                                 .span = span_of(source, line),
                                 .marks = kind == VB_STAGE ? VB_UNSPOKEN : 0,
                                 .start = VB_NO_TIME,
                                 .end = VB_NO_TIME},
                 1);
}

static void put_marker(struct builder *b, const char *source, vb_str line)
{
    vb_str text = str_from(line, 1);
    unsigned minutes = 0, seconds = 0;
    sscanf(text.data, "%u:%u", &minutes, &seconds);
    builder_marker(b, (minutes * 60 + seconds) * VB_SECOND, text, span_of(source, line));
}

struct builder *builder_from(const char *lines)
{
    struct builder *b = builder_new(str_of(lines));
    vb_str line;
    for (size_t at = 0; str_line(str_of(lines), &at, &line);) {
        vb_str label = label_of(line);
        if (!line.len)
            continue;
        if (line.data[0] == '=') {
            builder_section(b, str_trim(str_from(line, 1)), 2, VB_NO_TIME,
                            span_of(lines, line));
        } else if (line.data[0] == '@') {
            put_marker(b, lines, line);
        } else if (line.data[0] == '[') {
            put_paragraph(b, lines, str_cut(line, 1, line.len - 1), VB_STAGE);
        } else {
            if (label.len)
                open_turn(b, lines, label);
            put_paragraph(b, lines, str_from(line, label.len ? label.len + 2 : 0), VB_SPEECH);
        }
    }
    return b;
}

struct vb_transcript *transcript_from(const char *lines, vb_time stated)
{
    struct builder *b = builder_from(lines);
    builder_duration(b, stated);
    return builder_finish(b);
}

struct vb_transcript *transcript_of_words(uint32_t count)
{
    struct builder *b = builder_new(VB_STR(""));
    builder_turn(b, NULL, 0, VB_STR(""), (struct vb_span){0, 0});
    for (uint32_t i = 0; i < count; i++) {
        if (i % 100 == 0)
            builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0, 0});
        put_text(b, "paroles", 0);
    }
    return builder_finish(b);
}
