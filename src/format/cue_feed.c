/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/cue_feed.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/april.h"
#include "format/cue_names.h"
#include "format/cues.h"
#include "format/name_lines.h"
#include "format/rolling.h"

struct feed {
    struct builder *b;
    vb_str source;
    enum cue_dialect dialect;
    struct cue_text text;
    struct cue_names *names; /* NULL: not asked for */
    struct cues cues;
    bool any_words;
    uint32_t styles;
    bool column; /* FEED_COLUMN */
};

static void read_text(struct feed *f, const struct raw_cue *raw)
{
    cue_text_read(&f->text, f->dialect, f->source, raw->from, raw->until, raw->start, raw->end);
}

static vb_str first_text(const struct feed *f)
{
    return f->text.pieces.count ? f->text.pieces.items[0].text : VB_STR("");
}

/* ---- first round: who is there ---- */

static void meet_everyone(struct feed *f, const struct raw_cues *raws)
{
    enum { NAME_AT_MOST = 300 };
    bool voices = false;
    for (size_t i = 0; i < raws->count; i++) {
        const struct raw_cue *raw = &raws->items[i];
        vb_str text = str_cut(f->source, raw->from, raw->until);
        vb_str start = str_cut(text, 0, NAME_AT_MOST);
        if (f->dialect != CUE_PLAIN && str_find(start, VB_STR("<v")) != STR_NOT_FOUND)
            voices = true;
        f->cues.inherits = f->cues.inherits || raw->name.len;
        if (str_find_char(start, ':') == STR_NOT_FOUND &&
            str_find_char(start, ']') == STR_NOT_FOUND)
            continue;
        cue_text_read(&f->text, f->dialect, f->source, raw->from, raw->from + start.len,
                      VB_NO_TIME, VB_NO_TIME);
        voices = voices || f->text.voices.count > 0;
        cue_names_meet(f->names, first_text(f));
    }
    f->cues.inherits = f->cues.inherits || voices || cue_names_any(f->names);
    if (voices) { /* where voices are marked, a colon is a colon */
        cue_names_free(f->names);
        f->names = NULL;
    }
}

/* ---- second round: what they say ---- */

static void tell_markup(struct feed *f)
{
    if (f->text.unclosed.len)
        builder_note(f->b, VB_WARNING, f->text.unclosed,
                     _("no “>” follows this “<”; what stands behind it is not shown"));
    if (f->text.unused.len)
        builder_note(f->b, VB_WARNING, f->text.unused,
                     _("the time of a word is not used: it does not rise, or lies outside of "
                       "its cue"));
}

enum { SPEAKERS_MAX = 16 };

static size_t take_voices(const struct feed *f, vb_str *speakers, struct cue *cue)
{
    size_t count = 0;
    for (; count < f->text.voices.count && count < SPEAKERS_MAX; count++)
        speakers[count] = f->text.voices.items[count].name;
    if (count) {
        cue->label = speakers[0];
        cue->label_at = f->text.voices.items[0].at;
    }
    return count;
}

/* "Anne et Karim" are two, where both read like names. */
static size_t cut_joint(vb_str label, vb_str *speakers)
{
    size_t count = 0;
    vb_str rest = label, next;
    while (count + 1 < SPEAKERS_MAX && names_look_joint(rest) &&
           names_cut_joint(&rest, &next)) {
        speakers[count++] = rest;
        rest = next;
    }
    speakers[count++] = rest;
    return count;
}

static size_t take_label(struct feed *f, vb_str *speakers, struct cue *cue)
{
    vb_str text = first_text(f);
    struct label_shape shape;
    size_t chevrons = f->names ? cue_chevrons(text) : 0;
    if (chevrons) {
        cue->turns = true;
        cue_text_skip(&f->text, chevrons);
        text = first_text(f);
    }
    if (!f->names || !cue_names_find(f->names, text, &shape))
        return 0;
    cue->label = str_trim(str_cut(text, shape.name_at, shape.name_at + shape.name_len));
    cue->label_at = (struct vb_span){f->text.pieces.items[0].span.at + (uint32_t)shape.name_at,
                                     (uint32_t)shape.name_len};
    size_t count = cut_joint(cue->label, speakers);
    cue_text_skip(&f->text, shape.text_at);
    return count;
}

