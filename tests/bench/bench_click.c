/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a click to its sound: how long after an order the card's callback is handed the first
 * frame from the new place, in real time, with the silent clock and with a sound server of our
 * own whose output goes nowhere.
 *
 * The first minute of the sound lies above zero, the second below: the first frame below zero
 * is of the new place.  Limit: one period of the card and 5 ms.
 *
 * A card is not always punctual, and a loaded machine less so.  A second client of the same
 * card that has nothing to do but to be called is the witness: by as much as its longest
 * period, between order and sound, is longer than it should be, by so much may ours be.
 *
 * PulseAudio's null sink begins with blocks of up to 2 s, until a client asks for shorter ones;
 * a client that comes then may wait as long for its second period.  The first row shows the
 * witness alone on it, so that nobody looks for that wait in the player. */
#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "audio/player_parts.h"
#include "sdl/sink_sdl.h"
#include "support/support_bench.h"
#include "support/support_sound.h"

enum { CLICKS = 60, MARGIN_MS = 5, OPENINGS = 5, ALONE_MS = 2300 };

static double now_ms(void)
{
    return (double)player_monotonic(NULL) / 1e6;
}

static void pass(double ms)
{
    long long ns = (long long)(ms * 1e6);
    struct timespec time = {ns / 1000000000, (long)(ns % 1000000000)};
    nanosleep(&time, NULL);
}

/* ---- who is called, and when ---- */

struct calls {
    atomic_int calls;
    atomic_int frames;    /* of a period */
    atomic_llong last_us; /* when the card called; 0: never yet */
    atomic_llong gap_us;  /* the longest time between two calls since forget_gaps() */
};

static void was_called(struct calls *calls, double came, int frames)
{
    long long now = (long long)(came * 1000), last = atomic_exchange(&calls->last_us, now);
    atomic_fetch_add(&calls->calls, 1);
    atomic_store(&calls->frames, frames);
    if (last && now - last > atomic_load(&calls->gap_us))
        atomic_store(&calls->gap_us, now - last);
}

static void forget_gaps(struct calls *calls)
{
    atomic_store(&calls->gap_us, 0);
}

static double period_ms(const struct calls *calls)
{
    return atomic_load(&calls->frames) * 1000.0 / TEST_RATE;
}

/* By how much the longest period was longer than it should be, the one that lasts included. */
static double lateness_ms(const struct calls *calls)
{
    double lasts = now_ms() - (double)atomic_load(&calls->last_us) / 1000;
    return fmax(0, fmax(lasts, (double)atomic_load(&calls->gap_us) / 1000) - period_ms(calls));
}

/* ---- the witness ---- */

static struct calls witness;

static void give_silence(void *ctx, float *out, int frames)
{
    was_called(ctx, now_ms(), frames);
    memset(out, 0, sizeof *out * (size_t)frames);
}

static void *open_witness(const struct vb_sink *sink)
{
    atomic_store(&witness.calls, 0);
    atomic_store(&witness.last_us, 0);
    void *card = sink->open(TEST_RATE, 1, give_silence, &witness, NULL);
    if (card)
        sink->pause(card, false);
    return card;
}

static void wait_till_it_is_called_regularly(void)
{
    for (double until = now_ms() + ALONE_MS;
         atomic_load(&witness.calls) < 10 && now_ms() < until;)
        pass(5);
}

/* ---- a card that is looked at ---- */

static const struct vb_sink *looked_at;

static struct {
    void (*pull)(void *ctx, float *out, int frames);
    void *ctx;
    int channels;
    struct calls calls;
    atomic_bool is_below;  /* what is waited for */
    atomic_llong heard_us; /* when it came; 0: not yet */
} look;

static void pull(void *ctx, float *out, int frames)
{
    (void)ctx;
    double came = now_ms();
    look.pull(look.ctx, out, frames);
    was_called(&look.calls, came, frames);
    if (atomic_load(&look.heard_us))
        return;
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

static const struct vb_sink looking = {.name = "looking",
                                       .open = open_card,
                                       .latency = latency,
                                       .pause = pause_card,
                                       .close = close_card};

/* ---- clicking ---- */

struct answer {        /* ms */
    double took, late; /* late: the witness */
};

/* To a place in the other half, until its sound is there. */
static struct answer click(struct vb_player *p, bool below, int i)
{
    vb_time to = (below ? 65 : 5) * VB_SECOND + i * VB_SECOND / 3;
    atomic_store(&look.is_below, below);
    forget_gaps(&witness);
    double ordered = now_ms();
    atomic_store(&look.heard_us, 0);
    vb_player_seek(p, to);
    while (!atomic_load(&look.heard_us))
        pass(0.2);
    return (struct answer){(double)atomic_load(&look.heard_us) / 1000 - ordered,
                           lateness_ms(&witness)};
}

static void report(const char *name, const struct answer *answers, double period)
{
    double took[CLICKS], over = -INFINITY, late = 0;
    for (int i = 0; i < CLICKS; i++) {
        took[i] = answers[i].took;
        over = fmax(over, took[i] - period - answers[i].late);
        late = fmax(late, answers[i].late);
    }
    sort_times(took, CLICKS);
    printf("click to sound, %-18s %9.3f ms    | period %.3f ms, 9 of 10 %.3f ms, worst %.3f "
           "ms, the witness late by up to %.3f ms; at most a period and %.3f ms more, limit %d "
           "ms%s\n",
           name, took[CLICKS / 2], period, took[CLICKS * 9 / 10], took[CLICKS - 1], late,
           fmax(0, over), MARGIN_MS, over <= MARGIN_MS ? "" : "  OVER THE LIMIT");
}

static void bench(const char *name, const struct vb_sink *sink, const char *path)
{
    looked_at = sink;
    void *beside = open_witness(sink);
    wait_till_it_is_called_regularly();
    struct vb_player *p = beside ? vb_player_open(path, &looking, NULL, NULL, NULL) : NULL;
    if (!p || vb_player_now(p).silent) {
        printf("click to sound, %s: skipped, it does not open\n", name);
    } else {
        struct answer answers[CLICKS];
        vb_player_play(p);
        click(p, true, 0);
        for (int i = 0; i < CLICKS; i++) {
            pass(60 + rand() % 400 / 10.0); /* at any moment of a period */
            answers[i] = click(p, i % 2, i);
        }
        report(name, answers, period_ms(&look.calls));
    }
    vb_player_close(p);
    if (beside)
        sink->close(beside);
}

/* How long a client that comes alone may wait between its first periods. */
static void bench_alone(const char *name, const struct vb_sink *sink)
{
    double gaps[OPENINGS];
    for (int i = 0; i < OPENINGS; i++) {
        forget_gaps(&witness);
        void *card = open_witness(sink);
        pass(card ? ALONE_MS : 0);
        gaps[i] = (double)atomic_load(&witness.gap_us) / 1000;
        if (card)
            sink->close(card);
    }
    sort_times(gaps, OPENINGS);
    printf(
        "a client alone, %-18s %9.3f ms    | between two calls, the longest after each of %d "
        "openings: median, worst %.3f ms\n",
        name, gaps[OPENINGS / 2], OPENINGS, gaps[OPENINGS - 1]);
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
    bench_alone("PulseAudio", &sink_sdl);
    bench("PulseAudio", &sink_sdl, path);
    sink_sdl_end();
    kill(server, SIGTERM);
    waitpid(server, NULL, 0);
    return 0;
}
