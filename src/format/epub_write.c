/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A publication: the transcript as one chapter, its words or paragraphs tied to the recording
 * by a media overlay. */
#include <stdio.h>

#include "base/i18n.h"
#include "base/str.h"
#include "format/archive.h"
#include "format/page.h"
#include "format/xml.h"

struct book {
    struct rows rows;
    const struct epub_sound *sound;
    const char *language;
    struct buf text, overlay, nav;
    uint32_t section;
    vb_time heard; /* how much of the recording the overlay plays */
    vb_str title;
};

static const char container[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\">\n"
    "  <rootfiles><rootfile full-path=\"EPUB/package.opf\" "
    "media-type=\"application/oebps-package+xml\"/></rootfiles>\n</container>\n";

static const char book_style[] =
    "body{font-family:serif;line-height:1.5}\nh3{font-size:1em;margin:1em 0 0}\n"
    "p{margin:.2em 0 .6em}\n.aside{font-style:italic}\n.now{background:#ffe08a;color:#000}\n";

static void put_head(struct book *b, struct buf *out, vb_str title)
{
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n"
                  "<html xmlns=\"http://www.w3.org/1999/xhtml\" "
                  "xmlns:epub=\"http://www.idpf.org/2007/ops\"");
    xml_attribute(out, "lang", str_of(b->language));
    xml_attribute(out, "xml:lang", str_of(b->language));
    buf_puts(out, ">\n<head>\n<title>");
    xml_put(out, title);
    buf_puts(out, "</title>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n"
                  "</head>\n<body id=\"text\">\n");
}

static bool has_overlay(const struct book *b)
{
    return b->sound->bytes.len > 0;
}

/* ---- the overlay ---- */

static void put_clip(struct book *b, const char *kind, uint32_t number, vb_time start,
                     vb_time end)
{
    buf_printf(&b->overlay, "      <par id=\"o%s%u\"><text src=\"text.xhtml#%s%u\"/>", kind,
               number, kind, number);
    buf_puts(&b->overlay, "<audio");
    xml_attribute(&b->overlay, "src", str_of(b->sound->name));
    buf_puts(&b->overlay, " clipBegin=\"");
    clock_put(&b->overlay, start);
    buf_puts(&b->overlay, "\" clipEnd=\"");
    clock_put(&b->overlay, end);
    buf_puts(&b->overlay, "\"/></par>\n");
    b->heard += end - start;
}

/* An end that is not known is where the next begins, or the recording's. */
static vb_time end_of(const struct book *b, size_t i)
{
    const struct row *row = &b->rows.items[i];
    vb_time end = rows_end(&b->rows, i), duration = b->sound->duration;
    if (end <= row->start && duration != VB_NO_TIME)
        end = duration;
    return duration != VB_NO_TIME && end > duration ? duration : end;
}

static void tie_row(struct book *b, size_t i)
{
    const struct row *row = &b->rows.items[i];
    if (!has_overlay(b) || row->start == VB_NO_TIME || end_of(b, i) <= row->start)
        return;
    put_clip(b, "p", (uint32_t)i + 1, row->start, end_of(b, i));
}

/* Words that all have times are tied each; else the paragraph is, as a whole. */
static bool ties_words(const struct book *b, const struct row *row)
{
    vb_time start, end, last = 0;
    for (uint32_t i = 0; i < row->word_count; i++) {
        uint32_t word = row->first_word + i;
        if (vb_word_marks(b->rows.t, word) & VB_UNSPOKEN)
            continue;
        if (!row_word_times(&b->rows, word, &start, &end) || end == VB_NO_TIME ||
            end <= start || start < last)
            return false;
        last = start;
    }
    return b->rows.options.words && has_overlay(b);
}

/* ---- the text ---- */

