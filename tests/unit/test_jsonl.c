/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of JSON lines. */
#include "transcripts.h"

#include "base/mem.h"

static bool put(void *to, vb_str text)
{
    buf_add(to, text);
    return true;
}

static bool stop(void *to, vb_str text)
{
    (void)to;
    (void)text;
    return false;
}

/* The rows of a page, estimated over `duration`. */
static struct buf rows_of(const char *page, struct vb_write_options options, vb_time duration)
{
    struct vb_transcript *t = read_text(page);
    struct vb_timeline *times = vb_timeline_new(t, duration);
    struct buf out = {0};
    struct vb_error error;
    assert_true(
        vb_write(vb_format_named(VB_STR("jsonl")), t, times, options, put, &out, &error));
    vb_timeline_free(times);
    vb_transcript_unref(t);
    return out;
}

static const char page[] =
    "Titre : Essai\n\nIntervenants : Anne Martin - Karim\n\nTranscription\n\nUn "
    "préambule.\n\nAnne "
    "Martin : Bonjour \"vous\".\nEt oui ?\n\n[Virgule musicale]\n\nPrésentation 1’ 30§\n\nAnne "
    "Martin et Karim : Ah\u00A0!\n\n3’ 00§\n\n[Rires]\n\nKarim : Fin [Rires].\n";

static void a_row_is_a_paragraph_and_only_stated_times_are_given(void **state)
{
    (void)state;
    struct buf rows = rows_of(page, (struct vb_write_options){0}, VB_NO_TIME);
    assert_text(
        buf_str(&rows),
        "{\"start\": null, \"end\": null, \"speaker\": null, \"text\": \"Un préambule.\", "
        "\"turn\": 1}\n"
        "{\"start\": null, \"end\": null, \"speaker\": \"Anne Martin\", \"text\": \"Bonjour "
        "\\\"vous\\\".\", \"turn\": 2}\n"
        "{\"start\": null, \"end\": null, \"speaker\": \"Anne Martin\", \"text\": \"Et "
        "oui ?\", \"turn\": 2}\n"
        "{\"start\": null, \"end\": null, \"speaker\": null, \"text\": \"Virgule musicale\", "
        "\"turn\": 2, \"kind\": \"stage\"}\n"
        "{\"start\": 90, \"end\": null, \"speaker\": \"Anne Martin, Karim\", \"text\": "
        "\"Ah\u00A0!\", \"turn\": 3}\n"
        "{\"start\": null, \"end\": null, \"speaker\": null, \"text\": \"Rires\", \"turn\": 3, "
        "\"kind\": \"stage\"}\n"
        "{\"start\": 180, \"end\": null, \"speaker\": \"Karim\", \"text\": \"Fin [Rires].\", "
        "\"turn\": 4}\n");
    buf_free(&rows);
}

static void estimated_rows_all_have_times_that_never_fall(void **state)
{
    (void)state;
    struct buf rows =
        rows_of(page, (struct vb_write_options){.estimated = true}, 240 * VB_SECOND);
    vb_str row;
    struct buf value = {0};
    double last = 0;
    size_t count = 0;
    for (size_t at = 0; str_line(buf_str(&rows), &at, &row); count++) {
        assert_true(json_field(row, "start", &value));
        assert_string_not_equal(value.data, "null");
        double start = strtod(value.data, NULL);
        assert_true(start >= last);
        last = start;
        assert_true(json_field(row, "end", &value));
        assert_true(strtod(value.data, NULL) >= start);
    }
    assert_int_equal(count, 7);
    buf_free(&value);
    buf_free(&rows);
}

