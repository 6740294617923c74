/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of the text in the window, compared byte for byte.
 *
 * tests/shots/hashes holds a number for each; UPDATE=1 in the environment writes it anew.  A
 * picture that differs is left in build/shots, to be looked at; so are all with SHOTS=1, also
 * those of sheets, whose words change with every new action and setting: they are only made to
 * be looked at.  NOTO names another folder than /usr/share/fonts for the fonts of Debian. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inttypes.h>
#include <SDL_ttf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/spaceless.h"
#include "base/str.h"
#include "support/support_shot.h"
#include "support/support_view.h"

#define NOTO "/usr/share/fonts"

static const char french[] =
    "# Le tour de magie des IA\n"
    "Anne Durand: Bonjour à tous. Aujourd’hui, on se demande : qui travaille derrière ces "
    "machines ? Ce sont « des petites mains », dit-on ; 800 000 personnes peut-être !\n"
    "Karim Benali: Merci. Les intervenant·e·s de ce soir connaissent bien le sujet, l’œuvre "
    "aussi.\n"
    "= 0:20\n"
    "# Ce que cela représente\n"
    "Anne Durand: Et vous l’avez étudié sur le terrain, dans plusieurs pays. Racontez-nous.\n";

static const char arabic[] =
    "# الذكاء الاصطناعي\n"
    "ليلى: مرحبا بكم في هذا البرنامج. نتحدث اليوم عن العمل (work) على Internet، وعن 25 عاملا "
    "في "
    "15 بلدا.\n"
    "Karim: Elle a dit « مرحبا بكم » puis שלום, en 2024.\n"
    "= 0:20\n"
    "דוד: שלום לכולם, אנחנו מדברים על Free Software (תוכנה חופשית) היום!\n";

static const char japanese[] =
    "# 人工知能の裏側にある労働\n"
    "田中: "
    "こんにちは。今日は、インターネットの向こう側で働いている人々について話します。彼らの仕事は"
    "見え"
    "ませんが、「人工知能」と呼ばれるものを支えています。本当に、そうなのでしょうか？\n"
    "李: 大家好，今天我们谈谈人工智能背后的劳动。\n"
    "Min: 안녕하세요. 오늘은 인공지능 뒤에 있는 노동에 대해 이야기합니다.\n";

static const char indic[] =
    "# कृत्रिम बुद्धि\n"
    "अनीता: नमस्ते, आज हम उन लोगों के बारे में बात करेंगे जो इंटरनेट पर काम करते हैं।\n"
    "Chai: สวัสดีครับ วันนี้เราจะพูดถึงแรงงานที่อยู่เบื้องหลังปัญญาประดิษฐ์\n"
    "Ana: e\u0301le\u0300ve, Việt Nam, Z\u0351\u0343a\u0321, привет, γειά, "
    "\U0001F468\u200D\U0001F469\u200D\U0001F467 \U0001F44D\U0001F3FD \u2764\uFE0F.\n";

static enum turn_state state_of(const struct screen *on, uint32_t turn)
{
    (void)on;
    return turn == 0 ? TURN_VERIFIED : turn == 1 ? TURN_DOUBTFUL : TURN_EDITED;
}

static void mark_things(struct screen *on)
{
    on->turn_state = state_of;
    track_add(&on->track, TICK_VERIFIED, 0, 20);
    track_add(&on->track, TICK_MATCH, 5, 5);
    track_add(&on->track, TICK_MATCH, 31, 31);
    track_add(&on->track, TICK_DOUBT, 40, 41);
    track_add(&on->track, TICK_BOOKMARK, 50, 50);
}

static void show_settings(struct screen *on)
{
    on->session->mode = MODE_SETTINGS;
    on->settings_row = 2;
}

static void show_help(struct screen *on)
{
    on->session->mode = MODE_HELP;
}

static size_t two_recents(void *ctx, struct recent *into, size_t room)
{
    (void)ctx;
    assert_true(room >= 2);
    into[0] = (struct recent){.title = "Les travailleurs invisibilisés", .place = "16:20"};
    into[1] = (struct recent){.title = "Libre à vous ! du 12 mars", .place = "1:02:16"};
    return 2;
}

static void without_files(struct screen *on)
{
    struct session *s = on->session;
    s->data = "assets";
    s->transcript = NULL;
    vb_timeline_free(s->timeline);
    s->timeline = NULL;
    s->word = s->turn = VB_NONE;
    s->recents.list = two_recents;
}

