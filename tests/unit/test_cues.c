/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Subtitles and their relatives, as they stand in the wild: what other programs lose, silently
 * or not, we read, or say why not.  Each format at every truncation and every changed byte. */
#include "transcripts.h"

#include "base/mem.h"
#include "format/format.h"

static struct vb_transcript *read_as(const char *format, vb_str text)
{
    struct vb_error error = {0};
    struct vb_transcript *t = vb_read(vb_format_named(str_of(format)), text, &error);
    if (!t && !error.text[0])
        fail_msg("%s: refused without a sentence", format);
    return t;
}

static struct vb_transcript *must_read(const char *format, const char *text)
{
    struct vb_transcript *t = read_as(format, str_of(text));
    if (!t)
        fail_msg("%s is not read: %s", format, text);
    return t;
}

static void assert_cue(const struct vb_transcript *t, uint32_t i, vb_time start, vb_time end,
                       const char *text)
{
    assert_true(i < vb_paragraph_count(t));
    const struct vb_paragraph *p = vb_paragraph(t, i);
    assert_int_equal(p->start, start);
    assert_int_equal(p->end, end);
    assert_string_equal(paragraph_text(t, i), text);
}

#define MS ((vb_time)1000)

/* ---- SubRip with one defect ---- */

static void a_defect_costs_no_cue(void **state)
{
    (void)state;
    static const struct {
        const char *what, *text;
    } defects[] = {
        {"no blank lines",       "1\n00:00:01,000 --> 00:00:02,000\nun\n2\n00:00:03,000 --> "
                           "00:00:04,000\ndeux\n3\n00:00:05,000 --> 00:00:06,000\ntrois\n"},
        {"no numbers",           "00:00:01,000 --> 00:00:02,000\nun\n\n00:00:03,000 --> "
                       "00:00:04,000\ndeux\n\n00:00:05,000 --> 00:00:06,000\ntrois\n"         },
        {"dots",                 "1\n00:00:01.000 --> 00:00:02.000\nun\n\n2\n00:00:03.000 --> "
                 "00:00:04.000\ndeux\n\n3\n00:00:05.000 --> 00:00:06.000\ntrois\n"                  },
        {"no hours",             "1\n00:01,000 --> 00:02,000\nun\n\n2\n00:03,000 --> 00:04,000\ndeux\n\n3\n"
                     "00:05,000 --> 00:06,000\ntrois\n"                                         },
        {"no fraction",          "1\n00:00:01 --> 00:00:02\nun\n\n2\n00:00:03 --> 00:00:04\ndeux\n\n3\n"
                        "00:00:05 --> 00:00:06\ntrois\n"                                     },
        {"one dash",             "1\n00:00:01,000 -> 00:00:02,000\nun\n\n2\n00:00:03,000 -> "
                     "00:00:04,000\ndeux\n\n3\n00:00:05,000 -> 00:00:06,000\ntrois\n"           },
        {"a real arrow",         "1\n00:00:01,000 → 00:00:02,000\nun\n\n2\n00:00:03,000 → "
                         "00:00:04,000\ndeux\n\n3\n00:00:05,000 → 00:00:06,000\ntrois\n"  },
        {"old Mac line ends",
         "1\r00:00:01,000 --> 00:00:02,000\run\r\r2\r00:00:03,000 --> "
         "00:00:04,000\rdeux\r\r3\r00:00:05,000 --> 00:00:06,000\rtrois\r"                                          },
        {"one line",             "1 00:00:01,000 --> 00:00:02,000 un\n\n2 00:00:03,000 --> 00:00:04,000 "
                     "deux\n\n3 00:00:05,000 --> 00:00:06,000 trois\n"                          },
        {"coordinates",          "1\n00:00:01,000 --> 00:00:02,000  X1:63 X2:2 Y1:4 Y2:5\nun\n\n2\n"
                        "00:00:03,000 --> 00:00:04,000\ndeux\n\n3\n00:00:05,000 --> "
                        "00:00:06,000\ntrois\n"                                              },
        {"blank lines all over",
         "1\n\n00:00:01,000 --> 00:00:02,000\n\nun\n\n2\n\n00:00:03,000 "
         "--> 00:00:04,000\n\ndeux\n\n3\n\n00:00:05,000 --> "
         "00:00:06,000\n\ntrois\n"                                                                                  },
        {"it breaks off",        "1\n00:00:01,000 --> 00:00:02,000\nun\n\n2\n00:00:03,000 --> "
                          "00:00:04,000\ndeux\n\n3\n00:00:05,000 --> 00:00:06,000\ntrois\n\n4\n"
                          "00:00:08"                                                       },
    };
    for (size_t i = 0; i < COUNT(defects); i++) {
        struct vb_transcript *t = must_read("srt", defects[i].text);
        if (vb_paragraph_count(t) != 3)
            fail_msg("%s: %u cues", defects[i].what, vb_paragraph_count(t));
        assert_cue(t, 0, 1000 * MS, 2000 * MS, "un");
        assert_cue(t, 1, 3000 * MS, 4000 * MS, "deux");
        assert_cue(t, 2, 5000 * MS, 6000 * MS, "trois");
        vb_transcript_unref(t);
    }
}

