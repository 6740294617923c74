/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file holds, by its content.
 *
 * Formats with a mark of their own come first.  MP3 has none, only frame headers of 11 fixed
 * bits, which random bytes hold by the thousand: three that agree and follow each other are
 * believed, in the first 256 KiB.  Behind something else it takes more, for quiet samples as
 * plain numbers look like headers, too. */
#include "audio/sniff.h"

#include <string.h>
#include <strings.h>

#include "audio/wav.h"
#include "base/encoding.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

enum { HEAD = 4096 };

struct mark {
    size_t at;
    vb_str bytes;
    enum sound_kind kind;
    const char *what; /* what it is, for a person, when we don't play it */
};

#define MARK(text) VB_STR(text)

static const struct mark marks[] = {
    {8,  MARK("WAVE"),             SOUND_WAV,    NULL                                           },
    {0,  MARK("fLaC"),             SOUND_FLAC,   NULL                                           },
    {28, MARK("\1vorbis"),         SOUND_VORBIS, NULL                                           },
    {28, MARK("OpusHead"),         SOUND_OPUS,   NULL                                           },
    {28,
     MARK("\x7F"
          "FLAC"),
     SOUND_OTHER,                                N_("FLAC in an Ogg container")                 },
    {28, MARK("Speex   "),         SOUND_OTHER,  N_("Speex")                                    },
    {0,  MARK("OggS"),             SOUND_OTHER,  N_("an Ogg file without the start of a stream")},
    {0,  MARK("riff\x2E\x91"),     SOUND_OTHER,  N_("Sony Wave64")                              },
    {4,  MARK("ftyp"),             SOUND_OTHER,  N_("AAC or video in an MP4 container")         },
    {8,  MARK("AVI "),             SOUND_OTHER,  N_("an AVI video")                             },
    {0,  MARK("FLV\1"),            SOUND_OTHER,  N_("a Flash video")                            },
    {0,  MARK("\0\0\1\xBA"),       SOUND_OTHER,  N_("an MPEG video")                            },
    {0,  MARK(".snd"),             SOUND_OTHER,  N_("an AU file")                               },
    {0,  MARK("ADIF"),             SOUND_OTHER,  N_("AAC")                                      },
    {0,  MARK("FORM"),             SOUND_OTHER,  N_("AIFF")                                     },
    {0,  MARK("caff"),             SOUND_OTHER,  N_("CAF")                                      },
    {0,  MARK("\x1A\x45\xDF\xA3"), SOUND_OTHER,  N_("Matroska or WebM")                         },
    {0,  MARK("\x30\x26\xB2\x75"), SOUND_OTHER,  N_("Windows Media")                            },
    {0,  MARK("MAC "),             SOUND_OTHER,  N_("Monkey's Audio")                           },
    {0,  MARK("wvpk"),             SOUND_OTHER,  N_("WavPack")                                  },
    {0,  MARK("#!AMR"),            SOUND_OTHER,  N_("AMR")                                      },
    {0,  MARK("%PDF"),             SOUND_NONE,   N_("a PDF document")                           },
    {0,  MARK("PK\3\4"),           SOUND_NONE,   N_("a ZIP archive or an office document")      },
    {0,  MARK("\x1F\x8B"),         SOUND_NONE,   N_("a compressed file")                        },
    {0,  MARK("\x89PNG"),          SOUND_NONE,   N_("a picture")                                },
    {0,  MARK("\xFF\xD8\xFF"),     SOUND_NONE,   N_("a picture")                                },
    {0,  MARK("GIF8"),             SOUND_NONE,   N_("a picture")                                },
};

static const struct mark *mark_of(vb_str head)
{
    for (const struct mark *m = marks; m < marks + COUNT(marks); m++)
        if (head.len >= m->at + m->bytes.len &&
            memcmp(head.data + m->at, m->bytes.data, m->bytes.len) == 0)
            return m;
    return NULL;
}

/* AAC as raw frames: 12 bits of sync, layer 0, and a length that leads to the next. */
static bool is_adts(struct reader *reader, int64_t at)
{
    for (int frame = 0; frame < 3; frame++) {
        const uint8_t *b = reader_peek(reader, at, 6);
        if (!b || b[0] != 0xFF || (b[1] & 0xF6) != 0xF0)
            return false;
        int size = (b[3] & 3) << 11 | b[4] << 3 | b[5] >> 5;
        if (size < 7)
            return false;
        at += size;
    }
    return true;
}

enum { IN_A_ROW = 3, BEHIND_RUBBISH = 12 };

