/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An empty program.  The Makefile links it once a wing, with that wing and those below it: a
 * call upward, or to SDL from below src/sdl, does not link. */
int main(void)
{
    return 0;
}
