/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A long text is shown from its beginning, while the rest is still being read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "app/editing.h"
#include "app/loading.h"
#include "app/session.h"
#include "base/buf.h"
#include "support/support_sound.h"

enum { TURNS = 4000, WORDS_A_TURN = 50 };

static vb_time clock_now = VB_SECOND;

static void put_turns(struct buf *page, int count)
{
    for (int turn = 0; turn < count; turn++) {
        buf_printf(page, "%s : ", turn % 2 ? "Anne Petit" : "Karim Grand");
        for (int word = 0; word < WORDS_A_TURN; word++)
            buf_printf(page, "%sparole%d", word ? " " : "", turn);
        buf_puts(page, ".\n\n");
    }
}

static const char *write_page(const char *name, struct buf *page)
{
    const char *path = temp_path(name);
    write_bytes(path, page->data, page->len);
    buf_free(page);
    return path;
}

static const char *write_long_page(const char *name)
{
    struct buf page = {0};
    put_turns(&page, TURNS);
    return write_page(name, &page);
}

static void begin(struct session *s)
{
    session_init(s, &vb_sink_null, NULL, NULL);
    s->opens_in_parts = true;
}

static void frame(struct session *s)
{
    session_update(s, clock_now += 10000);
}

static void wait_for_all(struct session *s)
{
    const struct timespec moment = {.tv_nsec = 2000000};
    for (int i = 0; i < 20000 && loading_runs(s); i++) {
        frame(s);
        nanosleep(&moment, NULL);
    }
    assert_false(loading_runs(s));
}

/* ---- claims ---- */

static void the_beginning_comes_first_then_all(void **state)
{
    (void)state;
    struct session s;
    struct vb_error error = {0};
    begin(&s);
    assert_true(session_open(&s, write_long_page("long.txt"), &error));
    assert_true(loading_runs(&s));
    uint32_t first = vb_word_count(s.transcript);
    assert_in_range(first, 1000, 20000);
    frame(&s); /* which shows it; only then is the rest begun with */
    assert_true(loading_runs(&s));
    assert_int_equal(vb_word_count(s.transcript), first);
    wait_for_all(&s);
    assert_int_equal(vb_word_count(s.transcript), TURNS * WORDS_A_TURN);
    session_free(&s);
}

static void nothing_is_corrected_before_all_is_there(void **state)
{
    (void)state;
    struct session s;
    struct vb_error error = {0};
    begin(&s);
    assert_true(session_open(&s, write_long_page("edited.txt"), &error));
    assert_false(session_replace(&s, (struct vb_span){0, 1}, VB_STR("C"), &error));
    assert_non_null(strstr(error.text, "still being read"));
    wait_for_all(&s);
    assert_true(session_replace(&s, (struct vb_span){0, 1}, VB_STR("C"), &error));
    session_free(&s);
}

static void the_reader_stays_where_she_is(void **state)
{
    (void)state;
    struct session s;
    struct vb_error error = {0};
    begin(&s);
    assert_true(session_open(&s, write_long_page("place.txt"), &error));
    s.scroll = SCROLL_NONE; /* the view did as it was asked, and tells where it is */
    s.reading.top_word = 700;
    selection_set(&s, 10, 20);
    wait_for_all(&s);
    assert_int_equal(s.scroll, SCROLL_PLACE);
    assert_int_equal(s.reading.top_word, 700);
    assert_int_equal(s.selection.anchor, 10);
    assert_int_equal(s.selection.head, 20);
    session_free(&s);
}

static void another_file_takes_its_place_meanwhile(void **state)
{
    (void)state;
    struct session s;
    struct vb_error error = {0};
    struct buf page = {0};
    put_turns(&page, 10);
    char small[512];
    snprintf(small, sizeof small, "%s", write_page("small.txt", &page));
    for (int frames = 0; frames < 4; frames++) { /* before, while and after it is read */
        begin(&s);
        assert_true(session_open(&s, write_long_page("left.txt"), &error));
        for (int i = 0; i < frames; i++)
            frame(&s);
        assert_true(session_open(&s, small, &error));
        assert_false(loading_runs(&s));
        assert_int_equal(vb_word_count(s.transcript), 10 * WORDS_A_TURN);
        frame(&s);
        assert_int_equal(vb_word_count(s.transcript), 10 * WORDS_A_TURN);
        session_free(&s);
    }
}

static void whether_a_pair_fits_is_told_of_the_whole_text(void **state)
{
    (void)state;
    struct session s;
    struct sound sound = tone(220, seconds(10));
    const char *path = temp_path("short.wav");
    write_sound(path, &sound, AS_WAV);
    sound_free(&sound);
    begin(&s);
    assert_true(session_open_pair(&s, path, write_long_page("much.txt"), NULL));
    frame(&s);
    assert_true(loading_runs(&s) && s.now.duration_exact);
    assert_int_equal(s.said, 0);
    wait_for_all(&s); /* where that is slow it is said, too */
    frame(&s);
    const char *last = session_message(&s, s.said - 1)->text;
    assert_non_null(strstr(last, "nobody says 200000 words in 00:10"));
    for (uint64_t i = 0; i + 1 < s.said; i++)
        assert_null(strstr(session_message(&s, i)->text, "wrong pair"));
    session_free(&s);
}

static void a_text_that_is_gone_when_it_is_read_is_said(void **state)
{
    (void)state;
    struct session s;
    struct vb_error error = {0};
    begin(&s);
    const char *path = write_long_page("gone.txt");
    assert_true(session_open(&s, path, &error));
    unlink(path);
    wait_for_all(&s);
    assert_null(s.document);
    assert_null(s.transcript);
    assert_non_null(strstr(s.messages[0].text, "no such file"));
    frame(&s);
    session_free(&s);
}

static void what_is_short_or_no_lines_is_read_at_once(void **state)
{
    (void)state;
    struct session s;
    struct vb_error error = {0};
    struct buf page = {0}, tree = {0};
    put_turns(&page, 10);
    buf_puts(&tree, "{\"segments\":[");
    for (int i = 0; i < 20000; i++)
        buf_printf(&tree, "%s\n{\"start\":%d,\"end\":%d,\"text\":\"une parole de plus, %d\"}",
                   i ? "," : "", i, i + 1, i);
    buf_puts(&tree, "]}\n");
    assert_true(tree.len > 1024 * 1024);
    struct buf *files[] = {&page, &tree};
    for (size_t i = 0; i < 2; i++) {
        begin(&s);
        assert_true(
            session_open(&s, write_page(i ? "tree.json" : "short.txt", files[i]), &error));
        assert_false(loading_runs(&s));
        session_free(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_beginning_comes_first_then_all),
        cmocka_unit_test(nothing_is_corrected_before_all_is_there),
        cmocka_unit_test(the_reader_stays_where_she_is),
        cmocka_unit_test(another_file_takes_its_place_meanwhile),
        cmocka_unit_test(whether_a_pair_fits_is_told_of_the_whole_text),
        cmocka_unit_test(a_text_that_is_gone_when_it_is_read_is_said),
        cmocka_unit_test(what_is_short_or_no_lines_is_read_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
