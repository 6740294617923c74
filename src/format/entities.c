/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Character references: those that French prose has, and Latin-1 whole. */
#include "format/entities.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

struct entity {
    char name[8];
    uint16_t character;
};

/* Sorted by name: found by halves. */
/* clang-format off */
static const struct entity entities[] = {
    {"AElig", 0xC6}, {"Aacute", 0xC1}, {"Acirc", 0xC2}, {"Agrave", 0xC0}, {"Aring", 0xC5},
    {"Atilde", 0xC3}, {"Auml", 0xC4}, {"Ccedil", 0xC7}, {"Dagger", 0x2021}, {"ETH", 0xD0},
    {"Eacute", 0xC9}, {"Ecirc", 0xCA}, {"Egrave", 0xC8}, {"Euml", 0xCB}, {"Iacute", 0xCD},
    {"Icirc", 0xCE}, {"Igrave", 0xCC}, {"Iuml", 0xCF}, {"Ntilde", 0xD1}, {"OElig", 0x152},
    {"Oacute", 0xD3}, {"Ocirc", 0xD4}, {"Ograve", 0xD2}, {"Oslash", 0xD8}, {"Otilde", 0xD5},
    {"Ouml", 0xD6}, {"Prime", 0x2033}, {"Scaron", 0x160}, {"THORN", 0xDE}, {"Uacute", 0xDA},
    {"Ucirc", 0xDB}, {"Ugrave", 0xD9}, {"Uuml", 0xDC}, {"Yacute", 0xDD}, {"Yuml", 0x178},
    {"aacute", 0xE1}, {"acirc", 0xE2}, {"acute", 0xB4}, {"aelig", 0xE6}, {"agrave", 0xE0},
    {"amp", 0x26}, {"apos", 0x27}, {"aring", 0xE5}, {"atilde", 0xE3}, {"auml", 0xE4},
    {"bdquo", 0x201E}, {"brvbar", 0xA6}, {"bull", 0x2022}, {"ccedil", 0xE7}, {"cedil", 0xB8},
    {"cent", 0xA2}, {"circ", 0x2C6}, {"copy", 0xA9}, {"curren", 0xA4}, {"dagger", 0x2020},
    {"darr", 0x2193}, {"deg", 0xB0}, {"divide", 0xF7}, {"eacute", 0xE9}, {"ecirc", 0xEA},
    {"egrave", 0xE8}, {"emsp", 0x2003}, {"ensp", 0x2002}, {"eth", 0xF0}, {"euml", 0xEB},
    {"euro", 0x20AC}, {"fnof", 0x192}, {"frac12", 0xBD}, {"frac14", 0xBC}, {"frac34", 0xBE},
    {"ge", 0x2265}, {"gt", 0x3E}, {"harr", 0x2194}, {"hellip", 0x2026}, {"iacute", 0xED},
    {"icirc", 0xEE}, {"iexcl", 0xA1}, {"igrave", 0xEC}, {"iquest", 0xBF}, {"iuml", 0xEF},
    {"laquo", 0xAB}, {"larr", 0x2190}, {"ldquo", 0x201C}, {"le", 0x2264}, {"lrm", 0x200E},
    {"lsaquo", 0x2039}, {"lsquo", 0x2018}, {"lt", 0x3C}, {"macr", 0xAF}, {"mdash", 0x2014},
    {"micro", 0xB5}, {"middot", 0xB7}, {"minus", 0x2212}, {"nbsp", 0xA0}, {"ndash", 0x2013},
    {"ne", 0x2260}, {"nnbsp", 0x202F}, {"not", 0xAC}, {"ntilde", 0xF1}, {"oacute", 0xF3},
    {"ocirc", 0xF4}, {"oelig", 0x153}, {"ograve", 0xF2}, {"ordf", 0xAA}, {"ordm", 0xBA},
    {"oslash", 0xF8}, {"otilde", 0xF5}, {"ouml", 0xF6}, {"para", 0xB6}, {"permil", 0x2030},
    {"plusmn", 0xB1}, {"pound", 0xA3}, {"prime", 0x2032}, {"quot", 0x22}, {"raquo", 0xBB},
    {"rarr", 0x2192}, {"rdquo", 0x201D}, {"reg", 0xAE}, {"rlm", 0x200F}, {"rsaquo", 0x203A},
    {"rsquo", 0x2019}, {"sbquo", 0x201A}, {"scaron", 0x161}, {"sect", 0xA7}, {"shy", 0xAD},
    {"sup1", 0xB9}, {"sup2", 0xB2}, {"sup3", 0xB3}, {"szlig", 0xDF}, {"thinsp", 0x2009},
    {"thorn", 0xFE}, {"tilde", 0x2DC}, {"times", 0xD7}, {"trade", 0x2122}, {"uacute", 0xFA},
    {"uarr", 0x2191}, {"ucirc", 0xFB}, {"ugrave", 0xF9}, {"uml", 0xA8}, {"uuml", 0xFC},
    {"yacute", 0xFD}, {"yen", 0xA5}, {"yuml", 0xFF}, {"zwj", 0x200D}, {"zwnj", 0x200C},
};
/* clang-format on */

static int compare(const void *key, const void *row)
{
    return strcmp(key, ((const struct entity *)row)->name);
}

static bool is_alphanumeric(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t named(vb_str text, uint32_t *character)
{
    char name[sizeof entities[0].name + 1] = {0};
    size_t len = 0;
    while (len + 1 < text.len && len < sizeof name && is_alphanumeric(text.data[len + 1]))
        len++;
    if (len == 0 || len >= sizeof name || len + 1 >= text.len || text.data[len + 1] != ';')
        return 0;
    memcpy(name, text.data + 1, len);
    const struct entity *found =
        bsearch(name, entities, COUNT(entities), sizeof entities[0], compare);
    if (!found)
        return 0;
    *character = found->character;
    return len + 2;
}

static int digit_of(char c, int base)
{
    int value = is_digit(c)            ? c - '0'
                : c >= 'a' && c <= 'f' ? c - 'a' + 10
                : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                       : 99;
    return value < base ? value : -1;
}

static size_t numbered(vb_str text, uint32_t *character)
{
    size_t at = 2;
    bool hexadecimal = at < text.len && (text.data[at] == 'x' || text.data[at] == 'X');
    int base = hexadecimal ? 16 : 10;
    at += hexadecimal;
    size_t from = at;
    uint32_t value = 0;
    while (at < text.len && digit_of(text.data[at], base) >= 0 && at - from < 8)
        value = value * (uint32_t)base + (uint32_t)digit_of(text.data[at++], base);
    if (at == from || at >= text.len || text.data[at] != ';')
        return 0;
    bool is_character = value > 0 && value < 0x110000 && (value < 0xD800 || value >= 0xE000);
    *character = is_character ? value : 0xFFFD;
    return at + 1;
}

size_t entity_at(vb_str text, size_t at, uint32_t *character)
{
    text = str_from(text, at);
    if (text.len > 1 && text.data[1] == '#')
        return numbered(text, character);
    return named(text, character);
}
