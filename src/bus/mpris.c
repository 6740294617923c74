/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two interfaces of MPRIS as tables; sd-bus reads the properties from `facts`. */
#include "bus/mpris.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/paths.h"
#include "app/editing.h"
#include "base/file.h"
#include "base/str.h"
#include "view/plain_text.h"

#define NAME     "org.mpris.MediaPlayer2.verbatim"
#define PATH     "/org/mpris/MediaPlayer2"
#define PLAYER   "org.mpris.MediaPlayer2.Player"
#define NO_TRACK "/org/mpris/MediaPlayer2/TrackList/NoTrack"

/* A step of the position that playing alone does not make. */
#define SEEKED (300 * VB_SECOND / 1000)

enum { ARTISTS_MOST = 12 };

/* As sd-bus reads them: its booleans are int. */
struct facts {
    const char *status;
    double rate, volume;
    int64_t position;
    int has_sound, has_turns, full_screen;
};

/* What the metadata were told of. */
struct about {
    const struct vb_transcript *transcript;
    uint32_t track; /* grows with each sound that is opened */
    int64_t seconds;
};

struct mpris {
    sd_bus *bus;
    struct session *session;
    sd_bus_slot *slots[4]; /* of the tables and of asking for the name */
    struct facts facts, told;
    struct about about, told_about;
    const char *sound_path; /* the session's; only to see that it changed */
    vb_time told_at;        /* of the session's clock */

    /* never change */
    int yes, no;
    double slowest, fastest;
    const char *identity, *entry;
    const char *const *schemes, *const *types;
};

/* ---- what is so now ---- */

static const char *status_of(const struct session *s)
{
    if (!s->player)
        return "Stopped";
    return s->now.phase == VB_PLAYING  ? "Playing"
           : s->now.phase == VB_PAUSED ? "Paused"
                                       : "Stopped";
}

void mpris_refresh(struct mpris *m)
{
    const struct session *s = m->session;
    if (m->sound_path != s->sound_path)
        m->about.track++;
    m->sound_path = s->sound_path;
    m->about.transcript = s->transcript;
    m->about.seconds = s->now.duration == VB_NO_TIME ? -1 : s->now.duration / VB_SECOND;
    m->facts = (struct facts){
        .status = status_of(s),
        .rate = s->settings.speed / 100.,
        .volume = s->settings.volume / 100.,
        .position = s->player ? s->now.position : 0,
        .has_sound = s->player != NULL,
        .has_turns = s->player && s->transcript && vb_turn_count(s->transcript) > 1,
        .full_screen = s->full_screen,
    };
}

/* ---- metadata ---- */

static void put_track(const struct mpris *m, char into[64])
{
    if (m->session->player)
        snprintf(into, 64, "/org/verbatim/track/%u", m->about.track);
    else
        strcpy(into, NO_TRACK);
}

/* "file:///home/anne/a%20talk.mp3" */
static void put_address(const char *path, struct buf *out)
{
    char whole[4096];
    const char *full = realpath(path, whole) ? whole : path;
    buf_puts(out, "file://");
    for (const char *c = full; *c; c++) {
        bool plain = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
                     (*c >= '0' && *c <= '9') || strchr("/-._~", *c);
        if (plain)
            buf_putc(out, *c);
        else
            buf_printf(out, "%%%02X", (unsigned)(unsigned char)*c);
    }
}

static int add_text(sd_bus_message *to, const char *key, vb_str text)
{
    struct buf whole = {0};
    plain_text_clean(text, &whole); /* a file's name need not be text */
    int r = sd_bus_message_append(to, "{sv}", key, "s", whole.data ? whole.data : "");
    buf_free(&whole);
    return r;
}

static vb_str title_of(const struct session *s)
{
    if (s->transcript && vb_title(s->transcript).len)
        return vb_title(s->transcript);
    return str_of(s->sound_path ? file_name(s->sound_path) : "");
}

static int add_artists(sd_bus_message *to, const struct vb_transcript *t)
{
    struct buf name = {0};
    uint32_t count = vb_speaker_count(t);
    int r = sd_bus_message_open_container(to, 'e', "sv");
    r = r < 0 ? r : sd_bus_message_append(to, "s", "xesam:artist");
    r = r < 0 ? r : sd_bus_message_open_container(to, 'v', "as");
    r = r < 0 ? r : sd_bus_message_open_container(to, 'a', "s");
    for (uint32_t i = 0; i < count && i < ARTISTS_MOST && r >= 0; i++) {
        buf_clear(&name);
        plain_text_clean(vb_speaker(t, i)->name, &name);
        r = sd_bus_message_append(to, "s", name.data ? name.data : "");
    }
    for (int i = 0; i < 3 && r >= 0; i++)
        r = sd_bus_message_close_container(to);
    buf_free(&name);
    return r;
}

