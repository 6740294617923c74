/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping the text in its place. */
#include "view/reading.h"

#include "app/relire.h"

#include "view/editor.h"

enum {
    CHARACTER = 10, /* of the column, about as wide as a letter is in the middle */
    TEXT_SIZE = 20,
    GUTTER = 194,  /* names, and the space between them and the text */
    MARGIN = 46,   /* at the right, with the scroll track */
    BALANCE = 110, /* of the gutter, where the window is wide */
    STATES = 148,  /* the margin with the states of turns */
    GLOSS = 40,    /* percent of the text's size, for a second text between the lines */
    NARROW = 900,  /* below it, names stand above the turns */
    EMS_BESIDE_A_GUTTER = 25,
    LOW = 6, /* lines: a lower window begins with a whole one */
};

int reading_size(const struct screen *on)
{
    return px(on, TEXT_SIZE * on->session->settings.zoom / 100.);
}

/* ---- the column ---- */

static void place_column(struct screen *on, struct rect at)
{
    int column =
        px(on, CHARACTER * on->session->settings.column * on->session->settings.zoom / 100.);
    int least = reading_size(on) * EMS_BESIDE_A_GUTTER;
    int beside = px(on, GUTTER), right = px(on, on->turn_state ? STATES : MARGIN);
    least = least < column ? least : column;
    on->has_gutter = screen_logical_width(on) >= NARROW && at.w - beside - right >= least;
    int left = on->has_gutter ? beside : px(on, at.w < px(on, 480) ? 20 : 32);
    right = on->has_gutter ? right : px(on, 34);
    int room = at.w - left - right;
    int width = column < room ? column : room;
    /* centred as a whole: a right margin as wide as the mock-up's balances the gutter */
    int balance = on->has_gutter ? px(on, BALANCE) - right : 0;
    balance = balance > 0 ? balance : 0;
    int spare = at.w - left - width - right - balance;
    on->text_at = (struct rect){at.x + left + (spare > 0 ? spare / 2 : 0), at.y,
                                width > 1 ? width : 1, at.h};
}

static struct layout_style style_of(const struct screen *on)
{
    double zoom = on->session->settings.zoom / 100.;
    int between = relire_glosses(on->session) ? GLOSS : 0;
    int line = reading_size(on) * (on->session->settings.line_height + between) / 100;
    return (struct layout_style){
        .width = on->text_at.w,
        .size = reading_size(on),
        .line = line,
        .turn_gap = px(on, 36 * zoom),
        .paragraph_gap = px(on, 13 * zoom),
        .head_size = px(on, 25 * zoom),
        .head_line = px(on, 36 * zoom),
        .head_gap = px(on, 60 * zoom),
        .name_height = on->has_gutter ? 0 : px(on, 26),
        .mark_height = px(on, 28),
        .top = px(on, 40),
        .bottom = on->text_at.h * (100 - BAND_BOTTOM) / 100 + line,
    };
}

static bool same_style(const struct layout_style *a, const struct layout_style *b)
{
    return a->width == b->width && a->size == b->size && a->line == b->line &&
           a->name_height == b->name_height && a->bottom == b->bottom && a->top == b->top;
}

/* ---- the word that stays where it is ---- */

void reading_moved(struct screen *on)
{
    on->anchor = VB_NONE;
}

/* Where the reading line is: below the window's edge, and in the text's coordinates. */
static int above_reading_line(const struct screen *on)
{
    return on->scroll.height * READING_LINE / 100;
}

static int reading_line(const struct screen *on)
{
    return on->scroll.top + above_reading_line(on);
}

static uint32_t word_at_reading_line(struct screen *on)
{
    return layout_word_at(on->layout, 0, reading_line(on), LAYOUT_ANY);
}

/* Chosen once and kept until the text is scrolled, so that many small steps of a resize don't
 * add up to a way of their own. */
static void choose_anchor(struct screen *on)
{
    if (on->anchor != VB_NONE)
        return;
    on->anchor = word_at_reading_line(on);
    if (on->anchor != VB_NONE)
        on->anchor_lines = (double)(layout_word_y(on->layout, on->anchor) - reading_line(on)) /
                           on->layout->style.line;
}

/* In a strip a line that is cut at the edge is a large part of what can be read. */
static int whole_from(const struct screen *on, int top)
{
    bool is_low = on->text_at.h < LOW * on->layout->style.line;
    return is_low && top > 0 ? layout_whole_from(on->layout, top) : top;
}

