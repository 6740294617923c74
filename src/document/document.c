/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One open transcript file.  The decoded text lives as long as the document: spans point into
 * it. */
#include "verbatim/document.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

enum { FILE_MAX = 64 << 20 };

struct vb_document {
    struct buf path;
    enum encoding encoding;
    size_t bom;
    struct buf text;         /* UTF-8 */
    struct buf bytes;        /* as they stand in the file; empty where the text is the same */
    struct encoding_map map; /* made when first asked for */
    const struct vb_format *format;
    struct vb_transcript *transcript;
};

/* Text has no NULs to speak of; a picture, an archive or a recording is full of them. */
static bool looks_binary(vb_str text)
{
    size_t odd = 0, seen = text.len < 4096 ? text.len : 4096;
    for (size_t i = 0; i < seen; i++) {
        unsigned char c = (unsigned char)text.data[i];
        odd += c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1B;
    }
    return odd * 20 > seen;
}

static bool refuse_bytes(vb_str text, struct vb_error *error)
{
    if (!str_trim(text).len)
        return err_set(error, VB_BAD_FORMAT, _("the file is empty; was the page saved whole?"));
    if (looks_binary(text))
        return err_set(error, VB_BAD_FORMAT,
                       _("this is no text; a transcript is a text file or a saved web page"));
    return true;
}

static bool read_transcript(struct vb_document *d, const char *name, struct vb_error *error)
{
    vb_str text = buf_str(&d->text);
    if (!refuse_bytes(text, error))
        return false;
    d->format = vb_format_guess(text, name);
    if (!d->format)
        return vb_format_refuse(text, error);
    d->transcript = vb_read(d->format, text, error);
    return d->transcript != NULL;
}

/* Only a broken byte, or another encoding, makes the text longer or shorter than the file. */
static bool is_same_text(const struct vb_document *d, size_t file_len)
{
    return d->encoding == ENC_UTF8 && d->text.len + d->bom == file_len;
}

/* Takes `bytes`. */
static struct vb_document *open_bytes(const char *name, struct buf bytes,
                                      struct vb_error *error)
{
    struct vb_document *d = mem_new(sizeof *d);
    buf_puts(&d->path, name);
    d->bytes = bytes;
    d->encoding = encoding_guess(buf_str(&bytes), &d->bom);
    encoding_decode(buf_str(&bytes), d->bom, d->encoding, &d->text);
    if (is_same_text(d, bytes.len))
        buf_free(&d->bytes);
    if (read_transcript(d, file_name(name), error))
        return d;
    err_wrap(error, "%s", name);
    vb_document_close(d);
    return NULL;
}

struct vb_document *vb_document_from(const char *name, vb_str bytes, struct vb_error *error)
{
    struct buf copy = {0};
    buf_add(&copy, bytes);
    return open_bytes(name, copy, error);
}

struct vb_document *vb_document_open(const char *path, struct vb_error *error)
{
    struct buf bytes = {0};
    return file_read(path, FILE_MAX, &bytes, error) ? open_bytes(path, bytes, error) : NULL;
}

void vb_document_close(struct vb_document *d)
{
    if (!d)
        return;
    vb_transcript_unref(d->transcript);
    encoding_map_free(&d->map);
    buf_free(&d->bytes);
    buf_free(&d->text);
    buf_free(&d->path);
    free(d);
}

const char *vb_document_path(const struct vb_document *d)
{
    return d->path.data;
}

const struct vb_format *vb_document_format(const struct vb_document *d)
{
    return d->format;
}

const char *vb_document_encoding(const struct vb_document *d)
{
    return encoding_name(d->encoding);
}

const struct vb_transcript *vb_document_transcript(const struct vb_document *d)
{
    return d->transcript;
}

struct vb_span vb_document_file_span(const struct vb_document *d, struct vb_span span)
{
    if (!d->bytes.len)
        return (struct vb_span){span.at + (uint32_t)d->bom, span.len};
    struct vb_document *caching = (struct vb_document *)d;
    if (!d->map.marks.count)
        encoding_map_make(&caching->map, buf_str(&d->bytes), d->bom, d->encoding);
    return encoding_file_span(&d->map, span);
}
