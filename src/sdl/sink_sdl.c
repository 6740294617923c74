/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound card, by SDL.
 *
 * Opened at the file's own rate and with no changes allowed: what the card can't do SDL or the
 * sound server converts, better than two conversions in a row.  The callback runs on the card's
 * thread; nothing here is called from a frame of the window but pause, and that is rare. */
#include "sdl/sink_sdl.h"

#include <fcntl.h>
#include <SDL.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

enum { PERIOD = 1024 }; /* frames a callback; SDL's own choice is four times that at 48 kHz */

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

static void *open_card(int rate, int channels, void (*pull)(void *, float *, int), void *ctx,
                       struct vb_error *error)
{
    SDL_SetHint(SDL_HINT_APP_NAME, "Verbatim");
    if (SDL_InitSubSystem(SDL_INIT_AUDIO)) {
        err_set(error, VB_DEVICE, "%s", SDL_GetError());
        return NULL;
    }
    struct sdl_card *card = mem_new(sizeof *card);
    *card = (struct sdl_card){.pull = pull, .ctx = ctx, .channels = channels};
    SDL_AudioSpec wanted = {.freq = rate,
                            .format = AUDIO_F32SYS,
                            .channels = (Uint8)channels,
                            .samples = PERIOD,
                            .callback = fill,
                            .userdata = card};
    SDL_AudioSpec got;
    card->device = SDL_OpenAudioDevice(NULL, 0, &wanted, &got, 0);
    if (card->device) {
        card->latency = (vb_time)got.samples * VB_SECOND / rate;
        return card;
    }
    err_set(error, VB_DEVICE, _("the sound card can't be opened: %s"), SDL_GetError());
    free(card);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
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

static void sdl_close(void *opened)
{
    struct sdl_card *card = opened;
    SDL_CloseAudioDevice(card->device);
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
    free(card);
}

const struct vb_sink sink_sdl = {"sdl", sdl_open, sdl_latency, sdl_pause, sdl_close};
