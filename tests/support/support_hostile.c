/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/support_hostile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "base/str.h"
#include "verbatim/format.h"

enum { SECONDS_MAX = 60 };

static void allow_seconds(rlim_t seconds)
{
    struct rusage used;
    struct rlimit limit;
    getrusage(RUSAGE_SELF, &used);
    getrlimit(RLIMIT_CPU, &limit);
    limit.rlim_cur = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + seconds + 2;
    setrlimit(RLIMIT_CPU, &limit);
}

struct vb_transcript *hostile_read(const char *format, vb_str text, struct vb_error *error)
{
    *error = (struct vb_error){0};
    allow_seconds(SECONDS_MAX);
    vb_format_guess(text, "page.txt");
    struct vb_transcript *t = vb_read(vb_format_named(str_of(format)), text, error);
    assert_true(t || error->text[0]);
    return t;
}

struct buf hostile_text(const char *start, const char *part, size_t times, const char *end)
{
    struct buf text = {0};
    buf_puts(&text, start);
    for (size_t i = 0; i < times; i++)
        buf_puts(&text, part);
    buf_puts(&text, end);
    return text;
}
