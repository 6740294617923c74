#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drops something on a window as a file manager would: the source's side of XDND version 5
(https://www.freedesktop.org/wiki/Specifications/XDND/), with Xlib by ctypes.

    xdnd.py WINDOW X Y TYPE DATA     e.g. text/uri-list 'file:///tmp/a.mp3'

Exit 0 once the window has fetched the data and said that it is done."""
import ctypes
import ctypes.util
import sys
import time

x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
ulong, vp = ctypes.c_ulong, ctypes.c_void_p
for name, result, arguments in (
        ("XOpenDisplay", vp, [ctypes.c_char_p]), ("XDefaultRootWindow", ulong, [vp]),
        ("XInternAtom", ulong, [vp, ctypes.c_char_p, ctypes.c_int]),
        ("XCreateSimpleWindow", ulong, [vp, ulong] + [ctypes.c_int] * 2 + [ctypes.c_uint] * 3 + [ulong] * 2),
        ("XSetSelectionOwner", None, [vp, ulong, ulong, ulong]),
        ("XSendEvent", None, [vp, ulong, ctypes.c_int, ctypes.c_long, vp]),
        ("XChangeProperty", None, [vp, ulong, ulong, ulong, ctypes.c_int, ctypes.c_int, vp, ctypes.c_int]),
        ("XPending", ctypes.c_int, [vp]), ("XNextEvent", None, [vp, vp]), ("XFlush", None, [vp]),
        ("XTranslateCoordinates", ctypes.c_int, [vp, ulong, ulong, ctypes.c_int, ctypes.c_int, vp, vp, vp])):
    getattr(x, name).restype, getattr(x, name).argtypes = result, arguments

CLIENT_MESSAGE, SELECTION_REQUEST, SELECTION_NOTIFY = 33, 30, 31


class ClientMessage(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("serial", ulong), ("send_event", ctypes.c_int), ("display", vp),
                ("window", ulong), ("message_type", ulong), ("format", ctypes.c_int), ("l", ctypes.c_long * 5)]


class SelectionRequest(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("serial", ulong), ("send_event", ctypes.c_int), ("display", vp),
                ("owner", ulong), ("requestor", ulong), ("selection", ulong), ("target", ulong),
                ("property", ulong), ("time", ulong)]


class SelectionNotify(ctypes.Structure):
    _fields_ = [("type", ctypes.c_int), ("serial", ulong), ("send_event", ctypes.c_int), ("display", vp),
                ("requestor", ulong), ("selection", ulong), ("target", ulong), ("property", ulong),
                ("time", ulong)]


class Event(ctypes.Union):
    _fields_ = [("type", ctypes.c_int), ("client", ClientMessage), ("request", SelectionRequest),
                ("notify", SelectionNotify), ("pad", ctypes.c_long * 24)]


def main(target, at_x, at_y, kind, data):
    display = x.XOpenDisplay(None)
    root = x.XDefaultRootWindow(display)
    own = x.XCreateSimpleWindow(display, root, 0, 0, 1, 1, 0, 0, 0)
    atom = lambda text: x.XInternAtom(display, text.encode(), 0)
    root_x, root_y, child = ctypes.c_int(), ctypes.c_int(), ulong()
    x.XTranslateCoordinates(display, target, root, at_x, at_y, ctypes.byref(root_x), ctypes.byref(root_y),
                            ctypes.byref(child))

    def tell(message, *numbers):
        event = Event()
        event.client = ClientMessage(CLIENT_MESSAGE, 0, 1, display, target, atom(message), 32,
                                     (ctypes.c_long * 5)(own, *numbers, *([0] * (4 - len(numbers)))))
        x.XSendEvent(display, target, 0, 0, ctypes.byref(event))
        x.XFlush(display)

    def answer(request):
        text = data.encode()
        x.XChangeProperty(display, request.requestor, request.property, request.target, 8, 0, text, len(text))
        event = Event()
        event.notify = SelectionNotify(SELECTION_NOTIFY, 0, 1, display, request.requestor, request.selection,
                                       request.target, request.property, request.time)
        x.XSendEvent(display, request.requestor, 0, 0, ctypes.byref(event))
        x.XFlush(display)

    x.XSetSelectionOwner(display, atom("XdndSelection"), own, 0)
    tell("XdndEnter", 5 << 24, atom(kind))
    tell("XdndPosition", 0, root_x.value << 16 | root_y.value, 0, atom("XdndActionCopy"))
    end = time.monotonic() + 10
    event = Event()
    while time.monotonic() < end:
        if not x.XPending(display):
            time.sleep(0.01)
            continue
        x.XNextEvent(display, ctypes.byref(event))
        if event.type == SELECTION_REQUEST:
            answer(event.request)
        elif event.type == CLIENT_MESSAGE and event.client.message_type == atom("XdndStatus"):
            if not event.client.l[1] & 1:
                return "the window does not accept it"
            tell("XdndDrop", 0, 0)
        elif event.type == CLIENT_MESSAGE and event.client.message_type == atom("XdndFinished"):
            return 0
    return "nobody answered"


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4]), *sys.argv[4:]))
