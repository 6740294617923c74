/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tags mean that both wikitext and saved HTML use. */
#pragma once

#include "verbatim/types.h"

enum tag_is {
    TAG_UNKNOWN,
    TAG_INLINE, /* changes nothing that we show */
    TAG_BREAK,
    TAG_BOLD,
    TAG_ITALIC,
    TAG_BLOCK,
    TAG_ITEM,
    TAG_HEADING,
    TAG_VERBATIM, /* <nowiki>, <pre>: its content is plain text */
    TAG_NOTE,     /* <ref> */
    TAG_OPAQUE,   /* its content is not shown as text: a formula, a script */
};

/* `name`: the tag's name without brackets, in any case. */
enum tag_is tag_named(vb_str name);
