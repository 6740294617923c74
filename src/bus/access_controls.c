/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The spots of the screen, as things that last: what is pressed with the mouse has a name. */
#include <stdlib.h>
#include <string.h>

#include "app/keymap.h"
#include "base/str.h"
#include "bus/access_parts.h"
#include "view/widgets.h"

static bool is_within(struct rect inner, struct rect outer)
{
    return rect_holds(outer, inner.x + inner.w / 2, inner.y + 1) && inner.x >= outer.x &&
           inner.x + inner.w <= outer.x + outer.w + 2;
}

static int baseline_of(const struct draw_item *item)
{
    return item->at.y + item->rise;
}

static int compare_heights(const void *a, const void *b)
{
    return baseline_of(*(const struct draw_item *const *)a) -
           baseline_of(*(const struct draw_item *const *)b);
}

static int compare_sides(const void *a, const void *b)
{
    return (*(const struct draw_item *const *)a)->at.x -
           (*(const struct draw_item *const *)b)->at.x;
}

/* How many from `i` on stand in one line with it. */
static size_t line_from(const struct access *a, size_t i)
{
    const struct draw_item *first = a->items.items[i];
    size_t end = i + 1;
    while (end < a->items.count &&
           baseline_of(a->items.items[end]) - baseline_of(first) <= first->size / 2)
        end++;
    return end - i;
}

static void gather(struct access *a, struct rect at, size_t first)
{
    const struct screen *on = a->screen;
    a->items.count = 0;
    for (size_t i = first; i < on->list.items.count; i++) {
        const struct draw_item *item = &on->list.items.items[i];
        if (item->kind == DRAW_TEXT && item->text.len && is_within(item->at, at))
            vec_push(&a->items, item);
    }
}

/* What stands written in a place, among what was drawn from `first` on: line by line, whatever
 * the order it was drawn in. */
static void put_texts(struct access *a, struct rect at, size_t first, struct buf *out)
{
    gather(a, at, first);
    if (a->items.count)
        qsort(a->items.items, a->items.count, sizeof *a->items.items, compare_heights);
    for (size_t i = 0, count; i < a->items.count; i += count) {
        count = line_from(a, i);
        qsort(a->items.items + i, count, sizeof *a->items.items, compare_sides);
        for (size_t k = 0; k < count; k++) {
            if (i || k)
                buf_putc(out, ' ');
            plain_text_clean(a->items.items[i + k]->text, out);
        }
    }
}

/* In the order it was drawn in: columns stay columns. */
void access_put_sheet(struct access *a, struct buf *out)
{
    gather(a, (struct rect){0, 0, a->screen->width, a->screen->height}, a->screen->modal_drawn);
    for (size_t i = 0; i < a->items.count; i++) {
        const struct draw_item *item = a->items.items[i],
                               *before = i ? a->items.items[i - 1] : item;
        int down = baseline_of(item) - baseline_of(before);
        if (i)
            buf_putc(out,
                     abs(down) <= before->size / 2 && item->at.x >= before->at.x ? ' ' : '\n');
        plain_text_clean(item->text, out);
    }
}

/* A button without words has its tip for a name. */
static void name_it(struct access *a, const struct spot *spot, struct control *c)
{
    struct buf texts = {0};
    buf_clear(&c->name);
    buf_clear(&c->tip);
    plain_text_clean(spot->tip, &c->tip);
    if (spot->name.len)
        plain_text_clean(spot->name, &c->name);
    else {
        put_texts(a, spot->at, spot->drawn, &texts);
        bool is_said = str_find(buf_str(&c->tip), buf_str(&texts)) != STR_NOT_FOUND;
        buf_add(&c->name, texts.len && !is_said ? buf_str(&texts) : buf_str(&c->tip));
    }
    buf_free(&texts);
    buf_puts(&c->name, "");
    buf_puts(&c->tip, "");
}

static bool is_of(const struct control *c, const struct spot *spot)
{
    return c->run == spot->run && c->amount == spot->amount && c->field == spot->field &&
           c->view == spot->view;
}

/* One that is left of the frame before, from `from` on: most stay in their order. */
static size_t find_old(struct access *a, size_t from, const struct spot *spot)
{
    for (size_t i = from; i < a->controls.count; i++)
        if (is_of(&a->controls.items[i], spot))
            return i;
    return SIZE_MAX;
}

static void place_one(struct access *a, size_t place, const struct spot *spot)
{
    size_t old = find_old(a, place, spot);
    if (old == SIZE_MAX) {
        old = a->controls.count;
        vec_push(&a->controls, (struct control){.id = ++a->next_id,
                                                .run = spot->run,
                                                .amount = spot->amount,
                                                .field = spot->field,
                                                .view = spot->view});
    }
    struct control found = a->controls.items[old];
    memmove(&a->controls.items[place + 1], &a->controls.items[place],
            (old - place) * sizeof found);
    found.at = spot->at;
    found.slider = spot->slider;
    found.steps = spot->step != NULL;
    a->controls.items[place] = found;
    name_it(a, spot, &a->controls.items[place]);
}

