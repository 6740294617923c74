/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page's HTML.
 *
 * Without script it is a text with headings and time links; the script (page_look.c) makes
 * words follow and be clicked, and adds the search.  Nothing is loaded from anywhere: the
 * page's own rules forbid it. */
#include "format/page.h"

#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "format/timecode.h"
#include "format/xml.h"

struct page {
    struct rows rows;
    const struct page_sound *sound;
    struct buf *out;
    uint32_t section, footnote;
    bool has_estimates;
};

static const struct {
    const char *ending, *type;
} media_types[] = {
    {".mp3",  "audio/mpeg"            },
    {".m4a",  "audio/mp4"             },
    {".mp4",  "audio/mp4"             },
    {".ogg",  "audio/ogg"             },
    {".oga",  "audio/ogg"             },
    {".opus", "audio/ogg; codecs=opus"},
    {".wav",  "audio/wav"             },
    {".flac", "audio/flac"            },
    {".webm", "audio/webm"            },
};

const char *page_media_type(const char *path)
{
    size_t len = strlen(path);
    for (size_t i = 0; i < COUNT(media_types); i++) {
        size_t ending = strlen(media_types[i].ending);
        if (len > ending && strcasecmp(path + len - ending, media_types[i].ending) == 0)
            return media_types[i].type;
    }
    return NULL;
}

static void put(struct page *p, const char *text)
{
    buf_puts(p->out, text);
}

static void put_text(struct page *p, vb_str text)
{
    xml_put(p->out, text);
}

/* ---- head ---- */

static void put_head(struct page *p, const char *language)
{
    vb_str title = vb_title(p->rows.t);
    put(p, "<!DOCTYPE html>\n<html");
    xml_attribute(p->out, "lang", str_of(language));
    put(p, ">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
           "media-src 'self' file: data: blob:; style-src 'unsafe-inline'; "
           "script-src 'unsafe-inline'\">\n<title>");
    put_text(p, title.len ? title : str_of(_("Transcript")));
    put(p, "</title>\n<style>\n");
    put(p, page_style);
    put(p, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#transcript\">");
    put_text(p, str_of(_("Go to the transcript")));
    put(p, "</a>\n");
}

static void put_metadata(struct page *p)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(p->rows.t, &count);
    if (!count)
        return;
    put(p, "<dl>\n");
    for (size_t i = 0; i < count; i++) {
        bool address =
            str_starts(meta[i].link, "https://") || str_starts(meta[i].link, "http://");
        bool told = str_is(meta[i].value, vb_title(p->rows.t)); /* it is the heading already */
        if (!meta[i].label.len || told)
            continue;
        put(p, "<div><dt>");
        put_text(p, meta[i].label);
        put(p, "</dt><dd>");
        if (address) {
            put(p, "<a");
            xml_attribute(p->out, "href", meta[i].link);
            put(p, ">");
        }
        put_text(p, meta[i].value);
        put(p, address ? "</a></dd></div>\n" : "</dd></div>\n");
    }
    put(p, "</dl>\n");
}

static void put_player(struct page *p)
{
    if (!p->sound->source.len)
        return;
    put(p, "<section class=\"player\"");
    xml_attribute(p->out, "aria-label", str_of(_("Recording")));
    put(p, ">\n<audio id=\"sound\" controls preload=\"metadata\"");
    xml_attribute(p->out, "aria-label", str_of(_("Recording")));
    put(p, "><source");
    xml_attribute(p->out, "src", p->sound->source);
    if (p->sound->type)
        xml_attribute(p->out, "type", str_of(p->sound->type));
    put(p, "></audio>\n<label class=\"scripted\" hidden><input type=\"checkbox\" id=\"follow\" "
           "checked> ");
    put_text(p, str_of(_("Follow the recording")));
    put(p, "</label>\n</section>\n");
}

static void put_search(struct page *p)
{
    put(p, "<form role=\"search\" class=\"scripted\" hidden id=\"search\">\n"
           "<label for=\"wanted\">");
    put_text(p, str_of(_("Search")));
    put(p, "</label>\n<input type=\"search\" id=\"wanted\" autocomplete=\"off\">\n"
           "<button type=\"button\" id=\"before\">");
    put_text(p, str_of(_("Previous")));
    put(p, "</button>\n<button type=\"submit\" id=\"after\">");
    put_text(p, str_of(_("Next")));
    put(p, "</button>\n<output id=\"found\" for=\"wanted\" aria-live=\"polite\"");
    xml_attribute(p->out, "data-none", str_of(_("not found")));
    xml_attribute(p->out, "data-of", str_of(_("%1 of %2")));
    put(p, "></output>\n</form>\n");
}

