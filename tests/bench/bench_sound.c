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
#include "audio/stretch.h"
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

/* The sample again and again, until it is so long. */
static const char *make_long_file(const char *name, vb_time hours)
{
    struct vb_sound_info info;
    if (!vb_sound_read_info(SAMPLE, &info, NULL))
        return NULL;
    size_t len;
    uint8_t *bytes = read_bytes(SAMPLE, &len);
    const char *path = temp_path(name);
    FILE *file = fopen(path, "wb");
    for (vb_time have = 0; file && have < hours * 3600 * VB_SECOND; have += info.duration)
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
    report("waveform of 2 h", peaks, "s CPU", decoding * 1.1, decoding, "decoding alone");
}

/* --- the stretch ----------------------------------------------------------- */

/* Noise without end and without a file: decoding is not what is measured. */
struct endless {
    struct source base;
    uint64_t position;
};

static size_t read_endless(struct source *s, float *frames, size_t count)
{
    struct endless *e = (struct endless *)s;
    for (size_t i = 0; i < count; i++) {
        uint64_t x = (e->position + i) * 0x9E3779B97F4A7C15U;
        frames[i] = (float)((x ^ x >> 29) >> 40) / (1 << 25) - 0.25F;
    }
    e->position += count;
    return count;
}

static const struct decoder endless_noise = {.read = read_endless};

/* How far the place is from where 10 h at this speed should have led: within the search,
 * always.
 */
static void bench_drift(double speed)
{
    struct endless noise = {
        .base = {.decoder = &endless_noise, .rate = 8000, .channels = 1}
    };
    struct stretch *stretch = stretch_new(8000, 1);
    float out[1024];
    struct hop hop;
    uint64_t made = 0, until = (uint64_t)HOURS * 3600 * 8000;
    double first = 0, last = 0, worst = 0;
    stretch_start(stretch, 0);
    stretch_set_speed(stretch, speed);
    for (uint64_t hops = 0; stretch_at(stretch) < until; hops++) {
        made += stretch_next(stretch, &noise.base, out, 1024, &hop);
        double off = (double)stretch_at(stretch) - (double)made * speed;
        worst = fmax(worst, fabs(off));
        first += hops < 10000 ? off / 10000 : 0;
        last = last * 0.9999 + off * 0.0001;
    }
    report("stretch, drift in 10 h at 2.7x", fabs(last - first) / 8, "ms", 1, 0, NULL);
    report("stretch, worst place in 10 h", worst / 8, "ms", 36, 0, NULL);
    stretch_free(stretch);
}

/* Of a click at a known frame: where the map says it is when it is heard. */
static double worst_place(struct source *s, double speed, uint64_t every)
{
    struct stretch *stretch = stretch_new(s->rate, 1);
    float out[1024];
    struct hop hop;
    double worst = 0;
    stretch_start(stretch, source_seek(s, 0));
    stretch_set_speed(stretch, speed);
    for (size_t got; (got = stretch_next(stretch, s, out, 1024, &hop)) > 0;)
        for (size_t i = 0; i < got; i++) {
            bool turned = hop.turn && i >= hop.turn;
            uint64_t place = turned ? hop.then + (i - hop.turn) : hop.from + i;
            if (out[i] > 0.6F)
                worst = fmax(worst, fabs((double)(place % every) - (double)every / 2));
        }
    stretch_free(stretch);
    return worst * 1000 / s->rate;
}

static void bench_map(void)
{
    enum { EVERY = TEST_RATE / 5 };
    static const double speeds[] = {0.5, 0.8, 1.3, 1.7, 2.2, 3.0};
    struct sound sound = tone(150, seconds(20));
    for (size_t i = 0; i < sound.count; i++)
        sound.frames[i] = i % EVERY == EVERY / 2 ? 1 : sound.frames[i] * 0.2F;
    const char *path = temp_path("clicks.wav");
    write_sound(path, &sound, AS_WAV_FLOAT);
    struct source *s = open_long(path);
    for (size_t i = 0; i < COUNT(speeds); i++) {
        char name[64];
        snprintf(name, sizeof name, "place of a click at %.1fx, worst", speeds[i]);
        report(name, worst_place(s, speeds[i], EVERY), "ms", 3, 0, NULL);
    }
    source_close(s);
    sound_free(&sound);
}

/* --- memory ---------------------------------------------------------------- */

static double resident_mb(void)
{
    long pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (!file || fscanf(file, "%*d %ld", &pages) != 1)
        pages = 0;
    if (file)
        fclose(file);
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

static void bench_memory(const char *path)
{
    double before = resident_mb();
    struct vb_player *p = player_open_at(
        path, &hand_sink, (struct player_time){hand_time, NULL}, NULL, NULL, NULL);
    float out[PERIOD * 2];
    while (!vb_player_now(p).duration_exact)
        player_fill(p);
    vb_player_set_speed(p, 1.7F);
    vb_player_play(p);
    for (int i = 0; i < 200; i++) {
        vb_player_seek(p, (vb_time)i * 150 * VB_SECOND);
        player_fill(p);
        hand_pull(out, PERIOD);
    }
    report("memory of the sound, 10 h", resident_mb() - before, "MB", 20, 0, NULL);
    vb_player_close(p);
}

int main(void)
{
    mpg123_init();
    const char *path = make_long_file("long.mp3", HOURS);
    if (!path) {
        printf("sound: skipped, %s is missing\n", SAMPLE);
        return 0;
    }
    char kept[512];
    snprintf(kept, sizeof kept, "%s", path);
    bench_memory(kept);
    bench_scan(kept);
    bench_seek(kept);
    bench_decode(kept);
    bench_order(kept);
    bench_playing(kept, 1, 0.5);
    bench_playing(kept, 2, 1);
    bench_drift(2.7);
    bench_map();
    bench_peaks(make_long_file("shorter.mp3", 2));
    return 0;
}
