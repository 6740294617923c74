/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a path means, and what has the focus. */
#include <locale.h>
#include <string.h>

#include "base/i18n.h"
#include "base/str.h"
#include "bus/access_parts.h"

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

/* ---- answers ---- */

sd_bus_message *access_answer(sd_bus_message *call)
{
    sd_bus_message *reply = NULL;
    return sd_bus_message_new_method_return(call, &reply) < 0 ? NULL : reply;
}

int access_send(sd_bus_message *reply, int r)
{
    r = r < 0 ? r : sd_bus_send(NULL, reply, NULL);
    sd_bus_message_unref(reply);
    return r < 0 ? r : 1;
}
