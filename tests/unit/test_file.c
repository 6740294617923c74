/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files are read within a limit and written all or nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/str.h"

static char folder[] = "/tmp/verbatim-test-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    DIR *dir = opendir(".");
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        chmod(entry->d_name, 0700);
        if (unlink(entry->d_name) != 0 && entry->d_name[0] != '.')
            rmdir(entry->d_name);
    }
    if (dir)
        closedir(dir);
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_holds(const char *path, const char *text)
{
    struct buf bytes = {0};
    assert_true(file_read(path, 1 << 20, &bytes, NULL));
    assert_true(str_eq(buf_str(&bytes), text));
    buf_free(&bytes);
}

static mode_t mode_of(const char *path)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    return about.st_mode & 07777;
}

/* No half-written file may stay behind. */
static size_t files_here(void)
{
    size_t count = 0;
    DIR *dir = opendir(".");
    for (struct dirent *entry; (entry = readdir(dir));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return count;
}

/* ---- reading ---- */

static void a_file_is_read_whole_up_to_the_limit(void **state)
{
    (void)state;
    struct buf bytes = {0};
    struct vb_error error = {0};
    put("ten", "0123456789");
    assert_true(file_read("ten", 10, &bytes, NULL));
    assert_int_equal(bytes.len, 10);
    assert_false(file_read("ten", 9, &bytes, &error));
    assert_int_equal(error.code, VB_UNSUPPORTED);
    assert_non_null(strstr(error.text, "ten: the file is larger"));
    assert_int_equal(bytes.len, 0);
    assert_false(file_read("/dev/zero", 1 << 20, &bytes, &error)); /* endless, yet it ends */
    buf_free(&bytes);
}

static void what_cannot_be_read_is_refused_by_name(void **state)
{
    (void)state;
    static const struct {
        const char *path, *says;
        enum vb_code code;
    } refused[] = {
        {"missing",    "missing: there is no such file",    VB_NOT_FOUND },
        {"ten/inside", "ten/inside: there is no such file", VB_NOT_FOUND },
        {".",          ".: this is a folder",               VB_UNREADABLE},
    };
    put("ten", "0123456789");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct buf bytes = {0};
        struct vb_error error = {0};
        assert_false(file_read(refused[i].path, 100, &bytes, &error));
        assert_true(str_starts(str_of(error.text), refused[i].says));
        assert_int_equal(error.code, refused[i].code);
    }
    struct vb_error error = {0};
    assert_false(file_refuse("secret", EACCES, &error));
    assert_true(str_starts(str_of(error.text), "secret: you may not read this file"));
    assert_true(file_exists("ten") && !file_exists("missing") && !file_exists("."));
}

static void a_pipe_that_nobody_writes_to_does_not_hang(void **state)
{
    (void)state;
    struct buf bytes = {0};
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_true(file_read("pipe", 100, &bytes, NULL));
    assert_int_equal(bytes.len, 0);
    buf_free(&bytes);
    unlink("pipe");
}

/* ---- writing ---- */

static void a_new_file_gets_the_permissions_of_new_files(void **state)
{
    (void)state;
    mode_t mask = umask(027);
    assert_true(file_write("new", VB_STR("été"), NULL));
    umask(mask);
    assert_int_equal(mode_of("new"), 0640);
    assert_holds("new", "été");
}

static void an_old_file_keeps_its_permissions(void **state)
{
    (void)state;
    put("shared", "old");
    chmod("shared", 0664);
    assert_true(file_write("shared", VB_STR("new"), NULL));
    assert_int_equal(mode_of("shared"), 0664);
    assert_holds("shared", "new");
}

