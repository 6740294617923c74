/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who speaks where: the labels of a page of April's wiki, in each of its layers. */
#include "transcripts.h"

#include "base/mem.h"

#define RENDERED                                                                               \
    "Titre : Essai\n\nIntervenants : Anne Martin - Karim Le Goff - Richard Stallman - Zoé "   \
    "alias Zed - Anne-Lise Dupré\n\nDurée : 1 h\n\nTranscription\n\n"
#define WIKITEXT                                                                               \
    "'''Titre :''' Essai\n\n'''Intervenants :''' Anne Martin - Karim Le Goff - Zoé alias "    \
    "Zed\n\n==Transcription==\n\n"

/* How many turns the body has, read below the header. */
static struct vb_transcript *with(const char *header, const char *body)
{
    struct buf text = {0};
    buf_puts(&text, header);
    buf_puts(&text, body);
    struct vb_transcript *t = read_bytes(buf_str(&text));
    buf_free(&text);
    return t;
}

/* The speakers of all turns, "A|B|C". */
static void assert_turns(const char *header, const char *body, const char *wanted)
{
    struct vb_transcript *t = with(header, body);
    struct buf found = {0};
    for (uint32_t i = 0; i < vb_turn_count(t); i++)
        buf_printf(&found, "%s%s", i ? "|" : "", speakers_of(t, i));
    assert_text(buf_str(&found), wanted);
    buf_free(&found);
    vb_transcript_unref(t);
}

/* ---- copied text ---- */

static void a_listed_name_is_a_label_on_any_line(void **state)
{
    (void)state;
    assert_turns(RENDERED, "Anne Martin : Bonjour.\nKarim Le Goff : Bonjour.\n",
                 "Anne Martin|Karim Le Goff");
}

static void names_are_compared_whatever_their_spaces_and_case(void **state)
{
    (void)state;
    assert_turns(RENDERED,
                 "Anne\u00A0Martin\u00A0: Un.\n\nKARIM  LE GOFF\u202F: Deux.\n\nanne "
                 "martin : Trois.\n",
                 "Anne Martin|Karim Le Goff|Anne Martin");
    assert_turns("Titre : Essai\n\nIntervenants : E\u0301lise Petit\n\nTranscription\n\n",
                 "Élise Petit : Oui.\n", "E\u0301lise Petit");
}

static void an_alias_is_the_person(void **state)
{
    (void)state;
    struct vb_transcript *t = with(RENDERED, "Zed : Ici.\n");
    assert_string_equal(speakers_of(t, 0), "Zoé");
    assert_text(vb_turn(t, 0)->label, "Zed");
    vb_transcript_unref(t);
}

static void joint_labels_name_several(void **state)
{
    (void)state;
    assert_turns(RENDERED,
                 "Anne Martin et Karim Le Goff : Un.\n\nAnne Martin & Zed : Deux.\n\nAnne "
                 "Martin, Karim Le Goff et Zoé : Trois.\n\nAnne Martin / Zoé : Quatre.\n",
                 "Anne Martin, Karim Le Goff|Anne Martin, Zoé|Anne Martin, Karim Le Goff, "
                 "Zoé|Anne Martin, Zoé");
    assert_turns(WIKITEXT, "<b>Lionel et Luc : </b>Salut.\n", "Lionel, Luc");
}

static void roles_speak_without_a_name(void **state)
{
    (void)state;
    assert_turns(RENDERED,
                 "Voix off : Un.\nPublic : Deux.\nUn intervenant : Trois.\nIntervenante 2 : "
                 "Quatre.\nIntervenant(e) : Cinq.\nQuestion du public : Six.\nSalle : "
                 "Sept.\nTous : Huit.\nJournaliste : Neuf.\nPrésentatrice : Dix.\nAnimateur de "
                 "l’émission : Onze.\nJingle : Douze.\n",
                 "Voix off|Public|Un intervenant|Intervenante 2|Intervenant(e)|Question du "
                 "public|Salle|Tous|Journaliste|Présentatrice|Animateur de l’émission|Jingle");
}

static void initials_and_parts_of_one_listed_name_are_labels_with_a_guess(void **state)
{
    (void)state;
    struct vb_transcript *t =
        with(RENDERED, "RMS : Merci.\nKarim : Oui.\nStallman : Non.\nRMS : Si.\n");
    assert_int_equal(vb_turn_count(t), 4);
    assert_string_equal(speakers_of(t, 0), "RMS");
    uint32_t rms = vb_turn_speaker(t, 0, 0);
    assert_text(vb_speaker(t, rms)->guess, "Richard Stallman");
    assert_int_equal(vb_speaker(t, rms)->turns, 2);
    assert_text(vb_speaker(t, vb_turn_speaker(t, 1, 0))->guess, "Karim Le Goff");
    assert_true(has_note(t, VB_INFO, "“RMS” is taken to be Richard Stallman"));
    vb_transcript_unref(t);
}

