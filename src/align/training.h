/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Models from synthetic speech: the whole text said once, and parts of it by other voices. */
#pragma once

#include "align/models.h"
#include "align/script.h"
#include "align/work.h"

/* Gives the script its ways and `m` its states. `high`: the recording's band limit. */
bool training_run(struct script *script, struct voice *v, const char *language, double high,
                  struct phones *phones, struct models *m, const struct work *work,
                  struct vb_error *error);
