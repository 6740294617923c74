/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long sound takes: to be opened, to jump in, to answer an order.
 *
 * Ten hours of MP3 are made by repeating the sample; libmpg123's own reader and index are the
 * peer, measured in the same run. */
#include <math.h>
#include <mpg123.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "audio/player.h"
#include "audio/source.h"
#include "base/mem.h"
#include "support/support_sound.h"
#include "verbatim/peaks.h"

enum { SEEKS = 400, FRAMES = 1152, ORDERS = 200, PERIOD = 512 };
#define SAMPLE "assets/sample/casilli.mp3"
#define HOURS  10

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *name, double value, const char *unit, double limit, double peer,
                   const char *peer_name)
{
    printf("%-34s %9.3f %-5s | limit %g %s", name, value, unit, limit, unit);
    if (peer > 0)
        printf(", %s %.3f %s (%.1f times)", peer_name, peer, unit, peer / value);
    printf("%s\n", value <= limit ? "" : "  OVER THE LIMIT");
}

/* The sample again and again, until it is HOURS long. */
static const char *make_long_file(void)
{
    struct vb_sound_info info;
    if (!vb_sound_read_info(SAMPLE, &info, NULL))
        return NULL;
    size_t len;
    uint8_t *bytes = read_bytes(SAMPLE, &len);
    const char *path = temp_path("long.mp3");
    FILE *file = fopen(path, "wb");
    for (vb_time have = 0; file && have < HOURS * 3600 * VB_SECOND; have += info.duration)
        fwrite(bytes, 1, len, file);
    if (file)
        fclose(file);
    free(bytes);
    return path;
}

static struct source *open_long(const char *path)
{
    struct vb_error error;
    struct source *s = source_open(path, (struct source_news){NULL, NULL}, &error);
    if (s)
        return s;
    fprintf(stderr, "%s\n", error.text);
    exit(1);
}

static double time_scan(const char *path)
{
    double start = cpu_seconds();
    struct source *s = open_long(path);
    source_settle(s);
    double took = cpu_seconds() - start;
    source_close(s);
    return took;
}

static mpg123_handle *open_peer(const char *path)
{
    mpg123_handle *peer = mpg123_new(NULL, NULL);
    mpg123_param(peer, MPG123_ADD_FLAGS, MPG123_QUIET | MPG123_FORCE_FLOAT, 0);
    mpg123_param(peer, MPG123_INDEX_SIZE, -65536, 0);
    mpg123_param(peer, MPG123_RESYNC_LIMIT, -1, 0);
    if (mpg123_open(peer, path) != MPG123_OK || mpg123_scan(peer) != MPG123_OK)
        exit(1);
    return peer;
}

static double time_peer_scan(const char *path)
{
    double start = cpu_seconds();
    mpg123_handle *peer = open_peer(path);
    double took = cpu_seconds() - start;
    mpg123_delete(peer);
    return took;
}

static void bench_scan(const char *path)
{
    time_scan(path); /* so that both find the file in memory */
    report("open and scan 10 h of MP3", time_scan(path), "s CPU", 0.2, time_peer_scan(path),
           "mpg123");
}

/* Milliseconds of each of SEEKS jumps to random places, with the first frames; sorted. */
static void time_seeks(const char *path, double *took)
{
    struct source *s = open_long(path);
    source_settle(s);
    bool exact;
    uint64_t length = source_length(s, &exact);
    float frames[FRAMES * 2];
    srand(1);
    for (int i = 0; i < SEEKS; i++) {
        double start = cpu_seconds();
        source_seek(s, (uint64_t)((double)rand() / RAND_MAX * (double)(length - FRAMES)));
        source_read(s, frames, FRAMES);
        took[i] = (cpu_seconds() - start) * 1000;
    }
    source_close(s);
    qsort(took, SEEKS, sizeof *took, by_size);
}

static double peer_seek_median(const char *path)
{
    mpg123_handle *peer = open_peer(path);
    off_t length = mpg123_length(peer);
    float frames[FRAMES * 2];
    double took[SEEKS];
    srand(1);
    for (int i = 0; i < SEEKS; i++) {
        double start = cpu_seconds();
        size_t got;
        mpg123_seek(peer, (off_t)((double)rand() / RAND_MAX * (double)(length - FRAMES)),
                    SEEK_SET);
        mpg123_read(peer, (unsigned char *)frames, FRAMES * sizeof *frames, &got);
        took[i] = (cpu_seconds() - start) * 1000;
    }
    mpg123_delete(peer);
    qsort(took, SEEKS, sizeof *took, by_size);
    return took[SEEKS / 2];
}

