# SPDX-License-Identifier: GPL-3.0-or-later
"""The window under test: a display and a home of its own, the program in it, keys and clicks as a
user gives them, and what the program tells of itself.

    tell("searching", ("xdotool", "xclip"), story)    runs story(home), and is the exit code
"""
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time

VERBATIM = os.path.abspath(os.environ.get("VERBATIM", "build/release/verbatim"))
SAMPLE = os.path.abspath("assets/sample")
SHOWN = ("position", "playing", "output", "delay", "unsaved", "proofreading")
counter = [0, 0]


def claim(text, holds, detail=""):
    counter[0] += 1
    counter[1] += not holds
    print(("ok" if holds else "not ok"), counter[0], "-", text, flush=True)
    if not holds and detail != "":
        print("    ", detail, flush=True)


# ---- the program ----

def run(*words, folder=None):
    return subprocess.run([VERBATIM, *words], capture_output=True, text=True, timeout=60, cwd=folder)


def send(*order):
    """As a user would; None: it was refused."""
    done = run("--send", *order)
    return done.stdout if done.returncode == 0 else None


def sockets():
    folder = os.environ["XDG_RUNTIME_DIR"] + "/verbatim"
    paths = [folder + "/" + name for name in os.listdir(folder)] if os.path.isdir(folder) else []
    return sorted(paths, key=lambda path: -os.stat(path).st_mtime_ns)


def state(window=None):
    """Of this window, or the youngest.  Straight from its socket: it is asked for hundreds of
    times."""
    for path in sockets():
        if window and not path.endswith("/%d.sock" % window.process.pid):
            continue
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(30)
                line.connect(path)
                line.sendall(b"state\n")
                answer = b"".join(iter(lambda: line.recv(65536), b""))
        except OSError:
            continue
        return json.loads(answer[1:]) if answer[:1] == b"+" else None
    return None


def until(what, holds, seconds=10):
    """What `holds` returns once that is true; None when it never was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        got = holds()
        if got:
            return got
        time.sleep(0.05)
    print("     waited in vain for:", what, flush=True)
    return None


def wait_for(what, holds, seconds=30, window=None):
    """The state once `holds` says yes; None when it never did."""
    last = [None]

    def look():
        last[0] = state(window)
        return last[0] if last[0] and holds(last[0]) else None
    found = until(what, look, seconds)
    if not found and last[0]:
        print("     ", {key: last[0].get(key) for key in SHOWN}, flush=True)
    return found


def drafts():
    """What is kept of unsaved corrections: the texts."""
    folder = os.environ["XDG_STATE_HOME"] + "/verbatim/drafts"
    texts = []
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        try:
            with open(folder + "/" + name, encoding="utf-8") as file:
                texts += [file.read()] if not name.startswith(".") else []  # being written
        except FileNotFoundError:
            pass
    return texts


def wait_for_draft(text):
    return until("the draft of " + text, lambda: any(text in draft for draft in drafts()), 5)


# ---- its window ----

def xdo(*words):
    subprocess.run(["xdotool", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


class Window:
    """`silent`: on the silent clock, so that no card is needed; nobody hears that."""

    def __init__(self, *arguments, silent=True):
        self.process = subprocess.Popen([VERBATIM, *(["--silent"] if silent else []), *arguments])
        self.ready = wait_for("the window", lambda s: s.get("words"), window=self)
        self.id = None
        if self.ready and shutil.which("xdotool"):
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                                   capture_output=True, text=True).stdout.split()
            self.id = found[-1] if found else None
        if self.id:
            xdo("windowmove", self.id, 0, 0)
            xdo("windowfocus", "--sync", self.id)

    def focus(self):
        xdo("windowraise", self.id, "windowfocus", "--sync", self.id)

    def click(self, x, y, button=1):
        xdo("mousemove", "--window", self.id, int(x), int(y), "click", button)

    def click_word(self, word):
        self.click(word["x"] + word["w"] / 2, word["y"] + word["h"] / 2)

    def key(self, *names):
        for name in names:
            xdo("key", "--window", "0", name)

    def resize(self, width, height):
        xdo("windowsize", "--sync", self.id, width, height)
        time.sleep(0.3)

    def kill(self):
        """As a crash would end it."""
        self.process.kill()
        self.process.wait()

    def ends(self, seconds=30):
        """Its exit code; None: it did not end by itself."""
        try:
            return self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return None

    def end(self):
        self.key("ctrl+q")
        return self.ends()

    def quit(self):
        send("quit")
        return self.ends()


def inside(words, width, height):
    return [w for w in words if w["x"] >= 0 and w["x"] + w["w"] <= width and
            w["y"] > 70 and w["y"] + w["h"] < height - 150]


def at_rest():
    """The state once the text has stopped scrolling, at three looks: a click must find what was
    told, and a machine at work draws few frames."""
    places, same = None, 0
    for _ in range(60):
        now = state()
        before, places = places, [(w["word"], w["y"]) for w in now["words"]]
        same = same + 1 if places == before else 0
        if same == 2:
            break
        time.sleep(0.1)
    return now


# ---- where it runs ----

def start_display():
    """An X server on a display number that it chooses itself."""
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1000x24",
                               "-nolisten", "tcp"], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    os.environ["DISPLAY"] = ":" + os.read(read, 16).decode().strip()
    return server


def move_in(home, settings, has_bus):
    """Nothing of the user's is read or written."""
    os.environ.update(HOME=home, XDG_CONFIG_HOME=home + "/config", XDG_STATE_HOME=home + "/state",
                      XDG_CACHE_HOME=home + "/cache", XDG_RUNTIME_DIR=home, LC_ALL="C.UTF-8",
                      # SDL 2.26 measures what an input method composed by a byte too many
                      ASAN_OPTIONS="intercept_strlen=0")
    os.environ.pop("WAYLAND_DISPLAY", None)
    if not has_bus:
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
    os.makedirs(home + "/config/verbatim")
    with open(home + "/config/verbatim/settings", "w", encoding="utf-8") as file:
        file.write(settings)


def tell(title, tools, story, settings="align = off\n", has_bus=False):
    """`settings`: without alignment, for times that change meanwhile are memory.py's affair."""
    missing = [tool for tool in ("Xvfb", *tools) if not shutil.which(tool)]
    if missing:
        print("skipped: %s is tested with %s" % (title, ", ".join(missing)))
        return 0
    home = tempfile.mkdtemp()
    move_in(home, settings, has_bus)
    server = start_display()
    try:
        story(home)
    finally:
        server.terminate()
        shutil.rmtree(home, ignore_errors=True)
    print("%d passed, %d failed" % (counter[0] - counter[1], counter[1]))
    return 1 if counter[1] else 0