static void what_is_short_for_two_people_is_nobody(void **state)
{
    (void)state;
    struct vb_transcript *t = with("Titre : E\n\nIntervenants : Luc Petit - Luc Grand\n\n"
                                   "Transcription\n\nLuc Petit : Un.\nLuc : deux.\n",
                                   "");
    assert_int_equal(vb_turn_count(t), 1);
    vb_transcript_unref(t);
}

static void announcing_words_are_no_names(void **state)
{
    (void)state;
    static const char *const lines[] = {
        "Petite question : tout le monde connaît l’April ?",
        "Première question Vincent : qui es-tu ?",
        "Une première information : l’April existe depuis 1996",
        "Question : Pourquoi ?",
        "Premièrement : le format.",
        "Deuxièmement : le son.",
        "Autre chose : on parlera des 3 X 8.",
        "Attention : danger",
        "Conclusion : rien.",
        "Exemple : Debian.",
        "on a un double discours : un discours officiel",
        "qui dit : « ChatGPT est basé",
        "Il dit : oui.",
        "Ligne 80 : Ligne",
        "2001 : l’Odyssée",
        "Ce logiciel (libre) : il marche.",
        "Debian, GNU. Linux : libres.",
        "Qu’est-ce que c’est ? Réponse : rien",
        "https://www.april.org : le site",
        "Il est 16:20 à ma montre",
        "Un Deux Trois Quatre Cinq Six Sept : trop",
    };
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct buf body = {0};
        buf_printf(&body, "Anne Martin : Bonjour.\n\n%s\n\n", lines[i]);
        struct vb_transcript *t = with(RENDERED, body.data);
        if (vb_turn_count(t) != 1)
            fail_msg("“%s” is no label", lines[i]);
        assert_int_equal(vb_paragraph_count(t), 2);
        vb_transcript_unref(t);
        buf_free(&body);
    }
}

static void capitalised_words_at_a_block_s_start_are_a_new_speaker_in_doubt(void **state)
{
    (void)state;
    struct vb_transcript *t = with(RENDERED, "Anne Martin : Oui.\n\nÉlise : Bonjour à tous.\n\n"
                                             "Jean de La Fontaine d’Ormesson : Bonsoir.\n");
    assert_int_equal(vb_turn_count(t), 3);
    assert_string_equal(speakers_of(t, 1), "Élise");
    assert_false(vb_speaker(t, vb_turn_speaker(t, 1, 0))->listed);
    assert_true(has_note(t, VB_INFO, "“Élise” is taken for a speaker"));
    vb_transcript_unref(t);
}

static void a_new_speaker_met_twice_is_a_label_inside_a_block(void **state)
{
    (void)state;
    assert_turns(RENDERED,
                 "Élise : Un.\n\nAnne Martin : Deux.\nÉlise : Trois.\n\nÉlise : Quatre.\n",
                 "Élise|Anne Martin|Élise|Élise");
    struct vb_transcript *t =
        with(RENDERED, "Élise : Un.\n\nAnne Martin : Deux.\nÉlise : Trois.\n");
    assert_int_equal(vb_turn_count(t), 2);
    vb_transcript_unref(t);
    t = with(RENDERED, "Anne Martin : Deux.\nGuillaume : Trois.\n");
    assert_int_equal(vb_turn_count(t), 1);
    assert_true(has_note(t, VB_INFO, "“Guillaume” could be a speaker"));
    vb_transcript_unref(t);
}

static void a_label_typed_twice_is_one(void **state)
{
    (void)state;
    static const char *const pages[] = {
        RENDERED "Anne Martin : Anne\u00A0Martin : Bonjour.\n",
        WIKITEXT "<b>Anne Martin : </b>Anne Martin : Bonjour.\n",
    };
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct vb_transcript *t = read_text(pages[i]);
        assert_int_equal(vb_turn_count(t), 1);
        assert_string_equal(paragraph_text(t, 0), "Bonjour.");
        assert_true(has_note(t, VB_WARNING, "typed twice"));
        vb_transcript_unref(t);
    }
}

static void a_colon_may_begin_the_next_line(void **state)
{
    (void)state;
    struct vb_transcript *t = with("Titre : E\n\nIntervenants : Luc - Lionel\n\n"
                                   "Transcription\n\n",
                                   "Luc\n : Les nouvelles de l’April.\nLa suite.\n");
    assert_int_equal(vb_turn_count(t), 1);
    assert_string_equal(speakers_of(t, 0), "Luc");
    assert_int_equal(vb_paragraph_count(t), 2);
    assert_string_equal(paragraph_text(t, 0), "Les nouvelles de l’April.");
    vb_transcript_unref(t);
}

