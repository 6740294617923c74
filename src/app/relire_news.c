/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What another program brought, while the page was open or since it was: new until it was
 * heard.
 *
 * The store keeps it, so that it may be heard in another sitting; what was written while nobody
 * looked it finds itself (store_meet()). */
#include <stdlib.h>
#include <string.h>

#include "app/memory.h"
#include "app/relire_parts.h"
#include "base/i18n.h"

#define LEAD VB_SECOND /* is heard before it, and behind */

/* ---- which words ---- */

/* One a word of a text of so many; to be freed. */
static bool *are_new(const struct session *s, uint32_t words)
{
    bool *are = mem_new((words + 1) * sizeof *are);
    for (size_t i = 0; i < s->news.count; i++) {
        struct word_range range = s->news.items[i];
        for (uint32_t k = 0; k < range.count && range.first + k < words; k++)
            are[range.first + k] = true;
    }
    return are;
}

/* Those that stand together are heard together. */
static void set_news(struct session *s, const bool *are, uint32_t words)
{
    s->news.count = 0;
    for (uint32_t i = 0, end; i < words; i = end + 1) {
        for (end = i; end < words && are[end];)
            end++;
        if (end > i)
            vec_push(&s->news, (struct word_range){i, end - i});
    }
}

static void keep(struct session *s)
{
    const struct store_pair *pair = s->store ? memory_pair(s) : NULL;
    if (!pair || !pair->sound.hex[0])
        return;
    uint32_t words = vb_word_count(s->transcript);
    bool *are = are_new(s, words);
    store_put_news(s->store, pair, are, words);
    free(are);
}

void relire_carry_news(struct session *s, const struct vb_transcript *before)
{
    if (!s->news.count)
        return;
    uint32_t words = vb_word_count(s->transcript);
    uint32_t *from = vb_words_before(before, s->transcript);
    bool *were = are_new(s, vb_word_count(before)), *are = mem_new((words + 1) * sizeof *are);
    for (uint32_t i = 0; i < words; i++)
        are[i] = from[i] != VB_NONE && were[from[i]];
    set_news(s, are, words);
    free(from);
    free(were);
    free(are);
}

uint32_t relire_note_news(struct session *s, const struct vb_transcript *before)
{
    uint32_t words = vb_word_count(s->transcript), brought = 0;
    uint32_t *from = vb_words_before(before, s->transcript);
    bool *are = are_new(s, words);
    for (uint32_t i = 0; i < words; i++) {
        brought += from[i] == VB_NONE;
        are[i] = are[i] || from[i] == VB_NONE;
    }
    set_news(s, are, words);
    keep(s);
    free(from);
    free(are);
    return brought;
}

void news_opened(struct session *s)
{
    size_t words = 0;
    if (!s->store || !s->transcript)
        return;
    struct store_marks kept = store_marks(s->store, memory_pair(s), STORE_NEWS);
    if (kept.count)
        s->news.count = 0;
    for (size_t i = 0; i < kept.count; i++) {
        const struct store_mark *mark = &kept.items[i];
        if (!said_of_words(s, mark))
            continue;
        vec_push(&s->news, (struct word_range){mark->word, mark->count});
        words += mark->count;
    }
    store_marks_free(&kept);
    if (words)
        session_say(s, MESSAGE_INFO,
                    P_("%zu word of this page is new since you listened",
                       "%zu words of this page are new since you listened", words),
                    words);
}

static size_t news_of(const struct session *s, uint32_t word)
{
    for (size_t i = 0; i < s->news.count; i++)
        if (word - s->news.items[i].first < s->news.items[i].count)
            return i;
    return s->news.count;
}

bool relire_is_new(const struct session *s, uint32_t word)
{
    return word != VB_NONE && news_of(s, word) < s->news.count;
}

static void play_news(struct session *s, size_t i)
{
    struct relire *r = relire_of(s);
    struct word_range range = s->news.items[i];
    vb_time from = vb_timeline_start(s->timeline, range.first) - LEAD;
    vb_time until = vb_timeline_end(s->timeline, range.first + range.count - 1) + LEAD;
    from = from < 0 ? 0 : from;
    session_drag(s, from);
    vb_player_play_span(s->player, from, until, false);
    r->news_heard = range.first;
    r->news_plays = true;
}

void relire_play_news(struct session *s)
{
    struct relire *r = relire_of(s);
    if (!s->news.count) {
        session_say(s, MESSAGE_INFO, "%s", _("nothing is new since you listened"));
        return;
    }
    if (!s->player || !s->timeline) {
        session_show_word(s, s->news.items[0].first);
        return;
    }
    size_t here = r->news_plays ? news_of(s, r->news_heard) : s->news.count;
    session_seek(s, s->now.position); /* the way back */
    play_news(s, here + 1 < s->news.count ? here + 1 : 0);
}

static void drop_news(struct session *s, size_t i)
{
    s->news.count--;
    memmove(s->news.items + i, s->news.items + i + 1,
            (s->news.count - i) * sizeof *s->news.items);
    s->relire->generation++;
    keep(s);
}

/* A passage is no longer new when it was heard to its end; then comes the next one. */
void news_update(struct session *s)
{
    struct relire *r = relire_of(s);
    bool plays = s->now.phase == VB_PLAYING && !s->now.seeking;
    size_t here = r->news_heard == VB_NONE ? s->news.count : news_of(s, r->news_heard);
    if (!s->timeline || s->now.seeking)
        return;
    if (here < s->news.count) {
        struct word_range range = s->news.items[here];
        vb_time end = vb_timeline_end(s->timeline, range.first + range.count - 1);
        vb_time begin = vb_timeline_start(s->timeline, range.first);
        if (s->now.position < begin - 2 * LEAD || s->now.position > end + 3 * LEAD) {
            r->news_heard = VB_NONE; /* somebody went elsewhere */
            r->news_plays = false;
        } else if (s->now.position >= end) {
            drop_news(s, here);
            r->news_heard = VB_NONE;
        }
    } else if (plays && relire_is_new(s, s->word)) {
        r->news_heard = s->news.items[news_of(s, s->word)].first;
    }
    if (!plays && r->news_plays && r->news_heard == VB_NONE && s->news.count)
        play_news(s, 0);
    else if (!s->news.count)
        r->news_plays = false;
}
