/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a click to its sound: how long after an order the card's callback is handed the first
 * frame from the new place, in real time, with the silent clock and with a sound server of our
 * own whose output goes nowhere.
 *
 * The first minute of the sound lies above zero, the second below: the first frame below zero
 * is of the new place.  Limit: one period of the card and 5 ms.  A card that is not punctual
 * has longer periods than it says: the longest one between order and sound counts. */
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "audio/player_parts.h"
#include "sdl/sink_sdl.h"
#include "support/support_bench.h"
#include "support/support_sound.h"

enum { CLICKS = 60, MARGIN_MS = 5 };

static double now_ms(void)
{
    return (double)player_monotonic(NULL) / 1e6;
}

static void pass(double ms)
{
    struct timespec time = {.tv_nsec = (long)(ms * 1e6)};
    nanosleep(&time, NULL);
}

/* ---- a card that is looked at ---- */

static const struct vb_sink *looked_at;

static struct {
    void (*pull)(void *ctx, float *out, int frames);
    void *ctx;
    int channels;
    double called;         /* last, ms; the card's thread */
    atomic_int frames;     /* of a period */
    atomic_bool is_below;  /* what is waited for */
    atomic_llong heard_us; /* when it came; 0: not yet */
    atomic_llong gap_us;   /* the longest between two callbacks until then */
} look;

static void pull(void *ctx, float *out, int frames)
{
    (void)ctx;
    double came = now_ms();
    look.pull(look.ctx, out, frames);
    long long gap = (long long)((came - look.called) * 1000);
    look.called = came;
    atomic_store(&look.frames, frames);
    if (atomic_load(&look.heard_us))
        return;
    if (gap > atomic_load(&look.gap_us))
        atomic_store(&look.gap_us, gap);
    bool below = atomic_load(&look.is_below), found = false;
    for (int i = 0; i < frames * look.channels && !found; i++)
        found = below ? out[i] < -0.001F : out[i] > 0.001F;
    if (found)
        atomic_store(&look.heard_us, (long long)(came * 1000));
}

static void *open_card(int rate, int channels, void (*fill)(void *, float *, int), void *ctx,
                       struct vb_error *error)
{
    look.pull = fill;
    look.ctx = ctx;
    look.channels = channels;
    return looked_at->open(rate, channels, pull, NULL, error);
}

static vb_time latency(void *card)
{
    return looked_at->latency(card);
}

static void pause_card(void *card, bool paused)
{
    looked_at->pause(card, paused);
}

static void close_card(void *card)
{
    looked_at->close(card);
}

static const struct vb_sink looking = {"looking", open_card, latency, pause_card, close_card};

/* ---- clicking ---- */

struct answer { /* ms */
    double took, gap;
};

/* To a place in the other half, until its sound is there. */
static struct answer click(struct vb_player *p, bool below, int i)
{
    vb_time to = (below ? 65 : 5) * VB_SECOND + i * VB_SECOND / 3;
    atomic_store(&look.is_below, below);
    atomic_store(&look.gap_us, 0);
    double ordered = now_ms();
    atomic_store(&look.heard_us, 0);
    vb_player_seek(p, to);
    while (!atomic_load(&look.heard_us))
        pass(0.2);
    return (struct answer){(double)atomic_load(&look.heard_us) / 1000 - ordered,
                           (double)atomic_load(&look.gap_us) / 1000};
}

static void report(const char *name, const struct answer *answers, double period)
{
    double took[CLICKS], over = 0;
    for (int i = 0; i < CLICKS; i++) {
        double longest = fmax(period, answers[i].gap);
        took[i] = answers[i].took;
        over = fmax(over, took[i] - longest);
    }
    sort_times(took, CLICKS);
    printf(
        "click to sound, %-18s %9.3f ms    | period %.3f ms, 9 of 10 %.3f ms, worst %.3f ms; "
        "at most the card's longest period and %.3f ms, limit %d ms%s\n",
        name, took[CLICKS / 2], period, took[CLICKS * 9 / 10], took[CLICKS - 1], over,
        MARGIN_MS, over <= MARGIN_MS ? "" : "  OVER THE LIMIT");
}

static void bench(const char *name, const struct vb_sink *sink, const char *path)
{
    looked_at = sink;
    struct vb_player *p = vb_player_open(path, &looking, NULL, NULL, NULL);
    if (!p || vb_player_now(p).silent) {
        printf("click to sound, %s: skipped, it does not open\n", name);
        vb_player_close(p);
        return;
    }
    struct answer answers[CLICKS];
    vb_player_play(p);
    click(p, true, 0);
    for (int i = 0; i < CLICKS; i++) {
        pass(60 + rand() % 400 / 10.0); /* at any moment of a period */
        answers[i] = click(p, i % 2, i);
    }
    report(name, answers, atomic_load(&look.frames) * 1000.0 / TEST_RATE);
    vb_player_close(p);
}

static const char *two_halves(void)
{
    struct sound sound = tone(0, seconds(120));
    for (size_t i = 0; i < sound.count; i++)
        sound.frames[i] = i < sound.count / 2 ? 0.25F : -0.25F;
    const char *path = temp_path("halves.wav");
    write_sound(path, &sound, AS_WAV);
    sound_free(&sound);
    return path;
}

/* ---- the sound server ---- */

/* 0: it is not installed. */
static pid_t start_server(void)
{
    char socket[600], module[700];
    snprintf(socket, sizeof socket, "%s", temp_path("native"));
    snprintf(module, sizeof module, "module-native-protocol-unix auth-anonymous=1 socket=%s",
             socket);
    pid_t server = fork();
    if (server == 0) {
        execlp("pulseaudio", "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1",
               "--use-pid-file=no", "--disable-shm=1", "--log-level=error", "-L", module, "-L",
               "module-null-sink", (char *)NULL);
        _exit(127);
    }
    for (int i = 0; i < 500 && access(socket, F_OK) != 0 && !waitpid(server, NULL, WNOHANG);
         i++)
        pass(10);
    if (access(socket, F_OK) != 0)
        return 0;
    char address[700];
    snprintf(address, sizeof address, "unix:%s", socket);
    setenv("PULSE_SERVER", address, 1);
    setenv("SDL_AUDIODRIVER", "pulseaudio", 1);
    return server;
}

int main(void)
{
    const char *path = two_halves();
    bench("silent clock", &vb_sink_null, path);
    pid_t server = start_server();
    if (!server) {
        printf("click to sound, PulseAudio: skipped, pulseaudio is missing\n");
        return 0;
    }
    bench("PulseAudio", &sink_sdl, path);
    sink_sdl_end();
    kill(server, SIGTERM);
    waitpid(server, NULL, 0);
    return 0;
}
