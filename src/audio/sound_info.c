/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a sound file is, without playing it. */
#include "verbatim/sound.h"

#include "audio/source.h"
#include "base/err.h"
#include "base/i18n.h"

bool vb_is_sound(const char *path)
{
    struct bytes bytes;
    if (!bytes_open(path, &bytes, NULL))
        return false;
    struct sniffed what;
    bool is_sound = source_sniff(bytes, &what, NULL);
    bytes_close(&bytes);
    return is_sound;
}

bool vb_sound_read_info(const char *path, struct vb_sound_info *info, struct vb_error *error)
{
    struct source *s = source_open(path, (struct source_news){NULL, NULL}, error);
    if (!s)
        return false;
    source_settle(s);
    source_describe(s, info);
    bool exact;
    uint64_t length = source_length(s, &exact);
    info->duration = time_of_frames(length, s->rate);
    source_close(s);
    if (length > 0)
        return true;
    err_set(error, VB_BAD_FORMAT, _("it holds no sound at all: its length is zero"));
    return err_wrap(error, "%s", path);
}
