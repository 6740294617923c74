/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns divided, joined and renamed. */
#include "app/turns.h"

#include <stdlib.h>
#include <string.h>

#include "app/cues.h"
#include "app/editing.h"
#include "app/passages.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

static vb_str source(const struct session *s, size_t from, size_t until)
{
    return str_cut(vb_document_text(s->document), from, until);
}

/* The word that is meant: at the caret, else where the reader is; VB_NONE: there is none. */
static uint32_t word_meant(const struct session *s)
{
    if (!s->transcript)
        return VB_NONE;
    return s->caret.on ? caret_word(s) : selection_reader(s);
}

/* ---- joining ---- */

static bool is_paragraph(const struct session *s, struct vb_span span)
{
    uint32_t first, until;
    passage_blocks(s, span, &first, &until);
    return first < until && vb_block(s->transcript, first).kind == VB_BLOCK_PARAGRAPH;
}

static bool join(struct session *s, struct vb_span a, struct vb_span b, bool with_space)
{
    struct vb_error error = {0};
    uint32_t end = a.at + a.len;
    if (session_replace(s, (struct vb_span){end, b.at - end},
                        with_space ? VB_STR(" ") : VB_STR(""), &error))
        return true;
    session_say(s, MESSAGE_WARNING, "%s", error.text);
    return false;
}

static bool join_cues(struct session *s, struct vb_span a, struct vb_span b)
{
    struct vb_error error = {0};
    bool joined = cues_join(s, a, b, &error);
    if (!joined)
        session_say(s, MESSAGE_INFO, "%s", error.text);
    return joined;
}

void turns_join_at_caret(struct session *s, bool back)
{
    struct vb_span here, other;
    if (!caret_commit(s))
        return;
    here = s->caret.span;
    if (!passage_beside(s, here, back ? -1 : 1, &other))
        return;
    struct vb_span a = back ? other : here, b = back ? here : other;
    bool both = a.len && b.len;
    if (both && (!is_paragraph(s, a) || !is_paragraph(s, b))) {
        session_say(s, MESSAGE_INFO, "%s", _("a heading or a time marker stands between"));
        return;
    }
    uint32_t end = a.at + a.len;
    bool cues = both && passages_are_cues(s);
    if (cues ? join_cues(s, a, b) : join(s, a, b, both))
        caret_go(s, back && both ? end + 1 : end, false);
}

/* ---- dividing ---- */

static vb_str label_region(const struct session *s, const struct vb_turn *turn, size_t *at)
{
    *at = turn->span.at;
    if (!turn->word_count)
        return VB_STR("");
    return source(s, turn->span.at, vb_word(s->transcript, turn->first_word).span.at);
}

/* A label with its markup, as another turn has it, "<b>Anne : </b>": the first one of the same
 * speaker, else the first of all. */
static void put_label(const struct session *s, vb_str speaker, struct buf *into)
{
    vb_str best = VB_STR(""), name = VB_STR("");
    for (uint32_t i = 0; i < vb_turn_count(s->transcript); i++) {
        const struct vb_turn *turn = vb_turn(s->transcript, i);
        size_t at;
        vb_str region = label_region(s, turn, &at);
        bool same = str_is(turn->label, speaker);
        bool fits = turn->label.len && region.len && region.len < turn->label.len + 64 &&
                    str_find_char(region, '\n') == STR_NOT_FOUND &&
                    str_find_char(region, '[') == STR_NOT_FOUND &&
                    str_find(region, turn->label) != STR_NOT_FOUND;
        if (!fits || (best.len && !same))
            continue;
        best = region;
        name = turn->label;
        if (same)
            break;
    }
    size_t at = best.len ? str_find(best, name) : 0;
    buf_add(into, str_cut(best, 0, at));
    buf_add(into, speaker);
    if (best.len)
        buf_add(into, str_from(best, at + name.len));
    else
        buf_puts(into, " : ");
}

/* What stands between two turns: line ends. */
static void put_divider(const struct session *s, struct buf *into)
{
    for (uint32_t i = 1; i < vb_turn_count(s->transcript); i++) {
        size_t from = vb_turn(s->transcript, i)->span.at, at = from;
        vb_str text = vb_document_text(s->document);
        while (at > 0 && is_space((unsigned char)text.data[at - 1]))
            at--;
        if (at == from)
            continue;
        for (; at < from; at++)
            if (text.data[at] == '\n')
                buf_putc(into, '\n');
        if (into->len)
            return;
    }
    buf_puts(into, "\n\n");
}

