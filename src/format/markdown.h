/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text inside a block of Markdown, to pieces. */
#pragma once

#include "base/vec.h"
#include "transcript/builder.h"

struct markdown {
    VEC(struct piece) pieces;
};

/* Reads source[from, until); what was read before is forgotten. `stage`: nothing is spoken. */
void markdown_read(struct markdown *m, vb_str source, size_t from, size_t until, bool stage);
void markdown_free(struct markdown *m);

/* A block that is one bracket with a stage direction: "\[Rires\]". */
bool markdown_is_stage(vb_str block);
/* As it is shown, without markup. */
void markdown_plain(vb_str text, struct buf *into);
/* With a backslash before what would be markup. */
void markdown_quote(vb_str text, struct buf *out);
