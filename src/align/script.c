/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From transcript to what is said.  Labels, headings, stage directions and glosses are not. */
#include "align/script.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>

#include "base/buf.h"
#include "base/str.h"

enum { LINE_WORDS = 150, OPTIONAL_MOST = 2 };
#define ANCHOR_SLACK 15.0 /* s: the page's times may be so far off */

/* ---- words and lines ---- */

static bool is_pause(uint32_t c)
{
    return c && c < 0x80 ? strchr(".,;:!?-)(\"", (int)c) != NULL
                         : c == 0xBB || c == 0xAB || (c >= 0x2010 && c < 0x2040);
}

static enum gap gap_between(vb_str before, vb_str after)
{
    size_t at = 0;
    bool pause = is_pause(str_before(before, before.len)) || is_pause(str_next(after, &at));
    return pause ? GAP_PUNCTUATION : GAP_INSIDE;
}

static void add_word(struct script *s, uint32_t word, bool begins_line)
{
    enum gap gap = GAP_LINE;
    if (!begins_line) {
        const struct script_word *last = &s->words.items[s->words.count - 1];
        gap = gap_between(vb_word_text(s->transcript, last->word),
                          vb_word_text(s->transcript, word));
    }
    vec_push(&s->words, (struct script_word){.word = word, .gap = gap});
}

static void add_paragraph(struct script *s, const struct vb_paragraph *paragraph,
                          const struct passage *passage)
{
    struct script_line line = {(uint32_t)s->words.count, 0};
    uint32_t end = paragraph->first_word + paragraph->word_count;
    bool first = true;
    for (uint32_t word = paragraph->first_word; word < end; word++) {
        bool wanted = word >= passage->first && word < passage->end;
        if (!wanted || vb_word_marks(s->transcript, word) & VB_UNSPOKEN)
            continue;
        if (line.count == LINE_WORDS) {
            vec_push(&s->lines, line);
            line = (struct script_line){(uint32_t)s->words.count, 0};
        }
        add_word(s, word, first);
        first = false;
        line.count++;
    }
    if (line.count)
        vec_push(&s->lines, line);
}

/* ---- times that are known ---- */

/* The place in the script of the first word at or behind one of the transcript. */
static uint32_t place_of(const struct script *s, uint32_t word)
{
    uint32_t low = 0, high = (uint32_t)s->words.count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (s->words.items[middle].word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double seconds_into(const struct passage *passage, vb_time at)
{
    return (double)(at - passage->from) / VB_SECOND;
}

static void add_pins(struct script *s, const struct passage *passage, const struct vb_pin *pins,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct anchor pin = {place_of(s, pins[i].word), seconds_into(passage, pins[i].at),
                             true};
        size_t before = s->anchors.count;
        const struct anchor *last = before ? &s->anchors.items[before - 1] : NULL;
        bool rises = !last || (pin.word > last->word && pin.at > last->at);
        bool inside = pins[i].word >= passage->first && pins[i].word < passage->end &&
                      pins[i].at >= passage->from && pins[i].at < passage->until;
        if (rises && inside)
            vec_push(&s->anchors, pin);
    }
}

static bool is_against_pins(const struct script *s, size_t pins, const struct anchor *anchor)
{
    for (size_t i = 0; i < pins; i++) {
        const struct anchor *pin = &s->anchors.items[i];
        if ((anchor->word <= pin->word && anchor->at > pin->at + ANCHOR_SLACK) ||
            (anchor->word >= pin->word && anchor->at < pin->at - ANCHOR_SLACK))
            return true;
    }
    return false;
}

/* Times that the page gives; the timeline has refused impossible ones. */
static void add_anchors(struct script *s, const struct passage *passage, vb_time duration)
{
    size_t pins = s->anchors.count;
    struct vb_timeline *known = vb_timeline_new(s->transcript, duration);
    for (uint32_t i = 0; i < s->words.count; i++) {
        uint32_t word = s->words.items[i].word;
        struct anchor anchor = {i, seconds_into(passage, vb_timeline_start(known, word)),
                                false};
        if (i > 0 && vb_timeline_origin(known, word) >= VB_PINNED &&
            !is_against_pins(s, pins, &anchor))
            vec_push(&s->anchors, anchor);
    }
    vb_timeline_free(known);
}

static int by_word(const void *a, const void *b)
{
    const struct anchor *x = a, *y = b;
    return x->word < y->word ? -1 : x->word > y->word;
}

void script_read(struct script *s, const struct vb_transcript *t, const struct passage *passage,
                 vb_time duration, const struct vb_pin *pins, size_t pin_count)
{
    *s = (struct script){.transcript = t};
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++)
        if (vb_paragraph(t, i)->kind == VB_SPEECH)
            add_paragraph(s, vb_paragraph(t, i), passage);
    add_pins(s, passage, pins, pin_count);
    add_anchors(s, passage, duration);
    if (s->anchors.count)
        qsort(s->anchors.items, s->anchors.count, sizeof *s->anchors.items, by_word);
}

