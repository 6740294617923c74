/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound card, by SDL.
 *
 * Opened at the file's own rate and with no changes allowed: what the card can't do SDL or the
 * sound server converts, better than two conversions in a row.  The callback runs on the card's
 * thread; nothing here is called from a frame of the window but pause, and that is rare.  Once
 * begun, SDL's sound part stays up, so that it tells of devices that come. */
#include "sdl/sink_sdl.h"

#include <fcntl.h>
#include <SDL.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

enum {
    PERIOD = 1024, /* frames a callback; SDL's own choice is four times that at 48 kHz */
    LATELY_MS = 4000,
    CARDS = 4, /* open at once: the recording, and the clicks that are tapped along with */
};

/* The devices that are ours, for telling which one was taken away; the interface's thread. */
static SDL_AudioDeviceID ours[CARDS];
static bool was_taken_away; /* one of them: SDL may have lost the sound server, unknowing */

struct sdl_card {
    SDL_AudioDeviceID device;
    void (*pull)(void *ctx, float *out, int frames);
    void *ctx;
    int channels;
    vb_time latency;
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
    if (SDL_WasInit(SDL_INIT_AUDIO))
        return true;
    SDL_SetHint(SDL_HINT_APP_NAME, "Verbatim");
    return SDL_InitSubSystem(SDL_INIT_AUDIO) == 0 ||
           err_set(error, VB_DEVICE, "%s", SDL_GetError());
}

static SDL_AudioDeviceID *place_of(SDL_AudioDeviceID device)
{
    for (size_t i = 0; i < CARDS; i++)
        if (ours[i] == device)
            return &ours[i];
    return NULL;
}

/* Not while another device of ours is open, and not twice in a moment for no new reason: SDL
 * then tells of all devices as of new ones, and we would try again for each. */
static bool may_begin_anew(void)
{
    static const SDL_AudioDeviceID none[CARDS];
    static Uint64 begun_anew;
    Uint64 now = SDL_GetTicks64();
    bool lately = begun_anew && now - begun_anew < LATELY_MS && !was_taken_away;
    if (lately || SDL_memcmp(ours, none, sizeof ours) != 0)
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

static void *open_card(int rate, int channels, void (*pull)(void *, float *, int), void *ctx,
                       struct vb_error *error)
{
    if (!start_audio(error))
        return NULL;
    struct sdl_card *card = mem_new(sizeof *card);
    *card = (struct sdl_card){.pull = pull, .ctx = ctx, .channels = channels};
    SDL_AudioSpec wanted = {.freq = rate,
                            .format = AUDIO_F32SYS,
                            .channels = (Uint8)channels,
                            .samples = PERIOD,
                            .callback = fill,
                            .userdata = card};
    SDL_AudioSpec got;
    SDL_AudioDeviceID *place = place_of(0);
    card->device = place ? open_device(&wanted, &got) : 0;
    if (card->device) {
        *place = card->device;
        card->latency = (vb_time)got.samples * VB_SECOND / rate;
        return card;
    }
    err_set(error, VB_DEVICE, _("the sound card can't be opened: %s"), SDL_GetError());
    free(card);
    return NULL;
}

static void *sdl_open(int rate, int channels, void (*pull)(void *, float *, int), void *ctx,
                      struct vb_error *error)
{
    int kept = keep_quiet();
    void *card = open_card(rate, channels, pull, ctx, error);
    let_talk(kept);
    return card;
}

/* What was pulled is heard one period later, as measured on PulseAudio and PipeWire. */
static vb_time sdl_latency(void *opened)
{
    return ((const struct sdl_card *)opened)->latency;
}

static void sdl_pause(void *opened, bool paused)
{
    SDL_PauseAudioDevice(((const struct sdl_card *)opened)->device, paused);
}

/* SDL also says so in an event, which needs a window's loop. */
static bool sdl_gone(void *opened)
{
    const struct sdl_card *card = opened;
    return SDL_GetAudioDeviceStatus(card->device) == SDL_AUDIO_STOPPED;
}

static void sdl_close(void *opened)
{
    struct sdl_card *card = opened;
    was_taken_away = was_taken_away || sdl_gone(card);
    SDL_AudioDeviceID *place = place_of(card->device);
    if (place)
        *place = 0;
    SDL_CloseAudioDevice(card->device);
    free(card);
}

bool sink_sdl_owns(uint32_t device)
{
    return device != 0 && place_of(device) != NULL;
}

/* The default one, as SDL tells it; else the driver's. */
static void sdl_output(char *name, size_t room)
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
    .close = sdl_close,
    .gone = sdl_gone,
    .output = sdl_output,
};
