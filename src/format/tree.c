/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxml2's events to nodes.
 *
 * Its SAX1 interface is used on purpose: it knows no namespaces, whose tables grow with the
 * document, and it declares no entities, so that there is nothing to expand.  Byte ranges come
 * from where the parser stands. */
#include "format/tree.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/str.h"
#include "format/xml_library.h"

enum {
    DEPTH_MAX = 256,
    NODES_MAX = 8 << 20,
    ATTRIBUTES_MAX = 1000, /* of one element: libxml2 compares each with each */
    TEXT_MAX = 1 << 20     /* of one text node */
};

struct reading {
    struct tree *tree;
    xmlParserCtxtPtr parser;
    uint32_t open[DEPTH_MAX + 1], last[DEPTH_MAX + 1]; /* each open element, its last child */
    int depth;
    size_t at; /* up to where the source was taken */
    const char *broken;
    bool html;
};

/* ---- where the parser stands ---- */

static size_t position(const struct reading *r)
{
    const xmlParserInput *input = r->parser->input;
    if (!input)
        return r->at;
    size_t at = (size_t)(input->cur - input->base) + input->consumed;
    return at < r->tree->source.len ? at : r->tree->source.len;
}

/* Text that stands so in the source ends where the parser is; else it came from a reference, or
 * from a line's end of two bytes. */
static struct vb_span span_of_text(const struct reading *r, vb_str text)
{
    size_t until = position(r);
    vb_str source = r->tree->source;
    if (until >= text.len && memcmp(source.data + until - text.len, text.data, text.len) == 0)
        return (struct vb_span){(uint32_t)(until - text.len), (uint32_t)text.len};
    size_t from = r->at < until ? r->at : until;
    return (struct vb_span){(uint32_t)from, (uint32_t)(until - from)};
}

/* ---- nodes ---- */

static void stop(struct reading *r, const char *sentence)
{
    r->broken = r->broken ? r->broken : sentence;
    xml.xmlStopParser(r->parser);
}

static uint32_t add_node(struct reading *r, struct node node)
{
    uint32_t index = (uint32_t)r->tree->nodes.count;
    if (index >= NODES_MAX) {
        stop(r, _("it holds more than eight million elements; split it"));
        return index - 1;
    }
    node.parent = r->open[r->depth];
    node.first = node.next = NODE_NONE;
    vec_push(&r->tree->nodes, node);
    uint32_t before = r->last[r->depth];
    if (before == NODE_NONE)
        r->tree->nodes.items[node.parent].first = index;
    else
        r->tree->nodes.items[before].next = index;
    r->last[r->depth] = index;
    return index;
}

static vb_str local_name(const xmlChar *name)
{
    vb_str whole = str_of((const char *)name);
    size_t colon = str_find_char(whole, ':');
    return colon == STR_NOT_FOUND ? whole : str_from(whole, colon + 1);
}

/* libxml2 leaves "&" in an attribute as "&#38;" for a second reading that nobody does. */
static vb_str attribute_value(struct tree *tree, vb_str value, bool html)
{
    const vb_str left = VB_STR("&#38;");
    if (html || str_find(value, left) == STR_NOT_FOUND)
        return arena_str(&tree->arena, value);
    struct buf decoded = {0};
    for (size_t at; (at = str_find(value, left)) != STR_NOT_FOUND;) {
        buf_add(&decoded, str_cut(value, 0, at + 1));
        value = str_from(value, at + left.len);
    }
    buf_add(&decoded, value);
    vb_str kept = arena_str(&tree->arena, buf_str(&decoded));
    buf_free(&decoded);
    return kept;
}

static void take_attributes(struct reading *r, struct node *node, const xmlChar **attributes)
{
    struct tree *tree = r->tree;
    node->attribute = (uint32_t)tree->attributes.count;
    for (; attributes && attributes[0]; attributes += 2) {
        vb_str value = str_of((const char *)attributes[1]);
        vec_push(&tree->attributes,
                 (struct attribute){arena_str(&tree->arena, local_name(attributes[0])),
                                    attribute_value(tree, value, r->html)});
        node->attribute_count++;
    }
}

static size_t tag_start(const struct reading *r)
{
    size_t until = position(r);
    const char *sign = until ? memrchr(r->tree->source.data, '<', until) : NULL;
    return sign ? (size_t)(sign - r->tree->source.data) : until;
}

static void start(void *context, const xmlChar *name, const xmlChar **attributes)
{
    struct reading *r = context;
    if (r->depth >= DEPTH_MAX) {
        stop(r, _("its elements are nested more than 256 deep; no transcript's are"));
        return;
    }
    struct node node = {.name = arena_str(&r->tree->arena, local_name(name))};
    node.span.at = (uint32_t)tag_start(r);
    take_attributes(r, &node, attributes);
    uint32_t index = add_node(r, node);
    r->depth++;
    r->open[r->depth] = index;
    r->last[r->depth] = NODE_NONE;
    r->at = position(r);
}

