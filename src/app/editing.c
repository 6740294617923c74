/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Correcting the open page. */
#include "app/editing.h"

#include <stdlib.h>
#include <string.h>

#include "app/keeping.h"
#include "app/leaving.h"
#include "app/loading.h"
#include "app/memory.h"
#include "app/passages.h"
#include "app/relire.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/watch.h"

enum { LEAVE_AGAIN_S = 10 };

/* ---- a new text takes the place of the old one ---- */

/* The document's text is another one; takes the reference to `before`. */
static void take_text(struct session *s, struct vb_transcript *before)
{
    struct vb_timeline *old = s->timeline;
    s->transcript = vb_document_transcript(s->document);
    vb_timeline_free(s->timeline_before);
    s->timeline_before = NULL;
    if (old && vb_timeline_is_heard(old)) {
        s->timeline = vb_timeline_carry(old, before, s->transcript, s->now.duration);
        vb_timeline_free(old);
    } else { /* spread anew by session_update() */
        s->timeline = NULL;
        s->timeline_before = old;
    }
    relire_carry_news(s, before);
    vb_transcript_unref(before);
    s->word = s->turn = VB_NONE;
    s->revision++;
}

bool session_changed(const struct session *s)
{
    return s->document && (s->caret.changed || vb_document_changed(s->document));
}

static void adopt(struct session *s, struct vb_transcript *before)
{
    take_text(s, before);
    s->edits++;
    keeping_soon(s);
    session_update(s, s->clock);
}

bool session_judged(struct session *s, vb_str label, bool is_speaker, struct vb_error *error)
{
    struct vb_transcript *before = vb_transcript_ref(s->transcript);
    if (vb_document_judge(s->document, label, is_speaker, error)) {
        take_text(s, before);
        return true;
    }
    vb_transcript_unref(before);
    return false;
}

void session_judge_label(struct session *s, vb_str label, bool is_speaker)
{
    struct vb_error error = {0};
    if (!s->document || !caret_commit(s))
        return;
    char *kept = strndup(label.data, label.len); /* it may stand in what is replaced */
    vb_str copy = {kept, label.len};
    if (session_judged(s, copy, is_speaker, &error)) {
        caret_follow(s, VB_NONE);
        memory_put_label(s, copy, is_speaker);
        session_update(s, s->clock);
    } else {
        session_say(s, MESSAGE_WARNING, "%s", error.text);
    }
    free(kept);
}

/* What is being typed goes into the page first; `moved`: the changes as they are then. */
static bool commit_before(struct session *s, const struct vb_change *changes, size_t count,
                          struct vb_change *moved, struct vb_error *error)
{
    const struct caret *c = &s->caret;
    uint32_t end = c->span.at + c->span.len;
    uint32_t grown = c->changed ? (uint32_t)c->text.len - c->span.len : 0;
    if (!caret_commit(s))
        return err_set(error, VB_CANCELLED, "%s", _("what was typed can't be taken yet"));
    for (size_t i = 0; i < count; i++) {
        moved[i] = changes[i];
        if (moved[i].span.at >= end)
            moved[i].span.at += grown;
    }
    return true;
}

static bool change(struct session *s, const struct vb_change *changes, size_t count,
                   struct vb_error *error)
{
    struct vb_transcript *before = vb_transcript_ref(s->transcript);
    if (vb_document_edit(s->document, changes, count, error)) {
        adopt(s, before);
        return true;
    }
    vb_transcript_unref(before);
    return false;
}

/* Where a place is when the changes are made: behind what was written at it. */
static uint32_t place_after(uint32_t place, const struct vb_change *changes, size_t count)
{
    uint32_t now = place;
    for (size_t i = 0; i < count; i++) {
        struct vb_span span = changes[i].span;
        if (span.at + span.len <= place)
            now += (uint32_t)changes[i].text.len - span.len;
        else if (span.at < place)
            now += span.at + (uint32_t)changes[i].text.len - place;
    }
    return now;
}

bool session_correctable(struct session *s)
{
    struct vb_error error = {0};
    if (!s->document || !s->transcript) {
        session_say(s, MESSAGE_INFO, "%s", _("no transcript is open"));
        return false;
    }
    if (loading_runs(s)) {
        session_say(s, MESSAGE_INFO, "%s", _("the text is still being read; wait a moment"));
        return false;
    }
    if (!vb_document_editable(s->document, &error)) {
        session_say(s, MESSAGE_WARNING, "%s", error.text);
        return false;
    }
    return true;
}

bool session_edit(struct session *s, const struct vb_change *changes, size_t count,
                  struct vb_error *error)
{
    if (!s->document)
        return err_set(error, VB_UNSUPPORTED, _("no transcript is open"));
    if (loading_runs(s))
        return err_set(error, VB_UNSUPPORTED, _("the text is still being read; wait a moment"));
    struct vb_change *moved = mem_new((count + 1) * sizeof *moved);
    bool done =
        commit_before(s, changes, count, moved, error) && change(s, moved, count, error);
    if (done)
        caret_follow(s, place_after(caret_place(s), moved, count));
    free(moved);
    return done;
}

