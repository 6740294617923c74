/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of views, a frame from end to end, and the way of an input to the view it is for.
 */
#include "view/screen.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "view/asking.h"
#include "view/doubts.h"
#include "view/editor.h"
#include "view/selecting.h"
#include "view/sheet.h"
#include "view/ticks.h"
#include "view/widgets.h"

/* From back to front.  Room is given out the other way round, so that what lies in front takes
 * its edge of the window and the text has the rest. */
static const struct view *const views[] = {
    &view_words,   &view_welcome, &view_outline,  &view_doubts, &view_results,    &view_status,
    &view_replace, &view_bar,     &view_sound,    &view_player, &view_ask,        &view_menu,
    &view_palette, &view_help,    &view_settings, &view_labels, &view_statistics, &view_dialog,
};

enum { CLICK_SLACK = 4, VIEWS = COUNT(views) };
#define TIP_DELAY (400 * VB_SECOND / 1000)

void screen_init(struct screen *on, struct session *s, const struct measure *measure,
                 double scale)
{
    *on = (struct screen){.session = s,
                          .measure = measure,
                          .scale = scale > 0 ? scale : 1,
                          .theme = theme_of(s->settings.theme, s->system_is_dark),
                          .anchor = VB_NONE,
                          .hovered = VB_NONE,
                          .outline_rows.here = ROWS_NOWHERE};
    scroll_init(&on->scroll);
}

void screen_free(struct screen *on)
{
    layout_free(on->layout);
    live_free(&on->editor.live);
    vb_transcript_unref(on->laid_transcript);
    track_free(&on->track);
    draw_free(&on->list);
    free(on->spots.items);
    free(on->shown.items);
    free(on->columns.items);
    ticks_free(on);
    view_statistics_free(on);
    field_free(&on->find_field);
    field_free(&on->ask_field);
    field_free(&on->replace_field);
    buf_free(&on->ask_why);
    arena_free(&on->arena);
}

/* ---- a frame ---- */

static void place_views(const struct screen *on, struct rect places[VIEWS])
{
    struct rect room = {0, 0, on->width, on->height};
    for (size_t i = VIEWS; i-- > 0;)
        places[i] = views[i]->shown(on) ? views[i]->place(on, &room) : (struct rect){0};
}

static bool is_same_spot(const struct spot *a, const struct spot *b)
{
    return a->run == b->run && a->amount == b->amount && !memcmp(&a->at, &b->at, sizeof a->at);
}

static struct spot spot_under(const struct screen *on, bool *found)
{
    for (size_t i = on->spots.count; i-- > 0 && on->pointer.inside;)
        if (!on->spots.items[i].keys_only &&
            rect_holds(on->spots.items[i].at, on->pointer.x, on->pointer.y)) {
            *found = true;
            return on->spots.items[i];
        }
    *found = false;
    return (struct spot){0};
}

/* The spots moved under a still pointer: what it hovers is another thing now. */
static bool find_spot(struct screen *on)
{
    bool found, changed;
    struct spot under = spot_under(on, &found);
    changed = found != on->is_over_spot || (found && !is_same_spot(&under, &on->under));
    on->under = under;
    on->is_over_spot = found;
    return changed;
}

static const struct spot *focused_spot(const struct screen *on)
{
    for (size_t i = 0; i < on->spots.count; i++) {
        const struct spot *spot = &on->spots.items[i];
        bool types = on->typing && spot->field == on->typing;
        bool has_it = !on->typing && on->focused && spot->run == on->focused &&
                      spot->amount == on->focused_amount;
        if (types || has_it)
            return spot;
    }
    return NULL;
}

/* Whoever comes by keys sees at once what the pointer's rest would tell. */
static void draw_focus(struct screen *on)
{
    const struct spot *spot = focused_spot(on);
    if (!spot || spot->field)
        return;
    draw_ring(&on->list, rect_grown(spot->at, px(on, 2)), px(on, 9), px(on, 2),
              token(on, ACCENT));
    if (spot->tip.len)
        widget_tip(on, spot->at, spot->tip, false);
}

