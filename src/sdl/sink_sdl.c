/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound card, by SDL.
 *
 * Opened at the file's own rate and with no changes allowed: what the card can't do SDL or the
 * sound server converts, better than two conversions in a row.  The callback runs on the card's
 * thread.  Once begun, SDL's sound part stays up, so that it tells of devices that come.
 *
 * But a device that SDL calls paused is fed with silence by its thread, fifty times a second,
 * and the card never sleeps.  So a card that rests is closed, and all of SDL's sound with it:
 * what comes and goes meanwhile is seen when it is wanted again, a hundredth of a second
 * later. */
#include "sdl/sink_sdl.h"

#include <fcntl.h>
#include <pthread.h>
#include <SDL.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

enum {
    PERIODS_A_SECOND = 50, /* callbacks; SDL's own choice is 12 at 48 kHz */
    REST_MS = 5000, /* of pause: sound servers let an output sleep after as long */
    LATELY_MS = 4000,
    CARDS = 4, /* open at once: the recording, and the clicks that are tapped along with */
};

/* SDL has no lock for opening and closing: the interface does it, and a decoder when its card
 * rests or wakes. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* The devices that are ours, for telling which one was taken away: changed under lock. */
static _Atomic SDL_AudioDeviceID ours[CARDS];
/* Under lock. */
static bool is_resting; /* SDL's sound is down until a card is wanted */
static bool was_taken_away; /* one of them: SDL may have lost the sound server, unknowing */

struct sdl_card {
    /* never changes after open */
    void (*pull)(void *ctx, float *out, int frames);
    void *ctx;
    int rate, channels;

    /* under lock */
    SDL_AudioDeviceID device; /* 0: it rests */
    bool is_lost;             /* it could not wake */

    /* atomic: changes when it wakes */
    _Atomic vb_time latency;
};

static void fill(void *context, Uint8 *out, int bytes)
{
    const struct sdl_card *card = context;
    int frame = (int)sizeof(float) * card->channels;
    card->pull(card->ctx, (float *)(void *)out, bytes / frame);
}

/* Sound libraries print pages on stderr where there is no card; we say it in a sentence, and a
 * terminal is being drawn on.  Gives what to hand to let_talk(). */
static int keep_quiet(void)
{
    int kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (kept >= 0 && nowhere >= 0)
        dup2(nowhere, STDERR_FILENO);
    if (nowhere >= 0)
        close(nowhere);
    return kept;
}

static void let_talk(int kept)
{
    if (kept < 0)
        return;
    dup2(kept, STDERR_FILENO);
    close(kept);
}

static bool start_audio(struct vb_error *error)
{
    is_resting = false;
    if (SDL_WasInit(SDL_INIT_AUDIO))
        return true;
    SDL_SetHint(SDL_HINT_APP_NAME, "Verbatim");
    return SDL_InitSubSystem(SDL_INIT_AUDIO) == 0 ||
           err_set(error, VB_DEVICE, "%s", SDL_GetError());
}

static _Atomic SDL_AudioDeviceID *place_of(SDL_AudioDeviceID device)
{
    for (size_t i = 0; i < CARDS; i++)
        if (ours[i] == device)
            return &ours[i];
    return NULL;
}

static bool any_is_open(void)
{
    for (size_t i = 0; i < CARDS; i++)
        if (ours[i])
            return true;
    return false;
}

/* Not while another device of ours is open, and not twice in a moment for no new reason: SDL
 * then tells of all devices as of new ones, and we would try again for each. */
static bool may_begin_anew(void)
{
    static Uint64 begun_anew;
    Uint64 now = SDL_GetTicks64();
    bool lately = begun_anew && now - begun_anew < LATELY_MS && !was_taken_away;
    if (lately || any_is_open())
        return false;
    begun_anew = now;
    return true;
}

/* That a device was taken away, or that none opens, may mean that the sound server was started
 * anew, of which SDL only learns by starting anew itself: until then it opens devices, but goes
 * on naming the old ones. */
static SDL_AudioDeviceID open_device(const SDL_AudioSpec *wanted, SDL_AudioSpec *got)
{
    SDL_AudioDeviceID device =
        was_taken_away ? 0 : SDL_OpenAudioDevice(NULL, 0, wanted, got, 0);
    if (device)
        return device;
    if (may_begin_anew()) {
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
        was_taken_away = !start_audio(NULL);
    }
    return SDL_WasInit(SDL_INIT_AUDIO) ? SDL_OpenAudioDevice(NULL, 0, wanted, got, 0) : 0;
}

/* A period's frames: a power of two, as SDL wants it. */
static Uint16 period_at(int rate)
{
    int frames = 64;
    while (frames * PERIODS_A_SECOND < rate)
        frames *= 2;
    return (Uint16)frames;
}

