/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling in a struct vb_error.  The leaf says what; callers add where. */
#pragma once

#include "verbatim/error.h"

/* Always false, so that a leaf can say: return err_set(error, VB_BAD_FORMAT, _("…"), …); */
bool err_set(struct vb_error *error, enum vb_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same, for a place in a file: "line 12: …" stands before the sentence. */
bool err_set_line(struct vb_error *error, enum vb_code code, uint32_t line, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));
/* Puts "WHERE: " before what is already there. Always false. */
bool err_wrap(struct vb_error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
