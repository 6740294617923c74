/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's content: which views there are, where they stand, who gets what the hand does.
 *
 * A view is one row of the table in screen.c.  While it draws it also tells where it can be
 * pressed (a spot); so what is shown and what can be done never differ. */
#pragma once

#include "app/actions.h"
#include "app/orders.h"
#include "view/field.h"
#include "view/icons.h"
#include "view/layout.h"
#include "view/live.h"
#include "view/panel.h"
#include "view/scroll.h"
#include "view/theme.h"
#include "view/track.h"

enum input_kind {
    INPUT_MOVE,  /* the pointer, with or without its button held */
    INPUT_PRESS, /* of the main button */
    INPUT_RELEASE,
    INPUT_WHEEL,   /* `amount` in notches, upwards below 0 */
    INPUT_LEAVE,   /* the pointer left the window */
    INPUT_MENU,    /* the other button was pressed */
    INPUT_TEXT,    /* `text` was typed; only while a field has the focus */
    INPUT_EDITING, /* `text` is being composed by an input method, `caret` characters in */
};

struct input {
    enum input_kind kind;
    int x, y;
    float amount;
    unsigned modifiers; /* of enum key_modifier, held with the button */
    int clicks;         /* of a press: 2 for the second of a double click */
    vb_str text;
    int caret;
    float across; /* the wheel sideways, to the right above 0 */
};

struct screen;

/* A place that can be pressed. */
struct spot {
    struct rect at;
    void (*run)(struct screen *on,
                long amount); /* NULL: it only keeps presses off what is below */
    long amount;
    vb_str tip;          /* shown when the pointer rests; empty: none */
    struct field *field; /* it is one: a press begins to type */
    /* What the arrow keys do while it has the focus; NULL: nothing of its own. */
    void (*step)(struct screen *on, int by);
    bool keys_only; /* the pointer does not see it: its view knows better */
    vb_str name;    /* for who doesn't see it; empty: what is written in it, or the tip */
    struct slider { /* `set` NULL: it is none */
        double least, most, value;
        void (*set)(struct screen *on, double value);
    } slider;
    uint8_t view; /* whose it is */
    size_t drawn; /* what is drawn from here on lies above it */
};

enum screen_cursor { CURSOR_ARROW, CURSOR_HAND, CURSOR_TEXT, CURSORS };

struct pointer {
    int x, y;
    bool inside, down, dragged; /* dragged: farther than a click's 4 px since the press */
    int pressed_x, pressed_y;
    vb_time rests_since;
};

/* The seek bar, a column each few pixels; made anew when what it shows changes. */
struct column {
    uint32_t speaker; /* VB_NONE: nobody, or nothing is transcribed here */
    bool known;       /* its times are not only estimated */
    bool beyond;      /* the text does not cover it */
    int16_t loud;     /* in thousandths of the tallest; -1: not listened to yet */
};

/* Where matches stand on the track, and what that was worked out for. */
struct ticks_key {
    uint32_t generation, revision;
    struct rect at;
    int64_t whole;
};
struct ticks {
    VEC(int) at;
    struct ticks_key key;
    bool made;
};

/* The last click on the text, to be taken back if it was the first of two. */
struct hand_click {
    uint32_t word;
    bool was_playing, selected;
    uint32_t jumps_before, jumps_after; /* of session.jumps_made */
};

/* Where the reader was when the search began. */
struct place_read {
    bool known, held, suspended;
    int top, text_height;
    uint32_t jumps;
};
struct bar { /* what the columns were made for */
    uint32_t revision;
    vb_time duration, heard_until;
    struct bar_part part;
};

enum turn_state { TURN_PLAIN, TURN_DOUBTFUL, TURN_VERIFIED, TURN_EDITED, TURN_HEARD, TURN_NEW,
                  TURN_STATES };

/* What the ticks of proofreading were worked out for. */
struct doubts_key {
    uint32_t generation, revision;
    int64_t second;
};
/* The caret in the text: editor.h. */
struct editor {
    struct live live; /* the passage that is open */
    uint32_t moves;   /* of the caret, as of the last frame */
    bool keeps_x;     /* a way up or down keeps to the column `x` */
    int x;
    bool stays; /* the page was read anew: what began at `began_at` stays where it was */
    int above;
    uint32_t began_at;
};