void turns_ask_split(struct session *s)
{
    struct vb_error error = {0};
    if (!session_correctable(s))
        return;
    if (!passages_are_cues(s)) {
        session_ask(s, ASK_SPLIT);
        return;
    }
    uint32_t word = caret_commit(s) ? word_meant(s) : VB_NONE;
    if (word == VB_NONE)
        return;
    struct vb_span span = vb_word(s->transcript, word).span;
    if (s->caret.on && caret_place(s) >= span.at + span.len &&
        word + 1 < vb_word_count(s->transcript))
        word++; /* the caret stands behind it */
    if (!cues_split(s, word, &error))
        session_say(s, MESSAGE_INFO, "%s", error.text);
    else if (s->caret.on)
        caret_follow(s, vb_word(s->transcript, word).span.at);
}

/* The caret's own place, or the word's beginning; white space around it. */
static struct vb_span place_to_divide(const struct session *s, uint32_t word)
{
    vb_str text = vb_document_text(s->document);
    size_t from = s->caret.on ? caret_place(s) : vb_word(s->transcript, word).span.at;
    size_t until = from;
    while (from > 0 && (text.data[from - 1] == ' ' || text.data[from - 1] == '\n'))
        from--;
    while (until < text.len && (text.data[until] == ' ' || text.data[until] == '\n'))
        until++;
    return (struct vb_span){(uint32_t)from, (uint32_t)(until - from)};
}

static bool refuse(struct buf *why, const char *sentence)
{
    buf_puts(why, sentence);
    return false;
}

bool turns_split(struct session *s, vb_str speaker, struct buf *why)
{
    struct buf text = {0};
    struct vb_error error = {0};
    speaker = str_trim(speaker);
    if (!speaker.len)
        return refuse(why, _("write the name of the speaker"));
    if (!caret_commit(s))
        return refuse(why, _("what was typed can't be taken yet"));
    uint32_t word = word_meant(s), turns = vb_turn_count(s->transcript);
    if (word == VB_NONE)
        return refuse(why, _("there is no word here"));
    struct vb_span span = place_to_divide(s, word);
    put_divider(s, &text);
    put_label(s, speaker, &text);
    uint32_t behind = span.at + (uint32_t)text.len;
    bool done = session_replace(s, span, buf_str(&text), &error);
    buf_free(&text);
    if (!done)
        return refuse(why, error.text);
    if (vb_turn_count(s->transcript) <= turns) {
        session_undo_edit(s);
        return refuse(why, _("a label here would not be read as one; nothing was written"));
    }
    caret_follow(s, behind);
    return true;
}

static uint32_t turn_meant(const struct session *s)
{
    uint32_t word = word_meant(s);
    return word == VB_NONE ? VB_NONE : vb_turn_of_word(s->transcript, word);
}

/* The label of the next turn that way that is another one; empty: there is none. */
static vb_str other_label(const struct session *s, uint32_t turn, int by)
{
    vb_str own = vb_turn(s->transcript, turn)->label;
    for (uint32_t i = turn + (uint32_t)by; i < vb_turn_count(s->transcript);
         i += (uint32_t)by) {
        vb_str label = vb_turn(s->transcript, i)->label;
        if (label.len && !str_is(label, own))
            return label;
    }
    return VB_STR("");
}

/* Whoever spoke before, else whoever speaks next. */
void turns_offer_speaker(const struct session *s, struct buf *out)
{
    uint32_t turn = turn_meant(s);
    if (turn == VB_NONE)
        return;
    vb_str before = other_label(s, turn, -1);
    buf_add(out, before.len ? before : other_label(s, turn, 1));
}

/* ---- renaming ---- */

static uint32_t speaker_meant(const struct session *s)
{
    uint32_t turn = turn_meant(s);
    if (turn == VB_NONE || !vb_turn(s->transcript, turn)->speaker_count)
        return VB_NONE;
    return vb_turn_speaker(s->transcript, turn, 0);
}

void turns_offer_name(const struct session *s, struct buf *out)
{
    uint32_t speaker = speaker_meant(s);
    if (speaker != VB_NONE)
        buf_add(out, vb_speaker(s->transcript, speaker)->name);
}

struct renaming {
    VEC(struct vb_change) changes;
    size_t labels, header;
};

