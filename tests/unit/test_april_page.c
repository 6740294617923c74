/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page of April's wiki around its labels: header, headings and markers, furniture, what
 * stands inside a turn, several transcripts, pages without any. */
#include "transcripts.h"

#include "base/mem.h"

#define HEADER    "Titre : Essai\n\nIntervenants : Anne Martin - Karim Le Goff\n\nDurée : 1 h\n\n"
#define RENDERED  HEADER "Transcription\n\n"
#define WIKI_HEAD "'''Titre :''' Essai\n\n'''Intervenants :''' Anne Martin - Karim Le Goff\n\n"
#define WIKITEXT  WIKI_HEAD "==Transcription==\n\n<b>Anne Martin : </b>"

/* The paragraphs' texts, "A|B|C"; a stage direction stands in round brackets. */
static void assert_paragraphs(const char *page, const char *wanted)
{
    struct vb_transcript *t = read_text(page);
    struct buf found = {0};
    for (uint32_t i = 0; i < vb_paragraph_count(t); i++)
        buf_printf(&found, vb_paragraph(t, i)->kind == VB_STAGE ? "%s(%s)" : "%s%s",
                   i ? "|" : "", paragraph_text(t, i));
    assert_text(buf_str(&found), wanted);
    buf_free(&found);
    vb_transcript_unref(t);
}

/* ---- header ---- */

static void the_header_is_kept_label_by_label(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text("'''Titre :''' Au cœur de l’April\n\n'''Lieu :'''  Radio Cause "
                  "Commune\n\n'''Durée :''' 1 h 08 min 26\n\n'''Statut :''' Transcrit "
                  "MO\n\n'''Musique :''' Aucune\n\n==Transcription==\n\n<b>Luc : </b>Oui.\n");
    assert_text(vb_title(t), "Au cœur de l’April");
    assert_text(value_of(t, "Lieu"), "Radio Cause Commune");
    assert_text(value_of(t, "Statut"), "Transcrit MO");
    assert_text(value_of(t, "Musique"), "Aucune");
    assert_int_equal(vb_duration_stated(t), 4106 * VB_SECOND);
    assert_int_equal(vb_section_count(t), 0);
    vb_transcript_unref(t);
}

static void inclusive_writing_does_not_hide_a_label(void **state)
{
    (void)state;
    static const char *const labels[] = {"Intervenant·e·s", "Intervenant·es", "Intervenant(e)s",
                                         "Intervenant-e-s", "Intervenante",   "Intervenant.e.s",
                                         "INTERVENANTS"};
    for (size_t i = 0; i < COUNT(labels); i++) {
        struct buf page = {0};
        buf_printf(&page,
                   "Titre : E\n\n%s : Luc Petit -  - Zoé Grand\n\nTranscription\n\nLuc : a.\n",
                   labels[i]);
        struct vb_transcript *t = read_bytes(buf_str(&page));
        assert_true(vb_speaker_count(t) >= 2);
        assert_text(vb_speaker(t, 0)->name, "Luc Petit");
        assert_text(vb_speaker(t, 1)->name, "Zoé Grand");
        vb_transcript_unref(t);
        buf_free(&page);
    }
}

static void names_are_separated_by_spaced_dashes(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text("Titre : E\n\nIntervenants :  - Marie-Odile Morandi -  - Étienne Gonnu – "
                  "Luc alias Lulu - Zoé Petit à la régie - Jean Martin de l’April - Charles de "
                  "Gaulle\n\nTranscription\n\nLulu : Oui.\n");
    static const char *const names[] = {
        "Marie-Odile Morandi", "Étienne Gonnu", "Luc",
        "Zoé Petit",           "Jean Martin",   "Charles de Gaulle"};
    assert_int_equal(vb_speaker_count(t), COUNT(names));
    for (uint32_t i = 0; i < COUNT(names); i++) {
        assert_text(vb_speaker(t, i)->name, names[i]);
        assert_true(vb_speaker(t, i)->listed);
    }
    assert_text(vb_speaker(t, 2)->alias, "Lulu");
    assert_text(vb_speaker(t, 3)->role, "à la régie");
    assert_text(vb_speaker(t, 4)->role, "de l’April");
    assert_string_equal(speakers_of(t, 0), "Luc");
    vb_transcript_unref(t);
}

static void commas_separate_names_where_no_dash_does(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text("Titre : E\n\nIntervenants : Luc Petit, Zoé Grand et Karim\n"
                  "\nTranscription\n\nZoé Grand : Oui.\n");
    assert_int_equal(vb_speaker_count(t), 3);
    vb_transcript_unref(t);
    t = read_text(
        "Titre : E\n\nIntervenant : Luc Petit, délégué général\n\nTranscription\n\nLuc "
        "Petit : Oui.\n");
    assert_int_equal(vb_speaker_count(t), 1);
    vb_transcript_unref(t);
}

