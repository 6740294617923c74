/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy of a long text, made while nobody waits for it.
 *
 * The transcript reads its letters in the text as it was opened, so that the first change needs
 * another one: millions of bytes of memory that nobody touched yet, for which the hand would
 * wait. A thread makes it as soon as the caret stands somewhere. */
#pragma once

#include "base/buf.h"
#include "verbatim/document.h"

/* A change is likely to come. */
void document_copy_ahead(struct vb_document *d);
/* The copy of the text as it is now, waited for; empty: none was begun. */
struct buf document_take_copy(struct vb_document *d);
