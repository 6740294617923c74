/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Overlays to cues.  A text that can't be found is shown by its reference, which is not
 * spoken: the times are worth keeping. */
#include "format/smil.h"

#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "format/clock.h"
#include "format/companions.h"

enum { TEXTS_MAX = 1000 };

/* ---- texts ---- */

static void parse_text(struct smil_text *file, struct builder *b)
{
    struct vb_error ignored;
    if (!file->found)
        return;
    /* notes have the places of another file: nobody can be told */
    struct builder *scrap = builder_new(buf_str(&file->bytes));
    file->found = tree_read_xml(&file->tree, buf_str(&file->bytes), scrap, &ignored);
    builder_free(scrap);
    file->tree.builder = b;
    for (uint32_t n = 0; file->found && n < file->tree.nodes.count; n++) {
        vb_str id = node_attribute(&file->tree, n, "id");
        if (id.len)
            ids_add(&file->ids, id, n);
    }
}

struct smil_text *smil_fetch(struct smil *smil, vb_str name)
{
    struct buf raw = {0};
    size_t bom;
    for (size_t i = smil->texts.count; i-- > 0;)
        if (str_is(buf_str(&smil->texts.items[i]->name), name))
            return smil->texts.items[i]->found ? smil->texts.items[i] : NULL;
    if (smil->texts.count >= TEXTS_MAX)
        return NULL;
    struct smil_text *file = mem_new(sizeof *file);
    vec_push(&smil->texts, file);
    buf_add(&file->name, name);
    file->found = builder_fetch(smil->cues.b, name, &raw);
    enum encoding encoding = encoding_guess(buf_str(&raw), &bom);
    encoding_decode(buf_str(&raw), bom, encoding, &file->bytes);
    buf_free(&raw);
    parse_text(file, smil->cues.b);
    if (!file->found)
        builder_note(smil->cues.b, VB_WARNING, (struct vb_span){0},
                     _("the text “%.*s” is not here; only its times are read"),
                     (int)(name.len < 100 ? name.len : 100), name.data);
    return file->found ? file : NULL;
}

/* "data:,Bonjour%20Anne": the text itself. */
static bool text_inside(struct smil *smil, struct tree *tree, vb_str reference)
{
    size_t comma = str_find_char(reference, ',');
    if (!str_starts(reference, "data:") || comma == STR_NOT_FOUND)
        return false;
    struct buf coded = {0};
    for (size_t i = comma + 1; i < reference.len; i++)
        if (reference.data[i] == '/' || reference.data[i] == '#')
            buf_printf(&coded, "%%%02X", reference.data[i]);
        else
            buf_putc(&coded, reference.data[i]);
    path_resolve(VB_STR(""), buf_str(&coded), &smil->path);
    buf_free(&coded);
    vb_str text = arena_str(&tree->arena, buf_str(&smil->path)), line;
    for (size_t at = 0; str_line(text, &at, &line);)
        vec_push(&smil->pieces, (struct piece){.text = line,
                                               .marks = smil->pieces.count ? VB_NEW_LINE : 0,
                                               .start = VB_NO_TIME,
                                               .end = VB_NO_TIME});
    return true;
}

static bool text_elsewhere(struct smil *smil, vb_str folder, vb_str reference)
{
    path_resolve(folder, reference, &smil->path);
    struct smil_text *file = smil_fetch(smil, buf_str(&smil->path));
    if (!file)
        return false;
    vb_str id = path_fragment(reference);
    uint32_t node = id.len ? ids_find(&file->ids, id) : tree_find(&file->tree, 0, "body");
    if (node == NODE_NONE)
        return false;
    node_pieces(&file->tree, node, (struct piece){.start = VB_NO_TIME, .end = VB_NO_TIME},
                &smil->pieces);
    for (size_t i = 0; i < smil->pieces.count; i++)
        smil->pieces.items[i].span = (struct vb_span){0}; /* of another file */
    return true;
}

