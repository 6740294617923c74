/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text: what is asked of a text, and the caret and the selection that are set from there. */
#include <errno.h>

#include "app/selection.h"
#include "base/str.h"
#include "bus/access_parts.h"
#include "view/reading.h"

/* ---- asking ---- */

static int answer_range(sd_bus_message *call, const struct thing *thing,
                        struct plain_range range)
{
    struct buf text = {0};
    access_put_text(thing, range.from, range.until, &text);
    int r =
        sd_bus_reply_method_return(call, "sii", text.data, (int)range.from, (int)range.until);
    buf_free(&text);
    return r;
}

ACCESS_METHOD(get_text)
{
    const struct thing *thing = found;
    struct buf text = {0};
    int from = 0, until = 0;
    (void)error;
    int r = sd_bus_message_read(call, "ii", &from, &until);
    if (r < 0)
        return r;
    access_put_text(thing, from < 0 ? 0 : (uint32_t)from,
                    until < 0 ? UINT32_MAX : (uint32_t)until, &text);
    r = sd_bus_reply_method_return(call, "s", text.data);
    buf_free(&text);
    return r;
}

/* `old`: kinds of boundaries, begins and ends apart; else of parts. */
static bool read_part(sd_bus_message *call, const struct thing *thing, bool old, uint32_t *at,
                      enum plain_part *how)
{
    static const enum plain_part boundaries[] = {PLAIN_CHARACTER, PLAIN_WORD,     PLAIN_WORD,
                                                 PLAIN_SENTENCE,  PLAIN_SENTENCE, PLAIN_LINE,
                                                 PLAIN_LINE};
    static const enum plain_part parts[] = {PLAIN_CHARACTER, PLAIN_WORD, PLAIN_SENTENCE,
                                            PLAIN_LINE, PLAIN_ALL};
    int offset = 0;
    uint32_t kind = 0;
    if (sd_bus_message_read(call, "iu", &offset, &kind) < 0)
        return false;
    if (kind >= (old ? COUNT(boundaries) : COUNT(parts)))
        return false;
    *at = offset == -1 ? (uint32_t)thing->caret : offset < 0 ? 0 : (uint32_t)offset;
    *how = old ? boundaries[kind] : parts[kind];
    return true;
}

static int get_part(sd_bus_message *call, const struct thing *thing, bool old, int step)
{
    uint32_t at;
    enum plain_part how;
    if (!read_part(call, thing, old, &at, &how))
        return -EINVAL;
    struct plain_range range = access_range(thing, how, at);
    if (step > 0)
        range = access_range(thing, how, range.until);
    if (step < 0)
        range =
            range.from ? access_range(thing, how, range.from - 1) : (struct plain_range){0, 0};
    return answer_range(call, thing, range);
}

ACCESS_METHOD(get_string_at)
{
    (void)error;
    return get_part(call, found, false, 0);
}

ACCESS_METHOD(get_text_at)
{
    (void)error;
    return get_part(call, found, true, 0);
}

ACCESS_METHOD(get_text_before)
{
    (void)error;
    return get_part(call, found, true, -1);
}

ACCESS_METHOD(get_text_after)
{
    (void)error;
    return get_part(call, found, true, +1);
}

ACCESS_METHOD(get_character)
{
    const struct thing *thing = found;
    struct buf text = {0};
    int at = 0;
    (void)error;
    int r = sd_bus_message_read(call, "i", &at);
    if (r < 0)
        return r;
    size_t byte = 0;
    if (at >= 0)
        access_put_text(thing, (uint32_t)at, (uint32_t)at + 1, &text);
    r = sd_bus_reply_method_return(call, "i", (int)str_next(buf_str(&text), &byte));
    buf_free(&text);
    return r;
}

/* The caret is the voice: who sets it, with a key of the braille line, wants to hear it there.
 */
ACCESS_METHOD(set_caret)
{
    const struct thing *thing = found;
    int at = 0;
    (void)error;
    int r = sd_bus_message_read(call, "i", &at);
    if (r < 0)
        return r;
    uint32_t word = access_word(thing, at);
    if (word != VB_NONE)
        session_play_word(thing->access->screen->session, word);
    return sd_bus_reply_method_return(call, "b", word != VB_NONE);
}

