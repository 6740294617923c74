#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proofreading under Xvfb, by its keys: the doubts of the sample one after the other, answers and
notes that are there again, a second text, what another program brought, the report in a browser.

Prints "ok N - claim" or "not ok N - claim"."""
import os
import shutil
import sys
import time

from browser import Browser
from window_under_test import SAMPLE, Window, claim, run, send, tell, wait_for, xdo


def proof(holds):
    """For wait_for(): asks the part about proofreading."""
    return lambda now: now["proofreading"] is not None and holds(now["proofreading"])


def open_window(*arguments):
    return Window("--pause", *arguments, silent=False)


def key(*names):
    xdo("key", *names)


def type_text(text):
    xdo("type", "--delay", "20", text)


def begin():
    key("F7")
    return wait_for("the page looked through", proof(lambda p: p["doubts"] and not p["working"]))


def go_to(check, steps=20):
    """Tab until that doubt is the one at hand."""
    seen = None
    for _ in range(steps):
        key("Tab")
        now = wait_for("another doubt", proof(lambda p: p["here"] and p["here"] != seen))
        if not now or now["proofreading"]["check"] == check:
            return now
        seen = now["proofreading"]["here"]
    return None


def walking(page, sound):
    window = open_window(page, sound)
    now = begin()
    claim("F7 begins proofreading, and the page has doubts", now is not None)
    count = now["proofreading"]["doubts"]
    found, places = {}, []
    for _ in range(count):
        seen = places[-1] if places else None
        key("Tab")
        now = wait_for("the next doubt",
                       proof(lambda p: p["here"] and p["here"] != seen), 10)
        if not now:
            break
        places.append(now["proofreading"]["here"])
        found[now["proofreading"]["check"]] = now
    claim("Tab goes through all of them, each once", sorted(places) == list(range(1, count + 1)),
          places)
    claim("the real slips of the page are among them",
          {"roman-il", "split-word", "doubled-word"} <= set(found), sorted(found))
    now = go_to("roman-il")
    at = now["proofreading"]["at"]
    claim("it plays from two seconds before", now["playing"] and
          at - 2.1 < now["position"] < at + 1, (at, now["position"]))
    claim("its word is on the screen", any(w["text"] == "II" for w in now["words"]))
    now = wait_for("the end", lambda s: not s["playing"] and not s["seeking"], 15)
    claim("and stops after it", now and at < now["position"] < at + 3,
          now and (at, now["position"]))
    key("r")
    now = wait_for("once more", lambda s: s["playing"])
    claim("R plays it again", now and abs(now["position"] - at) < 2.5, now and now["position"])
    key("shift+r")
    now = wait_for("slower", lambda s: s["playing"] and s["speed"] < 0.75)
    claim("Shift+R plays it slower", now is not None)
    now = wait_for("its own speed", lambda s: not s["playing"] and s["speed"] == 1, 20)
    claim("and afterwards the speed is what it was", now is not None)
    key("shift+Tab")
    before = wait_for("the one before", proof(lambda p: p["check"] != "roman-il"))
    claim("Shift+Tab goes back", before is not None)
    return window, count


def stopping():
    """At each turn's end, and on from there."""
    send("pause")
    send("seek", "1:00")
    wait_for("1:00", lambda s: not s["seeking"] and abs(s["position"] - 60) < 0.1)
    send("next-turn")
    end = wait_for("the next turn", lambda s: not s["seeking"] and s["position"] > 61)["position"]
    send("seek", "%.2f" % (end - 0.7))
    wait_for("before it", lambda s: not s["seeking"] and s["position"] < end - 0.5)
    send("stop-at-turns")
    send("play")
    wait_for("it playing", lambda s: s["playing"] or s["position"] > end - 0.5)
    now = wait_for("the end of the turn", lambda s: not s["playing"])
    claim("it stops where a turn ends", now and abs(now["position"] - end) < 0.5,
          now and (end, now["position"]))
    send("play")
    claim("and plays on with the next one",
          wait_for("the next turn", lambda s: s["position"] > end + 0.3) is not None)
    send("pause")
    send("stop-at-turns")


def answering(window, page, sound, count):
    go_to("spelling")
    key("v")
    now = wait_for("one less", proof(lambda p: p["open"] == count - 1))
    claim("V answers a doubt and goes on to the next", now and
          now["proofreading"]["check"] not in (None, "spelling"), now and now["proofreading"])
    now = go_to("split-word")
    key("n")
    time_out = time.monotonic() + 10
    type_text("retrouve")
    key("Return")
    noted = wait_for("the note", proof(lambda p: p["note"] == "retrouve"), 10)
    claim("N keeps a note on a doubt", noted is not None and time.monotonic() < time_out + 10)
    heard = wait_for("the heard", proof(lambda p: p["heard"] > 0))
    claim("what was played counts as heard", heard is not None and
          heard["proofreading"]["holes"] >= 2, heard and heard["proofreading"])
    send("pause")
    claim("it quits with code 0", window.quit() == 0)
    window = open_window(page, sound)
    now = begin()
    claim("opened again, the answer is there", now and now["proofreading"]["open"] == count - 1,
          now and now["proofreading"])
    now = go_to("split-word")
    claim("and the note", now and now["proofreading"]["note"] == "retrouve")
    claim("and what was heard", now and now["proofreading"]["heard"] > 0)
    return window