static void the_header_ends_at_the_heading(void **state)
{
    (void)state;
    assert_paragraphs(
        HEADER "Une présentation : longue.\n\nTranscription\n\nAnne Martin : Oui.\n", "Oui.");
}

static void without_a_heading_the_header_ends_where_somebody_speaks(void **state)
{
    (void)state;
    assert_paragraphs(HEADER
                      "NB : un mot.\nEt sa suite.\n\nAnne Martin : Oui.\nDate : demain.\n",
                      "Oui.|Date : demain.");
    struct vb_transcript *t =
        read_text(WIKI_HEAD "==Au cœur 21’55==\n\n<b>Anne Martin : </b>Oui.\n");
    assert_int_equal(vb_section_count(t), 1);
    assert_int_equal(vb_turn_count(t), 1);
    assert_int_equal(vb_speaker_count(t), 2);
    vb_transcript_unref(t);
    assert_paragraphs(HEADER
                      "Podcast\n\nPrésentation du podcast\n\n[Jingle]\n\nAnne Martin : Oui.\n",
                      "(Jingle)|Oui.");
    assert_paragraphs(WIKI_HEAD "'''[https://a.org Écouter]'''\n\n<b>Anne Martin : </b>Oui.\n",
                      "Oui.");
}

static void the_first_line_of_a_page_without_a_header_may_be_its_title(void **state)
{
    (void)state;
    static const char page[] =
        "Un entretien\n\nNous avons parlé.\n\nAlice : Oui.\n\nBob : Non.\n\n"
        "Alice : Si.\n";
    assert_paragraphs(page, "Nous avons parlé.|Oui.|Non.|Si.");
    struct vb_transcript *t = read_text(page);
    assert_text(vb_title(t), "Un entretien");
    assert_int_equal(vb_turn_count(t), 4);
    vb_transcript_unref(t);
}

static void a_value_may_stand_on_the_next_line(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text("<html><body><dl><dt><b>Titre :</b></dt><dd>Essai</dd><dt><b>Durée "
                  ":</b></dt><dd>11 mn 58 s</dd></dl><h2>Transcription</h2><p><b>Luc : "
                  "</b>Oui.</p></body></html>");
    assert_text(vb_title(t), "Essai");
    assert_int_equal(vb_duration_stated(t), 718 * VB_SECOND);
    vb_transcript_unref(t);
}

static void a_colon_may_stand_behind_the_bold_label(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text("<ul><li><strong>Titre</strong> : Essai</li>\n<li><strong>Durée</strong> : "
                  "XhXXmn</li></ul>\n==Transcription==\n<b>Luc : </b>Oui.\n");
    assert_text(vb_title(t), "Essai");
    assert_int_equal(vb_duration_stated(t), VB_NO_TIME);
    assert_true(has_note(t, VB_INFO, "XhXXmn"));
    vb_transcript_unref(t);
}

static void media_and_status_lines_need_no_label(void **state)
{
    (void)state;
    struct vb_transcript *t = read_text(
        "'''Titre :''' E\n\n'''[https://example.org/a.ogg Écouter le podcast]'''\n\n'''[ "
        "Podcast PROVISOIRE]'''\n\nTranscrit MO\n\n==Transcription==\n\n<b>Luc : </b>Oui.\n");
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    assert_int_equal(count, 4);
    assert_text(meta[1].label, "");
    assert_text(meta[1].value, "Écouter le podcast");
    assert_text(meta[1].link, "https://example.org/a.ogg");
    assert_text(meta[2].value, "[ Podcast PROVISOIRE]");
    assert_text(value_of(t, "Statut"), "Transcrit MO");
    vb_transcript_unref(t);
}

/* ---- headings and markers ---- */

static void a_heading_that_is_a_time_is_a_marker(void **state)
{
    (void)state;
    static const char *const pages[] = {
        WIKITEXT "Un.\n\n==8’20==\n\n<b>Karim Le Goff : </b>Deux.\n",
        RENDERED "Anne Martin : Un.\n\n8’20§\n\nKarim Le Goff : Deux.\n",
        RENDERED "Anne Martin : Un.\n\n8’20\n\nKarim Le Goff : Deux.\n",
        RENDERED "Anne Martin : Un.\n\n8’20¶\n\nKarim Le Goff : Deux.\n",
        RENDERED
        "Anne Martin : Un.\n8’20[modifier | modifier le code]\nKarim Le Goff : Deux.\n",
        ("<html><body><p>Titre : E</p><h2>Transcription</h2><p><b>Anne Martin : "
         "</b>Un.</p><h3>8’20</h3><p><b>Karim : </b>Deux.</p></body></html>"),
    };
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct vb_transcript *t = read_text(pages[i]);
        assert_int_equal(vb_marker_count(t), 1);
        assert_int_equal(vb_marker(t, 0)->time, 500 * VB_SECOND);
        assert_text(vb_marker(t, 0)->text, "8’20");
        assert_int_equal(vb_marker(t, 0)->first_word, 1);
        struct vb_span span = vb_marker(t, 0)->span;
        assert_int_equal(span.len, strlen("8’20"));
        assert_memory_equal(pages[i] + span.at, "8’20", span.len);
        assert_int_equal(vb_section_count(t), 0);
        assert_int_equal(vb_turn_count(t), 2);
        vb_transcript_unref(t);
    }
}

