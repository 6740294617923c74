/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three layers of a page give one transcript; real forms and a real page are read as
 * expected. */
#include "transcripts.h"

#include "base/mem.h"

static struct vb_transcript *read_file(const char *path)
{
    struct buf text = {0};
    struct vb_error error = {0};
    if (!file_read(path, 1 << 20, &text, &error))
        fail_msg("%s", error.text);
    const struct vb_format *f = vb_format_guess(buf_str(&text), path);
    assert_non_null(f);
    struct vb_transcript *t = vb_read(f, buf_str(&text), &error);
    if (!t)
        fail_msg("%s: %s", path, error.text);
    buf_free(&text);
    return t;
}

/* ---- our own page, in each layer ---- */

#define FIXTURES "tests/data/formats/april/"

static void describe_block(const struct vb_transcript *t, struct vb_block block,
                           struct buf *out)
{
    if (block.kind == VB_BLOCK_SECTION) {
        const struct vb_section *section = vb_section(t, block.index);
        buf_printf(out, "section %s\n", plain(section->title));
    } else if (block.kind == VB_BLOCK_MARKER) {
        buf_printf(out, "marker %lld\n",
                   (long long)(vb_marker(t, block.index)->time / VB_SECOND));
    } else {
        const struct vb_paragraph *p = vb_paragraph(t, block.index);
        bool first = p->turn != VB_NONE && vb_turn(t, p->turn)->first_paragraph == block.index;
        if (first)
            buf_printf(out, "turn %s\n", speakers_of(t, p->turn));
        buf_printf(out, "%s %s\n", p->kind == VB_STAGE ? "stage" : "says",
                   paragraph_text(t, block.index));
    }
}

/* The page as lines of text, to compare. */
static void describe(const struct vb_transcript *t, struct buf *out)
{
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "meta %.*s = %s\n", (int)meta[i].label.len, meta[i].label.data,
                   plain(meta[i].value));
    for (uint32_t i = 0; i < vb_block_count(t); i++)
        describe_block(t, vb_block(t, i), out);
}

static void the_three_layers_of_a_page_are_one_transcript(void **state)
{
    (void)state;
    static const char *const files[] = {FIXTURES "radio.wiki", FIXTURES "radio.txt",
                                        FIXTURES "radio.html"};
    static const char *const variants[] = {"wikitext", "rendered", "html"};
    struct buf wanted = {0};
    struct vb_error error;
    assert_true(file_read(FIXTURES "radio.expected.txt", 1 << 20, &wanted, &error));
    for (size_t i = 0; i < COUNT(files); i++) {
        struct vb_transcript *t = read_file(files[i]);
        struct buf found = {0};
        describe(t, &found);
        assert_text(vb_variant(t), variants[i]);
        assert_string_equal(found.data, wanted.data);
        buf_free(&found);
        vb_transcript_unref(t);
    }
    buf_free(&wanted);
}

/* Each word's bytes, its references resolved by hand, are the word. */
static void every_word_knows_its_bytes(void **state)
{
    (void)state;
    static const char *const files[] = {FIXTURES "radio.wiki", FIXTURES "radio.txt",
                                        FIXTURES "radio.html"};
    for (size_t i = 0; i < COUNT(files); i++) {
        struct buf text = {0};
        struct vb_error error;
        assert_true(file_read(files[i], 1 << 20, &text, &error));
        struct vb_transcript *t = read_file(files[i]);
        uint32_t behind = 0;
        for (uint32_t w = 0; w < vb_word_count(t); w++) {
            struct vb_word word = vb_word(t, w);
            assert_true(word.span.len > 0 && word.span.at >= behind);
            behind = word.span.at + word.span.len;
            bool plain_bytes = word.span.len == word.text.len;
            if (plain_bytes)
                assert_memory_equal(text.data + word.span.at, word.text.data, word.text.len);
            /* else a reference or markup stands in it: its first letter must be there */
            if (text.data[word.span.at] != '&' && word.text.data[0] != text.data[word.span.at])
                fail_msg("%s: the bytes of “%.*s” begin “%.8s”", files[i], (int)word.text.len,
                         word.text.data, text.data + word.span.at);
        }
        vb_transcript_unref(t);
        buf_free(&text);
    }
}

