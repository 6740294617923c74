/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who speaks. */
#include "view/turn.h"

#include "app/relire.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/reading.h"
#include "view/widgets.h"

static bool is_right_to_left(const struct screen *on, uint32_t turn)
{
    const struct layout *l = on->layout;
    const struct vb_turn *row = vb_turn(l->transcript, turn);
    return row->paragraph_count &&
           l->blocks[l->paragraph_blocks[row->first_paragraph]].right_to_left;
}

/* Its bar stands where the name does: beside it, or above where the text is read from. */
void turn_draw_card(struct screen *on)
{
    uint32_t turn = on->session->turn;
    if (turn == VB_NONE)
        return;
    struct rect text = layout_turn_rect(on->layout, turn);
    int side = px(on, on->has_gutter ? 20 : 12), above = px(on, 10);
    int names = on->layout->style.name_height;
    struct rect card = {on->text_at.x - side, reading_y(on, text.y) - above - names,
                        on->text_at.w + 2 * side, text.h + 2 * above + names};
    color speaker = screen_turn_color(on, turn);
    bool mirrored = !on->has_gutter && is_right_to_left(on, turn);
    int bar = px(on, 3.5);
    draw_round(&on->list, card, px(on, 10), mirrored ? CORNERS_LEFT : CORNERS_RIGHT,
               color_mix(token(on, BG), speaker, 6)); /* glass so large would be slow */
    if (on->theme->is_stark)
        draw_ring(&on->list, card, px(on, 10), px(on, 1), color_faded(speaker, 60));
    draw_rect(&on->list,
              (struct rect){mirrored ? card.x + card.w - bar : card.x, card.y, bar, card.h},
              speaker);
}

/* ---- beside the text: the name in lines, the time below, all ending at one edge ---- */

/* A name breaks at its spaces, like text; returns how much of it stands in this line. */
static size_t name_line(const struct screen *on, vb_str name, int room)
{
    size_t until = 0;
    for (size_t at = 0; at <= name.len; at++) {
        if (at < name.len && name.data[at] != ' ')
            continue;
        bool fits = widget_width(on, FACE_UI_STRONG, 14, str_cut(name, 0, at)) <= room;
        if (!fits && until)
            break;
        until = at;
    }
    return until;
}

enum { NAME_LINES = 4, NAME_LINE = 19 };

static void draw_beside(struct screen *on, uint32_t turn, int baseline)
{
    int right = on->text_at.x - px(on, 44), room = px(on, 150);
    color speaker = screen_turn_color(on, turn);
    vb_str name = screen_turn_name(on, turn);
    for (int line = 0; line < NAME_LINES && name.len; line++) {
        size_t until = line + 1 < NAME_LINES ? name_line(on, name, room) : name.len;
        vb_str part = str_cut(name, 0, until);
        int width = widget_width(on, FACE_UI_STRONG, 14, part);
        width = width < room ? width : room;
        widget_fit(on, FACE_UI_STRONG, 14, right - width, baseline, room, speaker, part);
        name = str_trim(str_from(name, until));
        baseline += px(on, NAME_LINE);
    }
    bool is_heard = turn == on->session->turn;
    widget_text_right(on, FACE_FIGURES, 12, right, baseline + px(on, 1),
                      token(on, is_heard ? INK2 : INK3),
                      screen_word_time(on, vb_turn(on->session->transcript, turn)->first_word));
}

/* ---- above the text: both in one row ---- */

static void draw_above(struct screen *on, uint32_t turn, int y)
{
    int height = on->layout->style.name_height;
    struct rect row = {on->text_at.x, y - height, on->text_at.w, height - px(on, 2)};
    int baseline = widget_baseline(on, row, FACE_UI_STRONG, 14);
    vb_str time = screen_word_time(on, vb_turn(on->session->transcript, turn)->first_word);
    int time_width = widget_width(on, FACE_FIGURES, 12, time) + px(on, 10);
    vb_str name = screen_turn_name(on, turn);
    int room = row.w - time_width, width = widget_width(on, FACE_UI_STRONG, 14, name);
    width = width < room ? width : room;
    bool from_right = is_right_to_left(on, turn);
    int x = from_right ? row.x + row.w - width : row.x;
    width = widget_fit(on, FACE_UI_STRONG, 14, x, baseline, room, screen_turn_color(on, turn),
                       name);
    x = from_right ? x - time_width : x + width + px(on, 10);
    widget_text(on, FACE_FIGURES, 12, x, baseline, token(on, INK3), time);
}

