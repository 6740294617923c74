/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/rolling.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/str.h"

enum {
    LINES_MAX = 4,   /* more are no captions */
    REPEATS_MIN = 4, /* fewer may be a refrain */
    LOOK_AT = 100,   /* where few of the first repeat, the others are not asked */
    GROWN_MIN = 2,   /* so many bring a new line below the old one */
};

/* ---- in the file ---- */

struct lines {
    vb_str items[LINES_MAX];
    size_t count;
};

static struct lines lines_of(vb_str source, const struct raw_cue *cue)
{
    struct lines lines = {.count = 0};
    vb_str text = str_cut(source, cue->from, cue->until), line;
    for (size_t at = 0;
         text.len < 1000 && lines.count < LINES_MAX && str_line(text, &at, &line);)
        if (str_trim(line).len)
            lines.items[lines.count++] = str_trim(line);
    return lines;
}

static void skip_tags(vb_str line, size_t *at)
{
    while (*at < line.len && line.data[*at] == '<') {
        size_t close = str_find_char(str_from(line, *at), '>');
        if (close == STR_NOT_FOUND)
            return;
        *at += close + 1;
    }
}

/* Without tags: YouTube times the words of a line when it is new, and not when it is shown
 * again. */
static bool same_line(vb_str one, vb_str other)
{
    size_t i = 0, j = 0;
    for (;;) {
        skip_tags(one, &i);
        skip_tags(other, &j);
        if (i >= one.len || j >= other.len)
            return i >= one.len && j >= other.len;
        if (one.data[i++] != other.data[j++])
            return false;
    }
}

static bool same_lines(const struct lines *one, const struct lines *other)
{
    for (size_t i = 0; i < one->count; i++)
        if (one->count != other->count || !same_line(one->items[i], other->items[i]))
            return false;
    return true;
}

/* Begins with the line the one before ended with, or is that one again. */
static bool repeats(const struct lines *before, const struct lines *lines)
{
    return before->count && (same_line(before->items[before->count - 1], lines->items[0]) ||
                             same_lines(before, lines));
}

void rolling_tell(struct builder *b, vb_str source, const struct raw_cues *cues)
{
    size_t texts = 0, repeated = 0, grown = 0, first = 0;
    struct lines before = {.count = 0};
    for (size_t i = 0; i < cues->count; i++) {
        struct lines lines = lines_of(source, &cues->items[i]);
        if (!lines.count)
            continue;
        texts++;
        if (repeats(&before, &lines)) {
            first = repeated++ ? first : i;
            grown += lines.count > 1 && !same_lines(&before, &lines);
        }
        if (texts == LOOK_AT && repeated * 4 < texts)
            return;
        before = lines;
    }
    if (repeated < REPEATS_MIN || grown < GROWN_MIN || repeated * 2 < texts)
        return;
    const struct raw_cue *cue = &cues->items[first];
    builder_note(b, VB_INFO, (struct vb_span){cue->at, cue->until - cue->at},
                 _("the captions roll: %zu of %zu cues repeat a line of the one before; "
                   "“verbatim convert --unroll” writes each line once"),
                 repeated, texts);
}

/* ---- in the transcript ---- */

/* Where the lines of a paragraph begin, as words; one more than there are lines. */
struct starts {
    uint32_t items[LINES_MAX + 1];
    uint32_t count;
};

static struct starts starts_of(const struct vb_transcript *t, const struct vb_paragraph *p)
{
    struct starts s = {.count = 0};
    for (uint32_t i = 0; i < p->word_count; i++) {
        uint32_t word = p->first_word + i;
        if (i && !(vb_word_marks(t, word) & VB_NEW_LINE))
            continue;
        if (s.count == LINES_MAX)
            return (struct starts){.count = 0};
        s.items[s.count++] = word;
    }
    s.items[s.count] = p->first_word + p->word_count;
    return s;
}

static bool same_words(const struct vb_transcript *t, uint32_t one, uint32_t other,
                       uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!str_is(vb_word_text(t, one + i), vb_word_text(t, other + i)))
            return false;
    return true;
}

/* How many of the first lines are the last ones of the paragraph before. */
static uint32_t lines_again(const struct vb_transcript *t, const struct starts *before,
                            const struct starts *lines)
{
    uint32_t most = before->count < lines->count ? before->count : lines->count;
    for (uint32_t again = most; again > 0; again--) {
        uint32_t from = before->items[before->count - again];
        uint32_t words = before->items[before->count] - from;
        if (words == lines->items[again] - lines->items[0] &&
            same_words(t, from, lines->items[0], words))
            return again;
    }
    return 0;
}

/* Who speaks anew says it, even in the same words. */
static bool same_speakers(const struct vb_transcript *t, uint32_t one, uint32_t other)
{
    if (one == other || one == VB_NONE || other == VB_NONE)
        return one == other;
    return str_is(vb_turn_speakers(t, one), vb_turn_speakers(t, other));
}

struct kept {
    uint32_t paragraph;
    uint32_t first_word; /* the first that is new */
    vb_time end;
};

