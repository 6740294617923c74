/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shape of a row in the table of formats (format.c).  A format is one file, fmt_x.c, that
 * ends with its row; doc/add-a-format.md tells how to add one. */
#pragma once

#include "base/buf.h"
#include "transcript/builder.h"
#include "verbatim/format.h"

struct vb_format {
    const char *name;       /* as in --to: never translated */
    const char *extensions; /* "txt wiki html"; the first is the one it is saved under */
    const char *summary;    /* one line for the help, N_() */
    /* 0 (no) to 100 (surely), by content alone. NULL: only written. */
    int (*probe)(vb_str text);
    /* Fills `into`; false: not readable, with `error` filled in. NULL: only written. */
    bool (*read)(vb_str text, struct builder *into, struct vb_error *error);
    /* NULL: only read. */
    bool (*write)(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error);
    /* What a file of this format can't hold: of enum vb_loss. Said before it is written. */
    uint32_t losses;
    /* What it can hold all the same, once a row for each word is asked for. */
    uint32_t kept_with_words;
    /* What its reader leaves aside (struct vb_aside), it writes again. */
    bool keeps_asides;
    bool keeps_title; /* also where it loses the other lines of the header */
    /* Adds `text` as it must stand in a file of this format, for a word corrected in place.
     * NULL: text stands as it is. */
    void (*quote)(vb_str text, struct buf *out);
    /* Adds the line of a time marker as this page writes them (without line ends), to stand alone
     * between paragraphs. `text`: what `t` was read from. NULL: it has no such markers. */
    void (*marker)(const struct vb_transcript *t, vb_str text, vb_time time, struct buf *out);
    /* A file may be saved over: spans are exact, and what nobody touched stays byte for byte.
     * False (XML, JSON, pages of a browser): it is read and exported. */
    bool edits;
    /* Signs of prose end a value: a comma, a semicolon, a space. */
    bool is_table;
};

extern const struct vb_format fmt_april, fmt_jsonl;
extern const struct vb_format fmt_srt, fmt_vtt, fmt_sbv, fmt_lrc;
extern const struct vb_format fmt_audacity, fmt_tsv, fmt_csv;
extern const struct vb_format fmt_text, fmt_markdown, fmt_chapters_text;
extern const struct vb_format fmt_podcast_json, fmt_whisper, fmt_podlove;
extern const struct vb_format fmt_trs, fmt_eaf, fmt_ttml, fmt_smil, fmt_epub, fmt_docx;
extern const struct vb_format fmt_textgrid, fmt_otranscribe, fmt_podcast_html, fmt_chapters;
extern const struct vb_format fmt_stt, fmt_aeneas, fmt_html;
