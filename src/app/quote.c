/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the transcript as text to take along.
 *
 * A form is a row: what stands before and behind each part, and how text is escaped in it. */
#include "app/quote.h"

#include "app/place.h"
#include "app/session.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

/* ---- escaping ---- */

static void escape_html(vb_str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '&' || c == '<' || c == '>' || c == '"')
            buf_puts(out, c == '&'   ? "&amp;"
                          : c == '<' ? "&lt;"
                          : c == '>' ? "&gt;"
                                     : "&quot;");
        else
            buf_putc(out, c);
    }
}

static void escape_markdown(vb_str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        if (str_find_char(VB_STR("\\`*_[]<>#|"), text.data[i]) != STR_NOT_FOUND)
            buf_putc(out, '\\');
        buf_putc(out, text.data[i]);
    }
}

/* As HTML, and what wikitext takes for markup as the characters it is. */
static void escape_wiki(vb_str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        bool doubled = c == '\'' && i + 1 < text.len && text.data[i + 1] == '\'';
        if (doubled || str_find_char(VB_STR("[]{}|~"), c) != STR_NOT_FOUND)
            buf_printf(out, "&#%d;", c);
        else
            escape_html((vb_str){&c, 1}, out);
    }
}

/* ---- the forms ---- */

static const struct form {
    const char *title;                            /* N_() */
    void (*escape)(vb_str text, struct buf *out); /* NULL: text stands as it is */
    const char *open, *close;                     /* around the whole */
    const char *line, *line_end;     /* around each paragraph; NULL: quotation marks */
    const char *source, *source_end; /* around the attribution */
    const char *strong, *strong_end, *cite, *cite_end;
    const char *link; /* of the time: address, text; NULL: none */
} forms[] = {
    [QUOTE_PLAIN] = {N_("plain text"), NULL, "", "", NULL, NULL, "— ", "\n", "", "", "", "",
                     NULL},
    [QUOTE_MARKDOWN] = {N_("Markdown"),              escape_markdown, "", "", "> ", "\n>\n", "> — ", "\n",
                     "**", "**", "*", "*", "[%2$s](%1$s)"},
    [QUOTE_WIKI] = {N_("wiki page"),            escape_wiki, "<blockquote>\n", "</blockquote>\n", "",
                     "\n\n", "— ", "\n", "\'\'\'", "\'\'\'", "\'\'", "\'\'", "[%1$s %2$s]"},
    [QUOTE_HTML] = {N_("HTML"),          escape_html, "<blockquote>\n", "</blockquote>\n", "<p>",
                     "</p>\n", "<footer>— ", "</footer>\n", "<b>", "</b>", "<cite>", "</cite>",
                     "<a href=\"%1$s\">%2$s</a>"},
    [QUOTE_LINK] = {N_("link with the time")             },
};

const char *quote_form_title(enum quote_form form)
{
    return _(forms[form].title);
}

static void put(const struct form *form, vb_str text, struct buf *out)
{
    if (form->escape)
        form->escape(text, out);
    else
        buf_add(out, text);
}

/* ---- the words ---- */

static void put_words(const struct vb_transcript *t, uint32_t first, uint32_t last,
                      const struct form *form, struct buf *out)
{
    for (uint32_t word = first; word <= last; word++) {
        if (word > first && !(vb_word_marks(t, word) & VB_GLUED))
            buf_putc(out, ' ');
        put(form, vb_word_text(t, word), out);
    }
}

static bool spans_turns(const struct session *s, struct selected words)
{
    return vb_turn_of_word(s->transcript, words.first) !=
           vb_turn_of_word(s->transcript, words.last);
}

static void put_name(const struct session *s, uint32_t turn, const struct form *form,
                     struct buf *out)
{
    vb_str name = turn == VB_NONE ? VB_STR("") : vb_turn_speakers(s->transcript, turn);
    if (!name.len)
        return;
    buf_puts(out, form->strong);
    put(form, name, out);
    buf_printf(out, _("%s: "), form->strong_end);
}

/* Of each paragraph the part that is meant, with the name where a turn begins; the last one is
 * left without its end. */
static void put_paragraphs(const struct session *s, struct selected words,
                           const struct form *form, const char *line, const char *line_end,
                           struct buf *out)
{
    const struct vb_transcript *t = s->transcript;
    bool names = spans_turns(s, words);
    uint32_t named = VB_NONE;
    for (uint32_t word = words.first; word <= words.last;) {
        const struct vb_paragraph *p = vb_paragraph(t, vb_paragraph_of_word(t, word));
        uint32_t last = p->first_word + p->word_count - 1;
        last = last < words.last ? last : words.last;
        buf_puts(out, line);
        if (names && p->turn != named)
            put_name(s, p->turn, form, out);
        named = p->turn;
        put_words(t, word, last, form, out);
        word = last + 1;
        if (word <= words.last)
            buf_puts(out, line_end);
    }
}

