/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON into a buffer.  Commas come by themselves; strings are always valid UTF-8.
 *
 *     struct json json = {.out = &out};
 *     json_object(&json);
 *     json_key(&json, "start"), json_time(&json, start);
 *     json_end_object(&json);
 *     json_line_end(&json); */
#pragma once

#include "base/buf.h"

struct json {
    struct buf *out;
    bool needs_comma; /* a value stands before */
};

void json_object(struct json *json);
void json_end_object(struct json *json);
void json_array(struct json *json);
void json_end_array(struct json *json);
void json_key(struct json *json, const char *key);
void json_str(struct json *json, vb_str text);
void json_str_or_null(struct json *json, vb_str text); /* null where it is empty */
void json_number(struct json *json, int64_t number);
void json_real(struct json *json, double number);   /* null where it is not finite */
void json_time(struct json *json, vb_time seconds); /* null for VB_NO_TIME */
void json_bool(struct json *json, bool truth);
void json_null(struct json *json);
void json_line_end(struct json *json); /* the next value begins a line of its own */
