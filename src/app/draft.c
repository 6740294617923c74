/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping unsaved corrections. */
#include "app/draft.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/str.h"
#include "library/store.h"

enum { DRAFT_MAX = 65 << 20 };

static const char first_line[] = "verbatim draft 1\n";

bool draft_path(const char *path, struct buf *into)
{
    char *real = realpath(path, NULL), hex[SHA256_HEX], name[sizeof "drafts/" + SHA256_HEX];
    sha256_hex(str_of(real ? real : path), hex);
    free(real);
    snprintf(name, sizeof name, "drafts/%s", hex);
    return store_path(name, into);
}

void draft_forget(const char *path)
{
    struct buf at = {0};
    if (draft_path(path, &at))
        unlink(at.data);
    buf_free(&at);
}

/* The digest of the file on the disk; empty when it is gone. */
static void digest_of_file(const char *path, char hex[SHA256_HEX])
{
    struct buf bytes = {0};
    hex[0] = '\0';
    if (file_read(path, DRAFT_MAX, &bytes, NULL))
        sha256_hex(buf_str(&bytes), hex);
    buf_free(&bytes);
}

/* What the document would not take is kept without. */
static void bytes_of(const struct vb_document *d, const struct vb_change *typed, char **data,
                     size_t *len)
{
    if (!typed || !vb_document_bytes_with(d, *typed, data, len, NULL))
        vb_document_bytes(d, data, len);
}

struct draft_writing {
    pthread_t thread;
    bool has_thread;
    /* the thread's, until it is done */
    struct buf path; /* of the page */
    char *data, *base; /* as it is corrected; what that was made from */
    size_t len, base_len;
    bool kept;
    struct vb_error error;
    atomic_bool done;
};

static void *write_draft(void *ctx)
{
    struct draft_writing *w = ctx;
    struct buf at = {0}, text = {0};
    char hex[SHA256_HEX];
    sha256_hex((vb_str){w->base, w->base_len}, hex);
    buf_printf(&text, "%s%s\n%s\n\n", first_line, w->path.data, hex);
    buf_add(&text, (vb_str){w->data, w->len});
    bool home = draft_path(w->path.data, &at);
    if (home)
        file_make_folders(at.data);
    w->kept = home && file_write(at.data, buf_str(&text), &w->error);
    buf_free(&text);
    buf_free(&at);
    atomic_store(&w->done, true);
    return NULL;
}

struct draft_writing *draft_keep(const struct vb_document *d, const struct vb_change *typed)
{
    const char *path = vb_document_path(d);
    if (!typed && !vb_document_changed(d)) {
        draft_forget(path);
        return NULL;
    }
    struct draft_writing *w = mem_new(sizeof *w);
    buf_puts(&w->path, path);
    bytes_of(d, typed, &w->data, &w->len);
    vb_document_known_bytes(d, &w->base, &w->base_len); /* the disk may hold another's by now */
    w->has_thread = !pthread_create(&w->thread, NULL, write_draft, w);
    if (!w->has_thread)
        write_draft(w);
    return w;
}

bool draft_is_kept(const struct draft_writing *w)
{
    return atomic_load(&w->done);
}

bool draft_finish(struct draft_writing *w, struct vb_error *error)
{
    if (!w)
        return true;
    if (w->has_thread)
        pthread_join(w->thread, NULL);
    bool kept = w->kept;
    if (!kept && error)
        *error = w->error;
    free(w->data);
    free(w->base);
    buf_free(&w->path);
    free(w);
    return kept;
}

/* The corrected bytes; `base`: of which file. */
static bool parse(vb_str draft, vb_str *base, vb_str *bytes)
{
    if (!str_starts(draft, first_line))
        return false;
    vb_str path, empty;
    size_t at = sizeof first_line - 1;
    if (!str_line(draft, &at, &path) || !str_line(draft, &at, base) ||
        !str_line(draft, &at, &empty) || empty.len)
        return false;
    *bytes = str_from(draft, at);
    return true;
}

enum draft_found draft_take(struct vb_document *d, struct buf *kept_at)
{
    struct buf draft = {0};
    vb_str base, bytes;
    char hex[SHA256_HEX];
    bool there = draft_path(vb_document_path(d), kept_at) && file_exists(kept_at->data) &&
                 file_read(kept_at->data, DRAFT_MAX, &draft, NULL) &&
                 parse(buf_str(&draft), &base, &bytes);
    enum draft_found found = there ? DRAFT_APART : DRAFT_NONE;
    if (there)
        digest_of_file(vb_document_path(d), hex);
    if (there && str_eq(base, hex) && vb_document_restore(d, bytes, NULL))
        found = DRAFT_TAKEN;
    buf_free(&draft);
    return found;
}