static size_t keep_new_lines(const struct vb_transcript *t, struct kept *kept)
{
    size_t count = 0;
    uint32_t turn = VB_NONE;
    struct starts before = {.count = 0};
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++) {
        const struct vb_paragraph *p = vb_paragraph(t, i);
        struct starts lines = starts_of(t, p);
        uint32_t again = same_speakers(t, turn, p->turn) ? lines_again(t, &before, &lines) : 0;
        turn = p->turn;
        if (p->word_count)
            before = lines;
        if (again && again == lines.count && count)
            kept[count - 1].end = p->end != VB_NO_TIME ? p->end : kept[count - 1].end;
        else if (p->word_count)
            kept[count++] = (struct kept){i, p->first_word, p->end};
        if (again && again < lines.count)
            kept[count - 1].first_word = lines.items[again];
    }
    return count;
}

static void put_words(const struct vb_transcript *t, const struct kept *k, struct builder *b)
{
    VEC(struct piece) pieces = {0};
    const struct vb_paragraph *p = vb_paragraph(t, k->paragraph);
    uint32_t end = p->first_word + p->word_count;
    for (uint32_t i = k->first_word; i < end; i++) {
        struct vb_word word = vb_word(t, i);
        bool first = i == k->first_word;
        vb_str gap = word.marks & VB_GLUED  ? VB_STR("")
                     : word.marks & VB_TIED ? VB_STR("\u00A0")
                                            : VB_STR(" ");
        struct piece between = {
            .text = first ? VB_STR("") : gap, .start = VB_NO_TIME, .end = VB_NO_TIME};
        struct piece said = {.text = word.text,
                             .marks = word.marks & (VB_EMPHASIS | VB_UNSPOKEN | VB_NEW_LINE),
                             .start = word.start,
                             .end = word.end};
        said.marks &= (uint16_t) ~(first ? VB_NEW_LINE : 0);
        if (between.text.len && !(said.marks & VB_NEW_LINE))
            vec_push(&pieces, between);
        vec_push(&pieces, said);
    }
    builder_text(b, pieces.items, pieces.count);
    free(pieces.items);
}

static void open_turn(const struct vb_transcript *t, uint32_t turn, struct builder *b)
{
    VEC(uint32_t) speakers = {0};
    const struct vb_turn *from = vb_turn(t, turn);
    for (uint32_t i = 0; i < from->speaker_count; i++) {
        vb_str name = vb_speaker(t, vb_turn_speaker(t, turn, i))->name;
        vec_push(&speakers, builder_speaker(b, name));
    }
    builder_turn(b, speakers.items, speakers.count, from->label, (struct vb_span){0, 0});
    free(speakers.items);
}

static void put_head(const struct vb_transcript *t, struct builder *b)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    builder_title(b, vb_title(t));
    builder_styles(b, vb_styles(t));
    for (size_t i = 0; i < count; i++)
        builder_meta(b, meta[i].label, meta[i].value, meta[i].link, (struct vb_span){0, 0});
}

/* The blocks up to a paragraph, and what belongs to it. */
static void put_asides(const struct vb_transcript *t, uint32_t paragraph, size_t *next,
                       struct builder *b)
{
    size_t count;
    const struct vb_aside *asides = vb_asides(t, &count);
    for (; *next < count && asides[*next].paragraph <= paragraph; ++*next)
        if (asides[*next].kind == VB_ASIDE_BLOCK || asides[*next].paragraph == paragraph)
            builder_aside(b, asides[*next].kind, asides[*next].text);
}

static struct vb_transcript *build(const struct vb_transcript *t, const struct kept *kept,
                                   size_t count)
{
    struct builder *b = builder_new(VB_STR(""));
    uint32_t turn = VB_NONE;
    size_t aside = 0;
    put_head(t, b);
    for (size_t i = 0; i < count; i++) {
        const struct vb_paragraph *p = vb_paragraph(t, kept[i].paragraph);
        if (p->turn != turn)
            open_turn(t, p->turn, b);
        turn = p->turn;
        put_asides(t, kept[i].paragraph, &aside, b);
        builder_paragraph(b, p->kind, p->start, kept[i].end, (struct vb_span){0, 0});
        if (p->runs_on)
            builder_runs_on(b);
        put_words(t, &kept[i], b);
    }
    put_asides(t, VB_NONE, &aside, b);
    return builder_finish(b);
}

/* Headings, marks and notes make a page, and pages don't roll. */
static bool is_page(const struct vb_transcript *t)
{
    size_t notes;
    vb_footnotes(t, &notes);
    return vb_section_count(t) || vb_marker_count(t) || notes;
}

struct vb_transcript *rolling_unrolled(const struct vb_transcript *t)
{
    if (is_page(t))
        return NULL;
    struct kept *kept = mem_new((vb_paragraph_count(t) + 1) * sizeof *kept);
    size_t count = keep_new_lines(t, kept);
    bool rolls = count < vb_paragraph_count(t);
    for (size_t i = 0; i < count; i++)
        rolls = rolls || kept[i].first_word != vb_paragraph(t, kept[i].paragraph)->first_word;
    struct vb_transcript *unrolled = rolls ? build(t, kept, count) : NULL;
    free(kept);
    return unrolled;
}
