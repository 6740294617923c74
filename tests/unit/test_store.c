/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is remembered between two sittings, and what becomes of it when things go wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "library/pack.h"
#include "library/store.h"
#include "support/support_sound.h"
#include "support/support_transcript.h"

#define SECONDS(n) ((vb_time)((n)*VB_SECOND))

static const struct store_pair pair = {{"a0"}, {"b0"}};

/* A state file of its own for each test, in a folder of its own. */
static char path[600];
static int fresh_path(void **state)
{
    static int number;
    char name[32];
    (void)state;
    snprintf(name, sizeof name, "state-%d/verbatim/state.db", ++number);
    snprintf(path, sizeof path, "%s", temp_path(name));
    return 0;
}

static struct store *open_quietly(void)
{
    struct vb_error error = {0};
    struct store *store = store_open(path, NULL, NULL);
    if (store_trouble(store, &error))
        fail_msg("%s", error.text);
    return store;
}

/* Closes, and opens what was written. */
static struct store *reopen(struct store *store)
{
    struct vb_error error = {0};
    store_settle(store);
    if (store_trouble(store, &error))
        fail_msg("%s", error.text);
    store_close(store);
    return open_quietly();
}

/* The names in the state's folder that begin so. */
static int count_files(const char *beginning)
{
    char folder[600];
    snprintf(folder, sizeof folder, "%.*s", (int)(file_name(path) - path), path);
    DIR *dir = opendir(folder);
    int count = 0;
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        count += strncmp(entry->d_name, beginning, strlen(beginning)) == 0;
    if (dir)
        closedir(dir);
    return count;
}

static struct store_place a_place(void)
{
    return (struct store_place){.position = SECONDS(980),
                                .top_word = 1234,
                                .top_lines = -2.5,
                                .selected_first = 7,
                                .selected_last = 9,
                                .zoom = 130,
                                .speed = 150,
                                .offset = -SECONDS(3)};
}

static void assert_place(struct store *store, vb_time position)
{
    struct store_place place;
    assert_true(store_place(store, &pair, &place));
    assert_int_equal(place.position, position);
}

/* ---- what is kept ---- */

static void a_place_is_found_again(void **state)
{
    (void)state;
    struct store *store = open_quietly();
    struct store_place place = a_place(), got;
    store_put_place(store, &pair, &place);
    store = reopen(store);
    assert_true(store_place(store, &pair, &got));
    assert_int_equal(got.position, SECONDS(980));
    assert_int_equal(got.top_word, 1234);
    assert_true(got.top_lines == -2.5);
    assert_true(got.selected_first == 7 && got.selected_last == 9);
    assert_true(got.zoom == 130 && got.speed == 150 && got.offset == -SECONDS(3));
    assert_true(got.seen > 0);
    const struct store_pair other = {{"a0"}, {"b1"}};
    assert_false(store_place(store, &other, &got));
    store_close(store);
}

static void a_read_sees_what_was_just_written(void **state)
{
    (void)state;
    struct store *store = open_quietly();
    for (int i = 1; i <= 300; i++) {
        struct store_place place = {.position = i, .top_word = VB_NONE};
        store_put_place(store, &pair, &place);
        assert_place(store, i);
    }
    store_close(store);
}

