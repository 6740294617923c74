/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining the bus of assistive technology, and telling there what changes. */
#include "bus/access.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "bus/access_parts.h"

#define REGISTRY      "org.a11y.atspi.Registry"
#define OBJECT_EVENTS "org.a11y.atspi.Event.Object"

/* ---- events ---- */

struct event {
    const char *interface, *name, *detail;
    int first, second;
    const char *text; /* what goes with it; NULL: 0 */
    enum thing_kind child;
    uint32_t child_index;
    bool has_child; /* instead of the text */
};

static int add_what_goes_along(const struct access *a, sd_bus_message *m, const struct event *e)
{
    if (e->text)
        return sd_bus_message_append(m, "v", "s", e->text);
    if (!e->has_child)
        return sd_bus_message_append(m, "v", "i", 0);
    int r = sd_bus_message_open_container(m, 'v', "(so)");
    r = r < 0 ? r : access_add_reference(a, m, e->child, e->child_index);
    return r < 0 ? r : sd_bus_message_close_container(m);
}

static void tell(const struct access *a, const char *path, struct event e)
{
    sd_bus_message *m = NULL;
    const char *interface = e.interface ? e.interface : OBJECT_EVENTS;
    int r = sd_bus_message_new_signal(a->bus, &m, path, interface, e.name);
    r = r < 0 ? r
              : sd_bus_message_append(m, "sii", e.detail ? e.detail : "", e.first, e.second);
    r = r < 0 ? r : add_what_goes_along(a, m, &e);
    r = r < 0 ? r : sd_bus_message_append(m, "a{sv}", 0);
    if (r >= 0)
        sd_bus_send(a->bus, m, NULL);
    sd_bus_message_unref(m);
}

static void tell_of(const struct access *a, enum thing_kind kind, uint32_t index,
                    struct event e)
{
    char path[96];
    access_path(a, kind, index, path);
    tell(a, path, e);
}

/* ---- what has changed ---- */

static bool is_in(const struct access *a, uint32_t id)
{
    for (size_t i = 0; i < a->controls.count; i++)
        if (a->controls.items[i].id == id)
            return true;
    return false;
}

static bool was_told(const struct access *a, uint32_t id)
{
    for (size_t i = 0; i < a->told_controls.count; i++)
        if (a->told_controls.items[i] == id)
            return true;
    return false;
}

static void tell_gone(const struct access *a, const char *path, int place)
{
    const char *own = "";
    sd_bus_message *m = NULL;
    sd_bus_get_unique_name(a->bus, &own);
    if (sd_bus_message_new_signal(a->bus, &m, ACCESS_ROOT "/window", OBJECT_EVENTS,
                                  "ChildrenChanged") >= 0 &&
        sd_bus_message_append(m, "siiva{sv}", "remove", place, 0, "(so)", own, path, 0) >= 0)
        sd_bus_send(a->bus, m, NULL);
    sd_bus_message_unref(m);
}

static void tell_text(struct access *a)
{
    char path[96];
    if (a->told_text == a->text_id)
        return;
    snprintf(path, sizeof path, ACCESS_ROOT "/text/%u", a->told_text);
    tell_gone(a, path, 0);
    a->told_text = a->text_id;
    a->told_caret = FOCUS_NOWHERE;
    if (a->transcript)
        tell_of(a, THING_WINDOW, 0,
                (struct event){.name = "ChildrenChanged",
                               .detail = "add",
                               .has_child = true,
                               .child = THING_TEXT});
}

/* Comes before the focus, which goes there. */
static void tell_sheet(struct access *a)
{
    if (a->told_sheet == a->has_sheet)
        return;
    a->told_sheet = a->has_sheet;
    if (a->has_sheet)
        tell_of(a, THING_WINDOW, 0,
                (struct event){.name = "ChildrenChanged",
                               .detail = "add",
                               .first = a->transcript != NULL,
                               .has_child = true,
                               .child = THING_SHEET});
    else
        tell_gone(a, ACCESS_ROOT "/sheet", a->transcript != NULL);
}

static uint64_t sum_of(const struct buf *text)
{
    uint64_t sum = 14695981039346656037u; /* FNV-1a */
    for (size_t i = 0; i < text->len; i++)
        sum = (sum ^ (unsigned char)text->data[i]) * 1099511628211u;
    return sum;
}

static void tell_names(struct access *a)
{
    for (uint32_t i = 0; i < a->controls.count; i++) {
        struct control *c = &a->controls.items[i];
        uint64_t sum = sum_of(&c->name);
        if (c->told_name && c->told_name != sum)
            tell_of(a, THING_CONTROL, i,
                    (struct event){.name = "PropertyChange",
                                   .detail = "accessible-name",
                                   .text = c->name.data});
        c->told_name = sum;
    }
}

