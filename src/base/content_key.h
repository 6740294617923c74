/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a file is known by, wherever it lies and whatever it is called. */
#pragma once

#include "base/sha256.h"
#include "verbatim/error.h"

/* A sound's key: SHA-256 of its size (8 bytes, the lowest first), its first 64 KiB and its last
 * 64 KiB, which overlap in a short file. Reads no more than that, so hours take no longer than
 * seconds. False: it can't be read, the error names the path. */
bool content_key_of_sound(const char *path, char key[SHA256_HEX], struct vb_error *error);
/* A text's key: SHA-256 of its bytes. */
void content_key_of_text(vb_str bytes, char key[SHA256_HEX]);
