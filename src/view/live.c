/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines of a text that is being typed into. */
#include "view/live.h"

#include <stdlib.h>

#include "app/steps.h"
#include "base/spaceless.h"
#include "base/str.h"
#include "view/bidi.h"
#include "view/layout.h"
#include "view/layout_breaks.h"

void live_free(struct live *l)
{
    buf_free(&l->text);
    free(l->lines.items);
    free(l->levels.items);
    free(l->pieces.items);
    free(l->placed.items);
    free(l->order.items);
    free(l->piece_levels.items);
    *l = (struct live){0};
}

static vb_str text_of(const struct live *l)
{
    return buf_str(&l->text);
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\t';
}

static uint32_t em_width(const struct live *l, vb_str text)
{
    return l->measure->width(l->measure->ctx, l->style.face, text);
}

/* ---- tokens: runs without a space ---- */

static size_t token_end(vb_str text, size_t at)
{
    while (at < text.len && !is_gap(text.data[at]) && text.data[at] != '\n')
        at++;
    return at;
}

static size_t gap_end(vb_str text, size_t at)
{
    while (at < text.len && is_gap(text.data[at]))
        at++;
    return at;
}

/* The run that ends at `at`. */
static vb_str token_before(vb_str text, size_t at)
{
    size_t from = at;
    while (from > 0 && !is_gap(text.data[from - 1]) && text.data[from - 1] != '\n')
        from--;
    return str_cut(text, from, at);
}

/* One space alone may be narrow, and tie, as in the layout. */
static uint8_t join_at(vb_str text, size_t from, size_t until)
{
    if (until != from + 1 || text.data[from] != ' ' || !from)
        return 0;
    vb_str after = str_cut(text, until, token_end(text, until));
    return layout_join_of_signs(token_before(text, from), after);
}

static uint32_t gap_width(const struct live *l, size_t from, size_t until)
{
    vb_str text = text_of(l);
    if (join_at(text, from, until) & JOIN_NARROW)
        return em_width(l, VB_STR("\u202F"));
    return (uint32_t)(until - from) * em_width(l, VB_STR(" "));
}

/* ---- breaking lines ---- */

struct breaking {
    const struct live *live;
    uint32_t limit, width; /* of the line, in 1/1024 em */
    size_t start;          /* of the line */
    size_t breakable;      /* the last token that a line may begin with; `start`: none */
};

/* The token does not fit behind what is there: where does the next line begin? */
static size_t break_at(const struct breaking *b, size_t token, size_t end)
{
    const struct live *l = b->live;
    vb_str run = str_cut(text_of(l), token, end);
    if (has_spaceless(run) && b->width < b->limit) {
        size_t part = break_that_fits(l->measure, l->style.face, run, 0, b->limit - b->width);
        if (part)
            return token + part;
    }
    if (b->breakable > b->start)
        return b->breakable;
    if (token > b->start)
        return token;
    return token + cut_that_fits(l->measure, l->style.face, run, 0, b->limit);
}

/* Where the line behind the one that begins at `start` begins; past the text: there is none. */
static size_t next_line(const struct live *l, size_t start)
{
    vb_str text = text_of(l);
    int width = l->style.width > l->style.size ? l->style.width : l->style.size;
    struct breaking b = {.live = l,
                         .limit = (uint32_t)((int64_t)width * EM / l->style.size),
                         .start = start,
                         .breakable = start};
    for (size_t at = start; at < text.len;) {
        if (text.data[at] == '\n')
            return at + 1;
        size_t token = gap_end(text, at), end = token_end(text, token);
        if (token > at) {
            if (!(join_at(text, at, token) & JOIN_TIED) && token > start)
                b.breakable = token;
            b.width += gap_width(l, at, token);
        }
        if (token == end) { /* spaces before the end */
            at = token;
            continue;
        }
        uint32_t wide = em_width(l, str_cut(text, token, end));
        if (b.width + wide > b.limit) {
            size_t next = break_at(&b, token, end);
            if (next > start && next < end)
                return next;
        }
        b.width += wide;
        at = end;
    }
    return text.len + 1;
}

/* ---- a text that changed ---- */

static size_t common_head(vb_str a, vb_str b)
{
    size_t at = 0, most = a.len < b.len ? a.len : b.len;
    while (at < most && a.data[at] == b.data[at])
        at++;
    return at;
}

static size_t common_tail(vb_str a, vb_str b, size_t head)
{
    size_t len = 0, most = (a.len < b.len ? a.len : b.len) - head;
    while (len < most && a.data[a.len - 1 - len] == b.data[b.len - 1 - len])
        len++;
    return len;
}

/* From line `first` on; the old lines follow again as soon as one begins where one began
 * (`same_from`: the place behind which the text is as it was, `shift` bytes on). */
