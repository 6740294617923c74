/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two processes on two pipes. */
#include "app/wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"
#include "library/pack.h"

enum { HEAD = 5, PAYLOAD_MOST = 512 << 20, PINS_MOST = 1 << 20, DOUBTS_MOST = 1 << 20 };

/* ---- bytes ---- */

static bool write_all(int fd, const char *bytes, size_t count)
{
    while (count) {
        ssize_t put = write(fd, bytes, count);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes += put;
        count -= (size_t)put;
    }
    return true;
}

static bool read_all(int fd, char *bytes, size_t count)
{
    while (count) {
        ssize_t got = read(fd, bytes, count);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        bytes += got;
        count -= (size_t)got;
    }
    return true;
}

bool wire_send(int fd, char kind, vb_str payload)
{
    uint32_t len = (uint32_t)payload.len;
    char head[HEAD] = {kind};
    if (payload.len > PAYLOAD_MOST)
        return false;
    memcpy(head + 1, &len, sizeof len); /* both ends are one machine */
    return write_all(fd, head, HEAD) && write_all(fd, payload.data, payload.len);
}

bool wire_take(int fd, char *kind, struct buf *payload)
{
    char head[HEAD], part[16384];
    uint32_t len;
    buf_clear(payload);
    if (!read_all(fd, head, HEAD))
        return false;
    *kind = head[0];
    memcpy(&len, head + 1, sizeof len);
    if (len > PAYLOAD_MOST)
        return false;
    while (len) {
        size_t next = len < sizeof part ? len : sizeof part;
        if (!read_all(fd, part, next))
            return false;
        buf_add(payload, (vb_str){part, next});
        len -= (uint32_t)next;
    }
    return true;
}

/* ---- numbers and texts ---- */

struct reading {
    vb_str in;
    size_t at;
    bool broken;
};

static void put_number(struct buf *out, int64_t number)
{
    buf_add(out, (vb_str){(const char *)&number, sizeof number});
}

static int64_t get_number(struct reading *r)
{
    int64_t number = 0;
    if (r->broken || r->in.len - r->at < sizeof number) {
        r->broken = true;
        return 0;
    }
    memcpy(&number, r->in.data + r->at, sizeof number);
    r->at += sizeof number;
    return number;
}

static void put_text(struct buf *out, vb_str text)
{
    put_number(out, (int64_t)text.len);
    buf_add(out, text);
}

static vb_str get_text(struct reading *r)
{
    int64_t len = get_number(r);
    if (r->broken || len < 0 || (uint64_t)len > r->in.len - r->at) {
        r->broken = true;
        return VB_STR("");
    }
    vb_str text = {r->in.data + r->at, (size_t)len};
    r->at += (size_t)len;
    return text;
}

static void get_chars(struct reading *r, char *into, size_t room)
{
    vb_str text = get_text(r);
    size_t len = text.len < room ? text.len : room - 1;
    memcpy(into, text.data, len);
    into[len] = '\0';
}

/* ---- the wish ---- */

void wire_put_wish(const struct wire_wish *wish, struct buf *out)
{
    put_text(out, buf_str(&wish->sound));
    put_text(out, buf_str(&wish->name));
    put_text(out, buf_str(&wish->text));
    put_text(out, buf_str(&wish->language));
    put_text(out, buf_str(&wish->known));
    put_number(out, wish->words);
    put_number(out, wish->first);
    put_number(out, wish->count);
    put_number(out, wish->around);
    put_number(out, (int64_t)wish->pin_count);
    for (size_t i = 0; i < wish->pin_count; i++) {
        put_number(out, wish->pins[i].word);
        put_number(out, wish->pins[i].at);
    }
}

bool wire_get_wish(vb_str in, struct wire_wish *wish)
{
    struct reading r = {.in = in};
    struct buf *texts[] = {&wish->sound, &wish->name, &wish->text, &wish->language,
                           &wish->known};
    for (size_t i = 0; i < COUNT(texts); i++) {
        buf_puts(texts[i], ""); /* ends in NUL even when it is empty */
        buf_add(texts[i], get_text(&r));
    }
    wish->words = (uint32_t)get_number(&r);
    wish->first = (uint32_t)get_number(&r);
    wish->count = (uint32_t)get_number(&r);
    wish->around = get_number(&r);
    int64_t pins = get_number(&r);
    if (r.broken || pins < 0 || pins > PINS_MOST)
        return false;
    wish->pins = mem_new((size_t)pins * sizeof *wish->pins);
    wish->pin_count = (size_t)pins;
    for (int64_t i = 0; i < pins; i++) {
        wish->pins[i].word = (uint32_t)get_number(&r);
        wish->pins[i].at = get_number(&r);
    }
    return !r.broken;
}