static bool tip_is_due(const struct screen *on)
{
    const struct pointer *p = &on->pointer;
    return on->tip.len && p->inside && !p->down &&
           on->session->clock - p->rests_since >= TIP_DELAY;
}

static void draw_all(struct screen *on)
{
    struct rect places[VIEWS];
    arena_reset(&on->arena);
    draw_begin(&on->list, on->width, on->height);
    on->spots.count = on->shown.count = on->modal_from = on->modal_drawn = 0;
    if (on->drawn_mode != on->session->mode)
        on->sheet_top = on->settings_row = 0;
    on->drawn_mode = on->session->mode;
    on->tip = on->bar_tip = VB_STR("");
    on->cursor = !on->is_over_spot || !on->under.run ? CURSOR_ARROW
                 : on->under.field                   ? CURSOR_TEXT
                                                     : CURSOR_HAND;
    place_views(on, places);
    for (size_t i = 0; i < VIEWS; i++) {
        struct rect before = draw_clip(&on->list, places[i]);
        on->drawn_view = (uint8_t)i;
        if (!rect_is_empty(places[i]))
            views[i]->draw(on, places[i]);
        draw_unclip(&on->list, before);
    }
    draw_focus(on);
    bool found; /* as it is in this frame: the texts of the one before are gone */
    struct spot under = spot_under(on, &found);
    if (found && under.tip.len)
        screen_tip(on, under.at, under.tip);
    if (tip_is_due(on))
        widget_tip(on, on->tip_at, on->tip, false);
    if (on->bar_tip.len)
        widget_tip(on, on->bar_tip_at, on->bar_tip, true);
}

const struct draw_list *screen_draw(struct screen *on, int width, int height)
{
    on->width = width;
    on->height = height;
    asking_update(on);
    doubts_update(on);
    on->theme = theme_of(on->session->settings.theme, on->session->system_is_dark);
    find_spot(on);
    draw_all(on);
    if (find_spot(on))
        draw_all(on);
    return &on->list;
}

/* ---- input ---- */

static bool reaches(struct screen *on, size_t i, const struct rect places[VIEWS],
                    const struct input *in)
{
    return views[i]->input && !rect_is_empty(places[i]) &&
           rect_holds(places[i], in->x, in->y) && views[i]->input(on, places[i], in);
}

/* To the view that holds the pointer, else to the frontmost that takes it. */
static void pass_to_views(struct screen *on, const struct input *in)
{
    struct rect places[VIEWS];
    place_views(on, places);
    for (size_t i = VIEWS; i-- > 0;) {
        if (on->captured ? on->captured == views[i] : reaches(on, i, places, in)) {
            if (on->captured)
                on->captured->input(on, places[i], in);
            else if (in->kind == INPUT_PRESS)
                on->captured = views[i];
            break;
        }
    }
    if (in->kind == INPUT_RELEASE)
        on->captured = NULL;
}

static void move_pointer(struct screen *on, const struct input *in)
{
    struct pointer *p = &on->pointer;
    if (p->x != in->x || p->y != in->y)
        p->rests_since = on->session->clock;
    p->x = in->x;
    p->y = in->y;
    p->inside = true;
    int slack = px(on, CLICK_SLACK);
    if (p->down && (abs(p->x - p->pressed_x) > slack || abs(p->y - p->pressed_y) > slack))
        p->dragged = true;
}

/* Spots are pressed as buttons are: they act when the button comes up on them. */
static bool press_spot(struct screen *on, const struct input *in)
{
    bool found;
    struct spot spot = spot_under(on, &found);
    if (!found || on->captured)
        return false;
    bool began_here = rect_holds(spot.at, on->pointer.pressed_x, on->pointer.pressed_y);
    if (in->kind == INPUT_RELEASE && spot.run && began_here)
        spot.run(on, spot.amount);
    return true;
}

/* A field is pressed as text is: at once, and dragging marks. */
static bool press_field(struct screen *on, const struct input *in)
{
    bool found;
    struct spot spot = spot_under(on, &found);
    if (in->kind == INPUT_RELEASE) {
        bool held = on->marked != NULL;
        on->marked = NULL;
        return held;
    }
    if (!found || !spot.field || on->captured)
        return false;
    on->marked = spot.field;
    field_press(on, spot.field, in);
    return true;
}

