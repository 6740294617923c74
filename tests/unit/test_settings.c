/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the user likes survives, and a broken file does no harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/settings.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "support/support_sound.h"

static void assert_same(const struct settings *a, const struct settings *b)
{
    assert_int_equal(a->theme, b->theme);
    assert_int_equal(a->zoom, b->zoom);
    assert_int_equal(a->volume, b->volume);
    assert_int_equal(a->speed, b->speed);
    assert_int_equal(a->skip, b->skip);
    assert_int_equal(a->window_width, b->window_width);
    assert_int_equal(a->window_height, b->window_height);
    assert_int_equal(a->click_plays, b->click_plays);
    assert_int_equal(a->follow, b->follow);
}

static const struct settings liked = {
    .theme = THEME_DARK,
    .zoom = 130,
    .face = READING_INTER,
    .column = 60,
    .line_height = 180,
    .calm = true,
    .volume = 0,
    .speed = 80,
    .skip = 10,
    .window_width = 1440,
    .window_height = 900,
    .click_plays = false,
    .follow = false,
};

static struct settings load(const char *path)
{
    struct settings settings = settings_default();
    settings_load(&settings, path);
    return settings;
}

static struct settings load_text(const char *text)
{
    const char *path = temp_path("settings");
    write_bytes(path, text, strlen(text));
    return load(path);
}

static void assert_begins(const char *path, const char *text)
{
    struct buf bytes = {0};
    assert_true(file_read(path, 1 << 20, &bytes, NULL));
    if (!str_starts(buf_str(&bytes), text))
        fail_msg("%s", buf_str(&bytes).data);
    buf_free(&bytes);
}

static void what_is_saved_is_loaded_again(void **state)
{
    (void)state;
    const char *path = temp_path("settings");
    struct settings standard = settings_default();
    assert_true(settings_save(&liked, path, NULL));
    struct settings loaded = load(path);
    assert_same(&loaded, &liked);
    assert_true(settings_save(&standard, path, NULL));
    loaded = load(path);
    assert_same(&loaded, &standard);
}

static void a_line_that_is_wrong_is_skipped(void **state)
{
    (void)state;
    struct settings standard = settings_default();
    struct settings loaded = load_text("zoom = 40\n"    /* too small */
                                       "volume = 201\n" /* too much */
                                       "skip = many\n"  /* no number */
                                       "skip = 5x\n"
                                       "theme = pink\n" /* no such one */
                                       "follow = yes\n" /* on, off */
                                       "window-width =\n"
                                       "window-height = 99999999999999999999\n"
                                       "no sign here\n"
                                       "= 3\n"
                                       "unknown = 3\n"
                                       "# zoom = 200\n");
    assert_same(&loaded, &standard);
}

static void spaces_line_ends_and_a_mark_do_not_matter(void **state)
{
    (void)state;
    struct settings loaded =
        load_text("\xEF\xBB\xBFtheme=dark\r\n  zoom\u00a0=  130 \r\nskip =10\rfollow=off");
    assert_int_equal(loaded.theme, THEME_DARK);
    assert_int_equal(loaded.zoom, 130);
    assert_int_equal(loaded.skip, 10);
    assert_false(loaded.follow);
}

static void a_missing_or_mad_file_leaves_the_defaults(void **state)
{
    (void)state;
    struct settings standard = settings_default(), loaded = load(temp_path("missing"));
    assert_same(&loaded, &standard);
    loaded = load("/");
    assert_same(&loaded, &standard);
    loaded = load_text("a\xE3\x80\x80\x80 = \xFF\xFE\n");
    assert_same(&loaded, &standard);
    char *huge = mem_new(1 << 20);
    memset(huge, 'x', (1 << 20) - 1);
    loaded = load_text(huge);
    assert_same(&loaded, &standard);
    free(huge);
}

static void comments_and_unknown_settings_stay_when_saving(void **state)
{
    (void)state;
    const char *path = temp_path("settings");
    static const char before[] = "# mine\n\nfuture = 7\nzoom = 100\nzoom = 90\ntheme = light\n";
    write_bytes(path, before, sizeof before - 1);
    assert_true(settings_save(&liked, path, NULL));
    assert_begins(path, "# mine\n\nfuture = 7\nzoom = 130\ntheme = dark\nface = inter\n");
    struct settings loaded = load(path);
    assert_same(&loaded, &liked);
}

