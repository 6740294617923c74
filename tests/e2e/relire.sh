#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Proofreading in the window: see relire.py.
exec python3 "$(dirname "$0")/relire.py"
