/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stages between features and times, on made features: no synthesiser, no sound. Each of a
 * few phones sits at a place of its own in the space of cepstra. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "align/band.h"
#include "align/belonging.h"
#include "align/estimate.h"
#include "align/joined.h"
#include "align/passage.h"
#include "align/passes.h"
#include "align/repairs.h"
#include "base/buf.h"
#include "base/mem.h"
#include "support/support_transcript.h"

enum { PHONES = 8, FRAMES_A_PHONE = 9, WORD_PHONES = 3, WORDS = 24, NOBODY = -1 };

/* ---- a made world ---- */

/* Word w is said as phones (w, w+1, w+3) of PHONES: neighbours differ. */
static uint8_t phone_of(uint32_t word, uint32_t i)
{
    return (uint8_t)((word * 5 + i * (word % 3 + 1)) % PHONES);
}

static double place_of_phone(int phone, int c)
{
    return phone == NOBODY ? 0 : cos((phone + 1) * (c + 1) * 1.7) * 1.5;
}

static double jitter(uint32_t t, int c)
{
    uint32_t x = (t * 31 + (uint32_t)c) * 2654435761U + 97;
    x ^= x >> 15;
    x *= 2246822519U;
    x ^= x >> 13;
    return ((double)x / 4294967296.0 - 0.5) * 0.6;
}

struct world {
    struct aligner a;
    struct scorer scorer;
    struct vb_transcript *transcript;
    VEC(int) said; /* the phone of each frame, or NOBODY */
    uint32_t starts[WORDS];
};

static void hear(struct world *w, int phone, uint32_t frames)
{
    for (uint32_t i = 0; i < frames; i++)
        vec_push(&w->said, phone);
}

static void say_word(struct world *w, uint32_t word)
{
    w->starts[word] = (uint32_t)w->said.count;
    for (uint32_t i = 0; i < WORD_PHONES; i++)
        hear(w, phone_of(word, i), FRAMES_A_PHONE);
}

static void make_models(struct models *m)
{
    m->phones = PHONES;
    m->states = mem_new((PHONES * STATES + 1) * sizeof *m->states);
    m->priors = mem_new((PHONES * STATES + 1) * sizeof *m->priors);
    m->share = mem_new((PHONES + 1) * sizeof *m->share);
    for (int i = 0; i <= PHONES * STATES; i++) {
        struct state *s = &m->states[i];
        *s = (struct state){.count = 1, .weight = {1}};
        for (int d = 0; d < FEATURES; d++) {
            int phone = i == PHONES * STATES ? NOBODY : i / STATES;
            s->mean[0][d] = d < CEPSTRA ? (float)place_of_phone(phone, d) : 0;
            s->variance[0][d] = d < CEPSTRA ? 0.1F : 2;
        }
        s->stay = logf(2.0F / 3);
        s->leave = logf(1.0F / 3);
        m->priors[i] = *s;
    }
    for (int p = 0; p < PHONES; p++)
        m->share[p] = 1.0F / PHONES;
}

static void make_script(struct world *w)
{
    struct script *s = &w->a.script;
    struct buf text = {0};
    buf_printf(&text, "Anne:");
    for (uint32_t word = 0; word < WORDS; word++)
        buf_printf(&text, " w%u", word);
    w->transcript = transcript_from(text.data, VB_NO_TIME);
    buf_free(&text);
    s->transcript = w->transcript;
    for (uint32_t word = 0; word < WORDS; word++) {
        struct way way = {(uint32_t)s->phones.count, WORD_PHONES, 0};
        for (uint32_t i = 0; i < WORD_PHONES; i++)
            vec_push(&s->phones, phone_of(word, i));
        vec_push(&s->words, (struct script_word){.word = word,
                                                 .gap = word ? GAP_INSIDE : GAP_LINE,
                                                 .first_way = (uint32_t)s->ways.count,
                                                 .way_count = 1,
                                                 .said_at = 0.27F * (float)word});
        vec_push(&s->ways, way);
    }
    s->said_for = 0.27 * WORDS;
}

static struct world *world_new(void)
{
    struct world *w = mem_new(sizeof *w);
    make_models(&w->a.models);
    make_script(w);
    return w;
}

