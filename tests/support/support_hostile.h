/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Input that nobody would write, and what reading it may cost. */
#pragma once

#include "base/buf.h"
#include "verbatim/error.h"
#include "verbatim/transcript.h"

/* Reads it as a format, which it is guessed to be or not. NULL where it was refused; the test
 * fails where `error` does not say why.  It may take so much of the processor as linear reading
 * needs ten times over on a slow machine with sanitizers, or the system ends the program. */
struct vb_transcript *hostile_read(const char *format, vb_str text, struct vb_error *error);
/* `start`, then `part` so many times, then `end`; buf_free() it. */
struct buf hostile_text(const char *start, const char *part, size_t times, const char *end);
