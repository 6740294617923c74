/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sidebar: the sections of the text, or its turns by their first words; bookmarks, pins and
 * voices.
 * Docked where there is room, else laid over the text while it is wanted. */
#include "app/survey.h"
#include "base/i18n.h"
#include "base/str.h"
#include "transcript/text.h"
#include "view/outline_marks.h"
#include "view/outline_pins.h"
#include "view/widgets.h"

enum {
    WIDTH = 272,
    DOCKED_FROM = 1000, /* logical width of the window */
    ROW = 36,
    VOICE_ROW = 50,
    HEAD = 44,
    PAD = 12,
    VOICES_SHOWN = 8,
    FIRST_WORDS = 8, /* that name a turn */
};

static bool is_docked(const struct screen *on)
{
    return screen_logical_width(on) >= DOCKED_FROM;
}

static bool shown(const struct screen *on)
{
    if (!on->session->transcript || !vb_word_count(on->session->transcript) ||
        view_results.shown(on) || view_doubts.shown(on))
        return false;
    return on->outline_decided ? on->outline_wanted : is_docked(on);
}

static struct rect place(const struct screen *on, struct rect *room)
{
    struct rect at = *room;
    int width = px(on, WIDTH);
    at.w = width < room->w - px(on, 40) ? width : room->w - px(on, 40);
    if (is_docked(on)) {
        room->x += at.w;
        room->w -= at.w;
    }
    return at;
}

bool view_outline_close(struct screen *on)
{
    if (is_docked(on) || !shown(on))
        return false;
    on->outline_wanted = false;
    return true;
}

/* ---- rows: the text's sections, else the sound's chapters, else the turns ---- */

enum rows { SECTIONS, CHAPTERS, TURNS };

static const struct vb_sound_info *sound_info(const struct screen *on)
{
    const struct survey *survey = on->session->survey;
    return survey ? survey_info(survey) : NULL;
}

static enum rows rows_of(const struct screen *on)
{
    const struct vb_sound_info *info = sound_info(on);
    if (vb_section_count(on->session->transcript))
        return SECTIONS;
    return info && info->chapter_count > 1 ? CHAPTERS : TURNS;
}

static uint32_t row_count(const struct screen *on)
{
    const struct vb_transcript *t = on->session->transcript;
    switch (rows_of(on)) {
    case SECTIONS:
        return vb_section_count(t);
    case CHAPTERS:
        return (uint32_t)sound_info(on)->chapter_count;
    default:
        return vb_turn_count(t);
    }
}

/* Of a section or turn. */
static uint32_t row_word(const struct screen *on, uint32_t row)
{
    const struct vb_transcript *t = on->session->transcript;
    return rows_of(on) == SECTIONS ? vb_section(t, row)->first_word
                                   : vb_turn(t, row)->first_word;
}

static vb_str turn_text(struct screen *on, uint32_t row)
{
    const struct vb_turn *turn = vb_turn(on->session->transcript, row);
    struct buf words = {0};
    uint32_t count = turn->word_count < FIRST_WORDS ? turn->word_count : FIRST_WORDS;
    text_of_words(on->session->transcript, turn->first_word, count, &words);
    vb_str text = screen_print(on, "%.*s", (int)words.len, words.len ? words.data : "");
    buf_free(&words);
    return text;
}

static vb_str row_text(struct screen *on, uint32_t row)
{
    switch (rows_of(on)) {
    case SECTIONS:
        return vb_section(on->session->transcript, row)->title;
    case CHAPTERS:
        return screen_print(on, "%s", sound_info(on)->chapters[row].title);
    default:
        return turn_text(on, row);
    }
}

static vb_str row_time(struct screen *on, uint32_t row)
{
    if (rows_of(on) == CHAPTERS)
        return screen_time(on, sound_info(on)->chapters[row].start);
    return screen_word_time(on, row_word(on, row));
}

static bool has_begun(const struct screen *on, uint32_t row)
{
    if (rows_of(on) == CHAPTERS)
        return sound_info(on)->chapters[row].start <= on->session->now.position;
    return row_word(on, row) <= on->session->word;
}

/* The last row begun; rows are in reading order. */
static uint32_t current_row(const struct screen *on)
{
    uint32_t low = 0, high = row_count(on);
    if (on->session->word == VB_NONE && rows_of(on) != CHAPTERS)
        return VB_NONE;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (has_begun(on, middle))
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : VB_NONE;
}

