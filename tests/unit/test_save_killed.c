/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that is killed while it saves, at each of its system calls in turn: the file holds
 * the old text or the new one, whole, and never anything between. So does a disk that is full.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"
#include "support/support_sound.h"
#include "verbatim/document.h"

static struct buf old_text, new_text;

static int make_texts(void **state)
{
    (void)state;
    buf_puts(&old_text, "Intervenants : Anne\n\nTranscription\n\n");
    for (int i = 0; i < 400; i++)
        buf_puts(&old_text, "Anne : II dit cela, et ce que ce qui suit en est la preuve.\n\n");
    size_t at = str_find(buf_str(&old_text), VB_STR("II"));
    buf_add(&new_text, str_cut(buf_str(&old_text), 0, at));
    buf_puts(&new_text, "Il");
    buf_add(&new_text, str_from(buf_str(&old_text), at + 2));
    return 0;
}

static int free_texts(void **state)
{
    (void)state;
    buf_free(&old_text);
    buf_free(&new_text);
    return 0;
}

static struct vb_document *corrected(const char *path)
{
    struct vb_document *d = vb_document_open(path, NULL);
    assert_non_null(d);
    struct vb_span first = vb_word(vb_document_transcript(d), 0).span;
    assert_true(vb_document_replace(d, first, VB_STR("Il"), NULL));
    return d;
}

/* The child, traced from here on: saves and ends. */
static void save_traced(struct vb_document *d)
{
    if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0)
        _exit(77);
    raise(SIGSTOP);
    _exit(vb_document_save(d, NULL) ? 0 : 1);
}

/* Lets the child go through `stops` entries and exits of system calls, then kills it. True: it
 * had ended before; `code` then is its exit code. */
static bool ends_within(pid_t child, int stops, int *code)
{
    int status;
    waitpid(child, &status, 0);
    for (int i = 0; !WIFEXITED(status) && i < stops; i++) {
        ptrace(PTRACE_SYSCALL, child, NULL, NULL);
        waitpid(child, &status, 0);
    }
    if (WIFEXITED(status)) {
        *code = WEXITSTATUS(status);
        return true;
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return false;
}

static bool file_holds(const char *path, const struct buf *text)
{
    size_t count;
    uint8_t *bytes = read_bytes(path, &count);
    bool same = count == text->len && memcmp(bytes, text->data, count) == 0;
    free(bytes);
    return same;
}

static void killed_at_any_system_call_a_save_leaves_a_whole_file(void **state)
{
    (void)state;
    const char *path = temp_path("killed.txt"), *backup = temp_path("killed.txt~");
    bool ended = false, saw_old = false, saw_new = false;
    int code = 1;
    for (int stops = 1; !ended && stops < 1000; stops++) {
        unlink(backup);
        write_bytes(path, old_text.data, old_text.len);
        struct vb_document *d = corrected(path);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
            save_traced(d);
        ended = ends_within(child, stops, &code);
        vb_document_close(d);
        if (ended && code == 77) {
            print_message("[  SKIPPED ] tracing is not allowed here\n");
            skip();
        }
        bool is_old = file_holds(path, &old_text), is_new = file_holds(path, &new_text);
        if (!is_old && !is_new)
            fail_msg("killed at stop %d the file is broken", stops);
        saw_old |= is_old;
        saw_new |= is_new;
        if (is_new)
            assert_true(file_holds(backup, &old_text));
    }
    assert_true(ended);
    assert_int_equal(code, 0);
    assert_true(saw_old && saw_new);
}

static void a_full_disk_leaves_the_old_file_and_says_so(void **state)
{
    (void)state;
    char folder[256];
    snprintf(folder, sizeof folder, "%s", temp_path("full"));
    assert_int_equal(mkdir(folder, 0700), 0);
    if (mount("none", folder, "tmpfs", 0, "size=64k") != 0) {
        print_message("[  SKIPPED ] a small disk can't be mounted here\n");
        skip();
    }
    char path[300], filler[300];
    snprintf(path, sizeof path, "%s/page.txt", folder);
    snprintf(filler, sizeof filler, "%s/filler", folder);
    write_bytes(path, old_text.data, old_text.len);
    struct vb_document *d = corrected(path);
    char block[4096] = {0};
    FILE *file = fopen(filler, "w");
    while (fwrite(block, 1, sizeof block, file) == sizeof block && fflush(file) == 0)
        continue;
    fclose(file);
    struct vb_error error = {0};
    bool saved = vb_document_save(d, &error);
    bool still_changed = vb_document_changed(d), whole = file_holds(path, &old_text);
    bool elsewhere = vb_document_save_as(d, temp_path("elsewhere.txt"), NULL);
    vb_document_close(d);
    umount(folder);
    assert_false(saved);
    assert_true(still_changed && whole && elsewhere);
    assert_non_null(strstr(error.text, "safety copy"));
    assert_true(file_holds(temp_path("elsewhere.txt"), &new_text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(killed_at_any_system_call_a_save_leaves_a_whole_file),
        cmocka_unit_test(a_full_disk_leaves_the_old_file_and_says_so),
    };
    return cmocka_run_group_tests(tests, make_texts, free_texts);
}
