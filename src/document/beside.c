/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A transcript may name any file: only texts are fetched, from the disk's folders or from the
 * archive, never from a network, a device or a pipe. */
#include "document/beside.h"

#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"

enum { FILE_MAX = 64 << 20 };

static bool is_text_name(vb_str name)
{
    static const char *const endings[] = {".xhtml", ".html", ".htm", ".xml",
                                          ".smil",  ".opf",  ".svg", ".txt"};
    for (size_t i = 0; i < COUNT(endings); i++) {
        size_t len = strlen(endings[i]);
        if (name.len > len && strncasecmp(name.data + name.len - len, endings[i], len) == 0)
            return true;
    }
    return false;
}

static bool is_plain_file(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISREG(s.st_mode);
}

static bool fetch(void *context, vb_str name, bool (*put)(void *to, vb_str bytes), void *to)
{
    struct beside *beside = context;
    struct buf path = {0}, bytes = {0};
    if (str_starts(name, "/") || !is_text_name(name) || memchr(name.data, '\0', name.len))
        return false;
    path_resolve(buf_str(&beside->folder), name, &path);
    if (!beside->package) { /* the disk knows what ".." is; the name is decoded already */
        buf_clear(&path);
        buf_add(&path, buf_str(&beside->folder));
        buf_add(&path, name);
    }
    bool found = beside->package
                     ? package_read(beside->package, buf_str(&path), &bytes)
                     : is_plain_file(path.data) && file_read(path.data, FILE_MAX, &bytes, NULL);
    if (found)
        put(to, buf_str(&bytes));
    buf_free(&path);
    buf_free(&bytes);
    return found;
}

static bool fetch_nothing(void *context, vb_str name, bool (*put)(void *to, vb_str bytes),
                          void *to)
{
    (void)context, (void)name, (void)put, (void)to;
    return false;
}

bool beside_begin(struct beside *beside, const char *path, struct buf *bytes,
                  struct vb_error *error)
{
    *beside = (struct beside){
        .companions = {path ? fetch : fetch_nothing, beside}
    };
    if (path)
        buf_add(&beside->folder, path_folder(str_of(path)));
    if (!package_is(buf_str(bytes)))
        return true;
    beside->archive = *bytes;
    *bytes = (struct buf){0};
    beside->companions.fetch = fetch;
    beside->package = package_open(buf_str(&beside->archive), error);
    return beside->package && package_main(beside->package, bytes, &beside->folder, error);
}

void beside_free(struct beside *beside)
{
    package_close(beside->package);
    buf_free(&beside->archive);
    buf_free(&beside->folder);
}

bool beside_find_publication(const char *folder, struct buf *path)
{
    struct buf container = {0};
    buf_clear(path);
    buf_printf(path, "%s/META-INF/container.xml", folder);
    bool found = is_plain_file(path->data) && file_read(path->data, FILE_MAX, &container, NULL);
    struct buf package = {0};
    found = found && path_in_container(buf_str(&container), &package);
    buf_clear(path);
    buf_printf(path, "%s/%s", folder, found ? package.data : "");
    buf_free(&package);
    buf_free(&container);
    return found;
}
