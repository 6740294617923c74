/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a file, as one line of JSON.  The keys are promised: tools rely on them. */
#include "base/str.h"
#include "cli/info.h"
#include "format/json.h"
#include "verbatim/statistics.h"

static const char *const severities[] = {[VB_INFO] = "info", [VB_WARNING] = "warning"};

/* A label may stand twice on a page, a key may not: the first takes the values of all.  Lines
 * of the header without a label have no key to stand under. */
static bool stood_before(const struct vb_meta *rows, size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (str_is(rows[i].label, rows[row].label))
            return true;
    return false;
}

static void put_values(struct json *json, const struct vb_meta *rows, size_t row, size_t count)
{
    struct buf values = {0}, label = {0};
    buf_add(&label, rows[row].label);
    for (size_t i = row; i < count; i++)
        if (str_is(rows[i].label, rows[row].label)) {
            buf_puts(&values, i > row ? "\n" : "");
            buf_add(&values, rows[i].value);
        }
    json_key(json, label.data ? label.data : "");
    json_str(json, buf_str(&values));
    buf_free(&values);
    buf_free(&label);
}

/* "Écouter le podcast" has no label: its words are one, and the address is what they stand for.
 */
static void put_links(struct json *json, const struct vb_meta *rows, size_t count)
{
    struct buf label = {0};
    for (size_t i = 0; i < count; i++) {
        if (rows[i].label.len || !rows[i].link.len || !rows[i].value.len)
            continue;
        buf_clear(&label);
        buf_add(&label, rows[i].value);
        json_key(json, label.data), json_str(json, rows[i].link);
    }
    buf_free(&label);
}

static void put_metadata(struct json *json, const struct vb_transcript *t)
{
    size_t count;
    const struct vb_meta *rows = vb_metadata(t, &count);
    json_key(json, "metadata"), json_object(json);
    for (size_t i = 0; i < count; i++)
        if (rows[i].label.len && !stood_before(rows, i))
            put_values(json, rows, i, count);
    put_links(json, rows, count);
    json_end_object(json);
}

