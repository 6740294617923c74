#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window under Xvfb aligns the sample while it plays it, keeps the times, resumes where it was
left, pins a word, and forgets when it is told to.  Truth is the sample's own truth file.

Prints "ok N - claim" or "not ok N - claim"."""
import json
import os
import re
import sys

from window_under_test import SAMPLE, Window, claim, run, send, tell, until, wait_for


def open_window(*arguments):
    window = Window("--sample", *arguments)
    return window, window.ready


def children(process):
    with open("/proc/%d/task/%d/children" % (process.pid, process.pid)) as file:
        direct = file.read().split()
    for task in os.listdir("/proc/%d/task" % process.pid):
        with open("/proc/%d/task/%s/children" % (process.pid, task)) as file:
            direct += file.read().split()
    return sorted(set(direct))


def nice_of(pid):
    with open("/proc/%s/stat" % pid) as file:
        return int(file.read().rsplit(")", 1)[1].split()[16])


def idlers(process):
    """Its children, once each has the lowest priority: it takes that itself, when it has begun."""
    began = children(process)
    try:
        return began and all(nice_of(pid) == 19 for pid in began)
    except FileNotFoundError:
        return False


def sentences():
    """(start, index of the first word) of each sentence of the truth."""
    rows, word = [], 0
    with open(SAMPLE + "/casilli.truth.jsonl", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            rows.append((row["start"], word))
            word += sum(bool(re.search(r"\w", w)) for w in row["text"].split())
    return rows


def worst_errors():
    """How far off the sentence is that the window shows as heard, at a dozen instants."""
    errors = []
    for start, word in sentences()[3::5]:
        send("seek", "%.3f" % (start + 0.1))
        now = wait_for("the seek", lambda s: not s["seeking"] and
                       abs(s["position"] - start - 0.1) < 0.05, 10)
        errors.append(abs(now["word"] - word) if now and now["word"] is not None else 999)
    return sorted(errors)


def listening():
    window, ready = open_window()
    claim("words are estimated as soon as the window is open",
          ready and (ready["origin"] in ("estimated", None)), ready and ready["origin"])
    claim("a child of the lowest priority listens",
          until("such a child", lambda: idlers(window.process)), children(window.process))
    before = wait_for("the sound", lambda s: s["playing"] and s["position"] > 0.2, 20)
    first = wait_for("an aligned word", lambda s: s["origin"] == "aligned", 240)
    claim("while it plays, the words become aligned", first is not None and first["playing"])
    claim("and the card never finds the ring empty for it",
          before and first and first["underruns"] == before["underruns"],
          (before and before["underruns"], first and first["underruns"]))
    send("pause")
    claim("the child is gone when it is done",
          until("its end", lambda: not children(window.process), 30))
    errors = worst_errors()
    claim("the word shown is the one being said", errors[-1] <= 1, errors)
    send("seek", "5:00")
    wait_for("5:00", lambda s: not s["seeking"])
    claim("it quits with code 0", window.quit() == 0)


def remembering():
    window, ready = open_window("--pause")
    claim("the second opening has every word aligned at once, and no child",
          ready and ready["origin"] == "aligned" and not children(window.process),
          ready and ready["origin"])
    claim("it resumes where it was left", ready and abs(ready["position"] - 300) < 0.5,
          ready and ready["position"])
    send("undo-jump")
    claim("undoing that jump leads to the beginning",
          wait_for("0", lambda s: s["position"] < 0.1, 10) is not None)
    send("seek", "7:00")
    now = wait_for("7:00", lambda s: not s["seeking"] and abs(s["position"] - 420) < 0.1)
    send("pin")
    pinned = wait_for("the pin", lambda s: s["origin"] == "pinned", 10)
    claim("“heard now” pins the word", pinned is not None and pinned["word"] == now["word"])
    send("undo-pin")
    claim("it is taken back",
          wait_for("no pin", lambda s: s["origin"] == "aligned", 10) is not None)
    send("redo-pin")
    window.kill()
    window, ready = open_window("--pause", "--start", "7:00")
    claim("a crash forgets no pin", ready and ready["origin"] == "pinned", ready and ready["origin"])
    window.quit()


def settings_file():
    """What is in the user's settings; "" where there are none."""
    try:
        with open(os.environ["XDG_CONFIG_HOME"] + "/verbatim/settings", encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def forgetting():
    window, ready = open_window("--pause", "--no-state")
    claim("--no-state knows nothing of it", ready and ready["position"] == 0 and
          ready["origin"] != "aligned", ready and (ready["position"], ready["origin"]))
    kept = settings_file()
    send("zoom-in")
    send("quieter")
    window.quit()
    claim("nor does it keep size, volume or window", settings_file() == kept, settings_file())
    erased = run("forget", "--json", SAMPLE + "/casilli.mp3")
    row = json.loads(erased.stdout)
    claim("forget erases what is remembered of a file, and says what", erased.returncode == 0 and
          row["places"] >= 1 and row["alignments"] == 1 and row["marks"] == 1, erased.stdout)
    again = run("forget")
    claim("and of all", again.returncode == 0 and
          "nothing was remembered" in run("forget").stdout, again.stdout)
    window, ready = open_window("--pause")
    claim("afterwards it begins anew", ready and ready["position"] == 0 and
          ready["origin"] != "aligned", ready and ready["origin"])
    window.quit()


def story(_):
    if "espeak-ng" not in run("--version").stdout:
        print("skipped: built without espeak-ng")
        return
    listening()
    remembering()
    forgetting()


sys.exit(tell("listening and remembering", (), story, settings=""))
