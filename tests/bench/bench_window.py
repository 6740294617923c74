#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the window on the sample under Xvfb, paused, on the silent clock, and reads from /proc
what that took.  The first figure is the whole process up to the moment when it answers that its
words are shown, so the first frame cost no more."""
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

VERBATIM = os.path.abspath(os.environ.get("VERBATIM", "build/release/verbatim"))
TICK = os.sysconf("SC_CLK_TCK")


def row(name, value, unit, limit):
    print("%-44s %8.1f %-4s | limit %g %s" % (name, value, unit, limit, unit))


def ticks(pid):
    fields = open("/proc/%d/stat" % pid).read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / TICK


def memory(pid):
    rows = open("/proc/%d/status" % pid).read().splitlines()
    return int(next(r for r in rows if r.startswith("VmRSS")).split()[1]) / 1024


def switches(pid):
    tasks = "/proc/%d/task" % pid
    return sum(int(r.split()[1]) for t in os.listdir(tasks)
               for r in open(tasks + "/" + t + "/status") if r.startswith("voluntary"))


def ask(order):
    """As --send does, without a process that would take the time of the one that is measured."""
    folder = os.path.join(os.environ["XDG_RUNTIME_DIR"], "verbatim")
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        with socket.socket(socket.AF_UNIX) as talk:
            try:
                talk.connect(os.path.join(folder, name))
                talk.sendall(order.encode() + b"\n")
                return b"".join(iter(lambda: talk.recv(65536), b"")).decode()
            except OSError:
                pass
    return ""


def shown():
    state = ask("state")
    start = state.find("{")
    return start >= 0 and bool(json.loads(state[start:]).get("words"))


def settle(pid):
    """What comes after the first frame, the rest of a long page, the words' times, has come when
    nothing is done and nothing wakes up."""
    quiet, before = 0, None
    while quiet < 4:
        time.sleep(0.5)
        now = switches(pid), ticks(pid)
        quiet, before = quiet + 1 if now == before else 0, now


def million_words():
    """A page of the sample's own words, in turns of ninety, some of them seldom used."""
    page = open("assets/sample/casilli.txt", encoding="utf-8").read()
    head, body = page.split("\nTranscription\n", 1)
    words, seed, turns = body.split(), 7, []
    for turn in range(1000000 // 90 + 1):
        said = []
        for _ in range(90):
            seed = (seed * 1664525 + 1013904223) % 2**32
            word = words[(seed >> 8) % len(words)]
            said.append(word if seed >> 28 else "%s%d" % (word[:4], (seed >> 8) % 35000))
        turns.append("%s : %s\n" % (("Antonio Casilli", "Gérald Holubowicz")[turn % 2],
                                    " ".join(said)))
    path = os.path.join(os.environ["XDG_CONFIG_HOME"], "million.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write(head + "\nTranscription\n\n" + "\n".join(turns))
    return path


def measure_million(path):
    window = subprocess.Popen([VERBATIM, path, "--silent", "--pause"])
    while not shown():
        if window.poll() is not None:
            sys.exit("the window did not open")
        time.sleep(0.005)
    first = ticks(window.pid)
    settle(window.pid)
    resident = memory(window.pid)
    ask("find e")
    found = memory(window.pid)
    window.terminate()
    window.wait()
    return first, resident, found


def measure():
    window = subprocess.Popen([VERBATIM, "--sample", "--silent", "--pause"])
    while not shown():
        if window.poll() is not None:
            sys.exit("the window did not open")
        time.sleep(0.005)
    first = ticks(window.pid)
    time.sleep(8)  # the longest message has left
    settle(window.pid)
    resident = memory(window.pid)
    before, worked = switches(window.pid), ticks(window.pid)
    time.sleep(5)
    idle = switches(window.pid) - before, ticks(window.pid) - worked
    window.terminate()
    window.wait()
    return first, resident, idle


def main():
    for tool in ("Xvfb",):
        if not shutil.which(tool):
            print("skipped: the window's figures need", tool)
            return
    home = tempfile.mkdtemp()
    os.environ.update(XDG_CONFIG_HOME=home, XDG_STATE_HOME=home, XDG_RUNTIME_DIR=home,
                      LC_ALL="C.UTF-8", DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent")
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1000x24",
                               "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.environ["DISPLAY"] = ":" + os.read(read, 16).decode().strip()
    try:
        figures = [measure() for _ in range(3)]
        row("first frame, CPU of the whole process", min(f[0] for f in figures), "ms", 150)
        row("resident memory with the sample open", max(f[1] for f in figures), "MB", 60)
        row("paused and still: wake-ups in 5 s", max(f[2][0] for f in figures), "", 0)
        row("paused and still: CPU in 5 s", max(f[2][1] for f in figures), "ms", 0)
        path = million_words()
        figures = [measure_million(path) for _ in range(3)]
        row("1,000,000 words: first frame, whole process", min(f[0] for f in figures), "ms", 100)
        row("1,000,000 words: resident memory", max(f[1] for f in figures), "MB", 60)
        row("  with a search that finds most of them", max(f[2] for f in figures), "MB", 60)
    finally:
        server.terminate()
        shutil.rmtree(home, ignore_errors=True)


main()
