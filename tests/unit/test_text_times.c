/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text as programs and people who transcribe interviews leave it: where the times and the names
 * stand differs from one to the next, what is said by whom and when does not. */
#include "transcripts.h"

#include "base/mem.h"
#include "verbatim/document.h"

static const struct {
    const char *what, *name, *text;
    const char *gives; /* a paragraph a line: start, end, speaker, text */
} texts[] = {
  /* clang-format off */
    {"f4: a time ends each paragraph", "f4.txt",
     "I: Guten Tag. #00:00:05-2#\n"
     "\n"
     "B: Gern. #00:00:09-8#\n"
     "\n"
     "I: Wie hat das angefangen? #00:00:12-1#\n"
     "\n"
     "B: Im Jahr 1998, in Köln. #00:00:31-4#\n",
     "- 5.2 I: Guten Tag.\n"
     "5.2 9.8 B: Gern.\n"
     "9.8 12.1 I: Wie hat das angefangen?\n"
     "12.1 31.4 B: Im Jahr 1998, in Köln.\n"},
    {"f4: a time begins each paragraph", "f4start.txt",
     "#00:00:00-0# I: Bonjour.\n"
     "\n"
     "#00:00:05-2# B: Je vous en prie.\n"
     "\n"
     "#00:00:09-8# I: Comment cela a-t-il commencé ?\n"
     "\n"
     "#00:01:12-1# B: C'était en 1998.\n",
     "0 - I: Bonjour.\n"
     "5.2 - B: Je vous en prie.\n"
     "9.8 - I: Comment cela a-t-il commencé ?\n"
     "72.1 - B: C'était en 1998.\n"},
    {"MAXQDA: several in a line", "maxqda.txt",
     "#00:00:00-0#I: Bonjour. #00:00:05-2#B: Je vous en prie.\n"
     "#00:00:09-8#I: Comment cela a-t-il commencé ? #00:01:12-1#B: C'était en 1998.\n",
     "0 - I: Bonjour.\n"
     "5.2 - B: Je vous en prie.\n"
     "9.8 - I: Comment cela a-t-il commencé ?\n"
     "72.1 - B: C'était en 1998.\n"},
    {"times between what several say", "inline.txt",
     "[00:00:02.345] Anne: Bonjour à tous. [00:00:05.100] Karim: Bonjour.\n"
     "[00:00:09.800] Anne: Comment cela a-t-il commencé ?\n"
     "[00:01:02.345] Karim: C'était en 1998.\n",
     "2.345 - Anne: Bonjour à tous.\n"
     "5.1 - Karim: Bonjour.\n"
     "9.8 - Anne: Comment cela a-t-il commencé ?\n"
     "62.345 - Karim: C'était en 1998.\n"},
    {"typed by hand, at the ends", "express.txt",
     "INTERVIEWER: Bonjour à tous. [00:00:12]\n"
     "ANNE: Bonjour. Oui. [00:00:20]\n"
     "INTERVIEWER: Comment cela a-t-il commencé ? [00:01:02]\n"
     "ANNE: En 1998.\n",
     "- 12 INTERVIEWER: Bonjour à tous.\n"
     "12 20 ANNE: Bonjour. Oui.\n"
     "20 62 INTERVIEWER: Comment cela a-t-il commencé ?\n"
     "62 - ANNE: En 1998.\n"},
    {"Otter", "otter.txt",
     "Speaker 1  0:03  \n"
     "Hello everyone.\n"
     "\n"
     "Anne Martin  0:12  \n"
     "Thanks. A pleasure.\n"
     "\n"
     "Speaker 1  1:02  \n"
     "How did it begin?\n"
     "\n"
     "https://otter.ai\n",
     "3 - Speaker 1: Hello everyone.\n"
     "12 - Anne Martin: Thanks. A pleasure.\n"
     "62 - Speaker 1: How did it begin?\n"
     "- - Speaker 1: https://otter.ai\n"},
    {"Rev", "rev.txt",
     "Speaker 1 (00:01):\n"
     "Hello everyone.\n"
     "\n"
     "Anne Martin (00:12):\n"
     "Thanks. A pleasure.\n"
     "\n"
     "Speaker 1 (01:02):\n"
     "How did it begin?\n",
     "1 - Speaker 1: Hello everyone.\n"
     "12 - Anne Martin: Thanks. A pleasure.\n"
     "62 - Speaker 1: How did it begin?\n"},
    {"Rev, colon first", "rev2.txt",
     "Speaker 1: (00:01)\n"
     "Hello everyone.\n"
     "\n"
     "Anne Martin: (00:12)\n"
     "Thanks. A pleasure.\n"
     "\n"
     "Speaker 1: (01:02)\n"
     "How did it begin?\n",
     "1 - Speaker 1: Hello everyone.\n"
     "12 - Anne Martin: Thanks. A pleasure.\n"
     "62 - Speaker 1: How did it begin?\n"},
    {"Sonix", "sonix.txt",
     "Interview.mp3\n"
     "\n"
     "Speaker1: [00:00:02] Hello everyone.\n"
     "\n"
     "Speaker2: [00:00:12] Thanks. A pleasure.\n"
     "\n"
     "Speaker1: [00:01:02] How did it begin?\n",
     "- - -: Interview.mp3\n"
     "2 - Speaker1: Hello everyone.\n"
     "12 - Speaker2: Thanks. A pleasure.\n"
     "62 - Speaker1: How did it begin?\n"},
    {"a name, then brackets", "trint.txt",
     "Speaker 1 [00:00:02] Hello everyone.\n"
     "\n"
     "Anne Martin [00:00:12] Thanks. A pleasure. [00:00:16]\n"
     "\n"
     "Speaker 1 [00:01:02] How did it begin?\n",
     "2 - Speaker 1: Hello everyone.\n"
     "12 16 Anne Martin: Thanks. A pleasure.\n"
     "62 - Speaker 1: How did it begin?\n"},
    {"a time ends a line, and the next has none", "ends.txt",
     "[00:01] Anne: Bonjour. [00:05]\n"
     "Karim: Bonsoir.\n"
     "[00:09] Anne: Oui.\n"
     "[00:12] Karim: Non.\n",
     "1 5 Anne: Bonjour.\n"
     "5 - Karim: Bonsoir.\n"
     "9 - Anne: Oui.\n"
     "12 - Karim: Non.\n"},
    {"Descript: hours, no hundredths", "descript.txt",
     "[00:00:02] Anne Martin: Hello everyone.\n"
     "\n"
     "[00:00:12] Karim Diallo: Thanks. A pleasure.\n"
     "\n"
     "[00:01:02] Anne Martin: How did it begin?\n",
     "2 - Anne Martin: Hello everyone.\n"
     "12 - Karim Diallo: Thanks. A pleasure.\n"
     "62 - Anne Martin: How did it begin?\n"},
    {"Happy Scribe: names on a line of their own", "happyscribe.txt",
     "[00:00:02.340] - Anne Martin\n"
     "Hello everyone.\n"
     "\n"
     "[00:00:12.560] - Karim Diallo\n"
     "Thanks. A pleasure.\n"
     "\n"
     "[00:01:02.110] - Anne Martin\n"
     "How did it begin?\n",
     "2.34 - Anne Martin: Hello everyone.\n"
     "12.56 - Karim Diallo: Thanks. A pleasure.\n"
     "62.11 - Anne Martin: How did it begin?\n"},
    {"Zoom's captions", "zoomcc.txt",
     "[Anne Martin] 10:05:12\n"
     "Hello everyone.\n"
     "\n"
     "[Karim Diallo] 10:05:18\n"
     "Thanks for having me.\n"
     "\n"
     "[Anne Martin] 10:06:01\n"
     "How did it begin?\n",
     "36312 - Anne Martin: Hello everyone.\n"
     "36318 - Karim Diallo: Thanks for having me.\n"
     "36361 - Anne Martin: How did it begin?\n"},
    {"Zoom's WebVTT", "zoom.vtt",
     "WEBVTT\n"
     "\n"
     "1\n"
     "00:00:02.340 --> 00:00:05.000\n"
     "Anne Martin: Hello everyone.\n"
     "\n"
     "2\n"
     "00:00:05.010 --> 00:00:08.000\n"
     "Karim Diallo: Thanks for having me.\n"
     "\n"
     "3\n"
     "00:00:08.010 --> 00:00:12.000\n"
     "Anne Martin: How did it begin?\n",
     "2.34 5 Anne Martin: Hello everyone.\n"
     "5.01 8 Karim Diallo: Thanks for having me.\n"
     "8.01 12 Anne Martin: How did it begin?\n"},
    {"Teams: no index, names on a line", "teams.txt",
     "0:0:0.0 --> 0:0:3.200\n"
     "Anne Martin\n"
     "Hello everyone.\n"
     "0:0:3.500 --> 0:0:7.0\n"
     "Karim Diallo\n"
     "Thanks for having me.\n"
     "0:0:8.0 --> 0:0:12.40\n"
     "Anne Martin\n"
     "How did it begin?\n",
     "0 3.2 Anne Martin: Hello everyone.\n"
     "3.5 7 Karim Diallo: Thanks for having me.\n"
     "8 12.4 Anne Martin: How did it begin?\n"},
    {"NVivo", "nvivo.txt",
     "Timespan\tContent\tSpeaker\n"
     "0:00.0 - 0:05.2\tBonjour.\tAnne\n"
     "0:05.2 - 0:09.8\tJe vous en prie.\tKarim\n"
     "0:09.8 - 1:12.1\tComment cela a-t-il commencé ?\tAnne\n",
     "0 5.2 Anne: Bonjour.\n"
     "5.2 9.8 Karim: Je vous en prie.\n"
     "9.8 72.1 Anne: Comment cela a-t-il commencé ?\n"},
    {"NVivo, numbered", "nvivo2.txt",
     "\tTimespan\tContent\tSpeaker\n"
     "1\t0:00.0 - 0:05.2\tBonjour.\tAnne\n"
     "2\t0:05.2 - 0:09.8\tJe vous en prie.\tKarim\n"
     "3\t0:09.8 - 1:12.1\tComment cela a-t-il commencé ?\tAnne\n",
     "0 5.2 Anne: Bonjour.\n"
     "5.2 9.8 Karim: Je vous en prie.\n"
     "9.8 72.1 Anne: Comment cela a-t-il commencé ?\n"},
    {"oTranscribe, as text", "otr.txt",
     "00:02 Anne: Bonjour à tous.\n"
     "\n"
     "00:12 Karim: Bonjour.\n"
     "\n"
     "01:02 Anne: Comment cela a-t-il commencé ?\n",
     "2 - Anne: Bonjour à tous.\n"
     "12 - Karim: Bonjour.\n"
     "62 - Anne: Comment cela a-t-il commencé ?\n"},
    {"YouTube, copied", "yt.txt",
     "0:00\n"
     "bonjour à tous et bienvenue\n"
     "0:04\n"
     "dans ce nouvel épisode\n"
     "0:09\n"
     "nous allons parler de travail\n"
     "1:02:03\n"
     "et de logiciel libre\n",
     "0 - -: bonjour à tous et bienvenue\n"
     "4 - -: dans ce nouvel épisode\n"
     "9 - -: nous allons parler de travail\n"
     "3723 - -: et de logiciel libre\n"},
  /* clang-format on */
};