static void a_title_with_a_time_is_a_section_and_a_marker(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text(WIKITEXT "Un.\n\n===Au cœur de l'April 21’55===\n\n<b>Zoé : </b>Deux.\n");
    assert_int_equal(vb_section_count(t), 1);
    assert_text(vb_section(t, 0)->title, "Au cœur de l'April");
    assert_int_equal(vb_section(t, 0)->level, 3);
    assert_int_equal(vb_section(t, 0)->time, 1315 * VB_SECOND);
    assert_int_equal(vb_marker_count(t), 1);
    assert_text(vb_marker(t, 0)->text, "21’55");
    vb_transcript_unref(t);
}

static void a_time_beyond_the_page_belongs_to_the_title(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text("'''Titre :''' E\n\n'''Durée :''' 30 min\n\n==Transcription==\n\n<b>Luc : "
                  "</b>Un.\n\n==Sprint 90 min==\n\nDeux.\n");
    assert_int_equal(vb_marker_count(t), 0);
    assert_text(vb_section(t, 0)->title, "Sprint 90 min");
    assert_int_equal(vb_section(t, 0)->time, VB_NO_TIME);
    vb_transcript_unref(t);
}

static void wrong_markers_are_passed_on_and_reported(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text(RENDERED "Anne Martin : Un.\n\n20’ 00\n\nAnne Martin : "
                           "Deux.\n\n10’ 00\n\nAnne Martin : Trois.\n\n"
                           "30’ 00\n\nKarim : Quatre.\n\n90’ 00\n\nCinq.\n");
    assert_int_equal(vb_marker_count(t), 4);
    assert_false(vb_marker(t, 3)->usable);
    assert_true(vb_marker(t, 0)->usable != vb_marker(t, 1)->usable);
    assert_true(has_note(t, VB_WARNING, "out of order"));
    assert_true(has_note(t, VB_WARNING, "beyond the stated duration"));
    vb_transcript_unref(t);
}

static void a_time_in_running_text_is_text(void **state)
{
    (void)state;
    static const char *const lines[] = {"le 3 X 8 mais dans le 8/8/8",
                                        "sur 93.1 FM",
                                        "24 heures sur 24",
                                        "de midi à 17 heures puis de 21 heures à 4 heures",
                                        "une heure trente",
                                        "09 72 51 55 46",
                                        "2001, l'Odyssée de l'espace",
                                        "Canonical a 20 ans",
                                        "ChatGPT-4",
                                        "à 16 h 20",
                                        "il est 16:20 à ma montre",
                                        "00:00:08 Parce que c'est notre projet !",
                                        "Rendez-vous dans 5 min",
                                        "16 h 20",
                                        "Les 5 minutes"};
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct buf page = {0};
        buf_printf(&page, RENDERED "Anne Martin : Un.\n\n%s\n\nDeux.\n", lines[i]);
        struct vb_transcript *t = read_bytes(buf_str(&page));
        if (vb_marker_count(t) || vb_paragraph_count(t) != 3)
            fail_msg("“%s” is text", lines[i]);
        vb_transcript_unref(t);
        buf_free(&page);
    }
}

static void a_time_that_does_not_stand_alone_is_text(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text(RENDERED "Anne Martin : Un.\n16’ 20\nDeux.\n\n16:20\nTrois.\n");
    assert_int_equal(vb_marker_count(t), 0);
    assert_int_equal(vb_paragraph_count(t), 5);
    vb_transcript_unref(t);
}

static void decorated_lines_are_sections(void **state)
{
    (void)state;
    struct vb_transcript *t = read_text(
        RENDERED
        "Anne Martin : Un.\n\nCompte Wiki[modifier]\n\nKarim : Deux.\n\nUn titre nu\n\n"
        "Anne Martin : Trois.\n");
    assert_int_equal(vb_section_count(t), 1);
    assert_text(vb_section(t, 0)->title, "Compte Wiki");
    assert_int_equal(vb_section(t, 0)->level, 2);
    vb_transcript_unref(t);
}