static void remember_controls(struct access *a)
{
    a->told_controls.count = 0;
    for (size_t i = 0; i < a->controls.count; i++)
        vec_push(&a->told_controls, a->controls.items[i].id);
}

static void tell_controls(struct access *a)
{
    char path[96];
    int first = access_first_control(a);
    for (size_t i = 0; i < a->told_controls.count; i++) {
        if (is_in(a, a->told_controls.items[i]))
            continue;
        snprintf(path, sizeof path, ACCESS_ROOT "/control/%u", a->told_controls.items[i]);
        tell_gone(a, path, first + (int)i);
    }
    for (uint32_t i = 0; i < a->controls.count; i++)
        if (!was_told(a, a->controls.items[i].id))
            tell_of(a, THING_WINDOW, 0,
                    (struct event){.name = "ChildrenChanged",
                                   .detail = "add",
                                   .first = first + (int)i,
                                   .has_child = true,
                                   .child = THING_CONTROL,
                                   .child_index = i});
    remember_controls(a);
}

static void tell_window(struct access *a)
{
    if (a->told_active == a->has_focus)
        return;
    a->told_active = a->has_focus;
    tell_of(a, THING_WINDOW, 0,
            (struct event){.interface = "org.a11y.atspi.Event.Window",
                           .name = a->has_focus ? "Activate" : "Deactivate",
                           .text = "Verbatim"});
    tell_of(a, THING_WINDOW, 0,
            (struct event){.name = "StateChanged", .detail = "active", .first = a->has_focus});
    a->told_focus = FOCUS_NOWHERE; /* to be told anew */
}

static void tell_focused(struct access *a, uint32_t focus, int has_it)
{
    char path[96];
    if (focus == FOCUS_NOWHERE || (focus == FOCUS_TEXT && !a->transcript))
        return;
    if (focus == FOCUS_TEXT || focus == FOCUS_SHEET)
        access_path(a, focus == FOCUS_TEXT ? THING_TEXT : THING_SHEET, 0, path);
    else if (access_control(a, focus))
        snprintf(path, sizeof path, ACCESS_ROOT "/control/%u", focus);
    else
        return; /* it is gone */
    tell(a, path, (struct event){.name = "StateChanged", .detail = "focused", .first = has_it});
}

static void tell_focus(struct access *a)
{
    uint32_t focus = access_focus(a);
    if (!a->has_focus || focus == a->told_focus)
        return;
    tell_focused(a, a->told_focus, 0);
    tell_focused(a, focus, 1);
    a->told_focus = focus;
    a->told_caret = FOCUS_NOWHERE;
}

/* The slider that the keys are on. */
static void tell_value(struct access *a)
{
    const struct control *c = a->told_focus ? access_control(a, a->told_focus) : NULL;
    if (!c || !c->slider.set ||
        (a->told_value <= c->slider.value && a->told_value >= c->slider.value))
        return;
    a->told_value = c->slider.value;
    tell_of(a, THING_CONTROL, (uint32_t)(c - a->controls.items),
            (struct event){.name = "PropertyChange", .detail = "accessible-value"});
}

/* Of what has the focus: the text's goes with the voice, a field's with what is typed. */
static void tell_caret(struct access *a)
{
    struct thing thing;
    char path[96];
    uint32_t focus = access_focus(a);
    const struct control *c = access_control(a, focus);
    if (focus == FOCUS_SHEET)
        return;
    if (c)
        access_path(a, THING_CONTROL, (uint32_t)(c - a->controls.items), path);
    else
        access_path(a, THING_TEXT, 0, path);
    if ((c && !c->field) || !access_find(a, path, &thing) ||
        (uint32_t)thing.caret == a->told_caret)
        return;
    a->told_caret = (uint32_t)thing.caret;
    tell(a, path, (struct event){.name = "TextCaretMoved", .first = thing.caret});
}

/* What the program says to the eye it says to the ear. */
static void tell_messages(struct access *a)
{
    const struct session *s = a->screen->session;
    for (; a->told_messages < s->said; a->told_messages++) {
        const struct message *message = session_message(s, a->told_messages);
        struct buf text = {0};
        if (!message)
            continue;
        plain_text_clean(str_of(message->text), &text);
        tell_of(a, THING_WINDOW, 0,
                (struct event){.name = "Announcement",
                               .first = message->kind == MESSAGE_INFO ? 1 : 2,
                               .text = text.data ? text.data : ""});
        buf_free(&text);
    }
}

/* Nothing is worked out for nobody. */
void access_tell(struct access *a, struct rect window, bool has_focus)
{
    a->window = window;
    a->has_focus = has_focus;
    access_take_text(a);
    access_take_controls(a);
    access_take_sheet(a);
    if (!a->listened)
        return;
    tell_text(a);
    tell_sheet(a);
    tell_controls(a);
    tell_names(a);
    tell_window(a);
    tell_focus(a);
    tell_value(a);
    tell_caret(a);
    tell_messages(a);
}

