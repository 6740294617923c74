/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short forms seen on real pages: each kind of them is read as what it is. */
#include "transcripts.h"

#include "base/mem.h"

struct form {
    struct buf id, kind, raw, label, value, speaker;
};

static const char rendered_head[] = "Titre : Essai\n\nIntervenants : Anne Martin - Richard "
                                    "Stallman - Luc - Lionel\n\nTranscription\n\n";
static const char wiki_head[] = "'''Titre :''' Essai\n\n==Transcription==\n\n";

static bool is_markup(const struct form *f)
{
    return strchr("'<=[", f->raw.data[0]) != NULL;
}

static struct vb_transcript *read_page(const char *before, const struct form *f,
                                       const char *after)
{
    struct buf page = {0};
    buf_printf(&page, "%s%s%s", before, f->raw.data, after);
    struct vb_transcript *t = read_bytes(buf_str(&page));
    buf_free(&page);
    return t;
}

static void check_heading(const struct form *f)
{
    bool markup = is_markup(f);
    struct vb_transcript *t =
        markup ? read_page("'''Titre :''' Essai\n\n==Transcription==\n\n<b>Luc : </b>Un.\n\n",
                           f, "\n\n<b>Luc : </b>Deux.\n")
               : read_page("Titre : Essai\n\nIntervenants : Luc\n\nLuc : Un.\n\n", f,
                           "\n\nLuc : Deux.\n");
    if (strcmp(f->raw.data, "Transcription") == 0) {
        assert_int_equal(vb_turn_count(t), 1);
        assert_int_equal(vb_section_count(t), 0);
    } else {
        assert_int_equal(vb_turn_count(t), 2);
        assert_int_equal(vb_section_count(t), 1);
        vb_str title = vb_section(t, 0)->title;
        assert_true(str_find(buf_str(&f->raw), title) != STR_NOT_FOUND);
        assert_null(memchr(title.data, '[', title.len));
        assert_null(memchr(title.data, '=', title.len));
    }
    vb_transcript_unref(t);
}

/* 1 h 21 min 30 is 4890 s, which the list of forms has as 5290. */
static long expected_seconds(const struct form *f)
{
    return strcmp(f->id.data, "A015") == 0 ? 4890 : strtol(f->value.data, NULL, 10);
}

static void check_metadata(const struct form *f)
{
    bool markup = is_markup(f);
    struct vb_transcript *t =
        markup ? read_page("", f,
                           "\n\n'''Date :''' hier\n\n==Transcription==\n\n<b>Luc : </b>Un.\n")
               : read_page("Titre : Essai\n\n", f, "\n\nTranscription\n\nLuc : Un.\n");
    bool status = strcmp(f->label.data, "status line") == 0;
    vb_str value = value_of(t, status ? "Statut" : f->label.data);
    assert_true(value.len > 0);
    assert_true(str_find(buf_str(&f->raw), value) != STR_NOT_FOUND);
    if (strcmp(f->label.data, "Durée") == 0) {
        long seconds = expected_seconds(f);
        assert_int_equal(vb_duration_stated(t), seconds ? seconds * VB_SECOND : VB_NO_TIME);
    } else if (strncmp(f->label.data, "Intervenant", 11) == 0) {
        assert_int_equal(vb_speaker_count(t), 3); /* the two of the list, and Luc */
        assert_text(vb_speaker(t, 1)->name, "Étienne Gonnu");
    } else if (strcmp(f->label.data, "Lieu") == 0) {
        assert_text(value, "Radio Cause Commune");
    } else {
        assert_text(value, status ? f->raw.data : f->value.data);
    }
    vb_transcript_unref(t);
}

static void check_chrome(const struct form *f)
{
    bool markup = f->raw.data[0] == '[';
    struct vb_transcript *t =
        read_page(markup ? "'''Titre :''' Essai\n\n==Transcription==\n\n<b>Luc : </b>Un.\n\n"
                         : "Titre : Essai\n\nTranscription\n\nLuc : Un.\n\n",
                  f, "\n\nDeux.\n");
    assert_int_equal(vb_paragraph_count(t), 2);
    assert_int_equal(vb_turn_count(t), 1);
    vb_transcript_unref(t);
}

