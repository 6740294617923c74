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
PLAYED = 8    # s, in real time
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


def ours(path, start, length, *more):
    return [VERBATIM, "--terminal", "--silent", path, "--start", str(start), "--stop-at",
            str(start + length), *more]


def report(name, value, unit, limit, peers):
    beside = "".join(f", {peer} {took:.3f} {unit} ({took / value:.1f} times)"
                     for peer, took in peers.items())
    over = "" if value <= limit else "  OVER THE LIMIT"
    print(f"{name:34} {value:9.3f} {unit:5} | limit {limit:g} {unit}{beside}{over}", flush=True)


def first_sound(path):
    commands = {
        "ours": ours(path, LATE, 0.02),
        "ffmpeg": ["ffmpeg", "-v", "quiet", "-ss", str(LATE), "-i", path, "-t", "0.02", "-f",
                   "null", "-"],
        "mpv": [*MPV, f"--start={LATE}", "--length=0.02", path],
        "mpg123": ["mpg123", "-q", "-k", str(int(LATE * 44100 / 1152)), "-n", "1", "-w",
                   "/dev/null", path],
    }
    took = {}
    for name, command in commands.items():
        if name == "ours" or shutil.which(name):
            took[name] = statistics.median(run(command)[0] for _ in range(3))
        else:
            print(f"skipped: {name} is missing")
    mine = took.pop("ours")
    limit = min([took[name] / times for name, times in (("ffmpeg", 5), ("mpv", 7))
                 if name in took] or [0.5])
    report("process start to sound at 34000 s", mine, "s", round(limit, 3), took)


def playing(path, speed, limit):
    def share(command):
        idle = run(command(0.02))[1]
        return max(run(command(PLAYED * speed))[1] - idle, 0.0001) / PLAYED * 100

    mine = share(lambda length: ours(path, 60, length, "--speed", str(speed)))
    peers = {}
    if shutil.which("mpv"):
        peers["mpv"] = share(lambda length: [*MPV, "--start=60", f"--length={length}",
                                             f"--speed={speed}", path])
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
