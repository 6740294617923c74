/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was found, as one page for a browser: each finding with the words around it, and a
 * button that plays from two seconds before. */
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "cli/check_out.h"

enum { AROUND = 12 }; /* words of context on each side */

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1d2127;--dim:#4a5058;--bg:#fcfbf8;--line:#8d8a82;"
    "--bad:#c2410c;--go:#0b57d0}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e9e7e2;--dim:#b9bcc2;--bg:#15171c;"
    "--line:#767c87;--bad:#ff9b6a;--go:#8ab4f8}}"
    "body{background:var(--bg);color:var(--ink);font:18px/1.6 Charis SIL,Georgia,serif;"
    "max-width:46rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.5rem;line-height:1.25}audio{width:100%;position:sticky;top:0}"
    "ol{padding:0;list-style:none}li{border-top:1px solid var(--line);padding:.8rem 0}"
    ".why{font:600 15px/1.4 Inter,system-ui,sans-serif}.why b{color:var(--bad)}"
    ".name,.sum{color:var(--dim);font:14px/1.4 Inter,system-ui,sans-serif}"
    "mark{background:none;color:inherit;text-decoration:underline wavy var(--bad) 2px;"
    "text-underline-offset:4px}"
    "button{font:600 14px Inter,system-ui,sans-serif;color:var(--go);background:none;"
    "border:1px solid var(--go);border-radius:6px;min-height:28px;padding:2px 10px;"
    "cursor:pointer}button:focus-visible{outline:2px solid var(--go);outline-offset:2px}"
    "table{border-collapse:collapse}td,th{text-align:left;padding:.2rem 1rem .2rem 0}";

static const char script[] =
    "const a=document.querySelector('audio');let stop=0;"
    "a&&a.addEventListener('timeupdate',()=>{if(stop&&a.currentTime>=stop){a.pause();stop=0}});"
    "document.querySelectorAll('button[data-from]').forEach(b=>b.addEventListener('click',()=>{"
    "a.currentTime=+b.dataset.from;stop=+b.dataset.to;a.play()}));";

static void put_html(struct buf *out, vb_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.data[i]) {
        case '<':
            buf_puts(out, "&lt;");
            break;
        case '>':
            buf_puts(out, "&gt;");
            break;
        case '&':
            buf_puts(out, "&amp;");
            break;
        case '"':
            buf_puts(out, "&quot;");
            break;
        default:
            buf_putc(out, text.data[i]);
        }
    }
}

static void put_words(const struct vb_transcript *t, uint32_t from, uint32_t until,
                      struct buf *out)
{
    for (uint32_t i = from; i < until; i++) {
        buf_puts(out, i > from ? " " : "");
        put_html(out, vb_word_text(t, i));
    }
}

/* The words that are meant, marked among those around them. */
static void put_context(const struct vb_transcript *t, const struct vb_finding *f,
                        struct buf *out)
{
    uint32_t count = vb_word_count(t), from = f->first_word, until = from + f->word_count;
    uint32_t shown = until - from > 60 ? from + 60 : until;
    buf_puts(out, "<p>");
    buf_puts(out, from ? "… " : "");
    put_words(t, from > AROUND ? from - AROUND : 0, from, out);
    buf_puts(out, " <mark>");
    put_words(t, from, shown, out);
    buf_puts(out, "</mark> ");
    put_words(t, shown, shown + AROUND < count ? shown + AROUND : count, out);
    buf_puts(out, shown < count ? " …</p>" : "</p>");
}

static void put_button(const struct vb_finding *f, struct buf *out)
{
    double from = (double)f->start / (double)VB_SECOND - 2;
    double to = (double)f->end / (double)VB_SECOND + 1;
    buf_printf(out, "<button data-from=\"%.2f\" data-to=\"%.2f\">▶ ", from < 0 ? 0 : from, to);
    check_put_clock(f->start, out);
    buf_puts(out, "</button> ");
}

static void put_finding(const struct check_result *r, const struct vb_finding *f,
                        struct buf *out)
{
    buf_printf(out, "<li class=\"%s\"><p class=why>", vb_level_name(f->level));
    if (r->sound && f->start != VB_NO_TIME)
        put_button(f, out);
    put_html(out, f->text);
    buf_printf(out, " <span class=name>[%s]</span></p>", f->check);
    if (f->word_count)
        put_context(vb_document_transcript(r->document), f, out);
    buf_puts(out, "</li>\n");
}

static void put_row(vb_str name, struct vb_word_errors e, struct buf *out)
{
    buf_puts(out, "<tr><th scope=row>");
    put_html(out, name);
    buf_printf(out, "<td>%u<td>%u<td>%u<td>%u<td>%.1f %%</tr>\n", e.words, e.substituted,
               e.only_here, e.only_there, 100 * vb_word_error_rate(e));
}

static void put_table(const struct check_result *r, struct buf *out)
{
    const struct vb_transcript *t = vb_document_transcript(r->document);
    buf_printf(out,
               "<table><thead><tr><th scope=col>%s<th scope=col>%s<th scope=col>%s"
               "<th scope=col>%s<th scope=col>%s<th scope=col>%s</tr></thead><tbody>",
               _("voice"), _("words"), _("other"), _("only here"), _("only there"),
               _("differ"));
    put_row(str_of(_("in all")), vb_word_errors(r->comparison), out);
    for (uint32_t i = 0; i < vb_speaker_count(t); i++)
        if (vb_speaker(t, i)->words)
            put_row(vb_speaker(t, i)->name, vb_word_errors_of(r->comparison, i), out);
    buf_puts(out, "</tbody></table>\n");
}

static void put_head(const struct check_result *r, struct buf *out)
{
    const struct vb_transcript *t = vb_document_transcript(r->document);
    vb_str title = vb_title(t).len ? vb_title(t) : str_of(file_name(r->path));
    buf_printf(out,
               "<!doctype html>\n<html lang=\"%s\"><head><meta charset=utf-8>"
               "<meta name=viewport content=\"width=device-width,initial-scale=1\"><title>",
               _("en"));
    put_html(out, title);
    buf_printf(out, "</title><style>%s</style></head>\n<body><h1>", style);
    put_html(out, title);
    buf_puts(out, "</h1>\n");
    if (r->sound) {
        buf_puts(out, "<audio controls preload=metadata src=\"");
        put_html(out, str_of(file_name(r->sound)));
        buf_puts(out, "\"></audio>\n");
    }
}

void check_put_page(const struct check_result *r, struct buf *out)
{
    put_head(r, out);
    size_t count = check_count(r);
    buf_puts(out, "<p class=sum>");
    buf_printf(out, P_("%zu place to look at", "%zu places to look at", count), count);
    buf_puts(out, "</p>\n");
    if (r->comparison)
        put_table(r, out);
    buf_puts(out, "<ol>\n");
    for (size_t i = 0; i < vb_finding_count(r->findings); i++)
        if (vb_finding(r->findings, i)->level >= r->level)
            put_finding(r, vb_finding(r->findings, i), out);
    buf_puts(out, "</ol>\n");
    if (r->sound)
        buf_printf(out, "<script>%s</script>\n", script);
    buf_puts(out, "</body></html>\n");
}
