/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tags of wikitext and HTML, by what they do to the text. */
#include "format/april_tags.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct tag {
    char name[16];
    enum tag_is is;
};

/* Sorted by name. */
static const struct tag tags[] = {
    {"abbr",            TAG_INLINE  },
    {"article",         TAG_BLOCK   },
    {"aside",           TAG_OPAQUE  },
    {"b",               TAG_BOLD    },
    {"big",             TAG_INLINE  },
    {"blockquote",      TAG_BLOCK   },
    {"br",              TAG_BREAK   },
    {"button",          TAG_OPAQUE  },
    {"center",          TAG_BLOCK   },
    {"cite",            TAG_ITALIC  },
    {"code",            TAG_INLINE  },
    {"dd",              TAG_ITEM    },
    {"del",             TAG_INLINE  },
    {"div",             TAG_BLOCK   },
    {"dl",              TAG_BLOCK   },
    {"dt",              TAG_ITEM    },
    {"em",              TAG_ITALIC  },
    {"font",            TAG_INLINE  },
    {"footer",          TAG_OPAQUE  },
    {"form",            TAG_OPAQUE  },
    {"gallery",         TAG_OPAQUE  },
    {"h1",              TAG_HEADING },
    {"h2",              TAG_HEADING },
    {"h3",              TAG_HEADING },
    {"h4",              TAG_HEADING },
    {"h5",              TAG_HEADING },
    {"h6",              TAG_HEADING },
    {"head",            TAG_OPAQUE  },
    {"hr",              TAG_BLOCK   },
    {"i",               TAG_ITALIC  },
    {"imagemap",        TAG_OPAQUE  },
    {"includeonly",     TAG_INLINE  },
    {"ins",             TAG_INLINE  },
    {"kbd",             TAG_INLINE  },
    {"li",              TAG_ITEM    },
    {"math",            TAG_OPAQUE  },
    {"nav",             TAG_OPAQUE  },
    {"noinclude",       TAG_INLINE  },
    {"noscript",        TAG_OPAQUE  },
    {"nowiki",          TAG_VERBATIM},
    {"ol",              TAG_BLOCK   },
    {"onlyinclude",     TAG_INLINE  },
    {"p",               TAG_BLOCK   },
    {"pre",             TAG_VERBATIM},
    {"q",               TAG_INLINE  },
    {"ref",             TAG_NOTE    },
    {"references",      TAG_INLINE  },
    {"s",               TAG_INLINE  },
    {"samp",            TAG_INLINE  },
    {"score",           TAG_OPAQUE  },
    {"script",          TAG_OPAQUE  },
    {"section",         TAG_BLOCK   },
    {"select",          TAG_OPAQUE  },
    {"small",           TAG_INLINE  },
    {"source",          TAG_OPAQUE  },
    {"span",            TAG_INLINE  },
    {"strike",          TAG_INLINE  },
    {"strong",          TAG_BOLD    },
    {"style",           TAG_OPAQUE  },
    {"sub",             TAG_INLINE  },
    {"sup",             TAG_INLINE  },
    {"syntaxhighlight", TAG_OPAQUE  },
    {"table",           TAG_BLOCK   },
    {"tbody",           TAG_BLOCK   },
    {"td",              TAG_BLOCK   },
    {"template",        TAG_OPAQUE  },
    {"th",              TAG_BLOCK   },
    {"thead",           TAG_BLOCK   },
    {"timeline",        TAG_OPAQUE  },
    {"tr",              TAG_BLOCK   },
    {"tt",              TAG_INLINE  },
    {"u",               TAG_INLINE  },
    {"ul",              TAG_BLOCK   },
    {"var",             TAG_INLINE  },
    {"wbr",             TAG_INLINE  },
};

static int compare(const void *key, const void *row)
{
    return strcasecmp(key, ((const struct tag *)row)->name);
}

enum tag_is tag_named(vb_str name)
{
    char key[sizeof tags[0].name] = {0};
    if (name.len >= sizeof key)
        return TAG_UNKNOWN;
    memcpy(key, name.data, name.len);
    const struct tag *found = bsearch(key, tags, COUNT(tags), sizeof tags[0], compare);
    return found ? found->is : TAG_UNKNOWN;
}
