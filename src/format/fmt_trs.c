/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Transcriber's .trs: sections of turns of synchronised text.
 *
 * The text of a Sync is what follows it up to the next one; <Who nb="2"/> gives what follows to
 * the second of the turn's speakers, at the same time. */
#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/clock.h"
#include "format/cues.h"
#include "format/format.h"
#include "format/ids.h"
#include "format/rows.h"
#include "format/timecode.h"
#include "format/tree.h"
#include "format/xml.h"

enum { SPEAKERS_MAX = 16 };

struct trs {
    struct tree tree;
    struct cues cues;
    struct ids people, topics;
    struct pieces pieces;
    vb_str speakers[SPEAKERS_MAX]; /* of the open turn */
    size_t speaker_count, who;     /* who: 0 all of them, else from 1 */
    vb_time start, turn_end;
    struct vb_span span;
    bool turn_begins, waiting; /* waiting: a Sync has begun, its text is still to come */
    size_t titles;             /* bytes: a topic may be the title of many sections */
    struct vb_error *error;
};

static int probe(vb_str text)
{
    text = str_cut(text, 0, 4096);
    if (str_find(text, VB_STR("<Trans ")) == STR_NOT_FOUND &&
        str_find(text, VB_STR("<Trans>")) == STR_NOT_FOUND)
        return 0;
    return 95;
}

static vb_time time_attribute(struct trs *r, uint32_t node, const char *name)
{
    vb_time time;
    vb_str value = node_attribute(&r->tree, node, name);
    if (!value.len)
        return VB_NO_TIME;
    if (clock_number(value, VB_SECOND, &time) && time >= 0)
        return time;
    builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, node)->span,
                 _("“%.*s” is no time; it is read as unknown"),
                 (int)(value.len < 40 ? value.len : 40), value.data);
    return VB_NO_TIME;
}

/* The elements of that name and what their ids stand for. */
static void list_ids(struct trs *r, const char *name, struct ids *ids)
{
    for (uint32_t n = tree_walk(&r->tree, 0, 0); n != NODE_NONE; n = tree_walk(&r->tree, 0, n))
        if (node_is(&r->tree, n, name))
            ids_add(ids, node_attribute(&r->tree, n, "id"), n);
}

/* ---- one synchronised text ---- */

static bool has_words(const struct pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++)
        if (str_trim(pieces->items[i].text).len)
            return true;
    return false;
}

/* A Sync without text is silence. */
static bool flush(struct trs *r, vb_time end)
{
    r->waiting = r->waiting && has_words(&r->pieces);
    if (!r->waiting) {
        r->pieces.count = 0;
        return true;
    }
    bool one = r->who >= 1 && r->who <= r->speaker_count;
    struct cue cue = {
        .start = r->start,
        .end = end,
        .span = r->span,
        .speakers = one ? &r->speakers[r->who - 1] : r->speakers,
        .speaker_count = one ? 1 : r->speaker_count,
        .turns = r->turn_begins,
        .pieces = r->pieces.items,
        .piece_count = r->pieces.count,
    };
    r->turn_begins = r->waiting = false;
    bool added = cues_add(&r->cues, &cue, r->error);
    r->pieces.count = 0;
    return added;
}

static void open_sync(struct trs *r, vb_time start, struct vb_span span)
{
    r->start = start;
    r->span = span;
    r->who = 0;
    r->waiting = true;
}

/* The other speaker, at the same time. */
static bool change_voice(struct trs *r, uint32_t node)
{
    size_t nb = (size_t)strtoul(node_attribute(&r->tree, node, "nb").data, NULL, 10);
    bool done = true;
    if (has_words(&r->pieces)) {
        struct vb_span span = r->span;
        vb_time start = r->start;
        done = flush(r, VB_NO_TIME);
        open_sync(r, start, span);
    }
    r->who = nb;
    return done;
}