static void put_speakers(struct json *json, const struct vb_transcript *t)
{
    json_key(json, "speakers"), json_array(json);
    for (uint32_t i = 0; i < vb_speaker_count(t); i++) {
        const struct vb_speaker *speaker = vb_speaker(t, i);
        json_object(json);
        json_key(json, "name"), json_str(json, speaker->name);
        json_key(json, "turns"), json_number(json, speaker->turns);
        json_key(json, "words"), json_number(json, speaker->words);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_sections(struct json *json, const struct vb_transcript *t)
{
    json_key(json, "sections"), json_array(json);
    for (uint32_t i = 0; i < vb_section_count(t); i++) {
        json_object(json);
        json_key(json, "title"), json_str(json, vb_section(t, i)->title);
        json_key(json, "time"), json_time(json, vb_section(t, i)->time);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_markers(struct json *json, const struct vb_transcript *t)
{
    json_key(json, "markers"), json_array(json);
    for (uint32_t i = 0; i < vb_marker_count(t); i++) {
        json_object(json);
        json_key(json, "time"), json_time(json, vb_marker(t, i)->time);
        json_key(json, "text"), json_str(json, vb_marker(t, i)->text);
        json_end_object(json);
    }
    json_end_array(json);
}

static void put_voice(struct json *json, const struct vb_voice *voice)
{
    json_key(json, "talk"), json_time(json, voice->talk);
    json_key(json, "longest"), json_time(json, voice->longest);
    json_key(json, "words_per_minute"), json_real(json, vb_words_per_minute(voice));
    json_key(json, "turns"), json_number(json, voice->turns);
    json_key(json, "words"), json_number(json, voice->words);
    json_key(json, "overlaps"), json_number(json, voice->overlaps);
}

/* null, when the file doesn't say when most of it is said: an estimate can't tell who is slow.
 */
static void put_statistics(struct json *json, const struct vb_transcript *t)
{
    struct vb_timeline *times = vb_timeline_new(t, VB_NO_TIME);
    struct vb_statistics s = vb_statistics_of(t, times);
    json_key(json, "statistics");
    if (s.all.known * 2 <= s.all.talk) {
        json_null(json);
    } else {
        json_object(json);
        put_voice(json, &s.all);
        json_key(json, "speakers"), json_array(json);
        for (uint32_t i = 0; i < s.count; i++) {
            json_object(json);
            json_key(json, "name"), json_str(json, vb_speaker(t, i)->name);
            put_voice(json, &s.voices[i]);
            json_end_object(json);
        }
        json_end_array(json);
        json_end_object(json);
    }
    vb_statistics_free(&s);
    vb_timeline_free(times);
}

static void put_note(struct json *json, const struct vb_document *d, const struct vb_note *note)
{
    json_object(json);
    json_key(json, "severity"), json_str(json, str_of(severities[note->severity]));
    json_key(json, "line");
    if (note->line)
        json_number(json, note->line);
    else
        json_null(json);
    json_key(json, "at");
    if (note->line)
        json_number(json, vb_document_file_span(d, note->span).at);
    else
        json_null(json);
    json_key(json, "text"), json_str(json, note->text);
    json_end_object(json);
}

static void put_notes(struct json *json, const struct vb_document *d)
{
    size_t count;
    const struct vb_note *notes = vb_notes(vb_document_transcript(d), &count);
    json_key(json, "notes"), json_array(json);
    for (size_t i = 0; i < count; i++)
        put_note(json, d, &notes[i]);
    json_end_array(json);
}

void info_transcript_json(const struct vb_document *d, struct buf *out)
{
    const struct vb_transcript *t = vb_document_transcript(d);
    struct json json = {.out = out};
    json_object(&json);
    json_key(&json, "file"), json_str(&json, str_of(vb_document_path(d)));
    json_key(&json, "format"), json_str(&json, str_of(vb_format_name(vb_document_format(d))));
    json_key(&json, "variant"), json_str_or_null(&json, vb_variant(t));
    json_key(&json, "encoding"), json_str(&json, str_of(vb_document_encoding(d)));
    json_key(&json, "line_ends");
    json_str_or_null(&json, str_of(vb_document_line_ends(d)));
    json_key(&json, "title"), json_str_or_null(&json, vb_title(t));
    put_metadata(&json, t);
    put_speakers(&json, t);
    json_key(&json, "turns"), json_number(&json, vb_turn_count(t));
    json_key(&json, "words"), json_number(&json, vb_spoken_count(t));
    put_sections(&json, t);
    put_markers(&json, t);
    json_key(&json, "duration_stated"), json_time(&json, vb_duration_stated(t));
    put_statistics(&json, t);
    put_notes(&json, d);
    json_end_object(&json);
    json_line_end(&json);
}

static void put_chapters(struct json *json, const struct vb_sound_info *info)
{
    json_key(json, "chapters"), json_array(json);
    for (size_t i = 0; i < info->chapter_count; i++) {
        json_object(json);
        json_key(json, "title"), json_str(json, str_of(info->chapters[i].title));
        json_key(json, "start"), json_time(json, info->chapters[i].start);
        json_key(json, "end"), json_time(json, info->chapters[i].end);
        json_end_object(json);
    }
    json_end_array(json);
}

void info_sound_json(const char *path, const struct vb_sound_info *info, struct buf *out)
{
    struct json json = {.out = out};
    json_object(&json);
    json_key(&json, "file"), json_str(&json, str_of(path));
    json_key(&json, "codec"), json_str(&json, str_of(info->codec));
    json_key(&json, "rate"), json_number(&json, info->rate);
    json_key(&json, "channels"), json_number(&json, info->channels);
    json_key(&json, "duration"), json_time(&json, info->duration);
    json_key(&json, "title"), json_str_or_null(&json, str_of(info->title));
    json_key(&json, "artist"), json_str_or_null(&json, str_of(info->artist));
    put_chapters(&json, info);
    json_key(&json, "notes"), json_array(&json);
    for (size_t i = 0; i < info->note_count; i++) {
        json_object(&json);
        json_key(&json, "severity"), json_str(&json, str_of(severities[VB_WARNING]));
        json_key(&json, "text"), json_str(&json, str_of(info->notes[i].text));
        json_end_object(&json);
    }
    json_end_array(&json);
    json_end_object(&json);
    json_line_end(&json);
}
