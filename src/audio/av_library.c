/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "audio/av_library.h"

#include <dlfcn.h>
#include <pthread.h>

#ifdef __APPLE__
#define LIBRARY_FILE(name, version) "lib" #name "." AV_STRINGIFY(version) ".dylib"
#else
#define LIBRARY_FILE(name, version) "lib" #name ".so." AV_STRINGIFY(version)
#endif

struct av_library av;

static bool is_there;

/* Stays loaded: what a library keeps is good for as long as the program runs. */
static void *load(const char *file)
{
    return dlopen(file, RTLD_LAZY | RTLD_LOCAL);
}

static bool find(void *library, const char *name, void *function)
{
    void *found = library ? dlsym(library, name) : NULL;
    *(void **)function = found; /* POSIX: an object pointer holds a function's */
    return found;
}

static void load_all(void)
{
    void *avutil = load(LIBRARY_FILE(avutil, LIBAVUTIL_VERSION_MAJOR));
    void *avcodec = load(LIBRARY_FILE(avcodec, LIBAVCODEC_VERSION_MAJOR));
    void *avformat = load(LIBRARY_FILE(avformat, LIBAVFORMAT_VERSION_MAJOR));
    void *swresample = load(LIBRARY_FILE(swresample, LIBSWRESAMPLE_VERSION_MAJOR));
    is_there = true;
#define X(library, function) is_there &= find(library, #function, &av.function);
    AV_FUNCTIONS(X)
#undef X
}

bool av_library_there(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load_all);
    return is_there;
}
