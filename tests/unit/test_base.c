/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views of text, text that grows, memory, and sentences of error. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/vec.h"

static void assert_str(vb_str got, const char *expected)
{
    if (!str_eq(got, expected))
        fail_msg("\"%.*s\" is not \"%s\"", (int)got.len, got.data, expected);
}

/* ---- views ---- */

static void a_cut_beyond_the_end_is_clamped(void **state)
{
    (void)state;
    vb_str text = str_of("abc");
    assert_str(str_cut(text, 1, 99), "bc");
    assert_str(str_cut(text, 99, 2), "");
    assert_str(str_from(text, 99), "");
    assert_str(str_of(NULL), "");
    assert_str(str_cut((vb_str){NULL, 0}, 0, 3), "");
}

static void beginnings_ends_and_places_are_found(void **state)
{
    (void)state;
    vb_str text = str_of("talk.fr.txt");
    assert_true(str_starts(text, "talk") && !str_starts(text, "talk.fr.txt.gz"));
    assert_true(str_ends(text, ".txt") && !str_ends(text, "x.talk.fr.txt"));
    assert_int_equal(str_find(text, VB_STR(".fr")), 4);
    assert_int_equal(str_find(text, VB_STR("")), 0);
    assert_true(str_find(text, VB_STR(".de")) == STR_NOT_FOUND);
    assert_true(str_find((vb_str){NULL, 0}, VB_STR("a")) == STR_NOT_FOUND);
    assert_int_equal(str_find_char(text, 't'), 0);
    assert_true(str_find_char(text, '!') == STR_NOT_FOUND);
}

static void white_space_of_any_width_is_trimmed(void **state)
{
    (void)state;
    assert_str(str_trim(str_of(" \t\u00a0\u202f\u2009\u200b Bonjour à tous\u3000\r\n")),
               "Bonjour à tous");
    assert_str(str_trim(str_of("\u00a0\u202f ")), "");
    assert_str(str_trim(str_of("")), "");
}

static void broken_bytes_are_trimmed_without_harm(void **state)
{
    (void)state;
    /* A space of three bytes with bytes too many behind it: no end of a space. */
    assert_str(str_trim(str_of("a\xE3\x80\x80\x80")), "a\xE3\x80\x80\x80");
    assert_str(str_trim(str_of("a\xC2\xA0\x80")), "a\xC2\xA0\x80");
    for (unsigned first = 0x80; first < 0x100; first++)
        for (unsigned second = 0x80; second < 0x100; second++) {
            char text[] = {'a', (char)first, (char)second, (char)second, (char)first, 0};
            assert_true(str_trim(str_of(text)).len >= 1);
        }
}

static void every_byte_is_passed_once(void **state)
{
    (void)state;
    vb_str text = str_of("é\xFF\xE2\x82|\xF0\x9F\x8E\x99");
    const uint32_t expected[] = {0xE9, 0xFFFD, 0xFFFD, '|', 0x1F399};
    size_t at = 0;
    for (size_t i = 0; i < COUNT(expected); i++)
        assert_int_equal(str_next(text, &at), expected[i]);
    assert_int_equal(at, text.len);
    assert_int_equal(str_next(text, &at), 0);
    assert_int_equal(at, text.len);
}

static void the_character_before_ends_where_it_is_asked(void **state)
{
    (void)state;
    vb_str text = str_of("aé🎙");
    assert_int_equal(str_before(text, 0), 0);
    assert_int_equal(str_before(text, 1), 'a');
    assert_int_equal(str_before(text, 2), 0xFFFD); /* inside the é */
    assert_int_equal(str_before(text, 3), 0xE9);
    assert_int_equal(str_before(text, text.len), 0x1F399);
}

static void letters_of_all_scripts_count_and_signs_do_not(void **state)
{
    (void)state;
    const uint32_t letters[] = {'a', 'Z', '7', 0xE9, 0x152, 0x3B1, 0x5D0, 0x4E2D, 0x301};
    const uint32_t signs[] = {'-', 0xAB, 0x2019, 0x2026, 0xB7, 0x1F399, 0xFE0F, 0xFFFD, 0};
    for (size_t i = 0; i < COUNT(letters); i++)
        assert_true(is_letter_or_digit(letters[i]));
    for (size_t i = 0; i < COUNT(signs); i++)
        assert_false(is_letter_or_digit(signs[i]));
}