static void go_to_word(struct screen *on, long word)
{
    if ((uint32_t)word >= vb_word_count(on->session->transcript))
        return;
    session_play_word(on->session, (uint32_t)word);
    view_outline_close(on);
}

static void go_to_chapter(struct screen *on, long row)
{
    const struct vb_sound_info *info = sound_info(on);
    if (!info || (size_t)row >= info->chapter_count)
        return;
    session_seek(on->session, info->chapters[row].start);
    if (on->session->settings.click_plays)
        session_play(on->session);
    view_outline_close(on);
}

/* What stands before a row's text: a dot in its voice's colour, or room by its level. */
static int draw_row_sign(struct screen *on, struct rect at, uint32_t row, int left)
{
    if (rows_of(on) == SECTIONS)
        return px(on, 10 * (double)(vb_section(on->session->transcript, row)->level > 3));
    if (rows_of(on) == CHAPTERS)
        return 0;
    int dot = px(on, 8);
    draw_round(&on->list, (struct rect){left, at.y + (at.h - dot) / 2, dot, dot}, dot / 2,
               CORNERS_ALL, screen_turn_color(on, row));
    return dot + px(on, 8);
}

static void draw_row(struct screen *on, struct rect at, uint32_t row, bool is_current)
{
    vb_str time = row_time(on, row), text = row_text(on, row);
    int pad = px(on, 8), time_width = widget_width(on, FACE_FIGURES, 12, time);
    int baseline = widget_baseline(on, at, FACE_UI, 13.5);
    int left = at.x + pad, right = at.x + at.w - pad;
    if (rows_of(on) == CHAPTERS)
        screen_spot(on, at, go_to_chapter, (long)row, VB_STR(""));
    else
        screen_spot(on, at, go_to_word, (long)row_word(on, row), VB_STR(""));
    if (is_current)
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, color_faded(token(on, ACCENT), 13));
    else if (screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, color_faded(token(on, INK), 6));
    if (is_current)
        draw_round(&on->list,
                   (struct rect){at.x, at.y + px(on, 10), px(on, 3), at.h - px(on, 20)},
                   px(on, 1), CORNERS_ALL, token(on, ACCENT));
    left += draw_row_sign(on, at, row, left);
    widget_fit(on, is_current ? FACE_UI_STRONG : FACE_UI, 13.5, left, baseline,
               right - time_width - px(on, 10) - left, token(on, is_current ? INK : INK2),
               text);
    widget_text_right(on, FACE_FIGURES, 12, right, baseline,
                      token(on, is_current ? INK2 : INK3), time);
}

static void draw_head(struct screen *on, int x, int y, const char *text)
{
    widget_text(on, FACE_UI_STRONG, 11, x, y + px(on, HEAD - 16), token(on, INK3),
                str_of(text));
}

static int list_height(const struct screen *on)
{
    return px(on, ROW) * (int)row_count(on);
}

/* Keeps the current row in sight when it becomes another one, and the scroll within bounds. */
static void scroll_rows(struct screen *on, int height, uint32_t current)
{
    int row = px(on, ROW), most = list_height(on) - height;
    if (current != on->outline_row && current != VB_NONE) {
        int y = (int)current * row;
        if (y < on->outline_top || y + row > on->outline_top + height)
            on->outline_top = y - height / 3;
    }
    on->outline_row = current;
    on->outline_top = on->outline_top > most ? most : on->outline_top;
    on->outline_top = on->outline_top < 0 ? 0 : on->outline_top;
}

static void draw_rows(struct screen *on, struct rect at)
{
    int row = px(on, ROW);
    uint32_t current = current_row(on), count = row_count(on);
    scroll_rows(on, at.h, current);
    struct rect before = draw_clip(&on->list, at);
    for (uint32_t i = (uint32_t)(on->outline_top / row); i < count; i++) {
        struct rect place_of_row = {at.x, at.y + (int)i * row - on->outline_top, at.w, row};
        if (place_of_row.y >= at.y + at.h)
            break;
        draw_row(on, place_of_row, i, i == current);
    }
    draw_unclip(&on->list, before);
}

/* ---- voices ---- */

