/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/opening.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/loading.h"
#include "app/partner.h"
#include "base/content_key.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

struct opening {
    /* never changes */
    char *first, *second; /* second NULL: there is none */
    bool partner, in_parts;
    void (*notify)(void *ctx);
    void *notify_ctx;

    /* who runs it, until it is done */
    struct opened found;

    /* under lock */
    pthread_mutex_t lock;
    pthread_cond_t news;
    bool done, left;
};

/* ---- what it does ---- */

static bool open_sound(struct opened *found, const char *path, struct vb_error *error)
{
    found->player = vb_player_prepare(path, error);
    if (!found->player)
        return false;
    found->sound_path = strdup(path);
    if (!content_key_of_sound(path, found->sound_key, NULL))
        found->sound_key[0] = '\0';
    return true;
}

/* What is meant as a recording, by its name, is told why it is none. */
static struct vb_document *open_document(const char *path, struct vb_error *error)
{
    struct vb_sound_info info;
    struct vb_document *document = vb_document_open(path, error);
    if (!document && partner_is_named_as_sound(path))
        vb_sound_read_info(path, &info, error);
    return document;
}

static bool open_text(struct opening *o, const char *path, struct vb_error *error)
{
    struct opened *found = &o->found;
    found->document = o->in_parts ? loading_beginning(path) : NULL;
    found->is_beginning = found->document;
    if (!found->document)
        found->document = open_document(path, error);
    return found->document;
}

static bool open_one(struct opening *o, const char *path, struct vb_error *error)
{
    return vb_is_sound(path) ? open_sound(&o->found, path, error) : open_text(o, path, error);
}

static bool open_with_partner(struct opening *o)
{
    if (!open_one(o, o->first, &o->found.error))
        return false;
    struct buf partner = {0};
    if (partner_find(o->first, &partner))
        open_one(o, partner.data, &o->found.partner_error);
    buf_free(&partner);
    return true;
}

/* No sound among them: two transcripts, or one that can't be opened at all. */
static bool refuse_texts(const char *first, const char *second, struct vb_error *error)
{
    struct vb_document *one = open_document(first, error);
    struct vb_document *other = one ? open_document(second, error) : NULL;
    bool both = one && other;
    vb_document_close(one);
    vb_document_close(other);
    return both && err_set(error, VB_UNSUPPORTED,
                           _("%s and %s are both transcripts; give one recording and its "
                             "transcript"),
                           first, second);
}

static bool open_both(struct opening *o)
{
    bool sounds[2] = {vb_is_sound(o->first), vb_is_sound(o->second)};
    struct vb_error *error = &o->found.error;
    if (sounds[0] && sounds[1])
        return err_set(error, VB_UNSUPPORTED,
                       _("%s and %s are both recordings; give one recording and its "
                         "transcript"),
                       o->first, o->second);
    if (!sounds[0] && !sounds[1])
        return refuse_texts(o->first, o->second, error);
    return open_sound(&o->found, sounds[0] ? o->first : o->second, error) &&
           open_text(o, sounds[0] ? o->second : o->first, error);
}

static bool open_all(struct opening *o)
{
    if (o->second)
        return open_both(o);
    return o->partner ? open_with_partner(o) : open_one(o, o->first, &o->found.error);
}

/* ---- who does it ---- */

static void free_opening(struct opening *o)
{
    opened_free(&o->found);
    pthread_cond_destroy(&o->news);
    pthread_mutex_destroy(&o->lock);
    free(o->first);
    free(o->second);
    free(o);
}

struct opening *opening_new(const struct opening_order *order)
{
    struct opening *o = mem_new(sizeof *o);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&o->news, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&o->lock, NULL);
    o->first = strdup(order->first);
    o->second = order->second ? strdup(order->second) : NULL;
    o->partner = order->partner;
    o->in_parts = order->in_parts;
    return o;
}

void opening_run(struct opening *o)
{
    open_all(o);
    pthread_mutex_lock(&o->lock);
    o->done = true;
    bool left = o->left;
    if (!left && o->notify) /* under lock: nobody is told after opening_leave() */
        o->notify(o->notify_ctx);
    pthread_cond_signal(&o->news);
    pthread_mutex_unlock(&o->lock);
    if (left)
        free_opening(o);
}

static void *run(void *context)
{
    opening_run(context);
    return NULL;
}

bool opening_start(struct opening *o, void (*notify)(void *), void *ctx)
{
    pthread_t thread;
    o->notify = notify;
    o->notify_ctx = ctx;
    if (pthread_create(&thread, NULL, run, o) != 0)
        return false;
    pthread_detach(thread);
    return true;
}

bool opening_wait(struct opening *o, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += ms % 1000 * 1000000L;
    until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&o->lock);
    while (!o->done && pthread_cond_timedwait(&o->news, &o->lock, &until) == 0)
        ;
    bool done = o->done;
    pthread_mutex_unlock(&o->lock);
    return done;
}

bool opening_brings_text(const struct opening *o)
{
    return o->found.document;
}

struct opened opening_take(struct opening *o)
{
    struct opened found = o->found;
    o->found = (struct opened){0};
    return found;
}

void opening_leave(struct opening *o)
{
    if (!o)
        return;
    pthread_mutex_lock(&o->lock);
    bool done = o->done;
    o->left = true;
    pthread_mutex_unlock(&o->lock);
    if (done)
        free_opening(o);
}

const char *opening_name(const struct opening *o)
{
    return file_name(o->first);
}

void opened_free(struct opened *opened)
{
    vb_player_close(opened->player);
    vb_document_close(opened->document);
    free(opened->sound_path);
    *opened = (struct opened){0};
}
