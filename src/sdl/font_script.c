/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of Unicode and their scripts. */
#include "sdl/font_script.h"

#include <unictype.h>

#include "base/mem.h"

static const struct script {
    uint32_t first, last;
    const char *name;
} scripts[] = {
    {0x0370,  0x03FF,  "Grek"},
    {0x0400,  0x052F,  "Cyrl"},
    {0x0530,  0x058F,  "Armn"},
    {0x0590,  0x05FF,  "Hebr"},
    {0x0600,  0x06FF,  "Arab"},
    {0x0700,  0x074F,  "Syrc"},
    {0x0750,  0x077F,  "Arab"},
    {0x0780,  0x07BF,  "Thaa"},
    {0x07C0,  0x07FF,  "Nkoo"},
    {0x0800,  0x083F,  "Samr"},
    {0x0860,  0x086F,  "Syrc"},
    {0x0870,  0x08FF,  "Arab"},
    {0x0900,  0x097F,  "Deva"},
    {0x0980,  0x09FF,  "Beng"},
    {0x0A00,  0x0A7F,  "Guru"},
    {0x0A80,  0x0AFF,  "Gujr"},
    {0x0B00,  0x0B7F,  "Orya"},
    {0x0B80,  0x0BFF,  "Taml"},
    {0x0C00,  0x0C7F,  "Telu"},
    {0x0C80,  0x0CFF,  "Knda"},
    {0x0D00,  0x0D7F,  "Mlym"},
    {0x0D80,  0x0DFF,  "Sinh"},
    {0x0E00,  0x0E7F,  "Thai"},
    {0x0E80,  0x0EFF,  "Laoo"},
    {0x0F00,  0x0FFF,  "Tibt"},
    {0x1000,  0x109F,  "Mymr"},
    {0x10A0,  0x10FF,  "Geor"},
    {0x1100,  0x11FF,  "Hang"},
    {0x1200,  0x139F,  "Ethi"},
    {0x13A0,  0x13FF,  "Cher"},
    {0x1400,  0x167F,  "Cans"},
    {0x1780,  0x17FF,  "Khmr"},
    {0x1800,  0x18AF,  "Mong"},
    {0x18B0,  0x18FF,  "Cans"},
    {0x1C90,  0x1CBF,  "Geor"},
    {0x1F00,  0x1FFF,  "Grek"},
    {0x2D30,  0x2D7F,  "Tfng"},
    {0x2D80,  0x2DDF,  "Ethi"},
    {0x2E80,  0x2FDF,  "Hani"},
    {0x3040,  0x309F,  "Hira"},
    {0x30A0,  0x30FF,  "Kana"},
    {0x3100,  0x312F,  "Bopo"},
    {0x3130,  0x318F,  "Hang"},
    {0x31F0,  0x31FF,  "Kana"},
    {0x3400,  0x4DBF,  "Hani"},
    {0x4E00,  0x9FFF,  "Hani"},
    {0xA000,  0xA4CF,  "Yiii"},
    {0xA8E0,  0xA8FF,  "Deva"},
    {0xAA60,  0xAA7F,  "Mymr"},
    {0xAC00,  0xD7FF,  "Hang"},
    {0xF900,  0xFAFF,  "Hani"},
    {0xFB1D,  0xFB4F,  "Hebr"},
    {0xFB50,  0xFDFF,  "Arab"},
    {0xFE70,  0xFEFE,  "Arab"},
    {0x1E900, 0x1E95F, "Adlm"},
    {0x20000, 0x3FFFF, "Hani"},
};

const char *script_of(uint32_t character)
{
    size_t low = 0, high = COUNT(scripts);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (character > scripts[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < COUNT(scripts) && character >= scripts[low].first ? scripts[low].name : NULL;
}

bool script_is_silent(uint32_t c)
{
    bool joins = c == 0x200C || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F);
    bool tones = c >= 0x1F3FB && c <= 0x1F3FF, tags = c >= 0xE0020 && c <= 0xE01EF;
    return joins || tones || tags;
}

bool script_clings(uint32_t c)
{
    return c >= 0x300 &&
           (script_is_silent(c) || uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M));
}
