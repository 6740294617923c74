/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values into statements, and out of rows. */
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "library/store_parts.h"

struct value value_number(int64_t number)
{
    return (struct value){.kind = VALUE_NUMBER, .number = number};
}

struct value value_word(uint32_t word)
{
    return value_number(word == VB_NONE ? -1 : (int64_t)word);
}

struct value value_real(double number)
{
    return (struct value){.kind = VALUE_REAL, .real = number};
}

struct value value_text(vb_str text)
{
    return (struct value){.kind = VALUE_TEXT, .bytes = text};
}

struct value value_key(const struct store_key *key)
{
    return value_text(str_of(key->hex));
}

struct value value_bytes(vb_str bytes)
{
    return (struct value){.kind = VALUE_BYTES, .bytes = bytes};
}

static int bind(sqlite3_stmt *statement, int at, const struct value *value)
{
    const char *data = value->bytes.data ? value->bytes.data : "";
    switch (value->kind) {
    case VALUE_NUMBER:
        return sqlite3_bind_int64(statement, at, value->number);
    case VALUE_REAL:
        return sqlite3_bind_double(statement, at, value->real);
    case VALUE_TEXT:
        return sqlite3_bind_text64(statement, at, data, value->bytes.len, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case VALUE_BYTES:
        return sqlite3_bind_blob64(statement, at, data, value->bytes.len, SQLITE_STATIC);
    default:
        return sqlite3_bind_null(statement, at);
    }
}

int values_bind(sqlite3_stmt *statement, const struct value *values, size_t count)
{
    size_t asked = (size_t)sqlite3_bind_parameter_count(statement);
    int code = SQLITE_OK;
    for (size_t i = 0; i < count && i < asked && code == SQLITE_OK; i++)
        code = bind(statement, (int)i + 1, &values[i]);
    return code;
}

vb_str column_text(sqlite3_stmt *from, int column)
{
    const char *text = (const char *)sqlite3_column_text(from, column);
    return (vb_str){text ? text : "", text ? (size_t)sqlite3_column_bytes(from, column) : 0};
}

uint32_t column_word(sqlite3_stmt *from, int column)
{
    int64_t word = sqlite3_column_int64(from, column);
    return word < 0 || word >= VB_NONE ? VB_NONE : (uint32_t)word;
}

vb_str column_bytes(sqlite3_stmt *from, int column)
{
    const char *bytes = sqlite3_column_blob(from, column);
    return (vb_str){bytes ? bytes : "", bytes ? (size_t)sqlite3_column_bytes(from, column) : 0};
}

int64_t store_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * VB_SECOND + now.tv_nsec / 1000;
}
