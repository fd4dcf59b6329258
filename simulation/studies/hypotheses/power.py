"""How many people a study would need."""

from __future__ import annotations

import math
import warnings

POWER, ALPHA = 0.8, 0.05
FEWEST = 2


def people_needed(d: float) -> int:
    """People in each of two groups to find a standardised difference by a two-sided t test with 80 % power."""
    from statsmodels.stats.power import TTestIndPower

    size = min(abs(d), 8.0)  # beyond, the smallest groups do
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = TTestIndPower().solve_power(effect_size=size, power=POWER, alpha=ALPHA, alternative="two-sided")
    try:
        return max(FEWEST, math.ceil(float(found if not hasattr(found, "__len__") else found[0])))
    except (ValueError, OverflowError):
        return FEWEST