/* <Comment desc="…"/> and <Event desc="…"/>: shown, not said. */
static void add_remark(struct trs *r, uint32_t node)
{
    struct buf text = {0};
    vb_str said = node_attribute(&r->tree, node, "desc");
    if (!said.len)
        return;
    buf_puts(&text, " [");
    buf_add(&text, said);
    buf_puts(&text, "] ");
    vec_push(&r->pieces, (struct piece){.text = arena_str(&r->tree.arena, buf_str(&text)),
                                        .span = tree_node(&r->tree, node)->span,
                                        .marks = VB_UNSPOKEN,
                                        .start = VB_NO_TIME,
                                        .end = VB_NO_TIME});
    buf_free(&text);
}

static void add_text(struct trs *r, const struct node *node)
{
    if (!r->waiting && !str_trim(node->text).len)
        return;
    r->waiting = true;
    vec_push(&r->pieces, (struct piece){.text = node->text,
                                        .span = node->span,
                                        .start = VB_NO_TIME,
                                        .end = VB_NO_TIME});
}

static bool take_in_turn(struct trs *r, uint32_t node)
{
    const struct node *n = tree_node(&r->tree, node);
    if (!n->name.len) {
        add_text(r, n);
        return true;
    }
    if (node_is(&r->tree, node, "Sync")) {
        vb_time time = time_attribute(r, node, "time");
        bool done = flush(r, time);
        open_sync(r, time, n->span);
        return done;
    }
    if (node_is(&r->tree, node, "Who"))
        return change_voice(r, node);
    if (node_is(&r->tree, node, "Comment") || node_is(&r->tree, node, "Event"))
        add_remark(r, node);
    return true;
}

/* ---- turns and sections ---- */

static void name_speakers(struct trs *r, uint32_t turn)
{
    vb_str ids = node_attribute(&r->tree, turn, "speaker");
    r->speaker_count = 0;
    while (ids.len && r->speaker_count < SPEAKERS_MAX) {
        size_t space = str_find_char(ids, ' ');
        vb_str id = str_cut(ids, 0, space);
        ids = space == STR_NOT_FOUND ? VB_STR("") : str_from(ids, space + 1);
        if (!id.len)
            continue;
        uint32_t speaker = ids_find(&r->people, id);
        vb_str name =
            speaker == NODE_NONE ? VB_STR("") : node_attribute(&r->tree, speaker, "name");
        if (!name.len)
            builder_note(r->cues.b, VB_WARNING, tree_node(&r->tree, turn)->span,
                         _("“%.*s” is in no list of speakers"),
                         (int)(id.len < 40 ? id.len : 40), id.data);
        r->speakers[r->speaker_count++] = name.len ? name : id;
    }
}

static bool take_turn(struct trs *r, uint32_t turn)
{
    name_speakers(r, turn);
    r->turn_begins = true;
    r->turn_end = time_attribute(r, turn, "endTime");
    r->start = time_attribute(r, turn, "startTime");
    r->span = tree_node(&r->tree, turn)->span;
    for (uint32_t n = tree_node(&r->tree, turn)->first; n != NODE_NONE;
         n = tree_node(&r->tree, n)->next)
        if (!take_in_turn(r, n))
            return false;
    return flush(r, r->turn_end);
}

enum { TITLES_MAX = 64 << 20 };

static bool take_section(struct trs *r, uint32_t section)
{
    vb_str id = node_attribute(&r->tree, section, "topic"), title = VB_STR("");
    uint32_t topic = id.len ? ids_find(&r->topics, id) : NODE_NONE;
    if (topic != NODE_NONE)
        title = node_attribute(&r->tree, topic, "desc");
    vb_str type = node_attribute(&r->tree, section, "type");
    if (!title.len && !str_eq(type, "report"))
        title = type;
    r->titles += title.len;
    if (r->titles > TITLES_MAX)
        return err_set(r->error, VB_UNSUPPORTED, _("more than %d MB of headings"),
                       TITLES_MAX >> 20);
    if (title.len)
        builder_section(r->cues.b, title, 2, time_attribute(r, section, "startTime"),
                        tree_node(&r->tree, section)->span);
    return true;
}

