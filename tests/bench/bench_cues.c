/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How fast subtitles are read: 100,000 cues, one line of 5 MB; beside ffmpeg and python3-srt
 * where they are installed.  Prints a line a figure: name, value, unit, and its limit. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "format/cue_time.h"
#include "support/support_bench.h"
#include "verbatim/format.h"

static void must_read(const char *format, vb_str text)
{
    struct vb_error error;
    struct vb_transcript *t = vb_read(vb_format_named(str_of(format)), text, &error);
    if (!t) {
        fprintf(stderr, "bench_cues: %s\n", error.text);
        exit(1);
    }
    vb_transcript_unref(t);
}

/* The quickest of some: what the code needs, without what else the machine does. */
static double time_of_reading(const char *format, vb_str text)
{
    double best = 1e9;
    for (int i = 0; i < 5; i++) {
        double before = cpu_seconds();
        must_read(format, text);
        double took = cpu_seconds() - before;
        best = took < best ? took : best;
    }
    return best;
}

static void make_cues(const char *format, struct buf *into)
{
    bool srt = strcmp(format, "srt") == 0;
    buf_puts(into, srt ? "" : "WEBVTT\n\n");
    for (int i = 0; i < 100000; i++) {
        vb_time start = i * 1500 * (vb_time)1000;
        if (srt)
            buf_printf(into, "%d\n", i + 1);
        cue_time_put(into, start, srt ? ',' : '.');
        buf_puts(into, " --> ");
        cue_time_put(into, start + 1400000, srt ? ',' : '.');
        buf_printf(into, "\n%sSous-titre numéro %d avec\ndu texte ordinaire\n\n",
                   srt ? "" : "<v Anne>", i);
    }
}

static void make_line(struct buf *into)
{
    buf_puts(into, "1\n00:00:01,000 --> 00:00:02,000\n");
    while (into->len < 5 << 20)
        buf_puts(into, "mot <i>et</i> voilà, ");
    buf_puts(into, "\n");
}

/* What another program takes for the same file; below 0: it is not here, or needs too long. */
static double time_of(const char *command, vb_str text)
{
    char path[] = "/tmp/bench_cuesXXXXXX.srt", line[300];
    struct rusage before, after;
    struct vb_error error;
    int fd = mkstemps(path, 4);
    if (fd < 0 || close(fd) != 0 || !file_write(path, text, &error))
        return -1;
    snprintf(line, sizeof line, command, path);
    getrusage(RUSAGE_CHILDREN, &before);
    int code = system(line);
    getrusage(RUSAGE_CHILDREN, &after);
    unlink(path);
    double took = (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
                  (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec) * 1e-6;
    return code == 0 ? took : -1;
}

static const struct {
    const char *name, *command;
} peers[] = {
    {"ffmpeg",
     "timeout 20 ffmpeg -v quiet -y -i %s -f srt /dev/null >/dev/null 2>&1 </dev/null"},
    {"python3-srt",
     "timeout 20 /usr/bin/python3 -c 'import srt,sys; list(srt.parse(open(sys.argv[1]).read()))' %s "
     ">/dev/null 2>&1"                                                                },
    {"pysubs2",     "timeout 20 /usr/bin/python3 -c 'import pysubs2,sys; pysubs2.load(sys.argv[1])' %s "
                ">/dev/null 2>&1"                                      },
};

static void print_peers(const char *what, vb_str text)
{
    for (size_t i = 0; i < COUNT(peers); i++) {
        double took = time_of(peers[i].command, text);
        if (took >= 0)
            printf("%-34s %10.3f s    (%s)\n", what, took, peers[i].name);
        else
            printf("%-34s not here, or more than 20 s (%s)\n", what, peers[i].name);
    }
}

int main(void)
{
    struct buf srt = {0}, vtt = {0}, line = {0};
    bool good = true;
    /* What the system takes to hand out fresh pages differs from machine to machine tenfold:
     * the second reading gets those of the first. */
    mallopt(M_MMAP_THRESHOLD, 512 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    make_cues("srt", &srt);
    good &=
        print_within("read 100,000 cues, SubRip", time_of_reading("srt", buf_str(&srt)), "s", 0.15);
    make_cues("vtt", &vtt);
    good &=
        print_within("read 100,000 cues, WebVTT", time_of_reading("vtt", buf_str(&vtt)), "s", 0.15);
    good &= print_within("memory at its peak", peak_megabytes(), "MB", 100);
    make_line(&line);
    good &=
        print_within("read a line of 5 MB, SubRip", time_of_reading("srt", buf_str(&line)), "s", 0.1);
    print_peers("the same cues", buf_str(&srt));
    print_peers("the same line", buf_str(&line));
    buf_free(&srt);
    buf_free(&vtt);
    buf_free(&line);
    return good ? 0 : 1;
}