static void times_are_kept_as_they_are_given(void **state)
{
    (void)state;
    struct vb_transcript *t =
        must_read("srt", "1\n00:00:05,5 --> 00:00:02,000\nun\n\n2\n00:00:01,000 --> "
                         "00:00:02,000\ndeux\n\n3\n-00:00:01,000 --> 00:99:00,000\ntrois\n");
    assert_cue(t, 0, 5500 * MS, 2000 * MS, "un"); /* ,5 is half a second */
    assert_cue(t, 1, 1000 * MS, 2000 * MS, "deux");
    assert_cue(t, 2, -1000 * MS, 5940000 * MS, "trois");
    assert_true(has_note(t, VB_WARNING, "ends before it begins"));
    assert_true(has_note(t, VB_WARNING, "begins before the one"));
    vb_transcript_unref(t);
}

static void a_time_beyond_all_recordings_costs_no_cue(void **state)
{
    (void)state;
    struct vb_transcript *t = must_read(
        "srt", "1\n00:00:01,000 --> 00:00:02,000\nun\n\n2\n"
               "1234567890123456789012345678901234567890:00:00,000 --> 00:00:04,000\ndeux\n");
    assert_cue(t, 0, 1000 * MS, 2000 * MS, "un");
    assert_cue(t, 1, VB_NO_TIME, 4000 * MS, "deux");
    assert_true(has_note(t, VB_WARNING, "beyond"));
    vb_transcript_unref(t);
}

static void numbers_and_arrows_in_a_text_are_text(void **state)
{
    (void)state;
    struct vb_transcript *t = must_read("srt", "1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n"
                                               "00:00:03,000 --> 00:00:04,000\nun --> deux\n");
    assert_cue(t, 0, 1000 * MS, 2000 * MS, "42");
    assert_cue(t, 1, 3000 * MS, 4000 * MS, "un --> deux");
    vb_transcript_unref(t);
}

static void a_name_that_comes_again_speaks(void **state)
{
    (void)state;
    struct vb_transcript *t = must_read(
        "srt",
        "1\n00:00:01,000 --> 00:00:02,000\nAnne: un\n\n2\n00:00:02,000 --> 00:00:03,000\n"
        "deux\n\n3\n00:00:03,000 --> 00:00:04,000\nKarim: trois\n\n4\n00:00:04,000 --> "
        "00:00:05,000\nAnne: quatre\n\n5\n00:00:05,000 --> 00:00:06,000\nKarim: Remarque : "
        "cinq\n");
    assert_int_equal(vb_turn_count(t), 4);
    assert_string_equal(speakers_of(t, 0), "Anne");
    assert_int_equal(vb_turn(t, 0)->paragraph_count, 2);
    assert_true(vb_paragraph(t, 1)->runs_on);
    assert_string_equal(speakers_of(t, 3), "Karim");
    assert_string_equal(paragraph_text(t, 4), "Remarque : cinq");
    vb_transcript_unref(t);
}