static void the_last_turn_may_break_off(void **state)
{
    (void)state;
    struct vb_transcript *t = with(RENDERED, "Anne Martin : Bonjour.\n\nKarim Le Goff : Donc");
    assert_int_equal(vb_turn_count(t), 2);
    assert_string_equal(paragraph_text(t, 1), "Donc");
    vb_transcript_unref(t);
    assert_turns(RENDERED,
                 "Anne Martin : Bonjour.\n\nKarim Le Goff :", "Anne Martin|Karim Le Goff");
}

static void blank_lines_do_not_end_a_turn(void **state)
{
    (void)state;
    struct vb_transcript *t =
        with(RENDERED, "Anne Martin : Un.\nDeux.\n\nTrois.\n\n\nQuatre.\n\nZed : Cinq.\n");
    assert_int_equal(vb_turn_count(t), 2);
    assert_int_equal(vb_turn(t, 0)->paragraph_count, 4);
    vb_transcript_unref(t);
}

static void the_span_of_a_turn_runs_from_its_label_to_its_last_word(void **state)
{
    (void)state;
    static const char page[] = RENDERED "Anne Martin : Un.\n\nDeux.\n\nZed : Trois.\n\n";
    struct vb_transcript *t = read_text(page);
    struct vb_span span = vb_turn(t, 0)->span;
    assert_memory_equal(page + span.at, "Anne Martin : Un.\n\nDeux.", span.len);
    assert_int_equal(span.len, strlen("Anne Martin : Un.\n\nDeux."));
    vb_transcript_unref(t);
}

/* ---- pages without a header ---- */

static void a_plain_conversation_needs_no_header(void **state)
{
    (void)state;
    assert_turns("", "Alice : Bonjour.\nBob : Salut.\nAlice : Ça va ?\n", "Alice|Bob|Alice");
    assert_turns(
        "", "Alice : Bonjour.\n\nUne longue suite.\n\nEncore.\n\nAlice : Fin.\n\nLa fin.\n",
        "Alice|Alice");
}

static void a_name_met_once_makes_no_conversation(void **state)
{
    (void)state;
    refused(VB_STR("Ceci est un texte.\n\nBilan : rien.\n\nEt la suite du texte.\n"));
}

static void speech_below_the_heading_needs_no_label(void **state)
{
    (void)state;
    struct vb_transcript *t =
        read_text("Titre : E\n\nTranscription\n\nBonjour à tous.\n\nFin.\n");
    assert_int_equal(vb_turn_count(t), 1);
    assert_int_equal(vb_turn(t, 0)->speaker_count, 0);
    assert_int_equal(vb_paragraph_count(t), 2);
    vb_transcript_unref(t);
}

static void items_of_a_list_are_turns_where_nobody_is_named(void **state)
{
    (void)state;
    struct vb_transcript *t = read_text(
        "'''Titre :''' E\n\n==Transcription==\n\n* Bonjour.\n* Bonjour à vous.\n* Fin.\n");
    assert_int_equal(vb_turn_count(t), 3);
    assert_int_equal(vb_turn(t, 1)->speaker_count, 0);
    vb_transcript_unref(t);
}

/* ---- where bold decides ---- */

static void a_bold_start_with_a_colon_is_a_label(void **state)
{
    (void)state;
    assert_turns(WIKITEXT,
                 "<b>Harmonie Vo Viet Anh : </b>Au niveau…\n\n'''Anne Martin :''' "
                 "Oui.\n\n<strong>Public</strong> : Non.\n\n<b>Voix off : </b><em>Libre à vous "
                 "!</em>, l’émission.\n",
                 "Harmonie Vo Viet Anh|Anne Martin|Public|Voix off");
}

static void only_bold_is_a_label_where_labels_are_bold(void **state)
{
    (void)state;
    assert_turns(WIKITEXT,
                 "<b>Anne Martin : </b>Un.\n\nKarim Le Goff : deux.\n\nÉlise : trois.\n",
                 "Anne Martin");
}

static void bold_words_without_a_colon_are_text(void **state)
{
    (void)state;
    struct vb_transcript *t = with(
        WIKITEXT, "<b>Anne Martin : </b>Un.\n\n<b>Important</b> et vrai : oui.\n\n'''Gras : "
                  "encore gras'''\n");
    assert_int_equal(vb_turn_count(t), 1);
    assert_string_equal(paragraph_text(t, 1), "Important et vrai : oui.");
    assert_string_equal(paragraph_text(t, 2), "Gras : encore gras");
    vb_transcript_unref(t);
}

