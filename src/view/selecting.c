/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Selecting words with the hand.
 *
 * A click plays from its word when the button comes up.  When it turns out to be the first of
 * two, the jump is taken back: a double click only selects. */
#include "view/selecting.h"

#include "app/copy.h"
#include "view/reading.h"
#include "view/widgets.h"

static void take_back_click(struct screen *on)
{
    struct session *s = on->session;
    struct hand_click *click = &on->click;
    if (click->jumps_after != s->jumps_made || click->jumps_before == s->jumps_made)
        return;
    session_forget_jump(s);
    click->jumps_before = s->jumps_made;
    if (!click->was_playing)
        session_pause(s);
}

static void select_by_clicks(struct screen *on, int clicks, uint32_t word)
{
    struct session *s = on->session;
    if (clicks == 2)
        selection_set(s, word, word);
    else if (clicks == 3)
        selection_paragraph(s, word);
    else
        selection_turn(s, word);
}

void selecting_press(struct screen *on, const struct input *in)
{
    struct session *s = on->session;
    struct hand_click *click = &on->click;
    uint32_t word = reading_word_at(on, in->x, in->y, on->layout->style.size / 2);
    on->press_word = reading_word_at(on, in->x, in->y, LAYOUT_ANY);
    click->selected = false;
    if (in->clicks >= 2) /* the text may have moved since the first one */
        word = on->press_word = click->word;
    click->word = word;
    if (in->clicks >= 2 && word != VB_NONE) {
        take_back_click(on);
        select_by_clicks(on, in->clicks, word);
        click->selected = true;
    } else if (in->modifiers & KEY_SHIFT && word != VB_NONE) {
        selection_extend(s, word);
        click->selected = true;
    } else {
        click->was_playing = s->now.phase == VB_PLAYING;
        click->jumps_before = click->jumps_after = s->jumps_made;
    }
}

static bool is_selecting(const struct screen *on)
{
    return on->captured == &view_words && on->pointer.down && !on->grip &&
           on->press_word != VB_NONE && on->pointer.dragged;
}

void selecting_drag(struct screen *on, const struct input *in)
{
    if (!is_selecting(on))
        return;
    uint32_t word = reading_word_at(on, in->x, in->y, LAYOUT_ANY);
    uint32_t anchor = on->press_word;
    if (on->click.selected && selection_is(on->session)) /* by words, or from Shift's anchor */
        anchor = on->session->selection.anchor;
    if (word != VB_NONE)
        selection_set(on->session, anchor, word);
    on->click.selected = true;
}

bool selecting_release(struct screen *on)
{
    if (!on->click.selected) {
        selection_none(on->session);
        return false;
    }
    copy_offer_selection(on->session);
    return true;
}

void selecting_menu(struct screen *on, const struct input *in)
{
    struct session *s = on->session;
    struct selected words;
    uint32_t word = reading_word_at(on, in->x, in->y, on->layout->style.size / 2);
    bool inside = selection_get(s, &words) && word >= words.first && word <= words.last;
    if (!inside)
        selection_none(s);
    s->menu_word = word;
    on->menu_at = (struct rect){in->x, in->y, 1, 1};
    session_ask(s, ASK_MENU);
}

/* ---- each frame ---- */

/* How far past the upper or lower edge the pointer is held. */
static int past_edge(const struct screen *on)
{
    const struct rect *at = &on->text_at;
    int y = on->pointer.y;
    return y < at->y ? y - at->y : y > at->y + at->h ? y - at->y - at->h : 0;
}

bool selecting_scrolls(const struct screen *on)
{
    return is_selecting(on) && past_edge(on);
}

static void move_head_by_lines(struct screen *on)
{
    struct session *s = on->session;
    int lines = s->select_lines;
    s->select_lines = 0;
    if (!lines)
        return;
    if (!selection_is(s))
        selection_step(s, 0);
    if (!selection_is(s))
        return;
    struct rect at = layout_rect_of(on->layout, s->selection.head);
    int y = at.y + at.h / 2 + lines * on->layout->style.line;
    uint32_t word = layout_word_at(on->layout, at.x + at.w / 2, y, LAYOUT_ANY);
    if (word == s->selection.head) /* past a heading, or a gap between turns */
        word = layout_word_at(on->layout, at.x + at.w / 2,
                              y + lines * on->layout->style.head_gap, LAYOUT_ANY);
    selection_extend(s, word);
    session_show_word(s, word);
    copy_offer_selection(s);
}

void selecting_update(struct screen *on, struct rect at)
{
    (void)at;
    move_head_by_lines(on);
    if (!selecting_scrolls(on))
        return;
    scroll_drag(&on->scroll, on->scroll.top + past_edge(on) / 4);
    reading_moved(on);
    struct input in = {.kind = INPUT_MOVE, .x = on->pointer.x, .y = on->pointer.y};
    selecting_drag(on, &in);
}
