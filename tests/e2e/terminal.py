#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays the sample without a window: into a pipe, and in a terminal that is emulated here, keys
and all.  The sound runs on the silent clock, so that no card is needed.

Prints "ok N - claim" or "not ok N - claim", then the counts."""
import fcntl
import json
import os
import pty
import re
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
VERBATIM = os.path.abspath(os.environ.get("VERBATIM", "build/release/verbatim"))
PAGE = os.path.abspath("assets/sample/casilli.txt")
SOUND = os.path.abspath("assets/sample/casilli.mp3")
# Each start is the first one: what is remembered has a test of its own (memory.py).
PLAY = [VERBATIM, "--terminal", "--silent", "--no-state", "--sample"]
counter = [0, 0]


def claim(text, holds, detail=""):
    counter[0] += 1
    counter[1] += not holds
    print("ok" if holds else "not ok", counter[0], "-", text, flush=True)
    if not holds and detail != "":
        print("    ", repr(detail)[:1500], flush=True)


def prepare(work):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR", "VERBATIM_DATA"):
        os.environ.pop(name, None)
    os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="", TERM="xterm-256color")
    for variable, name in {"HOME": "home", "XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state",
                           "XDG_CACHE_HOME": "cache", "XDG_RUNTIME_DIR": "run"}.items():
        os.environ[variable] = os.path.join(work, name)
        os.mkdir(os.environ[variable], 0o700)
    # Times are the estimated ones throughout: listening has tests of its own (memory.py).
    os.mkdir(os.path.join(work, "config", "verbatim"))
    with open(os.path.join(work, "config", "verbatim", "settings"), "w") as settings:
        settings.write("align = off\n")


def send(*order):
    return subprocess.run([VERBATIM, "--send", *order], capture_output=True, text=True, timeout=30)


def state():
    answer = send("state")
    return json.loads(answer.stdout) if answer.returncode == 0 else None


def wait_until(holds, seconds=15):
    """What `holds` gave once it was true; None when it never was."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        answer = holds()
        if answer:
            return answer
        time.sleep(0.05)
    return None


# --- into a pipe ---------------------------------------------------------------------------------


def pipe(*options, command=PLAY, seconds=60):
    began = time.monotonic()
    done = subprocess.run([*command, *options], capture_output=True, text=True, timeout=seconds,
                          stdin=subprocess.DEVNULL)
    done.took = time.monotonic() - began
    return done


