/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Content as a name. */
#include "base/content_key.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

enum { END = 64 * 1024 };

static bool add_part(int fd, off_t from, off_t until, char *room, struct sha256 *sha)
{
    while (from < until) {
        ssize_t got = pread(fd, room, (size_t)(until - from), from);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) /* a file that shrinks under us: what is there is all there is */
            return got == 0;
        sha256_add(sha, (vb_str){room, (size_t)got});
        from += got;
    }
    return true;
}

static bool add_ends(int fd, off_t size, struct sha256 *sha)
{
    char *room = mem_new(END), length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (char)((uint64_t)size >> (8 * i) & 0xFF);
    sha256_add(sha, (vb_str){length, sizeof length});
    bool all = add_part(fd, 0, size < END ? size : END, room, sha) &&
               add_part(fd, size < END ? 0 : size - END, size, room, sha);
    free(room);
    return all;
}

bool content_key_of_sound(const char *path, char key[SHA256_HEX], struct vb_error *error)
{
    struct stat status;
    struct sha256 sha;
    uint8_t digest[SHA256_BYTES];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return file_refuse(path, errno, error);
    sha256_begin(&sha);
    bool all = fstat(fd, &status) == 0 && add_ends(fd, status.st_size, &sha);
    int reason = errno;
    close(fd);
    if (!all)
        return file_refuse(path, reason, error);
    sha256_end(&sha, digest);
    sha256_write_hex(digest, key);
    return true;
}

void content_key_of_text(vb_str bytes, char key[SHA256_HEX])
{
    sha256_hex(bytes, key);
}
