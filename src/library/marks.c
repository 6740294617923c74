/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was said of words: pins, bookmarks, checks. */
#include <stdlib.h>
#include <sys/random.h>

#include "base/str.h"
#include "library/prints.h"
#include "library/store_parts.h"

/* Two programs that add at once must not meet; and who adds need not wait to know the name. */
static int64_t new_id(void)
{
    uint64_t id = 0;
    if (getrandom(&id, sizeof id, GRND_NONBLOCK) != sizeof id)
        id = (uint64_t)store_now() << 12 ^ (uint64_t)(uintptr_t)&id;
    id &= INT64_MAX;
    return id ? (int64_t)id : 1;
}

int64_t store_put_mark(struct store *store, const struct store_pair *pair,
                       const struct store_mark *mark)
{
    int64_t id = mark->id ? mark->id : new_id();
    QUEUE(store, "INSERT OR REPLACE INTO mark VALUES(?,?,?,?,?,?,?,?,?,?,?)", value_number(id),
          value_number(mark->kind), value_key(&pair->sound), value_key(&pair->text),
          value_word(mark->word), value_number(mark->count), value_number(mark->time),
          value_number(mark->state), value_number((int64_t)mark->content),
          value_text(buf_str(&mark->note)),
          value_number(mark->made ? mark->made : store_now()));
    return id;
}

void store_drop_mark(struct store *store, int64_t id)
{
    QUEUE(store, "DELETE FROM mark WHERE id=?", value_number(id));
}

void store_drop_marks(struct store *store, const struct store_pair *pair, enum store_kind kind)
{
    QUEUE(store, "DELETE FROM mark WHERE text=? AND sound=? AND kind=?", value_key(&pair->text),
          value_key(&pair->sound), value_number(kind));
}

void store_put_doubts(struct store *store, const struct store_pair *pair,
                      const struct vb_doubt *doubts, size_t count)
{
    store_hold(store);
    store_drop_marks(store, pair, STORE_DOUBT);
    for (size_t i = 0; i < count; i++) {
        struct store_mark mark = {.kind = STORE_DOUBT,
                                  .word = doubts[i].first_word,
                                  .count = doubts[i].word_count,
                                  .time = doubts[i].from,
                                  .content = (uint64_t)doubts[i].until,
                                  .state = doubts[i].reason};
        buf_printf(&mark.note, "%.3f", (double)doubts[i].score);
        store_put_mark(store, pair, &mark);
        buf_free(&mark.note);
    }
    store_release(store);
}

void store_put_news(struct store *store, const struct store_pair *pair, const bool *are_new,
                    uint32_t words)
{
    store_hold(store);
    store_drop_marks(store, pair, STORE_NEWS);
    for (uint32_t i = 0, end; i < words; i = end + 1) {
        for (end = i; end < words && are_new[end];)
            end++;
        const struct store_mark mark = {
            .kind = STORE_NEWS, .word = i, .count = end - i, .time = VB_NO_TIME};
        if (mark.count)
            store_put_mark(store, pair, &mark);
    }
    store_release(store);
}

typedef VEC(struct store_mark) mark_list;

static void take_mark(sqlite3_stmt *from, void *ctx)
{
    uint32_t count = column_word(from, 2);
    struct store_mark mark = {
        .id = sqlite3_column_int64(from, 0),
        .word = column_word(from, 1),
        .count = count == VB_NONE ? 0 : count,
        .time = sqlite3_column_int64(from, 3),
        .state = (unsigned)sqlite3_column_int64(from, 4),
        .content = (uint64_t)sqlite3_column_int64(from, 5),
        .made = sqlite3_column_int64(from, 7),
        .kind = (enum store_kind)sqlite3_column_int(from, 8),
    };
    buf_add(&mark.note, column_text(from, 6));
    vec_push((mark_list *)ctx, mark);
}

struct store_marks store_marks(struct store *store, const struct store_pair *pair,
                               enum store_kind kind)
{
    mark_list list = {0};
    ASK(store,
        "SELECT id, word, count, time, state, content, note, made, kind FROM mark "
        "WHERE text=? AND sound=? AND kind=? ORDER BY word, time, made",
        take_mark, &list, value_key(&pair->text), value_key(&pair->sound), value_number(kind));
    return (struct store_marks){list.items, list.count};
}

void store_marks_free(struct store_marks *marks)
{
    for (size_t i = 0; i < marks->count; i++)
        buf_free(&marks->items[i].note);
    free(marks->items);
    *marks = (struct store_marks){0};
}

static bool doubt_of(const struct store_mark *mark, uint32_t words, struct vb_doubt *doubt)
{
    *doubt = (struct vb_doubt){
        .reason = (enum vb_doubt_reason)mark->state,
        .first_word = mark->word,
        .word_count = mark->count,
        .from = mark->time,
        .until = (vb_time)mark->content,
        .score = mark->note.len ? strtof(mark->note.data, NULL) : 0,
    };
    return mark->word < words && mark->count && mark->count <= words - mark->word &&
           mark->state <= VB_DOUBT_EXTRA && doubt->until >= doubt->from;
}

struct vb_doubt *store_doubts(struct store *store, const struct store_pair *pair,
                              uint32_t words, size_t *count)
{
    struct store_marks marks = store_marks(store, pair, STORE_DOUBT);
    struct vb_doubt *doubts = mem_new((marks.count + 1) * sizeof *doubts);
    *count = 0;
    for (size_t i = 0; i < marks.count; i++)
        *count += doubt_of(&marks.items[i], words, &doubts[*count]);
    store_marks_free(&marks);
    return doubts;
}

uint64_t store_content(const struct vb_transcript *t, uint32_t word, uint32_t count)
{
    uint64_t content = 14695981039346656037u; /* FNV-1a over the prints */
    for (uint32_t i = 0; i < count && word + i < vb_word_count(t); i++)
        content = (content ^ word_print(vb_word_text(t, word + i))) * 1099511628211u;
    return content;
}
