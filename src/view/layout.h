/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where every word of a transcript stands.
 *
 * The width of each distinct word is measured once, in 1/1024 em.  Resize and zoom are then the
 * same operation, an exact wrap of the whole document: nothing is guessed, and a word's place
 * is known before it was ever shown.  Coordinates are pixels from the column's top left corner.
 */
#pragma once

#include "base/buf.h"
#include "base/vec.h"
#include "verbatim/transcript.h"
#include "view/draw.h"
#include "view/measure.h"

struct layout_style { /* all in pixels */
    int width;        /* of the column */
    int size, line;   /* of the text: the em, and from line to line */
    int turn_gap, paragraph_gap;
    int head_size, head_line, head_gap; /* headings */
    int name_height; /* a row above each turn; 0: names stand in the gutter */
    int mark_height; /* of a time marker's row */
    int top, bottom; /* free space above the first block and below the last */
};

struct layout_block {
    uint8_t kind;       /* enum vb_block_kind */
    bool begins_turn;   /* the first paragraph of its turn */
    bool right_to_left; /* a paragraph that is read from the right */
    bool is_mixed;      /* … or holds words that are */
    uint32_t index;     /* of the section, marker or paragraph */
    uint32_t first_line;
    int y; /* of its first line, or of the marker's row */
};

/* A line begins with the word, or inside it when a long one is cut. In a heading: with a word
 * of `head_words`. */
struct layout_line {
    uint32_t word;
    uint32_t at; /* byte in the word */
};

struct head_word {
    vb_str text;
    uint16_t width;
    bool glued; /* no space before it: a part of a word that lines may break in */
};

/* A word, or the part of it that stands in this line. */
struct layout_placed {
    uint32_t word; /* VB_NONE: of a heading */
    vb_str text;
    int x, width;
    enum face face;
    enum direction direction;
    bool sign; /* a footnote's number follows the text, inside the width */
};

/* Levels of the words of a paragraph, a stretch of a few thousand words at a time. */
struct layout_levels {
    uint32_t block, first, until; /* VB_NONE: of no block yet */
    struct buf text;              /* the words with a space between them */
    VEC(uint8_t) levels;          /* of each byte */
    VEC(uint32_t) starts;         /* of each word in the text */
};

/* A part of a line that is set at once: of a word, or the space between two. */
struct layout_piece {
    uint32_t word;
    vb_str text; /* empty: a space */
    uint32_t width;
    enum face face;
    uint8_t level;
    bool sign;
};

/* Room for a text that is being typed, in place of blocks or between two. */
struct layout_room {
    uint32_t first, until; /* the blocks that it hides; alike: none, it stands before `first` */
    int y, height;
    int shift; /* that it moves what follows */
};

struct layout {
    const struct vb_transcript *transcript;
    const struct measure *measure;
    struct layout_style style;

    uint16_t *widths;   /* one a word, in 1/1024 em */
    uint8_t *joins;     /* one a word, of enum layout_join */
    uint32_t word_room; /* of both: some to spare for what is typed */
    uint16_t gaps[256]; /* the space before a word, by its joins */
    struct layout_block *blocks;
    uint32_t block_count;
    uint32_t *paragraph_blocks; /* the block of each paragraph */
    VEC(struct head_word) head_words;
    uint32_t *head_first; /* of each section, and one past the last */
    uint32_t spaces[FACE_COUNT];

    VEC(struct layout_line) lines; /* of all blocks, one after the other */
    int height;
    VEC(struct layout_placed) placed; /* of the line that was asked for last */
    VEC(struct layout_piece) pieces;
    VEC(uint32_t) order;
    VEC(uint8_t) piece_levels;
    struct layout_levels levels;
    struct layout_room live; /* height 0: none */
};

enum layout_join {
    JOIN_GLUED = 1,           /* no space before it */
    JOIN_TIED = 2,            /* no line break before it */
    JOIN_LINE = 4,            /* begins a line */
    JOIN_ITALIC = 8,          /* set in italics */
    JOIN_SIGN = 16,           /* a footnote's sign hangs on it */
    JOIN_NARROW = 32,         /* the space before it is a narrow one */
    JOIN_BREAKS = 64,         /* lines may break inside it: it holds ideographs or kana */
    JOIN_RIGHT_TO_LEFT = 128, /* holds letters that are read from the right */
};

/* Holds a reference to the transcript. `measure` must outlive the layout. */
struct layout *layout_new(const struct vb_transcript *t, const struct measure *measure);
/* The text of the layout after a small correction (transcript/patch.h): only what changed is
 * measured and, where the text was wrapped, wrapped anew. There is no room for what is typed any
 * more. False: it is another text, and nothing was done. */
bool layout_correct(struct layout *l, const struct vb_transcript *t);
/* A part of it: the block's lines anew; so many words came in it (or went: the number wraps
 * round). */
void layout_wrap_anew(struct layout *l, uint32_t block, uint32_t more);
void layout_free(struct layout *l); /* NULL is allowed */
void layout_wrap(struct layout *l, struct layout_style style);
/* Makes room of that height for the blocks [first, until), or before `first` where there are
 * none, instead of the room there was; height 0: no room any more. Wrapping forgets it. */
void layout_make_room(struct layout *l, uint32_t first, uint32_t until, int height);
static inline bool layout_is_hidden(const struct layout *l, uint32_t block)
{
    return l->live.height && block >= l->live.first && block < l->live.until;
}
/* How a plain space between two runs is set: of enum layout_join. */
uint8_t layout_join_of_signs(vb_str before, vb_str text);

/* ---- finding (blocks and lines by index; a layout may be empty) ---- */

/* The block whose lines, or space above them, hold that y; clamped. VB_NONE: there are none. */
uint32_t layout_block_at(const struct layout *l, int y);
/* That y, or the top of the next line below it where a line or a name would be cut there. */
int layout_whole_from(const struct layout *l, int y);
uint32_t layout_line_count(const struct layout *l, uint32_t block);
int layout_block_bottom(const struct layout *l, uint32_t block);
uint32_t layout_block_of_word(const struct layout *l, uint32_t word);
/* The line that the word begins in, counted from the first of its block. */
uint32_t layout_line_of_word(const struct layout *l, uint32_t word);
int layout_word_y(const struct layout *l, uint32_t word); /* of that line's top */
/* The words of a line from left to right; good until the next call. */
const struct layout_placed *layout_line_words(struct layout *l, uint32_t block, uint32_t line,
                                              size_t *count);
/* The word nearest to that place, in the line nearest to it. VB_NONE: none is so near that
 * `reach` pixels beside or above it suffice (LAYOUT_ANY: there are no words at all). */
enum { LAYOUT_ANY = 1 << 29 };
uint32_t layout_word_at(struct layout *l, int x, int y, int reach);
/* Where the word stands; of a word cut in two, its first part. */
struct rect layout_rect_of(struct layout *l, uint32_t word);
/* The turn's text, from its first line to its last. */
struct rect layout_turn_rect(const struct layout *l, uint32_t turn);
/* The footnote that hangs on the word, from 1; 0: none. */
size_t layout_footnote_of(const struct layout *l, uint32_t word);
/* A footnote's sign is smaller than the text it hangs on. */
static inline int layout_sign_size(int text_size)
{
    return text_size * 5 / 8;
}
