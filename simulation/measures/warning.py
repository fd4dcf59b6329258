"""Early warning of a transition, transitions themselves, bistability and hysteresis, from single series.

Sources: Scheffer et al. 2009 (10.1038/nature08227); Dakos et al. 2012 (10.1371/journal.pone.0041010) for the procedure
(detrend, roll, Kendall's τ); van de Leemput et al. 2014 (10.1073/pnas.1312114110) for mood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError
from simulation.measures.prompts import TooFew

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 20
"""Values needed in a series. ASSUMED."""
BIMODAL = 5 / 9
"""Bimodality coefficient of a uniform distribution; above it a distribution may have two modes."""


def rolling_indicators(series: Any, window: float = 0.5, bandwidth: float | None = 0.1) -> pd.DataFrame:
    """Return variance and lag-1 autocorrelation in a window that moves along a series.

    Args:
        series: [values] equally spaced, up to the transition; without gaps.
        window: length of the window as a share of the series, in (0, 1).
        bandwidth: of the Gaussian trend that is taken out first, as a share of the series; None takes out nothing.

    Returns:
        One row per position of the window: ``end`` (index of its last value), ``variance`` (squared units),
        ``autocorrelation`` (-1 to 1; NaN in a window without variation).

    Raises:
        InputError: the series is too short or has gaps, or the window is no share.
    """
    import pandas as pd
    from scipy.ndimage import gaussian_filter1d

    x = _series(series, "early warning")
    if not 0 < window < 1:
        raise InputError(f"a window of {window:g} is not a share of the series; it must be above 0 and below 1")
    if bandwidth is not None:
        x = x - gaussian_filter1d(x, max(bandwidth * len(x), 1e-9), mode="nearest")
    width = max(round(window * len(x)), 5)
    views = np.lib.stride_tricks.sliding_window_view(x, width)
    centred = views - views.mean(axis=1, keepdims=True)
    first, second = views[:, :-1], views[:, 1:]
    first = first - first.mean(axis=1, keepdims=True)
    second = second - second.mean(axis=1, keepdims=True)
    size = np.sqrt((first**2).sum(axis=1) * (second**2).sum(axis=1))
    correlation = np.full(len(views), np.nan)
    np.divide((first * second).sum(axis=1), size, out=correlation, where=size > 1e-20)
    variance = (centred**2).sum(axis=1) / (width - 1)
    return pd.DataFrame({"end": np.arange(width - 1, len(x)), "variance": variance, "autocorrelation": correlation})


def early_warning(series: Any, window: float = 0.5, bandwidth: float | None = 0.1) -> dict[str, float]:
    """Return the trend of the indicators up to the end of a series: Kendall's τ, -1 to 1; rising is a warning.

    Keys ``variance`` and ``autocorrelation``. Neighbouring windows overlap, so the usual p-value of τ would be far too
    small and none is given; compare with surrogate or control series instead. Arguments and errors as in
    `rolling_indicators`.
    """
    from scipy.stats import kendalltau

    rolled = rolling_indicators(series, window, bandwidth)
    return {
        name: float(kendalltau(rolled["end"], rolled[name], nan_policy="omit")[0])
        for name in ("variance", "autocorrelation")
    }


def transitions(series: Any, low: float, high: float, hold: int = 1) -> pd.DataFrame:
    """Return when a series goes over from low to high and back, with hysteresis.

    A transition is the first of at least `hold` values in a row that are at or above `high` (going up), or at or below
    `low` (going down), after the series had last settled on the other side.

    Returns:
        One row per transition: ``index``, ``up`` (whether upward).

    Raises:
        InputError: `low` is not below `high`.
    """
    import pandas as pd

    if not low < high:
        raise InputError(f"a transition needs a low level below the high one, not {low:g} and {high:g}")
    x = np.asarray(series, dtype=float)
    side = np.where(x >= high, 1, np.where(x <= low, -1, 0))
    found, now, run = [], 0, 0
    for i, s in enumerate(side.tolist()):
        run = run + 1 if i and s == side[i - 1] else 1
        if s and s != now and run >= hold:
            if now:
                found.append((i - hold + 1, s > 0))
            now = s
    return pd.DataFrame(found, columns=["index", "up"]).astype({"index": np.int64, "up": bool})


def bimodality(values: Any) -> float:
    """Return Sarle's bimodality coefficient with the correction for sample size, 0 to 1; above `BIMODAL`, two modes.

    Skewed distributions with one mode can exceed it as well: look at the distribution. NaN without variation.

    Source: Pfister et al. 2013 (10.3389/fpsyg.2013.00700).
    """
    from scipy.stats import kurtosis, skew

    x = _series(values, "bimodality")
    if x.max() - x.min() < 1e-12:
        return float("nan")
    n = len(x)
    tail = kurtosis(x, bias=False) + 3 * (n - 1) ** 2 / ((n - 2) * (n - 3))
    return float((skew(x, bias=False) ** 2 + 1) / tail)


def hysteresis_area(up_stress: Any, up: Any, down_stress: Any, down: Any) -> float:
    """Return the area between the way up and the way down of a slow ramp: mean gap over the shared range of stress.

    In the units of the response; about 0 without memory, positive if the response stays high on the way down.

    Args:
        up_stress, up: [values] stress and response while stress rose.
        down_stress, down: [values] while it fell.

    Raises:
        InputError: the two ways share no range of stress.
    """
    ways = []
    for stress, response in ((up_stress, up), (down_stress, down)):
        stress, response = np.asarray(stress, dtype=float), np.asarray(response, dtype=float)
        order = np.argsort(stress, kind="stable")
        ways.append((stress[order], response[order]))
    low = max(ways[0][0][0], ways[1][0][0])
    high = min(ways[0][0][-1], ways[1][0][-1])
    if not low < high:
        raise InputError("the way up and the way down share no range of stress, so there is no area between them")
    grid = np.unique(np.concatenate([ways[0][0], ways[1][0], [low, high]]))
    grid = grid[(grid >= low) & (grid <= high)]
    gap = np.interp(grid, *ways[1]) - np.interp(grid, *ways[0])
    return float(np.trapezoid(gap, grid) / (high - low))


def _series(values: Any, statistic: str) -> Any:
    x = np.asarray(values, dtype=float)
    if x.ndim != 1 or len(x) < FEWEST:
        raise TooFew(f"{statistic} needs a series of at least {FEWEST} values; this one has {x.size}")
    if not np.isfinite(x).all():
        raise InputError(
            f"{statistic} needs a series without gaps; this one has {int((~np.isfinite(x)).sum())} missing values"
        )
    return x
