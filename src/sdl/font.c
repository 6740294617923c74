/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fonts by SDL2_ttf: which one sets what, and how wide it is. */
#include "sdl/font.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"
#include "sdl/fonts.h"
#include "view/bidi.h"

enum { MEASURED_AT = 256 }; /* pixels; for larger ones SDL2_ttf takes thirty times as long */

struct face_file {
    const char *file;
    bool same_figures; /* digits of one width, for times in columns */
    bool simple;       /* neither kerning nor ligatures: a word is as wide as its letters */
};

/* Faces of the interface, and the files they are in. */
static const struct face_file ui_faces[FACE_COUNT] = {
    [FACE_UI] = {"Inter-Regular.otf",  false, false},
    [FACE_UI_MEDIUM] = {"Inter-Medium.otf",   false, false},
    [FACE_UI_STRONG] = {"Inter-SemiBold.otf", false, false},
    [FACE_FIGURES] = {"Inter-Regular.otf",  true,  false},
    [FACE_FIGURES_STRONG] = {"Inter-SemiBold.otf", true,  false},
};

/* Those of the text, by enum reading_face. */
enum { TEXT_FACES = FACE_TEXT_BOLD + 1, FAMILIES = 3 };
static const struct face_file text_faces[FAMILIES][TEXT_FACES] = {
    {{"CharisSIL-Regular.ttf", false, true},
     {"CharisSIL-Italic.ttf", false, true},
     {"CharisSIL-Bold.ttf", false, true} },
    {{"Inter-Regular.otf", false, false},
     {"Inter-Italic.otf", false, false},
     {"Inter-SemiBold.otf", false, false}},
    {{"Andika-Regular.ttf", false, false},
     {"Andika-Italic.ttf", false, false},
     {"Andika-Bold.ttf", false, false}   },
};

static const struct face_file *face_file(const struct fonts *f, int face)
{
    return face < TEXT_FACES ? &text_faces[f->family][face] : &ui_faces[face];
}

/* ---- open fonts ---- */

static void map_file(struct font_file *file, const char *path)
{
    struct stat about;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0 &&
        about.st_size < INT32_MAX) {
        void *data = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (data != MAP_FAILED)
            *file = (struct font_file){.data = data, .bytes = (size_t)about.st_size};
    }
    close(fd);
}

static void map_face(struct fonts *f, uint8_t face)
{
    struct buf path = {0};
    buf_printf(&path, "%s/%s", f->folder, face_file(f, face)->file);
    map_file(&f->files[face], path.data);
    buf_free(&path);
}

enum { DPI = 72 }; /* a point is a pixel */

static bool open_file(struct fonts *f, uint8_t number, int size, int wider)
{
    struct font_file *file = &f->files[number];
    int index = 0;
    if (number < FACE_COUNT) {
        map_face(f, number);
    } else {
        index = f->fallbacks.fonts[number - FACE_COUNT].index;
        map_file(file, f->fallbacks.fonts[number - FACE_COUNT].path);
    }
    if (!file->data)
        return false;
    SDL_RWops *bytes = SDL_RWFromConstMem(file->data, (int)file->bytes);
    file->font = TTF_OpenFontIndexDPIRW(bytes, 1, size, index, DPI * (unsigned)wider, DPI);
    if (file->font)
        TTF_SetFontHinting(file->font, TTF_HINTING_NONE);
    file->size = size;
    file->wider = wider;
    return file->font != NULL;
}

/* The file's font in that size; NULL: it can't be read. */
static TTF_Font *font_of(struct fonts *f, uint8_t number, int size, int wider)
{
    struct font_file *file = &f->files[number];
    if (!file->font && (file->data || !open_file(f, number, size, wider)))
        return NULL;
    if ((file->size != size || file->wider != wider) &&
        TTF_SetFontSizeDPI(file->font, size, DPI * (unsigned)wider, DPI))
        return NULL;
    file->size = size;
    file->wider = wider;
    return file->font;
}

/* In whatever size it is, to ask what letters it has. */
static TTF_Font *font_in_any_size(struct fonts *f, uint8_t number)
{
    struct font_file *file = &f->files[number];
    return file->font ? file->font : font_of(f, number, MEASURED_AT, 1);
}

