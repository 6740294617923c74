/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One order for the program that is already running. */
#include "cli/send.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "app/actions.h"
#include "app/orders.h"
#include "app/paths.h"
#include "app/remote.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/nearest.h"
#include "cli/report.h"

static const struct order_row no_actions[] = {
    {"seek",    N_("TIME"),
     N_("go to a time: 16:20, 16’20, 1:02:16 or seconds; +30 or -5 from here")             },
    {"offset",  N_("SECONDS"),
     N_("the text comes so much later in the sound than its times say; 0: as they say")      },
    {"delay",   N_("MS"),      N_("the sound output is heard so much later than it says")    },
    {"compare", N_("FILE"),    N_("proofread against a second text of the same sound")       },
    {"find",    N_("WORDS"),   N_("search the text and show the first place found")          },
    {"open",    N_("FILE"),    N_("open it in the window, with its partner of the same name")},
    {"raise",   NULL,          N_("bring the window before the others")                      },
    {"state",   NULL,          N_("print where it is and what is heard, as JSON")            },
};

size_t order_count(void)
{
    return COUNT(no_actions) + action_count();
}

struct order_row order_at(size_t i)
{
    if (i >= COUNT(no_actions)) {
        const struct action *action = action_at(i - COUNT(no_actions));
        return (struct order_row){action->name, NULL, _(action->help)};
    }
    struct order_row row = no_actions[i];
    row.argument = row.argument ? _(row.argument) : NULL;
    row.help = _(row.help);
    return row;
}

static vb_str first_word(vb_str order)
{
    size_t space = str_find_char(order, ' ');
    return str_cut(order, 0, space == STR_NOT_FOUND ? order.len : space);
}

static int refuse_unknown(vb_str order)
{
    struct vb_error error = {0};
    vb_str name = first_word(order);
    struct nearest nearest = nearest_to(name);
    for (size_t i = 0; i < order_count(); i++)
        nearest_try(&nearest, order_at(i).name);
    if (nearest.found && nearest.distance == 0)
        err_set(&error, VB_UNSUPPORTED,
                _("the order “%.*s” can't be understood; 'verbatim help orders' lists them"),
                (int)order.len, order.data);
    else if (nearest.found)
        err_set(&error, VB_UNSUPPORTED, _("there is no order “%.*s”; did you mean “%s”?"),
                (int)name.len, name.data, nearest.found);
    else
        err_set(&error, VB_UNSUPPORTED,
                _("there is no order “%.*s”; 'verbatim help orders' lists them"), (int)name.len,
                name.data);
    return report_usage(&error, false);
}

static int deliver(vb_str order)
{
    struct vb_error error = {0};
    struct buf answer = {0};
    int code = EXIT_DONE;
    if (!remote_send(order, &answer, &error)) {
        if (!*error.text)
            err_set(&error, VB_UNSUPPORTED, "%.*s", (int)answer.len, answer.data);
        code = report_failure(&error, NULL, false);
    } else if (answer.len) {
        if (answer.data[answer.len - 1] != '\n')
            buf_putc(&answer, '\n');
        code = print_out(buf_str(&answer)) ? EXIT_DONE : EXIT_FAILED;
    }
    buf_free(&answer);
    return code;
}

/* "open" takes two files, with a tab between them; the others one, whatever words it has. */
static bool begins_file(const char *order, size_t i)
{
    bool takes_file = !strcmp(order, "compare") || !strcmp(order, "save-as");
    return !strcmp(order, "open") || (takes_file && !i);
}

/* The other program stands in another folder. */
static void put_full(const char *word, struct buf *out)
{
    char folder[PATH_MAX];
    struct buf path = {0};
    path_from_word(str_of(word), &path);
    if (!str_starts(buf_str(&path), "/") && getcwd(folder, sizeof folder))
        buf_printf(out, "%s/", folder);
    buf_add(out, buf_str(&path));
    buf_free(&path);
}

int send_order(const char *first, const struct parsed *args)
{
    struct buf order = {0};
    buf_puts(&order, first);
    for (size_t i = 0; i < args->word_count; i++) {
        bool is_file = begins_file(first, i);
        buf_putc(&order, i && is_file ? '\t' : ' ');
        if (is_file)
            put_full(args->words[i], &order);
        else
            buf_puts(&order, args->words[i]);
    }
    vb_str whole = str_trim(buf_str(&order));
    bool known = orders_known(whole) || orders_is_state(whole);
    int code = known ? deliver(whole) : refuse_unknown(whole);
    buf_free(&order);
    return code;
}
