/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of a text, by the short words that every sentence of a language has (Ingle
 * 1976), and by its script where that is enough.  A name in the metadata goes first. */
#include "align/language.h"

#include <string.h>
#include <unicase.h>

#include "base/mem.h"
#include "base/str.h"

enum { WORDS_LOOKED_AT = 4000, LONGEST = 24 };

static const struct language {
    const char *code;
    const char *names; /* in metadata, lower case, between spaces */
    const char *words; /* frequent ones, between spaces */
} languages[] = {
    {"fr", " fr français francais french ",
     " le la les de des du et est un une que qui dans pour pas sur vous nous je il elle c'est "
     "ce cette avec au aux mais ou donc ça en on "                                                                        },
    {"en", " en english anglais ",
     " the of and to in is that it was for on are with as his they be at this have from or had "
     "by but not what all were we when your can there which do their you i "                                               },
    {"de", " de deutsch german allemand ",
     " der die das und ist nicht ich ein eine zu den von mit dem sich auf für es im sie wir "
     "auch dass wie an werden aber oder wenn nur habe bei "                                                                },
    {"es", " es español espanol spanish espagnol ",
     " el la los las de y que en un una es por con para no se del al lo como más pero sus le "
     "ya este si porque está yo "                                                                                         },
    {"it", " it italiano italian italien ",
     " il la che di e è un una per non in sono con mi si lo gli del della le da come anche io "
     "ma questo ho più nel alla "                                                                                         },
    {"pt", " pt português portugues portuguese portugais ",
     " o a os as de e que do da em um uma para não com no na por mais se como mas foi ao ele "
     "das dos eu você é "                                                                                                },
    {"nl", " nl nederlands dutch néerlandais ",
     " de het een en van ik te dat is in niet je op zijn met voor er maar om hebben aan ook "
     "als bij naar heeft wat we die "                                                                                      },
    {"da", " da dansk danish danois ",
     " og i at det er en til af den på for ikke der de med som et har jeg om var men vi sig "
     "fra blevet eller alle "                                                                                              },
    {"sv", " sv svenska swedish suédois ",
     " och i att det som en på är av för med den till inte har de om ett men var jag sig från "
     "vi så kan när "                                                                                                    },
    {"pl", " pl polski polish polonais ",
     " i w na nie się z to że do jest o jak a po co tak za od przez ale dla są czy być już "                          },
    {"ru", " ru русский russian russe ",
     " и в не на я что он с как это по но они к у из мы за вы так от же все "},
    {"ca", " ca català catalan ",
     " el la els les de i que en un una és per amb no del al aquest però com més ha són va "
     "molt això "                                                                                                         },
};

static size_t lower(vb_str word, char out[4 * LONGEST])
{
    size_t len = 0;
    for (size_t at = 0; at < word.len && len < 4 * LONGEST - 8;) {
        uint32_t c = str_next(word, &at);
        if (c == 0x2019)
            c = '\'';
        if (is_letter_or_digit(c) || c == '\'')
            len += utf8_put(out + len, uc_tolower(c));
    }
    out[len] = '\0';
    return len;
}

/* Is the word, between spaces, in the list? */
static bool has(const char *list, const char *word)
{
    size_t len = strlen(word);
    for (const char *at = strstr(list, word); len && at; at = strstr(at + 1, word))
        if (at[-1] == ' ' && at[len] == ' ')
            return true;
    return false;
}

const char *language_named(vb_str name)
{
    char word[4 * LONGEST];
    size_t end = 0;
    while (end < name.len && is_letter_or_digit(str_next(str_from(name, end), &(size_t){0})))
        str_next(name, &end);
    lower(str_cut(name, 0, end), word);
    for (size_t i = 0; i < COUNT(languages); i++)
        if (has(languages[i].names, word))
            return languages[i].code;
    return NULL;
}

static const char *language_in_metadata(const struct vb_transcript *t)
{
    static const char labels[] = " lang langue language sprache idioma lingua ";
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    for (size_t i = 0; i < count; i++) {
        char label[4 * LONGEST];
        lower(meta[i].label, label);
        const char *named = has(labels, label) ? language_named(meta[i].value) : NULL;
        if (named)
            return named;
    }
    return NULL;
}

const char *vb_guess_language(const struct vb_transcript *t)
{
    uint32_t hits[COUNT(languages)] = {0}, count = vb_word_count(t);
    uint32_t looked = count < WORDS_LOOKED_AT ? count : WORDS_LOOKED_AT;
    const char *named = language_in_metadata(t);
    size_t best = 0;
    for (uint32_t i = 0; i < looked && !named; i++) {
        char word[4 * LONGEST];
        lower(vb_word_text(t, i), word);
        for (size_t k = 0; k < COUNT(languages); k++)
            hits[k] += has(languages[k].words, word);
    }
    for (size_t k = 1; k < COUNT(languages); k++)
        best = hits[k] > hits[best] ? k : best;
    if (named)
        return named;
    return hits[best] * 12 > looked ? languages[best].code : "";
}
