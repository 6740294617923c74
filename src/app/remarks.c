/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program has to say about the pair that is open, each thing once. */
#include "app/remarks.h"

#include <stdio.h>

#include "app/loading.h"
#include "app/survey.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"

struct clock_text {
    char text[24];
};

/* As the screen shows it: "00:02", "1:02:16". */
static struct clock_text clock_of(vb_time time)
{
    struct clock_text shown;
    long seconds = (long)((time < 0 ? 0 : time) / VB_SECOND), hours = seconds / 3600;
    if (hours)
        snprintf(shown.text, sizeof shown.text, "%ld:%02ld:%02ld", hours, seconds / 60 % 60,
                 seconds % 60);
    else
        snprintf(shown.text, sizeof shown.text, "%02ld:%02ld", seconds / 60, seconds % 60);
    return shown;
}

void remarks_no_sound(struct session *s)
{
    session_say(s, MESSAGE_INFO, "%s",
                _("there is no recording yet: drop its file on the window"));
}

static void say_silent(struct session *s)
{
    bool chosen = s->sink == &vb_sink_null;
    if (s->said_silent || !s->now.silent || s->now.lost || chosen)
        return;
    s->said_silent = true;
    session_say(s, MESSAGE_WARNING, "%s",
                _("no sound card was found: the text is followed in silence"));
}

/* Once for each time that it fails. */
static void say_failure(struct session *s)
{
    bool failed = s->now.phase == VB_FAILED;
    if (failed && !s->said_failure)
        session_say(s, MESSAGE_WARNING, _("the sound stops here: %s; play tries again"),
                    s->now.failure ? s->now.failure : _("its file can't be read any more"));
    s->said_failure = failed;
}

/* A recording that is not whole, or of which a part can't be played. */
static void say_loss(struct session *s)
{
    const struct vb_sound_info *info = s->survey ? survey_info(s->survey) : NULL;
    if (!info || s->said_loss)
        return;
    s->said_loss = true;
    for (size_t i = 0; i < info->note_count; i++)
        if (info->notes[i].is_loss)
            session_say(s, MESSAGE_WARNING, "%s: %s", file_name(s->sound_path),
                        info->notes[i].text);
}

/* A header rounds and a recording has its jingle: two minutes or a twentieth are nothing. */
static bool lengths_differ(vb_time stated, vb_time real)
{
    vb_time apart = stated > real ? stated - real : real - stated;
    vb_time allowed = real / 20 > 120 * VB_SECOND ? real / 20 : 120 * VB_SECOND;
    return apart > allowed;
}

/* Cues that begin as little beyond the end are rounded. */
#define CUE_ROUNDING (2 * VB_SECOND)

/* The latest time at which something begins, as the text says; 0: it has none. */
static vb_time last_start(const struct vb_transcript *t)
{
    vb_time last = 0;
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++) {
        vb_time start = vb_paragraph(t, i)->start;
        last = start != VB_NO_TIME && start > last ? start : last;
    }
    return last;
}

/* Of subtitles whose recording is cut short, or is another one, the rest is never heard. */
static void say_text_goes_on(struct session *s)
{
    vb_time last = last_start(s->transcript) + s->offset;
    if (last > s->now.duration + CUE_ROUNDING)
        session_say(s, MESSAGE_WARNING, _("this recording ends at %s; the text goes on to %s"),
                    clock_of(s->now.duration).text, clock_of(last).text);
}

static void say_duration(struct session *s)
{
    if (s->said_duration || !s->transcript || !s->now.duration_exact)
        return;
    s->said_duration = true;
    vb_time stated = vb_duration_stated(s->transcript);
    if (stated == VB_NO_TIME)
        say_text_goes_on(s);
    if (stated == VB_NO_TIME || !lengths_differ(stated, s->now.duration))
        return;
    session_say(s, MESSAGE_INFO, _("the page announces %s; this recording ends at %s"),
                clock_of(stated).text, clock_of(s->now.duration).text);
}

static void say_fit(struct session *s)
{
    if (s->said_fit || !s->timeline || !s->now.duration_exact)
        return;
    s->said_fit = true;
    enum vb_fit fit = vb_timeline_fit(s->timeline);
    if (fit == VB_FITS)
        return;
    unsigned words = vb_spoken_count(s->transcript);
    struct clock_text length = clock_of(s->now.duration);
    if (fit == VB_TOO_MANY_WORDS)
        session_say(s, MESSAGE_QUESTION,
                    _("wrong pair? nobody says %u words in %s: is this the text of a longer "
                      "recording?"),
                    words, length.text);
    else
        session_say(s, MESSAGE_QUESTION,
                    P_("wrong pair? only %u word for %s of sound: is the text whole?",
                       "wrong pair? only %u words for %s of sound: is the text whole?", words),
                    words, length.text);
}

static const char *misfit_text(enum vb_misfit why)
{
    return why == VB_BEYOND_THE_SOUND ? _("it lies beyond the end of the sound")
                                      : _("the words before it could not be said so fast");
}

static void say_unused(struct session *s)
{
    size_t count;
    const struct vb_unused_marker *unused = vb_timeline_unused(s->timeline, &count);
    if (!count)
        return;
    vb_str text = vb_marker(s->transcript, unused[0].marker)->text;
    if (count == 1)
        session_say(s, MESSAGE_WARNING, _("the marker %.*s is not used: %s"), (int)text.len,
                    text.data, misfit_text(unused[0].why));
    else
        session_say(s, MESSAGE_WARNING, _("%zu markers are not used, the first is %.*s: %s"),
                    count, (int)text.len, text.data, misfit_text(unused[0].why));
}

void remarks_on_page(struct session *s)
{
    size_t count, warnings = 0;
    const struct vb_note *notes = vb_notes(s->transcript, &count), *first = NULL;
    for (size_t i = 0; i < count; i++) {
        if (notes[i].severity != VB_WARNING)
            continue;
        first = first ? first : &notes[i];
        warnings++;
    }
    if (warnings == 1)
        session_say(s, MESSAGE_WARNING, _("line %u: %.*s"), (unsigned)first->line,
                    (int)first->text.len, first->text.data);
    else if (warnings)
        session_say(
            s, MESSAGE_WARNING, _("line %u: %.*s (and %zu more: 'verbatim info' lists them)"),
            (unsigned)first->line, (int)first->text.len, first->text.data, warnings - 1);
}

void remarks_make(struct session *s)
{
    if (!s->player)
        return;
    say_silent(s);
    say_failure(s);
    say_loss(s);
    if (loading_runs(s)) /* how a pair fits is told of the whole text */
        return;
    bool first_exact = !s->said_fit && s->timeline && s->now.duration_exact;
    say_duration(s);
    say_fit(s);
    if (first_exact)
        say_unused(s);
}
