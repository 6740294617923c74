/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The child's side of an alignment. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/aligning.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "library/pack.h"
#include "verbatim/document.h"

struct serving {
    int out;
    uint32_t words;
    int percent; /* told last */
};

static void send(const struct serving *s, char kind, struct buf *payload)
{
    bool sent = wire_send(s->out, kind, buf_str(payload));
    buf_free(payload);
    if (!sent)
        _exit(1); /* nobody waits for this any more */
}

static void tell_progress(void *ctx, float done)
{
    struct serving *s = ctx;
    struct buf payload = {0};
    if ((int)(done * 200) <= s->percent)
        return;
    s->percent = (int)(done * 200);
    wire_put_done(done, &payload);
    send(s, 'P', &payload);
}

static void tell_stage(void *ctx, enum vb_align_stage stage, const struct vb_heard *words)
{
    struct serving *s = ctx;
    struct buf payload = {0};
    wire_put_stage(stage, words, s->words, &payload);
    send(s, 'S', &payload);
}

static int tell_failure(const struct serving *s, const struct vb_error *error)
{
    struct buf payload = {0};
    wire_put_error(error, &payload);
    send(s, 'E', &payload);
    return 1;
}

/* What is heard around the place where the reader is, by a process of its own: the synthesiser
 * then begins the whole afresh, and what it comes to does not depend on that place. */
static void look_around(struct serving *s, const struct wire_wish *wish,
                        const struct vb_transcript *t)
{
    struct vb_align_options options = {
        .language = wish->language.data, .pins = wish->pins, .pin_count = wish->pin_count};
    struct vb_error error = {0};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    struct vb_heard *words =
        vb_align_around(t, wish->sound.data, wish->around, &options, NULL, &error);
    if (words)
        tell_stage(s, VB_ALIGN_AROUND, words);
    free(words);
}

/* It goes wrong or not: the whole comes after it. */
static void look_around_first(struct serving *s, const struct wire_wish *wish,
                              const struct vb_transcript *t)
{
    pid_t child = fork();
    if (child == 0) {
        look_around(s, wish, t);
        _exit(0);
    }
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR)
        continue;
}

static int align(struct serving *s, const struct wire_wish *wish, const struct vb_transcript *t)
{
    bool *listened = NULL;
    struct vb_heard *known =
        wish->known.len ? times_unpack(buf_str(&wish->known), s->words, &listened) : NULL;
    struct vb_task task = {.progress = tell_progress, .ctx = s};
    struct vb_align_options options = {
        .language = wish->language.data,
        .jobs = 1,
        .pins = wish->pins,
        .pin_count = wish->pin_count,
        .first_word = wish->first,
        .word_count = wish->count,
        .check = wish->count == 0,
        .known = known,
        .found = tell_stage,
        .ctx = s,
    };
    struct vb_align_report report = {.doubts = NULL};
    struct vb_error error = {0};
    struct buf payload = {0};
    struct vb_heard *words =
        vb_align_words(t, wish->sound.data, &options, &task, &report, &error);
    if (words) {
        wire_put_result(&report, words, s->words, &payload);
        send(s, 'D', &payload);
    } else {
        tell_failure(s, &error);
    }
    bool found = words != NULL;
    free(words);
    free(report.doubts);
    free(known);
    free(listened);
    return found ? 0 : 1;
}

static int serve(struct serving *s, const struct wire_wish *wish)
{
    struct vb_error error = {0};
    struct vb_document *document =
        vb_document_from(wish->name.data, buf_str(&wish->text), &error);
    if (!document)
        return tell_failure(s, &error);
    const struct vb_transcript *t = vb_document_transcript(document);
    s->words = vb_word_count(t);
    int code;
    if (s->words == wish->words) {
        if (wish->around != VB_NO_TIME)
            look_around_first(s, wish, t);
        code = align(s, wish, t);
    } else {
        err_set(&error, VB_BAD_FORMAT, "%s", _("the text was read in another way"));
        code = tell_failure(s, &error);
    }
    vb_document_close(document);
    return code;
}

/* Whatever else the machine has to do comes first; and nobody is left behind alone. */
static void step_back(void)
{
    enum { IDLE_DISK = 3 << 13, THIS_PROCESS = 1 };
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setpriority(PRIO_PROCESS, 0, 19);
    const struct sched_param none = {0};
    sched_setscheduler(0, SCHED_BATCH, &none);
    syscall(SYS_ioprio_set, THIS_PROCESS, 0, IDLE_DISK);
}

int aligning_serve(int in, int out)
{
    struct serving serving = {.out = out, .percent = -1};
    struct wire_wish wish = {0};
    struct buf payload = {0};
    char kind;
    step_back();
    int code = 1;
    if (wire_take(in, &kind, &payload) && kind == 'Q' &&
        wire_get_wish(buf_str(&payload), &wish))
        code = serve(&serving, &wish);
    wire_wish_free(&wish);
    buf_free(&payload);
    return code;
}
