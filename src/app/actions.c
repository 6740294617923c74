/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that the user can do, one row an action. */
#include "app/actions.h"

#include "app/editing.h"
#include "app/pins.h"
#include "app/times.h"
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

static void play_turn(struct session *s, int again)
{
    session_play_turn(s, again != 0);
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
    s->settings.theme = s->settings.theme == THEME_LIGHT ? THEME_DARK : THEME_LIGHT;
}

static void help(struct session *s, int amount)
{
    (void)amount;
    s->mode = s->mode == MODE_HELP ? MODE_READING : MODE_HELP;
}

static void close_what_is_open(struct session *s, int amount)
{
    (void)amount;
    if (s->mode == MODE_HELP)
        s->mode = MODE_READING;
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

static void save(struct session *s, int amount)
{
    (void)amount;
    session_save(s);
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

static void undo_pin(struct session *s, int forth)
{
    if (forth)
        pins_redo(s);
    else
        pins_undo(s);
}

/* clang-format off */
static const struct action actions[] = {
    {"play-pause",     "Space, Ctrl+Space, MediaPlay", N_("play or pause"),                           GROUP_LISTEN,  toggle,              0},
    {"play",           "",                           N_("play"),                                    GROUP_LISTEN,  play,                0},
    {"pause",          "",                           N_("pause"),                                   GROUP_LISTEN,  pause,               0},
    {"back",           "Left",                       N_("back by five seconds (a setting)"),        GROUP_LISTEN,  skip_step,           -1},
    {"forward",        "Right",                      N_("forward by five seconds (a setting)"),     GROUP_LISTEN,  skip_step,           +1},
    {"back-little",    "Ctrl+Left",                  N_("back by a second"),                        GROUP_LISTEN,  skip,                -1},
    {"forward-little", "Ctrl+Right",                 N_("forward by a second"),                     GROUP_LISTEN,  skip,                +1},
    {"back-far",       "Alt+Left",                   N_("back by half a minute"),                   GROUP_LISTEN,  skip,                -30},
    {"forward-far",    "Alt+Right",                  N_("forward by half a minute"),                GROUP_LISTEN,  skip,                +30},
    {"play-turn",      "Shift+Space",                N_("this turn once more, then pause"),         GROUP_LISTEN,  play_turn,           false},
    {"loop-turn",      "L",                          N_("this turn again and again"),               GROUP_LISTEN,  play_turn,           true},
    {"slower",         "[, <",                       N_("slower"),                                  GROUP_LISTEN,  speed,               -10},
    {"faster",         "], >",                       N_("faster"),                                  GROUP_LISTEN,  speed,               +10},
    {"normal-speed",   "\\",                         N_("at the speed it was spoken"),              GROUP_LISTEN,  speed,               0},
    {"louder",         "Ctrl+Up",                    N_("louder"),                                  GROUP_LISTEN,  volume,              +5},
    {"quieter",        "Ctrl+Down",                  N_("quieter"),                                 GROUP_LISTEN,  volume,              -5},
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
    {"pin",            "P",                          N_("this word is heard now"),                  GROUP_CORRECT, pin,                 0},
    {"undo-pin",       "Shift+P",                    N_("take the last “heard now” back"),          GROUP_CORRECT, undo_pin,            false},
    {"redo-pin",       "Alt+P",                      N_("set it again"),                            GROUP_CORRECT, undo_pin,            true},
    {"unpin",          "",                           N_("take this word's “heard now” away"),       GROUP_CORRECT, unpin,               0},
    {"align",          "",                           N_("listen for when each word is heard, or stop"), GROUP_CORRECT, align,           0},
    {"save",           "Ctrl+S",                     N_("save the corrected transcript"),           GROUP_CORRECT, save,                0},
    {"undo",           "Ctrl+Z",                     N_("undo a correction"),                       GROUP_CORRECT, undo_edit,           false},
    {"redo",           "Ctrl+Shift+Z, Ctrl+Y",       N_("redo a correction"),                       GROUP_CORRECT, undo_edit,           true},
    {"reload-theirs",  "",                           N_("take the file's text, changed by another program"), GROUP_CORRECT, reload,     VB_RELOAD_THEIRS},
    {"reload-ours",    "",                           N_("keep this text over another program's"),   GROUP_CORRECT, reload,              VB_RELOAD_OURS},
    {"help",           "F1, ?",                      N_("this help"),                               GROUP_PROGRAM, help,                0},
    {"close",          "Escape",                     N_("close what is open"),                      GROUP_PROGRAM, close_what_is_open,  0},
    {"quit",           "Ctrl+Q",                     N_("quit"),                                    GROUP_PROGRAM, quit,                0},
};
/* clang-format on */

static const char *const group_titles[GROUP_COUNT] = {
    [GROUP_LISTEN] = N_("Listen"),
    [GROUP_MOVE] = N_("Move"),
    [GROUP_SHOW] = N_("Show"),
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
        enum key_fit fit = keys_fit(actions[i].keys, press);
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
