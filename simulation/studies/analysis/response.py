"""How a measure responds to a factor, with the uncertainty of what chance leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.studies.analysis.results import Results

if TYPE_CHECKING:
    import pandas as pd

BINS = 10
"""Groups of equal size into which the values of a factor are put where a design does not repeat them."""
FEW_LEVELS = 40


def binned(results: Results, factor: str, bins: int = BINS) -> Any:
    """[rows] value of a factor, or the mean of its group where a design hardly repeats values."""
    column = results.frame[factor]
    if len(results.levels(factor)) <= FEW_LEVELS:
        return column.to_numpy(dtype=float)
    import pandas as pd

    group = pd.qcut(column, bins, labels=False, duplicates="drop")
    return column.groupby(group).transform("mean").to_numpy(dtype=float)


def response(results: Results, factor: str, measure: str, frame: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the mean of a measure at each value of a factor, over everything else that varies.

    With three or more replicates the 95 % interval is that of the mean over replicates, which are independent of one
    another (t distribution); else that over points of the design (normal approximation).

    Returns:
        One row per value: ``level``, ``mean``, ``low``, ``high``, ``runs``.
    """
    import pandas as pd
    from scipy import stats

    frame = results.frame if frame is None else frame
    levels = frame[factor] if factor in results.words else pd.Series(binned(results, factor), index=results.frame.index)
    table = pd.DataFrame({"level": levels.loc[frame.index], "y": frame[measure], "replicate": frame["replicate"]})
    table = table.dropna(subset=["y"])
    rows = []
    for level, group in table.groupby("level", sort=True):
        y: Any = group["y"]
        by_replicate: Any = group.groupby("replicate")["y"].mean()
        if len(by_replicate) >= 3:
            half = stats.t.ppf(0.975, len(by_replicate) - 1) * by_replicate.sem()
        else:
            half = 1.96 * y.sem() if len(y) > 1 else np.nan
        rows.append((level, y.mean(), y.mean() - half, y.mean() + half, len(y)))
    return pd.DataFrame(rows, columns=["level", "mean", "low", "high", "runs"])


def surface(results: Results, one: str, other: str, values: Any) -> tuple[Any, Any, Any]:
    """Mean of values over two factors: levels of one, levels of the other, [other, one] means (NaN where no run is)."""
    import pandas as pd

    table = pd.DataFrame({"x": binned(results, one), "y": binned(results, other), "v": np.asarray(values, dtype=float)})
    wide = table.pivot_table(index="y", columns="x", values="v", aggfunc="mean")
    return wide.columns.to_numpy(dtype=float), wide.index.to_numpy(dtype=float), wide.to_numpy(dtype=float)


def strength(results: Results, factor: str, measure: str) -> float:
    """Share of the variance of a measure between the values, or groups of values, of a factor (eta squared)."""
    y = results.frame[measure].to_numpy(dtype=float)
    x = results.frame[factor].to_numpy() if factor in results.words else binned(results, factor)
    there = np.isfinite(y)
    y, x = y[there], x[there]
    total = float(np.sum((y - y.mean()) ** 2)) if len(y) else 0.0
    if total <= 0:
        return 0.0
    _, group = np.unique(x, return_inverse=True)
    counts = np.bincount(group)
    means = np.bincount(group, y) / counts
    return float(np.sum(counts * (means - y.mean()) ** 2) / total)


def pairs_to_show(results: Results, most: int = 3) -> list[tuple[str, str]]:
    """Pairs of numeric factors, those that matter most first."""
    ranked = sorted(results.numeric, key=lambda f: -max(strength(results, f, m) for m in results.measures))[:4]
    return [(one, other) for i, one in enumerate(ranked) for other in ranked[i + 1 :]][:most]
