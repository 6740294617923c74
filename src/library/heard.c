/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was really heard: stretches of the sound, each with the speed it was heard at.
 *
 * Stretches of one speed that touch are one row, so that an afternoon of listening leaves a
 * handful of them. */
#include <stdlib.h>
#include <string.h>

#include "library/store_parts.h"

#define TOUCHING (VB_SECOND / 4) /* a gap that nobody hears */

void store_put_heard(struct store *store, const struct store_key *sound, vb_time start,
                     vb_time end, int speed)
{
    if (end <= start)
        return;
    store_hold(store);
    QUEUE(store,
          "INSERT INTO heard(sound, start, end, speed) "
          "SELECT ?1, min(?2, coalesce(min(start), ?2)), max(?3, coalesce(max(end), ?3)), ?4 "
          "FROM heard WHERE sound=?1 AND speed=?4 AND start<=?3+?5 AND end>=?2-?5",
          value_key(sound), value_number(start), value_number(end), value_number(speed),
          value_number(TOUCHING));
    QUEUE(store,
          "DELETE FROM heard WHERE sound=?1 AND speed=?2 AND id<>last_insert_rowid() AND "
          "start>=(SELECT start FROM heard WHERE id=last_insert_rowid()) AND "
          "end<=(SELECT end FROM heard WHERE id=last_insert_rowid())",
          value_key(sound), value_number(speed));
    store_release(store);
}

typedef VEC(struct store_heard) heard_list;

static void insert(heard_list *list, size_t at, struct store_heard heard)
{
    vec_push(list, heard);
    memmove(list->items + at + 1, list->items + at,
            (list->count - at - 1) * sizeof *list->items);
    list->items[at] = heard;
}

/* Rows come from the slowest to the fastest: of a new one only what is not there yet counts. */
static void take_heard(sqlite3_stmt *from, void *ctx)
{
    heard_list *list = ctx;
    vb_time start = sqlite3_column_int64(from, 0), end = sqlite3_column_int64(from, 1);
    int speed = sqlite3_column_int(from, 2);
    size_t at = 0;
    while (at < list->count && list->items[at].end <= start)
        at++;
    while (start < end) {
        bool last = at == list->count || list->items[at].start >= end;
        vb_time until = last ? end : list->items[at].start;
        if (start < until)
            insert(list, at++, (struct store_heard){start, until, speed});
        if (last)
            return;
        start = list->items[at++].end;
    }
}

struct store_heard_list store_heard(struct store *store, const struct store_key *sound)
{
    heard_list list = {0};
    ASK(store,
        "SELECT start, end, speed FROM heard WHERE sound=? AND start<end "
        "ORDER BY speed, start",
        take_heard, &list, value_key(sound));
    return (struct store_heard_list){list.items, list.count};
}

void store_heard_free(struct store_heard_list *heard)
{
    free(heard->items);
    *heard = (struct store_heard_list){0};
}
