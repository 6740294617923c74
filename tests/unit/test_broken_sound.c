/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Broken, lying and mislabelled files: each gives one clear sentence, or plays what can be
 * played and says what can't.  The cases and their names are those that were measured on other
 * players; each is cooked by the recipe in its row, from ten seconds of noise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "audio/source.h"
#include "base/mem.h"
#include "support/support_sound.h"

struct bytes_made {
    uint8_t *data;
    size_t len, room;
};

/* --- the good files that the bad ones are made from ------------------------ */

static struct good {
    const char *name;
    const char *lame; /* its options; NULL: written by libsndfile */
    enum sound_file as;
    int rate, channels;
    struct bytes_made bytes;
} goods[] = {
    {"mp3",    "-b 64 -m m",          0,         44100, 1, {0}},
    {"mp3-48", "-b 128",              0,         48000, 2, {0}},
    {"mp3-22", "-b 32 -m m",          0,         22050, 1, {0}},
    {"mp3-8",  "-b 8 -m m",           0,         8000,  1, {0}},
    {"vbr",    "-V 4",                0,         44100, 1, {0}},
    {"free",   "--freeformat -b 100", 0,         44100, 1, {0}},
    {"wav",    NULL,                  AS_WAV,    44100, 1, {0}},
    {"flac",   NULL,                  AS_FLAC,   44100, 1, {0}},
    {"ogg",    NULL,                  AS_VORBIS, 44100, 1, {0}},
    {"ogg-48", NULL,                  AS_VORBIS, 48000, 1, {0}},
    {"opus",   NULL,                  AS_OPUS,   48000, 1, {0}},
};

static int make_good_files(void **state)
{
    (void)state;
    for (struct good *g = goods; g < goods + COUNT(goods); g++) {
        struct sound sound = at_rate(noise((size_t)g->rate * 10, g->channels), g->rate);
        const char *path = temp_path("good");
        bool made = !g->lame || write_mp3(path, &sound, g->lame);
        if (!g->lame)
            write_sound(path, &sound, g->as);
        if (made)
            g->bytes.data = read_bytes(path, &g->bytes.len);
        sound_free(&sound);
    }
    srand(11);
    return 0;
}

static int free_good_files(void **state)
{
    (void)state;
    for (struct good *g = goods; g < goods + COUNT(goods); g++)
        free(g->bytes.data);
    return 0;
}

/* --- recipes: what is put one behind the other, or written over ------------ */

static struct bytes_made made;

static void put(const void *bytes, size_t len)
{
    if (made.len + len > made.room) {
        made.room = 2 * (made.len + len);
        made.data = mem_grow(made.data, made.room);
    }
    if (len)
        memcpy(made.data + made.len, bytes, len);
    made.len += len;
}

/* "48 65": bytes, up to something that is no hex digit. */
static size_t read_hex(const char *text, uint8_t bytes[64])
{
    size_t count = 0;
    unsigned byte;
    int used;
    while (count < 64 && sscanf(text, " %2x%n", &byte, &used) == 1) {
        bytes[count++] = (uint8_t)byte;
        text += used;
    }
    return count;
}

static bool add_random(const char *count)
{
    for (long left = atol(count); left > 0; left--)
        put(&(uint8_t){(uint8_t)(rand() >> 7)}, 1);
    return true;
}

static bool add_zeros(const char *count)
{
    for (long left = atol(count); left > 0; left--)
        put("", 1);
    return true;
}

static bool add_text(const char *text)
{
    put(text, strlen(text));
    return true;
}

static bool add_hex(const char *text)
{
    uint8_t bytes[64];
    put(bytes, read_hex(text, bytes));
    return true;
}

/* A tag that claims so many bytes and has 16. */
static bool add_id3(const char *claimed)
{
    long size = atol(claimed);
    const uint8_t head[10] = {'I',
                              'D',
                              '3',
                              3,
                              0,
                              0,
                              (uint8_t)(size >> 21 & 127),
                              (uint8_t)(size >> 14 & 127),
                              (uint8_t)(size >> 7 & 127),
                              (uint8_t)(size & 127)};
    put(head, sizeof head);
    put("TIT2\0\0\0\x06\0\0\0Title", 16);
    return true;
}

