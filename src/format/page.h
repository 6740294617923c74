/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page to publish: one HTML file that is read with or without script, and follows the
 * recording where it can. */
#pragma once

#include "format/rows.h"

/* The recording, as the page names it. */
struct page_sound {
    vb_str source;    /* "talk.mp3", or "data:audio/mpeg;base64,…"; empty: there is none */
    vb_str link;      /* what time links lead to without script; empty: the page itself */
    const char *type; /* "audio/mpeg"; NULL: not known */
};

/* `language`: of the text, "fr"; empty: not known. */
void page_write(const struct vb_transcript *t, const struct vb_timeline *times,
                struct vb_write_options options, const struct page_sound *sound,
                const char *language, struct buf *out);

/* A publication (EPUB 3) with a media overlay: text and recording in one file. */
struct epub_sound {
    vb_str bytes;     /* of the recording; empty: there is none, nor an overlay */
    const char *name; /* "talk.mp3" */
    const char *type;
    vb_time duration; /* or VB_NO_TIME */
};
void epub_write(const struct vb_transcript *t, const struct vb_timeline *times,
                struct vb_write_options options, const struct epub_sound *sound,
                const char *language, struct buf *out);

/* The media type of a recording's file, by its ending; NULL: not known. */
const char *page_media_type(const char *path);

extern const char page_style[], page_script[];