static void where_nothing_is_decorated_a_lone_line_before_a_label_is_a_section(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text(RENDERED "Anne Martin : Un.\n\nLes formats libres\n\nKarim "
                           "Le Goff : Deux.\n\nUne phrase.\n\nAnne Martin : "
                           "Trois.\n");
    assert_int_equal(vb_section_count(t), 1);
    assert_text(vb_section(t, 0)->title, "Les formats libres");
    assert_int_equal(vb_paragraph_count(t), 4);
    assert_true(has_note(t, VB_INFO, "“Les formats libres” is taken for a heading"));
    vb_transcript_unref(t);
}

static void a_colon_in_a_heading_makes_no_speaker(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text(WIKITEXT "Un.\n\n==Au café libre, ton relax : débat==\n\n"
                           "Deux.\n");
    assert_text(vb_section(t, 0)->title, "Au café libre, ton relax : débat");
    assert_int_equal(vb_turn_count(t), 1);
    vb_transcript_unref(t);
    t = read_text(RENDERED "Anne Martin : Un.\n\nChronique : Le Libre§\n\nDeux.\n");
    assert_text(vb_section(t, 0)->title, "Chronique : Le Libre");
    assert_int_equal(vb_turn_count(t), 1);
    vb_transcript_unref(t);
}

static void a_marker_does_not_end_a_turn(void **state)
{
    (void)state;
    struct vb_transcript *t = read_text(WIKITEXT "Un.\n\n==8’20==\n\nDeux.\n");
    assert_int_equal(vb_turn_count(t), 1);
    assert_int_equal(vb_turn(t, 0)->paragraph_count, 2);
    vb_transcript_unref(t);
}

/* ---- furniture ---- */

static void the_wiki_s_furniture_is_not_shown(void **state)
{
    (void)state;
    static const char page[] =
        "Une page\n\nDe April MediaWiki\nRévision datée du 9 décembre 2023 à 08:54 par X "
        "(discussion | contributions) (Page créée avec « '''Titre :''' Faux »)\n(diff) ← "
        "Version "
        "précédente | Voir la version actuelle (diff) | Version suivante → (diff)\nAller à la "
        "navigationAller à la recherche\n\nLa version imprimable n’est plus prise en charge et "
        "peut comporter des erreurs.\n\nTitre : Vrai\n\nTranscription\n\nLuc : Oui.\n\nVersion "
        "du "
        "20 mars 2018 à 03:38\n\n(2 versions intermédiaires par le même utilisateur non "
        "affichées)\n\n+\n\nNon.\n\nRécupérée de « https://wiki.april.org/index.php "
        "»\nCatégorie "
        ": Transcriptions\nMenu de navigation\n";
    struct vb_transcript *t = read_text(page);
    assert_text(vb_title(t), "Vrai");
    vb_transcript_unref(t);
    assert_paragraphs(page, "Oui.|Non.");
    assert_paragraphs(
        "[[Catégorie:Transcriptions]]\n" WIKITEXT "Un. [[Category:X]]\n__NOTOC__\n", "Un.");
}

static void a_spoken_line_is_no_furniture(void **state)
{
    (void)state;
    assert_paragraphs(RENDERED "Anne Martin : Un.\n\nVersion du logiciel après version.\n",
                      "Un.|Version du logiciel après version.");
}

/* ---- inside a turn ---- */

static void a_bracket_alone_in_its_block_is_a_stage_direction(void **state)
{
    (void)state;
    assert_paragraphs(RENDERED "[Jingle]\n\nAnne Martin : Un.\n\n[Virgule musicale]\n\nDeux.\n",
                      "(Jingle)|Un.|(Virgule musicale)|Deux.");
    assert_paragraphs(RENDERED "Anne Martin : Un.\n\n[Rires] [Applaudissements]\n\nDeux.\n",
                      "Un.|(Rires)|(Applaudissements)|Deux.");
    assert_paragraphs(
        RENDERED "Anne Martin : Un.\n\n[La conférence commence, Armony tient le "
                 "micro mais on ne l’entend que par bribes.\nPuis elle parle.]\n",
        "Un.|(La conférence commence, Armony tient le micro mais on ne l’entend que "
        "par bribes.)|(Puis elle parle.)");
    assert_paragraphs(WIKITEXT "Un.<br/>\n[Rires]<br/>\n[Debian]\n", "Un.|(Rires)|[Debian]");
}

static void a_stage_direction_stands_in_the_turn_before_it(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text(RENDERED "[Jingle]\n\nAnne Martin : Un.\n\n[Virgule musicale]\n");
    assert_int_equal(vb_paragraph(t, 0)->turn, VB_NONE);
    assert_int_equal(vb_paragraph(t, 2)->turn, 0);
    assert_int_equal(vb_spoken_count(t), 1);
    assert_int_equal(vb_word_count(t), 4);
    vb_transcript_unref(t);
}

