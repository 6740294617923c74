/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several views draw alike: fitted text, buttons, tips. */
#pragma once

#include "view/screen.h"

/* `size` is logical. Returns the width. */
int widget_text(struct screen *on, enum face face, double size, int x, int baseline, color c,
                vb_str text);
/* The same, ending in "…" where it is wider than `room`. */
int widget_fit(struct screen *on, enum face face, double size, int x, int baseline, int room,
               color c, vb_str text);
/* Ends at `right`. */
int widget_text_right(struct screen *on, enum face face, double size, int right, int baseline,
                      color c, vb_str text);
int widget_width(const struct screen *on, enum face face, double size, vb_str text);
/* The baseline that puts capitals of that size in the middle of a row. */
int widget_baseline(const struct screen *on, struct rect row, enum face face, double size);

/* How a text of several lines is set; sizes are logical. */
struct text_style {
    enum face face;
    double size, line;
    bool centred; /* each line in the middle of the room */
};
/* The height of `text` in lines of at most `room` pixels, and drawing it. */
int widget_lines_height(struct screen *on, const struct text_style *style, int room,
                        vb_str text);
int widget_lines(struct screen *on, const struct text_style *style, int x, int y, int room,
                 color c, vb_str text);
/* As much of it as stands in that height, up to the end of a word and with "…" behind it. */
vb_str widget_lines_within(struct screen *on, const struct text_style *style, int room,
                           int height, vb_str text);
extern const struct text_style text_note; /* messages, help */

/* A button that runs an action; its tip is the action's help and keys. */
void widget_icon_button(struct screen *on, struct rect at, enum icon icon, const char *action);
/* The same with another function than an action's. */
void widget_icon_spot(struct screen *on, struct rect at, enum icon icon,
                      void (*run)(struct screen *on, long amount), long amount, vb_str tip);
/* "Play or pause (Space)" */
vb_str widget_action_tip(struct screen *on, const char *action);
/* A help text of a table as a sentence of its own: it begins with a capital. */
vb_str widget_sentence(struct screen *on, const char *text);
vb_str widget_action_keys(struct screen *on, const char *action); /* "Space, Ctrl+Space" */
void widget_run_action(struct screen *on, long action); /* by its place in the table */
long widget_action_index(const char *action);

/* A button with words; returns its width, which `draws` false only asks for. `strong`: filled
 * with the accent. */
int widget_button(struct screen *on, int x, int y, vb_str text, bool strong,
                  void (*run)(struct screen *on, long amount), bool draws);

void widget_shadow(struct screen *on, struct rect at, int radius);
/* Below the thing where there is room, else (or when `above`) above it. */
void widget_tip(struct screen *on, struct rect thing, vb_str text, bool above);
/* A thin line, visible as a border between two grounds. */
color widget_hairline(const struct screen *on);
