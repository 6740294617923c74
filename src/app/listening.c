/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the sound of a session is played. */
#include "app/listening.h"

#include <stdio.h>
#include <string.h>

#include "app/calibration.h"
#include "app/survey.h"
#include "base/i18n.h"

#define OFFSET_MOST (10 * 3600 * VB_SECOND)
#define LOOK_EVERY  (2 * VB_SECOND)

/* ---- the manner ---- */

void session_set_voice_up(struct session *s, bool on)
{
    s->settings.voice_up = on;
    if (s->player)
        vb_player_set_voice_up(s->player, on);
}

void session_set_skip_silences(struct session *s, bool on)
{
    s->settings.skip_silences = on;
    if (s->player)
        vb_player_set_skip_silences(s->player, on);
}

void session_set_sides(struct session *s, int sides)
{
    s->settings.sides = ((sides % 3) + 3) % 3;
    if (s->player)
        vb_player_set_sides(s->player, (enum vb_sides)s->settings.sides);
}

void session_set_rewind(struct session *s, int tenths)
{
    s->settings.rewind = tenths < 0 ? 0 : tenths > 100 ? 100 : tenths;
    if (s->player)
        vb_player_set_rewind(s->player, s->settings.rewind * VB_SECOND / 10);
}

void session_set_skip(struct session *s, int seconds)
{
    s->settings.skip = seconds < 1 ? 1 : seconds > 60 ? 60 : seconds;
}

void session_mute(struct session *s)
{
    int before = s->volume_before ? s->volume_before : 100;
    if (s->settings.volume > 0)
        s->volume_before = s->settings.volume;
    session_set_volume(s, s->settings.volume ? 0 : before);
}

void listening_apply(struct session *s)
{
    session_set_volume(s, s->settings.volume);
    session_set_speed(s, s->settings.speed);
    session_set_voice_up(s, s->settings.voice_up);
    session_set_skip_silences(s, s->settings.skip_silences);
    session_set_sides(s, s->settings.sides);
    session_set_rewind(s, s->settings.rewind);
    session_output_is(s, s->outputs.now);
}

/* ---- a text made on another copy ---- */

/* Times that were found in the sound are kept, and only moved. */
static void move_times(struct session *s, vb_time by)
{
    struct vb_timeline *old = s->timeline;
    s->timeline = vb_timeline_moved(old, by);
    vb_timeline_free(old);
    s->revision++;
}

void session_set_offset(struct session *s, vb_time offset)
{
    offset = offset > OFFSET_MOST ? OFFSET_MOST : offset < -OFFSET_MOST ? -OFFSET_MOST : offset;
    vb_time by = offset - s->offset;
    if (by == 0)
        return;
    s->offset = offset;
    if (s->timeline && vb_timeline_is_heard(s->timeline))
        move_times(s, by);
    else
        session_spread(s);
    s->scroll = SCROLL_FOLLOW;
}

/* ---- outputs ---- */

void session_output_is(struct session *s, const char *name)
{
    if (name != s->outputs.now)
        snprintf(s->outputs.now, sizeof s->outputs.now, "%s", name);
    if (s->player)
        vb_player_set_delay(s->player, outputs_delay(&s->outputs) * VB_SECOND / 1000);
}

void session_look_at_output(struct session *s)
{
    char name[OUTPUT_NAME];
    if (!s->sink->output)
        return;
    s->output_looked = s->clock;
    s->sink->output(name, sizeof name);
    session_output_is(s, name);
}

void session_look_at_output_again(struct session *s)
{
    if (s->clock - s->output_looked > LOOK_EVERY)
        session_look_at_output(s);
}

void session_set_delay(struct session *s, int ms)
{
    outputs_set_delay(&s->outputs, ms);
    session_output_is(s, s->outputs.now);
}

void session_output_lost(struct session *s)
{
    if (!s->player || s->now.silent)
        return;
    bool played = s->now.phase == VB_PLAYING;
    vb_player_lose_sink(s->player);
    s->look_again = s->clock;
    s->now = vb_player_now(s->player);
    s->said_silent = true; /* said here, in better words */
    session_say(s, MESSAGE_WARNING, "%s",
                played ? _("the sound output was taken away: paused until there is one")
                       : _("the sound output was taken away"));
}

