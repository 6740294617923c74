/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the editor: places (editor.c), keys (editor_keys.c), drawing (editor_draw.c).
 */
#pragma once

#include "view/editor.h"

/* Lays out what is open, as the caret has it now. */
void editor_lay(struct screen *on);
int editor_y(const struct screen *on);        /* of its first line, in the window */
size_t editor_caret(const struct screen *on); /* in the text that is shown */
void editor_go_to(struct screen *on, int x, int y, bool selects);
