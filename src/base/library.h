/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared libraries that are loaded when they are first needed.
 *
 * What a library brings with it, and all the places where it refers to itself, cost every start
 * of the program.  Those that few files need are named by the file that the linker would have
 * named (the Makefile finds it), and their functions by a list, FUNCTIONS(X), that is read
 * twice: for a struct of pointers with LIBRARY_POINTER, and for where to find them with an X
 * that makes rows of LIBRARY_NAME(function) and the pointer's place. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define LIBRARY_POINTER(function) __typeof__(function) *function;
/* As the linker knows it, also where a header calls it otherwise. */
#define LIBRARY_NAME(function) #function

struct library_function {
    const char *name;
    void *pointer; /* to where it is put */
};

struct library {
    const char *file;
    const struct library_function *functions;
    size_t count;
    bool was_tried, is_there;
};

/* Loads it at the first call, for all threads; it stays, for what it keeps is good for as long
 * as the program runs. False: it isn't installed, or lacks one of the functions. */
bool library_there(struct library *library);