/* ---- times ---- */

static void put_seconds(struct page *p, vb_time time)
{
    time_put_seconds(p->out, time / 1000 * 1000);
}

/* "#t=12.5" of the recording; without one, or with one inside the page, of the page. */
static void put_time_link(struct page *p, vb_time time, bool estimated)
{
    put(p, "<a class=\"time\" href=\"");
    put_text(p, p->sound->link);
    put(p, "#t=");
    put_seconds(p, time);
    put(p, "\"><time>");
    put(p, estimated ? "≈\u00A0" : "");
    time_put(p->out, time);
    put(p, "</time></a>");
}

/* ---- headings ---- */

static void put_contents(struct page *p)
{
    uint32_t count = vb_section_count(p->rows.t);
    if (count < 2)
        return;
    put(p, "<nav");
    xml_attribute(p->out, "aria-labelledby", VB_STR("contents"));
    put(p, ">\n<h2 id=\"contents\">");
    put_text(p, str_of(_("Contents")));
    put(p, "</h2>\n<ol>\n");
    for (uint32_t i = 0; i < count; i++) {
        buf_printf(p->out, "<li><a href=\"#s%u\">", i + 1);
        put_text(p, vb_section(p->rows.t, i)->title);
        put(p, "</a></li>\n");
    }
    put(p, "</ol>\n</nav>\n");
}

static void put_sections(struct page *p, uint32_t first_word)
{
    while (p->section < vb_section_count(p->rows.t) &&
           vb_section(p->rows.t, p->section)->first_word <= first_word) {
        const struct vb_section *section = vb_section(p->rows.t, p->section++);
        buf_printf(p->out, "<h3 class=\"section\" id=\"s%u\">", p->section);
        put_text(p, section->title);
        put(p, "</h3>\n");
    }
}

/* ---- words ---- */

static void put_footnotes(struct page *p, uint32_t word)
{
    size_t count;
    const struct vb_footnote *notes = vb_footnotes(p->rows.t, &count);
    for (; p->footnote < count && notes[p->footnote].word <= word; p->footnote++)
        buf_printf(p->out, "<sup><a id=\"r%u\" href=\"#n%u\" role=\"doc-noteref\">%u</a></sup>",
                   p->footnote + 1, p->footnote + 1, p->footnote + 1);
}

static void put_gap(struct page *p, uint16_t marks)
{
    if (marks & VB_GLUED)
        return;
    put(p, marks & VB_NEW_LINE ? "<br>" : marks & VB_TIED ? "&nbsp;" : " ");
}

static bool time_of_word(const struct page *p, uint32_t word, vb_time *start)
{
    enum vb_origin origin = vb_timeline_origin(p->rows.times, word);
    if (vb_word_marks(p->rows.t, word) & VB_UNSPOKEN || origin == VB_UNKNOWN)
        return false;
    *start = vb_timeline_start(p->rows.times, word);
    return origin > VB_ESTIMATED || p->rows.options.estimated;
}

static void put_word(struct page *p, uint32_t word)
{
    uint16_t marks = vb_word_marks(p->rows.t, word);
    vb_time start;
    put(p, "<span");
    if (marks & VB_UNSPOKEN)
        put(p, " class=\"aside\"");
    else if (time_of_word(p, word, &start)) {
        put(p, " data-t=\"");
        put_seconds(p, start);
        put(p, "\"");
    }
    put(p, marks & VB_EMPHASIS ? "><em>" : ">");
    put_text(p, vb_word_text(p->rows.t, word));
    put(p, marks & VB_EMPHASIS ? "</em></span>" : "</span>");
    put_footnotes(p, word);
}

static void put_words(struct page *p, const struct row *row)
{
    for (uint32_t i = 0; i < row->word_count; i++) {
        if (i)
            put_gap(p, vb_word_marks(p->rows.t, row->first_word + i));
        put_word(p, row->first_word + i);
    }
    put(p, "</p>\n");
}

static void put_row(struct page *p, const struct row *row, bool time_above)
{
    put(p, row->stage ? "<p class=\"stage\">" : "<p>");
    if (!time_above && row->start != VB_NO_TIME && !row->stage) {
        put_time_link(p, row->start, row->estimated);
        put(p, " ");
    }
    put_words(p, row);
}

