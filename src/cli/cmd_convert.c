/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim convert TRANSCRIPT… --to FORMAT`: reads one format, writes another. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/partner.h"
#include "app/session.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/command.h"
#include "cli/help.h"
#include "cli/input.h"
#include "cli/report.h"
#include "cli/table.h"
#include "format/format.h"
#include "format/json.h"
#include "format/rolling.h"

/* clang-format off */
const struct option convert_options[] = {
    {"to",           't', ARGUMENT_FORMAT, N_("FORMAT"), N_("what to write; else the ending of the -o FILE tells"), NULL},
    {"output",       'o', ARGUMENT_FILE, N_("FILE"), N_("where to write it, instead of printing it; a folder for several"), NULL},
    {"estimated",    0, ARGUMENT_NONE, NULL, N_("write times that are only estimated, too"), NULL},
    {"words",        0, ARGUMENT_NONE, NULL, N_("a row for each word, where the format can"), NULL},
    {"unroll",       0, ARGUMENT_NONE, NULL, N_("write each line of captions that roll once"), NULL},
    {"strict",       0, ARGUMENT_NONE, NULL, N_("write nothing that the format can't hold whole"), NULL},
    {"sound",        0, ARGUMENT_FILE, N_("FILE"), N_("the recording whose length bounds the estimate; else its partner is looked for"), NULL},
    {"list-formats", 0, ARGUMENT_NONE, NULL, N_("list the formats and what can be done with them"), NULL},
    {"json",         0, ARGUMENT_NONE, NULL, N_("print errors, and the list of formats, as JSON"), NULL},
    {0},
};
/* clang-format on */

/* What all conversions of one command share. */
struct converting {
    const char *to; /* file or folder; NULL: printed */
    bool into_folder;
    const struct vb_format *format;
    struct vb_write_options options;
    const char *sound; /* named; NULL: the transcript's partner */
    bool strict, json, unroll;
    VEC(struct buf) written; /* paths, so that none is written twice */
};

/* One of them. */
struct conversion {
    const struct converting *all;
    const char *from;
    struct buf to;    /* empty: printed */
    struct buf sound; /* path of the recording; empty: none */
};

/* ---- which format ---- */

static void list_writable(struct buf *names)
{
    for (size_t i = 0; i < vb_format_count(); i++)
        if (vb_format_writes(vb_format_at(i)))
            buf_printf(names, "%s%s", names->len ? ", " : "", vb_format_name(vb_format_at(i)));
}

/* `sentence` takes a name and the list of formats; without a name, the list alone. */
static bool refuse_format(struct vb_error *error, const char *sentence, const char *name)
{
    struct buf names = {0};
    list_writable(&names);
    if (name)
        err_set(error, VB_UNSUPPORTED, sentence, name, buf_str(&names).data);
    else
        err_set(error, VB_UNSUPPORTED, sentence, buf_str(&names).data);
    buf_free(&names);
    return false;
}

static const struct vb_format *format_for_path(const char *path)
{
    const char *dot = path ? strrchr(file_name(path), '.') : NULL;
    for (size_t i = 0; dot && i < vb_format_count(); i++) {
        const struct vb_format *format = vb_format_at(i);
        if (vb_format_writes(format) && list_has(format->extensions, str_of(dot + 1)))
            return format;
    }
    return NULL;
}

static bool choose_format(const struct parsed *args, struct converting *c,
                          struct vb_error *error)
{
    const char *name = option_value(args, "to");
    c->format = name ? vb_format_named(str_of(name)) : format_for_path(c->to);
    if (c->format && vb_format_writes(c->format))
        return true;
    if (name && c->format)
        return refuse_format(
            error, _("the format '%s' can only be read; these can be written: %s"), name);
    if (name)
        return refuse_format(error, _("there is no format '%s'; these can be written: %s"),
                             name);
    if (c->to)
        return refuse_format(
            error,
            _("--to FORMAT is missing, and no format ends like %s; these can be "
              "written: %s"),
            file_name(c->to));
    return refuse_format(error, _("--to FORMAT is missing; these can be written: %s"), NULL);
}

/* ---- what to read and where to write ---- */

static bool choose_files(const struct parsed *args, struct converting *c,
                         struct vb_error *error)
{
    if (!args->word_count)
        return err_set(error, VB_UNSUPPORTED, "%s", _("name the transcript to convert"));
    c->to = option_value(args, "output");
    if (c->to && strcmp(c->to, "-") == 0)
        c->to = NULL;
    c->into_folder = c->to && file_is_folder(c->to);
    if (args->word_count > 1 && !c->into_folder)
        return err_set(error, VB_UNSUPPORTED, "%s",
                       c->to ? _("several transcripts go into a folder; -o names none")
                             : _("several transcripts go into a folder; name it behind -o"));
    return true;
}

static bool understand(const struct parsed *args, struct converting *c, struct vb_error *error)
{
    c->options.estimated = option_given(args, "estimated");
    c->options.words = option_given(args, "words");
    c->strict = option_given(args, "strict");
    c->unroll = option_given(args, "unroll");
    c->json = option_given(args, "json");
    c->sound = option_value(args, "sound");
    return choose_files(args, c, error) && choose_format(args, c, error);
}

/* "talks/one.vtt" into the folder "out": "out/one.srt". */
static void put_target(struct conversion *c)
{
    const struct converting *all = c->all;
    if (!all->into_folder) {
        buf_puts(&c->to, all->to ? all->to : "");
        return;
    }
    vb_str name = str_of(strcmp(c->from, "-") == 0 ? "transcript" : file_name(c->from));
    const char *dot = memrchr(name.data, '.', name.len);
    if (dot && dot > name.data)
        name.len = (size_t)(dot - name.data);
    vb_str extension = str_of(all->format->extensions);
    extension = str_cut(extension, 0, strcspn(all->format->extensions, " "));
    buf_printf(&c->to, "%s/%.*s.%.*s", all->to, (int)name.len, name.data, (int)extension.len,
               extension.data);
}

/* Only an estimate asks how long the recording is. */
static void choose_sound(struct conversion *c)
{
    if (c->all->sound)
        buf_puts(&c->sound, c->all->sound);
    else if (c->all->options.estimated && strcmp(c->from, "-") != 0 &&
             !partner_find(c->from, &c->sound))
        buf_clear(&c->sound);
}

static bool keep_inputs_safe(const struct conversion *c, struct vb_error *error)
{
    if (!c->to.len)
        return true;
    const char *inputs[] = {c->from, c->sound.len ? c->sound.data : c->from};
    for (int i = 0; i < 2; i++)
        if (same_file(c->to.data, inputs[i]))
            return err_set(error, VB_UNSUPPORTED,
                           _("%s is what is read; name another file behind -o"), c->to.data);
    for (size_t i = 0; i < c->all->written.count; i++)
        if (same_file(c->to.data, c->all->written.items[i].data))
            return err_set(error, VB_UNSUPPORTED,
                           _("%s was just written, from a transcript of the same name"),
                           c->to.data);
    return true;
}

/* ---- what gets lost ---- */

static void list_losses(const struct vb_lost *lost, size_t count, struct buf *list)
{
    char one[200];
    for (size_t i = 0; i < count; i++) {
        vb_lost_say(lost[i], one, sizeof one);
        buf_printf(list, "%s%s", i ? ", " : "", one);
    }
}

/* Says what the format can't hold; false: nothing may get lost. */
static bool accept_losses(const struct conversion *c, const struct vb_transcript *t,
                          const struct vb_timeline *times, struct vb_error *error)
{
    struct vb_lost lost[VB_LOSS_KINDS];
    const char *name = vb_format_name(c->all->format);
    size_t count = vb_format_losses(c->all->format, t, times, c->all->options, lost);
    struct buf list = {0}, sentence = {0};
    if (!count)
        return true;
    list_losses(lost, count, &list);
    if (c->all->strict) {
        err_set(error, VB_UNSUPPORTED, _("%s: %s can't hold %s; nothing was written"), c->from,
                name, list.data);
    } else {
        buf_printf(&sentence, _("%s: %s can't hold %s"), c->from, name, list.data);
        report_remark(sentence.data);
    }
    buf_free(&sentence);
    buf_free(&list);
    return !c->all->strict;
}

/* ---- the work ---- */

static bool add_to_buf(void *to, vb_str text)
{
    buf_add(to, text);
    return true;
}

/* False: a recording was named that is none. */
static bool duration_of_sound(const struct conversion *c, vb_time *duration,
                              struct vb_error *error)
{
    struct vb_sound_info info;
    *duration = VB_NO_TIME;
    if (!c->sound.len)
        return true;
    if (!vb_sound_read_info(c->sound.data, &info, error))
        return false;
    *duration = info.duration;
    return true;
}

static bool convert(const struct conversion *c, struct buf *out, struct vb_error *error)
{
    vb_time duration;
    struct vb_document *document = input_transcript(c->from, error);
    if (!document)
        return false;
    bool done = duration_of_sound(c, &duration, error);
    if (done) {
        struct vb_transcript *unrolled =
            c->all->unroll ? rolling_unrolled(vb_document_transcript(document)) : NULL;
        const struct vb_transcript *transcript =
            unrolled ? unrolled : vb_document_transcript(document);
        struct vb_timeline *timeline = vb_timeline_new(transcript, duration);
        done = vb_write(c->all->format, transcript, timeline, c->all->options, add_to_buf, out,
                        error) ||
               err_wrap(error, "%s", c->from);
        done = done && accept_losses(c, transcript, timeline, error);
        vb_timeline_free(timeline);
        vb_transcript_unref(unrolled);
    }
    vb_document_close(document);
    return done;
}

/* Gives the exit code. */
static int convert_one(struct converting *all, const char *from)
{
    struct conversion c = {.all = all, .from = from};
    struct vb_error error = {0};
    struct buf out = {0};
    int code;
    put_target(&c);
    choose_sound(&c);
    if (!keep_inputs_safe(&c, &error))
        code = report_usage(&error, all->json);
    else if (!convert(&c, &out, &error))
        code = report_failure(&error, from, all->json);
    else
        code = report_output(c.to.len ? c.to.data : NULL, buf_str(&out), all->json);
    if (code == EXIT_DONE && c.to.len)
        vec_push(&all->written, c.to);
    else
        buf_free(&c.to);
    buf_free(&out);
    buf_free(&c.sound);
    return code;
}

/* ---- the list of formats ---- */

static void put_format_json(const struct vb_format *f, struct buf *out)
{
    struct json json = {.out = out};
    json_object(&json);
    json_key(&json, "name"), json_str(&json, str_of(f->name));
    json_key(&json, "extensions"), json_str(&json, str_of(f->extensions));
    json_key(&json, "reads"), json_bool(&json, vb_format_reads(f));
    json_key(&json, "writes"), json_bool(&json, vb_format_writes(f));
    json_key(&json, "edits"), json_bool(&json, vb_format_edits(f));
    json_key(&json, "summary"), json_str(&json, str_of(vb_format_summary(f)));
    json_end_object(&json);
    json_line_end(&json);
}

static void put_format_row(const struct vb_format *f, struct buf *out)
{
    struct buf right = {0};
    buf_printf(&right, "%s: %s", vb_format_summary(f), format_abilities(f));
    put_row(out, 18, f->name, right.data);
    buf_free(&right);
}

static int list_formats(bool json)
{
    struct buf out = {0};
    for (size_t i = 0; i < vb_format_count(); i++)
        (json ? put_format_json : put_format_row)(vb_format_at(i), &out);
    bool done = print_out(buf_str(&out));
    buf_free(&out);
    return done ? EXIT_DONE : EXIT_FAILED;
}

int cmd_convert(const struct parsed *args)
{
    struct converting c = {0};
    struct vb_error error = {0};
    int code = EXIT_DONE;
    if (option_given(args, "list-formats"))
        return list_formats(option_given(args, "json"));
    if (!understand(args, &c, &error))
        return report_usage(&error, c.json);
    for (size_t i = 0; i < args->word_count; i++) {
        int one = convert_one(&c, args->words[i]);
        code = one > code ? one : code;
    }
    for (size_t i = 0; i < c.written.count; i++)
        buf_free(&c.written.items[i]);
    free(c.written.items);
    return code;
}
