/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a text is that is no transcript: the first test that fits gives the sentence. */
#include "format/refuse.h"

#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

/* What a text is shows in its first part. */
enum { LOOK_AT = 64 * 1024 };

static bool is_empty(vb_str text)
{
    return str_trim(text).len == 0;
}

static bool is_binary(vb_str text)
{
    size_t odd = 0, seen = 0;
    for (size_t at = 0; at < text.len; seen++) {
        uint32_t c = str_next(text, &at);
        odd += c == 0xFFFD || (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f');
    }
    return odd * 10 > seen;
}

static bool is_json(vb_str text)
{
    text = str_trim(text);
    if (!str_starts(text, "{") && !str_starts(text, "["))
        return false;
    vb_str inside = str_trim(str_from(text, 1));
    return str_starts(inside, "\"") || str_starts(inside, "{") || str_starts(inside, "[") ||
           str_starts(inside, "}");
}

static size_t count(vb_str text, const char *what)
{
    size_t found = 0, at;
    for (; (at = str_find(text, str_of(what))) != STR_NOT_FOUND; found++)
        text = str_from(text, at + strlen(what));
    return found;
}

static bool is_broken_vtt(vb_str text)
{
    return str_find(str_cut(text, 0, 40), VB_STR("WEBVTT")) != STR_NOT_FOUND;
}

/* SubStation Alpha. */
static bool is_ass(vb_str text)
{
    return str_starts(str_trim(text), "[Script Info]") ||
           str_find(text, VB_STR("\nDialogue: ")) != STR_NOT_FOUND;
}

/* "{0}{50}Bonjour": MicroDVD counts frames of its video. */
static bool is_in_frames(vb_str text)
{
    size_t at = 0, parts = 0;
    text = str_trim(text);
    for (; parts < 2 && at < text.len && text.data[at] == '{'; parts++) {
        size_t from = ++at;
        while (at < text.len && is_digit(text.data[at]))
            at++;
        if (at == from || at >= text.len || text.data[at] != '}')
            return false;
        at++;
    }
    return parts == 2;
}

static bool is_subtitles(vb_str text)
{
    return count(text, "-->") > 2 + count(text, "<!--") && count(text, ":") > 4;
}

static bool is_xml(vb_str text)
{
    text = str_trim(text);
    return str_starts(text, "<?xml") && str_find(text, VB_STR("<html")) == STR_NOT_FOUND;
}

static bool is_html(vb_str text)
{
    vb_str start = str_cut(text, 0, 1024);
    return str_find(start, VB_STR("<html")) != STR_NOT_FOUND ||
           str_find(start, VB_STR("<!DOCTYPE html")) != STR_NOT_FOUND ||
           str_find(start, VB_STR("<!doctype html")) != STR_NOT_FOUND;
}

/* The rest of the line from `at` on; a web page has everything in one. */
static vb_str short_line(vb_str text, size_t at)
{
    vb_str line;
    str_line(text, &at, &line);
    return str_cut(line, 0, 400);
}

/* At the start of a line or right behind a tag: what else stands before it is prose. */
static bool begins_there(vb_str text, size_t at)
{
    while (at > 0 && (text.data[at - 1] == ' ' || text.data[at - 1] == '\''))
        at--;
    return at == 0 || text.data[at - 1] == '\n' || text.data[at - 1] == '\r' ||
           text.data[at - 1] == '>';
}

/* "Publié [URL ici] - mois année", which a published page is replaced by. */
static vb_str pointer_line(vb_str text)
{
    const vb_str word = VB_STR("Publié");
    size_t at = 0, found;
    while ((found = str_find(str_from(text, at), word)) != STR_NOT_FOUND) {
        vb_str line = short_line(text, at + found);
        if (begins_there(text, at + found) && (str_find(line, VB_STR("ici")) != STR_NOT_FOUND ||
                                               str_find(line, VB_STR("http")) != STR_NOT_FOUND))
            return line;
        at += found + word.len;
    }
    return VB_STR("");
}

static bool is_pointer(vb_str text)
{
    return pointer_line(text).len > 0;
}

/* Where the line leads; empty: copied text has lost it. */
static vb_str pointer_target(vb_str text)
{
    vb_str line = pointer_line(text);
    size_t at = str_find(line, VB_STR("http")), len = 0;
    if (at == STR_NOT_FOUND)
        return VB_STR("");
    vb_str target = str_from(line, at);
    while (len < target.len && target.data[len] && !strchr(" ]\"'<>|", target.data[len]))
        len++;
    return str_cut(target, 0, len);
}

static bool has_header(vb_str text)
{
    return str_find(text, VB_STR("Titre :")) != STR_NOT_FOUND ||
           str_find(text, VB_STR("Titre\u00A0:")) != STR_NOT_FOUND ||
           str_find(text, VB_STR("Titre&#160;:")) != STR_NOT_FOUND;
}

static bool is_anything(vb_str text)
{
    (void)text;
    return true;
}

static const struct {
    bool (*fits)(vb_str text);
    const char *sentence;
} reasons[] = {
    {is_empty,      N_("the text is empty; was the page saved whole?")                    },
    {is_binary,     N_("this is no text; a transcript is a text file or a saved web page")},
    {is_broken_vtt, N_("this is nearly WebVTT: such a file must begin with a line “WEBVTT”, "
                       "with nothing before "
                       "the word and a space or nothing behind it")    },
    {is_ass,
     N_("these are subtitles of SubStation Alpha (.ass), which are not read; convert them to "
        "SubRip first, for example with: ffmpeg -i FILE.ass subtitles.srt")               },
    {is_in_frames,
     N_("these subtitles count the frames of their video (MicroDVD), and no times; "
        "convert them to SubRip with its frame rate first")                               },
    {is_subtitles,  N_("this looks like subtitles; no reader for them knows this form")   },
    {is_json,       N_("this looks like JSON, but like no transcript in it that is known")},
    {is_xml,        N_("this looks like XML, but like no transcript in it that is known") },
    {has_header,    N_("the page has a header, but nobody speaks below it; is the transcript in "
                    "another revision of the page?")                      },
    {is_html,       N_("no turn was found in this web page; a speaker's name stands in bold, with a "
                 "colon, before what is said")                               },
    {is_anything,
     N_("this looks like ordinary text: no line begins with a speaker's name, as in "
        "“Anne Martin : Bonjour”")                                                    },
};

static bool refuse_pointer(vb_str text, struct vb_error *error)
{
    vb_str target = pointer_target(text);
    if (!target.len)
        target = str_of(_("where the transcript was published"));
    return err_set(error, VB_BAD_FORMAT,
                   _("this page only points to %.*s; the transcript is in an older revision of "
                     "the page: open its history"),
                   (int)(target.len < 200 ? target.len : 200), target.data);
}

bool refuse_text(vb_str text, struct vb_error *error)
{
    vb_str start = str_cut(text, 0, LOOK_AT);
    if (is_pointer(start))
        return refuse_pointer(start, error);
    size_t i = 0;
    while (!reasons[i].fits(i ? start : text))
        i++;
    return err_set(error, VB_BAD_FORMAT, "%s", _(reasons[i].sentence));
}

bool refuse_is_prose(vb_str text)
{
    size_t i = 0;
    while (!reasons[i].fits(text))
        i++;
    return reasons[i].fits == is_anything && !is_pointer(text);
}
