/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a test of the window's content plays on. */
#include "support/support_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "support/support_sound.h"

struct stage *stage_new(int width, int height)
{
    struct stage *stage = mem_new(sizeof *stage);
    struct session *s = &stage->session;
    session_init(s, &hand_sink, NULL, NULL);
    s->clock = 1000 * VB_SECOND;
    stage->width = width;
    stage->height = height;
    screen_init(&stage->screen, s, &fixed_measure, 1);
    stage->screen.calm = true;
    return stage;
}

void stage_sound(struct stage *stage, vb_time lasts)
{
    struct session *s = &stage->session;
    struct sound sound = at_rate(tone(440, 8000 * 30), 8000);
    write_sound(temp_path("talk.wav"), &sound, AS_WAV);
    sound_free(&sound);
    assert_true(session_open(s, temp_path("talk.wav"), NULL));
    s->now.duration = lasts;
    s->now.duration_exact = true;
}

void stage_text(struct stage *stage, const char *lines, vb_time lasts)
{
    struct session *s = &stage->session;
    s->transcript = stage->transcript = transcript_of(lines);
    s->timeline = vb_timeline_new(s->transcript, lasts);
    s->revision++;
}

void leave(struct stage *stage)
{
    screen_free(&stage->screen);
    if (stage->transcript)
        stage->session.transcript = NULL;
    session_free(&stage->session);
    vb_transcript_unref(stage->transcript);
    free(stage);
}

void hear(struct stage *stage, uint32_t word)
{
    struct session *s = &stage->session;
    s->word = word;
    s->turn = vb_turn_of_word(s->transcript, word);
    s->now.position = vb_timeline_start(s->timeline, word);
    draw(stage);
}

const struct draw_list *draw(struct stage *stage)
{
    search_keep(&stage->session); /* a part of session_update() */
    return screen_draw(&stage->screen, stage->width, stage->height);
}

void point(struct stage *stage, enum input_kind kind, int x, int y)
{
    struct input in = {.kind = kind, .x = x, .y = y};
    screen_input(&stage->screen, &in);
    draw(stage);
}

void click(struct stage *stage, int x, int y)
{
    point(stage, INPUT_MOVE, x, y);
    point(stage, INPUT_PRESS, x, y);
    point(stage, INPUT_RELEASE, x, y);
}

void wheel_at(struct stage *stage, int x, int y, float notches)
{
    struct input in = {.kind = INPUT_WHEEL, .x = x, .y = y, .amount = notches};
    screen_input(&stage->screen, &in);
    draw(stage);
}

bool press_key(struct stage *stage, struct key_press key)
{
    bool taken = screen_key(&stage->screen, &key);
    draw(stage);
    return taken;
}

bool press_name(struct stage *stage, enum key_name name, unsigned modifiers)
{
    return press_key(stage, (struct key_press){.name = name, .modifiers = modifiers});
}

const struct draw_item *find_text(struct stage *stage, const char *text)
{
    const struct draw_list *list = draw(stage);
    for (size_t i = 0; i < list->items.count; i++)
        if (list->items.items[i].kind == DRAW_TEXT && str_eq(list->items.items[i].text, text))
            return &list->items.items[i];
    return NULL;
}
