/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Accessible: what everything tells of itself, and what it consists of. */
#include <errno.h>

#include "base/str.h"
#include "bus/access_parts.h"

/* Numbers of AT-SPI's own lists (atspi-constants.h). */
enum role {
    ROLE_FRAME = 23,
    ROLE_BUTTON = 43,
    ROLE_SLIDER = 51,
    ROLE_PARAGRAPH = 73,
    ROLE_PROGRAM = 75,
    ROLE_ENTRY = 79,
    ROLE_HEADING = 83,
    ROLE_DOCUMENT_TEXT = 94,
    ROLE_STATIC = 116,
};

static const struct role_name {
    enum role role;
    const char *name;
} role_names[] = {
    {ROLE_FRAME,         "frame"        },
    {ROLE_BUTTON,        "push button"  },
    {ROLE_SLIDER,        "slider"       },
    {ROLE_PARAGRAPH,     "paragraph"    },
    {ROLE_PROGRAM,       "application"  },
    {ROLE_ENTRY,         "entry"        },
    {ROLE_HEADING,       "heading"      },
    {ROLE_DOCUMENT_TEXT, "document text"},
    {ROLE_STATIC,        "static"       },
};

#define STATE(n) ((uint64_t)1 << (n))
enum {
    ACTIVE = 1,
    EDITABLE = 7,
    ENABLED = 8,
    FOCUSABLE = 11,
    FOCUSED = 12,
    MULTI_LINE = 17,
    RESIZABLE = 21,
    SENSITIVE = 24,
    SHOWING = 25,
    SINGLE_LINE = 26,
    VISIBLE = 30,
    SELECTABLE_TEXT = 38,
};

/* ---- what it consists of ---- */

static int add_parent(const struct thing *thing, sd_bus_message *to)
{
    const struct access *a = thing->access;
    if (thing->kind != THING_PROGRAM)
        return access_add_reference(a, to,
                                    thing->kind == THING_WINDOW  ? THING_PROGRAM
                                    : thing->kind == THING_BLOCK ? THING_TEXT
                                                                 : THING_WINDOW,
                                    0);
    if (!a->desktop_path.len)
        return access_add_nothing(to);
    return sd_bus_message_append(to, "(so)", a->desktop_name.data, a->desktop_path.data);
}

static int add_child(const struct thing *thing, int i, sd_bus_message *to)
{
    const struct access *a = thing->access;
    if (i < 0 || i >= thing->children)
        return access_add_nothing(to);
    if (thing->kind == THING_PROGRAM)
        return access_add_reference(a, to, THING_WINDOW, 0);
    if (thing->kind == THING_TEXT)
        return access_add_reference(a, to, THING_BLOCK, (uint32_t)i);
    int first = access_first_control(a);
    if (a->transcript && i == 0)
        return access_add_reference(a, to, THING_TEXT, 0);
    return i < first ? access_add_reference(a, to, THING_SHEET, 0)
                     : access_add_reference(a, to, THING_CONTROL, (uint32_t)(i - first));
}

static int index_of(const struct thing *thing)
{
    if (thing->kind == THING_CONTROL)
        return (int)thing->index + access_first_control(thing->access);
    if (thing->kind == THING_SHEET)
        return thing->access->transcript != NULL;
    return thing->kind == THING_BLOCK     ? (int)thing->index
           : thing->kind == THING_PROGRAM ? -1
                                          : 0;
}

static enum role role_of(const struct thing *thing)
{
    const struct access *a = thing->access;
    const struct control *c =
        thing->kind == THING_CONTROL ? &a->controls.items[thing->index] : NULL;
    switch (thing->kind) {
    case THING_PROGRAM:
        return ROLE_PROGRAM;
    case THING_WINDOW:
        return ROLE_FRAME;
    case THING_TEXT:
        return ROLE_DOCUMENT_TEXT;
    case THING_SHEET:
        return ROLE_STATIC;
    case THING_BLOCK:
        break;
    case THING_CONTROL:
        return c->field ? ROLE_ENTRY : c->slider.set ? ROLE_SLIDER : ROLE_BUTTON;
    }
    enum vb_block_kind kind = vb_block(a->transcript, thing->index).kind;
    return kind == VB_BLOCK_SECTION  ? ROLE_HEADING
           : kind == VB_BLOCK_MARKER ? ROLE_STATIC
                                     : ROLE_PARAGRAPH;
}

static const char *role_name(enum role role)
{
    for (size_t i = 0; i < COUNT(role_names); i++)
        if (role_names[i].role == role)
            return role_names[i].name;
    return "";
}

static bool is_in_sight(const struct thing *thing)
{
    const struct screen *on = thing->access->screen;
    struct rect at = access_rect(thing->access, thing);
    return thing->kind != THING_BLOCK || !rect_is_empty(rect_cut(at, on->text_at));
}

