/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening files in a session: what is sound and what is text, the content decides. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/editing.h"
#include "app/leaving.h"
#include "app/listening.h"
#include "app/loading.h"
#include "app/memory.h"
#include "app/relire.h"
#include "app/remarks.h"
#include "app/session.h"
#include "app/survey.h"
#include "app/times.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

static void forget_what_was_said(struct session *s)
{
    s->said_duration = s->said_fit = s->said_failure = false;
    s->question_open = false;
    s->jump_count = s->jump_at = 0;
    s->word = s->turn = VB_NONE;
}

static bool open_sound(struct session *s, const char *path, struct vb_error *error)
{
    struct vb_player *player = vb_player_open(path, s->sink, s->notify, s->notify_ctx, error);
    if (!player)
        return false;
    session_calibration_end(s);
    survey_stop(s->survey);
    s->survey = NULL;
    session_bar_all(s);
    vb_player_close(s->player);
    free(s->sound_path);
    s->player = player;
    s->sound_path = strdup(path);
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

static bool open_text(struct session *s, const char *path, struct vb_error *error)
{
    if (!session_may_leave(s, error))
        return false;
    struct vb_document *document = loading_beginning(s, path);
    if (!document) {
        document = vb_document_open(path, error);
        if (!document)
            return false;
        loading_stop(s);
    }
    set_document(s, document);
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
    memory_opened(s, s->memory.sound_is_new);
    s->begins_elsewhere = false;
    times_opened(s);
    relire_opened(s);
    if (plays)
        session_play(s);
}

static bool open_one(struct session *s, const char *path, struct vb_error *error)
{
    return vb_is_sound(path) ? open_sound(s, path, error) : open_text(s, path, error);
}

bool session_open(struct session *s, const char *path, struct vb_error *error)
{
    const struct vb_player *before = s->player;
    if (leaving_asks(s, path, NULL))
        return true;
    memory_leave(s);
    if (!open_one(s, path, error))
        return false;
    pair_opened(s, s->player != before);
    return true;
}

static bool open_both(struct session *s, const char *first, const char *second,
                      struct vb_error *error)
{
    bool sounds[2] = {vb_is_sound(first), vb_is_sound(second)};
    if (sounds[0] && sounds[1])
        return err_set(
            error, VB_UNSUPPORTED,
            _("%s and %s are both recordings; give one recording and its transcript"), first,
            second);
    const char *sound = sounds[0] ? first : second, *text = sounds[0] ? second : first;
    if (sounds[0] || sounds[1])
        return open_sound(s, sound, error) && open_text(s, text, error);
    /* No sound among them: two transcripts, or one that can't be opened at all. */
    struct vb_document *one = vb_document_open(first, error);
    struct vb_document *other = one ? vb_document_open(second, error) : NULL;
    bool both = one && other;
    vb_document_close(one);
    vb_document_close(other);
    if (!both)
        return false;
    return err_set(error, VB_UNSUPPORTED,
                   _("%s and %s are both transcripts; give one recording and its transcript"),
                   first, second);
}

static bool open_with_partner(struct session *s, const char *path, struct vb_error *error)
{
    if (!open_one(s, path, error))
        return false;
    struct buf partner = {0};
    struct vb_error why = {0};
    if (session_find_partner(path, &partner) && !open_one(s, partner.data, &why))
        session_say(s, MESSAGE_WARNING, "%s", why.text);
    buf_free(&partner);
    return true;
}

bool session_open_pair(struct session *s, const char *first, const char *second,
                       struct vb_error *error)
{
    const struct vb_player *before = s->player;
    if (leaving_asks(s, first, second))
        return true;
    memory_leave(s);
    bool opened =
        second ? open_both(s, first, second, error) : open_with_partner(s, first, error);
    if (opened || s->player != before) /* half of a pair is open, too */
        pair_opened(s, s->player != before);
    return opened;
}

/* ---- the partner of the same name ---- */

static const char sound_endings[] = "mp3 ogg oga opus flac wav mp2";
static const char text_endings[] = "txt wiki html htm";

static vb_str ending_of(vb_str name)
{
    size_t dot = name.len;
    while (dot > 0 && name.data[dot - 1] != '.')
        dot--;
    return dot ? str_from(name, dot) : VB_STR("");
}

/* "talk" of "talk.mp3" */
static vb_str stem_of(vb_str name)
{
    vb_str ending = ending_of(name);
    return ending.len ? str_cut(name, 0, name.len - ending.len - 1) : name;
}

static int place_in_list(const char *list, vb_str word)
{
    int place = 0;
    for (const char *at = list; at && *at; place++) {
        size_t len = strcspn(at, " ");
        if (len == word.len && strncasecmp(at, word.data, len) == 0)
            return place;
        at = strchr(at, ' ');
        at = at ? at + 1 : NULL;
    }
    return -1;
}

/* "fr", "gsw", "pt-BR" */
static bool is_language(vb_str text)
{
    size_t letters = 0;
    while (letters < text.len && ((text.data[letters] | 0x20) >= 'a') &&
           ((text.data[letters] | 0x20) <= 'z'))
        letters++;
    bool region =
        letters < text.len && (text.data[letters] == '-' || text.data[letters] == '_');
    return (letters == 2 || letters == 3) && (letters == text.len || region);
}

/* "talk" of "talk.fr" */
static vb_str without_language(vb_str stem)
{
    return is_language(ending_of(stem)) ? stem_of(stem) : stem;
}

/* How well a neighbour suits: 0 not at all. The same stem, or the part of it before a language
 * ("talk.fr.txt" beside "talk.mp3"). */
static int rate_partner(vb_str name, vb_str other, const char *endings)
{
    int place = place_in_list(endings, ending_of(other));
    if (place < 0 || str_is(name, other))
        return 0;
    vb_str mine = stem_of(name), theirs = stem_of(other);
    if (str_is(mine, theirs))
        return 200 - place;
    bool same =
        str_is(without_language(mine), theirs) || str_is(mine, without_language(theirs));
    return same ? 100 - place : 0;
}

bool session_find_partner(const char *path, struct buf *into)
{
    vb_str name = str_of(file_name(path));
    struct buf folder = {0};
    buf_add(&folder, (vb_str){path, (size_t)(name.data - path)});
    DIR *dir = opendir(folder.len ? folder.data : ".");
    const char *endings = vb_is_sound(path) ? text_endings : sound_endings;
    int best = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        int rating = rate_partner(name, str_of(entry->d_name), endings);
        bool earlier = best && strcmp(entry->d_name, file_name(into->data)) < 0;
        if (!rating || rating < best || (rating == best && !earlier))
            continue; /* of two alike the first by name, whatever order the folder has */
        best = rating;
        buf_clear(into);
        buf_add(into, buf_str(&folder));
        buf_puts(into, entry->d_name);
    }
    if (dir)
        closedir(dir);
    buf_free(&folder);
    return best > 0;
}
