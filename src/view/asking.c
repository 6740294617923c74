/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user is asked, brought together with what the window shows. */
#include "view/asking.h"

#include "app/asks.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/find_box.h"
#include "view/reading.h"

/* ---- the place where a search began ---- */

void asking_remember_place(struct screen *on)
{
    const struct scroll *scroll = &on->scroll;
    if (on->search_from.known)
        return;
    on->search_from = (struct place_read){true,
                                          scroll->held,
                                          scroll->suspended,
                                          scroll->lasts ? scroll->to : scroll->top,
                                          scroll->text_height,
                                          on->session->jumps_made};
    search_begin(on->session, on->session->reading.top_word);
}

/* Unless the voice was sent somewhere meanwhile: then that is where the reader is. */
static void return_to_place(struct screen *on)
{
    const struct place_read *from = &on->search_from;
    bool same_text = from->text_height == on->scroll.text_height;
    if (same_text && from->jumps == on->session->jumps_made) {
        scroll_to(&on->scroll, from->top, on->session->clock);
        on->scroll.held = from->held;
        on->scroll.suspended = from->suspended;
        reading_moved(on);
    }
    on->search_from.known = false;
}

/* ---- opening and closing ---- */

static void open_menu(struct screen *on)
{
    struct session *s = on->session;
    on->menu_row = 0;
    if (on->menu_at.w || !on->layout)
        return; /* by the pointer: it told the place */
    uint32_t word = selection_is(s) ? s->selection.head : s->word;
    s->menu_word =
        word < vb_word_count(s->transcript) && !s->out_of_sight ? word : s->reading.top_word;
    if (s->menu_word == VB_NONE)
        return;
    on->menu_at = layout_rect_of(on->layout, s->menu_word);
    on->menu_at.x += on->text_at.x;
    on->menu_at.y = reading_y(on, on->menu_at.y);
}

static void open_question(struct screen *on, const struct question *question)
{
    struct buf offer = {0};
    if (question->offer)
        question->offer(on->session, &offer);
    field_set(&on->ask_field, buf_str(&offer));
    buf_free(&offer);
    buf_clear(&on->ask_why);
    field_focus(on, &on->ask_field);
}

static void open_asked(struct screen *on)
{
    enum ask what = on->session->asked;
    const struct question *question = question_of(what);
    on->session->mode = MODE_READING;
    if (what == ASK_FIND)
        find_box_open(on);
    else if (what == ASK_MENU)
        open_menu(on);
    else if (question)
        open_question(on, question);
    else if (what == ASK_ACTION)
        palette_open(on);
}

static void close_asked(struct screen *on)
{
    bool asks_again = on->session->asked != ASK_NOTHING;
    if (on->typing == &on->ask_field && !asks_again)
        field_focus(on, NULL);
    if (on->session->asked != ASK_MENU) {
        on->session->menu_word = VB_NONE;
        on->menu_at = (struct rect){0};
    }
}

void asking_update(struct screen *on)
{
    struct session *s = on->session;
    if (on->asks != s->asks)
        open_asked(on);
    else if (on->asked != s->asked)
        close_asked(on);
    on->asks = s->asks;
    on->asked = s->asked;
    find_box_update(on);
    if (on->search_from.known && !s->search.shown && s->asked != ASK_FIND &&
        on->typing != &on->find_field)
        return_to_place(on);
}

bool asking_key(struct screen *on, const struct key_press *press)
{
    if (view_dialog_key(on, press))
        return true;
    if (on->session->asked == ASK_MENU)
        return view_menu_key(on, press);
    return false;
}
