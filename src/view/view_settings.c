/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The settings: every row of their table, by groups, changed by mouse or keys and seen at
 * once. */
#include <stdlib.h>

#include "app/adjust.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/sheet.h"
#include "view/widgets.h"

enum { WIDTH = 620, HEIGHT = 640, ROW = 44, GROUP_HEAD = 44, CONTROL = 190, BUTTON = 32 };

static bool shown(const struct screen *on)
{
    return on->session->mode == MODE_SETTINGS;
}

static struct rect place(const struct screen *on, struct rect *room)
{
    (void)on;
    return *room;
}

/* ---- groups ---- */

enum { NAMES_MAX = 12 };

static const struct group {
    const char *title;
    const char *names[NAMES_MAX]; /* none: all that no other group has */
    const char *beginning;        /* NULL, or: all whose names begin so */
} groups[] = {
    {N_("Reading"),                     {"theme", "face", "zoom", "line-height", "column", "calm", "follow"}, NULL    },
    {N_("Listening"),
     {"speed", "volume", "skip", "click-plays", "rewind", "skip-silences", "voice-up", "sides"},
     NULL                                                                                                             },
    {N_("More"),                        {NULL},                                                               NULL    },
    {N_("What proofreading looks for"), {NULL},                                                               "check-"},
};

/* The window remembers its size by itself. */
static bool is_hidden(vb_str name)
{
    return str_eq(name, "window-width") || str_eq(name, "window-height");
}

static size_t group_of(vb_str name)
{
    size_t rest = COUNT(groups);
    for (size_t group = 0; group < COUNT(groups); group++) {
        if (groups[group].beginning && str_starts(name, groups[group].beginning))
            return group;
        if (!groups[group].beginning && !groups[group].names[0])
            rest = group;
        for (size_t i = 0; i < NAMES_MAX && groups[group].names[i]; i++)
            if (str_eq(name, groups[group].names[i]))
                return group;
    }
    return rest;
}

/* Where a group names its settings they stand in that order, else in that of the table. */
static size_t place_in(const struct group *group, size_t setting)
{
    for (size_t i = 0; i < NAMES_MAX && group->names[i]; i++)
        if (str_eq(str_of(settings_name(setting)), group->names[i]))
            return i;
    return setting;
}

static int by_group(const void *x, const void *y)
{
    size_t a = *(const size_t *)x, b = *(const size_t *)y;
    size_t group_a = group_of(str_of(settings_name(a))),
           group_b = group_of(str_of(settings_name(b)));
    if (group_a != group_b)
        return group_a < group_b ? -1 : 1;
    a = place_in(&groups[group_a], a), b = place_in(&groups[group_a], b);
    return a < b ? -1 : a > b;
}

enum { ROWS_MAX = 128 };

/* The settings in the order of the groups. */
struct row_order {
    size_t items[ROWS_MAX], count;
};

static struct row_order order_rows(void)
{
    struct row_order rows = {.count = 0};
    for (size_t i = 0; i < settings_count() && rows.count < ROWS_MAX; i++)
        if (!is_hidden(str_of(settings_name(i))))
            rows.items[rows.count++] = i;
    qsort(rows.items, rows.count, sizeof *rows.items, by_group);
    return rows;
}

/* ---- values as people read them ---- */

static const struct {
    const char *value, *shown;
} words[] = {
    {"on",       N_("on")            },
    {"off",      N_("off")           },
    {"light",    N_("light")         },
    {"dark",     N_("dark")          },
    {"contrast", N_("high contrast") },
    {"system",   N_("as the desktop")},
    {"charis",   "Charis SIL"        },
    {"inter",    "Inter"             },
    {"andika",   "Andika"            },
    {"plain",    N_("plain text")    },
    {"markdown", "Markdown"          },
    {"wiki",     "wiki"              },
    {"html",     "HTML"              },
    {"link",     N_("a link")        },
    {"both",     N_("both")          },
    {"left",     N_("left")          },
    {"right",    N_("right")         },
};