static uint16_t marks_of(const struct vb_transcript *t, const char *word)
{
    uint32_t found = find_word(t, word);
    assert_int_not_equal(found, VB_NONE);
    return vb_word_marks(t, found);
}

static void known_words_in_brackets_are_stage_directions_inside_speech(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text(RENDERED "Anne Martin : Le son. [Rires] La suite [pause] "
                           "et [Virgule musicale rock] fin.\n");
    assert_int_equal(marks_of(t, "[Rires]"), VB_UNSPOKEN | VB_EMPHASIS);
    assert_int_equal(marks_of(t, "[pause]"), VB_UNSPOKEN | VB_EMPHASIS);
    assert_int_equal(marks_of(t, "musicale"), VB_UNSPOKEN | VB_EMPHASIS);
    assert_int_equal(marks_of(t, "suite"), 0);
    assert_string_equal(paragraph_text(t, 0),
                        "Le son. [Rires] La suite [pause] et [Virgule musicale rock] fin.");
    vb_transcript_unref(t);
}

static void a_gloss_of_the_transcriber_is_shown_and_not_spoken(void **state)
{
    (void)state;
    struct vb_transcript *t = read_text(
        RENDERED "Anne Martin : DAB+ [Digital Audio Broadcasting] et Joyce [Markoll].\n");
    assert_int_equal(marks_of(t, "[Digital"), VB_UNSPOKEN);
    assert_int_equal(marks_of(t, "Broadcasting]"), VB_UNSPOKEN);
    assert_int_equal(marks_of(t, "[Markoll]."), VB_UNSPOKEN);
    assert_int_equal(marks_of(t, "Joyce"), 0);
    assert_int_equal(vb_spoken_count(t), 3);
    vb_transcript_unref(t);
}

static void other_brackets_are_text(void **state)
{
    (void)state;
    struct vb_transcript *t = read_text(
        WIKITEXT "a [pas une scène] b [Chapitre 2] c [Une bien trop longue remarque entre "
                 "crochets] d <nowiki>[Rires]</nowiki> e [ouvert\n\nf] g\n");
    assert_int_equal(vb_spoken_count(t), vb_word_count(t));
    vb_transcript_unref(t);
}

static void notes_of_wikitext_hang_on_their_word(void **state)
{
    (void)state;
    struct vb_transcript *t = read_text(
        WIKITEXT "trois points<ref>[https://example.org Une ''note'' : oui]</ref> : fin<ref "
                 "name=\"x\">Deux &amp; deux</ref>, encore<ref name=x />.\n");
    size_t count;
    const struct vb_footnote *notes = vb_footnotes(t, &count);
    assert_int_equal(count, 3);
    assert_text(notes[0].text, "Une note : oui");
    assert_text(notes[1].text, "Deux & deux");
    assert_text(notes[2].text, "Deux & deux");
    assert_string_equal(paragraph_text(t, 0), "trois points : fin, encore.");
    assert_text(vb_word_text(t, notes[0].word), "points :");
    assert_text(vb_word_text(t, notes[1].word), "fin,");
    assert_true(vb_word_marks(t, notes[0].word) & VB_FOOTNOTE);
    vb_transcript_unref(t);
}

static void numbers_in_brackets_that_rise_from_one_are_notes_of_copied_text(void **state)
{
    (void)state;
    struct vb_transcript *t = read_text(
        RENDERED "Anne Martin : Un mot[1] : et un autre [2].\nPuis [7] et [1].\n\nNotes\n\n"
                 "[1] Le premier\n[2] ↑ Le second\n");
    size_t count;
    const struct vb_footnote *notes = vb_footnotes(t, &count);
    assert_int_equal(count, 3);
    assert_text(notes[0].text, "Le premier");
    assert_text(notes[1].text, "Le second");
    assert_text(vb_word_text(t, notes[0].word), "mot :");
    vb_transcript_unref(t);
    assert_paragraphs(RENDERED "Anne Martin : Un mot[1] ici.\n\n[1] Le premier\n",
                      "Un mot ici.");
}

static void a_glued_digit_is_a_note_only_with_a_list(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text(RENDERED "Anne Martin : tout le monde connaît l’April1 ? "
                           "Et MP3 ?\n\n1. Une association\n");
    assert_int_not_equal(find_word(t, "l’April ?"), VB_NONE);
    assert_int_not_equal(find_word(t, "MP3 ?"), VB_NONE);
    size_t count;
    assert_text(vb_footnotes(t, &count)[0].text, "Une association");
    vb_transcript_unref(t);
    t = read_text(RENDERED "Anne Martin : tout le monde connaît l’April1 ?\n");
    assert_int_not_equal(find_word(t, "l’April1 ?"), VB_NONE);
    vb_transcript_unref(t);
    assert_paragraphs(RENDERED "Anne Martin : Trois choses.\n\n1. La première\n",
                      "Trois choses.|1. La première");
}