static void break_from(struct live *l, size_t first, size_t same_from, ptrdiff_t shift)
{
    uint32_t *old = l->lines.items;
    size_t old_count = l->lines.count, k = first;
    struct live fresh = {0};
    for (size_t i = 0; i <= first && i < old_count; i++)
        vec_push(&fresh.lines, old[i]);
    if (!fresh.lines.count)
        vec_push(&fresh.lines, 0);
    for (;;) {
        size_t at = next_line(l, fresh.lines.items[fresh.lines.count - 1]);
        l->broken++;
        if (at > l->text.len)
            break;
        while (k < old_count && (ptrdiff_t)old[k] + shift < (ptrdiff_t)at)
            k++;
        bool again =
            at > same_from && k < old_count && (ptrdiff_t)old[k] + shift == (ptrdiff_t)at;
        for (; again && k < old_count; k++)
            vec_push(&fresh.lines, (uint32_t)((ptrdiff_t)old[k] + shift));
        if (again)
            break;
        vec_push(&fresh.lines, (uint32_t)at);
    }
    free(l->lines.items);
    l->lines.items = fresh.lines.items;
    l->lines.count = fresh.lines.count;
    l->lines.room = fresh.lines.room;
}

static void find_directions(struct live *l)
{
    vb_str text = text_of(l);
    l->is_mixed = bidi_is_needed(text);
    l->right_to_left = l->is_mixed && bidi_direction_of(text) == DIRECTION_RIGHT_TO_LEFT;
    if (!l->is_mixed)
        return;
    vec_reserve(&l->levels, text.len + 1);
    bidi_levels(text, l->right_to_left ? DIRECTION_RIGHT_TO_LEFT : DIRECTION_LEFT_TO_RIGHT,
                l->levels.items);
}

static bool same_style(const struct live_style *a, const struct live_style *b)
{
    return a->width == b->width && a->size == b->size && a->line == b->line &&
           a->face == b->face;
}

void live_set(struct live *l, const struct measure *measure, struct live_style style,
              vb_str text)
{
    bool anew = l->measure != measure || !same_style(&l->style, &style) || !l->lines.count;
    vb_str old = text_of(l);
    size_t head = common_head(old, text), tail = common_tail(old, text, head);
    ptrdiff_t shift = (ptrdiff_t)text.len - (ptrdiff_t)old.len;
    if (!anew && !shift && head == text.len)
        return;
    size_t first = anew ? 0 : live_line_of(l, head);
    l->measure = measure;
    l->style = style;
    buf_clear(&l->text);
    buf_puts(&l->text, "");
    buf_add(&l->text, text);
    find_directions(l);
    if (anew)
        l->lines.count = 0;
    break_from(l, first ? first - 1 : 0, text.len - tail, shift);
}

/* ---- lines ---- */