/* "40 00 00": over what stands at 40; "Xing 8 FF": 8 behind where "Xing" stands. */
static bool write_over(const char *text)
{
    char mark[16] = "";
    int at = 0, used = 0;
    if (sscanf(text, "%d%n", &at, &used) != 1)
        assert_int_equal(sscanf(text, "%15s %d%n", mark, &at, &used), 2);
    const uint8_t *found = memmem(made.data, made.len, mark, strlen(mark));
    assert_non_null(found);
    uint8_t bytes[64];
    size_t count = read_hex(text + used, bytes), from = (size_t)(found - made.data + at);
    assert_true(from + count <= made.len);
    memcpy(made.data + from, bytes, count);
    return true;
}

static bool flip_bits(const char *one_in)
{
    for (size_t i = 0; i < made.len; i++)
        if (rand() % atoi(one_in) == 0)
            made.data[i] ^= (uint8_t)(1 << rand() % 8);
    return true;
}

/* What is made so far, through ffmpeg. */
static bool convert(const char *options)
{
    if (!has_command("ffmpeg"))
        return false;
    const char *in = temp_path("ffmpeg.in"), *out = temp_path("ffmpeg.out");
    char command[1400];
    write_bytes(in, made.data, made.len);
    snprintf(command, sizeof command, "ffmpeg -v error -y -i '%s' %s '%s'", in, options, out);
    assert_int_equal(system(command), 0);
    free(made.data);
    made.data = read_bytes(out, &made.len);
    made.room = made.len;
    return true;
}

/* "mp3", or a part of it in percent: "mp3 0 60". False: the tool that makes it is missing. */
static bool add_good(const char *name, const char *part)
{
    int from = 0, until = 100;
    sscanf(part, "%d %d", &from, &until);
    for (struct good *g = goods; g < goods + COUNT(goods); g++) {
        if (strcmp(g->name, name) != 0)
            continue;
        size_t at = g->bytes.len * (size_t)from / 100;
        put(g->bytes.data + at, g->bytes.len * (size_t)until / 100 - at);
        return g->bytes.data;
    }
    fail_msg("no ingredient is called %s", name);
    return false;
}

/* "65536 mp3": a good file with so many random bytes in its middle. */
static bool add_holed(const char *text)
{
    char name[16] = "";
    int count = 0;
    assert_int_equal(sscanf(text, "%d %15s", &count, name), 2);
    if (!add_good(name, "0 50"))
        return false;
    for (; count > 0; count--)
        put(&(uint8_t){(uint8_t)(rand() >> 7)}, 1);
    return add_good(name, "50");
}

static bool halve(const char *text)
{
    (void)text;
    made.len /= 2;
    return true;
}

static const struct {
    const char *name;
    bool (*run)(const char *argument);
} steps[] = {
    {"hole",   add_holed },
    {"cut",    halve     },
    {"random", add_random},
    {"zeros",  add_zeros },
    {"text",   add_text  },
    {"hex",    add_hex   },
    {"id3",    add_id3   },
    {"over",   write_over},
    {"flip",   flip_bits },
    {"ffmpeg", convert   },
};

static bool run_step(const char *step)
{
    char name[16] = "";
    int used = 0;
    sscanf(step, "%15s %n", name, &used);
    for (size_t i = 0; i < COUNT(steps); i++)
        if (strcmp(steps[i].name, name) == 0)
            return steps[i].run(step + used);
    return add_good(name, step + used);
}

/* Steps are parted by " + ". */
static bool cook(const char *recipe)
{
    char text[1000];
    snprintf(text, sizeof text, "%s", recipe);
    free(made.data);
    made = (struct bytes_made){0};
    bool done = true;
    for (char *step = text, *next; step && done; step = next) {
        next = strstr(step, " + ");
        if (next) {
            *next = '\0';
            next += 3;
        }
        done = !*step || run_step(step);
    }
    return done;
}