static void check_speaker(const struct form *f)
{
    struct vb_transcript *t = read_page(is_markup(f) ? wiki_head : rendered_head, f, "\n");
    assert_int_equal(vb_turn_count(t), 1);
    assert_string_equal(speakers_of(t, 0), f->speaker.data);
    assert_int_equal(vb_paragraph_count(t), 1);
    vb_transcript_unref(t);
}

static void check_text(const struct form *f)
{
    struct buf before = {0};
    buf_printf(&before, "%sLuc : Un.\n\n", rendered_head);
    struct vb_transcript *t = read_page(before.data, f, "\n\nDeux.\n");
    assert_int_equal(vb_turn_count(t), 1);
    assert_int_equal(vb_marker_count(t), 0);
    assert_int_equal(vb_section_count(t), 0);
    assert_string_equal(paragraph_text(t, 1), f->raw.data);
    vb_transcript_unref(t);
    buf_free(&before);
}

static void check_stage(const struct form *f)
{
    struct vb_transcript *t = read_page(rendered_head, f, "\n\nLuc : Un.\n");
    assert_int_equal(vb_paragraph(t, 0)->kind, VB_STAGE);
    assert_int_equal(vb_spoken_count(t), 1);
    vb_transcript_unref(t);
}

static void check_note(const struct form *f)
{
    struct buf before = {0};
    buf_printf(&before, "%sLuc : ", rendered_head);
    struct vb_transcript *t = read_page(before.data, f, "\n\n1. Une association.\n");
    size_t count;
    assert_text(vb_footnotes(t, &count)[0].text, "Une association.");
    assert_int_equal(count, 1);
    assert_int_not_equal(find_word(t, "l’April ?"), VB_NONE);
    vb_transcript_unref(t);
    buf_free(&before);
}

static void check_other(const struct form *f)
{
    refused(buf_str(&f->raw));
}

static const struct {
    const char *kind;
    void (*check)(const struct form *f);
} kinds[] = {
    {"heading",     check_heading },
    {"metadata",    check_metadata},
    {"chrome",      check_chrome  },
    {"speaker",     check_speaker },
    {"not-speaker", check_text    },
    {"stage",       check_stage   },
    {"note",        check_note    },
    {"not-time",    check_text    },
    {"other-timed", check_other   },
};

/* "\n" stands for a line break in the list. */
static void break_lines(struct buf *raw)
{
    char *at = strstr(raw->data, "\\n");
    if (!at)
        return;
    *at = '\n';
    memmove(at + 1, at + 2, strlen(at + 2) + 1);
    raw->len--;
}

static void read_form(vb_str row, struct form *f)
{
    assert_true(json_field(row, "id", &f->id));
    assert_true(json_field(row, "kind", &f->kind));
    assert_true(json_field(row, "raw", &f->raw));
    json_field(row, "label", &f->label);
    json_field(row, "value", &f->value);
    json_field(row, "speaker", &f->speaker);
    break_lines(&f->raw);
}

static void free_form(struct form *f)
{
    struct buf *const all[] = {&f->id, &f->kind, &f->raw, &f->label, &f->value, &f->speaker};
    for (size_t i = 0; i < COUNT(all); i++)
        buf_free(all[i]);
}

static void every_seen_form_is_read_as_what_it_is(void **state)
{
    (void)state;
    struct buf rows = {0};
    if (!read_shared("data/formats/april/forms.jsonl", &rows))
        return;
    vb_str row;
    size_t checked = 0;
    for (size_t at = 0; str_line(buf_str(&rows), &at, &row); checked++) {
        struct form f = {0};
        read_form(row, &f);
        size_t i = 0;
        while (i < COUNT(kinds) && strcmp(kinds[i].kind, f.kind.data) != 0)
            i++;
        if (i == COUNT(kinds))
            fail_msg("%s is of a new kind: %s", f.id.data, f.kind.data);
        print_message("    %s %s\n", f.id.data, f.kind.data);
        kinds[i].check(&f);
        free_form(&f);
    }
    assert_true(checked >= 36);
    buf_free(&rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_seen_form_is_read_as_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
