/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libmpg123 as a decoder of single frames. */
#pragma once

#include "audio/mp3_frame.h"

struct mp3_decoder;

struct mp3_decoder *mp3_decoder_new(struct vb_error *error);
void mp3_decoder_free(struct mp3_decoder *decoder);
/* Forgets all frames so far; those to come are like this one. */
void mp3_decoder_start(struct mp3_decoder *decoder, const struct mp3_header *like);
/* Decodes one whole frame to interleaved samples; silence when nothing can be made of it. */
void mp3_decoder_frame(struct mp3_decoder *decoder, const struct mp3_header *like,
                       const uint8_t *frame, size_t size, float *samples);
