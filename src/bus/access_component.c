/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Component: where a thing stands, and what stands at a place. */
#include <errno.h>

#include "bus/access_parts.h"
#include "view/reading.h"

/* ---- where it stands ---- */

struct rect access_in(const struct access *a, struct rect at, uint32_t coordinates)
{
    if (coordinates == 0) {
        at.x += a->window.x;
        at.y += a->window.y;
    }
    return at;
}

static struct rect rect_of_block(const struct screen *on, uint32_t block)
{
    const struct layout_block *b = &on->layout->blocks[block];
    struct rect at = on->text_at;
    at.y = reading_y(on, b->y);
    at.h = layout_block_bottom(on->layout, block) - b->y;
    return at;
}

struct rect access_rect(struct access *a, const struct thing *thing)
{
    struct rect whole = {0, 0, a->window.w, a->window.h};
    if (thing->kind == THING_TEXT)
        return a->screen->text_at;
    if (thing->kind == THING_BLOCK)
        return rect_of_block(a->screen, thing->index);
    return thing->kind == THING_CONTROL ? a->controls.items[thing->index].at : whole;
}

/* ---- the interface ---- */

/* The thing's own, in the coordinates that the call wants. */
static int read_rect(sd_bus_message *call, struct thing *thing, struct rect *at)
{
    uint32_t coordinates = 0;
    int r = sd_bus_message_read(call, "u", &coordinates);
    *at = access_in(thing->access, access_rect(thing->access, thing), coordinates);
    return r;
}

ACCESS_METHOD(get_extents)
{
    struct rect at;
    (void)error;
    int r = read_rect(call, found, &at);
    return r < 0 ? r : sd_bus_reply_method_return(call, "(iiii)", at.x, at.y, at.w, at.h);
}

ACCESS_METHOD(get_position)
{
    struct rect at;
    (void)error;
    int r = read_rect(call, found, &at);
    return r < 0 ? r : sd_bus_reply_method_return(call, "ii", at.x, at.y);
}

ACCESS_METHOD(get_size)
{
    struct thing *thing = found;
    struct rect at = access_rect(thing->access, thing);
    (void)error;
    return sd_bus_reply_method_return(call, "ii", at.w, at.h);
}

static bool read_point(sd_bus_message *call, const struct access *a, int *x, int *y)
{
    uint32_t coordinates = 0;
    if (sd_bus_message_read(call, "iiu", x, y, &coordinates) < 0)
        return false;
    struct rect origin = access_in(a, (struct rect){0}, coordinates);
    *x -= origin.x;
    *y -= origin.y;
    return true;
}

ACCESS_METHOD(contains)
{
    struct thing *thing = found;
    int x, y;
    (void)error;
    bool read = read_point(call, thing->access, &x, &y);
    bool holds = read && rect_holds(access_rect(thing->access, thing), x, y);
    return sd_bus_reply_method_return(call, "b", holds);
}

/* The control there, else the text, else the thing that was asked. */
static int add_thing_at(const struct thing *thing, int x, int y, sd_bus_message *to)
{
    const struct access *a = thing->access;
    bool in_text = a->transcript && rect_holds(a->screen->text_at, x, y);
    if (thing->kind != THING_WINDOW)
        return access_add_reference(a, to, thing->kind, thing->index);
    for (size_t i = a->controls.count; i-- > 0;)
        if (rect_holds(a->controls.items[i].at, x, y))
            return access_add_reference(a, to, THING_CONTROL, (uint32_t)i);
    return access_add_reference(a, to, in_text ? THING_TEXT : THING_WINDOW, 0);
}

ACCESS_METHOD(at_point)
{
    const struct thing *thing = found;
    int x, y;
    (void)error;
    bool read = read_point(call, thing->access, &x, &y);
    sd_bus_message *reply = read ? access_answer(call) : NULL;
    return !reply ? -EINVAL : access_send(reply, add_thing_at(thing, x, y, reply));
}

ACCESS_METHOD(get_layer)
{
    const struct thing *thing = found;
    (void)error;
    return sd_bus_reply_method_return(call, "u", thing->kind == THING_WINDOW ? 7u : 3u);
}

ACCESS_METHOD(get_order)
{
    (void)found, (void)error;
    return sd_bus_reply_method_return(call, "n", 0);
}

ACCESS_METHOD(get_alpha)
{
    (void)found, (void)error;
    return sd_bus_reply_method_return(call, "d", 1.);
}

ACCESS_METHOD(grab_focus)
{
    const struct thing *thing = found;
    struct screen *on = thing->access->screen;
    (void)error;
    if (thing->kind == THING_CONTROL) {
        const struct control *c = &thing->access->controls.items[thing->index];
        field_focus(on, c->field);
        on->focused = c->field ? NULL : c->run;
        on->focused_amount = c->amount;
    } else {
        field_focus(on, NULL);
        on->focused = NULL;
    }
    return sd_bus_reply_method_return(call, "b", 1);
}

/* clang-format off */
const sd_bus_vtable access_component[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Contains", "iiu", "b", contains, 0),
    SD_BUS_METHOD("GetAccessibleAtPoint", "iiu", "(so)", at_point, 0),
    SD_BUS_METHOD("GetExtents", "u", "(iiii)", get_extents, 0),
    SD_BUS_METHOD("GetPosition", "u", "ii", get_position, 0),
    SD_BUS_METHOD("GetSize", "", "ii", get_size, 0),
    SD_BUS_METHOD("GetLayer", "", "u", get_layer, 0),
    SD_BUS_METHOD("GetMDIZOrder", "", "n", get_order, 0),
    SD_BUS_METHOD("GetAlpha", "", "d", get_alpha, 0),
    SD_BUS_METHOD("GrabFocus", "", "b", grab_focus, 0),
    SD_BUS_VTABLE_END,
};
/* clang-format on */