void wire_wish_free(struct wire_wish *wish)
{
    buf_free(&wish->sound);
    buf_free(&wish->name);
    buf_free(&wish->text);
    buf_free(&wish->language);
    buf_free(&wish->known);
    free(wish->pins);
    *wish = (struct wire_wish){0};
}

/* ---- answers ---- */

void wire_put_done(float done, struct buf *out)
{
    put_number(out, (int64_t)(done * 1e6F));
}

bool wire_get_done(vb_str in, float *done)
{
    struct reading r = {.in = in};
    *done = (float)get_number(&r) / 1e6F;
    return !r.broken;
}

static void put_doubts(struct buf *out, const struct vb_doubt *doubts, size_t count)
{
    put_number(out, (int64_t)count);
    for (size_t i = 0; i < count; i++) {
        put_number(out, doubts[i].reason);
        put_number(out, doubts[i].first_word);
        put_number(out, doubts[i].word_count);
        put_number(out, doubts[i].from);
        put_number(out, doubts[i].until);
        put_number(out, (int64_t)(doubts[i].score * 1e3F));
    }
}

static struct vb_doubt *get_doubts(struct reading *r, size_t *count)
{
    int64_t wanted = get_number(r);
    *count = 0;
    if (r->broken || wanted < 0 || wanted > DOUBTS_MOST)
        return NULL;
    struct vb_doubt *doubts = mem_new(((size_t)wanted + 1) * sizeof *doubts);
    for (int64_t i = 0; i < wanted; i++) {
        struct vb_doubt *d = &doubts[i];
        d->reason = (enum vb_doubt_reason)get_number(r);
        d->first_word = (uint32_t)get_number(r);
        d->word_count = (uint32_t)get_number(r);
        d->from = get_number(r);
        d->until = get_number(r);
        d->score = (float)get_number(r) / 1e3F;
    }
    *count = r->broken ? 0 : (size_t)wanted;
    return doubts;
}

static void put_words(const struct vb_heard *words, uint32_t count, struct buf *out)
{
    struct buf packed = {0};
    times_pack(words, NULL, count, &packed);
    put_text(out, buf_str(&packed));
    buf_free(&packed);
}

static struct vb_heard *get_words(struct reading *r, uint32_t count)
{
    bool *listened = NULL;
    vb_str packed = get_text(r);
    struct vb_heard *words = r->broken ? NULL : times_unpack(packed, count, &listened);
    free(listened);
    return words;
}

void wire_put_stage(enum vb_align_stage stage, const struct vb_heard *words, uint32_t count,
                    struct buf *out)
{
    put_number(out, stage);
    put_words(words, count, out);
}

struct vb_heard *wire_get_stage(vb_str in, uint32_t count, enum vb_align_stage *stage)
{
    struct reading r = {.in = in};
    *stage = (enum vb_align_stage)get_number(&r);
    return get_words(&r, count);
}

void wire_put_result(const struct vb_align_report *report, const struct vb_heard *words,
                     uint32_t count, struct buf *out)
{
    put_text(out, str_of(report->language));
    put_number(out, report->guessed);
    put_number(out, report->spoken);
    put_number(out, report->aligned);
    put_number(out, report->head);
    put_number(out, report->tail);
    put_number(out, (int64_t)report->band_high);
    put_number(out, (int64_t)(report->likeness * 1e6F));
    put_number(out, report->doubtful);
    put_doubts(out, report->doubts, report->doubt_count);
    put_words(words, count, out);
}

struct vb_heard *wire_get_result(vb_str in, uint32_t count, struct vb_align_report *report)
{
    struct reading r = {.in = in};
    *report = (struct vb_align_report){0};
    get_chars(&r, report->language, sizeof report->language);
    report->guessed = get_number(&r) != 0;
    report->spoken = (uint32_t)get_number(&r);
    report->aligned = (uint32_t)get_number(&r);
    report->head = get_number(&r);
    report->tail = get_number(&r);
    report->band_high = (float)get_number(&r);
    report->likeness = (float)get_number(&r) / 1e6F;
    report->doubtful = get_number(&r) != 0;
    report->doubts = get_doubts(&r, &report->doubt_count);
    struct vb_heard *words = get_words(&r, count);
    if (!words) {
        free(report->doubts);
        report->doubts = NULL;
        report->doubt_count = 0;
    }
    return words;
}

void wire_put_error(const struct vb_error *error, struct buf *out)
{
    put_number(out, error->code);
    put_text(out, str_of(error->text));
}

bool wire_get_error(vb_str in, struct vb_error *error)
{
    struct reading r = {.in = in};
    *error = (struct vb_error){.code = (enum vb_code)get_number(&r)};
    get_chars(&r, error->text, sizeof error->text);
    return !r.broken;
}
