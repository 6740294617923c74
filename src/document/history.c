/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections, and the way back.
 *
 * A step is a list of patches to the file's bytes and the list that takes them back.  Both are
 * applied alike: splice, read anew, take the result or leave everything as it was. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "document/parts.h"
#include "transcript/patch.h"

static void patches_free(patches *list)
{
    for (size_t i = 0; i < list->count; i++)
        buf_free(&list->items[i].bytes);
    free(list->items);
    *list = (patches){0};
}

static void step_free(struct step *step)
{
    patches_free(&step->forth);
    patches_free(&step->back);
}

static void forget_redo(struct vb_document *d)
{
    while (d->steps.count > d->step_at)
        step_free(&d->steps.items[--d->steps.count]);
    if (d->saved_at != SIZE_MAX && d->saved_at > d->step_at)
        d->saved_at = SIZE_MAX;
}

void history_free(struct vb_document *d)
{
    for (size_t i = 0; i < d->steps.count; i++)
        step_free(&d->steps.items[i]);
    free(d->steps.items);
}

/* ---- patches ---- */

static void splice(vb_str bytes, const patches *list, struct buf *into)
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

/* What takes `list` back, when it has been applied to `bytes`. */
static patches inverse(vb_str bytes, const patches *list)
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

/* The file's bytes without a copy, where they are the text; else copied into `hold`. */
static vb_str file_view(const struct vb_document *d, struct buf *hold)
{
    if (document_is_text(d))
        return buf_str(&d->text);
    document_bytes(d, hold);
    return buf_str(hold);
}

static bool is_whole(vb_str text, size_t at)
{
    return at == text.len || ((unsigned char)text.data[at] & 0xC0) != 0x80;
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
    if (list->count != 1 || !keeps_text(d, list))
        return false;
    const struct patch *patch = &list->items[0];
    struct vb_span span = {(uint32_t)patch->at, (uint32_t)patch->len};
    vb_str with = buf_str(&patch->bytes);
    struct vb_transcript *now =
        transcript_patched(d->transcript, buf_str(&d->text), span, with);
    if (!now)
        return false;
    size_t tail = d->text.len - patch->at - patch->len;
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

static bool apply(struct vb_document *d, const patches *list, struct vb_error *error)
{
    if (apply_in_place(d, list))
        return true;
    struct buf hold = {0}, fresh = {0};
    bool is_text = keeps_text(d, list);
    splice(file_view(d, &hold), list, &fresh);
    buf_free(&hold);
    return is_text ? document_adopt_text(d, fresh, error) : document_adopt(d, fresh, error);
}

/* Takes the step's patches. */
static bool take_step(struct vb_document *d, struct step *step, struct vb_error *error)
{
    struct buf hold = {0};
    step->back = inverse(file_view(d, &hold), &step->forth);
    buf_free(&hold);
    disk_remember(d);
    if (!apply(d, &step->forth, error)) {
        step_free(step);
        return false;
    }
    forget_redo(d);
    vec_push(&d->steps, *step);
    d->step_at++;
    return true;
}

/* ---- changes of the text, as patches of the file ---- */

static bool uses_crlf(vb_str text)
{
    size_t at = str_find_char(text, '\n');
    return at != STR_NOT_FOUND && at > 0 && text.data[at - 1] == '\r';
}

/* `text` with the line ends of the file, in its encoding. */
static bool encode(const struct vb_document *d, vb_str text, struct buf *into,
                   struct vb_error *error)
{
    bool crlf = uses_crlf(buf_str(&d->text));
    struct buf lines = {0};
    vb_str line;
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        str_line(text, &at, &line);
        buf_add(&lines, line);
        if (at > from + line.len)
            buf_puts(&lines, crlf ? "\r\n" : "\n");
    }
    uint32_t lacking = encoding_encode(buf_str(&lines), d->encoding, into);
    buf_free(&lines);
    if (!lacking)
        return true;
    char shown[5] = {0};
    utf8_put(shown, lacking);
    return err_set(error, VB_UNSUPPORTED,
                   _("“%s” can't be written in %s, the encoding of this file; save it as UTF-8 "
                     "with another program first"),
                   shown, encoding_name(d->encoding));
}

static int by_place(const void *x, const void *y)
{
    const struct vb_change *a = x, *b = y;
    return (a->span.at > b->span.at) - (a->span.at < b->span.at);
}

