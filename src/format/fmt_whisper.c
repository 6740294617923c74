/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Whisper and its kin write: openai-whisper, faster-whisper, whisper-timestamped, whisperX
 * (`segments` in seconds) and whisper.cpp (`transcription` in milliseconds). */
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/format.h"
#include "format/json_cues.h"

static const struct cue_names in_segments = {
    .start = "start",
    .end = "end",
    .text = "text",
    .speaker = "speaker",
    .unit = VB_SECOND,
    .words = "words",
    .word = "word|text",
    .word_start = "start",
    .word_end = "end",
    .word_sure = "probability|score|confidence",
};

static const struct cue_names in_transcription = {
    .start = "offsets.from|timestamps.from",
    .end = "offsets.to|timestamps.to",
    .text = "text",
    .speaker = "speaker",
    .unit = VB_SECOND / 1000,
    .words = "tokens",
    .word = "text",
    .word_start = "offsets.from",
    .word_end = "offsets.to",
    .word_sure = "p",
    .skipped = "[_",
};

/* The pipelines of Hugging Face, and what is built on them. */
static const struct cue_names in_chunks = {
    .start = "timestamp.0",
    .end = "timestamp.1",
    .text = "text",
    .speaker = "speaker",
    .unit = VB_SECOND,
};

/* The segments alone, as scripts save them. */
static bool is_bare_list(vb_str text)
{
    return str_starts(str_trim(str_cut(text, 0, 4096)), "[") && json_has_key(text, "start") &&
           json_has_key(text, "end") && json_has_key(text, "text") &&
           !json_has_key(text, "start_ms") && !json_has_key(text, "voice");
}

static int probe(vb_str text)
{
    if (!json_looks_like(text))
        return 0;
    if (json_has_key(text, "chunks") && json_has_key(text, "timestamp"))
        return 85;
    if (is_bare_list(text))
        return 60;
    if (json_has_key(text, "transcription"))
        return json_has_key(text, "offsets") || json_has_key(text, "timestamps") ? 92 : 50;
    if (!json_has_key(text, "segments") && !json_has_key(text, "word_segments"))
        return 0;
    if (json_has_key(text, "startTime") || json_has_key(text, "body"))
        return 0;
    return json_has_key(text, "text") || json_has_key(text, "language") ? 80 : 40;
}

static const char *variant_of(struct json_tree *tree)
{
    json_ref first = json_first(tree, json_get(tree, 0, "segments"));
    json_ref word = json_first(tree, json_find(tree, first, "words"));
    if (json_get(tree, 0, "transcription") != JSON_NONE)
        return "whisper.cpp";
    if (json_kind(tree, 0) == JSON_ARRAY)
        return "segments";
    if (json_get(tree, 0, "chunks") != JSON_NONE)
        return "chunks";
    if (json_get(tree, 0, "word_segments") != JSON_NONE)
        return "whisperX";
    if (json_get(tree, first, "confidence") != JSON_NONE ||
        json_get(tree, word, "confidence") != JSON_NONE)
        return "whisper-timestamped";
    return "openai-whisper";
}

static void take_facts(struct json_tree *tree, struct builder *b)
{
    json_ref language = json_find(tree, 0, "language|result.language");
    if (json_text(tree, language).len)
        builder_meta(b, VB_STR("language"), json_text(tree, language), VB_STR(""),
                     json_span(tree, language));
    vb_time duration = json_time_in(tree, json_find(tree, 0, "duration"), VB_SECOND);
    if (duration > 0)
        builder_duration(b, duration);
    builder_variant(b, variant_of(tree));
}

/* Where the segments stand; those that say who speaks go before those that don't. */
static json_ref list_of(struct json_cues *j)
{
    json_ref list = json_find(&j->tree, 0, "transcription|segments|word_segments");
    if (json_kind(&j->tree, 0) == JSON_ARRAY)
        return 0;
    if (json_get(&j->tree, 0, "transcription") != JSON_NONE)
        j->names = &in_transcription;
    if (list != JSON_NONE)
        return list;
    j->names = &in_chunks;
    list = json_get(&j->tree, 0, "speakers");
    return json_first(&j->tree, list) != JSON_NONE ? list : json_get(&j->tree, 0, "chunks");
}

static bool read_tree(struct json_cues *j, struct vb_error *error)
{
    json_ref list = list_of(j);
    if (json_kind(&j->tree, list) != JSON_ARRAY)
        return err_set(error, VB_BAD_FORMAT,
                       _("this JSON has no list of segments; is it a transcript of Whisper?"));
    take_facts(&j->tree, j->cues.b);
    if (json_first(&j->tree, list) == JSON_NONE)
        builder_note(j->cues.b, VB_INFO, json_span(&j->tree, list),
                     _("the list of segments is empty: nothing was heard"));
    json_cues_words_beside(j, json_get(&j->tree, 0, "words"));
    return json_cues_add_all(j, list, error);
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    return json_cues_read(&in_segments, text, into, read_tree, error);
}

const struct vb_format fmt_whisper = {
    .name = "whisper",
    .extensions = "json",
    .summary = N_("JSON of Whisper, whisper.cpp, faster-whisper, whisperX"),
    .probe = probe,
    .read = read,
};
