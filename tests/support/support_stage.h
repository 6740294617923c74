/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a test of the window's content plays on: a session and its screen, drawn in the measure
 * of support_view.h, and a user's hand. */
#pragma once

#include "support/support_view.h"

struct stage {
    struct session session;
    struct screen screen;
    struct vb_transcript *transcript; /* NULL: what the session opened itself, or nothing */
    int width, height;
};

struct stage *stage_new(int width, int height); /* calm: nothing glides */
void stage_sound(struct stage *stage, vb_time lasts);
/* As transcript_of() reads it; `lasts`: what it is spread over, or VB_NO_TIME. */
void stage_text(struct stage *stage, const char *lines, vb_time lasts);
void leave(struct stage *stage);

void hear(struct stage *stage, uint32_t word); /* it is the one that is heard */

/* Each ends with a frame. */
const struct draw_list *draw(struct stage *stage);
void point(struct stage *stage, enum input_kind kind, int x, int y);
void click(struct stage *stage, int x, int y);
void wheel_at(struct stage *stage, int x, int y, float notches);
bool press_key(struct stage *stage, struct key_press key);
bool press_name(struct stage *stage, enum key_name name, unsigned modifiers);

/* The item that draws this text; NULL: nobody does. */
const struct draw_item *find_text(struct stage *stage, const char *text);
