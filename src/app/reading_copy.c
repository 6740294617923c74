/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/reading_copy.h"

#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "transcript/text.h"

/* ---- HTML ---- */

static void put_escaped(vb_str text, struct buf *out)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '&')
            buf_puts(out, "&amp;");
        else if (c == '<')
            buf_puts(out, "&lt;");
        else if (c == '>')
            buf_puts(out, "&gt;");
        else
            buf_putc(out, c);
    }
}

/* As on the screen: "16:20", and "≈" before what is only estimated. */
static void put_time(const struct vb_timeline *times, uint32_t word, struct buf *out)
{
    if (!times)
        return;
    long seconds = (long)(vb_timeline_start(times, word) / VB_SECOND);
    seconds = seconds < 0 ? 0 : seconds;
    buf_puts(out, " <time>");
    if (vb_timeline_origin(times, word) <= VB_ESTIMATED)
        buf_puts(out, "≈ ");
    if (seconds >= 3600)
        buf_printf(out, "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    else
        buf_printf(out, "%02ld:%02ld", seconds / 60, seconds % 60);
    buf_puts(out, "</time>");
}

static void put_speaker(const struct vb_transcript *t, const struct vb_timeline *times,
                        const struct vb_turn *turn, uint32_t index, struct buf *out)
{
    buf_puts(out, "<p class=\"who\">");
    put_escaped(vb_turn_speakers(t, index), out);
    if (turn->word_count)
        put_time(times, turn->first_word, out);
    buf_puts(out, "</p>\n");
}

static void put_paragraph(const struct vb_transcript *t, const struct vb_timeline *times,
                          uint32_t index, struct buf *out)
{
    const struct vb_paragraph *p = vb_paragraph(t, index);
    struct buf text = {0};
    if (p->turn != VB_NONE && vb_turn(t, p->turn)->first_paragraph == index)
        put_speaker(t, times, vb_turn(t, p->turn), p->turn, out);
    text_of_words(t, p->first_word, p->word_count, &text);
    buf_puts(out, p->kind == VB_STAGE ? "<p dir=\"auto\"><i>" : "<p dir=\"auto\">");
    put_escaped(buf_str(&text), out);
    buf_puts(out, p->kind == VB_STAGE ? "</i></p>\n" : "</p>\n");
    buf_free(&text);
}

static void put_block(const struct vb_transcript *t, const struct vb_timeline *times,
                      struct vb_block block, struct buf *out)
{
    if (block.kind == VB_BLOCK_SECTION) {
        buf_puts(out, "<h2 dir=\"auto\">");
        put_escaped(vb_section(t, block.index)->title, out);
        buf_puts(out, "</h2>\n");
    } else if (block.kind == VB_BLOCK_PARAGRAPH) {
        put_paragraph(t, times, block.index, out);
    }
}

static const char style[] =
    "body { max-width: 40em; margin: 2em auto; padding: 0 1em; line-height: 1.6;\n"
    "       font-family: 'Charis SIL', Charter, Georgia, serif; }\n"
    "h1 { line-height: 1.2; } h2 { margin-top: 2em; }\n"
    ".who { margin: 1.6em 0 0; font: 600 .8em sans-serif; break-after: avoid; }\n"
    ".who + p { margin-top: .2em; } time { font-weight: 400; padding-left: .5em; }\n"
    "dl { font-size: .85em; } dt { float: left; margin-right: .5em; }\n";

static void put_head(const struct vb_transcript *t, struct buf *out)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    buf_puts(out, "<!doctype html>\n<meta charset=\"utf-8\">\n<title>");
    put_escaped(vb_title(t), out);
    buf_printf(out, "</title>\n<style>\n%s</style>\n<h1 dir=\"auto\">", style);
    put_escaped(vb_title(t), out);
    buf_puts(out, "</h1>\n<dl>\n");
    for (size_t i = 0; i < count; i++) {
        buf_puts(out, "<dt>");
        put_escaped(meta[i].label, out);
        buf_puts(out, "</dt><dd dir=\"auto\">");
        put_escaped(meta[i].value, out);
        buf_puts(out, "</dd>\n");
    }
    buf_puts(out, "</dl>\n");
}

void reading_copy_write(const struct vb_transcript *t, const struct vb_timeline *times,
                        struct buf *out)
{
    put_head(t, out);
    for (uint32_t i = 0; i < vb_block_count(t); i++)
        put_block(t, times, vb_block(t, i), out);
}

/* ---- where to ---- */

/* "talk.reading.html", "talk.reading-2.html", …: nothing that is there is replaced. */
static bool free_path(const char *page, struct buf *path)
{
    enum { TRIES = 1000 };
    vb_str stem = str_of(page);
    size_t folder = stem.len - str_of(file_name(page)).len;
    for (size_t dot = stem.len; dot > folder; dot--)
        if (stem.data[dot - 1] == '.' && dot - 1 > folder) {
            stem.len = dot - 1;
            break;
        }
    for (int i = 1; i < TRIES; i++) {
        buf_clear(path);
        buf_add(path, stem);
        buf_puts(path, ".reading");
        if (i > 1)
            buf_printf(path, "-%d", i);
        buf_puts(path, ".html");
        if (!file_exists(path->data))
            return true;
    }
    return false;
}

void reading_copy_save(struct session *s)
{
    struct buf path = {0}, page = {0};
    struct vb_error error = {0};
    if (!s->transcript || !s->document) {
        session_say(s, MESSAGE_INFO, "%s", _("there is no transcript to make a copy of"));
        return;
    }
    reading_copy_write(s->transcript, s->timeline, &page);
    if (!free_path(vb_document_path(s->document), &path))
        session_say(s, MESSAGE_WARNING, "%s",
                    _("there are too many copies of this transcript already"));
    else if (!file_write(path.data, buf_str(&page), &error))
        session_say(s, MESSAGE_WARNING, "%s", error.text);
    else
        session_say(s, MESSAGE_INFO, _("a copy for reading and printing was saved: %s"),
                    path.data);
    buf_free(&path);
    buf_free(&page);
}
