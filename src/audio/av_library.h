/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FFmpeg's libraries, loaded when the first file needs them.
 *
 * They bring a hundred others with them, which would cost every start of the program more than
 * the program itself takes; and so a machine without them runs the same program. */
#pragma once

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswresample/swresample.h>
#include <stdbool.h>

/* library, function */
#define AV_FUNCTIONS(X)                                                                        \
    X(avutil, av_channel_layout_default)                                                       \
    X(avutil, av_dict_get)                                                                     \
    X(avutil, av_frame_alloc)                                                                  \
    X(avutil, av_frame_free)                                                                   \
    X(avutil, av_freep)                                                                        \
    X(avutil, av_log_set_level)                                                                \
    X(avutil, av_malloc)                                                                       \
    X(avutil, av_rescale)                                                                      \
    X(avutil, av_rescale_q)                                                                    \
    X(avutil, av_strerror)                                                                     \
    X(avutil, av_version_info)                                                                 \
    X(avcodec, av_packet_alloc)                                                                \
    X(avcodec, av_packet_free)                                                                 \
    X(avcodec, av_packet_unref)                                                                \
    X(avcodec, avcodec_alloc_context3)                                                         \
    X(avcodec, avcodec_flush_buffers)                                                          \
    X(avcodec, avcodec_free_context)                                                           \
    X(avcodec, avcodec_get_name)                                                               \
    X(avcodec, avcodec_open2)                                                                  \
    X(avcodec, avcodec_parameters_to_context)                                                  \
    X(avcodec, avcodec_receive_frame)                                                          \
    X(avcodec, avcodec_send_packet)                                                            \
    X(avformat, av_find_best_stream)                                                           \
    X(avformat, av_probe_input_format3)                                                        \
    X(avformat, av_read_frame)                                                                 \
    X(avformat, avformat_alloc_context)                                                        \
    X(avformat, avformat_close_input)                                                          \
    X(avformat, avformat_find_stream_info)                                                     \
    X(avformat, avformat_open_input)                                                           \
    X(avformat, avformat_seek_file)                                                            \
    X(avformat, avio_alloc_context)                                                            \
    X(avformat, avio_context_free)                                                             \
    X(swresample, swr_alloc_set_opts2)                                                         \
    X(swresample, swr_convert)                                                                 \
    X(swresample, swr_free)                                                                    \
    X(swresample, swr_get_out_samples)                                                         \
    X(swresample, swr_init)

struct av_library {
#define X(library, function) __typeof__(function) *function;
    AV_FUNCTIONS(X)
#undef X
};

/* To be called only where av_library_there() said yes. */
extern struct av_library av;

/* Loads them at the first call, for all threads and for good; false: they aren't installed in
 * the version whose headers this was built with. */
bool av_library_there(void);
