/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes of an unknown encoding become text, and every part of it is found again in the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <unistr.h>

#include "base/encoding.h"
#include "base/mem.h"
#include "base/str.h"

/* A text with NULs in it. */
#define BYTES(literal) ((vb_str){literal, sizeof(literal) - 1})

static const struct {
    const char *what;
    vb_str bytes;
    enum encoding encoding;
    const char *text;
} cases[] = {
    {"plain",             BYTES("Bonjour"),                           ENC_UTF8,         "Bonjour"         },
    {"empty",             BYTES(""),                                  ENC_UTF8,         ""                },
    {"UTF-8",             BYTES("d\xC3\xA9j\xC3\xA0"),                ENC_UTF8,         "déjà"          },
    {"UTF-8 with a mark", BYTES("\xEF\xBB\xBF\xC3\xA9t\xC3\xA9"),     ENC_UTF8,         "été"           },
    {"UTF-8 cut short",   BYTES("d\xC3\xA9j\xC3\xA0 \xC3\xA9t\xC3"),  ENC_UTF8,         "déjà ét\uFFFD"},
    {"one odd byte",      BYTES("\xC3\xA9\xC3\xA9 \xE9 \xC3\xA9"),    ENC_UTF8,         "éé \uFFFD é"  },
    {"windows-1252",      BYTES("l\x92\xC9tat co\xFBte 5 \x80 \x85"), ENC_WINDOWS_1252,
     "l’État coûte 5 € …"                                                                         },
    {"1252's five holes", BYTES("\xE9 \x81\x8D\x8F\x90\x9D"),         ENC_WINDOWS_1252,
     "é \uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"                                                                  },
    {"UTF-16, marked",    BYTES("\xFF\xFE\xE9\0t\0"),                 ENC_UTF16LE,      "ét"             },
    {"UTF-16, big end",   BYTES("\xFE\xFF\0\xE9\0t"),                 ENC_UTF16BE,      "ét"             },
    {"UTF-16, no mark",   BYTES("O\0u\0i\0 \0!\0"),                   ENC_UTF16LE,      "Oui !"           },
    {"UTF-16, neither",   BYTES("\0O\0u\0i\0 \0!"),                   ENC_UTF16BE,      "Oui !"           },
    {"a pair",            BYTES("\xFF\xFE\x3C\xD8\x99\xDF"),          ENC_UTF16LE,      "🎙"            },
    {"half a pair",       BYTES("\xFF\xFE\x3C\xD8t\0\x99\xDF"),       ENC_UTF16LE,      "\uFFFDt\uFFFD"   },
    {"half a unit",       BYTES("\xFF\xFEt\0\xE9"),                   ENC_UTF16LE,      "t\uFFFD"         },
    {"noise",             BYTES("\x80\xFE\xC3\x28\xFF"),              ENC_WINDOWS_1252, "€þÃ(ÿ"      },
};

static void every_encoding_is_guessed_and_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t bom;
        struct buf text = {0};
        enum encoding encoding = encoding_guess(cases[i].bytes, &bom);
        encoding_decode(cases[i].bytes, bom, encoding, &text);
        if (encoding != cases[i].encoding || !str_eq(buf_str(&text), cases[i].text))
            fail_msg("%s: %s, \"%s\"", cases[i].what, encoding_name(encoding),
                     buf_str(&text).data);
        buf_free(&text);
    }
}

/* Each character of the text, alone, must decode from the very bytes it is said to stand in;
 * and the spans must cover the file without a gap. */
static void check_way_back(vb_str bytes, const char *what)
{
    size_t bom;
    enum encoding encoding = encoding_guess(bytes, &bom);
    struct buf text = {0}, alone = {0};
    struct encoding_map map;
    encoding_decode(bytes, bom, encoding, &text);
    encoding_map_make(&map, bytes, bom, encoding);
    size_t expected_at = bom;
    for (size_t at = 0, next = 0; at < text.len; at = next) {
        str_next(buf_str(&text), &next);
        struct vb_span span =
            encoding_file_span(&map, (struct vb_span){(uint32_t)at, (uint32_t)(next - at)});
        buf_clear(&alone);
        encoding_decode(str_cut(bytes, span.at, span.at + span.len), 0, encoding, &alone);
        if (span.at != expected_at ||
            !str_is(buf_str(&alone), str_cut(buf_str(&text), at, next)))
            fail_msg("%s: the text at %zu is not at %u+%u", what, at, span.at, span.len);
        expected_at = span.at + span.len;
    }
    assert_int_equal(expected_at, bytes.len);
    encoding_map_free(&map);
    buf_free(&text);
    buf_free(&alone);
}

static void every_character_is_found_again_in_the_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check_way_back(cases[i].bytes, cases[i].what);
}

static void the_way_back_is_exact_far_into_a_large_file(void **state)
{
    (void)state;
    struct buf bytes = {0};
    for (int i = 0; i < 20000; i++) /* beyond a mark; windows-1252, so that lengths differ */
        buf_add(&bytes, VB_STR("\xE9t\xE9 \x80."));
    check_way_back(buf_str(&bytes), "large");
    struct encoding_map map;
    encoding_map_make(&map, buf_str(&bytes), 0, ENC_WINDOWS_1252);
    uint32_t one = (uint32_t)strlen("été €."); /* each takes 6 bytes of the file */
    struct vb_span span = encoding_file_span(&map, (struct vb_span){19999 * one, one});
    assert_int_equal(span.at, 19999 * 6);
    assert_int_equal(span.len, 6);
    span =
        encoding_file_span(&map, (struct vb_span){UINT32_MAX - 1, 1}); /* nonsense is clamped */
    assert_int_equal(span.at + span.len, bytes.len);
    encoding_map_free(&map);
    buf_free(&bytes);
}

static void what_is_decoded_is_always_valid(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        char noise[24];
        for (size_t i = 0; i < sizeof noise; i++)
            noise[i] = (char)((seed = seed * 1664525 + 1013904223) >> 24);
        for (int encoding = ENC_UTF8; encoding <= ENC_UTF16BE; encoding++) {
            struct buf text = {0};
            encoding_decode((vb_str){noise, sizeof noise}, 0, (enum encoding)encoding, &text);
            assert_null(u8_check((const uint8_t *)text.data, text.len));
            buf_free(&text);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_encoding_is_guessed_and_read),
        cmocka_unit_test(every_character_is_found_again_in_the_file),
        cmocka_unit_test(the_way_back_is_exact_far_into_a_large_file),
        cmocka_unit_test(what_is_decoded_is_always_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
