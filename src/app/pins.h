/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "Heard now": the user says at which time a word is heard, and nothing knows better. */
#pragma once

#include "app/session.h"

/* Pins the word that the menu is open for, else the current one, to the time that is heard. Says
 * what came of it. */
void pins_here(struct session *s);
/* The word to the time that is heard. Older pins that contradict it are taken away with it. */
void pins_word(struct session *s, uint32_t word);
/* Takes the pin of a word away; VB_NONE: that of the current word, else the last one before. */
void pins_remove(struct session *s, uint32_t word);
void pins_undo(struct session *s);
void pins_redo(struct session *s);
/* Writes the pin of a word (VB_NONE: as above) into the text, as the file writes its times. */
void pins_write(struct session *s, uint32_t word);

/* In reading order: lent, until they change. */
const struct store_mark *pins_all(const struct session *s, size_t *count);
bool pins_are_there(const struct session *s);
/* For the aligner; free() it. */
struct vb_pin *pins_list(const struct session *s, size_t *count);
/* `base` made to agree with them; NULL: there are none. */
struct vb_timeline *pins_applied(const struct session *s, const struct vb_timeline *base);

/* ---- parts of the session ---- */

void pins_opened(struct session *s);
/* The text became another one: `before` (NULL: there was none) is what pins count in. */
void pins_follow(struct session *s, const struct vb_transcript *before);
void pins_forget(struct session *s);
