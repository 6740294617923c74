/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files beside the one that is read: a SMIL file's texts, a publication's chapters.  A reader
 * asks for them by the name the file gives, through builder_fetch(). */
#pragma once

#include "base/buf.h"
#include "verbatim/error.h"

/* "EPUB/mo/" and "../text/ch1.xhtml#p3" give "EPUB/text/ch1.xhtml": the fragment, "." and ".."
 * are resolved; a ".." that leads out of `base` stays in front. */
void path_resolve(vb_str base, vb_str reference, struct buf *into);
vb_str path_folder(vb_str path);        /* up to and with the last slash */
vb_str path_fragment(vb_str reference); /* behind the '#'; empty: none */

/* The package file that META-INF/container.xml names first. */
bool path_in_container(vb_str container, struct buf *path);

/* A zip archive: EPUB, docx. */
struct package;
bool package_is(vb_str bytes); /* does it begin like one? */
/* NULL: no archive, or this build can't open any. `bytes` must outlive it. */
struct package *package_open(vb_str bytes, struct vb_error *error);
void package_close(struct package *package);
/* One file of it, as bytes; at most 64 MB each and 128 MB in all. */
bool package_read(struct package *package, vb_str name, struct buf *into);
/* The file that tells what is in it, as bytes: a publication's package file, a document's text.
 * `folder`: where it stands in the archive. */
bool package_main(struct package *package, struct buf *text, struct buf *folder,
                  struct vb_error *error);