struct screen {
    struct session *session;
    const struct measure *measure;
    double scale; /* of the interface: device pixels in a logical one */
    bool calm;    /* no movements */

    /* made anew each frame */
    int width, height;
    const struct palette *theme;
    struct arena arena; /* this frame's texts */
    struct draw_list list;
    VEC(struct spot) spots;
    struct spot under; /* the topmost one under the pointer, of the frame before */
    bool is_over_spot;
    VEC(struct shown_word) shown; /* the words in the window */
    enum screen_cursor cursor;
    vb_str tip;         /* of what is under the pointer; empty: nothing to tell */
    struct rect tip_at; /* the thing it tells about */
    vb_str bar_tip;     /* of the time line, shown at once */
    struct rect bar_tip_at;

    /* the text */
    struct layout *layout;
    uint32_t laid_revision;
    const struct vb_transcript *laid_transcript;
    int laid_face;       /* enum reading_face it was measured in */
    uint32_t laid_edits; /* of the session, as of `laid_transcript` */
    const struct vb_document *laid_document;
    struct editor editor;
    struct scroll scroll;
    uint32_t anchor;     /* the word that stays in place when the text is wrapped anew */
    double anchor_lines; /* how far below the reading line it stands, in lines */
    struct rect text_at; /* the column, in the window; as tall as the view */
    bool has_gutter;     /* names and times stand left of the text, else above it */
    uint32_t hovered;    /* word; VB_NONE */
    VEC(struct column) columns;
    struct bar bar;
    vb_time bar_pressed; /* when it was last; a second press soon after shows all again */
    int bar_pressed_x;
    bool rail_held; /* the part that the bar shows is being moved */

    /* what a turn is marked with at its right; NULL: nothing is, and there is no margin */
    enum turn_state (*turn_state)(const struct screen *on, uint32_t turn);
    struct track track; /* what the scroll track tells of */

    /* the hand */
    struct pointer pointer;
    const struct view *captured; /* gets all of the pointer until the button is up */
    void (*focused)(struct screen *on, long amount); /* the spot that Tab reached; NULL */
    long focused_amount;
    struct field *typing; /* what is typed goes there; NULL: letters are keys */
    struct field *marked; /* the pointer marks text in it */
    uint32_t press_word;  /* the button went down at */
    struct hand_click click;
    int grip;              /* where the scroll thumb was taken; 0: it is not */
    struct rect speed_at;  /* of the speed button */
    struct rect slider_at; /* the volume */
    bool slider_held;

    /* beside the text */
    bool outline_wanted;  /* docked or over the text, as the width allows */
    bool outline_decided; /* … by the user, not by the width */
    struct rows outline_rows;

    /* what the user was asked, searching */
    enum ask asked; /* of the frame before */
    uint32_t asks;
    struct field find_field;    /* in the bar */
    struct field replace_field; /* below it */
    struct field ask_field;     /* in the box over the text */
    struct buf ask_why;
    struct rect menu_at;
    size_t menu_row; /* of the menu or the palette */
    struct place_read search_from;
    struct ticks track_ticks;
    struct statistics_view *statistics; /* view_statistics.c; NULL: not counted yet */
    struct rows results_rows;
    bool results_wanted; /* laid over the text, where there is no room beside it */
    /* proofreading */
    struct doubts_key doubts_key;
    bool doubts_were_on;
    bool doubts_away, doubts_over; /* not shown beside the text; shown over it */
    struct rows doubts_rows;
    /* over the player */
    int sound_row;         /* the row of the panel that the keys are on; -1: none yet */
    int sound_top;         /* scrolled */
    int sound_room;        /* for its rows, in pixels */
    int sound_lacks;       /* so much lower than it wants to be; 0: as it should be */
    uint8_t drawn_view;    /* being drawn now, by its place in the table */
    char offset_typed[16]; /* what is typed for the offset; empty: nothing */
    vb_time offset_before; /* to go back to */
    enum sound_panel sound_shown;

    /* over everything */
    int sheet_top, sheet_limit; /* how far it is scrolled, and can be */
    /* spots and drawn things before these lie below a sheet: keys don't reach them */
    size_t modal_from, modal_drawn;
    enum mode drawn_mode;
    int settings_row;    /* that the keys are on */
    bool settings_moved; /* they were moved: it has to be seen */
};

