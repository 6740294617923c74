/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which interfaces there are, and which things have which; Application, the program's own. */
#include <string.h>

#include "base/str.h"
#include "bus/access_parts.h"

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

static const struct control *control_of(const struct thing *thing)
{
    return thing->kind == THING_CONTROL ? &thing->access->controls.items[thing->index] : NULL;
}

static bool is_anything(const struct thing *thing)
{
    (void)thing;
    return true;
}

static bool is_program(const struct thing *thing)
{
    return thing->kind == THING_PROGRAM;
}

static bool is_placed(const struct thing *thing)
{
    return thing->kind != THING_PROGRAM;
}

static bool has_text(const struct thing *thing)
{
    const struct control *c = control_of(thing);
    return thing->kind == THING_TEXT || thing->kind == THING_BLOCK ||
           thing->kind == THING_SHEET || (c && c->field);
}

static bool has_value(const struct thing *thing)
{
    const struct control *c = control_of(thing);
    return c && c->slider.set;
}

static bool is_pressed(const struct thing *thing)
{
    const struct control *c = control_of(thing);
    return c && !c->field;
}

static const struct interface {
    const char *name;
    const sd_bus_vtable *table;
    bool (*has)(const struct thing *thing);
} interfaces[] = {
    {"org.a11y.atspi.Accessible",  access_accessible,  is_anything},
    {"org.a11y.atspi.Application", access_application, is_program },
    {"org.a11y.atspi.Component",   access_component,   is_placed  },
    {"org.a11y.atspi.Text",        access_text,        has_text   },
    {"org.a11y.atspi.Value",       access_value,       has_value  },
    {"org.a11y.atspi.Action",      access_action,      is_pressed },
};

int access_add_interfaces(const struct thing *thing, sd_bus_message *to)
{
    int r = sd_bus_message_open_container(to, 'a', "s");
    for (size_t i = 0; i < COUNT(interfaces) && r >= 0; i++)
        if (interfaces[i].has(thing))
            r = sd_bus_message_append(to, "s", interfaces[i].name);
    return r < 0 ? r : sd_bus_message_close_container(to);
}

static bool has(const struct thing *thing, const char *interface)
{
    for (size_t i = 0; i < COUNT(interfaces); i++)
        if (!strcmp(interfaces[i].name, interface))
            return interfaces[i].has(thing);
    return true; /* those of D-Bus itself */
}

static int find(sd_bus *bus, const char *path, const char *interface, void *ctx, void **found,
                sd_bus_error *error)
{
    struct access *a = ctx;
    (void)bus, (void)error;
    if (!access_find(a, path, &a->thing) || !has(&a->thing, interface))
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