/* ---- turns ---- */

/* Cues that run on are one paragraph of text: their times are at the words. */
static bool runs_on(const struct page *p, size_t row)
{
    return row > 0 && vb_paragraph(p->rows.t, p->rows.items[row].paragraph)->runs_on &&
           p->rows.items[row].turn == p->rows.items[row - 1].turn;
}

static void open_turn(struct page *p, const struct row *row)
{
    vb_str name = row_speakers(&p->rows, row);
    buf_printf(p->out, "<section class=\"turn\" id=\"turn%u\">\n", row->turn + 1);
    if (!name.len && row->start == VB_NO_TIME)
        return;
    const char level = p->section ? '4' : '3'; /* right below the heading that stands above */
    if (name.len)
        buf_printf(p->out, "<h%c>", level);
    else
        put(p, "<p class=\"nobody\">");
    put_text(p, name);
    if (row->start != VB_NO_TIME) {
        put(p, " ");
        put_time_link(p, row->start, row->estimated);
    }
    if (name.len)
        buf_printf(p->out, "</h%c>\n", level);
    else
        put(p, "</p>\n");
}

static void put_joined(struct page *p, const struct row *row)
{
    p->out->len -= strlen("</p>\n");
    put(p, " ");
    put_words(p, row);
}

static void put_turns(struct page *p)
{
    uint32_t turn = VB_NONE;
    for (size_t i = 0; i < p->rows.count; i++) {
        const struct row *row = &p->rows.items[i];
        bool begins = i == 0 || row->turn != turn;
        bool heading = p->section < vb_section_count(p->rows.t) &&
                       vb_section(p->rows.t, p->section)->first_word <= row->first_word;
        p->has_estimates |= row->estimated;
        if (i && (begins || heading))
            put(p, "</section>\n");
        put_sections(p, row->first_word);
        if (begins)
            open_turn(p, row);
        else if (heading)
            put(p, "<section class=\"turn\">\n");
        turn = row->turn;
        if (runs_on(p, i) && !heading)
            put_joined(p, row);
        else
            put_row(p, row, begins);
    }
    put(p, p->rows.count ? "</section>\n" : "");
    put_sections(p, UINT32_MAX);
}

static void put_notes(struct page *p)
{
    size_t count;
    const struct vb_footnote *notes = vb_footnotes(p->rows.t, &count);
    if (!count)
        return;
    put(p, "<section aria-labelledby=\"notes\">\n<h2 id=\"notes\">");
    put_text(p, str_of(_("Notes")));
    put(p, "</h2>\n<ol>\n");
    for (size_t i = 0; i < count; i++) {
        buf_printf(p->out, "<li id=\"n%zu\">", i + 1);
        put_text(p, notes[i].text);
        buf_printf(p->out, " <a href=\"#r%zu\" role=\"doc-backlink\"", i + 1);
        xml_attribute(p->out, "aria-label", str_of(_("Back to the text")));
        put(p, ">↩</a></li>\n");
    }
    put(p, "</ol>\n</section>\n");
}

/* ---- the whole ---- */

void page_write(const struct vb_transcript *t, const struct vb_timeline *times,
                struct vb_write_options options, const struct page_sound *sound,
                const char *language, struct buf *out)
{
    struct page p = {.sound = sound, .out = out};
    rows_make(&p.rows, t, times, options);
    put_head(&p, language);
    put(&p, "<header>\n<h1>");
    put_text(&p, vb_title(t).len ? vb_title(t) : str_of(_("Transcript")));
    put(&p, "</h1>\n");
    put_metadata(&p);
    put(&p, "</header>\n");
    put_player(&p);
    put_search(&p);
    put_contents(&p);
    put(&p,
        "<main id=\"transcript\" tabindex=\"-1\" aria-labelledby=\"said\">\n<h2 id=\"said\">");
    put_text(&p, str_of(_("Transcript")));
    put(&p, "</h2>\n");
    put_turns(&p);
    put(&p, "</main>\n");
    put_notes(&p);
    if (p.has_estimates) {
        put(&p, "<footer><p>");
        put_text(&p, str_of(_("≈ marks times that are estimated.")));
        put(&p, "</p></footer>\n");
    }
    put(&p, "<script>\n");
    put(&p, page_script);
    put(&p, "</script>\n</body>\n</html>\n");
    rows_free(&p.rows);
}
