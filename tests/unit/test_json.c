/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON. */
#include "transcripts.h"

#include <math.h>

#include "format/json.h"

static void commas_stand_between_values_only(void **state)
{
    (void)state;
    struct buf out = {0};
    struct json json = {.out = &out};
    json_object(&json);
    json_key(&json, "a"), json_number(&json, 1);
    json_key(&json, "b"), json_array(&json);
    json_number(&json, -2), json_bool(&json, true), json_null(&json);
    json_object(&json), json_end_object(&json);
    json_array(&json), json_end_array(&json);
    json_end_array(&json);
    json_key(&json, "c"), json_str(&json, VB_STR("x"));
    json_end_object(&json);
    assert_text(buf_str(&out), "{\"a\": 1, \"b\": [-2, true, null, {}, []], \"c\": \"x\"}");
    buf_free(&out);
}

static void each_line_is_a_value_of_its_own(void **state)
{
    (void)state;
    struct buf out = {0};
    struct json json = {.out = &out};
    for (int i = 0; i < 2; i++) {
        json_object(&json), json_end_object(&json);
        json_line_end(&json);
    }
    assert_text(buf_str(&out), "{}\n{}\n");
    buf_free(&out);
}

static void strings_are_escaped_and_valid(void **state)
{
    (void)state;
    struct buf out = {0};
    struct json json = {.out = &out};
    json_str(&json, VB_STR("a\"b\\c\n\t\r\x01\x7F\0é\xC3 \xFF"));
    assert_text(buf_str(&out), "\"a\\\"b\\\\c\\n\\t\\r\\u0001\\u007f\\u0000é\uFFFD \uFFFD\"");
    buf_free(&out);
}

static void times_are_seconds_and_unknown_is_null(void **state)
{
    (void)state;
    struct buf out = {0};
    struct json json = {.out = &out};
    json_array(&json);
    json_time(&json, 980 * VB_SECOND), json_time(&json, 1500000), json_time(&json, VB_NO_TIME);
    json_str_or_null(&json, VB_STR(""));
    json_real(&json, 0.5), json_real(&json, NAN);
    json_end_array(&json);
    assert_text(buf_str(&out), "[980, 1.5, null, null, 0.5, null]");
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_stand_between_values_only),
        cmocka_unit_test(each_line_is_a_value_of_its_own),
        cmocka_unit_test(strings_are_escaped_and_valid),
        cmocka_unit_test(times_are_seconds_and_unknown_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
