/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One open transcript file: reading it, and reading it anew. */
#include "verbatim/document.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "document/ahead.h"
#include "document/beside.h"
#include "document/parts.h"
#include "format/format.h"
#include "transcript/patch.h"
#include "transcript/rows.h"

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

/* Only a broken byte, or another encoding, makes the text longer or shorter than the file. */
static bool is_same_text(const struct vb_document *d, size_t file_len)
{
    return d->encoding == ENC_UTF8 && d->text.len + d->bom == file_len;
}

/* Takes `bytes`. */
static void decode(struct vb_document *d, struct buf bytes)
{
    d->bytes = bytes;
    encoding_decode(buf_str(&bytes), d->bom, d->encoding, &d->text);
    if (is_same_text(d, bytes.len))
        buf_free(&d->bytes);
}

/* ---- the text, which the transcript may look at ---- */

/* The transcript was just read from it. */
static void share_text(struct vb_document *d)
{
    if (!d->source)
        d->source = source_new(d->text.data);
    transcript_read_in(d->transcript, d->source, d->text.len);
}

static void free_text(struct vb_document *d)
{
    if (d->source)
        d->text = (struct buf){0};
    source_unref(d->source);
    d->source = NULL;
    buf_free(&d->text);
}

void document_own_text(struct vb_document *d)
{
    if (!d->source)
        return;
    struct buf copy = document_take_copy(d);
    if (!copy.len)
        buf_add(&copy, buf_str(&d->text));
    free_text(d);
    d->text = copy;
}

/* ---- reading ---- */

static bool read_transcript(struct vb_document *d, const char *name,
                            const struct vb_companions *beside, struct vb_error *error)
{
    vb_str text = buf_str(&d->text);
    if (!refuse_bytes(text, error))
        return false;
    d->format = vb_format_guess(text, name);
    if (!d->format)
        return vb_format_refuse(text, error);
    d->transcript = vb_read_judged(d->format, text, name, beside, NULL, 0, error);
    if (d->transcript)
        share_text(d);
    return d->transcript != NULL;
}

static bool read_bytes(struct vb_document *d, const char *path, struct buf bytes,
                       struct vb_error *error)
{
    struct beside beside;
    bool done = beside_begin(&beside, path, &bytes, error);
    d->encoding = encoding_guess(buf_str(&bytes), &d->bom);
    decode(d, bytes);
    done = done && read_transcript(d, file_name(d->path.data), &beside.companions, error);
    beside_free(&beside);
    return done;
}

/* Takes `bytes`. `path`: where they come from; NULL: from memory. */
static struct vb_document *open_bytes(const char *name, const char *path, struct buf bytes,
                                      struct vb_error *error)
{
    struct vb_document *d = mem_new(sizeof *d);
    buf_puts(&d->path, name);
    if (read_bytes(d, path, bytes, error))
        return d;
    err_wrap(error, "%s", name);
    vb_document_close(d);
    return NULL;
}

struct vb_document *vb_document_from(const char *name, vb_str bytes, struct vb_error *error)
{
    struct buf copy = {0};
    buf_add(&copy, bytes);
    return open_bytes(name, NULL, copy, error);
}

struct vb_document *vb_document_open(const char *path, struct vb_error *error)
{
    struct buf bytes = {0}, publication = {0};
    if (beside_find_publication(path, &publication))
        path = publication.data;
    struct stamp stamp = stamp_of(path);
    struct vb_document *d = NULL;
    if (file_read(path, DOCUMENT_MAX, &bytes, error))
        d = open_bytes(path, path, bytes, error);
    if (d) {
        d->is_file = true;
        d->stamp = stamp;
    }
    buf_free(&publication);
    return d;
}

