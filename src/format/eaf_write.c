/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tier for each speaker (or group of speakers), an annotation for each row; with words asked
 * for, a tier of words below each.  A time that is not known is a slot without a value, as ELAN
 * has it. */
#include <stdlib.h>

#include "format/eaf.h"

struct slot {
    vb_time time;
    uint32_t number; /* "ts12" */
};

struct tier {
    vb_str name;
    uint32_t first_row, last_row;
};

struct writer {
    struct rows rows;
    VEC(struct slot) slots;
    VEC(struct tier) tiers; /* in the order of their first row */
    struct ids tier_ids;
    VEC(uint32_t) next_row; /* of the same tier; VB_NONE */
    struct buf body, text;
    uint32_t annotation;
};

static const vb_str nobody = {"default", 7};

static void find_tiers(struct writer *w)
{
    for (size_t i = 0; i < w->rows.count; i++) {
        vb_str name = row_speakers(&w->rows, &w->rows.items[i]);
        name = name.len ? name : nobody;
        uint32_t tier = ids_find(&w->tier_ids, name);
        if (tier == VB_NONE) {
            tier = (uint32_t)w->tiers.count;
            vec_push(&w->tiers, (struct tier){name, (uint32_t)i, (uint32_t)i});
            ids_add(&w->tier_ids, name, tier);
        }
        vec_push(&w->next_row, VB_NONE);
        struct tier *t = &w->tiers.items[tier];
        if (t->last_row != i)
            w->next_row.items[t->last_row] = (uint32_t)i;
        t->last_row = (uint32_t)i;
    }
}

static uint32_t add_slot(struct writer *w, vb_time time)
{
    uint32_t number = (uint32_t)w->slots.count + 1;
    vec_push(&w->slots, (struct slot){time, number});
    return number;
}

/* "a3" between two slots; `text` is its value. */
static uint32_t put_annotation(struct writer *w, vb_time start, vb_time end, vb_str text)
{
    uint32_t id = ++w->annotation, from = add_slot(w, start), until = add_slot(w, end);
    buf_printf(&w->body,
               "    <ANNOTATION>\n      <ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a%u\" "
               "TIME_SLOT_REF1=\"ts%u\" TIME_SLOT_REF2=\"ts%u\">\n        <ANNOTATION_VALUE>",
               id, from, until);
    xml_put(&w->body, text);
    buf_puts(&w->body, "</ANNOTATION_VALUE>\n      </ALIGNABLE_ANNOTATION>\n"
                       "    </ANNOTATION>\n");
    return id;
}

static void put_row(struct writer *w, const struct row *row)
{
    buf_clear(&w->text);
    row_text(&w->rows, row, &w->text);
    put_annotation(w, row->start, row->end, buf_str(&w->text));
}

static void put_words_of(struct writer *w, const struct row *row)
{
    vb_time start, end;
    for (uint32_t i = 0; i < row->word_count; i++)
        if (row_word_times(&w->rows, row->first_word + i, &start, &end))
            put_annotation(w, start, end, vb_word_text(w->rows.t, row->first_word + i));
}

static void open_tier(struct writer *w, uint32_t tier, const char *suffix, const char *type)
{
    vb_str name = w->tiers.items[tier].name;
    buf_clear(&w->text);
    buf_add(&w->text, name);
    buf_puts(&w->text, suffix);
    buf_puts(&w->body, "  <TIER");
    xml_attribute(&w->body, "LINGUISTIC_TYPE_REF", (vb_str){type, type[0] == 'w' ? 5 : 9});
    if (suffix[0])
        xml_attribute(&w->body, "PARENT_REF", name);
    if (name.data != nobody.data)
        xml_attribute(&w->body, "PARTICIPANT", name);
    xml_attribute(&w->body, "TIER_ID", buf_str(&w->text));
    buf_puts(&w->body, ">\n");
}

