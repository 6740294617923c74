/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found, as lines and as JSON. */
#include "cli/check_out.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/table.h"
#include "format/json.h"

struct place {
    uint32_t line, column; /* from 1, in characters */
};

/* Where lines begin, and the place that was told last, so that one costs the same anywhere. */
struct places {
    vb_str text;
    VEC(uint32_t) lines;
    struct place last;
    uint32_t last_at;
};

static struct places places_of(vb_str text)
{
    struct places p = {.text = text};
    vb_str line;
    for (size_t at = 0, from = 0; str_line(text, &at, &line); from = at)
        vec_push(&p.lines, (uint32_t)from);
    return p;
}

static struct place place_of(struct places *p, uint32_t at)
{
    size_t low = 0, high = p->lines.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->lines.items[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    struct place place = {(uint32_t)low + 1, 1};
    size_t from = p->lines.count ? p->lines.items[low] : 0;
    if (p->last.line == place.line && p->last_at <= at) {
        place.column = p->last.column;
        from = p->last_at;
    }
    for (size_t i = from; i < at; place.column++)
        str_next(p->text, &i);
    p->last = place;
    p->last_at = at;
    return place;
}

size_t check_count(const struct check_result *r)
{
    size_t count = 0;
    for (size_t i = 0; i < vb_finding_count(r->findings); i++)
        count += vb_finding(r->findings, i)->level >= r->level;
    return count;
}

void check_put_clock(vb_time time, struct buf *out)
{
    long seconds = (long)(time / VB_SECOND);
    if (seconds >= 3600)
        buf_printf(out, "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    else
        buf_printf(out, "%02ld:%02ld", seconds / 60, seconds % 60);
}

/* ---- lines ---- */

/* "page.txt:12:5: doubt: … [doubled-word] 16:20" */
static void put_line(const struct check_result *r, struct places *places,
                     const struct vb_finding *f, struct buf *out)
{
    put_safe(out, str_of(r->path));
    if (f->span.len) {
        struct place at = place_of(places, f->span.at);
        buf_printf(out, ":%u:%u", at.line, at.column);
    }
    buf_printf(out, ": %s: ", vb_level_name(f->level));
    put_safe(out, f->text);
    buf_printf(out, " [%s]", f->check);
    if (f->start != VB_NO_TIME) {
        buf_putc(out, ' ');
        check_put_clock(f->start, out);
    }
    buf_putc(out, '\n');
}

static void put_errors(vb_str name, struct vb_word_errors e, struct buf *out)
{
    put_safe(out, name);
    buf_printf(out, _(": %.1f %% of %u words differ: %u other, %u only here, %u only there\n"),
               100 * vb_word_error_rate(e), e.words, e.substituted, e.only_here, e.only_there);
}

static void put_comparison(const struct check_result *r, struct buf *out)
{
    const struct vb_transcript *t = vb_document_transcript(r->document);
    put_errors(str_of(_("in all")), vb_word_errors(r->comparison), out);
    for (uint32_t i = 0; i < vb_speaker_count(t); i++)
        if (vb_speaker(t, i)->words)
            put_errors(vb_speaker(t, i)->name, vb_word_errors_of(r->comparison, i), out);
}

void check_put_lines(const struct check_result *r, struct buf *out)
{
    struct places places = places_of(vb_document_text(r->document));
    for (size_t i = 0; i < vb_finding_count(r->findings); i++) {
        const struct vb_finding *f = vb_finding(r->findings, i);
        if (f->level >= r->level)
            put_line(r, &places, f, out);
    }
    if (r->comparison)
        put_comparison(r, out);
    free(places.lines.items);
}

/* ---- JSON ---- */

static void put_place(struct json *json, const struct check_result *r, struct places *places,
                      struct vb_span span)
{
    struct place at = place_of(places, span.at);
    struct vb_span bytes = vb_document_file_span(r->document, span);
    json_key(json, "line"), json_number(json, at.line);
    json_key(json, "column"), json_number(json, at.column);
    json_key(json, "at"), json_number(json, bytes.at);
    json_key(json, "len"), json_number(json, bytes.len);
}

static void put_object(const struct check_result *r, struct places *places,
                       const struct vb_finding *f, struct json *json)
{
    json_object(json);
    json_key(json, "file"), json_str(json, str_of(r->path));
    if (f->span.len)
        put_place(json, r, places, f->span);
    json_key(json, "level"), json_str(json, str_of(vb_level_name(f->level)));
    json_key(json, "check"), json_str(json, str_of(f->check));
    json_key(json, "text"), json_str(json, f->text);
    if (f->instead.len)
        json_key(json, "instead"), json_str(json, f->instead);
    if (f->word_count) {
        json_key(json, "word"), json_number(json, f->first_word);
        json_key(json, "words"), json_number(json, f->word_count);
    }
    json_key(json, "start"), json_time(json, f->start);
    json_key(json, "end"), json_time(json, f->end);
    json_key(json, "rank"), json_real(json, (int)(f->rank * 100 + 0.5F) / 100.0);
    json_end_object(json);
    json_line_end(json);
}

static void put_error_object(struct json *json, vb_str speaker, struct vb_word_errors e)
{
    json_object(json);
    json_key(json, "speaker"), json_str_or_null(json, speaker);
    json_key(json, "words"), json_number(json, e.words);
    json_key(json, "substituted"), json_number(json, e.substituted);
    json_key(json, "only_here"), json_number(json, e.only_here);
    json_key(json, "only_there"), json_number(json, e.only_there);
    json_key(json, "rate"), json_real(json, vb_word_error_rate(e));
    json_end_object(json);
    json_line_end(json);
}

void check_put_json(const struct check_result *r, struct buf *out)
{
    struct places places = places_of(vb_document_text(r->document));
    struct json json = {.out = out};
    for (size_t i = 0; i < vb_finding_count(r->findings); i++) {
        const struct vb_finding *f = vb_finding(r->findings, i);
        if (f->level >= r->level)
            put_object(r, &places, f, &json);
    }
    if (r->comparison) {
        const struct vb_transcript *t = vb_document_transcript(r->document);
        put_error_object(&json, VB_STR(""), vb_word_errors(r->comparison));
        for (uint32_t i = 0; i < vb_speaker_count(t); i++)
            if (vb_speaker(t, i)->words)
                put_error_object(&json, vb_speaker(t, i)->name,
                                 vb_word_errors_of(r->comparison, i));
    }
    free(places.lines.items);
}
