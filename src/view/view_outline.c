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
    ROW = 36,
    VOICE_ROW = 50,
    VOICES_SHOWN = 8,
    FIRST_WORDS = 8, /* that name a turn */
};

static bool shown(const struct screen *on)
{
    if (!on->session->transcript || !vb_word_count(on->session->transcript) ||
        view_results.shown(on) || view_doubts.shown(on))
        return false;
    return on->outline_decided ? on->outline_wanted : panel_is_docked(on);
}

bool view_outline_close(struct screen *on)
{
    if (panel_is_docked(on) || !shown(on))
        return false;
    on->outline_wanted = false;
    return true;
}

/* ---- rows: the text's sections, else the sound's chapters, else the turns ---- */

enum row_kind { SECTIONS, CHAPTERS, TURNS };

static const struct vb_sound_info *sound_info(const struct screen *on)
{
    const struct survey *survey = on->session->survey;
    return survey ? survey_info(survey) : NULL;
}

static enum row_kind rows_of(const struct screen *on)
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

static void draw_row(struct screen *on, struct rect at, size_t i, bool is_current)
{
    uint32_t row = (uint32_t)i;
    vb_str time = row_time(on, row), text = row_text(on, row);
    int pad = px(on, 8), time_width = widget_width(on, FACE_FIGURES, 12, time);
    int baseline = widget_baseline(on, at, FACE_UI, 13.5);
    int left = at.x + pad, right = at.x + at.w - pad;
    if (rows_of(on) == CHAPTERS)
        screen_spot(on, at, go_to_chapter, (long)row, VB_STR(""));
    else
        screen_spot(on, at, go_to_word, (long)row_word(on, row), VB_STR(""));
    rows_draw_ground(on, at, is_current);
    left += draw_row_sign(on, at, row, left);
    widget_fit(on, is_current ? FACE_UI_STRONG : FACE_UI, 13.5, left, baseline,
               right - time_width - px(on, 10) - left, token(on, is_current ? INK : INK2),
               text);
    widget_text_right(on, FACE_FIGURES, 12, right, baseline,
                      token(on, is_current ? INK2 : INK3), time);
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
    rows_draw_ground(on, at, false);
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
    panel_draw_head(on, at.x + px(on, 8), at.y, str_of(_("VOICES")));
    for (size_t i = 0; i < count; i++)
        draw_voice(on,
                   (struct rect){at.x, at.y + px(on, PANEL_HEAD + VOICE_ROW * (double)i), at.w,
                                 px(on, VOICE_ROW - 2)},
                   voices[i]);
}

/* ---- the whole ---- */

static void dismiss(struct screen *on, long amount)
{
    (void)amount;
    view_outline_close(on);
}

/* Below everything, while labels wait to be looked at. */
static void draw_labels_hint(struct screen *on, struct rect at, size_t count)
{
    int pad = px(on, 8), sign = px(on, 16);
    screen_spot(on, at, widget_run_action, widget_action_index("labels"),
                widget_action_tip(on, "labels"));
    rows_draw_ground(on, at, false);
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
    size_t here = current_row(on);
    struct row_list rows = {row_count(on), here == VB_NONE ? ROWS_NOWHERE : here, px(on, ROW),
                            draw_row};
    int head = px(on, PANEL_HEAD), pad = px(on, PANEL_PAD);
    int below = count ? head + px(on, VOICE_ROW) * (int)count + px(on, 8) : 0;
    size_t labels = view_labels_open(on);
    panel_draw_ground(on, at, dismiss);
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
    int64_t whole = (int64_t)rows.count * rows.height;
    int list = whole < room ? (int)whole : room > 0 ? room : 0;
    struct rect part = {at.x + pad, at.y + px(on, 8), at.w - 2 * pad, list};
    panel_draw_head(on, part.x + px(on, 8), part.y, str_of(heads[rows_of(on)]));
    part.y += head;
    if (list > 0)
        rows_draw(on, &on->outline_rows, part, &rows);
    part.y += list;
    part.h = marks;
    if (marks)
        outline_marks_draw(on, part);
    part.y += marks;
    part.h = pins;
    if (pins)
        outline_pins_draw(on, part);
    part.y += pins;
    part.h = below;
    if (count)
        draw_voices(on, part, voices, count);
}

static bool input(struct screen *on, struct rect at, const struct input *in)
{
    (void)at;
    if (in->kind == INPUT_WHEEL)
        rows_scroll(&on->outline_rows, in->amount * 2 * (float)px(on, ROW));
    return true;
}

const struct view view_outline = {"outline", panel_place, shown, draw, input};
