/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The player: orders from the interface, a thread that decodes, and what is heard now.
 *
 * An order that moves (a seek) begins a new epoch.  The newest order is the only one; the
 * decoder may never see those before it.  The card drops frames of other epochs, and until it
 * has handed over the first of the new one, the order's target is the position: so a jump is
 * seen at once, and nothing of the past after it. */
#include "audio/player_parts.h"

#include <stdlib.h>
#include <time.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

enum { LEAVE_MS = 200 }; /* closing waits so long for a decoder that waits for a disk */
#define LOUDEST 2.0F

int64_t player_monotonic(void *ctx)
{
    (void)ctx;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

struct timespec player_in(int ms)
{
    int64_t until = player_monotonic(NULL) + ms * INT64_C(1000000);
    return (struct timespec){.tv_sec = until / 1000000000, .tv_nsec = until % 1000000000};
}

void player_tell(void *context)
{
    struct vb_player *p = context;
    pthread_mutex_lock(&p->lock); /* once it is closed nobody is told */
    if (p->notify)
        p->notify(p->notify_ctx);
    pthread_mutex_unlock(&p->lock);
}

/* --- opening -------------------------------------------------------------- */

static bool try_sink(struct vb_player *p, const struct vb_sink *sink, struct vb_error *error)
{
    p->sink = sink;
    p->opened_sink =
        sink->open(p->source->rate, p->source->channels, card_pull, &p->card, error);
    p->sink_does = SINK_IS_READY;
    return p->opened_sink;
}

/* The silent clock stands in for a card that is not there. False: it does. */
static bool open_sink(struct vb_player *p, const struct vb_sink *sink, struct vb_error *error)
{
    if (try_sink(p, sink ? sink : &vb_sink_null, error))
        return true;
    try_sink(p, &vb_sink_null, NULL);
    return false;
}

/* Under lock, unless the decoder is gone. */
static void close_sink(struct vb_player *p)
{
    while (p->sink_is_held)
        pthread_cond_wait(&p->news, &p->lock);
    if (p->opened_sink)
        p->sink->close(p->opened_sink);
    p->opened_sink = NULL;
}

void player_free(struct vb_player *p)
{
    close_sink(p);
    player_decode_free(p);
    source_close(p->source);
    card_free(&p->card);
    pthread_cond_destroy(&p->news);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

static struct vb_player *new_player(void)
{
    struct vb_player *p = mem_new(sizeof *p);
    pthread_mutex_init(&p->lock, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&p->news, &attributes);
    pthread_condattr_destroy(&attributes);
    p->manner = p->order.manner = (struct manner){.speed = 1};
    p->order.until = p->order.back = UINT64_MAX;
    p->until = VB_NO_TIME;
    atomic_init(&p->answered, UINT32_MAX);
    return p;
}

struct vb_player *vb_player_prepare(const char *path, struct vb_error *error)
{
    struct vb_player *p = new_player();
    p->source = source_open(path, (struct source_news){player_tell, p}, error);
    bool exact;
    if (p->source && source_length(p->source, &exact) == 0 && exact) {
        err_set(error, VB_BAD_FORMAT, _("it holds no sound at all: its length is zero"));
        err_wrap(error, "%s", path);
    } else if (p->source) {
        return p;
    }
    player_free(p);
    return NULL;
}

/* Under lock, as it may have news already. */
static void listen_to(struct vb_player *p, void (*notify)(void *), void *ctx)
{
    pthread_mutex_lock(&p->lock);
    p->notify_ctx = ctx;
    p->notify = notify;
    pthread_mutex_unlock(&p->lock);
}

static bool start_at(struct vb_player *p, const struct vb_sink *sink, struct player_time time,
                     struct vb_error *error)
{
    p->time = time;
    card_init(&p->card, p->source->rate, p->source->channels, time.now, time.ctx);
    player_decode_init(p);
    open_sink(p, sink, NULL);
    if (!p->opened_sink)
        return err_set(error, VB_DEVICE, _("there is no sound card and no clock to play by"));
    p->has_decoder = pthread_create(&p->decoder, NULL, player_decode, p) == 0;
    return p->has_decoder || err_set(error, VB_DEVICE, _("the system allows no more threads"));
}

bool vb_player_start(struct vb_player *p, const struct vb_sink *sink, void (*notify)(void *),
                     void *ctx, struct vb_error *error)
{
    listen_to(p, notify, ctx);
    if (start_at(p, sink, (struct player_time){player_monotonic, NULL}, error))
        return true;
    player_free(p);
    return false;
}

struct vb_player *player_open_at(const char *path, const struct vb_sink *sink,
                                 struct player_time time, void (*notify)(void *), void *ctx,
                                 struct vb_error *error)
{
    struct vb_player *p = vb_player_prepare(path, error);
    if (!p)
        return NULL;
    listen_to(p, notify, ctx);
    if (start_at(p, sink, time, error))
        return p;
    err_wrap(error, "%s", path);
    player_free(p);
    return NULL;
}

struct vb_player *vb_player_open(const char *path, const struct vb_sink *sink,
                                 void (*notify)(void *ctx), void *ctx, struct vb_error *error)
{
    struct player_time time = {player_monotonic, NULL};
    return player_open_at(path, sink, time, notify, ctx, error);
}

/* A decoder that waits for a disk, or for a scan that does, answers later or never: then it is
 * left to free everything by itself. */
static bool wait_for_decoder(struct vb_player *p)
{
    struct timespec until = player_in(LEAVE_MS);
    pthread_mutex_lock(&p->lock);
    p->order.quit = true;
    p->notify = NULL;
    pthread_cond_broadcast(&p->news);
    while (!p->is_out && pthread_cond_timedwait(&p->news, &p->lock, &until) == 0)
        ;
    bool is_out = p->is_out;
    if (!is_out)
        close_sink(p);
    p->is_left = !is_out;
    pthread_mutex_unlock(&p->lock);
    return is_out;
}

void vb_player_close(struct vb_player *p)
{
    if (!p)
        return;
    pthread_t decoder = p->decoder;
    if (p->has_decoder && !wait_for_decoder(p)) {
        pthread_detach(decoder);
        return;
    }
    if (p->has_decoder)
        pthread_join(decoder, NULL);
    player_free(p);
}

/* --- orders --------------------------------------------------------------- */

static void post(struct vb_player *p)
{
    pthread_mutex_lock(&p->lock);
    p->order.playing = p->phase == VB_PLAYING;
    p->order.manner = p->manner;
    atomic_store(&p->is_full, false);
    pthread_cond_signal(&p->news);
    pthread_mutex_unlock(&p->lock);
}

static void set_phase(struct vb_player *p, enum vb_phase phase)
{
    p->phase = phase;
    atomic_store(&p->card.paused, phase != VB_PLAYING);
    post(p);
}

/* To another place, the span staying what it is. */
static void move(struct vb_player *p, vb_time to)
{
    bool exact;
    int rate = p->source->rate;
    uint64_t length = source_length(p->source, &exact);
    uint64_t frame = frames_of_time(to, rate);
    if (exact && frame > length)
        frame = length;
    bool is_span = p->until != VB_NO_TIME;
    p->position = time_of_frames(frame, rate);
    p->was_heard = p->may_rewind = false;
    pthread_mutex_lock(&p->lock);
    p->order.epoch++;
    p->order.frame = frame;
    p->order.until = is_span ? frames_of_time(p->until, rate) : UINT64_MAX;
    p->order.back = is_span && p->again ? frames_of_time(p->from, rate) : UINT64_MAX;
    p->trouble.code = VB_OK;
    /* Before the decoder can act on the order: the card must not take the new for the old. */
    atomic_store_explicit(&p->card.wanted, p->order.epoch, memory_order_release);
    pthread_mutex_unlock(&p->lock);
}

static void seek(struct vb_player *p, vb_time to)
{
    p->until = VB_NO_TIME;
    move(p, to);
}

void vb_player_play(struct vb_player *p)
{
    struct vb_player_state now = vb_player_now(p);
    if (now.phase == VB_ENDED)
        seek(p, 0);
    if (now.phase == VB_FAILED)
        move(p, now.position);
    if (now.phase == VB_PAUSED && p->may_rewind && p->rewind && p->until == VB_NO_TIME)
        move(p, now.position - p->rewind);
    p->goes_on = p->may_rewind = false;
    set_phase(p, VB_PLAYING);
}

void vb_player_pause(struct vb_player *p)
{
    p->goes_on = false;
    if (vb_player_now(p).phase != VB_PLAYING)
        return;
    p->may_rewind = true;
    set_phase(p, VB_PAUSED);
}

void vb_player_seek(struct vb_player *p, vb_time to)
{
    enum vb_phase phase = vb_player_now(p).phase;
    seek(p, to);
    set_phase(p, phase == VB_PLAYING ? VB_PLAYING : VB_PAUSED);
}

void vb_player_play_span(struct vb_player *p, vb_time from, vb_time to, bool again)
{
    p->from = from > 0 ? from : 0;
    vb_time shortest = p->from + VB_SECOND / 2;
    p->until = to > shortest ? to : shortest;
    p->again = again;
    p->goes_on = false;
    move(p, p->from);
    set_phase(p, VB_PLAYING);
}

void vb_player_set_speed(struct vb_player *p, float speed)
{
    bool is_number = speed == speed;
    float bounded = !is_number                ? 1
                    : speed < STRETCH_SLOWEST ? (float)STRETCH_SLOWEST
                    : speed > STRETCH_FASTEST ? (float)STRETCH_FASTEST
                                              : speed;
    p->manner.speed = bounded;
    post(p);
}

/* The decoder minds the sink, too; the card itself needs no lock. */
static bool replace_sink(struct vb_player *p, const struct vb_sink *sink,
                         struct vb_error *error)
{
    pthread_mutex_lock(&p->lock);
    close_sink(p);
    card_restart(&p->card);
    bool opened = open_sink(p, sink, error);
    pthread_mutex_unlock(&p->lock);
    return opened;
}

/* The silent clock runs on until a card can be had: who looks for one disturbs nothing. */
static bool relieve_silence(struct vb_player *p, const struct vb_sink *sink,
                            struct vb_error *error)
{
    void *opened = sink->open(p->source->rate, p->source->channels, card_pull, &p->card, error);
    if (!opened)
        return false;
    pthread_mutex_lock(&p->lock);
    close_sink(p);
    card_restart(&p->card);
    p->sink = sink;
    p->opened_sink = opened;
    p->sink_does = SINK_IS_READY;
    pthread_mutex_unlock(&p->lock);
    return true;
}

void vb_player_lose_sink(struct vb_player *p)
{
    struct vb_player_state now = vb_player_now(p);
    if (p->is_lost)
        return;
    replace_sink(p, &vb_sink_null, NULL);
    p->is_lost = true;
    if (now.phase != VB_PLAYING) {
        post(p);
        return;
    }
    move(p, now.position); /* what the card took with it is heard again */
    set_phase(p, VB_PAUSED);
    p->goes_on = p->may_rewind = true;
}

bool vb_player_change_sink(struct vb_player *p, const struct vb_sink *sink,
                           struct vb_error *error)
{
    bool opened = true;
    struct vb_player_state now = vb_player_now(p);
    if (now.silent && sink && sink != &vb_sink_null) {
        if (!relieve_silence(p, sink, error))
            return false;
    } else if (!replace_sink(p, sink, error)) {
        opened = false;
    }
    p->is_lost &= !opened;
    if (now.phase == VB_PLAYING)
        move(p, now.position);
    if (opened && p->goes_on)
        vb_player_play(p);
    else
        post(p);
    return opened;
}

void vb_player_set_delay(struct vb_player *p, vb_time delay)
{
    p->delay = delay;
}

void vb_player_set_voice_up(struct vb_player *p, bool on)
{
    p->manner.voice_up = on;
    post(p);
}

void vb_player_set_skip_silences(struct vb_player *p, bool on)
{
    p->manner.skip_silences = on;
    post(p);
}

void vb_player_set_volume(struct vb_player *p, float volume)
{
    float bounded = volume > LOUDEST ? LOUDEST : volume >= 0 ? volume : 0;
    atomic_store(&p->card.volume, bounded);
}

void vb_player_set_sides(struct vb_player *p, enum vb_sides sides)
{
    atomic_store(&p->card.sides, (int)sides);
}

void vb_player_set_rewind(struct vb_player *p, vb_time rewind)
{
    p->rewind = rewind < 0 ? 0 : rewind > 10 * VB_SECOND ? 10 * VB_SECOND : rewind;
}

/* --- what is heard -------------------------------------------------------- */

/* The end of what was ordered was heard: that of a span, or of the sound. */
static void stop_at_end(struct vb_player *p)
{
    pthread_mutex_lock(&p->lock);
    p->failure = p->trouble;
    pthread_mutex_unlock(&p->lock);
    if (p->failure.code != VB_OK) {
        set_phase(p, VB_FAILED);
        return;
    }
    if (p->until == VB_NO_TIME || p->position < p->until) {
        set_phase(p, VB_ENDED);
        return;
    }
    seek(p, p->until);
    set_phase(p, VB_PAUSED);
}

static bool is_gone(const struct vb_player *p)
{
    return p->opened_sink && p->sink->gone && p->sink->gone(p->opened_sink);
}

/* Looks at the clock; true: something of the last order was heard. */
static bool listen(struct vb_player *p)
{
    struct heard heard;
    vb_time latency = p->opened_sink ? p->sink->latency(p->opened_sink) : 0;
    int64_t delay = (latency + p->delay) * 1000;
    int64_t at = p->time.now(p->time.ctx) - delay;
    if (!clock_heard(&p->card.clock, p->order.epoch, at, &heard))
        return false;
    vb_time position = time_of_frames((uint64_t)heard.frame, p->source->rate);
    /* The card's delay is an estimate that may change: no step back for that.  A long step is a
     * span that begins again. */
    vb_time back = p->position - position;
    if (back < 0 || back > VB_SECOND / 4 || !p->was_heard)
        p->position = position;
    p->was_heard = true;
    if (heard.ended && p->phase == VB_PLAYING)
        stop_at_end(p);
    return true;
}

struct vb_player_state vb_player_now(struct vb_player *p)
{
    bool is_new = listen(p);
    bool exact;
    uint64_t length = source_length(p->source, &exact);
    bool answered = atomic_load(&p->answered) == p->order.epoch;
    return (struct vb_player_state){
        .phase = p->phase,
        .position = p->position,
        .duration =
            length == SOURCE_UNKNOWN ? VB_NO_TIME : time_of_frames(length, p->source->rate),
        .duration_exact = exact,
        .seeking = !is_new && (p->phase == VB_PLAYING || !answered),
        .waiting = p->phase == VB_PLAYING && atomic_load(&p->card.is_starved),
        .silent = p->sink == &vb_sink_null,
        .lost = p->is_lost,
        .gone = is_gone(p),
        .speed = p->manner.speed,
        .volume = atomic_load(&p->card.volume),
        .underruns = atomic_load(&p->card.underruns),
        .failure = p->phase == VB_FAILED ? p->failure.text : NULL,
    };
}

void player_fill(struct vb_player *p)
{
    struct timespec moment = {.tv_nsec = 50000};
    pthread_mutex_lock(&p->lock);
    atomic_store(&p->is_full, false);
    p->poked = true;
    pthread_cond_signal(&p->news);
    pthread_mutex_unlock(&p->lock);
    while (!atomic_load(&p->is_full))
        nanosleep(&moment, NULL);
}
