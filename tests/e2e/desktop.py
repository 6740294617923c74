#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop sees of the window: media keys by MPRIS (driven by playerctl), files and times
dropped on it, the desktop's file dialog, a second program that hands its files over.  Runs under dbus-run-session, on an X
display of its own, with the silent clock for a sound card.

Prints "ok N - claim" or "not ok N - claim"."""
import os
import shutil
import subprocess
import sys
import time
import urllib.parse

from window_under_test import SAMPLE, VERBATIM, Window, claim, send, state, tell, until, wait_for, xdo

MPRIS = "org.mpris.MediaPlayer2"


def there(*tools):
    missing = [tool for tool in tools if not shutil.which(tool)]
    if missing:
        print("skipped: these claims need", ", ".join(missing))
    return not missing


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=30).stdout.strip()


# ---- MPRIS ----

def set_property(interface, name, value):
    return output("gdbus", "call", "--session", "-d", MPRIS + ".verbatim", "-o",
                  "/org/mpris/MediaPlayer2", "-m", "org.freedesktop.DBus.Properties.Set",
                  interface, name, value)


class Signals:
    """What the player tells on the bus, as dbus-monitor prints it."""

    def __init__(self, home):
        self.path = home + "/signals"
        self.file = open(self.path, "w", encoding="utf-8")
        self.process = subprocess.Popen(
            ["dbus-monitor", "--session", "type='signal',path='/org/mpris/MediaPlayer2'"],
            stdout=self.file, stderr=subprocess.DEVNULL)
        until("the monitor", lambda: "NameLost" in self.text())

    def text(self):
        with open(self.path, encoding="utf-8", errors="replace") as file:
            return file.read()

    def told(self, *words):
        return until(" ".join(words), lambda: all(word in self.text() for word in words)) is not None

    def end(self):
        self.process.terminate()
        self.file.close()


def media_keys_reach_it(home):
    if not there("playerctl", "gdbus", "dbus-monitor"):
        return
    claim("the player is on the session's bus",
          until("the name", lambda: "verbatim" in output("playerctl", "-l").split()) is not None)
    claim("MPRIS tells title, voices and length",
          "Casilli" in output("playerctl", "metadata", "title") and
          "Antonio Casilli" in output("playerctl", "metadata", "artist") and
          output("playerctl", "metadata", "mpris:length") == "985000000",
          output("playerctl", "metadata"))
    claim("a paused player says so", output("playerctl", "status") == "Paused")
    signals = Signals(home)
    output("playerctl", "position", "300")
    at = wait_for("5:00", lambda s: not s["seeking"] and abs(s["position"] - 300) < 0.1)
    claim("MPRIS sets the position", at is not None)
    claim("a jump is told by the signal Seeked", signals.told("member=Seeked", "int64 300000000"))
    output("playerctl", "play-pause")
    claim("MPRIS plays", wait_for("play", lambda s: s["playing"], 5) is not None)
    claim("that it plays is told", signals.told("PlaybackStatus", '"Playing"'))
    output("playerctl", "pause")
    claim("MPRIS pauses", wait_for("pause", lambda s: not s["playing"], 5) is not None)
    turn = state()["turn"]
    output("playerctl", "next")
    claim("the next track is the next turn",
          wait_for("next turn", lambda s: s["turn"] == turn + 1, 5) is not None)
    output("playerctl", "previous")
    claim("the previous track is the turn before",
          wait_for("turn before", lambda s: s["turn"] == turn, 5) is not None)
    send("seek", "5:00")
    wait_for("5:00", lambda s: not s["seeking"] and abs(s["position"] - 300) < 0.1)
    output("playerctl", "position", "10-")
    claim("MPRIS seeks by an amount",
          wait_for("back", lambda s: abs(s["position"] - 290) < 0.1, 5) is not None)
    set_property(MPRIS + ".Player", "Rate", "<1.5>")
    claim("MPRIS sets the speed", wait_for("speed", lambda s: s["speed"] == 1.5, 5) is not None)
    claim("the speed is told", signals.told('"Rate"', "double 1.5"))
    send("normal-speed")
    output("playerctl", "volume", "0.4")
    claim("MPRIS sets the volume", until("volume", lambda: output("playerctl", "volume").startswith("0.4")))
    output("playerctl", "volume", "1")
    signals.end()


def a_second_one_has_a_name_of_its_own():
    if not there("playerctl"):
        return
    second = subprocess.Popen([VERBATIM, "--silent", "--sample", "--pause"])
    name = "verbatim.instance%d" % second.pid
    claim("a second window has a name of its own on the bus",
          until(name, lambda: name in output("playerctl", "-l").split()) is not None)
    output("gdbus", "call", "--session", "-d", MPRIS + "." + name, "-o", "/org/mpris/MediaPlayer2",
           "-m", MPRIS + ".Quit")
    try:
        claim("MPRIS quits", second.wait(timeout=10) == 0)
    except subprocess.TimeoutExpired:
        second.kill()
        claim("MPRIS quits", False)


# ---- the hand of the desktop ----

def drop(shown, kind, data):
    done = subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "xdnd.py"), shown.id,
                           "300", "300", kind, data], capture_output=True, text=True, timeout=30)
    if done.returncode:
        print("     ", done.stderr.strip(), flush=True)
    return done.returncode == 0


def things_are_dropped(shown, home):
    folder = home + "/Émission n° 3 – l’été"
    os.makedirs(folder)
    for ending in ("mp3", "txt"):
        shutil.copy(SAMPLE + "/casilli." + ending, folder + "/Été à l’œuvre." + ending)
    path = folder + "/Été à l’œuvre.txt"
    claim("a file is dropped",
          drop(shown, "text/uri-list", "file://" + urllib.parse.quote(path) + "\r\n"))
    claim("a file with accents and spaces in its name is opened",
          wait_for("the file", lambda s: s["text"] == path) is not None, state()["text"])
    drop(shown, "text/plain", "12:34")
    claim("a time that is dropped is gone to",
          wait_for("12:34", lambda s: not s["seeking"] and abs(s["position"] - 754) < 0.1) is not None)
    drop(shown, "text/plain", "16’ 20")
    claim("also as the page writes it",
          wait_for("16’ 20", lambda s: not s["seeking"] and abs(s["position"] - 980) < 0.1) is not None)
    before = state()
    drop(shown, "text/uri-list", "file:///nowhere/at%20all.mp3\r\n")
    claim("a file that is not there changes nothing", state()["audio"] == before["audio"])


class Portal:
    """The desktop's file dialog, with a user who chooses what is told here."""

    def __init__(self, home):
        self.choice = home + "/choice"
        self.choose("")
        python = next((p for p in ("python3", "/usr/bin/python3") if subprocess.run(
            [p, "-c", "from gi.repository import Gio"], stderr=subprocess.DEVNULL).returncode == 0), None)
        self.process = python and subprocess.Popen(
            [python, os.path.join(os.path.dirname(__file__), "portal.py"), self.choice],
            stdout=subprocess.PIPE, text=True)
        if self.process:
            self.process.stdout.readline()

    def choose(self, path):
        with open(self.choice, "w", encoding="utf-8") as file:
            file.write(path)

    def end(self):
        self.process.terminate()
        self.process.wait()