static void lines_end_in_any_of_three_ways(void **state)
{
    (void)state;
    vb_str text = str_of("one\r\ntwo\rthree\n\nfive"), line;
    const char *const expected[] = {"one", "two", "three", "", "five"};
    size_t at = 0;
    for (size_t i = 0; i < COUNT(expected); i++) {
        assert_true(str_line(text, &at, &line));
        assert_str(line, expected[i]);
    }
    assert_false(str_line(text, &at, &line));
}

/* Byte by byte, as it is said in str.h. */
static vb_str line_at(vb_str text, size_t *at)
{
    size_t from = *at, end = from;
    while (end < text.len && text.data[end] != '\n' && text.data[end] != '\r')
        end++;
    *at = end + (end < text.len);
    if (end + 1 < text.len && text.data[end] == '\r' && text.data[end + 1] == '\n')
        ++*at;
    return str_cut(text, from, end);
}

static void a_line_of_any_length_ends_where_its_bytes_say(void **state)
{
    (void)state;
    static char bytes[4096];
    srand(3);
    for (int round = 0; round < 300; round++) {
        size_t len = (unsigned)rand() % sizeof bytes, rare = 1 + (unsigned)rand() % 700;
        for (size_t i = 0; i < len; i++)
            bytes[i] = (unsigned)rand() % rare ? 'a' : "\r\n"[rand() % 2];
        vb_str text = {bytes, len}, line;
        size_t at = 0, wanted_at = 0;
        while (str_line(text, &at, &line)) {
            vb_str wanted = line_at(text, &wanted_at);
            assert_ptr_equal(line.data, wanted.data);
            assert_int_equal(line.len, wanted.len);
            assert_int_equal(at, wanted_at);
        }
        assert_int_equal(at, len);
    }
}

static void every_character_is_written_and_read_as_unicode_says(void **state)
{
    (void)state;
    for (uint32_t c = 1; c < 0x110100; c++) {
        char bytes[4];
        uint8_t wanted[4];
        size_t at = 0, len = utf8_put(bytes, c);
        int wanted_len = u8_uctomb(wanted, c, sizeof wanted);
        bool exists = wanted_len > 0; /* no half of a pair, nothing beyond the last */
        if (!exists)
            wanted_len = u8_uctomb(wanted, 0xFFFD, sizeof wanted);
        assert_int_equal(len, wanted_len);
        assert_memory_equal(bytes, wanted, len);
        assert_int_equal(str_next((vb_str){bytes, len}, &at), exists ? c : 0xFFFD);
        assert_int_equal(at, len);
    }
}

static void a_text_cut_short_keeps_whole_characters(void **state)
{
    (void)state;
    for (size_t room = 1; room < 16; room++) {
        char text[16];
        snprintf(text, room, "%s", "aé–🎙été");
        str_end_whole(text, room);
        assert_null(u8_check((const uint8_t *)text, strlen(text)));
        assert_true(strlen(text) + 4 >= room || strlen(text) == strlen("aé–🎙été"));
    }
    char whole[] = "été";
    str_end_whole(whole, sizeof whole); /* it just fits: nothing is missing */
    assert_string_equal(whole, "été");
}

/* ---- text that grows ---- */

static void a_growing_text_always_ends_in_nul(void **state)
{
    (void)state;
    struct buf buf = {0};
    assert_str(buf_str(&buf), "");
    buf_printf(&buf, "%s", "");
    assert_string_equal(buf.data, "");
    for (int i = 0; i < 1000; i++)
        buf_printf(&buf, "%d,", i);
    buf_char(&buf, 0x2026);
    buf_char(&buf, 0xD800); /* half a surrogate is no character */
    assert_int_equal(strlen(buf.data), buf.len);
    assert_true(str_ends(buf_str(&buf), "998,999,…\uFFFD"));
    buf_clear(&buf);
    assert_string_equal(buf.data, "");
    buf_free(&buf);
    assert_null(buf.data);
}

/* ---- memory ---- */