static bool take_device(struct sdl_card *card, bool is_new)
{
    SDL_AudioSpec wanted = {.freq = card->rate,
                            .format = AUDIO_F32SYS,
                            .channels = (Uint8)card->channels,
                            .samples = period_at(card->rate),
                            .callback = fill,
                            .userdata = card};
    SDL_AudioSpec got;
    _Atomic SDL_AudioDeviceID *place = place_of(0);
    if (place)
        card->device = is_new ? open_device(&wanted, &got)
                              : SDL_OpenAudioDevice(NULL, 0, &wanted, &got, 0);
    if (!card->device)
        return false;
    *place = card->device;
    atomic_store(&card->latency, (vb_time)got.samples * VB_SECOND / card->rate);
    return true;
}

static void let_go(struct sdl_card *card)
{
    _Atomic SDL_AudioDeviceID *place = place_of(card->device);
    if (!card->device)
        return;
    *place = 0;
    SDL_CloseAudioDevice(card->device);
    card->device = 0;
}

static void *open_card(int rate, int channels, void (*pull)(void *, float *, int), void *ctx,
                       struct vb_error *error)
{
    if (!start_audio(error))
        return NULL;
    struct sdl_card *card = mem_new(sizeof *card);
    *card = (struct sdl_card){.pull = pull, .ctx = ctx, .rate = rate, .channels = channels};
    if (take_device(card, true))
        return card;
    err_set(error, VB_DEVICE, _("the sound card can't be opened: %s"), SDL_GetError());
    free(card);
    return NULL;
}

static void *sdl_open(int rate, int channels, void (*pull)(void *, float *, int), void *ctx,
                      struct vb_error *error)
{
    pthread_mutex_lock(&lock);
    int kept = keep_quiet();
    void *card = open_card(rate, channels, pull, ctx, error);
    let_talk(kept);
    pthread_mutex_unlock(&lock);
    return card;
}

/* What was pulled is heard one period later, as measured on PulseAudio and PipeWire. */
static vb_time sdl_latency(void *opened)
{
    return atomic_load(&((struct sdl_card *)opened)->latency);
}

static void rest(struct sdl_card *card)
{
    let_go(card);
    is_resting = !any_is_open();
    if (is_resting)
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

static void wake(struct sdl_card *card)
{
    int kept = keep_quiet();
    card->is_lost = !card->device && !(start_audio(NULL) && take_device(card, false));
    let_talk(kept);
    if (card->device)
        SDL_PauseAudioDevice(card->device, 0);
}

static void sdl_pause(void *opened, bool paused)
{
    pthread_mutex_lock(&lock);
    if (paused)
        rest(opened);
    else
        wake(opened);
    pthread_mutex_unlock(&lock);
}

/* Under lock. */
static bool is_gone(const struct sdl_card *card)
{
    return card->is_lost || (card->device && SDL_GetAudioDeviceStatus(card->device) ==
                                                 SDL_AUDIO_STOPPED);
}

/* SDL also says so in an event, which needs a window's loop.  Asked in every frame, which does
 * not wait for one that is being opened. */
static bool sdl_gone(void *opened)
{
    if (pthread_mutex_trylock(&lock) != 0)
        return false;
    bool gone = is_gone(opened);
    pthread_mutex_unlock(&lock);
    return gone;
}

static void sdl_close(void *opened)
{
    struct sdl_card *card = opened;
    pthread_mutex_lock(&lock);
    was_taken_away = was_taken_away || is_gone(card);
    let_go(card);
    pthread_mutex_unlock(&lock);
    free(card);
}

bool sink_sdl_owns(uint32_t device)
{
    return device != 0 && place_of(device) != NULL;
}

/* The default one, as SDL tells it; else the driver's. */
static void look_up_output(char *name, size_t room)
{
    char *found = NULL;
#if SDL_VERSION_ATLEAST(2, 24, 0)
    SDL_AudioSpec spec;
    if (SDL_WasInit(SDL_INIT_AUDIO) && SDL_GetDefaultAudioInfo(&found, &spec, 0) != 0)
        found = NULL;
#endif
    const char *driver = SDL_GetCurrentAudioDriver();
    SDL_snprintf(name, room, "%s", found && *found ? found : driver ? driver : "");
    SDL_free(found);
    str_end_whole(name, room);
}

/* While it rests, or is being opened, what it was. */
static void sdl_output(char *name, size_t room)
{
    static char last[256];
    if (pthread_mutex_trylock(&lock) == 0) {
        if (!is_resting)
            look_up_output(last, sizeof last);
        pthread_mutex_unlock(&lock);
    }
    SDL_snprintf(name, room, "%s", last);
    str_end_whole(name, room);
}

void sink_sdl_end(void)
{
    if (SDL_WasInit(SDL_INIT_AUDIO))
        SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

const struct vb_sink sink_sdl = {
    .name = "sdl",
    .open = sdl_open,
    .latency = sdl_latency,
    .pause = sdl_pause,
    .rest_ms = REST_MS,
    .close = sdl_close,
    .gone = sdl_gone,
    .output = sdl_output,
};
