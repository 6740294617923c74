/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What speech recognition services give: lists of words with their times.
 *
 *     Amazon Transcribe  results.items[], or the list alone: start_time,
 * alternatives[0].content Google             results[].alternatives[0]: a stretch of text and
 * its words BBC Kaldi          retval.words[], or words[]: punct; segmentation.segments[]: who
 *     Vosk               result[]: word, conf
 *     Deepgram           results.channels[0].alternatives[0].words[]: punctuated_word, speaker
 *     AssemblyAI         words[], in milliseconds: text, speaker
 *
 * Words in a row are a cue up to the end of a sentence, until somebody else speaks, or, where
 * no sentence was ever ended, up to a silence. */
#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/format.h"
#include "format/json_cues.h"

struct stt {
    struct json_cues j;
    vb_str speaker; /* of the cue that is being filled */
    vb_time start, end;
    struct vb_span span;
    json_ref voice, voices; /* the stretch of somebody's speech that the last word was in */
    bool others;            /* alternatives were passed over: said once */
    bool sentences;         /* one was ended by a sign */
    struct vb_error *error;
};

/* Nothing is read by names: each service has its own way to walk. */
static const struct cue_names no_names = {.unit = VB_SECOND};

static int probe(vb_str text)
{
    if (!json_looks_like(text))
        return 0;
    bool amazon = json_has_key(text, "start_time") && json_has_key(text, "alternatives");
    bool service = json_has_key(text, "jobName") && json_has_key(text, "results");
    bool google = json_has_key(text, "results") && json_has_key(text, "alternatives") &&
                  json_has_key(text, "transcript");
    bool kaldi = json_has_key(text, "punct") && json_has_key(text, "words");
    bool voices = json_has_key(text, "segmentation") && json_has_key(text, "speakers");
    bool vosk = json_has_key(text, "result") && json_has_key(text, "conf");
    bool assembly = json_has_key(text, "words") && json_has_key(text, "confidence") &&
                    (json_has_key(text, "utterances") || json_has_key(text, "audio_url"));
    return amazon || service || google || kaldi || voices || vosk || assembly ? 85 : 0;
}

/* ---- words to cues ---- */

static bool flush(struct stt *r)
{
    if (!r->j.pieces.count)
        return true;
    struct cue cue = {
        .start = r->start,
        .end = r->end,
        .span = r->span,
        .speakers = &r->speaker,
        .speaker_count = r->speaker.len > 0,
        .label = r->speaker,
        .pieces = r->j.pieces.items,
        .piece_count = r->j.pieces.count,
    };
    bool added = cues_add(&r->j.cues, &cue, r->error);
    r->j.pieces.count = 0;
    return added;
}

static bool ends_sentence(vb_str word)
{
    return str_ends(word, ".") || str_ends(word, "?") || str_ends(word, "!") ||
           str_ends(word, "…");
}

struct spoken {
    json_ref object, text;
    vb_time start, end;
    vb_str speaker;
    bool sign; /* punctuation: it stands without a space behind the word before it */
    float sure;
};

#define SILENCE VB_SECOND

/* Somebody else speaks, or a text without signs pauses. */
static bool begins_cue(const struct stt *r, const struct spoken *word)
{
    bool pause = !r->sentences && r->end != VB_NO_TIME && word->start != VB_NO_TIME &&
                 word->start - r->end >= SILENCE;
    return !word->sign && (pause || !str_is(word->speaker, r->speaker));
}

static bool add_word(struct stt *r, const struct spoken *word)
{
    vb_str text = json_text(&r->j.tree, word->text);
    if (!str_trim(text).len)
        return true;
    if (begins_cue(r, word) && !flush(r))
        return false;
    struct vb_span at = json_span(&r->j.tree, word->object);
    if (!r->j.pieces.count) {
        r->speaker = word->sign ? r->speaker : word->speaker;
        r->start = word->start;
        r->end = VB_NO_TIME;
        r->span = at;
    } else if (!word->sign) {
        vec_push(&r->j.pieces,
                 (struct piece){.text = VB_STR(" "), .start = VB_NO_TIME, .end = VB_NO_TIME});
    }
    r->end = word->end != VB_NO_TIME ? word->end : r->end;
    r->span.len = at.at + at.len - r->span.at;
    json_add_pieces(
        &r->j.tree, word->text,
        (struct piece){.start = word->start, .end = word->end, .sure = words_sure(word->sure)},
        &r->j.pieces);
    r->sentences = r->sentences || ends_sentence(text);
    return !ends_sentence(text) || flush(r);
}

