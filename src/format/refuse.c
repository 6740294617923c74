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

/* The line "Publié [URL ici] - mois année" that a published page is replaced by. */
static bool is_pointer(vb_str text)
{
    vb_str line;
    for (size_t at = 0; str_line(text, &at, &line);) {
        line = str_trim(line);
        while (line.len && strchr("'<>bp", line.data[0]) && line.data[0])
            line = str_from(line, 1);
        if (str_starts(line, "Publié"))
            return true;
    }
    return false;
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
    {is_empty,     N_("the text is empty; was the page saved whole?")                    },
    {is_binary,    N_("this is no text; a transcript is a text file or a saved web page")},
    {is_subtitles, N_("this looks like subtitles; no reader for them knows this form")   },
    {is_json,      N_("this looks like JSON, but like no transcript in it that is known")},
    {is_xml,       N_("this looks like XML, but like no transcript in it that is known") },
    {is_pointer,
     N_("this page only points to where the transcript was published; the transcript "
        "is in an older revision of the page: open its history")                         },
    {has_header,   N_("the page has a header, but nobody speaks below it; is the transcript in "
                    "another revision of the page?")                     },
    {is_html,      N_("no turn was found in this web page; a speaker's name stands in bold, with a "
                 "colon, before what is said")                              },
    {is_anything,
     N_("this looks like ordinary text: no line begins with a speaker's name, as in "
        "“Anne Martin : Bonjour”")                                                   },
};

bool refuse_text(vb_str text, struct vb_error *error)
{
    vb_str start = str_cut(text, 0, LOOK_AT);
    size_t i = 0;
    while (!reasons[i].fits(i ? start : text))
        i++;
    return err_set(error, VB_BAD_FORMAT, "%s", _(reasons[i].sentence));
}