/* Of a word: the whole of it, for every character. */
static struct rect rect_of_character(const struct thing *thing, int at)
{
    struct screen *on = thing->access->screen;
    uint32_t word = access_word(thing, at);
    if (word == VB_NONE)
        return access_rect(thing->access, thing);
    struct rect rect = layout_rect_of(on->layout, word);
    rect.x += on->text_at.x;
    rect.y = reading_y(on, rect.y);
    return rect;
}

static int answer_rect(sd_bus_message *call, const struct thing *thing, struct rect rect,
                       uint32_t coordinates)
{
    struct rect at = access_in(thing->access, rect, coordinates);
    return sd_bus_reply_method_return(call, "iiii", at.x, at.y, at.w, at.h);
}

ACCESS_METHOD(get_character_extents)
{
    int at = 0;
    uint32_t coordinates = 0;
    (void)error;
    int r = sd_bus_message_read(call, "iu", &at, &coordinates);
    return r < 0 ? r : answer_rect(call, found, rect_of_character(found, at), coordinates);
}

ACCESS_METHOD(get_range_extents)
{
    const struct thing *thing = found;
    int from = 0, until = 0;
    uint32_t coordinates = 0;
    (void)error;
    int r = sd_bus_message_read(call, "iiu", &from, &until, &coordinates);
    if (r < 0)
        return r;
    struct rect first = rect_of_character(thing, from);
    struct rect last = rect_of_character(thing, until > from ? until - 1 : from);
    int left = first.x < last.x ? first.x : last.x, top = first.y < last.y ? first.y : last.y;
    int right = first.x + first.w > last.x + last.w ? first.x + first.w : last.x + last.w;
    int bottom = last.y + last.h > first.y + first.h ? last.y + last.h : first.y + first.h;
    return answer_rect(call, thing, (struct rect){left, top, right - left, bottom - top},
                       coordinates);
}

ACCESS_METHOD(get_offset_at_point)
{
    const struct thing *thing = found;
    struct access *a = thing->access;
    int x = 0, y = 0, at = -1;
    uint32_t coordinates = 0;
    (void)error;
    int r = sd_bus_message_read(call, "iiu", &x, &y, &coordinates);
    if (r < 0)
        return r;
    struct rect origin = access_in(a, (struct rect){0}, coordinates);
    if (thing->kind == THING_TEXT && access_has_text(a)) {
        uint32_t word = reading_word_at(a->screen, x - origin.x, y - origin.y, 0);
        at = word == VB_NONE ? -1 : (int)access_offset(a, word);
    }
    return sd_bus_reply_method_return(call, "i", at);
}

/* ---- selection ---- */

static bool selected(const struct thing *thing, int *from, int *until)
{
    struct access *a = thing->access;
    struct selected words;
    if (thing->kind != THING_TEXT || !access_has_text(a) ||
        !selection_get(a->screen->session, &words))
        return false;
    *from = (int)access_offset(a, words.first);
    *until = (int)access_offset(a, words.last);
    *until += (int)plain_text_count(vb_word_text(a->transcript, words.last));
    return true;
}

ACCESS_METHOD(count_selections)
{
    int from, until;
    (void)error;
    return sd_bus_reply_method_return(call, "i", selected(found, &from, &until) ? 1 : 0);
}

ACCESS_METHOD(get_selection)
{
    int from = 0, until = 0;
    (void)error;
    selected(found, &from, &until);
    return sd_bus_reply_method_return(call, "ii", from, until);
}

static int select_range(sd_bus_message *call, const struct thing *thing, int from, int until)
{
    uint32_t first = access_word(thing, from),
             last = access_word(thing, until > from ? until - 1 : from);
    bool can = first != VB_NONE && last != VB_NONE;
    if (can)
        selection_set(thing->access->screen->session, first, last);
    return sd_bus_reply_method_return(call, "b", can);
}

