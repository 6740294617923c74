/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proofreading: the mode, and its part in the session's frame. */
#include "app/relire.h"

#include <stdlib.h>

#include "app/loading.h"
#include "app/memory.h"
#include "app/relire_parts.h"
#include "base/i18n.h"
#include "base/str.h"

#define AFTER_CHANGES (VB_SECOND * 7 / 10) /* who types makes many */

struct relire *relire_of(struct session *s)
{
    if (!s->relire) {
        s->relire = mem_new(sizeof *s->relire);
        s->relire->here = DOUBT_NOWHERE;
        s->relire->due = VB_NO_TIME;
        s->relire->news_heard = VB_NONE;
    }
    return s->relire;
}

bool relire_is_on(const struct session *s)
{
    return s->relire && s->relire->on;
}

bool relire_works(const struct session *s)
{
    return relire_is_on(s) && (s->relire->work || s->relire->due != VB_NO_TIME);
}

uint32_t relire_generation(const struct session *s)
{
    return s->relire ? s->relire->generation : 0;
}

/* ---- the seek bar ---- */

static void put_on_bar(struct session *s)
{
    struct relire *r = s->relire;
    size_t kept = 0;
    for (size_t i = 0; i < s->marks.count; i++)
        if (s->marks.items[i].kind != MARK_DOUBT)
            s->marks.items[kept++] = s->marks.items[i];
    s->marks.count = kept;
    for (size_t i = 0; r->on && i < r->rows.count; i++) {
        const struct doubt *d = &r->rows.items[i];
        vb_time at = relire_time(s, d);
        if (!d->right && at != VB_NO_TIME)
            vec_push(&s->marks, (struct sound_mark){at, MARK_DOUBT});
    }
    r->marked_generation = r->generation;
    r->marked_revision = s->revision;
}

/* ---- the mode ---- */

static void forget_found(struct relire *r)
{
    list_free(r);
    vb_findings_free(r->page);
    r->page = NULL;
    vb_comparison_free(r->comparison);
    r->comparison = NULL;
}

static void begin(struct session *s)
{
    struct relire *r = s->relire;
    if (!s->transcript || loading_runs(s)) /* it begins when the whole text is there */
        return;
    if (r->of != s->transcript)
        forget_found(r);
    vb_transcript_unref(r->of);
    r->of = vb_transcript_ref(s->transcript);
    said_note_edits(s);
    said_load(s);
    proof_load(s);
    list_make(s);
    r->due = s->document ? s->clock : VB_NO_TIME;
}

void relire_show_wanted(struct session *s)
{
    if (relire_is_on(s) && s->relire->of == s->transcript)
        list_make(s);
}

void relire_want_no_more(struct session *s)
{
    const struct doubt *d =
        relire_here(s) == DOUBT_NOWHERE ? NULL : relire_doubt(s, relire_here(s));
    bool *wanted = d ? settings_looks_for(&s->settings, d->check) : NULL;
    if (!wanted) {
        session_say(s, MESSAGE_INFO, "%s", _("go to a doubt first: those like it are meant"));
        return;
    }
    *wanted = false;
    session_say(s, MESSAGE_INFO,
                _("doubts like this one (%s) are no longer shown; the settings "
                  "bring them back"),
                d->check);
    relire_show_wanted(s);
}

void relire_set(struct session *s, bool on)
{
    struct relire *r = relire_of(s);
    if (on && !s->transcript) {
        session_say(s, MESSAGE_INFO, "%s", _("there is no transcript to proofread yet"));
        return;
    }
    if (r->on == on)
        return;
    r->on = on;
    r->here = DOUBT_NOWHERE;
    r->generation++;
    if (on)
        begin(s);
    put_on_bar(s);
}

/* ---- the frame ---- */

static void take_work(struct session *s)
{
    struct relire *r = s->relire;
    struct relire_found found;
    bool is_of_this = r->work && work_is_of(r->work, s->transcript);
    if (!r->work || !work_done(r->work, &found))
        return;
    r->work = NULL;
    other_take(s, &found, is_of_this);
    if (is_of_this) { /* else it was corrected meanwhile, and is looked through again soon */
        struct relire_found before = {.page = r->page, .comparison = r->comparison};
        r->page = found.page;
        r->comparison = found.comparison;
        list_make(s);
        found = before; /* rows looked into it until now */
    }
    found_free(&found);
}

static void follow_text(struct session *s)
{
    struct relire *r = s->relire;
    if (r->of == s->transcript)
        return;
    if (r->of && s->transcript)
        list_follow(s);
    vb_transcript_unref(r->of);
    r->of = s->transcript ? vb_transcript_ref(s->transcript) : NULL;
}

/* Checks ask how fast somebody speaks: other times are another page to them. */
static void see_changes(struct session *s)
{
    struct relire *r = s->relire;
    if (r->worked_revision == s->revision || loading_runs(s))
        return;
    r->worked_revision = s->revision;
    if (s->document && s->timeline)
        r->due = s->clock + (r->page ? AFTER_CHANGES : 0);
}

static void start_what_is_due(struct session *s)
{
    struct relire *r = s->relire;
    if (r->due == VB_NO_TIME || s->clock < r->due || r->work || !s->timeline)
        return;
    r->due = VB_NO_TIME;
    if (r->settled != s->transcript || !r->loaded) {
        said_note_edits(s);
        said_load(s);
    }
    r->work = work_start(s);
}

void relire_update(struct session *s)
{
    struct relire *r = s->relire;
    if (s->news.count)
        news_update(s);
    if (!r || !s->transcript || loading_runs(s))
        return;
    if (r->on)
        follow_text(s); /* the rest counts words as they are now */
    walk_update(s);
    take_work(s);
    if (!r->on)
        return;
    see_changes(s);
    start_what_is_due(s);
    if (r->marked_generation != r->generation || r->marked_revision != s->revision)
        put_on_bar(s);
}

vb_time relire_next(const struct session *s)
{
    const struct relire *r = s->relire;
    if (!relire_is_on(s) || r->due == VB_NO_TIME || r->work)
        return VB_NO_TIME;
    return r->due > s->clock ? r->due - s->clock : 0;
}

void relire_take_sounds(struct session *s, const struct vb_doubt *doubts, size_t count)
{
    if (s->store)
        store_put_doubts(s->store, memory_pair(s), doubts, count);
    if (!relire_is_on(s))
        return;
    said_load(s);
    list_make(s);
}

static void forget_page(struct session *s)
{
    struct relire *r = s->relire;
    work_stop(r->work);
    r->work = NULL;
    r->due = VB_NO_TIME;
    forget_found(r);
    said_free(r);
    vb_transcript_unref(r->of);
    r->of = NULL;
    vb_transcript_unref(r->settled);
    vb_transcript_unref(r->first);
    r->settled = r->first = NULL;
    r->here = DOUBT_NOWHERE;
    r->generation++;
    coverage_free(&r->heard);
}

void relire_opened(struct session *s)
{
    news_opened(s);
    relire_compare_opened(s);
    if (!s->relire)
        return;
    forget_page(s);
    if (s->relire->on)
        begin(s);
}

void relire_closed(struct session *s)
{
    if (!s->relire)
        return;
    forget_page(s);
    if (!s->relire->keeps_wanted)
        other_free(s->relire);
    s->relire->keeps_wanted = false;
}

void relire_leave(struct session *s)
{
    if (!s->relire)
        return;
    s->relire->keeps_wanted = false;
    relire_closed(s);
    free(s->relire);
    s->relire = NULL;
}
