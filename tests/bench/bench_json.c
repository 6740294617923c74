/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast 50 MB of Whisper's JSON becomes a transcript, and in how much memory, beside
 * json-c's bare parse of the same bytes where it is installed. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "support/support_bench.h"
#include "verbatim/document.h"

/* Segments of ten words with times, as faster-whisper writes them. */
static void make(size_t size, struct buf *text)
{
    buf_puts(text, "{\"language\": \"fr\", \"segments\": [");
    for (int i = 0; text->len < size; i++) {
        double at = i * 3.0;
        buf_printf(text,
                   "%s{\"id\": %d, \"seek\": %d, \"start\": %.2f, \"end\": %.2f, \"text\": \"",
                   i ? ", " : "", i, i * 300, at, at + 2.9);
        for (int w = 0; w < 10; w++)
            buf_printf(text, " mot%d", w);
        buf_puts(text,
                 "\", \"tokens\": [50364, 25431, 2298, 4410, 12, 384, 631, 2630, 18146], "
                 "\"temperature\": 0.0, \"avg_logprob\": -0.36153463216928333, \"words\": [");
        for (int w = 0; w < 10; w++)
            buf_printf(text,
                       "%s{\"word\": \" mot%d\", \"start\": %.2f, \"end\": %.2f, "
                       "\"probability\": 0.87}",
                       w ? ", " : "", w, at + w * 0.29, at + w * 0.29 + 0.2);
        buf_puts(text, "]}");
    }
    buf_puts(text, "]}");
}

static void ours(vb_str text)
{
    struct vb_error error;
    struct vb_document *d = vb_document_from("bench.json", text, &error);
    if (!d) {
        fprintf(stderr, "bench_json: %s\n", error.text);
        exit(1);
    }
    vb_document_close(d);
}

/* The peer is looked for when this runs: nothing here needs it. */
static void theirs(vb_str text)
{
    void *library = dlopen("libjson-c.so.5", RTLD_NOW);
    void *(*parse)(const char *text) = NULL;
    if (library)
        *(void **)&parse = dlsym(library, "json_tokener_parse");
    if (!parse || !parse(text.data))
        exit(1);
}

struct figures {
    double seconds, megabytes;
};

/* In a process of its own, so that memory is its own, too. False: it could not. */
static bool measure(void (*work)(vb_str text), vb_str text, struct figures *found)
{
    int ends[2], status = 0;
    if (pipe(ends))
        return false;
    pid_t child = fork();
    if (child == 0) {
        double before = cpu_seconds(), memory = peak_megabytes();
        work(text);
        struct figures f = {cpu_seconds() - before, peak_megabytes() - memory};
        _exit(write(ends[1], &f, sizeof f) == sizeof f ? 0 : 1);
    }
    close(ends[1]);
    bool got = read(ends[0], found, sizeof *found) == sizeof *found;
    close(ends[0]);
    waitpid(child, &status, 0);
    return got && status == 0;
}

int main(void)
{
    struct buf text = {0};
    struct figures own, peer;
    make(50 << 20, &text);
    double size = (double)text.len / (1 << 20);
    if (!measure(ours, buf_str(&text), &own))
        return 1;
    bool within = own.seconds <= 2.5 && own.megabytes <= 6 * size;
    printf("%-34s %10.3f s    limit 2.5%s\n", "50 MB of Whisper's JSON", own.seconds,
           own.seconds <= 2.5 ? "" : "  PASSED");
    printf("%-34s %10.1f ×    limit 6%s\n", "its memory, times its size", own.megabytes / size,
           own.megabytes <= 6 * size ? "" : "  PASSED");
    if (measure(theirs, buf_str(&text), &peer))
        printf("%-34s %10.3f s    %.1f times its size\n", "json-c, parsing alone", peer.seconds,
               peer.megabytes / size);
    else
        printf("%-34s is not here\n", "json-c");
    buf_free(&text);
    return within ? 0 : 1;
}