static void links_show_their_text(void **state)
{
    (void)state;
    assert_paragraphs(WIKITEXT "le [https://www.april.org site de l’''April''] et [[Accueil|la "
                               "page]] et [[Accueil]], [https://a.org].\n",
                      "le site de l’April et la page et Accueil, .");
}

static void broken_links_are_shown_literally(void **state)
{
    (void)state;
    assert_paragraphs(WIKITEXT "a [ texte] b [https://a.org ouvert\n\nc [[aussi\n\nd ]] e\n",
                      "a [ texte] b [https://a.org ouvert|c [[aussi|d ]] e");
}

static void emphasis_is_style_only(void **state)
{
    (void)state;
    struct vb_transcript *t = read_text(
        WIKITEXT
        "''Libre à vous !'', c’est <em>l’''É''tat</em> <i>ici</i>, pas '''''là'''''.\n");
    assert_int_equal(marks_of(t, "Libre"), VB_EMPHASIS);
    assert_int_equal(marks_of(t, "l’État"), VB_EMPHASIS);
    assert_int_equal(marks_of(t, "ici,"), VB_EMPHASIS);
    assert_int_equal(marks_of(t, "là."), VB_EMPHASIS);
    assert_int_equal(marks_of(t, "c’est"), 0);
    vb_transcript_unref(t);
}

static void entities_are_characters_and_keep_their_bytes(void **state)
{
    (void)state;
    static const char page[] =
        WIKITEXT "R&amp;D, l&rsquo;&#233;t&#xE9;&nbsp;; &inconnu; & fin\n";
    struct vb_transcript *t = read_text(page);
    assert_string_equal(paragraph_text(t, 0), "R&D, l’été ; &inconnu; & fin");
    uint32_t word = find_word(t, "R&D,");
    struct vb_span span = vb_word(t, word).span;
    assert_int_equal(span.len, strlen("R&amp;D,"));
    assert_memory_equal(page + span.at, "R&amp;D,", span.len);
    vb_transcript_unref(t);
}

static void comments_and_templates_are_passed_over(void **state)
{
    (void)state;
    assert_paragraphs(WIKITEXT
                      "Un <!-- <b>Faux : </b> -->deux {{modèle|a={{b}}}}trois.\n\n<!-- "
                      "rien -->\n\n{| class=x\n| case\n|}\n\nQuatre.\n",
                      "Un deux trois.|Quatre.");
    struct vb_transcript *t = read_text(WIKITEXT "Un {{a}} {{b}} deux.\n");
    assert_true(has_note(t, VB_INFO, "2 templates"));
    vb_transcript_unref(t);
}

static void what_is_never_closed_is_shown_and_noted(void **state)
{
    (void)state;
    static const char *const signs[] = {"<!--", "<ref>", "<nowiki>", "{{", "<pre>"};
    for (size_t i = 0; i < COUNT(signs); i++) {
        struct buf page = {0};
        buf_printf(&page, WIKITEXT "Un %s deux.\n\n<b>Karim Le Goff : </b>Trois.\n", signs[i]);
        struct vb_transcript *t = read_bytes(buf_str(&page));
        assert_int_equal(vb_turn_count(t), 2);
        assert_true(has_note(t, VB_WARNING, "never closed"));
        assert_non_null(strstr(paragraph_text(t, 0), signs[i]));
        assert_non_null(strstr(paragraph_text(t, 0), "deux."));
        vb_transcript_unref(t);
        buf_free(&page);
    }
}

static void a_line_break_begins_a_paragraph_and_a_line_end_does_not(void **state)
{
    (void)state;
    assert_paragraphs(WIKITEXT "Un.<br/>\nDeux.<br />Trois.<br>\nQuatre\ncinq.\n\nSix.\n",
                      "Un.|Deux.|Trois.|Quatre cinq.|Six.");
    assert_paragraphs(RENDERED "Anne Martin : Un.\nDeux.\n\nTrois.\n", "Un.|Deux.|Trois.");
}

static void line_ends_of_any_kind_do(void **state)
{
    (void)state;
    assert_paragraphs("Titre : E\r\n\r\nTranscription\r\n\r\nLuc : Un.\r\nDeux.\r\n\r\n",
                      "Un.|Deux.");
    assert_paragraphs("Titre : E\r\rTranscription\r\rLuc : Un.\rDeux.\r", "Un.|Deux.");
    assert_paragraphs("'''Titre :''' E\r\n\r\n==Transcription==\r\n\r\n<b>Luc : "
                      "</b>Un.<br/>\r\nDeux.\r\n\r\n==8’20==\r\n\r\nTrois.",
                      "Un.|Deux.|Trois.");
    assert_paragraphs("'''Titre :''' E\r\r==Transcription==\r\r<b>Luc : </b>Un.<br/>\rDeux.\r",
                      "Un.|Deux.");
}