static void end(void *context, const xmlChar *name)
{
    struct reading *r = context;
    (void)name;
    if (r->depth == 0)
        return;
    struct node *node = &r->tree->nodes.items[r->open[r->depth--]];
    r->at = position(r);
    node->span.len = r->at > node->span.at ? (uint32_t)(r->at - node->span.at) : 0;
}

static void add_text(struct reading *r, vb_str text, struct vb_span span)
{
    if (text.len > TEXT_MAX) {
        stop(r, _("a single text in it is longer than a megabyte; no transcript's is"));
        return;
    }
    struct node node = {.text = arena_str(&r->tree->arena, text), .span = span};
    if (r->depth)
        add_node(r, node);
    r->at = span.at + span.len;
}

static void characters(void *context, const xmlChar *data, int len)
{
    struct reading *r = context;
    vb_str text = {(const char *)data, (size_t)len};
    add_text(r, text, span_of_text(r, text));
}

/* ---- entities: characters by name, nothing else ---- */

static xmlEntityPtr predefined(void *context, const xmlChar *name)
{
    (void)context;
    return xml.xmlGetPredefinedEntity(name);
}

static void put_entity(struct reading *r, const char *name)
{
    const htmlEntityDesc *known = xml.htmlEntityLookup((const xmlChar *)name);
    size_t until = position(r), from = r->at < until ? r->at : until;
    struct vb_span span = {(uint32_t)from, (uint32_t)(until - from)};
    char character[4];
    struct buf shown = {0};
    if (known) {
        add_text(r, (vb_str){character, utf8_put(character, known->value)}, span);
        return;
    }
    buf_printf(&shown, "&%s;", name);
    builder_note(
        r->tree->builder, VB_WARNING, (struct vb_span){span.at, span.len ? span.len : 1},
        _("“&%.40s;” is defined by the file itself or nowhere; it is shown as it is"), name);
    add_text(r, buf_str(&shown), span);
    buf_free(&shown);
}

static void reference(void *context, const xmlChar *name)
{
    put_entity(context, (const char *)name);
}

/* ---- what libxml2 finds wrong ---- */

static bool in_tag(const struct reading *r)
{
    size_t at = position(r);
    vb_str before = str_cut(r->tree->source, at > 4096 ? at - 4096 : 0, at);
    const char *open = before.len ? memrchr(before.data, '<', before.len) : NULL;
    const char *close = before.len ? memrchr(before.data, '>', before.len) : NULL;
    return open && (!close || close < open);
}

static void take_error(void *context, xmlErrorPtr error)
{
    struct reading *r = context;
    if (r->broken || r->html)
        return;
    if ((error->code == XML_ERR_UNDECLARED_ENTITY ||
         error->code == XML_WAR_UNDECLARED_ENTITY) &&
        error->str1 && !in_tag(r)) {
        if (error->level > XML_ERR_WARNING && !r->parser->hasExternalSubset &&
            !r->parser->hasPErefs)
            put_entity(r, error->str1);
        return;
    }
    if (error->level <= XML_ERR_WARNING || error->code == XML_NS_ERR_UNDEFINED_NAMESPACE)
        return;
    if (error->code == XML_ERR_INTERNAL_ERROR && error->message &&
        strstr(error->message, "depth")) {
        stop(r, _("its elements are nested more than 256 deep; no transcript's are"));
        return;
    }
    char said[160];
    snprintf(said, sizeof said, "%s", error->message ? error->message : "");
    str_end_whole(said, sizeof said);
    said[strcspn(said, "\n")] = '\0';
    size_t at = position(r);
    builder_note(r->tree->builder, VB_WARNING, (struct vb_span){(uint32_t)(at ? at - 1 : 0), 1},
                 _("the XML is not well-formed here; it is read as far as it makes sense (%s)"),
                 said);
}

/* ---- before libxml2 sees it ---- */

/* An element with a hundred thousand attributes takes libxml2 minutes. */
static bool has_endless_tag(vb_str text)
{
    size_t signs = 0;
    bool inside = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '<') {
            char next = i + 1 < text.len ? text.data[i + 1] : ' ';
            inside = next != '!' && next != ' ';
            signs = 0;
        }
        inside = inside && c != '>';
        signs += inside && c == '=';
        if (signs > ATTRIBUTES_MAX)
            return true;
    }
    return false;
}

