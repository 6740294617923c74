/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of formats. */
#include "format/format.h"

#include <string.h>
#include <strings.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "format/refuse.h"

/* clang-format off */
static const struct vb_format *const formats[] = {
    &fmt_april,
    &fmt_srt,
    &fmt_vtt,
    &fmt_sbv,
    &fmt_lrc,
    &fmt_audacity,
    &fmt_tsv,
    &fmt_csv,
    &fmt_text,
    &fmt_markdown,
    &fmt_chapters_text,
    &fmt_jsonl,
    &fmt_podcast_json,
    &fmt_whisper,
    &fmt_podlove,
    &fmt_trs,
    &fmt_eaf,
    &fmt_ttml,
    &fmt_smil,
    &fmt_epub,
    &fmt_docx,
    &fmt_textgrid,
    &fmt_otranscribe,
    &fmt_podcast_html,
    &fmt_chapters,
    &fmt_stt,
    &fmt_aeneas,
    &fmt_html,
};
/* clang-format on */

/* Places in the text are 32 bits wide; what is larger was refused when the file was read. */
enum { TEXT_MAX = 256 << 20 };

size_t vb_format_count(void)
{
    return COUNT(formats);
}

const struct vb_format *vb_format_at(size_t i)
{
    return i < COUNT(formats) ? formats[i] : NULL;
}

const struct vb_format *vb_format_named(vb_str name)
{
    for (size_t i = 0; i < COUNT(formats); i++)
        if (str_eq(name, formats[i]->name))
            return formats[i];
    return NULL;
}

static bool has_extension(const struct vb_format *f, const char *file_name)
{
    const char *dot = file_name ? strrchr(file_name, '.') : NULL;
    vb_str wanted = dot ? str_of(dot + 1) : VB_STR("");
    vb_str rest = str_of(f->extensions);
    while (wanted.len && rest.len) {
        size_t space = str_find_char(rest, ' ');
        vb_str extension = str_cut(rest, 0, space);
        if (extension.len == wanted.len &&
            strncasecmp(extension.data, wanted.data, wanted.len) == 0)
            return true;
        rest = space == STR_NOT_FOUND ? VB_STR("") : str_from(rest, space + 1);
    }
    return false;
}

/* So little tells a text that is only words that a name may speak against it. */
enum { HARDLY = 4 };

static bool is_named_otherwise(const struct vb_format *guessed, const char *file_name)
{
    if (has_extension(guessed, file_name))
        return false;
    for (size_t i = 0; i < COUNT(formats); i++)
        if (formats[i]->read && has_extension(formats[i], file_name))
            return true;
    return false;
}

/* The surest reader; among equals the one whose extension the file has, then the first row. */
const struct vb_format *vb_format_guess(vb_str text, const char *file_name)
{
    const struct vb_format *best = NULL;
    int best_score = 0, best_sure = 0;
    for (size_t i = 0; i < COUNT(formats); i++) {
        int sure = formats[i]->probe ? formats[i]->probe(text) : 0;
        int score = sure ? sure * 2 + has_extension(formats[i], file_name) : 0;
        if (score > best_score) {
            best = formats[i];
            best_score = score;
            best_sure = sure;
        }
    }
    if (!best || best_sure > HARDLY || !is_named_otherwise(best, file_name))
        return best;
    return has_extension(&fmt_markdown, file_name) ? &fmt_markdown
                                                   : NULL; /* prose is Markdown */
}

bool vb_format_refuse(vb_str text, struct vb_error *error)
{
    return refuse_text(text, error);
}

const char *vb_format_name(const struct vb_format *f)
{
    return f->name;
}

const char *vb_format_summary(const struct vb_format *f)
{
    return _(f->summary);
}

bool vb_format_reads(const struct vb_format *f)
{
    return f->read != NULL;
}

bool vb_format_writes(const struct vb_format *f)
{
    return f->write != NULL;
}

