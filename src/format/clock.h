/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Times as files for machines write them: plain numbers, and the clock values of SMIL and TTML.
 * What people write is in timecode.h. */
#pragma once

#include "verbatim/types.h"

/* "12.5", "-0", "7.6000000000000005", "1e3": so many times `unit` microseconds, rounded. False:
 * no number, or further than a million seconds from 0. */
bool clock_number(vb_str text, vb_time unit, vb_time *time);

/* What a TTML file says about its frames and ticks; 0: it says nothing. */
struct clock_rates {
    double frames, ticks; /* a second */
};

/* "0:00:24.5", "02:33", "5.5s", "1.2h", "30min", "250ms", "npt=3.4s", "7" (seconds); with rates
 * also "00:00:01:12", "36f" and "90000t". `rates` may be NULL. */
bool clock_value(vb_str text, const struct clock_rates *rates, vb_time *time);
/* "00:00:01,500" and "00:00:01.500": with a comma, too. */
bool clock_stamp(vb_str text, vb_time *time);
