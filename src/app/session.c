/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session from frame to frame, what it asks and what it says. */
#include "app/session.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/calibration.h"
#include "app/editing.h"
#include "app/export.h"
#include "app/listening.h"
#include "app/loading.h"
#include "app/memory.h"
#include "app/relire.h"
#include "app/remarks.h"
#include "app/survey.h"
#include "app/times.h"
#include "base/str.h"

#define LOOK_AGAIN (5 * VB_SECOND)
#define LOOK_LEAST (60 * VB_SECOND) /* for an output that never was there, in the end */

void session_init(struct session *s, const struct vb_sink *sink, void (*notify)(void *ctx),
                  void *ctx)
{
    memset(s, 0, sizeof *s);
    s->sink = sink;
    s->notify = notify;
    s->notify_ctx = ctx;
    s->settings = settings_default();
    s->word = s->turn = VB_NONE;
    s->search.here = SEARCH_NOWHERE;
    s->menu_word = VB_NONE;
    selection_none(s);
    s->follow = true;
    s->now = (struct vb_player_state){.duration = VB_NO_TIME, .speed = 1, .volume = 1};
    s->spread_over = VB_NO_TIME;
    s->draft_due = s->asked_to_leave = VB_NO_TIME;
    s->reading.top_word = VB_NONE;
}

void session_free(struct session *s)
{
    session_stop_opening(s);
    export_stop(s);
    editing_close(s); /* what is being typed is taken: the rest has to know of it */
    search_free(s);
    memory_leave(s);
    loading_stop(s);
    times_leave(s);
    relire_leave(s);
    bookmarks_free(s);
    calibration_free(s->calibration);
    survey_stop(s->survey);
    vb_player_close(s->player);
    outputs_free(&s->outputs);
    free(s->marks.items);
    vb_timeline_free(s->timeline);
    vb_timeline_free(s->timeline_before);
    vb_document_close(s->document);
    free(s->sound_path);
    free(s->compare_when_open);
    memory_end(s);
    replacing_free(s);
    buf_free(&s->conflict);
    buf_free(&s->save_over);
    memset(s, 0, sizeof *s);
}

/* ---- each frame ---- */

/* The duration becomes known, or exact, while the sound already plays: spread the words anew.
 */
static void keep_timeline(struct session *s)
{
    if (s->transcript && (!s->timeline || s->spread_over != s->now.duration))
        session_spread(s);
}

void session_spread(struct session *s)
{
    if (!s->transcript)
        return;
    struct vb_timeline *fresh = times_timeline(s);
    vb_timeline_free(s->timeline);
    vb_timeline_free(s->timeline_before);
    s->timeline = fresh;
    s->timeline_before = NULL;
    s->spread_over = s->now.duration;
    s->revision++;
}

static bool lacks_output(const struct session *s)
{
    return s->player && s->now.silent && s->sink != &vb_sink_null;
}

/* A sound server that is started, or anew, tells nobody of its outputs: one has to ask, and see
 * for oneself that one is gone.  Where there was one it is soon there again; else it is asked
 * for less and less often. */
static void look_for_output(struct session *s)
{
    if (s->now.gone)
        session_output_lost(s);
    if (!lacks_output(s)) {
        s->look_wait = 0;
        return;
    }
    if (!s->look_wait && !s->now.lost)
        s->look_again = s->clock + LOOK_AGAIN;
    s->look_wait = s->look_wait ? s->look_wait : LOOK_AGAIN;
    if (s->clock < s->look_again)
        return;
    s->look_again = s->clock + s->look_wait;
    if (!s->now.lost && s->look_wait < LOOK_LEAST)
        s->look_wait *= 2;
    session_output_came(s);
}

/* Once every frame was counted: the scan comes first. */
static void keep_survey(struct session *s)
{
    if (s->surveys && !s->survey && s->player && s->now.duration_exact)
        s->survey = survey_start(s->sound_path, s->sound_key, s->notify, s->notify_ctx);
}

static void find_word(struct session *s)
{
    s->word = s->timeline && s->player
                  ? vb_timeline_word_at(s->timeline, s->now.position, s->word)
                  : VB_NONE;
    s->turn = s->word == VB_NONE ? VB_NONE : vb_turn_of_word(s->transcript, s->word);
}

