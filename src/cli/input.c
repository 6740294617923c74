/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the commands read. */
#include "cli/input.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"

enum { INPUT_MAX = 64 << 20 }; /* the limit of vb_document_open() */

/* The standard input need not be a file: sockets can't be opened by a name. */
static bool read_standard_input(struct buf *into, struct vb_error *error)
{
    char part[64 * 1024];
    ssize_t got;
    while ((got = read(STDIN_FILENO, part, sizeof part)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_set(error, VB_UNREADABLE, _("the standard input can't be read: %s"),
                           strerror(errno));
        buf_add(into, (vb_str){part, (size_t)got});
        if (into->len > INPUT_MAX)
            return err_set(error, VB_UNSUPPORTED,
                           _("the standard input is longer than %d MB; split it"),
                           INPUT_MAX >> 20);
    }
    return true;
}

struct vb_document *input_transcript(const char *path, struct vb_error *error)
{
    if (strcmp(path, "-") != 0)
        return vb_document_open(path, error);
    struct buf bytes = {0};
    struct vb_document *document = NULL;
    if (read_standard_input(&bytes, error))
        document = vb_document_from("-", buf_str(&bytes), error);
    buf_free(&bytes);
    return document;
}

bool same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}
