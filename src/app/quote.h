/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the transcript as text to take along: plain, or as a quotation that tells who said
 * it, when, in what, and under which licence. */
#pragma once

#include "app/selection.h"

enum quote_form {
    QUOTE_PLAIN,
    QUOTE_MARKDOWN,
    QUOTE_WIKI,
    QUOTE_HTML,
    QUOTE_LINK, /* the address alone, with the time in it */
    QUOTE_FORMS,
};

/* The words as they stand in the page: a line for each paragraph; names before the turns when
 * there are several. */
void quote_text(const struct session *s, struct selected words, struct buf *out);
void quote_put(const struct session *s, struct selected words, enum quote_form form,
               struct buf *out);
const char *quote_form_title(enum quote_form form); /* translated */
