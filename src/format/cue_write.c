/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/cue_write.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/entities.h"
#include "format/rows.h"
#include "format/subtitle_cut.h"
#include "transcript/text.h"

struct maker {
    struct cue_list *list;
    const struct vb_transcript *t;
    const struct vb_timeline *times;
    enum cue_list_how how;
    bool estimated;
    uint32_t untimed, spoken; /* paragraphs */
    uint32_t last_turn;
    struct follows *follows; /* a row a paragraph */
};

/* When the next paragraph begins that has a time: one that is stated, and one that may be
 * written.  INT64_MAX: none has. */
struct follows {
    vb_time stated, written;
};

/* ---- when a paragraph is said ---- */

static bool is_known(const struct maker *m, uint32_t word)
{
    enum vb_origin origin = vb_timeline_origin(m->times, word);
    return origin >= VB_ALIGNED;
}

static uint32_t first_spoken(const struct maker *m, const struct vb_paragraph *p)
{
    uint32_t word = p->first_word, end = p->first_word + p->word_count;
    while (word < end && vb_word_marks(m->t, word) & VB_UNSPOKEN)
        word++;
    return word < end ? word : p->first_word;
}

static uint32_t last_spoken(const struct maker *m, const struct vb_paragraph *p)
{
    uint32_t word = p->first_word + p->word_count - 1;
    while (word > p->first_word && vb_word_marks(m->t, word) & VB_UNSPOKEN)
        word--;
    return word;
}

/* VB_NO_TIME: nobody knows, and nobody may guess. */
static vb_time start_of(const struct maker *m, const struct vb_paragraph *p, bool *estimated)
{
    uint32_t first = first_spoken(m, p);
    *estimated = false;
    if (p->start != VB_NO_TIME)
        return p->start;
    if (is_known(m, first))
        return vb_timeline_start(m->times, first);
    *estimated = true;
    return m->estimated ? vb_timeline_start(m->times, first) : VB_NO_TIME;
}

/* The end that the file states or that was heard; else the beginning of what follows. */
static vb_time end_of(const struct maker *m, uint32_t paragraph, vb_time start)
{
    const struct vb_paragraph *p = vb_paragraph(m->t, paragraph);
    if (p->end != VB_NO_TIME)
        return p->end;
    uint32_t last = last_spoken(m, p);
    vb_time end = vb_timeline_end(m->times, last);
    if (vb_timeline_origin(m->times, last) == VB_ALIGNED || m->estimated)
        return end > start ? end : start;
    if (m->follows[paragraph].stated != INT64_MAX)
        end = m->follows[paragraph].stated;
    return end > start ? end : start;
}

static void find_what_follows(struct maker *m)
{
    uint32_t count = vb_paragraph_count(m->t);
    struct follows next = {INT64_MAX, INT64_MAX};
    m->follows = mem_new((count + 1) * sizeof *m->follows);
    for (uint32_t i = count; i-- > 0;) {
        const struct vb_paragraph *p = vb_paragraph(m->t, i);
        bool estimated;
        m->follows[i] = next;
        vb_time start = p->word_count ? start_of(m, p, &estimated) : VB_NO_TIME;
        next.stated = p->start != VB_NO_TIME ? p->start : next.stated;
        next.written = start != VB_NO_TIME ? start : next.written;
    }
}

/* ---- cues ---- */

static void add(struct maker *m, struct out_cue cue)
{
    cue.opens_turn = cue.turn != m->last_turn;
    m->last_turn = cue.turn;
    vec_push(m->list, cue);
}

static struct out_cue whole(const struct maker *m, uint32_t paragraph, vb_time start,
                            bool estimated)
{
    const struct vb_paragraph *p = vb_paragraph(m->t, paragraph);
    return (struct out_cue){
        .start = start,
        .end = end_of(m, paragraph, start),
        .first = p->first_word,
        .count = p->word_count,
        .turn = p->turn,
        .paragraph = paragraph,
        .break_at = VB_NONE,
        .estimated = estimated,
        .stage = p->kind == VB_STAGE,
    };
}

static uint32_t characters_of(vb_str text)
{
    uint32_t count = 0;
    for (size_t at = 0; at < text.len; at++)
        count += (text.data[at] & 0xC0) != 0x80;
    return count;
}

static uint32_t width_of(const struct maker *m, const struct out_cue *cue)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < cue->count; i++)
        count += characters_of(vb_word_text(m->t, cue->first + i)) + 1;
    return count ? count - 1 : 0;
}

/* Are the times of all its words known, or may they be guessed? */
static bool can_be_cut(const struct maker *m, const struct out_cue *cue)
{
    if (m->estimated)
        return true;
    for (uint32_t i = 0; i < cue->count; i++) {
        uint32_t word = cue->first + i;
        if (!is_known(m, word) && !(vb_word_marks(m->t, word) & VB_UNSPOKEN))
            return false;
    }
    return true;
}