static void use_button(struct screen *on, const struct input *in)
{
    struct pointer *p = &on->pointer;
    move_pointer(on, in);
    if (in->kind == INPUT_PRESS) {
        p->down = true;
        p->dragged = false;
        p->pressed_x = in->x;
        p->pressed_y = in->y;
        on->focused = NULL;
    }
    if (!press_field(on, in) && !press_spot(on, in)) {
        if (in->kind == INPUT_PRESS)
            field_focus(on, NULL);
        pass_to_views(on, in);
    }
    if (in->kind == INPUT_RELEASE)
        p->down = false;
    p->rests_since = on->session->clock;
}

void screen_input(struct screen *on, const struct input *in)
{
    switch (in->kind) {
    case INPUT_MOVE:
        move_pointer(on, in);
        if (on->marked)
            field_drag(on, on->marked, in);
        if (on->pointer.down && !on->captured)
            break;
        pass_to_views(on, in);
        break;
    case INPUT_PRESS:
    case INPUT_RELEASE:
        use_button(on, in);
        break;
    case INPUT_WHEEL:
        pass_to_views(on, in);
        break;
    case INPUT_LEAVE:
        on->pointer.inside = false;
        on->hovered = VB_NONE;
        break;
    case INPUT_MENU:
        move_pointer(on, in);
        pass_to_views(on, in);
        break;
    case INPUT_TEXT:
    case INPUT_EDITING:
        if (on->typing)
            field_input(on, in);
        else
            editor_input(on, in);
        break;
    }
}

/* ---- keys ---- */

static void focus_on(struct screen *on, const struct spot *spot)
{
    on->typing = spot->field;
    on->focused = spot->field ? NULL : spot->run;
    on->focused_amount = spot->amount;
}

static void move_focus(struct screen *on, int by)
{
    size_t count = on->spots.count, here = by > 0 ? count - 1 : 0;
    const struct spot *focused = focused_spot(on);
    if (focused)
        here = (size_t)(focused - on->spots.items);
    for (size_t step = 1; step <= count; step++) {
        size_t i = (here + (by > 0 ? step : count - step)) % count;
        if (!on->spots.items[i].run || i < on->modal_from)
            continue;
        focus_on(on, &on->spots.items[i]);
        return;
    }
}

static const struct spot *first_of_view(const struct screen *on, size_t view)
{
    for (size_t i = 0; i < on->spots.count; i++)
        if (on->spots.items[i].run && on->spots.items[i].view == view)
            return &on->spots.items[i];
    return NULL;
}

/* From one part of the window to the next: its first thing. */
static void move_focus_to_view(struct screen *on, int by)
{
    const struct spot *focused = focused_spot(on);
    size_t view = focused ? focused->view : by > 0 ? VIEWS - 1 : 0;
    for (size_t step = 0; step < VIEWS; step++) {
        view = (view + (by > 0 ? 1 : VIEWS - 1)) % VIEWS;
        const struct spot *spot = first_of_view(on, view);
        if (!spot)
            continue;
        focus_on(on, spot);
        return;
    }
}

/* The arrows belong to a slider that has the focus. */
static bool step_focused(struct screen *on, const struct key_press *press)
{
    static const struct {
        enum key_name name;
        int by;
    } steps[] = {
        {KEY_LEFT,      -1},
        {KEY_RIGHT,     +1},
        {KEY_DOWN,      -1},
        {KEY_UP,        +1},
        {KEY_PAGE_DOWN, -5},
        {KEY_PAGE_UP,   +5},
    };
    const struct spot *spot = focused_spot(on);
    for (size_t i = 0; i < COUNT(steps) && spot && spot->step; i++)
        if (press->name == steps[i].name && !press->modifiers) {
            spot->step(on, steps[i].by);
            return true;
        }
    return false;
}

static bool close_something(struct screen *on)
{
    if (on->focused || on->typing) {
        field_focus(on, NULL);
        return true;
    }
    return view_doubts_close(on) || view_outline_close(on);
}