static int add_metadata(const struct mpris *m, sd_bus_message *to)
{
    const struct session *s = m->session;
    char track[64];
    struct buf address = {0};
    put_track(m, track);
    int r = sd_bus_message_open_container(to, 'a', "{sv}");
    r = r < 0 ? r : sd_bus_message_append(to, "{sv}", "mpris:trackid", "o", track);
    if (r >= 0 && s->player && s->now.duration != VB_NO_TIME)
        r = sd_bus_message_append(to, "{sv}", "mpris:length", "x", (int64_t)s->now.duration);
    if (r >= 0 && (s->transcript || s->sound_path))
        r = add_text(to, "xesam:title", title_of(s));
    if (r >= 0 && s->transcript && vb_speaker_count(s->transcript))
        r = add_artists(to, s->transcript);
    if (r >= 0 && s->sound_path) {
        put_address(s->sound_path, &address);
        r = sd_bus_message_append(to, "{sv}", "xesam:url", "s", address.data);
    }
    buf_free(&address);
    return r < 0 ? r : sd_bus_message_close_container(to);
}

static int get_metadata(sd_bus *bus, const char *path, const char *interface, const char *name,
                        sd_bus_message *reply, void *ctx, sd_bus_error *error)
{
    (void)bus, (void)path, (void)interface, (void)name, (void)error;
    return add_metadata(ctx, reply);
}

/* ---- what is asked for ---- */

static int done(sd_bus_message *call)
{
    return sd_bus_reply_method_return(call, "");
}

#define ORDER(name, does)                                                                      \
    static int name(sd_bus_message *call, void *ctx, sd_bus_error *error)                      \
    {                                                                                          \
        struct session *s = ((struct mpris *)ctx)->session;                                    \
        (void)error;                                                                           \
        does;                                                                                  \
        return done(call);                                                                     \
    }
ORDER(raise_window, s->come_forward = true)
ORDER(quit, session_quit(s))
ORDER(next, session_step_turn(s, +1))
ORDER(previous, session_step_turn(s, -1))
ORDER(pause_sound, session_pause(s))
ORDER(play_or_pause, if (s->player) session_toggle(s))
ORDER(play, if (s->player) session_play(s))
ORDER(stop, session_pause(s); session_seek(s, 0))

static int seek(sd_bus_message *call, void *ctx, sd_bus_error *error)
{
    struct mpris *m = ctx;
    int64_t by = 0;
    int r = sd_bus_message_read(call, "x", &by);
    (void)error;
    if (r < 0)
        return r;
    int64_t most = 1000000 * VB_SECOND; /* beyond any recording: sums stay in their bounds */
    session_skip(m->session, by > most ? most : by < -most ? -most : by);
    return done(call);
}

/* An order that was meant for another recording, or no place in this one, is passed over. */
static int set_position(sd_bus_message *call, void *ctx, sd_bus_error *error)
{
    struct mpris *m = ctx;
    const struct session *s = m->session;
    const char *track;
    char ours[64];
    int64_t to = 0;
    int r = sd_bus_message_read(call, "ox", &track, &to);
    (void)error;
    if (r < 0)
        return r;
    put_track(m, ours);
    bool inside = to >= 0 && (s->now.duration == VB_NO_TIME || to <= s->now.duration);
    if (s->player && inside && !strcmp(track, ours))
        session_seek(m->session, to);
    return done(call);
}

static int open_address(sd_bus_message *call, void *ctx, sd_bus_error *error)
{
    struct mpris *m = ctx;
    struct vb_error why = {0};
    struct buf path = {0};
    const char *address;
    int r = sd_bus_message_read(call, "s", &address);
    if (r < 0)
        return r;
    path_from_word(str_of(address), &path);
    if (!path.len || !session_open_pair(m->session, path.data, NULL, &why)) {
        session_say(m->session, MESSAGE_WARNING, "%s", why.text);
        r = sd_bus_error_set(error, SD_BUS_ERROR_INVALID_ARGS, why.text);
    } else {
        session_begin(m->session, VB_NO_TIME, true);
        r = done(call);
    }
    buf_free(&path);
    return r;
}

static int set_rate(sd_bus *bus, const char *path, const char *interface, const char *name,
                    sd_bus_message *value, void *ctx, sd_bus_error *error)
{
    (void)bus, (void)path, (void)interface, (void)name, (void)error;
    struct mpris *m =
        (struct mpris *)(void *)((char *)ctx - offsetof(struct mpris, facts.rate));
    double rate = 0;
    int r = sd_bus_message_read(value, "d", &rate);
    if (r < 0 || !isfinite(rate))
        return r;
    if (rate <= 0) /* the specification: as if it were paused */
        session_pause(m->session);
    else
        session_set_speed(m->session, (int)lround(fmin(rate, 10) * 100));
    return 1;
}

