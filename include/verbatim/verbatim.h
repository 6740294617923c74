/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libverbatim, whole: transcripts, their times, and the sound they belong to. */
#pragma once

#include "verbatim/align.h"
#include "verbatim/clip.h"
#include "verbatim/document.h"
#include "verbatim/error.h"
#include "verbatim/find.h"
#include "verbatim/format.h"
#include "verbatim/peaks.h"
#include "verbatim/player.h"
#include "verbatim/sound.h"
#include "verbatim/task.h"
#include "verbatim/timeline.h"
#include "verbatim/transcript.h"
#include "verbatim/types.h"
