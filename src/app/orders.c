/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `verbatim --send ORDER` can ask, and the answers. */
#include "app/orders.h"

#include <math.h>

#include "app/actions.h"
#include "app/editing.h"
#include "app/listening.h"
#include "app/numbers.h"
#include "app/paths.h"
#include "app/pins.h"
#include "app/place.h"
#include "app/relire.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "format/json.h"

/* An order's first word and the rest. */
static vb_str split_order(vb_str order, vb_str *rest)
{
    order = str_trim(order);
    size_t space = str_find_char(order, ' ');
    *rest = str_trim(str_from(order, space == STR_NOT_FOUND ? order.len : space));
    return str_cut(order, 0, space == STR_NOT_FOUND ? order.len : space);
}

bool orders_is_state(vb_str order)
{
    return str_eq(str_trim(order), "state");
}

/* Orders with a number behind them; without one they are actions of that name, or none. */
static void set_offset(struct session *s, double seconds)
{
    session_set_offset(s, (vb_time)llround(seconds * 1e6));
}

static void set_delay(struct session *s, double ms)
{
    session_set_delay(s, (int)lround(ms));
}

static void pin_word(struct session *s, double word)
{
    pins_word(s, word < 0 ? VB_NONE : (uint32_t)word);
}

static const struct numbered {
    const char *name;
    double most; /* either way */
    void (*set)(struct session *s, double number);
} numbered[] = {
    {"offset", 36000,      set_offset}, /* seconds that the text comes later */
    {"delay",  DELAY_MOST, set_delay }, /* ms of the output that is heard */
    {"pin",    1e9,        pin_word  }, /* the word of that number is heard now */
};

static const struct numbered *numbered_order(vb_str name, vb_str rest)
{
    for (size_t i = 0; i < COUNT(numbered) && rest.len; i++)
        if (str_eq(name, numbered[i].name))
            return &numbered[i];
    return NULL;
}

static bool obey_number(struct session *s, const struct numbered *row, vb_str rest,
                        struct buf *answer)
{
    double number;
    if (number_from_user(rest, &number) && fabs(number) <= row->most) {
        row->set(s, number);
        return true;
    }
    buf_printf(answer, _("'%.*s' is no number from -%g to %g"), (int)rest.len, rest.data,
               row->most, row->most);
    return false;
}

bool orders_known(vb_str order)
{
    vb_str rest, name = split_order(order, &rest);
    return numbered_order(name, rest) || orders_is_state(order) || str_eq(name, "seek") ||
           str_eq(name, "save-as") || str_eq(name, "raise") || str_eq(name, "find") ||
           action_named(name) != NULL;
}

static bool save_as(struct session *s, vb_str path, struct buf *answer)
{
    struct buf name = {0};
    path_from_word(path, &name);
    bool saved = path.len && s->document && session_save_as(s, name.data);
    buf_free(&name);
    if (!saved)
        buf_puts(answer, _("nothing was saved"));
    return saved;
}

/* A recording or a transcript, its partner is looked for; or both, with a tab between them. The
 * window comes forward: whoever opens something wants to see it. */
static bool open_files(struct session *s, vb_str files, struct buf *answer)
{
    size_t tab = str_find_char(files, '\t');
    struct buf first = {0}, second = {0};
    struct vb_error error = {0};
    path_from_word(str_cut(files, 0, tab == STR_NOT_FOUND ? files.len : tab), &first);
    path_from_word(str_from(files, tab == STR_NOT_FOUND ? files.len : tab + 1), &second);
    bool opened = session_open_pair(s, first.data, second.len ? second.data : NULL, &error);
    s->come_forward = true;
    if (!opened)
        buf_puts(answer, error.text);
    buf_free(&first);
    buf_free(&second);
    return opened;
}

static bool compare(struct session *s, vb_str path, struct buf *answer)
{
    struct buf name = {0};
    struct vb_error error = {0};
    path_from_word(path, &name);
    bool done = relire_compare(s, name.data, &error);
    buf_free(&name);
    if (!done)
        buf_puts(answer, error.text);
    return done;
}

bool orders_obey(struct session *s, vb_str order, struct buf *answer)
{
    vb_str rest, name = split_order(order, &rest);
    if (str_eq(name, "seek"))
        return place_go(s, rest, answer);
    if (str_eq(name, "find") && rest.len) {
        search_set(s, rest);
        return true;
    }
    if (str_eq(name, "open") && rest.len)
        return open_files(s, rest, answer);
    if (str_eq(name, "raise")) {
        s->come_forward = true;
        return true;
    }
    if (str_eq(name, "save-as") && rest.len)
        return save_as(s, rest, answer);
    if (str_eq(name, "compare") && rest.len)
        return compare(s, rest, answer);
    const struct numbered *row = numbered_order(name, rest);
    if (row)
        return obey_number(s, row, rest, answer);
    const struct action *action = action_named(name);
    if (!action) {
        buf_printf(answer, _("there is no order '%.*s'"), (int)name.len, name.data);
        return false;
    }
    action_run(s, action);
    return true;
}

static void write_word(const struct session *s, const struct shown_word *shown,
                       struct json *json)
{
    json_object(json);
    json_key(json, "word"), json_number(json, shown->word);
    json_key(json, "text"), json_str(json, vb_word_text(s->transcript, shown->word));
    json_key(json, "x"), json_number(json, shown->x);
    json_key(json, "y"), json_number(json, shown->y);
    json_key(json, "w"), json_number(json, shown->w);
    json_key(json, "h"), json_number(json, shown->h);
    json_end_object(json);
}