/* ---- the registry ---- */

static sd_bus_slot **new_slot(struct access *a)
{
    return &a->slots[a->slot_count++];
}

/* Who shows all programs is the parent of this one. */
static int take_parent(sd_bus_message *reply, void *ctx, sd_bus_error *error)
{
    struct access *a = ctx;
    const char *name, *path;
    (void)error;
    if (sd_bus_message_is_method_error(reply, NULL) ||
        sd_bus_message_read(reply, "(so)", &name, &path) < 0)
        return 0;
    buf_clear(&a->desktop_name);
    buf_clear(&a->desktop_path);
    buf_puts(&a->desktop_name, name);
    buf_puts(&a->desktop_path, path);
    return 0;
}

/* Only once the bus has given us a name. */
static void embed(struct access *a)
{
    const char *own;
    if (a->is_embedded || sd_bus_get_unique_name(a->bus, &own) < 0)
        return;
    a->is_embedded = true;
    sd_bus_call_method_async(a->bus, new_slot(a), REGISTRY, ACCESS_ROOT "/root",
                             "org.a11y.atspi.Socket", "Embed", take_parent, a, "(so)", own,
                             ACCESS_ROOT "/root");
}

/* What is there they find by looking; where the focus is they are told. */
static void begin_telling(struct access *a)
{
    a->told_focus = a->told_caret = FOCUS_NOWHERE;
    a->told_active = false;
    a->told_text = a->text_id;
    a->told_sheet = a->has_sheet;
    a->told_messages = a->screen->session->said;
    remember_controls(a);
}

static int take_listeners(sd_bus_message *reply, void *ctx, sd_bus_error *error)
{
    struct access *a = ctx;
    (void)error;
    embed(a);
    if (sd_bus_message_is_method_error(reply, NULL) ||
        sd_bus_message_enter_container(reply, 'a', "(ss)") < 0)
        return 0;
    bool before = a->listened;
    a->listened = sd_bus_message_at_end(reply, false) == 0;
    if (a->listened && !before)
        begin_telling(a);
    return 0;
}

static int ask_listeners(sd_bus_message *signal, void *ctx, sd_bus_error *error)
{
    struct access *a = ctx;
    (void)signal, (void)error;
    sd_bus_call_method_async(a->bus, NULL, REGISTRY, "/org/a11y/atspi/registry", REGISTRY,
                             "GetRegisteredEvents", take_listeners, a, "");
    return 0;
}

static int get_items(sd_bus_message *call, void *ctx, sd_bus_error *error)
{
    (void)ctx, (void)error;
    return sd_bus_reply_method_return(call, "a((so)(so)(so)iiassusau)", 0);
}

/* Programs may send all they have at once; ours is asked piece by piece. */
static const sd_bus_vtable cache[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("GetItems", "", "a((so)(so)(so)iiassusau)", get_items, 0),
    SD_BUS_VTABLE_END,
};

static bool join(struct access *a)
{
    return access_add_tables(a) &&
           sd_bus_add_object_vtable(a->bus, new_slot(a), "/org/a11y/atspi/cache",
                                    "org.a11y.atspi.Cache", cache, a) >= 0 &&
           sd_bus_match_signal_async(a->bus, new_slot(a), REGISTRY, NULL, REGISTRY, NULL,
                                     ask_listeners, NULL, a) >= 0 &&
           ask_listeners(NULL, a, NULL) >= 0;
}

struct access *access_open(const char *address, struct screen *on)
{
    struct access *a = mem_new(sizeof *a);
    a->screen = on;
    a->plain_block = VB_NONE;
    a->told_focus = a->told_caret = FOCUS_NOWHERE;
    if (sd_bus_new(&a->bus) >= 0 && sd_bus_set_address(a->bus, address) >= 0 &&
        sd_bus_set_bus_client(a->bus, 1) >= 0 && sd_bus_start(a->bus) >= 0 && join(a))
        return a;
    access_close(a);
    return NULL;
}

void access_close(struct access *a)
{
    if (!a)
        return;
    for (size_t i = 0; i < a->slot_count; i++)
        sd_bus_slot_unref(a->slots[i]);
    sd_bus_close_unref(a->bus);
    access_forget_controls(a);
    vb_transcript_unref(a->transcript);
    plain_text_free(&a->plain);
    plain_text_free(&a->line);
    plain_text_free(&a->sheet);
    free(a->starts.items);
    free(a->told_controls.items);
    buf_free(&a->desktop_name);
    buf_free(&a->desktop_path);
    free(a);
}

sd_bus *access_bus(struct access *a)
{
    return a->bus;
}
