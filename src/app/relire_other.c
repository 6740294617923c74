/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second text: a witness of what was said, and perhaps a donor of times. */
#include <stdlib.h>
#include <string.h>

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
    struct vb_document *other = vb_document_open(path, error);
    if (!other)
        return false;
    if (!vb_word_count(vb_document_transcript(other))) {
        vb_document_close(other);
        return err_set(error, VB_BAD_FORMAT, _("%s has no words to compare with"),
                       file_name(path));
    }
    other_free(r);
    r->other = other;
    r->glosses = true;
    r->keeps_other = loading_runs(s);
    use_times(s);
    relire_set(s, true);
    r->due = r->keeps_other ? VB_NO_TIME : s->clock;
    return true;
}

bool relire_compare_when_open(struct session *s, const char *path, struct vb_error *error)
{
    if (!session_awaits(s))
        return relire_compare(s, path, error);
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
    if (!r || !r->other)
        return;
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