static void put_time(struct buf *out, vb_time time)
{
    if (time == VB_NO_TIME)
        buf_puts(out, "- ");
    else
        buf_printf(out, "%g ", (double)time / VB_SECOND);
}

static void put_paragraphs(const struct vb_transcript *t, struct buf *out)
{
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++) {
        const struct vb_paragraph *p = vb_paragraph(t, i);
        put_time(out, p->start);
        put_time(out, p->end);
        const char *speaker = p->turn == VB_NONE ? "" : speakers_of(t, p->turn);
        buf_printf(out, "%s: ", speaker[0] ? speaker : "-");
        buf_printf(out, "%s\n", paragraph_text(t, i));
    }
}

static void who_says_what_when_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct vb_error error = {0};
        struct buf found = {0};
        struct vb_document *d = vb_document_from(texts[i].name, str_of(texts[i].text), &error);
        if (!d)
            fail_msg("%s: %s", texts[i].what, error.text);
        put_paragraphs(vb_document_transcript(d), &found);
        if (!str_eq(buf_str(&found), texts[i].gives))
            fail_msg("%s gives\n%s", texts[i].what, found.data);
        buf_free(&found);
        vb_document_close(d);
    }
}

static void assert_untimed(const char *name, const char *text)
{
    struct vb_document *d = vb_document_from(name, str_of(text), NULL);
    assert_non_null(d);
    const struct vb_transcript *t = vb_document_transcript(d);
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++)
        if (vb_paragraph(t, i)->start != VB_NO_TIME)
            fail_msg("a time is seen in: %s", text);
    vb_document_close(d);
}

