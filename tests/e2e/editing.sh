#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
exec python3 tests/e2e/editing.py
