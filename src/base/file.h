/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: read within a limit, written all or nothing. */
#pragma once

#include "base/buf.h"
#include "verbatim/error.h"

/* The whole of a regular file (or pipe) of at most `limit` bytes. The error names the path. */
bool file_read(const char *path, size_t limit, struct buf *into, struct vb_error *error);
/* Writes beside the file and renames over it: the old one stays whole until the new one is.
 * Through a link; with the permissions of the old one; not over a read-only file. */
bool file_write(const char *path, vb_str bytes, struct vb_error *error);
/* The same for a file of ours alone, which is then held: the open file, to be closed by the
 * caller or by its end, whatever that is. -1: it was not written. */
int file_write_held(const char *path, vb_str bytes, struct vb_error *error);
/* Holds a file that is there. -1: another program does, or it can't be read. */
int file_hold(const char *path);
bool file_exists(const char *path);
/* Every folder on the way to a file, for the user alone; those that can't be made show when the
 * file is opened. */
void file_make_folders(const char *path);
bool file_is_folder(const char *path);
/* Says why a path can't be opened as a file (missing, a directory, no permission), always
 * false. */
bool file_refuse(const char *path, int reason, struct vb_error *error);
/* "dir/talk.fr.txt" gives "talk.fr.txt"; a view into `path`. */
const char *file_name(const char *path);