static void what_looks_like_a_time_in_prose_is_none(void **state)
{
    (void)state;
    assert_untimed("a.txt", "Le film dure longtemps (12:03) et finit bien.\n"
                            "Un autre, plus court, est meilleur (10:30).\n"
                            "Le dernier ne vaut rien.\n");
    assert_untimed("a.txt", "Voir le billet #12 et le #34.\nPuis la note [3] et [4:5].\n");
    assert_untimed("a.txt", "Anne Martin a dit oui.\nKarim a dit non.\n"
                            "Score final : [10:12] pour eux, hier.\n");
}

/* The file is not changed by being read: a correction changes its own bytes alone. */
static void a_word_between_marks_is_corrected_in_place(void **state)
{
    (void)state;
    struct vb_document *d = vb_document_from(
        "a.txt", VB_STR("I: Bonjour. #00:00:05-2#\r\n\r\nB: Bonsoir. #00:00:09-8#\r\n"), NULL);
    assert_non_null(d);
    const struct vb_transcript *t = vb_document_transcript(d);
    struct vb_span span = vb_word(t, find_word(t, "Bonsoir.")).span;
    assert_true(vb_document_replace(d, span, VB_STR("Salut."), NULL));
    assert_text(vb_document_text(d),
                "I: Bonjour. #00:00:05-2#\r\n\r\nB: Salut. #00:00:09-8#\r\n");
    vb_document_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_says_what_when_is_found),
        cmocka_unit_test(what_looks_like_a_time_in_prose_is_none),
        cmocka_unit_test(a_word_between_marks_is_corrected_in_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