/* When all is said: features, scores, the free loop. */
static void begin_listening(struct world *w)
{
    struct features *f = &w->a.features;
    f->count = (uint32_t)w->said.count;
    f->cepstra = mem_new((f->count + 1) * CEPSTRA * sizeof *f->cepstra);
    f->is_voice = mem_new(f->count + 1);
    for (uint32_t t = 0; t < f->count; t++) {
        f->is_voice[t] = w->said.items[t] != NOBODY;
        for (int c = 0; c < CEPSTRA; c++)
            f->cepstra[t * CEPSTRA + (uint32_t)c] =
                (int16_t)((place_of_phone(w->said.items[t], c) + jitter(t, c)) * NORMAL_SCALE);
    }
    w->a.look = look_fine(f);
    w->a.passage = (struct passage){0, WORDS, 0, (vb_time)f->count * FRAME_US};
    lattice_init(&w->a.lattice, &w->a.script, &w->a.models, STATES);
    scorer_init(&w->scorer, &w->a.models);
    loop_run(&w->a.loop, &w->a.models, &w->scorer, &w->a.look);
}

static const struct prices prices = {
    .silence = {-8,  -5,  -2},
    .filler = {-24, -16, -8},
    .skip = -90,
    .delta = 7,
    .edge_delta = 7,
    .gap_age = INT32_MAX,
    .overlong_age = INT32_MAX,
    .stuck_age = INT32_MAX,
    .beam = 1e20F,
};

static void search(struct world *w, const struct prices *how, bool by_anchors)
{
    struct band band = band_first(&w->a, &w->a.look, by_anchors);
    struct work nobody = {NULL, 0, 1};
    assert_true(search_run(&w->a.lattice, &w->a.models, &w->scorer, &w->a.look, &w->a.loop,
                           &band, how, &nobody, &w->a.path));
    band_free(&band);
}

static void world_free(struct world *w)
{
    vb_transcript_unref(w->transcript);
    scorer_free(&w->scorer);
    aligner_free(&w->a);
    free(w->said.items);
    free(w);
}

/* The first frame in which the word is heard; UINT32_MAX: in none. */
static uint32_t found_at(const struct world *w, uint32_t word)
{
    for (uint32_t t = 0; t < w->a.look.count; t++)
        if (node_kind(&w->a.lattice, w->a.path.node[t]) == NODE_CELL &&
            node_word(&w->a.lattice, w->a.path.node[t]) == word)
            return t;
    return UINT32_MAX;
}

static void assert_found(const struct world *w, uint32_t from, uint32_t until)
{
    for (uint32_t word = from; word < until; word++) {
        int64_t off = (int64_t)found_at(w, word) - (int64_t)w->starts[word];
        if (off < -2 || off > 2)
            fail_msg("word %u begins in frame %u, not %u", word, w->starts[word],
                     found_at(w, word));
    }
}

/* ---- the search and its trace ---- */

static void words_are_found_across_checkpoints(void **state)
{
    (void)state;
    struct world *w = world_new();
    hear(w, NOBODY, 40);
    for (uint32_t word = 0; word < WORDS; word++) {
        say_word(w, word);
        hear(w, NOBODY, word % 5 == 4 ? 70 : 0);
    }
    hear(w, NOBODY, 30);
    begin_listening(w);
    assert_true(w->said.count > STRETCH_FRAMES);
    search(w, &prices, false);
    assert_true(w->a.path.reached);
    assert_found(w, 0, WORDS);
    world_free(w);
}

static void a_word_that_is_not_said_is_passed_over(void **state)
{
    (void)state;
    struct world *w = world_new();
    for (uint32_t word = 0; word < WORDS; word++)
        if (word != 7 && word != 8)
            say_word(w, word);
    begin_listening(w);
    search(w, &prices, false);
    assert_int_equal(found_at(w, 7), UINT32_MAX);
    assert_int_equal(found_at(w, 8), UINT32_MAX);
    assert_found(w, 0, 7);
    assert_found(w, 9, WORDS);
    world_free(w);
}

static void speech_without_text_becomes_filler(void **state)
{
    (void)state;
    struct world *w = world_new();
    for (uint32_t word = 0; word < WORDS; word++) {
        say_word(w, word);
        for (uint32_t i = 0; word == 11 && i < 20; i++)
            hear(w, (int)(i * 3 % PHONES), FRAMES_A_PHONE);
    }
    begin_listening(w);
    search(w, &prices, false);
    assert_found(w, 0, WORDS);
    int32_t node = w->a.path.node[w->starts[12] - 60];
    assert_int_equal(node_kind(&w->a.lattice, node), NODE_FILLER);
    assert_int_equal(node_word(&w->a.lattice, node), 12);
    world_free(w);
}

