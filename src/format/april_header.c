/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The header of a page: "Titre :", "Intervenants :", "Durée :" …, up to the heading
 * "Transcription", else up to the last line of that kind before somebody speaks. */
#include "format/april.h"

#include <string.h>

#include "base/i18n.h"
#include "base/str.h"

/* Keys as label_key() makes them: "Intervenant·e·s" is "intervenantes". */
static const struct {
    const char *key;
    enum header_label is;
} labels[] = {
    {"titre",                        LABEL_TITLE   },
    {"intervenant",                  LABEL_SPEAKERS},
    {"intervenante",                 LABEL_SPEAKERS},
    {"intervenants",                 LABEL_SPEAKERS},
    {"intervenantes",                LABEL_SPEAKERS},
    {"durée",                       LABEL_DURATION},
    {"statut",                       LABEL_STATUS  },
    {"lieu",                         LABEL_OTHER   },
    {"date",                         LABEL_OTHER   },
    {"licence",                      LABEL_OTHER   },
    {"licences",                     LABEL_OTHER   },
    {"licence de la transcription",  LABEL_OTHER   },
    {"licences de la transcription", LABEL_OTHER   },
    {"illustration",                 LABEL_OTHER   },
    {"illustrations",                LABEL_OTHER   },
    {"nb",                           LABEL_OTHER   },
    {"média",                       LABEL_OTHER   },
    {"source",                       LABEL_OTHER   },
    {"source de la vidéo",          LABEL_OTHER   },
    {"lien vers la vidéo",          LABEL_OTHER   },
    {"vidéo",                       LABEL_OTHER   },
    {"réalisation",                 LABEL_OTHER   },
    {"diaporama",                    LABEL_OTHER   },
    {"lien vers le podcast",         LABEL_OTHER   },
    {"url",                          LABEL_OTHER   },
};

/* "LABEL : value" at the line's start. */
struct meta {
    enum header_label is;
    vb_str label;
    size_t value_at; /* in the line's text */
};

enum { LABEL_MAX = 80 }; /* bytes */

static bool split_meta(vb_str text, struct meta *meta)
{
    size_t colon = str_find_char(str_cut(text, 0, LABEL_MAX), ':');
    if (colon == STR_NOT_FOUND || str_starts(str_from(text, colon), "://"))
        return false;
    meta->label = str_trim(str_cut(text, 0, colon));
    meta->value_at = colon + 1;
    vb_str rest = str_trim(str_from(text, colon + 1));
    if (rest.len)
        meta->value_at = (size_t)(rest.data - text.data);
    return meta->label.len > 0;
}

static enum header_label known_label(vb_str text)
{
    struct meta meta;
    if (!split_meta(text, &meta))
        return NO_LABEL;
    struct buf key = {0};
    label_key(meta.label, &key);
    enum header_label is = NO_LABEL;
    for (size_t i = 0; i < COUNT(labels) && !is; i++)
        if (str_eq(buf_str(&key), labels[i].key))
            is = labels[i].is;
    buf_free(&key);
    return is;
}

static enum header_label label_of(const struct page *page, size_t line)
{
    const struct line *here = &page->lines.items[line];
    if (here->kind == LINE_GONE || here->kind == LINE_HEADING)
        return NO_LABEL;
    return known_label(line_text(page, here));
}

/* ---- where the header is ---- */

/* A title with other labels near it begins a transcript; "Titre : …" alone may be said. */
static bool begins_transcript(const struct page *page, size_t line)
{
    if (label_of(page, line) != LABEL_TITLE)
        return false;
    for (size_t i = line + 1; i < page->lines.count && i < line + 9; i++)
        if (label_of(page, i) > LABEL_TITLE)
            return true;
    return false;
}

static bool is_start_heading(const struct page *page, size_t i)
{
    const struct line *line = &page->lines.items[i];
    vb_str text = line_text(page, line);
    if (line->kind == LINE_GONE || text.len > 4 * LABEL_MAX)
        return false;
    bool heading = april_undecorate(&text) || line->kind == LINE_HEADING;
    if (!heading && !line_is_alone(page, i))
        return false;
    struct buf key = {0};
    label_key(text, &key);
    bool is = str_eq(buf_str(&key), "transcription") ||
              (heading && str_starts(buf_str(&key), "transcription "));
    buf_free(&key);
    return is;
}