static void a_nul_byte_is_shown_and_ends_nothing(void **state)
{
    (void)state;
    static const char *const starts[] = {RENDERED "Anne Martin : Un.\n\nDe",
                                         WIKITEXT "Un.\n\nDe",
                                         ("<html><body><h2>Transcription</h2><p><b>A : "
                                          "</b>Un.</p><p>De")};
    for (size_t i = 0; i < COUNT(starts); i++) {
        struct buf page = {0};
        buf_puts(&page, starts[i]);
        buf_putc(&page, '\0');
        buf_puts(&page, "ux trois.\n");
        struct vb_transcript *t = read_bytes(buf_str(&page));
        assert_int_not_equal(find_word(t, "De\uFFFDux"), VB_NONE);
        assert_int_not_equal(find_word(t, "trois."), VB_NONE);
        vb_transcript_unref(t);
        buf_free(&page);
    }
}

/* ---- several transcripts, or none ---- */

static void the_first_of_several_transcripts_is_read(void **state)
{
    (void)state;
    static const char *const pages[] = {
        HEADER "Transcription\n\nAnne Martin : Un.\n\nVincent Calame\n\nTitre : Deux\n\nDate : "
               "demain\n\nTranscription\n\nVincent Calame : Deux.\n",
        WIKITEXT "Un.\n\n==Vincent Calame==\n\n'''Titre :''' Deux\n\n'''Date :''' "
                 "demain\n\n==Transcription==\n\n<b>Vincent Calame : </b>Deux.\n",
    };
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct vb_transcript *t = read_text(pages[i]);
        assert_text(vb_title(t), "Essai");
        assert_int_equal(vb_turn_count(t), 1);
        assert_int_equal(vb_section_count(t), 0);
        assert_true(has_note(t, VB_WARNING, "this page holds 2 transcripts"));
        vb_transcript_unref(t);
        assert_paragraphs(pages[i], "Un.");
    }
}

static void a_spoken_title_begins_no_transcript(void **state)
{
    (void)state;
    assert_paragraphs(RENDERED "Anne Martin : Un.\n\nTitre : un mot qui se dit.\n\nDeux.\n",
                      "Un.|Titre : un mot qui se dit.|Deux.");
}

static void a_page_that_only_points_elsewhere_says_so(void **state)
{
    (void)state;
    static const char *const pages[] = {
        "[[Catégorie:Transcriptions]]\n\nPublié [https://www.librealire.org/x ici] - mars "
        "2021\n",
        "Une page\n\nDe April MediaWiki\nAller à la navigationAller à la recherche\n\nPublié "
        "ici - "
        "mars 2021\n",
        "<html><body><div class=\"mw-parser-output\"><p>Publié <a "
        "href=\"https://a.org\">ici</a> - "
        "mars 2021</p></div></body></html>",
    };
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct vb_error error = refused(str_of(pages[i]));
        assert_holds(error.text, "only points to");
        assert_holds(error.text, "open its history");
    }
    assert_holds(refused(str_of(pages[0])).text, "https://www.librealire.org/x");
}

static void a_comparison_of_revisions_is_refused(void **state)
{
    (void)state;
    static const char *const pages[] = {
        ("Essai\n\nLigne 1 :\tLigne 1 :\n\n[[Catégorie:T]]\n\n'''Titre :''' Essai\n\nLigne 80 "
         ":\tLigne 80 :\n\n<b>Anne : </b>Un.\n"),
        "Différences entre les versions de « Essai »\n\nLigne 80 : Ligne 80 :\n\n" RENDERED
        "Anne Martin : Un.\n",
        RENDERED "Ligne 1 :\nLigne 1 :\n+\nAnne Martin : Un.\n-\nAnne Martin : Deux.\n",
        ("<html><body><table class=\"diff diff-contentalign-left\"><tr><td><b>Anne : "
         "</b>Un.</td></tr></table></body></html>"),
    };
    for (size_t i = 0; i < COUNT(pages); i++)
        assert_holds(refused(str_of(pages[i])).text, "open the revision itself");
}

static void a_revision_with_its_diff_links_is_no_comparison(void **state)
{
    (void)state;
    assert_paragraphs(
        "De April MediaWiki\nRévision datée du 9 décembre 2023 à 08:54 par X\n(diff) ← "
        "Version précédente | Voir la version actuelle (diff)\n\n" RENDERED
        "Anne Martin : Un.\n",
        "Un.");
}

