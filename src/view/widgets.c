/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What several views draw alike. */
#include "view/widgets.h"

#include <stdarg.h>
#include <stdio.h>
#include <unicase.h>

#include "app/keymap.h"
#include "base/i18n.h"
#include "base/str.h"

/* ---- text ---- */

int widget_width(const struct screen *on, enum face face, double size, vb_str text)
{
    return measure_text(on->measure, face, px(on, size), text);
}

int widget_text(struct screen *on, enum face face, double size, int x, int baseline, color c,
                vb_str text)
{
    return draw_text(&on->list, on->measure, face, px(on, size), x, baseline, c, text);
}

int widget_text_right(struct screen *on, enum face face, double size, int right, int baseline,
                      color c, vb_str text)
{
    int width = widget_width(on, face, size, text);
    draw_text_wide(&on->list, on->measure, face, px(on, size), right - width, baseline, width,
                   c, text);
    return width;
}

static bool is_within_letter(vb_str text, size_t at)
{
    return at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

/* The last place in `low` < place <= `high`, at most `wanted` where there is one, that is not
 * within a character; 0: there is none. */
static size_t cut_near(vb_str text, size_t low, size_t high, size_t wanted)
{
    size_t at = wanted < high ? wanted : high;
    while (at > low && is_within_letter(text, at))
        at--;
    if (at > low)
        return at;
    for (at = low + 1; at <= high && is_within_letter(text, at);)
        at++;
    return at <= high ? at : 0;
}

/* The longest beginning that fits with "…" behind it: found by halving, where the first guesses
 * take one letter to be as wide as another. */
static vb_str shortened(struct screen *on, enum face face, double size, int room, vb_str text)
{
    enum { GUESSES = 4, LONGEST = 1000 };
    size_t low = 0, high = text.len < LONGEST ? text.len : LONGEST, at;
    size_t wanted = room > 0 ? (size_t)(room / (size * on->scale / 2)) : 0;
    vb_str best = VB_STR("…");
    for (int i = 0; (at = cut_near(text, low, high, wanted)); i++) {
        vb_str kept = str_trim(str_cut(text, 0, at));
        vb_str tried = screen_print(on, "%.*s…", (int)kept.len, kept.data);
        int width = widget_width(on, face, size, tried);
        if (width <= room) {
            best = tried;
            low = at;
        } else {
            high = at - 1;
        }
        bool guesses = i < GUESSES && width > 0 && room > 0;
        wanted = guesses ? at * (size_t)room / (size_t)width : low + (high - low + 1) / 2;
    }
    return best;
}

int widget_fit(struct screen *on, enum face face, double size, int x, int baseline, int room,
               color c, vb_str text)
{
    if (text.len > 1000 || widget_width(on, face, size, text) > room)
        text = shortened(on, face, size, room, text);
    return widget_text(on, face, size, x, baseline, c, text);
}

int widget_baseline(const struct screen *on, struct rect row, enum face face, double size)
{
    return row.y + (row.h + measure_px(on->measure->ascent[face], px(on, size))) / 2;
}

const struct text_style text_note = {FACE_UI, 13.5, 20, false};

/* Where the line that begins at `from` ends, and where the next one begins: at a space, or in a
 * line end, or where nothing else helps behind a word that is too wide. */
static size_t end_of_line(const struct screen *on, const struct text_style *style, int room,
                          vb_str text, size_t from, size_t *next)
{
    size_t until = from;
    for (size_t at = from; at < text.len;) {
        size_t word = at;
        while (word < text.len && text.data[word] != ' ' && text.data[word] != '\n')
            word++;
        int width = widget_width(on, style->face, style->size, str_cut(text, from, word));
        if (width > room && at > from)
            break;
        until = word;
        at = word + 1;
        *next = at;
        if (word < text.len && text.data[word] == '\n')
            break;
    }
    return until;
}

static int set_lines(struct screen *on, const struct text_style *style, struct rect at, color c,
                     vb_str text, bool draws)
{
    struct rect row = {at.x, at.y, at.w, px(on, style->line)};
    for (size_t from = 0, next = 0; from < text.len; from = next, row.y += row.h) {
        vb_str line = str_cut(text, from, end_of_line(on, style, at.w, text, from, &next));
        if (!draws)
            continue;
        int width = style->centred ? widget_width(on, style->face, style->size, line) : at.w;
        int inset = width < at.w ? (at.w - width) / 2 : 0;
        widget_fit(on, style->face, style->size, at.x + inset,
                   widget_baseline(on, row, style->face, style->size), at.w, c, line);
    }
    return row.y - at.y;
}

int widget_lines_height(struct screen *on, const struct text_style *style, int room,
                        vb_str text)
{
    return set_lines(on, style, (struct rect){0, 0, room, 0}, 0, text, false);
}

int widget_lines(struct screen *on, const struct text_style *style, int x, int y, int room,
                 color c, vb_str text)
{
    return set_lines(on, style, (struct rect){x, y, room, 0}, c, text, true);
}

static vb_str up_to_word(struct screen *on, vb_str text, size_t until)
{
    while (until > 0 && until < text.len && text.data[until] != ' ')
        until--;
    vb_str kept = str_trim(str_cut(text, 0, until));
    return screen_print(on, "%.*s…", (int)kept.len, kept.data);
}

vb_str widget_lines_within(struct screen *on, const struct text_style *style, int room,
                           int height, vb_str text)
{
    if (widget_lines_height(on, style, room, text) <= height)
        return text;
    size_t low = 0, high = text.len;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        vb_str tried = up_to_word(on, text, middle);
        if (widget_lines_height(on, style, room, tried) <= height)
            low = middle;
        else
            high = middle;
    }
    return up_to_word(on, text, low);
}

