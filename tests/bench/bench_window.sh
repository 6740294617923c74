#!/bin/sh
# The whole program as a process: first frame, memory, and what it does while nothing happens.
exec python3 "$(dirname "$0")/bench_window.py"
