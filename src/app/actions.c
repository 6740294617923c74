/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the user can do, one row an action. */
#include "app/actions.h"

#include "app/arrivals.h"
#include "app/asks.h"
#include "app/copy.h"
#include "app/editing.h"
#include "app/export.h"
#include "app/keymap.h"
#include "app/leaving.h"
#include "app/listening.h"
#include "app/marker.h"
#include "app/pins.h"
#include "app/reading_copy.h"
#include "app/relire.h"
#include "app/times.h"
#include "app/turns.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

static void toggle(struct session *s, int amount)
{
    (void)amount;
    session_toggle(s);
}

static void play(struct session *s, int amount)
{
    (void)amount;
    session_play(s);
}

static void pause(struct session *s, int amount)
{
    (void)amount;
    session_pause(s);
}

static void skip(struct session *s, int seconds)
{
    session_skip(s, seconds * VB_SECOND);
}

/* The arrows' own step is a setting. */
static void skip_step(struct session *s, int direction)
{
    session_skip(s, direction * s->settings.skip * VB_SECOND);
}

static void step_turn(struct session *s, int by)
{
    session_step_turn(s, by);
}

static void undo_jump(struct session *s, int amount)
{
    (void)amount;
    session_undo_jump(s);
}

static void redo_jump(struct session *s, int amount)
{
    (void)amount;
    session_redo_jump(s);
}

static void volume(struct session *s, int by)
{
    session_set_volume(s, s->settings.volume + by);
}

/* A tenth faster or slower; 0: as it was spoken. */
static void speed(struct session *s, int by)
{
    session_set_speed(s, by ? s->settings.speed + by : 100);
}

static void mute(struct session *s, int amount)
{
    (void)amount;
    session_mute(s);
}

static void voice_up(struct session *s, int amount)
{
    (void)amount;
    session_set_voice_up(s, !s->settings.voice_up);
}

static void skip_silences(struct session *s, int amount)
{
    (void)amount;
    session_set_skip_silences(s, !s->settings.skip_silences);
}

static void sides(struct session *s, int by)
{
    session_set_sides(s, s->settings.sides + by);
}

static void rewind_by(struct session *s, int tenths)
{
    session_set_rewind(s, s->settings.rewind + tenths);
}

static void skip_by(struct session *s, int seconds)
{
    session_set_skip(s, s->settings.skip + seconds);
}

static void delay_by(struct session *s, int ms)
{
    session_set_delay(s, outputs_delay(&s->outputs) + ms);
}

/* In tenths of a second; 0: none. */
static void offset_by(struct session *s, int tenths)
{
    session_set_offset(s, tenths ? s->offset + tenths * VB_SECOND / 10 : 0);
}

static void open_panel(struct session *s, int panel)
{
    bool open = s->panel == (enum sound_panel)panel;
    session_calibration_end(s);
    s->panel = open ? PANEL_NONE : (enum sound_panel)panel;
}

static void calibrate(struct session *s, int amount)
{
    (void)amount;
    session_calibrate(s);
}

static void tap(struct session *s, int amount)
{
    (void)amount;
    session_tap(s);
}

static void take_taps(struct session *s, int amount)
{
    (void)amount;
    session_calibration_take(s);
}

static void bar_zoom(struct session *s, int by)
{
    if (by)
        session_bar_zoom(s, by, s->now.position);
    else
        session_bar_all(s);
}

static void play_passage(struct session *s, int again)
{
    session_play_selection(s, again != 0);
}

static void toggle_follow(struct session *s, int amount)
{
    (void)amount;
    session_set_follow(s, !s->follow || s->out_of_sight);
}

static void scroll(struct session *s, int wish)
{
    s->scroll = (enum scroll_wish)wish;
}

/* Steps of a tenth, so that each is seen and none too much. */
static void zoom(struct session *s, int by)
{
    session_set_zoom(s, by ? s->settings.zoom + by : 100);
}

static void switch_theme(struct session *s, int amount)
{
    (void)amount;
    int theme = s->settings.theme;
    bool is_light = theme == THEME_LIGHT || (theme == THEME_SYSTEM && !s->system_is_dark);
    s->settings.theme = is_light ? THEME_DARK : THEME_LIGHT;
}

