/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A share of a long task: progress from here to there, and whether to stop. */
#pragma once

#include "base/err.h"
#include "base/i18n.h"
#include "verbatim/align.h"

struct work {
    const struct vb_task *task; /* NULL: nobody watches */
    float from, until;
};

static inline void work_done(const struct work *work, double share)
{
    if (work->task && work->task->progress)
        work->task->progress(work->task->ctx,
                             work->from + (work->until - work->from) * (float)share);
}

static inline bool work_stopped(const struct work *work)
{
    return work->task && work->task->cancelled && work->task->cancelled(work->task->ctx);
}

static inline bool work_say_stopped(struct vb_error *error)
{
    return err_set(error, VB_CANCELLED, "%s", _("stopped before the end"));
}
