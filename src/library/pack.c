/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligned times, some eight bytes a word.
 *
 * A blob begins with its form and the number of words.  Of each word then: a byte (origin, and
 * 16 when it was listened for); where the origin is known, how far its start is from the end of
 * the last known word, its length (both in µs), and its confidence in hundredths.  Numbers have
 * seven bits a byte, the lowest first; a distance has its sign in the lowest bit. */
#include "library/pack.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { FORM = 1, LISTENED = 16, ORIGIN = 15 };

static void put_number(struct buf *out, uint64_t number)
{
    for (; number >= 128; number >>= 7)
        buf_putc(out, (char)((number & 127) | 128));
    buf_putc(out, (char)number);
}

static void put_distance(struct buf *out, int64_t distance)
{
    put_number(out, distance < 0 ? ~((uint64_t)distance << 1) : (uint64_t)distance << 1);
}

/* 0 past the end: the caller looks whether all was read. */
static uint64_t next_number(vb_str in, size_t *at)
{
    uint64_t number = 0;
    for (int shift = 0; *at < in.len && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)in.data[(*at)++];
        number |= (uint64_t)(byte & 127) << shift;
        if (byte < 128)
            break;
    }
    return number;
}

static int64_t next_distance(vb_str in, size_t *at)
{
    uint64_t number = next_number(in, at);
    return (int64_t)(number & 1 ? ~(number >> 1) : number >> 1);
}

void times_pack(const struct vb_heard *words, const bool *listened, uint32_t count,
                struct buf *out)
{
    vb_time last = 0;
    buf_putc(out, FORM);
    put_number(out, count);
    for (uint32_t i = 0; i < count; i++) {
        const struct vb_heard *word = &words[i];
        buf_putc(out, (char)((int)word->origin | (!listened || listened[i] ? LISTENED : 0)));
        if (word->origin == VB_UNKNOWN)
            continue;
        put_distance(out, word->start - last);
        put_number(out, (uint64_t)(word->end > word->start ? word->end - word->start : 0));
        buf_putc(out, (char)(100 * word->confidence + 0.5F));
        last = word->end;
    }
}

static bool unpack_word(vb_str blob, size_t *at, vb_time *last, struct vb_heard *word,
                        bool *listened)
{
    const vb_time most = (vb_time)1000 * 3600 * VB_SECOND;
    if (*at >= blob.len)
        return false;
    int head = (unsigned char)blob.data[(*at)++];
    *word = (struct vb_heard){.origin = (enum vb_origin)(head & ORIGIN)};
    *listened = head & LISTENED;
    if (word->origin == VB_UNKNOWN)
        return true;
    int64_t distance = next_distance(blob, at);
    uint64_t length = next_number(blob, at);
    if (word->origin > VB_ALIGNED || *at >= blob.len || distance > most || distance < -most ||
        length > (uint64_t)most || *last + distance < 0 || *last + distance > most)
        return false;
    word->start = *last + distance;
    *last = word->end = word->start + (vb_time)length;
    int confidence = (unsigned char)blob.data[(*at)++];
    word->confidence = (float)(confidence > 100 ? 100 : confidence) / 100;
    return true;
}

struct vb_heard *times_unpack(vb_str blob, uint32_t count, bool **listened)
{
    size_t at = 1;
    if (!blob.len || blob.data[0] != FORM || next_number(blob, &at) != count)
        return NULL;
    struct vb_heard *words = mem_new(count * sizeof *words);
    *listened = mem_new(count * sizeof **listened);
    vb_time last = 0;
    for (uint32_t i = 0; i < count; i++)
        if (!unpack_word(blob, &at, &last, &words[i], &(*listened)[i])) {
            free(words);
            free(*listened);
            *listened = NULL;
            return NULL;
        }
    return words;
}
