/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An open sound file as a line of frames: read on, or jump to any of them.
 *
 * A frame is one float a channel, one or two channels (more are mixed down).  Frame 0 is the
 * first that ffmpeg puts out.  Reading and seeking belong to one thread; source_length() may
 * be called from any. */
#pragma once

#include "audio/reader.h"
#include "audio/sniff.h"
#include "verbatim/sound.h"

#define SOURCE_UNKNOWN       UINT64_MAX
#define SOURCE_LONGEST_HOURS 1000 /* more is a lie, or means "unknown" */

/* Told from another thread when the exact length is there. */
struct source_news {
    void (*tell)(void *ctx);
    void *ctx;
};

struct source {
    const struct decoder *decoder;
    int rate, channels; /* 4000 … 384000, 1 or 2; the same to the end */
    struct sniffed what;
    struct reader *reader; /* of the decoding thread; NULL: it reads by other ways */
    bool changed;          /* the file does not hold any more what it held */
};

/* One row a decoder; the table is source.c. */
struct decoder {
    const char *name;
    unsigned kinds;         /* of enum sound_kind, as bits */
    bool takes_chains;      /* plays all recordings of a chained Ogg, not only the first */
    bool (*is_there)(void); /* can it be used here? NULL: always */
    bool (*knows)(struct bytes bytes); /* what sniffing does not; NULL: nothing more */
    /* Takes `bytes` when it succeeds, and fills all of the source but `decoder`: a thread of
     * its own may look at it already. */
    struct source *(*open)(struct bytes bytes, const struct sniffed *what,
                           struct source_news news, struct vb_error *error);
    size_t (*read)(struct source *s, float *frames, size_t count);
    bool (*ready)(struct source *s, uint64_t frame); /* NULL: always */
    uint64_t (*seek)(struct source *s, uint64_t frame);
    uint64_t (*length)(struct source *s, bool *exact);
    void (*settle)(struct source *s); /* returns when the length is exact; may move */
    void (*describe)(struct source *s, struct vb_sound_info *info);
    void (*close)(struct source *s);
};

/* What a file holds; false: no sound that somebody here knows. */
bool source_sniff(struct bytes bytes, struct sniffed *what, struct vb_error *error);
/* Before anything is allocated for what a header claims. */
bool source_check_shape(long long rate, long long channels, struct vb_error *error);

struct source *source_open(const char *path, struct source_news news, struct vb_error *error);
/* The same from memory, which must outlive it. */
struct source *source_of(vb_str memory, struct source_news news, struct vb_error *error);
void source_close(struct source *s);

/* Fewer than `count`: the end. */
size_t source_read(struct source *s, float *frames, size_t count);
/* Would a seek there answer at once?  False while the part of the file is not yet known. */
bool source_ready(struct source *s, uint64_t frame);
/* Where it stands then: `frame`, or the end when that lies before it. */
uint64_t source_seek(struct source *s, uint64_t frame);
/* Best known, SOURCE_UNKNOWN when nothing is. */
uint64_t source_length(struct source *s, bool *exact);
void source_settle(struct source *s);
/* Did the last frames end because the file could not be read? `error` gets the sentence. */
bool source_trouble(struct source *s, struct vb_error *error);
/* All of it but the name of the file. */
void source_describe(struct source *s, struct vb_sound_info *info);

void sound_note(struct vb_sound_info *info, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The same of what is missing, or not played. */
void sound_loss(struct vb_sound_info *info, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* "16:20", "1:02:16" */
vb_time time_of_frames(uint64_t frames, int rate); /* rounded down */
uint64_t frames_of_time(vb_time time, int rate);   /* the first one not before */
struct time_text {
    char text[32];
} time_text(double seconds);
