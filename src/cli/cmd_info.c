/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim info FILE…`: all that is read of a transcript or a recording. */
#include "app/partner.h"
#include "base/err.h"
#include "base/i18n.h"
#include "cli/command.h"
#include "cli/info.h"
#include "cli/input.h"
#include "cli/report.h"

const struct option info_options[] = {
    {"json",         0, ARGUMENT_NONE, NULL, N_("print one JSON object a line for each file"), NULL},
    {0},
};

static bool tell_sound(const char *path, bool json, struct buf *out, struct vb_error *error)
{
    struct vb_sound_info info;
    if (!vb_sound_read_info(path, &info, error))
        return false;
    if (json)
        info_sound_json(path, &info, out);
    else
        info_sound_text(path, &info, out);
    return true;
}

static bool tell_transcript(const char *path, bool json, struct buf *out,
                            struct vb_error *error)
{
    struct vb_document *document = input_transcript(path, error);
    if (!document)
        return false;
    if (json)
        info_transcript_json(document, out);
    else
        info_transcript_text(document, out);
    vb_document_close(document);
    return true;
}

static int tell(const char *path, bool json)
{
    struct vb_error error = {0};
    struct buf out = {0};
    bool told = vb_is_sound(path) ? tell_sound(path, json, &out, &error)
                                  : tell_transcript(path, json, &out, &error);
    if (!told && partner_is_named_as_sound(path)) /* what is it instead? */
        told = tell_sound(path, json, &out, &error);
    int code = EXIT_DONE;
    if (!told)
        code = report_failure(&error, path, json);
    else if (!print_out(buf_str(&out)))
        code = EXIT_FAILED;
    buf_free(&out);
    return code;
}

int cmd_info(const struct parsed *args)
{
    const bool json = option_given(args, "json");
    if (!args->word_count) {
        struct vb_error error = {0};
        err_set(&error, VB_UNSUPPORTED, "%s", _("name a transcript or a recording"));
        return report_usage(&error, json);
    }
    int code = EXIT_DONE;
    for (size_t i = 0; i < args->word_count; i++)
        if (tell(args->words[i], json) != EXIT_DONE)
            code = EXIT_FAILED;
    return code;
}