/* ---- the made programme that all of us share ---- */

struct essai {
    const char *file;
    bool links; /* copied text has lost them */
};

static void check_essai(const struct vb_transcript *t, const struct essai *essai)
{
    static const char *const turns[] = {
        "Voix off", "Anne-Lise Dupré", "Karim Le Goff", "Anne-Lise Dupré, Karim Le Goff",
        "Zoé",      "Public",          "Karim Le Goff", "Voix off"};
    static const uint32_t spoken[] = {1, 3, 3, 1, 1, 1, 1, 1};
    static const int times[] = {245, 980, 3736, 4200};
    assert_int_equal(vb_turn_count(t), COUNT(turns));
    for (uint32_t i = 0; i < COUNT(turns); i++) {
        assert_string_equal(speakers_of(t, i), turns[i]);
        uint32_t count = 0, first = vb_turn(t, i)->first_paragraph;
        for (uint32_t p = first; p < first + vb_turn(t, i)->paragraph_count; p++)
            count += vb_paragraph(t, p)->kind == VB_SPEECH;
        assert_int_equal(count, spoken[i]);
    }
    assert_text(vb_turn(t, 4)->label, "Zed");
    assert_int_equal(vb_duration_stated(t), 4325 * VB_SECOND);
    assert_int_equal(vb_marker_count(t), COUNT(times));
    for (uint32_t i = 0; i < COUNT(times); i++)
        assert_int_equal(vb_marker(t, i)->time, times[i] * VB_SECOND);
    assert_int_equal(vb_section_count(t), 2);
    assert_text(vb_section(t, 0)->title, "Présentation");
    assert_int_equal(vb_section(t, 1)->time, 3736 * VB_SECOND);
    size_t count;
    const struct vb_meta *meta = vb_metadata(t, &count);
    assert_text(meta[5].value, "Écouter le podcast");
    assert_text(meta[5].link, essai->links ? "https://example.org/essai.ogg" : "");
    assert_text(vb_speaker(t, 2)->alias, "Zed");
    assert_text(vb_speaker(t, 2)->role, "à la régie");
    const struct vb_footnote *notes = vb_footnotes(t, &count);
    assert_int_equal(count, 1);
    assert_text(notes[0].text, essai->links ? "Une note : avec deux-points" : "");
    uint32_t laugh = find_word(t, "[Rires]");
    assert_int_equal(vb_word_marks(t, laugh), VB_UNSPOKEN | VB_EMPHASIS);
    assert_true(has_note(t, VB_WARNING, "typed twice"));
}

static void the_made_programme_is_read_alike_in_all_layers(void **state)
{
    (void)state;
    static const struct essai files[] = {
        {"essai.wiki.txt",     true },
        {"essai.rendered.txt", false},
        {"essai.html",         true }
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        struct buf text = {0}, path = {0};
        buf_printf(&path, "data/formats/april/synthetic/%s", files[i].file);
        if (read_shared(path.data, &text)) {
            struct vb_transcript *t = read_bytes(buf_str(&text));
            check_essai(t, &files[i]);
            vb_transcript_unref(t);
        }
        buf_free(&text);
        buf_free(&path);
    }
}

/* ---- a real page ---- */

static const char sample_path[] = "assets/sample/casilli.txt";

static bool read_sample(struct buf *text)
{
    struct vb_error error;
    return file_read(sample_path, 1 << 20, text, &error) ||
           read_shared("data/april/casilli.txt", text);
}

