/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The player: orders from the interface, a thread that decodes, and what is heard now.
 *
 * An order that moves (a seek) begins a new epoch.  The newest order is the only one; the
 * decoder may never see those before it.  The card drops frames of other epochs, and until it
 * has handed over the first of the new one, the order's target is the position: so a jump is
 * seen at once, and nothing of the past after it. */
#include "audio/player.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "audio/card.h"
#include "audio/source.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

enum {
    CHUNK = 1024,   /* frames decoded between two looks at the orders */
    RESERVE = 4096, /* frames of ring kept for the start of the next epoch, so that it need not
                     * wait for the card to drop what is old */
    IDLE_MS = 3000, /* after that long a pause the sink may sleep */
    SCAN_POLL_MS = 5,  /* while a seek waits for a part of the file to be known */
    STALE_POLL_MS = 2, /* while the card has yet to drop what is old */
    FOREVER = -1,
};

struct order {
    uint32_t epoch;
    uint64_t frame; /* where the epoch begins */
    bool playing, quit;
};

struct vb_player {
    /* never changes after open */
    struct source *source;
    const struct vb_sink *sink;
    void *opened_sink;
    bool silent;
    struct player_time time;
    void (*notify)(void *ctx);
    void *notify_ctx;
    pthread_t decoder;

    struct card card; /* the card's side, with the atomics between it and us */

    /* under lock: what the interface wants next */
    pthread_mutex_t lock;
    pthread_cond_t news;
    struct order order;
    bool poked; /* look at the ring again now */

    /* atomic: the decoder writes, the interface reads */
    atomic_uint answered; /* the epoch whose first frames are decoded */
    atomic_bool is_full;  /* … and the ring is full, or all there is is in it */

    /* decoding thread only */
    struct decoding {
        uint32_t epoch;
        uint64_t position; /* of the source */
        uint64_t written;  /* frames in this epoch */
        bool pending;      /* the seek waits for the scan */
        bool begun;        /* its first frames are in the ring */
        bool finished;     /* its last frame is */
        bool told_end;
        bool sink_runs;
        int64_t idle_since; /* ns; INT64_MAX: not idle */
        float frames[CHUNK * 2];
    } d;

    /* interface thread only */
    enum vb_phase phase;
    vb_time target;   /* of the last order */
    vb_time position; /* last told */
    bool was_heard;   /* something of this epoch was */
};

