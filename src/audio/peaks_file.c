/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of peaks: a name of eight letters with its version, the sound's length in µs and the
 * number of buckets (8 bytes each, the lowest first), the buckets, and the SHA-256 of all that.
 * A file whose digest is wrong is no file of ours. */
#include "audio/peaks_file.h"

#include <string.h>

#include "audio/peaks_parts.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/sha256.h"

enum { NAME = 8, HEAD = NAME + 16, FILE_MAX = 256 * 1024 * 1024 };
static const char name[NAME + 1] = "VBPEAKS1";

static void put_number(struct buf *out, uint64_t number)
{
    for (int i = 0; i < 8; i++)
        buf_putc(out, (char)(number >> (8 * i) & 0xFF));
}

static uint64_t number_at(const char *at)
{
    uint64_t number = 0;
    for (int i = 0; i < 8; i++)
        number |= (uint64_t)(unsigned char)at[i] << (8 * i);
    return number;
}

static void digest_of(vb_str bytes, uint8_t digest[SHA256_BYTES])
{
    struct sha256 sha;
    sha256_begin(&sha);
    sha256_add(&sha, bytes);
    sha256_end(&sha, digest);
}

bool peaks_save(const struct vb_peaks *peaks, const char *path, struct vb_error *error)
{
    struct buf out = {0};
    uint8_t bucket[PEAKS_BUCKET_BYTES], digest[SHA256_BYTES];
    size_t count = peaks_count(peaks);
    buf_add(&out, (vb_str){name, NAME});
    put_number(&out, (uint64_t)vb_peaks_known(peaks));
    put_number(&out, count);
    for (size_t i = 0; i < count; i++) {
        peaks_export(peaks, i, bucket);
        buf_add(&out, (vb_str){(const char *)bucket, sizeof bucket});
    }
    digest_of(buf_str(&out), digest);
    buf_add(&out, (vb_str){(const char *)digest, sizeof digest});
    bool saved = file_write(path, buf_str(&out), error);
    buf_free(&out);
    return saved;
}

/* Checked before anything is taken from it. */
static bool is_whole(vb_str bytes)
{
    uint8_t digest[SHA256_BYTES];
    if (bytes.len < HEAD + SHA256_BYTES || memcmp(bytes.data, name, NAME) != 0)
        return false;
    size_t body = bytes.len - HEAD - SHA256_BYTES;
    if (body % PEAKS_BUCKET_BYTES != 0 ||
        number_at(bytes.data + NAME + 8) != body / PEAKS_BUCKET_BYTES ||
        number_at(bytes.data + NAME) > INT64_MAX)
        return false;
    digest_of((vb_str){bytes.data, HEAD + body}, digest);
    return memcmp(digest, bytes.data + HEAD + body, sizeof digest) == 0;
}

bool peaks_load(struct vb_peaks *peaks, const char *path, struct vb_error *error)
{
    struct buf bytes = {0};
    if (!file_read(path, FILE_MAX, &bytes, error))
        return false;
    bool whole = is_whole(buf_str(&bytes));
    if (!whole)
        err_set(error, VB_BAD_FORMAT, _("%s: this is no file of peaks, or it is damaged"),
                path);
    size_t count = whole ? (size_t)number_at(bytes.data + NAME + 8) : 0;
    const uint8_t *at = (const uint8_t *)bytes.data + HEAD;
    for (size_t i = 0; i < count && whole; i++, at += PEAKS_BUCKET_BYTES)
        whole = peaks_import(peaks, at);
    if (whole)
        peaks_finish(peaks, (vb_time)number_at(bytes.data + NAME));
    buf_free(&bytes);
    return whole;
}
