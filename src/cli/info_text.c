/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known of a file, for people: a name on the left, what it is on the right. */
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "cli/info.h"
#include "cli/table.h"
#include "format/timecode.h"
#include "verbatim/statistics.h"

enum { LEFT = 20, TIME_WIDTH = 10 };

static const char *const severities[] = {[VB_INFO] = N_("note"), [VB_WARNING] = N_("warning")};

/* One row; the name is left out where it would be said again. */
static void put_fact(struct buf *out, const char *name, vb_str value)
{
    struct buf text = {0};
    put_safe(&text, value);
    if (text.len)
        put_row(out, LEFT, name, text.data);
    buf_free(&text);
}

static void put_number(struct buf *out, const char *name, uint32_t number)
{
    struct buf text = {0};
    buf_printf(&text, "%u", number);
    put_fact(out, name, buf_str(&text));
    buf_free(&text);
}

static void put_duration(struct buf *out, const char *name, vb_time time)
{
    struct buf text = {0};
    time_put(&text, time);
    put_fact(out, name, buf_str(&text));
    buf_free(&text);
}

/* "16:20     Présentation" */
static void put_timed(struct buf *out, const char *name, vb_time time, vb_str what)
{
    struct buf text = {0};
    time_put(&text, time);
    for (size_t used = text.len; used < TIME_WIDTH; used++)
        buf_char(&text, 0xA0); /* kept when the row is wrapped */
    buf_add(&text, what);
    put_fact(out, name, buf_str(&text));
    buf_free(&text);
}

static void put_speaker(struct buf *out, const char *name, const struct vb_speaker *speaker)
{
    struct buf text = {0};
    buf_add(&text, speaker->name);
    buf_puts(&text, " (");
    buf_printf(&text, P_("%u turn", "%u turns", speaker->turns), speaker->turns);
    buf_puts(&text, ", ");
    buf_printf(&text, P_("%u word", "%u words", speaker->words), speaker->words);
    buf_puts(&text, ")");
    put_fact(out, name, buf_str(&text));
    buf_free(&text);
}

static void put_format(struct buf *out, const struct vb_document *d)
{
    vb_str variant = vb_variant(vb_document_transcript(d));
    struct buf text = {0};
    buf_puts(&text, vb_format_name(vb_document_format(d)));
    if (variant.len)
        buf_printf(&text, " (%.*s)", (int)variant.len, variant.data);
    buf_printf(&text, ", %s", vb_document_encoding(d));
    if (vb_document_line_ends(d)[0])
        buf_printf(&text, ", %s", vb_document_line_ends(d));
    put_fact(out, _("format"), buf_str(&text));
    buf_free(&text);
}

/* "Anne Petit 12:04 (62 %), 171 words a minute, 3 overlaps" */
static void put_voice(struct buf *out, const char *left, vb_str name,
                      const struct vb_voice *voice, const struct vb_voice *all)
{
    struct buf text = {0};
    buf_add(&text, name);
    buf_puts(&text, " ");
    time_put(&text, voice->talk);
    buf_printf(&text, _(" (%.0f %%), %.0f words a minute"),
               100. * (double)voice->talk / (double)all->talk, vb_words_per_minute(voice));
    if (voice->overlaps) {
        buf_puts(&text, ", ");
        buf_printf(&text, P_("%u overlap", "%u overlaps", voice->overlaps), voice->overlaps);
    }
    put_fact(out, left, buf_str(&text));
    buf_free(&text);
}

/* Only of a text whose times are known: an estimate knows nothing of who is slow. */
static void put_statistics(struct buf *out, const struct vb_transcript *t)
{
    struct vb_timeline *times = vb_timeline_new(t, VB_NO_TIME);
    struct vb_statistics s = vb_statistics_of(t, times);
    bool are_known = s.all.known * 2 > s.all.talk;
    const char *left = _("speaking time");
    for (uint32_t i = 0; are_known && i < s.count; i++) {
        if (s.voices[i].talk <= 0)
            continue;
        put_voice(out, left, vb_speaker(t, i)->name, &s.voices[i], &s.all);
        left = "";
    }
    vb_statistics_free(&s);
    vb_timeline_free(times);
}

static void put_contents(struct buf *out, const struct vb_transcript *t)
{
    for (uint32_t i = 0; i < vb_speaker_count(t); i++)
        put_speaker(out, i ? "" : _("speakers"), vb_speaker(t, i));
    put_number(out, _("turns"), vb_turn_count(t));
    put_number(out, _("words"), vb_spoken_count(t));
    put_statistics(out, t);
    for (uint32_t i = 0; i < vb_section_count(t); i++)
        put_timed(out, i ? "" : _("sections"), vb_section(t, i)->time, vb_section(t, i)->title);
    for (uint32_t i = 0; i < vb_marker_count(t); i++)
        put_timed(out, i ? "" : _("time markers"), vb_marker(t, i)->time,
                  vb_marker(t, i)->text);
}

static void put_metadata(struct buf *out, const struct vb_transcript *t)
{
    size_t count;
    const struct vb_meta *rows = vb_metadata(t, &count);
    for (size_t i = 0; i < count; i++) {
        struct buf label = {0};
        put_safe(&label, rows[i].label);
        put_fact(out, label.data ? label.data : "", rows[i].value);
        buf_free(&label);
    }
}

static void put_note(struct buf *out, const char *path, const struct vb_note *note)
{
    buf_printf(out, "%s:", path);
    if (note->line)
        buf_printf(out, "%u:", note->line);
    buf_printf(out, " %s: ", _(severities[note->severity]));
    put_safe(out, note->text);
    buf_putc(out, '\n');
}

void info_transcript_text(const struct vb_document *d, struct buf *out)
{
    const struct vb_transcript *t = vb_document_transcript(d);
    size_t count;
    const struct vb_note *notes = vb_notes(t, &count);
    buf_printf(out, _("%s: a transcript\n"), vb_document_path(d));
    put_format(out, d);
    put_fact(out, _("title"), vb_title(t));
    put_duration(out, _("duration stated"), vb_duration_stated(t));
    put_contents(out, t);
    put_metadata(out, t);
    for (size_t i = 0; i < count; i++)
        put_note(out, vb_document_path(d), &notes[i]);
}

void info_sound_text(const char *path, const struct vb_sound_info *info, struct buf *out)
{
    struct buf text = {0};
    buf_printf(out, _("%s: a recording\n"), path);
    buf_printf(&text, "%s, %d Hz, ", info->codec, info->rate);
    buf_printf(&text, P_("%d channel", "%d channels", (unsigned long)info->channels),
               info->channels);
    put_fact(out, _("format"), buf_str(&text));
    put_duration(out, _("duration"), info->duration);
    put_fact(out, _("title"), str_of(info->title));
    put_fact(out, _("artist"), str_of(info->artist));
    for (size_t i = 0; i < info->note_count; i++)
        buf_printf(out, "%s: %s: %s\n", path, _(severities[VB_WARNING]), info->notes[i].text);
    buf_free(&text);
}