static void a_setting_is_set_by_name(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    assert_true(settings_set(&settings, VB_STR("theme"), VB_STR("dark")));
    assert_int_equal(settings.theme, THEME_DARK);
    assert_true(settings_set(&settings, VB_STR("follow"), VB_STR("off")));
    assert_false(settings.follow);
    assert_false(settings_set(&settings, VB_STR("theme"), VB_STR("")));
    assert_false(settings_set(&settings, VB_STR("theme"), VB_STR("light dark")));
    assert_false(settings_set(&settings, VB_STR("thema"), VB_STR("dark")));
}

static void the_users_own_file_is_where_xdg_says(void **state)
{
    (void)state;
    struct buf path = {0}, expected = {0};
    const char *folder = temp_path("home");
    setenv("HOME", folder, 1);
    setenv("XDG_CONFIG_HOME", "relative/is/ignored", 1);
    assert_true(settings_path("settings", &path));
    buf_printf(&expected, "%s/.config/verbatim/settings", folder);
    assert_string_equal(path.data, expected.data);
    setenv("XDG_CONFIG_HOME", temp_path("config"), 1);
    assert_true(settings_path("settings", &path));
    assert_true(str_ends(buf_str(&path), "config/verbatim/settings"));

    assert_true(settings_save(&liked, NULL, NULL)); /* makes the folders */
    struct settings loaded = load(NULL);
    assert_same(&loaded, &liked);
    struct stat about;
    assert_int_equal(stat(path.data, &about), 0);
    unlink(path.data);
    buf_free(&path);
    buf_free(&expected);
}

static void without_a_home_nothing_is_kept_and_nothing_fails(void **state)
{
    (void)state;
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("HOME");
    struct buf path = {0};
    assert_false(settings_path("settings", &path));
    assert_true(settings_save(&liked, NULL, NULL));
    struct settings loaded = load(NULL), standard = settings_default();
    assert_same(&loaded, &standard);
    buf_free(&path);
}

static void a_place_that_cannot_be_written_is_an_error_with_its_name(void **state)
{
    (void)state;
    struct vb_error error = {0};
    const char *file = temp_path("file");
    write_bytes(file, "x", 1);
    struct buf path = {0};
    buf_printf(&path, "%s/inside/settings", file);
    assert_false(settings_save(&liked, path.data, &error));
    assert_true(str_starts(str_of(error.text), path.data));
    buf_free(&path);
}

static void every_setting_is_described_in_a_line(void **state)
{
    (void)state;
    struct buf text = {0};
    settings_describe(&text);
    vb_str line;
    size_t lines = 0;
    for (size_t at = 0; str_line(buf_str(&text), &at, &line); lines++) {
        size_t tab = str_find_char(line, '\t');
        vb_str rest = str_from(line, tab + 1),
               value = str_cut(rest, 0, str_find_char(rest, '\t'));
        struct settings settings = settings_default();
        assert_true(settings_set(&settings, str_cut(line, 0, tab), value)); /* its standard */
        assert_true(str_find_char(rest, '\t') + 1 < rest.len);
    }
    assert_true(lines >= 8);
    buf_free(&text);
}

static void each_check_is_a_switch_of_its_own(void **state)
{
    (void)state;
    const char *path = temp_path("settings");
    struct settings settings = load_text("check-spelling = off\ncheck-nonsense = off\n");
    assert_false(*settings_looks_for(&settings, "spelling"));
    assert_true(*settings_looks_for(&settings, "pairs"));
    assert_null(settings_looks_for(&settings, "note"));
    *settings_looks_for(&settings, "spelling") = true;
    *settings_looks_for(&settings, "difference") = false;
    assert_true(settings_save(&settings, path, NULL));
    settings = load(path);
    assert_true(*settings_looks_for(&settings, "spelling"));
    assert_false(*settings_looks_for(&settings, "difference"));
    assert_begins(path, "check-spelling = on\ncheck-nonsense = off\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_saved_is_loaded_again),
        cmocka_unit_test(a_line_that_is_wrong_is_skipped),
        cmocka_unit_test(spaces_line_ends_and_a_mark_do_not_matter),
        cmocka_unit_test(a_missing_or_mad_file_leaves_the_defaults),
        cmocka_unit_test(comments_and_unknown_settings_stay_when_saving),
        cmocka_unit_test(a_setting_is_set_by_name),
        cmocka_unit_test(the_users_own_file_is_where_xdg_says),
        cmocka_unit_test(without_a_home_nothing_is_kept_and_nothing_fails),
        cmocka_unit_test(a_place_that_cannot_be_written_is_an_error_with_its_name),
        cmocka_unit_test(every_setting_is_described_in_a_line),
        cmocka_unit_test(each_check_is_a_switch_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
