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

static void volume(struct session *s, int by)
{
    session_set_volume(s, s->settings.volume + by);
}

/* A tenth faster or slower; 0: as it was spoken. */
static void speed(struct session *s, int by)
{
    session_set_speed(s, by ? s->settings.speed + by : 100);
}

static void voice_up(struct session *s)
{
    session_set_voice_up(s, !s->settings.voice_up);
}

static void skip_silences(struct session *s)
{
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

static void toggle_follow(struct session *s)
{
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

static void switch_theme(struct session *s)
{
    int theme = s->settings.theme;
    bool is_light = theme == THEME_LIGHT || (theme == THEME_SYSTEM && !s->system_is_dark);
    s->settings.theme = is_light ? THEME_DARK : THEME_LIGHT;
}

static void help(struct session *s)
{
    s->mode = s->mode == MODE_HELP ? MODE_READING : MODE_HELP;
}

static void show_labels(struct session *s)
{
    s->mode = s->mode == MODE_LABELS ? MODE_READING : MODE_LABELS;
}

static void show_statistics(struct session *s)
{
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

static void select_all(struct session *s)
{
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

static void select_turn(struct session *s)
{
    selection_turn(s, s->menu_word);
    copy_offer_selection(s);
}

static void play_here(struct session *s)
{
    session_play_word(s, s->menu_word != VB_NONE ? s->menu_word : s->reading.top_word);
}

static void quote(struct session *s)
{
    copy_quote(s, (enum quote_form)s->settings.quote);
}

static void next_quote_form(struct session *s)
{
    s->settings.quote = (s->settings.quote + 1) % QUOTE_FORMS;
    session_say(s, MESSAGE_INFO, _("quotes are copied as: %s"),
                quote_form_title((enum quote_form)s->settings.quote));
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

static void open_other(struct session *s)
{
    ask_user(s, ASK_FILE);
}

static void full_screen(struct session *s)
{
    s->full_screen = !s->full_screen;
}

static void show_settings(struct session *s)
{
    s->mode = s->mode == MODE_SETTINGS ? MODE_READING : MODE_SETTINGS;
}

static void toggle_compact(struct session *s)
{
    s->compact = !s->compact;
}

/* The topmost thing that is open, one at a time. */
static void close_what_is_open(struct session *s)
{
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

static void undo_edit(struct session *s, int forth)
{
    if (forth)
        session_redo_edit(s);
    else
        session_undo_edit(s);
}

static void edit(struct session *s)
{
    if (s->caret.on)
        session_edit_end(s);
    else
        session_edit_here(s);
}

static void save_as(struct session *s)
{
    if (s->document)
        ask_user(s, ASK_SAVE_AS);
    else
        session_say(s, MESSAGE_INFO, "%s", _("no transcript is open"));
}

static void rename_speaker(struct session *s)
{
    if (session_correctable(s))
        session_ask(s, ASK_RENAME);
}

static void write_marker(struct session *s, int moves)
{
    if (moves)
        marker_move_here(s);
    else
        marker_here(s);
}

static void save(struct session *s)
{
    session_save(s);
}

static void reload(struct session *s, int how)
{
    session_read_again(s, (enum vb_reload)how);
}

static void unpin(struct session *s)
{
    pins_remove(s, VB_NONE);
}

static void write_pin(struct session *s)
{
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

static void proofread(struct session *s)
{
    relire_set(s, !relire_is_on(s));
}

static void doubt_step(struct session *s, int by)
{
    if (!relire_is_on(s))
        relire_set(s, true);
    if (relire_is_on(s))
        relire_step(s, by);
}

static void replay(struct session *s, int slower)
{
    relire_replay(s, slower != 0);
}

static void doubts_order(struct session *s)
{
    relire_order(s, !relire_by_rank(s));
}

static void stop_at_turns(struct session *s)
{
    relire_set_stops(s, !relire_stops(s));
}

static void loop_back(struct session *s, int seconds)
{
    relire_loop(s, seconds);
}

static void compare(struct session *s, int ends)
{
    if (ends)
        relire_compare_end(s);
    else
        ask_user(s, ASK_OTHER);
}

static void show_differences(struct session *s)
{
    relire_set_glosses(s, !relire_glosses(s));
}

/* clang-format off */
#define PLAIN(act)       act, NULL, 0
#define WITH(run, amount) NULL, run, amount
static const struct action actions[] = {
    {"play-pause",     "Space, Ctrl+Space, F4, MediaPlay", N_("play or pause"),                           GROUP_LISTEN,  PLAIN(session_toggle)},
    {"play",           "",                           N_("play"),                                    GROUP_LISTEN,  PLAIN(session_play)},
    {"pause",          "",                           N_("pause"),                                   GROUP_LISTEN,  PLAIN(session_pause)},
    {"back",           "Left",                       N_("back by five seconds (a setting)"),        GROUP_LISTEN,  WITH(skip_step, -1)},
    {"forward",        "Right",                      N_("forward by five seconds (a setting)"),     GROUP_LISTEN,  WITH(skip_step, +1)},
    {"back-little",    "Ctrl+Left",                  N_("back by a second"),                        GROUP_LISTEN,  WITH(skip, -1)},
    {"forward-little", "Ctrl+Right",                 N_("forward by a second"),                     GROUP_LISTEN,  WITH(skip, +1)},
    {"back-far",       "Alt+Left",                   N_("back by half a minute"),                   GROUP_LISTEN,  WITH(skip, -30)},
    {"forward-far",    "Alt+Right",                  N_("forward by half a minute"),                GROUP_LISTEN,  WITH(skip, +30)},
    {"play-turn",      "Shift+Space",                N_("this turn once more, or what is selected"), GROUP_LISTEN, WITH(play_passage, false)},
    {"loop-turn",      "L",                          N_("this turn again and again, or what is selected"), GROUP_LISTEN, WITH(play_passage, true)},
    {"loop-back",      "B",                          N_("the last four seconds again and again, then eight, twelve, and on"), GROUP_LISTEN, WITH(loop_back, 0)},
    {"loop-back-4",    "",                           N_("the last four seconds again and again"),   GROUP_LISTEN,  WITH(loop_back, 4)},
    {"loop-back-8",    "",                           N_("the last eight seconds again and again"),  GROUP_LISTEN,  WITH(loop_back, 8)},
    {"loop-back-12",   "",                           N_("the last twelve seconds again and again"), GROUP_LISTEN,  WITH(loop_back, 12)},
    {"slower",         "[, <",                       N_("slower"),                                  GROUP_LISTEN,  WITH(speed, -10)},
    {"faster",         "], >",                       N_("faster"),                                  GROUP_LISTEN,  WITH(speed, +10)},
    {"normal-speed",   "\\",                         N_("at the speed it was spoken"),              GROUP_LISTEN,  WITH(speed, 0)},
    {"louder",         "Ctrl+Up",                    N_("louder"),                                  GROUP_LISTEN,  WITH(volume, +5)},
    {"quieter",        "Ctrl+Down",                  N_("quieter"),                                 GROUP_LISTEN,  WITH(volume, -5)},
    {"mute",           "M",                          N_("silence, or sound on again"),              GROUP_LISTEN,  PLAIN(session_mute)},
    {"previous-turn",  "Up, K, MediaPrevious",       N_("to the previous turn"),                    GROUP_MOVE,    WITH(step_turn, -1)},
    {"next-turn",      "Down, J, MediaNext",         N_("to the next turn"),                        GROUP_MOVE,    WITH(step_turn, +1)},
    {"undo-jump",      "Backspace",                  N_("back to where you were before the jump"),  GROUP_MOVE,    PLAIN(session_undo_jump)},
    {"redo-jump",      "Shift+Backspace",            N_("jump again"),                              GROUP_MOVE,    PLAIN(session_redo_jump)},
    {"page-up",        "PageUp",                     N_("read a page back"),                        GROUP_MOVE,    WITH(scroll, SCROLL_PAGE_UP)},
    {"page-down",      "PageDown",                   N_("read a page on"),                          GROUP_MOVE,    WITH(scroll, SCROLL_PAGE_DOWN)},
    {"top",            "Home",                       N_("to the beginning of the text"),            GROUP_MOVE,    WITH(scroll, SCROLL_TOP)},
    {"bottom",         "End",                        N_("to the end of the text"),                  GROUP_MOVE,    WITH(scroll, SCROLL_BOTTOM)},
    {"follow",         "F",                          N_("follow the voice, or stop following"),     GROUP_MOVE,    PLAIN(toggle_follow)},
    {"zoom-in",        "Ctrl++, Ctrl+=",             N_("larger text"),                             GROUP_SHOW,    WITH(zoom, +10)},
    {"zoom-out",       "Ctrl+-",                     N_("smaller text"),                            GROUP_SHOW,    WITH(zoom, -10)},
    {"zoom-reset",     "Ctrl+0",                     N_("text in its own size"),                    GROUP_SHOW,    WITH(zoom, 0)},
    {"theme",          "T",                          N_("light or dark"),                           GROUP_SHOW,    PLAIN(switch_theme)},
    {"full-screen",    "F11",                        N_("the whole screen, or a window"),               GROUP_SHOW,    PLAIN(full_screen)},
    {"find",           "Ctrl+F",                     N_("search in the text"),                          GROUP_TEXT,    WITH(ask, ASK_FIND)},
    {"find-next",      "F3",                         N_("to the next place found"),                     GROUP_TEXT,    WITH(find_step, +1)},
    {"find-previous",  "Shift+F3",                   N_("to the place found before"),                   GROUP_TEXT,    WITH(find_step, -1)},
    {"go-to-time",     "Ctrl+G",                     N_("go to a time"),                                GROUP_MOVE,    WITH(ask, ASK_TIME)},
    {"select-all",     "Ctrl+A",                     N_("select the whole text"),                       GROUP_TEXT,    PLAIN(select_all)},
    {"select-left",    "Shift+Left",                 N_("select a word back"),                          GROUP_TEXT,    WITH(select_words, -1)},
    {"select-right",   "Shift+Right",                N_("select a word on"),                            GROUP_TEXT,    WITH(select_words, +1)},
    {"select-up",      "Shift+Up",                   N_("select a line back"),                          GROUP_TEXT,    WITH(select_lines, -1)},
    {"select-down",    "Shift+Down",                 N_("select a line on"),                            GROUP_TEXT,    WITH(select_lines, +1)},
    {"select-paragraph-up",   "Ctrl+Shift+Up",       N_("select back to the paragraph's beginning"),    GROUP_TEXT,    WITH(select_paragraph, -1)},
    {"select-paragraph-down", "Ctrl+Shift+Down",     N_("select on to the paragraph's end"),            GROUP_TEXT,    WITH(select_paragraph, +1)},
    {"select-turn",    "",                           N_("select the turn"),                             GROUP_TEXT,    PLAIN(select_turn)},
    {"play-here",      "",                           N_("hear it from here"),                           GROUP_TEXT,    PLAIN(play_here)},
    {"copy",           "Ctrl+C, Ctrl+Insert",        N_("copy the text that is selected, or the turn"), GROUP_TEXT,    PLAIN(copy_selection)},
    {"copy-quote",     "Ctrl+Shift+C",               N_("copy it as a quote, with its source"),         GROUP_TEXT,    PLAIN(quote)},
    {"quote-form",     "",                           N_("quote in another form"),                       GROUP_TEXT,    PLAIN(next_quote_form)},
    {"copy-time",      "Ctrl+T",                     N_("copy the time, as the page writes it"),        GROUP_TEXT,    PLAIN(copy_time)},
    {"bookmark",       "Ctrl+B",                     N_("a bookmark here, with a note"),                GROUP_TEXT,    WITH(bookmark, true)},
    {"bookmark-remove", "Ctrl+Shift+B",              N_("take the bookmark here away"),                 GROUP_TEXT,    WITH(bookmark, false)},
    {"bookmark-next",  "Ctrl+PageDown",              N_("to the next bookmark"),                        GROUP_MOVE,    WITH(bookmark_step, +1)},
    {"bookmark-previous", "Ctrl+PageUp",             N_("to the bookmark before"),                      GROUP_MOVE,    WITH(bookmark_step, -1)},
    {"export-clip",    "Ctrl+E",                     N_("save the sound of what is selected, or of the turn"), GROUP_TEXT, PLAIN(export_ask)},
    {"open",           "Ctrl+O",                     N_("open a recording or a transcript"),            GROUP_PROGRAM, PLAIN(open_other)},
    {"menu",           "Menu, Shift+F10",            N_("what can be done here"),                       GROUP_PROGRAM, WITH(ask, ASK_MENU)},
    {"palette",        "Ctrl+K",                     N_("find an action by its name"),                  GROUP_PROGRAM, WITH(ask, ASK_ACTION)},
    {"compact",        "Ctrl+M",                     N_("a small strip that stays on top, or the whole window"), GROUP_SHOW, PLAIN(toggle_compact)},
    {"pin",            "P",                          N_("this word is heard now"),                  GROUP_CORRECT, PLAIN(pins_here)},
    {"undo-pin",       "Shift+P",                    N_("take the last “heard now” back"),          GROUP_CORRECT, WITH(undo_pin, false)},
    {"redo-pin",       "Alt+P",                      N_("set it again"),                            GROUP_CORRECT, WITH(undo_pin, true)},
    {"unpin",          "",                           N_("take this word's “heard now” away"),       GROUP_CORRECT, PLAIN(unpin)},
    {"write-pin",      "",                           N_("write this word's “heard now” into the page, as a marker"), GROUP_CORRECT, PLAIN(write_pin)},
    {"marker",         "Ctrl+J",                     N_("write the time that is heard, as the page writes its times"), GROUP_CORRECT, WITH(write_marker, false)},
    {"marker-move",    "Ctrl+Shift+J",               N_("move the time marker before this place here"), GROUP_CORRECT, WITH(write_marker, true)},
    {"align",          "",                           N_("listen for when each word is heard, or stop"), GROUP_CORRECT, PLAIN(times_align)},
    {"proofread",      "F7",                         N_("proofread, or only read"),                 GROUP_CORRECT, PLAIN(proofread)},
    {"doubt-next",     "",                           N_("to the next doubt (Tab while proofreading)"), GROUP_CORRECT, WITH(doubt_step, +1)},
    {"doubt-previous", "",                           N_("to the doubt before (Shift+Tab)"),         GROUP_CORRECT, WITH(doubt_step, -1)},
    {"doubt-right",    "V",                          N_("right as it is: the doubt, or the turn heard"), GROUP_CORRECT, PLAIN(relire_right)},
    {"replay",         "R",                          N_("hear the doubt once more, or the turn"),   GROUP_CORRECT, WITH(replay, false)},
    {"replay-slower",  "Shift+R",                    N_("the same, slower"),                        GROUP_CORRECT, WITH(replay, true)},
    {"doubt-note",     "N",                          N_("a note on the doubt, or on what is selected"), GROUP_CORRECT, PLAIN(relire_note)},
    {"doubts-order",   "",                           N_("doubts by place, or the likeliest first"), GROUP_CORRECT, PLAIN(doubts_order)},
    {"doubts-off",     "",                           N_("show no more doubts like this one"),       GROUP_CORRECT, PLAIN(relire_want_no_more)},
    {"stop-at-turns",  "",                           N_("stop at the end of each turn, or play on"), GROUP_CORRECT, PLAIN(stop_at_turns)},
    {"next-hole",      "H",                          N_("on from where nothing was heard yet"),     GROUP_CORRECT, PLAIN(relire_next_hole)},
    {"copy-progress",  "",                           N_("copy how far it was proofread, as a line for the wiki"), GROUP_CORRECT, PLAIN(relire_copy_progress)},
    {"play-news",      "",                           N_("hear what is new in the text, one after the other"), GROUP_CORRECT, PLAIN(relire_play_news)},
    {"compare",        "",                           N_("compare with a second text"),              GROUP_CORRECT, WITH(compare, false)},
    {"compare-end",    "",                           N_("put the second text away"),                GROUP_CORRECT, WITH(compare, true)},
    {"differences",    "D",                          N_("the second text between the lines, or not"), GROUP_CORRECT, PLAIN(show_differences)},
    {"edit",           "E, F2",                      N_("correct the text in place, or leave it"),  GROUP_CORRECT, PLAIN(edit)},
    {"save",           "Ctrl+S",                     N_("save the corrected transcript"),           GROUP_CORRECT, PLAIN(save)},
    {"replace",        "Ctrl+H",                     N_("replace what is found"),                   GROUP_CORRECT, PLAIN(replacing_begin)},
    {"save-as",        "Ctrl+Shift+S",               N_("save it under another name"),              GROUP_CORRECT, PLAIN(save_as)},
    {"rename",         "Ctrl+R",                     N_("rename a speaker everywhere"),             GROUP_CORRECT, PLAIN(rename_speaker)},
    {"split-turn",     "Ctrl+Return",                N_("another voice speaks from here"),          GROUP_CORRECT, PLAIN(turns_ask_split)},
    {"undo",           "Ctrl+Z",                     N_("undo a correction"),                       GROUP_CORRECT, WITH(undo_edit, false)},
    {"redo",           "Ctrl+Shift+Z, Ctrl+Y",       N_("redo a correction"),                       GROUP_CORRECT, WITH(undo_edit, true)},
    {"reload-theirs",  "",                           N_("take the file's text, changed by another program"), GROUP_CORRECT, WITH(reload, VB_RELOAD_THEIRS)},
    {"reload-ours",    "",                           N_("keep this text over another program's"),   GROUP_CORRECT, WITH(reload, VB_RELOAD_OURS)},
    {"bring-draft",    "",                           N_("corrections that a crash left and that don't fit the page"), GROUP_CORRECT, PLAIN(session_bring_draft)},
    {"sound-panel",    "S",                          N_("how the sound is played"),                 GROUP_SOUND,   WITH(open_panel, PANEL_SOUND)},
    {"voice-up",       "Shift+V",                    N_("quiet voices louder, or as they are"),     GROUP_SOUND,   PLAIN(voice_up)},
    {"skip-silences",  "Shift+S",                    N_("pass over long silences, or hear them"),   GROUP_SOUND,   PLAIN(skip_silences)},
    {"sides",          "Shift+B",                    N_("both sides, the left or the right one alone"), GROUP_SOUND, WITH(sides, +1)},
    {"sides-back",     "",                           N_("the same the other way round"),            GROUP_SOUND,   WITH(sides, -1)},
    {"offset",         "Ctrl+Shift+O",               N_("the text comes later or earlier than its times say"), GROUP_SOUND, WITH(open_panel, PANEL_OFFSET)},
    {"offset-later",   "",                           N_("the text comes a tenth of a second later"), GROUP_SOUND,  WITH(offset_by, +1)},
    {"offset-earlier", "",                           N_("the text comes a tenth of a second earlier"), GROUP_SOUND, WITH(offset_by, -1)},
    {"offset-none",    "",                           N_("the text comes when its times say"),       GROUP_SOUND,   WITH(offset_by, 0)},
    {"rewind-more",    "",                           N_("go farther back when playing on after a pause"), GROUP_SOUND, WITH(rewind_by, +5)},
    {"rewind-less",    "",                           N_("go less far back when playing on after a pause"), GROUP_SOUND, WITH(rewind_by, -5)},
    {"skip-more",      "",                           N_("the arrow keys jump farther"),             GROUP_SOUND,   WITH(skip_by, +1)},
    {"skip-less",      "",                           N_("the arrow keys jump less far"),            GROUP_SOUND,   WITH(skip_by, -1)},
    {"delay-more",     "",                           N_("this output is heard later than it says"), GROUP_SOUND,   WITH(delay_by, +10)},
    {"delay-less",     "",                           N_("this output is heard earlier than it says"), GROUP_SOUND, WITH(delay_by, -10)},
    {"calibrate",      "",                           N_("find the delay of this output by tapping along"), GROUP_SOUND, PLAIN(session_calibrate)},
    {"tap",            "",                           N_("tap along with the clicks"),               GROUP_SOUND,   PLAIN(session_tap)},
    {"calibrate-take", "",                           N_("take the delay that the taps tell"),       GROUP_SOUND,   PLAIN(session_calibration_take)},
    {"bar-zoom-in",    "Alt++, Alt+=",               N_("seek bar: show less of the sound, larger"), GROUP_SHOW,   WITH(bar_zoom, +2)},
    {"bar-zoom-out",   "Alt+-",                      N_("seek bar: show more of the sound"),        GROUP_SHOW,    WITH(bar_zoom, -2)},
    {"bar-zoom-all",   "Alt+0",                      N_("seek bar: show all of the sound"),         GROUP_SHOW,    WITH(bar_zoom, 0)},
    {"paste",          "Ctrl+V",                     N_("open the page that was copied"),           GROUP_PROGRAM, PLAIN(arrivals_paste)},
    {"reading-copy",   "Ctrl+P",                     N_("save a copy for reading and printing"),    GROUP_PROGRAM, PLAIN(reading_copy_save)},
    {"labels",         "Ctrl+L",                     N_("labels that may be speakers or text"),     GROUP_CORRECT, PLAIN(show_labels)},
    {"statistics",     "Ctrl+I",                     N_("who speaks how much, and how fast"),       GROUP_SHOW,    PLAIN(show_statistics)},
    {"settings",       "Ctrl+,",                     N_("settings"),                                GROUP_PROGRAM, PLAIN(show_settings)},
    {"help",           "F1, ?",                      N_("this help"),                               GROUP_PROGRAM, PLAIN(help)},
    {"close",          "Escape",                     N_("close what is open"),                      GROUP_PROGRAM, PLAIN(close_what_is_open)},
    {"quit",           "Ctrl+Q",                     N_("quit"),                                    GROUP_PROGRAM, PLAIN(session_quit)},
};
#undef PLAIN
#undef WITH
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

void action_run(struct session *s, const struct action *action)
{
    if (action->act)
        action->act(s);
    else
        action->run(s, action->amount);
}

const char *action_group_title(enum action_group group)
{
    return _(group_titles[group]);
}
