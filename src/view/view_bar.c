/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bar at the top: what is read, and the buttons for the whole window. */
#include "app/editing.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "view/doubts.h"
#include "view/find_box.h"
#include "view/progress.h"
#include "view/widgets.h"

/* In a very low window the text needs the room more. */
enum { HEIGHT = 60, BUTTON = 32, LEAST_HEIGHT = 360 };

static bool shown(const struct screen *on)
{
    return on->height >= px(on, LEAST_HEIGHT) || on->session->search.shown ||
           on->session->asked == ASK_FIND; /* it holds the search */
}

static struct rect place(const struct screen *on, struct rect *room)
{
    struct rect at = *room;
    at.h = px(on, HEIGHT);
    room->y += at.h;
    room->h -= at.h;
    return at;
}

/* ---- "Podcast Imaginaires · 11 septembre 2023 · 2 voix" ---- */

static vb_str meta_value(const struct screen *on, const char *label)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(on->session->transcript, &count);
    for (size_t i = 0; i < count; i++)
        if (str_eq(meta[i].label, label))
            return meta[i].value;
    return VB_STR("");
}

/* "En ligne - Podcast Imaginaires": the name is what comes last. */
static vb_str place_name(vb_str value)
{
    size_t dash = str_find(value, VB_STR(" - "));
    return dash == STR_NOT_FOUND ? value : str_from(value, dash + 3);
}

static vb_str joined(struct screen *on, vb_str before, vb_str more)
{
    if (!before.len || !more.len)
        return before.len ? before : more;
    return screen_print(on, "%.*s · %.*s", (int)before.len, before.data, (int)more.len,
                        more.data);
}

static vb_str subtitle_of(struct screen *on)
{
    const struct session *s = on->session;
    if (!s->transcript)
        return s->sound_path ? screen_print(on, "%s", _("no transcript yet")) : VB_STR("");
    vb_str text = joined(on, place_name(meta_value(on, "Lieu")), meta_value(on, "Date"));
    if (!text.len && s->document && vb_title(s->transcript).len)
        text = str_of(file_name(vb_document_path(s->document)));
    uint32_t voices = vb_speaker_count(s->transcript);
    if (!voices)
        return text;
    return joined(on, text,
                  screen_print(on, P_("%u voice", "%u voices", voices), (unsigned)voices));
}

static vb_str title_of(const struct screen *on)
{
    const struct session *s = on->session;
    if (s->transcript && vb_title(s->transcript).len)
        return vb_title(s->transcript);
    if (s->document)
        return str_of(file_name(vb_document_path(s->document)));
    return s->sound_path ? str_of(file_name(s->sound_path)) : VB_STR("Verbatim");
}

/* "✎ Not saved": a press saves. Returns its width. */
static int draw_unsaved(struct screen *on, struct rect at)
{
    vb_str text = str_of(_("Not saved"));
    int sign = px(on, 14),
        width = sign + px(on, 5) + widget_width(on, FACE_UI_MEDIUM, 12.5, text);
    struct rect spot = {at.x - px(on, 4), at.y + px(on, 32), width + px(on, 8), px(on, 24)};
    if (!session_changed(on->session))
        return 0;
    screen_spot(on, spot, widget_run_action, widget_action_index("save"),
                widget_action_tip(on, "save"));
    if (screen_hovers(on, spot))
        draw_round(&on->list, spot, px(on, 6), CORNERS_ALL, color_faded(token(on, INK), 8));
    draw_icon(&on->list, (struct rect){at.x, at.y + px(on, 34), sign, sign}, ICON_PENCIL,
              token(on, EDITED));
    widget_text(on, FACE_UI_MEDIUM, 12.5, at.x + sign + px(on, 5), at.y + px(on, 45),
                token(on, EDITED), text);
    return width + px(on, 14);
}

static void draw_title(struct screen *on, struct rect at)
{
    vb_str subtitle = subtitle_of(on);
    bool two = subtitle.len || session_changed(on->session);
    int baseline = at.y + (two ? px(on, 26) : at.h / 2 + px(on, 5));
    widget_fit(on, FACE_UI_STRONG, 15, at.x, baseline, at.w, token(on, INK), title_of(on));
    int unsaved = draw_unsaved(on, at);
    widget_fit(on, FACE_UI, 12.5, at.x + unsaved, at.y + px(on, 45), at.w - unsaved,
               token(on, INK3), subtitle);
}

static void toggle_outline(struct screen *on, long amount)
{
    (void)amount;
    if (view_doubts_toggle(on))
        return;
    on->outline_wanted = !view_outline.shown(on);
    on->outline_decided = true;
}

/* "Aa": how the text looks, and all other settings. */
static void draw_letters(struct screen *on, struct rect at)
{
    static const struct {
        double size;
        const char *letter;
    } letters[] = {
        {17, "A"},
        {13, "A"}
    };
    vb_str tip = widget_action_tip(on, "settings");
    struct spot *spot =
        screen_spot(on, at, widget_run_action, widget_action_index("settings"), tip);
    if (spot)
        spot->name = tip; /* not "A A" */
    if (screen_hovers(on, at))
        draw_round(&on->list, at, px(on, 8), CORNERS_ALL,
                   color_faded(token(on, INK), screen_presses(on, at) ? 16 : 8));
    int x = at.x + px(on, 5), baseline = at.y + at.h / 2 + px(on, 6);
    for (size_t i = 0; i < COUNT(letters); i++)
        x += widget_text(on, FACE_UI_STRONG, letters[i].size, x, baseline, token(on, INK2),
                         str_of(letters[i].letter));
}

static void draw(struct screen *on, struct rect at)
{
    draw_rect(&on->list, at, token(on, BG));
    draw_rect(&on->list, (struct rect){at.x, at.y + at.h - px(on, 1), at.w, px(on, 1)},
              widget_hairline(on));
    screen_spot(on, at, NULL, 0, VB_STR(""));
    int button = px(on, BUTTON), y = at.y + (at.h - button) / 2;
    int left = at.x + px(on, 16), right = at.x + at.w - px(on, 16);
    if (on->session->transcript) {
        widget_icon_spot(on, (struct rect){left, y, button, button}, ICON_MENU, toggle_outline,
                         0, screen_print(on, "%s", _("contents and voices")));
        left += button + px(on, 12);
    }
    int step = button + px(on, 4);
    right -= button + 2 * step;
    draw_letters(on, (struct rect){right, y, button, button});
    widget_icon_button(on, (struct rect){right + step, y, button, button},
                       on->theme->is_dark ? ICON_SUN : ICON_MOON, "theme");
    widget_icon_button(on, (struct rect){right + 2 * step, y, button, button}, ICON_HELP,
                       "help");
    right -= px(on, 12);
    right -= doubts_draw_switch(on, at, right, right - left);
    right -= progress_draw(on, at, right);
    int find = find_box_width(on, right - left);
    if (find > 0) {
        right -= find;
        find_box_draw(on, (struct rect){right, y - px(on, 1), find, button + px(on, 2)});
    }
    if (right - left > px(on, 60))
        draw_title(on, (struct rect){left, at.y, right - px(on, 16) - left, at.h});
}

const struct view view_bar = {"bar", place, shown, draw, NULL};