static void an_arena_gives_zeroed_memory_again_after_a_reset(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int round = 0; round < 3; round++) {
        char *small = arena_new(&arena, 100), *large = arena_new(&arena, 100000);
        assert_true((uintptr_t)small % _Alignof(max_align_t) == 0);
        for (int i = 0; i < 100; i++)
            assert_int_equal(small[i] | large[i * 999], 0);
        memset(small, 'x', 100);
        memset(large, 'x', 100000);
        assert_str(arena_str(&arena, VB_STR("kept")), "kept");
        arena_reset(&arena);
    }
    arena_free(&arena);
    arena_free(&arena);
    assert_null(arena.blocks);
}

static void a_vector_keeps_what_is_pushed(void **state)
{
    (void)state;
    VEC(uint32_t) numbers = {0};
    for (uint32_t i = 0; i < 1000; i++)
        vec_push(&numbers, i * i);
    assert_int_equal(numbers.count, 1000);
    assert_int_equal(numbers.items[999], 999 * 999);
    free(numbers.items);
}

/* ---- errors ---- */

static void an_error_tells_where_then_what(void **state)
{
    (void)state;
    struct vb_error error = {0};
    assert_false(err_set_line(&error, VB_BAD_FORMAT, 12, "the cue ends before it starts"));
    assert_false(err_wrap(&error, "%s", "talk.srt"));
    assert_string_equal(error.text, "talk.srt: line 12: the cue ends before it starts");
    assert_int_equal(error.code, VB_BAD_FORMAT);
    assert_int_equal(error.line, 12);
    assert_false(err_set(NULL, VB_DEVICE, "nobody asks"));
    assert_false(err_wrap(NULL, "nowhere"));
}

static void a_long_path_leaves_room_for_the_sentence(void **state)
{
    (void)state;
    char path[PATH_MAX] = "";
    while (strlen(path) + 32 < sizeof path)
        strcat(path, "/dossier é");
    strcat(path, "/a.txt");
    struct vb_error error = {0};
    err_set(&error, VB_NOT_FOUND, "there is no such file");
    err_wrap(&error, "%s", path);
    assert_true(str_ends(str_of(error.text), "/dossier é/a.txt: there is no such file"));
    assert_true(str_starts(str_of(error.text), "…"));
    assert_null(u8_check((const uint8_t *)error.text, strlen(error.text)));
}

static void a_long_sentence_still_names_its_file(void **state)
{
    (void)state;
    struct vb_error error = {0};
    char sentence[1000];
    memset(sentence, 'x', sizeof sentence - 1);
    sentence[sizeof sentence - 1] = '\0';
    err_set(&error, VB_BAD_FORMAT, "%s", sentence);
    assert_int_equal(strlen(error.text), sizeof error.text - 1);
    err_wrap(&error, "talk.srt");
    assert_true(str_starts(str_of(error.text), "talk.srt: xxx"));
}

static void every_code_has_a_name(void **state)
{
    (void)state;
    for (int code = VB_OK; code <= VB_CANCELLED; code++)
        assert_true(strlen(vb_code_name((enum vb_code)code)) > 0);
    assert_string_equal(vb_code_name(VB_NOT_FOUND), "not-found");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cut_beyond_the_end_is_clamped),
        cmocka_unit_test(beginnings_ends_and_places_are_found),
        cmocka_unit_test(white_space_of_any_width_is_trimmed),
        cmocka_unit_test(broken_bytes_are_trimmed_without_harm),
        cmocka_unit_test(every_byte_is_passed_once),
        cmocka_unit_test(the_character_before_ends_where_it_is_asked),
        cmocka_unit_test(letters_of_all_scripts_count_and_signs_do_not),
        cmocka_unit_test(lines_end_in_any_of_three_ways),
        cmocka_unit_test(a_line_of_any_length_ends_where_its_bytes_say),
        cmocka_unit_test(every_character_is_written_and_read_as_unicode_says),
        cmocka_unit_test(a_text_cut_short_keeps_whole_characters),
        cmocka_unit_test(a_growing_text_always_ends_in_nul),
        cmocka_unit_test(an_arena_gives_zeroed_memory_again_after_a_reset),
        cmocka_unit_test(a_vector_keeps_what_is_pushed),
        cmocka_unit_test(an_error_tells_where_then_what),
        cmocka_unit_test(a_long_path_leaves_room_for_the_sentence),
        cmocka_unit_test(a_long_sentence_still_names_its_file),
        cmocka_unit_test(every_code_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
