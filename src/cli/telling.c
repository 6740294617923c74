/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the terminal player tells, and when. */
#include "cli/telling.h"

#include "base/i18n.h"
#include "base/str.h"
#include "cli/help.h"
#include "cli/report.h"
#include "format/timecode.h"

enum { SLACK = 1 }; /* seconds that we may look late */

/* So long before the sound that nobody went on from there: the first look is a jump. */
#define BEFORE_ALL (-1000000 * VB_SECOND)

void telling_start(struct telling *telling, const struct session *session, struct paper *paper)
{
    *telling = (struct telling){
        .session = session, .paper = paper, .turn = VB_NONE, .position = BEFORE_ALL};
}

/* ---- one block of the page ---- */

/* "[12:41]"; "[≈12:41]" where the time is only estimated. */
static void put_time(const struct session *s, uint32_t word, struct buf *out)
{
    if (word >= vb_word_count(s->transcript))
        return;
    bool known;
    vb_time start = session_time_of(s, word, &known);
    if (start == VB_NO_TIME)
        return;
    buf_puts(out, known ? "[" : "[≈");
    time_put(out, start);
    buf_putc(out, ']');
}

/* `word`: the first that is told of it; after a jump that is not its beginning. */
static void tell_turn(struct telling *telling, uint32_t turn, uint32_t word)
{
    const struct vb_transcript *t = telling->session->transcript;
    vb_str speakers = vb_turn_speakers(t, turn);
    struct buf header = {0};
    put_time(telling->session, word, &header);
    if (speakers.len)
        buf_puts(&header, header.len ? " " : "");
    buf_add(&header, speakers);
    uint32_t hue = vb_turn(t, turn)->speaker_count ? vb_turn_speaker(t, turn, 0) : 0;
    paper_gap(telling->paper);
    paper_say(telling->paper, STYLE_SPEAKER, hue, buf_str(&header));
    buf_free(&header);
}

static void tell_section(struct telling *telling, uint32_t section)
{
    paper_gap(telling->paper);
    paper_say(telling->paper, STYLE_HEADING, 0,
              vb_section(telling->session->transcript, section)->title);
}

/* A marker's time is said by the header where a turn begins there. */
static void tell_marker(struct telling *telling, uint32_t marker)
{
    const struct vb_transcript *t = telling->session->transcript;
    uint32_t word = vb_marker(t, marker)->first_word;
    if (!vb_marker(t, marker)->usable || word >= vb_word_count(t) ||
        vb_turn_of_word(t, word) != telling->turn)
        return;
    struct buf time = {0};
    put_time(telling->session, word, &time);
    paper_say(telling->paper, STYLE_QUIET, 0, buf_str(&time));
    buf_free(&time);
}

static void tell_paragraph(struct telling *telling, uint32_t paragraph)
{
    const struct vb_paragraph *row = vb_paragraph(telling->session->transcript, paragraph);
    if (row->turn != VB_NONE && row->turn != telling->turn)
        tell_turn(telling, row->turn, row->first_word);
    else if (telling->paper->draws)
        paper_gap(telling->paper);
    telling->turn = row->turn;
    paper_begin(telling->paper, paragraph);
}

static void tell_block(struct telling *telling, uint32_t index)
{
    struct vb_block block = vb_block(telling->session->transcript, index);
    paper_begin(telling->paper, VB_NONE); /* what came before is record now */
    if (block.kind == VB_BLOCK_SECTION)
        tell_section(telling, block.index);
    else if (block.kind == VB_BLOCK_MARKER)
        tell_marker(telling, block.index);
    else
        tell_paragraph(telling, block.index);
}

static void tell_until(struct telling *telling, uint32_t end)
{
    while (telling->next < end)
        tell_block(telling, telling->next++);
}

/* ---- how the voice moves ---- */

