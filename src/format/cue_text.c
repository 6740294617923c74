/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a cue to pieces.
 *
 * One walk from left to right, without a stack: what a tag opens is only counted (italics), or
 * remembered (voice, time of a word), so that a million open tags cost nothing.  A '<' looks
 * for its '>' once; where there is none, no later one has any. */
#include "format/cue_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "format/cue_time.h"
#include "format/entities.h"

/* ---- pieces ---- */

static bool is_blank(vb_str text)
{
    for (size_t at = 0; at < text.len;)
        if (!is_space(str_next(text, &at)))
            return false;
    return true;
}

/* A line that begins is remembered until something stands in it. */
static void add_piece(struct cue_text *c, vb_str text, struct vb_span span)
{
    if (!text.len)
        return;
    uint16_t marks = c->emphasis > 0 ? VB_EMPHASIS : 0;
    bool blank = is_blank(text);
    if (c->line_waits && !blank)
        marks |= VB_NEW_LINE;
    c->line_waits = c->line_waits && blank;
    c->has_words = c->has_words || !blank;
    vec_push(&c->pieces, (struct piece){text, span, marks, VB_NO_TIME, VB_NO_TIME});
}

static void add_source(struct cue_text *c, size_t from, size_t until)
{
    add_piece(c, str_cut(c->source, from, until),
              (struct vb_span){(uint32_t)from, (uint32_t)(until - from)});
}

static void add_character(struct cue_text *c, uint32_t character, size_t from, size_t until)
{
    char bytes[4];
    vb_str text = {bytes, utf8_put(bytes, character)};
    add_piece(c, arena_str(&c->scraps, text),
              (struct vb_span){(uint32_t)from, (uint32_t)(until - from)});
}

/* ---- tags ---- */

