/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim export --html TRANSCRIPT [SOUND]`: a page, or a book, to publish. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/partner.h"
#include "app/session.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "cli/command.h"
#include "cli/input.h"
#include "cli/report.h"
#include "format/page.h"
#include "verbatim/align.h"
#include "verbatim/sound.h"

/* clang-format off */
const struct option export_options[] = {
    {"html",      0,   ARGUMENT_NONE, NULL, N_("a page for browsers"), NULL},
    {"epub",      0,   ARGUMENT_NONE, NULL, N_("a book, text and sound together"), NULL},
    {"output",    'o', ARGUMENT_FILE, N_("FILE"), N_("where to write it, instead of printing it"), NULL},
    {"embed",     0,   ARGUMENT_NONE, NULL, N_("put the recording into the page"), NULL},
    {"align",     0,   ARGUMENT_NONE, NULL, N_("listen for the times that are not known"), NULL},
    {"estimated", 0,   ARGUMENT_NONE, NULL, N_("write times that are only estimated, too"), NULL},
    {"words",     0,   ARGUMENT_NONE, NULL, N_("let the book follow word by word"), NULL},
    {"language",  'l', ARGUMENT_ANY, N_("LANG"), N_("what is spoken; else guessed"), NULL},
    {"json",      0,   ARGUMENT_NONE, NULL, N_("print errors as JSON, too"), NULL},
    {0},
};
/* clang-format on */

enum { SOUND_MAX = 512 << 20 };

struct exporting {
    const char *text, *to; /* `to` NULL: printed */
    const char *language;  /* NULL: guessed */
    struct buf sound;      /* path; empty: none */
    bool html, embed, align;
    struct vb_write_options options;
};

/* ---- what is asked for ---- */

static bool is_known_sound(const char *path)
{
    struct vb_sound_info info;
    return vb_sound_read_info(path, &info, NULL);
}

/* Transcript and sound in either order. */
static bool choose_files(const struct parsed *args, struct exporting *e, struct vb_error *error)
{
    if (args->word_count < 1 || args->word_count > 2)
        return err_set(error, VB_UNSUPPORTED, "%s",
                       args->word_count
                           ? _("one transcript and one recording are exported at a "
                               "time")
                           : _("name the transcript to export"));
    const char *first = args->words[0], *second = args->word_count > 1 ? args->words[1] : NULL;
    bool swapped = second && is_known_sound(first) && !is_known_sound(second);
    e->text = swapped ? second : first;
    if (second)
        buf_puts(&e->sound, swapped ? first : second);
    else if (strcmp(first, "-") != 0 && !partner_find(first, &e->sound))
        buf_clear(&e->sound);
    return true;
}

static bool understand(const struct parsed *args, struct exporting *e, struct vb_error *error)
{
    bool epub = option_given(args, "epub");
    e->html = option_given(args, "html");
    e->embed = option_given(args, "embed");
    e->align = option_given(args, "align");
    e->options.estimated = option_given(args, "estimated");
    e->options.words = option_given(args, "words");
    e->language = option_value(args, "language");
    e->to = option_value(args, "output");
    if (e->to && strcmp(e->to, "-") == 0)
        e->to = NULL;
    if (e->html == epub)
        return err_set(error, VB_UNSUPPORTED, _("say what to make: --html or --epub"));
    if (epub && !e->to && isatty(STDOUT_FILENO))
        return err_set(error, VB_UNSUPPORTED,
                       _("a book is no text for a terminal; name a file behind -o"));
    if (!choose_files(args, e, error))
        return false;
    if (e->align && !e->sound.len)
        return err_set(error, VB_UNSUPPORTED,
                       _("there is no recording to listen to; name it behind the transcript"));
    if (e->to &&
        (same_file(e->to, e->text) || (e->sound.len && same_file(e->to, e->sound.data))))
        return err_set(error, VB_UNSUPPORTED,
                       _("%s is what is read; name another file behind -o"), e->to);
    return true;
}

/* ---- where the recording lies, seen from the page ---- */

/* The folder of a file that may not be there yet, whole and real. */
static char *folder_of(const char *path)
{
    struct buf folder = {0};
    buf_add(&folder, str_cut(str_of(path), 0, (size_t)(file_name(path) - path)));
    char *real = realpath(folder.len ? folder.data : ".", NULL);
    buf_free(&folder);
    return real;
}

static void put_address(vb_str path, struct buf *out)
{
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.data[i];
        if (c <= ' ' || c >= 0x7F || strchr("%#?\"<>\\^`{|}", c))
            buf_printf(out, "%%%02X", c);
        else
            buf_putc(out, (char)c);
    }
}

/* "../sound/talk.mp3": up to the last folder that both have, then down. */
static void relative_path(const char *from, const char *to, struct buf *out)
{
    size_t same = 0, i = 0;
    for (; from[i] && from[i] == to[i]; i++)
        same = to[i] == '/' ? i + 1 : same;
    if (!from[i] && to[i] == '/')
        same = i + 1;
    for (const char *rest = from + same; same <= strlen(from) && *rest; rest++)
        if (rest == from + same || (*rest == '/' && rest[1]))
            buf_puts(out, "../");
    buf_puts(out, to + same);
}

static void address_of_sound(const struct exporting *e, struct buf *out)
{
    char *folder = folder_of(e->to ? e->to : ""), *sound = realpath(e->sound.data, NULL);
    struct buf path = {0};
    if (folder && sound)
        relative_path(folder, sound, &path);
    else
        buf_puts(&path, e->sound.data);
    put_address(buf_str(&path), out);
    buf_free(&path);
    free(folder);
    free(sound);
}

