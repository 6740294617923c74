#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop and the desk ask of the window: a screen of many dots, told in three ways; the
keys that pedals and headphones send; and a new start where one was."""
import os
import shutil
import subprocess
import sys

from window_under_test import SAMPLE, Window, claim, state, tell, wait_for


def letters_of(*arguments):
    """How high a line's words are in a window opened so."""
    window = Window("--sample", "--pause", "--no-state", *arguments)
    high = window.ready["words"][0]["h"] if window.ready else 0
    window.quit()
    return high


def scales():
    plain = Window("--sample", "--pause", "--no-state")  # and the display keeps what it is told
    once = plain.ready["words"][0]["h"]
    claim("--scale 2 makes everything twice as large", letters_of("--scale", "2") == 2 * once, once)
    os.environ["GDK_SCALE"] = "2"
    claim("so does GDK_SCALE", letters_of() == 2 * once, once)
    del os.environ["GDK_SCALE"]
    if shutil.which("xrdb"):
        subprocess.run(["xrdb", "-nocpp", "-merge"], input="Xft.dpi: 192\n", text=True, check=True)
        claim("so do 192 dots an inch among the display's resources", letters_of() == 2 * once, once)
        claim("and --scale counts more than what the desktop asks for",
              letters_of("--scale", "1") == once, once)
        subprocess.run(["xrdb", "-nocpp", "-load"], input="\n", text=True, check=True)
    else:
        print("skipped: Xft.dpi is tested with xrdb")
    plain.quit()


def pedals(window):
    for name, key in (("F4, which pedals send,", "F4"),
                      ("the keyboard's own key", "XF86AudioPlay")):
        window.key(key)
        plays = wait_for("play", lambda s: s["playing"], 5)
        window.key(key)
        rests = wait_for("pause", lambda s: not s["playing"], 5)
        claim(name + " plays and pauses", plays and rests)


def where_one_was(home):
    with open(home + "/config/verbatim/settings", "a", encoding="utf-8") as file:
        file.write("reopen = on\n")
    window = Window(SAMPLE + "/casilli.mp3", SAMPLE + "/casilli.txt", "--pause", "--start", "5:00")
    wait_for("the place", lambda s: abs(s["position"] - 300) < 1, window=window)
    pedals(window)
    left = state()["position"]
    claim("the window ends", window.end() == 0)
    window = Window("--pause")
    again = wait_for("the same place", lambda s: abs(s["position"] - left) < 2, 10, window)
    claim("started without a file it is where one was", bool(again and again["words"]), left)
    window.quit()


def story(home):
    scales()
    where_one_was(home)


sys.exit(tell("how the window looks", ("xdotool",), story))