vb_str screen_print(struct screen *on, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    char *text = arena_new(&on->arena, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, again);
    va_end(again);
    va_end(args);
    return (vb_str){text, (size_t)len};
}

vb_str screen_sentence(struct screen *on, const char *text)
{
    char first[4];
    size_t at = 0;
    vb_str whole = str_of(text);
    size_t len = utf8_put(first, uc_toupper(str_next(whole, &at)));
    return screen_print(on, "%.*s%s", (int)(whole.len ? len : 0), first, text + at);
}

vb_str screen_time(struct screen *on, vb_time time)
{
    long seconds = (long)((time < 0 ? 0 : time) / VB_SECOND);
    if (seconds >= 3600)
        return screen_print(on, "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60,
                            seconds % 60);
    return screen_print(on, "%02ld:%02ld", seconds / 60, seconds % 60);
}

vb_str screen_word_time(struct screen *on, uint32_t word)
{
    const struct vb_timeline *times = on->session->timeline;
    if (!times || word >= vb_word_count(on->session->transcript))
        return VB_STR("");
    bool known;
    vb_str time = screen_time(on, session_time_of(on->session, word, &known));
    return known ? time : screen_print(on, "≈ %s", time.data);
}

vb_str screen_turn_name(const struct screen *on, uint32_t turn)
{
    vb_str name =
        turn == VB_NONE ? VB_STR("") : vb_turn_speakers(on->session->transcript, turn);
    return name.len ? name : VB_STR("—");
}

color screen_turn_color(const struct screen *on, uint32_t turn)
{
    const struct vb_transcript *t = on->session->transcript;
    if (turn == VB_NONE || !vb_turn(t, turn)->speaker_count)
        return theme_speaker(on->theme, VB_NONE);
    return theme_speaker(on->theme, vb_turn_speaker(t, turn, 0));
}

vb_str widget_sentence(struct screen *on, const char *text)
{
    size_t at = 0, len = 0;
    uint32_t first = str_next(str_of(text), &at);
    uint8_t from[4], to[16];
    size_t from_len = utf8_put((char *)from, first);
    len = sizeof to;
    if (!u8_toupper(from, from_len, NULL, NULL, to, &len))
        return screen_print(on, "%s", text);
    return screen_print(on, "%.*s%s", (int)len, (const char *)to, text + at);
}

/* ---- buttons ---- */

long widget_action_index(const char *name)
{
    const struct action *action = action_named(str_of(name));
    return action ? (long)(action - action_at(0)) : -1;
}

void widget_run_action(struct screen *on, long index)
{
    const struct action *action = action_at((size_t)index);
    action_run(on->session, action);
}

