#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What becomes of corrections when the disk or another program stands in the way: see saving.py.
exec python3 "$(dirname "$0")/saving.py"
