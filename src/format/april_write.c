/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A transcript as wikitext for April's wiki: header, headings, markers, names in bold.
 *
 * What the wiki would take for markup is written as a reference.  A page has few times: those
 * of headings and markers, and where neither is there (subtitles, speech recognition) one
 * marker every MARKER_EVERY, before a turn. */
#include "format/april_write.h"
#include "base/str.h"
#include "format/april.h"
#include "format/cue_write.h"
#include "format/entities.h"
#include "format/rows.h"

#define MARKER_EVERY (300 * VB_SECOND)

struct writer {
    const struct vb_transcript *t;
    const struct vb_timeline *times;
    struct vb_write_options options;
    uint32_t last_turn;
    vb_time last_marker; /* VB_NO_TIME: none yet */
    size_t footnote;
    struct buf *out;
};

/* ---- text ---- */

static void put_reference(char c, struct buf *out)
{
    buf_printf(out, "&#%d;", (unsigned char)c);
}

/* Signs that mean something wherever they stand, or beside one of their kind. */
static bool is_markup(vb_str text, size_t i)
{
    uint32_t character;
    char c = text.data[i], next = i + 1 < text.len ? text.data[i + 1] : '\0';
    switch (c) {
    case '<':
    case '[':
    case ']':
    case '|':
        return true;
    case '&':
        return entity_at(text, i, &character) > 0;
    case '\'':
        return next == '\'' || (i && text.data[i - 1] == '\'');
    case '{':
    case '}':
        return next == c || (i && text.data[i - 1] == c);
    case '_':
        return next == '_';
    case '~':
        return next == '~';
    default:
        return false;
    }
}

void april_quote(vb_str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_markup(text, i))
            put_reference(text.data[i], out);
        else
            buf_putc(out, text.data[i]);
    }
}

/* A stage direction's brackets are the same in the wiki. */
static void quote_unspoken(vb_str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        bool bracket = text.data[i] == '[' || text.data[i] == ']';
        if (is_markup(text, i) && !bracket)
            put_reference(text.data[i], out);
        else
            buf_putc(out, text.data[i]);
    }
}

static void put_footnotes(struct writer *w, uint32_t word)
{
    size_t count;
    const struct vb_footnote *notes = vb_footnotes(w->t, &count);
    while (w->footnote < count && notes[w->footnote].word < word)
        w->footnote++;
    for (; w->footnote < count && notes[w->footnote].word == word; w->footnote++) {
        buf_puts(w->out, "<ref>");
        april_quote(notes[w->footnote].text, w->out);
        buf_puts(w->out, "</ref>");
    }
}

/* What begins a list, a heading or a line as it is typed does so only at a line's start. */
static void guard_line(struct writer *w, vb_str text)
{
    static const char signs[] = "*#:;=!-";
    bool guarded =
        text.len && text.data[0] && str_find_char(VB_STR(signs), text.data[0]) != STR_NOT_FOUND;
    if (guarded)
        buf_puts(w->out, "<nowiki/>");
}

static void put_gap(struct writer *w, uint16_t marks)
{
    if (marks & VB_NEW_LINE)
        buf_puts(w->out, "<br/>\n");
    else if (!(marks & VB_GLUED))
        buf_char(w->out, marks & VB_TIED ? 0xA0 : ' ');
}

static void put_words(struct writer *w, const struct vb_paragraph *p, bool begins_line)
{
    bool emphasis = false, stage = p->kind == VB_STAGE;
    bool brackets = stage && stage_lacks_brackets(w->t, p->first_word, p->word_count);
    buf_puts(w->out, brackets ? "[" : "");
    for (uint32_t i = 0; i < p->word_count; i++) {
        uint32_t word = p->first_word + i;
        uint16_t marks = vb_word_marks(w->t, word) & (uint16_t) ~(stage ? VB_EMPHASIS : 0);
        vb_str text = vb_word_text(w->t, word);
        if (emphasis && !(marks & VB_EMPHASIS))
            buf_puts(w->out, "</em>");
        if (i)
            put_gap(w, marks);
        if (!i ? begins_line : (marks & VB_NEW_LINE) != 0)
            guard_line(w, text);
        if (!emphasis && marks & VB_EMPHASIS)
            buf_puts(w->out, "<em>");
        emphasis = (marks & VB_EMPHASIS) != 0;
        (marks & VB_UNSPOKEN ? quote_unspoken : april_quote)(text, w->out);
        put_footnotes(w, word);
    }
    if (emphasis)
        buf_puts(w->out, "</em>");
    buf_puts(w->out, brackets ? "]" : "");
}

/* ---- times ---- */

