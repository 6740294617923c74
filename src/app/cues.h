/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cues divided and joined, in files where each is a line with two times and lines of text below
 * it (SubRip, WebVTT, SBV): what nobody touched stays as it is, but for the numbers of the cues
 * that follow. */
#pragma once

#include "app/session.h"

/* Before that word: when it is heard the first part ends and the second begins. False: it can't
 * be, `error` says why. */
bool cues_split(struct session *s, uint32_t word, struct vb_error *error);
/* The cue whose passage is `a` takes up the text of the next one, `b`, and lasts as long. */
bool cues_join(struct session *s, struct vb_span a, struct vb_span b, struct vb_error *error);