static void a_bold_label_inside_a_block_must_be_known(void **state)
{
    (void)state;
    assert_turns(WIKITEXT, "<b>Anne Martin : </b>Un.<br/>\n<b>Zed : </b>Deux.\n",
                 "Anne Martin|Zoé");
    struct vb_transcript *t =
        with(WIKITEXT, "<b>Anne Martin : </b>Un.<br/>\n<b>Attention : </b>danger.\n");
    assert_int_equal(vb_turn_count(t), 1);
    assert_true(has_note(t, VB_INFO, "“Attention” is bold inside a paragraph"));
    vb_transcript_unref(t);
}

static void names_decide_where_nothing_is_bold(void **state)
{
    (void)state;
    assert_turns(WIKITEXT, "Anne Martin : Un.\n\nPetite question : oui ?\n\nZed : Deux.\n",
                 "Anne Martin|Zoé");
}

static void bold_that_is_never_switched_off_still_names_the_known(void **state)
{
    (void)state;
    struct vb_transcript *t =
        with(WIKITEXT, "<b>Anne Martin : </b>Un.\n\n'''Zed : Deux.\n\n<b>Anne Martin : "
                       "Trois.\n\n<b>Zed : </b>Quatre.\n");
    assert_int_equal(vb_turn_count(t), 4);
    assert_string_equal(speakers_of(t, 1), "Zoé");
    assert_true(has_note(t, VB_WARNING, "not switched off"));
    vb_transcript_unref(t);
}

static void the_label_is_kept_as_written(void **state)
{
    (void)state;
    struct vb_transcript *t = with(WIKITEXT, "<b>Anne&nbsp;Martin : </b>Un.\n");
    assert_text(vb_turn(t, 0)->label, "Anne\u00A0Martin");
    assert_string_equal(speakers_of(t, 0), "Anne Martin");
    vb_transcript_unref(t);
}

static void names_of_scripts_without_capitals_are_names(void **state)
{
    (void)state;
    assert_turns("", "سمير: نعم.\nליאה: כן.\nسمير: لا.\n", "سمير|ליאה|سمير");
    assert_turns("", "สมชาย: ครับ\nมาลี: ค่ะ\nสมชาย: ไม่\n", "สมชาย|มาลี|สมชาย");
    assert_turns("", "राम: हाँ।\nসীতা: না।\nराम: नहीं।\n", "राम|সীতা|राम");
    assert_turns("", "김: 네.\n이: 아니요.\n김: 그래요.\n", "김|이|김");
    /* no space behind such a colon */
    assert_turns("", "田中：はい。\n王：不是。\n田中：いいえ。\n", "田中|王|田中");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_listed_name_is_a_label_on_any_line),
        cmocka_unit_test(names_are_compared_whatever_their_spaces_and_case),
        cmocka_unit_test(an_alias_is_the_person),
        cmocka_unit_test(joint_labels_name_several),
        cmocka_unit_test(roles_speak_without_a_name),
        cmocka_unit_test(initials_and_parts_of_one_listed_name_are_labels_with_a_guess),
        cmocka_unit_test(what_is_short_for_two_people_is_nobody),
        cmocka_unit_test(announcing_words_are_no_names),
        cmocka_unit_test(capitalised_words_at_a_block_s_start_are_a_new_speaker_in_doubt),
        cmocka_unit_test(a_new_speaker_met_twice_is_a_label_inside_a_block),
        cmocka_unit_test(a_label_typed_twice_is_one),
        cmocka_unit_test(a_colon_may_begin_the_next_line),
        cmocka_unit_test(the_last_turn_may_break_off),
        cmocka_unit_test(blank_lines_do_not_end_a_turn),
        cmocka_unit_test(the_span_of_a_turn_runs_from_its_label_to_its_last_word),
        cmocka_unit_test(a_plain_conversation_needs_no_header),
        cmocka_unit_test(a_name_met_once_makes_no_conversation),
        cmocka_unit_test(speech_below_the_heading_needs_no_label),
        cmocka_unit_test(items_of_a_list_are_turns_where_nobody_is_named),
        cmocka_unit_test(a_bold_start_with_a_colon_is_a_label),
        cmocka_unit_test(only_bold_is_a_label_where_labels_are_bold),
        cmocka_unit_test(bold_words_without_a_colon_are_text),
        cmocka_unit_test(a_bold_label_inside_a_block_must_be_known),
        cmocka_unit_test(names_decide_where_nothing_is_bold),
        cmocka_unit_test(bold_that_is_never_switched_off_still_names_the_known),
        cmocka_unit_test(the_label_is_kept_as_written),
        cmocka_unit_test(names_of_scripts_without_capitals_are_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
