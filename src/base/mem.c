/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Allocation that aborts instead of failing, and arenas. */
#include "base/mem.h"

#include <stdalign.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct arena_block {
    struct arena_block *next;
    alignas(max_align_t) char bytes[];
};

enum { ARENA_BLOCK = 32 * 1024, LARGE = 4 * 1024 * 1024 };

static _Noreturn void out_of_memory(size_t size)
{
    fprintf(stderr, "verbatim: out of memory (%zu bytes were asked for)\n", size);
    abort();
}

/* A long text's tables are met for the first time page by page, 4 KB each, and every meeting is
 * the kernel's work; in pages of 2 MB it is a hundredth of that. */
static void *in_large_pages(void *memory, size_t size)
{
#ifdef MADV_HUGEPAGE
    if (size < LARGE)
        return memory;
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)memory + page - 1) / page * page;
    uintptr_t until = ((uintptr_t)memory + size) / page * page;
    madvise((void *)from, until - from, MADV_HUGEPAGE); /* a wish, not more */
#endif
    return memory;
}

void *mem_new(size_t size)
{
    void *got = calloc(1, size ? size : 1);
    if (!got)
        out_of_memory(size);
    return in_large_pages(got, size);
}

void *mem_grow(void *old, size_t size)
{
    void *got = realloc(old, size ? size : 1);
    if (!got)
        out_of_memory(size);
    return in_large_pages(got, size);
}

void mem_give_back(void)
{
#ifdef __GLIBC__
    malloc_trim(0);
#endif
}

static void add_block(struct arena *arena, size_t at_least)
{
    size_t size = at_least > ARENA_BLOCK ? at_least : ARENA_BLOCK;
    struct arena_block *block = mem_new(sizeof *block + size);
    block->next = arena->blocks;
    arena->blocks = block;
    arena->used = 0;
    arena->size = size;
    arena->is_reused = false;
}

void *arena_new(struct arena *arena, size_t size)
{
    size_t rounded = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (!arena->blocks || arena->size - arena->used < rounded)
        add_block(arena, rounded);
    void *got = arena->blocks->bytes + arena->used;
    arena->used += rounded;
    return arena->is_reused ? memset(got, 0, rounded) : got;
}

vb_str arena_str(struct arena *arena, vb_str text)
{
    char *copy = arena_new(arena, text.len + 1);
    if (text.len)
        memcpy(copy, text.data, text.len);
    return (vb_str){copy, text.len};
}

void arena_free(struct arena *arena)
{
    while (arena->blocks) {
        struct arena_block *next = arena->blocks->next;
        free(arena->blocks);
        arena->blocks = next;
    }
    *arena = (struct arena){0};
}

void arena_reset(struct arena *arena)
{
    if (!arena->blocks)
        return;
    struct arena_block *newest = arena->blocks;
    struct arena rest = {.blocks = newest->next};
    arena_free(&rest);
    newest->next = NULL;
    arena->used = 0;
    arena->is_reused = true;
}
