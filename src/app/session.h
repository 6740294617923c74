/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program knows and what the user can do with it; knows no pixels.
 *
 * One session, owned by the thread of the user interface.  The front (window or terminal) calls
 * session_update() before it draws, and draws what stands in the struct. */
#pragma once

#include "app/bookmarks.h"
#include "app/caret.h"
#include "app/clipboard.h"
#include "app/drafts.h"
#include "app/outputs.h"
#include "app/recents.h"
#include "app/replacing.h"
#include "app/search.h"
#include "app/selection.h"
#include "app/settings.h"
#include "app/typography.h"
#include "base/sha256.h"
#include "base/vec.h"
#include "library/store.h"
#include "verbatim/verbatim.h"

enum mode { MODE_READING, MODE_HELP, MODE_SETTINGS, MODE_LABELS, MODE_STATISTICS };

enum message_kind { MESSAGE_INFO, MESSAGE_WARNING, MESSAGE_QUESTION };

/* A sentence for the user. A question stays until it is answered (dismissed), the others fade.
 */
struct message {
    enum message_kind kind;
    vb_time born; /* of the front's clock */
    char text[480];
};

/* What the view is asked to do at its next drawing; it sets SCROLL_NONE again. */
enum scroll_wish {
    SCROLL_NONE,
    SCROLL_FOLLOW, /* bring the current word to the reading line */
    SCROLL_PAGE_UP,
    SCROLL_PAGE_DOWN,
    SCROLL_TOP,
    SCROLL_BOTTOM,
    SCROLL_WORD,  /* show the word that session_show_word() was given, as a hand would */
    SCROLL_PLACE, /* to session.reading */
};

/* What the user was asked for; the front shows how, and brings the answer. */
enum ask {
    ASK_NOTHING,
    ASK_FIND,     /* what to search for */
    ASK_TIME,     /* where to go */
    ASK_ACTION,   /* what to do: the palette */
    ASK_MENU,     /* what to do with these words */
    ASK_NOTE,     /* of a bookmark */
    ASK_CLIP,     /* where to write the sound of what is selected */
    ASK_FILE,     /* what to open */
    ASK_OTHER,    /* what to compare with */
    ASK_DOUBT,    /* a note on a doubt */
    ASK_SAVE_AS,  /* under which name to save the page */
    ASK_LEAVE,    /* what to do with unsaved corrections */
    ASK_CONFLICT, /* ours, or another program's */
    ASK_RENAME,   /* the new name of a speaker */
    ASK_SPLIT,    /* who speaks from here */
};

/* Where the reader is in the text; told by the view. */
struct reading_place {
    uint32_t top_word; /* at the reading line; VB_NONE: none */
    double top_lines;  /* how far below it, in lines */
};

/* What is on its way to the store (memory.c). */
struct memory {
    struct store_pair pair; /* what is open; the text as it was after so many `edits` */
    uint32_t edits;
    vb_time place_due, heard_due; /* of the front's clock */
    bool listening;               /* as of the last frame: at `heard_clock` */
    vb_time heard_from, heard_until, heard_clock;
    int heard_speed;        /* percent */
    struct recent *recents; /* recents.c; NULL: not read yet */
    size_t recent_count;
    /* while only the beginning of the text is there: as at its opening */
    bool sound_is_new, begins_elsewhere, keeps_zoom;
};

struct word_range {
    uint32_t first, count;
};

struct loading;
struct watch;
struct times;
struct pins;
struct relire;
struct opening;

/* Files that their disk has not given yet (open.c). */
struct arrival {
    struct opening *opening; /* NULL: none */
    vb_time since;           /* of the front's clock */
    vb_time start;           /* what is to be done then: session_begin() */
    bool play;
    bool may_leave; /* corrections that are not saved were asked about */
};

/* What lies open over the player. */
enum sound_panel {
    PANEL_NONE,
    PANEL_SOUND,  /* how it is played */
    PANEL_OFFSET, /* how much later the text comes */
    PANEL_TAPS,   /* tapping along with clicks */
};

/* Places that the seek bar points out, below its columns. Who fills them also takes them away.
 */
enum sound_mark_kind { MARK_MATCH, MARK_THIS_MATCH, MARK_DOUBT, MARK_BOOKMARK };
struct sound_mark {
    vb_time at;
    enum sound_mark_kind kind;
};

/* The part of the sound that the seek bar shows; span 0: all. */
struct bar_part {
    vb_time from, span;
};

enum { JUMPS_KEPT = 64, MESSAGES_KEPT = 8 };

