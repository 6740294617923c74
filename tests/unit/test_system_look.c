/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the desktop says of its look, and what the window asks of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "sdl/look.h"
#include "sdl/system_look.h"

static char folder[] = "/tmp/verbatim-look-XXXXXX";

static void nobody(void *ctx)
{
    (void)ctx;
}

/* A desktop whose gsettings gives that answer. */
static void desktop_says(const char *scheme, const char *animations)
{
    char path[64];
    snprintf(path, sizeof path, "%s/gsettings", folder);
    FILE *script = fopen(path, "w");
    assert_non_null(script);
    fprintf(script,
            "#!/bin/sh\n"
            "echo \"org.gnome.desktop.interface color-scheme '%s'\"\n"
            "echo 'org.gnome.desktop.interface enable-animations %s'\n",
            scheme, animations);
    fclose(script);
    chmod(path, 0700);
}

/* It is asked on a thread of its own, and one at a time. */
static bool comes_to(bool dark, bool calm)
{
    const struct timespec moment = {.tv_nsec = 5000000};
    for (int i = 0; i < 2000; i++) {
        system_look_ask(nobody, NULL);
        if (system_look_is_dark() == dark && system_look_is_calm() == calm)
            return true;
        nanosleep(&moment, NULL);
    }
    return false;
}

static void the_system_s_dark_and_calm_are_followed_there_and_back(void **state)
{
    (void)state;
    desktop_says("prefer-dark", "false");
    assert_true(comes_to(true, true));
    desktop_says("default", "true");
    assert_true(comes_to(false, false));
}

static void a_theme_named_for_this_program_alone_counts(void **state)
{
    (void)state;
    setenv("GTK_THEME", "Adwaita:dark", 1);
    system_look_ask(nobody, NULL);
    assert_true(system_look_is_dark());
    unsetenv("GTK_THEME");
}

static void the_screen_may_sleep_while_somebody_reads(void **state)
{
    (void)state;
    look_begin();
    assert_int_equal(SDL_InitSubSystem(SDL_INIT_VIDEO), 0);
    assert_true(SDL_IsScreenSaverEnabled());
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

static int set_up(void **state)
{
    char path[4096];
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s:%s", folder, getenv("PATH"));
    setenv("PATH", path, 1);
    setenv("XDG_CURRENT_DESKTOP", "GNOME", 1);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    unsetenv("GTK_THEME");
    return 0;
}

static int tear_down(void **state)
{
    char path[64];
    (void)state;
    snprintf(path, sizeof path, "%s/gsettings", folder);
    remove(path);
    return remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_system_s_dark_and_calm_are_followed_there_and_back),
        cmocka_unit_test(a_theme_named_for_this_program_alone_counts),
        cmocka_unit_test(the_screen_may_sleep_while_somebody_reads),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
