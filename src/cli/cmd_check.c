/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim check TRANSCRIPT [AUDIO]`: what is odd in a page, like a compiler tells it. */
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/check_out.h"
#include "cli/command.h"
#include "cli/input.h"
#include "cli/report.h"
#include "verbatim/sound.h"

enum { EXIT_FOUND = 1, EXIT_COULD_NOT = 3 };

const struct option check_options[] = {
    {"compare",                              'c', ARGUMENT_FILE, N_("FILE"), N_("a second text of the same sound"), NULL},
    {"level",                         0, ARGUMENT_CHOICE, N_("LEVEL"),
     N_("what to tell; else doubt"), "hint doubt mistake"},
    {"off", 0, ARGUMENT_ANY, N_("NAMES"), N_("checks to leave out: spelling,spaces"), NULL},
    {"language",                                      'l', ARGUMENT_ANY, N_("LANG"), N_("what is spoken; else guessed"), NULL},
    {"report",             0, ARGUMENT_FILE, N_("FILE"), N_("write a page with passages to listen to"),
     NULL},
    {"list",                           0, ARGUMENT_NONE, NULL, N_("list the checks"), NULL},
    {"json",                  0, ARGUMENT_NONE, NULL, N_("print one JSON object a line for each finding"), NULL},
    {0                                 },
};

struct checking {
    const char *text, *sound, *other, *report; /* paths; NULL: not given */
    enum vb_level level;
    struct vb_check_options how;
    bool json;

    struct vb_document *document, *witness;
    struct vb_timeline *times;
    struct vb_findings *findings;
    struct vb_comparison *comparison;
};

static bool choose_files(const struct parsed *args, struct checking *c, struct vb_error *error)
{
    if (args->word_count < 1 || args->word_count > 2)
        return err_set(error, VB_UNSUPPORTED, "%s",
                       _("name a transcript, and its recording if you have it"));
    bool turned = args->word_count == 2 && vb_is_sound(args->words[0]);
    c->text = args->words[turned];
    c->sound = args->word_count == 2 ? args->words[!turned] : NULL;
    return true;
}

static bool understand(const struct parsed *args, struct checking *c, struct vb_error *error)
{
    const char *level = option_value(args, "level");
    c->other = option_value(args, "compare");
    c->report = option_value(args, "report");
    c->how.off = option_value(args, "off");
    c->how.language = option_value(args, "language");
    c->level = VB_DOUBT;
    if (level && !vb_level_named(str_of(level), &c->level))
        return err_set(error, VB_UNSUPPORTED,
                       _("--level takes hint, doubt or mistake, not “%s”"), level);
    return choose_files(args, c, error);
}

static bool read_sound(struct checking *c, struct vb_error *error)
{
    struct vb_sound_info info;
    c->how.duration = VB_NO_TIME;
    if (!c->sound)
        return true;
    if (!vb_sound_read_info(c->sound, &info, error))
        return false;
    c->how.duration = info.duration;
    return true;
}

/* ---- the second text ---- */

/* The witness lends its times to the words both have. */
static void take_times(struct checking *c)
{
    const struct vb_transcript *t = vb_document_transcript(c->document);
    c->times = c->witness
                   ? vb_times_lent(t, vb_document_transcript(c->witness), c->how.duration)
                   : NULL;
    if (!c->times)
        c->times = vb_timeline_new(t, c->how.duration);
}

static void compare(struct checking *c)
{
    const struct vb_transcript *t = vb_document_transcript(c->document);
    if (!c->witness || !vb_word_count(t))
        return;
    c->comparison = vb_compare(t, vb_document_transcript(c->witness));
    vb_differences_add(c->findings, c->comparison, c->times);
}

/* ---- the whole ---- */

static bool read_all(struct checking *c, struct vb_error *error)
{
    c->document = input_transcript(c->text, error);
    if (!c->document || !read_sound(c, error))
        return false;
    if (c->other)
        c->witness = input_transcript(c->other, error);
    return !c->other || c->witness;
}

static void check(struct checking *c)
{
    take_times(c);
    c->how.times = c->times;
    c->findings = vb_check_page(vb_document_transcript(c->document),
                                vb_document_text(c->document), &c->how);
    compare(c);
}

static int tell(const struct checking *c)
{
    struct check_result r = {c->text,     c->sound,      c->document,
                             c->findings, c->comparison, c->level};
    struct buf out = {0}, page = {0};
    if (c->json)
        check_put_json(&r, &out);
    else
        check_put_lines(&r, &out);
    bool done = print_out(buf_str(&out));
    if (c->report) {
        check_put_page(&r, &page);
        done = report_output(c->report, buf_str(&page), c->json) == EXIT_DONE && done;
    }
    buf_free(&out);
    buf_free(&page);
    return !done ? EXIT_COULD_NOT : check_count(&r) ? EXIT_FOUND : EXIT_DONE;
}

static void release(struct checking *c)
{
    vb_comparison_free(c->comparison);
    vb_findings_free(c->findings);
    vb_timeline_free(c->times);
    vb_document_close(c->witness);
    vb_document_close(c->document);
}

static int list_checks(void)
{
    struct buf out = {0};
    for (size_t i = 0; i < vb_check_count(); i++) {
        struct vb_check check = vb_check_at(i);
        buf_printf(&out, "%-18s %s\n", check.name, check.summary);
    }
    bool done = print_out(buf_str(&out));
    buf_free(&out);
    return done ? EXIT_DONE : EXIT_COULD_NOT;
}

int cmd_check(const struct parsed *args)
{
    struct checking c = {.json = option_given(args, "json")};
    struct vb_error error = {0};
    if (option_given(args, "list"))
        return list_checks();
    if (!understand(args, &c, &error))
        return report_usage(&error, c.json);
    int code = EXIT_COULD_NOT;
    if (read_all(&c, &error)) {
        check(&c);
        code = tell(&c);
    } else {
        report_failure(&error, c.document ? c.other : c.text, c.json);
    }
    release(&c);
    return code;
}
