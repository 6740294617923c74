/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a sound file, read in blocks. */
#include "audio/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

bool bytes_open(const char *path, struct bytes *bytes, struct vb_error *error)
{
    /* A FIFO without a writer must not hold us up. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return file_refuse(path, errno, error);
    struct stat about;
    int reason = fstat(fd, &about) != 0 ? errno : S_ISDIR(about.st_mode) ? EISDIR : 0;
    if (!reason && S_ISREG(about.st_mode)) {
        *bytes = (struct bytes){.fd = fd, .size = about.st_size};
        return true;
    }
    close(fd);
    if (reason)
        return file_refuse(path, reason, error);
    err_set(error, VB_UNREADABLE,
            _("this is a pipe or a device; save the recording to a file and open that"));
    return err_wrap(error, "%s", path);
}

struct bytes bytes_of(vb_str memory)
{
    return (struct bytes){
        .fd = -1, .data = (const uint8_t *)memory.data, .size = (int64_t)memory.len};
}

void bytes_close(struct bytes *bytes)
{
    if (bytes->fd >= 0)
        close(bytes->fd);
    bytes->fd = -1;
}

void reader_init(struct reader *reader, struct bytes from)
{
    reader->from = from;
    reader->failed = 0;
    reader->clock = 0;
    for (int i = 0; i < READER_BLOCKS; i++)
        reader->blocks[i] = (struct reader_block){.at = -1};
}

void reader_free(struct reader *reader)
{
    for (int i = 0; i < READER_BLOCKS; i++)
        free(reader->blocks[i].data);
}

static size_t fetch(struct reader *reader, int64_t at, uint8_t *into, size_t count)
{
    size_t have = 0;
    while (have < count) {
        ssize_t got =
            pread(reader->from.fd, into + have, count - have, (off_t)(at + (int64_t)have));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            reader->failed = errno;
        if (got == 0 && at + (int64_t)have < reader->from.size)
            reader->failed = READER_CUT;
        if (got <= 0)
            break;
        have += (size_t)got;
    }
    return have;
}

/* The block that starts at `at`, from the ones kept or from the disk. */
static struct reader_block *block_at(struct reader *reader, int64_t at)
{
    struct reader_block *oldest = reader->blocks;
    for (struct reader_block *b = reader->blocks; b < reader->blocks + READER_BLOCKS; b++) {
        if (b->at == at) {
            b->used = ++reader->clock;
            return b;
        }
        if (b->used < oldest->used)
            oldest = b;
    }
    if (!oldest->data)
        oldest->data = mem_new(READER_BLOCK_SIZE);
    int before = reader->failed;
    reader->failed = 0;
    oldest->len = fetch(reader, at, oldest->data, READER_BLOCK_SIZE);
    oldest->at = reader->failed ? -1 : at; /* it is tried again */
    oldest->used = ++reader->clock;
    if (!reader->failed)
        reader->failed = before;
    return oldest;
}

const uint8_t *reader_run(struct reader *reader, int64_t at, size_t *len)
{
    *len = 0;
    if (at < 0 || at >= reader->from.size)
        return NULL;
    if (reader->from.fd < 0) {
        int64_t left = reader->from.size - at;
        *len = left < READER_BLOCK_SIZE ? (size_t)left : READER_BLOCK_SIZE;
        return reader->from.data + at;
    }
    int64_t inside = at % READER_BLOCK_SIZE;
    struct reader_block *block = block_at(reader, at - inside);
    if ((size_t)inside >= block->len)
        return NULL;
    *len = block->len - (size_t)inside;
    return block->data + inside;
}

size_t reader_read(struct reader *reader, int64_t at, void *into, size_t count)
{
    size_t have = 0;
    while (have < count) {
        size_t len;
        const uint8_t *run = reader_run(reader, at + (int64_t)have, &len);
        if (!len)
            break;
        size_t part = len < count - have ? len : count - have;
        memcpy((uint8_t *)into + have, run, part);
        have += part;
    }
    return have;
}

const uint8_t *reader_peek(struct reader *reader, int64_t at, size_t count)
{
    size_t len;
    const uint8_t *run = reader_run(reader, at, &len);
    if (len >= count)
        return run;
    if (count > sizeof reader->seam || reader_read(reader, at, reader->seam, count) < count)
        return NULL;
    return reader->seam;
}
