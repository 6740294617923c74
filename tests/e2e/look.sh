#!/bin/sh
# Sizes that a desktop asks for, pedals, and the place where one was: see look.py.
exec python3 "$(dirname "$0")/look.py"