/* ---- who speaks, when a list beside the words says so ---- */

static vb_time voice_end(struct stt *r, json_ref voice)
{
    struct json_tree *tree = &r->j.tree;
    vb_time end = json_time_in(tree, json_find(tree, voice, "end_time|end"), VB_SECOND);
    vb_time start = json_time_in(tree, json_find(tree, voice, "start_time|start"), VB_SECOND);
    vb_time length = json_time_in(tree, json_find(tree, voice, "duration"), VB_SECOND);
    if (end == VB_NO_TIME && start != VB_NO_TIME && length != VB_NO_TIME)
        end = start + length;
    return end;
}

static void begin_voices(struct stt *r, const char *path)
{
    r->voices = json_find(&r->j.tree, 0, path);
    r->voice = json_first(&r->j.tree, r->voices);
}

/* Both lists rise. */
static vb_str voice_at(struct stt *r, vb_time time)
{
    if (time == VB_NO_TIME)
        return r->speaker;
    while (r->voice != JSON_NONE) {
        vb_time end = voice_end(r, r->voice);
        json_ref next = json_next(&r->j.tree, r->voices, r->voice);
        if (end == VB_NO_TIME || time < end || next == JSON_NONE)
            break;
        r->voice = next;
    }
    return json_text(&r->j.tree,
                     json_find(&r->j.tree, r->voice, "speaker_label|speaker.@id|speaker"));
}

/* ---- the services ---- */

static void tell_of_others(struct stt *r, json_ref alternatives)
{
    json_ref first = json_first(&r->j.tree, alternatives);
    if (r->others || first == JSON_NONE ||
        json_next(&r->j.tree, alternatives, first) == JSON_NONE)
        return;
    r->others = true;
    builder_note(r->j.cues.b, VB_INFO, json_span(&r->j.tree, alternatives),
                 _("of several ways it was heard, the first is read"));
}

static bool read_amazon(struct stt *r, json_ref items)
{
    struct json_tree *tree = &r->j.tree;
    begin_voices(r, "results.speaker_labels.segments");
    for (json_ref item = json_first(tree, items); item != JSON_NONE;
         item = json_next(tree, items, item)) {
        json_ref alternatives = json_get(tree, item, "alternatives");
        json_ref best = json_first(tree, alternatives);
        struct spoken word = {
            .object = item,
            .text = json_get(tree, best, "content"),
            .start = json_time_in(tree, json_get(tree, item, "start_time"), VB_SECOND),
            .end = json_time_in(tree, json_get(tree, item, "end_time"), VB_SECOND),
            .sign = str_eq(json_text(tree, json_get(tree, item, "type")), "punctuation"),
            .sure = json_share(tree, json_get(tree, best, "confidence")),
        };
        word.speaker = json_text(tree, json_get(tree, item, "speaker_label"));
        if (!word.speaker.len && r->voices != JSON_NONE)
            word.speaker = voice_at(r, word.start);
        tell_of_others(r, alternatives);
        if (!add_word(r, &word))
            return false;
    }
    return flush(r);
}

/* "startTime": {"seconds": "12", "nanos": 900000000}, or "12.900s". */
static vb_time google_time(struct json_tree *tree, json_ref value)
{
    if (json_kind(tree, value) != JSON_OBJECT)
        return json_time_in(tree, value, VB_SECOND);
    vb_time seconds = json_time_in(tree, json_get(tree, value, "seconds"), VB_SECOND);
    vb_str nanos = json_text(tree, json_get(tree, value, "nanos"));
    vb_time part = 0; /* a thousand to the microsecond */
    for (size_t i = 0; i < nanos.len && i < 9 && is_digit(nanos.data[i]); i++)
        part = part * 10 + (nanos.data[i] - '0');
    part /= 1000;
    return seconds == VB_NO_TIME ? part : seconds + part;
}

/* A list of words, whatever their members are called; `unit`: of their times. */
static bool read_words(struct stt *r, json_ref words, vb_time unit)
{
    struct json_tree *tree = &r->j.tree;
    begin_voices(r, "retval.segmentation.segments|segmentation.segments");
    for (json_ref item = json_first(tree, words); item != JSON_NONE;
         item = json_next(tree, words, item)) {
        struct spoken word = {
            .object = item,
            .text = json_find(tree, item, "punct|punctuated_word|word|text"),
            .start = json_time_in(tree, json_get(tree, item, "start"), unit),
            .end = json_time_in(tree, json_get(tree, item, "end"), unit),
            .sure = json_share(tree, json_find(tree, item, "confidence|conf")),
        };
        word.speaker = json_text(tree, json_get(tree, item, "speaker"));
        if (r->voices != JSON_NONE)
            word.speaker = voice_at(r, word.start);
        if (!add_word(r, &word))
            return false;
    }
    return flush(r);
}

