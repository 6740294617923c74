/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns divided, joined and renamed, as the page itself writes them. */
#pragma once

#include "app/session.h"

/* The paragraph of the caret with the one before (`back`), else with the next one; what stands
 * between them, a label too, is taken out. Says why it can't be. */
void turns_join_at_caret(struct session *s, bool back);
/* Asks who speaks from there on; a cue is divided at once. The page has a word. */
void turns_ask_split(struct session *s);
/* From the caret on, or from the word that is read, that speaker is heard. False: `why` holds a
 * sentence. */
bool turns_split(struct session *s, vb_str speaker, struct buf *why);
/* Who may be next: for the question's field. */
void turns_offer_speaker(const struct session *s, struct buf *out);
/* The speaker of the turn that is corrected or read. */
void turns_offer_name(const struct session *s, struct buf *out);
/* In all labels, and in the header. False: `why` holds a sentence. */
bool turns_rename(struct session *s, vb_str name, struct buf *why);
/* How many places a renaming would change: "12 labels, and the header". */
void turns_preview_rename(const struct session *s, vb_str name, struct buf *out);
