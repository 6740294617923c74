/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libmpg123 as a decoder of single frames: it is fed one, and gives one back. */
#include "audio/mp3_decoder.h"

#include <mpg123.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

struct mp3_decoder {
    mpg123_handle *handle;
};

struct mp3_decoder *mp3_decoder_new(struct vb_error *error)
{
    int code;
    mpg123_init(); /* does nothing in newer versions, builds tables in older ones */
    mpg123_handle *handle = mpg123_new(NULL, &code);
    if (!handle) {
        err_set(error, VB_UNSUPPORTED, _("the MP3 decoder does not start: %s"),
                mpg123_plain_strerror(code));
        return NULL;
    }
    mpg123_param(handle, MPG123_REMOVE_FLAGS, MPG123_GAPLESS | MPG123_AUTO_RESAMPLE, 0);
    mpg123_param(handle, MPG123_ADD_FLAGS,
                 MPG123_QUIET | MPG123_FORCE_FLOAT | MPG123_IGNORE_INFOFRAME |
                     MPG123_SKIP_ID3V2 | MPG123_NO_PEEK_END | MPG123_NO_READAHEAD,
                 0);
    struct mp3_decoder *decoder = mem_new(sizeof *decoder);
    decoder->handle = handle;
    return decoder;
}

void mp3_decoder_free(struct mp3_decoder *decoder)
{
    if (!decoder)
        return;
    mpg123_delete(decoder->handle);
    free(decoder);
}

void mp3_decoder_start(struct mp3_decoder *decoder, const struct mp3_header *like)
{
    /* The library means the size without padding and without the header. */
    mpg123_param(decoder->handle, MPG123_FREEFORMAT_SIZE,
                 like->free ? (long)like->size - like->padding - 4 : -1, 0);
    mpg123_open_feed(decoder->handle);
}

void mp3_decoder_frame(struct mp3_decoder *decoder, const struct mp3_header *like,
                       const uint8_t *frame, size_t size, float *samples)
{
    size_t wanted = (size_t)(like->samples * like->channels) * sizeof *samples;
    memset(samples, 0, wanted);
    if (mpg123_feed(decoder->handle, frame, size) != MPG123_OK)
        return;
    int code;
    do {
        off_t number;
        unsigned char *sound = NULL;
        size_t len = 0;
        code = mpg123_decode_frame(decoder->handle, &number, &sound, &len);
        if (len == wanted)
            memcpy(samples, sound, len);
    } while (code == MPG123_OK || code == MPG123_NEW_FORMAT);
}
