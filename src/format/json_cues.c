/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Objects to cues.  The text of the segment is what is shown; its words only say when. */
#include "format/json_cues.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "base/str.h"

static json_ref find(struct json_cues *j, json_ref object, const char *paths)
{
    return paths ? json_find(&j->tree, object, paths) : JSON_NONE;
}

static vb_time time_of(struct json_cues *j, json_ref object, const char *paths)
{
    return json_time_in(&j->tree, find(j, object, paths), j->names->unit);
}

static bool is_word(const struct json_cues *j, vb_str text)
{
    return str_trim(text).len && !(j->names->skipped && str_starts(text, j->names->skipped));
}

static void take_word(struct json_cues *j, json_ref w)
{
    const struct cue_names *n = j->names;
    vb_str text = json_text(&j->tree, find(j, w, n->word));
    if (!is_word(j, text))
        return;
    float share = n->word_sure ? json_share(&j->tree, find(j, w, n->word_sure)) : -1;
    vec_push(&j->words, (struct timed_word){text, time_of(j, w, n->word_start),
                                            time_of(j, w, n->word_end), words_sure(share)});
}

static void take_words(struct json_cues *j, json_ref words)
{
    for (json_ref w = json_first(&j->tree, words); w != JSON_NONE;
         w = json_next(&j->tree, words, w))
        take_word(j, w);
}

void json_cues_words_beside(struct json_cues *j, json_ref list)
{
    j->beside_list = list;
    j->beside = json_first(&j->tree, list);
}

static void take_words_beside(struct json_cues *j, vb_time end)
{
    while (j->beside != JSON_NONE) {
        vb_time start = time_of(j, j->beside, j->names->word_start);
        if (start != VB_NO_TIME && end != VB_NO_TIME && start >= end)
            return;
        take_word(j, j->beside);
        j->beside = json_next(&j->tree, j->beside_list, j->beside);
    }
}

static struct piece untimed(void)
{
    return (struct piece){.start = VB_NO_TIME, .end = VB_NO_TIME};
}

/* A segment that has words but no text of its own. */
static void text_from_words(struct json_cues *j, json_ref words)
{
    for (json_ref w = json_first(&j->tree, words); w != JSON_NONE;
         w = json_next(&j->tree, words, w)) {
        json_ref word = find(j, w, j->names->word);
        if (!is_word(j, json_text(&j->tree, word)))
            continue;
        struct piece space = untimed();
        space.text = VB_STR(" ");
        if (j->text.count)
            vec_push(&j->text, space);
        json_add_pieces(&j->tree, word, untimed(), &j->text);
    }
}

static void take_text(struct json_cues *j, json_ref object, json_ref text, json_ref words)
{
    j->text.count = j->pieces.count = 0;
    json_add_pieces(&j->tree, text, untimed(), &j->text);
    j->words.count = 0;
    take_words(j, words);
    if (!j->words.count)
        take_words_beside(j, time_of(j, object, j->names->end));
    if (!str_trim(json_text(&j->tree, text)).len)
        text_from_words(j, words);
    size_t missing = words_cut(&j->text, j->words.items, j->words.count, &j->pieces);
    bool pieces_of_words = j->names->skipped != NULL; /* whisper.cpp cuts inside characters */
    if (missing && !pieces_of_words)
        builder_note(j->cues.b, VB_INFO, json_span(&j->tree, object),
                     P_("%zu word with a time does not stand in the text of its segment",
                        "%zu words with a time do not stand in the text of their segment",
                        missing),
                     missing);
}

/* Bytes that were none in the file: what an escape left broken was told already. */
static void tell_of_broken(const struct json_cues *j, struct vb_span span)
{
    vb_str text = str_cut(j->tree.source, span.at, (size_t)span.at + span.len);
    if (str_find(text, VB_STR("\uFFFD")) != STR_NOT_FOUND)
        builder_note(j->cues.b, VB_WARNING, span,
                     _("a character is broken here; it is shown as U+FFFD"));
}

static void tell_of_other_voice(struct json_cues *j, vb_str speaker, json_ref words)
{
    for (json_ref w = json_first(&j->tree, words); w != JSON_NONE && !j->other_voice;
         w = json_next(&j->tree, words, w)) {
        vb_str other = json_text(&j->tree, find(j, w, j->names->speaker));
        j->other_voice = other.len && !str_is(other, speaker);
        if (j->other_voice)
            builder_note(
                j->cues.b, VB_INFO, json_span(&j->tree, w),
                _("a word names another speaker than its segment; the segment's counts"));
    }
}

bool json_cues_add(struct json_cues *j, json_ref object, struct vb_error *error)
{
    if (json_kind(&j->tree, object) != JSON_OBJECT) {
        builder_note(j->cues.b, VB_WARNING, json_span(&j->tree, object),
                     _("this is no segment; it is not read"));
        return true;
    }
    json_ref text = find(j, object, j->names->text), words = find(j, object, j->names->words);
    vb_str shown = json_text(&j->tree, text);
    vb_str speaker = str_trim(json_text(&j->tree, find(j, object, j->names->speaker)));
    take_text(j, object, text, words);
    tell_of_broken(j, json_span(&j->tree, text));
    if (j->names->speaker && words != JSON_NONE)
        tell_of_other_voice(j, speaker, words);
    struct cue cue = {
        .start = time_of(j, object, j->names->start),
        .end = time_of(j, object, j->names->end),
        .span = json_span(&j->tree, object),
        .speakers = &speaker,
        .speaker_count = speaker.len > 0,
        .label = speaker,
        .apart = j->apart,
        .pieces = j->pieces.items,
        .piece_count = j->pieces.count,
    };
    j->apart = str_ends(shown, "\n");
    return cues_add(&j->cues, &cue, error);
}

bool json_cues_add_all(struct json_cues *j, json_ref array, struct vb_error *error)
{
    for (json_ref v = json_first(&j->tree, array); v != JSON_NONE;
         v = json_next(&j->tree, array, v))
        if (!json_cues_add(j, v, error))
            return false;
    return true;
}

bool json_cues_begin(struct json_cues *j, const struct cue_names *names, vb_str text,
                     struct builder *b, struct vb_error *error)
{
    *j =
        (struct json_cues){.names = names, .tree.builder = b, .cues.b = b, .beside = JSON_NONE};
    return json_parse_all(&j->tree, text, error);
}

void json_cues_end(struct json_cues *j)
{
    cues_end(&j->cues);
    free(j->words.items);
    free(j->text.items);
    free(j->pieces.items);
    json_tree_free(&j->tree);
}

bool json_cues_read(const struct cue_names *names, vb_str text, struct builder *b,
                    bool (*take)(struct json_cues *j, struct vb_error *error),
                    struct vb_error *error)
{
    struct json_cues j;
    bool done = json_cues_begin(&j, names, text, b, error) && take(&j, error);
    json_cues_end(&j);
    return done;
}