static void take_header(struct trs *r, uint32_t root)
{
    static const char *const kept[] = {"audio_filename", "scribe", "program", "air_date"};
    uint32_t episode = tree_find(&r->tree, root, "Episode");
    for (size_t i = 0; i < COUNT(kept); i++) {
        vb_str value = node_attribute(&r->tree, root, kept[i]);
        if (!value.len && episode != NODE_NONE)
            value = node_attribute(&r->tree, episode, kept[i]);
        if (value.len)
            builder_meta(r->cues.b, str_of(kept[i]), value, VB_STR(""),
                         tree_node(&r->tree, root)->span);
    }
}

static bool read_tree(struct trs *r)
{
    uint32_t root = tree_find(&r->tree, 0, "Trans");
    if (root == NODE_NONE)
        return err_set(r->error, VB_BAD_FORMAT, _("it has no element “%s”"), "Trans");
    take_header(r, root);
    list_ids(r, "Speaker", &r->people);
    list_ids(r, "Topic", &r->topics);
    for (uint32_t n = tree_walk(&r->tree, root, root); n != NODE_NONE;) {
        bool turn = node_is(&r->tree, n, "Turn");
        if (node_is(&r->tree, n, "Section") && !take_section(r, n))
            return false;
        if (turn && !take_turn(r, n))
            return false;
        n = turn ? tree_walk_past(&r->tree, root, n) : tree_walk(&r->tree, root, n);
    }
    return true;
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct trs r = {.cues.b = into, .error = error};
    bool done = tree_read_xml(&r.tree, text, into, error) && read_tree(&r);
    cues_end(&r.cues);
    ids_free(&r.people);
    ids_free(&r.topics);
    free(r.pieces.items);
    tree_free(&r.tree);
    return done;
}

/* ---- writing ---- */

static void put_time(struct buf *out, const char *name, vb_time time)
{
    buf_printf(out, " %s=\"", name);
    time_put_seconds(out, time);
    buf_putc(out, '"');
}

static void put_lists(const struct rows *rows, struct buf *out)
{
    if (vb_section_count(rows->t))
        buf_puts(out, "  <Topics>\n");
    for (uint32_t i = 0; i < vb_section_count(rows->t); i++) {
        buf_printf(out, "    <Topic id=\"to%u\"", i + 1);
        xml_attribute(out, "desc", vb_section(rows->t, i)->title);
        buf_puts(out, "/>\n");
    }
    if (vb_section_count(rows->t))
        buf_puts(out, "  </Topics>\n");
    buf_puts(out, "  <Speakers>\n");
    for (uint32_t i = 0; i < vb_speaker_count(rows->t); i++) {
        buf_printf(out, "    <Speaker id=\"spk%u\"", i + 1);
        xml_attribute(out, "name", vb_speaker(rows->t, i)->name);
        buf_puts(out, " check=\"no\" dialect=\"native\" accent=\"\" scope=\"local\"/>\n");
    }
    buf_puts(out, "  </Speakers>\n");
}

static void open_turn(const struct rows *rows, size_t first, size_t last, struct buf *out)
{
    const struct row *row = &rows->items[first];
    buf_puts(out, "<Turn");
    put_time(out, "startTime", row->start);
    put_time(out, "endTime", rows_end(rows, last));
    const struct vb_turn *turn = row->turn == VB_NONE ? NULL : vb_turn(rows->t, row->turn);
    for (uint32_t i = 0; turn && i < turn->speaker_count; i++)
        buf_printf(out, "%sspk%u", i ? " " : " speaker=\"",
                   vb_turn_speaker(rows->t, row->turn, i) + 1);
    buf_puts(out, turn && turn->speaker_count ? "\">\n" : ">\n");
}

static bool has_letter(vb_str word)
{
    for (size_t at = 0; at < word.len;)
        if (uc_is_alnum(str_next(word, &at)))
            return true;
    return false;
}

/* Words that are only shown are comments; a sign that stands alone ("…") is no word. */
static bool is_comment(const struct rows *rows, uint32_t word)
{
    return vb_word_marks(rows->t, word) & VB_UNSPOKEN &&
           has_letter(vb_word_text(rows->t, word));
}