static uint8_t file_of(enum face face)
{
    if (face == FACE_FIGURES)
        return FACE_UI;
    return face == FACE_FIGURES_STRONG ? FACE_UI_STRONG : (uint8_t)face;
}

bool fonts_has_figures(enum face face)
{
    return ui_faces[face].same_figures;
}

/* ---- runs ---- */

static bool has(struct fonts *f, uint8_t number, uint32_t c)
{
    TTF_Font *font = font_in_any_size(f, number);
    return font && TTF_GlyphIsProvided32(font, c);
}

static uint8_t fallback_file(struct fonts *f, uint32_t c)
{
    for (uint8_t i = 0; f->fallbacks.given && i < f->fallbacks.count; i++)
        if (has(f, (uint8_t)(FACE_COUNT + i), c))
            return (uint8_t)(FACE_COUNT + i);
    uint8_t found = fallback_for(&f->fallbacks, c);
    if (found != NO_FALLBACK && !has(f, (uint8_t)(FACE_COUNT + found), c))
        found = fallback_for_stray(&f->fallbacks, c);
    return found == NO_FALLBACK ? NO_FALLBACK : (uint8_t)(FACE_COUNT + found);
}

static uint8_t file_for(struct fonts *f, enum face face, uint32_t c)
{
    uint8_t own = file_of(face);
    if (c < 0x180 || script_is_silent(c) || has(f, own, c))
        return own;
    uint8_t found = fallback_file(f, c);
    if (found != NO_FALLBACK)
        return found;
    return own >= FACE_UI ? FACE_TEXT : own; /* whose sign for "no such letter" is plain */
}

/* Letters of Latin begin a run of their own; signs and digits stay where the font has them, so
 * that "(…)" is set by one. */
static bool latin_stays(struct fonts *f, const struct run *run, uint32_t c)
{
    if (run->file < FACE_COUNT)
        return !run->script || is_digit((char)c) || !is_letter_or_digit(c);
    /* the space between emoji is as wide as they are */
    return !is_letter_or_digit(c) && !fonts_colored_em(f, run->file) && has(f, run->file, c);
}

static bool stays_in(struct fonts *f, enum face face, const struct run *run, uint32_t before,
                     uint32_t c)
{
    if (c < 0x180)
        return latin_stays(f, run, c);
    if (before == 0x200D || script_is_silent(c)) /* a family of emoji */
        return true;
    if (script_clings(c))
        return has(f, run->file, c) || file_for(f, face, c) == run->file;
    const char *script = script_of(c);
    if (script && run->script && script != run->script)
        return false;
    return file_for(f, face, c) == run->file;
}

bool fonts_next_run(struct fonts *f, enum face face, vb_str text, size_t *at, struct run *run)
{
    if (*at >= text.len)
        return false;
    size_t from = *at;
    uint32_t c = str_next(text, at);
    *run = (struct run){.file = file_for(f, face, c), .script = script_of(c)};
    while (*at < text.len && !fonts_has_figures(face)) {
        size_t next = *at;
        uint32_t before = c;
        c = str_next(text, &next);
        if (!stays_in(f, face, run, before, c))
            break;
        run->script = run->script ? run->script : script_of(c);
        *at = next;
    }
    run->text = str_cut(text, from, *at);
    run->direction = run->script && bidi_is_needed(run->text) ? DIRECTION_RIGHT_TO_LEFT
                                                              : DIRECTION_LEFT_TO_RIGHT;
    return true;
}

/* ---- French spacing ---- */

/* The space before ; ? ! is a narrow one in French, also where the page has a plain one, which
 * a word holds inside. */
static bool is_narrow_at(vb_str text, size_t at)
{
    if (text.data[at] != ' ' || at == 0 || at + 1 >= text.len || text.data[at - 1] == ' ')
        return false;
    char sign = text.data[at + 1];
    return sign == ';' || sign == '?' || sign == '!';
}

/* Longer than any word; what is longer still is cut at a character. */
struct run_text fonts_run_text(struct fonts *f, const struct run *run)
{
    struct run_text copy;
    size_t len = 0;
    for (size_t at = 0, from = 0; at < run->text.len; from = at) {
        uint32_t c = str_next(run->text, &at);
        if (len + 4 >= sizeof copy.text)
            break;
        if (c >= 0x200C && script_is_silent(c) && !has(f, run->file, c))
            continue;
        if (run->file < FACE_COUNT && is_narrow_at(run->text, from))
            len += utf8_put(copy.text + len, f->narrow_space[run->file]);
        else
            while (from < at)
                copy.text[len++] = run->text.data[from++];
    }
    copy.text[len] = 0;
    return copy;
}

