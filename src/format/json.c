/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON.  One flag is all the state there is: a value or a key that follows a value has
 * a comma before it. */
#include "format/json.h"

#include <math.h>

#include "base/str.h"
#include "format/timecode.h"

static void begin_value(struct json *json)
{
    if (json->needs_comma)
        buf_puts(json->out, ", ");
    json->needs_comma = true;
}

static void open_bracket(struct json *json, char bracket)
{
    begin_value(json);
    buf_putc(json->out, bracket);
    json->needs_comma = false;
}

static void close_bracket(struct json *json, char bracket)
{
    buf_putc(json->out, bracket);
    json->needs_comma = true;
}

void json_object(struct json *json)
{
    open_bracket(json, '{');
}

void json_end_object(struct json *json)
{
    close_bracket(json, '}');
}

void json_array(struct json *json)
{
    open_bracket(json, '[');
}

void json_end_array(struct json *json)
{
    close_bracket(json, ']');
}

/* NULL: the character stands as it is. */
static const char *short_escape(uint32_t c)
{
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        return NULL;
    }
}

static void put_quoted(struct buf *out, vb_str text)
{
    buf_putc(out, '"');
    for (size_t at = 0; at < text.len;) {
        uint32_t c = str_next(text, &at);
        const char *escape = short_escape(c);
        if (escape)
            buf_puts(out, escape);
        else if (c < 0x20 || c == 0x7F)
            buf_printf(out, "\\u%04x", (unsigned)c);
        else
            buf_char(out, c);
    }
    buf_putc(out, '"');
}

void json_key(struct json *json, const char *key)
{
    begin_value(json);
    put_quoted(json->out, str_of(key));
    buf_puts(json->out, ": ");
    json->needs_comma = false;
}

void json_str(struct json *json, vb_str text)
{
    begin_value(json);
    put_quoted(json->out, text);
}

void json_str_or_null(struct json *json, vb_str text)
{
    if (text.len)
        json_str(json, text);
    else
        json_null(json);
}

void json_number(struct json *json, int64_t number)
{
    begin_value(json);
    buf_printf(json->out, "%lld", (long long)number);
}

/* The decimal sign is the locale's in printf(), and a dot in JSON. */
void json_real(struct json *json, double number)
{
    if (!isfinite(number)) {
        json_null(json);
        return;
    }
    begin_value(json);
    size_t from = json->out->len;
    buf_printf(json->out, "%.9g", number);
    for (size_t i = from; i < json->out->len; i++)
        if (json->out->data[i] == ',')
            json->out->data[i] = '.';
}

void json_time(struct json *json, vb_time seconds)
{
    if (seconds == VB_NO_TIME) {
        json_null(json);
        return;
    }
    begin_value(json);
    time_put_seconds(json->out, seconds);
}

void json_bool(struct json *json, bool truth)
{
    begin_value(json);
    buf_puts(json->out, truth ? "true" : "false");
}

void json_null(struct json *json)
{
    begin_value(json);
    buf_puts(json->out, "null");
}

void json_line_end(struct json *json)
{
    buf_putc(json->out, '\n');
    json->needs_comma = false;
}