static void put_words(const struct rows *rows, const struct row *row, struct buf *out)
{
    struct buf text = {0};
    uint32_t until = row->first_word + row->word_count;
    for (uint32_t word = row->first_word; word < until;) {
        bool shown = is_comment(rows, word);
        uint32_t from = word;
        while (word < until && is_comment(rows, word) == shown)
            word++;
        struct row run = {.first_word = from, .word_count = word - from};
        buf_clear(&text);
        row_text(rows, &run, &text);
        vb_str said = buf_str(&text);
        if (shown && str_starts(said, "[") && str_ends(said, "]"))
            said = str_cut(said, 1, said.len - 1);
        if (shown) {
            buf_puts(out, "<Comment");
            xml_attribute(out, "desc", said);
            buf_puts(out, "/>\n");
        } else {
            xml_put(out, said);
            buf_putc(out, '\n');
        }
    }
    buf_free(&text);
}

static size_t last_of_turn(const struct rows *rows, size_t first, size_t until)
{
    size_t last = first;
    while (last + 1 < until && rows->items[last + 1].turn == rows->items[first].turn)
        last++;
    return last;
}

static void put_turns(const struct rows *rows, size_t from, size_t until, struct buf *out)
{
    for (size_t i = from; i < until;) {
        size_t last = last_of_turn(rows, i, until);
        open_turn(rows, i, last, out);
        for (; i <= last; i++) {
            const struct row *row = &rows->items[i];
            buf_puts(out, "<Sync");
            put_time(out, "time", row->start);
            buf_puts(out, "/>\n");
            put_words(rows, row, out);
            /* silence up to the next text is a Sync of its own */
            if (row->end != VB_NO_TIME && i < last && row->end < rows->items[i + 1].start) {
                buf_puts(out, "<Sync");
                put_time(out, "time", row->end);
                buf_puts(out, "/>\n\n");
            }
        }
        buf_puts(out, "</Turn>\n");
    }
}

/* The first row that stands behind the section's heading. */
static size_t first_row_of(const struct rows *rows, uint32_t section)
{
    if (section >= vb_section_count(rows->t))
        return rows->count;
    uint32_t word = vb_section(rows->t, section)->first_word;
    size_t low = 0, high = rows->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows->items[middle].first_word < word)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void put_section(const struct rows *rows, size_t from, size_t until, uint32_t topic,
                        struct buf *out)
{
    if (from >= until)
        return;
    buf_puts(out, "<Section type=\"report\"");
    if (topic)
        buf_printf(out, " topic=\"to%u\"", topic);
    put_time(out, "startTime", rows->items[from].start);
    put_time(out, "endTime", rows_end(rows, until - 1));
    buf_puts(out, ">\n");
    put_turns(rows, from, until, out);
    buf_puts(out, "</Section>\n");
}

static void put_episode(const struct rows *rows, struct buf *out)
{
    buf_puts(out, "  <Episode");
    xml_attribute(out, "program", vb_title(rows->t));
    buf_puts(out, ">\n");
    put_section(rows, 0, first_row_of(rows, 0), 0, out);
    for (uint32_t i = 0; i < vb_section_count(rows->t); i++)
        put_section(rows, first_row_of(rows, i), first_row_of(rows, i + 1), i + 1, out);
    buf_puts(out, "  </Episode>\n");
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct rows rows;
    rows_make(&rows, t, times, options);
    bool known = rows_all_start(&rows, error);
    if (known) {
        buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                      "<!DOCTYPE Trans SYSTEM \"trans-14.dtd\">\n"
                      "<Trans version=\"1\">\n");
        put_lists(&rows, out);
        put_episode(&rows, out);
        buf_puts(out, "</Trans>\n");
    }
    rows_free(&rows);
    return known;
}

const struct vb_format fmt_trs = {
    .name = "trs",
    .extensions = "trs",
    .summary = N_("Transcriber"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_METADATA | VB_LOSES_LINES |
              VB_LOSES_OVERLAP,
    .keeps_title = true,
};