static void help(struct session *s, int amount)
{
    (void)amount;
    s->mode = s->mode == MODE_HELP ? MODE_READING : MODE_HELP;
}

static void show_labels(struct session *s, int amount)
{
    (void)amount;
    s->mode = s->mode == MODE_LABELS ? MODE_READING : MODE_LABELS;
}

static void show_statistics(struct session *s, int amount)
{
    (void)amount;
    s->mode = s->mode == MODE_STATISTICS ? MODE_READING : MODE_STATISTICS;
}

/* ---- searching, selecting, copying ---- */

static void ask(struct session *s, int what)
{
    session_ask(s, (enum ask)what);
}

/* A search that is not shown is taken up again where the reader is. */
static void find_step(struct session *s, int by)
{
    if (!s->search.query.len)
        session_ask(s, ASK_FIND);
    else
        search_step(s, by);
}

static void select_all(struct session *s, int amount)
{
    (void)amount;
    selection_all(s);
    copy_offer_selection(s);
}

static void select_words(struct session *s, int by)
{
    selection_step(s, by);
    copy_offer_selection(s);
}

static void select_lines(struct session *s, int by)
{
    s->select_lines += by;
}

static void select_paragraph(struct session *s, int by)
{
    selection_step_paragraph(s, by);
    copy_offer_selection(s);
}

static void select_turn(struct session *s, int amount)
{
    (void)amount;
    selection_turn(s, s->menu_word);
    copy_offer_selection(s);
}

static void play_here(struct session *s, int amount)
{
    (void)amount;
    session_play_word(s, s->menu_word != VB_NONE ? s->menu_word : s->reading.top_word);
}

static void copy(struct session *s, int amount)
{
    (void)amount;
    copy_selection(s);
}

static void quote(struct session *s, int amount)
{
    (void)amount;
    copy_quote(s, (enum quote_form)s->settings.quote);
}

static void next_quote_form(struct session *s, int amount)
{
    (void)amount;
    s->settings.quote = (s->settings.quote + 1) % QUOTE_FORMS;
    session_say(s, MESSAGE_INFO, _("quotes are copied as: %s"),
                quote_form_title((enum quote_form)s->settings.quote));
}

static void write_time(struct session *s, int amount)
{
    (void)amount;
    copy_time(s);
}

static void bookmark(struct session *s, int sets)
{
    if (sets)
        bookmarks_set(s);
    else
        bookmarks_drop(s);
}

static void bookmark_step(struct session *s, int by)
{
    bookmarks_step(s, by);
}

static void open_other(struct session *s, int amount)
{
    (void)amount;
    ask_user(s, ASK_FILE);
}

static void export(struct session *s, int amount)
{
    (void)amount;
    export_ask(s);
}

static void full_screen(struct session *s, int amount)
{
    (void)amount;
    s->full_screen = !s->full_screen;
}

static void show_settings(struct session *s, int amount)
{
    (void)amount;
    s->mode = s->mode == MODE_SETTINGS ? MODE_READING : MODE_SETTINGS;
}

static void paste(struct session *s, int amount)
{
    (void)amount;
    arrivals_paste(s);
}

static void save_copy(struct session *s, int amount)
{
    (void)amount;
    reading_copy_save(s);
}

static void toggle_compact(struct session *s, int amount)
{
    (void)amount;
    s->compact = !s->compact;
}

/* The topmost thing that is open, one at a time. */
static void close_what_is_open(struct session *s, int amount)
{
    (void)amount;
    if (s->mode != MODE_READING)
        s->mode = MODE_READING;
    else if (s->asked != ASK_NOTHING && s->asked != ASK_FIND)
        leaving_cancel(s);
    else if (session_awaits(s))
        session_stop_opening(s);
    else if (s->asked == ASK_FIND || s->search.shown)
        session_end_search(s);
    else if (selection_is(s))
        selection_none(s);
    else if (s->calibration)
        session_calibration_end(s);
    else if (s->panel != PANEL_NONE)
        s->panel = PANEL_NONE;
    else
        session_dismiss(s);
}

static void quit(struct session *s, int amount)
{
    (void)amount;
    session_quit(s);
}

static void undo_edit(struct session *s, int forth)
{
    if (forth)
        session_redo_edit(s);
    else
        session_undo_edit(s);
}

