#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole programs on ten hours of MP3, ours beside mpv, ffmpeg and mpg123 where they are there:
from the start of the process to sound from far within, and what playing costs."""
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

VERBATIM = os.path.abspath(os.environ.get("VERBATIM", "build/release/verbatim"))
SAMPLE = "assets/sample/casilli.mp3"
LATE = 34000  # s
TURNS = 5
SETTLING, PLAYED = 2, 8  # s, in real time
MPV = ["mpv", "--no-config", "--no-video", "--really-quiet", "--ao=null"]


def make_long(path):
    with open(SAMPLE, "rb") as sample:
        content = sample.read()
    told = subprocess.run([VERBATIM, "info", "--json", SAMPLE], capture_output=True, text=True,
                          check=True).stdout
    length = json.loads(told.splitlines()[0])["duration"]
    with open(path, "wb") as out:
        for _ in range(int(36000 / length) + 1):
            out.write(content)


def run(command):
    """Wall and CPU seconds, and the most memory in MB."""
    began = time.monotonic()
    child = subprocess.Popen(["timeout", "120", *command], stdin=subprocess.DEVNULL,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    wall = time.monotonic() - began
    if status != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def cpu_of(pid):
    """Seconds on a core so far, of all its threads."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as told:
            total += int(told.read().split()[0])
    return total / 1e9


def share_of_core(command):
    """Percent, once it plays."""
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    time.sleep(SETTLING)
    before, began = cpu_of(child.pid), time.monotonic()
    time.sleep(PLAYED)
    share = (cpu_of(child.pid) - before) / (time.monotonic() - began) * 100
    child.terminate()
    child.wait()
    return share


def ours(path, start, length):
    return [VERBATIM, "--terminal", "--silent", "--no-state", path, "--start", str(start),
            "--stop-at", str(start + length)]


def set_speed(speed):
    folder = os.path.join(os.environ["XDG_CONFIG_HOME"], "verbatim")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "settings"), "w", encoding="utf-8") as out:
        out.write(f"speed = {speed * 100}\n")


def report(name, value, unit, limit, peers):
    beside = "".join(f", {peer} {took:.3f} {unit} ({took / value:.1f} times)"
                     for peer, took in peers.items())
    over = "" if value <= limit else "  OVER THE LIMIT"
    print(f"{name:34} {value:9.3f} {unit:5} | limit {limit:g} {unit}{beside}{over}", flush=True)


def first_sound(path):
    """By turns, so that what else the machine does disturbs all alike."""
    commands = {
        "ours": ours(path, LATE, 0.02),
        "ffmpeg": ["ffmpeg", "-v", "quiet", "-ss", str(LATE), "-i", path, "-t", "0.02", "-f",
                   "null", "-"],
        "mpv": [*MPV, f"--start={LATE}", "--length=0.02", path],
        "mpg123": ["mpg123", "-q", "-k", str(int(LATE * 44100 / 1152)), "-n", "1", "-w",
                   "/dev/null", path],
    }
    took = {name: [] for name in commands if name == "ours" or shutil.which(name)}
    for name in sorted(set(commands) - set(took)):
        print(f"skipped: {name} is missing")
    for turn in range(TURNS):
        for name, times in took.items():
            if name != "mpg123" or turn == 0: # it decodes all the way
                times.append(run(commands[name])[:2])
    for i, what in enumerate(("process start to sound at 34000 s", "the same, time on a core")):
        report_start(what, {name: [t[i] for t in times] for name, times in took.items()})


def report_start(what, took):
    mine = took.pop("ours")
    ratios = {name: statistics.median(theirs / own for theirs, own in zip(times, mine))
              for name, times in took.items()}
    beside = "".join(f", {name} {statistics.median(took[name]):.3f} s ({ratio:.1f} times)"
                     for name, ratio in ratios.items())
    slow = any(ratios.get(name, times) < times for name, times in (("ffmpeg", 5), ("mpv", 7)))
    print(f"{what:34} {statistics.median(mine):9.3f} s     | limit: ffmpeg 5 times, mpv 7 times"
          f"{beside}{'  OVER THE LIMIT' if slow else ''}", flush=True)


def playing(path, speed, limit):
    set_speed(speed)
    peers = {}
    mine = share_of_core(ours(path, 60, 3600))
    if shutil.which("mpv"):
        peers["mpv"] = share_of_core([*MPV, "--start=60", f"--speed={speed}", path])
    report(f"program playing at {speed}x", mine, "%", limit, peers)


def memory(path):
    mine = run(ours(path, LATE, 1))[2]
    peers = {}
    if shutil.which("mpv"):
        peers["mpv"] = run([*MPV, f"--start={LATE}", "--length=1", path])[2]
    report("memory of the program, 10 h", mine, "MB", peers.get("mpv", 73), peers)


def main():
    if not os.path.exists(SAMPLE):
        print(f"play: skipped, {SAMPLE} is missing")
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(HOME=folder, XDG_CONFIG_HOME=folder, XDG_STATE_HOME=folder,
                          XDG_CACHE_HOME=folder, XDG_RUNTIME_DIR=folder)
        path = os.path.join(folder, "long.mp3")
        make_long(path)
        first_sound(path)
        playing(path, 1, 0.5)
        playing(path, 2, 1)
        memory(path)


main()
