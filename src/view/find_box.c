/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search in the bar. */
#include "view/find_box.h"

#include "app/quote.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/asking.h"
#include "view/widgets.h"

enum { WIDTH = 352, WIDE_FROM = 900, BUTTON = 32, SMALL = 26, WORDS_TAKEN_OVER = 6 };

static bool is_used(const struct screen *on)
{
    return on->session->search.shown || on->session->asked == ASK_FIND ||
           on->typing == &on->find_field;
}

int find_box_width(const struct screen *on, int room)
{
    int wide = px(on, WIDTH), least = px(on, BUTTON);
    if (!on->session->transcript)
        return 0;
    if (screen_logical_width(on) >= WIDE_FROM)
        return wide < room / 2 ? wide : room / 2;
    return is_used(on) ? room : least;
}

/* ---- what is done in it ---- */

static void end_search(struct screen *on, long amount)
{
    (void)amount;
    session_end_search(on->session);
    field_focus(on, NULL);
}

static void step(struct screen *on, long by)
{
    search_step(on->session, (int)by);
}

static void changed(struct screen *on)
{
    asking_remember_place(on);
    search_set(on->session, field_text(&on->find_field));
}

static bool key(struct screen *on, const struct key_press *press)
{
    struct session *s = on->session;
    bool shift = press->modifiers & KEY_SHIFT;
    if (view_replace_key(on, press))
        return true;
    switch (press->name) {
    case KEY_RETURN:
        if (press->modifiers & KEY_CTRL)
            search_play(s, s->search.here);
        else
            search_step(s, shift ? -1 : 1);
        return true;
    case KEY_UP:
    case KEY_DOWN:
        if (press->modifiers)
            return false;
        on->results_wanted = true;
        search_step(s, press->name == KEY_UP ? -1 : 1);
        return true;
    case KEY_ESCAPE:
        end_search(on, 0);
        return true;
    default:
        return false;
    }
}

/* A few words that are selected are what is looked for. */
static void take_selection(struct screen *on)
{
    struct selected words;
    struct buf text = {0};
    if (!selection_get(on->session, &words) || words.last - words.first >= WORDS_TAKEN_OVER)
        return;
    quote_text(on->session, words, &text);
    field_set(&on->find_field, buf_str(&text));
    buf_free(&text);
    changed(on);
}

void find_box_open(struct screen *on)
{
    struct field *f = &on->find_field;
    if (!on->session->transcript) {
        session_say(on->session, MESSAGE_INFO, "%s", _("there is no text to search in"));
        on->session->asked = ASK_NOTHING;
        return;
    }
    f->changed = changed;
    f->key = key;
    asking_remember_place(on);
    if (!f->text.len)
        field_set(f, buf_str(&on->session->search.query));
    take_selection(on);
    field_select_all(f);
    field_focus(on, f);
}

void find_box_update(struct screen *on)
{
    struct field *f = &on->find_field;
    const struct search *search = &on->session->search;
    f->changed = changed;
    f->key = key;
    if (on->typing == f)
        return;
    if (!search->shown && on->session->asked != ASK_FIND)
        field_set(f, VB_STR(""));
    else if (search->shown && !str_is(field_text(f), buf_str(&search->query)))
        field_set(f, buf_str(&search->query));
}

/* ---- drawing ---- */

/* "4 / 148", ending at `right`; returns its width. */
static int draw_count(struct screen *on, struct rect at, int right)
{
    const struct search *search = &on->session->search;
    size_t count = search_count(on->session);
    if (!search->shown)
        return 0;
    vb_str text = count ? screen_print(on, "%zu / %zu", search->here + 1, count)
                        : screen_print(on, "%s", _("not found"));
    return widget_text_right(on, FACE_FIGURES, 12.5, right,
                             widget_baseline(on, at, FACE_FIGURES, 12.5),
                             token(on, count ? INK2 : WARN), text);
}

static void draw_button(struct screen *on, struct rect at, int *right, enum icon icon,
                        void (*run)(struct screen *on, long amount), long amount, vb_str tip)
{
    int side = px(on, SMALL);
    *right -= side;
    widget_icon_spot(on, (struct rect){*right, at.y + (at.h - side) / 2, side, side}, icon, run,
                     amount, tip);
}

static void draw_used(struct screen *on, struct rect at)
{
    int right = at.x + at.w - px(on, 5);
    draw_button(on, at, &right, ICON_CLOSE, end_search, 0,
                screen_print(on, "%s", _("end the search (Escape)")));
    draw_button(on, at, &right, ICON_DOWN, step, 1, widget_action_tip(on, "find-next"));
    draw_button(on, at, &right, ICON_UP, step, -1, widget_action_tip(on, "find-previous"));
    right -= px(on, 6);
    draw_rect(&on->list, (struct rect){right, at.y + px(on, 8), px(on, 1), at.h - px(on, 16)},
              widget_hairline(on));
    right -= px(on, 10);
    right -= draw_count(on, at, right);
    field_draw(on, &on->find_field, at,
               (struct field_look){.size = 14,
                                   .hint = screen_print(on, "%s", _("Search in the text")),
                                   .bare = true,
                                   .before = px(on, 36),
                                   .after = at.x + at.w - right + px(on, 8)});
}

static void draw_unused(struct screen *on, struct rect at)
{
    vb_str keys = widget_action_keys(on, "find"), hint = str_of(_("Search in the text"));
    vb_str whole = screen_print(on, "%s (%s)", hint.data, keys.data);
    bool fits = widget_width(on, FACE_UI, 14, whole) <= at.w - px(on, 36 + 8);
    field_draw(on, &on->find_field, at,
               (struct field_look){.size = 14,
                                   .hint = fits ? whole : hint,
                                   .name = whole,
                                   .bare = true,
                                   .before = px(on, 36),
                                   .after = px(on, 8)});
}

void find_box_draw(struct screen *on, struct rect at)
{
    bool used = is_used(on), typing = on->typing == &on->find_field;
    int sign = px(on, 18);
    if (at.w <= px(on, BUTTON)) {
        widget_icon_button(on, at, ICON_SEARCH, "find");
        return;
    }
    draw_round(&on->list, at, px(on, 9), CORNERS_ALL, token(on, BG));
    draw_ring(&on->list, at, px(on, 9), px(on, typing ? 2 : 1),
              token(on, typing ? ACCENT : FIELD));
    draw_icon(&on->list, (struct rect){at.x + px(on, 10), at.y + (at.h - sign) / 2, sign, sign},
              ICON_SEARCH, token(on, typing ? INK : INK3));
    if (used)
        draw_used(on, at);
    else
        draw_unused(on, at);
}
