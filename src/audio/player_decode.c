/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The player's decoding thread: fills the ring as the newest order wants it, and sleeps.
 *
 * A change of speed is heard at once though the ring is full: the frames behind a seam a few
 * hundredths of a second ahead are decoded again at the new speed, and a mark tells the card to
 * go over to them there.  So sound and position go on without a jump. */
#include "audio/player_parts.h"

#include <stdlib.h>

#include "base/mem.h"

enum {
    CHUNK = 1024,   /* frames decoded between two looks at the orders */
    RESERVE = 4, /* of so many parts of the ring, one is kept for the start of the next epoch, so
                  * that it need not wait for the card to drop what is old */
    SEAM_MS = 50,   /* a new speed is heard so much later, at the earliest */
    REST_MS = 3000, /* after that long a pause the sink may rest, unless it says otherwise */
    SCAN_POLL_MS = 5,  /* while a seek waits for a part of the file to be known */
    STALE_POLL_MS = 2, /* while the card has yet to drop what is old */
    FOREVER = -1,
};

static bool can_write(struct vb_player *p)
{
    size_t reserve = p->card.ring.size / RESERVE;
    size_t room = p->d.room + (p->d.written < reserve ? 0 : reserve);
    return !p->d.finished && ring_room(&p->card.ring) >= room &&
           ring_has_mark_room(&p->card.ring, 2);
}

static bool is_over(struct vb_player *p)
{
    return p->d.finished && ring_room(&p->card.ring) == p->card.ring.size;
}

static bool is_same(struct manner a, struct manner b)
{
    return a.speed == b.speed && a.voice_up == b.voice_up && a.skip_silences == b.skip_silences;
}

/* It is to be played in another manner, and there is room for the first such frames.  While
 * paused that can wait. */
static bool wants_cut(struct vb_player *p, const struct order *order)
{
    return !is_same(order->manner, p->d.manner) && order->playing && !is_over(p) &&
           ring_room(&p->card.ring) >= p->d.room && ring_has_mark_room(&p->card.ring, 2);
}

/* Milliseconds until the sink, idle, may rest. Under lock. */
static int64_t time_to_rest(const struct vb_player *p)
{
    int64_t idle = (player_monotonic(NULL) - p->d.idle_since) / 1000000;
    return (p->sink->rest_ms ? p->sink->rest_ms : REST_MS) - idle;
}

/* Meanwhile the interface may give orders, but not another sink. */
static void pause_sink(struct vb_player *p, bool paused)
{
    p->sink_is_held = true;
    pthread_mutex_unlock(&p->lock);
    p->sink->pause(p->opened_sink, paused);
    pthread_mutex_lock(&p->lock);
    p->sink_is_held = false;
    pthread_cond_broadcast(&p->news);
}

static void set_sink(struct vb_player *p, bool is_idle)
{
    pthread_mutex_lock(&p->lock);
    enum sink_does before = p->sink_does;
    if (!is_idle)
        p->sink_does = SINK_RUNS;
    else if (time_to_rest(p) <= 0)
        p->sink_does = SINK_RESTS;
    if (p->sink_does != before && p->opened_sink)
        pause_sink(p, is_idle);
    pthread_mutex_unlock(&p->lock);
}

/* Milliseconds that the decoder may sleep; 0: there is work. */
static int time_to_sleep(struct vb_player *p, const struct order *order)
{
    struct decoding *d = &p->d;
    if (order->quit || order->epoch != d->epoch)
        return 0;
    if (d->pending)
        return SCAN_POLL_MS;
    if (can_write(p) || wants_cut(p, order))
        return 0;
    atomic_store(&p->is_full, true);
    if (order->playing && !is_over(p))
        return d->begun && is_same(order->manner, d->manner)
                   ? (int)(p->card.ring.size / 2 * 1000 / (unsigned)p->source->rate)
                   : STALE_POLL_MS;
    if (p->sink_does == SINK_RESTS)
        return FOREVER;
    if (d->idle_since == INT64_MAX)
        return 1; /* it became idle just now */
    int64_t left = time_to_rest(p);
    return left > 0 ? (int)left : 1;
}

