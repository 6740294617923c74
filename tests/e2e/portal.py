#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop's portal that shows no dialog: who asks for a file is told at once what the user chose.
    portal.py FILE        FILE holds the path that is chosen; empty: the dialog is closed
Prints a line when it is on the session's bus, and one for each dialog."""
import sys
import urllib.parse

from gi.repository import Gio, GLib

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
CHOOSER = Gio.DBusNodeInfo.new_for_xml("""<node><interface name="org.freedesktop.portal.FileChooser">
%s</interface></node>""" % "".join("""<method name="%s"><arg type="s" direction="in"/>
  <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/></method>"""
                                   % name for name in ("OpenFile", "SaveFile")))


def answer(connection, sender, path, interface, method, arguments, call):
    _, title, options = arguments.unpack()
    request = "%s/request/%s/%s" % (PATH, sender[1:].replace(".", "_"), options["handle_token"])
    with open(sys.argv[1], encoding="utf-8") as file:
        chosen = file.read()
    results = {"uris": GLib.Variant("as", ["file://" + urllib.parse.quote(chosen)])} if chosen else {}
    call.return_value(GLib.Variant("(o)", (request,)))
    connection.emit_signal(sender, request, "org.freedesktop.portal.Request", "Response",
                           GLib.Variant("(ua{sv})", (0 if chosen else 1, results)))
    folder = bytes(options.get("current_folder", b"\0"))[:-1].decode()
    print("asked:", method, title, folder + options.get("current_name", ""), sep="\t", flush=True)


bus = Gio.bus_get_sync(Gio.BusType.SESSION)
bus.register_object(PATH, CHOOSER.interfaces[0], answer, None, None)
Gio.bus_own_name_on_connection(bus, NAME, 0, lambda *_: print("here", flush=True), None)
GLib.MainLoop().run()