void quote_text(const struct session *s, struct selected words, struct buf *out)
{
    put_paragraphs(s, words, &forms[QUOTE_PLAIN], "", "\n", out);
}

/* ---- where it is from ---- */

/* The value of the first label that begins so ("Licence de la transcription"). */
static vb_str meta_of(const struct session *s, const char *const *labels)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(s->transcript, &count);
    for (; *labels; labels++)
        for (size_t i = 0; i < count; i++)
            if (str_starts(meta[i].label, *labels))
                return meta[i].value;
    return VB_STR("");
}

static const char *const date_labels[] = {"Date", "date", "published", NULL};
static const char *const licence_labels[] = {"Licence", "License", "licence",
                                             "license", "rights",  NULL};

/* The page or recording on the web: the first link that is no licence or picture. */
static vb_str address_of(const struct session *s)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(s->transcript, &count);
    for (size_t i = 0; i < count; i++)
        if (str_starts(meta[i].link, "http") && !str_starts(meta[i].label, "Licence") &&
            !str_starts(meta[i].label, "Illustration"))
            return meta[i].link;
    return VB_STR("");
}

static bool stands_in_an_address(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           str_find_char(VB_STR("-._~"), c) != STR_NOT_FOUND;
}

/* The address, or the recording's name, with the moment: "…#t=980". */
static bool put_address(const struct session *s, struct selected words, struct buf *out)
{
    vb_str address = address_of(s);
    const char *name = s->sound_path ? file_name(s->sound_path) : "";
    if (!address.len && !*name)
        return false;
    size_t hash = str_find_char(address, '#');
    buf_add(out, str_cut(address, 0, hash == STR_NOT_FOUND ? address.len : hash));
    for (const char *c = address.len ? "" : name; *c; c++) {
        buf_printf(out, stands_in_an_address(*c) ? "%c" : "%%%02X", (unsigned char)*c);
    }
    vb_time start = vb_timeline_start(s->timeline, words.first);
    buf_printf(out, "#t=%ld", (long)(start / VB_SECOND));
    return true;
}

static void put_time(const struct session *s, struct selected words, const struct form *form,
                     struct buf *out)
{
    struct buf time = {0}, text = {0}, address = {0};
    if (vb_timeline_origin(s->timeline, words.first) <= VB_ESTIMATED)
        buf_puts(&time, "≈ ");
    place_as_page(s, vb_timeline_start(s->timeline, words.first), &time);
    put(form, buf_str(&time), &text);
    if (form->link && address_of(s).len && put_address(s, words, &address))
        buf_printf(out, form->link, address.data, text.data);
    else
        buf_add(out, buf_str(&text));
    buf_free(&time);
    buf_free(&text);
    buf_free(&address);
}

static void put_comma(struct buf *out, bool *any)
{
    buf_puts(out, *any ? ", " : "");
    *any = true;
}

/* "Antonio Casilli, 16’ 20, Les travailleurs invisibilisés, 11 septembre 2023, licence …" */
static void put_source(const struct session *s, struct selected words, const struct form *form,
                       struct buf *out)
{
    uint32_t turn = vb_turn_of_word(s->transcript, words.first);
    vb_str name = turn == VB_NONE ? VB_STR("") : vb_turn_speakers(s->transcript, turn);
    vb_str title = vb_title(s->transcript), date = meta_of(s, date_labels);
    vb_str licence = meta_of(s, licence_labels), address = address_of(s);
    bool any = false;
    if (name.len && !spans_turns(s, words)) {
        put_comma(out, &any);
        buf_puts(out, form->strong);
        put(form, name, out);
        buf_puts(out, form->strong_end);
    }
    put_comma(out, &any);
    put_time(s, words, form, out);
    if (title.len) {
        put_comma(out, &any);
        buf_puts(out, form->cite);
        put(form, title, out);
        buf_puts(out, form->cite_end);
    }
    if (date.len) {
        put_comma(out, &any);
        put(form, date, out);
    }
    if (address.len && !form->link) {
        put_comma(out, &any);
        buf_add(out, address);
    }
    if (licence.len) {
        put_comma(out, &any);
        struct buf text = {0};
        buf_printf(&text, _("licence: %.*s"), (int)licence.len, licence.data);
        put(form, buf_str(&text), out);
        buf_free(&text);
    }
}

void quote_put(const struct session *s, struct selected words, enum quote_form which,
               struct buf *out)
{
    const struct form *form = &forms[which];
    if (which == QUOTE_LINK) {
        put_address(s, words, out);
        return;
    }
    buf_puts(out, form->open);
    if (form->line) {
        put_paragraphs(s, words, form, form->line, form->line_end, out);
        buf_puts(out, form->line_end);
    } else {
        struct buf text = {0};
        put_paragraphs(s, words, form, "", "\n", &text);
        buf_printf(out, _("“%s”"), text.data);
        buf_putc(out, '\n');
        buf_free(&text);
    }
    buf_puts(out, form->source);
    put_source(s, words, form, out);
    buf_puts(out, form->source_end);
    buf_puts(out, form->close);
}