static void what_announces_something_is_no_name(void **state)
{
    (void)state;
    struct vb_transcript *t = must_read(
        "srt", "1\n00:00:01,000 --> 00:00:02,000\nRemarque : un\n\n2\n00:00:02,000 --> "
               "00:00:03,000\nRemarque : deux\n");
    assert_int_equal(vb_speaker_count(t), 0);
    vb_transcript_unref(t);
}

/* As whisperX and Castopod write them; a sound in brackets now and then is none. */
static void names_in_brackets_speak_where_half_of_the_cues_have_them(void **state)
{
    (void)state;
    struct vb_transcript *t = must_read(
        "srt", "1\n00:00:01,000 --> 00:00:02,000\n[SPEAKER_00]: un\n\n2\n00:00:02,000 --> "
               "00:00:03,000\n[SPEAKER_01]: deux\n\n3\n00:00:03,000 --> 00:00:04,000\n[Rires] "
               "trois\n");
    assert_int_equal(vb_speaker_count(t), 2);
    assert_string_equal(speakers_of(t, 1), "SPEAKER_01");
    assert_string_equal(paragraph_text(t, 0), "un");
    assert_string_equal(paragraph_text(t, 2), "[Rires] trois");
    vb_transcript_unref(t);
    t = must_read("srt",
                  "1\n00:00:01,000 --> 00:00:02,000\n[Ambiance] un\n\n2\n00:00:02,000 --> "
                  "00:00:03,000\ndeux\n\n3\n00:00:03,000 --> 00:00:04,000\ntrois\n");
    assert_int_equal(vb_speaker_count(t), 0);
    vb_transcript_unref(t);
}

/* Coordinates are no words; what only looks like them is. */
static void text_behind_the_times_is_kept(void **state)
{
    (void)state;
    struct vb_transcript *t =
        must_read("srt", "1\n00:00:01,000 --> 00:00:02,000 X1:63 X2:223\nun\n\n2\n"
                         "00:00:02,000 --> 00:00:03,000 Attention:danger\ndeux\n");
    assert_string_equal(paragraph_text(t, 0), "un");
    assert_string_equal(paragraph_text(t, 1), "Attention:danger\ndeux");
    assert_int_equal(vb_styles(t), 1);
    vb_transcript_unref(t);
}

/* ---- WebVTT ---- */

static void voices_entities_and_times_of_words_are_kept(void **state)
{
    (void)state;
    struct vb_transcript *t = must_read(
        "vtt",
        "WEBVTT - Essai\nLanguage: fr\n\nSTYLE\n::cue { color: red }\n\nNOTE rien\n\nid\n"
        "00:01.000 --> 00:04.000 align:start\n<v.loud Anne &amp; Co>a &lt; b <00:02.000>deux "
        "mots <00:03.000>trois\n\n00:05.000 --> 00:06.000\nencore elle\n");
    assert_text(vb_title(t), "Essai");
    assert_text(value_of(t, "Language"), "fr");
    assert_int_equal(vb_paragraph_count(t), 2);
    assert_int_equal(vb_turn_count(t), 1);
    assert_string_equal(speakers_of(t, 0), "Anne & Co");
    assert_cue(t, 0, 1000 * MS, 4000 * MS, "a < b deux mots trois");
    assert_int_equal(vb_word(t, find_word(t, "deux")).start, 2000 * MS);
    assert_int_equal(vb_word(t, find_word(t, "mots")).start, VB_NO_TIME);
    assert_int_equal(vb_word(t, find_word(t, "trois")).start, 3000 * MS);
    vb_transcript_unref(t);
}

static bool put(void *to, vb_str text)
{
    buf_add(to, text);
    return true;
}

static void assert_written(const struct vb_transcript *t, const char *format,
                           const char *wanted)
{
    struct buf out = {0};
    assert_true(vb_write(vb_format_named(str_of(format)), t, NULL, (struct vb_write_options){0},
                         put, &out, NULL));
    assert_text(buf_str(&out), wanted);
    buf_free(&out);
}

static const char beside_the_words[] =
    "WEBVTT - Essai\n\nSTYLE\n::cue(#a) {\n  color: red;\n}\n\n"
    "REGION\nid:bas\nwidth:40%\n\nNOTE une remarque\nde deux lignes\n\n"
    "a\n00:00:01.000 --> 00:00:02.000 align:start region:bas\n<v Anne>un\n\n"
    "NOTE au milieu\n\n2\n00:00:03.000 --> 00:00:04.000\ndeux\n\n"
    "00:00:05.000 --> 00:00:06.000 line:0\n<v Karim>trois\n\nNOTE à la fin\n";