static void every_other_text_is_told_what_it_looks_like(void **state)
{
    (void)state;
    static const struct {
        vb_str text;
        const char *words;
    } rows[] = {
        {VB_STR(""),                                                        "empty"                 },
        {VB_STR(" \n\u00A0\n"),                                             "empty"                 },
        {VB_STR("Il était une fois un texte.\n\nEt puis voilà.\n"),       "ordinary text"         },
        {VB_STR("\x7F"
                "ELF\x02\x01\x01\0\0\0\0\0\0\0\x03\0>\0\x01\0\0"),
         "no text"                                                                                  },
        {VB_STR("{\"version\": \"1.0\", \"segments\": []}"),                "JSON"                  },
        {VB_STR("1\n00:00:01,000 --> 00:00:02,000\nUn\n\n2\n00:00:03,000 --> "
                "00:00:04,000\nDeux\n\n"
                "3\n00:00:05,000 --> 00:00:06,000\nTrois\n"),
         "subtitles"                                                                                },
        {VB_STR("<?xml version=\"1.0\"?><tt><body/></tt>"),                 "XML"                   },
        {VB_STR("Titre : Essai\n\nDurée : 1 h\n"),                         "nobody speaks below it"},
        {VB_STR("<html><body><p>Bonjour</p></body></html>"),                "web page"              },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_holds(refused(rows[i].text).text, rows[i].words);
        struct vb_error error = {0};
        assert_false(vb_format_refuse(rows[i].text, &error));
        assert_holds(error.text, rows[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_header_is_kept_label_by_label),
        cmocka_unit_test(inclusive_writing_does_not_hide_a_label),
        cmocka_unit_test(names_are_separated_by_spaced_dashes),
        cmocka_unit_test(commas_separate_names_where_no_dash_does),
        cmocka_unit_test(the_header_ends_at_the_heading),
        cmocka_unit_test(without_a_heading_the_header_ends_where_somebody_speaks),
        cmocka_unit_test(the_first_line_of_a_page_without_a_header_may_be_its_title),
        cmocka_unit_test(a_value_may_stand_on_the_next_line),
        cmocka_unit_test(a_colon_may_stand_behind_the_bold_label),
        cmocka_unit_test(media_and_status_lines_need_no_label),
        cmocka_unit_test(a_heading_that_is_a_time_is_a_marker),
        cmocka_unit_test(a_title_with_a_time_is_a_section_and_a_marker),
        cmocka_unit_test(a_time_beyond_the_page_belongs_to_the_title),
        cmocka_unit_test(wrong_markers_are_passed_on_and_reported),
        cmocka_unit_test(a_time_in_running_text_is_text),
        cmocka_unit_test(a_time_that_does_not_stand_alone_is_text),
        cmocka_unit_test(decorated_lines_are_sections),
        cmocka_unit_test(where_nothing_is_decorated_a_lone_line_before_a_label_is_a_section),
        cmocka_unit_test(a_colon_in_a_heading_makes_no_speaker),
        cmocka_unit_test(a_marker_does_not_end_a_turn),
        cmocka_unit_test(the_wiki_s_furniture_is_not_shown),
        cmocka_unit_test(a_spoken_line_is_no_furniture),
        cmocka_unit_test(a_bracket_alone_in_its_block_is_a_stage_direction),
        cmocka_unit_test(a_stage_direction_stands_in_the_turn_before_it),
        cmocka_unit_test(known_words_in_brackets_are_stage_directions_inside_speech),
        cmocka_unit_test(a_gloss_of_the_transcriber_is_shown_and_not_spoken),
        cmocka_unit_test(other_brackets_are_text),
        cmocka_unit_test(notes_of_wikitext_hang_on_their_word),
        cmocka_unit_test(numbers_in_brackets_that_rise_from_one_are_notes_of_copied_text),
        cmocka_unit_test(a_glued_digit_is_a_note_only_with_a_list),
        cmocka_unit_test(links_show_their_text),
        cmocka_unit_test(broken_links_are_shown_literally),
        cmocka_unit_test(emphasis_is_style_only),
        cmocka_unit_test(entities_are_characters_and_keep_their_bytes),
        cmocka_unit_test(comments_and_templates_are_passed_over),
        cmocka_unit_test(what_is_never_closed_is_shown_and_noted),
        cmocka_unit_test(a_line_break_begins_a_paragraph_and_a_line_end_does_not),
        cmocka_unit_test(line_ends_of_any_kind_do),
        cmocka_unit_test(a_nul_byte_is_shown_and_ends_nothing),
        cmocka_unit_test(the_first_of_several_transcripts_is_read),
        cmocka_unit_test(a_spoken_title_begins_no_transcript),
        cmocka_unit_test(a_page_that_only_points_elsewhere_says_so),
        cmocka_unit_test(a_comparison_of_revisions_is_refused),
        cmocka_unit_test(a_revision_with_its_diff_links_is_no_comparison),
        cmocka_unit_test(every_other_text_is_told_what_it_looks_like),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
