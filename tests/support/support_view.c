/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/support_view.h"

#include <string.h>

#include "base/str.h"
#include "transcript/builder.h"

static uint32_t fixed_width(void *ctx, enum face face, vb_str text)
{
    (void)ctx, (void)face;
    uint32_t width = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next(text, &at);
        bool mark = c >= 0x300 && c < 0x370;
        width += mark ? 0 : c == ' ' ? EM / 4 : EM / 2;
    }
    return width;
}

#define ALL_FACES(value)                                                                       \
    {                                                                                          \
        value, value, value, value, value, value, value, value                                 \
    }
const struct measure fixed_measure = {fixed_width, ALL_FACES(700), ALL_FACES(200), NULL};

static void add_paragraph(struct builder *b, vb_str text)
{
    uint16_t marks = 0;
    enum vb_paragraph_kind kind = VB_SPEECH;
    if (str_starts(text, "[")) {
        kind = VB_STAGE;
        marks = VB_UNSPOKEN;
    }
    builder_paragraph(b, kind, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0});
    struct piece piece = {.text = text, .marks = marks, .start = VB_NO_TIME, .end = VB_NO_TIME};
    builder_text(b, &piece, 1);
}

static void add_turn(struct builder *b, vb_str name, vb_str text)
{
    uint32_t speaker = builder_speaker(b, name);
    builder_turn(b, &speaker, 1, name, (struct vb_span){0});
    add_paragraph(b, text);
}

static void add_line(struct builder *b, vb_str line)
{
    size_t colon = str_find(line, VB_STR(": "));
    if (!line.len)
        return;
    if (str_starts(line, "# ")) {
        builder_section(b, str_from(line, 2), 2, VB_NO_TIME, (struct vb_span){0});
    } else if (str_starts(line, "= ")) {
        vb_time minutes = line.data[2] - '0';
        vb_time seconds = (line.data[4] - '0') * 10 + line.data[5] - '0';
        builder_marker(b, (minutes * 60 + seconds) * VB_SECOND, str_from(line, 2),
                       (struct vb_span){0});
    } else if (str_starts(line, "- ")) {
        add_paragraph(b, str_from(line, 2));
    } else if (colon != STR_NOT_FOUND) {
        add_turn(b, str_cut(line, 0, colon), str_from(line, colon + 2));
    }
}

struct vb_transcript *transcript_of(const char *lines)
{
    struct builder *b = builder_new(VB_STR(""));
    vb_str text = str_of(lines), line;
    builder_title(b, VB_STR("A talk"));
    for (size_t at = 0; str_line(text, &at, &line);)
        add_line(b, str_trim(line));
    return builder_finish(b);
}