void script_free(struct script *s)
{
    free(s->words.items);
    free(s->lines.items);
    free(s->ways.items);
    free(s->phones.items);
    free(s->anchors.items);
    *s = (struct script){0};
}

/* ---- saying ---- */

uint32_t script_sayable(uint32_t c)
{
    bool symbol = (c >= 0x2190 && c < 0x2C00) || c >= 0x1F000 || c == 0xFFFD || c < ' ';
    return c == 0x2019 ? '\'' : is_space(c) || symbol ? ' ' : c;
}

void script_say(const struct script *s, uint32_t i, struct synthesiser *v,
                struct phones *phones, struct speech *speech)
{
    const struct script_line *line = &s->lines.items[i];
    uint32_t starts[LINE_WORDS], characters = 0;
    struct buf text = {0};
    for (uint32_t k = 0; k < line->count; k++) {
        vb_str word = vb_word_text(s->transcript, s->words.items[line->first + k].word);
        starts[k] = characters;
        for (size_t at = 0; at < word.len; characters++)
            buf_char(&text, script_sayable(str_next(word, &at)));
        buf_putc(&text, ' ');
        characters++;
    }
    speech->samples.count = speech->phones.count = 0;
    synthesiser_say(v, text.data, starts, line->count, phones, speech);
    buf_free(&text);
}

/* ---- ways ---- */

/* Adds the phones [from, from + count) but those whose bit is set in `without`. */
static void add_way(struct script *s, struct script_word *word, const struct said_phone *said,
                    uint32_t count, uint64_t without)
{
    struct way way = {(uint32_t)s->phones.count, 0, 0};
    for (uint32_t i = 0; i < count; i++) {
        if (i < 64 && without >> i & 1) {
            way.left_out++;
            continue;
        }
        vec_push(&s->phones, said[i].phone);
        way.count++;
    }
    vec_push(&s->ways, way);
    word->way_count++;
}

/* Every way to leave out some of the last two optional phones; never two neighbours. */
static void add_ways(struct script *s, struct script_word *word, const struct said_phone *said,
                     uint32_t count)
{
    uint32_t optional[OPTIONAL_MOST], options = 0;
    for (uint32_t i = count; i-- > 0 && options < OPTIONAL_MOST;)
        if (said[i].optional && i < 64 && count > 1)
            optional[options++] = i;
    word->first_way = (uint32_t)s->ways.count;
    for (uint32_t set = 0; set < 1U << options; set++) {
        uint64_t without = 0;
        for (uint32_t k = 0; k < options; k++)
            if (set >> k & 1)
                without |= UINT64_C(1) << optional[k];
        bool neighbours = (without & without << 1) != 0;
        if (!neighbours && (uint32_t)__builtin_popcountll(without) < count)
            add_way(s, word, said, count, without);
    }
}

void script_learn(struct script *s, uint32_t i, const struct speech *speech, int rate,
                  double hurry)
{
    const struct script_line *line = &s->lines.items[i];
    float now = (float)s->said_for;
    size_t at = 0;
    for (uint32_t k = 0; k < line->count; k++) {
        struct script_word *word = &s->words.items[line->first + k];
        size_t from = at;
        while (at < speech->phones.count && speech->phones.items[at].word == k)
            at++;
        if (at > from)
            now = (float)(s->said_for + hurry * (double)speech->phones.items[from].start);
        word->said_at = now;
        if (at > from)
            add_ways(s, word, &speech->phones.items[from], (uint32_t)(at - from));
    }
    s->said_for += hurry * (double)speech->samples.count / rate;
}

/* ---- numbers and acronyms ---- */

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The run of digits or capitals that the word is made of; empty: it is no such word. */
static vb_str core_of(vb_str word, bool (*belongs)(char c))
{
    size_t from = 0, until;
    while (from < word.len && !belongs(word.data[from]))
        from++;
    until = from;
    while (until < word.len && belongs(word.data[until]))
        until++;
    vb_str rest = str_from(word, until);
    for (size_t at = 0; at < rest.len;)
        if (is_letter_or_digit(str_next(rest, &at)))
            return VB_STR("");
    return from > 3 ? VB_STR("") : str_cut(word, from, until);
}