/* Somebody speaks: the header is over. */
static bool is_clearly_a_turn(const struct page *page, size_t i, const struct names *names)
{
    const struct line *line = &page->lines.items[i];
    vb_str text = line_text(page, line);
    struct meta meta;
    if (line->kind == LINE_GONE || line->kind == LINE_HEADING || !split_meta(text, &meta) ||
        meta.value_at >= text.len)
        return false;
    return names_all_known(names, meta.label);
}

/* Without a heading: the last known label, and the lines of its block. */
static size_t end_of_labels(const struct page *page, struct region of,
                            const struct names *names)
{
    size_t end = of.from;
    for (size_t i = of.from; i < of.until && i < end + 40; i++) {
        if (is_clearly_a_turn(page, i, names))
            break;
        if (label_of(page, i))
            end = i + 1;
    }
    while (end > of.from && end < of.until && !page->lines.items[end].opens_block &&
           !is_clearly_a_turn(page, end, names))
        end++;
    return end;
}

/* The first transcript of the page, its lines from the header's first on. */
static struct region first_transcript(const struct page *page, size_t *transcripts)
{
    struct region found = {0, page->lines.count};
    *transcripts = 0;
    for (size_t i = 0; i < page->lines.count; i++) {
        if (!begins_transcript(page, i))
            continue;
        if (++*transcripts == 1)
            found.from = i;
        else if (*transcripts == 2)
            found.until = i;
    }
    /* What stands right before the second header is its heading. */
    while (found.until < page->lines.count && found.until > found.from + 1) {
        const struct line *line = &page->lines.items[found.until - 1];
        vb_str text = line_text(page, line);
        if (line->kind != LINE_HEADING && line->kind != LINE_GONE && !april_undecorate(&text) &&
            !(page->layer == LAYER_RENDERED && line_reads_like_a_title(page, found.until - 1)))
            break;
        found.until--;
    }
    return found;
}

/* ---- reading it ---- */

static bool find_line(const struct page *page, struct region of,
                      bool (*is)(const struct page *, size_t), size_t *line)
{
    for (size_t i = of.from; i < of.until; i++)
        if (is(page, i)) {
            *line = i;
            return true;
        }
    return false;
}

static bool has_label(const struct page *page, size_t line)
{
    return label_of(page, line) != NO_LABEL;
}

struct header {
    struct page *page;
    struct names *names;
    struct builder *b;
    vb_time *duration;
    bool speakers_read; /* ahead of the rest */
};

static void read_duration(struct header *h, vb_str value, struct vb_span span)
{
    if (time_from_duration(value, h->duration))
        builder_duration(h->b, *h->duration);
    else if (value.len)
        builder_note(h->b, VB_INFO, span, _("the duration “%.*s” can't be read as a time"),
                     (int)(value.len < 60 ? value.len : 60), value.data);
}

static void read_value(struct header *h, enum header_label is, vb_str label, vb_str value,
                       vb_str link, struct vb_span span)
{
    builder_meta(h->b, label, value, link, span);
    if (is == LABEL_TITLE)
        builder_title(h->b, value);
    else if (is == LABEL_SPEAKERS && !h->speakers_read)
        names_list(h->names, value);
    else if (is == LABEL_DURATION)
        read_duration(h, value, span);
}

/* "Transcrit MO", "Publié … - mars 2031": a status without its label. */
static bool is_status(vb_str text)
{
    return str_starts(text, "Transcrit ") || str_starts(text, "Publié") ||
           str_starts(text, "Relu ");
}

static void read_unlabelled(struct header *h, const struct line *line)
{
    vb_str text = line_text(h->page, line);
    struct vb_span span = line_part_span(h->page, line, 0, text.len);
    builder_meta(h->b, is_status(text) ? VB_STR("Statut") : VB_STR(""), text,
                 line_link(h->page, line), span);
}

