/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is "X : y" a speaker?
 *
 * Where the layer knows bold, the bold run decides.  Elsewhere the name does: those of the
 * header, some roles, what is short for one of them; then any capitalised words at the start of
 * a block.  Whoever was met twice is believed on any line. */
#include "format/april.h"

#include <string.h>
#include <unictype.h>

#include "base/i18n.h"
#include "base/str.h"
#include "transcript/speaker_names.h"

/* ---- shapes ---- */

enum { NAME_CHARACTERS_MAX = 60, NAME_WORDS_MAX = 6 };

/* Chinese and Japanese set no space behind it: "田中：私たちは". */
enum { WIDE_COLON = 0xFF1A };

bool label_shape(vb_str text, struct label_shape *shape)
{
    size_t at = 0, count = 0, name_len = 0;
    bool wide = false;
    for (;;) {
        uint32_t c = str_next(text, &at);
        if (!c || ++count > NAME_CHARACTERS_MAX + 3)
            return false;
        wide = c == WIDE_COLON;
        if (c == ':' || wide)
            break;
        if (!is_space(c))
            name_len = at;
    }
    size_t behind = at;
    if (!name_len || (!wide && at < text.len && !is_space(str_next(text, &behind))))
        return false;
    vb_str rest = str_trim(str_from(text, at));
    shape->name_at = 0;
    shape->name_len = name_len;
    shape->text_at = rest.len ? (size_t)(rest.data - text.data) : text.len;
    return true;
}

bool label_starts(vb_str text)
{
    struct label_shape shape;
    return label_shape(text, &shape);
}

/* After these words something is announced, nobody named. Folded. */
static const char stop_words[] =
    "question questions réponse réponses première premier premièrement deuxième "
    "deuxièmement troisième troisièmement dernière dernier petite petit autre autres "
    "un une le la les mon ma mes notre donc alors exemple exemples note notes "
    "remarque attention conclusion résultat résultats citation bref enfin ensuite "
    "puis sujet thème source sources définition problème ps titre date lieu durée "
    "licence statut illustration média nb ou et mais ce cette ces ça c'est http https";

static const char small_words[] = "de du des la le les von van et alias & der den el al ben";

/* The next word, white space and a comma off its end. */
static bool next_word(vb_str text, size_t *at, vb_str *word)
{
    vb_str rest = str_trim(str_from(text, *at));
    size_t len = 0;
    for (size_t next = 0; next < rest.len; len = next)
        if (is_space(str_next(rest, &next)))
            break;
    *word = str_cut(rest, 0, len);
    *at = rest.len ? (size_t)(rest.data - text.data) + len : text.len;
    if (str_ends(*word, ","))
        word->len--;
    return rest.len > 0;
}

/* With a capital, or a letter of a script that has none. */
static bool begins_as_names_do(vb_str word)
{
    size_t at = 0;
    uint32_t c = str_next(word, &at);
    return uc_is_upper(c) || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Lo);
}

static bool is_capitalised(vb_str word)
{
    if (is_word_of(word, small_words))
        return true;
    static const char *const particles[] = {"d’", "d'", "l’", "l'"};
    for (size_t i = 0; i < COUNT(particles); i++)
        if (str_starts(word, particles[i]))
            word = str_from(word, strlen(particles[i]));
    return begins_as_names_do(word);
}

/* Steps 5 and 6: could these words name somebody whom nobody listed? */
bool name_reads_like_one(vb_str name)
{
    static const char banned[] = ".!?;\"()[]/";
    for (size_t i = 0; i < name.len; i++)
        if (name.data[i] && strchr(banned, name.data[i]))
            return false;
    if (str_find(name, VB_STR("«")) != STR_NOT_FOUND ||
        str_find(name, VB_STR("»")) != STR_NOT_FOUND)
        return false;
    size_t words = 0;
    vb_str word;
    for (size_t at = 0; next_word(name, &at, &word); words++) {
        struct buf folded = {0};
        if (words == 0)
            name_fold(word, &folded);
        bool stops = words == 0 && is_word_of(buf_str(&folded), stop_words);
        buf_free(&folded);
        if (stops || !is_capitalised(word) || (!words && !begins_as_names_do(word)))
            return false;
    }
    return words > 0 && words <= NAME_WORDS_MAX;
}

bool label_reads_like_a_name(vb_str text)
{
    struct label_shape shape;
    return label_shape(text, &shape) && name_reads_like_one(str_cut(text, 0, shape.name_len));
}

/* ---- one page's labels ---- */

struct search {
    struct page *page;
    struct region body;
    struct names *names;
    struct builder *b;
    size_t found;
    bool every_line; /* a page where most lines begin with a name: no blank lines are needed */
    bool repeated;   /* some name speaks twice */
};

