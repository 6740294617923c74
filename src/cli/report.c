/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saying what went wrong. */
#include "cli/report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/table.h"
#include "format/json.h"

static void put_error(const char *code, const struct vb_error *error, const char *file)
{
    struct buf out = {0};
    struct json json = {.out = &out};
    json_object(&json);
    json_key(&json, "error"), json_object(&json);
    json_key(&json, "code"), json_str(&json, str_of(code));
    json_key(&json, "file"), json_str_or_null(&json, str_of(file));
    json_key(&json, "line");
    if (error->line)
        json_number(&json, error->line);
    else
        json_null(&json);
    json_key(&json, "message"), json_str(&json, str_of(error->text));
    json_end_object(&json);
    json_end_object(&json);
    json_line_end(&json);
    print_out(buf_str(&out));
    buf_free(&out);
}

/* Names and words from files stand in it: nothing that a terminal would obey. */
void report_remark(const char *sentence)
{
    struct buf line = {0};
    put_safe(&line, str_of(sentence));
    fprintf(stderr, "verbatim: %s\n", line.data ? line.data : "");
    buf_free(&line);
}

int report_failure(const struct vb_error *error, const char *file, bool json)
{
    report_remark(error->text);
    if (json)
        put_error(vb_code_name(error->code), error, file);
    return EXIT_FAILED;
}

int report_usage(const struct vb_error *error, bool json)
{
    report_remark(error->text);
    fprintf(stderr, "%s\n", _("'verbatim help' tells how it is used."));
    if (json)
        put_error("usage", error, NULL);
    return EXIT_USAGE;
}

bool print_out(vb_str text)
{
    fwrite(text.data, 1, text.len, stdout);
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    if (errno != EPIPE)
        fprintf(stderr, _("verbatim: the output can't be written: %s\n"), strerror(errno));
    return false;
}

int report_output(const char *to, vb_str text, bool json)
{
    struct vb_error error = {0};
    if (!to)
        return print_out(text) ? EXIT_DONE : EXIT_FAILED;
    if (!file_write(to, text, &error))
        return report_failure(&error, to, json);
    return EXIT_DONE;
}