#ifdef HAVE_LIBAV
#define M4A_LEAST   10
#define M4A_MOST    10.1
#define M4A_WORDS   ""
#define W64_WORDS   ""
#define BROKEN_M4A  "be opened"
#define BROKEN_AAC  "no sound"
#define CHAIN       20.0
#define CHAIN_WORDS ""
#else /* what is not built in is said */
#define M4A_LEAST   0
#define M4A_MOST    0
#define M4A_WORDS   "AAC"
#define W64_WORDS   "Wave64"
#define BROKEN_M4A  "AAC"
#define BROKEN_AAC  "AAC"
#define CHAIN       10.0
#define CHAIN_WORDS "one behind"
#endif
#define CHAIN_LEAST (CHAIN - 0.1)
#define CHAIN_MOST  (CHAIN + 0.1)

/* --- the cases ------------------------------------------------------------- */

#define ID3V1     "text TAG + zeros 125"
#define APE_TAG   "text APETAGEX + hex D0070000 84000000 01000000 00000080 + zeros 108"
#define ID3_HOLE  "mp3 0 50 + id3 100000 + random 99984 + mp3 50"
#define HTML      "text <!DOCTYPE html><html><head><title>404 Not Found</title>"
#define TEXT      "text Bonjour à tous, voici le texte de l'émission de mardi"
#define BAD_ID3   "hex 49443304008000002708 41504943FFFFFFFF0000 + random 4990"
#define MP3_IN    "text RIFF + hex FFFFFF7F + text WAVEfmt  + hex 10000000 55000100 44AC0000"
#define MP3_WAV   MP3_IN " 401F0000 01000000 + text data + hex FFFFFF7F + mp3"
#define WAV_CUT   "text RIFF + hex 24000000 + text WAVEfmt  + hex 10000000 01000100"
#define WAV_EMPTY WAV_CUT " 44AC0000 88580100 02001000 + text data + hex 00000000"
#define WAV_FF    "wav + over 4 FFFFFFFF + over data 4 FFFFFFFF"
#define RIFX_IN   "text RIFX + hex 00027124 + text WAVEfmt  + hex 00000010 00010001 00001F40"
#define RIFX      RIFX_IN " 00003E80 00020010 + text data + hex 00027100 + zeros 160000"
#define MP2       " + hex FFFD8400 + zeros 413"
#define NUMBERS   "random 100" MP2 MP2 MP2 " + random 5000"
#define ADTS      "hex FFF15080021FFC + zeros 9"
#define M4A       "wav + ffmpeg -c:a aac -f mp4"
#define MP4       "hex 00000020 + text ftypM4A  + zeros 4000"

