/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contrast, computed from the tables as WCAG 2.2 says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "app/settings.h"
#include "view/theme.h"

static double channel(color c, int shift)
{
    double value = (c >> shift & 255) / 255.;
    return value <= .04045 ? value / 12.92 : pow((value + .055) / 1.055, 2.4);
}

static double luminance(color c)
{
    return .2126 * channel(c, 16) + .7152 * channel(c, 8) + .0722 * channel(c, 0);
}

static double contrast(color a, color b)
{
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + .05) / (y + .05) : (y + .05) / (x + .05);
}

static void check(const struct palette *p, color ink, color ground, double least)
{
    double found = contrast(ink, ground);
    if (found < least)
        fail_msg("%s: #%06X on #%06X has %.2f, not %.1f", p->name, (unsigned)(ink & 0xFFFFFF),
                 (unsigned)(ground & 0xFFFFFF), found, least);
}

static void all_text_can_be_read(void **state)
{
    (void)state;
    static const struct {
        enum token ink, ground;
        double least;
    } pairs[] = {
        {INK,           BG,         7  },
        {INK,           PANEL,      7  },
        {INK2,          BG,         7  },
        {INK2,          PANEL,      7  },
        {INK3,          BG,         4.5},
        {INK3,          PANEL,      4.5},
        {ACCENT,        BG,         4.5},
        {ACCENT,        PANEL,      4.5},
        {ON_ACCENT,     ACCENT,     4.5},
        {ON_TIP,        TIP,        7  },
        {WARN,          BG,         4.5},
        {WARN,          PANEL,      4.5},
        {VERIFIED,      BG,         4.5},
        {VERIFIED,      PANEL,      4.5},
        {EDITED,        BG,         4.5},
        {EDITED,        PANEL,      4.5},
        {INK,           MATCH,      7  },
        {INK2,          MATCH,      4.5},
        {INK,           SELECTION,  7  },
        {INK2,          SELECTION,  4.5},
        {MATCH_LINE,    BG,         3  },
        {MATCH_LINE,    MATCH,      3  },
        {ON_MATCH_HERE, MATCH_HERE, 7  },
        {ACCENT,        BG,         3  },
        {FIELD,         BG,         3  },
        {FIELD,         PANEL,      3  },
    };
    for (size_t i = 0; i < theme_count(); i++) {
        const struct palette *p = theme_of((int)i, false);
        for (size_t k = 0; k < COUNT(pairs); k++)
            check(p, p->tokens[pairs[k].ink], p->tokens[pairs[k].ground], pairs[k].least);
    }
}

static void speakers_can_be_read_as_text_and_stand_out_as_bars(void **state)
{
    (void)state;
    for (size_t i = 0; i < theme_count(); i++) {
        const struct palette *p = theme_of((int)i, false);
        for (uint32_t speaker = 0; speaker < SPEAKER_COLORS; speaker++) {
            color c = theme_speaker(p, speaker), card = color_mix(p->tokens[BG], c, 6);
            check(p, c, p->tokens[BG], 4.5);
            check(p, c, card, 4.5);
            check(p, c, p->tokens[PANEL], 3);
        }
    }
}

/* What was not heard yet is seen, and seen to be another thing than what was. */
static void columns_not_heard_yet_stand_out_too(void **state)
{
    (void)state;
    for (size_t i = 0; i < theme_count(); i++) {
        const struct palette *p = theme_of((int)i, false);
        for (uint32_t speaker = 0; speaker <= SPEAKER_COLORS; speaker++) {
            uint32_t whose = speaker == SPEAKER_COLORS ? VB_NONE : speaker;
            color pale = theme_unheard(p, whose);
            check(p, pale, p->tokens[PANEL], 3);
            check(p, pale, theme_speaker(p, whose), 1.5);
        }
    }
}

static void words_on_every_mark_can_be_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < theme_count(); i++) {
        const struct palette *p = theme_of((int)i, false);
        for (uint32_t speaker = 0; speaker < SPEAKER_COLORS; speaker++) {
            color c = theme_speaker(p, speaker), card = color_mix(p->tokens[BG], c, 6);
            check(p, p->tokens[INK], color_mix(card, c, 24), 7);
            check(p, p->tokens[INK], color_mix(card, p->tokens[INK], 8), 7);
        }
    }
}

static void speakers_beyond_the_table_share_colours(void **state)
{
    (void)state;
    const struct palette *p = theme_of(0, false);
    assert_int_equal(theme_speaker(p, SPEAKER_COLORS + 3), theme_speaker(p, 3));
    assert_int_equal(theme_speaker(p, VB_NONE), p->tokens[INK3]);
}

/* High contrast means 7 for every letter, and colours that are none of the ground's. */
static void high_contrast_is_higher(void **state)
{
    (void)state;
    const struct palette *p = theme_of(THEME_CONTRAST, false);
    static const enum token inks[] = {INK, INK2, INK3, ACCENT, WARN, VERIFIED, EDITED, FIELD};
    for (size_t i = 0; i < COUNT(inks); i++)
        check(p, p->tokens[inks[i]], p->tokens[BG], 7);
    for (uint32_t speaker = 0; speaker < SPEAKER_COLORS; speaker++)
        check(p, theme_speaker(p, speaker), p->tokens[BG], 7);
}

static void the_system_s_theme_is_light_or_dark(void **state)
{
    (void)state;
    assert_string_equal(theme_of(THEME_SYSTEM, false)->name, "light");
    assert_string_equal(theme_of(THEME_SYSTEM, true)->name, "dark");
}

static void a_setting_that_is_no_theme_gives_the_light_one(void **state)
{
    (void)state;
    assert_ptr_equal(theme_of(-1, false), theme_of(0, false));
    assert_ptr_equal(theme_of(99, false), theme_of(0, false));
    assert_string_equal(theme_of(1, false)->name, "dark");
}

static void colours_have_names_in_dumps(void **state)
{
    (void)state;
    const struct palette *p = theme_of(0, false);
    assert_string_equal(theme_color_name(p, p->tokens[INK2]), "ink2");
    assert_string_equal(theme_color_name(p, p->speakers[1]), "speaker2");
    assert_null(theme_color_name(p, 0x12345678));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_text_can_be_read),
        cmocka_unit_test(speakers_can_be_read_as_text_and_stand_out_as_bars),
        cmocka_unit_test(columns_not_heard_yet_stand_out_too),
        cmocka_unit_test(words_on_every_mark_can_be_read),
        cmocka_unit_test(speakers_beyond_the_table_share_colours),
        cmocka_unit_test(high_contrast_is_higher),
        cmocka_unit_test(the_system_s_theme_is_light_or_dark),
        cmocka_unit_test(a_setting_that_is_no_theme_gives_the_light_one),
        cmocka_unit_test(colours_have_names_in_dumps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
