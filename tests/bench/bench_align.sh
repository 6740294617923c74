#!/bin/sh
# How well and how fast recordings are aligned: bench_align.py tells.
exec python3 "$(dirname "$0")/bench_align.py" "$@"
