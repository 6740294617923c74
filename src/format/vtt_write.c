/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/vtt_write.h"

#include "base/str.h"
#include "format/cue_time.h"
#include "format/cue_write.h"

struct writer {
    const struct vb_transcript *t;
    const struct vb_timeline *times;
    bool words;
    bool named; /* somebody was named in a cue before */
    struct buf *out;

    const struct vb_aside *asides;
    size_t aside_count, next; /* the first that was not yet met */
    uint32_t paragraph;       /* of the cue at hand */
    vb_str id, settings;      /* of it */
};

/* ---- what was laid aside ---- */

static void put_block(const struct writer *w, vb_str block)
{
    vb_str line;
    buf_putc(w->out, '\n');
    for (size_t at = 0; str_line(block, &at, &line);) {
        buf_add(w->out, line);
        buf_putc(w->out, '\n');
    }
}

/* The blocks before a paragraph, and what belongs to it. */
static void meet_asides(struct writer *w, uint32_t paragraph)
{
    w->id = w->settings = VB_STR("");
    for (; w->next < w->aside_count && w->asides[w->next].paragraph <= paragraph; w->next++) {
        const struct vb_aside *a = &w->asides[w->next];
        if (a->kind == VB_ASIDE_BLOCK)
            put_block(w, a->text);
        else if (a->paragraph == paragraph)
            *(a->kind == VB_ASIDE_ID ? &w->id : &w->settings) = a->text;
    }
    w->paragraph = paragraph;
}

/* ---- the cues ---- */

static void put_voices(struct writer *w, const struct out_cue *cue)
{
    const struct vb_turn *turn = cue->turn == VB_NONE ? NULL : vb_turn(w->t, cue->turn);
    for (uint32_t i = 0; turn && i < turn->speaker_count; i++) {
        uint32_t speaker = vb_turn_speaker(w->t, cue->turn, i);
        buf_puts(w->out, "<v ");
        cue_quote_vtt(vb_speaker(w->t, speaker)->name, w->out);
        buf_putc(w->out, '>');
    }
    if (w->named && !(turn && turn->speaker_count))
        buf_puts(w->out, "<v>");
    w->named = turn && turn->speaker_count;
}

/* The known time of a word that may be stamped; VB_NO_TIME: none. */
static vb_time stamp_of(const struct writer *w, uint32_t word)
{
    struct vb_word stated = vb_word(w->t, word);
    if (stated.start != VB_NO_TIME)
        return stated.start;
    bool heard = w->times && vb_timeline_origin(w->times, word) == VB_ALIGNED;
    return heard ? vb_timeline_start(w->times, word) : VB_NO_TIME;
}

/* Each word behind the time it begins at; times must rise inside the cue. */
static void put_timed(struct writer *w, const struct out_cue *cue)
{
    vb_time last = cue->start;
    for (uint32_t i = 0; i < cue->count; i++) {
        struct out_cue one = *cue;
        uint32_t word = cue->first + i;
        uint16_t marks = vb_word_marks(w->t, word);
        vb_time at = stamp_of(w, word);
        bool line = cue->break_at != VB_NONE ? word == cue->break_at : marks & VB_NEW_LINE;
        if (i)
            buf_puts(w->out, line               ? "\n"
                             : marks & VB_GLUED ? ""
                             : marks & VB_TIED  ? "\u00A0"
                                                : " ");
        if (at != VB_NO_TIME && at >= last && at <= cue->end && (i || at > cue->start)) {
            buf_putc(w->out, '<');
            cue_time_put(w->out, at, '.');
            buf_putc(w->out, '>');
            last = at;
        }
        one.first = word;
        one.count = 1;
        cue_put_words(w->t, &one, cue_quote_vtt, "<i>", "</i>", w->out);
    }
}

/* Of a cue that is cut, the first has the id, and all have the settings. */
static void put_timing(struct writer *w, const struct out_cue *cue)
{
    bool first = cue->paragraph != w->paragraph;
    if (first)
        meet_asides(w, cue->paragraph);
    buf_putc(w->out, '\n');
    if (first && w->id.len) {
        buf_add(w->out, w->id);
        buf_putc(w->out, '\n');
    }
    cue_time_put(w->out, cue->start, '.');
    buf_puts(w->out, " --> ");
    cue_time_put(w->out, cue->end, '.');
    if (w->settings.len) {
        buf_putc(w->out, ' ');
        buf_add(w->out, w->settings);
    }
    buf_putc(w->out, '\n');
}

static void put_cue(struct writer *w, const struct out_cue *cue)
{
    put_timing(w, cue);
    if (!cue->stage)
        put_voices(w, cue);
    if (cue->estimated)
        buf_puts(w->out, "<c.estimated>");
    if (w->words && !cue->stage)
        put_timed(w, cue);
    else
        cue_put_words(w->t, cue, cue_quote_vtt, "<i>", "</i>", w->out);
    if (cue->estimated)
        buf_puts(w->out, "</c>");
    buf_putc(w->out, '\n');
}

static void put_head(const struct writer *w, const struct cue_list *list)
{
    size_t estimated = 0;
    for (size_t i = 0; i < list->count; i++)
        estimated += list->items[i].estimated;
    vb_str title = vb_title(w->t);
    buf_puts(w->out, "WEBVTT");
    if (title.len && str_find(title, VB_STR("-->")) == STR_NOT_FOUND &&
        str_find_char(title, '\n') == STR_NOT_FOUND) {
        buf_puts(w->out, " - ");
        buf_add(w->out, title);
    }
    buf_putc(w->out, '\n');
    if (estimated)
        buf_puts(w->out, "\nNOTE The times of cues in <c.estimated> are estimated.\n");
}

bool vtt_write(const struct vb_transcript *t, const struct vb_timeline *times,
               struct vb_write_options options, struct buf *out, struct vb_error *error)
{
    struct cue_list list;
    struct writer w = {
        .t = t, .times = times, .words = options.words, .out = out, .paragraph = VB_NONE};
    w.asides = vb_asides(t, &w.aside_count);
    if (!cue_list_make(&list, t, times, options, CUE_LIST_CUT, error))
        return false;
    put_head(&w, &list);
    for (size_t i = 0; i < list.count; i++)
        put_cue(&w, &list.items[i]);
    meet_asides(&w, VB_NONE);
    cue_list_free(&list);
    return true;
}