struct tag {
    vb_str name;       /* "i", "v", "font"; empty: none */
    vb_str annotation; /* behind the name and its classes, white space off */
    bool classed;      /* <c.yellow> */
    bool ends;         /* </i> */
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What stands between '<' and '>'. */
static struct tag take_apart(vb_str inside)
{
    struct tag tag = {0};
    inside = str_trim(inside);
    tag.ends = str_starts(inside, "/");
    if (tag.ends)
        inside = str_trim(str_from(inside, 1));
    size_t len = 0;
    while (len < inside.len && (is_letter(inside.data[len]) || is_digit(inside.data[len])))
        len++;
    tag.name = str_cut(inside, 0, len);
    tag.classed = len < inside.len && inside.data[len] == '.';
    while (len < inside.len && !strchr(" \t\n\r\f", inside.data[len]))
        len++; /* classes */
    tag.annotation = str_trim(str_from(inside, len));
    return tag;
}

static bool is_named(struct tag tag, const char *name)
{
    return tag.name.len == strlen(name) && strncasecmp(tag.name.data, name, tag.name.len) == 0;
}

static bool is_known_in_srt(struct tag tag)
{
    static const char *const known[] = {"i",      "b",    "u", "s", "font", "em",
                                        "strong", "span", "v", "c", "br",   "p"};
    for (size_t i = 0; i < COUNT(known); i++)
        if (is_named(tag, known[i]))
            return true;
    return tag.ends && tag.name.len; /* what it closes was no text either */
}

/* "A&amp;B" as a name is "A&B". */
static vb_str decoded(struct cue_text *c, vb_str text)
{
    if (str_find_char(text, '&') == STR_NOT_FOUND)
        return text;
    struct buf out = {0};
    uint32_t character;
    for (size_t at = 0; at < text.len;) {
        size_t len = text.data[at] == '&' ? entity_at(text, at, &character) : 0;
        if (len)
            buf_char(&out, character);
        else
            buf_putc(&out, text.data[at]);
        at += len ? len : 1;
    }
    vb_str kept = arena_str(&c->scraps, buf_str(&out));
    buf_free(&out);
    return kept;
}

enum { VOICES_MAX = 16 };

static void add_voice(struct cue_text *c, vb_str name)
{
    struct vb_span at = {(uint32_t)(name.data - c->source.data), (uint32_t)name.len};
    name = decoded(c, name);
    for (size_t i = 0; i < c->voices.count; i++)
        if (str_is(c->voices.items[i].name, name))
            return;
    if (name.len && c->voices.count < VOICES_MAX)
        vec_push(&c->voices, (struct voice){name, at});
}

/* It says how the words look, and no more. */
static bool is_style(struct tag tag)
{
    static const char *const looks[] = {"b", "u", "s", "font", "strong", "lang", "ruby"};
    for (size_t i = 0; i < COUNT(looks); i++)
        if (is_named(tag, looks[i]))
            return true;
    return tag.classed;
}

static void apply(struct cue_text *c, struct tag tag)
{
    c->styles += !tag.ends && is_style(tag);
    if (is_named(tag, "i") || is_named(tag, "em"))
        c->emphasis += tag.ends ? -1 : 1;
    c->emphasis = c->emphasis < 0 ? 0 : c->emphasis;
    if (!tag.ends && is_named(tag, "v"))
        add_voice(c, tag.annotation);
    c->nobody = c->voices.count == 0 && (c->nobody || (!tag.ends && is_named(tag, "v")));
    if (!tag.ends && is_named(tag, "br"))
        c->line_waits = c->has_words;
}

/* ---- times of words ---- */

/* A time must rise and lie inside the cue, else it tells nothing. */
struct stamps {
    vb_time start, end, last;
    size_t first_piece; /* of what the last stamp times */
};

/* The pieces since the last stamp begin with it: their first word does. */
static void time_words(struct cue_text *c, struct stamps *s)
{
    size_t i = s->first_piece;
    while (i < c->pieces.count && is_blank(c->pieces.items[i].text))
        i++;
    s->first_piece = c->pieces.count;
    if (i >= c->pieces.count || s->last == VB_NO_TIME)
        return;
    struct piece *first = &c->pieces.items[i];
    size_t at = 0, end = 0;
    while (at < first->text.len && is_space(str_next(first->text, &at)))
        end = at;
    for (at = end; end < first->text.len && !is_space(str_next(first->text, &at)); end = at)
        ;
    first->start = s->last;
    if (end == first->text.len || first->text.len != first->span.len)
        return;
    /* The rest of the piece has no time of its own. */
    struct piece rest = *first;
    rest.text = str_from(first->text, end);
    rest.span = (struct vb_span){first->span.at + (uint32_t)end, (uint32_t)rest.text.len};
    rest.marks &= (uint16_t)~VB_NEW_LINE;
    rest.start = VB_NO_TIME;
    first->text.len = end;
    first->span.len = (uint32_t)end;
    vec_push(&c->pieces, rest);
    memmove(&c->pieces.items[i + 2], &c->pieces.items[i + 1],
            (c->pieces.count - i - 2) * sizeof rest);
    c->pieces.items[i + 1] = rest;
    s->first_piece = c->pieces.count;
}

static void use_stamp(struct cue_text *c, struct stamps *s, vb_time time, struct vb_span at)
{
    time += c->shift;
    bool rises = (s->start == VB_NO_TIME || time >= s->start) &&
                 (s->end == VB_NO_TIME || time <= s->end) &&
                 (!c->timed || s->last == VB_NO_TIME || time >= s->last);
    if (!rises) {
        if (!c->unused.len)
            c->unused = at;
        return;
    }
    if (!c->timed)
        s->last = s->start; /* what stands before the first begins with the cue */
    time_words(c, s);
    s->last = time;
    c->timed = true;
}

/* A time with nothing but blanks behind it ends the last word. */
static void end_words(struct cue_text *c, struct stamps *s)
{
    size_t i = c->pieces.count;
    while (i > 0 && is_blank(c->pieces.items[i - 1].text))
        i--;
    if (c->timed && i > 0 && i <= s->first_piece) {
        c->word_end = s->last;
        c->pieces.items[i - 1].end = s->last;
    }
    if (c->timed)
        time_words(c, s);
}

/* ---- the walk ---- */

struct scan {
    struct cue_text *c;
    enum cue_dialect dialect;
    size_t at, until;
    size_t plain;  /* where the text that was not yet added begins */
    size_t closer; /* the '>' that was found last */
    struct stamps stamps;
};

static void flush(struct scan *s)
{
    add_source(s->c, s->plain, s->at);
}

static void go_on(struct scan *s, size_t at)
{
    s->at = s->plain = at;
}

/* Where the tag that begins at `at` ends; STR_NOT_FOUND: nowhere.  Each '>' is looked for once.
 */
static size_t find_closer(struct scan *s)
{
    if (s->closer <= s->at) {
        const char *from = s->c->source.data + s->at;
        const char *found = memchr(from, '>', s->until - s->at);
        s->closer = found ? (size_t)(found - s->c->source.data) : STR_NOT_FOUND;
    }
    return s->closer;
}

enum { LONGEST_TAG = 400 }; /* in SRT, where '<' may be text */

static bool is_stamp(const struct scan *s, vb_str inside, vb_time *time)
{
    size_t end = 0;
    bool good = s->dialect == CUE_LRC ? cue_time_take_lrc(inside, &end, time) == CUE_TIME_GOOD
                                      : cue_time_take_strict(inside, &end, time);
    return good && end == inside.len && *time != VB_NO_TIME;
}

static void take_stamp(struct scan *s, vb_str inside, struct vb_span at)
{
    vb_time time;
    if (is_stamp(s, inside, &time))
        use_stamp(s->c, &s->stamps, time, at);
}

static bool is_tag(const struct scan *s, vb_str inside)
{
    vb_time time;
    if (s->dialect == CUE_VTT)
        return true;
    if (s->dialect == CUE_LRC)
        return is_stamp(s, inside, &time);
    if (inside.len > LONGEST_TAG || str_find_char(inside, '\n') != STR_NOT_FOUND)
        return false;
    return is_known_in_srt(take_apart(inside));
}

static bool take_tag(struct scan *s)
{
    size_t closer = find_closer(s);
    struct vb_span at = {(uint32_t)s->at, 1};
    if (closer == STR_NOT_FOUND && s->dialect == CUE_VTT) {
        s->c->unclosed = at; /* the specification hides what follows */
        flush(s);
        go_on(s, s->until);
        return true;
    }
    if (closer == STR_NOT_FOUND)
        return false;
    vb_str inside = str_cut(s->c->source, s->at + 1, closer);
    if (!is_tag(s, inside))
        return false;
    flush(s);
    if (s->dialect != CUE_SRT && inside.len && is_digit(inside.data[0])) {
        at.len = (uint32_t)(closer + 1 - s->at);
        take_stamp(s, inside, at);
    } else {
        apply(s->c, take_apart(inside));
    }
    go_on(s, closer + 1);
    return true;
}

/* In SRT only those that writers of HTML made; "R&eacute;" is too rare to be guessed at. */
static bool is_reference(const struct scan *s, size_t len, uint32_t character)
{
    return len &&
           (s->dialect == CUE_VTT || character == '&' || character == '<' || character == '>' ||
            character == '"' || character == '\'' || character == 0xA0);
}

static bool take_reference(struct scan *s)
{
    uint32_t character;
    size_t len = entity_at(str_cut(s->c->source, 0, s->until), s->at, &character);
    if (!is_reference(s, len, character))
        return false;
    flush(s);
    add_character(s->c, character, s->at, s->at + len);
    go_on(s, s->at + len);
    return true;
}

/* {\an8}: where SubStation writes its styles. */
static bool take_style(struct scan *s)
{
    enum { LONGEST_STYLE = 400 };
    size_t end = s->at + LONGEST_STYLE < s->until ? s->at + LONGEST_STYLE : s->until;
    vb_str rest = str_cut(s->c->source, s->at, end);
    size_t closer = str_find_char(rest, '}');
    if (!str_starts(rest, "{\\") || closer == STR_NOT_FOUND)
        return false;
    s->c->styles++;
    flush(s);
    go_on(s, s->at + closer + 1);
    return true;
}

static bool take_line_end(struct scan *s)
{
    bool both = s->c->source.data[s->at] == '\r' && s->at + 1 < s->until &&
                s->c->source.data[s->at + 1] == '\n';
    flush(s);
    s->c->line_waits = s->c->has_words;
    go_on(s, s->at + (both ? 2 : 1));
    return true;
}

/* "" is one quote. */
static bool take_quotes(struct scan *s)
{
    if (s->at + 1 >= s->until || s->c->source.data[s->at + 1] != '"')
        return false;
    flush(s);
    add_character(s->c, '"', s->at, s->at + 2);
    go_on(s, s->at + 2);
    return true;
}

/* How SubViewer ends a line. */
static bool take_break(struct scan *s)
{
    if (!str_starts(str_cut(s->c->source, s->at, s->until), "[br]"))
        return false;
    flush(s);
    s->c->line_waits = s->c->has_words;
    go_on(s, s->at + 4);
    return true;
}

static bool take_special(struct scan *s)
{
    char c = s->c->source.data[s->at];
    if (c == '\n' || c == '\r')
        return take_line_end(s);
    if (s->dialect == CUE_PLAIN)
        return false;
    if (s->dialect == CUE_CSV)
        return c == '"' && take_quotes(s);
    if (c == '<')
        return take_tag(s);
    if (s->dialect == CUE_LRC)
        return false;
    if (c == '&')
        return take_reference(s);
    if (c == '[' && s->dialect == CUE_SRT)
        return take_break(s);
    return c == '{' && s->dialect == CUE_SRT && take_style(s);
}

static void forget(struct cue_text *c)
{
    c->pieces.count = c->voices.count = 0;
    c->timed = c->line_waits = c->has_words = c->nobody = false;
    c->emphasis = 0;
    c->styles = 0;
    c->word_end = VB_NO_TIME;
    c->unclosed = c->unused = (struct vb_span){0, 0};
    arena_reset(&c->scraps);
}

void cue_text_read(struct cue_text *c, enum cue_dialect dialect, vb_str source, size_t from,
                   size_t until, vb_time start, vb_time end)
{
    forget(c);
    c->source = source;
    struct scan s = {
        .c = c,
        .dialect = dialect,
        .at = from,
        .until = until,
        .plain = from,
        .stamps = {start, end, VB_NO_TIME, 0}
    };
    while (s.at < s.until)
        if (!take_special(&s))
            s.at++;
    flush(&s);
    end_words(c, &s.stamps);
}

void cue_text_free(struct cue_text *c)
{
    free(c->pieces.items);
    free(c->voices.items);
    arena_free(&c->scraps);
}

bool cue_text_is_empty(const struct cue_text *c)
{
    return !c->has_words;
}

void cue_text_skip(struct cue_text *c, size_t bytes)
{
    if (!c->pieces.count)
        return;
    struct piece *first = &c->pieces.items[0];
    if (bytes > first->text.len)
        bytes = first->text.len;
    first->text = str_from(first->text, bytes);
    if (first->span.len > bytes)
        first->span = (struct vb_span){first->span.at + (uint32_t)bytes,
                                       first->span.len - (uint32_t)bytes};
}
