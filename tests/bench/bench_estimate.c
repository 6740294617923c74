/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the estimated times of sentences and turns are from the true ones, beside what a
 * spread by characters or by bytes would give.  Known to all three: where the first sentence
 * starts, how long the sound is, and the markers of the page.
 *
 * The recordings in ../shared are human (but tts_fr); the sample is synthetic. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "base/vec.h"
#include "support/support_transcript.h"
#include "verbatim/verbatim.h"

struct sentence {
    vb_str speaker;
    struct buf text;
    vb_time start;
    uint32_t first_word;
    bool opens_turn;
};

typedef VEC(struct sentence) sentences;

/* ---- reading the truth: objects with "text" and "start", as they come ---- */

static size_t find_from(vb_str text, const char *what, size_t from)
{
    size_t at = str_find(str_from(text, from), str_of(what));
    return at == STR_NOT_FOUND ? text.len : from + at;
}

static double number_of(vb_str object, const char *key)
{
    size_t at = find_from(object, key, 0);
    return at < object.len ? strtod(object.data + at + strlen(key), NULL) : 0;
}

/* The string that begins at `at`, its escapes undone. */
static void take_string(vb_str json, size_t at, struct buf *into)
{
    for (; at < json.len && json.data[at] != '"'; at++) {
        char c = json.data[at];
        if (c != '\\') {
            buf_putc(into, c);
        } else if (json.data[++at] == 'u') {
            buf_char(into, (uint32_t)strtoul(json.data + at + 1, NULL, 16));
            at += 4;
        } else {
            buf_putc(into, json.data[at] == 'n' ? ' ' : json.data[at]);
        }
    }
}

/* Lines of a truth file hold "start" before "text", segments of a ref.json behind it. */
static sentences read_truth(vb_str json, bool lines)
{
    sentences found = {0};
    const char *key = "\"text\": \"";
    for (size_t at = find_from(json, key, 0); at < json.len;) {
        size_t next = find_from(json, key, at + 1), begin = at;
        while (lines && begin > 0 && json.data[begin - 1] != '\n')
            begin--;
        vb_str object = str_cut(json, begin, next);
        struct sentence sentence = {
            .start = (vb_time)(number_of(object, "\"start\": ") * 1e6),
        };
        take_string(json, at + strlen(key), &sentence.text);
        size_t who = at;
        while (!lines && who > 0 && json.data[who] != '{')
            who--;
        size_t name = find_from(json, "\"speaker\": \"", who) + strlen("\"speaker\": \"");
        if (!lines)
            sentence.speaker = str_cut(json, name, find_from(json, "\"", name));
        vec_push(&found, sentence);
        at = next;
    }
    return found;
}

/* ---- the transcript, and which word each sentence begins with ---- */

static uint32_t words_in(const struct sentence *sentence)
{
    struct builder *b = builder_new(VB_STR(""));
    builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, (struct vb_span){0, 0});
    put_text(b, buf_str(&sentence->text).data, 0);
    struct vb_transcript *t = builder_finish(b);
    uint32_t count = vb_word_count(t);
    vb_transcript_unref(t);
    return count;
}

static bool find_words(const struct vb_transcript *t, sentences *all)
{
    uint32_t word = 0;
    for (size_t i = 0; i < all->count; i++) {
        all->items[i].first_word = word;
        uint32_t turn = vb_turn_of_word(t, word);
        all->items[i].opens_turn = turn != VB_NONE && vb_turn(t, turn)->first_word == word;
        word += words_in(&all->items[i]);
    }
    return word == vb_word_count(t);
}

/* A turn where the speaker changes, a paragraph for each segment, a marker at the start. */
static struct vb_transcript *transcript_of(const sentences *all)
{
    struct builder *b = builder_new(VB_STR(""));
    const struct vb_span nowhere = {0, 0};
    builder_marker(b, all->items[0].start, VB_STR(""), nowhere);
    for (size_t i = 0; i < all->count; i++) {
        const struct sentence *s = &all->items[i];
        uint32_t speaker = builder_speaker(b, s->speaker);
        if (i == 0 || !str_is(s->speaker, s[-1].speaker))
            builder_turn(b, &speaker, 1, s->speaker, nowhere);
        builder_paragraph(b, VB_SPEECH, VB_NO_TIME, VB_NO_TIME, nowhere);
        put_text(b, buf_str(&s->text).data, 0);
    }
    return builder_finish(b);
}

/* ---- the three estimates ---- */

struct known { /* the stretch of known times around a word */
    uint32_t from, until;
    vb_time start, end;
};

static struct known known_around(const struct vb_transcript *t, uint32_t word, vb_time duration)
{
    struct known known = {0, vb_word_count(t), 0, duration};
    for (uint32_t i = 0; i < vb_marker_count(t); i++) {
        const struct vb_marker *marker = vb_marker(t, i);
        if (marker->first_word <= word) {
            known.from = marker->first_word;
            known.start = marker->time;
        } else if (marker->first_word < known.until) {
            known.until = marker->first_word;
            known.end = marker->time;
        }
    }
    return known;
}

static size_t length_of(vb_str word, bool characters)
{
    size_t length = 1; /* the space */
    for (size_t at = 0; at < word.len; length++)
        if (characters)
            str_next(word, &at);
        else
            at++;
    return length;
}

