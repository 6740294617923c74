/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Errors are sentences for a person: lower case, no full stop, no program name. */
#pragma once

#include "verbatim/types.h"

enum vb_code {
    VB_OK,
    VB_NOT_FOUND,
    VB_UNREADABLE,
    VB_BAD_FORMAT,
    VB_UNSUPPORTED,
    VB_DEVICE,
    VB_CANCELLED,
    VB_CHANGED, /* by another program meanwhile */
};

/* Functions that can fail return bool or a pointer and take one of these last; it may be NULL.
 */
struct vb_error {
    enum vb_code code;
    uint32_t line;  /* where in the file, from 1; 0: nowhere in particular */
    char text[400]; /* always ends in NUL, never in half a character */
};

/* The code's name in JSON: "not-found", "bad-format" … Never translated. */
VB_API const char *vb_code_name(enum vb_code code);
