/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bookmarks in the sidebar. */
#include "view/outline_marks.h"

#include "base/i18n.h"
#include "base/str.h"
#include "transcript/text.h"
#include "view/widgets.h"

enum { ROW = 34, ROWS_MOST = 6, FIRST_WORDS = 8 };

static size_t count_of(const struct screen *on)
{
    size_t count;
    bookmarks_list(on->session, &count);
    return count;
}

static int rows_in(const struct screen *on, int room)
{
    int rows = (room - px(on, PANEL_HEAD)) / px(on, ROW), count = (int)count_of(on);
    rows = rows > ROWS_MOST ? ROWS_MOST : rows;
    return rows > count ? count : rows;
}

int outline_marks_height(const struct screen *on, int room)
{
    int rows = rows_in(on, room);
    return rows > 0 ? px(on, PANEL_HEAD) + rows * px(on, ROW) : 0;
}

/* The note; without one the words at the bookmark. */
static vb_str text_of_mark(struct screen *on, const struct store_mark *mark)
{
    const struct vb_transcript *t = on->session->transcript;
    uint32_t count = t ? vb_word_count(t) : 0;
    if (mark->note.len)
        return screen_print(on, "%s", mark->note.data);
    if (mark->word >= count)
        return screen_print(on, "%s", _("a moment"));
    struct buf words = {0};
    uint32_t left = count - mark->word;
    text_of_words(t, mark->word, left < FIRST_WORDS ? left : FIRST_WORDS, &words);
    vb_str text = screen_print(on, "%s", words.len ? words.data : "");
    buf_free(&words);
    return text;
}

static void go(struct screen *on, long i)
{
    size_t count;
    const struct store_mark *marks = bookmarks_list(on->session, &count);
    if ((size_t)i >= count)
        return;
    on->scroll.held = on->scroll.suspended = false;
    if (on->session->transcript && marks[i].word < vb_word_count(on->session->transcript))
        session_play_word(on->session, marks[i].word);
    else
        session_seek(on->session, bookmarks_time(on->session, &marks[i]));
    view_outline_close(on);
}

static void draw_row(struct screen *on, struct rect at, size_t i)
{
    size_t count;
    const struct store_mark *mark = &bookmarks_list(on->session, &count)[i];
    vb_str time = screen_time(on, bookmarks_time(on->session, mark));
    vb_str text = text_of_mark(on, mark);
    int pad = px(on, 8), right = at.x + at.w - pad, dot = px(on, 8);
    int baseline = widget_baseline(on, at, FACE_UI, 13.5), left = at.x + pad;
    screen_spot(on, at, go, (long)i, mark->note.len ? text : VB_STR(""));
    rows_draw_ground(on, at, false);
    draw_rect(&on->list, (struct rect){left, at.y + (at.h - dot) / 2, px(on, 5), dot},
              token(on, ACCENT)); /* a flag, as on the tracks */
    left += px(on, 5) + px(on, 10);
    int width = widget_text_right(on, FACE_FIGURES, 12, right, baseline, token(on, INK3), time);
    widget_fit(on, FACE_UI, 13.5, left, baseline, right - width - px(on, 10) - left,
               token(on, INK2), text);
}

/* The first row shown: the one before what is heard stands second. */
static size_t first_shown(const struct screen *on, size_t rows)
{
    size_t count, i = 0;
    const struct store_mark *marks = bookmarks_list(on->session, &count);
    while (i < count && bookmarks_time(on->session, &marks[i]) <= on->session->now.position)
        i++;
    i = i > 2 ? i - 2 : 0;
    return i + rows > count ? count - rows : i;
}

void outline_marks_draw(struct screen *on, struct rect at)
{
    size_t rows = (size_t)rows_in(on, at.h), first = first_shown(on, rows);
    panel_draw_head(on, at.x + px(on, 8), at.y, str_of(_("BOOKMARKS")));
    for (size_t i = 0; i < rows; i++)
        draw_row(on,
                 (struct rect){at.x, at.y + px(on, PANEL_HEAD) + (int)i * px(on, ROW), at.w,
                               px(on, ROW)},
                 first + i);
}