bool session_update(struct session *s, vb_time clock)
{
    const struct vb_player_state before = s->now;
    const uint32_t word = s->word, revision = s->revision;
    const uint64_t said = s->said;
    s->clock = clock;
    session_arrive(s);
    if (s->player)
        s->now = vb_player_now(s->player);
    session_load(s);
    keep_timeline(s);
    keep_survey(s);
    look_for_output(s);
    session_look_at_output_again(s);
    session_bar_follow(s);
    find_word(s);
    search_keep(s);
    export_update(s);
    editing_update(s);
    memory_update(s);
    times_update(s);
    bookmarks_update(s);
    if (!s->loading)
        relire_update(s);
    remarks_make(s);
    bool second_changed = before.position / VB_SECOND != s->now.position / VB_SECOND;
    return word != s->word || revision != s->revision || said != s->said ||
           before.phase != s->now.phase || before.duration != s->now.duration ||
           before.seeking != s->now.seeking || second_changed;
}

static vb_time until_next_word(const struct session *s)
{
    if (!s->timeline || !s->transcript || s->now.position > vb_timeline_text_end(s->timeline))
        return VB_NO_TIME;
    uint32_t next = s->word == VB_NONE ? 0 : s->word + 1;
    while (next < vb_word_count(s->transcript) &&
           vb_timeline_start(s->timeline, next) <= s->now.position)
        next++;
    if (next >= vb_word_count(s->transcript))
        return VB_NO_TIME;
    return vb_timeline_start(s->timeline, next) - s->now.position;
}

vb_time session_sooner(vb_time a, vb_time b)
{
    return a == VB_NO_TIME || (b != VB_NO_TIME && b < a) ? b : a;
}

vb_time session_next_change(const struct session *s)
{
    vb_time due = session_sooner(editing_next(s), times_next(s));
    due = session_sooner(due, relire_next(s));
    if (session_awaits(s) && session_awaited(s) < SESSION_SLOW)
        due = session_sooner(due, SESSION_SLOW - session_awaited(s));
    if (lacks_output(s))
        due = session_sooner(due, s->look_again > s->clock ? s->look_again - s->clock : 0);
    if (s->now.phase != VB_PLAYING)
        return due;
    vb_time second = VB_SECOND - s->now.position % VB_SECOND;
    vb_time word = until_next_word(s);
    vb_time next = word != VB_NO_TIME && word < second ? word : second;
    next = s->now.speed > 0 ? (vb_time)((double)next / (double)s->now.speed) : next;
    return session_sooner(due, next);
}

/* Markers are rounded, and stand between turns. */
#define MARKER_AGREES (2 * VB_SECOND)

static const struct vb_marker *marker_before(const struct vb_transcript *t, uint32_t word)
{
    uint32_t low = 0, high = vb_marker_count(t);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (vb_marker(t, middle)->first_word < word)
            low = middle + 1;
        else
            high = middle;
    }
    const struct vb_marker *marker = low < vb_marker_count(t) ? vb_marker(t, low) : NULL;
    return marker && marker->first_word == word && marker->usable ? marker : NULL;
}

vb_time session_time_of(const struct session *s, uint32_t word, bool *known)
{
    vb_time start = vb_timeline_start(s->timeline, word);
    *known = vb_timeline_origin(s->timeline, word) > VB_ESTIMATED;
    const struct vb_marker *marker = marker_before(s->transcript, word);
    vb_time stated = marker ? marker->time + s->offset : VB_NO_TIME;
    if (!marker || start == VB_NO_TIME || llabs(stated - start) > MARKER_AGREES)
        return start;
    *known = true;
    return stated;
}

/* ---- what the user does ---- */

void session_ask(struct session *s, enum ask what)
{
    s->asked = what;
    s->asks++;
}

void session_end_search(struct session *s)
{
    search_end(s);
    s->asked = ASK_NOTHING;
}

void session_set_zoom(struct session *s, int percent)
{
    s->settings.zoom = percent < 60 ? 60 : percent > 400 ? 400 : percent;
}

void session_set_follow(struct session *s, bool follow)
{
    s->follow = s->settings.follow = follow;
    s->out_of_sight = false;
    if (!follow)
        return;
    selection_none(s); /* a text with a selection stands still */
    s->scroll = SCROLL_FOLLOW;
}

/* ---- saying things ---- */

void session_say(struct session *s, enum message_kind kind, const char *format, ...)
{
    struct message *message = &s->messages[s->said++ % MESSAGES_KEPT];
    message->kind = kind;
    message->born = s->clock;
    va_list args;
    va_start(args, format);
    vsnprintf(message->text, sizeof message->text, format, args);
    va_end(args);
    str_end_whole(message->text, sizeof message->text);
    s->question_open = kind == MESSAGE_QUESTION || s->question_open;
}

const struct message *session_message(const struct session *s, uint64_t i)
{
    return i < s->said && s->said - i <= MESSAGES_KEPT ? &s->messages[i % MESSAGES_KEPT] : NULL;
}

void session_dismiss(struct session *s)
{
    s->question_open = false;
    for (size_t i = 0; i < MESSAGES_KEPT; i++)
        s->messages[i].born = 0; /* long gone */
}