void vb_document_close(struct vb_document *d)
{
    if (!d)
        return;
    vb_transcript_unref(d->transcript);
    history_free(d);
    for (size_t i = 0; i < d->judgements.count; i++)
        free((char *)d->judgements.items[i].label.data);
    free(d->judgements.items);
    disk_forget(d);
    struct buf copy = document_take_copy(d);
    buf_free(&copy);
    encoding_map_free(&d->map);
    buf_free(&d->bytes);
    free_text(d);
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

const char *vb_document_line_ends(const struct vb_document *d)
{
    static const char *const names[] = {"",   "LF",      "CRLF",      "LF + CRLF",
                                        "CR", "LF + CR", "CRLF + CR", "LF + CRLF + CR"};
    vb_str text = buf_str(&d->text), line;
    int met = 0; /* by bit: LF, CRLF, CR */
    for (size_t at = 0, from = 0; str_line(text, &at, &line); from = at) {
        vb_str end = str_cut(text, from + line.len, at);
        met |= !end.len ? 0 : end.len > 1 ? 2 : end.data[0] == '\n' ? 1 : 4;
    }
    return names[met];
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

vb_str vb_document_text(const struct vb_document *d)
{
    return buf_str(&d->text);
}

void document_bytes(const struct vb_document *d, struct buf *into)
{
    if (d->bytes.len) {
        buf_add(into, buf_str(&d->bytes));
        return;
    }
    if (d->bom)
        buf_puts(into, "\xEF\xBB\xBF");
    buf_add(into, buf_str(&d->text));
}

vb_str document_view(const struct vb_document *d, struct buf *hold)
{
    if (document_is_text(d))
        return buf_str(&d->text);
    document_bytes(d, hold);
    return buf_str(hold);
}

void vb_document_bytes(const struct vb_document *d, char **data, size_t *len)
{
    struct buf bytes = {0};
    document_bytes(d, &bytes);
    *data = bytes.data;
    *len = bytes.len;
}

bool vb_document_editable(const struct vb_document *d, struct vb_error *error)
{
    bool is_html = str_eq(vb_variant(d->transcript), "html");
    return (d->format->edits && !is_html) ||
           err_set(
               error, VB_UNSUPPORTED,
               _("%s files are read and exported, not corrected in place; convert it first"),
               is_html ? "HTML" : vb_format_name(d->format));
}

/* The same format must still be what the bytes look like. */
static struct vb_transcript *read_again(const struct vb_document *d, vb_str text,
                                        struct vb_error *error)
{
    bool fits = refuse_bytes(text, error) && text.len <= DOCUMENT_MAX;
    struct vb_transcript *fresh = NULL;
    if (fits && d->format->probe(text) > 0)
        fresh = vb_read_judged(d->format, text, file_name(d->path.data), NULL,
                               d->judgements.items, d->judgements.count, error);
    else if (fits)
        vb_format_refuse(text, error);
    if (!fresh)
        err_wrap(error, "%s", _("after this change the file could not be read any more"));
    return fresh;
}

static void judge(struct vb_document *d, vb_str label, bool is_speaker)
{
    char *copy = mem_new(label.len + 1);
    memcpy(copy, label.data, label.len);
    vec_push(&d->judgements, (struct vb_judgement){
                                 {copy, label.len},
                                 is_speaker
    });
}

bool vb_document_judge(struct vb_document *d, vb_str label, bool is_speaker,
                       struct vb_error *error)
{
    judge(d, label, is_speaker);
    struct vb_transcript *fresh = read_again(d, buf_str(&d->text), error);
    if (!fresh) {
        free((char *)d->judgements.items[--d->judgements.count].label.data);
        return false;
    }
    vb_transcript_unref(d->transcript);
    d->transcript = fresh;
    share_text(d);
    return true;
}

/* Takes what `fresh` holds of a document, when it can be read; else frees it. */
static bool take(struct vb_document *d, struct vb_document *fresh, struct vb_error *error)
{
    fresh->transcript = read_again(d, buf_str(&fresh->text), error);
    if (!fresh->transcript) {
        buf_free(&fresh->bytes);
        buf_free(&fresh->text);
        return false;
    }
    vb_transcript_unref(d->transcript);
    encoding_map_free(&d->map);
    buf_free(&d->bytes);
    free_text(d);
    d->transcript = fresh->transcript;
    d->bytes = fresh->bytes;
    d->text = fresh->text;
    share_text(d);
    return true;
}

bool document_adopt(struct vb_document *d, struct buf bytes, struct vb_error *error)
{
    struct vb_document fresh = {.encoding = d->encoding, .bom = d->bom};
    decode(&fresh, bytes);
    return take(d, &fresh, error);
}

bool document_adopt_text(struct vb_document *d, struct buf text, struct vb_error *error)
{
    struct vb_document fresh = {.text = text};
    return take(d, &fresh, error);
}