/* "1998" in pieces of two: "19 98"; of one: "1 9 9 8". */
static void in_pieces(vb_str core, size_t size, struct buf *out)
{
    buf_clear(out);
    size_t first = core.len % size;
    for (size_t i = 0; i < core.len; i++) {
        if (i > 0 && i % size == first % size)
            buf_putc(out, ' ');
        buf_putc(out, core.data[i]);
    }
}

struct speller {
    struct script *script;
    struct script_word *word;
    struct synthesiser *voice;
    struct phones *phones;
};

static bool is_new(const struct script *s, const struct script_word *word, const uint8_t *way,
                   uint32_t count)
{
    for (uint32_t i = 0; i < word->way_count; i++) {
        const struct way *other = &s->ways.items[word->first_way + i];
        if (other->count == count && !memcmp(s->phones.items + other->first, way, count))
            return false;
    }
    return count > 0;
}

/* A word's ways stand together: they move to the end before one is added. */
void script_add_way(struct script *s, struct script_word *word, const uint8_t *phones,
                    uint32_t count)
{
    if (!is_new(s, word, phones, count))
        return;
    uint32_t first = (uint32_t)s->ways.count;
    for (uint32_t i = 0; i < word->way_count; i++) {
        struct way same = s->ways.items[word->first_way + i];
        vec_push(&s->ways, same);
    }
    vec_push(&s->ways, (struct way){(uint32_t)s->phones.count, count, 0});
    for (uint32_t i = 0; i < count; i++)
        vec_push(&s->phones, phones[i]);
    word->first_way = first;
    word->way_count++;
}

static void add_spelling(struct speller *sp, const char *text)
{
    uint8_t phones[96];
    uint32_t count = synthesiser_spell(sp->voice, text, sp->phones, phones, COUNT(phones));
    script_add_way(sp->script, sp->word, phones, count);
}

/* A hesitation lasts as long as it takes: each of its sounds once, twice, three times. */
static void draw_out(struct script *s, struct script_word *word)
{
    enum { MOST = 3 };
    struct way way = s->ways.items[word->first_way];
    uint8_t phones[MOST * MOST];
    for (uint32_t times = 2; times <= MOST && way.count <= MOST; times++) {
        for (uint32_t i = 0; i < way.count * times; i++)
            phones[i] = s->phones.items[way.first + i / times];
        script_add_way(s, word, phones, way.count * times);
    }
}

static bool is_hesitation(vb_str word)
{
    static const char *const all[] = {"uh", "um", "uhm", "er",  "erm", "hm", "hmm",
                                      "ah", "eh", "ehm", "euh", "heu", "äh", "ähm"};
    char text[16];
    size_t len = 0;
    for (size_t at = 0; at < word.len && len < sizeof text - 5;) {
        uint32_t c = str_next(word, &at);
        if (is_letter_or_digit(c))
            len += utf8_put(text + len, uc_tolower(c));
    }
    for (size_t i = 0; i < COUNT(all); i++)
        if (str_eq((vb_str){text, len}, all[i]))
            return true;
    return false;
}

static void vary_word(struct speller *sp, vb_str text)
{
    struct buf other = {0};
    vb_str digits = core_of(text, is_digit), capitals = core_of(text, is_capital);
    if (digits.len >= 3 && digits.len <= 10) {
        for (size_t size = 1; size <= 2; size++) {
            in_pieces(digits, size, &other);
            add_spelling(sp, other.data);
        }
    }
    if (sp->word->way_count && is_hesitation(text))
        draw_out(sp->script, sp->word);
    if (capitals.len >= 2 && capitals.len <= 6) {
        in_pieces(capitals, 1, &other);
        add_spelling(sp, other.data);
        buf_clear(&other);
        for (size_t i = 0; i < capitals.len; i++)
            buf_putc(&other, (char)(capitals.data[i] - 'A' + 'a'));
        add_spelling(sp, other.data);
    }
    buf_free(&other);
}

void script_vary(struct script *s, struct synthesiser *v, struct phones *phones)
{
    for (uint32_t i = 0; i < s->words.count; i++) {
        struct speller sp = {s, &s->words.items[i], v, phones};
        vary_word(&sp, vb_word_text(s->transcript, s->words.items[i].word));
    }
}
