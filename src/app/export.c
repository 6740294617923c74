/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound of what is selected, as a file of its own. */
#include "app/export.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "app/paths.h"
#include "app/session.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

struct export
{
    pthread_t thread;
    char *sound, *path;
    vb_time from, until;
    void (*notify)(void *ctx);
    void *notify_ctx;

    atomic_bool given_up, done;
    /* by the thread until it is done */
    bool written;
    struct vb_error error;
};

/* ---- what to write, and its name ---- */

static bool passage(const struct session *s, vb_time *from, vb_time *until)
{
    struct selected words;
    if (!s->sound_path || !s->timeline || !selection_or_turn(s, &words))
        return false;
    selection_times(s, words, from, until);
    return true;
}

void export_ask(struct session *s)
{
    vb_time from, until;
    if (passage(s, &from, &until))
        session_ask(s, ASK_CLIP);
    else
        session_say(s, MESSAGE_INFO, "%s",
                    _("a clip needs a recording and a text to select it in"));
}

/* "16-20": no file system has anything against it. */
static void put_time(vb_time time, struct buf *out)
{
    long seconds = (long)(time / VB_SECOND);
    if (seconds >= 3600)
        buf_printf(out, "%ld-", seconds / 3600);
    buf_printf(out, "%02ld-%02ld", seconds / 60 % 60, seconds % 60);
}

void export_offer(const struct session *s, struct buf *out)
{
    vb_time from, until;
    if (!passage(s, &from, &until))
        return;
    vb_str path = str_of(s->sound_path), name = str_of(file_name(s->sound_path));
    size_t dot = name.len;
    while (dot > 0 && name.data[dot - 1] != '.')
        dot--;
    buf_add(out, str_cut(path, 0, path.len - name.len));
    buf_add(out, str_cut(name, 0, dot > 1 ? dot - 1 : name.len));
    buf_putc(out, ' ');
    put_time(from, out);
    buf_puts(out, " – ");
    put_time(until, out);
    buf_puts(out, ".ogg");
}

/* ---- the thread ---- */

static bool is_given_up(void *ctx)
{
    return atomic_load(&((struct export *)ctx)->given_up);
}

static void *write_clip(void *ctx)
{
    struct export *e = ctx;
    struct vb_task task = {.cancelled = is_given_up, .ctx = e};
    e->written = vb_clip_write(e->sound, e->from, e->until, e->path, &task, &e->error);
    atomic_store(&e->done, true);
    if (e->notify)
        e->notify(e->notify_ctx);
    return NULL;
}

static void end(struct session *s)
{
    pthread_join(s->export->thread, NULL);
    free(s->export->sound);
    free(s->export->path);
    free(s->export);
    s->export = NULL;
}

bool export_clip(struct session *s, vb_str name, struct buf *why)
{
    struct buf path = {0};
    vb_time from, until;
    if (s->export || !passage(s, &from, &until)) {
        buf_puts(why, _("the clip before is still being written"));
        return false;
    }
    path_from_line(name, &path);
    if (!path.len || file_exists(path.data)) {
        buf_puts(why, path.len ? _("that file is there already; choose another name")
                               : _("write the name of a file"));
        buf_free(&path);
        return false;
    }
    struct export *e = mem_new(sizeof *e);
    e->sound = strdup(s->sound_path);
    e->path = path.data;
    e->from = from;
    e->until = until;
    e->notify = s->notify;
    e->notify_ctx = s->notify_ctx;
    s->export = e;
    if (pthread_create(&e->thread, NULL, write_clip, e) == 0)
        return true;
    buf_puts(why, _("there are no more threads"));
    free(e->sound);
    free(e->path);
    free(e);
    s->export = NULL;
    return false;
}

void export_update(struct session *s)
{
    struct export *e = s->export;
    if (!e || !atomic_load(&e->done))
        return;
    if (e->written)
        session_say(s, MESSAGE_INFO, _("saved: %s"), e->path);
    else
        session_say(s, MESSAGE_WARNING, "%s", e->error.text);
    end(s);
}

void export_stop(struct session *s)
{
    if (!s->export)
        return;
    atomic_store(&s->export->given_up, true);
    end(s);
}
