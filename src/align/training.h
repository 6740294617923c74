/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models from synthetic speech: the whole text said once, and parts of it by other voices. */
#pragma once

#include "align/models.h"
#include "align/script.h"
#include "align/work.h"

/* `high`: the recording's band limit. All that is named must live as long. */
struct training *training_new(struct script *script, struct synthesiser *v,
                              const char *language, double high, struct phones *phones);
void training_free(struct training *t);

/* Says the whole text: the script has its ways and lengths then. False: cancelled. */
bool training_say_text(struct training *t, const struct work *work);
/* Other voices say parts of it. False: cancelled. */
bool training_say_again(struct training *t, const struct work *work);
/* The models of all that was said. */
void training_make(const struct training *t, struct models *m);