/* ---- right of the text: what is to be known of the turn, as a sign and a word ---- */

/* "Heard", "Heard at 1.5×" */
static vb_str heard_word(struct screen *on, uint32_t turn, const char *word)
{
    int speed;
    relire_state(on->session, turn, &speed);
    return speed > 100 ? screen_print(on, _("Heard at %g×"), speed / 100.)
                       : screen_print(on, "%s", word);
}

static void draw_state(struct screen *on, uint32_t turn, int y)
{
    static const struct {
        enum icon icon;
        enum token color;
        const char *word;
    } looks[TURN_STATES] = {
        [TURN_DOUBTFUL] = {ICON_WARNING, WARN,     N_("To check")},
        [TURN_VERIFIED] = {ICON_CHECKED, VERIFIED, N_("Checked") },
        [TURN_EDITED] = {ICON_PENCIL,  EDITED,   N_("Edited")  },
        [TURN_HEARD] = {ICON_VOLUME,  INK3,     N_("Heard")   },
        [TURN_NEW] = {ICON_INFO,    ACCENT,   N_("New")     },
    };
    enum turn_state state = on->turn_state ? on->turn_state(on, turn) : TURN_PLAIN;
    if (state == TURN_PLAIN)
        return;
    int sign = px(on, 18), x = on->text_at.x + on->text_at.w + px(on, on->has_gutter ? 28 : 6);
    struct rect row = {x, y, px(on, 100), on->layout->style.line};
    draw_icon(&on->list, (struct rect){x, y + (row.h - sign) / 2, sign, sign},
              looks[state].icon, token(on, looks[state].color));
    if (on->has_gutter)
        widget_text(on, FACE_UI_MEDIUM, 12, x + sign + px(on, 6),
                    widget_baseline(on, row, FACE_UI_MEDIUM, 12), token(on, looks[state].color),
                    state == TURN_HEARD ? heard_word(on, turn, _(looks[state].word))
                                        : str_of(_(looks[state].word)));
}

static void draw_label(struct screen *on, uint32_t turn)
{
    const struct layout *l = on->layout;
    struct rect text = layout_turn_rect(l, turn);
    int y = reading_y(on, text.y), bottom = y + text.h;
    int ascent = measure_px(on->measure->ascent[FACE_TEXT], l->style.size);
    if (!on->has_gutter) {
        draw_state(on, turn, y);
        draw_above(on, turn, y);
        return;
    }
    /* While a turn is read its name stays in sight, but never below its last line. */
    int least = on->text_at.y + px(on, 12), last = bottom - l->style.line - px(on, NAME_LINE);
    if (y < least)
        y = last > y ? (last < least ? last : least) : y;
    draw_state(on, turn, y);
    draw_beside(on, turn, y + (l->style.line + ascent) / 2);
}

void turn_draw_labels(struct screen *on)
{
    const struct layout *l = on->layout;
    int bottom = on->scroll.top + on->text_at.h;
    uint32_t before = VB_NONE;
    for (uint32_t i = layout_block_at(l, on->scroll.top); i < l->block_count; i++) {
        if (l->blocks[i].y - l->style.name_height >= bottom)
            break;
        if (l->blocks[i].kind != VB_BLOCK_PARAGRAPH)
            continue;
        uint32_t turn = vb_paragraph(l->transcript, l->blocks[i].index)->turn;
        if (turn != VB_NONE && turn != before && vb_turn(l->transcript, turn)->word_count)
            draw_label(on, turn);
        before = turn;
    }
}
