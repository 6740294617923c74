/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sdl/system_look.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    atomic_bool asking, is_dark, is_calm;
    void (*notify)(void *ctx);
    void *ctx;
} look;

/* Lines like "org.gnome.desktop.interface color-scheme 'prefer-dark'". */
static void take_line(const char *line)
{
    if (strstr(line, " color-scheme "))
        atomic_store(&look.is_dark, strstr(line, "prefer-dark") != NULL);
    if (strstr(line, " enable-animations "))
        atomic_store(&look.is_calm, strstr(line, "false") != NULL);
}

static void *ask(void *nothing)
{
    char line[512];
    FILE *answer =
        popen("gsettings list-recursively org.gnome.desktop.interface 2>/dev/null", "r");
    while (answer && fgets(line, sizeof line, answer))
        take_line(line);
    if (answer)
        pclose(answer);
    look.notify(look.ctx);
    atomic_store(&look.asking, false);
    return nothing;
}

void system_look_ask(void (*notify)(void *ctx), void *ctx)
{
    const char *desktop = getenv("XDG_CURRENT_DESKTOP"), *theme = getenv("GTK_THEME");
    pthread_t thread;
    if (theme && *theme) { /* says it for one program */
        atomic_store(&look.is_dark, strstr(theme, "dark") != NULL);
        return;
    }
    if (!desktop || !*desktop || atomic_exchange(&look.asking, true))
        return;
    look.notify = notify;
    look.ctx = ctx;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setdetachstate(&small, PTHREAD_CREATE_DETACHED);
    if (pthread_create(&thread, &small, ask, NULL))
        atomic_store(&look.asking, false);
    pthread_attr_destroy(&small);
}

bool system_look_is_dark(void)
{
    return atomic_load(&look.is_dark);
}

bool system_look_is_calm(void)
{
    return atomic_load(&look.is_calm);
}