/* Looks for some MP3 frames in a row, or for fewer that fill the rest of the file. */
static bool find_mp3(struct reader *reader, struct sniffed *found)
{
    int64_t from = found->start, size = reader->from.size;
    int64_t until = size - from < SNIFF_LIMIT ? size : from + SNIFF_LIMIT;
    for (int64_t at = from; at + 4 <= until; at++) {
        const uint8_t *b = reader_peek(reader, at, 2);
        if (!b)
            return false;
        if (b[0] != 0xFF || (b[1] & 0xE0) != 0xE0)
            continue;
        bool is_first = at == from;
        int frames =
            mp3_chain(reader, at, size, is_first ? IN_A_ROW : BEHIND_RUBBISH, &found->mp3);
        if (frames < (is_first ? 1 : IN_A_ROW))
            continue;
        found->junk = at - from;
        found->start = at;
        found->kind = SOUND_MP3;
        return true;
    }
    return false;
}

static bool is_html(vb_str head)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<?xml"};
    vb_str text = str_trim(str_from(head, str_starts(head, "\xEF\xBB\xBF") ? 3 : 0));
    for (size_t i = 0; i < COUNT(starts); i++) {
        size_t len = strlen(starts[i]);
        if (text.len >= len && strncasecmp(text.data, starts[i], len) == 0)
            return true;
    }
    return false;
}

static bool is_text(vb_str head)
{
    size_t odd = 0;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.data[i];
        odd += c < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    }
    size_t bom;
    enum encoding encoding = encoding_guess(head, &bom);
    return odd == 0 || encoding == ENC_UTF16LE || encoding == ENC_UTF16BE;
}

static bool is_all_zero(struct reader *reader, int64_t at)
{
    for (int64_t until = at + SNIFF_LIMIT; at < until; at++) {
        const uint8_t *b = reader_peek(reader, at, 1);
        if (!b)
            break;
        if (*b)
            return false;
    }
    return true;
}

/* What is it, if not sound?  The first sentence whose question is answered yes. */
static bool refuse(struct reader *reader, struct sniffed *found, vb_str head,
                   struct vb_error *error)
{
    if (reader->failed)
        return err_set(
            error, VB_UNREADABLE,
            _("the disk can't be read here; copy the file again from where it came"));
    if (reader->from.size == 0)
        return err_set(error, VB_BAD_FORMAT,
                       _("the file is empty; download or copy the recording again"));
    if (head.len == 0)
        return err_set(error, VB_BAD_FORMAT,
                       _("the file holds nothing but tags (title, cover …) and no sound; "
                         "download the recording again"));
    if (is_html(head))
        return err_set(error, VB_BAD_FORMAT,
                       _("this is a web page, not sound; download the recording itself"));
    if (is_all_zero(reader, found->start))
        return err_set(error, VB_BAD_FORMAT,
                       _("the file holds nothing but zeros, as an interrupted download does; "
                         "download the recording again"));
    if (head.len >= 32 && is_text(head))
        return err_set(error, VB_BAD_FORMAT, _("this is text, not sound; name a recording"));
    found->is_unknown = true;
    return err_set(error, VB_BAD_FORMAT,
                   _("no sound was found in this file; open an MP3, Ogg, Opus, FLAC or WAV "
                     "recording"));
}

static bool is_other(const char *name, struct sniffed *found)
{
    found->kind = SOUND_OTHER;
    found->name = name;
    return true;
}

static bool take_mark(struct reader *reader, const struct mark *mark, struct sniffed *found,
                      struct vb_error *error)
{
    found->kind = mark->kind;
    struct wav wav;
    if (mark->kind == SOUND_WAV && wav_read(reader, found->start, &wav) &&
        wav.format == WAV_MP3) {
        found->start = wav.data_at;
        if (!find_mp3(reader, found))
            return is_other(_("a WAV file with something else than MP3 in it"), found);
    }
    if (mark->kind == SOUND_OTHER)
        return is_other(_(mark->what), found);
    if (mark->kind == SOUND_NONE)
        return err_set(error, VB_BAD_FORMAT, _("this is %s, not sound; name a recording"),
                       _(mark->what));
    return true;
}

bool sniff(struct reader *reader, struct sniffed *found, struct vb_error *error)
{
    *found = (struct sniffed){.kind = SOUND_NONE};
    for (int64_t tag; (tag = id3_size(reader, found->start)) > 0; found->start += tag)
        id3_read(reader, found->start, &found->tags);
    char bytes[HEAD];
    vb_str head = {bytes, reader_read(reader, found->start, bytes, sizeof bytes)};
    const struct mark *mark = mark_of(head);
    if (mark)
        return take_mark(reader, mark, found, error);
    if (is_adts(reader, found->start))
        return is_other(_("AAC"), found);
    return (!is_html(head) && find_mp3(reader, found)) || refuse(reader, found, head, error);
}
