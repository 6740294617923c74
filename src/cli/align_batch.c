/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `verbatim align --batch LIST`: every pair is aligned in a process of its own.  So one that
 * fails, or is killed, stops no other; and all are found as if they were alone, since the
 * synthesiser carries its state from one text to the next.
 *
 * An output that is there is done: it was written whole.  So a batch that was broken off goes
 * on where it was. */
#include "cli/align_batch.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/str.h"
#include "base/vec.h"
#include "cli/command.h"
#include "cli/input.h"
#include "cli/report.h"
#include "cli/table.h"
#include "format/json.h"

enum { LIST_MOST = 16 << 20 };

enum result { WAITING, ALIGNED, DOUBTFUL, DONE_BEFORE, FAILED, RESULTS };
static const char *const result_names[RESULTS] = {"waiting", "aligned", "doubtful", "done",
                                                  "failed"};
static const char *const result_words[RESULTS] = {N_("waiting"), N_("aligned"),
                                                  N_("aligned, but doubtful"),
                                                  N_("was done before"), N_("failed")};

/* What a process tells the one that started it. */
struct told {
    enum result result;
    uint32_t spoken, aligned;
    float likeness;
    char why[sizeof((struct vb_error *)NULL)->text];
};

struct pair {
    char *sound, *text, *to;
    pid_t process;
    int news; /* the reading end of its pipe */
    struct told told;
};

struct batch {
    const struct aligning *how;
    VEC(struct pair) pairs;
    struct buf list;
    size_t finished;
};

/* ---- the list ---- */

static char *copy(vb_str text)
{
    char *to = mem_new(text.len + 1);
    memcpy(to, text.data, text.len);
    return to;
}

/* "talk.txt" becomes "talk.jsonl"; "talk.jsonl" becomes "talk.aligned.jsonl". */
static char *output_for(vb_str text, const struct vb_format *format)
{
    struct buf to = {0};
    size_t dot = text.len, ending = strcspn(format->extensions, " ");
    for (size_t i = 0; i < text.len && dot == text.len; i++)
        if (text.data[text.len - 1 - i] == '/')
            break;
        else if (text.data[text.len - 1 - i] == '.')
            dot = text.len - 1 - i;
    buf_add(&to, str_cut(text, 0, dot));
    vb_str old = str_from(text, dot < text.len ? dot + 1 : dot);
    bool same = old.len == ending && memcmp(old.data, format->extensions, ending) == 0;
    buf_printf(&to, "%s.%.*s", same ? ".aligned" : "", (int)ending, format->extensions);
    return to.data;
}

static vb_str next_field(vb_str line, size_t *at)
{
    size_t from = *at, end = from;
    while (end < line.len && line.data[end] != '\t')
        end++;
    *at = end < line.len ? end + 1 : end;
    return str_trim(str_cut(line, from, end));
}

static void add_line(struct batch *b, vb_str line, uint32_t number)
{
    size_t at = 0;
    vb_str sound = next_field(line, &at), text = next_field(line, &at),
           to = next_field(line, &at);
    if (sound.len == 0 || sound.data[0] == '#')
        return;
    struct pair pair = {.sound = copy(sound), .text = copy(text), .news = -1};
    pair.to = to.len ? copy(to) : output_for(text, b->how->format);
    if (text.len == 0) {
        pair.told.result = FAILED;
        snprintf(pair.told.why, sizeof pair.told.why,
                 _("line %u of the list names no transcript: AUDIO, a tab, TRANSCRIPT"),
                 number);
    } else if (same_file(pair.to, pair.sound) || same_file(pair.to, pair.text)) {
        pair.told.result = FAILED;
        snprintf(pair.told.why, sizeof pair.told.why,
                 _("%s is what is read; name another file in the third column"), pair.to);
    } else if (file_exists(pair.to)) {
        pair.told.result = DONE_BEFORE;
    }
    vec_push(&b->pairs, pair);
}

static bool read_list(struct batch *b, const char *path, struct vb_error *error)
{
    if (!file_read(strcmp(path, "-") == 0 ? "/dev/stdin" : path, LIST_MOST, &b->list, error))
        return false;
    vb_str all = buf_str(&b->list);
    uint32_t number = 0;
    for (size_t at = 0; at < all.len;) {
        size_t end = at;
        while (end < all.len && all.data[end] != '\n')
            end++;
        add_line(b, str_cut(all, at, end), ++number);
        at = end + 1;
    }
    return b->pairs.count > 0 ||
           err_set(error, VB_BAD_FORMAT, _("%s: the list is empty"), path);
}

/* ---- one process ---- */

static void work(const struct batch *b, const struct pair *pair, struct told *told)
{
    struct aligning a = *b->how;
    struct vb_align_report report = {.spoken = 0};
    struct vb_error error = {0};
    struct buf out = {0};
    a.sound = pair->sound;
    a.text = pair->text;
    a.how.jobs = 1;
    a.quiet = true;
    bool done =
        align_pair(&a, &out, &report, &error) && file_write(pair->to, buf_str(&out), &error);
    told->result = !done ? FAILED : report.doubtful ? DOUBTFUL : ALIGNED;
    told->spoken = report.spoken;
    told->aligned = report.aligned;
    told->likeness = report.likeness;
    snprintf(told->why, sizeof told->why, "%s", error.text);
    buf_free(&out);
}

