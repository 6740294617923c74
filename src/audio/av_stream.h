/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first stream of sound in a file, decoded by libavformat and libavcodec: one decoded piece
 * after the other, as ffmpeg puts them out. */
#pragma once

#include "audio/av_library.h"
#include "audio/reader.h"

struct av_stream {
    struct reader reader;
    int64_t base_at, at; /* of what the library takes for the file, in the bytes */
    AVFormatContext *format;
    AVStream *stream;
    AVCodecContext *codec;
    AVPacket *packet;
    AVFrame *frame;
    SwrContext *converter;
    struct { /* what it converts from */
        int format, rate, channels;
    } from;
    int rate, channels; /* what it converts to: as the first piece, at most two channels */
    bool is_over;       /* no packet follows */
    float *frames;      /* the piece */
    size_t room;
};

struct av_piece {
    const float *frames; /* good until the next call */
    size_t count;
    int64_t pts; /* in the stream's time base; AV_NOPTS_VALUE: not known */
};

/* Does the library know what this is, for certain? */
bool av_stream_knows(struct bytes bytes);
struct av_stream *av_stream_open(struct bytes bytes, int64_t start, struct vb_error *error);
void av_stream_close(struct av_stream *s);
/* False: the end. */
bool av_stream_next(struct av_stream *s, struct av_piece *piece);
/* To a place from which what follows `pts` decodes as it would have.  False: it can't. */
bool av_stream_seek(struct av_stream *s, int64_t pts);