static void a_row_a_word_tells_how_its_time_is_known(void **state)
{
    (void)state;
    struct buf rows = rows_of("Titre : E\n\nTranscription\n\nLuc : Un.\n\n1’ 30§\n\nLuc : Deux "
                              "trois [Rires].\n",
                              (struct vb_write_options){.words = true}, VB_NO_TIME);
    assert_text(
        buf_str(&rows),
        "{\"word\": \"Un.\", \"start\": null, \"end\": null, \"turn\": 1, \"speaker\": "
        "\"Luc\", \"confidence\": null, \"origin\": null}\n"
        "{\"word\": \"Deux\", \"start\": 90, \"end\": null, \"turn\": 2, \"speaker\": "
        "\"Luc\", \"confidence\": null, \"origin\": \"inherited\"}\n"
        "{\"word\": \"trois\", \"start\": null, \"end\": null, \"turn\": 2, \"speaker\": "
        "\"Luc\", \"confidence\": null, \"origin\": null}\n"
        "{\"word\": \"[Rires].\", \"start\": null, \"end\": null, \"turn\": 2, "
        "\"speaker\": \"Luc\", \"confidence\": null, \"origin\": null}\n");
    buf_free(&rows);
}

static void an_estimated_word_says_so(void **state)
{
    (void)state;
    struct buf rows =
        rows_of("Titre : E\n\nTranscription\n\nLuc : Un.\n",
                (struct vb_write_options){.words = true, .estimated = true}, 10 * VB_SECOND);
    struct buf value = {0};
    assert_true(json_field(buf_str(&rows), "origin", &value));
    assert_string_equal(value.data, "estimated");
    assert_true(json_field(buf_str(&rows), "start", &value));
    assert_string_not_equal(value.data, "null");
    buf_free(&value);
    buf_free(&rows);
}

static void the_sample_s_last_row_starts_at_its_marker(void **state)
{
    (void)state;
    struct buf text = {0};
    if (!read_shared("data/april/casilli.txt", &text))
        return;
    struct buf rows = rows_of(text.data, (struct vb_write_options){0}, VB_NO_TIME);
    vb_str row = VB_STR(""), all = buf_str(&rows);
    size_t count = 0;
    for (size_t at = 0; str_line(all, &at, &row); count++)
        continue;
    assert_int_equal(count, 23);
    assert_text(row, "{\"start\": 980, \"end\": null, \"speaker\": \"Gérald Holubowicz\", "
                     "\"text\": \"Donc toi,\", \"turn\": 5}");
    buf_free(&rows);
    buf_free(&text);
}

static void a_writer_that_is_stopped_says_so(void **state)
{
    (void)state;
    struct vb_transcript *t = read_text(page);
    struct vb_error error = {0};
    assert_false(vb_write(vb_format_named(VB_STR("jsonl")), t, NULL,
                          (struct vb_write_options){0}, stop, NULL, &error));
    assert_int_equal(error.code, VB_CANCELLED);
    vb_transcript_unref(t);
}

static void a_stage_direction_without_words_leaves_no_brackets(void **state)
{
    (void)state;
    static const char *const formats[] = {"april", "markdown", "text", "srt", "vtt"};
    struct vb_transcript *t =
        vb_read(vb_format_named(VB_STR("jsonl")),
                VB_STR("{\"start\": 1, \"speaker\": \"Anne\", \"text\": \"un\"}\n"
                       "{\"start\": 2, \"text\": \"\", \"kind\": \"stage\"}\n"),
                NULL);
    assert_non_null(t);
    assert_int_equal(vb_paragraph(t, 1)->kind, VB_STAGE);
    for (size_t i = 0; i < COUNT(formats); i++) {
        struct buf out = {0};
        assert_true(vb_write(vb_format_named(str_of(formats[i])), t, NULL,
                             (struct vb_write_options){0}, put, &out, NULL));
        assert_true(str_find(buf_str(&out), VB_STR("[]")) == STR_NOT_FOUND);
        buf_free(&out);
    }
    vb_transcript_unref(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_a_paragraph_and_only_stated_times_are_given),
        cmocka_unit_test(estimated_rows_all_have_times_that_never_fall),
        cmocka_unit_test(a_row_a_word_tells_how_its_time_is_known),
        cmocka_unit_test(an_estimated_word_says_so),
        cmocka_unit_test(the_sample_s_last_row_starts_at_its_marker),
        cmocka_unit_test(a_writer_that_is_stopped_says_so),
        cmocka_unit_test(a_stage_direction_without_words_leaves_no_brackets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
