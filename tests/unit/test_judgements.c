/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels that could be speakers or text: listed, and read as a person says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/editing.h"
#include "app/memory.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_sound.h"
#include "verbatim/verbatim.h"
#include "view/screen.h"

static const char page[] = "Titre : Une page\n"
                           "\n"
                           "Intervenants : Anne Durand - Karim Benali\n"
                           "\n"
                           "Transcription\n"
                           "\n"
                           "Anne Durand : Bonjour à tous.\n"
                           "\n"
                           "Élise Martin : Merci de cette invitation.\n"
                           "\n"
                           "Karim Benali : Un mot encore.\n"
                           "Luc Petit : une chose à dire.\n"
                           "\n"
                           "Anne Durand : Au revoir.\n";

static struct vb_document *opened(void)
{
    struct vb_error error = {0};
    struct vb_document *d = vb_document_from("page.txt", str_of(page), &error);
    if (!d)
        fail_msg("%s", error.text);
    return d;
}

static const struct vb_doubtful_label *doubt_about(const struct vb_document *d, const char *label)
{
    size_t count;
    const struct vb_doubtful_label *doubts = vb_doubtful_labels(vb_document_transcript(d), &count);
    for (size_t i = 0; i < count; i++)
        if (str_eq(doubts[i].label, label))
            return &doubts[i];
    return NULL;
}

static bool speaks(const struct vb_document *d, const char *name)
{
    const struct vb_transcript *t = vb_document_transcript(d);
    for (uint32_t i = 0; i < vb_speaker_count(t); i++)
        if (str_eq(vb_speaker(t, i)->name, name) && vb_speaker(t, i)->turns)
            return true;
    return false;
}

static void what_was_guessed_is_listed_with_what_it_was_taken_for(void **state)
{
    (void)state;
    struct vb_document *d = opened();
    const struct vb_doubtful_label *taken = doubt_about(d, "Élise Martin");
    const struct vb_doubtful_label *left = doubt_about(d, "Luc Petit");
    assert_non_null(taken);
    assert_non_null(left);
    assert_true(taken->is_speaker && !taken->is_told && taken->line == 9);
    assert_true(!left->is_speaker && !left->is_told && left->line == 12);
    assert_null(doubt_about(d, "Anne Durand"));
    assert_true(speaks(d, "Élise Martin") && !speaks(d, "Luc Petit"));
    vb_document_close(d);
}

static void a_person_s_word_is_read_and_stays_listed(void **state)
{
    (void)state;
    struct vb_document *d = opened();
    struct vb_error error = {0};
    assert_true(vb_document_judge(d, VB_STR("Luc Petit"), true, &error));
    assert_true(vb_document_judge(d, VB_STR("ÉLISE martin"), false, &error));
    assert_true(speaks(d, "Luc Petit") && !speaks(d, "Élise Martin"));
    assert_true(doubt_about(d, "Luc Petit")->is_told);
    assert_true(doubt_about(d, "Luc Petit")->is_speaker);
    assert_true(vb_document_judge(d, VB_STR("Luc Petit"), false, &error)); /* another mind */
    assert_false(speaks(d, "Luc Petit"));
    assert_false(vb_document_changed(d)); /* the file is as it was */
    vb_document_close(d);
}

static void it_holds_after_a_correction(void **state)
{
    (void)state;
    struct vb_document *d = opened();
    struct vb_error error = {0};
    assert_true(vb_document_judge(d, VB_STR("Luc Petit"), true, &error));
    size_t at = str_find(vb_document_text(d), VB_STR("Au revoir"));
    assert_true(
        vb_document_replace(d, (struct vb_span){(uint32_t)at, 9}, VB_STR("À bientôt"), &error));
    assert_true(speaks(d, "Luc Petit"));
    vb_document_close(d);
}

static uint32_t narrow(void *ctx, enum face face, vb_str text)
{
    (void)ctx, (void)face;
    return (uint32_t)text.len * EM / 4;
}

static const struct draw_item *find_text(struct screen *on, const char *text)
{
    const struct draw_list *list = screen_draw(on, 900, 700);
    for (size_t i = 0; i < list->items.count; i++)
        if (list->items.items[i].kind == DRAW_TEXT && str_eq(list->items.items[i].text, text))
            return &list->items.items[i];
    return NULL;
}

static void click(struct screen *on, const struct draw_item *item)
{
    static const enum input_kind kinds[] = {INPUT_MOVE, INPUT_PRESS, INPUT_RELEASE};
    int x = item->at.x + 2, y = item->at.y + 2;
    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct input in = {.kind = kinds[i], .x = x, .y = y};
        screen_draw(on, 900, 700);
        screen_input(on, &in);
    }
}

static void begin(struct session *s, const char *state_file, const char *path)
{
    session_init(s, &vb_sink_null, NULL, NULL);
    memory_begin(s, store_open(state_file, NULL, NULL));
    s->clock = 1000 * VB_SECOND;
    assert_true(session_open(s, path, NULL));
}

static void one_press_in_the_list_decides_and_is_remembered(void **state)
{
    (void)state;
    const struct measure measure = {.width = narrow};
    struct session s;
    struct screen on;
    char path[512], state_file[512];
    snprintf(path, sizeof path, "%s", temp_path("page.txt"));
    snprintf(state_file, sizeof state_file, "%s", temp_path("judged/state.db"));
    write_bytes(path, page, strlen(page));
    begin(&s, state_file, path);
    session_dismiss(&s);
    screen_init(&on, &s, &measure, 1);
    on.calm = true;
    assert_int_equal(view_labels_open(&on), 2);
    s.mode = MODE_LABELS;
    assert_non_null(find_text(&on, "Luc Petit"));
    click(&on, find_text(&on, "is text")); /* of the first label */
    assert_int_equal(view_labels_open(&on), 1);
    assert_false(speaks(s.document, "Élise Martin"));
    screen_free(&on);
    session_free(&s);

    begin(&s, state_file, path); /* the next sitting */
    assert_false(speaks(s.document, "Élise Martin"));
    assert_non_null(s.timeline);
    assert_int_equal(vb_timeline_count(s.timeline), vb_word_count(s.transcript));
    session_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_guessed_is_listed_with_what_it_was_taken_for),
        cmocka_unit_test(a_person_s_word_is_read_and_stays_listed),
        cmocka_unit_test(it_holds_after_a_correction),
        cmocka_unit_test(one_press_in_the_list_decides_and_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
