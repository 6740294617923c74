#!/bin/sh
# What checking finds of faults that were put in: bench_check.py tells.
exec python3 "$(dirname "$0")/bench_check.py" "$@"
