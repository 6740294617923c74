/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialog to choose a file with, by a helper program.
 *
 * A thread starts the helper and waits for the name that it prints, so that the reading goes on
 * meanwhile. */
#include "sdl/chooser.h"

#include <pthread.h>
#include <SDL.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

extern char **environ;

enum { WORDS = 6 };

/* The desktop's own first. */
static const struct helper {
    const char *program, *desktop;
    const char *words[WORDS]; /* "%" stands for the title */
} helpers[] = {
    {"kdialog", "KDE", {"kdialog", "--title", "%", "--getopenfilename", NULL}},
    {"zenity",  "",    {"zenity", "--file-selection", "--title", "%", NULL}  },
    {"kdialog", "",    {"kdialog", "--title", "%", "--getopenfilename", NULL}},
};

static atomic_bool is_open;

static bool is_in_path(const char *program)
{
    const char *path = getenv("PATH");
    struct buf name = {0};
    bool found = false;
    while (path && *path && !found) {
        size_t len = strcspn(path, ":");
        buf_clear(&name);
        buf_printf(&name, "%.*s/%s", (int)len, path, program);
        found = access(name.data, X_OK) == 0;
        path += len + (path[len] == ':');
    }
    buf_free(&name);
    return found;
}

static const struct helper *find_helper(void)
{
    const char *desktop = getenv("XDG_CURRENT_DESKTOP");
    for (size_t i = 0; i < COUNT(helpers); i++)
        if (strstr(desktop ? desktop : "", helpers[i].desktop) &&
            is_in_path(helpers[i].program))
            return &helpers[i];
    return NULL;
}

/* What the helper printed; its words are made here. */
static void ask(const struct helper *helper, struct buf *answer)
{
    char *words[WORDS], bytes[4096];
    int ends[2];
    pid_t child;
    if (pipe(ends))
        return;
    for (size_t i = 0; i < WORDS; i++)
        words[i] = helper->words[i] && !strcmp(helper->words[i], "%")
                       ? (char *)_("Open a recording or a transcript")
                       : (char *)helper->words[i];
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    bool runs = posix_spawnp(&child, helper->program, &actions, NULL, words, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    for (ssize_t got; runs && (got = read(ends[0], bytes, sizeof bytes)) > 0;)
        buf_add(answer, (vb_str){bytes, (size_t)got});
    close(ends[0]);
    if (runs)
        waitpid(child, NULL, 0);
}

static void *choose(void *ctx)
{
    struct buf answer = {0};
    ask(ctx, &answer);
    vb_str path;
    size_t at = 0;
    if (str_line(buf_str(&answer), &at, &path) && path.len) {
        SDL_Event event = {.type = SDL_DROPFILE};
        event.drop.file = SDL_malloc(path.len + 1);
        if (event.drop.file) {
            memcpy(event.drop.file, path.data, path.len);
            event.drop.file[path.len] = '\0';
            SDL_PushEvent(&event);
        }
    }
    buf_free(&answer);
    atomic_store(&is_open, false);
    return NULL;
}

bool chooser_open(void)
{
    const struct helper *helper = find_helper();
    pthread_t thread;
    if (!helper)
        return false;
    if (atomic_exchange(&is_open, true))
        return true; /* one is enough */
    if (pthread_create(&thread, NULL, choose, (void *)(uintptr_t)helper)) {
        atomic_store(&is_open, false);
        return false;
    }
    pthread_detach(thread);
    return true;
}