static void what_stands_beside_the_words_is_written_again(void **state)
{
    (void)state;
    struct vb_transcript *t = must_read("vtt", beside_the_words);
    struct vb_lost lost[VB_LOSS_KINDS];
    assert_written(t, "vtt",
                   "WEBVTT - Essai\n\nSTYLE\n::cue(#a) {\n  color: red;\n}\n\n"
                   "REGION\nid:bas\nwidth:40%\n\nNOTE une remarque\nde deux lignes\n\n"
                   "a\n00:00:01.000 --> 00:00:02.000 align:start region:bas\n<v Anne>un\n\n"
                   "NOTE au milieu\n\n2\n00:00:03.000 --> 00:00:04.000\n<v Anne>deux\n\n"
                   "00:00:05.000 --> 00:00:06.000 line:0\n<v Karim>trois\n\n"
                   "NOTE à la fin\n");
    assert_int_equal(vb_format_losses(vb_format_named(VB_STR("vtt")), t, NULL,
                                      (struct vb_write_options){0}, lost),
                     0);
    vb_transcript_unref(t);
}

static void elsewhere_it_is_told_as_lost(void **state)
{
    (void)state;
    struct vb_transcript *t = must_read("vtt", beside_the_words);
    struct vb_lost lost[VB_LOSS_KINDS];
    char text[200] = "";
    size_t count = vb_format_losses(vb_format_named(VB_STR("srt")), t, NULL,
                                    (struct vb_write_options){0}, lost);
    assert_true(count > 0);
    assert_int_equal(lost[count - 1].what, VB_LOSES_ASIDES);
    assert_int_equal(lost[count - 1].count, 9);
    vb_lost_say(lost[count - 1], text, sizeof text);
    assert_non_null(strstr(text, "9 ids, settings, styles"));
    vb_transcript_unref(t);
}

static void chapters_are_told_to_hold_no_text(void **state)
{
    (void)state;
    struct vb_transcript *t =
        must_read("markdown", "## Début\n\n[00:10] **Anne:** Bonjour à tous.\n\n"
                              "## Fin\n\n[01:10] **Karim:** Au revoir.\n");
    struct vb_lost lost[VB_LOSS_KINDS];
    char text[200] = "";
    assert_written(t, "chapters-text", "00:00:10 Début\n00:01:10 Fin\n");
    assert_written(t, "chapters",
                   "{\"version\": \"1.2.0\", \"chapters\": [{\"startTime\": 10, \"title\": "
                   "\"Début\"}, {\"startTime\": 70, \"title\": \"Fin\"}]}\n");
    for (size_t i = 0; i < vb_format_count(); i++) {
        const struct vb_format *f = vb_format_at(i);
        if (!vb_format_writes(f) || vb_format_reads(f))
            continue;
        size_t count = vb_format_losses(f, t, NULL, (struct vb_write_options){0}, lost);
        assert_true(count > 0);
        assert_int_equal(lost[count - 1].what, VB_LOSES_TEXT);
        vb_lost_say(lost[count - 1], text, sizeof text);
        assert_string_equal(text, "the text (5 words)");
    }
    vb_transcript_unref(t);
}

static void looks_are_told_as_lost(void **state)
{
    (void)state;
    static const struct {
        const char *format, *text;
    } files[] = {
        {"srt",
         "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<b>un</b> <font color=red>deux</font>\n"},
        {"vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<b>un</b> <c>et</c> <c.red>deux</c> "
                "<i.x>trois</i>\n"                                          },
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        const struct vb_format *f = vb_format_named(str_of(files[i].format));
        struct vb_lost lost[VB_LOSS_KINDS];
        struct vb_transcript *t = must_read(files[i].format, files[i].text);
        assert_int_equal(vb_format_losses(f, t, NULL, (struct vb_write_options){0}, lost), 1);
        assert_int_equal(lost[0].what, VB_LOSES_STYLES);
        assert_int_equal(lost[0].count, 3);
        vb_transcript_unref(t);
    }
}