def when_lines_come(*options):
    """Each line with the seconds after the start at which it could be read."""
    began = time.monotonic()
    with subprocess.Popen([*PLAY, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True) as player:
        return [(time.monotonic() - began, line.rstrip("\n")) for line in player.stdout]


def test_pipe():
    done = pipe("--start", "9:00", "--stop-at", "9:03")
    lines = done.stdout.split("\n")
    claim("--stop-at ends it, with exit code 0", done.returncode == 0, done)
    claim("it takes as long as the passage", 2.8 < done.took < 8, done.took)
    claim("the turn's speaker comes first, with an estimated time",
          re.fullmatch(r"\[≈8:\d\d\] Antonio Casilli", lines[1]) is not None, lines)
    claim("the paragraph being heard follows", lines[2].startswith("Ces personnes existent,"), lines)
    claim("no escape code goes into a pipe", "\033" not in done.stdout and "\r" not in done.stdout)
    claim("that page and recording differ in length is said once",
          done.stderr.count("1:02:16") == 1 and done.stderr.count("\n") == 1, done.stderr)

    lines = when_lines_come("--start", "16:17")
    marked = [at for at, line in lines if line == "[16:20] Gérald Holubowicz"]
    claim("a stated time stands without ≈, when it is reached",
          len(marked) == 1 and 2.5 < marked[0] < 6, lines)
    claim("the last words come last, and the sound's end ends it",
          lines[-1][1] == "Donc toi," and lines[-1][0] >= marked[0], lines)

    text = pipe("--stop-at", "0:01").stdout
    claim("it begins with the first turn", text.startswith("\n[≈0:0") and "Bienvenue." in text, text)


def test_pairs(work):
    alone = os.path.join(work, "alone.mp3")
    shutil.copy(SOUND, alone)
    done = pipe(alone, "--stop-at", "0:01", command=PLAY[:3])
    claim("sound without text plays", done.returncode == 0 and done.stdout == "", done)
    page = os.path.join(work, "page.txt")
    shutil.copy(PAGE, page)
    done = pipe(page, command=PLAY[:3])
    claim("text without sound is read out whole, at once",
          done.returncode == 0 and done.took < 5 and done.stdout.count("\n[") == 5 and
          done.stdout.endswith("Donc toi,\n"), done.stdout)


def test_ends(work):
    player = subprocess.Popen([*PLAY, "--start", "16:18"], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
    player.stdout.readline()
    player.stdout.close()
    claim("it ends when nobody reads any more", wait_until(lambda: player.poll() is not None, 60))
    player.wait()

    player = subprocess.Popen([*PLAY, "--start", "1:00"], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    wait_until(state)
    player.terminate()
    claim("a signal ends it, and the shell can tell", player.wait(10) == -signal.SIGTERM)
    claim("then nobody answers", send("state").returncode == 1)
    full = open("/dev/full", "w") if os.path.exists("/dev/full") else None
    if full:
        done = subprocess.run([*PLAY, "--stop-at", "0:05"], stdout=full, stderr=subprocess.PIPE,
                              text=True, timeout=30)
        claim("a full disk ends it with a sentence",
              done.returncode == 1 and "can't be written" in done.stderr, done)


# --- in a terminal -------------------------------------------------------------------------------

ESCAPES = re.compile(r"\033\[(\??\d*)([A-Za-z])")


class Screen:
    """A terminal, as far as the player uses one."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.lines, self.row, self.column = [""], 0, 0  # all that was ever printed
        self.hidden = False
        self.unknown = []

    def obey(self, number, letter):
        if letter == "A":
            self.row = max(0, self.row - int(number or 1))
        elif letter == "J":
            del self.lines[self.row + 1:]
            self.lines[self.row] = self.lines[self.row][:self.column]
        elif number == "?25":
            self.hidden = letter == "l"
        elif letter != "m":
            self.unknown.append(number + letter)

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.row, self.column = self.row + 1, 0
            if self.row == len(self.lines):
                self.lines.append("")
        else:
            line = self.lines[self.row].ljust(self.column)
            self.lines[self.row] = line[:self.column] + character + line[self.column + 1:]
            self.column += 1

    def feed(self, text):
        at = 0
        while at < len(text):
            escape = ESCAPES.match(text, at)
            if escape:
                self.obey(*escape.groups())
                at = escape.end()
            else:
                self.put(text[at])
                at += 1


class Player:
    """The program in a terminal of its own."""

    def __init__(self, *options, columns=70, rows=24, environment=None):
        self.screen = Screen(columns, rows)
        self.raw, self.left = "", b""
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            os.environ.update(environment or {})
            os.execv(VERBATIM, [*PLAY, *options])
        self.resize(columns, rows)
        self.before = termios.tcgetattr(self.terminal)
        self.code = None

    def resize(self, columns, rows):
        self.screen.columns, self.screen.rows = columns, rows
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, seconds=0.05):
        end = time.monotonic() + seconds
        while select.select([self.terminal], [], [], max(0, end - time.monotonic()))[0]:
            try:
                got = os.read(self.terminal, 65536)
            except OSError:
                return
            if not got:
                return
            text = (self.left + got).decode("utf-8", "ignore")
            self.left = (self.left + got)[len(text.encode()):]
            self.raw += text
            self.screen.feed(text)

    def keys(self, text):
        os.write(self.terminal, text.encode())

    def sees(self, pattern, seconds=15):
        """A line of the screen that matches, once there is one."""
        def look():
            self.read()
            return [line for line in self.screen.lines if re.search(pattern, line)]
        return wait_until(look, seconds)

    def status(self):
        self.read()
        return self.screen.lines[-1]

    def marked(self):
        self.read()
        return [line for line in self.screen.lines if line.startswith("▸ ")]

    def end(self, seconds=15):
        """Its exit code; negative: the signal it died of."""
        def ended():
            self.read()
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = os.waitstatus_to_exitcode(status)
            return pid
        if not wait_until(ended, seconds):
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.read()
        return self.code

    def restored(self):
        return not self.screen.hidden and termios.tcgetattr(self.terminal)[3] == self.before[3]

    def close(self):
        os.close(self.terminal)


def test_screen():
    player = Player("--start", "9:00")
    claim("a status line tells position, length, state and speaker",
          player.sees(r"^ 9:0\d / 16:25  playing  Antonio Casilli   q: quit   \?: keys"), player.raw)
    claim("the turn's header stands above", player.sees(r"^\[≈8:\d\d\] Antonio Casilli$"))
    claim("one line is marked", len(player.marked()) == 1, player.screen.lines)
    claim("keys are not echoed, the cursor is hidden",
          player.screen.hidden and not termios.tcgetattr(player.terminal)[3] & termios.ECHO)

    player.keys(" ")
    claim("Space pauses", player.sees(r"  paused  "), player.status())
    before = state()
    time.sleep(1)
    claim("and the sound stands still",
          before and not before["playing"] and state()["position"] == before["position"], before)
    switches = waking(player.pid)
    time.sleep(2)
    claim("paused and still, it never wakes", waking(player.pid) == switches)

    player.keys("\033[C")
    after = wait_until(lambda: moved(before))
    claim("→ goes on by five seconds", near(after, before["position"] + 5), after)
    player.keys("\033[1;5D")
    last = wait_until(lambda: moved(after))
    claim("Ctrl+← goes back by one", near(last, before["position"] + 4), last)
    player.keys("j")
    claim("J goes to the next turn", player.sees(r"^\[≈11:\d\d\] Gérald Holubowicz$"))
    claim("the mark goes along", wait_until(
        lambda: [line[2:13] for line in player.marked()] == ["Tu travaill"]), player.marked())
    player.keys("\x7f")
    claim("Backspace goes back to before the jump",
          wait_until(lambda: near(state(), last["position"])), state())
    player.keys("?")
    claim("? lists the keys", player.sees(r"play or pause") and player.sees(r"to the next turn"))

    player.resize(44, 12)
    claim("the text fits a narrower screen", wait_until(
        lambda: len(player.marked()) == 1 and len(live_part(player)) > 2 and
        all(len(line) < 44 for line in live_part(player))), live_part(player))
    claim("the status line is cut, and says so", player.status().rstrip().endswith("…"))
    player.resize(70, 24)

    test_orders(player)
    player.keys("q")
    claim("q quits with exit code 0", player.end() == 0, player.code)
    claim("and leaves the terminal as it was", player.restored())
    claim("no mark and no status line stay behind",
          "▸" not in "".join(player.screen.lines) and " / 16:25" not in "".join(player.screen.lines),
          player.screen.lines[-5:])
    claim("what was heard stays", "Donc toi," in "".join(player.screen.lines))
    claim("no other escape codes were used", player.screen.unknown == [] and
          not re.search(r"\033[^\[]", player.raw), player.screen.unknown)
    player.close()


def waking(pid):
    """How often the main thread waited for something."""
    with open(f"/proc/{pid}/task/{pid}/status", encoding="utf-8") as about:
        return re.search(r"^voluntary_ctxt_switches:\s*(\d+)", about.read(), re.M)[1]


def moved(before):
    now = state()
    return now if now and not now["seeking"] and now["position"] != before["position"] else None


def near(now, position, within=0.1):
    return now is not None and abs(now["position"] - position) <= within


def live_part(player):
    """The paragraph being heard and the status line."""
    lines = player.screen.lines
    first = len(lines) - 1
    while first > 0 and lines[first - 1].startswith(("  ", "▸ ")):
        first -= 1
    return lines[first:]


def test_orders(player):
    claim("--send seek goes there, silently",
          send("seek", "16’19").stdout == "" and wait_until(lambda: near(state(), 979)), state())
    claim("--send next-turn goes to the turn of the marker",
          send("next-turn").returncode == 0 and wait_until(lambda: near(state(), 980)), state())
    now = state()
    claim("--send state tells the turn, its speaker and how the time is known",
          (now["turn"], now["speaker"], now["origin"]) == (5, "Gérald Holubowicz", "inherited"), now)
    claim("it tells what is open, and no rectangles",
          now["audio"].endswith("casilli.mp3") and now["text"].endswith("casilli.txt") and
          "words" not in now, now)
    claim("the header of that turn is printed", player.sees(r"^\[16:20\] Gérald Holubowicz$"))
    send("seek", "-60")
    claim("--send seek -60 goes back from there",
          wait_until(lambda: near(state(), 920)), state())
    refused = send("seek", "nonsense")
    claim("a time that is none is refused with a sentence",
          refused.returncode == 1 and refused.stderr.startswith("verbatim: ") and
          "nonsense" in refused.stderr, refused)
    claim("--send play plays", send("play").returncode == 0 and
          wait_until(lambda: state()["playing"]) and player.sees(r"  playing  "))
    send("seek", "16:21")


def test_signals():
    player = Player("--start", "2:00")
    player.sees(r"playing")
    player.keys("\x1a")
    stopped = wait_until(lambda: os.waitpid(player.pid, os.WNOHANG | os.WUNTRACED)[1])
    player.read()
    claim("Ctrl+Z suspends it and gives the terminal back",
          stopped is not None and os.WIFSTOPPED(stopped) and player.restored())
    os.kill(player.pid, signal.SIGCONT)
    claim("then it goes on, playing", player.sees(r"^ 2:\d\d / 16:25  playing") and
          player.screen.hidden, player.screen.lines[-3:])
    player.keys("\x03")
    claim("Ctrl+C ends it as a signal does", player.end() == -signal.SIGINT, player.code)
    claim("and leaves the terminal as it was, too", player.restored())
    player.close()

    player = Player("--pause", "--start", "16:23.5")
    claim("sound beyond the text is called not transcribed", player.sees(r"  paused  not transcribed"))
    send("quit")
    player.end()
    player.close()

    player = Player("--pause")
    claim("--pause opens without playing", player.sees(r"^ 0:00 / 16:25  paused"), player.raw)
    send("quit")
    claim("--send quit ends it with exit code 0", player.end() == 0, player.code)
    player.close()


def test_two():
    first = Player("--pause", "--start", "1:00")
    first.sees(r"^ 1:00 ")
    wait_until(state)
    second = Player("--pause", "--start", "2:00")
    claim("of two, the newer one is reached", wait_until(lambda: near(state(), 120)), state())
    first.keys("\033[C")
    claim("until a key is pressed in the other", wait_until(lambda: near(state(), 65)), state())
    for player in first, second:
        player.keys("q")
        player.end()
        player.close()


def test_kinds(work):
    player = Player("--start", "2:00", "--stop-at", "2:01", environment={"NO_COLOR": "1"})
    claim("--stop-at ends it in a terminal, too", player.end() == 0)
    claim("NO_COLOR is honoured", "\033[1m" in player.raw and not re.search(r"\033\[3\dm", player.raw))
    player.close()
    player = Player("--start", "2:00", "--stop-at", "2:01", environment={"TERM": "dumb"})
    claim("a terminal that can't be drawn on gets plain text",
          player.end() == 0 and "\033" not in player.raw and "Gérald Holubowicz" in player.raw)
    player.close()

    evil = os.path.join(work, "evil.txt")
    with open(PAGE, encoding="utf-8") as page, open(evil, "w", encoding="utf-8") as copy:
        copy.write(page.read().replace("Bienvenue", "Bien\033[2J\033]0;x\007\x9b5nvenue"))
    PLAY[3:] = [evil, SOUND]
    player = Player("--stop-at", "0:01")
    claim("escape codes in a page do not reach the terminal",
          player.end() == 0 and "\033[2J" not in player.raw and "\033]" not in player.raw and
          "\x9b" not in player.raw and "nvenue" in player.raw, player.raw)
    player.close()


def main():
    with tempfile.TemporaryDirectory() as work:
        prepare(work)
        test_pipe()
        test_pairs(work)
        test_ends(work)
        test_screen()
        test_signals()
        test_two()
        test_kinds(work)
    print(f"{counter[0] - counter[1]} passed, {counter[1]} failed")
    return counter[1] > 0


sys.exit(main())