static void wide_and_plain_kernels_find_the_same(void **state)
{
    (void)state;
    const struct kernels *wide = kernels_avx2();
    if (!wide)
        skip();
    struct world *w = world_new();
    for (uint32_t word = 0; word < WORDS; word++)
        say_word(w, word);
    begin_listening(w);
    float rows[2][4 * 64];
    struct scores scores;
    scores_init(&scores, &w->scorer);
    scores_make(&scores, &w->a.look, 0, 4);
    uint32_t width = w->scorer.columns * w->scorer.mixtures;
    assert_true(4 * width <= COUNT(rows[0]));
    kernels_plain.scores(&w->scorer, scores.features, 4, rows[0]);
    wide->scores(&w->scorer, scores.features, 4, rows[1]);
    assert_memory_equal(rows[0], rows[1], 4 * width * sizeof rows[0][0]);
    scores_free(&scores);
    world_free(w);
}

/* ---- what somebody knows ---- */

static void a_pin_keeps_other_words_away(void **state)
{
    (void)state;
    struct world *w = world_new();
    for (uint32_t word = 0; word < WORDS; word++)
        say_word(w, word);
    hear(w, NOBODY, 900);
    begin_listening(w);
    vec_push(&w->a.script.anchors, (struct anchor){12, 12, true});
    search(w, &prices, false);
    for (uint32_t t = 0; t < 990; t++)
        assert_true(node_word(&w->a.lattice, w->a.path.node[t]) <= 12);
    world_free(w);
}

static void times_of_the_page_are_soft(void **state)
{
    (void)state;
    struct world *w = world_new();
    for (uint32_t word = 0; word < WORDS; word++)
        say_word(w, word);
    begin_listening(w);
    vec_push(&w->a.script.anchors, (struct anchor){12, 12, false});
    search(w, &prices, true);
    assert_found(w, 0, WORDS);
    world_free(w);
}

static void estimates_run_through_the_known_times(void **state)
{
    (void)state;
    struct world *w = world_new();
    struct passage passage = {0, WORDS, 0, 20 * VB_SECOND};
    vec_push(&w->a.script.anchors, (struct anchor){12, 10, false});
    struct vb_heard *heard = estimate_spoken(&w->a.script, &passage);
    assert_int_equal(heard[12].start, 10 * VB_SECOND);
    assert_true(llabs(heard[6].start - 5 * VB_SECOND) < VB_SECOND / 100);
    assert_true(heard[WORDS - 1].end <= 20 * VB_SECOND);
    for (uint32_t word = 0; word < WORDS; word++)
        assert_int_equal(heard[word].origin, VB_ESTIMATED);
    free(heard);
    world_free(w);
}

static void a_change_is_looked_for_with_a_minute_around_it(void **state)
{
    (void)state;
    struct buf text = {0};
    buf_printf(&text, "Anne:");
    for (uint32_t word = 0; word < 400; word++)
        buf_printf(&text, " w%u", word);
    struct vb_transcript *t = transcript_from(text.data, VB_NO_TIME);
    struct vb_heard *known = mem_new(401 * sizeof *known);
    for (uint32_t i = 0; i < 400; i++)
        known[i] = (struct vb_heard){i * VB_SECOND, (i + 1) * VB_SECOND, VB_ALIGNED, 0.9F};
    struct vb_align_options options = {.first_word = 200, .word_count = 3, .known = known};
    struct passage p = passage_of(t, &options, 400 * VB_SECOND);
    assert_in_range(p.first, 138, 141);
    assert_in_range(p.end, 262, 266);
    assert_true(p.from <= known[p.first].start && p.from > known[p.first].start - VB_SECOND);
    assert_true(p.until >= known[p.end - 1].end);
    vb_transcript_unref(t);
    buf_free(&text);
    free(known);
}

/* ---- repairs, belonging ---- */

static void of_a_word_said_twice_the_second_is_taken(void **state)
{
    (void)state;
    struct world *w = world_new();
    uint32_t first = 0;
    for (uint32_t word = 0; word < WORDS; word++) {
        say_word(w, word);
        if (word == 9) {
            first = w->starts[9];
            hear(w, NOBODY, 20);
            say_word(w, 9);
        }
    }
    begin_listening(w);
    search(w, &prices, false);
    repairs_take_later(&w->a, &w->scorer, prices.delta);
    assert_true(w->starts[9] > first);
    assert_found(w, 0, WORDS);
    world_free(w);
}

