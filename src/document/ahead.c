/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "document/ahead.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/mem.h"
#include "document/parts.h"
#include "transcript/rows.h"

enum { LONG = 1 << 20 }; /* bytes; less is copied before anybody notices */

struct ahead {
    pthread_t thread;
    struct source *source;
    vb_str text;
    struct buf copy; /* the thread's, until it ends */
};

static void *copy(void *context)
{
    struct ahead *a = context;
    buf_reserve(&a->copy, a->text.len + a->text.len / 32);
    buf_add(&a->copy, a->text);
    return NULL;
}

void document_copy_ahead(struct vb_document *d)
{
    if (!d->source || d->ahead || d->text.len < LONG)
        return;
    struct ahead *a = mem_new(sizeof *a);
    a->source = source_ref(d->source);
    a->text = buf_str(&d->text);
    if (pthread_create(&a->thread, NULL, copy, a) == 0) {
        d->ahead = a;
        return;
    }
    source_unref(a->source); /* no more threads: it is copied when it is needed */
    free(a);
}

struct buf document_take_copy(struct vb_document *d)
{
    struct ahead *a = d->ahead;
    struct buf made = {0};
    if (!a)
        return made;
    pthread_join(a->thread, NULL);
    made = a->copy;
    if (a->source != d->source)
        buf_free(&made); /* of a text that is open no more */
    source_unref(a->source);
    free(a);
    d->ahead = NULL;
    return made;
}
