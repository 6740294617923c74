/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who speaks in a cue, as its text says: "Anne : Bonjour", "[Anne] Bonjour", ">> Bonjour".
 *
 * A file of subtitles lists nobody, so all its cues are asked first (cue_names_meet()), and
 * then each is judged: a name that comes twice is one; a name of several words, or one among
 * others that come twice, needs to come once.  "Remarque : …" is none.  In brackets they are
 * believed where half of the cues begin so: "[Musique]" is none. */
#pragma once

#include "format/april.h"

struct cue_names;

struct cue_names *cue_names_new(void);
void cue_names_free(struct cue_names *n);
/* What a cue begins with; only its first line counts. */
void cue_names_meet(struct cue_names *n, vb_str text);
/* How many cues there are in all: where nearly each begins with a name, once is enough. */
void cue_names_expect(struct cue_names *n, size_t cues);
/* Once all were met. False: no name begins the text. */
bool cue_names_find(const struct cue_names *n, vb_str text, struct label_shape *shape);
/* Is anybody named in the file? */
bool cue_names_any(const struct cue_names *n);

/* "Speaker" of "Speaker 1". */
vb_str cue_name_alone(vb_str name);

/* How many bytes of ">> ", the sign for "another speaks", begin the text. */
size_t cue_chevrons(vb_str text);
