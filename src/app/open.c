/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening files in a session: what was found of them takes the place of what was open. */
#include <stdlib.h>
#include <string.h>

#include "app/editing.h"
#include "app/leaving.h"
#include "app/listening.h"
#include "app/loading.h"
#include "app/memory.h"
#include "app/opening.h"
#include "app/relire.h"
#include "app/remarks.h"
#include "app/session.h"
#include "app/survey.h"
#include "app/times.h"
#include "base/err.h"
#include "base/mem.h"

enum { PATIENCE_MS = 150 }; /* so long the interface waits for a disk: nobody notices */

/* ---- taking what was found ---- */

static void forget_what_was_said(struct session *s)
{
    s->said_duration = s->said_fit = s->said_failure = s->said_loss = false;
    s->question_open = false;
    s->jump_count = s->jump_at = 0;
    s->word = s->turn = VB_NONE;
}

static bool take_sound(struct session *s, struct opened *found, struct vb_error *error)
{
    struct vb_player *player = found->player;
    found->player = NULL;
    if (!vb_player_start(player, s->sink, s->notify, s->notify_ctx, error))
        return err_wrap(error, "%s", found->sound_path);
    session_calibration_end(s);
    survey_stop(s->survey);
    s->survey = NULL;
    session_bar_all(s);
    vb_player_close(s->player);
    free(s->sound_path);
    s->player = player;
    s->sound_path = found->sound_path;
    found->sound_path = NULL;
    memcpy(s->sound_key, found->sound_key, sizeof s->sound_key);
    s->now = vb_player_now(player);
    s->offset = 0; /* it was that of the pair before */
    listening_apply(s);
    forget_what_was_said(s);
    return true;
}

/* Takes the document; NULL: there is none any more. */
static void set_document(struct session *s, struct vb_document *document)
{
    editing_close(s);
    vb_timeline_free(s->timeline);
    vb_timeline_free(s->timeline_before);
    s->timeline_before = NULL;
    vb_document_close(s->document);
    s->document = document;
    s->transcript = document ? vb_document_transcript(document) : NULL;
    s->timeline = NULL;
    s->word = s->turn = VB_NONE;
    times_leave(s);
    relire_closed(s);
    s->offset = 0;
    session_spread(s);
}

static bool take_text(struct session *s, struct opened *found, struct vb_error *error)
{
    if (!session_may_leave(s, error))
        return false;
    if (found->is_beginning)
        loading_begin(s, vb_document_path(found->document));
    else
        loading_stop(s);
    set_document(s, found->document);
    found->document = NULL;
    s->scroll = SCROLL_TOP;
    selection_none(s);
    forget_what_was_said(s);
    if (loading_runs(s))
        return true;
    remarks_on_page(s);
    editing_opened(s);
    return true;
}

/* What is remembered of a pair follows when all of it is there. */
static void pair_opened(struct session *s, bool sound_is_new)
{
    if (loading_runs(s)) {
        memory_opened_part(s, sound_is_new);
        return;
    }
    memory_opened(s, sound_is_new);
    times_opened(s);
    relire_opened(s);
}

/* The whole takes the place of its beginning: its words have the same numbers. */
void session_load(struct session *s)
{
    struct vb_document *whole;
    struct vb_error error = {0};
    if (!loading_update(s, &whole, &error))
        return;
    bool plays = s->plays_when_loaded;
    s->plays_when_loaded = false;
    set_document(s, whole);
    if (!whole)
        session_say(s, MESSAGE_WARNING, "%s", error.text);
    if (s->scroll == SCROLL_NONE)
        s->scroll = SCROLL_PLACE;
    if (whole) {
        remarks_on_page(s);
        editing_opened(s);
    }
    s->begins_elsewhere = s->memory.begins_elsewhere;
    s->keeps_zoom = s->memory.keeps_zoom;
    memory_opened(s, s->memory.sound_is_new);
    s->begins_elsewhere = s->keeps_zoom = false;
    times_opened(s);
    relire_opened(s);
    mem_give_back(); /* of the reading */
    if (plays)
        session_play(s);
}