bool session_retype(struct session *s, struct vb_span span, const vb_str *texts, size_t count,
                    struct vb_error *error)
{
    struct vb_transcript *before = vb_transcript_ref(s->transcript);
    if (vb_document_retype(s->document, span, texts, count, error)) {
        adopt(s, before);
        return true;
    }
    vb_transcript_unref(before);
    return false;
}

bool session_replace(struct session *s, struct vb_span span, vb_str text,
                     struct vb_error *error)
{
    return session_edit(s, &(struct vb_change){span, text}, 1, error);
}

/* The place that changed is shown; the caret goes there. */
static void go_to_change(struct session *s, struct vb_span where)
{
    uint32_t word = passage_word(s, where.at);
    if (word != VB_NONE)
        session_show_word(s, word);
    caret_follow(s, where.at + where.len);
}

static void step(struct session *s, bool (*by)(struct vb_document *, struct vb_span *),
                 const char *nothing)
{
    if (!s->document || (!caret_commit(s) && caret_take_back(s)))
        return;
    struct vb_transcript *before = vb_transcript_ref(s->transcript);
    struct vb_span where;
    if (by(s->document, &where)) {
        adopt(s, before);
        go_to_change(s, where);
        return;
    }
    vb_transcript_unref(before);
    session_say(s, MESSAGE_INFO, "%s", nothing);
}

void session_undo_edit(struct session *s)
{
    step(s, vb_document_undo, _("nothing to undo: the text is as it was opened"));
}

void session_redo_edit(struct session *s)
{
    step(s, vb_document_redo, _("nothing to redo"));
}

void session_edit_here(struct session *s)
{
    struct selected words;
    uint32_t word = s->transcript ? selection_reader(s) : VB_NONE, at;
    if (s->menu_word != VB_NONE)
        word = s->menu_word;
    else if (s->transcript && selection_get(s, &words))
        word = words.first;
    else if (relire_place(s, &at)) {
        session_edit_begin(s, at);
        return;
    }
    session_edit_begin(s, word == VB_NONE ? 0 : vb_word(s->transcript, word).span.at);
}

/* ---- the file ---- */

static void say_saved(struct session *s)
{
    keeping_forget(s);
    session_say(s, MESSAGE_INFO, _("saved: %s"), file_name(vb_document_path(s->document)));
}

bool session_save(struct session *s)
{
    if (!s->document || !caret_commit(s))
        return false;
    if (!vb_document_changed(s->document)) {
        session_say(s, MESSAGE_INFO, "%s", _("nothing to save: the file is up to date"));
        return true;
    }
    struct vb_error error = {0};
    if (vb_document_on_disk(s->document) == VB_DISK_CHANGED)
        session_read_again(s, VB_RELOAD_MERGE);
    if (vb_document_save(s->document, &error)) {
        say_saved(s);
        return true;
    }
    session_say(s, MESSAGE_WARNING, "%s", error.text);
    return false;
}

static void watch(struct session *s)
{
    watch_close(s->watch);
    s->watch =
        s->notify ? watch_open(vb_document_path(s->document), s->notify, s->notify_ctx) : NULL;
}

bool session_save_as(struct session *s, const char *path)
{
    struct vb_error error = {0};
    if (!s->document || !caret_commit(s))
        return false;
    if (!vb_document_save_as(s->document, path, &error)) {
        session_say(s, MESSAGE_WARNING, "%s", error.text);
        return false;
    }
    watch(s);
    say_saved(s);
    return true;
}

static void say_read_again(struct session *s, bool had_ours, size_t words)
{
    session_say(s, MESSAGE_INFO,
                had_ours
                    ? P_("another program changed the file: %zu new word, and your "
                         "corrections are still here",
                         "another program changed the file: %zu new words, and your "
                         "corrections are still here",
                         words)
                    : P_("another program changed the file: read again, %zu new word",
                         "another program changed the file: read again, %zu new words", words),
                words);
}

/* Two changes that meet: the user decides, in a dialog where there are some. */
static void say_not_read(struct session *s, const struct vb_error *error)
{
    if (error->code == VB_CHANGED && s->has_dialogs) {
        buf_clear(&s->conflict);
        buf_puts(&s->conflict, error->text);
        session_ask(s, ASK_CONFLICT);
        return;
    }
    session_say(s, MESSAGE_WARNING,
                error->code == VB_CHANGED
                    ? _("%s: “reload-theirs” takes the file's text, “reload-ours” keeps yours")
                    : "%s",
                error->text);
}