static const struct broken {
    const char *name, *recipe;
    double least, most; /* seconds that are played; 0: it is refused */
    const char *words;  /* in the error or in a note; "": no note at all; NULL: either way */
} cases[] = {
    {"ok5_44.mp3",                 "mp3",                              10,          10,         ""            },
    {"ok2_48.mp3",                 "mp3-48",                           10,          10,         ""            },
    {"ok2_22.mp3",                 "mp3-22",                           10,          10.2,       ""            },
    {"mpeg25_8k.mp3",              "mp3-8",                            10,          10.4,       ""            },
    {"freeformat100.mp3",          "free",                             10,          10,         ""            },
    {"layer2_named.mp3",           "wav + ffmpeg -c:a mp2 -f mp2",     9.9,         10.1,       ""            },
    {"w5.wav",                     "wav",                              10,          10,         ""            },
    {"wrongext_mp3_named.wav",     "mp3",                              10,          10,         ""            },
    {"wrongext_wav_named.mp3",     "wav",                              10,          10,         ""            },
    {"trunc_vbr_xing.mp3",         "vbr 0 60",                         5.5,         6.5,        "missing"     },
    {"trunc_cbr.mp3",              "mp3 0 60",                         5.9,         6.1,        "missing"     },
    {"garbage64k_mid.mp3",         "hole 65536 mp3",                   9.9,         10.1,       "no sound"    },
    {"zeros256k_mid.mp3",          "mp3 0 50 + zeros 262144 + mp3 50", 9.9,         10.1,       "no sound"    },
    {"bitflips.mp3",               "mp3 + flip 10000",                 9,           10.1,       NULL          },
    {"garbage_front64k.mp3",       "random 65536 + mp3",               10,          10.1,       "begins with" },
    {"garbage_front2k.mp3",        "random 2000 + mp3",                10,          10.1,       "begins with" },
    {"ratechange_44m_48s_22m.mp3", "mp3 + mp3-48 + mp3-22",            29.9,        30.3,       "48000 Hz"    },
    {"ads_same_rate.mp3",          "mp3 + mp3 + mp3",                  29.9,        30.3,       ""            },
    {"html_named.mp3",             HTML,                               0,           0,          "web page"    },
    {"text_named.mp3",             TEXT,                               0,           0,          "text"        },
    {"pdf_named.mp3",              "text %PDF-1.4",                    0,           0,          "PDF"         },
    {"zero.mp3",                   "",                                 0,           0,          "empty"       },
    {"onebyte.mp3",                "hex FF",                           0,           0,          "was found"   },
    {"zeros1m.mp3",                "zeros 1048576",                    0,           0,          "zeros"       },
    {"random1m.mp3",               "random 1048576",                   0,           0,          "was found"   },
    {"xing_frames_x10.mp3",        "vbr + over Xing 8 00000F0A",       10,          10.1,       "missing"     },
    {"xing_frames_half.mp3",       "vbr + over Xing 8 000000BE",       10,          10.1,       ""            },
    {"xing_frames_0.mp3",          "vbr + over Xing 8 00000000",       10,          10.1,       ""            },
    {"xing_frames_max.mp3",        "vbr + over Xing 8 FFFFFFFF",       10,          10.1,       "missing"     },
    {"lame_delay_4095.mp3",        "vbr + over LAME 21 FFFFFF",        9.7,         10,         ""            },
    {"numbers_named.mp3",          NUMBERS,                            0,           0,          "was found"   },
    {"id3_only.mp3",               "id3 2000 + zeros 1984",            0,           0,          "but tags"    },
    {"id3_size_past_eof.mp3",      "id3 268435455 + mp3",              10,          10.1,       NULL          },
    {"id3_unsync_bad_frame.mp3",   BAD_ID3 " + mp3",                   10,          10,         ""            },
    {"id3v1_ape_tail.mp3",         "mp3 + " APE_TAG " + " ID3V1,       10,          10,         ""            },
    {"id3_in_middle.mp3",          ID3_HOLE,                           9.9,         10.1,       "no sound"    },
    {"riff_mp3_0x55.mp3",          MP3_WAV,                            10,          10,         ""            },
    {"wav_trunc.wav",              "wav 0 50",                         4.9,         5,          "missing"     },
    {"wav_streamed.wav",           "wav + over data 4 00F0FF7F",       9.99,        10.01,      ""            },
    {"wav_big_endian.wav",         RIFX,                               10,          10,         ""            },
    {"wav64.w64",                  "wav + ffmpeg -f w64",              M4A_LEAST,   M4A_MOST,   W64_WORDS     },
    {"wav_data0.wav",              "wav + over data 4 00000000",       9.99,        10.01,      NULL          },
    {"wav_dataff.wav",             WAV_FF,                             9.99,        10.01,      NULL          },
    {"wav_hdr_only.wav",           WAV_EMPTY,                          0,           0,          "at all"      },
    {"wav_hdr_cut.wav",            WAV_CUT,                            0,           0,          "is cut"      },
    {"wav_0ch.wav",                "wav + over 22 0000",               0,           0,          "0 channels"  },
    {"wav_255ch.wav",              "wav + over 22 FF00",               0,           0,          "255 channels"},
    {"wav_rate0.wav",              "wav + over 24 00000000",           0,           0,          "0 samples"   },
    {"wav_rate_huge.wav",          "wav + over 24 FFFFFF7F",           0,           0,          "a second"    },
    {"ogg_trunc.ogg",              "ogg 0 50",                         3,           6,          ""            },
    {"ogg_garbage_mid.ogg",        "hole 65536 ogg",                   8,           10,         NULL          },
    {"ogg_no_bos.ogg",             "ogg 50",                           0,           0,          "no sound"    },
    {"ogg_chained_ratechange.ogg", "ogg + ogg-48",                     CHAIN_LEAST, CHAIN_MOST, CHAIN_WORDS   },
    {"opus_trunc.opus",            "opus 0 50",                        3,           6,          ""            },
    {"opus_garbage_mid.opus",      "hole 65536 opus",                  7,           10,         NULL          },
    {"opus_chained.opus",          "opus + opus",                      CHAIN_LEAST, CHAIN_MOST, CHAIN_WORDS   },
    {"flac_trunc.flac",            "flac 0 50",                        3,           6,          "missing"     },
    {"flac_total0.flac",           "flac + over 21 F000000000",        10,          10,         NULL          },
    {"flac_garbage_mid.flac",      "hole 65536 flac",                  4,           10,         NULL          },
    {"flac_id3.flac",              "id3 2000 + zeros 1984 + flac",     10,          10,         ""            },
    {"ok2.m4a",                    M4A,                                M4A_LEAST,   M4A_MOST,   M4A_WORDS     },
    {"m4a_trunc_moov_end.m4a",     M4A " + cut",                       0,           0,          BROKEN_M4A    },
    {"wrongext_m4a_named.mp3",     M4A,                                M4A_LEAST,   M4A_MOST,   M4A_WORDS     },
    {"empty_box.m4a",              MP4,                                0,           0,          BROKEN_M4A    },
    {"raw.aac",                    ADTS " + " ADTS " + " ADTS,         0,           0,          BROKEN_AAC    },
};