static const struct {
    const char *name, *format;
} units[] = {
    {"zoom",        N_("%s %%")},
    {"volume",      N_("%s %%")},
    {"speed",       N_("%s %%")},
    {"line-height", N_("%s %%")},
    {"skip",        N_("%s s") },
    {"rewind",      N_("%s s") },
};

static vb_str value_shown(struct screen *on, size_t setting)
{
    struct buf value = {0};
    const char *format = "%s";
    settings_show(&on->session->settings, setting, &value);
    vb_str shown_value = VB_STR("");
    for (size_t i = 0; i < COUNT(words); i++)
        if (str_eq(buf_str(&value), words[i].value))
            shown_value = screen_print(on, "%s", _(words[i].shown));
    for (size_t i = 0; i < COUNT(units); i++)
        if (str_eq(str_of(settings_name(setting)), units[i].name))
            format = _(units[i].format);
    if (!shown_value.len)
        shown_value = screen_print(on, format, value.data);
    buf_free(&value);
    return shown_value;
}

/* ---- changing ---- */

static void step(struct screen *on, long setting, int by)
{
    struct settings changed = on->session->settings;
    settings_step(&changed, (size_t)setting, by);
    adjust_to(on->session, &changed);
}

static void less(struct screen *on, long setting)
{
    step(on, setting, -1);
}

static void more(struct screen *on, long setting)
{
    step(on, setting, +1);
}

static void flip(struct screen *on, long setting)
{
    struct buf value = {0};
    settings_show(&on->session->settings, (size_t)setting, &value);
    step(on, setting, str_eq(buf_str(&value), "on") ? -1 : +1);
    buf_free(&value);
}

/* ---- drawing ---- */

/* On at the right, off at the left; its word beside it says the same. */
static void draw_switch(struct screen *on, struct rect at, size_t setting)
{
    struct buf value = {0};
    settings_show(&on->session->settings, setting, &value);
    bool is_on = str_eq(buf_str(&value), "on");
    buf_free(&value);
    struct rect pill = {at.x + at.w - px(on, 44), at.y + (at.h - px(on, 24)) / 2, px(on, 44),
                        px(on, 24)};
    int knob = px(on, 16), inset = px(on, 4);
    screen_spot(on, pill, flip, (long)setting, VB_STR(""));
    if (is_on)
        draw_round(&on->list, pill, pill.h / 2, CORNERS_ALL, token(on, ACCENT));
    else
        draw_ring(&on->list, pill, pill.h / 2, px(on, 2), token(on, FIELD));
    int x = is_on ? pill.x + pill.w - knob - inset : pill.x + inset;
    draw_round(&on->list, (struct rect){x, pill.y + inset, knob, knob}, knob / 2, CORNERS_ALL,
               token(on, is_on ? ON_ACCENT : FIELD));
    widget_text_right(on, FACE_UI, 13, pill.x - px(on, 10),
                      widget_baseline(on, at, FACE_UI, 13), token(on, INK2),
                      value_shown(on, setting));
}

static void draw_arrow(struct screen *on, struct rect at, const char *sign,
                       void (*run)(struct screen *on, long amount), size_t setting)
{
    screen_spot(on, at, run, (long)setting, VB_STR(""));
    draw_ring(&on->list, at, px(on, 8), px(on, 1), token(on, FIELD));
    if (screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, color_faded(token(on, INK), 8));
    vb_str text = str_of(sign);
    int width = widget_width(on, FACE_UI_STRONG, 15, text);
    widget_text(on, FACE_UI_STRONG, 15, at.x + (at.w - width) / 2,
                widget_baseline(on, at, FACE_UI_STRONG, 15), token(on, INK), text);
}