/* "[Rires]" alone in its cue. */
static bool is_stage(const struct feed *f)
{
    vb_str text = str_trim(first_text(f));
    return f->text.pieces.count == 1 && str_starts(text, "[") && str_ends(text, "]") &&
           bracket_kind(str_cut(text, 1, text.len - 1)) == BRACKET_STAGE;
}

static void mark_unspoken(struct feed *f)
{
    for (size_t i = 0; i < f->text.pieces.count; i++)
        f->text.pieces.items[i].marks |= VB_UNSPOKEN;
}

/* A column, or a line of its own, says who speaks. */
static size_t take_column(const struct feed *f, const struct raw_cue *raw, vb_str *speakers,
                          struct cue *cue)
{
    vb_str name = str_cut(f->source, raw->name.at, raw->name.at + raw->name.len);
    cue->nobody = f->column && !str_trim(name).len;
    if (!str_trim(name).len)
        return 0;
    cue->label = str_trim(name);
    cue->label_at = raw->name;
    return cut_joint(cue->label, speakers);
}

static bool put_cue(struct feed *f, const struct raw_cue *raw, struct vb_error *error)
{
    vb_str speakers[SPEAKERS_MAX];
    struct cue cue = {
        .start = raw->start,
        .end = raw->end,
        .span = {raw->at, raw->until - raw->at},
        .speakers = speakers,
        .label = VB_STR(""),
    };
    read_text(f, raw);
    tell_markup(f);
    f->styles += f->text.styles;
    cue.speaker_count = take_column(f, raw, speakers, &cue);
    if (!cue.speaker_count)
        cue.speaker_count = take_voices(f, speakers, &cue);
    if (!cue.speaker_count)
        cue.speaker_count = take_label(f, speakers, &cue);
    cue.nobody = cue.nobody || f->text.nobody;
    cue.stage = is_stage(f);
    if (cue.stage)
        mark_unspoken(f);
    f->any_words = f->any_words || !cue_text_is_empty(&f->text);
    if (cue.end == VB_NO_TIME)
        cue.end = f->text.word_end;
    cue.pieces = f->text.pieces.items;
    cue.piece_count = f->text.pieces.count;
    return cues_add(&f->cues, &cue, error);
}

/* Up to those of this cue. */
static void put_asides(const struct feed *f, const struct raw_cues *raws, size_t cue,
                       size_t *next)
{
    for (; *next < raws->asides.count && raws->asides.items[*next].cue <= cue; ++*next) {
        const struct raw_aside *a = &raws->asides.items[*next];
        builder_aside(f->b, a->kind, str_cut(f->source, a->span.at, a->span.at + a->span.len));
    }
}

static bool put_cues(struct feed *f, const struct raw_cues *raws, struct vb_error *error)
{
    size_t next = 0;
    for (size_t i = 0; i < raws->count; i++) {
        put_asides(f, raws, i, &next);
        if (!put_cue(f, &raws->items[i], error))
            return false;
    }
    put_asides(f, raws, raws->count, &next);
    return true;
}

bool cue_feed_shifted(struct builder *b, vb_str source, struct raw_cues *raws,
                      enum cue_dialect dialect, int how, vb_time shift, struct vb_error *error)
{
    struct feed f = {
        .b = b, .source = source, .dialect = dialect, .cues.b = b, .text.shift = shift};
    f.column = (how & FEED_COLUMN) != 0;
    if (dialect == CUE_SRT || dialect == CUE_VTT)
        rolling_tell(b, source, raws);
    if (how & FEED_NAMES) {
        f.names = cue_names_new();
        take_name_lines(source, raws);
        cue_names_expect(f.names, raws->count);
        meet_everyone(&f, raws);
    }
    bool fed = put_cues(&f, raws, error);
    builder_styles(b, f.styles);
    cues_end(&f.cues);
    cue_text_free(&f.text);
    if (f.names)
        cue_names_free(f.names);
    if (fed && !f.any_words && !(how & FEED_EMPTY))
        fed = err_set(error, VB_BAD_FORMAT, _("there are cues, but not a word in them"));
    free(raws->items);
    free(raws->asides.items);
    *raws = (struct raw_cues){0};
    return fed;
}

bool cue_feed(struct builder *b, vb_str source, struct raw_cues *raws, enum cue_dialect dialect,
              int how, struct vb_error *error)
{
    return cue_feed_shifted(b, source, raws, dialect, how, 0, error);
}
