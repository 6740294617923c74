/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first stream of sound in a file, decoded by libavformat and libavcodec.
 *
 * Packets that can't be decoded are passed over, and what the decoder gives is put one behind
 * the other: so ffmpeg does, and so the transcripts made by way of it count time. */
#include "audio/av_stream.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

enum { IO_SIZE = 64 * 1024, PROBE_SIZE = 32 * 1024 };

/* --- the library's view of the bytes --------------------------------------- */

static int read_bytes(void *context, uint8_t *into, int count)
{
    struct av_stream *s = context;
    size_t got = reader_read(&s->reader, s->base_at + s->at, into, (size_t)count);
    s->at += (int64_t)got;
    return got ? (int)got : AVERROR_EOF;
}

static int64_t seek_bytes(void *context, int64_t offset, int whence)
{
    struct av_stream *s = context;
    int64_t size = s->reader.from.size - s->base_at;
    whence &= ~AVSEEK_FORCE;
    if (whence == AVSEEK_SIZE)
        return size;
    int64_t to = offset + (whence == SEEK_CUR ? s->at : whence == SEEK_END ? size : 0);
    if (to < 0)
        return AVERROR(EINVAL);
    return s->at = to;
}

/* Libav opens texts, too; a short one, or one with a NUL in it, would pass for a recording. */
static bool is_text_format(const char *name)
{
    static const char *const names[] = {
        "aqtitle",   "ass",        "ffmetadata",  "jacosub", "lrc",   "microdvd", "mpl2",
        "mpsub",     "pjs",        "realtext",    "sami",    "scc",   "srt",      "stl",
        "subviewer", "subviewer1", "tedcaptions", "vplayer", "webvtt"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

bool av_stream_knows(struct bytes bytes)
{
    if (!av_library_there())
        return false;
    struct reader *reader = mem_new(sizeof *reader);
    uint8_t *head = mem_new(PROBE_SIZE + AVPROBE_PADDING_SIZE);
    reader_init(reader, bytes);
    size_t len = reader_read(reader, 0, head, PROBE_SIZE);
    int score = 0;
    AVProbeData probe = {.filename = "", .buf = head, .buf_size = (int)len};
    av.av_log_set_level(AV_LOG_QUIET);
    const AVInputFormat *format = av.av_probe_input_format3(&probe, 1, &score);
    reader_free(reader);
    free(reader);
    free(head);
    return format && score > AVPROBE_SCORE_EXTENSION && !is_text_format(format->name);
}

/* --- opening --------------------------------------------------------------- */

static bool refuse(int code, struct vb_error *error)
{
    char reason[AV_ERROR_MAX_STRING_SIZE] = "";
    av.av_strerror(code, reason, sizeof reason);
    return err_set(error, VB_BAD_FORMAT,
                   _("it looks like sound but can't be opened (%s); download or copy it again"),
                   reason);
}

static bool open_format(struct av_stream *s, struct vb_error *error)
{
    s->format = av.avformat_alloc_context();
    uint8_t *buffer = av.av_malloc(IO_SIZE);
    AVIOContext *io =
        av.avio_alloc_context(buffer, IO_SIZE, 0, s, read_bytes, NULL, seek_bytes);
    s->format->pb = io;
    s->format->flags |= AVFMT_FLAG_CUSTOM_IO;
    int code = av.avformat_open_input(&s->format, "", NULL, NULL);
    if (code < 0) { /* the format is gone, what it read by is not */
        av.av_freep(&io->buffer);
        av.avio_context_free(&io);
        return refuse(code, error);
    }
    code = av.avformat_find_stream_info(s->format, NULL);
    return code >= 0 || refuse(code, error);
}

static bool open_codec(struct av_stream *s, struct vb_error *error)
{
    const AVCodec *decoder = NULL;
    int i = av.av_find_best_stream(s->format, AVMEDIA_TYPE_AUDIO, -1, -1, &decoder, 0);
    if (i == AVERROR_DECODER_NOT_FOUND)
        return err_set(
            error, VB_UNSUPPORTED,
            _("its sound is of a kind that the decoders on this computer don't know; "
              "convert it first, for example with: ffmpeg -i FILE sound.mp3"));
    if (i < 0)
        return err_set(error, VB_BAD_FORMAT,
                       _("there is no sound in this file; name a recording"));
    s->stream = s->format->streams[i];
    for (unsigned other = 0; other < s->format->nb_streams; other++)
        if ((int)other != i)
            s->format->streams[other]->discard = AVDISCARD_ALL;
    s->codec = av.avcodec_alloc_context3(decoder);
    s->codec->pkt_timebase = s->stream->time_base;
    int code = av.avcodec_parameters_to_context(s->codec, s->stream->codecpar);
    code = code < 0 ? code : av.avcodec_open2(s->codec, decoder, NULL);
    return code >= 0 || refuse(code, error);
}

struct av_stream *av_stream_open(struct bytes bytes, int64_t start, struct vb_error *error)
{
    struct av_stream *s = mem_new(sizeof *s);
    av.av_log_set_level(AV_LOG_QUIET); /* the library speaks to nobody */
    reader_init(&s->reader, bytes);
    s->base_at = start;
    s->packet = av.av_packet_alloc();
    s->frame = av.av_frame_alloc();
    if (open_format(s, error) && open_codec(s, error))
        return s;
    av_stream_close(s);
    return NULL;
}

void av_stream_close(struct av_stream *s)
{
    if (!s)
        return;
    AVIOContext *io = s->format ? s->format->pb : NULL;
    av.avcodec_free_context(&s->codec);
    av.avformat_close_input(&s->format);
    if (io)
        av.av_freep(&io->buffer);
    av.avio_context_free(&io);
    av.av_packet_free(&s->packet);
    av.av_frame_free(&s->frame);
    av.swr_free(&s->converter);
    reader_free(&s->reader);
    free(s->frames);
    free(s);
}

/* --- decoding -------------------------------------------------------------- */

static bool is_ours(const AVFrame *frame)
{
    return frame->sample_rate > 0 && frame->ch_layout.nb_channels > 0 && frame->nb_samples > 0;
}

/* What comes next need not have the shape of what came before: it is converted to the first. */
static bool set_converter(struct av_stream *s)
{
    const AVFrame *f = s->frame;
    int channels = f->ch_layout.nb_channels;
    if (s->converter && s->from.format == f->format && s->from.rate == f->sample_rate &&
        s->from.channels == channels)
        return true;
    s->from.format = f->format;
    s->from.rate = f->sample_rate;
    s->from.channels = channels;
    if (!s->rate) {
        s->rate = f->sample_rate;
        s->channels = channels < 2 ? 1 : 2;
    }
    AVChannelLayout to, from;
    av.av_channel_layout_default(&to, s->channels);
    if (f->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av.av_channel_layout_default(&from, channels);
    else
        from = f->ch_layout; /* read only: no copy of what it may own */
    av.swr_free(&s->converter);
    return av.swr_alloc_set_opts2(&s->converter, &to, AV_SAMPLE_FMT_FLT, s->rate, &from,
                                  (enum AVSampleFormat)f->format, f->sample_rate, 0,
                                  NULL) >= 0 &&
           av.swr_init(s->converter) >= 0;
}

static bool convert(struct av_stream *s, struct av_piece *piece)
{
    if (!is_ours(s->frame) || !set_converter(s))
        return false;
    int room = av.swr_get_out_samples(s->converter, s->frame->nb_samples);
    if (room <= 0)
        return false;
    if ((size_t)room > s->room) {
        s->room = (size_t)room;
        s->frames = mem_grow(s->frames, s->room * (size_t)s->channels * sizeof *s->frames);
    }
    uint8_t *out = (uint8_t *)s->frames;
    int got = av.swr_convert(s->converter, &out, room,
                             (const uint8_t **)s->frame->extended_data, s->frame->nb_samples);
    *piece = (struct av_piece){s->frames, got > 0 ? (size_t)got : 0, s->frame->pts};
    return got > 0;
}

/* Gives the decoder the next packet of our stream, or tells it that none follows. */
static void feed(struct av_stream *s)
{
    while (!s->is_over) {
        s->is_over = av.av_read_frame(s->format, s->packet) < 0;
        bool is_ours = !s->is_over && s->packet->stream_index == s->stream->index;
        if (s->is_over)
            av.avcodec_send_packet(s->codec, NULL);
        else if (is_ours)
            av.avcodec_send_packet(s->codec, s->packet); /* a broken one is passed over */
        av.av_packet_unref(s->packet);
        if (is_ours)
            return;
    }
}

bool av_stream_next(struct av_stream *s, struct av_piece *piece)
{
    for (;;) {
        int code = av.avcodec_receive_frame(s->codec, s->frame);
        if (code == 0 && convert(s, piece))
            return true;
        if (code == AVERROR_EOF || (code < 0 && s->is_over))
            return false;
        if (code < 0)
            feed(s);
    }
}

bool av_stream_seek(struct av_stream *s, int64_t pts)
{
    if (av.avformat_seek_file(s->format, s->stream->index, INT64_MIN, pts, pts, 0) < 0)
        return false;
    av.avcodec_flush_buffers(s->codec);
    av.swr_free(&s->converter);
    s->is_over = false;
    return true;
}