TTF_Font *fonts_for_run(struct fonts *f, const struct run *run, int size, int wider)
{
    TTF_Font *font = font_of(f, run->file, size, wider);
    if (!font)
        return NULL;
    TTF_SetFontDirection(font, run->direction == DIRECTION_RIGHT_TO_LEFT ? TTF_DIRECTION_RTL
                                                                         : TTF_DIRECTION_LTR);
    TTF_SetFontScriptName(font, run->script ? run->script : "Latn");
    return font;
}

/* ---- widths ---- */

static uint32_t shaped_width(struct fonts *f, const struct run *run)
{
    int em = fonts_colored_em(f, run->file);
    TTF_Font *font = fonts_for_run(f, run, em ? COLORED_AT : MEASURED_AT, 1);
    struct run_text text = fonts_run_text(f, run);
    int width = 0, height = 0;
    if (font)
        TTF_SizeUTF8(font, text.text, &width, &height);
    return em ? (uint32_t)(width * EM / em) : (uint32_t)width * (EM / MEASURED_AT);
}

/* Its place in the table of letters that have one width whatever stands beside them. */
static int simple_place(uint32_t c)
{
    if (c < LATIN_END)
        return (int)c;
    return c >= SIGNS_FROM && c < SIGNS_END ? (int)(LATIN_END + c - SIGNS_FROM) : -1;
}

/* Sixteen times the letter, so that the whole pixels of the answer are parts of one. */
static uint32_t letter_width(struct fonts *f, enum face face, uint32_t c)
{
    enum { TIMES = 16 };
    uint16_t *kept = &f->simple[face][simple_place(c)];
    if (!*kept) {
        char letters[TIMES * 4];
        size_t len = 0;
        for (int i = 0; i < TIMES; i++)
            len += utf8_put(letters + len, c);
        struct run run = {
            {letters, len},
            file_of(face), NULL, DIRECTION_LEFT_TO_RIGHT
        };
        *kept = (uint16_t)((shaped_width(f, &run) + TIMES / 2) / TIMES + 1);
    }
    return *kept - 1u;
}

/* Letters that the font draws as one where they meet: "ffi". */
static bool may_join(uint32_t before, uint32_t c)
{
    return before == 'f' && (c == 'f' || c == 'i' || c == 'l' || c == 'j');
}

/* False: some letter may look different beside another. */
static bool simple_width(struct fonts *f, enum face face, vb_str text, uint32_t *width)
{
    uint32_t before = 0;
    *width = 0;
    for (size_t at = 0; at < text.len;) {
        uint32_t c = is_narrow_at(text, at) ? f->narrow_space[face] : 0, as_typed;
        as_typed = str_next(text, &at);
        c = c ? c : as_typed;
        if (c == 0 || simple_place(c) < 0 || may_join(before, c))
            return false;
        before = c;
        *width += letter_width(f, face, c);
    }
    return true;
}

uint32_t fonts_figure_width(struct fonts *f, enum face face)
{
    uint32_t most = f->figure[face];
    for (uint32_t digit = '0'; !f->figure[face] && digit <= '9'; digit++) {
        uint32_t width = letter_width(f, face, digit);
        most = width > most ? width : most;
    }
    return f->figure[face] = (uint16_t)most;
}

uint32_t fonts_run_width(struct fonts *f, enum face face, const struct run *run)
{
    if (fonts_has_figures(face) && run->text.len == 1 && is_digit(run->text.data[0]))
        return fonts_figure_width(f, face);
    uint32_t width;
    if (face_file(f, (int)face)->simple && run->file < FACE_COUNT &&
        simple_width(f, face, run->text, &width))
        return width;
    return shaped_width(f, run);
}