struct session {
    /* what is open; any of it may be NULL */
    struct vb_document *document;
    const struct vb_transcript *transcript; /* the document's */
    struct vb_timeline *timeline;
    struct vb_timeline *timeline_before; /* of the text before a correction; NULL: not needed */
    struct vb_player *player;
    char *sound_path;
    char sound_key[SHA256_HEX]; /* "": unknown */
    struct arrival arrival;     /* what is about to take the place of it */
    struct loading *loading;    /* the document is only the beginning, the rest is being read */
    char *compare_when_open;    /* a second text; NULL: none */
    bool plays_when_loaded;     /* asked to play meanwhile */
    uint32_t revision;          /* grows when transcript or timeline change: lay out anew */

    /* this instant, as of the last session_update() */
    vb_time clock; /* the front's, monotone µs */
    struct vb_player_state now;
    uint32_t word, turn; /* being heard; VB_NONE: none */

    /* how it is shown */
    struct settings settings;
    bool system_is_dark; /* the desktop's own colours, set by the window */
    enum mode mode;
    bool compact;      /* a strip that stays above other windows */
    bool follow;       /* the view keeps the current word in sight */
    bool out_of_sight; /* set by the view: follow was suspended by scrolling away */
    enum scroll_wish scroll;
    uint32_t scroll_word; /* of SCROLL_WORD */
    int select_lines;     /* the view takes the selection's head so many lines on */

    /* what was asked, what was searched for, what is selected */
    enum ask asked;
    uint32_t asks; /* grows with each question, the same one again, too */
    struct search search;
    struct replacing replacing;
    struct selection selection;
    struct bookmarks bookmarks;
    uint32_t menu_word; /* the menu is for it; VB_NONE: for where the reader is */
    bool full_screen;
    struct export *export; /* a clip is being written; NULL: none */

    /* said to the user, newest last; `said` counts all of them, the last MESSAGES_KEPT are here
     */
    struct message messages[MESSAGES_KEPT];
    uint64_t said;
    bool question_open; /* the newest question waits */

    /* where jumps came from */
    vb_time jumps[JUMPS_KEPT];
    size_t jump_count, jump_at; /* jumps[0 … jump_at) can be undone, the rest redone */
    uint32_t jumps_made;        /* grows */

    /* corrections (editing.c) */
    uint32_t edits;    /* grows with each: what counts words has to count anew */
    bool keeps_drafts; /* unsaved corrections are kept in the state */
    vb_time draft_due, asked_to_leave; /* of the front's clock, or VB_NO_TIME */
    bool said_draft;
    struct draft_writing *draft; /* a thread writes it; NULL: none does */
    struct drafts drafts;
    struct caret caret;          /* in the text: caret.h */
    struct typography typography;
    struct leaving {    /* leaving.c */
        uint32_t waits; /* for the answer to this one of `asks`; 0: nothing does */
        bool quits;     /* … and ends the program then; else it takes what has arrived */
        bool granted;   /* the page may go */
    } leaving;
    struct buf conflict; /* where another program's change meets ours */
    struct buf
        save_over;    /* a file of that name is there: asked once more before it is replaced */
    bool has_dialogs; /* the front shows questions that are answered with a button */
    struct watch *watch;         /* of the transcript's file; NULL: nobody looks */
    VEC(struct word_range) news; /* words that another program brought in last */
    /* the sound as a whole, and how it is played */
    bool surveys;          /* a worker may look through it: the window wants that */
    bool opens_in_parts;   /* the beginning of a long text may come first: as above */
    struct survey *survey; /* its work; NULL: not begun */
    VEC(struct sound_mark) marks;
    struct bar_part bar;
    vb_time bar_head; /* what was heard when the bar last followed it */
    vb_time offset;   /* the text comes so much later than its times say */
    struct outputs outputs;
    vb_time output_looked; /* when its name was last asked for */
    int volume_before;     /* it was silenced; 0: nobody did */
    enum sound_panel panel;
    struct calibration *calibration; /* NULL: nobody taps */
    bool resume_after_taps;
    bool said_failure;
    vb_time look_again; /* for an output, while there is none */
    vb_time look_wait;  /* … and how long after that; 0: just begun */

    /* what is remembered (memory.c) */
    struct store *store; /* NULL: nothing */
    struct memory memory;
    struct reading_place reading;

    /* when words are heard */
    struct times *times; /* times.c */
    struct pins *pins;   /* pins.c */

    struct relire *relire; /* proofreading (relire.c); NULL: nothing yet */

    bool quit;
    bool come_forward; /* the window shall come before the others; it takes this back */

    /* given at the start */
    const char
        *program; /* ours, to be called again for work on the side; NULL: there is none */
    bool begins_elsewhere; /* … for what is opened next: the caller says where, don't resume */
    bool keeps_zoom;       /* … nor take the zoom it had */
    bool opens_aside;      /* files are read on a thread: the interface goes on meanwhile */
    const struct vb_sink *sink;
    void (*notify)(void *ctx);
    void *notify_ctx;
    const char *data;           /* the folder of what comes with the program; NULL: not found */
    struct recents recents;     /* given by whoever remembers */
    struct clipboard clipboard; /* set by the window */
    /* Lets the user choose a file in the desktop's own way, beginning at the one that is
     * offered; then ask_chosen(). False, or NULL: there is none. */
    bool (*choose_file)(void *ctx, enum ask what, const char *offered);
    void *choose_ctx;

