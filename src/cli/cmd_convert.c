/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim convert TRANSCRIPT --to FORMAT`: reads one format, writes another. */
#include <string.h>

#include "app/session.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/input.h"
#include "cli/report.h"
#include "format/format.h"

const struct option convert_options[] = {
    {"to",                                                      't', ARGUMENT_FORMAT, N_("FORMAT"),
     N_("what to write; else the ending of the -o FILE tells"), NULL},
    {"output",                                          'o', ARGUMENT_FILE, N_("FILE"), N_("where to write it, instead of printing it"),
     NULL},
    {"estimated", 0, ARGUMENT_NONE, NULL, N_("write times that are only estimated, too"), NULL},
    {"words",                                                         0, ARGUMENT_NONE, NULL, N_("a row for each word, where the format can"), NULL},
    {"sound",             0, ARGUMENT_FILE, N_("FILE"),
     N_("the recording whose length bounds the estimate; else its partner is looked for"),
     NULL},
    {"json",                                               0, ARGUMENT_NONE, NULL, N_("print errors as JSON, too"), NULL},
    {0                                                     },
};

/* All that one conversion needs. */
struct conversion {
    const char *from, *to; /* paths; `to` NULL: printed */
    const struct vb_format *format;
    struct vb_write_options options;
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

static bool choose_format(const struct parsed *args, struct conversion *c,
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

static bool choose_files(const struct parsed *args, struct conversion *c,
                         struct vb_error *error)
{
    if (args->word_count != 1)
        return err_set(error, VB_UNSUPPORTED, "%s",
                       args->word_count ? _("one transcript is converted at a time")
                                        : _("name the transcript to convert"));
    c->from = args->words[0];
    c->to = option_value(args, "output");
    if (c->to && strcmp(c->to, "-") == 0)
        c->to = NULL;
    return true;
}

/* Only an estimate asks how long the recording is. */
static void choose_sound(const struct parsed *args, struct conversion *c)
{
    const char *named = option_value(args, "sound");
    if (named)
        buf_puts(&c->sound, named);
    else if (c->options.estimated && strcmp(c->from, "-") != 0 &&
             !session_find_partner(c->from, &c->sound))
        buf_clear(&c->sound);
}

static bool keep_inputs_safe(const struct conversion *c, struct vb_error *error)
{
    if (!c->to)
        return true;
    const char *inputs[] = {c->from, c->sound.len ? c->sound.data : c->from};
    for (int i = 0; i < 2; i++)
        if (same_file(c->to, inputs[i]))
            return err_set(error, VB_UNSUPPORTED,
                           _("%s is what is read; name another file behind -o"), c->to);
    return true;
}

static bool understand(const struct parsed *args, struct conversion *c, struct vb_error *error)
{
    c->options.estimated = option_given(args, "estimated");
    c->options.words = option_given(args, "words");
    if (!choose_files(args, c, error) || !choose_format(args, c, error))
        return false;
    choose_sound(args, c);
    return keep_inputs_safe(c, error);
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
        const struct vb_transcript *transcript = vb_document_transcript(document);
        struct vb_timeline *timeline = vb_timeline_new(transcript, duration);
        done = vb_write(c->format, transcript, timeline, c->options, add_to_buf, out, error);
        vb_timeline_free(timeline);
    }
    vb_document_close(document);
    return done;
}

int cmd_convert(const struct parsed *args)
{
    struct conversion c = {0};
    struct vb_error error = {0};
    struct buf out = {0};
    const bool json = option_given(args, "json");
    int code;
    if (!understand(args, &c, &error))
        code = report_usage(&error, json);
    else if (!convert(&c, &out, &error))
        code = report_failure(&error, c.from, json);
    else
        code = report_output(c.to, buf_str(&out), json);
    buf_free(&out);
    buf_free(&c.sound);
    return code;
}