/* The next turn of that voice after the word being heard, or its first one. */
static void go_to_voice(struct screen *on, long speaker)
{
    const struct vb_transcript *t = on->session->transcript;
    uint32_t found = VB_NONE, here = on->session->word;
    for (uint32_t turn = 0; turn < vb_turn_count(t); turn++) {
        const struct vb_turn *row = vb_turn(t, turn);
        bool speaks = false;
        for (uint32_t i = 0; i < row->speaker_count; i++)
            speaks = speaks || vb_turn_speaker(t, turn, i) == (uint32_t)speaker;
        if (!speaks || !row->word_count)
            continue;
        bool comes_later = here == VB_NONE || row->first_word > here;
        if (found == VB_NONE || comes_later)
            found = row->first_word;
        if (comes_later)
            break;
    }
    if (found != VB_NONE)
        go_to_word(on, (long)found);
}

/* "Antonio Casilli": AC. */
static vb_str initials_of(struct screen *on, vb_str name)
{
    size_t last_word = 0, len = 0;
    for (size_t i = 0; i + 1 < name.len; i++)
        if (name.data[i] == ' ' && name.data[i + 1] != '(')
            last_word = i + 1;
    char letters[8];
    const size_t starts[] = {0, last_word};
    for (size_t i = 0; i < (last_word ? 2 : 1); i++) {
        size_t at = starts[i];
        len += utf8_put(letters + len, str_next(name, &at));
    }
    return screen_print(on, "%.*s", (int)len, letters);
}

static void draw_voice(struct screen *on, struct rect at, uint32_t speaker)
{
    const struct vb_transcript *t = on->session->transcript;
    const struct vb_speaker *voice = vb_speaker(t, speaker);
    color tint = theme_speaker(on->theme, speaker);
    uint32_t all = vb_spoken_count(t), percent = all ? (voice->words * 100 + all / 2) / all : 0;
    screen_spot(on, at, go_to_voice, (long)speaker,
                screen_print(on, "%s", _("to the next turn of this voice")));
    if (screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, color_faded(token(on, INK), 6));
    int disc = px(on, 30), left = at.x + px(on, 10), pad = px(on, 8);
    struct rect face = {left, at.y + (at.h - disc) / 2, disc, disc};
    draw_round(&on->list, face, disc / 2, CORNERS_ALL, color_faded(tint, 18));
    vb_str initials = initials_of(on, voice->name);
    int width = widget_width(on, FACE_UI_STRONG, 11, initials);
    widget_text(on, FACE_UI_STRONG, 11, face.x + (disc - width) / 2,
                widget_baseline(on, face, FACE_UI_STRONG, 11), tint, initials);
    left += disc + px(on, 10);
    int right = at.x + at.w - pad, baseline = at.y + px(on, 22);
    int share = widget_text_right(on, FACE_FIGURES, 12, right, baseline, token(on, INK3),
                                  screen_print(on, _("%u %%"), (unsigned)percent));
    widget_fit(on, FACE_UI_MEDIUM, 13.5, left, baseline, right - share - px(on, 8) - left,
               token(on, INK), voice->name);
    struct rect bar = {left, at.y + px(on, 31), right - left, px(on, 4)};
    draw_round(&on->list, bar, px(on, 2), CORNERS_ALL, color_faded(token(on, INK), 10));
    bar.w = (int)((int64_t)bar.w * percent / 100);
    draw_round(&on->list, bar, px(on, 2), CORNERS_ALL, tint);
}

/* The voices that say most, most first. */
static size_t loudest(const struct vb_transcript *t, uint32_t found[VOICES_SHOWN])
{
    size_t count = 0;
    for (uint32_t i = 0; i < vb_speaker_count(t); i++) {
        uint32_t words = vb_speaker(t, i)->words;
        size_t at = count;
        while (at > 0 && vb_speaker(t, found[at - 1])->words < words)
            at--;
        if (!words || at >= VOICES_SHOWN)
            continue;
        size_t last = count < VOICES_SHOWN ? count++ : VOICES_SHOWN - 1;
        for (; last > at; last--)
            found[last] = found[last - 1];
        found[at] = i;
    }
    return count;
}