static bool speaks(const struct session *s, uint32_t turn, uint32_t speaker)
{
    for (uint32_t i = 0; i < vb_turn(s->transcript, turn)->speaker_count; i++)
        if (vb_turn_speaker(s->transcript, turn, i) == speaker)
            return true;
    return false;
}

/* The name between bytes of the file, as a whole word; false: it is not there. */
static bool add_change(const struct session *s, struct renaming *r, size_t from, size_t until,
                       vb_str old, vb_str name)
{
    vb_str text = source(s, from, until);
    size_t at = old.len ? str_find(text, old) : STR_NOT_FOUND;
    while (at != STR_NOT_FOUND) {
        size_t end = at + old.len, next = end;
        bool whole = !is_letter_or_digit(str_before(text, at)) &&
                     !(end < text.len && is_letter_or_digit(str_next(text, &next)));
        if (whole) {
            vec_push(&r->changes, (struct vb_change){
                                      {(uint32_t)(from + at), (uint32_t)old.len},
                                      name
            });
            return true;
        }
        size_t more = str_find(str_from(text, end), old);
        at = more == STR_NOT_FOUND ? STR_NOT_FOUND : end + more;
    }
    return false;
}

/* Whoever speaks alone is renamed as the label is written, whatever the header calls them. */
static vb_str name_in(const struct vb_turn *turn, vb_str name)
{
    return turn->speaker_count == 1 && turn->label.len ? turn->label : name;
}

static void rename_turn(const struct session *s, const struct vb_turn *turn, vb_str old,
                        vb_str name, struct renaming *r)
{
    for (uint32_t i = 0; i < turn->paragraph_count; i++) {
        const struct vb_paragraph *p = vb_paragraph(s->transcript, turn->first_paragraph + i);
        if (!p->word_count)
            continue;
        size_t from = i ? p->span.at : turn->span.at;
        size_t until = vb_word(s->transcript, p->first_word).span.at;
        if (until > from)
            r->labels += add_change(s, r, from, until, name_in(turn, old), name);
    }
}

/* "Intervenants", "Intervenant·e·s", "Speakers" */
static bool lists_speakers(vb_str label)
{
    static const char *const parts[] = {"nterven", "peaker", "articipant", "Voix"};
    for (size_t i = 0; i < COUNT(parts); i++)
        if (str_find(label, str_of(parts[i])) != STR_NOT_FOUND)
            return true;
    return false;
}

static struct renaming find_names(const struct session *s, uint32_t speaker, vb_str name)
{
    struct renaming r = {0};
    size_t count;
    vb_str old = vb_speaker(s->transcript, speaker)->name;
    const struct vb_meta *meta = vb_metadata(s->transcript, &count);
    for (size_t i = 0; i < count; i++)
        if (meta[i].span.len && lists_speakers(meta[i].label))
            r.header += add_change(s, &r, meta[i].span.at, meta[i].span.at + meta[i].span.len,
                                   old, name);
    for (uint32_t i = 0; i < vb_turn_count(s->transcript); i++)
        if (speaks(s, i, speaker))
            rename_turn(s, vb_turn(s->transcript, i), old, name, &r);
    return r;
}

void turns_preview_rename(const struct session *s, vb_str name, struct buf *out)
{
    uint32_t speaker = speaker_meant(s);
    if (speaker == VB_NONE)
        return;
    struct renaming r = find_names(s, speaker, str_trim(name));
    buf_printf(out, P_("%zu label", "%zu labels", r.labels), r.labels);
    if (r.header)
        buf_puts(out, _(", and the header"));
    free(r.changes.items);
}

bool turns_rename(struct session *s, vb_str name, struct buf *why)
{
    struct vb_error error = {0};
    name = str_trim(name);
    if (!name.len)
        return refuse(why, _("write the name of the speaker"));
    if (!caret_commit(s))
        return refuse(why, _("what was typed can't be taken yet"));
    uint32_t speaker = speaker_meant(s);
    if (speaker == VB_NONE)
        return refuse(why, _("nobody is named here"));
    struct renaming r = find_names(s, speaker, name);
    bool done = r.changes.count && session_edit(s, r.changes.items, r.changes.count, &error);
    free(r.changes.items);
    if (!done)
        return refuse(why,
                      error.text[0] ? error.text : _("the name stands nowhere as a label"));
    session_say(s, MESSAGE_INFO, P_("renamed in %zu label", "renamed in %zu labels", r.labels),
                r.labels);
    return true;
}