bool session_output_came(struct session *s)
{
    if (!s->player || !s->now.silent || s->sink == &vb_sink_null ||
        !vb_player_change_sink(s->player, s->sink, NULL))
        return false;
    s->now = vb_player_now(s->player);
    session_look_at_output(s);
    s->said_silent = false;
    session_say(s, MESSAGE_INFO, "%s",
                s->now.phase == VB_PLAYING ? _("a sound output is there: the sound goes on")
                                           : _("a sound output is there"));
    return true;
}

/* ---- tapping along ---- */

void session_calibrate(struct session *s)
{
    struct vb_error error = {0};
    s->panel = PANEL_TAPS;
    if (s->calibration) {
        calibration_again(s->calibration);
        return;
    }
    s->resume_after_taps = s->now.phase == VB_PLAYING;
    session_pause(s);
    s->calibration = calibration_start(s->sink, s->notify, s->notify_ctx, &error);
    if (s->calibration)
        return;
    session_calibration_end(s);
    session_say(s, MESSAGE_WARNING, "%s", error.text);
}

void session_tap(struct session *s)
{
    if (s->calibration)
        calibration_tap(s->calibration);
}

void session_calibration_take(struct session *s)
{
    if (!s->calibration || !calibration_is_done(s->calibration))
        return;
    session_set_delay(s, s->calibration->found.delay);
    session_calibration_end(s);
}

void session_calibration_end(struct session *s)
{
    if (s->panel == PANEL_TAPS)
        s->panel = PANEL_SOUND;
    calibration_free(s->calibration);
    s->calibration = NULL;
    if (s->resume_after_taps)
        session_play(s);
    s->resume_after_taps = false;
}

/* ---- the seek bar's window ---- */

static const vb_time shortest_part = 4 * VB_SECOND;

static vb_time whole(const struct session *s)
{
    return s->now.duration != VB_NO_TIME && s->now.duration > 0 ? s->now.duration : 0;
}

struct bar_part session_bar_part(const struct session *s)
{
    struct bar_part part = s->bar;
    if (part.span <= 0 || part.span >= whole(s))
        return (struct bar_part){0, whole(s)};
    vb_time last = whole(s) - part.span;
    part.from = part.from < 0 ? 0 : part.from > last ? last : part.from;
    return part;
}

void session_bar_zoom(struct session *s, int by, vb_time around)
{
    struct bar_part part = session_bar_part(s);
    double share = part.span ? (double)(around - part.from) / (double)part.span : 0;
    vb_time span = part.span;
    for (; by > 0 && span > shortest_part; by--)
        span = span * 3 / 4;
    for (; by < 0 && span < whole(s); by++)
        span = span * 4 / 3;
    span = span < shortest_part ? shortest_part : span;
    s->bar = span >= whole(s)
                 ? (struct bar_part){0, 0}
                 : (struct bar_part){around - (vb_time)(share * (double)span), span};
    s->bar = s->bar.span ? session_bar_part(s) : s->bar;
}

void session_bar_move(struct session *s, vb_time by)
{
    if (!s->bar.span)
        return;
    s->bar.from += by;
    s->bar = session_bar_part(s);
}

void session_bar_all(struct session *s)
{
    s->bar = (struct bar_part){0, 0};
}

void session_bar_follow(struct session *s)
{
    struct bar_part part = session_bar_part(s);
    if (!s->bar.span || s->now.phase != VB_PLAYING)
        return;
    bool was_in_sight = s->bar_head >= part.from && s->bar_head <= part.from + part.span;
    bool leaves = s->now.position < part.from || s->now.position > part.from + part.span;
    s->bar_head = s->now.position;
    if (was_in_sight && leaves)
        s->bar.from = s->now.position - part.span / 10;
}

const struct vb_sound_chapter *session_chapters(const struct session *s, size_t *count)
{
    const struct vb_sound_info *info = s->survey ? survey_info(s->survey) : NULL;
    *count = info ? info->chapter_count : 0;
    return info ? info->chapters : NULL;
}
