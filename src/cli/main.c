/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: which command is meant, and its options. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/aligning.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/place.h"
#include "cli/report.h"
#include "cli/version.h"

const struct command commands[] = {
    {"play",    N_("[SOUND] [TRANSCRIPT]"), N_("play a recording and follow its transcript"),
     N_("The two are given in either order. Given one, its partner of the same name is looked "
        "for beside it (talk.mp3 and talk.txt); given none, the window opens empty and waits "
        "for files to be dropped on it. The word “play” can be left out."),
     play_options,                                                                             cmd_play   },
    {"info",    N_("FILE…"),              N_("tell all that is read of a transcript or a recording"),
     N_("Each file is a transcript or a recording; “-” reads a transcript from the standard "
        "input. What is odd in a file is listed with its line. A file that can't be read does "
        "not stop the others."),
     info_options,                                                                             cmd_info   },
    {"convert", N_("TRANSCRIPT…"),          N_("write a transcript in another format"),
     N_("The result is printed, or written to the file that -o names; that file is replaced "
        "whole or not at all. Several transcripts go into the folder that -o names. “-” reads "
        "the transcript from the standard input. Only times that the transcript states are "
        "written, unless --estimated is given. What the format can't hold is said before it is "
        "written; with --strict nothing is written then."),
     convert_options,                                                                          cmd_convert},
    {"align",   N_("AUDIO TRANSCRIPT"),     N_("find out when each word is said, by listening"),
     N_("Listens to the recording and writes the transcript with the times that were found. "
        "Nothing is downloaded: the sounds of the language are learnt from a synthesiser, then "
        "from the recording itself. Times that the transcript states help, and may be rough. A "
        "recording that does not suit its transcript is refused. --batch takes many from a list, "
        "with the output as an optional third column; what is there already is passed over."),
     align_options,                                                                            cmd_align  },
    {"export",  N_("TRANSCRIPT [SOUND]"),   N_("make a page or a book to publish"),
     N_("--html makes one page for any browser: the text with time links, which follows the "
        "recording, is clicked and searched, and is read without script, too. --epub makes a "
        "book in which text and sound go together. The recording is the transcript's partner "
        "unless it is named. Only times that are known are written: --align listens for the "
        "others, --estimated lets them be guessed."),
     export_options,                                                                           cmd_export },
    {"check",   N_("TRANSCRIPT [AUDIO]"),   N_("tell what is odd in a transcript, and where"),
     N_("Prints one line for each finding, by place: file, line, column, how grave, what, the "
        "check's name and the time. The recording tells how long it is; a second text (--compare) "
        "is compared word by word, and lends its times. Exit code 0: nothing was found, 1: "
        "something was, 3: it could not be checked."),
     check_options,                                                                            cmd_check  },
    {"forget",  N_("[FILE…]"),            N_("erase what is remembered of files, or of all"),
     N_("Where you left, what was heard, aligned times, pins, bookmarks and checks are remembered "
        "by the content of a recording and of a transcript. This erases them for the files that "
        "are named, or for all; the files themselves are not touched, nor are corrections that "
        "were not saved. “verbatim --no-state” remembers nothing to begin with."),
     forget_options,                                                                           cmd_forget },
    {"help",    N_("[COMMAND or TOPIC]"),   N_("tell how a command is used, or list what there is"),
     N_("Topics: keys, formats, settings, orders."),                             help_options, cmd_help   },
};
const size_t command_count = COUNT(commands);

const struct command *command_default(void)
{
    return &commands[0];
}

const struct command *command_named(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(name, commands[i].name) == 0)
            return &commands[i];
    return NULL;
}

/* Numbers keep their point: JSON and files are written with it. */
static void choose_language(void)
{
    setlocale(LC_ALL, "");
    setlocale(LC_NUMERIC, "C");
    struct buf folder = {0};
    if (place_of_translations(&folder))
        bindtextdomain("verbatim", folder.data);
    bind_textdomain_codeset("verbatim", "UTF-8");
    buf_free(&folder);
}

/* Does this option's argument stand in the next word? Any command's table may tell. */
static bool takes_next(const char *argument)
{
    for (size_t i = 0; i < command_count; i++) {
        const struct option *option = option_named(commands[i].options, argument);
        if (option && option->takes != ARGUMENT_NONE)
            return argument[1] == '-' ? !strchr(argument, '=') : !argument[2];
    }
    return false;
}

/* Where the first word stands that is no option; argc: nowhere. */
static int first_word(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (argv[i][0] != '-' || !argv[i][1])
            return i;
        i += takes_next(argv[i]);
    }
    return argc;
}

static bool asks_for_json(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--json") == 0)
            return true;
    return false;
}

static int show(void (*write)(const struct command *command, struct buf *out),
                const struct command *command)
{
    struct buf out = {0};
    write(command, &out);
    bool shown = print_out(buf_str(&out));
    buf_free(&out);
    return shown ? EXIT_DONE : EXIT_FAILED;
}

static void write_version(const struct command *command, struct buf *out)
{
    (void)command;
    version_write(VERSION, out);
}

static int run(const struct command *command, const struct command *named,
               const struct parsed *args)
{
    if (option_given(args, "help"))
        return show(help_write, named);
    if (option_given(args, "version"))
        return show(write_version, NULL);
    return command->run(args);
}

int main(int argc, char **argv)
{
    choose_language();
    if (argc == 2 && strcmp(argv[1], ALIGNING_ARGUMENT) == 0)
        return aligning_serve(STDIN_FILENO, STDOUT_FILENO);
    const bool json = asks_for_json(argc, argv);
    int word = first_word(argc, argv);
    const struct command *named = word < argc ? command_named(argv[word]) : NULL;
    if (named) {
        memmove(&argv[word], &argv[word + 1], (size_t)(argc - word) * sizeof *argv);
        argc--;
    }
    const struct command *command = named ? named : command_default();
    struct parsed args;
    struct vb_error error = {0};
    int code = options_parse(command->options, argc - 1, argv + 1, &args, &error)
                   ? run(command, named, &args)
                   : report_usage(&error, json);
    parsed_free(&args);
    return code;
}
