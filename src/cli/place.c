/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the program's own files are. */
#include "cli/place.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* The folder the running program lies in. */
static bool program_folder(char folder[PATH_MAX])
{
    ssize_t len = readlink("/proc/self/exe", folder, PATH_MAX - 1);
    if (len <= 0)
        return false;
    folder[len] = '\0';
    char *slash = strrchr(folder, '/');
    if (!slash)
        return false;
    *slash = '\0';
    return true;
}

/* The first of `ways` from the program's folder that leads to a folder. */
static bool first_folder(const char *const *ways, size_t count, struct buf *folder)
{
    char home[PATH_MAX];
    if (!program_folder(home))
        return false;
    for (size_t i = 0; i < count; i++) {
        buf_clear(folder);
        buf_printf(folder, "%s%s", home, ways[i]);
        char *straight = realpath(folder->data, NULL); /* without ".." */
        buf_clear(folder);
        buf_puts(folder, straight ? straight : "");
        free(straight);
        if (folder->len && is_folder(folder->data))
            return true;
    }
    return false;
}

bool place_of_data(struct buf *folder)
{
    static const char *const ways[] = {"/../share/verbatim", "/../../assets"};
    const char *wanted = getenv("VERBATIM_DATA");
    if (!wanted || !*wanted)
        return first_folder(ways, COUNT(ways), folder);
    buf_clear(folder);
    buf_puts(folder, wanted);
    return is_folder(wanted);
}

bool place_of_translations(struct buf *folder)
{
    static const char *const ways[] = {"/locale", "/../share/locale"};
    return first_folder(ways, COUNT(ways), folder);
}
