/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A growing array of anything:  struct { struct cue *items; size_t count, room; } cues = {0};
 * vec_push(&cues, cue);  free(cues.items); */
#pragma once

#include "base/mem.h"

#define VEC(type)                                                                              \
    struct {                                                                                   \
        type *items;                                                                           \
        size_t count, room;                                                                    \
    }

#define vec_reserve(vec, wanted)                                                               \
    do {                                                                                       \
        if ((vec)->room < (wanted)) {                                                          \
            (vec)->room = (vec)->room * 2 > (wanted) ? (vec)->room * 2 : (wanted);             \
            (vec)->room = (vec)->room < 16 ? 16 : (vec)->room;                                 \
            (vec)->items = mem_grow((vec)->items, (vec)->room * sizeof *(vec)->items);         \
        }                                                                                      \
    } while (0)

#define vec_push(vec, ...)                                                                     \
    do {                                                                                       \
        vec_reserve(vec, (vec)->count + 1);                                                    \
        (vec)->items[(vec)->count++] = (__VA_ARGS__);                                          \
    } while (0)