static bool check(const struct vb_document *d, const struct vb_change *change, size_t after,
                  struct vb_error *error)
{
    vb_str text = buf_str(&d->text);
    size_t at = change->span.at, end = at + change->span.len;
    if (end > text.len || !is_whole(text, at) || !is_whole(text, end))
        return err_set(error, VB_UNSUPPORTED, _("the change lies outside the text"));
    if (at < after)
        return err_set(error, VB_UNSUPPORTED, _("two changes overlap"));
    if (u8_check((const uint8_t *)change->text.data, change->text.len))
        return err_set(error, VB_UNSUPPORTED, _("the new text is not valid UTF-8"));
    return true;
}

static bool make_patches(const struct vb_document *d, const struct vb_change *changes,
                         size_t count, patches *list, struct vb_error *error)
{
    size_t after = 0;
    for (size_t i = 0; i < count; i++) {
        struct vb_span span = changes[i].span;
        struct patch patch = {0};
        if (!check(d, &changes[i], after, error) ||
            !encode(d, changes[i].text, &patch.bytes, error)) {
            buf_free(&patch.bytes);
            return false;
        }
        after = span.at + span.len;
        span = vb_document_file_span(d, span);
        patch.at = span.at, patch.len = span.len;
        vec_push(list, patch);
    }
    return true;
}

/* From the first change to the last, before and after. */
static void tell_spans(const struct vb_change *sorted, size_t count, struct step *step)
{
    uint32_t at = sorted[0].span.at;
    uint32_t end = sorted[count - 1].span.at + sorted[count - 1].span.len;
    uint32_t grown = end - at;
    for (size_t i = 0; i < count; i++)
        grown += (uint32_t)sorted[i].text.len - sorted[i].span.len;
    step->text_back = (struct vb_span){at, end - at};
    step->text_forth = (struct vb_span){at, grown};
}

bool vb_document_edit(struct vb_document *d, const struct vb_change *changes, size_t count,
                      struct vb_error *error)
{
    if (!count)
        return true;
    if (!vb_document_editable(d, error))
        return false;
    struct vb_change *sorted = mem_new(count * sizeof *sorted);
    memcpy(sorted, changes, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_place);
    struct step step = {0};
    tell_spans(sorted, count, &step);
    bool made = make_patches(d, sorted, count, &step.forth, error);
    free(sorted);
    if (made)
        return take_step(d, &step, error);
    step_free(&step);
    return false;
}

bool vb_document_replace(struct vb_document *d, struct vb_span span, vb_str text,
                         struct vb_error *error)
{
    return vb_document_edit(d, &(struct vb_change){span, text}, 1, error);
}

/* ---- one span, several steps ---- */

static size_t common_head(vb_str a, vb_str b)
{
    size_t at = 0, most = a.len < b.len ? a.len : b.len;
    while (at < most && a.data[at] == b.data[at])
        at++;
    while (!is_whole(a, at) || !is_whole(b, at))
        at--;
    return at;
}

static size_t common_tail(vb_str a, vb_str b, size_t head)
{
    size_t len = 0, most = (a.len < b.len ? a.len : b.len) - head;
    while (len < most && a.data[a.len - 1 - len] == b.data[b.len - 1 - len])
        len++;
    while (!is_whole(a, a.len - len) || !is_whole(b, b.len - len))
        len--;
    return len;
}

/* What changed at `at` of the text between two states of a span. */
static void tell_change(uint32_t at, vb_str from, vb_str to, struct step *step)
{
    size_t head = common_head(from, to), tail = common_tail(from, to, head);
    uint32_t begins = at + (uint32_t)head;
    step->text_back = (struct vb_span){begins, (uint32_t)(from.len - head - tail)};
    step->text_forth = (struct vb_span){begins, (uint32_t)(to.len - head - tail)};
}

static void add_patch(patches *list, struct vb_span file, vb_str bytes)
{
    struct patch patch = {file.at, file.len, {0}};
    buf_add(&patch.bytes, bytes);
    vec_push(list, patch);
}

/* The steps, in `made`; `bytes`: what the span holds in the end. False: none is left. */
static bool make_steps(const struct vb_document *d, struct vb_span span, const vb_str *texts,
                       size_t count, struct step *made, struct buf *bytes,
                       struct vb_error *error)
{
    struct vb_span file = vb_document_file_span(d, span);
    struct buf hold = {0};
    vb_str from = str_cut(buf_str(&d->text), span.at, span.at + span.len);
    buf_add(bytes, str_cut(file_view(d, &hold), file.at, file.at + file.len));
    buf_free(&hold);
    for (size_t i = 0; i < count; i++) {
        struct vb_change change = {span, texts[i]};
        struct buf encoded = {0};
        if (!check(d, &change, 0, error) || !encode(d, texts[i], &encoded, error)) {
            buf_free(&encoded);
            while (i > 0)
                step_free(&made[--i]);
            return false;
        }
        add_patch(&made[i].forth, (struct vb_span){file.at, (uint32_t)bytes->len},
                  buf_str(&encoded));
        add_patch(&made[i].back, (struct vb_span){file.at, (uint32_t)encoded.len},
                  buf_str(bytes));
        tell_change(span.at, from, texts[i], &made[i]);
        from = texts[i];
        buf_free(bytes);
        *bytes = encoded;
    }
    return true;
}