static int set_volume(sd_bus *bus, const char *path, const char *interface, const char *name,
                      sd_bus_message *value, void *ctx, sd_bus_error *error)
{
    (void)bus, (void)path, (void)interface, (void)name, (void)error;
    struct mpris *m =
        (struct mpris *)(void *)((char *)ctx - offsetof(struct mpris, facts.volume));
    double volume = 0;
    int r = sd_bus_message_read(value, "d", &volume);
    if (r < 0 || !isfinite(volume))
        return r;
    session_set_volume(m->session, (int)lround(fmax(0, fmin(volume, 2)) * 100));
    return 1;
}

static int set_full_screen(sd_bus *bus, const char *path, const char *interface,
                           const char *name, sd_bus_message *value, void *ctx,
                           sd_bus_error *error)
{
    (void)bus, (void)path, (void)interface, (void)name, (void)error;
    struct mpris *m =
        (struct mpris *)(void *)((char *)ctx - offsetof(struct mpris, facts.full_screen));
    int full = 0;
    int r = sd_bus_message_read(value, "b", &full);
    if (r >= 0)
        m->session->full_screen = full != 0;
    return r < 0 ? r : 1;
}

/* ---- the tables ---- */

#define AT(member) offsetof(struct mpris, member)
#define ALWAYS     SD_BUS_VTABLE_PROPERTY_CONST
#define CHANGES    SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE

/* clang-format off */
static const sd_bus_vtable program[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Raise", "", "", raise_window, 0),
    SD_BUS_METHOD("Quit", "", "", quit, 0),
    SD_BUS_PROPERTY("CanQuit", "b", NULL, AT(yes), ALWAYS),
    SD_BUS_PROPERTY("CanRaise", "b", NULL, AT(yes), ALWAYS),
    SD_BUS_PROPERTY("CanSetFullscreen", "b", NULL, AT(yes), ALWAYS),
    SD_BUS_PROPERTY("HasTrackList", "b", NULL, AT(no), ALWAYS),
    SD_BUS_PROPERTY("Identity", "s", NULL, AT(identity), ALWAYS),
    SD_BUS_PROPERTY("DesktopEntry", "s", NULL, AT(entry), ALWAYS),
    SD_BUS_PROPERTY("SupportedUriSchemes", "as", NULL, AT(schemes), ALWAYS),
    SD_BUS_PROPERTY("SupportedMimeTypes", "as", NULL, AT(types), ALWAYS),
    SD_BUS_WRITABLE_PROPERTY("Fullscreen", "b", NULL, set_full_screen, AT(facts.full_screen), CHANGES),
    SD_BUS_VTABLE_END,
};

static const sd_bus_vtable player[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Next", "", "", next, 0),
    SD_BUS_METHOD("Previous", "", "", previous, 0),
    SD_BUS_METHOD("Pause", "", "", pause_sound, 0),
    SD_BUS_METHOD("PlayPause", "", "", play_or_pause, 0),
    SD_BUS_METHOD("Play", "", "", play, 0),
    SD_BUS_METHOD("Stop", "", "", stop, 0),
    SD_BUS_METHOD("Seek", "x", "", seek, 0),
    SD_BUS_METHOD("SetPosition", "ox", "", set_position, 0),
    SD_BUS_METHOD("OpenUri", "s", "", open_address, 0),
    SD_BUS_SIGNAL("Seeked", "x", 0),
    SD_BUS_PROPERTY("PlaybackStatus", "s", NULL, AT(facts.status), CHANGES),
    SD_BUS_WRITABLE_PROPERTY("Rate", "d", NULL, set_rate, AT(facts.rate), CHANGES),
    SD_BUS_PROPERTY("Metadata", "a{sv}", get_metadata, 0, CHANGES),
    SD_BUS_WRITABLE_PROPERTY("Volume", "d", NULL, set_volume, AT(facts.volume), CHANGES),
    SD_BUS_PROPERTY("Position", "x", NULL, AT(facts.position), 0),
    SD_BUS_PROPERTY("MinimumRate", "d", NULL, AT(slowest), ALWAYS),
    SD_BUS_PROPERTY("MaximumRate", "d", NULL, AT(fastest), ALWAYS),
    SD_BUS_PROPERTY("CanGoNext", "b", NULL, AT(facts.has_turns), CHANGES),
    SD_BUS_PROPERTY("CanGoPrevious", "b", NULL, AT(facts.has_turns), CHANGES),
    SD_BUS_PROPERTY("CanPlay", "b", NULL, AT(facts.has_sound), CHANGES),
    SD_BUS_PROPERTY("CanPause", "b", NULL, AT(facts.has_sound), CHANGES),
    SD_BUS_PROPERTY("CanSeek", "b", NULL, AT(facts.has_sound), CHANGES),
    SD_BUS_PROPERTY("CanControl", "b", NULL, AT(yes), ALWAYS),
    SD_BUS_VTABLE_END,
};