static void begin(struct batch *b, struct pair *pair)
{
    int ends[2];
    fflush(NULL);
    if (pipe(ends) != 0 || (pair->process = fork()) < 0) {
        pair->told.result = FAILED;
        snprintf(pair->told.why, sizeof pair->told.why, _("no process could be started: %s"),
                 strerror(errno));
        return;
    }
    if (pair->process == 0) {
        struct told told = {WAITING};
        close(ends[0]);
        work(b, pair, &told);
        _exit(write(ends[1], &told, sizeof told) == sizeof told ? 0 : 1);
    }
    close(ends[1]);
    pair->news = ends[0];
}

static void end(struct batch *b, struct pair *pair, int status)
{
    struct told told;
    if (read(pair->news, &told, sizeof told) == sizeof told) {
        pair->told = told;
    } else {
        pair->told.result = FAILED;
        snprintf(pair->told.why, sizeof pair->told.why, _("its process ended early (%s)"),
                 WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "?");
    }
    close(pair->news);
    pair->process = 0;
    b->finished++;
}

/* ---- telling ---- */

static void tell(const struct batch *b, const struct pair *pair)
{
    struct buf line = {0};
    buf_printf(&line, "%zu/%zu %s: %s", b->finished, b->pairs.count, file_name(pair->sound),
               _(result_words[pair->told.result]));
    if (pair->told.why[0])
        buf_printf(&line, ": %s", pair->told.why);
    report_remark(line.data);
    buf_free(&line);
}

static void put_json(const struct pair *pair, struct buf *out)
{
    const struct told *told = &pair->told;
    bool heard = told->spoken > 0;
    struct json json = {.out = out};
    json_object(&json);
    json_key(&json, "audio"), json_str(&json, str_of(pair->sound));
    json_key(&json, "transcript"), json_str(&json, str_of(pair->text));
    json_key(&json, "output"), json_str(&json, str_of(pair->to));
    json_key(&json, "result"), json_str(&json, str_of(result_names[told->result]));
    json_key(&json, "words"), heard ? json_number(&json, told->spoken) : json_null(&json);
    json_key(&json, "aligned"), heard ? json_number(&json, told->aligned) : json_null(&json);
    json_key(&json, "likeness");
    heard ? json_real(&json, (int)(told->likeness * 100 + 0.5F) / 100.0) : json_null(&json);
    json_key(&json, "message"), json_str_or_null(&json, str_of(told->why));
    json_end_object(&json);
    json_line_end(&json);
}

static void put_text(const struct pair *pair, struct buf *out)
{
    const struct told *told = &pair->told;
    struct buf right = {0};
    buf_printf(&right, "%s", _(result_words[told->result]));
    if (told->spoken > 0 && told->result != FAILED)
        buf_printf(&right, _(": %u of %u words, likeness %d %%"), told->aligned, told->spoken,
                   (int)(100 * told->likeness + 0.5F));
    if (told->why[0])
        buf_printf(&right, ": %s", told->why);
    struct buf left = {0}, safe = {0};
    put_fitted(&left, str_of(file_name(pair->sound)), 28);
    put_safe(&safe, buf_str(&right));
    put_row(out, 32, left.data, safe.data);
    buf_free(&left);
    buf_free(&safe);
    buf_free(&right);
}

static int conclude(const struct batch *b, bool json)
{
    struct buf out = {0};
    size_t counts[RESULTS] = {0};
    for (size_t i = 0; i < b->pairs.count; i++) {
        const struct pair *pair = &b->pairs.items[i];
        counts[pair->told.result]++;
        (json ? put_json : put_text)(pair, &out);
    }
    if (!json)
        buf_printf(&out,
                   _("%zu aligned, %zu of them doubtful; %zu were done before; %zu failed\n"),
                   counts[ALIGNED] + counts[DOUBTFUL], counts[DOUBTFUL], counts[DONE_BEFORE],
                   counts[FAILED]);
    bool printed = print_out(buf_str(&out));
    buf_free(&out);
    return printed && counts[FAILED] == 0 ? EXIT_DONE : EXIT_FAILED;
}

/* ---- all of them ---- */

static struct pair *pair_of(struct batch *b, pid_t process)
{
    for (size_t i = 0; i < b->pairs.count; i++)
        if (b->pairs.items[i].process == process)
            return &b->pairs.items[i];
    return NULL;
}

static void wait_for_one(struct batch *b, int *running)
{
    int status;
    pid_t process = wait(&status);
    struct pair *pair = process > 0 ? pair_of(b, process) : NULL;
    if (process < 0 && errno != EINTR)
        *running = 0;
    if (!pair)
        return;
    end(b, pair, status);
    tell(b, pair);
    --*running;
}

static void run(struct batch *b)
{
    int running = 0;
    for (size_t i = 0; i < b->pairs.count; i++) {
        struct pair *pair = &b->pairs.items[i];
        if (pair->told.result != WAITING) {
            b->finished++;
            tell(b, pair);
            continue;
        }
        while (running >= b->how->how.jobs)
            wait_for_one(b, &running);
        begin(b, pair);
        running += pair->process > 0;
    }
    while (running > 0)
        wait_for_one(b, &running);
}

static void batch_free(struct batch *b)
{
    for (size_t i = 0; i < b->pairs.count; i++) {
        free(b->pairs.items[i].sound);
        free(b->pairs.items[i].text);
        free(b->pairs.items[i].to);
    }
    free(b->pairs.items);
    buf_free(&b->list);
}

int align_batch(const char *list, const struct aligning *how, bool json)
{
    struct batch b = {.how = how};
    struct vb_error error = {0};
    int code;
    if (read_list(&b, list, &error)) {
        run(&b);
        code = conclude(&b, json);
    } else {
        code = report_failure(&error, list, json);
    }
    batch_free(&b);
    return code;
}
