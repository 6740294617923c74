/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The places where sound comes out, by name, and how much later than its card knows each is
 * heard: a Bluetooth headset may take a quarter of a second.
 *
 * Kept in $XDG_CONFIG_HOME/verbatim/outputs, a line an output: "180 = WH-1000XM4". */
#pragma once

#include "base/vec.h"
#include "verbatim/error.h"

enum { OUTPUT_NAME = 160, DELAY_LEAST = -200, DELAY_MOST = 1000 };

struct output {
    char name[OUTPUT_NAME];
    int delay; /* ms; below 0: it is heard earlier than the card says */
};

struct outputs {
    VEC(struct output) known;
    char now[OUTPUT_NAME]; /* what is heard now; empty: nobody told */
    bool changed;          /* not saved yet */
};

int outputs_delay(const struct outputs *outputs); /* of the one heard now; 0: none was set */
void outputs_set_delay(struct outputs *outputs, int ms); /* clamped */
/* `path` NULL: the user's own. Lines that are wrong are skipped; no file is no error. */
void outputs_load(struct outputs *outputs, const char *path);
bool outputs_save(struct outputs *outputs, const char *path, struct vb_error *error);
void outputs_free(struct outputs *outputs);