static void push_steps(struct vb_document *d, const struct step *made, size_t count)
{
    forget_redo(d);
    for (size_t i = 0; i < count; i++)
        vec_push(&d->steps, made[i]);
    d->step_at += count;
}

/* From what the file holds there to `bytes`: only the stretch in which the two differ. */
static void put_difference(const struct vb_document *d, struct vb_span file, vb_str bytes,
                           patches *list)
{
    struct buf hold = {0};
    vb_str old = str_cut(file_view(d, &hold), file.at, file.at + file.len);
    size_t head = common_head(old, bytes), tail = common_tail(old, bytes, head);
    add_patch(list,
              (struct vb_span){file.at + (uint32_t)head, (uint32_t)(old.len - head - tail)},
              str_cut(bytes, head, bytes.len - tail));
    buf_free(&hold);
}

bool vb_document_retype(struct vb_document *d, struct vb_span span, const vb_str *texts,
                        size_t count, struct vb_error *error)
{
    if (!count)
        return true;
    if (!vb_document_editable(d, error))
        return false;
    struct step *made = mem_new(count * sizeof *made);
    struct buf bytes = {0};
    bool done = make_steps(d, span, texts, count, made, &bytes, error);
    if (done) {
        patches whole = {0};
        put_difference(d, vb_document_file_span(d, span), buf_str(&bytes), &whole);
        disk_remember(d);
        done = apply(d, &whole, error);
        patches_free(&whole);
        if (done)
            push_steps(d, made, count);
        for (size_t i = 0; i < count && !done; i++)
            step_free(&made[i]);
    }
    buf_free(&bytes);
    free(made);
    return done;
}

bool vb_document_bytes_with(const struct vb_document *d, struct vb_change change, char **data,
                            size_t *len, struct vb_error *error)
{
    patches list = {0};
    struct buf old = {0}, bytes = {0};
    bool made = make_patches(d, &change, 1, &list, error);
    if (made) {
        document_bytes(d, &old);
        splice(buf_str(&old), &list, &bytes);
        buf_free(&old);
        *data = bytes.data;
        *len = bytes.len;
    }
    patches_free(&list);
    return made;
}

/* Only the stretch in which the two differ. */
bool document_become(struct vb_document *d, struct buf bytes, struct vb_error *error)
{
    struct buf old = {0};
    document_bytes(d, &old);
    size_t head = 0, tail = 0, most = old.len < bytes.len ? old.len : bytes.len;
    while (head < most && old.data[head] == bytes.data[head])
        head++;
    while (tail < most - head &&
           old.data[old.len - 1 - tail] == bytes.data[bytes.len - 1 - tail])
        tail++;
    struct step step = {
        .text_forth = {0, 0},
          .text_back = {0, 0}
    };
    struct patch patch = {head, old.len - head - tail, {0}};
    buf_add(&patch.bytes, str_cut(buf_str(&bytes), head, bytes.len - tail));
    vec_push(&step.forth, patch);
    buf_free(&old);
    buf_free(&bytes);
    return take_step(d, &step, error);
}

bool vb_document_restore(struct vb_document *d, vb_str bytes, struct vb_error *error)
{
    struct buf copy = {0};
    buf_add(&copy, bytes);
    if (vb_document_editable(d, error))
        return document_become(d, copy, error);
    buf_free(&copy);
    return false;
}

/* ---- there and back ---- */

bool vb_document_undo(struct vb_document *d, struct vb_span *where)
{
    if (!d->step_at)
        return false;
    const struct step *step = &d->steps.items[d->step_at - 1];
    if (!apply(d, &step->back, NULL))
        return false;
    d->step_at--;
    if (where)
        *where = step->text_back;
    return true;
}

bool vb_document_redo(struct vb_document *d, struct vb_span *where)
{
    if (d->step_at == d->steps.count)
        return false;
    const struct step *step = &d->steps.items[d->step_at];
    if (!apply(d, &step->forth, NULL))
        return false;
    d->step_at++;
    if (where)
        *where = step->text_forth;
    return true;
}

bool vb_document_changed(const struct vb_document *d)
{
    return d->saved_at != d->step_at;
}