/* 8’20, 1 h 02’ 16. */
static void put_time(struct buf *out, vb_time time)
{
    int64_t s = time > 0 ? (time + VB_SECOND / 2) / VB_SECOND : 0;
    if (s >= 3600)
        buf_printf(out, "%d h %02d’ %02d", (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
    else
        buf_printf(out, "%d’%02d", (int)(s / 60), (int)(s % 60));
}

static void put_marker(struct writer *w, vb_time time)
{
    buf_puts(w->out, "\n==");
    put_time(w->out, time);
    buf_puts(w->out, "==\n");
    w->last_marker = time;
}

/* A page that has no marker of its own gets one here and there. */
static void put_own_marker(struct writer *w, uint32_t paragraph)
{
    const struct vb_paragraph *p = vb_paragraph(w->t, paragraph);
    bool turns = p->turn != w->last_turn;
    if (vb_marker_count(w->t) || !turns || !p->word_count)
        return;
    vb_time start = cue_known_start(w->t, w->times, paragraph, w->options);
    vb_time last = w->last_marker == VB_NO_TIME ? 0 : w->last_marker;
    if (start != VB_NO_TIME && start - last >= MARKER_EVERY)
        put_marker(w, start);
}

/* ---- blocks ---- */

static void put_paragraph(struct writer *w, uint32_t i)
{
    const struct vb_paragraph *p = vb_paragraph(w->t, i);
    if (!p->word_count)
        return;
    put_own_marker(w, i);
    vb_str speakers = p->turn == VB_NONE ? VB_STR("") : vb_turn_speakers(w->t, p->turn);
    bool opens = p->turn != w->last_turn && speakers.len;
    buf_putc(w->out, '\n');
    if (opens) {
        buf_puts(w->out, "<b>");
        april_quote(speakers, w->out);
        buf_puts(w->out, " : </b>");
    }
    put_words(w, p, !opens);
    buf_putc(w->out, '\n');
    w->last_turn = p->turn;
}

static void put_section(struct writer *w, const struct vb_section *s)
{
    buf_puts(w->out, "\n==");
    april_quote(s->title, w->out);
    if (s->time != VB_NO_TIME) {
        buf_putc(w->out, ' ');
        put_time(w->out, s->time);
        w->last_marker = s->time;
    }
    buf_puts(w->out, "==\n");
}

/* A time in a heading is a section and a marker; it is written once. */
static bool is_written(const struct writer *w, const struct vb_marker *marker)
{
    for (uint32_t i = 0; i < vb_section_count(w->t); i++) {
        const struct vb_section *s = vb_section(w->t, i);
        if (s->time == marker->time && s->span.at == marker->span.at)
            return true;
    }
    return false;
}

static void put_block(struct writer *w, struct vb_block block)
{
    if (block.kind == VB_BLOCK_SECTION)
        put_section(w, vb_section(w->t, block.index));
    else if (block.kind == VB_BLOCK_PARAGRAPH)
        put_paragraph(w, block.index);
    else if (!is_written(w, vb_marker(w->t, block.index)))
        put_marker(w, vb_marker(w->t, block.index)->time);
}

/* ---- the header ---- */

static void put_line(struct buf *out, vb_str label, vb_str value)
{
    if (label.len) {
        buf_puts(out, "'''");
        april_quote(label, out);
        buf_puts(out, " :''' ");
    }
    april_quote(value, out);
    buf_puts(out, "\n\n");
}

static bool has_label(const struct vb_transcript *t, const char *label)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    for (size_t i = 0; i < count; i++)
        if (str_eq(meta[i].label, label))
            return true;
    return false;
}

static void put_speakers(const struct vb_transcript *t, struct buf *out)
{
    struct buf names = {0};
    for (uint32_t i = 0; i < vb_speaker_count(t); i++) {
        vb_str name = vb_speaker(t, i)->name;
        buf_puts(&names, names.len ? " - " : "");
        buf_add(&names, name);
    }
    if (names.len)
        put_line(out, VB_STR("Intervenant·e·s"), buf_str(&names));
    buf_free(&names);
}

static void put_header(const struct vb_transcript *t, struct buf *out)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    bool own = has_label(t, "Titre");
    buf_puts(out, "[[Catégorie:Transcriptions]]\n\n");
    if (!own) {
        put_line(out, VB_STR("Titre"), vb_title(t).len ? vb_title(t) : VB_STR("Transcription"));
        put_speakers(t, out);
    }
    for (size_t i = 0; i < count; i++)
        if (!str_eq(meta[i].label, "title"))
            put_line(out, meta[i].label, meta[i].value);
    buf_puts(out, "==Transcription==\n");
}

bool april_write(const struct vb_transcript *t, const struct vb_timeline *times,
                 struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    (void)error;
    struct writer w = {.t = t,
                       .times = times,
                       .options = options,
                       .last_turn = VB_NONE - 1,
                       .last_marker = VB_NO_TIME,
                       .out = out};
    put_header(t, out);
    for (uint32_t i = 0; i < vb_block_count(t); i++)
        put_block(&w, vb_block(t, i));
    return true;
}