void session_read_again(struct session *s, enum vb_reload how)
{
    if (!s->document || !caret_commit(s))
        return;
    struct vb_error error = {0};
    bool had_ours = vb_document_changed(s->document);
    struct vb_transcript *before = vb_transcript_ref(s->transcript);
    if (!vb_document_reload(s->document, how, &error)) {
        vb_transcript_unref(before);
        say_not_read(s, &error);
        return;
    }
    adopt(s, vb_transcript_ref(before));
    uint32_t words = relire_note_news(s, before);
    vb_transcript_unref(before);
    caret_follow(s, VB_NONE);
    if (how != VB_RELOAD_OURS)
        say_read_again(s, had_ours && how == VB_RELOAD_MERGE, words);
}

bool session_may_leave(struct session *s, struct vb_error *error)
{
    if (!session_changed(s) || s->leaving.granted)
        return true;
    bool again = s->asked_to_leave != VB_NO_TIME &&
                 s->clock - s->asked_to_leave < LEAVE_AGAIN_S * VB_SECOND;
    s->asked_to_leave = s->clock;
    return again || err_set(error, VB_CANCELLED, "%s",
                            s->keeps_drafts
                                ? _("corrections are not saved: Ctrl+S saves them; once more "
                                    "leaves them as a draft that comes back with the page")
                                : _("corrections are not saved: Ctrl+S saves them; once more "
                                    "gives them up"));
}

void session_quit(struct session *s)
{
    struct vb_error error = {0};
    if (leaving_asks(s, true))
        return;
    s->quit = session_may_leave(s, &error);
    if (!s->quit)
        session_say(s, MESSAGE_WARNING, "%s", error.text);
}

/* ---- the session's frame ---- */

static void say_found(struct session *s, const struct drafts_found *found)
{
    if (found->taken)
        session_say(s, MESSAGE_INFO,
                    P_("corrections that were not saved are back; Ctrl+Z takes them away",
                       "corrections of %zu windows that were not saved are back; Ctrl+Z takes "
                       "them away, one after the other",
                       found->taken),
                    found->taken);
    if (found->apart)
        session_say(s, MESSAGE_WARNING,
                    P_("%zu draft of corrections that were not saved doesn't fit the page any "
                       "more; it is kept in %s, and “bring-draft” shows it",
                       "%zu drafts of corrections that were not saved don't fit the page any "
                       "more; the newest is kept in %s, and “bring-draft” shows them",
                       found->apart),
                    found->apart, found->newest.data);
}

static void bring_drafts_back(struct session *s)
{
    struct vb_transcript *before = vb_transcript_ref(s->transcript);
    struct drafts_found found = drafts_take(&s->drafts, s->document);
    if (found.taken)
        adopt(s, vb_transcript_ref(before));
    say_found(s, &found);
    vb_transcript_unref(before);
    buf_free(&found.newest);
}

void session_bring_draft(struct session *s)
{
    struct vb_error error = {0};
    if (!session_correctable(s) || !caret_commit(s))
        return;
    if (session_changed(s))
        keeping_begin(s); /* what is there now is kept beside it */
    keeping_settle(s);
    struct vb_transcript *before = vb_transcript_ref(s->transcript);
    if (s->keeps_drafts && drafts_bring(&s->drafts, s->document, &error)) {
        adopt(s, vb_transcript_ref(before));
        caret_follow(s, VB_NONE);
        session_say(s, MESSAGE_INFO, "%s",
                    _("this is how the page was when it could not be saved; Ctrl+Z goes back"));
    } else {
        session_say(s, MESSAGE_INFO, "%s",
                    s->keeps_drafts ? error.text : _("nothing is remembered in this session"));
    }
    vb_transcript_unref(before);
}

void editing_opened(struct session *s)
{
    s->news.count = 0;
    s->draft_due = s->asked_to_leave = VB_NO_TIME;
    s->typography.of = NULL;
    watch(s);
    if (s->keeps_drafts)
        bring_drafts_back(s);
}

static void look_at_disk(struct session *s)
{
    switch (vb_document_on_disk(s->document)) {
    case VB_DISK_CHANGED:
        session_read_again(s, VB_RELOAD_MERGE);
        break;
    case VB_DISK_GONE:
        session_say(s, MESSAGE_WARNING, _("%s was taken away; saving writes it again"),
                    file_name(vb_document_path(s->document)));
        break;
    case VB_DISK_SAME:
        break;
    }
}

void editing_update(struct session *s)
{
    if (!s->document)
        return;
    if (watch_news(s->watch))
        look_at_disk(s);
    caret_update(s);
    keeping_update(s);
}

vb_time editing_next(const struct session *s)
{
    vb_time caret = s->document ? caret_next(s) : VB_NO_TIME;
    if (!s->document || s->draft_due == VB_NO_TIME)
        return caret;
    return session_sooner(caret, s->draft_due > s->clock ? s->draft_due - s->clock : 0);
}

void editing_close(struct session *s)
{
    if (s->document)
        caret_commit(s);
    keeping_close(s);
    caret_close(s);
    watch_close(s->watch);
    s->watch = NULL;
    free(s->news.items);
    memset(&s->news, 0, sizeof s->news);
}
