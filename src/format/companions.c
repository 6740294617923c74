/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names inside publications, and zip archives by libzip where it is there.
 *
 * What an archive claims about sizes is never believed: reading stops at the bound. */
#include "format/companions.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/str.h"

/* ---- names ---- */

vb_str path_folder(vb_str path)
{
    const char *slash = path.len ? memrchr(path.data, '/', path.len) : NULL;
    return slash ? str_cut(path, 0, (size_t)(slash - path.data) + 1) : VB_STR("");
}

vb_str path_fragment(vb_str reference)
{
    size_t hash = str_find_char(reference, '#');
    return hash == STR_NOT_FOUND ? VB_STR("") : str_from(reference, hash + 1);
}

/* "EPUB/mo/" to "EPUB/"; false: there is nothing to leave. */
static bool leave_folder(struct buf *path)
{
    vb_str folder = buf_str(path);
    if (!folder.len || str_eq(folder, "../") || str_ends(folder, "/../"))
        return false;
    vb_str above = path_folder(str_cut(folder, 0, folder.len - 1));
    path->len = above.len;
    path->data[path->len] = '\0';
    return true;
}

static int hex(char c)
{
    return is_digit(c)              ? c - '0'
           : (c >= 'a' && c <= 'f') ? c - 'a' + 10
           : (c >= 'A' && c <= 'F') ? c - 'A' + 10
                                    : -1;
}

/* "%20" is a space. */
static void add_decoded(struct buf *path, vb_str step)
{
    for (size_t i = 0; i < step.len; i++) {
        bool coded = step.data[i] == '%' && i + 2 < step.len && hex(step.data[i + 1]) >= 0 &&
                     hex(step.data[i + 2]) >= 0;
        int c = coded ? hex(step.data[i + 1]) * 16 + hex(step.data[i + 2]) : step.data[i];
        if (c)
            buf_putc(path, (char)c);
        i += coded ? 2 : 0;
    }
}

void path_resolve(vb_str base, vb_str reference, struct buf *into)
{
    vb_str rest = str_cut(reference, 0, str_find_char(reference, '#'));
    buf_clear(into);
    buf_add(into, base);
    while (rest.len) {
        size_t slash = str_find_char(rest, '/');
        vb_str step = str_cut(rest, 0, slash);
        rest = slash == STR_NOT_FOUND ? VB_STR("") : str_from(rest, slash + 1);
        if (str_eq(step, "..")) {
            if (!leave_folder(into))
                buf_puts(into, "../");
        } else if (step.len && !str_eq(step, ".")) {
            add_decoded(into, step);
            if (slash != STR_NOT_FOUND)
                buf_putc(into, '/');
        }
    }
}

bool path_in_container(vb_str container, struct buf *path)
{
    const vb_str sign = VB_STR("full-path=");
    size_t at = str_find(container, sign);
    if (at == STR_NOT_FOUND || at + sign.len + 1 >= container.len)
        return false;
    vb_str value = str_from(container, at + sign.len);
    size_t end = str_find_char(str_from(value, 1), value.data[0]);
    path_resolve(VB_STR(""), str_cut(value, 1, end == STR_NOT_FOUND ? 1 : end + 1), path);
    return path->len > 0;
}

bool package_is(vb_str bytes)
{
    return str_starts(bytes, "PK\003\004");
}

#ifndef HAVE_LIBZIP

struct package *package_open(vb_str bytes, struct vb_error *error)
{
    (void)bytes;
    err_set(error, VB_UNSUPPORTED,
            _("this is an archive (EPUB, docx), and this build can't open archives; unpack it, "
              "and open its .opf or document.xml"));
    return NULL;
}

void package_close(struct package *package)
{
    (void)package;
}

bool package_read(struct package *package, vb_str name, struct buf *into)
{
    (void)package, (void)name, (void)into;
    return false;
}

bool package_main(struct package *package, struct buf *text, struct buf *folder,
                  struct vb_error *error)
{
    (void)package, (void)text, (void)folder;
    return err_set(error, VB_UNSUPPORTED, _("this build can't open archives"));
}

#else

#include <zip.h>

#include "base/library.h"

#define ZIP_FUNCTIONS(X)                                                                       \
    X(zip_discard)                                                                             \
    X(zip_fclose)                                                                              \
    X(zip_fopen)                                                                               \
    X(zip_fread)                                                                               \
    X(zip_open_from_source)                                                                    \
    X(zip_source_buffer_create)                                                                \
    X(zip_source_free)

static struct {
    ZIP_FUNCTIONS(LIBRARY_POINTER)
} zip;

static bool zip_is_there(void)
{
    static const struct library_function functions[] = {
#define X(function) {LIBRARY_NAME(function), &zip.function},
        ZIP_FUNCTIONS(X)
#undef X
    };
    static struct library library = {ZIP_LIBRARY, functions, COUNT(functions), false, false};
    return library_there(&library);
}

enum { FILE_MAX = 64 << 20, ALL_MAX = 128 << 20 };

struct package {
    zip_t *zip;
    size_t taken; /* bytes unpacked so far */
};

struct package *package_open(vb_str bytes, struct vb_error *error)
{
    if (!zip_is_there()) {
        err_set(error, VB_UNSUPPORTED, _("the library %s is needed to read this; install it"),
                ZIP_LIBRARY);
        return NULL;
    }
    struct package *package = mem_new(sizeof *package);
    zip_source_t *source = zip.zip_source_buffer_create(bytes.data, bytes.len, 0, NULL);
    package->zip = source ? zip.zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
    if (package->zip)
        return package;
    if (source)
        zip.zip_source_free(source);
    free(package);
    err_set(error, VB_BAD_FORMAT,
            _("this archive is damaged, or was not copied whole; copy it again"));
    return NULL;
}

void package_close(struct package *package)
{
    if (!package)
        return;
    zip.zip_discard(package->zip);
    free(package);
}

bool package_read(struct package *package, vb_str name, struct buf *into)
{
    char path[1024], block[16384];
    zip_int64_t got = -1;
    if (name.len >= sizeof path)
        return false;
    memcpy(path, name.data, name.len);
    path[name.len] = '\0';
    zip_file_t *file = zip.zip_fopen(package->zip, path, 0);
    if (!file)
        return false;
    buf_clear(into);
    while (into->len < FILE_MAX && package->taken < ALL_MAX &&
           (got = zip.zip_fread(file, block, sizeof block)) > 0) {
        buf_add(into, (vb_str){block, (size_t)got});
        package->taken += (size_t)got;
    }
    zip.zip_fclose(file);
    return got == 0;
}

static bool path_of_publication(struct package *package, struct buf *path)
{
    struct buf container = {0};
    bool found = package_read(package, VB_STR("META-INF/container.xml"), &container) &&
                 path_in_container(buf_str(&container), path);
    buf_free(&container);
    return found;
}

bool package_main(struct package *package, struct buf *text, struct buf *folder,
                  struct vb_error *error)
{
    struct buf path = {0};
    if (!path_of_publication(package, &path))
        buf_puts(&path, "word/document.xml");
    bool found = package_read(package, buf_str(&path), text);
    buf_clear(folder);
    buf_add(folder, path_folder(buf_str(&path)));
    buf_free(&path);
    if (found)
        return true;
    return err_set(error, VB_BAD_FORMAT,
                   _("this archive is no EPUB and no docx that can be read: its main part is "
                     "missing, damaged or larger than %d MB"),
                   FILE_MAX >> 20);
}

#endif