    /* what was already said once */
    bool said_silent, said_duration, said_fit, said_loss;
    vb_time spread_over; /* the duration the timeline was made for */
};

/* Takes nothing over; `notify` runs on other threads (see vb_player_open). */
void session_init(struct session *s, const struct vb_sink *sink, void (*notify)(void *ctx),
                  void *ctx);
void session_free(struct session *s);

/* ---- opening ---- */

/* A sound or a transcript, by content; replaces what was open of that kind. Does not look for a
 * partner. False: nothing changed. With `opens_aside`, true may mean that it is still on its
 * way: then session_update() takes it, or says why it can't. The newest order is the only one.
 */
bool session_open(struct session *s, const char *path, struct vb_error *error);
/* The two in either order; `second` NULL: the partner of the same name is looked for. The error
 * of a pair of two sounds or two texts says so. */
bool session_open_pair(struct session *s, const char *first, const char *second,
                       struct vb_error *error);
/* What was just opened, or what is on its way once it is there: from `start` on (VB_NO_TIME:
 * where it stands), playing or not. */
void session_begin(struct session *s, vb_time start, bool play);
/* The name of the file that its disk has not given yet, NULL: none; and for how long. */
const char *session_awaits(const struct session *s);
vb_time session_awaited(const struct session *s);
#define SESSION_SLOW                                                                           \
    (2 * VB_SECOND) /* longer than reading takes: the disk is slow or hangs                    \
                     */
void session_stop_opening(struct session *s);
/* Gives it up to `ms` to come; false: it can't be opened, `error` says why. */
bool session_wait(struct session *s, int ms, struct vb_error *error);
void session_arrive(struct session *s); /* part of session_update() */

/* ---- each frame ---- */

/* Reads the player, finds the word, says what has to be said. True: something shown changed. */
bool session_update(struct session *s, vb_time clock);
/* How long until something shown changes by itself (the next word), in µs of the clock;
 * VB_NO_TIME: nothing will without an event. */
vb_time session_next_change(const struct session *s);
/* The earlier of two such; VB_NO_TIME is never. */
vb_time session_sooner(vb_time a, vb_time b);

/* The time to tell for a word. Behind a marker that listening agrees with it is the marker's
 * own, as the page has it. `known`: it is not only estimated. */
vb_time session_time_of(const struct session *s, uint32_t word, bool *known);

/* ---- what the user does ---- */

void session_load(struct session *s);   /* part of a frame: has the whole text come? */
void session_spread(struct session *s); /* makes the timeline anew */
void session_play_word(struct session *s,
                       uint32_t word);            /* a jump; plays when settings say so */
void session_seek(struct session *s, vb_time to); /* a jump: can be undone */
void session_drag(struct session *s, vb_time to); /* the seek bar being dragged: no jump */
void session_skip(struct session *s, vb_time by);
void session_toggle(struct session *s); /* play or pause */
void session_play(struct session *s);
void session_pause(struct session *s);
void session_step_turn(struct session *s, int by);
/* The turn heard, or in a silence the last one begun; VB_NONE. Where it ends. */
uint32_t session_turn_at(const struct session *s);
vb_time session_turn_end(const struct session *s, uint32_t turn);
void session_undo_jump(struct session *s);
void session_redo_jump(struct session *s);
void session_set_volume(struct session *s, int percent); /* above 100: through a limiter */
/* Clamped to 50 … 300; the pitch stays. */
void session_set_speed(struct session *s, int percent);
/* The turn being heard, from its beginning: once, then a pause; or again and again. */
void session_play_turn(struct session *s, bool again);
void session_set_zoom(struct session *s, int percent); /* clamped to 60 … 400 */
void session_set_follow(struct session *s, bool follow);
/* Scrolls to the word where it is out of sight; the voice stays where it is. */
void session_show_word(struct session *s, uint32_t word);
void session_ask(struct session *s, enum ask what);
/* Nothing is marked any more; the view goes back to where the search began. */
void session_end_search(struct session *s);
/* Plays what is selected, else the turn being heard: once, then a pause; or again and again. */
void session_play_selection(struct session *s, bool again);
/* As if the newest jump had never been: there is nothing to redo. */
void session_forget_jump(struct session *s);
void session_dismiss(struct session *s); /* the question, and all that still shows */

void session_say(struct session *s, enum message_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The i-th message said, from 0; NULL: not said yet, or forgotten. */
const struct message *session_message(const struct session *s, uint64_t i);
