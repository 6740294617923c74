/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping unsaved corrections. */
#include "app/draft.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
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

bool draft_keep(const struct vb_document *d, const struct vb_change *typed,
                struct vb_error *error)
{
    const char *path = vb_document_path(d);
    struct buf at = {0}, text = {0};
    if (!typed && !vb_document_changed(d)) {
        draft_forget(path);
        return true;
    }
    char hex[SHA256_HEX], *data;
    size_t len;
    digest_of_file(path, hex);
    bytes_of(d, typed, &data, &len);
    buf_printf(&text, "%s%s\n%s\n\n", first_line, path, hex);
    buf_add(&text, (vb_str){data, len});
    bool home = draft_path(path, &at);
    if (home)
        file_make_folders(at.data);
    bool kept = home && file_write(at.data, buf_str(&text), error);
    free(data);
    buf_free(&text);
    buf_free(&at);
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
