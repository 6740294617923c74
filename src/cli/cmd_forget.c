/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim forget [FILE…]`: erases what is remembered, of these files or of all. */
#include <stdio.h>

#include "app/drafts.h"
#include "app/survey.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/report.h"
#include "format/json.h"
#include "library/store.h"

const struct option forget_options[] = {
    {"json", 0, ARGUMENT_NONE, NULL, N_("print what was erased as JSON"), NULL},
    {NULL,   0, ARGUMENT_NONE, NULL, NULL,                                NULL},
};

/* ---- what was erased, in words and in JSON ---- */

static void list(struct buf *out, const char *form, unsigned count)
{
    if (!count)
        return;
    buf_puts(out, out->len ? ", " : "");
    buf_printf(out, form, count);
}

static void put_words(const struct store_forgotten *f, unsigned drafts, struct buf *out)
{
    list(out, P_("%u place", "%u places", f->places), f->places);
    list(out, P_("%u stretch that was heard", "%u stretches that were heard", f->heard),
         f->heard);
    list(out, P_("the times of %u alignment", "the times of %u alignments", f->times),
         f->times);
    list(out, P_("%u mark", "%u marks", f->marks), f->marks);
    list(out, P_("%u decision about a speaker", "%u decisions about speakers", f->decisions),
         f->decisions);
    list(out, P_("%u recent file", "%u recent files", f->files), f->files);
    list(out,
         P_("corrections that were not saved, %u time",
            "corrections that were not saved, %u times", drafts),
         drafts);
}

static void put_json(const char *file, const struct store_forgotten *f, unsigned drafts,
                     struct buf *out)
{
    struct json json = {.out = out};
    json_object(&json);
    json_key(&json, "file"), json_str_or_null(&json, str_of(file));
    json_key(&json, "places"), json_number(&json, f->places);
    json_key(&json, "heard"), json_number(&json, f->heard);
    json_key(&json, "alignments"), json_number(&json, f->times);
    json_key(&json, "marks"), json_number(&json, f->marks);
    json_key(&json, "decisions"), json_number(&json, f->decisions);
    json_key(&json, "recent"), json_number(&json, f->files);
    json_key(&json, "drafts"), json_number(&json, drafts);
    json_end_object(&json);
    json_line_end(&json);
}

/* `file` NULL: all. */
static void put_erased(const char *file, const struct store_forgotten *what, unsigned drafts,
                       bool json, struct buf *out)
{
    struct buf words = {0};
    if (json) {
        put_json(file, what, drafts, out);
        return;
    }
    put_words(what, drafts, &words);
    if (file)
        buf_printf(out, "%s: ", file);
    if (words.len)
        buf_printf(out, _("erased: %s"), words.data);
    else
        buf_puts(out, _("nothing was remembered"));
    buf_putc(out, '\n');
    buf_free(&words);
}

/* ---- erasing ---- */

static bool forget(struct store *store, const char *file, bool json, struct buf *out,
                   struct vb_error *error)
{
    struct store_forgotten what = {0};
    bool done = file ? store_forget_file(store, file, &what, error)
                     : store_forget_all(store, &what, error);
    if (!done)
        return false;
    survey_forget(file);
    put_erased(file, &what, drafts_erase(file), json, out);
    return true;
}

int cmd_forget(const struct parsed *args)
{
    const bool json = option_given(args, "json");
    struct buf out = {0};
    struct vb_error error = {0};
    int code = EXIT_DONE;
    struct store *store = store_open(NULL, NULL, NULL);
    if (store_trouble(store, &error)) {
        store_close(store);
        return report_failure(&error, NULL, json);
    }
    if (!args->word_count && !forget(store, NULL, json, &out, &error))
        code = report_failure(&error, NULL, json);
    for (size_t i = 0; i < args->word_count; i++)
        if (!forget(store, args->words[i], json, &out, &error))
            code = report_failure(&error, args->words[i], json);
    store_close(store);
    if (!print_out(buf_str(&out)))
        code = EXIT_FAILED;
    buf_free(&out);
    return code;
}
