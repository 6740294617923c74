/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts that change: what was said of words goes with the words.
 *
 * Of each text the prints of its words are kept (prints.h), so that an earlier form can be
 * compared with the text at hand.  After a save everything moves; a text that merely resembles
 * another, a newer revision perhaps, gets a copy. */
#include <stdlib.h>

#include "base/str.h"
#include "library/prints.h"
#include "library/store_times.h"

enum { CANDIDATES = 4 };

struct carry {
    struct store *store;
    struct store_key from, to;
    uint32_t *map; /* one a word of the old text: where it stands now, or VB_NONE */
    uint32_t old_count, now_count, same;
    bool move;
    const struct store_key *told; /* the sound that is told what is new in it; NULL: none is */
};

/* ---- prints ---- */

static vb_str bytes_of(const uint32_t *prints, uint32_t count)
{
    return (vb_str){(const char *)prints, count * sizeof *prints};
}

static void take_prints(sqlite3_stmt *from, void *ctx)
{
    buf_add(ctx, column_bytes(from, 0));
}

static void put_text(struct store *store, const struct store_key *key, const uint32_t *prints,
                     uint32_t count)
{
    QUEUE(store, "INSERT OR REPLACE INTO text VALUES(?,?,NULL,?)", value_key(key),
          value_bytes(bytes_of(prints, count)), value_number(store_now()));
}

/* ---- words ---- */

/* The word itself, else the next one that is still there, else the last. */
static uint32_t nearest(const struct carry *c, uint32_t word)
{
    if (word == VB_NONE || word >= c->old_count)
        return VB_NONE;
    for (uint32_t i = word; i < c->old_count; i++)
        if (c->map[i] != VB_NONE)
            return c->map[i];
    for (uint32_t i = word; i-- > 0;)
        if (c->map[i] != VB_NONE)
            return c->map[i];
    return VB_NONE;
}

/* A passage is what is left of it. False: nothing. */
static bool carry_passage(const struct carry *c, uint32_t *word, uint32_t *count)
{
    uint32_t first = VB_NONE, last = 0;
    for (uint32_t i = *word; i < *word + *count && i < c->old_count; i++)
        if (c->map[i] != VB_NONE) {
            first = first == VB_NONE ? c->map[i] : first;
            last = c->map[i];
        }
    if (first == VB_NONE)
        return false;
    *word = first;
    *count = last - first + 1;
    return true;
}

/* ---- marks ---- */

/* A pin tells of its word alone; a bookmark's note is not to be lost. */
static bool carry_mark(const struct carry *c, struct store_mark *mark)
{
    if (mark->word == VB_NONE)
        return true;
    if (mark->kind != STORE_PIN && mark->kind != STORE_BOOKMARK)
        return carry_passage(c, &mark->word, &mark->count);
    bool gone = mark->word >= c->old_count || c->map[mark->word] == VB_NONE;
    mark->word = nearest(c, mark->word);
    return mark->kind == STORE_BOOKMARK || !gone;
}

static void carry_marks_of(const struct carry *c, const struct store_key *sound)
{
    static const enum store_kind kinds[] = {STORE_PIN, STORE_BOOKMARK, STORE_CHECK, STORE_NEWS,
                                            STORE_DOUBT};
    struct store_pair from = {*sound, c->from}, to = {*sound, c->to};
    for (size_t k = 0; k < COUNT(kinds); k++) {
        struct store_marks marks = store_marks(c->store, &from, kinds[k]);
        for (size_t i = 0; i < marks.count; i++) {
            struct store_mark mark = marks.items[i];
            bool carried = carry_mark(c, &mark);
            if (!carried && c->move)
                store_drop_mark(c->store, mark.id);
            mark.id = c->move ? mark.id : 0;
            if (carried)
                store_put_mark(c->store, &to, &mark);
        }
        store_marks_free(&marks);
    }
}

/* ---- what is new ---- */

