/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format/xml_library.h"

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

struct xml_library xml;

bool xml_library_there(struct vb_error *error)
{
    static const struct library_function functions[] = {
#define X(function) {LIBRARY_NAME(function), &xml.function},
        XML_FUNCTIONS(X)
#undef X
    };
    static struct library library = {XML_LIBRARY, functions, COUNT(functions), false, false};
    return library_there(&library) ||
           err_set(error, VB_UNSUPPORTED,
                   _("the library %s is needed to read this; install it"), XML_LIBRARY);
}