static void draw_voices(struct screen *on, struct rect at, const uint32_t *voices, size_t count)
{
    draw_head(on, at.x + px(on, 8), at.y, _("VOICES"));
    for (size_t i = 0; i < count; i++)
        draw_voice(on,
                   (struct rect){at.x, at.y + px(on, HEAD + VOICE_ROW * (double)i), at.w,
                                 px(on, VOICE_ROW - 2)},
                   voices[i]);
}

/* ---- the whole ---- */

static void ignore(struct screen *on, long amount)
{
    (void)amount;
    view_outline_close(on);
}

static void draw_ground(struct screen *on, struct rect at)
{
    if (!is_docked(on)) {
        struct rect rest = {at.x + at.w, at.y, on->width - at.w, at.h};
        struct rect before = on->list.clip;
        draw_unclip(&on->list, (struct rect){0, at.y, on->width, at.h});
        screen_spot(on, rest, ignore, 0, VB_STR(""));
        draw_rect(&on->list, rest, color_faded(0xFF000000, 22));
        draw_unclip(&on->list, before);
    }
    draw_rect(&on->list, at, token(on, PANEL));
    screen_spot(on, at, NULL, 0, VB_STR(""));
    draw_rect(&on->list, (struct rect){at.x + at.w - px(on, 1), at.y, px(on, 1), at.h},
              widget_hairline(on));
}

/* Below everything, while labels wait to be looked at. */
static void draw_labels_hint(struct screen *on, struct rect at, size_t count)
{
    int pad = px(on, 8), sign = px(on, 16);
    screen_spot(on, at, widget_run_action, widget_action_index("labels"),
                widget_action_tip(on, "labels"));
    if (screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL, color_faded(token(on, INK), 6));
    draw_icon(&on->list, (struct rect){at.x + pad, at.y + (at.h - sign) / 2, sign, sign},
              ICON_QUESTION, token(on, WARN));
    int left = at.x + pad + sign + pad;
    widget_fit(on, FACE_UI, 13.5, left, widget_baseline(on, at, FACE_UI, 13.5),
               at.x + at.w - pad - left, token(on, INK2),
               screen_print(on, P_("%u label to look at", "%u labels to look at", count),
                            (unsigned)count));
}

static void draw(struct screen *on, struct rect at)
{
    const struct vb_transcript *t = on->session->transcript;
    const char *const heads[] = {
        [SECTIONS] = _("CONTENTS"), [CHAPTERS] = _("CHAPTERS"), [TURNS] = _("TURNS")};
    uint32_t voices[VOICES_SHOWN];
    size_t count = loudest(t, voices);
    int head = px(on, HEAD), pad = px(on, PAD), list = list_height(on);
    int below = count ? head + px(on, VOICE_ROW) * (int)count + px(on, 8) : 0;
    size_t labels = view_labels_open(on);
    draw_ground(on, at);
    if (labels && at.h > px(on, 200)) {
        int row = px(on, ROW);
        at.h -= row + pad;
        draw_labels_hint(on, (struct rect){at.x + pad, at.y + at.h, at.w - 2 * pad, row},
                         labels);
    }
    while (count > 1 && below > at.h / 2) {
        count--;
        below -= px(on, VOICE_ROW);
    }
    int marks = outline_marks_height(on, at.h / 3);
    int pins = outline_pins_height(on, marks ? at.h / 5 : at.h / 3);
    int room = at.h - head - px(on, 8) - below - marks - pins;
    list = list < room ? list : room;
    list = list > 0 ? list : 0;
    struct rect inside = {at.x + pad, at.y + px(on, 8), at.w - 2 * pad, head};
    draw_head(on, inside.x + px(on, 8), inside.y, heads[rows_of(on)]);
    if (list > 0)
        draw_rows(on, (struct rect){inside.x, inside.y + head, inside.w, list});
    if (marks)
        outline_marks_draw(on,
                           (struct rect){inside.x, inside.y + head + list, inside.w, marks});
    if (pins)
        outline_pins_draw(
            on, (struct rect){inside.x, inside.y + head + list + marks, inside.w, pins});
    if (count)
        draw_voices(
            on, (struct rect){inside.x, inside.y + head + list + marks + pins, inside.w, below},
            voices, count);
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    (void)at;
    if (in->kind == INPUT_WHEEL)
        on->outline_top += (int)(in->amount * 2 * (float)px(on, ROW));
    return true;
}

const struct view view_outline = {"outline", place, shown, draw, input};
