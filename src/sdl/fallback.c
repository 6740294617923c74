/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking fontconfig. */
#include "sdl/fallback.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK = 128, BLOCKS = 0x110000 / BLOCK };

static uint8_t keep_font(struct fallbacks *f, const char *path, int index, bool colored)
{
    for (uint8_t i = 0; i < f->count; i++)
        if (f->fonts[i].index == index && !strcmp(f->fonts[i].path, path))
            return i;
    if (f->count == FALLBACKS_MAX)
        return NO_FALLBACK;
    f->fonts[f->count] = (struct fallback_font){strdup(path), index, colored};
    return f->count++;
}

bool fallback_give(struct fallbacks *f, const char *path, int index)
{
    f->given = true;
    return keep_font(f, path, index, strstr(path, "Color") != NULL) != NO_FALLBACK;
}

/* Every font of the system that has the character, in no order. */
static FcFontSet *fonts_with(uint32_t character)
{
    FcPattern *pattern = FcPatternCreate();
    FcCharSet *wanted = FcCharSetCreate();
    FcCharSetAddChar(wanted, character);
    FcPatternAddCharSet(pattern, FC_CHARSET, wanted);
    FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
    FcObjectSet *about = FcObjectSetBuild(FC_FAMILY, FC_FILE, FC_INDEX, FC_WEIGHT, FC_SLANT,
                                          FC_COLOR, FC_SPACING, FC_VARIABLE, (char *)NULL);
    FcFontSet *found = FcFontList(NULL, pattern, about);
    FcObjectSetDestroy(about);
    FcCharSetDestroy(wanted);
    FcPatternDestroy(pattern);
    return found;
}

static int number_of(const FcPattern *font, const char *what, int otherwise)
{
    int value;
    return FcPatternGetInteger(font, what, 0, &value) == FcResultMatch ? value : otherwise;
}

static bool is_so(const FcPattern *font, const char *what)
{
    FcBool value;
    return FcPatternGetBool(font, what, 0, &value) == FcResultMatch && value;
}

/* What speaks for a family. Noto stands first where it is installed: its letters for one script
 * go well together, and its Sans goes with every face of ours. */
static int rate_family(const char *family)
{
    static const struct {
        const char *part;
        int points;
    } parts[] = {
        {"Noto Sans",   60 },
        {"Noto Naskh",  70 }, /* Arabic as it is printed */
        {"Noto",        40 },
        {"Kufi",        -30},
        {"UI",          -2 },
        {"Looped",      -5 },
        {"Display",     -5 },
        {"Mono",        -20},
        {"Nastaliq",    -20},
        {"Math",        -10},
        {"DejaVu Sans", 5  },
        {"Unifont",     -60},
    };
    int points = 0;
    for (size_t i = 0; i < COUNT(parts); i++)
        if (strstr(family, parts[i].part))
            points += parts[i].points;
    return points;
}

enum { EMOJI_FROM = 0x1F000, BEST = 1000 };

/* Colours are for emoji, and the last choice for what is text. -1: it has no name. */
static int rate(const FcPattern *font, uint32_t character)
{
    FcChar8 *family;
    if (FcPatternGetString(font, FC_FAMILY, 0, &family) != FcResultMatch)
        return -1;
    if (is_so(font, FC_COLOR))
        return character >= EMOJI_FROM ? BEST : 0;
    int points = 500 + rate_family((const char *)family);
    points -= abs(number_of(font, FC_WEIGHT, FC_WEIGHT_REGULAR) - FC_WEIGHT_REGULAR) * 2;
    points -= number_of(font, FC_SLANT, FC_SLANT_ROMAN) ? 100 : 0;
    points -= number_of(font, FC_SPACING, FC_PROPORTIONAL) != FC_PROPORTIONAL ? 10 : 0;
    points -= is_so(font, FC_VARIABLE) ? 50 : 0;
    return points > 0 ? points : 0;
}

static const char *path_of(const FcPattern *font)
{
    FcChar8 *path;
    return FcPatternGetString(font, FC_FILE, 0, &path) == FcResultMatch ? (const char *)path
                                                                        : "";
}

/* The best of a set; of two alike the first by path, whatever order they are listed in. */
static const FcPattern *best_of(const FcFontSet *set, uint32_t character)
{
    const FcPattern *best = NULL;
    int most = -1;
    for (int i = 0; i < set->nfont; i++) {
        const FcPattern *font = set->fonts[i];
        int points = rate(font, character);
        bool tie = best && points == most;
        if (points < 0 || points < most || (tie && strcmp(path_of(font), path_of(best)) > 0))
            continue;
        if (tie && !strcmp(path_of(font), path_of(best)) &&
            number_of(font, FC_INDEX, 0) > number_of(best, FC_INDEX, 0))
            continue;
        best = font;
        most = points;
    }
    return best;
}

static uint8_t ask(struct fallbacks *f, uint32_t character)
{
    if (!FcInit())
        return NO_FALLBACK;
    FcFontSet *set = fonts_with(character);
    const FcPattern *best = set ? best_of(set, character) : NULL;
    uint8_t found = NO_FALLBACK;
    if (best)
        found = keep_font(f, path_of(best), number_of(best, FC_INDEX, 0) & 0xFFFF,
                          is_so(best, FC_COLOR));
    if (set)
        FcFontSetDestroy(set);
    return found;
}

uint8_t fallback_for(struct fallbacks *f, uint32_t character)
{
    if (character >= 0x110000 || f->given)
        return NO_FALLBACK;
    if (!f->blocks)
        f->blocks = mem_new(BLOCKS);
    uint8_t *block = &f->blocks[character / BLOCK];
    if (!*block) {
        uint8_t found = ask(f, character);
        *block = found == NO_FALLBACK ? NO_FALLBACK : found + 1;
    }
    return *block == NO_FALLBACK ? NO_FALLBACK : *block - 1;
}

/* So many are asked for and no more: a text of nothing but rare signs must not stall. */
uint8_t fallback_for_stray(struct fallbacks *f, uint32_t character)
{
    if (f->given)
        return NO_FALLBACK;
    for (uint32_t i = 0; i < f->stray_count; i++)
        if (f->strays[i].character == character)
            return f->strays[i].font;
    if (f->stray_count == FALLBACK_STRAYS)
        return NO_FALLBACK;
    uint8_t font = ask(f, character);
    f->strays[f->stray_count++] = (struct fallback_stray){character, font};
    return font;
}

void fallbacks_free(struct fallbacks *f)
{
    for (uint8_t i = 0; i < f->count; i++)
        free(f->fonts[i].path);
    if (f->blocks) /* fontconfig was asked */
        FcFini();
    free(f->blocks);
    *f = (struct fallbacks){0};
}
