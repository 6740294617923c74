/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where to cut subtitles.
 *
 * Each possible cue has a cost: how badly its end parts what belongs together, how far its
 * reading speed and length are from comfortable.  The cheapest chain of cues is found from left
 * to right (a cue holds at most 85 characters, so each word looks back at a few dozen others).
 * The measures are the usual ones of broadcasters: 42 characters a line, two lines, 17
 * characters a second, between 1 and 7 seconds. */
#include "format/subtitle_cut.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "base/mem.h"
#include "base/str.h"

enum {
    COST_SENTENCE = 0, /* after . ! ? … */
    COST_PHRASE = 8,   /* after , ; : – or a closing bracket */
    COST_JOINT = 18,   /* before and, that, who … */
    COST_TIE = 24,     /* before of */
    COST_WORD = 30,    /* between two words */
    COST_ARTICLE = 60, /* after the, of, and, my: it belongs to what follows */
    COST_NAME = 100,   /* inside a name, or where a no-break space stands */
    COST_CUE = 20,     /* for every cue: few are better than many */
    COST_FORBIDDEN = 100000,
};

#define LONGEST_US  (7 * VB_SECOND)
#define SHORTEST_US (1 * VB_SECOND)
#define PAUSE_US    (VB_SECOND + VB_SECOND / 2) /* silence that no cue should span */

/* ---- between two words ---- */

/* clang-format off */
/* What opens a phrase: a line may well begin with it, and must not end with it. */
static const char joints[] =
    " et ou ni mais donc car que qui quand où dont parce pour dans avec sans comme si puis alors "
    "par sur sous vers chez entre depuis pendant selon lorsque lorsqu puisque puisqu qu afin "
    "jusque malgré and or nor but so because that which who when where if as with for in on at "
    "by from to into about after before while although though than ";
/* The same, but what follows hangs closer on what stands before. */
static const char ties[] = " de du des d à au aux en of ";
/* What belongs to the next word. */
static const char leaners[] =
    " le la les l un une ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos "
    "leur leurs très plus moins trop tout tous toute toutes ne n je j tu il elle on nous vous "
    "ils elles se s me m te t y qu c est sont était étaient sera seront être été a ont avait "
    "avaient ai as avons avez avoir eu suis es sommes êtes va vont peut peuvent fait faire "
    "bon bonne grand grande grands grandes petit petite petits petites nouveau nouvelle nouveaux "
    "nouvelles premier première premiers premières deuxième dernier dernière derniers dernières "
    "autre autres certain certaine certains certaines plusieurs quelques chaque aucun aucune "
    "m. mme mm. dr the an my your his her its our their this these those very not i you he she "
    "we they mr mrs ms st is are was were be been being have has had will would can could should "
    "may might must do does did it’s that’s good great big small little new first second last "
    "other some many several each every any no more most ";
/* clang-format on */

static vb_str bare(vb_str word)
{
    while (word.len && strchr(",;:!?)\"", word.data[word.len - 1]))
        word.len--;
    return word;
}

static size_t apostrophe(vb_str word, size_t *len)
{
    for (size_t i = 0; i < word.len; i++) {
        *len = word.data[i] == '\'' ? 1 : str_starts(str_from(word, i), "’") ? strlen("’") : 0;
        if (*len)
            return i;
    }
    return STR_NOT_FOUND;
}

/* "d" of "d’intelligence": what the word opens with. */
static vb_str head(vb_str word)
{
    size_t len, at = apostrophe(word, &len);
    return at == STR_NOT_FOUND ? word : str_cut(word, 0, at);
}

/* "on" of "qu’on": what it ends with. */
static vb_str tail(vb_str word)
{
    size_t len, at = apostrophe(word, &len);
    return at == STR_NOT_FOUND ? word : str_from(word, at + len);
}

/* In a list between spaces, whatever the case of its ASCII letters. */
static bool is_in(vb_str word, const char *list)
{
    char wanted[24];
    if (!word.len || word.len > sizeof wanted - 3)
        return false;
    wanted[0] = ' ';
    for (size_t i = 0; i < word.len; i++)
        wanted[i + 1] = (char)(word.data[i] >= 'A' && word.data[i] <= 'Z' ? word.data[i] + 32
                                                                          : word.data[i]);
    wanted[word.len + 1] = ' ';
    wanted[word.len + 2] = '\0';
    return strstr(list, wanted) != NULL;
}