size_t live_line_of(const struct live *l, size_t place)
{
    size_t low = 0, high = l->lines.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (l->lines.items[middle] <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t live_line_start(const struct live *l, size_t line)
{
    return l->lines.items[line];
}

size_t live_line_end(const struct live *l, size_t line)
{
    vb_str text = text_of(l);
    size_t start = l->lines.items[line];
    bool is_last = line + 1 >= l->lines.count;
    size_t end = is_last ? text.len : l->lines.items[line + 1];
    if (is_last)
        return end;
    if (end > start && text.data[end - 1] == '\n')
        return end - 1;
    while (end > start + 1 && is_gap(text.data[end - 1]))
        end--;
    return end;
}

static size_t end_of_level(const struct live *l, size_t at, size_t until)
{
    size_t end = at;
    if (!l->is_mixed)
        return until;
    while (end < until && l->levels.items[end] == l->levels.items[at])
        end++;
    return end;
}

static void add_pieces(struct live *l, size_t from, size_t until, bool is_space)
{
    vb_str text = text_of(l);
    for (size_t at = from; at < until;) {
        size_t end = end_of_level(l, at, until);
        uint32_t em = is_space ? gap_width(l, at, end) : em_width(l, str_cut(text, at, end));
        vec_push(&l->pieces, (struct live_piece){.from = at,
                                                 .until = end,
                                                 .width = (int)em,
                                                 .level = l->is_mixed ? l->levels.items[at] : 0,
                                                 .is_space = is_space});
        at = end;
    }
}

static void order_pieces(struct live *l)
{
    size_t count = l->pieces.count;
    vec_reserve(&l->piece_levels, count);
    vec_reserve(&l->order, count);
    for (size_t i = 0; i < count; i++)
        l->piece_levels.items[i] = l->pieces.items[i].level;
    bidi_order(l->piece_levels.items, count, l->order.items);
}

/* Widths in parts of an em become pixels here, so that words stand as in the layout. */
static void place_pieces(struct live *l)
{
    uint32_t em = 0;
    int size = l->style.size;
    order_pieces(l);
    l->placed.count = 0;
    for (size_t i = 0; i < l->pieces.count; i++) {
        struct live_piece piece = l->pieces.items[l->order.items[i]];
        piece.x = measure_px(em, size);
        em += (uint32_t)piece.width;
        piece.width = measure_px(em, size) - piece.x;
        vec_push(&l->placed, piece);
    }
    int shift = l->right_to_left ? l->style.width - measure_px(em, size) : 0;
    for (size_t i = 0; i < l->placed.count; i++)
        l->placed.items[i].x += shift;
}

const struct live_piece *live_line(struct live *l, size_t line, size_t *count)
{
    vb_str text = text_of(l);
    size_t at = live_line_start(l, line), end = live_line_end(l, line);
    l->pieces.count = 0;
    while (at < end) {
        size_t gap = gap_end(text, at), until;
        gap = gap < end ? gap : end;
        add_pieces(l, at, gap, true);
        until = token_end(text, gap);
        until = until < end ? until : end;
        add_pieces(l, gap, until, false);
        at = until;
    }
    place_pieces(l);
    *count = l->placed.count;
    return l->placed.items;
}

/* ---- places and points ---- */

static int x_in(struct live *l, const struct live_piece *piece, size_t place)
{
    int before = place >= piece->until ? piece->width
                 : piece->is_space
                     ? (int)((int64_t)piece->width * (int64_t)(place - piece->from) /
                             (int64_t)(piece->until - piece->from))
                     : measure_text(l->measure, l->style.face, l->style.size,
                                    str_cut(text_of(l), piece->from, place));
    return piece->level & 1 ? piece->x + piece->width - before : piece->x + before;
}

/* The piece that begins there or holds it, else the one that ends there; NULL: none. */
static const struct live_piece *piece_at(const struct live *l, size_t count, size_t place)
{
    const struct live_piece *ends = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct live_piece *piece = &l->placed.items[i];
        if (place >= piece->from && place < piece->until)
            return piece;
        if (place == piece->until)
            ends = piece;
    }
    return ends;
}

static int x_of(struct live *l, size_t count, size_t place)
{
    const struct live_piece *piece = piece_at(l, count, place);
    if (piece)
        return x_in(l, piece, place);
    return l->right_to_left && !count ? l->style.width : 0;
}

/* Behind the last letter of a line: at the edge where writing goes on. */
static int x_past_end(struct live *l, size_t count, size_t line, size_t place)
{
    size_t end = live_line_end(l, line);
    int space = measure_px(em_width(l, VB_STR(" ")), l->style.size) * (int)(place - end);
    int x = x_of(l, count, end);
    return l->right_to_left ? x - space : x + space;
}

int live_x(struct live *l, size_t place)
{
    size_t line = live_line_of(l, place), count;
    live_line(l, line, &count);
    if (place > live_line_end(l, line))
        return x_past_end(l, count, line, place);
    return x_of(l, count, place);
}

/* Of all places of the line, between two graphemes. */
static size_t nearest(struct live *l, size_t line, int x, bool (*fits)(int x, int wanted))
{
    size_t count, best = VB_NONE, end = live_line_end(l, line);
    int best_away = INT32_MAX;
    live_line(l, line, &count);
    for (size_t place = live_line_start(l, line), next; place <= end; place = next) {
        next = place < end ? step_grapheme_after(text_of(l), place) : end + 1;
        int here = x_of(l, count, place), away = here > x ? here - x : x - here;
        if (away < best_away && fits(here, x)) {
            best = place;
            best_away = away;
        }
    }
    return best;
}

static bool any(int x, int wanted)
{
    (void)x, (void)wanted;
    return true;
}

static bool is_right(int x, int wanted)
{
    return x > wanted;
}

static bool is_left(int x, int wanted)
{
    return x < wanted;
}

size_t live_place_at(struct live *l, size_t line, int x)
{
    return nearest(l, line, x, any);
}

size_t live_beside(struct live *l, size_t place, bool right)
{
    size_t line = live_line_of(l, place);
    return nearest(l, line, live_x(l, place), right ? is_right : is_left);
}

size_t live_stretches(struct live *l, size_t line, size_t from, size_t until,
                      struct rect *stretches, size_t room)
{
    size_t count, found = 0;
    live_line(l, line, &count);
    for (size_t i = 0; i < count && found < room; i++) {
        const struct live_piece *piece = &l->placed.items[i];
        size_t a = from > piece->from ? from : piece->from;
        size_t b = until < piece->until ? until : piece->until;
        if (a >= b)
            continue;
        int x = x_in(l, piece, a), end = x_in(l, piece, b);
        struct rect one = {x < end ? x : end, 0, x < end ? end - x : x - end, 0};
        struct rect *last = found ? &stretches[found - 1] : NULL;
        if (last && one.x <= last->x + last->w + 1 && one.x >= last->x)
            last->w = one.x + one.w - last->x;
        else
            stretches[found++] = one;
    }
    return found;
}
