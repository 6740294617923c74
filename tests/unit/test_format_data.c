/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that none of us wrote: each is read as its MANIFEST says, or refused, or doc/FORMATS.md
 * argues why not, in a row of its own: | `folder/file` | why |.
 *
 * A folder has a row here: its format and how its expected rows are to be compared. */
#include "transcripts.h"

#include <math.h>

#include "base/mem.h"
#include "support/support_data.h"
#include "verbatim/document.h"

enum how {
    NAMED_ONCE = 1,  /* a null speaker in the rows: whoever was named before */
    CUT_SHORT = 2,   /* the rows have only the beginning of the text */
    ANY_ORDER = 4,   /* the rows stand in another order (tier by tier) */
    MARKED_UP = 16,  /* the text of the rows has backslashes before its signs */
    NO_SILENCE = 32, /* rows without text are silence, which we don't read as cues */
    BY_TIME = 8,     /* the rows are sorted: by start, then the longer one first */
};

static const struct {
    const char *folder;
    const char *formats; /* any of these */
    int how;
} folders[] = {
  /* clang-format off */
    {"srt", "srt", NAMED_ONCE},
    {"vtt", "vtt", NAMED_ONCE | BY_TIME},
    {"sbv", "sbv", NAMED_ONCE},
    {"other-subtitle", "sbv", NAMED_ONCE},
    {"audacity-labels", "audacity", NAMED_ONCE},
    {"delimited", "tsv csv audacity", 0},
    {"text", "text", 0},
    {"text-timestamps", "text", NAMED_ONCE},
    {"markdown-turns", "markdown", CUT_SHORT | MARKED_UP},
    {"podcast-json", "podcast-json", 0},
    {"whisper-json", "whisper", 0},
    {"stt-json", "stt", 0},
    {"other-json", "aeneas", 0},
    {"other-xml", "aeneas", 0},
    {"trs", "trs", 0},
    {"eaf", "eaf", ANY_ORDER},
    {"ttml", "ttml", 0},
    {"smil", "smil", 0},
    {"epub-dir", "epub smil", 0},
    {"textgrid", "textgrid", ANY_ORDER | NO_SILENCE},
    {"html", "podcast-html", 0},
  /* clang-format on */
};

/* ---- what a file gave ---- */

struct reading {
    const struct vb_transcript *t;
    int how;
    bool *used;      /* of the paragraphs, for ANY_ORDER */
    uint32_t *order; /* of the paragraphs, for BY_TIME */
    struct buf found, wanted, why;
};

static bool time_differs(vb_str row, const char *key, vb_time found)
{
    struct value value = {0};
    enum value_kind kind = data_field(row, key, &value);
    double wanted = value.number;
    value_free(&value);
    if (kind == VALUE_NONE)
        return false;
    if (kind == VALUE_NULL || found == VB_NO_TIME)
        return (kind == VALUE_NULL) != (found == VB_NO_TIME);
    return fabs(wanted - (double)found / VB_SECOND) > 0.0011;
}

static bool times_differ(vb_str row, const struct vb_paragraph *p)
{
    return time_differs(row, "start", p->start) || time_differs(row, "end", p->end);
}

static void take_backslashes(struct buf *text)
{
    size_t len = 0;
    for (size_t i = 0; i < text->len; i++)
        if (text->data[i] != '\\')
            text->data[len++] = text->data[i];
    text->len = len;
}

/* A row for a name without a text, which is no paragraph. */
static bool is_name_alone(const struct reading *r, vb_str row)
{
    struct value value = {0};
    bool empty = data_field(row, "text", &value) == VALUE_TEXT && !value.text.len &&
                 data_field(row, "start", &value) == VALUE_NULL;
    value_free(&value);
    return empty && r->how & MARKED_UP;
}

static bool text_differs(struct reading *r, vb_str row, const struct vb_paragraph *p)
{
    struct value value = {0};
    struct buf text = {0};
    bool differs = false;
    if (data_field(row, "text", &value) == VALUE_TEXT) {
        text_of_words(r->t, p->first_word, p->word_count, &text);
        data_fold(buf_str(&text), &r->found);
        if (r->how & MARKED_UP)
            take_backslashes(&value.text);
        data_fold(buf_str(&value.text), &r->wanted);
        vb_str found = buf_str(&r->found);
        if (r->how & CUT_SHORT)
            found = str_cut(found, 0, r->wanted.len);
        differs = !str_is(found, buf_str(&r->wanted));
    }
    buf_free(&text);
    value_free(&value);
    return differs;
}