static void draw_stepper(struct screen *on, struct rect at, size_t setting)
{
    int side = px(on, BUTTON), y = at.y + (at.h - side) / 2;
    struct rect left = {at.x, y, side, side}, right = {at.x + at.w - side, y, side, side};
    draw_arrow(on, left, "‹", less, setting);
    draw_arrow(on, right, "›", more, setting);
    vb_str value = value_shown(on, setting);
    int width = widget_width(on, FACE_UI_MEDIUM, 13.5, value), room = at.w - 2 * side;
    width = width < room ? width : room;
    widget_fit(on, FACE_UI_MEDIUM, 13.5, at.x + (at.w - width) / 2,
               widget_baseline(on, at, FACE_UI_MEDIUM, 13.5), room, token(on, INK), value);
}

static int draw_row(struct screen *on, struct rect at, size_t setting, bool is_here)
{
    int control = px(on, CONTROL);
    control = control < at.w / 2 ? control : at.w / 2;
    int room = at.w - control - px(on, 16);
    vb_str help = widget_sentence(on, settings_help(setting));
    int text = widget_lines_height(on, &text_note, room, help);
    at.h = text + px(on, ROW - 20) > px(on, ROW) ? text + px(on, ROW - 20) : px(on, ROW);
    if (is_here)
        draw_ring(&on->list, (struct rect){at.x - px(on, 10), at.y, at.w + px(on, 20), at.h},
                  px(on, 9), px(on, 2), token(on, ACCENT));
    widget_lines(on, &text_note, at.x, at.y + (at.h - text) / 2, room, token(on, INK), help);
    struct rect side = {at.x + at.w - control, at.y, control, at.h};
    if (settings_is_switch(setting))
        draw_switch(on, side, setting);
    else
        draw_stepper(on, side, setting);
    return at.h;
}

static void draw(struct screen *on, struct rect at)
{
    struct sheet sheet = sheet_begin(on, at, _("Settings"), WIDTH, HEIGHT);
    struct rect row = sheet.at;
    size_t group = SIZE_MAX;
    struct row_order rows = order_rows();
    for (size_t i = 0; i < rows.count; i++) {
        size_t setting = rows.items[i];
        bool is_here = (int)i == on->settings_row;
        size_t its_group = group_of(str_of(settings_name(setting)));
        if (its_group != group) {
            group = its_group;
            widget_text(on, FACE_UI_STRONG, 13.5, row.x, row.y + px(on, 28), token(on, ACCENT),
                        str_of(_(groups[group].title)));
            row.y += px(on, GROUP_HEAD);
        }
        row.h = draw_row(on, row, setting, is_here);
        if (is_here && on->settings_moved)
            sheet_show(on, &sheet, row);
        row.y += row.h;
    }
    on->settings_moved = false;
    sheet_end(on, &sheet, row.y - sheet.at.y + px(on, 16));
}

bool view_settings_key(struct screen *on, const struct key_press *press)
{
    struct row_order rows = order_rows();
    int last = (int)rows.count - 1;
    int here = on->settings_row < last ? on->settings_row : last;
    size_t setting = rows.items[here];
    int by = press->name == KEY_LEFT ? -1 : press->name == KEY_RIGHT ? +1 : 0;
    if (press->modifiers & (KEY_CTRL | KEY_ALT))
        return false;
    if (press->name == KEY_UP || press->name == KEY_DOWN) {
        int row = here + (press->name == KEY_DOWN ? 1 : -1);
        on->settings_row = row < 0 ? 0 : row > last ? last : row;
        on->settings_moved = true;
        return true;
    }
    if (by) {
        step(on, (long)setting, by);
        return true;
    }
    if (press->character == ' ' || press->name == KEY_RETURN) {
        if (settings_is_switch(setting))
            flip(on, (long)setting);
        else
            more(on, (long)setting);
        return true;
    }
    return sheet_key(on, press);
}

const struct view view_settings = {"settings", place, shown, draw, sheet_input};
