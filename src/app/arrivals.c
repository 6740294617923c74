/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/arrivals.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/cache.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

static void open_pair(struct session *s, const char *first, const char *second)
{
    struct vb_error error = {0};
    if (!session_open_pair(s, first, second, &error))
        session_say(s, MESSAGE_WARNING, "%s", error.text);
}

void arrivals_open(struct session *s, const char *path)
{
    struct vb_error error = {0};
    if (!s->transcript && !s->player)
        open_pair(s, path, NULL);
    else if (!session_open(s, path, &error))
        session_say(s, MESSAGE_WARNING, "%s", error.text);
}

/* ---- the sample ---- */

static void sample_paths(const struct session *s, struct buf paths[2])
{
    static const char *const names[2] = {"casilli.mp3", "casilli.txt"};
    for (int i = 0; i < 2; i++) {
        buf_clear(&paths[i]);
        buf_printf(&paths[i], "%s/sample/%s", s->data ? s->data : ".", names[i]);
    }
}

bool arrivals_has_sample(const struct session *s)
{
    struct buf paths[2] = {0};
    sample_paths(s, paths);
    bool both = s->data && file_exists(paths[0].data) && file_exists(paths[1].data);
    buf_free(&paths[0]);
    buf_free(&paths[1]);
    return both;
}

void arrivals_open_sample(struct session *s)
{
    struct buf paths[2] = {0};
    sample_paths(s, paths);
    open_pair(s, paths[0].data, paths[1].data);
    buf_free(&paths[0]);
    buf_free(&paths[1]);
}

/* ---- a page from the clipboard ---- */

enum { PASTED_MOST = 64 << 20 };

static bool keep(vb_str page, struct buf *path, struct vb_error *error)
{
    /* one name for each page: the same one pasted again is the same file */
    uint64_t hash = 0xCBF29CE484222325u;
    for (size_t i = 0; i < page.len; i++)
        hash = (hash ^ (uint8_t)page.data[i]) * 0x100000001B3u;
    char name[40];
    snprintf(name, sizeof name, "%016llx.txt", (unsigned long long)hash);
    if (!cache_path("pasted", name, path)) {
        snprintf(error->text, sizeof error->text, "%s",
                 _("there is no folder to keep a pasted page in: HOME is not set"));
        return false;
    }
    cache_trim("pasted", PASTED_MOST);
    return file_write(path->data, page, error);
}

static bool looks_like_a_page(vb_str text)
{
    size_t lines = 0, at = 0;
    vb_str line;
    while (lines < 2 && str_line(text, &at, &line))
        lines += str_trim(line).len > 0;
    return lines >= 2;
}

void arrivals_paste(struct session *s)
{
    struct buf text = {0}, path = {0};
    struct vb_error error = {0};
    bool got = s->clipboard.get && s->clipboard.get(s->clipboard.ctx, &text);
    if (!got || !looks_like_a_page(buf_str(&text)))
        session_say(s, MESSAGE_INFO, "%s",
                    _("the clipboard holds no page: copy the whole transcript, then paste it"));
    else if (!keep(buf_str(&text), &path, &error) || !session_open(s, path.data, &error))
        session_say(s, MESSAGE_WARNING, "%s", error.text);
    buf_free(&text);
    buf_free(&path);
}

/* ---- what was open lately ---- */

void arrivals_open_recent(struct session *s, size_t i)
{
    enum { ROOM = 16 };
    struct recent *recent = mem_new(ROOM * sizeof *recent);
    size_t count = s->recents.list ? s->recents.list(s->recents.ctx, recent, ROOM) : 0;
    if (i < count)
        open_pair(s, recent[i].path, recent[i].second[0] ? recent[i].second : NULL);
    free(recent);
}
