/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim align AUDIO TRANSCRIPT`: listens to the recording and writes when each word is
 * said, in any format that holds times. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/align_batch.h"
#include "cli/command.h"
#include "cli/input.h"
#include "cli/report.h"
#include "format/json.h"
#include "format/timecode.h"
#include "verbatim/sound.h"

const struct option align_options[] = {
    {"to",       't', ARGUMENT_FORMAT, N_("FORMAT"), N_("what to write; else jsonl"),                 NULL},
    {"output",   'o', ARGUMENT_FILE,   N_("FILE"),   N_("where to write it"),                         NULL},
    {"words",    0,   ARGUMENT_NONE,   NULL,         N_("a row for each word"),                       NULL},
    {"language", 'l', ARGUMENT_ANY,    N_("LANG"),   N_("what is spoken; else guessed"),              NULL},
    {"batch",    'b', ARGUMENT_FILE,   N_("LIST"),   N_("many: AUDIO, tab, TRANSCRIPT a line"),       NULL},
    {"doubts",   0,   ARGUMENT_FILE,   N_("FILE"),   N_("write there where text and sound disagree"),
     NULL                                                                                                 },
    {"around",   0,   ARGUMENT_ANY,    N_("TIME"),
     N_("only what is heard around it, in a second or two"),                                          NULL},
    {"jobs",     'j', ARGUMENT_ANY,    N_("N"),      N_("how many processors to use"),                NULL},
    {"json",     0,   ARGUMENT_NONE,   NULL,         N_("print errors as JSON, too"),                 NULL},
    {NULL,       0,   ARGUMENT_NONE,   NULL,         NULL,                                            NULL},
};

/* ---- what is asked for ---- */

const struct vb_format *align_format_for(const char *path)
{
    const char *dot = path ? strrchr(file_name(path), '.') : NULL;
    for (size_t i = 0; dot && i < vb_format_count(); i++) {
        const struct vb_format *format = vb_format_at(i);
        if (vb_format_writes(format) && list_has(format->extensions, str_of(dot + 1)))
            return format;
    }
    return vb_format_named(VB_STR("jsonl"));
}

static bool choose_format(const struct parsed *args, struct aligning *a, struct vb_error *error)
{
    const char *name = option_value(args, "to");
    a->format = name ? vb_format_named(str_of(name)) : align_format_for(a->to);
    if (a->format && vb_format_writes(a->format))
        return true;
    return err_set(error, VB_UNSUPPORTED, _("there is no format %s that can be written"),
                   name ? name : "jsonl");
}

/* The two in either order: sound is known by its content. */
static bool choose_files(const struct parsed *args, struct aligning *a, struct vb_error *error)
{
    if (args->word_count != 2)
        return err_set(error, VB_UNSUPPORTED, "%s",
                       _("name a recording and its transcript: align AUDIO TRANSCRIPT"));
    bool turned = !vb_is_sound(args->words[0]) && vb_is_sound(args->words[1]);
    a->sound = args->words[turned];
    a->text = args->words[!turned];
    a->to = option_value(args, "output");
    if (a->to && strcmp(a->to, "-") == 0)
        a->to = NULL;
    if (a->to && (same_file(a->to, a->sound) || same_file(a->to, a->text)))
        return err_set(error, VB_UNSUPPORTED,
                       _("%s is what is read; name another file behind -o"), a->to);
    return true;
}

static bool choose_jobs(const struct parsed *args, struct aligning *a, struct vb_error *error)
{
    const char *jobs = option_value(args, "jobs");
    char *end = NULL;
    long count = jobs ? strtol(jobs, &end, 10) : 2;
    if (jobs && (end == jobs || *end || count < 1 || count > 1024))
        return err_set(error, VB_UNSUPPORTED, _("--jobs takes a number from 1 on, not “%s”"),
                       jobs);
    a->how.jobs = (int)count;
    return true;
}

static bool choose_around(const struct parsed *args, struct aligning *a, struct vb_error *error)
{
    a->around = option_value(args, "around");
    if (a->around && !time_from_user(str_of(a->around), &a->at))
        return err_set(error, VB_UNSUPPORTED,
                       _("--around takes a time such as 12:30, not “%s”"), a->around);
    if (a->around && a->doubts)
        return err_set(error, VB_UNSUPPORTED, "%s",
                       _("--doubts needs the whole; --around listens to a part"));
    return true;
}

static bool choose_batch(const struct parsed *args, struct aligning *a, struct vb_error *error)
{
    if (args->word_count > 0 || option_value(args, "output") || a->doubts ||
        option_value(args, "around"))
        return err_set(error, VB_UNSUPPORTED, "%s",
                       _("--batch takes its files from the list: no others, no -o, no --doubts "
                         "and no --around"));
    return choose_format(args, a, error);
}

static bool understand(const struct parsed *args, struct aligning *a, struct vb_error *error)
{
    a->words = option_given(args, "words");
    a->doubts = option_value(args, "doubts");
    a->how.check = a->doubts != NULL;
    a->how.language = option_value(args, "language");
    if (option_value(args, "batch"))
        return choose_batch(args, a, error) && choose_jobs(args, a, error);
    return choose_files(args, a, error) && choose_format(args, a, error) &&
           choose_jobs(args, a, error) && choose_around(args, a, error);
}

/* ---- the bar ---- */

struct bar {
    bool shown;
    int percent;
};

static void draw_bar(void *ctx, float done)
{
    struct bar *bar = ctx;
    int percent = (int)(100 * done);
    if (!bar->shown || percent <= bar->percent)
        return;
    bar->percent = percent;
    char line[41];
    for (int i = 0; i < 40; i++)
        line[i] = i < percent * 2 / 5 ? '=' : ' ';
    line[40] = '\0';
    fprintf(stderr, "\r%3d %% [%s]", percent, line);
    fflush(stderr);
}

static void wipe_bar(const struct bar *bar)
{
    if (bar->shown)
        fprintf(stderr, "\r%*s\r", 52, "");
}

/* ---- the work ---- */

enum { FEW_WORDS = 24 }; /* so many are seldom found by chance */

static bool add_to_buf(void *to, vb_str text)
{
    buf_add(to, text);
    return true;
}

static void tell(const struct vb_align_report *report)
{
    char line[300];
    if (report->guessed) {
        snprintf(line, sizeof line,
                 _("the text is taken to be in the language “%s” (--language says another)"),
                 report->language);
        report_remark(line);
    }
    if (report->doubtful && report->spoken < FEW_WORDS)
        report_remark(_("so few words are found by chance in many a sound: listen whether they "
                        "are said there"));
    else if (report->doubtful)
        report_remark(
            _("text and sound suit each other badly: noise, an echo, or the text of another "
              "recording"));
    if (report->aligned < report->spoken) {
        snprintf(line, sizeof line, _("%u of %u words were not heard clearly"),
                 report->spoken - report->aligned, report->spoken);
        report_remark(line);
    }
}

/* A line of JSON each, the likeliest first. */
static bool write_doubts(const char *path, const struct vb_transcript *t,
                         const struct vb_align_report *report, struct vb_error *error)
{
    struct buf out = {0};
    for (size_t i = 0; i < report->doubt_count; i++) {
        const struct vb_doubt *doubt = &report->doubts[i];
        struct buf text = {0};
        for (uint32_t word = 0; word < doubt->word_count; word++) {
            buf_add(&text, word ? VB_STR(" ") : VB_STR(""));
            buf_add(&text, vb_word_text(t, doubt->first_word + word));
        }
        struct json json = {.out = &out};
        json_object(&json);
        json_key(&json, "reason"), json_str(&json, str_of(vb_doubt_name(doubt->reason)));
        json_key(&json, "start"), json_time(&json, doubt->from);
        json_key(&json, "end"), json_time(&json, doubt->until);
        json_key(&json, "word"), json_number(&json, doubt->first_word);
        json_key(&json, "words"), json_number(&json, doubt->word_count);
        json_key(&json, "score"), json_real(&json, (int)(doubt->score * 10) / 10.0);
        json_key(&json, "text"), json_str(&json, buf_str(&text));
        json_end_object(&json);
        json_line_end(&json);
        buf_free(&text);
    }
    bool done = file_write(path, buf_str(&out), error);
    buf_free(&out);
    return done;
}

static struct vb_timeline *align_around(const struct aligning *a, const struct vb_transcript *t,
                                        const struct vb_task *task, struct vb_error *error)
{
    struct vb_heard *heard = vb_align_around(t, a->sound, a->at, &a->how, task, error);
    struct vb_timeline *timeline = heard ? vb_timeline_heard(t, VB_NO_TIME, heard) : NULL;
    free(heard);
    return timeline;
}

bool align_pair(const struct aligning *a, struct buf *out, struct vb_align_report *report,
                struct vb_error *error)
{
    struct vb_document *document = input_transcript(a->text, error);
    if (!document)
        return false;
    const struct vb_transcript *transcript = vb_document_transcript(document);
    struct bar bar = {.shown = !a->quiet && isatty(STDERR_FILENO), .percent = -1};
    struct vb_task task = {.progress = draw_bar, .ctx = &bar};
    *report = (struct vb_align_report){0};
    struct vb_timeline *timeline =
        a->around ? align_around(a, transcript, &task, error)
                  : vb_align(transcript, a->sound, &a->how, &task, report, error);
    wipe_bar(&bar);
    bool done = timeline != NULL;
    if (done) {
        if (!a->quiet)
            tell(report);
        struct vb_write_options options = {.estimated = true, .words = a->words};
        done = vb_write(a->format, transcript, timeline, options, add_to_buf, out, error);
    }
    if (done && a->doubts)
        done = write_doubts(a->doubts, transcript, report, error);
    free(report->doubts);
    vb_timeline_free(timeline);
    vb_document_close(document);
    return done;
}

int cmd_align(const struct parsed *args)
{
    struct aligning a = {0};
    struct vb_error error = {0};
    struct vb_align_report report;
    struct buf out = {0};
    const bool json = option_given(args, "json");
    int code;
    if (!understand(args, &a, &error))
        code = report_usage(&error, json);
    else if (option_value(args, "batch"))
        code = align_batch(option_value(args, "batch"), &a, json);
    else if (!align_pair(&a, &out, &report, &error))
        code = report_failure(&error, a.text, json);
    else
        code = report_output(a.to, buf_str(&out), json);
    buf_free(&out);
    return code;
}