static void what_the_specification_drops_is_told(void **state)
{
    (void)state;
    struct vb_transcript *t =
        must_read("vtt", "WEBVTT\n\n00:01.00 --> 00:02.000\nun\n\nsans\ntemps\n\n"
                         "NOTE rien\n\n00:03.000 --> 00:04.000\ndeux < trois\n");
    assert_int_equal(vb_paragraph_count(t), 1);
    assert_true(has_note(t, VB_WARNING, "the cue is left out"));
    assert_true(has_note(t, VB_WARNING, "these lines have no times"));
    assert_true(has_note(t, VB_WARNING, "is not shown"));
    vb_transcript_unref(t);
}

static void commas_in_all_times_are_forgiven(void **state)
{
    (void)state;
    struct vb_transcript *t = must_read("vtt", "WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nun\n");
    assert_cue(t, 0, 1000 * MS, 2000 * MS, "un");
    assert_true(has_note(t, VB_WARNING, "as in SubRip"));
    vb_transcript_unref(t);
}

/* ---- the others ---- */

static void lrc_has_repeats_ends_and_an_offset(void **state)
{
    (void)state;
    struct vb_transcript *t =
        must_read("lrc", "[ti:Essai]\n[offset:+500]\n[00:12.00]<00:12.00>Un <00:12.40>deux "
                         "<00:12.80>\n[00:15.5][01:20.500]Refrain\n[01:02:10]trois\n[01:30]\n");
    assert_text(vb_title(t), "Essai");
    assert_cue(t, 0, 11500 * MS, 12300 * MS, "Un deux");
    assert_cue(t, 1, 15000 * MS, VB_NO_TIME, "Refrain");
    assert_int_equal(vb_paragraph(t, 2)->start, 61600 * MS);
    assert_int_equal(vb_paragraph(t, 3)->start, 80000 * MS);
    assert_int_equal(vb_word(t, 1).end, 12300 * MS);
    vb_transcript_unref(t);
}

static void tables_are_read_by_their_heading_or_their_shape(void **state)
{
    (void)state;
    static const struct {
        const char *format, *text;
    } tables[] = {
        {"tsv", "start\tend\ttext\n1000\t2000\tun deux\n"             },
        {"csv", "start,end,text\n1000,2000,\"un deux\"\n"             },
        {"csv", "\"un deux\",1,2\n"                                   },
        {"csv", "Speaker;Start;End;Text\n;00:00:01;00:00:02;un deux\n"},
        {"csv", "f1,1.0,2.0,\"un deux\"\n"                            },
    };
    for (size_t i = 0; i < COUNT(tables); i++) {
        struct vb_transcript *t = must_read(tables[i].format, tables[i].text);
        assert_cue(t, 0, 1000 * MS, 2000 * MS, "un deux");
        vb_transcript_unref(t);
    }
}

static void control_characters_are_shown_otherwise_and_told(void **state)
{
    (void)state;
    struct vb_transcript *t =
        must_read("srt", "1\n00:01,000 --> 00:02,000\nOui\x1B[2J non.\n\n"
                         "2\n00:03,000 --> 00:04,000\nBien\xC2\x94 s\u00FBr.\n");
    size_t count;
    const struct vb_note *notes = vb_notes(t, &count);
    assert_text(vb_word_text(t, 0), "Oui\uFFFD[2J");
    assert_true(has_note(t, VB_WARNING, "2 control characters"));
    assert_int_equal(notes[count - 1].line, 3);
    vb_transcript_unref(t);
}

static void times_in_a_text_must_be_most_and_rise(void **state)
{
    (void)state;
    struct vb_transcript *t = must_read(
        "text",
        "[00:12] Bonjour.\n(01:03) Oui.\n\n1:02:03 Trois\nAnne Martin 1:03:00\nQuatre\n");
    assert_int_equal(vb_paragraph(t, 0)->start, 12000 * MS);
    assert_int_equal(vb_paragraph(t, 1)->start, 63000 * MS);
    assert_int_equal(vb_paragraph(t, 2)->start, 3723000 * MS);
    assert_string_equal(speakers_of(t, vb_paragraph(t, 3)->turn), "Anne Martin");
    assert_string_equal(paragraph_text(t, 3), "Quatre");
    vb_transcript_unref(t);
    t = must_read("text",
                  "Le match a fini 3:10.\n10,000 rounds, 103.06 meters.\n12:30 est l’heure.\n");
    assert_int_equal(vb_paragraph(t, 2)->start, VB_NO_TIME);
    vb_transcript_unref(t);
}