static void edit(struct session *s, int amount)
{
    (void)amount;
    if (s->caret.on)
        session_edit_end(s);
    else
        session_edit_here(s);
}

static void save_as(struct session *s, int amount)
{
    (void)amount;
    if (s->document)
        ask_user(s, ASK_SAVE_AS);
    else
        session_say(s, MESSAGE_INFO, "%s", _("no transcript is open"));
}

static void rename_speaker(struct session *s, int amount)
{
    (void)amount;
    if (session_correctable(s))
        session_ask(s, ASK_RENAME);
}

static void split_turn(struct session *s, int amount)
{
    (void)amount;
    turns_ask_split(s);
}

static void write_marker(struct session *s, int moves)
{
    if (moves)
        marker_move_here(s);
    else
        marker_here(s);
}

static void replace(struct session *s, int amount)
{
    (void)amount;
    replacing_begin(s);
}

static void save(struct session *s, int amount)
{
    (void)amount;
    session_save(s);
}

static void bring_draft(struct session *s, int amount)
{
    (void)amount;
    session_bring_draft(s);
}

static void reload(struct session *s, int how)
{
    session_read_again(s, (enum vb_reload)how);
}

static void align(struct session *s, int amount)
{
    (void)amount;
    times_align(s);
}

static void pin(struct session *s, int amount)
{
    (void)amount;
    pins_here(s);
}

static void unpin(struct session *s, int amount)
{
    (void)amount;
    pins_remove(s, VB_NONE);
}

static void write_pin(struct session *s, int amount)
{
    (void)amount;
    pins_write(s, VB_NONE);
}

static void undo_pin(struct session *s, int forth)
{
    if (forth)
        pins_redo(s);
    else
        pins_undo(s);
}

/* ---- proofreading ---- */

static void proofread(struct session *s, int amount)
{
    (void)amount;
    relire_set(s, !relire_is_on(s));
}

static void doubt_step(struct session *s, int by)
{
    if (!relire_is_on(s))
        relire_set(s, true);
    if (relire_is_on(s))
        relire_step(s, by);
}

static void doubt_right(struct session *s, int amount)
{
    (void)amount;
    relire_right(s);
}

static void replay(struct session *s, int slower)
{
    relire_replay(s, slower != 0);
}

static void doubt_note(struct session *s, int amount)
{
    (void)amount;
    relire_note(s);
}

static void doubts_order(struct session *s, int amount)
{
    (void)amount;
    relire_order(s, !relire_by_rank(s));
}

static void doubts_like_this(struct session *s, int amount)
{
    (void)amount;
    relire_want_no_more(s);
}

static void stop_at_turns(struct session *s, int amount)
{
    (void)amount;
    relire_set_stops(s, !relire_stops(s));
}

static void loop_back(struct session *s, int seconds)
{
    relire_loop(s, seconds);
}

static void next_hole(struct session *s, int amount)
{
    (void)amount;
    relire_next_hole(s);
}

static void copy_progress(struct session *s, int amount)
{
    (void)amount;
    relire_copy_progress(s);
}

static void play_news(struct session *s, int amount)
{
    (void)amount;
    relire_play_news(s);
}

static void compare(struct session *s, int ends)
{
    if (ends)
        relire_compare_end(s);
    else
        ask_user(s, ASK_OTHER);
}

static void show_differences(struct session *s, int amount)
{
    (void)amount;
    relire_set_glosses(s, !relire_glosses(s));
}