/* --- what must hold for each ------------------------------------------------ */

enum { CPU_SECONDS = 20, MEGABYTES = 64 }; /* ten times what one may take; all it may take */

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#endif

/* A sanitizer takes memory of its own: there no single piece may be so large, and a file must
 * leave nothing behind. */
#ifdef SANITIZED
#include <sanitizer/lsan_interface.h>

const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "max_allocation_size_mb=64";
}

static bool leaves_something(void)
{
    return __lsan_do_recoverable_leak_check();
}

static bool took_too_much(const struct rusage *used)
{
    (void)used;
    return false;
}
#else
static bool leaves_something(void)
{
    return false;
}

static bool took_too_much(const struct rusage *used)
{
    return used->ru_maxrss > MEGABYTES * 1024L;
}
#endif

static void complain(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));
static void complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    _exit(1);
}

static void check_words(const struct broken *c, const struct vb_sound_info *info)
{
    if (c->words && !c->words[0] && info->note_count)
        complain("%s: an odd note: %s", c->name, info->notes[0].text);
    if (!c->words || !c->words[0])
        return;
    for (size_t i = 0; i < info->note_count; i++)
        if (strstr(info->notes[i].text, c->words))
            return;
    complain("%s: no note says \"%s\"", c->name, c->words);
}

static void check_info(const struct broken *c, const char *path)
{
    struct vb_sound_info info;
    struct vb_error error = {0};
    bool known = vb_sound_read_info(path, &info, &error);
    if (c->most == 0) {
        if (known)
            complain("%s: was not refused", c->name);
        if (!strstr(error.text, c->words))
            complain("%s: refused with \"%s\"", c->name, error.text);
        return;
    }
    if (!known)
        complain("%s: was refused: %s", c->name, error.text);
    double length = (double)info.duration / VB_SECOND;
    if (length < c->least || length > c->most)
        complain("%s: %.3f s were found", c->name, length);
    check_words(c, &info);
}

/* Jumps about in it and reads to its end: all that is asked is that it ends. */
static void read_about(const struct broken *c, const char *path)
{
    struct source *s = source_open(path, (struct source_news){NULL, NULL}, NULL);
    if (!s)
        return;
    float frames[1024 * 2];
    for (int i = 0; i < 50; i++) {
        source_seek(s, (uint64_t)rand() % 600000);
        source_read(s, frames, 1024);
    }
    source_seek(s, 0);
    uint64_t read = 0;
    for (size_t got; (got = source_read(s, frames, 1024)) > 0;)
        read += got;
    bool exact;
    uint64_t length = source_length(s, &exact);
    if (read > 40 * 48000 || length != read || !exact)
        complain("%s: %llu frames of %llu", c->name, (unsigned long long)read,
                 (unsigned long long)length);
    source_close(s);
}