static void take_text(struct smil *smil, struct tree *tree, uint32_t text, vb_str folder)
{
    vb_str reference = node_attribute(tree, text, "src");
    smil->pieces.count = 0;
    if (text_inside(smil, tree, reference) || text_elsewhere(smil, folder, reference))
        return;
    vec_push(&smil->pieces, (struct piece){.text = reference,
                                           .span = tree_node(tree, text)->span,
                                           .marks = VB_UNSPOKEN,
                                           .start = VB_NO_TIME,
                                           .end = VB_NO_TIME});
}

/* ---- times ---- */

static vb_time clip(struct smil *smil, const struct tree *tree, uint32_t audio,
                    const char *name, const char *old_name, vb_time otherwise)
{
    vb_time time;
    vb_str value = node_attribute(tree, audio, name);
    if (!value.len)
        value = node_attribute(tree, audio, old_name);
    if (!value.len)
        return otherwise;
    if (clock_value(value, NULL, &time))
        return time;
    builder_note(smil->cues.b, VB_WARNING, tree_node(tree, audio)->span,
                 _("“%.*s” is no time; it is read as unknown"),
                 (int)(value.len < 40 ? value.len : 40), value.data);
    return VB_NO_TIME;
}

/* Times begin again with each recording: a heading says where. */
static void follow_audio(struct smil *smil, const struct tree *tree, uint32_t audio)
{
    vb_str source = node_attribute(tree, audio, "src");
    if (!source.len || str_is(source, buf_str(&smil->audio)))
        return;
    bool first = !smil->audio.len;
    buf_clear(&smil->audio);
    buf_add(&smil->audio, source);
    if (first) {
        builder_meta(smil->cues.b, VB_STR("audio"), source, VB_STR(""),
                     tree_node(tree, audio)->span);
        return;
    }
    if (!smil->several)
        builder_note(smil->cues.b, VB_WARNING, tree_node(tree, audio)->span,
                     _("the text belongs to several recordings; the times of each count from "
                       "its own beginning"));
    smil->several = true;
    builder_section(smil->cues.b, source, 2, VB_NO_TIME, tree_node(tree, audio)->span);
    cues_new_clock(&smil->cues);
}

/* ---- the whole ---- */

static bool take_part(struct smil *smil, struct tree *tree, uint32_t part, vb_str folder,
                      struct vb_error *error)
{
    uint32_t text = tree_find(tree, part, "text"), audio = tree_find(tree, part, "audio");
    if (text == NODE_NONE)
        return true;
    struct cue cue = {
        .start = VB_NO_TIME, .end = VB_NO_TIME, .span = tree_node(tree, part)->span};
    if (audio != NODE_NONE) {
        follow_audio(smil, tree, audio);
        cue.start = clip(smil, tree, audio, "clipBegin", "clip-begin", 0);
        cue.end = clip(smil, tree, audio, "clipEnd", "clip-end", VB_NO_TIME);
    }
    take_text(smil, tree, text, folder);
    vb_str speaker = str_trim(node_attribute(tree, text, "author"));
    cue.speakers = &speaker;
    cue.speaker_count = speaker.len > 0;
    cue.label = speaker;
    cue.pieces = smil->pieces.items;
    cue.piece_count = smil->pieces.count;
    return cues_add(&smil->cues, &cue, error);
}

bool smil_read(struct smil *smil, struct tree *tree, vb_str folder, struct vb_error *error)
{
    for (uint32_t n = tree_walk(tree, 0, 0); n != NODE_NONE;) {
        bool part = node_is(tree, n, "par");
        if (part && !take_part(smil, tree, n, folder, error))
            return false;
        n = part ? tree_walk_past(tree, 0, n) : tree_walk(tree, 0, n);
    }
    return true;
}

void smil_end(struct smil *smil)
{
    cues_end(&smil->cues);
    for (size_t i = 0; i < smil->texts.count; i++) {
        struct smil_text *file = smil->texts.items[i];
        buf_free(&file->name);
        buf_free(&file->bytes);
        ids_free(&file->ids);
        tree_free(&file->tree);
        free(file);
    }
    free(smil->texts.items);
    free(smil->pieces.items);
    buf_free(&smil->audio);
    buf_free(&smil->path);
}
