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

static void put_side(const struct vb_transcript *t, uint32_t first, uint32_t count,
                     struct buf *out)
{
    for (uint32_t i = first; i < first + count && i < first + 12; i++) {
        buf_puts(out, i > first ? " " : "");
        buf_add(out, vb_word_text(t, i));
    }
    buf_puts(out, count > 12 ? " …" : "");
}

static void add_difference(struct checking *c, const struct vb_difference *d)
{
    const struct vb_transcript *t = vb_document_transcript(c->document);
    const struct vb_transcript *other = vb_document_transcript(c->witness);
    struct buf here = {0}, there = {0}, text = {0};
    put_side(t, d->first, d->count, &here);
    put_side(other, d->other_first, d->other_count, &there);
    if (!d->count)
        buf_printf(&text, _("the other text has “%s” here"), there.data);
    else if (!d->other_count)
        buf_printf(&text, _("the other text has not “%s”"), here.data);
    else
        buf_printf(&text, _("“%s”: the other text has “%s”"), here.data, there.data);
    uint32_t word = d->first < vb_word_count(t) ? d->first : vb_word_count(t) - 1;
    uint32_t count = d->count ? d->count : 1;
    struct vb_span from = vb_word(t, word).span, until = vb_word(t, word + count - 1).span;
    vb_finding_add(c->findings,
                   &(struct vb_finding){
                       .check = "difference",
                       .level = VB_DOUBT,
                       .first_word = word,
                       .word_count = count,
                       .span = {from.at, until.at + until.len - from.at},
                       .start = vb_timeline_start(c->times, word),
                       .end = vb_timeline_end(c->times, word + count - 1),
                       .rank = 0.75F,
                       .text = buf_str(&text),
                       .instead = d->count && d->other_count ? buf_str(&there) : VB_STR(""),
    });
    buf_free(&here);
    buf_free(&there);
    buf_free(&text);
}

/* The witness lends its times to the words both have. */
static void take_times(struct checking *c)
{
    const struct vb_transcript *t = vb_document_transcript(c->document);
    c->times = vb_timeline_new(t, c->how.duration);
    if (!c->witness)
        return;
    const struct vb_transcript *other = vb_document_transcript(c->witness);
    struct vb_timeline *lent = vb_timeline_new(other, c->how.duration);
    if (vb_word_count(other) && vb_timeline_origin(lent, 0) >= VB_ALIGNED) {
        vb_timeline_free(c->times);
        c->times = vb_timeline_carry(lent, other, t, c->how.duration);
    }
    vb_timeline_free(lent);
}

static void compare(struct checking *c)
{
    const struct vb_transcript *t = vb_document_transcript(c->document);
    if (!c->witness || !vb_word_count(t))
        return;
    c->comparison = vb_compare(t, vb_document_transcript(c->witness));
    for (size_t i = 0; i < vb_difference_count(c->comparison); i++) {
        struct vb_difference d = vb_difference(c->comparison, i);
        add_difference(c, &d);
    }
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