static void a_link_stays_a_link(void **state)
{
    (void)state;
    struct stat about;
    put("target", "old");
    assert_int_equal(symlink("target", "link"), 0);
    assert_true(file_write("link", VB_STR("new"), NULL));
    assert_int_equal(lstat("link", &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_holds("target", "new");

    assert_int_equal(symlink("not-yet", "dangling"), 0);
    assert_true(file_write("dangling", VB_STR("made"), NULL));
    assert_int_equal(lstat("dangling", &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_holds("not-yet", "made");
}

/* Root may write everything: it becomes nobody, in a child. */
static void a_read_only_file_is_left_alone(void **state)
{
    (void)state;
    put("fixed", "old");
    chmod("fixed", 0444);
    chmod(".", 0777);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct vb_error error = {0};
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(2);
        bool wrote = file_write("fixed", VB_STR("new"), &error);
        _exit(wrote || !str_starts(str_of(error.text), "fixed: can't be written: ") ? 1 : 0);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_holds("fixed", "old");
}

static void a_folder_is_no_place_to_write(void **state)
{
    (void)state;
    struct vb_error error = {0};
    assert_int_equal(mkdir("folder", 0700), 0);
    assert_false(file_write("folder", VB_STR("new"), &error));
    assert_true(str_starts(str_of(error.text), "folder: can't be written: "));
    assert_false(file_write("nowhere/new", VB_STR("new"), &error));
    assert_true(str_starts(str_of(error.text), "nowhere/new: can't be written: "));
}

/* A disk that fills up, played by a limit on the size of files: in a child, since a limit
 * stays. */
static void a_write_that_fails_leaves_the_old_file_whole(void **state)
{
    (void)state;
    put("precious", "old");
    size_t before = files_here();
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        static char large[100000];
        struct vb_error error = {0};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){1000, 1000});
        bool wrote = file_write("precious", (vb_str){large, sizeof large}, &error);
        _exit(wrote || !strstr(error.text, "precious: can't be written: ") ? 1 : 0);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_holds("precious", "old");
    assert_int_equal(files_here(), before);
}

static void a_name_as_long_as_may_be_can_be_written(void **state)
{
    (void)state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    assert_true(file_write(name, VB_STR("new"), NULL));
    assert_holds(name, "new");
}

static void a_leftover_of_an_earlier_run_is_no_obstacle(void **state)
{
    (void)state;
    char leftover[64];
    snprintf(leftover, sizeof leftover, ".verbatim-%ld-0", (long)getpid());
    put(leftover, "half");
    assert_true(file_write("after", VB_STR("whole"), NULL));
    assert_holds("after", "whole");
    assert_holds(leftover, "half");
}

static void a_device_is_written_in_place(void **state)
{
    (void)state;
    assert_true(file_write("/dev/null", VB_STR("gone"), NULL));
    struct stat about;
    assert_int_equal(stat("/dev/null", &about), 0);
    assert_true(S_ISCHR(about.st_mode));
}

static void a_path_ends_in_its_name(void **state)
{
    (void)state;
    assert_string_equal(file_name("dir/talk.fr.txt"), "talk.fr.txt");
    assert_string_equal(file_name("talk.txt"), "talk.txt");
    assert_string_equal(file_name("dir/"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_whole_up_to_the_limit),
        cmocka_unit_test(what_cannot_be_read_is_refused_by_name),
        cmocka_unit_test(a_pipe_that_nobody_writes_to_does_not_hang),
        cmocka_unit_test(a_new_file_gets_the_permissions_of_new_files),
        cmocka_unit_test(an_old_file_keeps_its_permissions),
        cmocka_unit_test(a_link_stays_a_link),
        cmocka_unit_test(a_read_only_file_is_left_alone),
        cmocka_unit_test(a_folder_is_no_place_to_write),
        cmocka_unit_test(a_write_that_fails_leaves_the_old_file_whole),
        cmocka_unit_test(a_name_as_long_as_may_be_can_be_written),
        cmocka_unit_test(a_leftover_of_an_earlier_run_is_no_obstacle),
        cmocka_unit_test(a_device_is_written_in_place),
        cmocka_unit_test(a_path_ends_in_its_name),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
