/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the store knows of files that were open, as the welcome page shows it: read once, for it
 * is drawn in every frame. */
#include "app/recents.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/session.h"
#include "base/file.h"
#include "base/str.h"
#include "format/timecode.h"

enum { KEPT = 8, TEXT_MOST = 8 << 20 };

static void copy(char *into, size_t room, const char *text)
{
    snprintf(into, room, "%s", text);
    str_end_whole(into, room);
}

static bool is_there(const struct buf *path)
{
    return path->len && path->len < sizeof((struct recent *)0)->path && file_exists(path->data);
}

static void find_keys(const struct store_recent *found, struct store_pair *pair)
{
    struct buf text = {0};
    *pair = (struct store_pair){0};
    if (found->sound.len && !content_key_of_sound(found->sound.data, pair->sound.hex, NULL))
        pair->sound.hex[0] = '\0';
    if (found->text.len && file_read(found->text.data, TEXT_MOST, &text, NULL))
        content_key_of_text(buf_str(&text), pair->text.hex);
    buf_free(&text);
}

/* Where one stopped; at the beginning there is nothing to tell. */
static void put_place(struct session *s, const struct store_recent *found, struct recent *into)
{
    struct store_pair pair;
    struct store_place place;
    struct buf time = {0};
    find_keys(found, &pair);
    if (!store_place(s->store, &pair, &place) || place.position < VB_SECOND)
        return;
    time_put(&time, place.position);
    copy(into->place, sizeof into->place, time.data);
    buf_free(&time);
}

/* False: its files are gone. */
static bool take(struct session *s, const struct store_recent *found, struct recent *into)
{
    const struct buf *first = is_there(&found->sound) ? &found->sound : &found->text;
    if (!is_there(first))
        return false;
    *into = (struct recent){0};
    copy(into->title, sizeof into->title,
         found->title.len ? found->title.data : file_name(first->data));
    copy(into->path, sizeof into->path, first->data);
    if (first == &found->sound && is_there(&found->text))
        copy(into->second, sizeof into->second, found->text.data);
    put_place(s, found, into);
    return true;
}

static void read_store(struct session *s)
{
    struct store_recents found = store_recents(s->store);
    s->memory.recents = mem_new(KEPT * sizeof *s->memory.recents);
    for (size_t i = 0; i < found.count && s->memory.recent_count < KEPT; i++)
        s->memory.recent_count +=
            take(s, &found.items[i], &s->memory.recents[s->memory.recent_count]);
    store_recents_free(&found);
}

static size_t list(void *ctx, struct recent *into, size_t room)
{
    struct session *s = ctx;
    if (!s->memory.recents)
        read_store(s);
    size_t count = s->memory.recent_count < room ? s->memory.recent_count : room;
    memcpy(into, s->memory.recents, count * sizeof *into);
    return count;
}

void recents_from_store(struct session *s)
{
    s->recents = (struct recents){list, s};
}

void recents_forget(struct session *s)
{
    free(s->memory.recents);
    s->memory.recents = NULL;
    s->memory.recent_count = 0;
}
