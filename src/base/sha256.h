/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SHA-256 digest (FIPS 180-4): names content, whatever its file is called. */
#pragma once

#include "verbatim/types.h"

enum { SHA256_BYTES = 32, SHA256_HEX = 65 }; /* hexadecimal: 64 digits and a NUL */

struct sha256 {
    uint32_t state[8];
    uint64_t taken; /* bytes in all */
    uint8_t block[64];
};

void sha256_begin(struct sha256 *sha);
void sha256_add(struct sha256 *sha, vb_str bytes);
void sha256_end(struct sha256 *sha, uint8_t digest[SHA256_BYTES]);

/* All of it at once, as small hexadecimal digits. */
void sha256_hex(vb_str bytes, char hex[SHA256_HEX]);
void sha256_write_hex(const uint8_t digest[SHA256_BYTES], char hex[SHA256_HEX]);
