/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The synthesiser espeak-ng.
 *
 * It says each line in one call, synchronously, and tells of words and phonemes as it goes.
 * Its WORD events are not our words ("1989" gives three, "Rendez-vous" one, "l'État" one for
 * its l'): a phoneme belongs to the last of our words that begins at or before the event.
 * State carries over from call to call, and nothing resets it: no length of a sentence is a
 * constant, and only a fresh process says the same text the same way to the sample. */
#include "align/synthesiser.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"

#ifdef HAVE_ESPEAK

#include <espeak-ng/speak_lib.h>
#include <pthread.h>

#include "base/library.h"
#include "base/mem.h"

#define ESPEAK_FUNCTIONS(X)                                                                    \
    X(espeak_Initialize)                                                                       \
    X(espeak_SetParameter)                                                                     \
    X(espeak_SetSynthCallback)                                                                 \
    X(espeak_SetVoiceByName)                                                                   \
    X(espeak_Synth)                                                                            \
    X(espeak_TextToPhonemes)

static struct {
    ESPEAK_FUNCTIONS(LIBRARY_POINTER)
} espeak;

static bool espeak_is_there(void)
{
    static const struct library_function functions[] = {
#define X(function) {LIBRARY_NAME(function), &espeak.function},
        ESPEAK_FUNCTIONS(X)
#undef X
    };
    static struct library library = {ESPEAK_LIBRARY, functions, COUNT(functions), false, false};
    return library_there(&library);
}

enum { WORDS_A_MINUTE = 175, HURRIED = 400 };

/* The engine is one for the process, and speaks with one voice.  Once started it is never
 * stopped: espeak-ng 1.51 waits for ever for its own thread when it is stopped a second time.
 */
static struct {
    pthread_mutex_t free;
    int rate; /* 0: not started */
} engine = {PTHREAD_MUTEX_INITIALIZER, 0};

struct synthesiser {
    int rate;
    bool french;
};

/* What a call of the synthesiser fills in. */
struct saying {
    const struct synthesiser *voice;
    const uint32_t *starts;
    uint32_t words, word;
    struct phones *phones;
    struct speech *speech;
    size_t before; /* samples when it began */
    bool open;     /* the last phoneme has no end yet */
};

/* ---- phonemes ---- */

/* Pauses, language switches, stress marks. */
static bool is_no_sound(const char *name)
{
    return !name[0] || strchr("_(;|%'", name[0]);
}

/* Taken for one: variants that a digit, '#' or '/' tells apart. */
static void cut_variant(char *name)
{
    size_t len = strlen(name);
    while (len > 1 && strchr("0123456789#/", name[len - 1]))
        name[--len] = '\0';
}

static bool is_often_silent(const struct synthesiser *v, const char *name)
{
    static const char *const french[] = {"z2", "t2", "n2", "r2", "e-"};
    for (size_t i = 0; v->french && i < COUNT(french); i++)
        if (strcmp(name, french[i]) == 0)
            return true;
    return false;
}

/* ---- what the engine tells ---- */

static void end_phoneme(struct saying *s, float at)
{
    if (s->open)
        s->speech->phones.items[s->speech->phones.count - 1].end = at;
    s->open = false;
}

static void begin_phoneme(struct saying *s, const char *told, float at)
{
    char name[9] = {0};
    memcpy(name, told, 8);
    end_phoneme(s, at);
    if (is_no_sound(name))
        return;
    bool optional = is_often_silent(s->voice, name);
    cut_variant(name);
    name[7] = '\0';
    vec_push(&s->speech->phones,
             (struct said_phone){s->word, phone_number(s->phones, name), optional, at, at});
    s->open = true;
}

/* `character`: counted from 0. */
static void begin_word(struct saying *s, uint32_t character)
{
    while (s->word + 1 < s->words && s->starts[s->word + 1] <= character)
        s->word++;
}

static void take_event(struct saying *s, const espeak_EVENT *event, int rate)
{
    float at = (float)event->sample / (float)rate;
    if (event->type == espeakEVENT_WORD && event->text_position > 0)
        begin_word(s, (uint32_t)event->text_position - 1);
    else if (event->type == espeakEVENT_PHONEME)
        begin_phoneme(s, event->id.string, at);
    else if (event->type == espeakEVENT_END || event->type == espeakEVENT_MSG_TERMINATED)
        end_phoneme(s, at);
}

static int take(short *samples, int count, espeak_EVENT *events)
{
    struct saying *s = events->user_data;
    for (; s && events->type != espeakEVENT_LIST_TERMINATED; events++)
        take_event(s, events, s->voice->rate);
    if (s && samples && count > 0) {
        vec_reserve(&s->speech->samples, s->speech->samples.count + (size_t)count);
        memcpy(s->speech->samples.items + s->speech->samples.count, samples,
               (size_t)count * sizeof *samples);
        s->speech->samples.count += (size_t)count;
    }
    return 0;
}

/* ---- the interface ---- */

struct synthesiser *synthesiser_open(struct vb_error *error)
{
    const int how = espeakINITIALIZE_PHONEME_EVENTS | espeakINITIALIZE_DONT_EXIT;
    if (!espeak_is_there()) {
        err_set(error, VB_UNSUPPORTED, _("the library %s is needed to align; install it"),
                ESPEAK_LIBRARY);
        return NULL;
    }
    pthread_mutex_lock(&engine.free);
    if (engine.rate <= 0)
        engine.rate = espeak.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, how);
    if (engine.rate <= 0) {
        pthread_mutex_unlock(&engine.free);
        err_set(error, VB_UNSUPPORTED, "%s",
                _("the synthesiser espeak-ng does not start: its voices are missing (package "
                  "espeak-ng-data)"));
        return NULL;
    }
    espeak.espeak_SetSynthCallback(take);
    struct synthesiser *v = mem_new(sizeof *v);
    v->rate = engine.rate;
    return v;
}

