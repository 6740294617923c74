/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What listening says. */
#include "cli/check_heard.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "library/store.h"
#include "verbatim/sound.h"

static bool keys_of(const struct vb_document *document, const char *sound,
                    struct store_pair *pair)
{
    char *bytes;
    size_t len;
    vb_document_bytes(document, &bytes, &len);
    content_key_of_text((vb_str){bytes, len}, pair->text.hex);
    free(bytes);
    return content_key_of_sound(sound, pair->sound.hex, NULL);
}

static struct vb_timeline *timeline_of(const struct vb_transcript *t,
                                       const struct store_times *times, const bool *listened)
{
    uint32_t count = vb_word_count(t);
    bool *missing = mem_new(count + 1);
    for (uint32_t i = 0; i < count; i++)
        missing[i] = !listened[i];
    vb_heard_fill(t, VB_NO_TIME, missing, times->words);
    free(missing);
    return vb_timeline_heard(t, VB_NO_TIME, times->words);
}

static bool take_remembered(struct store *store, const struct store_pair *pair,
                            const struct vb_transcript *t, struct check_heard *heard)
{
    struct store_times times;
    bool *listened = NULL;
    bool found = store_times(store, pair, t, &times, &listened) && times.words && listened;
    if (found) {
        heard->times = timeline_of(t, &times, listened);
        heard->doubts = store_doubts(store, pair, vb_word_count(t), &heard->count);
    }
    free(listened);
    store_times_free(&times);
    return found;
}

bool check_remembered(const struct vb_document *document, const char *sound,
                      struct check_heard *heard)
{
    struct store_pair pair;
    struct buf path = {0};
    *heard = (struct check_heard){0};
    bool there = store_path("state.db", &path) && file_exists(path.data);
    buf_free(&path);
    if (!there || !keys_of(document, sound, &pair))
        return false;
    struct store *store = store_open(NULL, NULL, NULL);
    bool found = take_remembered(store, &pair, vb_document_transcript(document), heard);
    store_close(store);
    return found;
}

bool check_listen(const struct vb_document *document, const char *sound, const char *language,
                  struct check_heard *heard, struct vb_error *error)
{
    struct vb_align_options options = {.language = language, .jobs = 2, .check = true};
    struct vb_align_report report = {.doubts = NULL};
    heard->times =
        vb_align(vb_document_transcript(document), sound, &options, NULL, &report, error);
    heard->doubts = report.doubts;
    heard->count = report.doubt_count;
    return heard->times != NULL;
}

void check_heard_free(struct check_heard *heard)
{
    vb_timeline_free(heard->times);
    free(heard->doubts);
    *heard = (struct check_heard){0};
}