bool screen_key(struct screen *on, const struct key_press *press)
{
    if (field_takes_key(on, press) || asking_key(on, press) || editor_key(on, press))
        return true;
    if (doubts_key(on, press))
        return true;
    if (press->name == KEY_TAB && !(press->modifiers & (KEY_CTRL | KEY_ALT))) {
        move_focus(on, press->modifiers & KEY_SHIFT ? -1 : +1);
        return true;
    }
    if (press->name == KEY_F1 + 5 && !(press->modifiers & (KEY_CTRL | KEY_ALT))) {
        move_focus_to_view(on, press->modifiers & KEY_SHIFT ? -1 : +1);
        return true;
    }
    if (press->name == KEY_RETURN && focused_spot(on)) { /* not one that went away */
        on->focused(on, on->focused_amount);
        return true;
    }
    enum mode mode = on->session->mode;
    if (mode == MODE_SETTINGS && view_settings_key(on, press))
        return true;
    if (step_focused(on, press) || (mode == MODE_READING && view_sound_key(on, press)))
        return true;
    if (mode != MODE_READING && sheet_key(on, press))
        return true;
    if (mode == MODE_READING && press->name == KEY_ESCAPE && close_something(on))
        return true;
    const struct action *action = action_for_key(press);
    if (action) {
        action_run(on->session, action);
        asking_update(on); /* the letter behind it may be there already: it is for the field */
    }
    return action != NULL;
}

/* ---- time ---- */

static vb_time sooner(vb_time a, vb_time b)
{
    if (a == VB_NO_TIME || b == VB_NO_TIME)
        return a == VB_NO_TIME ? b : a;
    return a < b ? a : b;
}

vb_time screen_next_change(const struct screen *on)
{
    vb_time now = on->session->clock, next = scroll_next_change(&on->scroll, now);
    if (selecting_scrolls(on))
        next = sooner(next, VB_SECOND / 60);
    if (on->tip.len && on->pointer.inside && !on->pointer.down && !tip_is_due(on))
        next = sooner(next, on->pointer.rests_since + TIP_DELAY - now);
    next = sooner(next, view_status_next_change(on));
    return sooner(next, view_player_next_change(on));
}

/* ---- for the views ---- */

bool screen_types(const struct screen *on)
{
    return on->typing || editor_types(on);
}

struct rect screen_typed_at(struct screen *on)
{
    if (on->typing)
        return field_caret_rect(on, on->typing);
    return editor_types(on) ? editor_caret_rect(on) : (struct rect){0};
}

struct spot *screen_spot(struct screen *on, struct rect at,
                         void (*run)(struct screen *on, long amount), long amount, vb_str tip)
{
    struct rect seen = rect_cut(at, on->list.clip);
    if (rect_is_empty(seen))
        return NULL;
    vec_push(&on->spots, (struct spot){.at = seen,
                                       .run = run,
                                       .amount = amount,
                                       .tip = tip,
                                       .view = on->drawn_view,
                                       .drawn = on->list.items.count});
    return &on->spots.items[on->spots.count - 1];
}

void screen_begin_modal(struct screen *on)
{
    on->modal_from = on->spots.count;
    on->modal_drawn = on->list.items.count;
}

void screen_slider(struct screen *on, struct rect at,
                   void (*run)(struct screen *on, long amount), long amount,
                   void (*step)(struct screen *on, int by), struct slider slider,
                   const char *name, vb_str tip)
{
    struct spot *spot = screen_spot(on, at, run, amount, tip);
    if (!spot)
        return;
    spot->step = step;
    spot->slider = slider;
    spot->name = str_of(name);
    spot->keys_only = true;
}

bool screen_hovers(const struct screen *on, struct rect at)
{
    return on->is_over_spot && on->pointer.inside && !on->captured &&
           rect_holds(at, on->pointer.x, on->pointer.y) &&
           !rect_is_empty(rect_cut(at, on->under.at)) && on->under.at.w <= at.w &&
           on->under.at.h <= at.h;
}

bool screen_presses(const struct screen *on, struct rect at)
{
    return on->pointer.down && screen_hovers(on, at) &&
           rect_holds(at, on->pointer.pressed_x, on->pointer.pressed_y);
}

void screen_tip(struct screen *on, struct rect at, vb_str text)
{
    on->tip = text;
    on->tip_at = at;
}