static bool is_upper(vb_str word)
{
    for (size_t at = 0; at < word.len;) {
        uint32_t c = str_next(word, &at);
        if (uc_is_alpha(c))
            return uc_is_upper(c);
    }
    return false;
}

static uint32_t last_character(vb_str word)
{
    return str_before(word, word.len);
}

static bool ends_phrase(vb_str word)
{
    uint32_t c = last_character(word);
    return c == ',' || c == ';' || c == ':' || c == ')' || c == ']' || c == 0x2013 ||
           c == 0x2014 || c == 0xBB || c == 0x201D;
}

static vb_str without_last(vb_str word)
{
    while (word.len && (word.data[word.len - 1] & 0xC0) == 0x80)
        word.len--;
    word.len -= word.len > 0;
    return word;
}

/* Quotes may close behind the sign: « Bonjour ! » */
static bool ends_sentence(vb_str word)
{
    uint32_t c = last_character(word);
    while (c == 0xBB || c == 0x201D || c == '"' || (word.len && is_space(c))) {
        word = without_last(word);
        c = last_character(word);
    }
    return c == '.' || c == '!' || c == '?' || c == 0x2026;
}

/* "M.", "J.", "Dr.": a point that ends no sentence. */
static bool is_short_form(vb_str word)
{
    size_t at = 0;
    str_next(word, &at);
    return (at + 1 == word.len && word.data[at] == '.' && is_upper(word)) ||
           is_in(word, " m. mm. dr. mr. mrs. ms. st. pr. ");
}

static bool is_particle(vb_str word)
{
    return is_in(word, " de du des von van der den la le el al ben of ");
}

/* "Richard Stallman", "Marie de Bonneville", "M. Dupont". */
static bool is_inside_name(const struct cut_word *words, uint32_t count, uint32_t i)
{
    vb_str before = words[i - 1].text, after = words[i].text;
    if (is_short_form(before) && is_upper(after))
        return true;
    if (ends_phrase(before) || ends_sentence(before))
        return false;
    if (is_upper(before) && is_upper(after))
        return true;
    if (is_upper(before) && is_particle(after))
        return i + 1 < count && is_upper(words[i + 1].text);
    return is_particle(before) && is_upper(after) && i >= 2 && is_upper(words[i - 2].text) &&
           !ends_phrase(words[i - 2].text) && !ends_sentence(words[i - 2].text);
}

int subtitle_break_cost(const struct cut_word *words, uint32_t count, uint32_t i)
{
    vb_str before = words[i - 1].text;
    if (words[i].tied || is_inside_name(words, count, i))
        return COST_NAME;
    if (ends_sentence(before))
        return COST_SENTENCE;
    if (ends_phrase(before))
        return COST_PHRASE;
    vb_str last = tail(bare(before)), first = head(bare(words[i].text));
    if (is_in(last, leaners) || is_in(last, joints) || is_in(last, ties))
        return COST_ARTICLE;
    return is_in(first, joints) ? COST_JOINT : is_in(first, ties) ? COST_TIE : COST_WORD;
}

/* ---- lines ---- */

static uint32_t characters(vb_str text)
{
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += (text.data[i] & 0xC0) != 0x80;
    return count;
}

/* Of one paragraph: how wide words are, and what breaks cost. */
struct cutter {
    const struct cut_word *words;
    uint32_t count;
    uint32_t *widths; /* widths[i]: characters up to word i, each with the space behind it */
    uint8_t *costs;   /* of a break before word i */
};

static uint32_t width(const struct cutter *c, uint32_t first, uint32_t end)
{
    bool space_behind = end >= c->count || !c->words[end].glued;
    return end > first ? c->widths[end] - c->widths[first] - space_behind : 0;
}

/* The best place for a line break in the words first … end, and what it costs. */
static uint32_t break_lines(const struct cutter *c, uint32_t first, uint32_t end, int *cost)
{
    *cost = 0;
    if (width(c, first, end) <= SUBTITLE_LINE || end - first < 2)
        return VB_NONE;
    uint32_t best = VB_NONE;
    *cost = COST_FORBIDDEN;
    for (uint32_t i = first + 1; i < end; i++) {
        uint32_t upper = width(c, first, i), lower = width(c, i, end);
        if (upper > SUBTITLE_LINE || lower > SUBTITLE_LINE)
            continue;
        int uneven = (int)(upper > lower ? upper - lower : lower - upper) / 4;
        int here = c->costs[i] / 2 + uneven + (c->costs[i] >= COST_NAME ? 1000 : 0);
        if (here < *cost) {
            *cost = here;
            best = i;
        }
    }
    return best;
}