def a_file_is_chosen(shown, home):
    portal = Portal(home)
    if not portal.process:
        print("skipped: the portal's dialog needs Python with gi")
        return
    path = home + "/Été – n° 4.txt"
    shutil.copy(SAMPLE + "/casilli.txt", path)
    portal.choose(path)
    shown.key("ctrl+o")
    claim("a file that is chosen in the desktop's dialog is opened",
          wait_for("the file", lambda s: s["text"] == path) is not None, state()["text"])
    portal.process.stdout.readline()
    portal.choose("")
    shown.key("ctrl+o")
    asked = portal.process.stdout.readline()
    claim("a dialog that is closed changes nothing", "Open" in asked and state()["text"] == path, asked)
    copy = home + "/ copy.txt"
    portal.choose(copy)
    shown.key("ctrl+shift+s")
    asked = portal.process.stdout.readline().split("\t")
    claim("Save as begins at the page's own name", asked[1] == "SaveFile" and asked[3] == path + "\n", asked)
    claim("… and saves under the one that is chosen, blanks and all",
          wait_for("the copy", lambda s: s["text"] == copy) is not None and os.path.exists(copy))
    portal.choose(path)
    send("compare")
    claim("the second text is chosen there, too",
          wait_for("the second text", lambda s: s["proofreading"]) is not None)
    send("proofread")
    portal.end()
    if shutil.which("zenity") or shutil.which("kdialog"):
        return
    other = home + "/other.txt"
    shutil.copy(SAMPLE + "/casilli.txt", other)
    shown.key("ctrl+o")

    def typed():  # the question comes once the bus has said that there is no portal
        shown.key("ctrl+a")
        xdo("type", other)
        shown.key("Return")
        return wait_for("the file", lambda s: s["text"] == other, 1)
    claim("without a portal the name of the file is typed", until("the file", typed))