/* A label that we do not know counts when it is bold, or begins a block. */
static bool is_labelled(const struct page *page, const struct line *line, struct meta *meta)
{
    vb_str text = line_text(page, line);
    if (!split_meta(text, meta))
        return false;
    meta->is = known_label(text);
    bool bold = line->bold_len >= meta->label.len;
    struct label_shape shape;
    return meta->is || bold || (line->opens_block && label_shape(text, &shape));
}

/* Reads the line, and the next one where the value stands there. How many were read. */
static size_t read_line(struct header *h, size_t i, size_t until)
{
    const struct line *line = &h->page->lines.items[i];
    if (line->kind == LINE_GONE || line->kind == LINE_HEADING)
        return 1;
    struct meta meta, next;
    if (!is_labelled(h->page, line, &meta)) {
        read_unlabelled(h, line);
        return 1;
    }
    size_t lines = 1;
    vb_str label = meta.label, value = str_from(line_text(h->page, line), meta.value_at);
    size_t from = meta.value_at;
    if (!value.len && !line->link && i + 1 < until && line[1].kind != LINE_HEADING &&
        !is_labelled(h->page, line + 1, &next)) {
        line++;
        lines++;
        from = 0;
        value = line_text(h->page, line);
    }
    read_value(h, meta.is, label, value, line_link(h->page, line),
               line_part_span(h->page, line, from, from + value.len));
    return lines;
}

static void read_lines(struct header *h, struct region lines)
{
    for (size_t i = lines.from; i < lines.until;)
        i += read_line(h, i, lines.until);
}

/* The list of speakers must be known before the end of the header can be told. */
static void read_speakers(struct header *h, struct region of)
{
    for (size_t i = of.from; i < of.until && i < of.from + 40; i++) {
        struct meta meta;
        vb_str text = line_text(h->page, &h->page->lines.items[i]);
        if (label_of(h->page, i) == LABEL_SPEAKERS && split_meta(text, &meta))
            names_list(h->names, str_from(text, meta.value_at));
    }
    h->speakers_read = names_listed(h->names) > 0;
}

static void list_speakers(struct header *h)
{
    for (size_t i = 0; i < names_listed(h->names); i++) {
        const struct person *person = names_person(h->names, i);
        uint32_t speaker = builder_speaker(h->b, person->name);
        struct vb_speaker *row = builder_speaker_row(h->b, speaker);
        row->alias = builder_keep(h->b, person->alias);
        row->role = builder_keep(h->b, person->role);
        row->listed = true;
    }
}

struct page_regions april_read_header(struct page *page, struct names *names, struct builder *b,
                                      vb_time *duration)
{
    struct header h = {page, names, b, duration, false};
    struct page_regions found = {0};
    struct region all = first_transcript(page, &found.transcripts);
    size_t first = all.from, start = all.from;
    page->has_header = find_line(page, all, has_label, &first);
    found.has_start = find_line(page, all, is_start_heading, &start);
    if (page->has_header && found.has_start && first > start)
        page->has_header = false; /* that label is part of what is said */
    found.header = (struct region){page->has_header ? first : start, start};
    found.body = (struct region){found.has_start ? start + 1 : all.from, all.until};
    if (page->has_header && !found.has_start) {
        read_speakers(&h, (struct region){first, all.until});
        found.header.until = end_of_labels(page, (struct region){first, all.until}, names);
        found.body.from = found.header.until;
    }
    if (page->has_header)
        read_lines(&h, found.header);
    list_speakers(&h);
    page->has_header = page->has_header || found.has_start;
    return found;
}

void april_read_rest_of_header(struct page *page, struct region body, struct builder *b)
{
    struct header h = {.page = page, .b = b};
    for (size_t i = body.from; i < body.until && !page->lines.items[i].label_len; i++) {
        struct line *line = &page->lines.items[i];
        bool is_title = i == body.from && line_reads_like_a_title(page, i);
        bool is_stage = str_starts(line_text(page, line), "[");
        if (line->kind == LINE_HEADING || line->kind == LINE_GONE || is_stage ||
            !(page->has_header || is_title))
            continue;
        if (page->has_header)
            read_unlabelled(&h, line);
        else
            builder_title(b, line_text(page, line));
        line->kind = LINE_GONE;
    }
}