static vb_time by_length(const struct vb_transcript *t, uint32_t word, vb_time duration,
                         bool characters)
{
    struct known known = known_around(t, word, duration);
    double before = 0, all = 0;
    for (uint32_t i = known.from; i < known.until; i++) {
        double length = (double)length_of(vb_word_text(t, i), characters);
        before += i < word ? length : 0;
        all += length;
    }
    return known.start + (vb_time)((double)(known.end - known.start) * before / all);
}

enum way { OURS, OVER_SPEECH, BY_CHARACTERS, BY_BYTES, WAYS };

static double error_of(const struct vb_transcript *t, struct vb_timeline *const times[2],
                       const struct sentence *s, vb_time duration, enum way way)
{
    vb_time guess = way <= OVER_SPEECH
                        ? vb_timeline_start(times[way], s->first_word)
                        : by_length(t, s->first_word, duration, way == BY_CHARACTERS);
    return fabs((double)(guess - s->start)) / 1e6;
}

/* ---- the report ---- */

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *set, const char *what, double *const errors[WAYS], size_t count)
{
    static const struct {
        const char *name;
        double part;
    } rows[] = {
        {"median", 0.5 },
        {"p95",    0.95},
        {"worst",  1   },
    };
    if (!count)
        return;
    for (int way = 0; way < WAYS; way++)
        qsort(errors[way], count, sizeof(double), compare);
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t at = (size_t)(rows[i].part * (double)(count - 1) + 0.5);
        printf("estimate-%s-%s-%s %.2f s, over speech %.2f s | by characters %.2f s, by bytes "
               "%.2f s\n",
               set, what, rows[i].name, errors[OURS][at], errors[OVER_SPEECH][at],
               errors[BY_CHARACTERS][at], errors[BY_BYTES][at]);
    }
}

static void measure(const char *set, const struct vb_transcript *t, const sentences *all,
                    vb_time duration, const char *sound)
{
    struct vb_peaks *peaks = vb_peaks_new();
    size_t stretches = 0;
    if (!vb_peaks_fill(peaks, sound, NULL, NULL))
        printf("skipped: %s is missing\n", sound);
    struct vb_stretch *speech = vb_peaks_speech(peaks, &stretches);
    struct vb_timeline *times[2] = {vb_timeline_new(t, duration),
                                    vb_timeline_spoken(t, duration, 0, speech, stretches)};
    free(speech);
    vb_peaks_free(peaks);
    for (int turns = 0; turns < 2; turns++) {
        double *errors[WAYS];
        size_t count = 0;
        for (int way = 0; way < WAYS; way++)
            errors[way] = mem_new(all->count * sizeof(double));
        for (size_t i = 1; i < all->count; i++) {
            const struct sentence *s = &all->items[i];
            bool is_known = known_around(t, s->first_word, duration).from == s->first_word;
            if (is_known || (turns && !s->opens_turn))
                continue;
            for (int way = 0; way < WAYS; way++)
                errors[way][count] = error_of(t, times, s, duration, (enum way)way);
            count++;
        }
        report(set, turns ? "turns" : "sentences", errors, count);
        for (int way = 0; way < WAYS; way++)
            free(errors[way]);
    }
    vb_timeline_free(times[OURS]);
    vb_timeline_free(times[OVER_SPEECH]);
}

static void free_sentences(sentences *all)
{
    for (size_t i = 0; i < all->count; i++)
        buf_free(&all->items[i].text);
    free(all->items);
}

static bool measure_sample(void)
{
    struct buf json = {0};
    struct vb_sound_info sound;
    struct vb_document *d = vb_document_open("assets/sample/casilli.txt", NULL);
    bool there = d && file_read("assets/sample/casilli.truth.jsonl", 1 << 20, &json, NULL) &&
                 vb_sound_read_info("assets/sample/casilli.mp3", &sound, NULL);
    if (there) {
        sentences all = read_truth(buf_str(&json), true);
        there = find_words(vb_document_transcript(d), &all);
        if (there)
            measure("sample", vb_document_transcript(d), &all, sound.duration,
                    "assets/sample/casilli.mp3");
        free_sentences(&all);
    }
    vb_document_close(d);
    buf_free(&json);
    return there;
}

static void measure_recording(const char *set)
{
    struct buf json = {0}, path = {0}, sound = {0};
    buf_printf(&sound, "../shared/data/speech/%s/audio.flac", set);
    buf_printf(&path, "../shared/data/speech/%s/ref.json", set);
    if (file_read(path.data, 8 << 20, &json, NULL)) {
        sentences all = read_truth(buf_str(&json), false);
        struct vb_transcript *t = transcript_of(&all);
        if (find_words(t, &all))
            measure(set, t, &all, (vb_time)(number_of(buf_str(&json), "\"duration\": ") * 1e6),
                    sound.data);
        vb_transcript_unref(t);
        free_sentences(&all);
    } else {
        printf("skipped: %s is missing\n", path.data);
    }
    buf_free(&path);
    buf_free(&sound);
    buf_free(&json);
}

int main(void)
{
    static const char *const recordings[] = {"tts_fr", "nrc_fr",   "sppas_fr", "sonnet_en",
                                             "mfa_en", "sppas_de", "sppas_es"};
    if (!measure_sample()) {
        fprintf(stderr, "the sample or its truth can't be read\n");
        return 1;
    }
    for (size_t i = 0; i < COUNT(recordings); i++)
        measure_recording(recordings[i]);
    return 0;
}