static struct cut_word *words_of(const struct maker *m, const struct out_cue *cue)
{
    struct cut_word *words = mem_new(cue->count * sizeof *words);
    for (uint32_t i = 0; i < cue->count; i++) {
        uint32_t word = cue->first + i;
        words[i] = (struct cut_word){
            .text = vb_word_text(m->t, word),
            .start = vb_timeline_start(m->times, word),
            .end = vb_timeline_end(m->times, word),
            .tied = text_is_tied(m->t, word),
            .glued = (vb_word_marks(m->t, word) & VB_GLUED) != 0,
        };
    }
    bool named = m->how == CUE_LIST_CUT_NAMED && cue->turn != m->last_turn;
    if (named && cue->turn != VB_NONE && vb_turn_speakers(m->t, cue->turn).len)
        words[0].ahead = characters_of(vb_turn_speakers(m->t, cue->turn)) + 2;
    return words;
}

/* A cue may stay on the screen until it has been read, but not into the next one (`until`). */
static vb_time read_until(const struct out_cue *cue, const struct cut_word *words,
                          uint32_t length, vb_time until, const struct cut_cue *cut)
{
    vb_time end = words[cut->first + cut->count - 1].end;
    vb_time wish = cue->start + (vb_time)length * VB_SECOND / SUBTITLE_CPS;
    end = wish > end ? wish : end;
    end = end < cue->start + VB_SECOND ? cue->start + VB_SECOND : end;
    return end < until ? end : until;
}

static void cut(struct maker *m, const struct out_cue *whole_cue, vb_time limit)
{
    struct cut_word *words = words_of(m, whole_cue);
    uint32_t count;
    struct cut_cue *cuts = subtitle_cut(words, whole_cue->count, &count);
    for (uint32_t i = 0; i < count; i++) {
        struct out_cue cue = *whole_cue;
        vb_time until = i + 1 < count ? words[cuts[i + 1].first].start : limit;
        cue.first = whole_cue->first + cuts[i].first;
        cue.count = cuts[i].count;
        cue.start = i ? words[cuts[i].first].start : whole_cue->start;
        cue.break_at =
            cuts[i].break_at == VB_NONE ? VB_NONE : whole_cue->first + cuts[i].break_at;
        cue.end = read_until(&cue, words, width_of(m, &cue), until, &cuts[i]);
        if (i + 1 == count && vb_paragraph(m->t, cue.paragraph)->end != VB_NO_TIME)
            cue.end = whole_cue->end;
        add(m, cue);
    }
    free(cuts);
    free(words);
}

/* A stage direction takes no time in an estimate: it is shown in the silence before what
 * follows, or for a second. */
static void give_stage_room(const struct maker *m, struct out_cue *cue)
{
    vb_time said = m->list->count ? m->list->items[m->list->count - 1].end : 0;
    if (!cue->stage || cue->end > cue->start)
        return;
    if (said >= cue->start) {
        cue->end = cue->start + VB_SECOND;
        return;
    }
    cue->end = cue->start;
    cue->start = said > cue->end - 2 * VB_SECOND ? said : cue->end - 2 * VB_SECOND;
}

static void add_paragraph(struct maker *m, uint32_t i)
{
    const struct vb_paragraph *p = vb_paragraph(m->t, i);
    bool estimated;
    if (!p->word_count)
        return;
    vb_time start = start_of(m, p, &estimated);
    m->spoken += p->kind == VB_SPEECH;
    if (start == VB_NO_TIME) {
        m->untimed += p->kind == VB_SPEECH;
        return;
    }
    struct out_cue cue = whole(m, i, start, estimated);
    if (p->start == VB_NO_TIME)
        give_stage_room(m, &cue);
    uint32_t wide = width_of(m, &cue);
    if (m->how != CUE_LIST_PARAGRAPHS && wide > SUBTITLE_LINE && can_be_cut(m, &cue) &&
        (wide > SUBTITLE_LINE * SUBTITLE_LINES || p->end == VB_NO_TIME))
        cut(m, &cue, m->follows[i].written);
    else
        add(m, cue);
}

static void add_words(struct maker *m, uint32_t i)
{
    const struct vb_paragraph *p = vb_paragraph(m->t, i);
    for (uint32_t word = p->first_word; word < p->first_word + p->word_count; word++) {
        struct vb_word stated = vb_word(m->t, word);
        bool known = stated.start != VB_NO_TIME || is_known(m, word);
        if (stated.marks & VB_UNSPOKEN)
            continue;
        m->spoken++;
        m->untimed += !known && !m->estimated;
        vb_time start = vb_timeline_start(m->times, word);
        vb_time end = vb_timeline_end(m->times, word);
        start = stated.start != VB_NO_TIME ? stated.start : start;
        end = stated.end != VB_NO_TIME ? stated.end : end > start ? end : start;
        add(m,
            (struct out_cue){start, end, word, 1, p->turn, i, VB_NONE, false, !known, false});
    }
}

