/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of access share. */
#pragma once

#include "bus/access.h"
#include "view/plain_text.h"

#define ACCESS_ROOT "/org/a11y/atspi/accessible"
#define ACCESS_NULL "/org/a11y/atspi/null"

enum thing_kind {
    THING_PROGRAM,
    THING_WINDOW,
    THING_TEXT,
    THING_BLOCK,
    THING_CONTROL,
    THING_SHEET, /* what is written on what lies over everything */
};

/* A spot of the screen, with an identity that lasts from frame to frame. */
struct control {
    uint32_t id;
    void (*run)(struct screen *on, long amount);
    long amount;
    struct field *field;
    struct slider slider;
    struct rect at;
    struct buf name, tip;
    uint8_t view;
    bool steps;         /* the arrow keys do something */
    uint64_t told_name; /* a sum of it */
};

/* What a path means; sd-bus reads the properties here. */
struct thing {
    struct access *access;
    enum thing_kind kind;
    uint32_t index; /* of the block, or the control's place in the list */
    const char *name, *description, *locale, *id_text;
    int children;
    int characters, caret;
    double value, least, most, step;
    int actions;
};

struct access {
    sd_bus *bus;
    struct screen *screen;
    sd_bus_slot *slots[16];
    size_t slot_count;
    struct buf desktop_name, desktop_path; /* who shows all programs */
    int application_id;                    /* given by the registry */
    bool is_embedded, listened;            /* listened: somebody asked for events */
    struct rect window;
    bool has_focus;

    /* the controls of this frame */
    VEC(struct control) controls;
    uint32_t next_id;
    VEC(const struct draw_item *) items; /* for a moment */
    bool has_sheet;
    struct plain_text sheet;

    /* the text */
    const struct vb_transcript *transcript; /* held */
    uint32_t text_id;                       /* grows with each other text */
    VEC(uint32_t) starts;    /* of each block in the whole, and one past the end */
    struct plain_text plain; /* of the block that was asked for last */
    uint32_t plain_block;
    struct layout_style plain_style; /* it was laid out in */
    struct plain_text line;          /* of a field */

    /* what was told last */
    uint32_t told_caret, told_focus; /* FOCUS_… or a control's number */
    bool told_active, told_sheet;
    uint32_t told_text;
    double told_value;
    uint64_t told_messages;
    VEC(uint32_t) told_controls;

    struct thing thing; /* the one that is asked about now */
};

/* ---- paths and what they mean (access_tree.c) ---- */

void access_path(const struct access *a, enum thing_kind kind, uint32_t index, char into[96]);
/* False: there is no such thing (any more). */
bool access_find(struct access *a, const char *path, struct thing *thing);
/* Appends "(so)". */
int access_add_reference(const struct access *a, sd_bus_message *to, enum thing_kind kind,
                         uint32_t index);
int access_add_nothing(sd_bus_message *to);
/* A control's number, or one of these. */
enum { FOCUS_TEXT = 0, FOCUS_SHEET = UINT32_MAX - 1, FOCUS_NOWHERE = UINT32_MAX };
uint32_t access_focus(const struct access *a);
int access_first_control(const struct access *a); /* among the window's children */
/* Opens the answer to a call (NULL: no memory); the caller adds to it and sends it. `r`: how
 * the adding went, an errno below 0. */
sd_bus_message *access_answer(sd_bus_message *call);
int access_send(sd_bus_message *reply, int r);

/* ---- where things stand (access_component.c) ---- */

struct rect access_rect(struct access *a, const struct thing *thing);
/* From the window's place to that of coordinates of a kind (0: of the display). */
struct rect access_in(const struct access *a, struct rect at, uint32_t kind);

/* ---- which interfaces they have (access_tables.c) ---- */

bool access_add_tables(struct access *a); /* puts all of it on the bus */
/* Appends their names, "as". */
int access_add_interfaces(const struct thing *thing, sd_bus_message *to);

/* ---- the controls of a frame (access_controls.c) ---- */

void access_take_controls(struct access *a);
struct control *access_control(struct access *a, uint32_t id); /* NULL */
void access_put_sheet(struct access *a, struct buf *out);
void access_forget_controls(struct access *a);

/* ---- the text (access_plain.c) ---- */

void access_take_text(struct access *a);
void access_take_sheet(struct access *a);
const struct plain_text *access_plain(struct access *a, uint32_t block);
bool access_has_text(struct access *a); /* the whole; what follows needs it */
uint32_t access_caret(struct access *a);
uint32_t access_length(struct access *a);
uint32_t access_offset(struct access *a, uint32_t word);
/* Of a thing's own text, in its characters. */
void access_put_text(const struct thing *thing, uint32_t from, uint32_t until, struct buf *out);
struct plain_range access_range(const struct thing *thing, enum plain_part how, uint32_t at);
uint32_t access_word(const struct thing *thing, int at); /* VB_NONE: none is there */

/* ---- the interfaces' tables ---- */

extern const sd_bus_vtable access_accessible[], access_application[], access_component[],
    access_text[], access_value[], access_action[];

/* A method's or property's function; `thing` is the one meant. */
#define ACCESS_METHOD(name)                                                                    \
    static int name(sd_bus_message *call, void *found, sd_bus_error *error)
#define ACCESS_GET(name)                                                                       \
    static int name(sd_bus *bus, const char *path, const char *interface,                      \
                    const char *property, sd_bus_message *reply, void *found,                  \
                    sd_bus_error *error)
#define ACCESS_AT(member) offsetof(struct thing, member)
