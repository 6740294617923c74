/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim check TRANSCRIPT [AUDIO]`: what is odd in a page, like a compiler tells it. */
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/check_heard.h"
#include "cli/check_out.h"
#include "cli/command.h"
#include "cli/input.h"
#include "cli/report.h"
#include "verbatim/sound.h"

enum { EXIT_FOUND = 1, EXIT_COULD_NOT = 3 };

/* clang-format off */
const struct option check_options[] = {
    {"compare",  'c', ARGUMENT_FILE,   N_("FILE"),  N_("a second text of the same sound"), NULL},
    {"level",    0,   ARGUMENT_CHOICE, N_("LEVEL"), N_("what to tell; else doubt"), "hint doubt mistake"},
    {"off",      0,   ARGUMENT_ANY,    N_("NAMES"), N_("checks to leave out: spelling,spaces"), NULL},
    {"language", 'l', ARGUMENT_ANY,    N_("LANG"),  N_("what is spoken; else guessed"), NULL},
    {"listen",   0,   ARGUMENT_NONE,   NULL,        N_("listen to the recording for what the text has otherwise"), NULL},
    {"no-state", 0,   ARGUMENT_NONE,   NULL,        N_("use nothing that the window remembers of this pair"), NULL},
    {"report",   0,   ARGUMENT_FILE,   N_("FILE"),  N_("write a page with passages to listen to"), NULL},
    {"list",     0,   ARGUMENT_NONE,   NULL,        N_("list the checks"), NULL},
    {"json",     0,   ARGUMENT_NONE,   NULL,        N_("print one JSON object a line for each finding"), NULL},
    {0},
};
/* clang-format on */

struct checking {
    const char *text, *sound, *other, *report; /* paths; NULL: not given */
    enum vb_level level;
    struct vb_check_options how;
    bool json, listens, remembers;

    struct vb_document *document, *witness;
    struct vb_timeline *times;
    struct check_heard heard;
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

static bool is_check(vb_str name)
{
    for (size_t i = 0; i < vb_check_count(); i++)
        if (str_eq(name, vb_check_at(i).name))
            return true;
    return false;
}

/* A name that is misspelt would switch nothing off, and nobody would know. */
static bool know_names(const char *names, struct vb_error *error)
{
    for (const char *name = names ? names : ""; *name;) {
        size_t len = strcspn(name, ", ");
        if (len && !is_check((vb_str){name, len}))
            return err_set(error, VB_UNSUPPORTED,
                           _("there is no check “%.*s”; --list names them all"), (int)len,
                           name);
        name += len + (name[len] != '\0');
    }
    return true;
}

static bool understand(const struct parsed *args, struct checking *c, struct vb_error *error)
{
    const char *level = option_value(args, "level");
    c->other = option_value(args, "compare");
    c->report = option_value(args, "report");
    c->how.off = option_value(args, "off");
    c->how.language = option_value(args, "language");
    c->listens = option_given(args, "listen");
    c->remembers = !option_given(args, "no-state");
    c->level = VB_DOUBT;
    if (level && !vb_level_named(str_of(level), &c->level))
        return err_set(error, VB_UNSUPPORTED,
                       _("--level takes hint, doubt or mistake, not “%s”"), level);
    if (!know_names(c->how.off, error) || !choose_files(args, c, error))
        return false;
    return !c->listens || c->sound ||
           err_set(error, VB_UNSUPPORTED, "%s", _("--listen needs the recording"));
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

/* Listening's are the best; a witness lends its times to the words both have. */
static void take_times(struct checking *c)
{
    const struct vb_transcript *t = vb_document_transcript(c->document);
    if (c->heard.times) {
        c->times = c->heard.times;
        c->heard.times = NULL;
        return;
    }
    c->times = c->witness
                   ? vb_times_lent(t, vb_document_transcript(c->witness), c->how.duration)
                   : NULL;
    if (!c->times)
        c->times = vb_timeline_new(t, c->how.duration);
}

static void compare(struct checking *c)
{
    const struct vb_transcript *t = vb_document_transcript(c->document);
    if (!c->witness || !vb_word_count(t) || vb_check_is_off(c->how.off, "difference"))
        return;
    c->comparison = vb_compare(t, vb_document_transcript(c->witness));
    vb_differences_add(c->findings, c->comparison, c->times);
}

/* ---- the sound ---- */

static void tell_nobody_listened(const struct checking *c)
{
    if (!c->json && vb_can_align())
        report_remark(_("nobody has listened for what is said otherwise: --listen does, and so "
                        "does the window"));
}

static bool hear(struct checking *c, struct vb_error *error)
{
    if (!c->sound)
        return true;
    if (c->listens)
        return check_listen(c->document, c->sound, c->how.language, &c->heard, error);
    if (!c->remembers || !check_remembered(c->document, c->sound, &c->heard))
        tell_nobody_listened(c);
    return true;
}

/* ---- the whole ---- */

static bool read_all(struct checking *c, struct vb_error *error)
{
    c->document = input_transcript(c->text, error);
    if (c->document && c->other)
        c->witness = input_transcript(c->other, error);
    return c->document && (!c->other || c->witness) && read_sound(c, error);
}

static void check(struct checking *c)
{
    take_times(c);
    c->how.times = c->times;
    c->findings = vb_check_page(vb_document_transcript(c->document),
                                vb_document_text(c->document), &c->how);
    compare(c);
    vb_doubts_add(c->findings, vb_document_transcript(c->document), c->heard.doubts,
                  c->heard.count, c->how.off);
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
    check_heard_free(&c->heard);
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

/* The one that was being read last. */
static const char *failed_file(const struct checking *c)
{
    if (!c->document)
        return c->text;
    bool all_read = !c->other || c->witness;
    return all_read ? c->sound : c->other;
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
    if (read_all(&c, &error) && hear(&c, &error)) {
        check(&c);
        code = tell(&c);
    } else {
        report_failure(&error, failed_file(&c), c.json);
    }
    release(&c);
    return code;
}
