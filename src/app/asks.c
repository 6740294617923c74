/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Questions that are answered with a line of text. */
#include "app/asks.h"

#include <stdlib.h>
#include <string.h>

#include "app/arrivals.h"
#include "app/editing.h"
#include "app/export.h"
#include "app/leaving.h"
#include "app/paths.h"
#include "app/place.h"
#include "app/relire.h"
#include "app/turns.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "format/timecode.h"

static void offer_time(const struct session *s, struct buf *out)
{
    time_put(out, s->now.position);
}

/* ---- a file by its name ---- */

static void offer_folder(const struct session *s, struct buf *out)
{
    const char *near = s->document ? vb_document_path(s->document) : s->sound_path;
    const char *home = getenv("HOME");
    vb_str path = str_of(near);
    size_t until = path.len;
    while (until > 0 && path.data[until - 1] != '/')
        until--;
    if (until)
        buf_add(out, str_cut(path, 0, until));
    else
        buf_printf(out, "%s/", home ? home : "");
}

static bool open_file(struct session *s, vb_str text, struct buf *why)
{
    struct buf path = {0};
    struct vb_error error = {0};
    path_from_line(text, &path);
    bool opened = path.len && session_open_pair(s, path.data, NULL, &error);
    if (!opened)
        buf_puts(why, path.len ? error.text : _("write the name of a file"));
    buf_free(&path);
    return opened;
}

static bool open_other(struct session *s, vb_str text, struct buf *why)
{
    struct buf path = {0};
    struct vb_error error = {0};
    path_from_line(text, &path);
    bool opened = path.len && relire_compare(s, path.data, &error);
    if (!opened)
        buf_puts(why, path.len ? error.text : _("write the name of a file"));
    buf_free(&path);
    return opened;
}

/* ---- the page under another name ---- */

static void offer_path(const struct session *s, struct buf *out)
{
    if (s->document)
        buf_puts(out, vb_document_path(s->document));
}

/* A file that is there already is only replaced when the same name comes once more. */
static bool may_replace(struct session *s, const char *path, struct buf *why)
{
    bool ours = !strcmp(path, vb_document_path(s->document));
    bool again = s->save_over.len && !strcmp(path, s->save_over.data);
    buf_clear(&s->save_over);
    if (ours || again || !file_exists(path))
        return true;
    buf_puts(&s->save_over, path);
    buf_puts(why, _("this file is there already; Save once more replaces it"));
    return false;
}

static bool save_as(struct session *s, vb_str text, struct buf *why)
{
    struct buf path = {0};
    path_from_line(text, &path);
    bool saved = false;
    if (!path.len || !s->document)
        buf_puts(why, _("write the name of a file"));
    else if (may_replace(s, path.data, why))
        saved = session_save_as(s, path.data);
    buf_free(&path);
    if (saved)
        leaving_go_on(s);
    return saved;
}

/* clang-format off */
static const struct question questions[] = {
    [ASK_TIME] = {N_("Go to a time"), N_("16:20, 16’20, 1h02, +30, 50%"), N_("Go"),
                  offer_time, place_go, NULL, FILE_NONE},
    [ASK_NOTE] = {N_("A note for this bookmark"), N_("It may stay empty."), N_("Keep"),
                  bookmarks_offer, bookmarks_answer, NULL, FILE_NONE},
    [ASK_CLIP] = {N_("Save the sound of what is selected"),
                  N_("The ending says the kind of file: wav, flac, ogg, opus, mp3."), N_("Save"),
                  export_offer, export_clip, NULL, FILE_NONE},
    [ASK_FILE] = {N_("Open a recording or a transcript"), N_("name of the file"), N_("Open"),
                  offer_folder, open_file, NULL, FILE_THERE},
    [ASK_SAVE_AS] = {N_("Save the page as"), N_("name of the file"), N_("Save"),
                     offer_path, save_as, NULL, FILE_NEW},
    [ASK_RENAME] = {N_("Rename this speaker everywhere"),
                    N_("in all labels and in the header"), N_("Rename"),
                    turns_offer_name, turns_rename, turns_preview_rename, FILE_NONE},
    [ASK_SPLIT] = {N_("Another voice speaks from here"),
                   N_("name of the speaker, as the labels write it"), N_("Divide"),
                   turns_offer_speaker, turns_split, NULL, FILE_NONE},
    [ASK_OTHER] = {N_("Compare with a second text"),
                   N_("name of the file: a machine transcript, subtitles …"), N_("Compare"),
                   offer_folder, open_other, NULL, FILE_THERE},
    [ASK_DOUBT] = {N_("A note for whoever corrects this"), N_("Empty: none."), N_("Keep"),
                   relire_offer_note, relire_answer_note, NULL, FILE_NONE},
};
/* clang-format on */

const struct question *question_of(enum ask what)
{
    return (size_t)what < COUNT(questions) && questions[what].title ? &questions[what] : NULL;
}

void ask_user(struct session *s, enum ask what)
{
    const struct question *question = question_of(what);
    bool names_file = question && question->file != FILE_NONE && s->choose_file;
    struct buf offered = {0};
    buf_puts(&offered, "");
    if (names_file)
        question->offer(s, &offered);
    if (!names_file || !s->choose_file(s->choose_ctx, what, offered.data))
        session_ask(s, what);
    buf_free(&offered);
}

void ask_chosen(struct session *s, enum ask what, const char *path)
{
    const struct question *question = question_of(what);
    struct buf why = {0}, quoted = {0};
    if (what == ASK_FILE)
        arrivals_open(s, path);
    if (what == ASK_FILE || !question)
        return;
    buf_clear(&s->save_over);
    if (question->file == FILE_NEW)
        buf_puts(&s->save_over, path);
    buf_printf(&quoted, "'%s'", path); /* it is no typed line: each blank is of the name */
    if (!question->answer(s, buf_str(&quoted), &why) && why.len)
        session_say(s, MESSAGE_WARNING, "%s", why.data);
    buf_free(&quoted);
    buf_free(&why);
}
