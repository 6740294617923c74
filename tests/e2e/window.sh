#!/bin/sh
# The real window, driven as a user would: see window.py.
exec python3 "$(dirname "$0")/window.py"