struct candidate {
    vb_str name;
    size_t text_at;   /* in the line's text */
    size_t next_skip; /* the colon stands in the next line: so much of it is no text */
};

static vb_str name_part(vb_str text, size_t len)
{
    return str_trim(str_cut(text, 0, len));
}

/* "Luc⏎ : Les nouvelles": the colon begins the next line. */
static bool colon_on_next_line(const struct search *s, size_t i, struct candidate *c)
{
    const struct line *line = &s->page->lines.items[i];
    if (i + 1 >= s->body.until || line[1].opens_block || line_text(s->page, line).len > 240)
        return false;
    vb_str next = line_text(s->page, line + 1);
    size_t at = 1;
    if (!str_starts(next, ":") || !is_space(str_next(next, &at)))
        return false;
    vb_str rest = str_trim(str_from(next, 1));
    *c = (struct candidate){line_text(s->page, line), line_text(s->page, line).len,
                            rest.len ? (size_t)(rest.data - next.data) : next.len};
    return true;
}

static bool is_text_line(const struct line *line)
{
    return line->kind == LINE_TEXT || line->kind == LINE_ITEM;
}

/* What stands before the first colon, where the line could begin with a label at all. */
static bool find_candidate(const struct search *s, size_t i, struct candidate *c)
{
    const struct line *line = &s->page->lines.items[i];
    if (!is_text_line(line))
        return false;
    vb_str text = line_text(s->page, line);
    struct label_shape shape;
    if (!label_shape(text, &shape))
        return colon_on_next_line(s, i, c);
    *c = (struct candidate){name_part(text, shape.name_len), shape.text_at, 0};
    return true;
}

/* "Frédéric Couchet : Frédéric Couchet : Bonjour" is one label. */
static size_t skip_repeated(const struct search *s, const struct line *line, vb_str name,
                            size_t text_at)
{
    vb_str text = line_text(s->page, line), rest = str_from(text, text_at);
    struct label_shape shape;
    if (!label_shape(rest, &shape))
        return text_at;
    struct buf first = {0}, second = {0};
    label_key(name, &first);
    label_key(name_part(rest, shape.name_len), &second);
    bool same = str_is(buf_str(&first), buf_str(&second));
    buf_free(&first);
    buf_free(&second);
    if (!same)
        return text_at;
    builder_note(
        s->b, VB_WARNING, line_part_span(s->page, line, text_at, text_at + shape.text_at),
        _("the label “%.*s” is typed twice; it is read once"), (int)name.len, name.data);
    return text_at + shape.text_at;
}

static void accept(struct search *s, size_t i, const struct candidate *c)
{
    struct line *line = &s->page->lines.items[i];
    vb_str text = line_text(s->page, line);
    line->label_len = (uint32_t)(c->name.data + c->name.len - text.data);
    line->skip = (uint32_t)skip_repeated(s, line, c->name, c->text_at);
    if (c->next_skip)
        line[1].skip = (uint32_t)c->next_skip;
    s->repeated = s->repeated || names_count(s->names, c->name) > 1;
    s->found++;
}

/* A guess, to be told and listed once. */
static void tell(struct search *s, size_t i, vb_str name, bool is_speaker, const char *sentence)
{
    if (!names_first_time(s->names, name))
        return;
    const struct line *line = &s->page->lines.items[i];
    struct vb_span span = line_part_span(s->page, line, 0, name.len);
    builder_note(s->b, VB_INFO, span, sentence, (int)name.len, name.data);
    builder_doubt(s->b, name, span, is_speaker, false);
}

/* What a person has said decides. True: it was said. */
static bool judged_by_a_person(struct search *s, size_t i, const struct candidate *c)
{
    const struct vb_judgement *said = builder_judgement(s->b, c->name);
    if (!said)
        return false;
    if (names_first_time(s->names, c->name))
        builder_doubt(s->b, c->name,
                      line_part_span(s->page, &s->page->lines.items[i], 0, c->name.len),
                      said->is_speaker, true);
    if (said->is_speaker)
        accept(s, i, c);
    return true;
}

/* ---- where bold decides ---- */

