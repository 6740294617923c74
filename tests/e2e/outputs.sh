#!/bin/sh
# Sound outputs that come and go, on a sound server of the test's own: see outputs.py.
exec python3 "$(dirname "$0")/outputs.py"
