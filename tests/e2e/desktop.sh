#!/bin/sh
# The window on a desktop of its own, with a session bus: see desktop.py.
command -v dbus-run-session >/dev/null || { echo "skipped: the desktop's tests need dbus-run-session"; exit 0; }
exec dbus-run-session -- python3 "$(dirname "$0")/desktop.py" 2>&1
