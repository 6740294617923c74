/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/distance.h"

#include "base/str.h"

unsigned edit_distance(vb_str a, vb_str b, unsigned most)
{
    enum { LONGEST = 64 };
    uint32_t x[LONGEST], y[LONGEST];
    unsigned n = 0, m = 0, row[3][LONGEST + 1];
    for (size_t at = 0; at < a.len && n < LONGEST;)
        x[n++] = str_next(a, &at);
    for (size_t at = 0; at < b.len && m < LONGEST;)
        y[m++] = str_next(b, &at);
    if ((n > m ? n - m : m - n) > most)
        return most + 1;
    for (unsigned j = 0; j <= m; j++)
        row[0][j] = j;
    for (unsigned i = 1; i <= n; i++) {
        unsigned *now = row[i % 3], *last = row[(i + 2) % 3], *older = row[(i + 1) % 3];
        now[0] = i;
        for (unsigned j = 1; j <= m; j++) {
            unsigned best = last[j - 1] + (x[i - 1] != y[j - 1]);
            best = last[j] + 1 < best ? last[j] + 1 : best;
            best = now[j - 1] + 1 < best ? now[j - 1] + 1 : best;
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] &&
                older[j - 2] + 1 < best)
                best = older[j - 2] + 1;
            now[j] = best;
        }
    }
    unsigned distance = row[n % 3][m];
    return distance > most ? most + 1 : distance;
}
