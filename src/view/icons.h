/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The signs on buttons, as shapes; drawn at any size. */
#pragma once

#include <stdint.h>

enum icon {
    ICON_MENU,
    ICON_SUN,
    ICON_MOON,
    ICON_HELP,
    ICON_PLAY,
    ICON_PAUSE,
    ICON_BACK, /* around a number */
    ICON_FORWARD,
    ICON_PREVIOUS,
    ICON_NEXT,
    ICON_VOLUME,
    ICON_MUTED,
    ICON_UP,
    ICON_DOWN,
    ICON_CLOSE,
    ICON_WARNING,
    ICON_QUESTION,
    ICON_INFO,
    ICON_DROP,
    ICON_SEARCH,
    ICON_SLIDERS,
    ICON_MINUS,
    ICON_PLUS,
    ICON_CHECKED,
    ICON_PENCIL,
    ICON_COUNT,
};

const char *icon_name(int icon);
/* How much of each of size x size pixels it covers, 0 … 255, row by row. */
void icon_cover(int icon, int size, uint8_t *cover);
