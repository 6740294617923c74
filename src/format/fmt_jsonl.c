/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON lines: one object for each spoken paragraph, or for each word.  Rows of words are read
 * as the words of one paragraph a turn.
 *
 * A time that the page does not give is null, unless estimated times are asked for. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/json.h"
#include "format/json_read.h"
#include "transcript/text.h"

struct writer {
    const struct vb_transcript *t;
    const struct vb_timeline *times;
    struct json json;
    bool estimated;
    uint32_t marker; /* the first that no spoken paragraph has followed yet */
    struct buf text;
};

/* A marker gives the start of what is said next; a stage direction may stand between. */
static vb_time start_by_marker(struct writer *w, const struct vb_paragraph *paragraph)
{
    vb_time start = VB_NO_TIME;
    while (w->marker < vb_marker_count(w->t) &&
           vb_marker(w->t, w->marker)->first_word <= paragraph->first_word) {
        const struct vb_marker *marker = vb_marker(w->t, w->marker++);
        if (marker->usable)
            start = marker->time;
    }
    return start;
}

static void put_times(struct writer *w, const struct vb_paragraph *paragraph)
{
    vb_time start = paragraph->start, end = paragraph->end;
    uint32_t first = paragraph->first_word, last = first + paragraph->word_count - 1;
    vb_time marked = paragraph->kind == VB_SPEECH ? start_by_marker(w, paragraph) : VB_NO_TIME;
    start = start == VB_NO_TIME ? marked : start;
    if (w->estimated && paragraph->word_count) {
        start = start == VB_NO_TIME ? vb_timeline_start(w->times, first) : start;
        end = end == VB_NO_TIME ? vb_timeline_end(w->times, last) : end;
    }
    json_key(&w->json, "start"), json_time(&w->json, start);
    json_key(&w->json, "end"), json_time(&w->json, end);
}

static vb_str speakers_of(const struct writer *w, uint32_t turn)
{
    return turn == VB_NONE ? VB_STR("") : vb_turn_speakers(w->t, turn);
}

static void put_turn(struct writer *w, uint32_t turn)
{
    json_key(&w->json, "turn");
    if (turn == VB_NONE)
        json_null(&w->json);
    else
        json_number(&w->json, (int64_t)turn + 1);
}

static void put_paragraph(struct writer *w, const struct vb_paragraph *paragraph)
{
    bool stage = paragraph->kind == VB_STAGE;
    buf_clear(&w->text);
    text_of_words(w->t, paragraph->first_word, paragraph->word_count, &w->text);
    json_object(&w->json);
    put_times(w, paragraph);
    json_key(&w->json, "speaker");
    json_str_or_null(&w->json, stage ? VB_STR("") : speakers_of(w, paragraph->turn));
    json_key(&w->json, "text"), json_str(&w->json, buf_str(&w->text));
    put_turn(w, paragraph->turn);
    if (stage)
        json_key(&w->json, "kind"), json_str(&w->json, VB_STR("stage"));
    json_end_object(&w->json);
    json_line_end(&w->json);
}

static void put_confidence(struct writer *w, float confidence)
{
    if (confidence < 0)
        json_null(&w->json);
    else
        json_real(&w->json, (int)(confidence * 100 + 0.5F) / 100.0);
}

static void put_word(struct writer *w, uint32_t index)
{
    struct vb_word word = vb_word(w->t, index);
    enum vb_origin origin = vb_timeline_origin(w->times, index);
    if (word.marks & VB_UNSPOKEN || (origin == VB_ESTIMATED && !w->estimated))
        origin = VB_UNKNOWN;
    if (origin != VB_UNKNOWN)
        word.start = vb_timeline_start(w->times, index);
    if (origin == VB_ALIGNED || (origin != VB_UNKNOWN && w->estimated))
        word.end = vb_timeline_end(w->times, index);
    json_object(&w->json);
    json_key(&w->json, "word"), json_str(&w->json, word.text);
    json_key(&w->json, "start"), json_time(&w->json, word.start);
    json_key(&w->json, "end"), json_time(&w->json, word.end);
    put_turn(w, word.turn);
    json_key(&w->json, "speaker");
    json_str_or_null(&w->json, speakers_of(w, word.turn));
    json_key(&w->json, "confidence");
    put_confidence(w, vb_timeline_confidence(w->times, index));
    json_key(&w->json, "origin");
    json_str_or_null(&w->json,
                     origin == VB_UNKNOWN ? VB_STR("") : str_of(vb_origin_name(origin)));
    json_end_object(&w->json);
    json_line_end(&w->json);
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    (void)error;
    struct vb_timeline *own = times ? NULL : vb_timeline_new(t, VB_NO_TIME);
    struct writer w = {
        .t = t,
        .times = times ? times : own,
        .json = {.out = out},
        .estimated = options.estimated,
    };
    for (uint32_t i = 0; options.words && i < vb_word_count(t); i++)
        put_word(&w, i);
    for (uint32_t i = 0; !options.words && i < vb_paragraph_count(t); i++)
        put_paragraph(&w, vb_paragraph(t, i));
    buf_free(&w.text);
    vb_timeline_free(own);
    return true;
}