void synthesiser_close(struct synthesiser *v)
{
    if (!v)
        return;
    free(v);
    pthread_mutex_unlock(&engine.free);
}

int synthesiser_rate(const struct synthesiser *v)
{
    return v->rate;
}

bool synthesiser_choose(struct synthesiser *v, const char *name)
{
    v->french = strncmp(name, "fr", 2) == 0;
    return espeak.espeak_SetVoiceByName(name) == EE_OK &&
           espeak.espeak_SetParameter(espeakRATE, WORDS_A_MINUTE, 0) == EE_OK;
}

void synthesiser_hurry(struct synthesiser *v, bool hurries)
{
    (void)v;
    espeak.espeak_SetParameter(espeakRATE, hurries ? HURRIED : WORDS_A_MINUTE, 0);
}

bool synthesiser_exists(struct synthesiser *v, const char *language)
{
    return synthesiser_choose(v, language);
}

void synthesiser_say(struct synthesiser *v, const char *line, const uint32_t *starts,
                     uint32_t words, struct phones *phones, struct speech *speech)
{
    struct saying saying = {v, starts, words, 0, phones, speech, speech->samples.count, false};
    espeak.espeak_Synth(line, strlen(line) + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8, NULL,
                        &saying);
    float before = (float)saying.before / (float)v->rate;
    float length = (float)speech->samples.count / (float)v->rate - before;
    end_phoneme(&saying, length);
}

uint32_t synthesiser_spell(struct synthesiser *v, const char *text, struct phones *phones,
                           uint8_t *out, uint32_t room)
{
    (void)v;
    const int underscore_between = '_' << 8;
    uint32_t count = 0;
    for (const void *rest = text; rest && count < room;) {
        const char *told =
            espeak.espeak_TextToPhonemes(&rest, espeakCHARS_UTF8, underscore_between);
        while (told && *told && count < room) {
            told += strspn(told, "_',%=|: \n");
            size_t len = strcspn(told, "_ \n");
            char name[8] = {0};
            memcpy(name, told, len < 7 ? len : 7);
            told += len;
            cut_variant(name);
            if (!is_no_sound(name))
                out[count++] = phone_number(phones, name);
        }
    }
    return count;
}

#else

struct synthesiser *synthesiser_open(struct vb_error *error)
{
    err_set(error, VB_UNSUPPORTED, "%s",
            _("this verbatim was built without espeak-ng, which tells how words sound: install "
              "libespeak-ng-dev and build again"));
    return NULL;
}

void synthesiser_close(struct synthesiser *v)
{
    (void)v;
}

int synthesiser_rate(const struct synthesiser *v)
{
    (void)v;
    return 22050;
}

bool synthesiser_choose(struct synthesiser *v, const char *name)
{
    (void)v, (void)name;
    return false;
}

void synthesiser_hurry(struct synthesiser *v, bool hurries)
{
    (void)v, (void)hurries;
}

bool synthesiser_exists(struct synthesiser *v, const char *language)
{
    return synthesiser_choose(v, language);
}

void synthesiser_say(struct synthesiser *v, const char *line, const uint32_t *starts,
                     uint32_t words, struct phones *phones, struct speech *speech)
{
    (void)v, (void)line, (void)starts, (void)words, (void)phones, (void)speech;
}

uint32_t synthesiser_spell(struct synthesiser *v, const char *text, struct phones *phones,
                           uint8_t *out, uint32_t room)
{
    (void)v, (void)text, (void)phones, (void)out, (void)room;
    return 0;
}

#endif
