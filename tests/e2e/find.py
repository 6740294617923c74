#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searches, selects and quotes in the running window with a real keyboard and pointer, and reads
the clipboard as another program does."""
import subprocess
import sys
import time

from window_under_test import Window, at_rest, claim, inside, send, state, tell, wait_for, xdo


def clipboard(selection="clipboard"):
    """What another program gets; empty when there is nothing."""
    try:
        return subprocess.run(["xclip", "-out", "-selection", selection], capture_output=True,
                              timeout=10).stdout.decode()
    except subprocess.TimeoutExpired:
        return ""


def type_text(text):
    xdo("type", "--delay", "30", text)
    time.sleep(0.4)


def searching(**wanted):
    return lambda s: all(s["search"][key] == value for key, value in wanted.items())


def typing_searches(window):
    window.key("ctrl+f")
    type_text("travail")
    found = wait_for("travail", searching(query="travail"), 5)
    claim("what is typed into the search is searched for", found and found["search"]["matches"] > 20,
          found and found["search"])
    first = found["search"]["match"]
    window.key("Return")
    claim("Enter goes to the next match",
          wait_for("next", searching(match=first % found["search"]["matches"] + 1), 5) is not None)
    window.key("shift+Return")
    claim("Shift+Enter goes back", wait_for("back", searching(match=first), 5) is not None)
    window.key("ctrl+a")
    type_text("ecole")
    claim("letters without accents find letters with them",
          wait_for("école", lambda s: s["search"]["query"] == "ecole", 5) is not None)
    window.key("Escape")
    claim("Escape ends the search", wait_for("end", searching(matches=0), 5) is not None)


def a_french_keyboard_types(window):
    if subprocess.run(["setxkbmap", "fr", "oss"], capture_output=True).returncode:
        print("     skipped: setxkbmap can't set a French keyboard here")
        return
    time.sleep(0.5)
    window.key("ctrl+f")
    for _ in range(3):  # xdotool loses a key now and then while the machine is busy
        window.key("ctrl+a")
        type_text("«œ·é»")
        typed = wait_for("«œ·é»", searching(query="«œ·é»"), 3)
        if typed:
            break
    claim("a French keyboard types «œ·é»", typed is not None, state()["search"])
    window.key("ctrl+a")
    window.key("dead_circumflex", "e")
    claim("a dead key and a letter are one letter",
          wait_for("ê", searching(query="ê"), 5) is not None, state()["search"])
    window.key("Escape")
    zoom = at_rest()["words"][0]["h"]
    window.key("ctrl+plus")
    time.sleep(0.4)
    larger = at_rest()["words"][0]["h"]
    window.key("ctrl+agrave")
    time.sleep(0.4)
    claim("on AZERTY Ctrl+à gives the text its own size", larger > zoom == at_rest()["words"][0]["h"],
          (zoom, larger))
    window.key("a")
    time.sleep(0.2)
    claim("no field has the focus any more: letters are keys", state()["search"]["query"] == "ê")
    subprocess.run(["setxkbmap", "us"], check=True)
    time.sleep(0.3)


def going_to_a_time(window):
    send("pause")
    window.key("ctrl+g")
    type_text("1'30")
    window.key("Return")
    claim("Ctrl+G goes to 1'30", wait_for("1'30", lambda s: abs(s["position"] - 90) < 0.3, 5))
    window.key("ctrl+g")
    type_text("+30")
    window.key("Return")
    claim("and +30 from there", wait_for("+30", lambda s: abs(s["position"] - 120) < 0.3, 5))
    window.key("ctrl+g")
    type_text("soon")
    window.key("Return", "Escape")
    claim("what is no time goes nowhere", abs(state()["position"] - 120) < 0.3)
    window.key("ctrl+t")
    time.sleep(0.3)
    claim("Ctrl+T copies the time as the page writes it", clipboard() == "2’ 00", clipboard())


def drag(window, a, b):
    xdo("mousemove", "--window", window.id, int(a["x"] + 3), int(a["y"] + a["h"] / 2))
    xdo("mousedown", 1)
    xdo("mousemove", "--window", window.id, int((a["x"] + b["x"]) / 2), int((a["y"] + b["y"]) / 2 + 8))
    xdo("mousemove", "--window", window.id, int(b["x"] + b["w"] - 3), int(b["y"] + b["h"] / 2))
    xdo("mouseup", 1)
    time.sleep(0.4)


def selecting_by_hand(window):
    send("pause")
    send("seek", "5:00")
    wait_for("5:00", lambda s: not s["seeking"])
    words = inside(at_rest()["words"], 1200, 800)
    a, b = words[20], words[32]
    before = state()["position"]
    drag(window, a, b)
    claim("dragging selects from word to word", state()["selection"] == [a["word"], b["word"]],
          (state()["selection"], a["word"], b["word"]))
    claim("dragging does not move the voice", state()["position"] == before)
    window.key("ctrl+c")
    time.sleep(0.3)
    text = " ".join(w["text"] for w in words[20:33])
    claim("Ctrl+C copies the words to another program", clipboard().replace("\n", " ") == text,
          (clipboard(), text))
    claim("the middle button has them, too", clipboard("primary").replace("\n", " ") == text)
    window.key("ctrl+shift+c")
    time.sleep(0.3)
    claim("Ctrl+Shift+C copies a quote with speaker, title, date and licence",
          all(part in clipboard() for part in ("Antonio Casilli", "11 septembre 2023", "Verbatim",
                                               "travailleurs invisibilisés")), clipboard())
    window.key("shift+Right", "shift+Right")
    time.sleep(0.2)
    claim("Shift+Right selects on", state()["selection"] == [a["word"], b["word"] + 2])
    window.key("Escape")
    time.sleep(0.2)
    claim("Escape selects nothing", state()["selection"] is None)


def clicking_twice(window):
    send("pause")
    send("seek", "5:00")
    wait_for("5:00", lambda s: not s["seeking"])
    words = inside(at_rest()["words"], 1200, 800)
    word = words[15]
    time.sleep(1)  # the click before was another one
    xdo("mousemove", "--window", window.id, int(word["x"] + word["w"] / 2),
        int(word["y"] + word["h"] / 2), "click", "--repeat", 2, "--delay", 60, 1)
    now = wait_for("double click", lambda s: s["selection"] and not s["seeking"], 5)
    claim("a double click selects the word", now and now["selection"] == [word["word"]] * 2)
    time.sleep(0.3)
    now = state()
    claim("and takes its first click's jump back", abs(now["position"] - 300) < 0.2 and
          not now["playing"], (now["position"], now["playing"]))
    time.sleep(1)
    window.click(word["x"] + word["w"] / 2, word["y"] + word["h"] / 2, 3)
    time.sleep(0.4)
    window.key("Return")  # the first row: hear it from here
    claim("the menu of the other button is used by keys",
          wait_for("play", lambda s: s["playing"] and abs(s["position"] - 300) > 0.5, 5) is not None)
    send("pause")


def the_palette(window):
    window.key("ctrl+k")
    type_text("larger")
    zoom = at_rest()["words"][0]["h"]
    window.key("Return")
    time.sleep(0.5)
    claim("the palette finds an action by its name", at_rest()["words"][0]["h"] > zoom)
    window.key("ctrl+0")


def story(_):
    window = Window("--sample", "--pause")
    claim("the window opens", bool(window.ready and window.id))
    if not window.id:
        return
    window.resize(1200, 800)
    typing_searches(window)
    a_french_keyboard_types(window)
    going_to_a_time(window)
    selecting_by_hand(window)
    clicking_twice(window)
    the_palette(window)
    claim("Ctrl+Q quits, with code 0", window.end() == 0)


sys.exit(tell("searching and copying", ("xdotool", "xclip", "setxkbmap"), story))
