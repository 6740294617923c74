/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program is and what it was built with; the versions are those that run. */
#include "cli/version.h"

#ifdef HAVE_LIBAV
#include "audio/av_library.h"
#endif
#ifdef HAVE_ESPEAK
#include <espeak-ng/speak_lib.h>
#endif
#include <libxml/xmlversion.h>
#include <mpg123.h>
#include <SDL.h>
#include <SDL_ttf.h>
#include <sndfile.h>
#include <sqlite3.h>
#include <unistring/version.h>
#ifdef HAVE_ICU
#include <unicode/uversion.h>
#endif
#ifdef HAVE_LIBZIP
#include <zip.h>
#endif

#include "base/i18n.h"
#include "base/library.h"
#include "base/mem.h"

static void put_sdl(struct buf *out)
{
    SDL_version v;
    SDL_GetVersion(&v);
    buf_printf(out, "%u.%u.%u", v.major, v.minor, v.patch);
}

static void put_sdl_ttf(struct buf *out)
{
    const SDL_version *v = TTF_Linked_Version();
    buf_printf(out, "%u.%u.%u", v->major, v->minor, v->patch);
}

/* Older versions can't tell their number, only their interface's. */
static void put_mpg123(struct buf *out)
{
#if MPG123_API_VERSION >= 48
    buf_puts(out, mpg123_distversion(NULL, NULL, NULL));
#else
    buf_printf(out, "API %d", MPG123_API_VERSION);
#endif
}

/* "libsndfile-1.2.0" */
static void put_sndfile(struct buf *out)
{
    const char *text = sf_version_string();
    while (*text && !(*text >= '0' && *text <= '9'))
        text++;
    buf_puts(out, text);
}

#ifdef HAVE_LIBAV
static void put_libav(struct buf *out)
{
    buf_puts(out, av_library_there() ? av.av_version_info() : _("not installed"));
}
#endif

#ifdef HAVE_ESPEAK
static void put_espeak(struct buf *out)
{
    static __typeof__(espeak_Info) *info;
    static const struct library_function functions[] = {
        {LIBRARY_NAME(espeak_Info), &info}
    };
    static struct library library = {ESPEAK_LIBRARY, functions, 1, false, false};
    buf_puts(out, library_there(&library) ? info(NULL) : _("not installed"));
}
#endif

static void put_sqlite(struct buf *out)
{
    buf_puts(out, sqlite3_libversion());
}

static void put_libxml(struct buf *out)
{
    buf_puts(out, LIBXML_DOTTED_VERSION);
}

static void put_unistring(struct buf *out)
{
    /* 0x0A0B in the old counting, 0x010203 in the new */
    int v = _libunistring_version;
    v = v < 0x10000 ? v : v >> 8;
    buf_printf(out, "%d.%d", v >> 8, v & 0xFF);
}

#ifdef HAVE_LIBZIP
static void put_libzip(struct buf *out)
{
    static __typeof__(zip_libzip_version) *version;
    static const struct library_function functions[] = {
        {LIBRARY_NAME(zip_libzip_version), &version}
    };
    static struct library library = {ZIP_LIBRARY, functions, 1, false, false};
    buf_puts(out, library_there(&library) ? version() : _("not installed"));
}
#endif

#ifdef HAVE_ICU
static void put_icu(struct buf *out)
{
    buf_puts(out, U_ICU_VERSION); /* another one would have another file's name */
}
#endif

#ifdef HAVE_SYSTEMD
/* It tells no number. */
static void put_systemd(struct buf *out)
{
    buf_puts(out, "sd-bus");
}
#endif

static const struct {
    const char *name;
    void (*put)(struct buf *out);
} libraries[] = {
    {"SDL",          put_sdl      },
    {"SDL_ttf",      put_sdl_ttf  },
    {"libmpg123",    put_mpg123   },
    {"libsndfile",   put_sndfile  },
#ifdef HAVE_LIBAV
    {"FFmpeg",       put_libav    },
#endif
#ifdef HAVE_ESPEAK
    {"espeak-ng",    put_espeak   },
#endif
    {"SQLite",       put_sqlite   },
    {"libxml2",      put_libxml   },
    {"libunistring", put_unistring},
#ifdef HAVE_LIBZIP
    {"libzip",       put_libzip   },
#endif
#ifdef HAVE_ICU
    {"ICU",          put_icu      },
#endif
#ifdef HAVE_SYSTEMD
    {"libsystemd",   put_systemd  },
#endif
};

void version_write(const char *version, struct buf *out)
{
    buf_printf(out, "verbatim %s\n", version);
    for (size_t i = 0; i < COUNT(libraries); i++) {
        buf_printf(out, "  %-12s ", libraries[i].name);
        libraries[i].put(out);
        buf_putc(out, '\n');
    }
    buf_puts(out, _("Free software under the GNU GPL, version 3 or later; there is no "
                    "warranty.\n"));
}