/* ---- reading ---- */

struct lines {
    struct json_tree tree;
    struct cues cues;
    struct pieces pieces;
    struct buf turn, speaker; /* of the row before, as written */
    size_t read;
    struct vb_error *error;
};

/* The first line is an object without others inside, with a text or a word, and a start. */
static int probe(vb_str text)
{
    vb_str line = VB_STR("");
    for (size_t at = 0; !str_trim(line).len && str_line(text, &at, &line);)
        ;
    line = str_trim(line);
    bool flat = str_starts(line, "{") && str_ends(line, "}") &&
                str_find_char(str_from(line, 1), '{') == STR_NOT_FOUND &&
                !json_has_key(line, "segments");
    bool cue = json_has_key(line, "start") &&
               (json_has_key(line, "text") || json_has_key(line, "word"));
    return flat && cue ? 88 : 0;
}

/* What the row says of its turn, or of its speaker, is not what the row before said. */
static bool changed(struct lines *r, json_ref value, struct buf *before)
{
    vb_str now = json_text(&r->tree, value);
    if (str_is(now, buf_str(before)))
        return false;
    buf_clear(before);
    buf_add(before, now);
    return true;
}

static bool read_row(struct lines *r, struct vb_span span, bool begins)
{
    vb_str speaker = json_text(&r->tree, json_get(&r->tree, 0, "speaker"));
    json_ref text = json_get(&r->tree, 0, "text");
    r->pieces.count = 0;
    json_add_pieces(&r->tree, text, (struct piece){.start = VB_NO_TIME, .end = VB_NO_TIME},
                    &r->pieces);
    struct cue cue = {
        .start = json_time_in(&r->tree, json_get(&r->tree, 0, "start"), VB_SECOND),
        .end = json_time_in(&r->tree, json_get(&r->tree, 0, "end"), VB_SECOND),
        .span = span,
        .speakers = &speaker,
        .speaker_count = speaker.len > 0,
        .label = speaker,
        .turns = begins,
        .stage = str_eq(json_text(&r->tree, json_get(&r->tree, 0, "kind")), "stage"),
        .pieces = r->pieces.items,
        .piece_count = r->pieces.count,
    };
    r->cues.inherits = cue.stage;
    cue.turns = cue.turns && !cue.stage;
    return cues_add(&r->cues, &cue, r->error);
}

/* A word: the first of a turn opens its paragraph, the others go on with it. */
static bool read_word(struct lines *r, json_ref word, struct vb_span span, bool begins)
{
    vb_str speaker = json_text(&r->tree, json_get(&r->tree, 0, "speaker"));
    struct cue cue = {.start = VB_NO_TIME,
                      .end = VB_NO_TIME,
                      .span = span,
                      .speakers = &speaker,
                      .speaker_count = speaker.len > 0,
                      .label = speaker,
                      .turns = true};
    struct piece like = {
        .start = json_time_in(&r->tree, json_get(&r->tree, 0, "start"), VB_SECOND),
        .end = json_time_in(&r->tree, json_get(&r->tree, 0, "end"), VB_SECOND),
        .sure = words_sure(json_share(&r->tree, json_get(&r->tree, 0, "confidence"))),
    };
    if (begins && !cues_add(&r->cues, &cue, r->error))
        return false;
    r->pieces.count = 0;
    json_add_pieces(&r->tree, word, like, &r->pieces);
    builder_text(r->cues.b, r->pieces.items, r->pieces.count);
    return true;
}

static bool read_line(struct lines *r, vb_str whole, vb_str line)
{
    size_t from = (size_t)(line.data - whole.data), at = from;
    struct vb_span span = {(uint32_t)from, (uint32_t)line.len};
    if (!json_parse(&r->tree, str_cut(whole, 0, from + line.len), &at, NULL) ||
        json_kind(&r->tree, 0) != JSON_OBJECT) {
        builder_note(r->cues.b, VB_WARNING, span,
                     _("this line is no JSON object; it is not read"));
        return true;
    }
    bool turn = changed(r, json_get(&r->tree, 0, "turn"), &r->turn);
    bool speaker = changed(r, json_get(&r->tree, 0, "speaker"), &r->speaker);
    json_ref word = json_get(&r->tree, 0, "word");
    bool begins = turn || speaker || !r->read;
    r->read++;
    return word != JSON_NONE ? read_word(r, word, span, begins) : read_row(r, span, turn);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct lines r = {.tree.builder = into, .cues.b = into, .error = error};
    vb_str line;
    bool done = true;
    for (size_t at = 0; done && str_line(text, &at, &line);)
        if (str_trim(line).len)
            done = read_line(&r, text, line);
    if (done && !r.read)
        done = err_set(error, VB_BAD_FORMAT, _("no line of it is a JSON object"));
    cues_end(&r.cues);
    free(r.pieces.items);
    buf_free(&r.turn);
    buf_free(&r.speaker);
    json_tree_free(&r.tree);
    return done;
}

const struct vb_format fmt_jsonl = {
    .name = "jsonl",
    .extensions = "jsonl",
    .summary = N_("JSON lines: one object a paragraph, or a word, with its times"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_METADATA,
    .kept_with_words = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE,
};