/* clang-format off */
static const struct action actions[] = {
    {"play-pause",     "Space, Ctrl+Space, F4, MediaPlay", N_("play or pause"),                           GROUP_LISTEN,  toggle,              0},
    {"play",           "",                           N_("play"),                                    GROUP_LISTEN,  play,                0},
    {"pause",          "",                           N_("pause"),                                   GROUP_LISTEN,  pause,               0},
    {"back",           "Left",                       N_("back by five seconds (a setting)"),        GROUP_LISTEN,  skip_step,           -1},
    {"forward",        "Right",                      N_("forward by five seconds (a setting)"),     GROUP_LISTEN,  skip_step,           +1},
    {"back-little",    "Ctrl+Left",                  N_("back by a second"),                        GROUP_LISTEN,  skip,                -1},
    {"forward-little", "Ctrl+Right",                 N_("forward by a second"),                     GROUP_LISTEN,  skip,                +1},
    {"back-far",       "Alt+Left",                   N_("back by half a minute"),                   GROUP_LISTEN,  skip,                -30},
    {"forward-far",    "Alt+Right",                  N_("forward by half a minute"),                GROUP_LISTEN,  skip,                +30},
    {"play-turn",      "Shift+Space",                N_("this turn once more, or what is selected"), GROUP_LISTEN, play_passage,       false},
    {"loop-turn",      "L",                          N_("this turn again and again, or what is selected"), GROUP_LISTEN, play_passage,  true},
    {"loop-back",      "B",                          N_("the last four seconds again and again, then eight, twelve, and on"), GROUP_LISTEN, loop_back, 0},
    {"loop-back-4",    "",                           N_("the last four seconds again and again"),   GROUP_LISTEN,  loop_back,           4},
    {"loop-back-8",    "",                           N_("the last eight seconds again and again"),  GROUP_LISTEN,  loop_back,           8},
    {"loop-back-12",   "",                           N_("the last twelve seconds again and again"), GROUP_LISTEN,  loop_back,           12},
    {"slower",         "[, <",                       N_("slower"),                                  GROUP_LISTEN,  speed,               -10},
    {"faster",         "], >",                       N_("faster"),                                  GROUP_LISTEN,  speed,               +10},
    {"normal-speed",   "\\",                         N_("at the speed it was spoken"),              GROUP_LISTEN,  speed,               0},
    {"louder",         "Ctrl+Up",                    N_("louder"),                                  GROUP_LISTEN,  volume,              +5},
    {"quieter",        "Ctrl+Down",                  N_("quieter"),                                 GROUP_LISTEN,  volume,              -5},
    {"mute",           "M",                          N_("silence, or sound on again"),              GROUP_LISTEN,  mute,                0},
    {"previous-turn",  "Up, K, MediaPrevious",       N_("to the previous turn"),                    GROUP_MOVE,    step_turn,           -1},
    {"next-turn",      "Down, J, MediaNext",         N_("to the next turn"),                        GROUP_MOVE,    step_turn,           +1},
    {"undo-jump",      "Backspace",                  N_("back to where you were before the jump"),  GROUP_MOVE,    undo_jump,           0},
    {"redo-jump",      "Shift+Backspace",            N_("jump again"),                              GROUP_MOVE,    redo_jump,           0},
    {"page-up",        "PageUp",                     N_("read a page back"),                        GROUP_MOVE,    scroll,              SCROLL_PAGE_UP},
    {"page-down",      "PageDown",                   N_("read a page on"),                          GROUP_MOVE,    scroll,              SCROLL_PAGE_DOWN},
    {"top",            "Home",                       N_("to the beginning of the text"),            GROUP_MOVE,    scroll,              SCROLL_TOP},
    {"bottom",         "End",                        N_("to the end of the text"),                  GROUP_MOVE,    scroll,              SCROLL_BOTTOM},
    {"follow",         "F",                          N_("follow the voice, or stop following"),     GROUP_MOVE,    toggle_follow,       0},
    {"zoom-in",        "Ctrl++, Ctrl+=",             N_("larger text"),                             GROUP_SHOW,    zoom,                +10},
    {"zoom-out",       "Ctrl+-",                     N_("smaller text"),                            GROUP_SHOW,    zoom,                -10},
    {"zoom-reset",     "Ctrl+0",                     N_("text in its own size"),                    GROUP_SHOW,    zoom,                0},
    {"theme",          "T",                          N_("light or dark"),                           GROUP_SHOW,    switch_theme,        0},
    {"full-screen",    "F11",                        N_("the whole screen, or a window"),               GROUP_SHOW,    full_screen,         0},
    {"find",           "Ctrl+F",                     N_("search in the text"),                          GROUP_TEXT,    ask,                 ASK_FIND},
    {"find-next",      "F3",                         N_("to the next place found"),                     GROUP_TEXT,    find_step,           +1},
    {"find-previous",  "Shift+F3",                   N_("to the place found before"),                   GROUP_TEXT,    find_step,           -1},
    {"go-to-time",     "Ctrl+G",                     N_("go to a time"),                                GROUP_MOVE,    ask,                 ASK_TIME},
    {"select-all",     "Ctrl+A",                     N_("select the whole text"),                       GROUP_TEXT,    select_all,          0},
    {"select-left",    "Shift+Left",                 N_("select a word back"),                          GROUP_TEXT,    select_words,        -1},
    {"select-right",   "Shift+Right",                N_("select a word on"),                            GROUP_TEXT,    select_words,        +1},
    {"select-up",      "Shift+Up",                   N_("select a line back"),                          GROUP_TEXT,    select_lines,        -1},
    {"select-down",    "Shift+Down",                 N_("select a line on"),                            GROUP_TEXT,    select_lines,        +1},
    {"select-paragraph-up",   "Ctrl+Shift+Up",       N_("select back to the paragraph's beginning"),    GROUP_TEXT,    select_paragraph,    -1},
    {"select-paragraph-down", "Ctrl+Shift+Down",     N_("select on to the paragraph's end"),            GROUP_TEXT,    select_paragraph,    +1},
    {"select-turn",    "",                           N_("select the turn"),                             GROUP_TEXT,    select_turn,         0},
    {"play-here",      "",                           N_("hear it from here"),                           GROUP_TEXT,    play_here,           0},
    {"copy",           "Ctrl+C, Ctrl+Insert",        N_("copy the text that is selected, or the turn"), GROUP_TEXT,    copy,                0},
    {"copy-quote",     "Ctrl+Shift+C",               N_("copy it as a quote, with its source"),         GROUP_TEXT,    quote,               0},
    {"quote-form",     "",                           N_("quote in another form"),                       GROUP_TEXT,    next_quote_form,     0},
    {"copy-time",      "Ctrl+T",                     N_("copy the time, as the page writes it"),        GROUP_TEXT,    write_time,          0},
    {"bookmark",       "Ctrl+B",                     N_("a bookmark here, with a note"),                GROUP_TEXT,    bookmark,            true},
    {"bookmark-remove", "Ctrl+Shift+B",              N_("take the bookmark here away"),                 GROUP_TEXT,    bookmark,            false},
    {"bookmark-next",  "Ctrl+PageDown",              N_("to the next bookmark"),                        GROUP_MOVE,    bookmark_step,       +1},
    {"bookmark-previous", "Ctrl+PageUp",             N_("to the bookmark before"),                      GROUP_MOVE,    bookmark_step,       -1},
    {"export-clip",    "Ctrl+E",                     N_("save the sound of what is selected, or of the turn"), GROUP_TEXT, export,           0},
    {"open",           "Ctrl+O",                     N_("open a recording or a transcript"),            GROUP_PROGRAM, open_other,          0},
    {"menu",           "Menu, Shift+F10",            N_("what can be done here"),                       GROUP_PROGRAM, ask,                 ASK_MENU},
    {"palette",        "Ctrl+K",                     N_("find an action by its name"),                  GROUP_PROGRAM, ask,                 ASK_ACTION},
    {"compact",        "Ctrl+M",                     N_("a small strip that stays on top, or the whole window"), GROUP_SHOW, toggle_compact, 0},
    {"pin",            "P",                          N_("this word is heard now"),                  GROUP_CORRECT, pin,                 0},
    {"undo-pin",       "Shift+P",                    N_("take the last “heard now” back"),          GROUP_CORRECT, undo_pin,            false},
    {"redo-pin",       "Alt+P",                      N_("set it again"),                            GROUP_CORRECT, undo_pin,            true},
    {"unpin",          "",                           N_("take this word's “heard now” away"),       GROUP_CORRECT, unpin,               0},
    {"write-pin",      "",                           N_("write this word's “heard now” into the page, as a marker"), GROUP_CORRECT, write_pin, 0},
    {"marker",         "Ctrl+J",                     N_("write the time that is heard, as the page writes its times"), GROUP_CORRECT, write_marker, false},
    {"marker-move",    "Ctrl+Shift+J",               N_("move the time marker before this place here"), GROUP_CORRECT, write_marker,     true},
    {"align",          "",                           N_("listen for when each word is heard, or stop"), GROUP_CORRECT, align,           0},
    {"proofread",      "F7",                         N_("proofread, or only read"),                 GROUP_CORRECT, proofread,           0},
    {"doubt-next",     "",                           N_("to the next doubt (Tab while proofreading)"), GROUP_CORRECT, doubt_step,       +1},
    {"doubt-previous", "",                           N_("to the doubt before (Shift+Tab)"),         GROUP_CORRECT, doubt_step,          -1},
    {"doubt-right",    "V",                          N_("right as it is: the doubt, or the turn heard"), GROUP_CORRECT, doubt_right,    0},
    {"replay",         "R",                          N_("hear the doubt once more, or the turn"),   GROUP_CORRECT, replay,              false},
    {"replay-slower",  "Shift+R",                    N_("the same, slower"),                        GROUP_CORRECT, replay,              true},
    {"doubt-note",     "N",                          N_("a note on the doubt, or on what is selected"), GROUP_CORRECT, doubt_note,      0},
    {"doubts-order",   "",                           N_("doubts by place, or the likeliest first"), GROUP_CORRECT, doubts_order,        0},
    {"doubts-off",     "",                           N_("show no more doubts like this one"),       GROUP_CORRECT, doubts_like_this,    0},
    {"stop-at-turns",  "",                           N_("stop at the end of each turn, or play on"), GROUP_CORRECT, stop_at_turns,      0},
    {"next-hole",      "H",                          N_("on from where nothing was heard yet"),     GROUP_CORRECT, next_hole,           0},
    {"copy-progress",  "",                           N_("copy how far it was proofread, as a line for the wiki"), GROUP_CORRECT, copy_progress, 0},
    {"play-news",      "",                           N_("hear what is new in the text, one after the other"), GROUP_CORRECT, play_news, 0},
    {"compare",        "",                           N_("compare with a second text"),              GROUP_CORRECT, compare,             false},
    {"compare-end",    "",                           N_("put the second text away"),                GROUP_CORRECT, compare,             true},
    {"differences",    "D",                          N_("the second text between the lines, or not"), GROUP_CORRECT, show_differences,  0},
    {"edit",           "E, F2",                      N_("correct the text in place, or leave it"),  GROUP_CORRECT, edit,                0},
    {"save",           "Ctrl+S",                     N_("save the corrected transcript"),           GROUP_CORRECT, save,                0},
    {"replace",        "Ctrl+H",                     N_("replace what is found"),                   GROUP_CORRECT, replace,             0},
    {"save-as",        "Ctrl+Shift+S",               N_("save it under another name"),              GROUP_CORRECT, save_as,             0},
    {"rename",         "Ctrl+R",                     N_("rename a speaker everywhere"),             GROUP_CORRECT, rename_speaker,      0},
    {"split-turn",     "Ctrl+Return",                N_("another voice speaks from here"),          GROUP_CORRECT, split_turn,          0},
    {"undo",           "Ctrl+Z",                     N_("undo a correction"),                       GROUP_CORRECT, undo_edit,           false},
    {"redo",           "Ctrl+Shift+Z, Ctrl+Y",       N_("redo a correction"),                       GROUP_CORRECT, undo_edit,           true},
    {"reload-theirs",  "",                           N_("take the file's text, changed by another program"), GROUP_CORRECT, reload,     VB_RELOAD_THEIRS},
    {"reload-ours",    "",                           N_("keep this text over another program's"),   GROUP_CORRECT, reload,              VB_RELOAD_OURS},
    {"bring-draft",    "",                           N_("corrections that a crash left and that don't fit the page"), GROUP_CORRECT, bring_draft, 0},
    {"sound-panel",    "S",                          N_("how the sound is played"),                 GROUP_SOUND,   open_panel,          PANEL_SOUND},
    {"voice-up",       "Shift+V",                    N_("quiet voices louder, or as they are"),     GROUP_SOUND,   voice_up,            0},
    {"skip-silences",  "Shift+S",                    N_("pass over long silences, or hear them"),   GROUP_SOUND,   skip_silences,       0},
    {"sides",          "Shift+B",                    N_("both sides, the left or the right one alone"), GROUP_SOUND, sides,             +1},
    {"sides-back",     "",                           N_("the same the other way round"),            GROUP_SOUND,   sides,               -1},
    {"offset",         "Ctrl+Shift+O",               N_("the text comes later or earlier than its times say"), GROUP_SOUND, open_panel, PANEL_OFFSET},
    {"offset-later",   "",                           N_("the text comes a tenth of a second later"), GROUP_SOUND,  offset_by,           +1},
    {"offset-earlier", "",                           N_("the text comes a tenth of a second earlier"), GROUP_SOUND, offset_by,          -1},
    {"offset-none",    "",                           N_("the text comes when its times say"),       GROUP_SOUND,   offset_by,           0},
    {"rewind-more",    "",                           N_("go farther back when playing on after a pause"), GROUP_SOUND, rewind_by,      +5},
    {"rewind-less",    "",                           N_("go less far back when playing on after a pause"), GROUP_SOUND, rewind_by,     -5},
    {"skip-more",      "",                           N_("the arrow keys jump farther"),             GROUP_SOUND,   skip_by,             +1},
    {"skip-less",      "",                           N_("the arrow keys jump less far"),            GROUP_SOUND,   skip_by,             -1},
    {"delay-more",     "",                           N_("this output is heard later than it says"), GROUP_SOUND,   delay_by,            +10},
    {"delay-less",     "",                           N_("this output is heard earlier than it says"), GROUP_SOUND, delay_by,            -10},
    {"calibrate",      "",                           N_("find the delay of this output by tapping along"), GROUP_SOUND, calibrate,      0},
    {"tap",            "",                           N_("tap along with the clicks"),               GROUP_SOUND,   tap,                 0},
    {"calibrate-take", "",                           N_("take the delay that the taps tell"),       GROUP_SOUND,   take_taps,           0},
    {"bar-zoom-in",    "Alt++, Alt+=",               N_("seek bar: show less of the sound, larger"), GROUP_SHOW,   bar_zoom,            +2},
    {"bar-zoom-out",   "Alt+-",                      N_("seek bar: show more of the sound"),        GROUP_SHOW,    bar_zoom,            -2},
    {"bar-zoom-all",   "Alt+0",                      N_("seek bar: show all of the sound"),         GROUP_SHOW,    bar_zoom,            0},
    {"paste",          "Ctrl+V",                     N_("open the page that was copied"),           GROUP_PROGRAM, paste,               0},
    {"reading-copy",   "Ctrl+P",                     N_("save a copy for reading and printing"),    GROUP_PROGRAM, save_copy,           0},
    {"labels",         "Ctrl+L",                     N_("labels that may be speakers or text"),     GROUP_CORRECT, show_labels,         0},
    {"statistics",     "Ctrl+I",                     N_("who speaks how much, and how fast"),       GROUP_SHOW,    show_statistics,     0},
    {"settings",       "Ctrl+,",                     N_("settings"),                                GROUP_PROGRAM, show_settings,       0},
    {"help",           "F1, ?",                      N_("this help"),                               GROUP_PROGRAM, help,                0},
    {"close",          "Escape",                     N_("close what is open"),                      GROUP_PROGRAM, close_what_is_open,  0},
    {"quit",           "Ctrl+Q",                     N_("quit"),                                    GROUP_PROGRAM, quit,                0},
};
/* clang-format on */

static const char *const group_titles[GROUP_COUNT] = {
    [GROUP_LISTEN] = N_("Listen"),
    [GROUP_MOVE] = N_("Move"),
    [GROUP_TEXT] = N_("Search and quote"),
    [GROUP_SHOW] = N_("Show"),
    [GROUP_SOUND] = N_("Sound"),
    [GROUP_CORRECT] = N_("Correct"),
    [GROUP_PROGRAM] = N_("Program"),
};

size_t action_count(void)
{
    return COUNT(actions);
}

const struct action *action_at(size_t i)
{
    return &actions[i];
}

const struct action *action_named(vb_str name)
{
    for (size_t i = 0; i < COUNT(actions); i++)
        if (str_eq(name, actions[i].name))
            return &actions[i];
    return NULL;
}

const struct action *action_for_key(const struct key_press *press)
{
    const struct action *best = NULL;
    enum key_fit how = KEY_NO_FIT;
    for (size_t i = 0; i < COUNT(actions); i++) {
        enum key_fit fit = keys_fit(keymap_keys(&actions[i]), press);
        if (fit > how) {
            how = fit;
            best = &actions[i];
        }
    }
    return best;
}

const char *action_group_title(enum action_group group)
{
    return _(group_titles[group]);
}