static uint64_t states_of(const struct thing *thing)
{
    const struct access *a = thing->access;
    uint64_t states = STATE(ENABLED) | STATE(SENSITIVE) | STATE(VISIBLE);
    uint32_t focus = access_focus(a);
    if (is_in_sight(thing))
        states |= STATE(SHOWING);
    if (thing->kind == THING_WINDOW)
        states |= STATE(RESIZABLE) | (a->has_focus ? STATE(ACTIVE) : 0);
    if (thing->kind == THING_TEXT)
        states |= STATE(FOCUSABLE) | STATE(MULTI_LINE) | STATE(SELECTABLE_TEXT) |
                  (a->has_focus && focus == FOCUS_TEXT ? STATE(FOCUSED) : 0);
    if (thing->kind == THING_BLOCK)
        states |= STATE(MULTI_LINE);
    if (thing->kind == THING_SHEET)
        states |= STATE(FOCUSABLE) | STATE(MULTI_LINE) |
                  (a->has_focus && focus == FOCUS_SHEET ? STATE(FOCUSED) : 0);
    if (thing->kind == THING_CONTROL) {
        const struct control *c = &a->controls.items[thing->index];
        states |= STATE(FOCUSABLE) | (a->has_focus && focus == c->id ? STATE(FOCUSED) : 0);
        states |= c->field ? STATE(EDITABLE) | STATE(SINGLE_LINE) : 0;
    }
    return states;
}

ACCESS_GET(get_parent)
{
    (void)bus, (void)path, (void)interface, (void)property, (void)error;
    return add_parent(found, reply);
}

ACCESS_METHOD(get_child)
{
    int i = 0;
    (void)error;
    int r = sd_bus_message_read(call, "i", &i);
    sd_bus_message *reply = r < 0 ? NULL : access_answer(call);
    return !reply ? -EINVAL : access_send(reply, add_child(found, i, reply));
}

ACCESS_METHOD(get_children)
{
    const struct thing *thing = found;
    sd_bus_message *reply = access_answer(call);
    (void)error;
    if (!reply)
        return -ENOMEM;
    int r = sd_bus_message_open_container(reply, 'a', "(so)");
    for (int i = 0; i < thing->children && r >= 0; i++)
        r = add_child(thing, i, reply);
    r = r < 0 ? r : sd_bus_message_close_container(reply);
    return access_send(reply, r);
}

ACCESS_METHOD(get_program)
{
    const struct thing *thing = found;
    sd_bus_message *reply = access_answer(call);
    (void)error;
    return !reply ? -ENOMEM
                  : access_send(reply,
                                access_add_reference(thing->access, reply, THING_PROGRAM, 0));
}

ACCESS_METHOD(get_index)
{
    (void)error;
    return sd_bus_reply_method_return(call, "i", index_of(found));
}

ACCESS_METHOD(get_relations)
{
    (void)found, (void)error;
    return sd_bus_reply_method_return(call, "a(ua(so))", 0);
}

ACCESS_METHOD(get_role)
{
    (void)error;
    return sd_bus_reply_method_return(call, "u", (uint32_t)role_of(found));
}

ACCESS_METHOD(get_role_name)
{
    (void)error;
    return sd_bus_reply_method_return(call, "s", role_name(role_of(found)));
}

ACCESS_METHOD(get_state)
{
    uint64_t states = states_of(found);
    (void)error;
    return sd_bus_reply_method_return(call, "au", 2, (uint32_t)states,
                                      (uint32_t)(states >> 32));
}

ACCESS_METHOD(get_attributes)
{
    (void)found, (void)error;
    return sd_bus_reply_method_return(call, "a{ss}", 1, "toolkit", "Verbatim");
}

ACCESS_METHOD(get_interfaces)
{
    sd_bus_message *reply = access_answer(call);
    (void)error;
    return !reply ? -ENOMEM : access_send(reply, access_add_interfaces(found, reply));
}

/* clang-format off */
const sd_bus_vtable access_accessible[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("Name", "s", NULL, ACCESS_AT(name), 0),
    SD_BUS_PROPERTY("Description", "s", NULL, ACCESS_AT(description), 0),
    SD_BUS_PROPERTY("Parent", "(so)", get_parent, 0, 0),
    SD_BUS_PROPERTY("ChildCount", "i", NULL, ACCESS_AT(children), 0),
    SD_BUS_PROPERTY("Locale", "s", NULL, ACCESS_AT(locale), 0),
    SD_BUS_PROPERTY("AccessibleId", "s", NULL, ACCESS_AT(id_text), 0),
    SD_BUS_METHOD("GetChildAtIndex", "i", "(so)", get_child, 0),
    SD_BUS_METHOD("GetChildren", "", "a(so)", get_children, 0),
    SD_BUS_METHOD("GetIndexInParent", "", "i", get_index, 0),
    SD_BUS_METHOD("GetRelationSet", "", "a(ua(so))", get_relations, 0),
    SD_BUS_METHOD("GetRole", "", "u", get_role, 0),
    SD_BUS_METHOD("GetRoleName", "", "s", get_role_name, 0),
    SD_BUS_METHOD("GetLocalizedRoleName", "", "s", get_role_name, 0),
    SD_BUS_METHOD("GetState", "", "au", get_state, 0),
    SD_BUS_METHOD("GetAttributes", "", "a{ss}", get_attributes, 0),
    SD_BUS_METHOD("GetApplication", "", "(so)", get_program, 0),
    SD_BUS_METHOD("GetInterfaces", "", "as", get_interfaces, 0),
    SD_BUS_VTABLE_END,
};
/* clang-format on */
