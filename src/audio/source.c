/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of decoders, and choosing among them by what a file holds. */
#include "audio/source.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audio/mix.h"
#include "audio/ogg.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

extern const struct decoder decoder_mpg123, decoder_sndfile, decoder_libav;

static const struct decoder *const decoders[] = {
    &decoder_mpg123,
    &decoder_sndfile,
#ifdef HAVE_LIBAV
    &decoder_libav,
#endif
};

static bool is_known_to_any(struct bytes bytes)
{
    for (size_t i = 0; i < COUNT(decoders); i++)
        if (decoders[i]->knows && decoders[i]->knows(bytes))
            return true;
    return false;
}

bool source_sniff(struct bytes bytes, struct sniffed *what, struct vb_error *error)
{
    struct reader *reader = mem_new(sizeof *reader);
    reader_init(reader, bytes);
    bool known = sniff(reader, what, error);
    if (what->kind == SOUND_VORBIS || what->kind == SOUND_OPUS)
        what->is_chained = ogg_looks_chained(reader, what->start);
    reader_free(reader);
    free(reader);
    if (known || !what->is_unknown || !is_known_to_any(bytes))
        return known;
    what->kind = SOUND_OTHER;
    return true;
}

static const struct decoder *decoder_for(const struct sniffed *what)
{
    const struct decoder *found = NULL;
    for (size_t i = 0; i < COUNT(decoders); i++) {
        const struct decoder *d = decoders[i];
        bool is_better = what->is_chained && d->takes_chains;
        bool is_for_it = !found && d->kinds & 1U << what->kind;
        if ((is_better || is_for_it) && (!d->is_there || d->is_there()))
            found = d;
    }
    return found;
}

static struct source *open_bytes(struct bytes bytes, struct source_news news,
                                 struct vb_error *error)
{
    struct sniffed what;
    if (!source_sniff(bytes, &what, error))
        return NULL;
    const struct decoder *decoder = decoder_for(&what);
    if (!decoder) {
        err_set(error, VB_UNSUPPORTED,
                _("this is %s, which this build of Verbatim can't play; convert it first, "
                  "for example with: ffmpeg -i FILE sound.mp3"),
                what.name);
        return NULL;
    }
    struct source *s = decoder->open(bytes, &what, news, error);
    if (!s)
        return NULL;
    s->decoder = decoder;
    return s;
}

bool source_check_shape(long long rate, long long channels, struct vb_error *error)
{
    enum { LOWEST_RATE = 4000, HIGHEST_RATE = 384000 };
    if (channels < 1 || channels > MIX_MAX_CHANNELS)
        return err_set(
            error, VB_BAD_FORMAT,
            P_("its header claims %lld channel, where 1 to %d can be played; the file is "
               "damaged or not a recording",
               "its header claims %lld channels, where 1 to %d can be played; the file is "
               "damaged or not a recording",
               (unsigned long)channels),
            channels, MIX_MAX_CHANNELS);
    if (rate < LOWEST_RATE || rate > HIGHEST_RATE)
        return err_set(
            error, VB_BAD_FORMAT,
            _("its header claims %lld samples a second, where %d to %d can be played; "
              "the file is damaged"),
            rate, LOWEST_RATE, HIGHEST_RATE);
    return true;
}

struct source *source_open(const char *path, struct source_news news, struct vb_error *error)
{
    struct bytes bytes;
    if (!bytes_open(path, &bytes, error))
        return NULL;
    struct source *s = open_bytes(bytes, news, error);
    if (!s) {
        bytes_close(&bytes);
        err_wrap(error, "%s", path);
    }
    return s;
}

struct source *source_of(vb_str memory, struct source_news news, struct vb_error *error)
{
    return open_bytes(bytes_of(memory), news, error);
}

void source_close(struct source *s)
{
    if (s)
        s->decoder->close(s);
}

size_t source_read(struct source *s, float *frames, size_t count)
{
    return s->decoder->read(s, frames, count);
}

bool source_ready(struct source *s, uint64_t frame)
{
    return !s->decoder->ready || s->decoder->ready(s, frame);
}

bool source_trouble(struct source *s, struct vb_error *error)
{
    int failed = s->reader ? s->reader->failed : 0;
    if (failed > 0)
        err_set(error, VB_UNREADABLE,
                _("the file can't be read any more: %s; is its disk still there?"),
                strerror(failed));
    else if (failed == READER_CUT)
        err_set(error, VB_UNREADABLE,
                _("the file was cut short while it played; copy it again and open it anew"));
    else if (s->changed)
        err_set(error, VB_UNREADABLE, _("the file was changed while it played; open it anew"));
    return failed || s->changed;
}

uint64_t source_seek(struct source *s, uint64_t frame)
{
    if (s->reader)
        s->reader->failed = 0;
    s->changed = false;
    return s->decoder->seek(s, frame);
}

uint64_t source_length(struct source *s, bool *exact)
{
    return s->decoder->length(s, exact);
}

void source_settle(struct source *s)
{
    s->decoder->settle(s);
}

void source_describe(struct source *s, struct vb_sound_info *info)
{
    *info = (struct vb_sound_info){.rate = s->rate, .channels = s->channels};
    memcpy(info->title, s->what.tags.title, sizeof info->title);
    memcpy(info->artist, s->what.tags.artist, sizeof info->artist);
    memcpy(info->chapters, s->what.tags.chapters, sizeof info->chapters);
    info->chapter_count = s->what.tags.chapter_count;
    /* Less than a frame is what a cut in the middle of one leaves. */
    if (s->what.junk > s->what.mp3.size)
        sound_note(info,
                   P_("it begins with %lld byte that is no sound; it is skipped",
                      "it begins with %lld bytes that are no sound; they are skipped",
                      (unsigned long)s->what.junk),
                   (long long)s->what.junk);
    s->decoder->describe(s, info);
}

static void put_note(struct vb_sound_info *info, bool is_loss, const char *format, va_list args)
{
    if (info->note_count == COUNT(info->notes))
        return;
    struct vb_sound_note *note = &info->notes[info->note_count++];
    note->is_loss = is_loss;
    vsnprintf(note->text, sizeof note->text, format, args);
    str_end_whole(note->text, sizeof note->text);
}

void sound_note(struct vb_sound_info *info, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put_note(info, false, format, args);
    va_end(args);
}

void sound_loss(struct vb_sound_info *info, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put_note(info, true, format, args);
    va_end(args);
}

struct time_text time_text(double seconds)
{
    struct time_text out;
    long all = (long)seconds, hours = all / 3600;
    if (hours)
        snprintf(out.text, sizeof out.text, "%ld:%02ld:%02ld", hours, all / 60 % 60, all % 60);
    else
        snprintf(out.text, sizeof out.text, "%ld:%02ld", all / 60, all % 60);
    return out;
}

/* In two steps, so that nothing overflows in a thousand hours. */
vb_time time_of_frames(uint64_t frames, int rate)
{
    uint64_t r = (uint64_t)rate;
    return (vb_time)(frames / r * 1000000 + frames % r * 1000000 / r);
}

uint64_t frames_of_time(vb_time time, int rate)
{
    if (time <= 0)
        return 0;
    uint64_t t = (uint64_t)time, r = (uint64_t)rate;
    /* Rounded up: the frame whose time, rounded down, is this. */
    return t / 1000000 * r + (t % 1000000 * r + 999999) / 1000000;
}