def the_whole_screen_is_taken(shown):
    if not there("gdbus"):
        return
    full = lambda: "true" in output("gdbus", "call", "--session", "-d", MPRIS + ".verbatim", "-o",
                                    "/org/mpris/MediaPlayer2", "-m", "org.freedesktop.DBus.Properties.Get",
                                    MPRIS, "Fullscreen")
    shown.key("F11")
    claim("F11 asks for the whole screen", until("the whole screen", full) is not None)
    shown.key("F11")
    claim("F11 gives it back", until("the window", lambda: not full()) is not None)


def copies_reach_others(shown):
    if not there("xclip"):
        return
    send("seek", "16:21")
    wait_for("16:21", lambda s: not s["seeking"] and s["turn"] is not None)
    send("copy")
    claim("the turn that is heard is copied to another program", until(
        "the clipboard", lambda: "Donc toi," in output("xclip", "-o", "-selection", "clipboard")))
    send("copy-quote")
    claim("a quote goes with its source", until("the clipboard", lambda: all(
        part in output("xclip", "-o", "-selection", "clipboard")
        for part in ("Gérald Holubowicz", "16’ 20", "Casilli"))), output("xclip", "-o", "-selection", "clipboard"))


def a_second_one_hands_over(shown, home):
    talk = home + "/talk.mp3"
    shutil.copy(SAMPLE + "/casilli.mp3", talk)
    second = subprocess.run([VERBATIM, "--one-window", "--silent", "--pause", "--start", "2:00", "talk.mp3",
                             SAMPLE + "/casilli.txt"], cwd=home, capture_output=True, text=True, timeout=30)
    now = wait_for("the file", lambda s: s["audio"] == talk and abs(s["position"] - 120) < 0.1)
    claim("a second program hands its files to the window that is there, and is done",
          second.returncode == 0 and now is not None, (second, state()))
    second = subprocess.run([VERBATIM, "--one-window", "--silent", home + "/none.mp3"],
                            capture_output=True, text=True, timeout=30)
    claim("a file that is not there is told by the program that was given it",
          second.returncode == 1 and "none.mp3" in second.stderr, second)


def idle_is_idle(shown):
    send("pause")
    switches = lambda: sum(int(row.split()[1]) for task in os.listdir(tasks)
                           for row in open(tasks + "/" + task + "/status")
                           if row.startswith("voluntary"))
    tasks = "/proc/%d/task" % shown.process.pid

    def still():
        before = switches()
        time.sleep(1)
        return switches() - before <= 2
    claim("paused and still, nothing wakes up on a bus where nobody asks",
          until("stillness", still, 15) is not None)


def story(home):
    has_bus = "libsystemd" in output(VERBATIM, "--version")
    if not has_bus:
        print("skipped: this program was built without libsystemd")
    window = Window("--sample", "--pause")
    claim("the window opens", bool(window.ready and window.id))
    if not window.id:
        return
    if has_bus:
        media_keys_reach_it(home)
        a_second_one_has_a_name_of_its_own()
        idle_is_idle(window)
        xdo("windowfocus", "--sync", window.id)
        the_whole_screen_is_taken(window)
        a_file_is_chosen(window, home)
    things_are_dropped(window, home)
    copies_reach_others(window)
    a_second_one_hands_over(window, home)
    claim("Ctrl+Q quits, with code 0", window.end() == 0)


sys.exit(tell("the window on a desktop", ("xdotool",), story, has_bus=True))