static void put_base64(vb_str bytes, struct buf *out)
{
    static const char signs[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < bytes.len; i += 3) {
        uint32_t three = 0;
        for (size_t k = 0; k < 3; k++)
            three = three << 8 | (i + k < bytes.len ? (uint8_t)bytes.data[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            buf_putc(out, i + k > bytes.len ? '=' : signs[three >> (18 - 6 * k) & 63]);
    }
}

/* ---- the work ---- */

static struct vb_timeline *find_times(const struct exporting *e, const struct vb_transcript *t,
                                      vb_time *duration, struct vb_error *error)
{
    struct vb_sound_info info;
    *duration = VB_NO_TIME;
    if (e->sound.len && !vb_sound_read_info(e->sound.data, &info, error))
        return NULL;
    if (e->sound.len)
        *duration = info.duration;
    struct vb_align_options how = {.language = e->language, .jobs = 2};
    struct vb_task task = {0};
    return e->align ? vb_align(t, e->sound.data, &how, &task, NULL, error)
                    : vb_timeline_new(t, *duration);
}

static const char *language_of(const struct exporting *e, const struct vb_transcript *t)
{
    return e->language ? e->language : vb_guess_language(t);
}

static bool export_page(const struct exporting *e, const struct vb_transcript *t,
                        const struct vb_timeline *times, struct buf *out,
                        struct vb_error *error)
{
    struct buf source = {0}, bytes = {0};
    struct page_sound sound = {.source = VB_STR(""), .link = VB_STR("")};
    bool done = true;
    if (e->sound.len)
        sound.type = page_media_type(e->sound.data);
    if (e->sound.len && e->embed) {
        done = file_read(e->sound.data, SOUND_MAX, &bytes, error);
        buf_printf(&source, "data:%s;base64,", sound.type ? sound.type : "audio/mpeg");
        put_base64(buf_str(&bytes), &source);
    } else if (e->sound.len) {
        address_of_sound(e, &source);
        sound.link = buf_str(&source);
    }
    sound.source = buf_str(&source);
    if (done)
        page_write(t, times, e->options, &sound, language_of(e, t), out);
    buf_free(&source);
    buf_free(&bytes);
    return done;
}

/* What every reader of EPUB must play: the others are refused there. */
static bool fits_book(const char *type)
{
    return type && (strcmp(type, "audio/mpeg") == 0 || strcmp(type, "audio/mp4") == 0 ||
                    strcmp(type, "audio/ogg; codecs=opus") == 0);
}

static bool export_book(const struct exporting *e, const struct vb_transcript *t,
                        const struct vb_timeline *times, vb_time duration, struct buf *out,
                        struct vb_error *error)
{
    struct buf bytes = {0}, name = {0};
    struct epub_sound sound = {.duration = duration};
    if (e->sound.len) {
        sound.type = page_media_type(e->sound.data);
        if (!fits_book(sound.type))
            return err_set(error, VB_UNSUPPORTED,
                           _("%s: a book holds MP3, M4A or Opus; convert the recording first"),
                           e->sound.data);
        if (!file_read(e->sound.data, SOUND_MAX, &bytes, error))
            return false;
        buf_printf(&name, "sound%s", strrchr(e->sound.data, '.'));
        sound.name = name.data;
        sound.bytes = buf_str(&bytes);
    }
    epub_write(t, times, e->options, &sound, language_of(e, t), out);
    buf_free(&bytes);
    buf_free(&name);
    return true;
}

/* Without times a page is text, without links. */
static void tell_of_times(const struct exporting *e, const struct vb_transcript *t,
                          const struct vb_timeline *times)
{
    uint32_t known = 0;
    char line[300];
    for (uint32_t i = 0; i < vb_word_count(t); i++)
        known += vb_timeline_origin(times, i) > VB_ESTIMATED;
    if (e->options.estimated || !e->sound.len || known * 2 > vb_word_count(t))
        return;
    snprintf(
        line, sizeof line,
        P_("the time of %u word is known, and of the others not: --align listens for them, "
           "--estimated lets them be guessed",
           "the times of %u words are known, and of the others not: --align listens for "
           "them, --estimated lets them be guessed",
           known),
        known);
    report_remark(line);
}

static bool export(const struct exporting *e, struct buf *out, struct vb_error *error)
{
    vb_time duration;
    struct vb_document *document = input_transcript(e->text, error);
    if (!document)
        return false;
    const struct vb_transcript *t = vb_document_transcript(document);
    struct vb_timeline *times = find_times(e, t, &duration, error);
    bool done = times != NULL;
    if (done)
        tell_of_times(e, t, times);
    if (done)
        done = e->html ? export_page(e, t, times, out, error)
                       : export_book(e, t, times, duration, out, error);
    vb_timeline_free(times);
    vb_document_close(document);
    return done;
}

int cmd_export(const struct parsed *args)
{
    struct exporting e = {0};
    struct vb_error error = {0};
    struct buf out = {0};
    const bool json = option_given(args, "json");
    int code;
    if (!understand(args, &e, &error))
        code = report_usage(&error, json);
    else if (!export(&e, &out, &error))
        code = report_failure(&error, e.text, json);
    else
        code = report_output(e.to, buf_str(&out), json);
    buf_free(&out);
    buf_free(&e.sound);
    return code;
}
