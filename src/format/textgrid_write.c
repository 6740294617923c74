/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tier for each speaker, tiled from the beginning to the end: silence is an interval, too.
 * Who speaks over himself gets a second tier, "Anne (2)". */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/vec.h"
#include "format/textgrid.h"
#include "format/timecode.h"

struct out_interval {
    vb_time start, end;
    uint32_t first_word, word_count;
    bool stage;
};

struct out_tier {
    vb_str speaker;
    uint32_t number; /* of those with this speaker, from 1 */
    VEC(struct out_interval) items;
    VEC(struct out_interval) words;
};

struct writer {
    struct rows rows;
    VEC(struct out_tier) tiers;
    vb_time until;
    struct buf text;
    struct buf *out;
};

enum { OUT_TIERS_MAX = 1000 };

/* The first tier of the speaker that is silent at that time. */
static struct out_tier *tier_for(struct writer *w, vb_str speaker, vb_time start)
{
    uint32_t number = 1;
    for (size_t i = 0; i < w->tiers.count; i++) {
        struct out_tier *tier = &w->tiers.items[i];
        if (!str_is(tier->speaker, speaker))
            continue;
        if (!tier->items.count || tier->items.items[tier->items.count - 1].end <= start)
            return tier;
        number++;
    }
    if (w->tiers.count >= OUT_TIERS_MAX)
        return NULL;
    vec_push(&w->tiers, (struct out_tier){.speaker = speaker, .number = number});
    return &w->tiers.items[w->tiers.count - 1];
}

#define TOGETHER (VB_SECOND / 100)

static void add_word_intervals(struct writer *w, const struct row *row, struct out_tier *tier)
{
    vb_time start, end, until = tier->items.items[tier->items.count - 1].end;
    for (uint32_t i = 0; i < row->word_count; i++) {
        uint32_t word = row->first_word + i;
        struct out_interval *last =
            tier->words.count ? &tier->words.items[tier->words.count - 1] : NULL;
        if (!row_word_times(&w->rows, word, &start, &end) ||
            (last && start + TOGETHER < last->start))
            continue;
        start = start >= until ? until - 1000 : start; /* it belongs to this interval */
        if (last && start <= last->start) /* words at once stand side by side */
            start = last->start + 1000;
        if (last && last->end > start) /* a tier has no overlaps: it ends where this begins */
            last->end = start;
        end = end == VB_NO_TIME || end <= start ? start + 1000 : end;
        vec_push(&tier->words, (struct out_interval){start, end, word, 1, false});
    }
}

static bool arrange(struct writer *w, struct vb_error *error)
{
    vb_time duration = vb_duration_stated(w->rows.t);
    w->until = duration == VB_NO_TIME ? 0 : duration;
    for (size_t i = 0; i < w->rows.count; i++) {
        const struct row *row = &w->rows.items[i];
        vb_time end = rows_end(&w->rows, i);
        end = end <= row->start ? row->start + 1000 : end;
        struct out_tier *tier = tier_for(w, row_speakers(&w->rows, row), row->start);
        if (!tier)
            return err_set(error, VB_UNSUPPORTED,
                           _("more than %d tiers would be needed: too many speakers, or too "
                             "many of them at once"),
                           OUT_TIERS_MAX);
        vec_push(&tier->items, (struct out_interval){row->start, end, row->first_word,
                                                     row->word_count, row->stage});
        if (w->rows.options.words)
            add_word_intervals(w, row, tier);
        w->until = end > w->until ? end : w->until;
    }
    return true;
}

static void put_string(vb_str text, struct buf *out)
{
    buf_putc(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.data[i] == '"')
            buf_putc(out, '"');
        buf_putc(out, text.data[i]);
    }
    buf_puts(out, "\"\n");
}

static void put_time(const char *name, vb_time time, struct buf *out)
{
    buf_printf(out, "%s = ", name);
    time_put_seconds(out, time);
    buf_putc(out, '\n');
}

static void put_interval(struct writer *w, size_t number, vb_time start, vb_time end,
                         vb_str text)
{
    buf_printf(w->out, "        intervals [%zu]:\n", number);
    put_time("            xmin", start, w->out);
    put_time("            xmax", end, w->out);
    buf_puts(w->out, "            text = ");
    put_string(text, w->out);
}

/* Silence between two intervals is one of its own: a tier is tiled. */
static size_t put_intervals(struct writer *w, const struct out_interval *items, size_t count,
                            bool counting)
{
    vb_time at = 0;
    size_t number = 0;
    for (size_t i = 0; i <= count; i++) {
        vb_time start = i < count ? items[i].start : w->until;
        if (start > at && ++number && !counting)
            put_interval(w, number, at, start, VB_STR(""));
        if (i == count)
            break;
        number++;
        struct row row = {.first_word = items[i].first_word,
                          .word_count = items[i].word_count,
                          .stage = items[i].stage};
        buf_clear(&w->text);
        row_text(&w->rows, &row, &w->text);
        if (!counting)
            put_interval(w, number, items[i].start, items[i].end, buf_str(&w->text));
        at = items[i].end;
    }
    return number;
}

static void put_tier(struct writer *w, size_t number, const struct out_tier *tier,
                     const char *suffix, const struct out_interval *items, size_t count)
{
    struct buf name = {0};
    buf_add(&name, tier->speaker.len ? tier->speaker : VB_STR("default"));
    if (tier->number > 1)
        buf_printf(&name, " (%u)", tier->number);
    buf_puts(&name, suffix);
    buf_printf(w->out,
               "    item [%zu]:\n        class = \"IntervalTier\"\n        name = ", number);
    put_string(buf_str(&name), w->out);
    put_time("        xmin", 0, w->out);
    put_time("        xmax", w->until, w->out);
    buf_printf(w->out, "        intervals: size = %zu\n", put_intervals(w, items, count, true));
    put_intervals(w, items, count, false);
    buf_free(&name);
}

static void put_grid(struct writer *w)
{
    size_t tiers = 0, number = 0;
    for (size_t i = 0; i < w->tiers.count; i++)
        tiers += 1 + (w->tiers.items[i].words.count > 0);
    buf_puts(w->out, "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\n");
    put_time("xmin", 0, w->out);
    put_time("xmax", w->until, w->out);
    buf_printf(w->out, "tiers? <exists>\nsize = %zu\nitem []:\n", tiers);
    for (size_t i = 0; i < w->tiers.count; i++) {
        const struct out_tier *tier = &w->tiers.items[i];
        put_tier(w, ++number, tier, "", tier->items.items, tier->items.count);
        if (tier->words.count)
            put_tier(w, ++number, tier, "-words", tier->words.items, tier->words.count);
    }
}

bool textgrid_write(const struct vb_transcript *t, const struct vb_timeline *times,
                    struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct writer w = {.out = out};
    rows_make(&w.rows, t, times, options);
    bool known = rows_all_start(&w.rows, error) && arrange(&w, error);
    if (known)
        put_grid(&w);
    for (size_t i = 0; i < w.tiers.count; i++) {
        free(w.tiers.items[i].items.items);
        free(w.tiers.items[i].words.items);
    }
    free(w.tiers.items);
    rows_free(&w.rows);
    buf_free(&w.text);
    return known;
}