/* False: not all that was asked for was found, `error` says why; half of a pair is open, too.
 */
static bool take(struct session *s, struct opened *found, struct vb_error *error)
{
    bool has_sound = found->player, has_text = found->document;
    memory_leave(s);
    bool taken = (!has_sound || take_sound(s, found, error)) &&
                 (!has_text || take_text(s, found, error));
    if (has_sound || (has_text && taken))
        pair_opened(s, has_sound);
    if (taken && found->partner_error.code != VB_OK)
        session_say(s, MESSAGE_WARNING, "%s", found->partner_error.text);
    if (taken && found->error.code != VB_OK && error)
        *error = found->error;
    return taken && found->error.code == VB_OK;
}

static bool take_all(struct session *s, struct opening *opening, struct vb_error *error)
{
    struct opened found = opening_take(opening);
    opening_leave(opening);
    bool taken = take(s, &found, error);
    opened_free(&found);
    s->begins_elsewhere = s->keeps_zoom = false; /* the command line spoke of this one */
    return taken;
}

/* ---- opening ---- */

static bool open_files(struct session *s, const struct opening_order *order,
                       struct vb_error *error)
{
    session_stop_opening(s);
    struct opening *opening = opening_new(order);
    bool aside = s->opens_aside && opening_start(opening, s->notify, s->notify_ctx);
    if (!aside)
        opening_run(opening);
    s->arrival = (struct arrival){.opening = opening, .since = s->clock, .start = VB_NO_TIME};
    return session_wait(s, PATIENCE_MS, error);
}

bool session_open(struct session *s, const char *path, struct vb_error *error)
{
    return open_files(s, &(struct opening_order){.first = path, .in_parts = s->opens_in_parts},
                      error);
}

bool session_open_pair(struct session *s, const char *first, const char *second,
                       struct vb_error *error)
{
    const struct opening_order order = {first, second, .partner = !second,
                                        .in_parts = s->opens_in_parts};
    return open_files(s, &order, error);
}

/* ---- what takes its time ---- */

void session_begin(struct session *s, vb_time start, bool play)
{
    if (s->arrival.opening) {
        s->arrival.start = start;
        s->arrival.play = play;
        return;
    }
    if (s->player && start != VB_NO_TIME)
        session_drag(s, start); /* no jump: there is no place to go back to */
    if (s->player && play)
        session_play(s);
}

bool session_wait(struct session *s, int ms, struct vb_error *error)
{
    if (leaving_lapsed(s))
        session_stop_opening(s);
    struct arrival arrival = s->arrival;
    if (!arrival.opening || leaving_waits(s) || !opening_wait(arrival.opening, ms))
        return true;
    if (!arrival.may_leave && opening_brings_text(arrival.opening) && leaving_asks(s, false))
        return true;
    s->arrival = (struct arrival){0};
    s->leaving.granted = arrival.may_leave;
    bool opened = take_all(s, arrival.opening, error);
    s->leaving.granted = false;
    if (opened)
        session_begin(s, arrival.start, arrival.play);
    return opened;
}

void session_arrive(struct session *s)
{
    struct vb_error error = {0};
    if (!s->arrival.since)
        s->arrival.since = s->clock;
    if (!session_wait(s, 0, &error))
        session_say(s, MESSAGE_WARNING, "%s", error.text);
}

void session_stop_opening(struct session *s)
{
    opening_leave(s->arrival.opening);
    s->arrival = (struct arrival){0};
    bool was_held_up = leaving_holds_up(s);
    if (!s->leaving.quits)
        s->leaving.waits = 0;
    if (was_held_up)
        s->asked = ASK_NOTHING;
}

const char *session_awaits(const struct session *s)
{
    bool awaits = s->arrival.opening && !leaving_holds_up(s);
    return awaits ? opening_name(s->arrival.opening) : NULL;
}

vb_time session_awaited(const struct session *s)
{
    return s->arrival.opening && s->arrival.since ? s->clock - s->arrival.since : 0;
}