static void the_file_is_for_nobody_else(void **state)
{
    (void)state;
    struct stat about;
    char folder[600];
    store_close(open_quietly());
    snprintf(folder, sizeof folder, "%.*s", (int)(file_name(path) - path), path);
    assert_int_equal(stat(folder, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0700);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    chmod(path, 0644);
    store_close(open_quietly());
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void recent_files_are_the_newest_first_and_each_once(void **state)
{
    (void)state;
    struct store *store = open_quietly();
    store_put_recent(store, "/x/talk.mp3", NULL, VB_STR(""));
    store_put_recent(store, "/x/other.ogg", "/x/other.txt", VB_STR("Autre"));
    store_put_recent(store, "/x/talk.mp3", "/x/talk.txt", VB_STR("Essai"));
    struct store_recents recents = store_recents(store);
    assert_int_equal(recents.count, 2);
    assert_string_equal(recents.items[0].sound.data, "/x/talk.mp3");
    assert_string_equal(recents.items[0].text.data, "/x/talk.txt");
    assert_string_equal(recents.items[0].title.data, "Essai");
    assert_string_equal(recents.items[1].title.data, "Autre");
    store_recents_free(&recents);
    for (int i = 0; i < 2 * STORE_RECENT_MOST; i++) {
        char name[32];
        snprintf(name, sizeof name, "/x/%d.mp3", i);
        store_put_recent(store, name, NULL, VB_STR(""));
    }
    store_settle(store);
    recents = store_recents(store);
    assert_int_equal(recents.count, STORE_RECENT_MOST);
    assert_string_equal(recents.items[0].sound.data, "/x/99.mp3");
    store_recents_free(&recents);
    store_close(store);
}

static void stretches_that_touch_become_one(void **state)
{
    (void)state;
    struct store *store = open_quietly();
    for (int i = 0; i < 100; i++)
        store_put_heard(store, &pair.sound, SECONDS(i), SECONDS(i + 1), 100);
    store_put_heard(store, &pair.sound, SECONDS(200), SECONDS(210), 100);
    store_put_heard(store, &pair.sound, SECONDS(300), SECONDS(300), 100); /* nothing */
    store_put_heard(store, &pair.sound, SECONDS(90), SECONDS(205), 150);
    store_settle(store);
    struct store_heard_list heard = store_heard(store, &pair.sound);
    assert_int_equal(heard.count, 3);
    assert_true(heard.items[0].start == 0 && heard.items[0].end == SECONDS(100));
    assert_int_equal(heard.items[0].speed, 100);
    assert_true(heard.items[1].start == SECONDS(100) && heard.items[1].end == SECONDS(200));
    assert_int_equal(heard.items[1].speed, 150); /* where it was heard slowly, that counts */
    assert_true(heard.items[2].start == SECONDS(200) && heard.items[2].end == SECONDS(210));
    store_heard_free(&heard);
    store_close(store);
}

static void a_slow_stretch_divides_a_fast_one(void **state)
{
    (void)state;
    struct store *store = open_quietly();
    store_put_heard(store, &pair.sound, 0, SECONDS(60), 200);
    store_put_heard(store, &pair.sound, SECONDS(10), SECONDS(20), 70);
    store_put_heard(store, &pair.sound, SECONDS(30), SECONDS(40), 70);
    struct store_heard_list heard = store_heard(store, &pair.sound);
    static const int edges[][3] = {
        {0,  10, 200},
        {10, 20, 70 },
        {20, 30, 200},
        {30, 40, 70 },
        {40, 60, 200}
    };
    assert_int_equal(heard.count, COUNT(edges));
    for (size_t i = 0; i < COUNT(edges); i++) {
        assert_int_equal(heard.items[i].start, SECONDS(edges[i][0]));
        assert_int_equal(heard.items[i].end, SECONDS(edges[i][1]));
        assert_int_equal(heard.items[i].speed, edges[i][2]);
    }
    store_heard_free(&heard);
    store_close(store);
}

static struct store_mark a_mark(enum store_kind kind, uint32_t word, vb_time time)
{
    return (struct store_mark){.kind = kind, .word = word, .count = 1, .time = time};
}

static void marks_are_added_changed_and_dropped(void **state)
{
    (void)state;
    struct store *store = open_quietly();
    struct store_mark pin = a_mark(STORE_PIN, 40, SECONDS(20)),
                      bookmark = a_mark(STORE_BOOKMARK, 12, VB_NO_TIME);
    buf_puts(&bookmark.note, "à relire\u202f: « œuvre »");
    pin.id = store_put_mark(store, &pair, &pin);
    bookmark.id = store_put_mark(store, &pair, &bookmark);
    struct store_mark early = a_mark(STORE_PIN, 3, SECONDS(1));
    store_put_mark(store, &pair, &early);
    store = reopen(store);
    struct store_marks pins = store_marks(store, &pair, STORE_PIN);
    assert_int_equal(pins.count, 2);
    assert_true(pins.items[0].word == 3 && pins.items[1].word == 40);
    assert_int_equal(pins.items[1].id, pin.id);
    assert_int_equal(pins.items[1].time, SECONDS(20));
    store_marks_free(&pins);
    struct store_marks bookmarks = store_marks(store, &pair, STORE_BOOKMARK);
    assert_int_equal(bookmarks.count, 1);
    assert_string_equal(bookmarks.items[0].note.data, bookmark.note.data);
    assert_true(bookmarks.items[0].time == VB_NO_TIME && bookmarks.items[0].made > 0);
    store_marks_free(&bookmarks);
    pin.time = SECONDS(21);
    store_put_mark(store, &pair, &pin);
    store_drop_mark(store, bookmark.id);
    pins = store_marks(store, &pair, STORE_PIN);
    assert_int_equal(pins.count, 2);
    assert_int_equal(pins.items[1].time, SECONDS(21));
    store_marks_free(&pins);
    bookmarks = store_marks(store, &pair, STORE_BOOKMARK);
    assert_int_equal(bookmarks.count, 0);
    store_marks_free(&bookmarks);
    buf_free(&bookmark.note);
    store_close(store);
}

static void decisions_are_kept(void **state)
{
    (void)state;
    struct store *store = open_quietly();
    store_put_label(store, &pair.text, VB_STR("Note :"), STORE_TEXT);
    store_put_label(store, &pair.text, VB_STR("Anne :"), STORE_SPEAKER);
    store = reopen(store);
    assert_int_equal(store_label(store, &pair.text, VB_STR("Note :")), STORE_TEXT);
    assert_int_equal(store_label(store, &pair.text, VB_STR("Anne :")), STORE_SPEAKER);
    assert_int_equal(store_label(store, &pair.text, VB_STR("Paul :")), STORE_UNDECIDED);
    store_put_label(store, &pair.text, VB_STR("Anne :"), STORE_UNDECIDED);
    assert_int_equal(store_label(store, &pair.text, VB_STR("Anne :")), STORE_UNDECIDED);
    store_close(store);
}

/* ---- times ---- */

/* A word a second; every seventh is not heard, every fifth only estimated. */
static struct vb_heard *some_times(uint32_t count)
{
    struct vb_heard *words = mem_new(count * sizeof *words);
    for (uint32_t i = 0; i < count; i++)
        if (i % 7)
            words[i] =
                (struct vb_heard){SECONDS(i) + i * 10007 % 1000, SECONDS(i) + 400000,
                                  i % 5 ? VB_ALIGNED : VB_ESTIMATED, (float)(i % 101) / 100};
    return words;
}

static void times_come_back_as_they_were(void **state)
{
    (void)state;
    enum { WORDS = 1000 };
    struct vb_transcript *t = transcript_of_words(WORDS);
    struct store *store = open_quietly();
    struct store_times times = {.method = 3, .words = some_times(WORDS)}, got;
    store_put_times(store, &pair, t, &times, NULL);
    store = reopen(store);
    assert_true(store_times(store, &pair, t, &got, NULL));
    assert_true(got.verdict == STORE_ALIGNED && got.method == 3 && got.missing == 0);
    for (uint32_t i = 0; i < WORDS; i++) {
        assert_int_equal(got.words[i].origin, times.words[i].origin);
        assert_int_equal(got.words[i].start, times.words[i].start);
        assert_int_equal(got.words[i].end, times.words[i].end);
        assert_true(got.words[i].confidence == times.words[i].confidence);
    }
    store_times_free(&got);
    store_times_free(&times);
    struct vb_transcript *longer = transcript_of_words(WORDS + 1);
    assert_false(store_times(store, &pair, longer, &got, NULL));
    vb_transcript_unref(longer);
    vb_transcript_unref(t);
    store_close(store);
}

static void a_refusal_is_remembered_with_its_sentence(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_of_words(30);
    struct store *store = open_quietly();
    struct store_times times = {.verdict = STORE_REFUSED, .method = 1}, got;
    buf_puts(&times.sentence, "they do not belong together");
    store_put_times(store, &pair, t, &times, NULL);
    store = reopen(store);
    assert_true(store_times(store, &pair, t, &got, NULL));
    assert_true(got.verdict == STORE_REFUSED && !got.words);
    assert_string_equal(got.sentence.data, "they do not belong together");
    store_times_free(&got);
    store_times_free(&times);
    vb_transcript_unref(t);
    store_close(store);
}

/* Whatever stands there, nothing breaks: at worst nobody has listened. */
static void broken_times_are_no_times(void **state)
{
    (void)state;
    enum { WORDS = 60 };
    struct vb_heard *words = some_times(WORDS);
    struct buf whole = {0};
    times_pack(words, NULL, WORDS, &whole);
    srand(16);
    int read = 0;
    for (int round = 0; round < 20000; round++) {
        struct buf blob = {0};
        bool *listened = NULL;
        buf_add(&blob, buf_str(&whole));
        for (int i = 0; i < 1 + round % 3; i++)
            blob.data[(size_t)rand() % blob.len] = (char)rand();
        blob.len = round % 4 ? blob.len : (size_t)rand() % blob.len;
        struct vb_heard *got = times_unpack(buf_str(&blob), WORDS, &listened);
        for (uint32_t i = 0; got && i < WORDS; i++)
            assert_true(got[i].origin <= VB_ALIGNED && got[i].start >= 0 &&
                        got[i].end >= got[i].start && got[i].confidence <= 1);
        read += got != NULL;
        free(got);
        free(listened);
        buf_free(&blob);
    }
    assert_true(read > 0 && read < 20000);
    free(words);
    buf_free(&whole);
}

/* ---- texts that change ---- */

static const char before_edit[] = "Anne: Un deux trois quatre cinq six.\n"
                                  "Karim: Sept huit neuf dix onze douze.\n";
static const char after_edit[] = "Anne: Un deux TROIS quatre cinq six.\n"
                                 "Karim: Voilà. Sept huit neuf dix onze douze.\n";

static const struct store_pair after = {{"a0"}, {"b9"}};

/* Everything that can be said of a text of twelve words. */
static void say_all(struct store *store, const struct vb_transcript *t)
{
    struct store_times times = {.words = some_times(12)};
    struct store_place place = a_place();
    struct store_mark pins[] = {a_mark(STORE_PIN, 2, SECONDS(2)),
                                a_mark(STORE_PIN, 7, SECONDS(7))};
    struct store_mark bookmark = a_mark(STORE_BOOKMARK, 2, VB_NO_TIME);
    struct store_mark check = a_mark(STORE_CHECK, 6, VB_NO_TIME);
    place.top_word = 6;
    check.count = 6;
    check.state = STORE_CHECKED;
    check.content = store_content(t, 6, 6);
    store_meet(store, &pair, t, false);
    store_put_place(store, &pair, &place);
    store_put_times(store, &pair, t, &times, NULL);
    store_put_mark(store, &pair, &pins[0]);
    store_put_mark(store, &pair, &pins[1]);
    store_put_mark(store, &pair, &bookmark);
    store_put_mark(store, &pair, &check);
    store_put_label(store, &pair.text, VB_STR("Anne"), STORE_SPEAKER);
    store_times_free(&times);
}

static void assert_carried(struct store *store, const struct vb_transcript *t)
{
    struct store_times times;
    bool *listened;
    assert_true(store_times(store, &after, t, &times, &listened));
    assert_int_equal(times.missing, 2); /* the changed word and the new one */
    assert_true(!listened[2] && !listened[6] && listened[0] && listened[7]);
    assert_true(times.words[1].start == SECONDS(1) + 7 && times.words[2].origin == VB_UNKNOWN);
    assert_int_equal(times.words[9].start, SECONDS(8) + 8 * 10007 % 1000);
    store_times_free(&times);
    free(listened);
    struct store_marks pins = store_marks(store, &after, STORE_PIN);
    assert_int_equal(pins.count, 1); /* the word of the other is no more */
    assert_int_equal(pins.items[0].word, 8);
    store_marks_free(&pins);
    struct store_marks bookmarks = store_marks(store, &after, STORE_BOOKMARK);
    assert_int_equal(bookmarks.count, 1);
    assert_int_equal(bookmarks.items[0].word, 3);
    store_marks_free(&bookmarks);
    struct store_marks checks = store_marks(store, &after, STORE_CHECK);
    assert_int_equal(checks.count, 1);
    assert_true(checks.items[0].word == 7 && checks.items[0].count == 6);
    assert_true(checks.items[0].state == STORE_CHECKED);
    assert_true(checks.items[0].content == store_content(t, 7, 6));
    assert_true(checks.items[0].content != store_content(t, 6, 6));
    store_marks_free(&checks);
    struct store_place place;
    assert_true(store_place(store, &after, &place));
    assert_true(place.position == SECONDS(980) && place.top_word == 7);
    assert_int_equal(store_label(store, &after.text, VB_STR("Anne")), STORE_SPEAKER);
}

static void a_save_takes_everything_over(void **state)
{
    (void)state;
    struct vb_transcript *old = transcript_from(before_edit, VB_NO_TIME);
    struct vb_transcript *now = transcript_from(after_edit, VB_NO_TIME);
    struct store *store = open_quietly();
    struct store_times times;
    say_all(store, old);
    store_saved(store, &pair.text, &after.text, now);
    store = reopen(store);
    assert_carried(store, now);
    assert_false(store_times(store, &pair, old, &times, NULL)); /* moved, not copied */
    /* An older copy of the file, opened later, knows it all, too. */
    store_meet(store, &pair, old, false);
    assert_true(store_times(store, &pair, old, &times, NULL));
    assert_int_equal(times.missing, 1);
    store_times_free(&times);
    assert_carried(store, now);
    vb_transcript_unref(old);
    vb_transcript_unref(now);
    store_close(store);
}

static void saving_back_and_forth_loses_nothing(void **state)
{
    (void)state;
    struct vb_transcript *old = transcript_from(before_edit, VB_NO_TIME);
    struct vb_transcript *now = transcript_from(after_edit, VB_NO_TIME);
    struct store *store = open_quietly();
    say_all(store, old);
    for (int i = 0; i < 20; i++) {
        store_saved(store, &pair.text, &after.text, now);
        store_saved(store, &after.text, &pair.text, old);
    }
    store_saved(store, &pair.text, &after.text, now);
    store_settle(store);
    struct store_marks bookmarks = store_marks(store, &after, STORE_BOOKMARK);
    assert_int_equal(bookmarks.count, 1);
    store_marks_free(&bookmarks);
    struct store_marks pins = store_marks(store, &after, STORE_PIN);
    assert_int_equal(pins.count, 1);
    store_marks_free(&pins);
    vb_transcript_unref(old);
    vb_transcript_unref(now);
    store_close(store);
}

static void another_program_s_edit_is_recognised_by_its_words(void **state)
{
    (void)state;
    struct vb_transcript *old = transcript_from(before_edit, VB_NO_TIME);
    struct vb_transcript *now = transcript_from(after_edit, VB_NO_TIME);
    struct vb_transcript *other =
        transcript_from("Anne: Rien de tout cela ici, vraiment.\n", VB_NO_TIME);
    const struct store_pair strange = {{"a0"}, {"c0"}}, elsewhere = {{"a7"}, {"b9"}};
    struct store *store = open_quietly();
    struct store_times times;
    say_all(store, old);
    store_meet(store, &strange, other, false);
    assert_false(store_times(store, &strange, other, &times, NULL));
    store_meet(store, &elsewhere, now, false); /* another recording has nothing to tell */
    assert_false(store_times(store, &elsewhere, now, &times, NULL));
    const struct store_pair fresh = {{"a0"}, {"d0"}};
    store_meet(store, &fresh, now, false);
    assert_true(store_times(store, &fresh, now, &times, NULL));
    assert_int_equal(times.missing, 2);
    store_times_free(&times);
    assert_true(store_times(store, &pair, old, &times, NULL)); /* the old one keeps its own */
    assert_int_equal(times.missing, 0);
    store_times_free(&times);
    vb_transcript_unref(old);
    vb_transcript_unref(now);
    vb_transcript_unref(other);
    store_close(store);
}

/* ---- when things go wrong ---- */

static void assert_told(struct store *store, const char *part)
{
    struct vb_error error = {0};
    assert_true(store_trouble(store, &error));
    if (!strstr(error.text, part))
        fail_msg("\"%s\" does not say \"%s\"", error.text, part);
    assert_false(store_trouble(store, &error)); /* once */
}

static void assert_works(struct store *store)
{
    struct store_place place = a_place();
    store_put_place(store, &pair, &place);
    assert_place(store, SECONDS(980));
}

static void fill_state(void)
{
    struct store *store = open_quietly();
    for (int i = 0; i < 500; i++) {
        struct store_mark mark = a_mark(STORE_BOOKMARK, (uint32_t)i, SECONDS(i));
        buf_puts(&mark.note, "une note assez longue pour remplir quelques pages du fichier");
        store_put_mark(store, &pair, &mark);
        buf_free(&mark.note);
    }
    store_close(store);
}

static void a_file_that_is_no_database_is_kept_aside(void **state)
{
    (void)state;
    store_close(open_quietly());
    write_bytes(path, "this is my shopping list, not a database at all: bread, milk …", 60);
    struct store *store = store_open(path, NULL, NULL);
    assert_told(store, "kept as");
    assert_int_equal(count_files("state.db.damaged-"), 1);
    assert_works(store);
    store = reopen(store);
    assert_place(store, SECONDS(980));
    store_close(store);
}

static void another_program_s_database_is_kept_aside(void **state)
{
    (void)state;
    sqlite3 *db;
    store_close(open_quietly());
    unlink(path);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "CREATE TABLE cookies(name)", NULL, NULL, NULL);
    sqlite3_close(db);
    struct store *store = store_open(path, NULL, NULL);
    assert_told(store, "kept as");
    assert_int_equal(count_files("state.db.damaged-"), 1);
    assert_works(store);
    store_close(store);
}

/* Bytes changed anywhere in the file: it works on, and says so when it had to begin anew. */
static void damage_anywhere_is_survived(void **state)
{
    (void)state;
    size_t size;
    fill_state();
    uint8_t *whole = read_bytes(path, &size);
    srand(102);
    int begun = 0;
    for (int round = 0; round < 30; round++) {
        uint8_t *bytes = mem_new(size);
        memcpy(bytes, whole, size);
        size_t at = (size_t)rand() % size, count = 1 + (size_t)rand() % 3000;
        for (size_t i = at; i < at + count && i < size; i++)
            bytes[i] = (uint8_t)rand();
        write_bytes(path, bytes, round % 3 ? size : (size_t)rand() % size);
        free(bytes);
        struct store *store = store_open(path, NULL, NULL);
        struct store_marks marks = store_marks(store, &pair, STORE_BOOKMARK);
        assert_true(marks.count <= 500);
        store_marks_free(&marks);
        struct store_place place = a_place();
        store_put_place(store, &pair, &place);
        store_place(store, &pair, &place); /* may be what finds the damage */
        store_settle(store);
        begun += store_trouble(store, NULL);
        assert_works(store);
        store = reopen(store);
        assert_place(store, SECONDS(980));
        store_close(store);
    }
    assert_true(begun > 3);
    free(whole);
}

static void a_newer_program_s_file_is_left_alone(void **state)
{
    (void)state;
    sqlite3 *db;
    size_t before, now;
    store_close(open_quietly());
    sqlite3_open(path, &db);
    sqlite3_exec(db, "PRAGMA user_version=99", NULL, NULL, NULL);
    sqlite3_close(db);
    uint8_t *bytes = read_bytes(path, &before);
    struct store *store = store_open(path, NULL, NULL);
    assert_told(store, "newer");
    assert_works(store);
    store_close(store);
    uint8_t *same = read_bytes(path, &now);
    assert_true(before == now && memcmp(bytes, same, now) == 0);
    assert_int_equal(count_files("state.db.damaged-"), 0);
    free(bytes);
    free(same);
}

static void without_a_folder_it_remembers_until_the_end(void **state)
{
    (void)state;
    struct store *store = store_open("/proc/verbatim/state.db", NULL, NULL);
    assert_told(store, "/proc/verbatim/state.db");
    assert_works(store);
    store_close(store);
}

/* Root may write anywhere: only without its capabilities do permissions hold for it. */
static void obey_permissions(void)
{
    struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct none[2] = {{0}};
    syscall(SYS_capset, &head, none);
}

/* In a process that may not write there: what is there is read, what comes is not kept. */
static void a_read_only_folder_is_read(void **state)
{
    (void)state;
    struct store *store = open_quietly();
    assert_works(store);
    store_close(store);
    char folder[600];
    snprintf(folder, sizeof folder, "%.*s", (int)(file_name(path) - path), path);
    chmod(folder, 0555);
    chmod(path, 0444);
    pid_t child = fork();
    if (child == 0) {
        struct vb_error error = {0};
        struct store_place place;
        obey_permissions();
        struct store *reader = store_open(path, NULL, NULL);
        bool told = store_trouble(reader, &error) && strstr(error.text, "nothing new");
        bool found = store_place(reader, &pair, &place) && place.position == SECONDS(980);
        place.position = SECONDS(1);
        store_put_place(reader, &pair, &place);
        bool works = store_place(reader, &pair, &place) && place.position == SECONDS(1);
        store_close(reader);
        _exit(!told + 2 * !found + 4 * !works);
    }
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    snprintf(folder, sizeof folder, "%.*s", (int)(file_name(path) - path), path);
    chmod(folder, 0700);
}

static void two_programs_write_at_once(void **state)
{
    (void)state;
    enum { EACH = 200, PROGRAMS = 3 };
    store_close(open_quietly());
    pid_t children[PROGRAMS];
    for (int p = 0; p < PROGRAMS; p++) {
        children[p] = fork();
        if (children[p] == 0) {
            struct store *store = store_open(path, NULL, NULL);
            for (int i = 0; i < EACH; i++) {
                struct store_mark mark = a_mark(STORE_PIN, (uint32_t)(p * EACH + i), i);
                store_put_mark(store, &pair, &mark);
            }
            store_settle(store);
            bool trouble = store_trouble(store, NULL);
            store_close(store);
            _exit(trouble);
        }
    }
    for (int p = 0; p < PROGRAMS; p++) {
        int status;
        waitpid(children[p], &status, 0);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    struct store *store = open_quietly();
    struct store_marks pins = store_marks(store, &pair, STORE_PIN);
    assert_int_equal(pins.count, EACH * PROGRAMS);
    store_marks_free(&pins);
    store_close(store);
}

static void two_programs_that_find_damage_begin_anew_once(void **state)
{
    (void)state;
    enum { PROGRAMS = 4 };
    fill_state();
    write_bytes(path,
                "damaged beyond recognition, and longer than a header would be ----------", 72);
    pid_t children[PROGRAMS];
    for (int p = 0; p < PROGRAMS; p++) {
        children[p] = fork();
        if (children[p] == 0) {
            struct store *store = store_open(path, NULL, NULL);
            struct store_mark mark = a_mark(STORE_PIN, (uint32_t)p, p);
            store_put_mark(store, &pair, &mark);
            store_close(store);
            _exit(0);
        }
    }
    for (int p = 0; p < PROGRAMS; p++)
        waitpid(children[p], NULL, 0);
    struct store *store = open_quietly();
    struct store_marks pins = store_marks(store, &pair, STORE_PIN);
    assert_int_equal(pins.count, PROGRAMS);
    store_marks_free(&pins);
    store_close(store);
    assert_int_equal(count_files("state.db.damaged-"), 1);
}

/* kill -9 at any moment: what was settled is there, and the rest is whole or absent. */
static void a_killed_program_loses_nothing_settled(void **state)
{
    (void)state;
    for (int round = 0; round < 6; round++) {
        int told[2];
        assert_int_equal(pipe(told), 0);
        pid_t child = fork();
        if (child == 0) {
            struct store *store = store_open(path, NULL, NULL);
            for (int i = 1;; i++) {
                struct store_place place = {.position = i, .top_word = VB_NONE};
                store_put_place(store, &pair, &place);
                store_put_heard(store, &pair.sound, i, i + SECONDS(1), 50 + i % 100);
                store_settle(store);
                if (write(told[1], &i, sizeof i) != sizeof i)
                    _exit(1);
            }
        }
        close(told[1]);
        int settled = 0, next;
        while (settled < 20 + 7 * round && read(told[0], &next, sizeof next) == sizeof next)
            settled = next;
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        while (read(told[0], &next, sizeof next) == sizeof next)
            settled = next;
        close(told[0]);
        struct store *store = open_quietly();
        struct store_place place;
        assert_true(store_place(store, &pair, &place));
        assert_true(place.position >= settled);
        store_close(store);
    }
}

/* A disk that is full: the limit of a file's size stands for it. What could not be written is
 * written later. */
static void a_full_disk_is_told_and_made_good(void **state)
{
    (void)state;
    store_close(open_quietly());
    pid_t child = fork();
    if (child == 0) {
        struct rlimit limit = {64 * 1024, RLIM_INFINITY};
        struct vb_error error = {0};
        signal(SIGXFSZ, SIG_IGN);
        struct store *store = store_open(path, NULL, NULL);
        setrlimit(RLIMIT_FSIZE, &limit);
        for (int i = 0; i < 100; i++) {
            struct store_mark mark = a_mark(STORE_BOOKMARK, (uint32_t)i, i);
            for (int n = 0; n < 200; n++)
                buf_puts(&mark.note, "longue note ");
            store_put_mark(store, &pair, &mark);
            buf_free(&mark.note);
        }
        store_settle(store);
        bool told = store_trouble(store, &error) && strstr(error.text, "for now");
        limit.rlim_cur = RLIM_INFINITY;
        setrlimit(RLIMIT_FSIZE, &limit);
        store_close(store);
        _exit(!told);
    }
    int status;
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    struct store *store = open_quietly();
    struct store_marks marks = store_marks(store, &pair, STORE_BOOKMARK);
    assert_int_equal(marks.count, 100);
    store_marks_free(&marks);
    store_close(store);
}

/* ---- forgetting ---- */

static bool file_holds(const char *file, const char *text)
{
    size_t size;
    struct stat about;
    if (stat(file, &about) != 0)
        return false;
    uint8_t *bytes = read_bytes(file, &size);
    bool holds = size && memmem(bytes, size, text, strlen(text)) != NULL;
    free(bytes);
    return holds;
}

static void a_forgotten_file_leaves_no_trace(void **state)
{
    (void)state;
    struct vb_transcript *t = transcript_from(before_edit, VB_NO_TIME);
    const char *text = temp_path("secret.txt");
    struct store_pair own = {{""}, {""}};
    struct store_forgotten what = {0};
    struct vb_error error = {0};
    write_bytes(text, before_edit, strlen(before_edit));
    content_key_of_text(str_of(before_edit), own.text.hex);
    struct store *store = open_quietly();
    struct store_mark mark = a_mark(STORE_BOOKMARK, 1, 1), other = a_mark(STORE_PIN, 1, 1);
    buf_puts(&mark.note, "UNMISTAKABLE");
    store_meet(store, &own, t, false);
    store_put_mark(store, &own, &mark);
    store_put_mark(store, &pair, &other);
    store_put_recent(store, NULL, text, VB_STR("UNMISTAKABLE"));
    store_settle(store);
    char log[640];
    snprintf(log, sizeof log, "%s-wal", path);
    assert_true(file_holds(path, "UNMISTAKABLE") || file_holds(log, "UNMISTAKABLE"));
    assert_true(store_forget_file(store, text, &what, &error));
    assert_true(what.marks == 1 && what.files == 1 && what.places == 0);
    assert_false(file_holds(path, "UNMISTAKABLE"));
    assert_false(file_holds(log, "UNMISTAKABLE"));
    struct store_marks pins = store_marks(store, &pair, STORE_PIN);
    assert_int_equal(pins.count, 1); /* others are not touched */
    store_marks_free(&pins);
    what = (struct store_forgotten){0};
    assert_true(store_forget_all(store, &what, &error));
    assert_int_equal(what.marks, 1);
    pins = store_marks(store, &pair, STORE_PIN);
    assert_int_equal(pins.count, 0);
    store_marks_free(&pins);
    buf_free(&mark.note);
    vb_transcript_unref(t);
    store_close(store);
}

static void forgetting_all_takes_what_was_kept_aside(void **state)
{
    (void)state;
    struct store_forgotten what = {0};
    store_close(open_quietly());
    write_bytes(path, "no database, but somebody's notes: a long enough text to be seen", 64);
    struct store *store = store_open(path, NULL, NULL);
    assert_told(store, "kept as");
    assert_int_equal(count_files("state.db.damaged-"), 1);
    assert_true(store_forget_all(store, &what, NULL));
    assert_int_equal(count_files("state.db.damaged-"), 0);
    store_close(store);
}

static void nothing_is_remembered_by_a_store_of_nothing(void **state)
{
    (void)state;
    struct store *store = store_open_nothing();
    assert_works(store);
    store_close(store);
    store = store_open_nothing();
    struct store_place place;
    assert_false(store_place(store, &pair, &place));
    store_close(store);
}

#define TEST(name) cmocka_unit_test_setup(name, fresh_path)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_place_is_found_again),
        TEST(a_read_sees_what_was_just_written),
        TEST(the_file_is_for_nobody_else),
        TEST(recent_files_are_the_newest_first_and_each_once),
        TEST(stretches_that_touch_become_one),
        TEST(a_slow_stretch_divides_a_fast_one),
        TEST(marks_are_added_changed_and_dropped),
        TEST(decisions_are_kept),
        TEST(times_come_back_as_they_were),
        TEST(a_refusal_is_remembered_with_its_sentence),
        TEST(broken_times_are_no_times),
        TEST(a_save_takes_everything_over),
        TEST(saving_back_and_forth_loses_nothing),
        TEST(another_program_s_edit_is_recognised_by_its_words),
        TEST(a_file_that_is_no_database_is_kept_aside),
        TEST(another_program_s_database_is_kept_aside),
        TEST(damage_anywhere_is_survived),
        TEST(a_newer_program_s_file_is_left_alone),
        TEST(without_a_folder_it_remembers_until_the_end),
        TEST(a_read_only_folder_is_read),
        TEST(two_programs_write_at_once),
        TEST(two_programs_that_find_damage_begin_anew_once),
        TEST(a_killed_program_loses_nothing_settled),
        TEST(a_full_disk_is_told_and_made_good),
        TEST(a_forgotten_file_leaves_no_trace),
        TEST(forgetting_all_takes_what_was_kept_aside),
        TEST(nothing_is_remembered_by_a_store_of_nothing),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
