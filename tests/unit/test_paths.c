/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which file is meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "app/paths.h"
#include "base/mem.h"
#include "base/str.h"

static void assert_names(void (*from)(vb_str, struct buf *), const char *given,
                         const char *meant)
{
    struct buf path = {0};
    from(str_of(given), &path);
    if (!str_eq(buf_str(&path), meant))
        fail_msg("“%s” is “%s”, not “%s”", given, path.len ? path.data : "", meant);
    buf_free(&path);
}

static void a_name_may_be_an_address_or_begin_at_home(void **state)
{
    (void)state;
    static const struct {
        const char *given, *meant;
    } names[] = {
        {"talk.mp3",               "talk.mp3"              },
        {"/a/talk 1.mp3",          "/a/talk 1.mp3"         },
        {"~/talk.mp3",             "/home/anne/talk.mp3"   },
        {"~anne/talk.mp3",         "~anne/talk.mp3"        },
        {"~",                      "~"                     },
        {"file:///a/b%20c.mp3",    "/a/b c.mp3"            },
        {"file:///caf%C3%A9.txt",  "/café.txt"            },
        {"file://localhost/a.txt", "/a.txt"                },
        {"file://elsewhere/a.txt", "file://elsewhere/a.txt"},
        {"file:///100%25%2",       "/100%%2"               },
        {"file:///a%00b",          "/a%00b"                },
        {"'a'",                    "'a'"                   },
        {"",                       ""                      },
    };
    setenv("HOME", "/home/anne", 1);
    for (size_t i = 0; i < COUNT(names); i++)
        assert_names(path_from_word, names[i].given, names[i].meant);
}

static void blanks_and_quotes_around_a_typed_line_are_not_of_the_name(void **state)
{
    (void)state;
    setenv("HOME", "/home/anne", 1);
    assert_names(path_from_line, " '/a/talk' \n", "/a/talk");
    assert_names(path_from_line, "\"~/talk\"", "/home/anne/talk");
    assert_names(path_from_line, "'' a'", "' a");
    assert_names(path_from_line, "'tis.txt", "'tis.txt");
    assert_names(path_from_line, "'", "'");
    assert_names(path_from_line, "\r\n", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_may_be_an_address_or_begin_at_home),
        cmocka_unit_test(blanks_and_quotes_around_a_typed_line_are_not_of_the_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