static bool refuse(const struct maker *m, struct vb_error *error)
{
    return err_set(error, VB_UNSUPPORTED,
                   P_("%u of %u paragraph has no time, and this format needs one for each; "
                      "--estimated writes estimated ones",
                      "%u of %u paragraphs have no time, and this format needs one for each; "
                      "--estimated writes estimated ones",
                      m->spoken),
                   m->untimed, m->spoken);
}

bool cue_list_make(struct cue_list *list, const struct vb_transcript *t,
                   const struct vb_timeline *times, struct vb_write_options options,
                   enum cue_list_how how, struct vb_error *error)
{
    struct vb_timeline *own = times ? NULL : vb_timeline_new(t, VB_NO_TIME);
    struct maker m = {
        .list = list,
        .t = t,
        .times = times ? times : own,
        .how = how,
        .estimated = options.estimated,
        .last_turn = VB_NONE - 1,
    };
    *list = (struct cue_list){0};
    find_what_follows(&m);
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++) {
        if (how == CUE_LIST_WORDS)
            add_words(&m, i);
        else
            add_paragraph(&m, i);
    }
    vb_timeline_free(own);
    free(m.follows);
    if (!m.untimed)
        return true;
    cue_list_free(list);
    return refuse(&m, error);
}

void cue_list_free(struct cue_list *list)
{
    free(list->items);
    *list = (struct cue_list){0};
}

vb_time cue_known_start(const struct vb_transcript *t, const struct vb_timeline *times,
                        uint32_t paragraph, struct vb_write_options options)
{
    const struct vb_paragraph *p = vb_paragraph(t, paragraph);
    struct maker m = {.t = t, .times = times, .estimated = options.estimated};
    bool estimated;
    if (!times || !p->word_count)
        return p->start;
    return start_of(&m, p, &estimated);
}

/* ---- text ---- */

static void put_gap(const struct vb_transcript *t, const struct out_cue *cue, uint32_t word,
                    struct buf *out)
{
    uint16_t marks = vb_word_marks(t, word);
    bool line = cue->break_at != VB_NONE ? word == cue->break_at : (marks & VB_NEW_LINE) != 0;
    if (line)
        buf_putc(out, '\n');
    else if (!(marks & VB_GLUED))
        buf_char(out, marks & VB_TIED ? 0xA0 : ' ');
}

static void put_quoted(vb_str text, void (*quote)(vb_str text, struct buf *out),
                       struct buf *out)
{
    if (quote)
        quote(text, out);
    else
        buf_add(out, text);
}

void cue_put_words(const struct vb_transcript *t, const struct out_cue *cue,
                   void (*quote)(vb_str text, struct buf *out), const char *on, const char *off,
                   struct buf *out)
{
    bool emphasis = false,
         brackets = cue->stage && stage_lacks_brackets(t, cue->first, cue->count);
    on = cue->stage ? NULL : on;
    if (brackets)
        put_quoted(VB_STR("["), quote, out);
    for (uint32_t word = cue->first; word < cue->first + cue->count; word++) {
        bool wanted = on && (vb_word_marks(t, word) & VB_EMPHASIS);
        if (emphasis && !wanted)
            buf_puts(out, off);
        if (word > cue->first)
            put_gap(t, cue, word, out);
        if (wanted && !emphasis)
            buf_puts(out, on);
        emphasis = wanted;
        put_quoted(vb_word_text(t, word), quote, out);
    }
    if (emphasis)
        buf_puts(out, off);
    if (brackets)
        put_quoted(VB_STR("]"), quote, out);
}

void cue_put_line(const struct vb_transcript *t, const struct out_cue *cue,
                  void (*quote)(vb_str text, struct buf *out), struct buf *out)
{
    struct out_cue line = *cue;
    line.break_at = cue->first; /* a place where no gap is put */
    cue_put_words(t, &line, quote, NULL, NULL, out);
}

void cue_put_turn(const struct vb_transcript *t, const struct out_cue *cue, bool *named,
                  void (*quote)(vb_str text, struct buf *out), struct buf *out)
{
    vb_str speakers = cue->turn == VB_NONE ? VB_STR("") : vb_turn_speakers(t, cue->turn);
    if (!cue->opens_turn)
        return;
    speakers = name_without_colon(speakers);
    if (speakers.len) {
        put_quoted(speakers, quote, out);
        buf_puts(out, ": ");
    } else if (*named) {
        buf_puts(out, ">> ");
    }
    *named = speakers.len > 0;
}

void cue_quote_srt(vb_str text, struct buf *out)
{
    uint32_t character;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i], next = i + 1 < text.len ? text.data[i + 1] : ' ';
        bool letter = (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
        if (c == '&' && entity_at(text, i, &character))
            buf_puts(out, "&amp;");
        else if (c == '<' && (letter || next == '/'))
            buf_puts(out, "&lt;");
        else if (c == '>' && i && text.data[i - 1] == '-')
            buf_puts(out, "&gt;");
        else
            buf_putc(out, c);
    }
}

void cue_quote_vtt(vb_str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        const char *name = c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : NULL;
        if (name)
            buf_puts(out, name);
        else
            buf_putc(out, c);
    }
}
