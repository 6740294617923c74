/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "support/support_document.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "base/str.h"

const char small_page[] = "Titre : L’été des idées\n\n"
                          "Intervenants : Zoé Müller - Noël Ça\n\n"
                          "Transcription\n\n"
                          "Zoé Müller : II a écrit « l’œuvre ».\n\n"
                          "Noël Ça : Déjà ?\n";

struct vb_document *open_text(const char *text)
{
    struct vb_document *d = vb_document_from("page.txt", str_of(text), NULL);
    assert_non_null(d);
    return d;
}

struct vb_span word_span(const struct vb_document *d, uint32_t word)
{
    return vb_word(vb_document_transcript(d), word).span;
}

void assert_word(const struct vb_document *d, uint32_t word, const char *text)
{
    vb_str got = vb_word_text(vb_document_transcript(d), word);
    if (!str_eq(got, text))
        fail_msg("word %u is “%.*s”, not “%s”", word, (int)got.len, got.data, text);
}

void assert_bytes_of(const struct vb_document *d, vb_str expected)
{
    char *data;
    size_t len;
    vb_document_bytes(d, &data, &len);
    if (!str_is((vb_str){data, len}, expected))
        fail_msg("the document is:\n%.*s", (int)len, data);
    free(data);
}

void assert_bytes(const struct vb_document *d, const char *expected)
{
    assert_bytes_of(d, str_of(expected));
}
