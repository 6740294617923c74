/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text copied from a browser, or typed: every line is a line, shown as it stands.
 *
 * The shown text is the source itself, so that every byte range is exact and nothing is copied.
 */
#include "format/april.h"

#include "base/i18n.h"
#include "base/str.h"

/* "• ", "* ", "– " before the text of a list's item. */
static size_t bullet_len(vb_str text)
{
    static const char *const bullets[] = {"•", "*", "‣", "◦", "·"};
    for (size_t i = 0; i < COUNT(bullets); i++) {
        size_t len = str_of(bullets[i]).len, at = len;
        if (str_starts(text, bullets[i]) && is_space(str_next(text, &at)))
            return at + (size_t)(str_trim(str_from(text, at)).data - (text.data + at));
    }
    return 0;
}

static void add_line(struct page *page, vb_str raw, bool opens_block)
{
    vb_str text = str_trim(raw);
    size_t bullet = bullet_len(text);
    text = str_from(text, bullet);
    uint32_t at = (uint32_t)(text.data - page->source.data);
    struct vb_span span = {at, (uint32_t)text.len};
    struct line line = {
        .kind = bullet ? LINE_ITEM : LINE_TEXT,
        .opens_block = opens_block || bullet,
        .text_at = at,
        .text_len = span.len,
        .first_run = (uint32_t)page->runs.count,
        .span = span,
    };
    vec_push(&page->runs, (struct run){at, span.len, span, 0});
    vec_push(&page->lines, line);
}

void april_read_rendered(struct page *page)
{
    page->text = page->source;
    bool blank_before = true;
    vb_str line;
    for (size_t at = 0; str_line(page->source, &at, &line);) {
        bool blank = str_trim(line).len == 0;
        if (!blank && page->lines.count >= PAGE_LINES_MAX) {
            page->broken =
                _("the text has more lines than any transcript; is it the right file?");
            return;
        }
        if (!blank)
            add_line(page, line, blank_before);
        blank_before = blank;
    }
}
