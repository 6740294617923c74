/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where paragraphs are cut into subtitles. */
#include "transcripts.h"

#include "format/subtitle_cut.h"

enum { WORDS_MAX = 200 };

struct text {
    struct cut_word words[WORDS_MAX];
    uint32_t count;
};

/* Words between spaces, each `pace` microseconds for a character. */
static struct text text_at(const char *words, vb_time pace)
{
    struct text t = {.count = 0};
    vb_time now = 0;
    for (vb_str rest = str_of(words); rest.len && t.count < WORDS_MAX;) {
        size_t space = str_find_char(rest, ' ');
        size_t len = space == STR_NOT_FOUND ? rest.len : space;
        vb_time length = (vb_time)len * pace;
        t.words[t.count++] =
            (struct cut_word){str_cut(rest, 0, len), now, now + length, 0, false};
        now += length + pace;
        rest = str_from(rest, len + 1);
    }
    return t;
}

#define ORDINARY ((vb_time)66000) /* 15 characters a second */

static uint32_t width(const struct text *t, uint32_t first, uint32_t end)
{
    uint32_t count = 0;
    for (uint32_t i = first; i < end; i++)
        for (size_t at = 0; at < t->words[i].text.len; count++)
            str_next(t->words[i].text, &at);
    return end > first ? count + (end - first - 1) : 0;
}

static const char speech[] =
    "Bonjour à toutes et à tous. Je suis Marie de Bonneville et vous écoutez, comme chaque "
    "mardi, "
    "le podcast de la Free Software Foundation France, une émission qui part à la rencontre de "
    "celles et de ceux qui font le logiciel libre, de M. Dupont à Richard Stallman, sans "
    "oublier "
    "les personnes qui documentent, traduisent, testent et accompagnent. Merci !";

static void every_word_stands_in_one_cue_and_every_line_fits(void **state)
{
    (void)state;
    struct text t = text_at(speech, ORDINARY);
    uint32_t count, next = 0;
    struct cut_cue *cues = subtitle_cut(t.words, t.count, &count);
    assert_true(count > 3);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = cues[i].first, end = first + cues[i].count;
        assert_int_equal(first, next);
        next = end;
        uint32_t middle = cues[i].break_at == VB_NONE ? end : cues[i].break_at;
        assert_true(middle > first && middle <= end);
        assert_true(width(&t, first, middle) <= SUBTITLE_LINE);
        assert_true(width(&t, middle, end) <= SUBTITLE_LINE);
    }
    assert_int_equal(next, t.count);
    free(cues);
}

static bool breaks_before(const struct cut_cue *cues, uint32_t count, uint32_t word)
{
    for (uint32_t i = 0; i < count; i++)
        if ((i && cues[i].first == word) || cues[i].break_at == word)
            return true;
    return false;
}

/* At any speed, from any beginning. */
static void no_name_is_ever_cut(void **state)
{
    (void)state;
    static const char *const inside[] = {"Bonneville", "Software", "Foundation",
                                         "France,",    "Dupont",   "Stallman,"};
    for (vb_time pace = 30000; pace < 150000; pace += 10000) {
        struct text t = text_at(speech, pace);
        for (uint32_t from = 0; from < 12; from++) {
            uint32_t count;
            struct cut_cue *cues = subtitle_cut(t.words + from, t.count - from, &count);
            for (uint32_t i = 1; i < t.count - from; i++)
                for (size_t n = 0; n < sizeof inside / sizeof *inside; n++)
                    if (str_eq(t.words[from + i].text, inside[n]))
                        assert_false(breaks_before(cues, count, i));
            free(cues);
        }
    }
}

static void a_cue_ends_with_the_sentence_where_it_can(void **state)
{
    (void)state;
    struct text t =
        text_at("Oui, bien sûr que je viens demain. Et toi, tu fais quoi de ta journée "
                "entière ?",
                ORDINARY);
    uint32_t count;
    struct cut_cue *cues = subtitle_cut(t.words, t.count, &count);
    bool found = false;
    for (uint32_t i = 1; i < count; i++)
        found = found || str_eq(t.words[cues[i].first].text, "Et");
    assert_true(count == 1 || found);
    free(cues);
}

static void a_long_silence_is_no_part_of_a_cue(void **state)
{
    (void)state;
    struct text t = text_at("Attendez un peu voilà", ORDINARY);
    t.words[3].start += 10 * VB_SECOND;
    t.words[3].end += 10 * VB_SECOND;
    uint32_t count;
    struct cut_cue *cues = subtitle_cut(t.words, t.count, &count);
    assert_int_equal(count, 2);
    assert_int_equal(cues[1].first, 3);
    free(cues);
}

static void what_no_line_can_hold_stands_alone(void **state)
{
    (void)state;
    static const char word[] =
        "Anticonstitutionnellementanticonstitutionnellementanticonstitutionnellement";
    struct text t = text_at(word, ORDINARY);
    uint32_t count;
    struct cut_cue *cues = subtitle_cut(t.words, t.count, &count);
    assert_int_equal(count, 1);
    assert_int_equal(cues[0].break_at, VB_NONE);
    free(cues);
    cues = subtitle_cut(t.words, 0, &count);
    assert_int_equal(count, 0);
    free(cues);
}

static void breaks_cost_what_they_part(void **state)
{
    (void)state;
    struct text t = text_at("Bonjour. Anne, je vois la mer et M. Dupont dort", ORDINARY);
    assert_int_equal(subtitle_break_cost(t.words, t.count, 1), 0); /* behind "Bonjour." */
    int comma = subtitle_break_cost(t.words, t.count, 2);
    int article = subtitle_break_cost(t.words, t.count, 5); /* la | mer */
    int joint = subtitle_break_cost(t.words, t.count, 6);   /* mer | et */
    int name = subtitle_break_cost(t.words, t.count, 8);    /* M. | Dupont */
    assert_true(0 < comma && comma < joint && joint < article && article < name);
}

static int cost_of(const char *before, const char *after)
{
    char both[100];
    snprintf(both, sizeof both, "%s %s", before, after);
    struct text t = text_at(both, ORDINARY);
    return subtitle_break_cost(t.words, t.count, 1);
}

static void no_line_ends_with_a_word_that_opens_a_phrase(void **state)
{
    (void)state;
    int between = cost_of("grands", "modèles");
    static const char *const openers[] = {"pour", "qu’on", "c'est", "lorsqu’elle", "d'être",
                                          "par",  "and",   "which", "grande",      "à"};
    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++)
        if (cost_of(openers[i], "modèle") <= cost_of("modèle", "jaune"))
            fail_msg("a line may end with “%s”", openers[i]);
    assert_true(cost_of("travail", "qu’elles") < cost_of("travail", "humain"));
    assert_true(cost_of("travail", "d’équipe") < cost_of("travail", "humain"));
    assert_true(between > cost_of("travail", "humain"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_stands_in_one_cue_and_every_line_fits),
        cmocka_unit_test(no_name_is_ever_cut),
        cmocka_unit_test(a_cue_ends_with_the_sentence_where_it_can),
        cmocka_unit_test(a_long_silence_is_no_part_of_a_cue),
        cmocka_unit_test(what_no_line_can_hold_stands_alone),
        cmocka_unit_test(breaks_cost_what_they_part),
        cmocka_unit_test(no_line_ends_with_a_word_that_opens_a_phrase),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