static void in_inter(struct screen *on)
{
    on->session->settings.face = READING_INTER;
    on->session->settings.line_height = 180;
    on->session->settings.column = 50;
}

static void in_andika(struct screen *on)
{
    on->session->settings.face = READING_ANDIKA;
}

struct scene {
    const char *name, *text;
    int theme, width, height, zoom;
    double scale;
    const char *fonts[3]; /* of the system, below NOTO; NULL: the bundled ones suffice */
    void (*prepare)(struct screen *on);
    bool only_to_look;
};

#define ARABIC_FONTS                                                                           \
    {                                                                                          \
        "truetype/noto/NotoNaskhArabic-Regular.ttf",                                           \
            "truetype/noto/NotoSansHebrew-Regular.ttf"                                         \
    }
#define JAPANESE_FONTS                                                                         \
    {                                                                                          \
        "opentype/noto/NotoSansCJK-Regular.ttc"                                                \
    }
#define INDIC_FONTS                                                                            \
    {                                                                                          \
        "truetype/noto/NotoSansDevanagari-Regular.ttf",                                        \
            "truetype/noto/NotoSansThai-Regular.ttf",                                          \
            "truetype/noto/NotoSansSymbols2-Regular.ttf"                                       \
    }

/* clang-format off */
static const struct scene scenes[] = {
    {"french-light",             french,   THEME_LIGHT,    1440, 900,  100, 1, {0},            NULL},
    {"french-200",               french,   THEME_LIGHT,    1440, 900,  200, 1, {0},            NULL},
    {"french-scale-2",           french,   THEME_DARK,     1600, 1200, 100, 2, {0},            NULL},
    {"states-dark",              french,   THEME_DARK,     1440, 900,  100, 1, {0},            mark_things},
    {"contrast",                 french,   THEME_CONTRAST, 1200, 800,  100, 1, {0},            mark_things},
    {"settings-light",           french,   THEME_LIGHT,    1200, 800,  100, 1, {0},            show_settings, true},
    {"settings-contrast-narrow", french,   THEME_CONTRAST, 420,  640,  100, 1, {0},            show_settings, true},
    {"help-dark",                french,   THEME_DARK,     1200, 800,  100, 1, {0},            show_help, true},
    {"welcome-light",            french,   THEME_LIGHT,    1000, 700,  100, 1, {0},            without_files},
    {"welcome-dark-small",       french,   THEME_DARK,     360,  300,  100, 1, {0},            without_files},
    {"narrow",                   french,   THEME_LIGHT,    640,  700,  100, 1, {0},            NULL},
    {"tiny",                     french,   THEME_LIGHT,    200,  150,  100, 1, {0},            NULL},
    {"strip-dark",               french,   THEME_DARK,     640,  180,  100, 1, {0},            NULL},
    {"inter-light",              french,   THEME_LIGHT,    1200, 800,  100, 1, {0},            in_inter},
    {"andika-dark-400",          french,   THEME_DARK,     1200, 800,  400, 1, {0},            in_andika},
    {"arabic-light",             arabic,   THEME_LIGHT,    1200, 800,  100, 1, ARABIC_FONTS,   NULL},
    {"arabic-dark-200",          arabic,   THEME_DARK,     1200, 800,  200, 1, ARABIC_FONTS,   NULL},
    {"japanese-light",           japanese, THEME_LIGHT,    1200, 800,  100, 1, JAPANESE_FONTS, NULL},
    {"japanese-dark-200",        japanese, THEME_DARK,     1200, 800,  200, 1, JAPANESE_FONTS, NULL},
    {"indic-light",              indic,    THEME_LIGHT,    1200, 800,  100, 1, INDIC_FONTS,    NULL},
};
/* clang-format on */

/* ---- taking one ---- */

static bool give_fonts(struct fonts *f, const struct scene *scene)
{
    const char *root = getenv("NOTO") ? getenv("NOTO") : NOTO;
    bool all = true;
    for (size_t i = 0; i < COUNT(scene->fonts) && scene->fonts[i]; i++) {
        struct buf path = {0};
        buf_printf(&path, "%s/%s", root, scene->fonts[i]);
        all = all && file_exists(path.data) && fonts_give_fallback(f, path.data, 0);
        buf_free(&path);
    }
    return all;
}