/* What was new already, and nobody heard. */
static void add_old_news(const struct carry *c, const struct store_key *sound, bool *are_new)
{
    const struct store_pair from = {*sound, c->from};
    struct store_marks old = store_marks(c->store, &from, STORE_NEWS);
    for (size_t i = 0; i < old.count; i++) {
        struct store_mark *mark = &old.items[i];
        if (carry_passage(c, &mark->word, &mark->count))
            for (uint32_t k = 0; k < mark->count; k++)
                are_new[mark->word + k] = true;
    }
    store_marks_free(&old);
}

/* Where little is left of the old text it is another one, and all of it as good as new. */
static void put_news(const struct carry *c, const struct store_key *sound)
{
    const struct store_pair pair = {*sound, c->to};
    if (!sound->hex[0] || c->same < c->now_count - c->now_count / 4)
        return;
    bool *are_new = mem_new((c->now_count + 1) * sizeof *are_new);
    for (uint32_t i = 0; i < c->now_count; i++)
        are_new[i] = true;
    for (uint32_t i = 0; i < c->old_count; i++)
        if (c->map[i] != VB_NONE)
            are_new[c->map[i]] = false;
    add_old_news(c, sound, are_new);
    store_put_news(c->store, &pair, are_new, c->now_count);
    free(are_new);
}

/* ---- times ---- */

static void carry_words(const struct carry *c, const struct store_times *old,
                        const bool *listened, const struct store_pair *to)
{
    struct store_times now = *old;
    bool *heard = mem_new(c->now_count * sizeof *heard);
    now.words = mem_new(c->now_count * sizeof *now.words);
    for (uint32_t i = 0; i < c->old_count; i++)
        if (c->map[i] != VB_NONE) {
            now.words[c->map[i]] = old->words[i];
            heard[c->map[i]] = listened[i];
        }
    times_put(c->store, to, c->now_count, &now, heard);
    free(now.words);
    free(heard);
}

static void carry_times_of(const struct carry *c, const struct store_key *sound)
{
    struct store_pair from = {*sound, c->from}, to = {*sound, c->to};
    struct store_times times;
    bool *listened;
    if (times_get(c->store, &from, c->old_count, &times, &listened)) {
        bool alike = c->same >= c->now_count - c->now_count / 10;
        if (times.words)
            carry_words(c, &times, listened, &to);
        else if (alike) /* it was refused, and so it would be again */
            times_put(c->store, &to, c->now_count, &times, NULL);
    }
    free(listened);
    store_times_free(&times);
}

/* ---- the whole ---- */

typedef VEC(struct store_key) key_list;

static void take_key(sqlite3_stmt *from, void *ctx)
{
    struct store_key key = {""};
    vb_str hex = column_text(from, 0);
    for (size_t i = 0; i < hex.len && i + 1 < sizeof key.hex; i++)
        key.hex[i] = hex.data[i];
    vec_push((key_list *)ctx, key);
}

static void carry_place_of(const struct carry *c, const struct store_key *sound)
{
    struct store_pair from = {*sound, c->from}, to = {*sound, c->to};
    struct store_place place;
    if (!store_place(c->store, &from, &place))
        return;
    place.top_word = nearest(c, place.top_word);
    place.selected_first = nearest(c, place.selected_first);
    place.selected_last = nearest(c, place.selected_last);
    store_put_place(c->store, &to, &place);
}

static void drop_old(const struct carry *c)
{
    static const char *const sql[] = {
        "DELETE FROM place WHERE text=?",
        "DELETE FROM times WHERE text=?",
        "DELETE FROM label WHERE text=?",
    };
    for (size_t i = 0; i < COUNT(sql); i++)
        QUEUE(c->store, sql[i], value_key(&c->from));
}