/* A bold start that ends in a colon, or is followed by one. */
static bool find_bold(const struct search *s, size_t i, struct candidate *c)
{
    const struct line *line = &s->page->lines.items[i];
    vb_str text = line_text(s->page, line);
    vb_str bold = str_trim(str_cut(text, 0, line->bold_len));
    if (!is_text_line(line) || !bold.len || bold.len > 4 * NAME_CHARACTERS_MAX)
        return false;
    size_t end = (size_t)(bold.data + bold.len - text.data);
    vb_str rest = str_trim(str_from(text, end));
    if (str_ends(bold, ":"))
        bold.len--;
    else if (str_starts(rest, ":"))
        rest = str_trim(str_from(rest, 1));
    else
        return false;
    bold = str_trim(bold);
    *c = (struct candidate){bold, rest.len ? (size_t)(rest.data - text.data) : text.len, 0};
    return bold.len > 0;
}

/* Bold that was never switched off: the whole line is bold, and a known name begins it. */
static bool find_unclosed_bold(const struct search *s, size_t i, struct candidate *c)
{
    const struct line *line = &s->page->lines.items[i];
    return line->bold_len && line->bold_len == line->text_len && find_candidate(s, i, c) &&
           (names_all_known(s->names, c->name) || names_count(s->names, c->name));
}

static void find_bold_labels(struct search *s)
{
    struct candidate c;
    for (size_t i = s->body.from; i < s->body.until; i++)
        if (s->page->lines.items[i].opens_block && find_bold(s, i, &c))
            names_meet(s->names, c.name);
    for (size_t i = s->body.from; i < s->body.until; i++) {
        if (find_bold(s, i, &c)) {
            if (judged_by_a_person(s, i, &c))
                continue;
            bool sure = s->page->lines.items[i].opens_block || names_count(s->names, c.name) ||
                        names_all_known(s->names, c.name);
            if (sure)
                accept(s, i, &c);
            else
                tell(s, i, c.name, false,
                     _("“%.*s” is bold inside a paragraph; taken for text"));
        } else if (find_unclosed_bold(s, i, &c)) {
            accept(s, i, &c);
            builder_note(s->b, VB_WARNING, s->page->lines.items[i].span,
                         _("the bold of the label “%.*s” is not switched off"), (int)c.name.len,
                         c.name.data);
        }
    }
}

/* ---- where the name decides ---- */

static bool may_stand_here(const struct search *s, size_t i)
{
    return s->every_line || s->page->lines.items[i].opens_block || i == s->body.from;
}

static bool is_known(const struct search *s, vb_str name)
{
    return names_find(s->names, name, NULL) != NAME_NEW || names_all_known(s->names, name);
}

/* Counts the names that blocks begin with; sees whether most lines begin with one. */
static void count_names(struct search *s)
{
    size_t lines = 0, names = 0;
    struct candidate c;
    for (size_t i = s->body.from; i < s->body.until && !s->page->has_header; i++) {
        lines += is_text_line(&s->page->lines.items[i]);
        names += find_candidate(s, i, &c) && name_reads_like_one(c.name);
    }
    s->every_line = names >= 2 && names * 2 >= lines;
    for (size_t i = s->body.from; i < s->body.until; i++)
        if (find_candidate(s, i, &c) && may_stand_here(s, i) && name_reads_like_one(c.name))
            names_meet(s->names, c.name);
}

static void judge(struct search *s, size_t i, const struct candidate *c)
{
    vb_str text = line_text(s->page, &s->page->lines.items[i]);
    bool says_something = c->next_skip || c->text_at < text.len;
    if (judged_by_a_person(s, i, c))
        return;
    if (is_known(s, c->name)) {
        accept(s, i, c);
        return;
    }
    if (!says_something || !name_reads_like_one(c->name))
        return;
    if (may_stand_here(s, i)) {
        accept(s, i, c);
        if (s->page->has_header && names_listed(s->names))
            tell(s, i, c->name, true,
                 _("“%.*s” is taken for a speaker, whom the page does not list"));
    } else if (names_count(s->names, c->name) >= 2) {
        accept(s, i, c);
    } else {
        tell(s, i, c->name, false, _("“%.*s” could be a speaker; taken for text"));
    }
}

static void find_named_labels(struct search *s)
{
    struct candidate c;
    count_names(s);
    for (size_t i = s->body.from; i < s->body.until; i++)
        if (find_candidate(s, i, &c))
            judge(s, i, &c);
    /* Prose has a "Name : text" once in a while; a conversation has them again and again. */
    if (s->page->has_header || s->repeated)
        return;
    for (size_t i = s->body.from; i < s->body.until; i++)
        s->page->lines.items[i].label_len = s->page->lines.items[i].skip = 0;
    s->found = 0;
}

size_t april_find_labels(struct page *page, struct region body, struct names *names,
                         struct builder *b)
{
    struct search s = {.page = page, .body = body, .names = names, .b = b};
    if (page->layer != LAYER_RENDERED)
        find_bold_labels(&s);
    if (!s.found)
        find_named_labels(&s);
    return s.found;
}