/* "w8 w9, w8 w9, uh, w10": what nobody wrote down stands on both sides, and of the second time
 * a phone is not said well. */
static void the_second_is_taken_also_where_somebody_hesitates_behind_it(void **state)
{
    (void)state;
    struct world *w = world_new();
    uint32_t first = 0;
    for (uint32_t word = 0; word < WORDS; word++) {
        if (word == 10) {
            first = w->starts[9];
            hear(w, NOBODY, 20);
            say_word(w, 8);
            say_word(w, 9);
            w->said.items[w->starts[9] + 1] = phone_of(3, 2);
            hear(w, phone_of(3, 1), 30);
        }
        say_word(w, word);
    }
    begin_listening(w);
    search(w, &prices, false);
    assert_in_range(found_at(w, 9), first - 2, first + 2);
    repairs_take_later(&w->a, &w->scorer, prices.delta);
    assert_found(w, 0, WORDS);
    world_free(w);
}

/* ---- words said in one ---- */

static void divide(const char *lone, const char *owners, const char *said, const char *wanted)
{
    struct joined_row a = {.count = (uint32_t)strlen(lone)};
    struct joined_row b = {.count = (uint32_t)strlen(said)};
    for (uint32_t i = 0; i < a.count; i++) {
        a.phone[i] = (uint8_t)lone[i];
        a.word[i] = (uint8_t)(owners[i] - '0');
    }
    memcpy(b.phone, said, b.count);
    joined_divide(&a, &b);
    for (uint32_t i = 0; i < b.count; i++)
        assert_int_equal(b.word[i], wanted[i] - '0');
}

static void words_said_in_one_are_divided_by_how_each_is_said_alone(void **state)
{
    (void)state;
    divide("hazbIn", "000111", "hazbIn", "000111");
    divide("hazbIn", "000111", "hasbn", "00011");
    divide("dusO", "0011", "dusoU", "00111");
    divide("parsk@", "000011", "parsk@", "000011");
    divide("abc", "012", "abc", "012");
    divide("a", "0", "xyz", "000");
}

static double belonging(bool said, uint32_t silent_frames)
{
    struct world *w = world_new();
    struct work nobody = {NULL, 0, 1};
    hear(w, NOBODY, silent_frames);
    for (uint32_t word = 0; word < WORDS; word++)
        for (uint32_t i = 0; i < WORD_PHONES; i++)
            hear(w, said ? phone_of(word, i) : (int)((word * word + 3 * i + word * i) % PHONES),
                 FRAMES_A_PHONE);
    begin_listening(w);
    search(w, &prices, false);
    double found = belonging_of(&w->a, &w->scorer, &prices, &nobody);
    world_free(w);
    return found;
}

static void a_text_beats_its_own_reverse_only_where_it_belongs(void **state)
{
    (void)state;
    assert_true(belonging(true, 0) > 0.3);
    assert_true(belonging(false, 0) < 0.1);
}

static void so_it_does_behind_ten_minutes_without_text(void **state)
{
    (void)state;
    assert_true(belonging(true, 11 * 60 * FRAMES_A_SECOND) > 0.3);
    assert_true(belonging(false, 11 * 60 * FRAMES_A_SECOND) < 0.1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_across_checkpoints),
        cmocka_unit_test(a_word_that_is_not_said_is_passed_over),
        cmocka_unit_test(speech_without_text_becomes_filler),
        cmocka_unit_test(wide_and_plain_kernels_find_the_same),
        cmocka_unit_test(a_pin_keeps_other_words_away),
        cmocka_unit_test(times_of_the_page_are_soft),
        cmocka_unit_test(estimates_run_through_the_known_times),
        cmocka_unit_test(a_change_is_looked_for_with_a_minute_around_it),
        cmocka_unit_test(of_a_word_said_twice_the_second_is_taken),
        cmocka_unit_test(the_second_is_taken_also_where_somebody_hesitates_behind_it),
        cmocka_unit_test(words_said_in_one_are_divided_by_how_each_is_said_alone),
        cmocka_unit_test(a_text_beats_its_own_reverse_only_where_it_belongs),
        cmocka_unit_test(so_it_does_behind_ten_minutes_without_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
