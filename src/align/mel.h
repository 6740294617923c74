/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How samples become cepstra: the tables that the kernels work with. */
#pragma once

#include "align/kernels.h"

/* For samples at `rate`, in frames of 25 ms or SPECTRUM_POINTS samples, whichever is less, in
 * bands of equal mel width between `low` and `high` Hz. `mean_power`: of the samples with the
 * high frequencies emphasised; the floor of every band is a thousandth of it. */
void mel_init(struct mel *mel, int rate, double low, double high, double mean_power);
/* For plain spectra: no emphasis, the whole frame. */
void mel_init_spectrum(struct mel *mel, int rate);

#define MEL_LOW      100.0  /* Hz */
#define MEL_HIGH     6800.0 /* Hz: no more is asked of any recording */
#define PRE_EMPHASIS 0.97f