static void bench_seek(const char *path)
{
    double took[SEEKS];
    time_seeks(path, took);
    report("jump in 10 h of MP3, median", took[SEEKS / 2], "ms", 0.15, peer_seek_median(path),
           "mpg123");
    report("jump in 10 h of MP3, worst", took[SEEKS - 1], "ms", 0.5, 0, NULL);
}

static void bench_decode(const char *path)
{
    struct source *s = open_long(path);
    float frames[FRAMES * 2];
    double start = cpu_seconds();
    uint64_t wanted = (uint64_t)s->rate * 3600, read = 0;
    while (read < wanted && source_read(s, frames, FRAMES) == FRAMES)
        read += FRAMES;
    double took = cpu_seconds() - start, heard = (double)read / s->rate;
    source_close(s);
    report("decode, share of a core at 1x", took / heard * 100, "%", 0.5, 0, NULL);
}

/* From an order to its first frame in the card's hands: all threads' time, scan included. */
static void bench_order(const char *path)
{
    double start = cpu_seconds();
    struct vb_player *p = player_open_at(
        path, &hand_sink, (struct player_time){hand_time, NULL}, NULL, NULL, NULL);
    float out[PERIOD * 2];
    vb_player_play(p);
    while (vb_player_now(p).seeking)
        hand_pull(out, PERIOD);
    report("open to first frame", (cpu_seconds() - start) * 1000, "ms", 100, 0, NULL);
    while (!vb_player_now(p).duration_exact)
        player_fill(p);
    double took[ORDERS];
    for (int i = 0; i < ORDERS; i++) {
        player_fill(p);
        hand_pull(out, PERIOD);
        double ordered = cpu_seconds();
        vb_player_seek(p, (vb_time)(rand() % (HOURS * 3600)) * VB_SECOND);
        while (vb_player_now(p).seeking)
            hand_pull(out, PERIOD);
        took[i] = (cpu_seconds() - ordered) * 1000;
    }
    qsort(took, ORDERS, sizeof *took, by_size);
    report("order to first frame, median", took[ORDERS / 2], "ms", 5, 0, NULL);
    report("order to first frame, worst", took[ORDERS - 1], "ms", 100, 0, NULL);
    vb_player_close(p);
}

/* CPU of an hour played through the callback, as a share of its time. */
static void bench_playing(const char *path, float speed, double limit)
{
    struct vb_player *p = player_open_at(
        path, &hand_sink, (struct player_time){hand_time, NULL}, NULL, NULL, NULL);
    while (!vb_player_now(p).duration_exact)
        player_fill(p);
    float out[PERIOD * 2];
    vb_player_set_speed(p, speed);
    vb_player_play(p);
    int64_t pulled = 0, rate = hand_now().rate, fill = rate / 8 / PERIOD;
    double start = cpu_seconds();
    for (int64_t i = 0; pulled < rate * 600; i++, pulled += PERIOD) {
        if (i % fill == 0) /* as often as the decoder would wake up by itself */
            player_fill(p);
        hand_pull(out, PERIOD);
        hand_pass(PERIOD * INT64_C(1000000000) / rate);
    }
    char name[64];
    snprintf(name, sizeof name, "playing at %gx, share of a core", (double)speed);
    report(name, (cpu_seconds() - start) / 600 * 100, "%", limit, 0, NULL);
    vb_player_close(p);
}

static double time_decoding(const char *path)
{
    struct source *s = open_long(path);
    float frames[FRAMES * 2];
    double start = cpu_seconds();
    while (source_read(s, frames, FRAMES) == FRAMES)
        ;
    double took = cpu_seconds() - start;
    source_close(s);
    return took;
}

static double time_peaks(const char *path)
{
    struct vb_peaks *peaks = vb_peaks_new();
    double start = cpu_seconds();
    vb_peaks_fill(peaks, path, NULL, NULL);
    double took = cpu_seconds() - start;
    vb_peaks_free(peaks);
    return took;
}

/* By turns, the better of two each: other programs disturb both alike. */
static void bench_peaks(const char *path)
{
    double decoding = time_decoding(path), peaks = time_peaks(path);
    decoding = fmin(decoding, time_decoding(path));
    peaks = fmin(peaks, time_peaks(path));
    report("waveform of 10 h", peaks, "s CPU", decoding * 1.1, decoding, "decoding alone");
}

int main(void)
{
    mpg123_init();
    const char *path = make_long_file();
    if (!path) {
        printf("sound: skipped, %s is missing\n", SAMPLE);
        return 0;
    }
    char kept[512];
    snprintf(kept, sizeof kept, "%s", path);
    bench_scan(kept);
    bench_seek(kept);
    bench_decode(kept);
    bench_order(kept);
    bench_playing(kept, 1, 0.5);
    bench_playing(kept, 2, 1);
    bench_peaks(kept);
    return 0;
}