static void put_words(struct book *b, const struct row *row, bool tied)
{
    vb_time start, end;
    for (uint32_t i = 0; i < row->word_count; i++) {
        uint32_t word = row->first_word + i;
        uint16_t marks = vb_word_marks(b->rows.t, word);
        if (i && !(marks & VB_GLUED))
            buf_puts(&b->text, marks & VB_NEW_LINE ? "<br/>" : " ");
        bool aside = marks & VB_UNSPOKEN;
        if (aside)
            buf_puts(&b->text, "<span class=\"aside\">");
        else if (tied)
            buf_printf(&b->text, "<span id=\"w%u\">", word + 1);
        xml_put(&b->text, vb_word_text(b->rows.t, word));
        buf_puts(&b->text, aside || tied ? "</span>" : "");
        if (tied && !aside && row_word_times(&b->rows, word, &start, &end))
            put_clip(b, "w", word + 1, start, end);
    }
}

static void put_sections(struct book *b, uint32_t first_word)
{
    while (b->section < vb_section_count(b->rows.t) &&
           vb_section(b->rows.t, b->section)->first_word <= first_word) {
        const struct vb_section *section = vb_section(b->rows.t, b->section++);
        buf_printf(&b->text, "<h2 id=\"s%u\">", b->section);
        xml_put(&b->text, section->title);
        buf_puts(&b->text, "</h2>\n");
        buf_printf(&b->nav, "<li><a href=\"text.xhtml#s%u\">", b->section);
        xml_put(&b->nav, section->title);
        buf_puts(&b->nav, "</a></li>\n");
    }
}

static void put_chapter(struct book *b)
{
    put_head(b, &b->text, b->title);
    buf_puts(&b->text, "<h1>");
    xml_put(&b->text, b->title);
    buf_puts(&b->text, "</h1>\n");
    for (size_t i = 0; i < b->rows.count; i++) {
        const struct row *row = &b->rows.items[i];
        vb_str name = row_speakers(&b->rows, row);
        put_sections(b, row->first_word);
        if (name.len && (!i || row->turn != b->rows.items[i - 1].turn)) {
            buf_puts(&b->text, "<p><strong>");
            xml_put(&b->text, name);
            buf_puts(&b->text, "</strong></p>\n");
        }
        bool tied = ties_words(b, row);
        buf_printf(&b->text, "<p id=\"p%zu\">", i + 1);
        put_words(b, row, tied);
        buf_puts(&b->text, "</p>\n");
        if (!tied)
            tie_row(b, i);
    }
    buf_puts(&b->text, "</body>\n</html>\n");
}

/* ---- the package ---- */

static void put_meta_of_overlay(const struct book *b, struct buf *out)
{
    buf_puts(out, "    <meta property=\"media:duration\" refines=\"#overlay\">");
    clock_put(out, b->heard);
    buf_puts(out, "</meta>\n    <meta property=\"media:duration\">");
    clock_put(out, b->heard);
    buf_puts(out, "</meta>\n    <meta property=\"media:active-class\">now</meta>\n");
}

/* A name that is the same for the same text. */
static void put_identifier(const struct book *b, struct buf *out)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < b->text.len; i++)
        hash = (hash ^ (uint8_t)b->text.data[i]) * 1099511628211u;
    buf_printf(out, "urn:verbatim:%016llx", (unsigned long long)hash);
}

