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

int64_t player_monotonic(void *ctx)
{
    (void)ctx;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

void player_tell(void *context)
{
    struct vb_player *p = context;
    if (p->notify)
        p->notify(p->notify_ctx);
}

/* --- opening -------------------------------------------------------------- */

static bool try_sink(struct vb_player *p, const struct vb_sink *sink, struct vb_error *error)
{
    p->sink = sink;
    p->opened_sink =
        sink->open(p->source->rate, p->source->channels, card_pull, &p->card, error);
    p->sink_runs = false;
    if (p->opened_sink)
        sink->pause(p->opened_sink, true);
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

static void close_sink(struct vb_player *p)
{
    if (p->opened_sink)
        p->sink->close(p->opened_sink);
    p->opened_sink = NULL;
}

static void free_player(struct vb_player *p)
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
    p->order.until = UINT64_MAX;
    p->until = VB_NO_TIME;
    atomic_init(&p->answered, UINT32_MAX);
    return p;
}

struct vb_player *player_open_at(const char *path, const struct vb_sink *sink,
                                 struct player_time time, void (*notify)(void *), void *ctx,
                                 struct vb_error *error)
{
    struct vb_player *p = new_player();
    p->time = time;
    p->notify = notify;
    p->notify_ctx = ctx;
    p->source = source_open(path, (struct source_news){player_tell, p}, error);
    if (!p->source) {
        free_player(p);
        return NULL;
    }
    card_init(&p->card, p->source->rate, p->source->channels, time.now, time.ctx);
    player_decode_init(p);
    open_sink(p, sink, NULL);
    bool exact, opened = p->opened_sink;
    if (!opened)
        err_set(error, VB_DEVICE, _("there is no sound card and no clock to play by"));
    if (opened && source_length(p->source, &exact) == 0 && exact)
        opened =
            err_set(error, VB_BAD_FORMAT, _("it holds no sound at all: its length is zero"));
    if (opened && pthread_create(&p->decoder, NULL, player_decode, p) != 0)
        opened = err_set(error, VB_DEVICE, _("the system allows no more threads"));
    if (opened)
        return p;
    err_wrap(error, "%s", path);
    free_player(p);
    return NULL;
}

struct vb_player *vb_player_open(const char *path, const struct vb_sink *sink,
                                 void (*notify)(void *), void *ctx, struct vb_error *error)
{
    struct player_time time = {player_monotonic, NULL};
    return player_open_at(path, sink, time, notify, ctx, error);
}

void vb_player_close(struct vb_player *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->order.quit = true;
    pthread_cond_signal(&p->news);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->decoder, NULL);
    free_player(p);
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

static void seek_span(struct vb_player *p, vb_time to, vb_time until, bool again)
{
    bool exact;
    uint64_t length = source_length(p->source, &exact);
    uint64_t frame = frames_of_time(to, p->source->rate);
    if (exact && frame > length)
        frame = length;
    p->position = time_of_frames(frame, p->source->rate);
    p->was_heard = false;
    p->until = until;
    pthread_mutex_lock(&p->lock);
    p->order.epoch++;
    p->order.frame = frame;
    p->order.until = until == VB_NO_TIME ? UINT64_MAX : frames_of_time(until, p->source->rate);
    p->order.again = again;
    /* Before the decoder can act on the order: the card must not take the new for the old. */
    atomic_store_explicit(&p->card.wanted, p->order.epoch, memory_order_release);
    pthread_mutex_unlock(&p->lock);
}

static void seek(struct vb_player *p, vb_time to)
{
    seek_span(p, to, VB_NO_TIME, false);
}

void vb_player_play(struct vb_player *p)
{
    if (vb_player_now(p).phase == VB_ENDED)
        seek(p, 0);
    set_phase(p, VB_PLAYING);
}

void vb_player_pause(struct vb_player *p)
{
    if (vb_player_now(p).phase == VB_PLAYING)
        set_phase(p, VB_PAUSED);
}

void vb_player_seek(struct vb_player *p, vb_time to)
{
    bool was_over = vb_player_now(p).phase == VB_ENDED;
    seek(p, to);
    set_phase(p, was_over ? VB_PAUSED : p->phase);
}

void vb_player_play_span(struct vb_player *p, vb_time from, vb_time to, bool again)
{
    from = from > 0 ? from : 0;
    vb_time shortest = from + VB_SECOND / 2;
    seek_span(p, from, to > shortest ? to : shortest, again);
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

bool vb_player_change_sink(struct vb_player *p, const struct vb_sink *sink,
                           struct vb_error *error)
{
    pthread_mutex_lock(&p->lock); /* the decoder minds the sink; the card needs no lock */
    close_sink(p);
    bool opened = open_sink(p, sink, error);
    pthread_mutex_unlock(&p->lock);
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

void vb_player_set_volume(struct vb_player *p, float volume)
{
    float bounded = volume > 1 ? 1 : volume >= 0 ? volume : 0;
    atomic_store(&p->card.volume, bounded);
}

/* --- what is heard -------------------------------------------------------- */

/* The end of what was ordered was heard: that of a span, or of the sound. */
static void stop_at_end(struct vb_player *p)
{
    if (p->until == VB_NO_TIME || p->position < p->until) {
        set_phase(p, VB_ENDED);
        return;
    }
    seek(p, p->until);
    set_phase(p, VB_PAUSED);
}

/* Looks at the clock; true: something of the last order was heard. */
static bool listen(struct vb_player *p)
{
    struct heard heard;
    int64_t delay = (p->sink->latency(p->opened_sink) + p->delay) * 1000;
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
        .silent = p->sink == &vb_sink_null,
        .speed = p->manner.speed,
        .volume = atomic_load(&p->card.volume),
        .underruns = atomic_load(&p->card.underruns),
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
