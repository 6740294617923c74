/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound card's callback by itself: it allocates nothing, and its timing is steady. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "audio/card.h"
#include "base/mem.h"
#include "support/support_sound.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define OWN_ALLOCATOR
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(__GLIBC__)
#define OWN_ALLOCATOR
#endif

static size_t allocations;

#ifndef OWN_ALLOCATOR
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *old);

void *malloc(size_t size)
{
    allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    allocations++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    allocations++;
    return __libc_realloc(old, size);
}

void free(void *old)
{
    allocations++;
    __libc_free(old);
}
static const bool counts_allocations = true;
#else
static const bool counts_allocations = false;
#endif

enum { RATE = 48000, PERIOD = 480 };

static struct card *new_card(void)
{
    struct card *card = mem_new(sizeof *card);
    card_init(card, RATE, 2, hand_time, NULL);
    atomic_store(&card->paused, false);
    return card;
}

static void free_card(struct card *card)
{
    card_free(card);
    free(card);
}

/* Frames of full scale, from source frame `from` on. */
static void write_ones(struct card *card, uint32_t epoch, uint64_t from, size_t count, bool end)
{
    float ones[2 * PERIOD];
    uint64_t until = from + count;
    for (int i = 0; i < 2 * PERIOD; i++)
        ones[i] = 1;
    ring_put_mark(&card->ring, (struct ring_mark){.at = ring_head(&card->ring),
                                                  .from = from,
                                                  .epoch = epoch,
                                                  .seam = SEAM_ANYWHERE});
    for (size_t part; count > 0; count -= part) {
        part = count < PERIOD ? count : PERIOD;
        ring_write(&card->ring, ones, part);
    }
    if (end)
        ring_put_mark(&card->ring, (struct ring_mark){.at = ring_head(&card->ring),
                                                      .from = until,
                                                      .epoch = epoch,
                                                      .end = true});
}

static void the_callback_allocates_nothing(void **state)
{
    (void)state;
    if (!counts_allocations) {
        print_message("skipped: this build has an allocator of its own\n");
        skip();
    }
    struct card *card = new_card();
    float out[2 * PERIOD];
    free(malloc(1));
    assert_true(allocations > 0);
    write_ones(card, 0, 0, 4 * PERIOD, false);
    size_t before = allocations;
    for (int i = 0; i < 10; i++) { /* plays, and then starves */
        card_pull(card, out, PERIOD);
        hand_pass(10000000);
    }
    atomic_store(&card->wanted, 1);
    write_ones(card, 1, 0, 4 * PERIOD, true);
    for (int i = 0; i < 10; i++) { /* jumps, plays, and ends */
        atomic_store(&card->paused, i == 2);
        card_pull(card, out, PERIOD);
        hand_pass(10000000);
    }
    assert_int_equal(allocations, before);
    assert_int_equal(atomic_load(&card->underruns), 1);
    free_card(card);
}

static void sound_comes_and_goes_in_six_milliseconds(void **state)
{
    (void)state;
    struct card *card = new_card();
    float out[2 * PERIOD];
    write_ones(card, 0, 0, 4 * PERIOD, false);
    card_pull(card, out, PERIOD);
    for (int i = 0; i < PERIOD; i++)
        assert_true(fabsf(out[2 * i] - fminf(1, (float)(i + 1) / 288)) < 1e-3F);
    atomic_store(&card->paused, true);
    card_pull(card, out, PERIOD);
    for (int i = 0; i < PERIOD; i++)
        assert_true(fabsf(out[2 * i] - fmaxf(0, 1 - (float)(i + 1) / 288)) < 1e-3F);
    free_card(card);
}

static void callbacks_that_come_early_or_late_leave_the_clock_steady(void **state)
{
    (void)state;
    struct card *card = new_card();
    float out[2 * PERIOD];
    struct heard heard;
    int64_t start = hand_time(NULL), worst = 0;
    srand(4);
    for (int i = 0; i < 500; i++) {
        write_ones(card, 0, (uint64_t)i * PERIOD, PERIOD, false);
        int64_t due = start + i * INT64_C(10000000);
        hand_pass(due + rand() % 4000000 - hand_time(NULL));
        card_pull(card, out, PERIOD);
        if (i < 100)
            continue;
        assert_true(clock_heard(&card->clock, 0, hand_time(NULL), &heard));
        int64_t at = start + (int64_t)(heard.frame * 1e9 / RATE);
        int64_t off = llabs(hand_time(NULL) - at - 2000000);
        worst = off > worst ? off : worst;
    }
    /* Callbacks are up to 2 ms from their mean; what is said of the sound is so much at most.
     */
    assert_true(worst < 2600000);
    free_card(card);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_callback_allocates_nothing),
        cmocka_unit_test(sound_comes_and_goes_in_six_milliseconds),
        cmocka_unit_test(callbacks_that_come_early_or_late_leave_the_clock_steady),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