static bool speaker_differs(const struct reading *r, vb_str row, const struct vb_paragraph *p)
{
    struct value value = {0};
    enum value_kind kind = data_field(row, "speaker", &value);
    vb_str found = p->turn == VB_NONE ? VB_STR("") : vb_turn_speakers(r->t, p->turn);
    bool differs = kind == VALUE_TEXT   ? !str_is(found, buf_str(&value.text))
                   : kind == VALUE_NULL ? found.len > 0 && !(r->how & NAMED_ONCE)
                                        : false;
    value_free(&value);
    return differs;
}

/* Says what is wrong with the paragraph, as the row has it; false: nothing. */
static bool differs(struct reading *r, vb_str row, const struct vb_paragraph *p)
{
    buf_clear(&r->why);
    if (times_differ(row, p))
        buf_puts(&r->why, "times");
    else if (text_differs(r, row, p))
        buf_printf(&r->why, "“%.60s” is not “%.60s”", r->found.data, r->wanted.data);
    else if (speaker_differs(r, row, p))
        buf_puts(&r->why, "speaker");
    return r->why.len > 0;
}

static const struct vb_transcript *sorting;

static int by_time(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    const struct vb_paragraph *p = vb_paragraph(sorting, one),
                              *q = vb_paragraph(sorting, other);
    if (p->start != q->start)
        return p->start < q->start ? -1 : 1;
    if (p->end != q->end)
        return p->end > q->end ? -1 : 1;
    return one < other ? -1 : 1;
}

static void find_order(struct reading *r)
{
    uint32_t count = vb_paragraph_count(r->t);
    r->order = mem_new((count + 1) * sizeof *r->order);
    for (uint32_t i = 0; i < count; i++)
        r->order[i] = i;
    sorting = r->t;
    if (r->how & BY_TIME)
        qsort(r->order, count, sizeof *r->order, by_time);
}

/* The paragraph a row means: the next one, or with ANY_ORDER the first unused that fits. */
static uint32_t paragraph_for(struct reading *r, vb_str row, uint32_t next)
{
    uint32_t count = vb_paragraph_count(r->t);
    if (!(r->how & ANY_ORDER))
        return next < count ? r->order[next] : count;
    for (uint32_t i = 0; i < count; i++)
        if (!r->used[i] && !differs(r, row, vb_paragraph(r->t, i)))
            return i;
    return count;
}

static bool is_silence(const struct reading *r, vb_str row)
{
    struct value value = {0};
    bool silent = r->how & NO_SILENCE && data_field(row, "text", &value) == VALUE_TEXT &&
                  !str_trim(buf_str(&value.text)).len;
    value_free(&value);
    return silent;
}

/* True: the transcript says what the rows say; else r->why tells the first difference. */
static bool says(struct reading *r, vb_str rows)
{
    uint32_t count = vb_paragraph_count(r->t), next = 0;
    r->used = mem_new(count + 1);
    find_order(r);
    bool same = true;
    vb_str row;
    for (size_t at = 0; same && str_line(rows, &at, &row);) {
        if (!str_trim(row).len || is_name_alone(r, row) || is_silence(r, row))
            continue;
        uint32_t p = paragraph_for(r, row, next++);
        same = p < count && !differs(r, row, vb_paragraph(r->t, p));
        if (p < count)
            r->used[p] = true;
        else
            buf_puts(&r->why, "; it is missing");
        if (!same)
            buf_printf(&r->why, " in row %u", next);
    }
    if (same && next != count) {
        buf_clear(&r->why);
        buf_printf(&r->why, "%u paragraphs for %u rows", count, next);
        same = false;
    }
    free(r->used);
    free(r->order);
    return same;
}

/* ---- one file ---- */