struct view {
    const char *name;
    /* Takes its share of the room and leaves the rest. */
    struct rect (*place)(const struct screen *on, struct rect *room);
    bool (*shown)(const struct screen *on);
    void (*draw)(struct screen *on, struct rect at);
    /* True: taken. NULL: its spots are all that can be done. */
    bool (*input)(struct screen *on, struct rect at, const struct input *in);
};

/* `measure` must outlive the screen. */
void screen_init(struct screen *on, struct session *s, const struct measure *measure,
                 double scale);
void screen_free(struct screen *on);
/* Everything as it is at the session's clock. Good until the next call but one. */
const struct draw_list *screen_draw(struct screen *on, int width, int height);
void screen_input(struct screen *on, const struct input *in);
/* True: something was done. Keys of the interface first, then the action table. */
bool screen_key(struct screen *on, const struct key_press *press);
/* How long until something shown changes by itself, sound aside; VB_NO_TIME: nothing will. */
vb_time screen_next_change(const struct screen *on);

/* ---- for the views ---- */

static inline int px(const struct screen *on, double logical)
{
    double scaled = logical * on->scale;
    return (int)(scaled < 0 ? scaled - .5 : scaled + .5);
}

/* Logical width: what decides about the form of the whole. */
static inline int screen_logical_width(const struct screen *on)
{
    return (int)(on->width / on->scale);
}

static inline color token(const struct screen *on, enum token t)
{
    return on->theme->tokens[t];
}

/* Is what is typed text, for a field or the caret, and not keys? Where it will stand. */
bool screen_types(const struct screen *on);
struct rect screen_typed_at(struct screen *on);
/* Returns it, good until the next one is made; NULL: nothing of it is in sight. */
struct spot *screen_spot(struct screen *on, struct rect at,
                         void (*run)(struct screen *on, long amount), long amount, vb_str tip);
/* For a thing whose view takes the pointer itself: the keys reach it all the same. */
void screen_slider(struct screen *on, struct rect at,
                   void (*run)(struct screen *on, long amount), long amount,
                   void (*step)(struct screen *on, int by), struct slider slider,
                   const char *name, vb_str tip);
/* What is drawn from here on is all that can be reached. */
void screen_begin_modal(struct screen *on);
bool screen_hovers(const struct screen *on, struct rect at); /* and nothing lies above */
bool screen_presses(const struct screen *on, struct rect at);
/* Asks for the tip of a thing that is no spot; `at`: the thing. */
void screen_tip(struct screen *on, struct rect at, vb_str text);
/* Printed into the frame's arena. */
vb_str screen_print(struct screen *on, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* With a capital: a sentence that stands alone. */
vb_str screen_sentence(struct screen *on, const char *text);
/* "16:44", "1:02:16" */
vb_str screen_time(struct screen *on, vb_time time);
/* The same with "≈ " where the word's time is only estimated. */
vb_str screen_word_time(struct screen *on, uint32_t word);
/* "Anne, Karim" of the turn, or "—" when nobody is named. */
vb_str screen_turn_name(const struct screen *on, uint32_t turn);
color screen_turn_color(const struct screen *on, uint32_t turn);

/* What single views know and the screen asks. */
bool view_doubts_toggle(struct screen *on); /* false: it is not there to be shown */
bool view_doubts_close(struct screen *on);
bool view_outline_close(struct screen *on); /* true: it lay over the text and is closed now */
/* Labels that were guessed and that nobody has judged. */
size_t view_labels_open(const struct screen *on);
void view_statistics_free(struct screen *on); /* what was counted */
bool view_dialog_key(struct screen *on, const struct key_press *press);
/* From the search's field to that of replacing. */
bool view_replace_key(struct screen *on, const struct key_press *press);
bool view_menu_key(struct screen *on, const struct key_press *press);
void palette_open(struct screen *on);
bool view_sound_key(struct screen *on, const struct key_press *press);
bool view_settings_key(struct screen *on, const struct key_press *press);
vb_time view_status_next_change(const struct screen *on);
vb_time view_player_next_change(const struct screen *on);

extern const struct view view_doubts, view_results, view_ask, view_menu, view_palette,
    view_dialog, view_replace;
extern const struct view view_words, view_outline, view_bar, view_player, view_status,
    view_help, view_labels, view_statistics, view_settings, view_welcome, view_sound;