/* … the nearest one: the reader's word hardly moves. */
static int whole_near(const struct screen *on, int top)
{
    int half = on->layout->style.line / 2, whole = whole_from(on, top);
    return whole - top > half ? whole_from(on, top - half) : whole;
}

/* The lines were wrapped. */
static void stay_at_anchor(struct screen *on, bool first)
{
    bool at_top = on->scroll.top == 0;
    on->scroll.height = on->text_at.h;
    on->scroll.text_height = on->layout->height;
    if (first || at_top || on->anchor == VB_NONE) {
        scroll_put(&on->scroll, reading_line(on)); /* where it was, within the new limits */
        return;
    }
    int away = (int)(on->anchor_lines * on->layout->style.line);
    int above = above_reading_line(on);
    int top = whole_near(on, layout_word_y(on->layout, on->anchor) - away - above);
    scroll_put(&on->scroll, top + above);
}

static void wrap_around_anchor(struct screen *on, struct layout_style style)
{
    bool is_new = !on->layout->lines.count;
    bool first = is_new && on->anchor == VB_NONE; /* else: the same text in other letters */
    if (!is_new)
        choose_anchor(on);
    layout_wrap(on->layout, style);
    stay_at_anchor(on, first);
}

/* Other letters have other widths: the text is laid out anew around the same word. */
static void change_face(struct screen *on)
{
    int face = on->session->settings.face;
    if (face == on->laid_face || !on->measure->use_face)
        return;
    if (on->layout->lines.count)
        choose_anchor(on);
    on->measure->use_face(on->measure->ctx, face);
    on->laid_face = face;
    layout_free(on->layout);
    on->layout = layout_new(on->laid_transcript, on->measure);
}

/* The same page, corrected: the reader's word stays where it is. */
static bool is_corrected(const struct screen *on, const struct vb_transcript *t)
{
    const struct session *s = on->session;
    return t && on->layout && on->layout->lines.count && s->edits != on->laid_edits &&
           s->document == on->laid_document;
}

/* True: it was laid out, and its lines stand. */
static bool lay_out(struct screen *on, const struct vb_transcript *t)
{
    bool keeps = is_corrected(on, t);
    uint32_t word = VB_NONE;
    if (keeps) {
        editor_keep_place(on);
        choose_anchor(on);
        word =
            on->anchor == VB_NONE ? VB_NONE : vb_word_after(on->laid_transcript, t, on->anchor);
    }
    if (!keeps || !layout_correct(on->layout, t)) {
        layout_free(on->layout);
        on->layout = t ? layout_new(t, on->measure) : NULL;
    }
    vb_transcript_unref(on->laid_transcript);
    on->laid_transcript = t ? vb_transcript_ref(t) : NULL;
    on->laid_edits = on->session->edits;
    on->laid_document = on->session->document;
    on->hovered = VB_NONE;
    on->anchor = word;
    if (keeps)
        return on->layout->lines.count > 0;
    bool calm = on->calm;
    scroll_init(&on->scroll);
    on->scroll.calm = calm;
    return false;
}

static void keep_layout(struct screen *on)
{
    const struct vb_transcript *t = on->session->transcript;
    bool stands = t != on->laid_transcript && lay_out(on, t);
    if (!on->layout)
        return;
    change_face(on);
    struct layout_style style = style_of(on);
    if (!on->layout->lines.count || !same_style(&style, &on->layout->style))
        wrap_around_anchor(on, style);
    else if (stands)
        stay_at_anchor(on, false);
}

/* ---- moving ---- */

bool reading_is_beyond(const struct screen *on)
{
    const struct session *s = on->session;
    return s->word == VB_NONE && s->player && s->timeline &&
           s->now.position >= vb_timeline_text_end(s->timeline);
}

int reading_end_y(const struct screen *on)
{
    return on->layout->height - on->layout->style.bottom + px(on, 40);
}

/* Where the voice is in the text: at a word, or at the note behind the last one. */
static bool find_line_heard(const struct screen *on, int *y)
{
    if (on->session->word != VB_NONE)
        *y = layout_word_y(on->layout, on->session->word);
    else
        *y = reading_end_y(on);
    return on->session->word != VB_NONE || reading_is_beyond(on);
}

