/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wiki's own furniture in text copied from a browser: known by its words, dropped from what
 * is shown, kept in the file. */
#include "format/april.h"

#include <string.h>

#include "base/str.h"

enum where { IS, STARTS, HOLDS };
enum then { DROP, DROP_REST };

static const struct {
    enum where where;
    enum then then;
    const char *words;
} chrome[] = {
    {IS,     DROP,      "De April MediaWiki"                                },
    {IS,     DROP,      "De Wiki de l'April"                                },
    {IS,     DROP,      "+"                                                 },
    {IS,     DROP,      "-"                                                 },
    {IS,     DROP,      "−"                                               },
    {STARTS, DROP,      "Révision datée du "                              },
    {STARTS, DROP,      "Version du "                                       },
    {STARTS, DROP,      "Version actuelle datée du "                       },
    {STARTS, DROP,      "(diff) ←"                                        },
    {STARTS, DROP,      "Aller à la navigation"                            },
    {STARTS, DROP,      "Aller à la recherche"                             },
    {STARTS, DROP,      "Aller à :"                                        },
    {STARTS, DROP,      "Sauter à la navigation"                           },
    {STARTS, DROP,      "La version imprimable n’est plus prise en charge"},
    {STARTS, DROP,      "La version imprimable n'est plus prise en charge"  },
    {STARTS, DROP,      "(Une version intermédiaire"                       },
    {HOLDS,  DROP,      "versions intermédiaires "                         },
    {STARTS, DROP_REST, "Récupérée de « "                               },
    {STARTS, DROP_REST, "Récupérée de \""                                },
    {STARTS, DROP,      "[[Catégorie:"                                     },
    {IS,     DROP,      "Catégorie : Transcriptions"                       },
    {IS,     DROP,      "Catégorie: Transcriptions"                        },
    {IS,     DROP_REST, "Menu de navigation"                                },
};

static bool matches(enum where where, vb_str text, const char *words)
{
    switch (where) {
    case IS:
        return str_eq(text, words);
    case STARTS:
        return str_starts(text, words);
    case HOLDS:
        return text.len < 200 && text.len && text.data[0] == '(' &&
               str_find(text, str_of(words)) != STR_NOT_FOUND;
    }
    return false;
}

/* "Ligne 80 :", and two of them where the columns were copied side by side. */
static bool is_line_number(vb_str text)
{
    if (!str_starts(text, "Ligne "))
        return false;
    size_t at = 6;
    while (at < text.len && is_digit(text.data[at]))
        at++;
    vb_str rest = str_trim(str_from(text, at));
    if (at == 6 || !str_starts(rest, ":"))
        return false;
    rest = str_trim(str_from(rest, 1));
    return !rest.len || is_line_number(rest);
}

/* What the line is; -1: no furniture. */
static int find_row(vb_str text)
{
    for (size_t i = 0; i < COUNT(chrome); i++)
        if (matches(chrome[i].where, text, chrome[i].words))
            return (int)i;
    return -1;
}

/* "Version du 20 mars 2018 à 03:38" does; what is said about a version does not. */
static bool has_clock(vb_str text)
{
    for (size_t at = 2; at + 2 < text.len; at++)
        if (text.data[at] == ':' && is_digit(text.data[at - 1]) && is_digit(text.data[at + 1]))
            return true;
    return false;
}

bool april_is_comparison(vb_str source)
{
    size_t line_numbers = 0;
    vb_str line;
    for (size_t at = 0; line_numbers < 2 && str_line(source, &at, &line);) {
        line = str_trim(line);
        line_numbers += str_starts(line, "Différences entre les versions de ") ? 2 : 0;
        line_numbers += is_line_number(line);
    }
    return line_numbers >= 2;
}

void april_drop_chrome(struct page *page)
{
    bool rest = false;
    for (size_t i = 0; i < page->lines.count; i++) {
        struct line *line = &page->lines.items[i];
        vb_str text = line_text(page, line);
        int row = rest ? -1 : find_row(text);
        if (row >= 0 && str_starts(text, "Version ") && !has_clock(text))
            continue;
        rest = rest || (row >= 0 && chrome[row].then == DROP_REST);
        if (row >= 0 || rest)
            line->kind = LINE_GONE;
    }
    /* The page's own title is copied with it, above the first furniture. */
    if (page->lines.count > 1 && page->lines.items[1].kind == LINE_GONE)
        page->title = line_text(page, &page->lines.items[0]);
}
