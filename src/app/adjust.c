/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/adjust.h"

#include <string.h>

#include "app/relire.h"

void adjust_to(struct session *s, const struct settings *settings)
{
    struct settings before = s->settings;
    s->settings = *settings;
    if (before.volume != settings->volume)
        session_set_volume(s, settings->volume);
    if (before.speed != settings->speed)
        session_set_speed(s, settings->speed);
    if (before.follow != settings->follow)
        session_set_follow(s, settings->follow);
    if (before.zoom != settings->zoom)
        session_set_zoom(s, settings->zoom);
    if (memcmp(before.looks_for, settings->looks_for, sizeof before.looks_for))
        relire_show_wanted(s);
}