static void put_tier(struct writer *w, uint32_t tier)
{
    open_tier(w, tier, "", "utterance");
    for (uint32_t i = w->tiers.items[tier].first_row; i != VB_NONE; i = w->next_row.items[i])
        put_row(w, &w->rows.items[i]);
    buf_puts(&w->body, "  </TIER>\n");
    if (!w->rows.options.words)
        return;
    open_tier(w, tier, "-words", "words");
    for (uint32_t i = w->tiers.items[tier].first_row; i != VB_NONE; i = w->next_row.items[i])
        put_words_of(w, &w->rows.items[i]);
    buf_puts(&w->body, "  </TIER>\n");
}

static int by_time(const void *a, const void *b)
{
    const struct slot *left = a, *right = b;
    if (left->time != right->time)
        return (left->time > right->time) - (left->time < right->time);
    return (left->number > right->number) - (left->number < right->number);
}

/* A slot without a value stands behind the one it follows. */
static void put_slots(struct writer *w, struct buf *out)
{
    vb_time last = 0;
    for (size_t i = 0; i < w->slots.count; i++) {
        bool known = w->slots.items[i].time != VB_NO_TIME;
        last = known ? w->slots.items[i].time : last;
        w->slots.items[i].time = last * 2 + !known;
    }
    if (w->slots.count)
        qsort(w->slots.items, w->slots.count, sizeof *w->slots.items, by_time);
    buf_puts(out, "  <TIME_ORDER>\n");
    for (size_t i = 0; i < w->slots.count; i++) {
        const struct slot *slot = &w->slots.items[i];
        buf_printf(out, "    <TIME_SLOT TIME_SLOT_ID=\"ts%u\"", slot->number);
        if (!(slot->time & 1))
            buf_printf(out, " TIME_VALUE=\"%lld\"", (long long)((slot->time / 2 + 500) / 1000));
        buf_puts(out, "/>\n");
    }
    buf_puts(out, "  </TIME_ORDER>\n");
}

static void put_document(struct writer *w, struct buf *out)
{
    for (uint32_t i = 0; i < w->tiers.count; i++)
        put_tier(w, i);
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<ANNOTATION_DOCUMENT AUTHOR=\"\" DATE=\"1970-01-01T00:00:00+00:00\" "
                  "FORMAT=\"2.8\" VERSION=\"2.8\">\n"
                  "  <HEADER MEDIA_FILE=\"\" TIME_UNITS=\"milliseconds\"/>\n");
    put_slots(w, out);
    buf_add(out, buf_str(&w->body));
    buf_puts(out, "  <LINGUISTIC_TYPE GRAPHIC_REFERENCES=\"false\" "
                  "LINGUISTIC_TYPE_ID=\"utterance\" TIME_ALIGNABLE=\"true\"/>\n");
    if (w->rows.options.words)
        buf_puts(out,
                 "  <LINGUISTIC_TYPE CONSTRAINTS=\"Included_In\" GRAPHIC_REFERENCES="
                 "\"false\" LINGUISTIC_TYPE_ID=\"words\" TIME_ALIGNABLE=\"true\"/>\n"
                 "  <CONSTRAINT DESCRIPTION=\"Time alignable annotations within the parent "
                 "annotation's time interval, gaps are allowed\" STEREOTYPE="
                 "\"Included_In\"/>\n");
    buf_puts(out, "</ANNOTATION_DOCUMENT>\n");
}

bool eaf_write(const struct vb_transcript *t, const struct vb_timeline *times,
               struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct writer w = {0};
    rows_make(&w.rows, t, times, options);
    bool known = rows_all_start(&w.rows, error);
    if (known) {
        find_tiers(&w);
        put_document(&w, out);
    }
    rows_free(&w.rows);
    ids_free(&w.tier_ids);
    free(w.slots.items);
    free(w.tiers.items);
    free(w.next_row.items);
    buf_free(&w.body);
    buf_free(&w.text);
    return known;
}
