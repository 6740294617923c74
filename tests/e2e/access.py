#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What assistive technology finds in the window, read back over AT-SPI by the library that screen
readers use: the text with its caret at the word being heard, buttons, sliders, fields, and what is
told when they change.  Runs under dbus-run-session on an X display of its own.

Prints "ok N - claim" or "not ok N - claim"."""
import subprocess
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

from window_under_test import Window, claim, run, send, state, tell, wait_for, xdo  # noqa: E402

events = []


def pump(seconds):
    loop = GLib.MainLoop()
    GLib.timeout_add(int(seconds * 1000), loop.quit)
    loop.run()


def until(what, holds, seconds=10):
    """What `holds` returns once that is true, while events come in."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        got = holds()
        if got:
            return got
        pump(0.03)
    print("     waited in vain for:", what, flush=True)
    return None


def switch(on):
    subprocess.run(["gdbus", "call", "--session", "-d", "org.a11y.Bus", "-o", "/org/a11y/bus", "-m",
                    "org.freedesktop.DBus.Properties.Set", "org.a11y.Status", "IsEnabled",
                    "<true>" if on else "<false>"], stdout=subprocess.DEVNULL, check=False)


def children(thing):
    return [thing.get_child_at_index(i) for i in range(thing.get_child_count())]


def program():
    return next((app for app in children(Atspi.get_desktop(0)) if app and app.get_name() == "Verbatim"),
                None)


def take(event):
    try:
        events.append((event.type, event.source.get_role_name(), event.detail1, event.any_data))
    except GLib.Error:
        pass  # its source is gone already


def told(kind, role, detail=None):
    return lambda: any(e[0] == kind and e[1] == role and detail in (None, e[2]) for e in events)


def text_is_there(document):
    text = Atspi.Text.get_text(document, 0, -1)
    claim("the text is read from its beginning, with who speaks",
          text.startswith("Gérald Holubowicz: Bienvenue. Je suis Gérald Holubowicz et vous écoutez"), text[:90])
    claim("the text is whole", Atspi.Text.get_character_count(document) == len(text) and
          text.endswith("Donc toi,"), text[-60:])
    parts = children(document)
    claim("paragraphs are its children", len(parts) == text.count("\n") + 1 and
          parts[0].get_role() == Atspi.Role.PARAGRAPH, len(parts))
    claim("a paragraph's text is that part of the whole",
          Atspi.Text.get_text(parts[1], 0, -1) == text.split("\n")[1])


def at_caret(document, kind):
    caret = Atspi.Text.get_caret_offset(document)
    return caret, Atspi.Text.get_string_at_offset(document, caret, kind).content


def caret_is_at_the_voice(document):
    send("seek", "5:00")
    wait_for("5:00", lambda s: not s["seeking"] and abs(s["position"] - 300) < 0.1)
    claim("the caret's move is told", until("caret", told("object:text-caret-moved", "document text")))

    def agree():
        now = state()
        spoken = next((w for w in now["words"] if w["word"] == now["word"]), None)
        caret, word = at_caret(document, Atspi.TextGranularity.WORD)
        return spoken and word.strip() == spoken["text"] and (now, spoken, caret, word)
    agreed = until("the same word", agree)
    claim("the caret is at the word being heard", agreed, at_caret(document, Atspi.TextGranularity.WORD))
    if not agreed:
        return
    now, spoken, caret, word = agreed
    at = Atspi.Text.get_character_extents(document, caret, Atspi.CoordType.WINDOW)
    claim("the word's place is where the window shows it",
          abs(at.x - spoken["x"]) <= 1 and abs(at.width - spoken["w"]) <= 1, (at.x, at.width, spoken))
    _, line = at_caret(document, Atspi.TextGranularity.LINE)
    row = " ".join(w["text"] for w in now["words"] if w["y"] == spoken["y"])
    claim("a line is a line of the window", line.strip() == row, (line, row))
    _, sentence = at_caret(document, Atspi.TextGranularity.SENTENCE)
    claim("a sentence ends with its stop", sentence.strip()[-1] in ".?!…" and word in sentence, sentence)


def caret_is_set(document):
    caret, _ = at_caret(document, Atspi.TextGranularity.WORD)
    after = Atspi.Text.get_string_at_offset(document, caret + 200, Atspi.TextGranularity.WORD)

    def goes_there():  # again, when the words were spread anew meanwhile
        Atspi.Text.set_caret_offset(document, after.start_offset)
        return wait_for("the word", lambda s: any(
            w["word"] == s["word"] and w["text"] == after.content.strip() for w in s["words"]), 1)
    claim("a caret that is set is where it is heard", until("the word", goes_there), after.content)


