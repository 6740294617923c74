/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 against the examples of FIPS 180-4 and of the NIST's example computations, and the
 * keys that content is known by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/content_key.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/sha256.h"
#include "base/str.h"

static const struct {
    const char *text, *digest;
} examples[] = {
    {"",                                                         "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc",                                                      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"                                                            },
    {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrl"
     "mnopqrsmnopqrstnopqrstu",                             "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
};

static void the_published_examples_come_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(examples); i++) {
        char hex[SHA256_HEX];
        sha256_hex(str_of(examples[i].text), hex);
        assert_string_equal(hex, examples[i].digest);
    }
}

/* The million of "a", in pieces of every size: no border of a block matters. */
static void a_million_letters_come_out_in_pieces_of_any_size(void **state)
{
    (void)state;
    static char letters[1000];
    memset(letters, 'a', sizeof letters);
    struct sha256 sha;
    uint8_t digest[SHA256_BYTES];
    char hex[SHA256_HEX];
    sha256_begin(&sha);
    for (size_t left = 1000000, part = 1; left > 0; left -= part, part = part % 997 + 1) {
        part = part < left ? part : left;
        sha256_add(&sha, (vb_str){letters, part});
    }
    sha256_end(&sha, digest);
    sha256_write_hex(digest, hex);
    assert_string_equal(hex,
                        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* 55, 56 and 64 bytes: the length just fits, just does not, and the block is full. */
static void the_length_goes_into_a_block_of_its_own_when_it_must(void **state)
{
    (void)state;
    static const struct {
        size_t length;
        const char *digest;
    } zeros[] = {
        {55, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"},
        {56, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"},
        {64, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"},
    };
    static const char nothing[64];
    for (size_t i = 0; i < COUNT(zeros); i++) {
        char hex[SHA256_HEX];
        sha256_hex((vb_str){nothing, zeros[i].length}, hex);
        assert_string_equal(hex, zeros[i].digest);
    }
}

/* ---- keys ---- */

static const char *some_file(vb_str bytes)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/verbatim-key-%d", (int)getpid());
    assert_true(file_write(path, bytes, NULL));
    return path;
}

static void key_of(vb_str bytes, char key[SHA256_HEX])
{
    assert_true(content_key_of_sound(some_file(bytes), key, NULL));
    remove(some_file(bytes));
}

static void a_short_sound_is_known_by_its_size_and_all_of_it_twice(void **state)
{
    (void)state;
    char key[SHA256_HEX], expected[SHA256_HEX];
    key_of(VB_STR("abc"), key);
    sha256_hex(VB_STR("\003\0\0\0\0\0\0\0abcabc"), expected);
    assert_string_equal(key, expected);
    key_of(VB_STR(""), key);
    sha256_hex(VB_STR("\0\0\0\0\0\0\0\0"), expected);
    assert_string_equal(key, expected);
}

static void a_long_sound_is_known_by_its_ends(void **state)
{
    (void)state;
    enum { LENGTH = 300000 };
    char *bytes = mem_new(LENGTH + 1), keys[5][SHA256_HEX];
    key_of((vb_str){bytes, LENGTH}, keys[0]);
    bytes[LENGTH / 2] = 1; /* in the middle: nobody looks there */
    key_of((vb_str){bytes, LENGTH}, keys[1]);
    bytes[65535] = 1;
    key_of((vb_str){bytes, LENGTH}, keys[2]);
    bytes[LENGTH - 65536] = 1;
    key_of((vb_str){bytes, LENGTH}, keys[3]);
    key_of((vb_str){bytes, LENGTH + 1}, keys[4]);
    assert_string_equal(keys[0], keys[1]);
    for (int i = 2; i < 5; i++)
        assert_string_not_equal(keys[i - 1], keys[i]);
    free(bytes);
}

static void a_missing_file_has_no_key_and_a_sentence(void **state)
{
    (void)state;
    struct vb_error error = {0};
    char key[SHA256_HEX];
    assert_false(content_key_of_sound("/nowhere/talk.mp3", key, &error));
    assert_non_null(strstr(error.text, "/nowhere/talk.mp3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_examples_come_out),
        cmocka_unit_test(a_million_letters_come_out_in_pieces_of_any_size),
        cmocka_unit_test(the_length_goes_into_a_block_of_its_own_when_it_must),
        cmocka_unit_test(a_short_sound_is_known_by_its_size_and_all_of_it_twice),
        cmocka_unit_test(a_long_sound_is_known_by_its_ends),
        cmocka_unit_test(a_missing_file_has_no_key_and_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