bool vb_format_edits(const struct vb_format *f)
{
    return f->edits;
}

bool vb_format_quote(const struct vb_format *f, vb_str text, bool (*put)(void *to, vb_str text),
                     void *to)
{
    struct buf quoted = {0};
    if (f->quote)
        f->quote(text, &quoted);
    put(to, f->quote ? buf_str(&quoted) : text);
    buf_free(&quoted);
    return f->quote != NULL;
}

struct vb_transcript *vb_read(const struct vb_format *f, vb_str text, struct vb_error *error)
{
    return vb_read_judged(f, text, NULL, NULL, NULL, 0, error);
}

struct vb_transcript *vb_read_beside(const struct vb_format *f, vb_str text,
                                     const struct vb_companions *companions,
                                     struct vb_error *error)
{
    return vb_read_judged(f, text, NULL, companions, NULL, 0, error);
}

/* These say nothing: many formats are kept under them. */
static bool is_general(const char *ending)
{
    static const char *const endings[] = {"txt", "text", "json", "xml", "html", "htm"};
    for (size_t i = 0; i < COUNT(endings); i++)
        if (strcasecmp(ending, endings[i]) == 0)
            return true;
    return false;
}

/* The first reader whose ending the file has; NULL: none, or the name tells nothing. */
static const struct vb_format *named_by(const char *file_name)
{
    const char *dot = strrchr(file_name, '.');
    if (!dot || is_general(dot + 1))
        return NULL;
    for (size_t i = 0; i < COUNT(formats); i++)
        if (formats[i]->read && has_extension(formats[i], file_name))
            return formats[i];
    return NULL;
}

/* A file called .vtt that lacks its first line, a table that is called .srt. */
static void tell_of_name(struct builder *b, const struct vb_format *f, const char *file_name)
{
    const struct vb_format *named = file_name ? named_by(file_name) : NULL;
    if (!named || has_extension(f, file_name))
        return;
    if (named == &fmt_vtt && (f == &fmt_srt || f == &fmt_text))
        builder_note(
            b, VB_WARNING, (struct vb_span){0, 0},
            _("the name says WebVTT, but the first line “WEBVTT” is missing: it is read "
              "as %s, and other programs will refuse it"),
            f->name);
    else
        builder_note(b, VB_INFO, (struct vb_span){0, 0},
                     _("the name says %s, the content is %s, and is read as that"), named->name,
                     f->name);
}

struct vb_transcript *vb_read_judged(const struct vb_format *f, vb_str text,
                                     const char *file_name,
                                     const struct vb_companions *companions,
                                     const struct vb_judgement *judgements, size_t count,
                                     struct vb_error *error)
{
    if (!f->read) {
        err_set(error, VB_UNSUPPORTED, _("%s is only written, not read"), f->name);
        return NULL;
    }
    if (text.len > TEXT_MAX) {
        err_set(error, VB_UNSUPPORTED,
                _("the text is larger than %d MB; split it and open a part"), TEXT_MAX >> 20);
        return NULL;
    }
    struct builder *builder = builder_new(text);
    builder_companions(builder, companions);
    builder_judge(builder, judgements, count);
    tell_of_name(builder, f, file_name);
    if (f->read(text, builder, error))
        return builder_finish(builder);
    builder_free(builder);
    return NULL;
}

bool vb_write(const struct vb_format *f, const struct vb_transcript *t,
              const struct vb_timeline *times, struct vb_write_options options,
              bool (*put)(void *to, vb_str text), void *to, struct vb_error *error)
{
    if (!f->write)
        return err_set(error, VB_UNSUPPORTED, _("%s is only read, not written"), f->name);
    struct buf out = {0};
    bool written = f->write(t, times, options, &out, error);
    if (written && !put(to, buf_str(&out)))
        written = err_set(error, VB_CANCELLED, _("writing was stopped"));
    buf_free(&out);
    return written;
}
