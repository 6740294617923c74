/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxml2, loaded when the first page or subtitle in a markup is read: ICU comes with it. */
#pragma once

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>

#include "base/library.h"
#include "verbatim/error.h"

#define XML_FUNCTIONS(X)                                                                       \
    X(htmlCreateMemoryParserCtxt)                                                              \
    X(htmlCtxtUseOptions)                                                                      \
    X(htmlEntityLookup)                                                                        \
    X(htmlFreeParserCtxt)                                                                      \
    X(htmlParseDocument)                                                                       \
    X(xmlCreateMemoryParserCtxt)                                                               \
    X(xmlCtxtUseOptions)                                                                       \
    X(xmlFreeDoc)                                                                              \
    X(xmlFreeParserCtxt)                                                                       \
    X(xmlGetPredefinedEntity)                                                                  \
    X(xmlParseDocument)                                                                        \
    X(xmlStopParser)                                                                           \
    X(xmlSwitchEncoding)

struct xml_library {
    XML_FUNCTIONS(LIBRARY_POINTER)
};

/* To be called only where xml_library_there() said yes. */
extern struct xml_library xml;

/* Loads it at the first call. False: it isn't installed, with a sentence. */
bool xml_library_there(struct vb_error *error);
