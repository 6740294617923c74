/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places in the recording, as people say them and as pages write them. */
#include "app/place.h"

#include <string.h>

#include "app/session.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "format/timecode.h"

/* ---- said by the user ---- */

/* "50%", "33,3 %" */
static bool percent_of(vb_str text, double *share)
{
    char number[16];
    if (!str_ends(text, "%"))
        return false;
    text = str_trim(str_cut(text, 0, text.len - 1));
    if (!text.len || text.len >= sizeof number || !is_digit(text.data[0]))
        return false;
    double whole = 0, part = 1;
    bool behind = false;
    for (size_t i = 0; i < text.len; i++) {
        bool comma = text.data[i] == '.' || text.data[i] == ',';
        if ((!is_digit(text.data[i]) && !comma) || (comma && behind))
            return false;
        behind = behind || comma;
        if (comma)
            continue;
        whole = whole * 10 + (text.data[i] - '0');
        part *= behind ? 10 : 1;
    }
    *share = whole / part / 100;
    return *share <= 1;
}

static bool refuse(struct buf *why, vb_str text)
{
    buf_printf(why, _("'%.*s' is no time; write 16:20, 16’20, 1h02, +30 or 50%%"),
               (int)(text.len < 80 ? text.len : 80), text.data);
    return false;
}

bool place_find(const struct session *s, vb_str text, vb_time *time, struct buf *why)
{
    text = str_trim(text);
    bool back = str_starts(text, "-") || str_starts(text, "−"), on = str_starts(text, "+");
    double share;
    if (percent_of(text, &share)) {
        if (s->now.duration == VB_NO_TIME) {
            buf_puts(why, _("how long the recording is isn't known yet"));
            return false;
        }
        *time = (vb_time)((double)s->now.duration * share);
        return true;
    }
    size_t sign = !back && !on ? 0 : str_starts(text, "−") ? strlen("−") : 1;
    if (!time_from_user(str_trim(str_from(text, sign)), time))
        return refuse(why, text);
    if (back || on)
        *time = s->now.position + (back ? -*time : *time);
    return true;
}

bool place_go(struct session *s, vb_str text, struct buf *why)
{
    vb_time time;
    if (!place_find(s, text, &time, why))
        return false;
    if (!s->player) {
        buf_puts(why, _("no recording is open"));
        return false;
    }
    session_seek(s, time);
    return true;
}

/* ---- written by the page ---- */

enum { GROUPS = 3 };

/* "[00:16:20]" is "[", three groups of two digits, ":" between them, "]". */
struct form {
    vb_str before, between[GROUPS - 1], behind;
    size_t digits[GROUPS];
    size_t groups;
};

static bool form_of(vb_str text, struct form *form)
{
    *form = (struct form){.behind = text};
    size_t at = 0;
    while (at < text.len && form->groups < GROUPS) {
        size_t from = at;
        while (at < text.len && !is_digit(text.data[at]))
            at++;
        if (at == text.len)
            break;
        vb_str gap = str_cut(text, from, at);
        if (form->groups)
            form->between[form->groups - 1] = gap;
        else
            form->before = gap;
        size_t digits = at;
        while (at < text.len && is_digit(text.data[at]))
            at++;
        form->digits[form->groups++] = at - digits;
        form->behind = str_from(text, at);
    }
    return form->groups >= 2 && str_find_char(form->behind, ',') == STR_NOT_FOUND &&
           str_find_char(form->behind, '.') == STR_NOT_FOUND;
}

/* Do the page's minutes run on behind the hour ("75’ 20")? */
static bool counts_minutes_on(const struct vb_transcript *t)
{
    struct form form;
    for (uint32_t i = 0; i < vb_marker_count(t); i++) {
        const struct vb_marker *marker = vb_marker(t, i);
        if (marker->time >= 3600 * VB_SECOND && form_of(marker->text, &form) &&
            form.groups == 2)
            return true;
    }
    return false;
}

/* The last `count` groups of the form. The first is padded where colons divide them. */
static void put_form(const struct form *form, const long *parts, size_t count, struct buf *out)
{
    size_t skipped = form->groups - count;
    bool padded = str_eq(form->between[0], ":") && (count == 2 || form->digits[0] == 2);
    buf_add(out, form->before);
    for (size_t i = 0; i < count; i++) {
        buf_printf(out, i || padded ? "%02ld" : "%ld", parts[i]);
        if (i + 1 < count)
            buf_add(out, form->between[i + skipped]);
    }
    buf_add(out, form->behind);
}

/* Behind the first hour, in the form of a page that has only written minutes yet. */
static void put_hour(const struct form *form, long seconds, struct buf *out)
{
    bool colon = str_eq(form->between[0], ":");
    buf_add(out, form->before);
    if (colon)
        buf_printf(out, "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
    else
        buf_printf(out, "%ld h %02ld%.*s%02ld", seconds / 3600, seconds / 60 % 60,
                   (int)form->between[0].len, form->between[0].data, seconds % 60);
    buf_add(out, form->behind);
}

static bool first_form(const struct session *s, struct form *form)
{
    const struct vb_transcript *t = s->transcript;
    for (uint32_t i = 0; t && i < vb_marker_count(t); i++)
        if (vb_marker(t, i)->usable && form_of(vb_marker(t, i)->text, form))
            return true;
    return false;
}

void place_as_page(const struct session *s, vb_time time, struct buf *out)
{
    struct form form;
    long seconds = (long)((time < 0 ? 0 : time) / VB_SECOND);
    const long hms[GROUPS] = {seconds / 3600, seconds / 60 % 60, seconds % 60};
    const long ms[GROUPS] = {seconds / 60, seconds % 60};
    if (!first_form(s, &form)) {
        time_put(out, time);
        return;
    }
    bool padded = form.digits[0] == 2;
    if (form.groups == 3 && (seconds >= 3600 || padded))
        put_form(&form, hms, 3, out);
    else if (form.groups == 3)
        put_form(&form, ms, 2, out);
    else if (seconds >= 3600 && !counts_minutes_on(s->transcript))
        put_hour(&form, seconds, out);
    else
        put_form(&form, ms, 2, out);
}