def named(frame, role, part):
    return next((c for c in children(frame) if c.get_role() == role and part in c.get_name()), None)


def buttons_and_sliders_work(frame):
    play = named(frame, Atspi.Role.PUSH_BUTTON, "play or pause")
    claim("a button tells its name and keys", play and
          Atspi.Action.get_key_binding(play, 0).startswith("Space"), play)
    Atspi.Action.do_action(play, 0)
    claim("a button is pressed", wait_for("play", lambda s: s["playing"], 5) is not None)
    Atspi.Action.do_action(play, 0)
    wait_for("pause", lambda s: not s["playing"], 5)
    place = named(frame, Atspi.Role.SLIDER, "place in the recording")
    claim("a slider tells its value and its end", place and
          abs(Atspi.Value.get_current_value(place) - state()["position"]) < 0.1 and
          abs(Atspi.Value.get_maximum_value(place) - 985) < 1)
    Atspi.Value.set_current_value(place, 600)
    claim("a slider is set", wait_for("10:00", lambda s: abs(s["position"] - 600) < 0.1, 5) is not None)
    Atspi.Component.grab_focus(named(frame, Atspi.Role.SLIDER, "volume"))
    xdo("key", "Left")
    claim("a slider that has the focus tells that it moved",
          until("the volume", told("object:property-change:accessible-value", "slider")))
    xdo("key", "Right")


def focus_is_told(frame, shown):
    events.clear()
    xdo("key", "ctrl+f")
    claim("the focus in the search field is told",
          until("focus", told("object:state-changed:focused", "entry", 1)))
    xdo("type", "libre")
    entry = named(frame, Atspi.Role.ENTRY, "")
    claim("what is typed is read from the field",
          until("the text", lambda: Atspi.Text.get_text(entry, 0, -1) == "libre"))
    claim("the caret in the field is told", until("caret", told("object:text-caret-moved", "entry", 5)))
    xdo("key", "Escape", "Escape")
    claim("the focus comes back to the text",
          until("focus", told("object:state-changed:focused", "document text", 1)))
    xdo("key", "Tab")
    claim("the focus on a button is told",
          until("focus", told("object:state-changed:focused", "push button", 1)))
    xdo("key", "Escape")
    send("quote-form")
    claim("what the program says is told",
          until("the message", lambda: any(e[0] == "object:announcement" and "quotes" in str(e[3])
                                           for e in events)), events[-4:])


def help_is_read(frame):
    events.clear()
    send("help")
    claim("a sheet takes the focus", until("focus", told("object:state-changed:focused", "static", 1)))
    sheet = next((c for c in children(frame) if c.get_role() == Atspi.Role.STATIC), None)
    text = sheet and Atspi.Text.get_text(sheet, 0, -1)
    claim("what is written on it is read, line by line",
          text and 0 < text.find("Space") < text.find("\nplay or pause\n"),
          text and text[:200])
    send("help")
    claim("it goes again", until("the sheet", lambda: not any(
        c and c.get_role() == Atspi.Role.STATIC for c in children(frame))))


def walk(shown):
    app = until("the program", program, 15)
    claim("assistive technology that is switched on finds the window",
          app and app.get_child_count() == 1)
    if not app:
        return
    frame = app.get_child_at_index(0)
    document = until("the text", lambda: frame.get_child_at_index(0))
    claim("the window holds the text", document and document.get_role() == Atspi.Role.DOCUMENT_TEXT)
    listener = Atspi.EventListener.new(take)
    for kind in ("window:activate", "object:text-caret-moved", "object:state-changed:focused",
                 "object:announcement", "object:children-changed", "object:property-change"):
        listener.register(kind)
    claim("the window that has the focus is told",
          until("the window", told("window:activate", "frame")))
    text_is_there(document)
    caret_is_at_the_voice(document)
    caret_is_set(document)
    buttons_and_sliders_work(frame)
    focus_is_told(frame, shown)
    help_is_read(frame)


def story(_):
    if "libsystemd" not in run("--version").stdout:
        print("skipped: this program was built without libsystemd")
        return
    window = Window("--sample", "--pause")
    claim("the window opens", bool(window.ready and window.id))
    if not window.id:
        return
    switch(True)
    Atspi.init()
    walk(window)
    switch(False)
    claim("it leaves when assistive technology is switched off",
          until("leaving", lambda: program() is None))
    claim("it quits with code 0", window.end() == 0)


sys.exit(tell("what a screen reader finds", ("xdotool", "gdbus"), story,
              settings="align = off\nclick-plays = off\n", has_bus=True))
