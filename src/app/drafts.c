/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The drafts of a page that were left behind. */
#include "app/drafts.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/sha256.h"
#include "base/str.h"

/* ---- finding them ---- */

struct left {
    struct draft draft;
    struct timespec written;
};
typedef VEC(struct left) lefts;

static int newest_first(const void *x, const void *y)
{
    const struct left *a = x, *b = y;
    if (a->written.tv_sec != b->written.tv_sec)
        return a->written.tv_sec < b->written.tv_sec ? 1 : -1;
    if (a->written.tv_nsec != b->written.tv_nsec)
        return a->written.tv_nsec < b->written.tv_nsec ? 1 : -1;
    return strcmp(b->draft.path.data, a->draft.path.data);
}

/* A draft whose program lives is held by it. */
static void add_left(lefts *list, const char *folder, const char *name)
{
    struct left left = {0};
    struct stat about;
    buf_printf(&left.draft.path, "%s%s", folder, name);
    left.draft.held = file_hold(left.draft.path.data);
    if (left.draft.held < 0) {
        buf_free(&left.draft.path);
        return;
    }
    if (stat(left.draft.path.data, &about) == 0)
        left.written = about.st_mtim;
    vec_push(list, left);
}

/* All that nobody holds, now held by us; `page` NULL: of any page. */
static lefts find_left(const char *page)
{
    lefts list = {0};
    struct buf folder = {0}, begin = {0};
    if (page)
        draft_begin_of(page, &begin);
    DIR *dir = draft_folder(&folder) ? opendir(folder.data) : NULL;
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (page ? strncmp(entry->d_name, begin.data, begin.len) == 0
                 : strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            add_left(&list, folder.data, entry->d_name);
    if (dir)
        closedir(dir);
    buf_free(&folder);
    buf_free(&begin);
    if (list.count)
        qsort(list.items, list.count, sizeof *list.items, newest_first);
    return list;
}

/* ---- putting them back ---- */

static bool is_of(const char *path, vb_str digest, struct buf *bytes)
{
    char hex[SHA256_HEX];
    buf_free(bytes);
    if (!file_read(path, DRAFT_MAX, bytes, NULL))
        return false;
    sha256_hex(buf_str(bytes), hex);
    return str_eq(digest, hex);
}

/* The file that a draft was made from: the page, or as it was before it was last saved. */
static bool find_base(const char *page, vb_str digest, struct buf *bytes)
{
    struct buf before = {0};
    buf_printf(&before, "%s~", page);
    bool found = is_of(page, digest, bytes) || is_of(before.data, digest, bytes);
    buf_free(&before);
    return found;
}

static bool read_draft(const struct draft *draft, struct buf *hold, vb_str *base, vb_str *bytes)
{
    return file_read(draft->path.data, DRAFT_MAX, hold, NULL) &&
           draft_parse(buf_str(hold), base, bytes);
}

/* What the draft corrected is corrected in the page. False: nothing changed. */
static bool put_back(struct vb_document *d, const struct draft *draft)
{
    struct buf hold = {0}, before = {0};
    vb_str base, bytes;
    bool done = read_draft(draft, &hold, &base, &bytes) &&
                find_base(vb_document_path(d), base, &before) &&
                vb_document_merge(d, buf_str(&before), bytes, NULL);
    buf_free(&hold);
    buf_free(&before);
    return done;
}

struct drafts_found drafts_take(struct drafts *drafts, struct vb_document *d)
{
    struct drafts_found found = {0};
    lefts left = find_left(vb_document_path(d));
    for (size_t i = 0; i < left.count; i++) {
        struct draft draft = left.items[i].draft;
        const struct vb_transcript *before = vb_document_transcript(d);
        if (put_back(d, &draft)) {
            vec_push(&drafts->taken, draft);
            found.taken += vb_document_transcript(d) != before; /* else it was here already */
            continue;
        }
        if (!found.apart++)
            buf_puts(&found.newest, draft.path.data);
        draft_release(&draft);
    }
    free(left.items);
    return found;
}

bool drafts_bring(struct drafts *drafts, struct vb_document *d, struct vb_error *error)
{
    lefts left = find_left(vb_document_path(d));
    bool done = false;
    err_set(error, VB_NOT_FOUND, "%s", _("no other corrections of this page are kept"));
    for (size_t i = 0; i < left.count; i++) {
        struct buf hold = {0};
        vb_str base, bytes;
        if (!done && read_draft(&left.items[i].draft, &hold, &base, &bytes) &&
            vb_document_restore(d, bytes, error)) {
            vec_push(&drafts->seen, left.items[i].draft);
            done = true;
        } else {
            draft_release(&left.items[i].draft);
        }
        buf_free(&hold);
    }
    free(left.items);
    if (done && drafts->own.path.len) {
        vec_push(&drafts->seen, drafts->own);
        drafts->own = (struct draft){0};
    }
    return done;
}

/* ---- letting them go ---- */

static void let_list_go(draft_list *list, void (*how)(struct draft *))
{
    for (size_t i = 0; i < list->count; i++)
        how(&list->items[i]);
    free(list->items);
    *list = (draft_list){0};
}

static void let_go(struct drafts *drafts, void (*how)(struct draft *))
{
    how(&drafts->own);
    let_list_go(&drafts->taken, how);
    let_list_go(&drafts->seen, how);
}

void drafts_written(struct drafts *drafts)
{
    let_list_go(&drafts->taken, draft_forget);
}

void drafts_forget(struct drafts *drafts)
{
    let_go(drafts, draft_forget);
}

void drafts_release(struct drafts *drafts)
{
    let_go(drafts, draft_release);
}

unsigned drafts_erase(const char *page)
{
    lefts left = find_left(page);
    unsigned count = (unsigned)left.count;
    for (size_t i = 0; i < left.count; i++)
        draft_forget(&left.items[i].draft);
    free(left.items);
    return count;
}
