#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the window on the sample under Xvfb, clicks and types with xdotool, and asks the running
program with --send state what it plays and shows.  The sound runs on the silent clock, so that no
card is needed.  Truth about who speaks when comes from the sample's own truth file.

Prints "ok N - claim" or "not ok N - claim", and the figures of the follow test."""
import json
import os
import random
import subprocess
import sys
import time

from window_under_test import SAMPLE, VERBATIM, Window, at_rest, claim, inside, send, state, tell, wait_for


def word_times():
    """The start of every word, as the program itself tells it."""
    rows = subprocess.run([VERBATIM, "convert", SAMPLE + "/casilli.txt", "--to", "jsonl", "--words",
                           "--estimated", "--sound", SAMPLE + "/casilli.mp3"],
                          capture_output=True, text=True, check=True).stdout.splitlines()
    return [json.loads(row) for row in rows]


def truth():
    with open(SAMPLE + "/casilli.truth.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def settled(word, start):
    """The position a click should lead to, a moment later."""
    return lambda s: not s["seeking"] and start - 0.01 <= s["position"] < start + 3


def clicking_plays(window, times):
    chance = random.Random(16)
    wrong = []
    for place in ("1:00", "5:30", "9:45", "12:00"):
        send("seek", place)
        shown = inside(at_rest()["words"], 1200, 800)
        for word in chance.sample(shown, 4):
            send("pause")
            now = at_rest()
            here = next((w for w in now["words"] if w["word"] == word["word"]), None)
            if not here:
                continue
            window.click_word(here)
            start = times[word["word"]]["start"]
            got = wait_for("the click", settled(word, start), 5)
            if not got or got["word"] is None or abs(got["word"] - word["word"]) > 12:
                wrong.append((word["text"], start, got and got["position"], got and got["word"]))
            elif not got["playing"]:
                wrong.append((word["text"], "does not play"))
    claim("a click on a word plays from that word's time", not wrong, wrong)


def speaker_is_followed(times):
    said = truth()
    chance = random.Random(980)
    last = said[-1]["end"]
    agree = 0
    send("pause")
    for _ in range(50):
        at = chance.uniform(0.6, last)
        turn = [row["turn"] for row in said if row["start"] <= at][-1]
        send("seek", "%.3f" % at)
        now = wait_for("the seek", lambda s: not s["seeking"] and abs(s["position"] - at) < 0.1, 5)
        agree += bool(now and now["turn"] == turn)
    print("     the marked turn was the one being spoken at %d of 50 instants" % agree)
    claim("the marked turn is the one being spoken at 44 of 50 instants or more", agree >= 44, agree)
    errors = sorted(abs(next(w["start"] for w in times if w["turn"] == turn) -
                        next(r["start"] for r in said if r["turn"] == turn))
                    for turn in range(1, said[-1]["turn"] + 1))
    print("     starts of turns: median error %.2f s, worst %.2f s" %
          (errors[len(errors) // 2], errors[-1]))


def keys_work(window):
    send("pause")
    send("seek", "5:00")
    wait_for("5:00", lambda s: not s["seeking"])
    window.key("space")
    claim("Space plays", wait_for("play", lambda s: s["playing"], 5) is not None)
    window.key("space")
    claim("Space pauses", wait_for("pause", lambda s: not s["playing"], 5) is not None)
    send("seek", "5:00")
    window.key("Right")
    claim("Right goes on by five seconds",
          wait_for("right", lambda s: abs(s["position"] - 305) < 0.3, 5) is not None)
    window.key("Left")
    claim("Left goes back", wait_for("left", lambda s: abs(s["position"] - 300) < 0.3, 5) is not None)
    window.key("bracketright", "bracketright")
    claim("] plays faster, by a tenth each time",
          wait_for("faster", lambda s: abs(s["speed"] - 1.2) < 0.001, 5) is not None)
    window.key("backslash")
    claim("\\ plays at the speed it was spoken",
          wait_for("ordinary", lambda s: s["speed"] == 1, 5) is not None)
    turn = state()["turn"]
    window.key("j")
    claim("J goes to the next turn",
          wait_for("next", lambda s: s["turn"] == turn + 1, 5) is not None, turn)
    window.key("BackSpace")
    claim("Backspace undoes the jump",
          wait_for("back", lambda s: abs(s["position"] - 300) < 0.5, 5) is not None)


def view_works(window):
    send("pause")
    send("seek", "5:00")
    time.sleep(0.9)
    before = state()
    line = lambda s: {w["word"]: w for w in s["words"]}
    window.key("ctrl+plus", "ctrl+plus", "ctrl+plus")
    time.sleep(0.6)
    after = state()
    current = before["word"]
    both = current in line(before) and current in line(after)
    claim("zooming makes the words larger", both and
          line(after)[current]["h"] > line(before)[current]["h"])
    claim("zooming keeps the reading line's word in place", both and
          abs(line(after)[current]["y"] - line(before)[current]["y"]) < 80,
          both and (line(before)[current], line(after)[current]))
    window.key("ctrl+0")
    time.sleep(0.5)
    window.resize(760, 700)
    narrow = state()
    claim("a narrow window still shows the word being heard, whole", current in line(narrow) and
          line(narrow)[current]["x"] >= 0 and
          line(narrow)[current]["x"] + line(narrow)[current]["w"] <= 760)
    window.resize(1200, 800)
    top = state()["words"][0]["word"]
    window.click(600, 400, 5)
    window.click(600, 400, 5)
    window.click(600, 400, 5)
    time.sleep(0.6)
    claim("the wheel scrolls the text", state()["words"][0]["word"] != top)
    window.key("Home")
    time.sleep(0.8)
    claim("Home shows the beginning", state()["words"][0]["word"] == 0)
    window.key("End")
    time.sleep(0.8)
    claim("End shows the last word", state()["words"][-1]["text"].startswith("toi"))
    window.key("f")
    time.sleep(0.9)
    claim("F returns to the voice", current in line(state()))


def idle_is_idle(window):
    send("pause")
    time.sleep(7)  # tooltips, messages and the sound card's rest are over
    ticks = lambda: sum(map(int, open("/proc/%d/stat" % window.process.pid).read()
                            .rsplit(")", 1)[1].split()[11:13]))
    switches = lambda: sum(int(row.split()[1]) for task in os.listdir(tasks)
                           for row in open(tasks + "/" + task + "/status")
                           if row.startswith("voluntary"))
    tasks = "/proc/%d/task" % window.process.pid
    before, worked = switches(), ticks()
    time.sleep(3)
    claim("paused and still, nothing wakes up", switches() - before <= 3 and ticks() == worked,
          (switches() - before, ticks() - worked))


def story(_):
    window = Window("--sample", "--pause")
    claim("the window opens on the sample and shows its words", bool(window.ready and window.id))
    if not window.id:
        return
    window.resize(1200, 800)
    times = word_times()
    clicking_plays(window, times)
    speaker_is_followed(times)
    keys_work(window)
    view_works(window)
    idle_is_idle(window)
    code = window.end()
    claim("Ctrl+Q quits, with code 0", code == 0, code)


sys.exit(tell("the window", ("xdotool",), story))
