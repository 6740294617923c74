/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/partner.h"

#include <dirent.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "base/str.h"
#include "verbatim/verbatim.h"

/* The first ones go before the later ones where a folder has several. */
static const char sound_endings[] =
    "mp3 ogg oga opus flac wav mp2 m4a aac m4b aif aiff wma mka weba amr 3gp caf au w64 "
    "mp4 m4v webm mkv mov avi ogv mpg mpeg";
static const char text_endings[] = "txt wiki mediawiki html htm vtt webvtt srt ttml dfxp sbv "
                                   "lrc otr trs eaf TextGrid smil docx "
                                   "jsonl json";

static vb_str ending_of(vb_str name)
{
    size_t dot = name.len;
    while (dot > 0 && name.data[dot - 1] != '.')
        dot--;
    return dot ? str_from(name, dot) : VB_STR("");
}

/* "talk" of "talk.mp3" */
static vb_str stem_of(vb_str name)
{
    vb_str ending = ending_of(name);
    return ending.len ? str_cut(name, 0, name.len - ending.len - 1) : name;
}

static int place_in_list(const char *list, vb_str word)
{
    int place = 0;
    for (const char *at = list; at && *at; place++) {
        size_t len = strcspn(at, " ");
        if (len == word.len && strncasecmp(at, word.data, len) == 0)
            return place;
        at = strchr(at, ' ');
        at = at ? at + 1 : NULL;
    }
    return -1;
}

/* "fr", "gsw", "pt-BR" */
static bool is_language(vb_str text)
{
    size_t letters = 0;
    while (letters < text.len && ((text.data[letters] | 0x20) >= 'a') &&
           ((text.data[letters] | 0x20) <= 'z'))
        letters++;
    bool region =
        letters < text.len && (text.data[letters] == '-' || text.data[letters] == '_');
    return (letters == 2 || letters == 3) && (letters == text.len || region);
}

/* "talk" of "talk.fr" */
static vb_str without_language(vb_str stem)
{
    return is_language(ending_of(stem)) ? stem_of(stem) : stem;
}

/* How well a neighbour suits: 0 not at all. The same stem, or the part of it before a language
 * ("talk.fr.txt" beside "talk.mp3"). */
static int rate_partner(vb_str name, vb_str other, const char *endings)
{
    int place = place_in_list(endings, ending_of(other));
    if (place < 0 || str_is(name, other))
        return 0;
    vb_str mine = stem_of(name), theirs = stem_of(other);
    if (str_is(mine, theirs))
        return 200 - place;
    bool same =
        str_is(without_language(mine), theirs) || str_is(mine, without_language(theirs));
    return same ? 100 - place : 0;
}

bool partner_is_named_as_sound(const char *path)
{
    return place_in_list(sound_endings, ending_of(str_of(file_name(path)))) >= 0;
}

bool partner_find(const char *path, struct buf *into)
{
    vb_str name = str_of(file_name(path));
    struct buf folder = {0};
    buf_add(&folder, (vb_str){path, (size_t)(name.data - path)});
    DIR *dir = opendir(folder.len ? folder.data : ".");
    const char *endings = vb_is_sound(path) ? text_endings : sound_endings;
    int best = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        int rating = rate_partner(name, str_of(entry->d_name), endings);
        bool earlier = best && strcmp(entry->d_name, file_name(into->data)) < 0;
        if (!rating || rating < best || (rating == best && !earlier))
            continue; /* of two alike the first by name, whatever order the folder has */
        best = rating;
        buf_clear(into);
        buf_add(into, buf_str(&folder));
        buf_puts(into, entry->d_name);
    }
    if (dir)
        closedir(dir);
    buf_free(&folder);
    return best > 0;
}
