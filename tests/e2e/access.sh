#!/bin/sh
# What a screen reader finds in the window: see access.py.
command -v dbus-run-session >/dev/null || { echo "skipped: the screen reader's tests need dbus-run-session"; exit 0; }
for python in python3 /usr/bin/python3; do
    $python -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null || continue
    exec dbus-run-session -- $python "$(dirname "$0")/access.py" 2>&1
done
echo "skipped: the screen reader's tests need Python with gi and Atspi"
