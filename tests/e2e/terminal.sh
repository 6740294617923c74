#!/bin/sh
# The player without a window, into a pipe and in a terminal: see terminal.py.
exec python3 "$(dirname "$0")/terminal.py"