static bool is_read_as_expected(const struct data_file *file, int how,
                                const struct vb_transcript *t, struct buf *why)
{
    if (!file->expected[0])
        return true;
    struct buf rows = {0};
    struct reading r = {.t = t, .how = how};
    assert_true(data_read(file->expected, &rows));
    bool same = says(&r, buf_str(&rows));
    buf_add(why, buf_str(&r.why));
    buf_free(&rows);
    buf_free(&r.found);
    buf_free(&r.wanted);
    buf_free(&r.why);
    return same;
}

static bool is_one_of(const char *names, const char *name)
{
    size_t len = strlen(name);
    for (const char *at = names; (at = strstr(at, name)); at += len)
        if ((at == names || at[-1] == ' ') && (at[len] == ' ' || !at[len]))
            return true;
    return false;
}

static bool is_as_expected(const struct data_file *file, const char *formats, int how,
                           struct buf *why)
{
    struct buf bytes = {0};
    struct vb_error error = {0};
    assert_true(data_read(file->path, &bytes));
    struct vb_document *d = vb_document_from(file->path, buf_str(&bytes), &error);
    bool good;
    if (!d) {
        assert_true(error.text[0] != '\0');
        good = file->expect == DATA_REJECT;
        buf_printf(why, "refused: %s", error.text);
    } else if (file->expect == DATA_REJECT) {
        good = false;
        buf_printf(why, "was read as %s", vb_format_name(vb_document_format(d)));
    } else if (!is_one_of(formats, vb_format_name(vb_document_format(d)))) {
        good = false;
        buf_printf(why, "was taken for %s", vb_format_name(vb_document_format(d)));
    } else {
        good = is_read_as_expected(file, how, vb_document_transcript(d), why);
    }
    vb_document_close(d);
    buf_free(&bytes);
    return good;
}

/* ---- what the manual argues ---- */

static bool is_argued(vb_str manual, const char *path)
{
    struct buf row = {0};
    buf_printf(&row, "\n| `%s` | ", path);
    bool found = str_find(manual, buf_str(&row)) != STR_NOT_FOUND;
    buf_free(&row);
    return found;
}

struct tally {
    size_t files, good, argued, wrong;
};

static void count_file(struct tally *tally, const struct data_file *file, bool good,
                       vb_str manual, const char *why)
{
    bool argued = is_argued(manual, file->path);
    tally->files++;
    tally->good += good;
    tally->argued += !good && argued;
    tally->wrong += good == argued;
    if (!good && !argued)
        printf("  %s: %s\n", file->path, why);
    if (good && argued)
        printf("  %s: is as expected, but doc/FORMATS.md argues why not\n", file->path);
}

static void check_folder(size_t i, vb_str manual, struct tally *all)
{
    char path[256];
    struct buf manifest = {0};
    struct data_file file;
    struct tally tally = {0};
    snprintf(path, sizeof path, "%s/MANIFEST.jsonl", folders[i].folder);
    if (!data_read(path, &manifest)) {
        printf("skipped: ../shared/data/formats/%s is not here\n", path);
        return;
    }
    for (size_t at = 0; data_file_at(folders[i].folder, buf_str(&manifest), &at, &file);) {
        struct buf why = {0};
        bool good = is_as_expected(&file, folders[i].formats, folders[i].how, &why);
        count_file(&tally, &file, good, manual, why.data ? why.data : "");
        buf_free(&why);
    }
    printf("%-20s %5zu files %5zu as expected %5zu argued %5zu wrong\n", folders[i].folder,
           tally.files, tally.good, tally.argued, tally.wrong);
    all->files += tally.files;
    all->wrong += tally.wrong;
    buf_free(&manifest);
}

static void every_file_is_read_as_expected_or_argued(void **state)
{
    (void)state;
    struct buf manual = {0};
    struct vb_error error;
    struct tally all = {0};
    assert_true(file_read("doc/FORMATS.md", 1 << 20, &manual, &error));
    for (size_t i = 0; i < COUNT(folders); i++)
        check_folder(i, buf_str(&manual), &all);
    assert_int_equal(all.wrong, 0);
    buf_free(&manual);
    if (!all.files)
        skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_is_read_as_expected_or_argued),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
