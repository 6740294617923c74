/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/library.h"

#include <dlfcn.h>
#include <pthread.h>

static bool load(const struct library *library)
{
    void *file = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL);
    bool whole = file;
    for (size_t i = 0; i < library->count && whole; i++) {
        void *found = dlsym(file, library->functions[i].name);
        *(void **)library->functions[i].pointer = found; /* POSIX: it holds a function's */
        whole = found;
    }
    return whole;
}

bool library_there(struct library *library)
{
    static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&one_at_a_time);
    if (!library->was_tried)
        library->is_there = load(library);
    library->was_tried = true;
    bool is_there = library->is_there;
    pthread_mutex_unlock(&one_at_a_time);
    return is_there;
}
