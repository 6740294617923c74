/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second text: a witness of what was said, and perhaps a donor of times. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/loading.h"
#include "app/relire_parts.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"

static void forget_times(struct relire *r)
{
    vb_timeline_free(r->lent);
    r->lent = NULL;
    vb_transcript_unref(r->lent_to);
    r->lent_to = NULL;
}

void other_free(struct relire *r)
{
    forget_times(r);
    vb_document_close(r->other);
    r->other = NULL;
    free(r->wanted);
    r->wanted = NULL;
}

/* What it lends is worth more than an estimate, and less than listening. */
static void use_times(struct session *s)
{
    if (s->timeline)
        session_spread(s);
}

bool relire_compare(struct session *s, const char *path, struct vb_error *error)
{
    struct relire *r = relire_of(s);
    if (!s->transcript)
        return err_set(error, VB_UNSUPPORTED, "%s",
                       _("open a transcript first, then what it is to be compared with"));
    if (access(path, R_OK) != 0)
        return file_refuse(path, errno, error);
    free(r->wanted);
    r->wanted = strdup(path);
    r->keeps_wanted = loading_runs(s);
    relire_set(s, true);
    r->due = r->keeps_wanted ? VB_NO_TIME : s->clock;
    return true;
}

void other_take(struct session *s, struct relire_found *found, bool is_of_this)
{
    struct relire *r = s->relire;
    if (found->error.code != VB_OK)
        session_say(s, MESSAGE_WARNING, "%s", found->error.text);
    if (!found->other)
        return;
    bool other_times = r->lent || found->lent || !is_of_this;
    forget_times(r);
    vb_document_close(r->other);
    r->other = found->other;
    found->other = NULL;
    r->glosses = true;
    vb_comparison_free(r->comparison); /* it was with the one before */
    r->comparison = NULL;
    if (is_of_this) {
        r->lent = found->lent;
        found->lent = NULL;
        r->lent_to = vb_transcript_ref(s->transcript);
        r->lent_duration = found->lent_duration;
    }
    if (other_times)
        use_times(s);
}

bool relire_compare_when_open(struct session *s, const char *path, struct vb_error *error)
{
    if (!session_awaits(s))
        return relire_compare(s, path, error);
    if (access(path, R_OK) != 0)
        return file_refuse(path, errno, error);
    free(s->compare_when_open);
    s->compare_when_open = strdup(path);
    return true;
}

void relire_compare_opened(struct session *s)
{
    struct vb_error error = {0};
    char *path = s->compare_when_open;
    s->compare_when_open = NULL;
    if (path && !relire_compare(s, path, &error))
        session_say(s, MESSAGE_WARNING, "%s", error.text);
    free(path);
}

void relire_compare_end(struct session *s)
{
    struct relire *r = s->relire;
    if (!r || !(r->other || r->wanted || r->work))
        return;
    work_stop(r->work); /* it may be opening one */
    r->work = NULL;
    other_free(r);
    vb_comparison_free(r->comparison);
    r->comparison = NULL;
    use_times(s);
    r->due = s->clock;
}

const struct vb_comparison *relire_comparison(const struct session *s)
{
    return s->relire ? s->relire->comparison : NULL;
}

const struct vb_document *relire_other(const struct session *s)
{
    return s->relire ? s->relire->other : NULL;
}

bool relire_glosses(const struct session *s)
{
    return s->relire && s->relire->glosses && s->relire->comparison;
}

void relire_set_glosses(struct session *s, bool on)
{
    relire_of(s)->glosses = on;
    if (!s->relire->other)
        session_say(s, MESSAGE_INFO, "%s",
                    _("there is no second text to show: “compare” takes one"));
}

/* Asked for at every spreading: found once for each text and length. */
struct vb_timeline *relire_lent_times(const struct session *s)
{
    struct relire *r = s->relire;
    if (!r || !r->other || !s->transcript)
        return NULL;
    if (r->lent_to != s->transcript || r->lent_duration != s->now.duration) {
        forget_times(r);
        r->lent =
            vb_times_lent(s->transcript, vb_document_transcript(r->other), s->now.duration);
        r->lent_to = vb_transcript_ref(s->transcript);
        r->lent_duration = s->now.duration;
    }
    return r->lent ? vb_timeline_moved(r->lent, s->offset) : NULL;
}

#define PIN_EVERY (20 * VB_SECOND) /* so that a few that are wrong lead nobody far */

struct vb_pin *relire_lent_pins(const struct session *s, size_t *count)
{
    struct vb_timeline *lent = relire_lent_times(s);
    uint32_t words = lent ? vb_timeline_count(lent) : 0;
    struct vb_pin *pins = mem_new((words + 1) * sizeof *pins);
    *count = 0;
    for (uint32_t i = 0; i < words; i++) {
        vb_time at = vb_timeline_start(lent, i);
        bool is_near = *count && at - pins[*count - 1].at < PIN_EVERY;
        if (vb_timeline_origin(lent, i) >= VB_ALIGNED && !is_near)
            pins[(*count)++] = (struct vb_pin){i, at};
    }
    vb_timeline_free(lent);
    return pins;
}