static void drop_from(struct access *a, size_t count)
{
    for (size_t i = count; i < a->controls.count; i++) {
        buf_free(&a->controls.items[i].name);
        buf_free(&a->controls.items[i].tip);
    }
    a->controls.count = count;
}

/* What lies below a sheet can't be reached. */
void access_take_controls(struct access *a)
{
    const struct screen *on = a->screen;
    size_t place = 0;
    for (size_t i = on->modal_from; i < on->spots.count; i++)
        if (on->spots.items[i].run)
            place_one(a, place++, &on->spots.items[i]);
    drop_from(a, place);
}

struct control *access_control(struct access *a, uint32_t id)
{
    for (size_t i = 0; i < a->controls.count; i++)
        if (a->controls.items[i].id == id)
            return &a->controls.items[i];
    return NULL;
}

void access_forget_controls(struct access *a)
{
    drop_from(a, 0);
    free(a->controls.items);
    free(a->items.items);
}

/* ---- Action: a press ---- */

static const struct control *control_of(const struct thing *thing)
{
    return &thing->access->controls.items[thing->index];
}

/* An action of the table has its name and its keys. */
static const struct action *action_of(const struct control *c)
{
    return c->run == widget_run_action ? action_at((size_t)c->amount) : NULL;
}

static const char *keys_of(const struct control *c)
{
    const struct action *action = action_of(c);
    return action ? keymap_keys(action) : "";
}

ACCESS_METHOD(do_action)
{
    struct thing *thing = found;
    const struct control *c = control_of(thing);
    (void)error;
    c->run(thing->access->screen, c->amount);
    return sd_bus_reply_method_return(call, "b", 1);
}

ACCESS_METHOD(get_action_name)
{
    (void)found, (void)error;
    return sd_bus_reply_method_return(call, "s", "press");
}

ACCESS_METHOD(get_action_description)
{
    (void)error;
    return sd_bus_reply_method_return(call, "s", control_of(found)->tip.data);
}

ACCESS_METHOD(get_key_binding)
{
    (void)error;
    return sd_bus_reply_method_return(call, "s", keys_of(control_of(found)));
}

ACCESS_METHOD(get_actions)
{
    (void)error;
    const struct control *c = control_of(found);
    return sd_bus_reply_method_return(call, "a(sss)", 1, "press", c->tip.data, keys_of(c));
}

/* clang-format off */
const sd_bus_vtable access_action[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("NActions", "i", NULL, ACCESS_AT(actions), 0),
    SD_BUS_METHOD("DoAction", "i", "b", do_action, 0),
    SD_BUS_METHOD("GetName", "i", "s", get_action_name, 0),
    SD_BUS_METHOD("GetLocalizedName", "i", "s", get_action_name, 0),
    SD_BUS_METHOD("GetDescription", "i", "s", get_action_description, 0),
    SD_BUS_METHOD("GetKeyBinding", "i", "s", get_key_binding, 0),
    SD_BUS_METHOD("GetActions", "", "a(sss)", get_actions, 0),
    SD_BUS_VTABLE_END,
};
/* clang-format on */

/* ---- Value: a slider ---- */

static int set_value(sd_bus *bus, const char *path, const char *interface, const char *property,
                     sd_bus_message *message, void *found, sd_bus_error *error)
{
    (void)bus, (void)path, (void)interface, (void)property, (void)error;
    struct thing *thing = (struct thing *)(void *)((char *)found - ACCESS_AT(value));
    const struct slider *slider = &control_of(thing)->slider;
    double value = 0;
    int r = sd_bus_message_read(message, "d", &value);
    if (r >= 0 && value >= slider->least && value <= slider->most)
        slider->set(thing->access->screen, value);
    return r;
}

ACCESS_GET(get_value_text)
{
    (void)bus, (void)path, (void)interface, (void)property, (void)error;
    return sd_bus_message_append(reply, "s", control_of(found)->tip.data);
}

/* clang-format off */
const sd_bus_vtable access_value[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_PROPERTY("MinimumValue", "d", NULL, ACCESS_AT(least), 0),
    SD_BUS_PROPERTY("MaximumValue", "d", NULL, ACCESS_AT(most), 0),
    SD_BUS_PROPERTY("MinimumIncrement", "d", NULL, ACCESS_AT(step), 0),
    SD_BUS_WRITABLE_PROPERTY("CurrentValue", "d", NULL, set_value, ACCESS_AT(value), 0),
    SD_BUS_PROPERTY("Text", "s", get_value_text, 0, 0),
    SD_BUS_VTABLE_END,
};
/* clang-format on */
