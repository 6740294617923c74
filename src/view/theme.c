/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of colours.  Speakers stand in the order that keeps the first ones farthest apart,
 * also for colour-blind readers (CIEDE2000 over normal, protan, deutan and tritan sight). */
#include "view/theme.h"

#define C(rgb) (0xFF000000u | 0x##rgb)

static const struct palette themes[] = {
    {"light",
     false, false,
     {[BG] = C(FCFBF8),
      [PANEL] = C(F4F2EC),
      [INK] = C(1D2127),
      [INK2] = C(4A5058),
      [INK3] = C(666C75),
      [ACCENT] = C(0B57D0),
      [ON_ACCENT] = C(FFFFFF),
      [FIELD] = C(8D8A82),
      [MATCH] = C(FFE69A),
      [MATCH_LINE] = C(9A6B00),
      [MATCH_HERE] = C(FFC93C),
      [ON_MATCH_HERE] = C(1D2127),
      [SELECTION] = C(CFE1FF),
      [WARN] = C(C2410C),
      [VERIFIED] = C(197D4A),
      [EDITED] = C(7A3FB5),
      [TIP] = C(1D2127),
      [ON_TIP] = C(FCFBF8)},
     {C(0267C7), C(A94608), C(01483E), C(965258), C(4F2C5D), C(384301), C(3C1599), C(52743E),
      C(0C6B4D), C(86281D), C(6E113A), C(085762)},
     {71, 69, 56, 72, 55, 57, 51, 76, 67, 58, 52, 61, 76}},
    {"dark",
     true,  false,
     {[BG] = C(15171C),
      [PANEL] = C(1B1E24),
      [INK] = C(E9E7E2),
      [INK2] = C(B9BCC2),
      [INK3] = C(979CA5),
      [ACCENT] = C(8AB4F8),
      [ON_ACCENT] = C(15171C),
      [FIELD] = C(767C87),
      [MATCH] = C(5A4708),
      [MATCH_LINE] = C(F2C94C),
      [MATCH_HERE] = C(F2C94C),
      [ON_MATCH_HERE] = C(15171C),
      [SELECTION] = C(24406E),
      [WARN] = C(FF9B6A),
      [VERIFIED] = C(6FD19A),
      [EDITED] = C(CBA6F7),
      [TIP] = C(E9E7E2),
      [ON_TIP] = C(15171C)},
     {C(8CBAF7), C(FE9A6C), C(17EACE), C(FDB4B9), C(BC91D0), C(99B234), C(9C95FE), C(AFDA97),
      C(0BC18D), C(F47C6B), C(D88AA2), C(5FC9DB)},
     {49, 51, 43, 45, 57, 55, 57, 43, 54, 59, 57, 48, 60}},
    {"contrast",
     true,  true,
     {[BG] = C(000000),
      [PANEL] = C(000000),
      [INK] = C(FFFFFF),
      [INK2] = C(FFFFFF),
      [INK3] = C(E6E6E6),
      [ACCENT] = C(FFD700),
      [ON_ACCENT] = C(000000),
      [FIELD] = C(FFFFFF),
      [MATCH] = C(004B8D),
      [MATCH_LINE] = C(7FD4FF),
      [MATCH_HERE] = C(FFD700),
      [ON_MATCH_HERE] = C(000000),
      [SELECTION] = C(1A4FA0),
      [WARN] = C(FF8A5C),
      [VERIFIED] = C(7CFFB2),
      [EDITED] = C(D9B8FF),
      [TIP] = C(FFFFFF),
      [ON_TIP] = C(000000)},
     {C(8CBAF7), C(FE9A6C), C(17EACE), C(FDB4B9), C(C9A3DB), C(A9C244), C(ABA5FF), C(AFDA97),
      C(0BD19D), C(FF8C7B), C(E89AB2), C(5FC9DB)},
     {49, 50, 43, 45, 51, 49, 52, 44, 49, 52, 51, 49, 39}},
};

static const char *const token_names[TOKENS] = {
    [BG] = "bg",
    [PANEL] = "panel",
    [INK] = "ink",
    [INK2] = "ink2",
    [INK3] = "ink3",
    [ACCENT] = "accent",
    [ON_ACCENT] = "on-accent",
    [FIELD] = "field",
    [MATCH] = "match",
    [MATCH_LINE] = "match-line",
    [MATCH_HERE] = "match-here",
    [ON_MATCH_HERE] = "on-match-here",
    [SELECTION] = "selection",
    [WARN] = "warn",
    [VERIFIED] = "verified",
    [EDITED] = "edited",
    [TIP] = "tip",
    [ON_TIP] = "on-tip",
};

static const char *const speaker_names[SPEAKER_COLORS] = {
    "speaker1", "speaker2", "speaker3", "speaker4",  "speaker5",  "speaker6",
    "speaker7", "speaker8", "speaker9", "speaker10", "speaker11", "speaker12"};

const struct palette *theme_of(int setting, bool system_is_dark)
{
    if (setting == (int)COUNT(themes)) /* THEME_SYSTEM */
        setting = system_is_dark;
    return &themes[setting >= 0 && (size_t)setting < COUNT(themes) ? setting : 0];
}

size_t theme_count(void)
{
    return COUNT(themes);
}

color theme_speaker(const struct palette *theme, uint32_t speaker)
{
    return speaker == VB_NONE ? theme->tokens[INK3] : theme->speakers[speaker % SPEAKER_COLORS];
}

color theme_unheard(const struct palette *theme, uint32_t speaker)
{
    uint32_t i = speaker == VB_NONE ? SPEAKER_COLORS : speaker % SPEAKER_COLORS;
    return color_mix(theme->tokens[PANEL], theme_speaker(theme, speaker), theme->unheard[i]);
}

const char *theme_color_name(const void *theme, color c)
{
    const struct palette *t = theme;
    for (size_t i = 0; i < TOKENS; i++)
        if (t->tokens[i] == c)
            return token_names[i];
    for (size_t i = 0; i < SPEAKER_COLORS; i++)
        if (t->speakers[i] == c)
            return speaker_names[i];
    return NULL;
}