static void write_index(struct json *json, const char *key, uint32_t index, uint32_t from)
{
    json_key(json, key);
    if (index == VB_NONE)
        json_null(json);
    else
        json_number(json, index + from);
}

static void write_place(const struct session *s, struct json *json)
{
    write_index(json, "turn", s->turn, 1);
    write_index(json, "word", s->word, 0);
    json_key(json, "speaker");
    json_str_or_null(json, s->turn == VB_NONE ? VB_STR("")
                                              : vb_turn_speakers(s->transcript, s->turn));
    json_key(json, "origin");
    if (s->word == VB_NONE)
        json_null(json);
    else
        json_str(json, str_of(vb_origin_name(vb_timeline_origin(s->timeline, s->word))));
}

static void write_sound(const struct session *s, struct json *json)
{
    json_key(json, "position"), json_time(json, s->now.position);
    json_key(json, "duration"), json_time(json, s->now.duration);
    json_key(json, "playing"), json_bool(json, s->now.phase == VB_PLAYING);
    json_key(json, "seeking"), json_bool(json, s->now.seeking);
    json_key(json, "speed"), json_real(json, (double)s->now.speed);
    json_key(json, "offset"), json_time(json, s->offset);
    json_key(json, "output"), json_str_or_null(json, str_of(s->outputs.now));
    json_key(json, "delay"), json_time(json, outputs_delay(&s->outputs) * VB_SECOND / 1000);
}

/* {"query","matches","match"}: from 1, null when none was gone to; and the words selected. */
static void write_marks(const struct session *s, struct json *json)
{
    size_t count = search_count(s), here = s->search.here;
    struct selected words;
    json_key(json, "search");
    json_object(json);
    json_key(json, "query"), json_str(json, buf_str(&s->search.query));
    json_key(json, "matches"), json_number(json, (int64_t)count);
    json_key(json, "match");
    if (count && here != SEARCH_NOWHERE)
        json_number(json, (int64_t)here + 1);
    else
        json_null(json);
    json_end_object(json);
    json_key(json, "selection");
    if (!selection_get(s, &words)) {
        json_null(json);
        return;
    }
    json_array(json);
    json_number(json, words.first), json_number(json, words.last);
    json_end_array(json);
}

/* null, or {"doubts","open","here","check","at","heard","holes","until","working"}: `here`
 * counts from 1 in the order of the list, `at` is when it is heard. */
static void write_relire(const struct session *s, struct json *json)
{
    json_key(json, "proofreading");
    if (!relire_is_on(s)) {
        json_null(json);
        return;
    }
    struct relire_progress progress = relire_progress(s);
    size_t here = relire_here(s);
    bool is = here != DOUBT_NOWHERE;
    const struct doubt *d = is ? relire_doubt(s, here) : NULL;
    json_object(json);
    json_key(json, "doubts"), json_number(json, (int64_t)relire_count(s));
    json_key(json, "open"), json_number(json, (int64_t)relire_open(s));
    write_index(json, "here", is ? (uint32_t)here : VB_NONE, 1);
    json_key(json, "check"), json_str_or_null(json, str_of(is ? d->check : ""));
    json_key(json, "at"), json_time(json, is ? relire_time(s, d) : VB_NO_TIME);
    json_key(json, "note"), json_str_or_null(json, is ? d->note : VB_STR(""));
    json_key(json, "right"), json_bool(json, is && d->right);
    json_key(json, "heard"), json_real(json, progress.heard);
    json_key(json, "holes"), json_number(json, (int64_t)progress.holes);
    json_key(json, "until"), json_time(json, progress.until);
    json_key(json, "news"), json_number(json, (int64_t)s->news.count);
    json_key(json, "working"), json_bool(json, relire_works(s));
    json_end_object(json);
}

/* The caret, as a byte of the page; null where there is none. */
static void write_editing(const struct session *s, struct json *json)
{
    json_key(json, "caret");
    if (s->caret.on)
        json_number(json, caret_place(s));
    else
        json_null(json);
    json_key(json, "unsaved"), json_bool(json, session_changed(s));
}

void state_write(const struct session *s, const struct shown_word *words, size_t count,
                 struct buf *out)
{
    struct json json = {.out = out};
    json_object(&json);
    write_sound(s, &json);
    write_place(s, &json);
    json_key(&json, "underruns"), json_number(&json, s->now.underruns);
    json_key(&json, "audio"), json_str_or_null(&json, str_of(s->sound_path));
    json_key(&json, "text");
    json_str_or_null(&json, s->document ? str_of(vb_document_path(s->document)) : VB_STR(""));
    json_key(&json, "opening"), json_str_or_null(&json, str_of(session_awaits(s)));
    if (s->loading)
        json_key(&json, "beginning"), json_bool(&json, true);
    write_marks(s, &json);
    write_relire(s, &json);
    write_editing(s, &json);
    if (words) {
        json_key(&json, "words");
        json_array(&json);
        for (size_t i = 0; i < count; i++)
            write_word(s, &words[i], &json);
        json_end_array(&json);
    }
    json_end_object(&json);
}