static void sleep_for(struct vb_player *p, int ms)
{
    if (ms == FOREVER) {
        pthread_cond_wait(&p->news, &p->lock);
        return;
    }
    struct timespec until = player_in(ms);
    pthread_cond_timedwait(&p->news, &p->lock, &until);
}

/* The sink runs while there is something to hear, and a little longer. */
static void mind_the_sink(struct vb_player *p, const struct order *order)
{
    struct decoding *d = &p->d;
    bool is_idle = !order->playing || is_over(p);
    if (is_idle && d->idle_since == INT64_MAX)
        d->idle_since = player_monotonic(NULL);
    if (!is_idle)
        d->idle_since = INT64_MAX;
    set_sink(p, is_idle);
    if (is_over(p) && !d->told_end) {
        d->told_end = true;
        player_tell(p);
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
    d->target = order->frame;
    d->until = order->until;
    d->back = order->back;
    d->turned = false;
    d->manner = order->manner;
    silences_forget(&d->silences);
    voice_start(&d->voice, p->source->rate, p->source->channels);
    d->seam.cut = false;
    d->written = 0;
    d->pending = true;
    d->begun = d->finished = d->told_end = false;
}

static void answer(struct vb_player *p)
{
    if (atomic_exchange(&p->answered, p->d.epoch) != p->d.epoch)
        player_tell(p);
}

static void mark(struct vb_player *p, uint64_t from, enum ring_seam seam, bool end)
{
    struct decoding *d = &p->d;
    ring_put_mark(&p->card.ring, (struct ring_mark){.at = ring_head(&p->card.ring),
                                                    .from = from,
                                                    .epoch = d->epoch,
                                                    .seam = seam,
                                                    .end = end,
                                                    .cut = d->seam.cut,
                                                    .cut_at = d->seam.at});
    d->seam.cut = false;
    d->begun = true;
}

/* Untouched frames need no mark when they only go on. */
static void mark_hop(struct vb_player *p, const struct hop *hop, bool end)
{
    struct decoding *d = &p->d;
    bool goes_on = d->begun && !d->seam.cut && d->was_plain && hop->is_plain;
    if (!goes_on || end)
        mark(p, hop->from, hop->is_plain && !end ? SEAM_ANYWHERE : SEAM_HERE, end);
    d->was_plain = hop->is_plain;
}

/* From one frame to the next the sound would jump where a span begins again. */
static void fade(struct vb_player *p, size_t count, bool in)
{
    size_t channels = (size_t)p->source->channels, ramp = (size_t)p->source->rate / 160;
    ramp = ramp < count ? ramp : count;
    float *frame = p->d.frames + (in ? 0 : count - ramp) * channels;
    for (size_t i = 0; i < ramp; i++)
        for (size_t c = 0; c < channels; c++)
            *frame++ *= (float)(in ? i : ramp - 1 - i) / (float)ramp;
}

/* Goes over from a silence to where it ends; 0: not from here. */
static size_t leap(struct vb_player *p, struct hop *hop)
{
    struct decoding *d = &p->d;
    uint64_t at = stretch_at(d->stretch);
    if (!d->manner.skip_silences || !silences_may_leap(&d->silences, at, p->source->rate))
        return 0;
    uint64_t to = silences_leap(&d->silences, p->source, at, d->until);
    size_t got = to > at ? stretch_leap(d->stretch, p->source, to, d->frames, hop) : 0;
    if (!got)
        stretch_come_back(d->stretch, p->source);
    return got;
}

/* The next frames of the span; 0: it is over. */
static size_t next_frames(struct vb_player *p, struct hop *hop)
{
    struct decoding *d = &p->d;
    uint64_t at = stretch_at(d->stretch), left = d->until > at ? d->until - at : 0;
    size_t got = 0, room = d->room;
    if (d->manner.speed == 1 && left < room)
        room = (size_t)left;
    *hop = (struct hop){.from = d->until};
    if (left)
        got = leap(p, hop);
    if (left && !got)
        got = stretch_next(d->stretch, p->source, d->frames, room, hop);
    if (d->manner.skip_silences)
        silences_hear(&d->silences, d->frames, got, p->source);
    if (d->manner.voice_up)
        voice_up(&d->voice, d->frames, got);
    if (got && d->turned)
        fade(p, got, true);
    if (got && d->back != UINT64_MAX && stretch_at(d->stretch) >= d->until)
        fade(p, got, false);
    return got;
}

static void begin_again(struct vb_player *p)
{
    struct decoding *d = &p->d;
    stretch_start(d->stretch, source_seek(p->source, d->back));
    stretch_set_speed(d->stretch, d->manner.speed);
    silences_forget(&d->silences);
    d->turned = true;
    d->was_plain = false;
}

/* The sound ends: because it is over, or because the file can't be read? */
static bool note_trouble(struct vb_player *p)
{
    struct vb_error error;
    if (stretch_at(p->d.stretch) >= p->d.until || !source_trouble(p->source, &error))
        return false;
    pthread_mutex_lock(&p->lock);
    if (p->order.epoch == p->d.epoch)
        p->trouble = error;
    pthread_mutex_unlock(&p->lock);
    return true;
}

/* Decodes one chunk, or one hop of another speed, into the ring. */
static void write_chunk(struct vb_player *p)
{
    struct decoding *d = &p->d;
    struct hop hop;
    size_t got = next_frames(p, &hop);
    bool is_trouble = got == 0 && note_trouble(p);
    if (got == 0 && d->back != UINT64_MAX && d->begun && !d->turned && !is_trouble) {
        begin_again(p);
        return;
    }
    mark_hop(p, &hop, got == 0);
    ring_write(&p->card.ring, d->frames, hop.turn ? hop.turn : got);
    if (hop.turn) {
        mark(p, hop.then, SEAM_NONE, false);
        ring_write(&p->card.ring, d->frames + hop.turn * (size_t)p->source->channels,
                   got - hop.turn);
    }
    d->written += got;
    d->turned = false;
    d->finished = got == 0;
}

static void cut(struct vb_player *p, struct manner manner)
{
    struct decoding *d = &p->d;
    uint64_t ahead = (uint64_t)p->source->rate * SEAM_MS / 1000;
    d->manner = manner;
    silences_forget(&d->silences);
    if (!d->begun ||
        !ring_find_seam(&p->card.ring, ring_tail(&p->card.ring) + ahead, &d->seam)) {
        stretch_set_speed(d->stretch, manner.speed);
        return;
    }
    d->seam.cut = true;
    d->finished = d->told_end = false;
    d->written = 0;
    stretch_start(d->stretch, source_seek(p->source, d->seam.from));
    stretch_set_speed(d->stretch, manner.speed);
}

static void decode_some(struct vb_player *p, const struct order *order)
{
    struct decoding *d = &p->d;
    if (d->pending && source_ready(p->source, d->target)) {
        stretch_start(d->stretch, source_seek(p->source, d->target));
        stretch_set_speed(d->stretch, d->manner.speed);
        d->pending = false;
    }
    if (d->pending)
        return;
    if (wants_cut(p, order))
        cut(p, order->manner);
    if (can_write(p))
        write_chunk(p);
    answer(p);
}

/* The sound card may still pull, but nobody asks the source any more. */
static void leave(struct vb_player *p)
{
    source_close(p->source);
    p->source = NULL;
    pthread_mutex_lock(&p->lock);
    bool is_left = p->is_left;
    p->is_out = true;
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    if (is_left)
        player_free(p);
}

void *player_decode(void *context)
{
    struct vb_player *p = context;
    for (;;) {
        struct order order = next_order(p);
        if (order.quit) {
            leave(p);
            return NULL;
        }
        if (order.epoch != p->d.epoch)
            begin_epoch(p, &order);
        decode_some(p, &order);
        mind_the_sink(p, &order);
    }
}

void player_decode_init(struct vb_player *p)
{
    struct decoding *d = &p->d;
    d->epoch = UINT32_MAX; /* so that the first order is a new one */
    d->idle_since = INT64_MAX;
    d->manner.speed = 1;
    d->stretch = stretch_new(p->source->rate, p->source->channels);
    d->room = stretch_hop(d->stretch) > CHUNK ? stretch_hop(d->stretch) : CHUNK;
    d->frames = mem_new(d->room * (size_t)p->source->channels * sizeof *d->frames);
}

void player_decode_free(struct vb_player *p)
{
    stretch_free(p->d.stretch);
    free(p->d.frames);
}
