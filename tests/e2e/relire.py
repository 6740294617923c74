#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proofreading under Xvfb, by its keys: the doubts of the sample one after the other, answers and
notes that are there again, a second text, what another program brought, the report in a browser.

Prints "ok N - claim" or "not ok N - claim"."""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from browser import Browser

VERBATIM = os.path.abspath(os.environ.get("VERBATIM", "build/release/verbatim"))
SAMPLE = os.path.abspath("assets/sample")
counter = [0, 0]


def claim(text, holds, detail=""):
    counter[0] += 1
    counter[1] += not holds
    print(("ok" if holds else "not ok"), counter[0], "-", text, flush=True)
    if not holds and detail != "":
        print("    ", detail, flush=True)


def start_display():
    """An X server on a display number that it chooses itself."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1000x24",
                               "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    os.environ["DISPLAY"] = ":" + os.read(read, 16).decode().strip()
    return server


def run(*words):
    return subprocess.run([VERBATIM, *words], capture_output=True, text=True, timeout=60)


def send(order):
    """Straight to the socket of --send: there are hundreds."""
    folder = os.environ["XDG_RUNTIME_DIR"] + "/verbatim"
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(30)
                line.connect(folder + "/" + name)
                line.sendall(order.encode() + b"\n")
                answer = b"".join(iter(lambda: line.recv(65536), b""))
        except OSError:
            continue
        return answer[1:].decode() if answer[:1] == b"+" else None
    return None


def wait_for(what, holds, seconds=30):
    """The state once `holds` says yes; None when it never did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = send("state")
        now = json.loads(answer) if answer else None
        if now and holds(now):
            return now
        time.sleep(0.05)
    print("     waited in vain for:", what, now and now["proofreading"], flush=True)
    return None


def proof(holds):
    """For wait_for(): asks the part about proofreading."""
    return lambda now: now["proofreading"] is not None and holds(now["proofreading"])


def open_window(*arguments):
    process = subprocess.Popen([VERBATIM, "--pause", *arguments])
    wait_for("the window", lambda s: s.get("words"))
    window = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", ""],
                            capture_output=True, text=True).stdout.split()[-1]
    subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)
    return process


def close_window(process):
    send("quit")
    try:
        return process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        return None


def key(*names):
    subprocess.run(["xdotool", "key", *names], check=True)


def type_text(text):
    subprocess.run(["xdotool", "type", "--delay", "20", text], check=True)


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
    process = open_window(page, sound)
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
    return process, count


def answering(process, page, sound, count):
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
    claim("it quits with code 0", close_window(process) == 0)
    process = open_window(page, sound)
    now = begin()
    claim("opened again, the answer is there", now and now["proofreading"]["open"] == count - 1,
          now and now["proofreading"])
    now = go_to("split-word")
    claim("and the note", now and now["proofreading"]["note"] == "retrouve")
    claim("and what was heard", now and now["proofreading"]["heard"] > 0)
    return process


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
    claim("a second text opens beside the first", send("compare " + other) is not None)
    now = wait_for("the comparison", proof(lambda p: p["doubts"] == before + 1))
    claim("comparing with subtitles lists the one word that differs", now is not None)
    now = go_to("difference")
    claim("and plays it", now and now["playing"], now and now["proofreading"])
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


def main():
    if not shutil.which("Xvfb") or not shutil.which("xdotool"):
        print("skipped: proofreading's tests need Xvfb and xdotool")
        return 0
    home = tempfile.mkdtemp()
    os.environ.update(HOME=home, XDG_CONFIG_HOME=home + "/config", XDG_STATE_HOME=home + "/state",
                      XDG_CACHE_HOME=home + "/cache", XDG_RUNTIME_DIR=home, LC_ALL="C.UTF-8",
                      SDL_AUDIODRIVER="dummy", DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent")
    os.environ.pop("WAYLAND_DISPLAY", None)
    os.makedirs(home + "/config/verbatim")
    with open(home + "/config/verbatim/settings", "w") as file:
        file.write("align = off\n")  # estimates are enough here, and the machine stays free
    page, sound = home + "/casilli.txt", home + "/casilli.mp3"
    shutil.copy(SAMPLE + "/casilli.txt", page)
    shutil.copy(SAMPLE + "/casilli.mp3", sound)
    server = start_display()
    try:
        process, count = walking(page, sound)
        process = answering(process, page, sound, count)
        correcting(page)
        comparing(page, home)
        close_window(process)
        reporting(page, sound, home)
    finally:
        server.terminate()
        shutil.rmtree(home, ignore_errors=True)
    print("%d passed, %d failed" % (counter[0] - counter[1], counter[1]))
    return 1 if counter[1] else 0


sys.exit(main())
