/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes on in the background. */
#include "view/progress.h"

#include "app/times.h"
#include "base/i18n.h"
#include "view/widgets.h"

enum { LINE = 2, WITH_WORDS = 720 }; /* a narrow window has the line alone */

static vb_str words_of(struct screen *on, vb_time left)
{
    int seconds = (int)(left / VB_SECOND) + 1;
    if (left == VB_NO_TIME)
        return screen_print(on, "%s", _("placing the words"));
    if (seconds < 60)
        return screen_print(on, _("placing the words · %d s left"), seconds);
    return screen_print(on, _("placing the words · %d min left"), (seconds + 59) / 60);
}

int progress_draw(struct screen *on, struct rect bar, int right)
{
    struct times_progress progress;
    if (!times_progress(on->session, &progress))
        return 0;
    int height = px(on, LINE), width = (int)((float)bar.w * progress.done);
    draw_rect(&on->list, (struct rect){bar.x, bar.y + bar.h - height, width, height},
              token(on, ACCENT));
    if (screen_logical_width(on) < WITH_WORDS)
        return 0;
    return px(on, 16) + widget_text_right(on, FACE_UI, 12.5, right, bar.y + px(on, 36),
                                          token(on, INK3), words_of(on, progress.left));
}
