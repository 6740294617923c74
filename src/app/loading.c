/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/loading.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "verbatim/format.h"

#define LONG_WAIT (2 * VB_SECOND)

enum { LONG = 1024 * 1024, BEGINNING = 64 * 1024 };

struct loading {
    char *path;
    void (*notify)(void *ctx);
    void *notify_ctx;
    pthread_t thread;
    unsigned frames; /* since it was opened: what is shown comes first */
    vb_time began;   /* of the front's clock */
    bool has_thread, was_said;

    pthread_mutex_t lock;
    bool is_read, is_left; /* whoever comes second frees all */
    struct vb_document *whole;
    struct vb_error error;
};

static void free_all(struct loading *l)
{
    vb_document_close(l->whole);
    pthread_mutex_destroy(&l->lock);
    free(l->path);
    free(l);
}

/* ---- the beginning ---- */

/* Up to the last whole line. Empty: the file is short, gone, or all one line. */
static vb_str read_beginning(const char *path, char *into)
{
    struct stat about;
    FILE *file = stat(path, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > LONG
                     ? fopen(path, "rb")
                     : NULL;
    vb_str text = {into, file ? fread(into, 1, BEGINNING, file) : 0};
    if (file)
        fclose(file);
    while (text.len && into[text.len - 1] != '\n')
        text.len--;
    return text;
}

/* What is made of lines can be cut between two of them; a tree can't, nor can other encodings
 * be told from one byte. */
static bool can_be_cut(const struct vb_document *d)
{
    return vb_document_editable(d, NULL) && !strcmp(vb_document_encoding(d), "UTF-8") &&
           vb_turn_count(vb_document_transcript(d)) > 1;
}

struct vb_document *loading_beginning(const char *path)
{
    char *bytes = mem_new(BEGINNING);
    vb_str text = read_beginning(path, bytes);
    struct vb_document *part = text.len ? vb_document_from(path, text, NULL) : NULL;
    free(bytes);
    if (!part || can_be_cut(part))
        return part;
    vb_document_close(part);
    return NULL;
}

void loading_begin(struct session *s, const char *path)
{
    struct loading *l = mem_new(sizeof *l);
    l->path = strdup(path);
    l->notify = s->notify;
    l->notify_ctx = s->notify_ctx;
    pthread_mutex_init(&l->lock, NULL);
    loading_stop(s);
    s->loading = l;
}

bool loading_runs(const struct session *s)
{
    return s->loading;
}

/* ---- the whole ---- */

static void *read_whole(void *context)
{
    struct loading *l = context;
    struct vb_error error = {0};
    struct vb_document *whole = vb_document_open(l->path, &error);
    pthread_mutex_lock(&l->lock);
    l->whole = whole;
    l->error = error;
    l->is_read = true;
    bool is_left = l->is_left;
    if (!is_left && l->notify)
        l->notify(l->notify_ctx);
    pthread_mutex_unlock(&l->lock);
    if (is_left)
        free_all(l);
    return NULL;
}

/* Without a thread to be had it is read here and now. */
static void begin(struct loading *l)
{
    l->has_thread = pthread_create(&l->thread, NULL, read_whole, l) == 0;
    if (!l->has_thread)
        read_whole(l);
}

static bool is_read(struct loading *l)
{
    pthread_mutex_lock(&l->lock);
    bool is_read = l->is_read;
    pthread_mutex_unlock(&l->lock);
    return is_read;
}

/* A disk that is slow or asleep. */
static void say_it_takes_long(struct session *s, struct loading *l)
{
    if (l->was_said || s->clock - l->began < LONG_WAIT)
        return;
    l->was_said = true;
    session_say(s, MESSAGE_INFO, "%s",
                _("this is only the beginning: the rest of the text is still being read"));
}

bool loading_update(struct session *s, struct vb_document **whole, struct vb_error *error)
{
    struct loading *l = s->loading;
    if (!l)
        return false;
    if (++l->frames == 2) {
        l->began = s->clock;
        begin(l);
    } else if (l->frames == 1 && l->notify)
        l->notify(l->notify_ctx); /* asks for the second frame */
    if (l->frames > 2)
        say_it_takes_long(s, l);
    if (!is_read(l))
        return false;
    if (l->has_thread)
        pthread_join(l->thread, NULL);
    *whole = l->whole;
    *error = l->error;
    l->whole = NULL;
    free_all(l);
    s->loading = NULL;
    return true;
}

void loading_stop(struct session *s)
{
    struct loading *l = s->loading;
    s->loading = NULL;
    if (!l)
        return;
    pthread_mutex_lock(&l->lock);
    bool is_over = l->is_read || !l->has_thread;
    l->is_left = true;
    if (l->has_thread && !l->is_read)
        pthread_detach(l->thread);
    pthread_mutex_unlock(&l->lock);
    if (is_over && l->has_thread)
        pthread_join(l->thread, NULL);
    if (is_over)
        free_all(l);
}