/* ---- cues ---- */

/* Too fast, too short, too long, or with a silence in it. */
static int cost_of_times(const struct cutter *c, uint32_t first, uint32_t end)
{
    vb_time start = c->words[first].start, stop = c->words[end - 1].end;
    vb_time shown_until = end < c->count ? c->words[end].start : stop + SHORTEST_US;
    vb_time length = shown_until > start ? shown_until - start : 1;
    int64_t speed = (int64_t)width(c, first, end) * VB_SECOND / length;
    int cost = 0;
    if (speed > SUBTITLE_CPS)
        cost += (int)(speed - SUBTITLE_CPS > 30 ? 30 : speed - SUBTITLE_CPS) * 6;
    if (length < SHORTEST_US)
        cost += 40;
    if (stop - start > LONGEST_US)
        cost += (int)((stop - start - LONGEST_US) / (VB_SECOND / 10));
    for (uint32_t i = first + 1; i < end; i++)
        if (c->words[i].start - c->words[i - 1].end > PAUSE_US)
            cost += 120;
    return cost;
}

static int cost_of_cue(const struct cutter *c, uint32_t first, uint32_t end)
{
    int lines;
    break_lines(c, first, end, &lines);
    if (lines >= COST_FORBIDDEN && end - first > 1)
        return COST_FORBIDDEN;
    int cost = COST_CUE + lines + cost_of_times(c, first, end);
    if (end < c->count)
        cost += c->costs[end] * 2 + (c->costs[end] >= COST_NAME ? 2000 : 0);
    uint32_t wide = width(c, first, end);
    return cost + (wide < 14 && c->count > end - first ? (int)(14 - wide) * 2 : 0);
}

/* best[i]: the cheapest way to cut the first i words; from[i]: where its last cue begins. */
static uint32_t *cheapest_chain(const struct cutter *c)
{
    int *best = mem_new((c->count + 1) * sizeof *best);
    uint32_t *from = mem_new((c->count + 1) * sizeof *from);
    for (uint32_t end = 1; end <= c->count; end++) {
        best[end] = INT32_MAX;
        for (uint32_t first = end; first-- > 0;) {
            if (end - first > 1 && width(c, first, end) > SUBTITLE_LINE * SUBTITLE_LINES + 1)
                break;
            int cost = cost_of_cue(c, first, end);
            if (best[first] <= INT32_MAX - cost && best[first] + cost < best[end]) {
                best[end] = best[first] + cost;
                from[end] = first;
            }
        }
    }
    free(best);
    return from;
}

static struct cutter measure(const struct cut_word *words, uint32_t count)
{
    struct cutter c = {words, count, mem_new((count + 1) * sizeof(uint32_t)),
                       mem_new(count + 1)};
    for (uint32_t i = 0; i < count; i++) {
        c.widths[i + 1] = c.widths[i] + words[i].ahead + characters(words[i].text) +
                          !(i + 1 < count && words[i + 1].glued);
        c.costs[i] = i ? (uint8_t)subtitle_break_cost(words, count, i) : 0;
    }
    return c;
}

static void forget(struct cutter *c)
{
    free(c->widths);
    free(c->costs);
}

struct cut_cue *subtitle_cut(const struct cut_word *words, uint32_t count, uint32_t *cues)
{
    struct cutter c = measure(words, count);
    uint32_t *from = cheapest_chain(&c);
    *cues = 0;
    for (uint32_t end = count; end > 0; end = from[end])
        ++*cues;
    struct cut_cue *cut = mem_new((*cues + 1) * sizeof *cut);
    uint32_t i = *cues;
    for (uint32_t end = count; end > 0; end = from[end]) {
        int cost;
        cut[--i] = (struct cut_cue){from[end], end - from[end],
                                    break_lines(&c, from[end], end, &cost)};
    }
    free(from);
    forget(&c);
    return cut;
}

uint32_t subtitle_break(const struct cut_word *words, uint32_t count)
{
    struct cutter c = measure(words, count);
    int cost;
    uint32_t at = break_lines(&c, 0, count, &cost);
    forget(&c);
    return at;
}