/* In one transaction: all of it, or none. */
static void carry_all(const struct carry *c)
{
    key_list sounds = {0};
    ASK(c->store,
        "SELECT sound FROM place WHERE text=?1 UNION SELECT sound FROM times WHERE text=?1 "
        "UNION SELECT sound FROM mark WHERE text=?1",
        take_key, &sounds, value_key(&c->from));
    store_hold(c->store);
    for (size_t i = 0; i < sounds.count; i++) {
        carry_place_of(c, &sounds.items[i]);
        carry_times_of(c, &sounds.items[i]);
        carry_marks_of(c, &sounds.items[i]);
    }
    QUEUE(c->store,
          "INSERT OR REPLACE INTO label SELECT ?2, label, decision FROM label WHERE text=?1",
          value_key(&c->from), value_key(&c->to));
    if (c->move)
        drop_old(c);
    if (c->told)
        put_news(c, c->told);
    store_release(c->store);
    free(sounds.items);
}

/* False: nothing is known of `from`, or too little of it is left. */
static bool carry(struct store *store, const struct store_key *from, const struct store_key *to,
                  const uint32_t *prints, uint32_t count, bool move,
                  const struct store_key *told)
{
    struct carry c = {.store = store,
                      .from = *from,
                      .to = *to,
                      .now_count = count,
                      .move = move,
                      .told = told};
    struct buf old = {0};
    ASK(store, "SELECT words FROM text WHERE key=? AND words IS NOT NULL", take_prints, &old,
        value_key(from));
    c.old_count = (uint32_t)(old.len / sizeof *prints);
    c.map = mem_new(c.old_count * sizeof *c.map);
    if (c.old_count)
        c.same = prints_map((const uint32_t *)(const void *)old.data, c.old_count, prints,
                            count, c.map);
    bool alike = c.same > 0 && (move || c.same >= count / 2 || c.same >= c.old_count / 2);
    if (alike)
        carry_all(&c);
    free(c.map);
    buf_free(&old);
    return alike;
}

static bool is_known(struct store *store, const struct store_key *text)
{
    struct buf prints = {0};
    ASK(store, "SELECT 'x' FROM text WHERE key=? AND words IS NOT NULL", take_prints, &prints,
        value_key(text));
    bool known = prints.len > 0;
    buf_free(&prints);
    return known;
}

void store_meet(struct store *store, const struct store_pair *pair,
                const struct vb_transcript *now, bool rewritten)
{
    if (!pair->text.hex[0] || is_known(store, &pair->text))
        return;
    uint32_t *prints = word_prints(now), count = vb_word_count(now);
    key_list candidates = {0};
    ASK(store, "SELECT next FROM text WHERE key=? AND next IS NOT NULL", take_key, &candidates,
        value_key(&pair->text));
    if (pair->sound.hex[0])
        ASK(store,
            "SELECT text FROM place WHERE sound=? AND text<>'' ORDER BY seen DESC LIMIT ?",
            take_key, &candidates, value_key(&pair->sound), value_number(CANDIDATES));
    bool found = false;
    for (size_t i = 0; i < candidates.count && !found; i++)
        found = carry(store, &candidates.items[i], &pair->text, prints, count, false,
                      rewritten ? &pair->sound : NULL);
    put_text(store, &pair->text, prints, count);
    free(candidates.items);
    free(prints);
}

void store_saved(struct store *store, const struct store_key *old,
                 const struct store_key *fresh, const struct vb_transcript *now)
{
    if (!old->hex[0] || !fresh->hex[0] || str_is(str_of(old->hex), str_of(fresh->hex)))
        return;
    uint32_t *prints = word_prints(now), count = vb_word_count(now);
    carry(store, old, fresh, prints, count, true, NULL);
    store_hold(store);
    put_text(store, fresh, prints, count);
    QUEUE(store, "INSERT OR REPLACE INTO text VALUES(?,NULL,?,?)", value_key(old),
          value_key(fresh), value_number(store_now()));
    store_release(store);
    free(prints);
}
