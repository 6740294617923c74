/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Corrections, and the way back.
 *
 * A step is a list of patches to the file's bytes and the list that takes them back.  Both are
 * applied alike (patches.c): the result is taken, or everything is left as it was. */
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "document/parts.h"

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

/* Takes the step's patches. */
static bool take_step(struct vb_document *d, struct step *step, struct vb_error *error)
{
    struct buf hold = {0};
    step->back = patches_inverse(document_view(d, &hold), &step->forth);
    buf_free(&hold);
    disk_remember(d);
    if (!patches_apply(d, &step->forth, error)) {
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
    if (a->span.at == b->span.at) /* what is put in comes before what is replaced there */
        return (a->span.len > b->span.len) - (a->span.len < b->span.len);
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

/* What changed at `at` of the text between two states of a span. */
static void tell_change(uint32_t at, vb_str from, vb_str to, struct step *step)
{
    find_difference(from, to, &step->text_back, &step->text_forth);
    step->text_back.at += at;
    step->text_forth.at += at;
}

/* The steps, in `made`; `bytes`: what the span holds in the end. False: none is left. */
static bool make_steps(const struct vb_document *d, struct vb_span span, const vb_str *texts,
                       size_t count, struct step *made, struct buf *bytes,
                       struct vb_error *error)
{
    struct vb_span file = vb_document_file_span(d, span);
    struct buf hold = {0};
    vb_str from = str_cut(buf_str(&d->text), span.at, span.at + span.len);
    buf_add(bytes, str_cut(document_view(d, &hold), file.at, file.at + file.len));
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
        patches_add(&made[i].forth, (struct vb_span){file.at, (uint32_t)bytes->len},
                    buf_str(&encoded));
        patches_add(&made[i].back, (struct vb_span){file.at, (uint32_t)encoded.len},
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
        patches_differ(d, vb_document_file_span(d, span), buf_str(&bytes), &whole);
        disk_remember(d);
        done = patches_apply(d, &whole, error);
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
    struct buf hold = {0}, bytes = {0};
    bool made = make_patches(d, &change, 1, &list, error);
    if (made) {
        patches_splice(document_view(d, &hold), &list, &bytes);
        buf_free(&hold);
        *data = bytes.data;
        *len = bytes.len;
    }
    patches_free(&list);
    return made;
}

bool document_become(struct vb_document *d, struct buf bytes, struct vb_error *error)
{
    struct step step = {0};
    patches_differ(d, (struct vb_span){0, UINT32_MAX}, buf_str(&bytes), &step.forth);
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

/* Takes steps until what comes of them can be read: what was there for a moment while somebody
 * typed may be no page.  How many; 0: none of those that are left leads to one. */
static size_t walk(struct vb_document *d, size_t left, bool back)
{
    struct buf bytes = {0};
    document_bytes(d, &bytes);
    for (size_t taken = 1; taken <= left; taken++) {
        size_t at = back ? d->step_at - taken : d->step_at + taken - 1;
        const struct step *step = &d->steps.items[at];
        const patches *list = back ? &step->back : &step->forth;
        struct buf fresh = {0}, copy = {0};
        patches_splice(buf_str(&bytes), list, &fresh);
        buf_free(&bytes);
        bytes = fresh;
        buf_add(&copy, buf_str(&fresh));
        if (document_adopt(d, copy, NULL)) {
            buf_free(&bytes);
            return taken;
        }
    }
    buf_free(&bytes);
    return 0;
}

bool vb_document_undo(struct vb_document *d, struct vb_span *where)
{
    size_t left = d->step_at;
    if (!left)
        return false;
    bool one = patches_apply(d, &d->steps.items[left - 1].back, NULL);
    size_t taken = one ? 1 : walk(d, left, true);
    d->step_at -= taken;
    if (where && taken)
        *where = d->steps.items[d->step_at].text_back;
    return taken > 0;
}

bool vb_document_redo(struct vb_document *d, struct vb_span *where)
{
    size_t left = d->steps.count - d->step_at;
    if (!left)
        return false;
    bool one = patches_apply(d, &d->steps.items[d->step_at].forth, NULL);
    size_t taken = one ? 1 : walk(d, left, false);
    d->step_at += taken;
    if (where && taken)
        *where = d->steps.items[d->step_at - 1].text_forth;
    return taken > 0;
}

bool vb_document_changed(const struct vb_document *d)
{
    return d->saved_at != d->step_at;
}
