#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays in the real window through a PulseAudio server of its own, whose outputs come and go:
another default, an output taken away, the server gone and started anew, or started only after
the window.

Prints "ok N - claim" or "not ok N - claim"; skipped where the server is not installed."""
import os
import subprocess
import sys
import time

from window_under_test import VERBATIM, Window, claim, send, state, tell, until, wait_for


class Pulse:
    """A server whose only outputs are those that we make."""

    def __init__(self, home, *names):
        socket = home + "/native"
        os.environ["PULSE_SERVER"] = "unix:" + socket
        words = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no",
                 "--disable-shm=1", "-L",
                 "module-native-protocol-unix auth-anonymous=1 socket=" + socket]
        for name in names:
            words += ["-L", "module-null-sink sink_name=%s sink_properties=device.description=%s" %
                      (name, name)]
        self.log = open(home + "/pulse.log", "a", encoding="utf-8")
        self.process = subprocess.Popen(words, stdout=self.log, stderr=self.log)
        self.ready = False
        for _ in range(100):
            if self.process.poll() is not None:
                break
            if self.tell("info") is not None:
                self.ready = True
                break
            time.sleep(0.1)

    def tell(self, *words):
        done = subprocess.run(["pactl", *words], capture_output=True, text=True, timeout=20)
        return done.stdout.strip() if done.returncode == 0 else None

    def add(self, name):
        return self.tell("load-module", "module-null-sink", "sink_name=" + name,
                         "sink_properties=device.description=" + name)

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()


def brief(now):
    return now and {key: now[key] for key in ("position", "playing", "output", "delay")}


def goes_on(position):
    return lambda s: s["playing"] and s["position"] > position + 0.5


def stays(holds):
    """However often one looks."""
    return all(holds(state()) for _ in range(12))


def late_story(home):
    """Neither a server nor an output is there when the window opens."""
    window = Window("--sample", silent=False)
    alone = wait_for("silence", lambda s: s["playing"] and s["position"] > 0.2)
    claim("without any sound server the recording runs in silence", alone is not None)
    pulse = Pulse(home, "late")
    found = wait_for("the output", lambda s: s["output"] == "late")
    claim("an output that comes later is found, and the sound is there by then", found is not None
          and alone is not None and found["playing"] and found["position"] > alone["position"],
          (brief(alone), brief(found)))
    claim("… and goes on with it",
          wait_for("sound", goes_on(found["position"] if found else 0)) is not None)
    claim("and the program ends well", window.quit() == 0)
    pulse.end()


def come_and_go(home):
    pulse = Pulse(home, "one")
    if not pulse.ready:
        print("skipped: the sound server does not start here")
        return
    window = Window("--sample", silent=False)
    first = wait_for("the sound", lambda s: s["playing"] and s["position"] > 0.2 and s["output"] == "one")
    claim("the sound plays, and the output has its name", first is not None)
    send("delay", "150")
    claim("a delay is that of this output", wait_for("the delay", lambda s: s["delay"] == 0.15) is not None)

    module = pulse.add("two")
    pulse.tell("set-default-sink", "two")
    now = wait_for("two", lambda s: s["playing"] and s["output"] == "two" and s["delay"] == 0)
    claim("another default output has a delay of its own, and the sound goes on", now is not None)
    pulse.tell("unload-module", module or "")
    now = wait_for("one again",
                   lambda s: s["playing"] and s["output"] == "one" and s["delay"] == 0.15)
    claim("one of two outputs taken away: the sound goes on with the other", now is not None)

    pulse.end()
    lost = wait_for("a pause", lambda s: not s["playing"])
    claim("without any output the sound pauses", lost is not None)
    claim("… and stays where it is", lost is not None and
          stays(lambda s: abs(s["position"] - lost["position"]) < 0.01), brief(lost))
    pulse = Pulse(home, "three")
    now = wait_for("sound again", goes_on(lost["position"] - 1 if lost else 0))
    claim("an output that comes lets the sound go on from there", now is not None and
          now["output"] == "three", brief(now))

    send("pause")
    wait_for("a pause", lambda s: not s["playing"])
    pulse.end()
    pulse = Pulse(home, "four")
    claim("what was paused when its output went stays paused", stays(lambda s: not s["playing"]))
    send("play")
    claim("… and plays on the new one when asked to",
          wait_for("four", lambda s: s["playing"] and s["output"] == "four") is not None)
    send("pause")
    claim("a long pause lets go of the output, which may sleep then",
          until("nobody on it", lambda: pulse.tell("list", "short", "sink-inputs") == ""))
    pulse.end()
    pulse = Pulse(home, "five")
    send("play")
    now = wait_for("five", lambda s: s["playing"] and s["output"] == "five")
    claim("what rested plays on another that is there by then", now is not None and
          wait_for("sound", goes_on(now["position"])) is not None, brief(state()))
    claim("and the program ends well", window.quit() == 0)
    with open(home + "/config/verbatim/outputs", encoding="utf-8") as kept:
        claim("the delay is kept by the output's name", "150 = one" in kept.read())
    pulse.end()


def terminal_story(home):
    """There is no window that is told of events."""
    pulse = Pulse(home, "desk")
    terminal = subprocess.Popen([VERBATIM, "--terminal", "--sample"], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    first = wait_for("the sound", lambda s: s["playing"] and s["output"] == "desk" and s["position"] > 0.2)
    claim("in the terminal the sound plays, and the output has its name", first is not None)
    pulse.end()
    lost = wait_for("a pause", lambda s: not s["playing"])
    claim("… pauses without any", lost is not None)
    pulse = Pulse(home, "shelf")
    now = wait_for("sound again", lambda s: s["playing"] and s["output"] == "shelf")
    claim("… and goes on with one that comes", now is not None)
    send("quit")
    told = terminal.communicate(timeout=30)[0]
    claim("… and says so", "was taken away" in told and "the sound goes on" in told, told[-300:])
    pulse.end()


def story(home):
    os.chmod(home, 0o700)
    os.environ["SDL_AUDIODRIVER"] = "pulseaudio"
    leaks = home + "/leaks"  # libpulse keeps some of its own when a server goes away
    os.environ["LSAN_OPTIONS"] = "suppressions=" + leaks
    with open(leaks, "w", encoding="utf-8") as file:
        file.write("leak:libpulse\n")
    come_and_go(home)
    late_story(home)
    terminal_story(home)


sys.exit(tell("what becomes of outputs that come and go", ("pulseaudio", "pactl"), story, settings=""))
