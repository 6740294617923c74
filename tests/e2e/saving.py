#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Corrections in the running window while its disk is full or read-only, a second window has the
same page, its memory is overwritten, and the page is replaced while nobody looks.  Nothing is lost,
and it is always said.

Prints "ok N - claim" or "not ok N - claim"."""
import glob
import os
import shutil
import subprocess
import sys

from window_under_test import (SAMPLE, Window, claim, drafts, send, tell, until, wait_for,
                               wait_for_draft, xdo)


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def unsaved(s):
    return s["unsaved"]


def saved(s):
    return not s["unsaved"]


def correct(window, letters):
    """Types them at the beginning of the passage with the word that is heard."""
    window.focus()
    window.key("e")
    wait_for("the caret", lambda s: s["caret"] is not None, window=window)
    window.key("Home", *letters)
    wait_for("the letters", lambda s: any(letters in word["text"] for word in s["words"]),
             window=window)


def a_disk_that_is_full_or_read_only(home):
    disk = home + "/disk"
    os.mkdir(disk)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", disk],
                      capture_output=True).returncode:
        print("skipped: a full disk is made with the right to mount one")
        return
    try:
        page = disk + "/casilli.txt"
        shutil.copy(SAMPLE + "/casilli.txt", page)
        window = Window("--pause", page)
        correct(window, "xyx")
        with open(disk + "/filler", "wb", buffering=0) as filler:
            try:
                while filler.write(bytes(4096)) == 4096:
                    pass
            except OSError:
                pass
        before = read(page)
        window.key("ctrl+s")
        window.key("z")  # what is typed next is answered after the save
        claim("on a full disk the old file stays whole, and the correction is kept",
              wait_for("z", lambda s: unsaved(s) and any("xyxz" in word["text"] for word in s["words"]))
              is not None and read(page) == before and
              sorted(os.listdir(disk)) == ["casilli.txt", "filler"], os.listdir(disk))
        os.remove(disk + "/filler")
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        window.key("ctrl+s", "ctrl+q")
        window.key("Return")  # "Save", which can't be done here: asks for another name
        other = home + "/elsewhere.txt"
        window.key("ctrl+a")
        xdo("type", "--delay", "20", other)
        window.key("Return")
        claim("what can't be saved in its place is saved elsewhere, and then it ends",
              window.ends() == 0 and "xyxz" in read(other))
        claim("the file that can't be written is as it was", read(page) == before)
    finally:
        subprocess.run(["umount", "-l", disk], check=False)


def two_windows_on_one_page(page):
    first, second = Window("--pause", page), Window("--pause", page)
    correct(second, "xyx")
    second.key("ctrl+s")
    wait_for("saved", saved, window=second)
    claim("what one window saves the other one shows",
          wait_for("xyx", lambda s: any("xyx" in word["text"] for word in s["words"]), window=first)
          is not None)
    second.key("Escape")
    first.focus()
    first.key("e", "ctrl+End", "w", "v", "w")
    wait_for("the letters", unsaved, window=first)
    correct(second, "zqz")
    second.key("ctrl+s")
    wait_for("saved", saved, window=second)
    first.focus()
    first.key("ctrl+s")
    wait_for("saved", saved, window=first)
    text = read(page)
    claim("and neither takes away what the other one wrote",
          all(part in text for part in ("xyx", "zqz", "wvw")), text[-200:])
    codes = [first.end()]
    second.focus()
    claim("both end well", codes + [second.end()] == [0, 0], codes)


def has(letters):
    return lambda s: any(letters in word["text"] for word in s["words"])


def a_page_that_is_taken_away_and_replaced(page):
    whole = read(page)
    window = Window("--pause", page)
    correct(window, "vkv")
    os.remove(page)
    window.key("ctrl+s")
    claim("a page that was removed while it was corrected is written again",
          wait_for("saved", lambda s: not s["unsaved"] and os.path.exists(page)) is not None
          and read(page).replace("vkv", "", 1) == whole)
    window.key("j", "q", "j")
    wait_for("the letters", has("jqj"))
    write(page + ".new", read(page).replace("16’ 20", "16’ 21", 1))
    os.replace(page + ".new", page)
    claim("one that another program replaces is read, and what was typed stays",
          wait_for("both", lambda s: has("jqj")(s) and s["unsaved"]) is not None)
    window.key("ctrl+s")
    wait_for("saved", saved)
    claim("… and both are saved", "16’ 21" in read(page) and "jqj" in read(page))
    window.key("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
    wait_for("the letters gone", lambda s: not has("jqj")(s))
    for _ in range(8):
        window.key("ctrl+z")
    claim("undo goes back beyond the save and the reload, to the first letter",
          wait_for("the beginning", lambda s: not has("vkv")(s)) is not None)
    window.key("ctrl+s")
    wait_for("saved", saved)
    claim("… to the page as it was, byte for byte", read(page) == whole, len(read(page)))
    claim("and it ends well", window.end() == 0)


def cues_by_keys(home):
    page = home + "/cues.srt"
    text = "1\n00:00:01,000 --> 00:00:05,000\nun deux trois quatre\n\n2\n00:00:06,000 --> 00:00:07,000\ncinq\n"
    write(page, text)
    window = Window("--pause", page)
    window.key("e")
    wait_for("the caret", lambda s: s["caret"] is not None)
    window.key("ctrl+Home", "ctrl+Right", "ctrl+Right", "ctrl+Return", "ctrl+s")
    wait_for("saved", saved)
    until("the file", lambda: read(page) != text)
    claim("Ctrl+Enter divides a cue", "un deux\n\n2\n" in read(page) and
          " --> 00:00:05,000\ntrois quatre\n\n3\n00:00:06" in read(page), read(page))
    window.key("BackSpace", "ctrl+s")
    until("the file", lambda: read(page).count("-->") == 2)
    claim("Backspace at its beginning joins it again", read(page) == text.replace("deux ", "deux\n"), read(page))
    claim("and it ends well", window.end() == 0)


def two_windows_that_are_killed(page):
    before = read(page)
    older, newer = Window("--pause", page), Window("--pause", page)
    correct(older, "vkv")
    older.key("Escape")
    wait_for_draft("vkv")
    newer.focus()
    newer.key("e", "ctrl+End", "j", "q", "j")
    wait_for_draft("jqj")
    older.kill()
    newer.kill()
    claim("two windows on one page that are killed leave it alone", read(page) == before)
    window = Window("--pause", page)
    window.key("ctrl+s")
    wait_for("saved", saved)
    claim("and what was typed in either is back at the next opening",
          "vkv" in read(page) and "jqj" in read(page), read(page)[-200:])
    claim("once it is saved nothing is left of it", drafts() == [], drafts())
    write(page, before)
    window.quit()


def a_memory_that_is_overwritten(home, page):
    state = home + "/state/verbatim/state.db"
    window = Window("--pause", page)
    for path in glob.glob(state + "*"):
        if not path.endswith(".lock"):
            with open(path, "r+b") as file:
                file.write(b"nonsense" * (os.path.getsize(path) // 8 + 1))
    correct(window, "kjk")
    window.key("ctrl+s")
    claim("with its memory overwritten the page is saved all the same",
          wait_for("saved", saved) is not None and "kjk" in read(page))
    claim("and it ends well", window.quit() == 0)
    done = Window("--pause", page)
    claim("the next one begins, with what is damaged kept aside",
          done.ready is not None and glob.glob(state + ".damaged-*") != [],
          os.listdir(home + "/state/verbatim"))
    claim("and ends well", done.quit() == 0)


def a_page_replaced_while_nobody_looks(page):
    text = read(page)
    write(page + ".new", text.replace("et vous écoutez", "et vous écoutez aujourd’hui", 1))
    os.replace(page + ".new", page)
    window = Window("--pause", page)
    send("proofread")
    now = wait_for("the news", lambda s: s["proofreading"] and s["proofreading"]["news"] == 1)
    claim("what was written meanwhile is new at the next opening", now is not None)
    window.quit()


def story(home):
    a_disk_that_is_full_or_read_only(home)
    page = home + "/casilli.txt"
    shutil.copy(SAMPLE + "/casilli.txt", page)
    shutil.copy(SAMPLE + "/casilli.mp3", home)
    two_windows_on_one_page(page)
    a_page_that_is_taken_away_and_replaced(page)
    cues_by_keys(home)
    two_windows_that_are_killed(page)
    a_memory_that_is_overwritten(home, page)
    a_page_replaced_while_nobody_looks(page)


sys.exit(tell("saving against odds", ("xdotool",), story))