uint64_t fonts_key(vb_str text, enum face face, int size)
{
    uint64_t hash = 0x9E3779B97F4A7C15u ^ ((uint64_t)face << 56 | (uint64_t)size << 32);
    hash ^= text.len;
    size_t at = 0;
    for (; at + 8 <= text.len; at += 8) {
        uint64_t eight;
        memcpy(&eight, text.data + at, 8);
        hash = (hash ^ eight) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32;
    }
    uint64_t rest = 0;
    memcpy(&rest, text.data + at, text.len - at);
    hash = (hash ^ rest) * 0xD6E8FEB86659FD93u;
    hash ^= hash >> 32;
    hash *= 0xD6E8FEB86659FD93u;
    return (hash ^ hash >> 29) | 1; /* never 0, which is an empty place */
}

static uint32_t width_of(void *ctx, enum face face, vb_str text)
{
    struct fonts *f = ctx;
    uint32_t width = 0;
    if (face_file(f, (int)face)->simple && simple_width(f, face, text, &width))
        return width;
    uint64_t key = fonts_key(text, face, 0);
    struct width_slot *slot = &f->widths[key % WIDTH_SLOTS];
    if (slot->key == key)
        return slot->width;
    struct run run;
    width = 0;
    for (size_t at = 0; fonts_next_run(f, face, text, &at, &run);)
        width += fonts_run_width(f, face, &run);
    *slot = (struct width_slot){key, width};
    return width;
}

/* ---- opening ---- */

/* Capitals up, "p" down: what the eye takes for the height of a line of text. */
static bool measure_heights(struct fonts *f)
{
    for (int face = 0; face < FACE_COUNT; face++) {
        TTF_Font *font = font_of(f, file_of((enum face)face), MEASURED_AT, 1);
        int least_x, most_x, least_y, most_y, advance;
        if (!font ||
            TTF_GlyphMetrics32(font, 'H', &least_x, &most_x, &least_y, &most_y, &advance))
            return false;
        f->measure.ascent[face] = (uint16_t)(most_y * (EM / MEASURED_AT));
        TTF_GlyphMetrics32(font, 'p', &least_x, &most_x, &least_y, &most_y, &advance);
        f->measure.descent[face] = (uint16_t)(-least_y * (EM / MEASURED_AT));
        f->narrow_space[face] = TTF_GlyphIsProvided32(font, 0x202F) ? 0x202F : ' ';
    }
    return true;
}

static void close_file(struct font_file *file)
{
    if (file->font)
        TTF_CloseFont(file->font);
    if (file->data)
        munmap((void *)file->data, file->bytes);
    *file = (struct font_file){0};
}

static void change_family(struct fonts *f, int family)
{
    f->family = family;
    for (int face = 0; face < TEXT_FACES; face++) {
        close_file(&f->files[face]);
        memset(f->simple[face], 0, sizeof f->simple[face]);
    }
    memset(f->widths, 0, sizeof f->widths);
    pictures_free(f);
}

/* Where its files can't be read the text stays in the letters it has. */
static void use_face(void *ctx, int family)
{
    struct fonts *f = ctx;
    int before = f->family;
    if (family == before || family < 0 || family >= FAMILIES)
        return;
    change_family(f, family);
    if (!measure_heights(f)) {
        change_family(f, before);
        measure_heights(f);
    }
}

struct fonts *fonts_open(const char *folder, struct vb_error *error)
{
    if (TTF_Init()) {
        err_set(error, VB_DEVICE, _("no fonts can be drawn: %s"), TTF_GetError());
        return NULL;
    }
    struct fonts *f = mem_new(sizeof *f);
    f->folder = strdup(folder);
    f->frame = 1;
    f->measure.width = width_of;
    f->measure.ctx = f;
    f->measure.use_face = use_face;
    if (!measure_heights(f)) {
        err_set(error, VB_NOT_FOUND, _("the fonts can't be read in %s"), folder);
        fonts_close(f);
        return NULL;
    }
    return f;
}

void fonts_close(struct fonts *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < COUNT(f->files); i++)
        close_file(&f->files[i]);
    pictures_free(f);
    fallbacks_free(&f->fallbacks);
    free(f->folder);
    free(f);
    TTF_Quit();
}

bool fonts_give_fallback(struct fonts *f, const char *path, int index)
{
    return fallback_give(&f->fallbacks, path, index);
}

const struct measure *fonts_measure(const struct fonts *f)
{
    return &f->measure;
}
