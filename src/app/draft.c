/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping unsaved corrections. */
#include "app/draft.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/str.h"
#include "library/store.h"

static const char first_line[] = "verbatim draft 1\n";

/* ---- where they are ---- */

bool draft_folder(struct buf *into)
{
    return store_path("drafts/", into);
}

void draft_begin_of(const char *page, struct buf *into)
{
    char *real = realpath(page, NULL), hex[SHA256_HEX];
    sha256_hex(str_of(real ? real : page), hex);
    free(real);
    buf_puts(into, hex);
}

/* A name that no other program has. */
static bool name_own(struct draft *own, const char *page, struct vb_error *error)
{
    uint64_t tag;
    if (!draft_folder(&own->path))
        return err_set(
            error, VB_NOT_FOUND, "%s",
            _("there is no folder for them: neither XDG_STATE_HOME nor HOME is set"));
    if (getrandom(&tag, sizeof tag, 0) != sizeof tag)
        tag = (uint64_t)getpid();
    draft_begin_of(page, &own->path);
    buf_printf(&own->path, "-%016llx", (unsigned long long)tag);
    own->held = -1;
    return true;
}

void draft_release(struct draft *draft)
{
    if (draft->path.len && draft->held >= 0)
        close(draft->held);
    buf_free(&draft->path);
}

void draft_forget(struct draft *draft)
{
    if (draft->path.len)
        unlink(draft->path.data);
    draft_release(draft);
}

/* ---- writing ---- */

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
    struct draft *own;
    struct buf page;   /* its path */
    char *data, *base; /* as it is corrected; what that was made from */
    size_t len, base_len;
    bool kept;
    struct vb_error error;
    atomic_bool done;
};

static void put_draft(const struct draft_writing *w, struct buf *text)
{
    char hex[SHA256_HEX];
    sha256_hex((vb_str){w->base, w->base_len}, hex);
    buf_printf(text, "%s%s\n%s\n\n", first_line, w->page.data, hex);
    buf_add(text, (vb_str){w->data, w->len});
}

static void *write_draft(void *ctx)
{
    struct draft_writing *w = ctx;
    struct draft *own = w->own;
    struct buf text = {0};
    put_draft(w, &text);
    if (own->path.len || name_own(own, w->page.data, &w->error)) {
        file_make_folders(own->path.data);
        int held = file_write_held(own->path.data, buf_str(&text), &w->error);
        w->kept = held >= 0;
        if (w->kept && own->held >= 0)
            close(own->held);
        if (w->kept)
            own->held = held;
    }
    buf_free(&text);
    atomic_store(&w->done, true);
    return NULL;
}

struct draft_writing *draft_keep(struct draft *own, const struct vb_document *d,
                                 const struct vb_change *typed)
{
    if (!typed && !vb_document_changed(d)) {
        draft_forget(own);
        return NULL;
    }
    struct draft_writing *w = mem_new(sizeof *w);
    w->own = own;
    buf_puts(&w->page, vb_document_path(d));
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
    buf_free(&w->page);
    free(w);
    return kept;
}

/* ---- reading ---- */

bool draft_parse(vb_str draft, vb_str *base, vb_str *bytes)
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
