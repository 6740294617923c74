/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To the clipboard, and a word about it to the user. */
#pragma once

#include "app/quote.h"

void copy_selection(struct session *s); /* without one: the turn being heard */
void copy_quote(struct session *s, enum quote_form form);
void copy_time(struct session *s); /* as the page writes it: "16’ 20" */
/* What is selected, for the middle button where the desktop knows that. */
void copy_offer_selection(struct session *s);