/* Did it only go on since the last look? */
static bool went_on(const struct telling *telling)
{
    const struct session *s = telling->session;
    vb_time moved = s->now.position - telling->position;
    vb_time passed = s->clock - telling->clock;
    return moved > -VB_SECOND / 2 &&
           moved <= (vb_time)((double)passed * s->now.speed) + SLACK * VB_SECOND;
}

/* The block of a paragraph; blocks and paragraphs stand in the same order. */
static uint32_t block_of(const struct vb_transcript *t, uint32_t paragraph)
{
    uint32_t block = paragraph; /* every paragraph before has a block */
    while (vb_block(t, block).kind != VB_BLOCK_PARAGRAPH ||
           vb_block(t, block).index != paragraph)
        block++;
    return block;
}

/* Is there at most one paragraph to tell before `end`? */
static bool is_next_paragraph(const struct telling *telling, uint32_t end)
{
    int paragraphs = 0;
    for (uint32_t i = telling->next; i < end && paragraphs < 2; i++)
        paragraphs += vb_block(telling->session->transcript, i).kind == VB_BLOCK_PARAGRAPH;
    return paragraphs < 2;
}

/* The voice jumped: its paragraph is told next, under its speaker's name. */
static void start_afresh(struct telling *telling, uint32_t block)
{
    paper_leave(telling->paper);
    telling->next = block;
    telling->turn = VB_NONE;
}

static void follow_word(struct telling *telling)
{
    const struct session *s = telling->session;
    uint32_t paragraph = vb_paragraph_of_word(s->transcript, s->word);
    uint32_t block = block_of(s->transcript, paragraph);
    bool behind = block < telling->next, goes_on = went_on(telling);
    if (paragraph != telling->paper->paragraph) {
        if (behind && goes_on) /* the clock stepped back by a moment */
            return;
        if (behind || !(goes_on || is_next_paragraph(telling, block + 1)))
            start_afresh(telling, block);
        tell_until(telling, block + 1);
    }
    paper_mark(telling->paper, s->word);
}

/* Behind the last word may stand a stage direction. */
static void follow_to_the_end(struct telling *telling)
{
    const struct session *s = telling->session;
    if (telling->next && went_on(telling) &&
        s->now.position >= vb_timeline_text_end(s->timeline))
        tell_until(telling, vb_block_count(s->transcript));
}

/* ---- what else is said ---- */

static void pass_messages_on(struct telling *telling)
{
    const struct session *s = telling->session;
    for (; telling->said < s->said; telling->said++) {
        const struct message *message = session_message(s, telling->said);
        if (!message)
            continue;
        if (telling->paper->draws)
            paper_say(telling->paper, STYLE_QUIET, 0, str_of(message->text));
        else
            report_remark(message->text);
    }
}

/* What only a window can do. */
static bool works_in_terminal(const struct action *action)
{
    return action->group != GROUP_SHOW &&
           !list_has("page-up page-down top bottom follow close", str_of(action->name));
}

static void list_keys(struct telling *telling)
{
    struct buf text = {0};
    vb_str line;
    help_keys(works_in_terminal, &text);
    paper_gap(telling->paper);
    for (size_t at = 0; str_line(buf_str(&text), &at, &line);)
        if (line.len)
            paper_say(telling->paper, STYLE_QUIET, 0, line);
        else
            paper_gap(telling->paper);
    buf_free(&text);
}

void telling_go_on(struct telling *telling)
{
    const struct session *s = telling->session;
    pass_messages_on(telling);
    if (s->mode == MODE_HELP && telling->paper->draws)
        list_keys(telling);
    if (s->transcript && s->word != VB_NONE)
        follow_word(telling);
    else if (s->transcript)
        follow_to_the_end(telling);
    telling->position = s->now.position;
    telling->clock = s->clock;
}

void telling_all(struct telling *telling)
{
    pass_messages_on(telling);
    tell_until(telling, vb_block_count(telling->session->transcript));
    paper_begin(telling->paper, VB_NONE);
}
