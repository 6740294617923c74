/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Patches of a file: made, applied, taken back.
 *
 * They count in the file's bytes. Where those are the text, a small one changes it in its
 * place; else the file is spliced and read anew. */
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/str.h"
#include "document/parts.h"
#include "format/format.h"
#include "transcript/patch.h"

void patches_free(patches *list)
{
    for (size_t i = 0; i < list->count; i++)
        buf_free(&list->items[i].bytes);
    free(list->items);
    *list = (patches){0};
}

void patches_splice(vb_str bytes, const patches *list, struct buf *into)
{
    size_t at = 0, grown = bytes.len;
    for (size_t i = 0; i < list->count; i++)
        grown += list->items[i].bytes.len;
    buf_reserve(into, grown);
    for (size_t i = 0; i < list->count; i++) {
        const struct patch *patch = &list->items[i];
        buf_add(into, str_cut(bytes, at, patch->at));
        buf_add(into, buf_str(&patch->bytes));
        at = patch->at + patch->len;
    }
    buf_add(into, str_from(bytes, at));
}

patches patches_inverse(vb_str bytes, const patches *list)
{
    patches back = {0};
    ptrdiff_t shift = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct patch *patch = &list->items[i];
        struct patch other = {(size_t)((ptrdiff_t)patch->at + shift), patch->bytes.len, {0}};
        buf_add(&other.bytes, str_cut(bytes, patch->at, patch->at + patch->len));
        vec_push(&back, other);
        shift += (ptrdiff_t)patch->bytes.len - (ptrdiff_t)patch->len;
    }
    return back;
}

/* Are the file's bytes the text, and do the patches leave them valid UTF-8? */
static bool keeps_text(const struct vb_document *d, const patches *list)
{
    vb_str text = buf_str(&d->text);
    if (!document_is_text(d)) /* patches count in the file's bytes */
        return false;
    for (size_t i = 0; i < list->count; i++) {
        const struct patch *patch = &list->items[i];
        if (!is_whole(text, patch->at) || !is_whole(text, patch->at + patch->len) ||
            u8_check((const uint8_t *)patch->bytes.data, patch->bytes.len))
            return false;
    }
    return true;
}

/* A small correction inside a paragraph: the text is changed in its place. False: read it anew.
 */
static bool apply_in_place(struct vb_document *d, const patches *list)
{
    if (list->count != 1 || d->format->is_table || !keeps_text(d, list))
        return false;
    const struct patch *patch = &list->items[0];
    if (d->text.len - patch->len + patch->bytes.len > DOCUMENT_MAX)
        return false;
    struct vb_span span = {(uint32_t)patch->at, (uint32_t)patch->len};
    vb_str with = buf_str(&patch->bytes);
    struct vb_transcript *now =
        transcript_patched(d->transcript, buf_str(&d->text), span, with);
    if (!now)
        return false;
    size_t tail = d->text.len - patch->at - patch->len;
    document_own_text(d);
    buf_reserve(&d->text, with.len);
    char *at = d->text.data + patch->at;
    memmove(at + with.len, at + patch->len, tail + 1); /* with the NUL */
    if (with.len)
        memcpy(at, with.data, with.len);
    d->text.len += with.len - patch->len;
    vb_transcript_unref(d->transcript);
    d->transcript = now;
    encoding_map_free(&d->map);
    return true;
}

bool patches_apply(struct vb_document *d, const patches *list, struct vb_error *error)
{
    if (apply_in_place(d, list))
        return true;
    struct buf hold = {0}, fresh = {0};
    bool is_text = keeps_text(d, list);
    patches_splice(document_view(d, &hold), list, &fresh);
    buf_free(&hold);
    return is_text ? document_adopt_text(d, fresh, error) : document_adopt(d, fresh, error);
}

/* ---- what differs ---- */

/* Of bytes in another encoding than UTF-8 this may be less than what they share. */
static size_t common_head(vb_str a, vb_str b)
{
    size_t at = 0, most = a.len < b.len ? a.len : b.len;
    while (at < most && a.data[at] == b.data[at])
        at++;
    while (at > 0 && (!is_whole(a, at) || !is_whole(b, at)))
        at--;
    return at;
}

static size_t common_tail(vb_str a, vb_str b, size_t head)
{
    size_t len = 0, most = (a.len < b.len ? a.len : b.len) - head;
    while (len < most && a.data[a.len - 1 - len] == b.data[b.len - 1 - len])
        len++;
    while (len > 0 && (!is_whole(a, a.len - len) || !is_whole(b, b.len - len)))
        len--;
    return len;
}

void find_difference(vb_str from, vb_str to, struct vb_span *gone, struct vb_span *come)
{
    size_t head = common_head(from, to), tail = common_tail(from, to, head);
    *gone = (struct vb_span){(uint32_t)head, (uint32_t)(from.len - head - tail)};
    *come = (struct vb_span){(uint32_t)head, (uint32_t)(to.len - head - tail)};
}

void patches_add(patches *list, struct vb_span file, vb_str bytes)
{
    struct patch patch = {file.at, file.len, {0}};
    buf_add(&patch.bytes, bytes);
    vec_push(list, patch);
}

void patches_differ(const struct vb_document *d, struct vb_span file, vb_str bytes,
                    patches *list)
{
    struct buf hold = {0};
    struct vb_span gone, come;
    vb_str old = str_cut(document_view(d, &hold), file.at, file.at + file.len);
    find_difference(old, bytes, &gone, &come);
    buf_free(&hold);
    gone.at += file.at;
    patches_add(list, gone, str_cut(bytes, come.at, come.at + come.len));
}