vb_str widget_action_keys(struct screen *on, const char *name)
{
    const struct action *action = action_named(str_of(name));
    struct buf keys = {0};
    keys_show(action ? keymap_keys(action) : "", &keys);
    vb_str shown = screen_print(on, "%s", keys.len ? keys.data : "");
    buf_free(&keys);
    return shown;
}

vb_str widget_action_tip(struct screen *on, const char *name)
{
    const struct action *action = action_named(str_of(name));
    vb_str keys = widget_action_keys(on, name);
    const char *help = action ? _(action->help) : "";
    return keys.len ? screen_print(on, "%s (%s)", help, keys.data)
                    : screen_print(on, "%s", help);
}

void widget_icon_spot(struct screen *on, struct rect at, enum icon icon,
                      void (*run)(struct screen *on, long amount), long amount, vb_str tip)
{
    screen_spot(on, at, run, amount, tip);
    if (screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL,
                   color_faded(token(on, INK), screen_presses(on, at) ? 16 : 8));
    int size = px(on, 20);
    struct rect sign = {at.x + (at.w - size) / 2, at.y + (at.h - size) / 2, size, size};
    draw_icon(&on->list, sign, icon, token(on, INK2));
}

void widget_icon_button(struct screen *on, struct rect at, enum icon icon, const char *action)
{
    widget_icon_spot(on, at, icon, widget_run_action, widget_action_index(action),
                     widget_action_tip(on, action));
}

int widget_button(struct screen *on, int x, int y, vb_str text, bool strong,
                  void (*run)(struct screen *on, long amount), bool draws)
{
    struct rect at = {x, y, widget_width(on, FACE_UI_STRONG, 13, text) + px(on, 28),
                      px(on, 32)};
    if (!draws)
        return at.w;
    screen_spot(on, at, run, 0, VB_STR(""));
    color ground = strong ? token(on, ACCENT) : color_faded(token(on, INK), 8);
    if (screen_hovers(on, at))
        ground = color_mix(ground, token(on, INK) | 0xFF000000, 12);
    draw_round(&on->list, at, px(on, 8), CORNERS_ALL, ground);
    widget_text(on, FACE_UI_STRONG, 13, x + px(on, 14),
                widget_baseline(on, at, FACE_UI_STRONG, 13),
                token(on, strong ? ON_ACCENT : INK), text);
    return at.w;
}

/* ---- tips ---- */

color widget_hairline(const struct screen *on)
{
    return color_mix(token(on, PANEL), token(on, INK), on->theme->is_stark ? 70 : 11);
}

void widget_shadow(struct screen *on, struct rect at, int radius)
{
    static const int layers[][2] = {
        {6, 3},
        {4, 4},
        {2, 6},
        {1, 8}
    }; /* how far, how dark */
    for (size_t i = 0; i < COUNT(layers); i++) {
        int far = px(on, layers[i][0]);
        struct rect shade = rect_grown(at, far);
        shade.y += px(on, 1 + layers[i][0] / 4.);
        draw_round(&on->list, shade, radius + far, CORNERS_ALL,
                   color_faded(0xFF000000, layers[i][1]));
    }
}

void widget_tip(struct screen *on, struct rect thing, vb_str text, bool above)
{
    static const struct text_style style = {FACE_UI_MEDIUM, 12, 17, false};
    int room = on->width - px(on, 32), most = px(on, 360);
    int width = widget_width(on, style.face, style.size, text);
    width = width < room ? width : room;
    width = width < most ? width : most;
    int height = widget_lines_height(on, &style, width, text);
    struct rect box = {thing.x + (thing.w - width) / 2 - px(on, 10),
                       thing.y + thing.h + px(on, 8), width + px(on, 20), height + px(on, 10)};
    if (above || box.y + box.h > on->height - px(on, 4))
        box.y = thing.y - box.h - px(on, 8);
    if (box.x + box.w > on->width - px(on, 6))
        box.x = on->width - px(on, 6) - box.w;
    box.x = box.x < px(on, 6) ? px(on, 6) : box.x;
    box.y = box.y < px(on, 4) ? px(on, 4) : box.y;
    widget_shadow(on, box, px(on, 6));
    draw_round(&on->list, box, px(on, 6), CORNERS_ALL, token(on, TIP));
    widget_lines(on, &style, box.x + px(on, 10), box.y + px(on, 5), width, token(on, ON_TIP),
                 text);
}
