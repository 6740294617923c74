#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The window listens while it plays, and remembers: see memory.py.
exec python3 "$(dirname "$0")/memory.py"
