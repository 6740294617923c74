/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as a search sees it.
 *
 * A character folds by itself alone: compatibility decomposition (Unicode's NFKD) and case
 * folding, then marks above and below letters are dropped.  Marks that make another letter of
 * it stay: the voicing of kana, nuktas and viramas.  The results are kept in a small cache, so
 * that folding costs a look-up whatever the script. */
#include "transcript/fold.h"

#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/mem.h"
#include "base/str.h"

static const struct {
    uint32_t from, until;
    const char *as;
} alike[] = {
    {0x60,   0x60,   "'" },
    {0xAB,   0xAB,   "\""},
    {0xAD,   0xAD,   ""  }, /* soft hyphen */
    {0xB4,   0xB4,   "'" },
    {0xB7,   0xB7,   ""  }, /* the point of intervenant·e·s */
    {0xBB,   0xBB,   "\""},
    {0xC6,   0xC6,   "ae"},
    {0xD8,   0xD8,   "o" },
    {0xE6,   0xE6,   "ae"},
    {0xF8,   0xF8,   "o" },
    {0x110,  0x111,  "d" },
    {0x131,  0x131,  "i" },
    {0x141,  0x142,  "l" },
    {0x152,  0x153,  "oe"},
    {0x2B9,  0x2BC,  "'" },
    {0x200B, 0x200F, ""  }, /* no width: joiners, directions */
    {0x2010, 0x2015, "-" },
    {0x2018, 0x201B, "'" },
    {0x201C, 0x201F, "\""},
    {0x2022, 0x2022, ""  },
    {0x2027, 0x2027, ""  },
    {0x202A, 0x202E, ""  },
    {0x2032, 0x2032, "'" },
    {0x2033, 0x2033, "\""},
    {0x2060, 0x2069, ""  },
    {0x2212, 0x2212, "-" },
    {0x22C5, 0x22C5, ""  },
    {0x30FB, 0x30FB, ""  },
    {0xFE00, 0xFE0F, ""  }, /* variants of a picture */
    {0xFEFF, 0xFEFF, ""  },
};

static bool is_another_letter(uint32_t mark)
{
    int class = uc_combining_class(mark);
    return class >= UC_CCC_NK && class <= UC_CCC_VR; /* nukta, kana voicing, virama */
}

static size_t fold_anew(uint32_t c, char out[FOLD_MAX])
{
    uint32_t folded[FOLD_MAX];
    size_t count = COUNT(folded), len = 0;
    if (is_space(c))
        return out[0] = ' ', 1;
    for (size_t i = 0; i < COUNT(alike); i++)
        if (c >= alike[i].from && c <= alike[i].until) {
            len = strlen(alike[i].as);
            memcpy(out, alike[i].as, len);
            return len;
        }
    if (!u32_casefold(&c, 1, NULL, UNINORM_NFKD, folded, &count))
        return utf8_put(out, c);
    for (size_t i = 0; i < count && len + 4 <= FOLD_MAX; i++)
        if (!uc_combining_class(folded[i]) || is_another_letter(folded[i]))
            len += utf8_put(out + len, folded[i]);
    return len;
}

size_t fold_char(struct folds *folds, uint32_t c, char out[FOLD_MAX])
{
    if (c < 0x80 && c > ' ' && c != '`') {
        out[0] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        return 1;
    }
    struct fold *slot = &folds->slots[(c ^ c >> 12) % FOLD_SLOTS];
    if (slot->character == c && c) {
        memcpy(out, slot->text, FOLD_KEPT);
        return slot->len;
    }
    size_t len = fold_anew(c, out);
    if (len <= FOLD_KEPT) {
        slot->character = c;
        slot->len = (uint8_t)len;
        memcpy(slot->text, out, len);
    }
    return len;
}

/* In pieces, so that `out` grows seldom. */
void fold_text(struct folds *folds, vb_str text, struct buf *out)
{
    char piece[512];
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        if (len + FOLD_MAX > sizeof piece) {
            buf_add(out, (vb_str){piece, len});
            len = 0;
        }
        len += fold_char(folds, str_next(text, &at), piece + len);
    }
    buf_add(out, (vb_str){piece, len});
}

size_t fold_back(struct folds *folds, vb_str text, size_t folded, bool whole)
{
    char out[FOLD_MAX];
    size_t at = 0;
    for (size_t len = 0; at < text.len;) {
        size_t next = at, more = fold_char(folds, str_next(text, &next), out);
        bool behind = len >= folded;
        if (behind && !(whole && !more))
            break;
        if (!whole && len + more > folded)
            break;
        len += more;
        at = next;
    }
    return at;
}
