/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pins in the sidebar. */
#include "view/outline_pins.h"

#include "app/pins.h"
#include "base/i18n.h"
#include "base/str.h"
#include "transcript/text.h"
#include "view/icons.h"
#include "view/widgets.h"

enum { ROW = 34, ROWS_MOST = 4, FIRST_WORDS = 6 };

static int rows_in(const struct screen *on, int room)
{
    size_t count;
    pins_all(on->session, &count);
    int rows = (room - px(on, PANEL_HEAD)) / px(on, ROW);
    rows = rows > ROWS_MOST ? ROWS_MOST : rows;
    return rows > (int)count ? (int)count : rows;
}

int outline_pins_height(const struct screen *on, int room)
{
    int rows = rows_in(on, room);
    return rows > 0 ? px(on, PANEL_HEAD) + rows * px(on, ROW) : 0;
}

static void go(struct screen *on, long word)
{
    if ((uint32_t)word >= vb_word_count(on->session->transcript))
        return;
    on->scroll.held = on->scroll.suspended = false;
    session_play_word(on->session, (uint32_t)word);
    view_outline_close(on);
}

static void take_away(struct screen *on, long word)
{
    pins_remove(on->session, (uint32_t)word);
}

/* From the pinned word on. */
static vb_str text_of_pin(struct screen *on, uint32_t word)
{
    const struct vb_transcript *t = on->session->transcript;
    struct buf words = {0};
    uint32_t left = vb_word_count(t) - word;
    text_of_words(t, word, left < FIRST_WORDS ? left : FIRST_WORDS, &words);
    vb_str text = screen_print(on, "%s", words.len ? words.data : "");
    buf_free(&words);
    return text;
}

static void draw_cross(struct screen *on, struct rect at, uint32_t word)
{
    int size = px(on, 14);
    bool hovered = screen_hovers(on, at);
    screen_spot(on, at, take_away, (long)word,
                screen_print(on, "%s", _("take this “heard now” away")));
    if (hovered)
        draw_round(&on->list, at, px(on, 6), CORNERS_ALL, color_faded(token(on, INK), 10));
    draw_icon(&on->list,
              (struct rect){at.x + (at.w - size) / 2, at.y + (at.h - size) / 2, size, size},
              ICON_CLOSE, token(on, hovered ? INK : INK3));
}

static void draw_row(struct screen *on, struct rect at, const struct store_mark *pin)
{
    int pad = px(on, 8), cross = px(on, 24), dot = px(on, 7);
    struct rect end = {at.x + at.w - cross, at.y + (at.h - cross) / 2, cross, cross};
    int left = at.x + pad, right = end.x - px(on, 6);
    int baseline = widget_baseline(on, at, FACE_UI, 13.5);
    vb_str time = screen_time(on, pin->time);
    screen_spot(on, at, go, (long)pin->word, VB_STR(""));
    rows_draw_ground(on, at, false);
    draw_round(&on->list, (struct rect){left, at.y + (at.h - dot) / 2, dot, dot}, dot / 2,
               CORNERS_ALL, token(on, ACCENT));
    left += dot + px(on, 8);
    int width = widget_text_right(on, FACE_FIGURES, 12, right, baseline, token(on, INK3), time);
    widget_fit(on, FACE_UI, 13.5, left, baseline, right - width - px(on, 10) - left,
               token(on, INK2), text_of_pin(on, pin->word));
    draw_cross(on, end, pin->word);
}

/* The first row shown: the one before what is heard stands second. */
static size_t first_shown(const struct screen *on, size_t rows)
{
    size_t count, i = 0;
    const struct store_mark *pins = pins_all(on->session, &count);
    while (i < count && pins[i].time <= on->session->now.position)
        i++;
    i = i > 2 ? i - 2 : 0;
    return i + rows > count ? count - rows : i;
}

void outline_pins_draw(struct screen *on, struct rect at)
{
    size_t count, rows = (size_t)rows_in(on, at.h), first = first_shown(on, rows);
    const struct store_mark *pins = pins_all(on->session, &count);
    panel_draw_head(on, at.x + px(on, 8), at.y, str_of(_("HEARD NOW")));
    for (size_t i = 0; i < rows; i++)
        draw_row(on,
                 (struct rect){at.x, at.y + px(on, PANEL_HEAD) + (int)i * px(on, ROW), at.w,
                               px(on, ROW)},
                 &pins[first + i]);
}