static void markdown_shows_what_a_page_shows(void **state)
{
    (void)state;
    struct vb_transcript *t = must_read(
        "markdown", "---\ntitle: Essai\n---\n## Début 1’05\n\n**Anne:** \\[01:46\\] Un "
                    "*deux* [trois](http://a.org) 3 \\* 4 \\[rires\\].\n\n**Karim**: Oui\n");
    assert_text(vb_title(t), "Essai");
    assert_int_equal(vb_section_count(t), 1);
    assert_int_equal(vb_marker_count(t), 1);
    assert_string_equal(speakers_of(t, 0), "Anne");
    assert_cue(t, 0, 106000 * MS, VB_NO_TIME, "Un deux trois 3 * 4 [rires].");
    assert_true(vb_word_marks(t, find_word(t, "deux")) & VB_EMPHASIS);
    assert_string_equal(speakers_of(t, 1), "Karim");
    vb_transcript_unref(t);
}

/* ---- hostile ---- */

static const struct {
    const char *format, *text;
} small[] = {
    {"srt",
     "1\n00:00:01,000 --> 00:00:02,500\nAnne: <i>un</i> &amp; {\\an8}deux\n\n2\n00:00:03,000 "
     "--> 00:00:04,000\nAnne: trois\n"                                                       },
    {"vtt",
     "WEBVTT - T\n\nid\n00:01.000 --> 00:04.000\n<v Anne>a &lt; <00:02.000>b\n\nNOTE\nn\n"   },
    {"sbv",      "0:00:00.378,0:00:11.378\nun\ndeux\n\n0:00:12.000,0:00:13.000\ntrois\n"     },
    {"lrc",
     "[ti:T]\n[00:12.00]<00:12.00>Un <00:12.40>deux\n[00:15.5][01:20.5]trois\n[01:30]\n"     },
    {"audacity", "0.5\t1.5\tun\n\\\t1\t2\n2\t3\tdeux\n"                                      },
    {"tsv",      "start\tend\ttext\n0\t1\tun\n1\t2\tdeux\n"                                  },
    {"csv",      "start,end,speaker,text\n0.5,1.5,Anne,\"un \"\"deux\"\"\"\n"                },
    {"text",     "[00:01] un\n[00:02 --> 00:03] deux\nAnne 00:04\ntrois\n"                   },
    {"text",     "A: un #00:00:05-2#\nB: deux [0:09]\n"                                      },
    {"text",     "#00:00:05-2#A: un [0:07] deux\n[B] 0:09\n- C\ntrois\n"                     },
    {"markdown", "---\na: b\n---\n# T\n\n**Anne:** \\[00:01\\] *un* [d](e) _f_ \\[g 1:2\\]\n"},
    {"april",
     "[[Catégorie:T]]\n\n'''Titre :''' E\n\n<b>A B : </b>''c'' <ref>d</ref>\n\n==1’02==\n"},
};

static bool count(void *to, vb_str text)
{
    *(size_t *)to += text.len;
    return true;
}

static void write_everything(const struct vb_transcript *t)
{
    size_t written = 0;
    for (size_t i = 0; i < vb_format_count(); i++)
        if (vb_format_writes(vb_format_at(i)))
            vb_write(vb_format_at(i), t, NULL,
                     (struct vb_write_options){.estimated = true, .words = true}, count,
                     &written, NULL);
}

static void try(const char *format, vb_str text)
{
    struct vb_transcript *t = read_as(format, text);
    vb_format_guess(text, "a.txt");
    if (t)
        write_everything(t);
    vb_transcript_unref(t);
}

static void a_file_may_break_off_anywhere(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(small); i++)
        for (size_t len = 0; len < strlen(small[i].text); len++)
            try(small[i].format, (vb_str){small[i].text, len});
}