/* `text`: where it stands in the picture. */
static struct shot take(const struct scene *scene, struct fonts *fonts, struct rect *text)
{
    struct session s;
    struct screen on;
    struct vb_transcript *t = transcript_of(scene->text);
    session_init(&s, &vb_sink_null, NULL, NULL);
    s.clock = 1000 * VB_SECOND;
    s.transcript = t;
    s.timeline = vb_timeline_new(t, 60 * VB_SECOND);
    s.revision = 1;
    s.settings.theme = scene->theme;
    s.settings.zoom = scene->zoom ? scene->zoom : 100;
    s.word = vb_word_count(t) > 24 ? 12 : vb_word_count(t) / 2;
    s.turn = vb_turn_of_word(t, s.word);
    screen_init(&on, &s, fonts_measure(fonts), scene->scale ? scene->scale : 1);
    on.calm = true;
    if (scene->prepare)
        scene->prepare(&on);
    struct shot shot = shot_take(&on, fonts, scene->width, scene->height);
    *text = on.layout ? (struct rect){on.text_at.x - 20, on.text_at.y, on.text_at.w + 40,
                                      on.text_at.h}
                      : (struct rect){0, 60, scene->width, scene->height - 60};
    screen_free(&on);
    s.transcript = NULL;
    session_free(&s);
    vb_transcript_unref(t);
    return shot;
}

/* ---- comparing ---- */

static bool wanted_hash(const char *name, uint64_t *hash)
{
    struct buf file = {0};
    bool found = false;
    vb_str line;
    if (!file_read("tests/shots/hashes", 1 << 16, &file, NULL))
        return false;
    for (size_t at = 0; str_line(buf_str(&file), &at, &line);) {
        size_t space = str_find_char(line, ' ');
        if (space == STR_NOT_FOUND || !str_eq(str_cut(line, 0, space), name))
            continue;
        *hash = strtoull(line.data + space, NULL, 16);
        found = true;
    }
    buf_free(&file);
    return found;
}

static void keep_picture(const struct shot *shot, const char *name)
{
    struct buf path = {0};
    mkdir("build", 0777);
    mkdir("build/shots", 0777);
    buf_printf(&path, "build/shots/%s.png", name);
    shot_write(shot, path.data);
    buf_free(&path);
}

/* Another release draws a letter here and there a little darker. */
static bool has_the_libraries(void)
{
    int major, minor, patch;
    TTF_Init(); /* before it the version is 0.0 */
    TTF_GetFreeTypeVersion(&major, &minor, &patch);
    TTF_Quit();
    return major == 2 && minor == 12;
}

static void every_picture_is_the_one_that_was_looked_at(void **state)
{
    (void)state;
    struct buf hashes = {0};
    size_t wrong = 0;
    if (!has_the_libraries()) {
        printf("skipped: letters are drawn by another FreeType than that of Debian 12\n");
        return;
    }
    for (size_t i = 0; i < COUNT(scenes); i++) {
        const struct scene *scene = &scenes[i];
        struct vb_error error = {0};
        struct fonts *fonts = fonts_open("assets/fonts", &error);
        if (!fonts)
            fail_msg("%s", error.text);
        fonts_give_fallback(fonts, "assets/fonts/CharisSIL-Regular.ttf",
                            0); /* none of the system's */
        uint64_t wanted = 0;
        bool is_known = wanted_hash(scene->name, &wanted);
        bool has_words = SPACELESS_WORDS_KNOWN || !has_spaceless(str_of(scene->text));
        if (!give_fonts(fonts, scene) || !has_words) {
            printf("skipped: %s needs %s\n", scene->name,
                   has_words
                       ? "the fonts of Debian's fonts-noto-core and fonts-noto-cjk in " NOTO
                       : "the dictionaries of ICU");
            buf_printf(&hashes, "%s %016" PRIx64 "\n", scene->name, wanted);
            fonts_close(fonts);
            continue;
        }
        struct rect text;
        struct shot shot = take(scene, fonts, &text);
        uint64_t hash = scene->only_to_look ? 0 : shot_hash(&shot, text);
        bool differs = !scene->only_to_look && (!is_known || hash != wanted);
        if ((differs && !getenv("UPDATE")) || getenv("SHOTS"))
            keep_picture(&shot, scene->name);
        if (differs)
            printf("%s differs: look at build/shots/%s.png\n", scene->name, scene->name);
        wrong += differs;
        if (!scene->only_to_look)
            buf_printf(&hashes, "%s %016" PRIx64 "\n", scene->name, hash);
        shot_free(&shot);
        fonts_close(fonts);
    }
    if (getenv("UPDATE"))
        assert_true(file_write("tests/shots/hashes", buf_str(&hashes), NULL));
    else
        assert_int_equal(wrong, 0);
    buf_free(&hashes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_picture_is_the_one_that_was_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