ACCESS_METHOD(add_selection)
{
    int from = 0, until = 0;
    (void)error;
    int r = sd_bus_message_read(call, "ii", &from, &until);
    return r < 0 ? r : select_range(call, found, from, until);
}

ACCESS_METHOD(set_selection)
{
    int number = 0, from = 0, until = 0;
    (void)error;
    int r = sd_bus_message_read(call, "iii", &number, &from, &until);
    return r < 0 ? r : select_range(call, found, from, until);
}

ACCESS_METHOD(remove_selection)
{
    const struct thing *thing = found;
    (void)error;
    selection_none(thing->access->screen->session);
    return sd_bus_reply_method_return(call, "b", 1);
}

/* ---- attributes: there are none ---- */

ACCESS_METHOD(get_attributes)
{
    const struct thing *thing = found;
    (void)error;
    return sd_bus_reply_method_return(call, "a{ss}ii", 0, 0, thing->characters);
}

ACCESS_METHOD(get_no_attributes)
{
    (void)found, (void)error;
    return sd_bus_reply_method_return(call, "a{ss}", 0);
}

ACCESS_METHOD(get_attribute_value)
{
    (void)found, (void)error;
    return sd_bus_reply_method_return(call, "s", "");
}

ACCESS_METHOD(scroll_substring_to)
{
    const struct thing *thing = found;
    int from = 0;
    (void)error;
    int r = sd_bus_message_read(call, "i", &from);
    if (r < 0)
        return r;
    uint32_t word = access_word(thing, from);
    if (word != VB_NONE)
        session_show_word(thing->access->screen->session, word);
    return sd_bus_reply_method_return(call, "b", word != VB_NONE);
}

/* clang-format off */
const sd_bus_vtable access_text[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("CharacterCount", "i", NULL, ACCESS_AT(characters), 0),
    SD_BUS_PROPERTY("CaretOffset", "i", NULL, ACCESS_AT(caret), 0),
    SD_BUS_METHOD("GetText", "ii", "s", get_text, 0),
    SD_BUS_METHOD("GetStringAtOffset", "iu", "sii", get_string_at, 0),
    SD_BUS_METHOD("GetTextAtOffset", "iu", "sii", get_text_at, 0),
    SD_BUS_METHOD("GetTextBeforeOffset", "iu", "sii", get_text_before, 0),
    SD_BUS_METHOD("GetTextAfterOffset", "iu", "sii", get_text_after, 0),
    SD_BUS_METHOD("GetCharacterAtOffset", "i", "i", get_character, 0),
    SD_BUS_METHOD("SetCaretOffset", "i", "b", set_caret, 0),
    SD_BUS_METHOD("GetCharacterExtents", "iu", "iiii", get_character_extents, 0),
    SD_BUS_METHOD("GetRangeExtents", "iiu", "iiii", get_range_extents, 0),
    SD_BUS_METHOD("GetOffsetAtPoint", "iiu", "i", get_offset_at_point, 0),
    SD_BUS_METHOD("GetNSelections", "", "i", count_selections, 0),
    SD_BUS_METHOD("GetSelection", "i", "ii", get_selection, 0),
    SD_BUS_METHOD("AddSelection", "ii", "b", add_selection, 0),
    SD_BUS_METHOD("SetSelection", "iii", "b", set_selection, 0),
    SD_BUS_METHOD("RemoveSelection", "i", "b", remove_selection, 0),
    SD_BUS_METHOD("GetAttributes", "i", "a{ss}ii", get_attributes, 0),
    SD_BUS_METHOD("GetAttributeRun", "ib", "a{ss}ii", get_attributes, 0),
    SD_BUS_METHOD("GetAttributeValue", "is", "s", get_attribute_value, 0),
    SD_BUS_METHOD("GetDefaultAttributes", "", "a{ss}", get_no_attributes, 0),
    SD_BUS_METHOD("GetDefaultAttributeSet", "", "a{ss}", get_no_attributes, 0),
    SD_BUS_METHOD("ScrollSubstringTo", "iiu", "b", scroll_substring_to, 0),
    SD_BUS_VTABLE_END,
};
/* clang-format on */