static void any_byte_may_be_another(void **state)
{
    (void)state;
    static const char others[] = "\0\n\r\t <>&\"[]{}*_\\:-,.0159|='#";
    for (size_t i = 0; i < COUNT(small); i++) {
        struct buf text = {0};
        buf_puts(&text, small[i].text);
        for (size_t at = 0; at < text.len; at++) {
            char before = text.data[at];
            for (size_t c = 0; c < sizeof others; c += 3) {
                text.data[at] = others[(c + at) % sizeof others];
                struct vb_transcript *t = read_as(small[i].format, buf_str(&text));
                vb_transcript_unref(t);
            }
            text.data[at] = before;
        }
        buf_free(&text);
    }
}

/* Time and memory in proportion: the limit of the system ends what is not. */
static void endless_repetitions_are_no_trouble(void **state)
{
    (void)state;
    static const char *const heads[] = {"1\n00:00:01,000 --> 00:00:02,000\n",
                                        "WEBVTT\n\n00:01.000 --> 00:02.000\n",
                                        "0:00:00.378,0:00:11.378\n",
                                        "[00:12.00]",
                                        "0.5\t1.5\t",
                                        "start\tend\ttext\n0\t1\t",
                                        "start,end,text\n0,1,",
                                        "[00:01] ",
                                        "A: a #00:00:05-2# ",
                                        "#00:00:05-2#",
                                        "**A:** ",
                                        "'''Titre :''' E\n\n<b>A : </b>"};
    static const char *const again[] = {"<b>",
                                        "<",
                                        "&",
                                        "a<b ",
                                        "\\[",
                                        "[",
                                        "*",
                                        "**a",
                                        "_",
                                        "\"",
                                        "{\\",
                                        "\n ",
                                        "[1",
                                        "#00:00:01-1#",
                                        "[0:01]a",
                                        "-->",
                                        "<00:01.000>a",
                                        "[a](",
                                        "\n\n",
                                        "]",
                                        "00:00:01,000 --> 00:00:02,000\n",
                                        "A: b\n",
                                        ">> ",
                                        "'"};
    for (size_t h = 0; h < COUNT(heads); h++)
        for (size_t i = 0; i < COUNT(again); i++) {
            struct buf text = {0};
            buf_puts(&text, heads[h]);
            while (text.len < 60000)
                buf_puts(&text, again[i]);
            struct vb_transcript *t = read_as(small[h].format, buf_str(&text));
            vb_transcript_unref(t);
            buf_free(&text);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_defect_costs_no_cue),
        cmocka_unit_test(times_are_kept_as_they_are_given),
        cmocka_unit_test(a_time_beyond_all_recordings_costs_no_cue),
        cmocka_unit_test(numbers_and_arrows_in_a_text_are_text),
        cmocka_unit_test(a_name_that_comes_again_speaks),
        cmocka_unit_test(what_announces_something_is_no_name),
        cmocka_unit_test(names_in_brackets_speak_where_half_of_the_cues_have_them),
        cmocka_unit_test(text_behind_the_times_is_kept),
        cmocka_unit_test(voices_entities_and_times_of_words_are_kept),
        cmocka_unit_test(what_stands_beside_the_words_is_written_again),
        cmocka_unit_test(elsewhere_it_is_told_as_lost),
        cmocka_unit_test(chapters_are_told_to_hold_no_text),
        cmocka_unit_test(looks_are_told_as_lost),
        cmocka_unit_test(what_the_specification_drops_is_told),
        cmocka_unit_test(commas_in_all_times_are_forgiven),
        cmocka_unit_test(lrc_has_repeats_ends_and_an_offset),
        cmocka_unit_test(tables_are_read_by_their_heading_or_their_shape),
        cmocka_unit_test(control_characters_are_shown_otherwise_and_told),
        cmocka_unit_test(times_in_a_text_must_be_most_and_rise),
        cmocka_unit_test(markdown_shows_what_a_page_shows),
        cmocka_unit_test(a_file_may_break_off_anywhere),
        cmocka_unit_test(any_byte_may_be_another),
        cmocka_unit_test(endless_repetitions_are_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
