/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Aligned times in the store. */
#include "library/store_times.h"

#include <stdlib.h>

#include "base/str.h"
#include "library/pack.h"

void times_put(struct store *store, const struct store_pair *pair, uint32_t count,
               const struct store_times *times, const bool *listened)
{
    struct buf blob = {0};
    if (times->words)
        times_pack(times->words, listened, count, &blob);
    QUEUE(store, "INSERT OR REPLACE INTO times VALUES(?,?,?,?,?,?,?)", value_key(&pair->sound),
          value_key(&pair->text), value_number(times->verdict), value_number(times->method),
          value_bytes(buf_str(&blob)), value_text(buf_str(&times->sentence)),
          value_number(store_now()));
    buf_free(&blob);
}

void store_put_times(struct store *store, const struct store_pair *pair,
                     const struct vb_transcript *t, const struct store_times *times,
                     const bool *listened)
{
    times_put(store, pair, vb_word_count(t), times, listened);
}

struct times_wanted {
    struct store_times *times;
    bool *listened;
    uint32_t count;
    bool found;
};

static void take_times(sqlite3_stmt *from, void *ctx)
{
    struct times_wanted *wanted = ctx;
    int64_t verdict = sqlite3_column_int64(from, 0);
    struct vb_heard *words = NULL;
    if (verdict != STORE_REFUSED) {
        words = times_unpack(column_bytes(from, 2), wanted->count, &wanted->listened);
        if (!words)
            return; /* of another text, or not to be read: as if nobody had listened */
    }
    wanted->found = true;
    wanted->times->words = words;
    wanted->times->verdict = verdict == STORE_REFUSED    ? STORE_REFUSED
                             : verdict == STORE_DOUBTFUL ? STORE_DOUBTFUL
                                                         : STORE_ALIGNED;
    wanted->times->method = sqlite3_column_int(from, 1);
    buf_add(&wanted->times->sentence, column_text(from, 3));
}

bool times_get(struct store *store, const struct store_pair *pair, uint32_t count,
               struct store_times *times, bool **listened)
{
    struct times_wanted wanted = {.times = times, .count = count};
    *times = (struct store_times){0};
    ASK(store, "SELECT verdict, method, words, sentence FROM times WHERE sound=? AND text=?",
        take_times, &wanted, value_key(&pair->sound), value_key(&pair->text));
    for (uint32_t i = 0; wanted.listened && i < count; i++)
        times->missing += !wanted.listened[i];
    if (listened)
        *listened = wanted.listened;
    else
        free(wanted.listened);
    return wanted.found;
}

bool store_times(struct store *store, const struct store_pair *pair,
                 const struct vb_transcript *t, struct store_times *times, bool **listened)
{
    return times_get(store, pair, vb_word_count(t), times, listened);
}

void store_times_free(struct store_times *times)
{
    free(times->words);
    buf_free(&times->sentence);
    *times = (struct store_times){0};
}
