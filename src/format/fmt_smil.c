/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SMIL file, as DAISY books and EPUB's media overlays have it.  Its texts stand in files
 * beside it; what we write has them inside, as the addresses "data:,text". */
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/format.h"
#include "format/rows.h"
#include "format/smil.h"
#include "format/xml.h"

static int probe(vb_str text)
{
    text = str_cut(text, 0, 4096);
    return str_find(text, VB_STR("<smil")) != STR_NOT_FOUND ? 95 : 0;
}

static bool read(vb_str text, struct builder *into, struct vb_error *error)
{
    struct smil smil = {.cues.b = into};
    struct tree tree;
    bool done =
        tree_read_xml(&tree, text, into, error) && smil_read(&smil, &tree, VB_STR(""), error);
    smil_end(&smil);
    tree_free(&tree);
    return done;
}

/* ---- writing ---- */

/* What may stand in an address; the rest as %C3%A9. */
static void put_address(vb_str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit((char)c) ||
                     c == '-' || c == '_' || c == '.' || c == '~';
        if (plain)
            buf_putc(out, (char)c);
        else
            buf_printf(out, "%%%02X", c);
    }
}

static vb_str audio_of(const struct vb_transcript *t)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    for (size_t i = 0; i < count; i++)
        if (str_eq(meta[i].label, "audio") || str_eq(meta[i].label, "media") ||
            str_eq(meta[i].label, "audio_filename"))
            return meta[i].value;
    return VB_STR("");
}

static void put_clock(const char *name, vb_time time, struct buf *out)
{
    if (time == VB_NO_TIME)
        return;
    buf_printf(out, " %s=\"", name);
    clock_put(out, time);
    buf_putc(out, '"');
}

static void put_row(const struct rows *rows, const struct row *row, vb_str audio,
                    struct buf *text, struct buf *out)
{
    buf_clear(text);
    row_text(rows, row, text);
    buf_printf(out, "      <par id=\"p%u\">\n        <text", row->paragraph + 1);
    xml_attribute(out, "author", row_speakers(rows, row));
    buf_puts(out, " src=\"data:,");
    put_address(buf_str(text), out);
    buf_puts(out, "\"/>\n");
    if (row->start != VB_NO_TIME) {
        buf_puts(out, "        <audio");
        xml_attribute(out, "src", audio);
        put_clock("clipBegin", row->start, out);
        put_clock("clipEnd", row->end, out);
        buf_puts(out, "/>\n");
    }
    buf_puts(out, "      </par>\n");
}

static bool write(const struct vb_transcript *t, const struct vb_timeline *times,
                  struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct rows rows;
    struct buf text = {0};
    (void)error;
    rows_make(&rows, t, times, options);
    buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                  "<smil xmlns=\"http://www.w3.org/ns/SMIL\" version=\"3.0\">\n"
                  "  <body>\n    <seq>\n");
    for (size_t i = 0; i < rows.count; i++)
        put_row(&rows, &rows.items[i], audio_of(t), &text, out);
    buf_puts(out, "    </seq>\n  </body>\n</smil>\n");
    buf_free(&text);
    rows_free(&rows);
    return true;
}

const struct vb_format fmt_smil = {
    .name = "smil",
    .extensions = "smil",
    .summary = N_("SMIL, the media overlays of EPUB and DAISY"),
    .probe = probe,
    .read = read,
    .write = write,
    .losses = VB_LOSES_WORD_TIMES | VB_LOSES_CONFIDENCE | VB_LOSES_SECTIONS | VB_LOSES_MARKERS |
              VB_LOSES_FOOTNOTES | VB_LOSES_EMPHASIS | VB_LOSES_STAGE | VB_LOSES_METADATA |
              VB_LOSES_JOINT,
};
