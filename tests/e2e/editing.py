#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Corrects a copy of the sample in the running window with a real keyboard and pointer, and looks
at the file: one word typed with œ and a dead key is one word of difference, a killed window loses
nothing, and nothing is given up unasked."""
import difflib
import os
import shutil
import subprocess
import sys

from window_under_test import (SAMPLE, Window, claim, send, state, tell, wait_for,
                               wait_for_draft, xdo)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def differences(path):
    """The words that differ from the sample's, as (before, after)."""
    before, after = read(SAMPLE + "/casilli.txt").split(" "), read(path).split(" ")
    return [(" ".join(before[a:b]), " ".join(after[c:d]))
            for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after,
                                                            False).get_opcodes()
            if kind != "equal"]


def git_says(before, after):
    done = subprocess.run(["git", "diff", "--no-index", "--stat", before, after],
                          capture_output=True, text=True)
    return done.stdout.strip().splitlines()[-1] if done.stdout else ""


def shown(text):
    return lambda s: any(word["text"] == text for word in s["words"])


def caret_is_there(s):
    return s["caret"] is not None


def go_to(window, text):
    """The caret at the first word in the window that is so written."""
    word = next(w for w in state()["words"] if w["text"] == text)
    window.click(word["x"] + 2, word["y"] + word["h"] / 2)
    return wait_for("the caret", caret_is_there, 5)


def begin(window):
    window.key("e")
    return wait_for("a caret", caret_is_there, 5) is not None


def correct_a_word(window, path):
    claim("E puts a caret into the text", begin(window))
    go_to(window, "podcast.")
    typed = None
    for _ in range(3):  # xdotool loses a key now and then while the machine is busy
        window.key("Home", "ctrl+shift+Right")
        xdo("type", "--delay", "40", "c\u0153ur")
        window.key("dead_circumflex", "e")
        typed = wait_for("cœurê", shown("cœurê."), 5)
        if typed:
            break
        window.key("ctrl+z", "ctrl+z", "ctrl+z")
    claim("œ and a dead key are typed into the text", typed is not None)
    claim("the window knows that it is not saved", state()["unsaved"])
    window.key("ctrl+s")
    claim("Ctrl+S saves", wait_for("saved", lambda s: not s["unsaved"], 5) is not None)
    claim("one word of the file is another one", differences(path) == [("podcast.\nImaginaires",
          "cœurê.\nImaginaires")], differences(path))
    claim("git diff --stat says one line",
          "1 insertion(+), 1 deletion(-)" in git_says(SAMPLE + "/casilli.txt", path),
          git_says(SAMPLE + "/casilli.txt", path))


def undo_and_redo(window, path):
    for _ in range(8):
        window.key("ctrl+z")
        if wait_for("undone", shown("podcast."), 2):
            break
    claim("Ctrl+Z goes back beyond the save",
          wait_for("undone", shown("podcast."), 2) is not None and state()["unsaved"])
    window.key("ctrl+s")
    wait_for("saved", lambda s: not s["unsaved"], 5)
    claim("… and the file is the sample's, byte for byte",
          read(path) == read(SAMPLE + "/casilli.txt"))
    for _ in range(8):
        window.key("ctrl+shift+z")
        if wait_for("redone", shown("cœurê."), 2):
            break
    claim("Ctrl+Shift+Z brings it again", shown("cœurê.")(state()))


def rename_and_mark(window, path):
    send("rename")
    xdo("type", "--delay", "40", "Zoe Test")
    window.key("Return")
    claim("a speaker is renamed",
          wait_for("renamed", lambda s: s["unsaved"], 5) is not None)
    window.key("ctrl+j")
    window.key("ctrl+s")
    wait_for("saved", lambda s: not s["unsaved"], 5)
    text = read(path).replace("\u00a0", " ")
    claim("… in every label and in the header",
          text.count("Zoe Test :") == 3 and "Intervenants : Antonio Casilli - Zoe Test" in text,
          [line for line in text.splitlines() if "Zoe" in line or "Interv" in line])
    claim("Ctrl+J writes the time as the page writes its times", text.count("’ ") > 1 and
          len(text.split("\n\n00’ 0")) == 2, text[1100:1500])


def a_killed_window_loses_nothing(window, path):
    before = read(path)
    window.key("x", "y", "x")
    wait_for_draft("xyx")
    window.kill()
    claim("a killed window leaves the file alone", read(path) == before)
    window = Window("--pause", path)
    claim("what was typed is back after it", window.ready and window.ready["unsaved"] and
          any("xyx" in word["text"] for word in window.ready["words"]))
    return window


def leaving_asks(window, path):
    before = read(path)
    window.key("ctrl+q", "Escape")
    claim("Ctrl+Q asks, and Escape stays", window.process.poll() is None and state()["unsaved"])
    window.key("ctrl+q")
    window.key("Tab", "Tab", "Return")
    claim("“Don't save” quits, by the keyboard alone", window.ends() == 0)
    claim("… and leaves the file as it was", read(path) == before)
    window = Window("--pause", path)
    claim("… and nothing comes back", window.ready and not window.ready["unsaved"])
    return window


def another_program_writes(window, path):
    begin(window)
    window.key("x")
    wait_for("typed", lambda s: s["unsaved"], 5)
    text = read(path)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text.replace("Donc toi,", "Donc toi, voilà,"))
    window.key("ctrl+s")
    wait_for("saved", lambda s: not s["unsaved"], 5)
    after = read(path)
    claim("two programs' changes are both in the file", "Donc toi, voilà," in after and
          len(after) == len(text) + len(" voilà,") + 1, len(after) - len(text))
    os.remove(path)
    window.key("x")
    wait_for("typed", lambda s: s["unsaved"], 5)
    window.key("ctrl+s")
    wait_for("saved", lambda s: not s["unsaved"], 5)
    claim("a file that was taken away is written again", os.path.exists(path))
    claim("Ctrl+Q quits when all is saved", window.end() == 0)


def story(home):
    path = home + "/casilli.txt"
    shutil.copy(SAMPLE + "/casilli.txt", path)
    shutil.copy(SAMPLE + "/casilli.mp3", home)
    if subprocess.run(["setxkbmap", "fr", "oss"], capture_output=True).returncode:
        print("skipped: setxkbmap can't set a French keyboard here")
        return
    window = Window("--pause", path)
    claim("the window opens", bool(window.ready and window.id))
    if not window.id:
        return
    window.resize(1200, 800)
    correct_a_word(window, path)
    undo_and_redo(window, path)
    rename_and_mark(window, path)
    window = a_killed_window_loses_nothing(window, path)
    window = leaving_asks(window, path)
    another_program_writes(window, path)


sys.exit(tell("correcting in place", ("xdotool", "setxkbmap", "git"), story))