static void put_package(const struct book *b, struct buf *out)
{
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" "
                  "unique-identifier=\"id\">\n"
                  "  <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n"
                  "    <dc:identifier id=\"id\">");
    put_identifier(b, out);
    buf_puts(out, "</dc:identifier>\n    <dc:title>");
    xml_put(out, b->title);
    buf_puts(out, "</dc:title>\n    <dc:language>");
    buf_puts(out, b->language[0] ? b->language : "und");
    buf_puts(out, "</dc:language>\n    <meta property=\"dcterms:modified\">2000-01-01T00:00:00Z"
                  "</meta>\n");
    if (has_overlay(b))
        put_meta_of_overlay(b, out);
    buf_puts(out, "  </metadata>\n  <manifest>\n"
                  "    <item id=\"nav\" href=\"nav.xhtml\" properties=\"nav\" "
                  "media-type=\"application/xhtml+xml\"/>\n"
                  "    <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n"
                  "    <item id=\"text\" href=\"text.xhtml\" "
                  "media-type=\"application/xhtml+xml\"");
    buf_puts(out, has_overlay(b) ? " media-overlay=\"overlay\"/>\n" : "/>\n");
    if (has_overlay(b)) {
        buf_puts(out, "    <item id=\"overlay\" href=\"overlay.smil\" "
                      "media-type=\"application/smil+xml\"/>\n    <item id=\"sound\"");
        xml_attribute(out, "href", str_of(b->sound->name));
        xml_attribute(out, "media-type", str_of(b->sound->type));
        buf_puts(out, "/>\n");
    }
    buf_puts(out, "  </manifest>\n  <spine>\n    <itemref idref=\"text\"/>\n  </spine>\n"
                  "</package>\n");
}

static void put_nav(struct book *b, struct buf *out)
{
    put_head(b, out, b->title);
    buf_puts(out, "<nav epub:type=\"toc\"><ol>\n<li><a href=\"text.xhtml\">");
    xml_put(out, b->title);
    buf_puts(out, "</a></li>\n");
    buf_add(out, buf_str(&b->nav));
    buf_puts(out, "</ol></nav>\n</body>\n</html>\n");
}

static void put_overlay(struct book *b, struct buf *out)
{
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<smil xmlns=\"http://www.w3.org/ns/SMIL\" "
                  "xmlns:epub=\"http://www.idpf.org/2007/ops\" version=\"3.0\">\n  <body>\n"
                  "    <seq id=\"all\" epub:textref=\"text.xhtml#text\">\n");
    buf_add(out, buf_str(&b->overlay));
    buf_puts(out, "    </seq>\n  </body>\n</smil>\n");
}

static void pack(struct book *b, struct buf *out)
{
    struct archive archive = {.out = out};
    struct buf part = {0};
    struct {
        const char *name;
        void (*put)(struct book *b, struct buf *out);
    } parts[] = {
        {"EPUB/nav.xhtml",    put_nav    },
        {"EPUB/overlay.smil", put_overlay}
    };
    char name[300];
    archive_add(&archive, "mimetype", VB_STR("application/epub+zip"));
    archive_add(&archive, "META-INF/container.xml", str_of(container));
    put_package(b, &part);
    archive_add(&archive, "EPUB/package.opf", buf_str(&part));
    for (int i = 0; i < (has_overlay(b) ? 2 : 1); i++) {
        buf_clear(&part);
        parts[i].put(b, &part);
        archive_add(&archive, parts[i].name, buf_str(&part));
    }
    archive_add(&archive, "EPUB/style.css", str_of(book_style));
    archive_add(&archive, "EPUB/text.xhtml", buf_str(&b->text));
    snprintf(name, sizeof name, "EPUB/%s", b->sound->name ? b->sound->name : "");
    if (has_overlay(b))
        archive_add(&archive, name, b->sound->bytes);
    archive_end(&archive);
    buf_free(&part);
}

void epub_write(const struct vb_transcript *t, const struct vb_timeline *times,
                struct vb_write_options options, const struct epub_sound *sound,
                const char *language, struct buf *out)
{
    struct book b = {.sound = sound, .language = language, .title = vb_title(t)};
    if (!b.title.len)
        b.title = str_of(_("Transcript"));
    rows_make(&b.rows, t, times, options);
    static const struct epub_sound silence = {0};
    put_chapter(&b);
    if (!b.overlay.len)
        b.sound = &silence; /* no time is known: there is nothing to tie */
    pack(&b, out);
    rows_free(&b.rows);
    buf_free(&b.text);
    buf_free(&b.overlay);
    buf_free(&b.nav);
}
