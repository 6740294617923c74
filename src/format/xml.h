/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing XML: text as it must stand between tags and inside quotes. */
#pragma once

#include "base/buf.h"

/* & < > " and ' as references; control characters, which XML has not, as U+FFFD. */
void xml_put(struct buf *out, vb_str text);
/* name="text", with a space before it; nothing for an empty text. */
void xml_attribute(struct buf *out, const char *name, vb_str text);
