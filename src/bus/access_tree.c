/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a path means, and what everything tells of itself. */
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "app/actions.h"
#include "base/i18n.h"
#include "base/str.h"
#include "bus/access_parts.h"
#include "view/reading.h"

/* Numbers of AT-SPI's own lists (atspi-constants.h). */
enum role {
    ROLE_FRAME = 23,
    ROLE_PANEL = 39,
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
    {ROLE_PANEL,         "panel"        },
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

/* ---- paths ---- */

/* A block belongs to its text, a control has a number of its own. */
void access_path(const struct access *a, enum thing_kind kind, uint32_t index, char into[96])
{
    switch (kind) {
    case THING_PROGRAM:
        snprintf(into, 96, ACCESS_ROOT "/root");
        break;
    case THING_WINDOW:
        snprintf(into, 96, ACCESS_ROOT "/window");
        break;
    case THING_TEXT:
        snprintf(into, 96, ACCESS_ROOT "/text/%u", a->text_id);
        break;
    case THING_BLOCK:
        snprintf(into, 96, ACCESS_ROOT "/text/%u/%u", a->text_id, index);
        break;
    case THING_CONTROL:
        snprintf(into, 96, ACCESS_ROOT "/control/%u", a->controls.items[index].id);
        break;
    case THING_SHEET:
        snprintf(into, 96, ACCESS_ROOT "/sheet");
        break;
    }
}

static bool find_text(struct access *a, const char *name, struct thing *thing)
{
    unsigned text, block;
    int count = sscanf(name, "text/%u/%u", &text, &block);
    if (count < 1 || text != a->text_id || !a->transcript)
        return false;
    thing->kind = count == 2 ? THING_BLOCK : THING_TEXT;
    thing->index = count == 2 ? block : 0;
    return count == 1 || block < vb_block_count(a->transcript);
}

static bool find_control(struct access *a, const char *name, struct thing *thing)
{
    unsigned id;
    if (sscanf(name, "control/%u", &id) != 1)
        return false;
    const struct control *c = access_control(a, id);
    thing->kind = THING_CONTROL;
    thing->index = c ? (uint32_t)(c - a->controls.items) : 0;
    return c != NULL;
}

static bool find_kind(struct access *a, const char *path, struct thing *thing)
{
    static const char root[] = ACCESS_ROOT "/";
    if (strncmp(path, root, sizeof root - 1))
        return false;
    const char *name = path + sizeof root - 1;
    if (!strcmp(name, "root") || !strcmp(name, "window")) {
        thing->kind = !strcmp(name, "root") ? THING_PROGRAM : THING_WINDOW;
        return true;
    }
    if (!strcmp(name, "sheet")) {
        thing->kind = THING_SHEET;
        return a->has_sheet;
    }
    return find_text(a, name, thing) || find_control(a, name, thing);
}

static void tell_control(struct access *a, struct thing *thing)
{
    const struct control *c = &a->controls.items[thing->index];
    thing->name = c->name.data;
    thing->description = strcmp(c->tip.data, c->name.data) ? c->tip.data : "";
    thing->least = c->slider.least;
    thing->most = c->slider.most;
    thing->value = c->slider.value;
    thing->step = c->slider.set ? 1 : 0;
    thing->actions = 1;
    if (c->field) {
        vb_str text = field_text(c->field);
        thing->characters = (int)plain_text_count(text);
        thing->caret = (int)plain_text_count(str_cut(text, 0, c->field->caret));
    }
}

bool access_find(struct access *a, const char *path, struct thing *thing)
{
    *thing = (struct thing){.access = a,
                            .name = "",
                            .description = "",
                            .locale = setlocale(LC_MESSAGES, NULL),
                            .id_text = ""};
    if (!find_kind(a, path, thing))
        return false;
    switch (thing->kind) {
    case THING_PROGRAM:
        thing->name = "Verbatim";
        thing->children = 1;
        break;
    case THING_WINDOW:
        thing->name = "Verbatim";
        thing->children = access_first_control(a) + (int)a->controls.count;
        break;
    case THING_TEXT:
        thing->name = _("Transcript");
        thing->children = (int)vb_block_count(a->transcript);
        thing->characters = (int)access_length(a);
        thing->caret = (int)access_caret(a);
        break;
    case THING_BLOCK:
        thing->characters = (int)access_plain(a, thing->index)->length;
        break;
    case THING_CONTROL:
        tell_control(a, thing);
        break;
    case THING_SHEET:
        thing->characters = (int)a->sheet.length;
        break;
    }
    return true;
}

int access_add_reference(const struct access *a, sd_bus_message *to, enum thing_kind kind,
                         uint32_t index)
{
    const char *own = "";
    char path[96];
    sd_bus_get_unique_name(a->bus, &own);
    access_path(a, kind, index, path);
    return sd_bus_message_append(to, "(so)", own, path);
}

int access_add_nothing(sd_bus_message *to)
{
    return sd_bus_message_append(to, "(so)", "", ACCESS_NULL);
}

/* Behind the text and the sheet. */
int access_first_control(const struct access *a)
{
    return (a->transcript != NULL) + a->has_sheet;
}

uint32_t access_focus(const struct access *a)
{
    const struct screen *on = a->screen;
    for (size_t i = 0; i < a->controls.count; i++) {
        const struct control *c = &a->controls.items[i];
        bool has_it = on->typing ? c->field == on->typing
                                 : on->focused && c->run == on->focused &&
                                       c->amount == on->focused_amount;
        if (has_it)
            return c->id;
    }
    return a->has_sheet ? FOCUS_SHEET : FOCUS_TEXT;
}

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

/* ---- Accessible ---- */

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

/* Opens the answer to a call; the caller adds to it and sends it. */
static sd_bus_message *answer(sd_bus_message *call)
{
    sd_bus_message *reply = NULL;
    return sd_bus_message_new_method_return(call, &reply) < 0 ? NULL : reply;
}

static int send_answer(sd_bus_message *reply, int r)
{
    r = r < 0 ? r : sd_bus_send(NULL, reply, NULL);
    sd_bus_message_unref(reply);
    return r < 0 ? r : 1;
}

ACCESS_METHOD(get_child)
{
    int i = 0;
    (void)error;
    int r = sd_bus_message_read(call, "i", &i);
    sd_bus_message *reply = answer(call);
    return r < 0 || !reply ? -EINVAL : send_answer(reply, add_child(found, i, reply));
}

ACCESS_METHOD(get_children)
{
    const struct thing *thing = found;
    sd_bus_message *reply = answer(call);
    (void)error;
    if (!reply)
        return -ENOMEM;
    int r = sd_bus_message_open_container(reply, 'a', "(so)");
    for (int i = 0; i < thing->children && r >= 0; i++)
        r = add_child(thing, i, reply);
    r = r < 0 ? r : sd_bus_message_close_container(reply);
    return send_answer(reply, r);
}

ACCESS_METHOD(get_program)
{
    const struct thing *thing = found;
    sd_bus_message *reply = answer(call);
    (void)error;
    return !reply ? -ENOMEM
                  : send_answer(reply,
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

static bool has_interface(const struct thing *thing, const char *name);

static const struct interface {
    const char *name;
    const sd_bus_vtable *table;
} interfaces[] = {
    {"org.a11y.atspi.Accessible",  access_accessible },
    {"org.a11y.atspi.Application", access_application},
    {"org.a11y.atspi.Component",   access_component  },
    {"org.a11y.atspi.Text",        access_text       },
    {"org.a11y.atspi.Value",       access_value      },
    {"org.a11y.atspi.Action",      access_action     },
};

ACCESS_METHOD(get_interfaces)
{
    sd_bus_message *reply = answer(call);
    (void)error;
    if (!reply)
        return -ENOMEM;
    int r = sd_bus_message_open_container(reply, 'a', "s");
    for (size_t i = 0; i < COUNT(interfaces) && r >= 0; i++)
        if (has_interface(found, interfaces[i].name))
            r = sd_bus_message_append(reply, "s", interfaces[i].name);
    r = r < 0 ? r : sd_bus_message_close_container(reply);
    return send_answer(reply, r);
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

/* ---- Component ---- */

ACCESS_METHOD(get_extents)
{
    struct thing *thing = found;
    uint32_t coordinates = 0;
    (void)error;
    int r = sd_bus_message_read(call, "u", &coordinates);
    if (r < 0)
        return r;
    struct rect at = access_in(thing->access, access_rect(thing->access, thing), coordinates);
    return sd_bus_reply_method_return(call, "(iiii)", at.x, at.y, at.w, at.h);
}

ACCESS_METHOD(get_position)
{
    struct thing *thing = found;
    uint32_t coordinates = 0;
    (void)error;
    int r = sd_bus_message_read(call, "u", &coordinates);
    if (r < 0)
        return r;
    struct rect at = access_in(thing->access, access_rect(thing->access, thing), coordinates);
    return sd_bus_reply_method_return(call, "ii", at.x, at.y);
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
ACCESS_METHOD(at_point)
{
    struct thing *thing = found;
    struct access *a = thing->access;
    int x, y;
    (void)error;
    sd_bus_message *reply = answer(call);
    if (!reply || !read_point(call, a, &x, &y))
        return -EINVAL;
    for (size_t i = a->controls.count; i-- > 0 && thing->kind == THING_WINDOW;)
        if (rect_holds(a->controls.items[i].at, x, y))
            return send_answer(reply,
                               access_add_reference(a, reply, THING_CONTROL, (uint32_t)i));
    bool in_text = a->transcript && rect_holds(a->screen->text_at, x, y);
    if (thing->kind == THING_WINDOW && in_text)
        return send_answer(reply, access_add_reference(a, reply, THING_TEXT, 0));
    return send_answer(reply, access_add_reference(a, reply, thing->kind, thing->index));
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

/* ---- Application ---- */

ACCESS_GET(get_application_text)
{
    (void)bus, (void)path, (void)interface, (void)found, (void)error;
    const char *value = !strcmp(property, "ToolkitName")    ? "Verbatim"
                        : !strcmp(property, "AtspiVersion") ? "2.1"
                                                            : "1";
    return sd_bus_message_append(reply, "s", value);
}

ACCESS_GET(get_id)
{
    (void)bus, (void)path, (void)interface, (void)property, (void)error;
    const struct thing *thing = found;
    return sd_bus_message_append(reply, "i", thing->access->application_id);
}

static int set_id(sd_bus *bus, const char *path, const char *interface, const char *property,
                  sd_bus_message *message, void *found, sd_bus_error *error)
{
    (void)bus, (void)path, (void)interface, (void)property, (void)error;
    const struct thing *thing = found;
    return sd_bus_message_read(message, "i", &thing->access->application_id);
}

ACCESS_METHOD(get_locale)
{
    const struct thing *thing = found;
    (void)error;
    return sd_bus_reply_method_return(call, "s", thing->locale);
}

/* clang-format off */
const sd_bus_vtable access_application[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("ToolkitName", "s", get_application_text, 0, 0),
    SD_BUS_PROPERTY("Version", "s", get_application_text, 0, 0),
    SD_BUS_PROPERTY("AtspiVersion", "s", get_application_text, 0, 0),
    SD_BUS_WRITABLE_PROPERTY("Id", "i", get_id, set_id, 0, 0),
    SD_BUS_METHOD("GetLocale", "u", "s", get_locale, 0),
    SD_BUS_VTABLE_END,
};
/* clang-format on */

/* ---- which things have which interface ---- */

static bool has_interface(const struct thing *thing, const char *name)
{
    const struct control *c =
        thing->kind == THING_CONTROL ? &thing->access->controls.items[thing->index] : NULL;
    bool is_text =
        thing->kind == THING_TEXT || thing->kind == THING_BLOCK || thing->kind == THING_SHEET;
    if (!strcmp(name, "org.a11y.atspi.Application"))
        return thing->kind == THING_PROGRAM;
    if (!strcmp(name, "org.a11y.atspi.Component"))
        return thing->kind != THING_PROGRAM;
    if (!strcmp(name, "org.a11y.atspi.Text"))
        return is_text || (c && c->field);
    if (!strcmp(name, "org.a11y.atspi.Value"))
        return c && c->slider.set;
    if (!strcmp(name, "org.a11y.atspi.Action"))
        return c && !c->field;
    return true;
}

static int find(sd_bus *bus, const char *path, const char *interface, void *ctx, void **found,
                sd_bus_error *error)
{
    struct access *a = ctx;
    (void)bus, (void)error;
    if (!access_find(a, path, &a->thing) || !has_interface(&a->thing, interface))
        return 0;
    *found = &a->thing;
    return 1;
}

bool access_add_tables(struct access *a)
{
    for (size_t i = 0; i < COUNT(interfaces); i++)
        if (sd_bus_add_fallback_vtable(a->bus, &a->slots[a->slot_count++], ACCESS_ROOT,
                                       interfaces[i].name, interfaces[i].table, find, a) < 0)
            return false;
    return true;
}