static const char *const schemes[] = {"file", NULL};
static const char *const types[] = {
    "audio/mpeg", "audio/ogg", "audio/x-vorbis+ogg", "audio/x-opus+ogg", "audio/flac", "audio/x-wav",
    "audio/mp4", "application/x-subrip", "text/vtt", NULL,
};
/* clang-format on */

/* ---- telling ---- */

static bool is_told(const struct about *now, const struct about *told)
{
    return now->transcript == told->transcript && now->track == told->track &&
           now->seconds == told->seconds;
}

static void tell_player(struct mpris *m)
{
    const struct facts *now = &m->facts, *told = &m->told;
    const char *changed[10];
    size_t count = 0;
    if (strcmp(now->status, told->status))
        changed[count++] = "PlaybackStatus";
    if (now->rate > told->rate || now->rate < told->rate)
        changed[count++] = "Rate";
    if (now->volume > told->volume || now->volume < told->volume)
        changed[count++] = "Volume";
    if (now->has_turns != told->has_turns) {
        changed[count++] = "CanGoNext";
        changed[count++] = "CanGoPrevious";
    }
    if (now->has_sound != told->has_sound) {
        changed[count++] = "CanPlay";
        changed[count++] = "CanPause";
        changed[count++] = "CanSeek";
    }
    if (!is_told(&m->about, &m->told_about))
        changed[count++] = "Metadata";
    changed[count] = NULL;
    if (count)
        sd_bus_emit_properties_changed_strv(m->bus, PATH, PLAYER, (char **)(void *)changed);
}

/* By so much the position is not where playing on would have brought it. */
static vb_time seeked_by(const struct mpris *m)
{
    vb_time passed = m->session->clock - m->told_at;
    bool played = !strcmp(m->told.status, "Playing");
    vb_time expected =
        m->told.position + (played ? (vb_time)((double)passed * m->told.rate) : 0);
    return llabs(m->facts.position - expected);
}

void mpris_tell(struct mpris *m)
{
    mpris_refresh(m);
    bool is_another = m->about.track != m->told_about.track;
    tell_player(m);
    if (m->facts.full_screen != m->told.full_screen)
        sd_bus_emit_properties_changed(m->bus, PATH, "org.mpris.MediaPlayer2", "Fullscreen",
                                       NULL);
    if (!is_another && m->facts.has_sound && seeked_by(m) > SEEKED)
        sd_bus_emit_signal(m->bus, PATH, PLAYER, "Seeked", "x", m->facts.position);
    m->told = m->facts;
    m->told_about = m->about;
    m->told_at = m->session->clock;
}

/* ---- coming and going ---- */

static int take_name(sd_bus_message *reply, void *ctx, sd_bus_error *error)
{
    struct mpris *m = ctx;
    uint32_t how = 0;
    char name[64];
    (void)error;
    bool refused = sd_bus_message_is_method_error(reply, NULL) ||
                   sd_bus_message_read(reply, "u", &how) < 0 || how > 1;
    if (!refused || m->slots[3])
        return 0;
    snprintf(name, sizeof name, NAME ".instance%d", (int)getpid());
    sd_bus_request_name_async(m->bus, &m->slots[3], name, 0, take_name, m);
    return 0;
}

struct mpris *mpris_open(sd_bus *bus, struct session *s)
{
    struct mpris *m = mem_new(sizeof *m);
    m->bus = bus;
    m->session = s;
    m->yes = 1;
    m->slowest = .5;
    m->fastest = 3;
    m->identity = "Verbatim";
    m->entry = "verbatim";
    m->schemes = schemes;
    m->types = types;
    mpris_refresh(m);
    m->told = m->facts;
    m->told_about = m->about;
    m->told_at = s->clock;
    if (sd_bus_add_object_vtable(bus, &m->slots[0], PATH, "org.mpris.MediaPlayer2", program,
                                 m) >= 0 &&
        sd_bus_add_object_vtable(bus, &m->slots[1], PATH, PLAYER, player, m) >= 0 &&
        sd_bus_request_name_async(bus, &m->slots[2], NAME, 0, take_name, m) >= 0)
        return m;
    mpris_close(m);
    return NULL;
}

void mpris_close(struct mpris *m)
{
    if (!m)
        return;
    for (size_t i = 0; i < COUNT(m->slots); i++)
        sd_bus_slot_unref(m->slots[i]);
    free(m);
}
