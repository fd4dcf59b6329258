"""Home base, variability and attractor strength of affect: an Ornstein-Uhlenbeck process fitted to each person.

Between two prompts a time t apart, the value moves from x to ``m + (x - m) exp(-θt)`` in expectation, with variance
``s² (1 - exp(-2θt))``: m is the home base, s the spread around it in the long run, θ the strength of the pull back.

Source: Oravecz, Tuerlinckx & Vandekerckhove 2011 (10.1037/a0024375), whose model this is for one variable.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.measures.momentary import PAIRS_FOR_INERTIA
from simulation.measures.prompts import Prompts, enough, prompts_of

if TYPE_CHECKING:
    import pandas as pd

SLOWEST, FASTEST = 0.05, 100.0
"""Rates of return looked for, per day; an estimate at an end says that the data hold no more than that."""
_STEPS = 41


def ornstein_uhlenbeck(table: pd.DataFrame, value: str) -> pd.DataFrame:
    """Fit the process to each person by maximum likelihood given the first prompt of each stretch.

    Args:
        table: of prompts, as `sampling.sample_as_study` gives it; pairs of prompts within a day are used, with their
            true distance in time.
        value: the quantity.

    Returns:
        By person: ``home_base`` and ``variability`` (standard deviation in the long run, 0 or more) in the units of the
        quantity, ``attractor`` (rate of return per day of the model, within [`SLOWEST`, `FASTEST`]), ``pairs`` used.
        NaN for those with fewer than `PAIRS_FOR_INERTIA` pairs or no variation.

    Raises:
        InputError: nobody has enough pairs.
    """
    import pandas as pd

    p = prompts_of(table, value)
    count = p.per_person(p.first)
    there = enough(count, PAIRS_FOR_INERTIA, f"the home base of {value}", "pairs of successive prompts within a day")
    before, after = p.value[p.first], p.value[p.first + 1]
    time = p.time[p.first + 1] - p.time[p.first]
    low = np.full(p.people, np.log(SLOWEST))
    high = np.full(p.people, np.log(FASTEST))
    for _ in range(3):  # each round narrows the range of each person twentyfold
        grid = low[:, None] + (high - low)[:, None] * np.linspace(0.0, 1.0, _STEPS)
        fits = [_fit(p, before, after, time, np.exp(grid[:, j]), count) for j in range(_STEPS)]
        best = np.argmin(np.array([fit[2] for fit in fits]), axis=0)
        middle = grid[np.arange(p.people), best]
        reach = (high - low) / (_STEPS - 1)
        low, high = np.maximum(middle - reach, np.log(SLOWEST)), np.minimum(middle + reach, np.log(FASTEST))
    home, spread, _ = _fit(p, before, after, time, np.exp(middle), count)
    fit = there & (spread > 1e-12)
    columns = {"home_base": home, "variability": spread, "attractor": np.exp(middle)}
    frame = pd.DataFrame(
        {k: np.where(fit, v, np.nan) for k, v in columns.items()}, index=pd.Index(p.names, name="person")
    )
    return frame.assign(pairs=count)


def _fit(p: Prompts, before: Any, after: Any, time: Any, rate: Any, count: Any) -> tuple[Any, Any, Any]:
    """[people] home base, spread and -2 log-likelihood (without a constant) for a given rate of each person."""
    who = p.person[p.first]
    kept = np.exp(-rate[who] * time)
    share = np.maximum(1.0 - kept**2, 1e-12)
    weight = (1.0 - kept) / share
    with np.errstate(divide="ignore", invalid="ignore"):
        home = p.per_person(p.first, weight * (after - kept * before)) / p.per_person(p.first, weight * (1.0 - kept))
        miss = after - home[who] - kept * (before - home[who])
        variance = p.per_person(p.first, miss**2 / share) / count
        score = count * np.log(np.maximum(variance, 1e-300)) + p.per_person(p.first, np.log(share))
    return home, np.sqrt(np.maximum(variance, 0.0)), np.where(count > 0, score, 0.0)
