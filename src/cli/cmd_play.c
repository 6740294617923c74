/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim [OPTIONS] SOUND TRANSCRIPT`: opens the two and lets the window or the terminal play
 * them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/keymap.h"
#include "app/listening.h"
#include "app/memory.h"
#include "app/paths.h"
#include "app/relire.h"
#include "app/remote.h"
#include "app/session.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/nearest.h"
#include "cli/place.h"
#include "cli/report.h"
#include "cli/send.h"
#include "cli/terminal.h"
#include "format/timecode.h"
#include "sdl/look.h"
#include "sdl/sink_sdl.h"
#include "sdl/window.h"

const struct option play_options[] = {
    {"start",                                                's', ARGUMENT_ANY, N_("TIME"),
     N_("begin there: 16:20, 16’20, 1:02:16, or seconds"), NULL},
    {"stop-at",                                          0, ARGUMENT_ANY, N_("TIME"), N_("end there"), NULL},
    {"pause", 0, ARGUMENT_NONE, NULL, N_("open without playing"), NULL},
    {"sample",                                                      0, ARGUMENT_NONE, NULL, N_("open the sample that comes with the program"), NULL},
    {"compare",            'c', ARGUMENT_FILE, N_("FILE"),
     N_("a second text of the same sound, to proofread against"), NULL},
    {"terminal",                                            't', ARGUMENT_NONE, NULL, N_("play in the terminal, without a window"), NULL},
    {"silent",                                                  0, ARGUMENT_NONE, NULL, N_("follow the text without a sound card"), NULL},
    {"theme",                                                0, ARGUMENT_CHOICE, N_("THEME"), N_("colours of the window"),
     "light dark contrast system"},
    {"zoom",                                         0, ARGUMENT_ANY, N_("PERCENT"), N_("size of the text, 60 to 400"), NULL},
    {"scale",                            0, ARGUMENT_ANY, N_("FACTOR"),
     N_("size of everything, 0.5 to 4; else what the screen asks for"), NULL},
    {"one-window",                                                      0, ARGUMENT_NONE, NULL,
     N_("in the window that is already there, if there is one"), NULL},
    {"no-state",0, ARGUMENT_NONE, NULL,
     N_("remember nothing, and nothing that was remembered"), NULL},
    {"send",                                                  0, ARGUMENT_ORDER, N_("ORDER"),
     N_("control the program that is running; 'verbatim help orders' lists the orders"), NULL},
    {0                                                 },
};

/* What the command line asked for. */
struct wish {
    vb_time start, stop_at; /* VB_NO_TIME: not given */
    double scale;           /* 0: as the screen asks */
    bool terminal;
    struct buf data;            /* the program's own folder; empty: not found */
    struct buf sample[2];       /* paths of the bundled pair, when it was asked for */
    const char *first, *second; /* files; NULL: not given */
    const char *other;          /* to compare with; NULL: not given */
    struct buf named[3];        /* those names, as they are understood */
};

static void wish_free(struct wish *wish)
{
    for (size_t i = 0; i < COUNT(wish->named); i++)
        buf_free(&wish->named[i]);
    buf_free(&wish->data);
    buf_free(&wish->sample[0]);
    buf_free(&wish->sample[1]);
}

/* ---- understanding ---- */

static bool take_time(const struct parsed *args, const char *option, vb_time *time,
                      struct vb_error *error)
{
    const char *text = option_value(args, option);
    *time = VB_NO_TIME;
    if (!text || time_from_user(str_of(text), time))
        return true;
    return err_set(error, VB_UNSUPPORTED,
                   _("--%s: “%s” is no time; write 16:20, 1:02:16, 16’20 or seconds"), option,
                   text);
}

static bool take_setting(const struct parsed *args, const char *name, struct settings *settings,
                         struct vb_error *error)
{
    const char *value = option_value(args, name);
    if (!value || settings_set(settings, str_of(name), str_of(value)))
        return true;
    return err_set(error, VB_UNSUPPORTED,
                   _("--%s can't be “%s”; 'verbatim help play' tells what it can be"), name,
                   value);
}

static bool take_scale(const struct parsed *args, double *scale, struct vb_error *error)
{
    const char *text = option_value(args, "scale");
    char *end = NULL;
    *scale = text ? strtod(text, &end) : 0;
    if (!text || (end > text && !*end && *scale >= 0.5 && *scale <= 4))
        return true;
    return err_set(error, VB_UNSUPPORTED, _("--scale “%s” is no number from 0.5 to 4"), text);
}

static bool take_sample(struct wish *wish, struct vb_error *error)
{
    static const char *const names[2] = {"casilli.mp3", "casilli.txt"};
    for (int i = 0; i < 2; i++) {
        buf_printf(&wish->sample[i], "%s/sample/%s", wish->data.len ? wish->data.data : "",
                   names[i]);
        if (!file_exists(wish->sample[i].data))
            return err_set(error, VB_NOT_FOUND,
                           _("the sample was not found; VERBATIM_DATA can name the folder that "
                             "holds it"));
    }
    wish->first = wish->sample[0].data;
    wish->second = wish->sample[1].data;
    return true;
}

/* A word that is no file may be a command with a slip in it. */
static bool check_words(const struct parsed *args, struct vb_error *error)
{
    if (args->word_count > 2)
        return err_set(error, VB_UNSUPPORTED,
                       _("these are %zu files; give a recording and its transcript"),
                       args->word_count);
    if (args->word_count && option_given(args, "sample"))
        return err_set(error, VB_UNSUPPORTED, "%s", _("--sample comes with its own files"));
    const char *word = args->word_count ? args->words[0] : "";
    if (file_exists(word) || strpbrk(word, "./"))
        return true;
    struct nearest nearest = nearest_to(str_of(word));
    for (size_t i = 0; *word && i < command_count; i++)
        nearest_try(&nearest, commands[i].name);
    if (!nearest.found)
        return true;
    return err_set(error, VB_UNSUPPORTED,
                   _("there is no file and no command “%s”; did you mean “%s”?"), word,
                   nearest.found);
}

static bool has_display(void)
{
    const char *x = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");
    return (x && *x) || (wayland && *wayland);
}

/* As other programs name it, too. */
static const char *take_path(const char *word, struct buf *path)
{
    if (word)
        path_from_word(str_of(word), path);
    return word && path->len ? path->data : word;
}

static bool understand(const struct parsed *args, struct wish *wish, struct settings *settings,
                       struct vb_error *error)
{
    wish->terminal = option_given(args, "terminal") || !has_display();
    wish->first = take_path(args->word_count > 0 ? args->words[0] : NULL, &wish->named[0]);
    wish->second = take_path(args->word_count > 1 ? args->words[1] : NULL, &wish->named[1]);
    wish->other = take_path(option_value(args, "compare"), &wish->named[2]);
    return check_words(args, error) && take_time(args, "start", &wish->start, error) &&
           take_time(args, "stop-at", &wish->stop_at, error) &&
           take_setting(args, "theme", settings, error) &&
           take_setting(args, "zoom", settings, error) && take_scale(args, &wish->scale, error);
}

/* ---- playing ---- */

static bool open_files(struct session *s, const struct wish *wish, bool paused,
                       struct vb_error *error)
{
    if (!wish->first)
        return !wish->other || err_set(error, VB_UNSUPPORTED, "%s",
                                       _("name the transcript that is to be compared, too"));
    if (!session_open_pair(s, wish->first, wish->second, error))
        return false;
    session_begin(s, wish->start, !paused);
    return !wish->other || relire_compare_when_open(s, wish->other, error);
}

/* The terminal has nothing to show before there is something to play. */
static bool wait_for_files(struct session *s, struct vb_error *error)
{
    enum { STEP_MS = 100, SLOW_STEPS = 20 };
    for (int steps = 0; session_awaits(s) && !tty_ended_by(); steps++) {
        if (steps == SLOW_STEPS)
            fprintf(stderr,
                    _("verbatim: %s is still being read: its disk is slow, or does not "
                      "answer\n"),
                    session_awaits(s));
        if (!session_wait(s, STEP_MS, error))
            return false;
    }
    return true;
}

/* Where the sound comes out, and how late it is heard there. */
static void find_output(struct session *s)
{
    if (!s->sink->output)
        return;
    outputs_load(&s->outputs, NULL);
    session_look_at_output(s);
}

static int play_in_window(struct session *s, const struct wish *wish)
{
    const struct window_options options = {.data = wish->data.data,
                                           .scale = wish->scale,
                                           .stop_at = wish->stop_at,
                                           .remembers = s->keeps_drafts};
    return window_run(s, &options);
}

/* `lasting`: beyond the end of the program. */
static void remember(struct session *s, bool lasting)
{
    s->keeps_drafts = lasting;
    memory_begin(s,
                 lasting ? store_open(NULL, s->notify, s->notify_ctx) : store_open_nothing());
}

/* The user's own; what is nonsense in them is said. */
static void learn_keys(struct session *s)
{
    struct buf trouble = {0};
    vb_str line;
    keymap_load(NULL, &trouble);
    for (size_t at = 0; str_line(buf_str(&trouble), &at, &line);)
        session_say(s, MESSAGE_WARNING, "%.*s", (int)line.len, line.data);
    buf_free(&trouble);
}

/* ---- the window that is already there ---- */

static bool put_full_path(const char *path, struct buf *out)
{
    char *full = realpath(path, NULL);
    bool fits = full && !strpbrk(full, "\t\n"); /* which part one order from the next */
    if (fits)
        buf_puts(out, full);
    free(full);
    return fits;
}

/* One order after the other, while they are obeyed. */
static bool send_all(const struct buf *orders, size_t count, struct vb_error *error)
{
    struct buf answer = {0};
    bool obeyed = true;
    for (size_t i = 0; i < count && obeyed; i++) {
        buf_clear(&answer);
        obeyed = !orders[i].len || remote_send(buf_str(&orders[i]), &answer, error);
    }
    buf_free(&answer);
    return obeyed;
}

/* False: there is none, or files that it can't find; this program opens a window of its own. */
static bool hand_over(const struct parsed *args, const struct wish *wish, int *code)
{
    struct buf orders[3] = {0};
    struct vb_error error = {0};
    struct buf answer = {0};
    bool found = remote_send(VB_STR("raise"), &answer, NULL);
    buf_free(&answer);
    if (found && wish->first) {
        buf_puts(&orders[0], "open ");
        found = put_full_path(wish->first, &orders[0]);
        if (found && wish->second) {
            buf_putc(&orders[0], '\t');
            found = put_full_path(wish->second, &orders[0]);
        }
        if (wish->start != VB_NO_TIME)
            buf_printf(&orders[1], "seek %.6f", (double)wish->start / VB_SECOND);
        if (!option_given(args, "pause"))
            buf_puts(&orders[2], "play");
    }
    if (found)
        *code = send_all(orders, COUNT(orders), &error) ? EXIT_DONE
                                                        : report_failure(&error, NULL, false);
    for (size_t i = 0; i < COUNT(orders); i++)
        buf_free(&orders[i]);
    return found;
}

/* What was open last; what can't be opened any more is said, and the welcome page shown. */
static void reopen(struct session *s)
{
    struct recent last;
    struct vb_error error = {0};
    if (s->recents.list(s->recents.ctx, &last, 1) &&
        !session_open_pair(s, last.path, last.second[0] ? last.second : NULL, &error))
        session_say(s, MESSAGE_WARNING, "%s", error.text);
}

/* As the signal would have. */
static int end_waiting(struct session *s)
{
    session_free(s);
    tty_die_of(tty_ended_by());
    return EXIT_FAILED;
}

static int play(const struct parsed *args, const struct wish *wish,
                const struct settings *settings)
{
    struct session s;
    struct wake wake;
    struct vb_error error = {0};
    const struct vb_sink *sink = option_given(args, "silent") ? &vb_sink_null : &sink_sdl;
    if (wish->terminal) {
        tty_hold_signals();
        if (!wake_open(&wake)) {
            err_set(&error, VB_DEVICE, "%s", _("too many files are open"));
            return report_failure(&error, NULL, false);
        }
    } else {
        look_begin();
    }
    session_init(&s, sink, wish->terminal ? wake_up : window_notify,
                 wish->terminal ? &wake : NULL);
    remember(&s, !option_given(args, "no-state"));
    s.settings = *settings;
    s.clock = wish->terminal ? 0 : window_clock();
    s.program = "/proc/self/exe";
    s.opens_in_parts = !wish->terminal;
    s.begins_elsewhere = wish->start != VB_NO_TIME;
    s.keeps_zoom = option_given(args, "zoom");
    s.opens_aside = true;
    s.data = wish->data.len ? wish->data.data : NULL;
    learn_keys(&s);
    int code;
    bool opened = open_files(&s, wish, option_given(args, "pause"), &error) &&
                  (!wish->terminal || wait_for_files(&s, &error));
    if (!wish->first && s.settings.reopen)
        reopen(&s);
    find_output(&s);
    if (!opened)
        code = report_failure(&error, s.transcript && wish->other ? wish->other : wish->first,
                              false);
    else if (session_awaits(&s) && wish->terminal)
        return end_waiting(&s);
    else if (wish->terminal)
        code = terminal_run(&s, &wake, wish->stop_at);
    else
        code = play_in_window(&s, wish);
    session_free(&s);
    sink_sdl_end();
    if (wish->terminal)
        wake_close(&wake);
    return code;
}

/* Without a window and without a file there is nothing to do. */
static int show_usage(void)
{
    struct vb_error error = {0};
    err_set(&error, VB_UNSUPPORTED, "%s",
            _("name a recording and its transcript, or try --sample"));
    return report_usage(&error, false);
}

int cmd_play(const struct parsed *args)
{
    const char *order = option_value(args, "send");
    if (order)
        return send_order(order, args);
    struct wish wish = {0};
    struct settings settings = settings_default();
    struct vb_error error = {0};
    int code;
    settings_load(&settings, NULL);
    if (!place_of_data(&wish.data))
        buf_clear(&wish.data);
    if (!understand(args, &wish, &settings, &error))
        code = report_usage(&error, false);
    else if (option_given(args, "sample") && !take_sample(&wish, &error))
        code = report_failure(&error, NULL, false);
    else if (wish.terminal && !wish.first)
        code = show_usage();
    else if (wish.terminal || !(settings.one_window || option_given(args, "one-window")) ||
             !hand_over(args, &wish, &code))
        code = play(args, &wish, &settings);
    wish_free(&wish);
    return code;
}
