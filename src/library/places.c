/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small things that are remembered: places, recent files, decisions, delays. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "library/store_parts.h"

/* ---- where you left ---- */

void store_put_place(struct store *store, const struct store_pair *pair,
                     const struct store_place *place)
{
    QUEUE(store, "INSERT OR REPLACE INTO place VALUES(?,?,?,?,?,?,?,?,?,?,?)",
          value_key(&pair->sound), value_key(&pair->text), value_number(place->position),
          value_word(place->top_word), value_real(place->top_lines),
          value_word(place->selected_first), value_word(place->selected_last),
          value_number(place->zoom), value_number(place->speed), value_number(place->offset),
          value_number(store_now()));
}

struct place_found {
    struct store_place *place;
    bool found;
};

static void take_place(sqlite3_stmt *from, void *ctx)
{
    struct place_found *found = ctx;
    found->found = true;
    *found->place = (struct store_place){
        .position = sqlite3_column_int64(from, 0),
        .top_word = column_word(from, 1),
        .top_lines = sqlite3_column_double(from, 2),
        .selected_first = column_word(from, 3),
        .selected_last = column_word(from, 4),
        .zoom = sqlite3_column_int(from, 5),
        .speed = sqlite3_column_int(from, 6),
        .offset = sqlite3_column_int64(from, 7),
        .seen = sqlite3_column_int64(from, 8),
    };
}

bool store_place(struct store *store, const struct store_pair *pair, struct store_place *place)
{
    struct place_found found = {place, false};
    ASK(store,
        "SELECT position, top_word, top_lines, selected_first, selected_last, zoom, speed, "
        "offset, seen FROM place WHERE sound=? AND text=?",
        take_place, &found, value_key(&pair->sound), value_key(&pair->text));
    return found.found;
}

/* ---- recent files ---- */

static struct buf full_path(const char *path)
{
    struct buf full = {0};
    char *real = path && *path ? realpath(path, NULL) : NULL;
    buf_puts(&full, real ? real : path ? path : "");
    free(real);
    return full;
}

void store_put_recent(struct store *store, const char *sound, const char *text, vb_str title)
{
    struct buf full[2] = {full_path(sound), full_path(text)};
    store_hold(store);
    /* what was open alone is a pair now */
    QUEUE(store,
          "DELETE FROM recent WHERE (sound=?1 AND text='') OR (text=?2 AND sound='') OR "
          "(sound=?1 AND text=?2)",
          value_text(buf_str(&full[0])), value_text(buf_str(&full[1])));
    QUEUE(store, "INSERT INTO recent VALUES(?,?,?,?)", value_text(buf_str(&full[0])),
          value_text(buf_str(&full[1])), value_text(title), value_number(store_now()));
    QUEUE(store,
          "DELETE FROM recent WHERE rowid NOT IN "
          "(SELECT rowid FROM recent ORDER BY seen DESC LIMIT ?)",
          value_number(STORE_RECENT_MOST));
    store_release(store);
    buf_free(&full[0]);
    buf_free(&full[1]);
}

static void see_row(sqlite3_stmt *from, void *ctx)
{
    (void)from;
    *(bool *)ctx = true;
}

bool store_was_open(struct store *store, const char *text)
{
    struct buf full = full_path(text);
    bool was = false;
    ASK(store, "SELECT 1 FROM recent WHERE text=? LIMIT 1", see_row, &was,
        value_text(buf_str(&full)));
    buf_free(&full);
    return was;
}

typedef VEC(struct store_recent) recent_list;

static void take_recent(sqlite3_stmt *from, void *ctx)
{
    recent_list *list = ctx;
    struct store_recent recent = {.seen = sqlite3_column_int64(from, 3)};
    buf_add(&recent.sound, column_text(from, 0));
    buf_add(&recent.text, column_text(from, 1));
    buf_add(&recent.title, column_text(from, 2));
    vec_push(list, recent);
}

struct store_recents store_recents(struct store *store)
{
    recent_list list = {0};
    ASK(store, "SELECT sound, text, title, seen FROM recent ORDER BY seen DESC LIMIT ?",
        take_recent, &list, value_number(STORE_RECENT_MOST));
    return (struct store_recents){list.items, list.count};
}

void store_recents_free(struct store_recents *recents)
{
    for (size_t i = 0; i < recents->count; i++) {
        buf_free(&recents->items[i].sound);
        buf_free(&recents->items[i].text);
        buf_free(&recents->items[i].title);
    }
    free(recents->items);
    *recents = (struct store_recents){0};
}

/* ---- one number ---- */

struct number_found {
    int64_t number;
    bool found;
};

static void take_number(sqlite3_stmt *from, void *ctx)
{
    *(struct number_found *)ctx = (struct number_found){sqlite3_column_int64(from, 0), true};
}

void store_put_label(struct store *store, const struct store_key *text, vb_str label,
                     enum store_label decision)
{
    if (decision == STORE_UNDECIDED)
        QUEUE(store, "DELETE FROM label WHERE text=? AND label=?", value_key(text),
              value_text(label));
    else
        QUEUE(store, "INSERT OR REPLACE INTO label VALUES(?,?,?)", value_key(text),
              value_text(label), value_number(decision));
}

enum store_label store_label(struct store *store, const struct store_key *text, vb_str label)
{
    struct number_found found = {0, false};
    ASK(store, "SELECT decision FROM label WHERE text=? AND label=?", take_number, &found,
        value_key(text), value_text(label));
    bool known = found.number == STORE_SPEAKER || found.number == STORE_TEXT;
    return known ? (enum store_label)found.number : STORE_UNDECIDED;
}