static int64_t monotonic(void *ctx)
{
    (void)ctx;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static void tell(void *context)
{
    struct vb_player *p = context;
    if (p->notify)
        p->notify(p->notify_ctx);
}

/* --- decoding thread ------------------------------------------------------ */

static bool can_write(struct vb_player *p)
{
    size_t room = CHUNK + (p->d.written < RESERVE ? 0 : RESERVE);
    return !p->d.finished && ring_room(&p->card.ring) >= room &&
           ring_has_mark_room(&p->card.ring);
}

static bool is_over(struct vb_player *p)
{
    return p->d.finished && ring_room(&p->card.ring) == RING_FRAMES;
}

static void set_sink(struct vb_player *p, bool runs)
{
    if (p->d.sink_runs == runs)
        return;
    p->d.sink_runs = runs;
    p->sink->pause(p->opened_sink, !runs);
}

/* Milliseconds that the decoder may sleep; 0: there is work. */
static int time_to_sleep(struct vb_player *p, const struct order *order)
{
    struct decoding *d = &p->d;
    if (order->quit || order->epoch != d->epoch)
        return 0;
    if (d->pending)
        return SCAN_POLL_MS;
    if (can_write(p))
        return 0;
    atomic_store(&p->is_full, true);
    if (order->playing && !is_over(p))
        return d->begun ? (int)(RING_FRAMES / 2 * 1000 / (unsigned)p->source->rate)
                        : STALE_POLL_MS;
    if (!d->sink_runs)
        return FOREVER;
    if (d->idle_since == INT64_MAX)
        return 1; /* it became idle just now */
    int64_t left = IDLE_MS - (monotonic(NULL) - d->idle_since) / 1000000;
    return left > 0 ? (int)left : 1;
}

static void sleep_for(struct vb_player *p, int ms)
{
    if (ms == FOREVER) {
        pthread_cond_wait(&p->news, &p->lock);
        return;
    }
    int64_t until = monotonic(NULL) + ms * INT64_C(1000000);
    struct timespec time = {.tv_sec = until / 1000000000, .tv_nsec = until % 1000000000};
    pthread_cond_timedwait(&p->news, &p->lock, &time);
}

/* The sink runs while there is something to hear, and a little longer. */
static void mind_the_sink(struct vb_player *p, const struct order *order)
{
    struct decoding *d = &p->d;
    bool is_idle = !order->playing || is_over(p);
    if (is_idle && d->idle_since == INT64_MAX)
        d->idle_since = monotonic(NULL);
    if (!is_idle) {
        d->idle_since = INT64_MAX;
        set_sink(p, true);
    } else if (monotonic(NULL) - d->idle_since >= IDLE_MS * INT64_C(1000000)) {
        set_sink(p, false);
    }
    if (is_over(p) && !d->told_end) {
        d->told_end = true;
        tell(p);
    }
}

/* Sleeps until there is work; the order as it is then. */
static struct order next_order(struct vb_player *p)
{
    pthread_mutex_lock(&p->lock);
    int ms = time_to_sleep(p, &p->order);
    if (ms != 0 && !p->poked)
        sleep_for(p, ms);
    p->poked = false;
    struct order order = p->order;
    pthread_mutex_unlock(&p->lock);
    return order;
}

static void begin_epoch(struct vb_player *p, const struct order *order)
{
    struct decoding *d = &p->d;
    d->epoch = order->epoch;
    d->position = order->frame;
    d->written = 0;
    d->pending = true;
    d->begun = d->finished = d->told_end = false;
}

static void answer(struct vb_player *p)
{
    if (atomic_exchange(&p->answered, p->d.epoch) != p->d.epoch)
        tell(p);
}

static void mark(struct vb_player *p, bool end)
{
    ring_put_mark(&p->card.ring, (struct ring_mark){.at = ring_head(&p->card.ring),
                                                    .from = (double)p->d.position,
                                                    .speed = 1,
                                                    .epoch = p->d.epoch,
                                                    .end = end});
}

/* Decodes one chunk into the ring. */
static void write_chunk(struct vb_player *p)
{
    struct decoding *d = &p->d;
    size_t got = source_read(p->source, d->frames, CHUNK);
    if (got && !d->begun)
        mark(p, false);
    ring_write(&p->card.ring, d->frames, got);
    d->begun |= got > 0;
    d->position += got;
    d->written += got;
    if (got < CHUNK && ring_has_mark_room(&p->card.ring)) {
        mark(p, true);
        d->begun = d->finished = true;
    }
}

static void decode_some(struct vb_player *p)
{
    struct decoding *d = &p->d;
    if (d->pending && source_ready(p->source, d->position)) {
        d->position = source_seek(p->source, d->position);
        d->pending = false;
    }
    if (d->pending)
        return;
    if (can_write(p))
        write_chunk(p);
    answer(p);
}

static void *decode_loop(void *context)
{
    struct vb_player *p = context;
    for (;;) {
        struct order order = next_order(p);
        if (order.quit)
            return NULL;
        if (order.epoch != p->d.epoch)
            begin_epoch(p, &order);
        decode_some(p);
        mind_the_sink(p, &order);
    }
}

/* --- opening -------------------------------------------------------------- */

/* The silent clock stands in for a card that is not there. */
static bool open_sink(struct vb_player *p, const struct vb_sink *sink, struct vb_error *error)
{
    p->sink = sink ? sink : &vb_sink_null;
    p->opened_sink =
        p->sink->open(p->source->rate, p->source->channels, card_pull, &p->card, NULL);
    if (!p->opened_sink && p->sink != &vb_sink_null) {
        p->sink = &vb_sink_null;
        p->opened_sink =
            p->sink->open(p->source->rate, p->source->channels, card_pull, &p->card, NULL);
    }
    p->silent = p->sink == &vb_sink_null;
    if (!p->opened_sink)
        return err_set(error, VB_DEVICE, _("there is no sound card and no clock to play by"));
    p->sink->pause(p->opened_sink, true);
    return true;
}

static void free_player(struct vb_player *p)
{
    if (p->opened_sink)
        p->sink->close(p->opened_sink);
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
    p->d.epoch = UINT32_MAX; /* so that the first order is a new one */
    p->d.idle_since = INT64_MAX;
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
    p->source = source_open(path, (struct source_news){tell, p}, error);
    if (!p->source) {
        free_player(p);
        return NULL;
    }
    card_init(&p->card, p->source->rate, p->source->channels, time.now, time.ctx);
    bool exact, opened = open_sink(p, sink, error);
    if (opened && source_length(p->source, &exact) == 0 && exact)
        opened =
            err_set(error, VB_BAD_FORMAT, _("it holds no sound at all: its length is zero"));
    if (opened && pthread_create(&p->decoder, NULL, decode_loop, p) != 0)
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
    struct player_time time = {monotonic, NULL};
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

static void seek(struct vb_player *p, vb_time to)
{
    bool exact;
    uint64_t length = source_length(p->source, &exact);
    uint64_t frame = frames_of_time(to, p->source->rate);
    if (exact && frame > length)
        frame = length;
    p->target = p->position = time_of_frames(frame, p->source->rate);
    p->was_heard = false;
    pthread_mutex_lock(&p->lock);
    p->order.epoch++;
    p->order.frame = frame;
    /* Before the decoder can act on the order: the card must not take the new for the old. */
    atomic_store_explicit(&p->card.wanted, p->order.epoch, memory_order_release);
    pthread_mutex_unlock(&p->lock);
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

void vb_player_set_volume(struct vb_player *p, float volume)
{
    float bounded = volume > 1 ? 1 : volume >= 0 ? volume : 0;
    atomic_store(&p->card.volume, bounded);
}

/* --- what is heard -------------------------------------------------------- */

/* Looks at the clock; true: something of the last order was heard. */
static bool listen(struct vb_player *p)
{
    struct heard heard;
    int64_t delay = p->sink->latency(p->opened_sink) * 1000;
    int64_t at = p->time.now(p->time.ctx) - delay;
    if (!clock_heard(&p->card.clock, p->order.epoch, at, &heard))
        return false;
    vb_time position = time_of_frames((uint64_t)heard.frame, p->source->rate);
    /* The card's delay is an estimate that may change: no step back for that. */
    if (position > p->position || !p->was_heard)
        p->position = position;
    p->was_heard = true;
    if (heard.ended && p->phase == VB_PLAYING)
        set_phase(p, VB_ENDED);
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
        .silent = p->silent,
        .speed = 1,
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
