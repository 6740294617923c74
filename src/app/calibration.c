/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tapping along. */
#include "app/calibration.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"

/* ---- from taps to a delay ---- */

enum { EARLIEST = -150, MOST_SPREAD = 45 };

static double apart(double a, double b, double period)
{
    return a - b - period * round((a - b) / period);
}

/* The middle of times on a circle: the one of them from which the others are least far. So
 * there is no seam that taps on both sides of it could fall apart at. */
static double middle_of(const double *times, size_t count, double period)
{
    double best = times[0], least = HUGE_VAL;
    for (size_t i = 0; i < count; i++) {
        double sum = 0;
        for (size_t k = 0; k < count; k++)
            sum += fabs(apart(times[k], times[i], period));
        if (sum < least) {
            least = sum;
            best = times[i];
        }
    }
    return best;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, by_size);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
}

bool taps_measure(const vb_time *taps, size_t count, struct tapped *found)
{
    const double period = (double)CLICK_PERIOD / 1000;
    double times[TAPS_MOST], far[TAPS_MOST];
    if (count < TAPS_LEAST || count > TAPS_MOST)
        return false;
    size_t used = count - TAPS_TO_WARM_UP;
    for (size_t i = 0; i < used; i++)
        times[i] = fmod((double)taps[i + TAPS_TO_WARM_UP] / 1000, period);
    double middle = middle_of(times, used, period);
    for (size_t i = 0; i < used; i++)
        times[i] = apart(times[i], middle, period);
    double late = median(times, used);
    for (size_t i = 0; i < used; i++)
        far[i] = fabs(times[i] - late);
    double delay = middle + late;
    delay -= period * floor((delay - EARLIEST) / period);
    found->delay = (int)lround(delay);
    found->spread = (int)lround(median(far, used));
    found->is_even = found->spread <= MOST_SPREAD;
    return true;
}

/* ---- the clicks ---- */

enum { RATE = 24000, CLICKS = 16, CLICK_MS = 12 };

static void put_low_first(struct buf *out, uint32_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_putc(out, (char)(number >> (8 * i) & 0xFF));
}

static void put_wav_head(struct buf *out, uint32_t bytes)
{
    buf_puts(out, "RIFF");
    put_low_first(out, 36 + bytes, 4);
    buf_puts(out, "WAVEfmt ");
    put_low_first(out, 16, 4);
    put_low_first(out, 1, 2); /* whole numbers */
    put_low_first(out, 1, 2); /* one channel */
    put_low_first(out, RATE, 4);
    put_low_first(out, RATE * 2, 4);
    put_low_first(out, 2, 2);
    put_low_first(out, 16, 2);
    buf_puts(out, "data");
    put_low_first(out, bytes, 4);
}

/* A short tone that dies away; the first of four is higher. */
static int16_t click_at(long frame, long period)
{
    long in = frame % period;
    double seconds = (double)in / RATE, hertz = frame / period % 4 ? 1200 : 1800;
    if (in >= RATE * CLICK_MS / 1000)
        return 0;
    return (int16_t)(24000 * exp(-seconds * 300) * sin(2 * 3.14159265358979 * hertz * seconds));
}

static void put_clicks(struct buf *out)
{
    const long period = RATE * CLICK_PERIOD / VB_SECOND, frames = CLICKS * period;
    put_wav_head(out, (uint32_t)frames * 2);
    for (long i = 0; i < frames; i++)
        put_low_first(out, (uint16_t)click_at(i, period), 2);
}

/* The player reads files: the clicks are one until it has opened it. */
static struct vb_player *open_clicks(const struct vb_sink *sink, void (*notify)(void *),
                                     void *ctx, struct vb_error *error)
{
    const char *folder = getenv("TMPDIR");
    struct buf path = {0}, bytes = {0};
    struct vb_player *player = NULL;
    buf_printf(&path, "%s/verbatim-clicks-XXXXXX", folder && *folder ? folder : "/tmp");
    int fd = mkstemp(path.data);
    put_clicks(&bytes);
    if (fd < 0)
        err_set(error, VB_DEVICE, _("%s: no file can be made there"), path.data);
    else if (file_write(path.data, buf_str(&bytes), error))
        player = vb_player_open(path.data, sink, notify, ctx, error);
    if (fd >= 0) {
        close(fd);
        remove(path.data);
    }
    buf_free(&bytes);
    buf_free(&path);
    return player;
}

struct calibration *calibration_start(const struct vb_sink *sink, void (*notify)(void *),
                                      void *ctx, struct vb_error *error)
{
    struct vb_player *player = open_clicks(sink, notify, ctx, error);
    if (!player)
        return NULL;
    struct calibration *c = mem_new(sizeof *c);
    c->player = player;
    calibration_again(c);
    return c;
}

void calibration_free(struct calibration *c)
{
    if (!c)
        return;
    vb_player_close(c->player);
    free(c);
}

void calibration_again(struct calibration *c)
{
    c->count = 0;
    vb_player_play_span(c->player, 0, CLICKS * CLICK_PERIOD, true);
}

bool calibration_is_done(const struct calibration *c)
{
    return c->count == TAPS_MOST;
}

void calibration_tap(struct calibration *c)
{
    struct vb_player_state now = vb_player_now(c->player);
    if (calibration_is_done(c) || now.seeking)
        return;
    c->taps[c->count++] = now.position;
    if (!calibration_is_done(c))
        return;
    taps_measure(c->taps, c->count, &c->found);
    vb_player_pause(c->player);
}