/* A NUL would end it. In XML 0x01 is as wrong, reported, and passed over. */
static vb_str without_nuls(struct tree *tree, vb_str text)
{
    if (!memchr(text.data, '\0', text.len))
        return text;
    vb_str copy = arena_str(&tree->arena, text);
    for (size_t i = 0; i < copy.len; i++)
        if (!copy.data[i])
            ((char *)copy.data)[i] = '\1';
    return copy;
}

/* ---- parsing ---- */

static void begin(struct reading *r, struct tree *tree, vb_str text, struct builder *b)
{
    *tree = (struct tree){.source = text, .builder = b};
    *r = (struct reading){.tree = tree};
    vec_push(&tree->nodes, (struct node){
                               .name = VB_STR("#root"),
                               .first = NODE_NONE,
                               .next = NODE_NONE,
                               .span = {0, (uint32_t)text.len}
    });
    r->last[0] = NODE_NONE;
}

static void use(struct reading *r, xmlSAXHandler *events, xmlSAXHandlerPtr *own)
{
    *own = r->parser->sax;
    r->parser->sax = events;
    r->parser->userData = r;
}

static void parse_xml(struct reading *r, vb_str text)
{
    xmlSAXHandler events = {
        .startElement = start,
        .endElement = end,
        .characters = characters,
        .ignorableWhitespace = characters,
        .cdataBlock = characters,
        .getEntity = predefined,
        .reference = reference,
        .serror = take_error,
        .initialized = 1,
    };
    xmlSAXHandlerPtr own;
    r->parser = xml.xmlCreateMemoryParserCtxt(text.data, (int)text.len);
    if (!r->parser)
        return;
    use(r, &events, &own);
    xml.xmlCtxtUseOptions(r->parser, XML_PARSE_NONET | XML_PARSE_RECOVER |
                                         XML_PARSE_IGNORE_ENC | XML_PARSE_SAX1 |
                                         XML_PARSE_NOWARNING);
    events.initialized = 1;
    xml.xmlSwitchEncoding(r->parser, XML_CHAR_ENCODING_UTF8);
    xml.xmlParseDocument(r->parser);
    r->parser->sax = own;
    if (r->parser->myDoc)
        xml.xmlFreeDoc(r->parser->myDoc);
    r->parser->myDoc = NULL;
    xml.xmlFreeParserCtxt(r->parser);
}

static void parse_html(struct reading *r, vb_str text)
{
    xmlSAXHandler events = {
        .startElement = start,
        .endElement = end,
        .characters = characters,
        .ignorableWhitespace = characters,
        .cdataBlock = characters,
    };
    xmlSAXHandlerPtr own;
    r->html = true;
    r->parser = xml.htmlCreateMemoryParserCtxt(text.data, (int)text.len);
    if (!r->parser)
        return;
    use(r, &events, &own);
    xml.htmlCtxtUseOptions(r->parser, HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                                          HTML_PARSE_NOWARNING | HTML_PARSE_RECOVER |
                                          HTML_PARSE_IGNORE_ENC);
    xml.xmlSwitchEncoding(r->parser, XML_CHAR_ENCODING_UTF8);
    xml.htmlParseDocument(r->parser);
    r->parser->sax = own;
    if (r->parser->myDoc)
        xml.xmlFreeDoc(r->parser->myDoc);
    r->parser->myDoc = NULL;
    xml.htmlFreeParserCtxt(r->parser);
}

static bool read_tree(struct tree *tree, vb_str text, struct builder *b,
                      void (*parse)(struct reading *r, vb_str text), struct vb_error *error)
{
    struct reading r;
    begin(&r, tree, text, b);
    if (!xml_library_there(error))
        return false;
    if (has_endless_tag(text))
        return err_set(error, VB_BAD_FORMAT,
                       _("an element in it has more than %d attributes; no transcript's has"),
                       ATTRIBUTES_MAX);
    if (text.len && text.len < INT_MAX)
        parse(&r, without_nuls(tree, text));
    if (r.broken)
        return err_set(error, VB_BAD_FORMAT, "%s", r.broken);
    if (tree->nodes.count < 2)
        return err_set(error, VB_BAD_FORMAT, _("there is no element in it that could be read"));
    return true;
}

bool tree_read_xml(struct tree *tree, vb_str text, struct builder *b, struct vb_error *error)
{
    return read_tree(tree, text, b, parse_xml, error);
}

bool tree_read_html(struct tree *tree, vb_str text, struct builder *b, struct vb_error *error)
{
    return read_tree(tree, text, b, parse_html, error);
}

void tree_free(struct tree *tree)
{
    free(tree->nodes.items);
    free(tree->attributes.items);
    arena_free(&tree->arena);
}
