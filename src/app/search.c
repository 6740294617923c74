/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The search in the open transcript. */
#include "app/search.h"

#include <string.h>

#include "app/session.h"
#include "base/i18n.h"
#include "base/str.h"

void search_free(struct session *s)
{
    vb_find_free(s->search.find);
    buf_free(&s->search.query);
    s->search = (struct search){.here = SEARCH_NOWHERE};
}

void search_begin(struct session *s, uint32_t word)
{
    s->search.from = word;
}

/* The text is folded when it is first searched, not when it is opened. */
static bool keep_finder(struct search *search, const struct vb_transcript *t)
{
    if (search->find && search->of == t)
        return false;
    vb_find_free(search->find);
    search->find = t ? vb_find_new(t) : NULL;
    search->of = t;
    return true;
}

static size_t first_behind(const struct search *search)
{
    size_t count = vb_find_count(search->find);
    size_t i = search->from == VB_NONE ? 0 : vb_find_from(search->find, search->from);
    return !count ? SEARCH_NOWHERE : i < count ? i : 0;
}

static void find_all(struct session *s)
{
    struct search *search = &s->search;
    keep_finder(search, s->transcript);
    search->here = SEARCH_NOWHERE;
    search->generation++;
    if (!search->find)
        return;
    vb_find_all(search->find, buf_str(&search->query));
    if (search->exact)
        vb_find_keep_exact(search->find, buf_str(&search->query));
    if (vb_find_count(search->find))
        search->here = first_behind(search);
}

void search_only_exact(struct session *s, bool exact)
{
    bool other = s->search.exact != exact;
    s->search.exact = exact;
    if (!other || !s->search.shown)
        return;
    find_all(s);
    search_go(s, s->search.here);
}

size_t search_count(const struct session *s)
{
    return s->search.shown && s->search.find ? vb_find_count(s->search.find) : 0;
}

struct vb_match search_match(const struct session *s, size_t i)
{
    return vb_find_match(s->search.find, i);
}

void search_go(struct session *s, size_t i)
{
    if (i >= search_count(s))
        return;
    s->search.here = i;
    s->search.from = search_match(s, i).first;
    session_show_word(s, s->search.from);
}

void search_set(struct session *s, vb_str query)
{
    struct search *search = &s->search;
    uint32_t from = search->from;
    buf_clear(&search->query);
    buf_add(&search->query, query);
    search->shown = query.len > 0;
    find_all(s);
    search_go(s, search->here);
    search->from = from; /* a longer query may match nearer */
}

void search_step(struct session *s, int by)
{
    struct search *search = &s->search;
    if (!search->query.len || !s->transcript)
        return;
    if (!search->shown) {
        search->shown = true;
        find_all(s);
        search_go(s, search->here);
        return;
    }
    size_t count = search_count(s);
    if (!count)
        return;
    size_t here = search->here == SEARCH_NOWHERE ? (by > 0 ? count - 1 : 0) : search->here;
    search_go(s, (here + (by > 0 ? 1 : count - 1)) % count);
}

void search_play(struct session *s, size_t i)
{
    if (i >= search_count(s))
        return;
    search_go(s, i);
    session_play_word(s, search_match(s, i).first);
}

void search_end(struct session *s)
{
    s->search.generation += s->search.shown;
    s->search.shown = s->search.exact = s->replacing.shown = false;
}

/* ---- on the seek bar ---- */

/* A few thousand are marked one by one; of more, every so many: they lie closer than the bar
 * can show. */
enum { MARKS_MOST = 4096 };

static void take_marks_away(struct session *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->marks.count; i++) {
        struct sound_mark mark = s->marks.items[i];
        if (mark.kind != MARK_MATCH && mark.kind != MARK_THIS_MATCH)
            s->marks.items[kept++] = mark;
    }
    s->marks.count = kept;
}

static void mark_matches(struct session *s)
{
    size_t count = search_count(s), step = count / MARKS_MOST + 1, here = s->search.here;
    take_marks_away(s);
    for (size_t i = 0; i < count && s->timeline; i += step) {
        vb_time at = vb_timeline_start(s->timeline, search_match(s, i).first);
        vec_push(&s->marks, (struct sound_mark){at, MARK_MATCH});
    }
    if (here < count && s->timeline)
        vec_push(&s->marks, (struct sound_mark){
                                vb_timeline_start(s->timeline, search_match(s, here).first),
                                MARK_THIS_MATCH});
}

void search_keep(struct session *s)
{
    struct search *search = &s->search;
    if (search->find && search->of != s->transcript && search->shown)
        find_all(s);
    if (search->marked == search->generation && search->marked_revision == s->revision &&
        search->marked_here == search->here)
        return;
    search->marked = search->generation;
    search->marked_revision = s->revision;
    search->marked_here = search->here;
    mark_matches(s);
}