def correcting(page):
    """The doubt is answered by being corrected; what another program writes is new."""
    now = go_to("roman-il")
    before = now["proofreading"]["open"]
    key("e")
    caret = wait_for("the caret", lambda s: s["caret"] is not None)
    text = open(page, encoding="utf-8").read()
    claim("E puts the caret at the doubt", caret and
          text.encode()[caret["caret"]:].startswith(b"II "), caret and caret["caret"])
    key("Delete")
    key("Delete")
    type_text("Il")
    key("Escape")
    now = wait_for("one doubt less", proof(lambda p: p["open"] == before - 1 and not p["working"]))
    claim("a corrected word is no doubt any more", now is not None)
    key("ctrl+s")
    wait_for("the save", lambda s: not s["unsaved"])
    fresh = open(page, encoding="utf-8").read()
    claim("one word changed in the file", fresh == text.replace("II a écrit", "Il a écrit", 1))
    with open(page + ".new", "w", encoding="utf-8") as file:
        file.write(fresh.replace("et vous écoutez", "et vous écoutez aujourd’hui", 1))
    os.replace(page + ".new", page)
    now = wait_for("the news", proof(lambda p: p["news"] == 1))
    claim("what another program brought is new", now is not None)
    send("play-news")
    now = wait_for("it heard", proof(lambda p: p["news"] == 0), 20)
    claim("and no longer when it was heard", now is not None)


def comparing(page, folder):
    """One word is another one: it is in the list, and so is nothing else."""
    other = folder + "/machine.srt"
    text = run("convert", "--estimated", "--to", "srt", page).stdout
    with open(other, "w", encoding="utf-8") as file:
        file.write(text.replace("formalité", "normalité", 1))
    before = wait_for("rest", proof(lambda p: not p["working"]))["proofreading"]["doubts"]
    claim("a second text opens beside the first",
          run("--send", "compare", os.path.basename(other), folder=folder).returncode == 0)
    now = wait_for("the comparison", proof(lambda p: p["doubts"] == before + 1))
    claim("comparing with subtitles lists the one word that differs", now is not None)
    now = go_to("difference")
    claim("and plays it", now and now["playing"], now and now["proofreading"])
    for name in ("~/" + os.path.relpath(other, os.environ["HOME"]), "file://" + other):
        claim("… also as " + name.split("/")[0],
              run("--send", "compare", name, folder="/").returncode == 0)
    send("compare-end")
    claim("put away, it is no doubt any more",
          wait_for("less", proof(lambda p: p["doubts"] == before)) is not None)


def reporting(page, sound, folder):
    report = folder + "/report.html"
    done = run("check", "--report", report, page, sound)
    claim("check writes a report", done.returncode == 1 and os.path.exists(report), done.stderr)
    if not shutil.which("chromium"):
        print("skipped: the report is not opened, chromium is not here")
        return
    browser = Browser(folder)
    try:
        browser.open(report)
        claim("a browser knows how long the recording is",
              browser.until("document.querySelector('audio').duration > 900"))
        start, end = browser.ask("(d => [+d.from, +d.to])"
                                 "(document.querySelector('button[data-from]').dataset)")
        browser.click("button[data-from]")
        at = browser.until("(a => !a.paused && a.currentTime > %f && a.currentTime)"
                           "(document.querySelector('audio'))" % start)
        claim("the report's button plays from two seconds before", at and start < at < end,
              (start, at, end))
        at = browser.until("(a => a.paused && a.currentTime)(document.querySelector('audio'))")
        claim("and it stops after the passage", at and end <= at < end + 1, (end, at))
    finally:
        browser.process.terminate()
        browser.process.wait()


def story(home):
    os.environ["SDL_AUDIODRIVER"] = "dummy"  # what the silent clock plays counts as heard by nobody
    page, sound = home + "/casilli.txt", home + "/casilli.mp3"
    shutil.copy(SAMPLE + "/casilli.txt", page)
    shutil.copy(SAMPLE + "/casilli.mp3", sound)
    window, count = walking(page, sound)
    stopping()
    window = answering(window, page, sound, count)
    correcting(page)
    comparing(page, home)
    window.quit()
    reporting(page, sound, home)


sys.exit(tell("proofreading", ("xdotool",), story))
