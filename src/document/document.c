/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One open transcript file.  The decoded text lives as long as the document: spans point into
 * it. */
#include "verbatim/document.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/encoding.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

enum { FILE_MAX = 64 << 20 };

struct vb_document {
    char *path;
    enum encoding encoding;
    size_t bom;
    struct buf text; /* UTF-8 */
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
        return err_set(
            error, VB_BAD_FORMAT,
            _("no transcript was recognised in it; 'verbatim help formats' lists what "
              "can be read"));
    d->transcript = vb_read(d->format, text, error);
    return d->transcript != NULL;
}

struct vb_document *vb_document_from(const char *name, vb_str bytes, struct vb_error *error)
{
    struct vb_document *d = mem_new(sizeof *d);
    d->path = strdup(name);
    d->encoding = encoding_guess(bytes, &d->bom);
    encoding_decode(bytes, d->bom, d->encoding, &d->text);
    if (read_transcript(d, file_name(name), error))
        return d;
    err_wrap(error, "%s", name);
    vb_document_close(d);
    return NULL;
}

struct vb_document *vb_document_open(const char *path, struct vb_error *error)
{
    struct buf bytes = {0};
    if (!file_read(path, FILE_MAX, &bytes, error))
        return NULL;
    struct vb_document *d = vb_document_from(path, buf_str(&bytes), error);
    buf_free(&bytes);
    return d;
}

void vb_document_close(struct vb_document *d)
{
    if (!d)
        return;
    vb_transcript_unref(d->transcript);
    buf_free(&d->text);
    free(d->path);
    free(d);
}

const char *vb_document_path(const struct vb_document *d)
{
    return d->path;
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
    return encoding_file_span(d->encoding, d->bom, buf_str(&d->text), span);
}
