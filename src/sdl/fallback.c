/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking fontconfig, and knowing which scripts need shaping. */
#include "sdl/fallback.h"

#include <fontconfig/fontconfig.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK = 128, BLOCKS = 0x110000 / BLOCK };

static uint8_t keep_font(struct fallbacks *f, const char *path, int index)
{
    for (uint8_t i = 0; i < f->count; i++)
        if (f->fonts[i].index == index && !strcmp(f->fonts[i].path, path))
            return i;
    if (f->count == FALLBACKS_MAX)
        return NO_FALLBACK;
    f->fonts[f->count] = (struct fallback_font){strdup(path), index};
    return f->count++;
}

/* Noto stands first where it is installed: its letters for one script go well together. */
static FcPattern *pattern_for(uint32_t character)
{
    FcPattern *pattern = FcPatternCreate();
    FcCharSet *wanted = FcCharSetCreate();
    FcCharSetAddChar(wanted, character);
    FcPatternAddCharSet(pattern, FC_CHARSET, wanted);
    FcCharSetDestroy(wanted);
    FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)"Noto Sans");
    FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
    FcPatternAddBool(pattern, FC_COLOR, FcFalse);
    FcConfigSubstitute(NULL, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    return pattern;
}

static bool has_character(const FcPattern *font, uint32_t character)
{
    FcCharSet *has;
    return FcPatternGetCharSet(font, FC_CHARSET, 0, &has) == FcResultMatch &&
           FcCharSetHasChar(has, character);
}

static uint8_t ask(struct fallbacks *f, uint32_t character)
{
    if (!FcInit())
        return NO_FALLBACK;
    FcPattern *pattern = pattern_for(character);
    FcResult result;
    FcPattern *font = FcFontMatch(NULL, pattern, &result);
    FcChar8 *path;
    int index = 0;
    uint8_t found = NO_FALLBACK;
    if (font && has_character(font, character) &&
        FcPatternGetString(font, FC_FILE, 0, &path) == FcResultMatch) {
        FcPatternGetInteger(font, FC_INDEX, 0, &index);
        found = keep_font(f, (const char *)path, index & 0xFFFF);
    }
    if (font)
        FcPatternDestroy(font);
    FcPatternDestroy(pattern);
    return found;
}

uint8_t fallback_for(struct fallbacks *f, uint32_t character)
{
    if (character >= 0x110000)
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

void fallbacks_free(struct fallbacks *f)
{
    for (uint8_t i = 0; i < f->count; i++)
        free(f->fonts[i].path);
    if (f->blocks) /* fontconfig was asked */
        FcFini();
    free(f->blocks);
    *f = (struct fallbacks){0};
}

static const struct script {
    uint32_t first, last;
    const char *name;
    bool right_to_left;
} scripts[] = {
    {0x0590, 0x05FF, "Hebr", true },
    {0x0600, 0x06FF, "Arab", true },
    {0x0700, 0x074F, "Syrc", true },
    {0x0750, 0x077F, "Arab", true },
    {0x0780, 0x07BF, "Thaa", true },
    {0x07C0, 0x07FF, "Nkoo", true },
    {0x08A0, 0x08FF, "Arab", true },
    {0x0900, 0x097F, "Deva", false},
    {0x0980, 0x09FF, "Beng", false},
    {0x0A00, 0x0A7F, "Guru", false},
    {0x0A80, 0x0AFF, "Gujr", false},
    {0x0B00, 0x0B7F, "Orya", false},
    {0x0B80, 0x0BFF, "Taml", false},
    {0x0C00, 0x0C7F, "Telu", false},
    {0x0C80, 0x0CFF, "Knda", false},
    {0x0D00, 0x0D7F, "Mlym", false},
    {0x0D80, 0x0DFF, "Sinh", false},
    {0x0E00, 0x0E7F, "Thai", false},
    {0x0E80, 0x0EFF, "Laoo", false},
    {0x0F00, 0x0FFF, "Tibt", false},
    {0x1000, 0x109F, "Mymr", false},
    {0x1780, 0x17FF, "Khmr", false},
    {0x1100, 0x11FF, "Hang", false},
    {0xAC00, 0xD7FF, "Hang", false},
    {0xFB1D, 0xFB4F, "Hebr", true },
    {0xFB50, 0xFDFF, "Arab", true },
    {0xFE70, 0xFEFF, "Arab", true },
};

const char *script_of(uint32_t character, bool *right_to_left)
{
    for (size_t i = 0; i < COUNT(scripts); i++) {
        if (character < scripts[i].first || character > scripts[i].last)
            continue;
        *right_to_left = scripts[i].right_to_left;
        return scripts[i].name;
    }
    *right_to_left = false;
    return NULL;
}