/* In a process of its own, so that its time and memory are known. */
static void check(const struct broken *c, const char *path)
{
    pid_t child = fork();
    if (child == 0) {
        setrlimit(RLIMIT_CPU, &(struct rlimit){CPU_SECONDS, CPU_SECONDS});
        check_info(c, path);
        read_about(c, path);
        _exit(leaves_something());
    }
    int status;
    struct rusage used;
    assert_int_equal(wait4(child, &status, 0, &used), child);
    if (WIFSIGNALED(status))
        fail_msg("%s: ended by signal %d", c->name, WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        fail_msg("%s: see above", c->name);
    if (took_too_much(&used))
        fail_msg("%s: took %ld KB", c->name, used.ru_maxrss);
}

static void each_broken_file_gives_a_sentence_or_what_can_be_played(void **state)
{
    (void)state;
    size_t skipped = 0;
    for (const struct broken *c = cases; c < cases + COUNT(cases); c++) {
        if (!cook(c->recipe)) {
            print_message("skipped %s: lame or ffmpeg is missing\n", c->name);
            skipped++;
            continue;
        }
        const char *path = temp_path(c->name);
        write_bytes(path, made.data ? made.data : (uint8_t *)"", made.len);
        check(c, path);
        unlink(path);
    }
    free(made.data);
    made = (struct bytes_made){0};
    assert_true(skipped < COUNT(cases) / 2 + 10);
}

static void sound_is_told_from_what_is_none(void **state)
{
    (void)state;
    const struct {
        const char *recipe;
        bool is_sound;
    } files[] = {
        {"wav",                                      true },
        {"ogg",                                      true },
        {"flac",                                     true },
        {"id3 2000 + zeros 1984 + flac",             true },
        {"hex 00000020 + text ftypM4A  + zeros 100", true },
        {"text <html>",                              false},
        {"zeros 4096",                               false},
        {"random 4096",                              false},
        {"",                                         false},
    };
    for (size_t i = 0; i < COUNT(files); i++) {
        assert_true(cook(files[i].recipe));
        const char *path = temp_path("is-it-sound");
        write_bytes(path, made.data ? made.data : (uint8_t *)"", made.len);
        assert_int_equal(vb_is_sound(path), files[i].is_sound);
    }
    assert_false(vb_is_sound("/"));
    assert_false(vb_is_sound("/no/such/file"));
    free(made.data);
    made = (struct bytes_made){0};
}

static void title_and_artist_are_read_in_any_encoding(void **state)
{
    (void)state;
    const struct {
        const char *size, *frames; /* of all frames */
        const char *title, *artist;
    } tags[] = {
        {"000F", "text TIT2 + hex 00000005 0000 00 + text \xC9t\xE9!", "Été!", ""    },
        {"0010", "text TIT2 + hex 00000006 0000 03 + text Été",      "Été",  ""    },
        {"0011", "text TPE1 + hex 00000007 0000 01FFFEC900E900",       "",       "Éé"},
        {"000F", "text TPE1 + hex 00000005 0000 0200C900E9",           "",       "Éé"},
    };
    for (size_t i = 0; i < COUNT(tags); i++) {
        char recipe[200];
        snprintf(recipe, sizeof recipe, "text ID3 + hex 0300000000%s + %s + flac", tags[i].size,
                 tags[i].frames);
        assert_true(cook(recipe));
        const char *path = temp_path("tagged.flac");
        write_bytes(path, made.data, made.len);
        struct vb_sound_info info;
        assert_true(vb_sound_read_info(path, &info, NULL));
        assert_string_equal(info.title, tags[i].title);
        assert_string_equal(info.artist, tags[i].artist);
    }
    free(made.data);
    made = (struct bytes_made){0};
}

static void a_title_in_the_letters_of_an_old_machine_is_read(void **state)
{
    (void)state;
    assert_true(cook("text RIFF + hex 44720200 + text WAVEfmt  + hex 10000000 01000100 401F0000"
                     " 803E0000 02001000 + text LIST + hex 14000000 + text INFOINAM"
                     " + hex 08000000 + text \xC9t\xE9 \xE0 M + hex 00"
                     " + text data + hex 00710200 + zeros 160000"));
    const char *path = temp_path("titled.wav");
    write_bytes(path, made.data, made.len);
    struct vb_sound_info info;
    assert_true(vb_sound_read_info(path, &info, NULL));
    assert_string_equal(info.title, "Été à M");
    free(made.data);
    made = (struct bytes_made){0};
}

static void chapters_are_read_behind_a_cover_of_megabytes(void **state)
{
    (void)state;
    /* APIC of 0x200000 bytes, then two chapters out of order. */
    assert_true(cook("text ID3 + hex 030000 00000000 + text APIC + hex 00200000 0000"
                     " + random 2097152"
                     " + text CHAP + hex 00000023 0000 6200 00001388 00002710 FFFFFFFF FFFFFFFF"
                     " + text TIT2 + hex 00000007 0000 03 + text Second"
                     " + text CHAP + hex 00000022 0000 6100 00000000 00001388 FFFFFFFF FFFFFFFF"
                     " + text TIT2 + hex 00000006 0000 03 + text First + flac"));
    assert_true(made.len > 2097152);
    const char *path = temp_path("chapters.flac");
    size_t tag = (size_t)((uint8_t *)memmem(made.data, made.len, "fLaC", 4) - made.data) - 10;
    for (int i = 0; i < 4; i++)
        made.data[6 + i] = (uint8_t)(tag >> (21 - 7 * i) & 127);
    write_bytes(path, made.data, made.len);
    struct vb_sound_info info;
    assert_true(vb_sound_read_info(path, &info, NULL));
    assert_int_equal(info.chapter_count, 2);
    assert_string_equal(info.chapters[0].title, "First");
    assert_int_equal(info.chapters[0].start, 0);
    assert_int_equal(info.chapters[0].end, 5 * VB_SECOND);
    assert_string_equal(info.chapters[1].title, "Second");
    assert_int_equal(info.chapters[1].end, 10 * VB_SECOND);
    free(made.data);
    made = (struct bytes_made){0};
}

static void an_unreadable_file_or_a_pipe_is_refused(void **state)
{
    (void)state;
    struct vb_sound_info info;
    struct vb_error error = {0};
    const char *path = temp_path("pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(vb_sound_read_info(path, &info, &error));
    assert_int_equal(error.code, VB_UNREADABLE);
    assert_non_null(strstr(error.text, "pipe"));
    if (geteuid() == 0) {
        print_message("not tried: root may read everything\n");
        return;
    }
    path = temp_path("locked.wav");
    write_bytes(path, "RIFF", 4);
    chmod(path, 0);
    assert_false(vb_sound_read_info(path, &info, &error));
    assert_non_null(strstr(error.text, "permission"));
}

static void a_tenth_of_a_second_of_mp3_is_played(void **state)
{
    (void)state;
    struct sound sound = tone(440, seconds(0.1));
    const char *path = temp_path("short.mp3");
    bool made_it = write_mp3(path, &sound, "-b 64 -m m");
    sound_free(&sound);
    if (!made_it) {
        print_message("skipped: lame is missing\n");
        skip();
    }
    struct vb_sound_info info;
    assert_true(vb_sound_read_info(path, &info, NULL));
    assert_int_equal(info.duration, VB_SECOND / 10);
}

int main(void)
{
    /* Nothing hangs. */
    setrlimit(RLIMIT_CPU, &(struct rlimit){300, 300});
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_broken_file_gives_a_sentence_or_what_can_be_played),
        cmocka_unit_test(sound_is_told_from_what_is_none),
        cmocka_unit_test(title_and_artist_are_read_in_any_encoding),
        cmocka_unit_test(a_title_in_the_letters_of_an_old_machine_is_read),
        cmocka_unit_test(chapters_are_read_behind_a_cover_of_megabytes),
        cmocka_unit_test(an_unreadable_file_or_a_pipe_is_refused),
        cmocka_unit_test(a_tenth_of_a_second_of_mp3_is_played),
    };
    return cmocka_run_group_tests(tests, make_good_files, free_good_files);
}
