/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document and its file: saving, noticing that another program wrote it, coming together.
 *
 * What the disk holds is kept from the first change on, so that three texts are at hand when
 * two people wrote at once: what was read, what is open, what is on the disk. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "document/parts.h"
#include "transcript/rows.h"

struct stamp stamp_of(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return (struct stamp){0};
    return (struct stamp){true, about.st_dev, about.st_ino, about.st_size, about.st_mtim};
}

static bool is_same_stamp(const struct stamp *a, const struct stamp *b)
{
    return a->known && b->known && a->device == b->device && a->inode == b->inode &&
           a->size == b->size && a->changed.tv_sec == b->changed.tv_sec &&
           a->changed.tv_nsec == b->changed.tv_nsec;
}

static vb_str on_disk(const struct vb_document *d)
{
    return d->disk_source ? (vb_str){d->disk_source->data, d->disk_len} : buf_str(&d->on_disk);
}

/* A long page's bytes are not copied where the text is the same and stays as it was read. */
void disk_remember(struct vb_document *d)
{
    if (!d->is_file || on_disk(d).len)
        return;
    if (d->source && !d->bytes.len && !d->bom) {
        d->disk_source = source_ref(d->source);
        d->disk_len = d->text.len;
    } else {
        document_bytes(d, &d->on_disk);
    }
}

void disk_forget(struct vb_document *d)
{
    source_unref(d->disk_source);
    d->disk_source = NULL;
    buf_free(&d->on_disk);
}

/* The bytes that the file had when it was read or saved. */
static void known_bytes(const struct vb_document *d, struct buf *into)
{
    if (on_disk(d).len)
        buf_add(into, on_disk(d));
    else
        document_bytes(d, into);
}

void vb_document_known_bytes(const struct vb_document *d, char **data, size_t *len)
{
    struct buf bytes = {0};
    known_bytes(d, &bytes);
    *data = bytes.data;
    *len = bytes.len;
}

/* A new date alone is no change: the bytes decide. */
static bool has_same_bytes(const struct vb_document *d)
{
    struct buf known = {0}, disk = {0};
    known_bytes(d, &known);
    bool same = file_read(d->path.data, DOCUMENT_MAX, &disk, NULL) &&
                str_is(buf_str(&known), buf_str(&disk));
    buf_free(&known);
    buf_free(&disk);
    return same;
}

enum vb_on_disk vb_document_on_disk(const struct vb_document *d)
{
    if (!d->is_file)
        return VB_DISK_SAME;
    struct stamp now = stamp_of(d->path.data);
    if (!now.known)
        return VB_DISK_GONE;
    if (is_same_stamp(&now, &d->stamp))
        return VB_DISK_SAME;
    if (!has_same_bytes(d))
        return VB_DISK_CHANGED;
    ((struct vb_document *)d)->stamp = now;
    return VB_DISK_SAME;
}

/* ---- saving ---- */

static bool back_up(struct vb_document *d, struct vb_error *error)
{
    if (d->backed_up || !file_exists(d->path.data))
        return true;
    struct buf name = {0}, bytes = {0};
    buf_printf(&name, "%s~", d->path.data);
    bool done = file_read(d->path.data, DOCUMENT_MAX, &bytes, error) &&
                file_write(name.data, buf_str(&bytes), error);
    buf_free(&name);
    buf_free(&bytes);
    d->backed_up = done;
    return done || err_wrap(error, "%s", _("nothing was saved, for want of a safety copy"));
}

static bool write_out(struct vb_document *d, const char *path, struct vb_error *error)
{
    struct buf bytes = {0};
    document_bytes(d, &bytes);
    bool done = file_write(path, buf_str(&bytes), error);
    if (done) {
        disk_forget(d);
        d->on_disk = bytes;
        d->stamp = stamp_of(path);
        d->saved_at = d->step_at;
        d->is_file = true;
    } else {
        buf_free(&bytes);
    }
    return done;
}

bool vb_document_save(struct vb_document *d, struct vb_error *error)
{
    if (!vb_document_editable(d, error))
        return false;
    if (!d->is_file)
        return err_set(error, VB_UNSUPPORTED, _("this text has no file yet; save it as one"));
    if (vb_document_on_disk(d) == VB_DISK_CHANGED) {
        err_set(error, VB_CHANGED,
                _("another program changed the file; read it again before you save"));
        return err_wrap(error, "%s", d->path.data);
    }
    return back_up(d, error) && write_out(d, d->path.data, error);
}

bool vb_document_save_as(struct vb_document *d, const char *path, struct vb_error *error)
{
    if (!vb_document_editable(d, error) || !write_out(d, path, error))
        return false;
    buf_clear(&d->path);
    buf_puts(&d->path, path);
    d->backed_up = true; /* what stood there was given up knowingly */
    return true;
}

/* ---- reading again ---- */

static void now_on_disk(struct vb_document *d, struct buf disk)
{
    disk_forget(d);
    d->on_disk = disk;
    d->stamp = stamp_of(d->path.data);
}

/* What comes out of `ours` and `theirs`; false: they touch. */
static bool merge(const struct vb_document *d, vb_str base, vb_str theirs, struct buf *into,
                  struct vb_error *error)
{
    struct buf hold = {0};
    uint32_t line = 0;
    bool done = merge_lines(base, document_view(d, &hold), theirs, into, &line);
    buf_free(&hold);
    return done || err_set_line(error, VB_CHANGED, line,
                                _("changed here and by another program as well"));
}

bool vb_document_merge(struct vb_document *d, vb_str base, vb_str theirs,
                       struct vb_error *error)
{
    struct buf fresh = {0}, hold = {0};
    if (!vb_document_editable(d, error) || !merge(d, base, theirs, &fresh, error)) {
        buf_free(&fresh);
        return false;
    }
    bool same = str_is(buf_str(&fresh), document_view(d, &hold));
    buf_free(&hold);
    if (!same)
        return document_become(d, fresh, error);
    buf_free(&fresh);
    return true;
}

/* Takes `disk`. */
static bool take_theirs(struct vb_document *d, struct buf disk, enum vb_reload how,
                        struct vb_error *error)
{
    bool had_ours = vb_document_changed(d);
    bool mixes = how == VB_RELOAD_MERGE && had_ours;
    struct buf fresh = {0};
    if (mixes && !merge(d, on_disk(d), buf_str(&disk), &fresh, error)) {
        buf_free(&fresh);
        buf_free(&disk);
        return false;
    }
    if (!mixes)
        buf_add(&fresh, buf_str(&disk));
    bool same = str_is(buf_str(&fresh), buf_str(&disk));
    if (!document_become(d, fresh, error)) {
        buf_free(&disk);
        return false;
    }
    now_on_disk(d, disk);
    d->saved_at = same ? d->step_at : SIZE_MAX;
    return true;
}

bool vb_document_reload(struct vb_document *d, enum vb_reload how, struct vb_error *error)
{
    if (!d->is_file)
        return err_set(error, VB_UNSUPPORTED, _("this text has no file"));
    struct buf disk = {0};
    if (!file_read(d->path.data, DOCUMENT_MAX, &disk, error))
        return false;
    disk_remember(d);
    if (how != VB_RELOAD_OURS)
        return take_theirs(d, disk, how, error) || err_wrap(error, "%s", d->path.data);
    struct buf ours = {0};
    document_bytes(d, &ours);
    d->saved_at = str_is(buf_str(&ours), buf_str(&disk)) ? d->step_at : SIZE_MAX;
    buf_free(&ours);
    now_on_disk(d, disk);
    return true;
}