/* Following is to begin with a whole line above the one that is heard. */
static void aim(struct screen *on, int y)
{
    int top = y - above_reading_line(on);
    on->scroll.down = whole_from(on, top) - top;
}

/* Scrolls only when the line is out of sight, or nearly so. */
static void show_word(struct screen *on, uint32_t word)
{
    struct scroll *scroll = &on->scroll;
    if (word >= vb_word_count(on->session->transcript))
        return;
    int y = layout_word_y(on->layout, word), line = on->layout->style.line;
    int top = scroll->lasts ? scroll->to : scroll->top;
    if (y >= top + 2 * line && y + 3 * line <= top + scroll->height)
        return;
    scroll_to(scroll, y - scroll->height * READING_LINE / 100, on->session->clock);
    reading_moved(on);
}

/* Where the reader left. The line heard may be far from there: then following rests. */
static void go_to_place(struct screen *on)
{
    const struct reading_place *place = &on->session->reading;
    int away = (int)(place->top_lines * on->layout->style.line);
    scroll_put(&on->scroll, layout_word_y(on->layout, place->top_word) - away);
    on->scroll.held = true;
    reading_moved(on);
}

static void tell_place(struct screen *on)
{
    struct reading_place *place = &on->session->reading;
    uint32_t word = on->anchor != VB_NONE ? on->anchor : word_at_reading_line(on);
    place->top_word = word;
    if (word != VB_NONE)
        place->top_lines = (double)(layout_word_y(on->layout, word) - reading_line(on)) /
                           on->layout->style.line;
}

static void grant_wish(struct screen *on)
{
    struct session *s = on->session;
    struct scroll *scroll = &on->scroll;
    int page = scroll->height - 2 * on->layout->style.line, y;
    enum scroll_wish wish = s->scroll;
    s->scroll = SCROLL_NONE;
    if (wish == SCROLL_NONE)
        return;
    if (wish == SCROLL_PLACE) {
        go_to_place(on);
        return;
    }
    if (wish == SCROLL_FOLLOW) {
        scroll->held = scroll->suspended = s->out_of_sight = false;
        if (s->follow && find_line_heard(on, &y)) {
            aim(on, y);
            scroll_resume(scroll, y, s->clock);
        }
        reading_moved(on);
        return;
    }
    if (wish == SCROLL_WORD) {
        show_word(on, s->scroll_word);
        return;
    }
    static const int ends[] = {[SCROLL_TOP] = 0, [SCROLL_BOTTOM] = INT32_MAX / 2};
    if (wish == SCROLL_PAGE_UP || wish == SCROLL_PAGE_DOWN)
        scroll_by(scroll, wish == SCROLL_PAGE_UP ? -page : page, s->clock);
    else
        scroll_to(scroll, ends[wish], s->clock);
    reading_moved(on);
}

static bool is_out_of_sight(const struct screen *on, int y)
{
    return y + on->layout->style.line <= on->scroll.top ||
           y >= on->scroll.top + on->scroll.height;
}

static void follow(struct screen *on)
{
    struct session *s = on->session;
    int before = on->scroll.top, bound_for = on->scroll.to, y;
    if (selection_is(s) || s->caret.on) /* a text with a selection stands still */
        on->scroll.suspended = s->follow && find_line_heard(on, &y) && is_out_of_sight(on, y);
    else if (s->follow && !on->pointer.down && find_line_heard(on, &y)) {
        aim(on, y);
        scroll_follow(&on->scroll, y, on->layout->style.line, s->clock);
    }
    s->out_of_sight = on->scroll.suspended;
    scroll_move(&on->scroll, s->clock);
    if (on->scroll.top != before || on->scroll.to != bound_for)
        reading_moved(on);
}

void reading_update(struct screen *on, struct rect at)
{
    place_column(on, at);
    keep_layout(on);
    if (on->layout)
        editor_update(on);
    on->scroll.calm = on->calm || on->session->settings.calm;
    if (!on->layout || on->session->mode != MODE_READING)
        return;
    grant_wish(on);
    follow(on);
    tell_place(on);
}

uint32_t reading_word_at(struct screen *on, int x, int y, int reach)
{
    return layout_word_at(on->layout, x - on->text_at.x, y - on->text_at.y + on->scroll.top,
                          reach);
}

bool reading_is_known(const struct screen *on, uint32_t word)
{
    const struct vb_timeline *times = on->session->timeline;
    return times && vb_timeline_origin(times, word) > VB_ESTIMATED;
}
