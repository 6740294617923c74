/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A dialog to choose a file with, by a helper program.
 *
 * A thread starts the helper and waits for the name that it prints, so that the reading goes on
 * meanwhile. */
#include "sdl/chooser.h"

#include <fcntl.h>
#include <pthread.h>
#include <SDL.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/asks.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "sdl/window_parts.h"

extern char **environ;

enum { WORDS = 8 };

/* "%t" stands for the title, "%f" for the file that is offered. */
/* clang-format off */
static const struct helper {
    const char *program, *desktop;
    const char *opens[WORDS], *saves[WORDS];
} helpers[] = {
    {"zenity", "GNOME",
     {"zenity", "--file-selection", "--title", "%t", "--filename=%f"},
     {"zenity", "--file-selection", "--save", "--confirm-overwrite", "--title", "%t", "--filename=%f"}},
    {"kdialog", "KDE",
     {"kdialog", "--title", "%t", "--getopenfilename", "%f"},
     {"kdialog", "--title", "%t", "--getsavefilename", "%f"}},
};
/* clang-format on */

/* What is asked for; the thread's. */
struct asking {
    const struct helper *helper;
    enum ask what;
    char *offered;
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

/* The desktop's own, else any. */
static const struct helper *find_helper(void)
{
    const char *desktop = getenv("XDG_CURRENT_DESKTOP");
    const struct helper *found = NULL;
    for (size_t i = 0; i < COUNT(helpers); i++) {
        if (!is_in_path(helpers[i].program))
            continue;
        if (strstr(desktop ? desktop : "", helpers[i].desktop))
            return &helpers[i];
        found = found ? found : &helpers[i];
    }
    return found;
}

static void fill(const char *word, const struct asking *asking, struct buf *out)
{
    for (; *word; word++) {
        if (word[0] != '%') {
            buf_putc(out, *word);
            continue;
        }
        buf_puts(out, *++word == 't' ? _(question_of(asking->what)->title) : asking->offered);
    }
}

/* What the helper prints. */
static void run(const struct asking *asking, struct buf *answer)
{
    const struct helper *helper = asking->helper;
    bool saves = question_of(asking->what)->file == FILE_NEW;
    const char *const *pattern = saves ? helper->saves : helper->opens;
    struct buf filled[WORDS] = {{0}};
    char *words[WORDS + 1] = {NULL}, bytes[4096];
    int ends[2];
    pid_t child;
    if (pipe2(ends, O_CLOEXEC))
        return;
    for (size_t i = 0; i < WORDS && pattern[i]; i++) {
        buf_puts(&filled[i], "");
        fill(pattern[i], asking, &filled[i]);
        words[i] = filled[i].data;
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    bool runs = posix_spawnp(&child, helper->program, &actions, NULL, words, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    for (ssize_t got; runs && (got = read(ends[0], bytes, sizeof bytes)) > 0;)
        buf_add(answer, (vb_str){bytes, (size_t)got});
    close(ends[0]);
    if (runs)
        waitpid(child, NULL, 0);
    for (size_t i = 0; i < WORDS; i++)
        buf_free(&filled[i]);
}

static void bring(enum ask what, vb_str path)
{
    SDL_Event event = {.type = SDL_USEREVENT};
    char *copy = SDL_malloc(path.len + 1);
    if (!copy)
        return;
    memcpy(copy, path.data, path.len);
    copy[path.len] = '\0';
    event.user.code = (int)what;
    event.user.data1 = copy;
    if (!window_push(&event))
        SDL_free(copy);
}

static void free_asking(struct asking *asking)
{
    free(asking->offered);
    free(asking);
}

static void *choose(void *ctx)
{
    struct asking *asking = ctx;
    struct buf answer = {0};
    vb_str path;
    size_t at = 0;
    run(asking, &answer);
    if (str_line(buf_str(&answer), &at, &path) && path.len)
        bring(asking->what, path);
    buf_free(&answer);
    free_asking(asking);
    atomic_store(&is_open, false);
    return NULL;
}

bool chooser_ask(enum ask what, const char *offered)
{
    const struct helper *helper = find_helper();
    pthread_t thread;
    if (!helper)
        return false;
    if (atomic_exchange(&is_open, true))
        return true; /* one is enough */
    struct asking *asking = mem_new(sizeof *asking);
    *asking = (struct asking){helper, what, strdup(offered)};
    if (pthread_create(&thread, NULL, choose, asking)) {
        free_asking(asking);
        atomic_store(&is_open, false);
        return false;
    }
    pthread_detach(thread);
    return true;
}
