/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who speaks: names against those the header announces. */
#include "base/i18n.h"
#include "base/str.h"
#include "check/page.h"

static bool header_lists_speakers(const struct page *page)
{
    for (uint32_t i = 0; i < vb_speaker_count(page->t); i++)
        if (vb_speaker(page->t, i)->listed)
            return true;
    return false;
}

/* A listed name that this one may be a slip of: within two letters, and one in six. */
static const struct vb_speaker *nearest_listed(const struct page *page, vb_str name)
{
    unsigned most = name.len < 6 ? 1 : 2;
    for (uint32_t i = 0; i < vb_speaker_count(page->t); i++) {
        const struct vb_speaker *other = vb_speaker(page->t, i);
        unsigned apart = edit_distance(name, other->name, most);
        if (other->listed && apart > 0 && apart <= most)
            return other;
    }
    return NULL;
}

/* The first turn in which the speaker speaks. */
static const struct vb_turn *first_turn_of(const struct page *page, uint32_t speaker)
{
    for (uint32_t i = 0; i < vb_turn_count(page->t); i++) {
        const struct vb_turn *turn = vb_turn(page->t, i);
        for (uint32_t k = 0; k < turn->speaker_count; k++)
            if (vb_turn_speaker(page->t, i, k) == speaker)
                return turn;
    }
    return NULL;
}

void check_speaker_names(struct page *page)
{
    if (!header_lists_speakers(page))
        return;
    for (uint32_t i = 0; i < vb_speaker_count(page->t); i++) {
        const struct vb_speaker *speaker = vb_speaker(page->t, i);
        const struct vb_turn *turn =
            speaker->listed || speaker->guess.len ? NULL : first_turn_of(page, i);
        if (!turn)
            continue;
        const struct vb_speaker *meant = nearest_listed(page, speaker->name);
        struct vb_span label = {turn->span.at, (uint32_t)turn->label.len};
        if (meant)
            found_at(page, label, NULL, _("the speaker “%.*s”: “%.*s” is announced"),
                     (int)speaker->name.len, speaker->name.data, (int)meant->name.len,
                     meant->name.data);
        else
            found_at(page, label, NULL, _("the speaker “%.*s” is not announced in the header"),
                     (int)speaker->name.len, speaker->name.data);
    }
}

/* Where others are named: else it is a page without names. */
void check_unnamed_turns(struct page *page)
{
    if (!vb_speaker_count(page->t))
        return;
    for (uint32_t i = 0; i < vb_paragraph_count(page->t); i++) {
        const struct vb_paragraph *p = vb_paragraph(page->t, i);
        bool unnamed = p->turn == VB_NONE || !vb_turn(page->t, p->turn)->speaker_count;
        bool first = !i || vb_paragraph(page->t, i - 1)->turn != p->turn;
        if (unnamed && first && p->kind == VB_SPEECH && p->word_count)
            found_words(page, p->first_word, 1, NULL, "%s",
                        _("nobody is named for what is said here"));
    }
}