static bool read_google(struct stt *r, json_ref results)
{
    struct json_tree *tree = &r->j.tree;
    for (json_ref result = json_first(tree, results); result != JSON_NONE;
         result = json_next(tree, results, result)) {
        json_ref alternatives = json_get(tree, result, "alternatives");
        json_ref best = json_first(tree, alternatives), words = json_get(tree, best, "words");
        struct timed_word timed = {.start = VB_NO_TIME};
        r->j.words.count = r->j.text.count = r->j.pieces.count = 0;
        tell_of_others(r, alternatives);
        for (json_ref w = json_first(tree, words); w != JSON_NONE;
             w = json_next(tree, words, w)) {
            timed.text = json_text(tree, json_get(tree, w, "word"));
            timed.start = google_time(tree, json_get(tree, w, "startTime"));
            timed.end = google_time(tree, json_get(tree, w, "endTime"));
            timed.sure = words_sure(json_share(tree, json_get(tree, w, "confidence")));
            vec_push(&r->j.words, timed);
        }
        json_add_pieces(tree, json_get(tree, best, "transcript"),
                        (struct piece){.start = VB_NO_TIME, .end = VB_NO_TIME}, &r->j.text);
        words_cut(&r->j.text, r->j.words.items, r->j.words.count, &r->j.pieces);
        r->start = r->j.words.count ? r->j.words.items[0].start : VB_NO_TIME;
        r->end = timed.start == VB_NO_TIME ? VB_NO_TIME : timed.end;
        r->span = json_span(tree, best);
        if (!flush(r))
            return false;
    }
    return true;
}

/* ---- which one is it ---- */

static bool read_tree(struct stt *r)
{
    struct json_tree *tree = &r->j.tree;
    json_ref items = json_kind(tree, 0) == JSON_ARRAY ? 0 : json_find(tree, 0, "results.items");
    static const struct {
        const char *path, *variant;
    } lists[] = {
        {"retval.words",                            "BBC Kaldi"},
        {"results.channels.0.alternatives.0.words", "Deepgram" },
        {"result",                                  "Vosk"     },
        {"words",                                   "BBC Kaldi"},
    };
    bool assembly = json_get(tree, 0, "utterances") != JSON_NONE ||
                    json_get(tree, 0, "audio_url") != JSON_NONE;
    json_ref results = json_get(tree, 0, "results");
    if (json_kind(tree, items) == JSON_ARRAY) {
        builder_variant(r->j.cues.b, "Amazon Transcribe");
        return read_amazon(r, items);
    }
    for (size_t i = 0; i < COUNT(lists); i++) {
        json_ref words = json_find(tree, 0, lists[i].path);
        bool milliseconds = assembly && str_eq(str_of(lists[i].path), "words");
        if (json_kind(tree, words) != JSON_ARRAY)
            continue;
        builder_variant(r->j.cues.b, milliseconds ? "AssemblyAI" : lists[i].variant);
        return read_words(r, words, milliseconds ? VB_SECOND / 1000 : VB_SECOND);
    }
    if (json_kind(tree, results) == JSON_ARRAY) {
        builder_variant(r->j.cues.b, "Google");
        return read_google(r, results);
    }
    if (json_find(tree, 0, "segmentation|retval.segmentation") != JSON_NONE)
        return err_set(
            r->error, VB_BAD_FORMAT,
            _("this file tells who speaks when, but holds no words; open the one that "
              "has the transcript"));
    return err_set(r->error, VB_BAD_FORMAT,
                   _("this JSON of a speech recognition service has no "
                     "list of words"));
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct stt r = {
        .speaker = VB_STR(""), .voice = JSON_NONE, .voices = JSON_NONE, .error = error};
    bool done = json_cues_begin(&r.j, &no_names, text, into, error) && read_tree(&r);
    json_cues_end(&r.j);
    return done;
}

const struct vb_format fmt_stt = {
    .name = "stt",
    .extensions = "json",
    .summary = N_("JSON of recognition services: Amazon, Google, Kaldi, Vosk, Deepgram …"),
    .probe = probe,
    .read = read,
};