static void the_sample_has_its_turns_paragraphs_and_words(void **state)
{
    (void)state;
    struct buf text = {0};
    if (!read_sample(&text))
        return;
    struct vb_transcript *t = read_bytes(buf_str(&text));
    assert_int_equal(vb_turn_count(t), 5);
    assert_int_equal(vb_paragraph_count(t), 23);
    assert_int_equal(vb_word_count(t), 2069);
    assert_int_equal(vb_spoken_count(t), 2069);
    assert_int_equal(vb_section_count(t), 0);
    assert_int_equal(vb_marker(t, 0)->time, 980 * VB_SECOND);
    assert_text(vb_marker(t, 0)->text, "16’ 20");
    assert_int_equal(vb_duration_stated(t), 3736 * VB_SECOND);
    assert_string_equal(paragraph_text(t, 22), "Donc toi,");
    size_t count;
    vb_notes(t, &count);
    assert_int_equal(count, 0);
    vb_transcript_unref(t);
    buf_free(&text);
}

static uint32_t number_of(vb_str line, const char *key)
{
    struct buf value = {0};
    assert_true(json_field(line, key, &value));
    uint32_t number = (uint32_t)strtoul(value.data, NULL, 10);
    buf_free(&value);
    return number;
}

/* The expected range goes on over the blank lines behind. */
static void assert_range(vb_str page, struct vb_span span, vb_str row)
{
    assert_int_equal(span.at, number_of(row, "byte_start"));
    uint32_t end = number_of(row, "byte_end");
    assert_true(span.at + span.len <= end);
    vb_str rest = str_cut(page, span.at + span.len, end);
    if (str_starts(rest, "§"))
        rest = str_from(rest, 2);
    assert_int_equal(str_trim(rest).len, 0);
}

static void check_row(const struct vb_transcript *t, vb_str page, vb_str row, uint32_t *turn)
{
    struct buf kind = {0}, value = {0};
    assert_true(json_field(row, "kind", &kind));
    if (str_eq(buf_str(&kind), "meta")) {
        struct buf label = {0};
        assert_true(json_field(row, "label", &label) && json_field(row, "value", &value));
        assert_text(value_of(t, label.data), value.data);
        buf_free(&label);
    } else if (str_eq(buf_str(&kind), "duration")) {
        assert_int_equal(vb_duration_stated(t), number_of(row, "seconds") * VB_SECOND);
    } else if (str_eq(buf_str(&kind), "turn")) {
        assert_true(json_field(row, "speaker", &value));
        assert_string_equal(speakers_of(t, *turn), value.data);
        assert_int_equal(vb_turn(t, *turn)->paragraph_count, number_of(row, "paras"));
        assert_range(page, vb_turn(t, (*turn)++)->span, row);
    } else if (str_eq(buf_str(&kind), "marker")) {
        assert_int_equal(vb_marker(t, 0)->time, number_of(row, "time") * VB_SECOND);
        assert_range(page, vb_marker(t, 0)->span, row);
    } else {
        fail_msg("a row of an unknown kind: %s", kind.data);
    }
    buf_free(&kind);
    buf_free(&value);
}

static void the_sample_is_read_as_expected_row_by_row(void **state)
{
    (void)state;
    struct buf text = {0}, rows = {0};
    if (read_shared("data/april/casilli.txt", &text) &&
        read_shared("data/formats/april/seed.expected.jsonl", &rows)) {
        struct vb_transcript *t = read_bytes(buf_str(&text));
        uint32_t turn = 0;
        vb_str row;
        for (size_t at = 0; str_line(buf_str(&rows), &at, &row);)
            check_row(t, buf_str(&text), row, &turn);
        assert_int_equal(turn, vb_turn_count(t));
        vb_transcript_unref(t);
    }
    buf_free(&text);
    buf_free(&rows);
}

static void the_sample_is_recognised_by_its_content(void **state)
{
    (void)state;
    struct buf text = {0};
    if (!read_sample(&text))
        return;
    const struct vb_format *f = vb_format_guess(buf_str(&text), "talk.json");
    assert_non_null(f);
    assert_string_equal(vb_format_name(f), "april");
    buf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_layers_of_a_page_are_one_transcript),
        cmocka_unit_test(every_word_knows_its_bytes),
        cmocka_unit_test(the_made_programme_is_read_alike_in_all_layers),
        cmocka_unit_test(the_sample_has_its_turns_paragraphs_and_words),
        cmocka_unit_test(the_sample_is_read_as_expected_row_by_row),
        cmocka_unit_test(the_sample_is_recognised_by_its_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
