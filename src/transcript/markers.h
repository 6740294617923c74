/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of the page's time markers can serve as anchors. */
#pragma once

#include "transcript/builder.h"

/* Sets `usable` of every marker, and notes those that can't serve and why. */
void markers_judge(struct builder *b);
