"""Effects of factors on measures as a study of people would state them: standardised differences with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.studies.analysis.results import Results

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 500
NEGLIGIBLE = 0.2
"""Standardised difference below which an effect is small by Cohen 1988; within ± this it is called negligible."""
LEAST_RUNS = 5
Level = float | str


@dataclass(frozen=True)
class Effect:
    """What the high end of a factor does to a measure, against the low end.

    Attributes:
        factor, measure: Names.
        low, high: The two ends: the lowest and the highest third of the values, told by their means; or two words.
        mean_low, mean_high: Means of the measure.
        d: Difference in units of the pooled standard deviation of runs.
        interval: 95 % bootstrap interval of d, over replicates (or over points where there are fewer than five).
        where: In words, where it holds.
    """

    factor: str
    measure: str
    low: Level
    high: Level
    mean_low: float
    mean_high: float
    d: float
    interval: tuple[float, float]
    where: str = ""

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.interval[0] > 0 or self.interval[1] < 0

    @property
    def negligible(self) -> bool:
        """Whether the whole interval lies within what counts as negligible."""
        return self.interval[0] > -NEGLIGIBLE and self.interval[1] < NEGLIGIBLE

    @property
    def at_least(self) -> float:
        """The end of the interval nearer to zero, 0 if it holds zero."""
        return min(abs(self.interval[0]), abs(self.interval[1])) if self.clear else 0.0


def effects(results: Results) -> list[Effect]:
    """Return the effect of every factor on every measure, the surest and largest first."""
    found = []
    for factor in [*results.numeric, *results.words]:
        for measure in results.measures:
            effect = effect_of(results, factor, measure)
            if effect is not None:
                found.append(effect)
    return sorted(found, key=lambda e: (-e.at_least, -abs(e.d)))


def effect_of(results: Results, factor: str, measure: str) -> Effect | None:
    """Return one effect, or None where there are too few runs or nothing varies."""
    frame = results.frame[[factor, measure, "point", "replicate"]].dropna()
    ends = _ends(results, frame, factor, measure)
    if ends is None:
        return None
    at_low, at_high, low, high = ends
    if min(at_low.sum(), at_high.sum()) < LEAST_RUNS:
        return None
    d = _standardised(frame[measure].to_numpy(dtype=float), at_low, at_high)
    if not np.isfinite(d):
        return None
    interval = _interval(results, frame, measure, at_low, at_high)
    y = frame[measure]
    effect = Effect(factor, measure, low, high, float(y[at_low].mean()), float(y[at_high].mean()), d, interval)
    return Effect(**{**effect.__dict__, "where": _where(results, effect)})


def _ends(results: Results, frame: pd.DataFrame, factor: str, measure: str) -> tuple[Any, Any, Level, Level] | None:
    if factor in results.words:
        means = frame.groupby(factor)[measure].mean()
        if len(means) < 2:
            return None
        low, high = str(means.idxmin()), str(means.idxmax())
        return (frame[factor] == low).to_numpy(), (frame[factor] == high).to_numpy(), low, high
    x = frame[factor].to_numpy(dtype=float)
    one, two = np.quantile(np.unique(x), [1 / 3, 2 / 3])
    at_low, at_high = x <= one, x >= two
    if one >= two:
        return None
    return at_low, at_high, float(x[at_low].mean()), float(x[at_high].mean())


def _standardised(y: Any, at_low: Any, at_high: Any) -> float:
    low, high = y[at_low], y[at_high]
    if min(len(low), len(high)) < 2:
        return float("nan")
    pooled = np.sqrt(
        ((len(low) - 1) * low.var(ddof=1) + (len(high) - 1) * high.var(ddof=1)) / (len(low) + len(high) - 2)
    )
    return float((high.mean() - low.mean()) / pooled) if pooled > 0 else float("nan")


def _interval(results: Results, frame: pd.DataFrame, measure: str, at_low: Any, at_high: Any) -> tuple[float, float]:
    """Resample replicates, which are independent of one another; points where there are hardly any replicates."""
    unit = "replicate" if results.plan.replicates >= 5 else "point"
    _, cluster = np.unique(frame[unit], return_inverse=True)
    y = frame[measure].to_numpy(dtype=float)
    clusters = int(cluster.max()) + 1
    sums = [[np.bincount(cluster[at], y[at] ** k, clusters) for k in (0, 1, 2)] for at in (at_low, at_high)]
    luck = np.random.default_rng([results.plan.study.seed % 2**32, 13])
    weights = np.array(
        [np.bincount(luck.integers(0, clusters, clusters), minlength=clusters) for _ in range(RESAMPLES)]
    )
    (n0, s0, q0), (n1, s1, q1) = ([weights @ s for s in side] for side in sums)
    with np.errstate(all="ignore"):
        within = (q0 - s0**2 / n0) + (q1 - s1**2 / n1)
        d = (s1 / n1 - s0 / n0) / np.sqrt(within / (n0 + n1 - 2))
    low, high = np.nanquantile(d, [0.025, 0.975])
    return float(low), float(high)


def _where(results: Results, effect: Effect) -> str:
    """Say on which side of which other factor the effect is larger, if on one it is less than half as large."""
    least, told = 0.5, ""
    for other in results.numeric:
        if other == effect.factor:
            continue
        frame = results.frame[[effect.factor, effect.measure, other]].dropna()
        middle = float(np.median(np.unique(frame[other])))
        if effect.factor in results.words:
            at_low, at_high = (
                (frame[effect.factor] == effect.low).to_numpy(),
                (frame[effect.factor] == effect.high).to_numpy(),
            )
        else:
            x = frame[effect.factor].to_numpy(dtype=float)
            one, two = np.quantile(np.unique(x), [1 / 3, 2 / 3])
            at_low, at_high = x <= one, x >= two
        y, z = frame[effect.measure].to_numpy(dtype=float), frame[other].to_numpy(dtype=float)
        sides = []
        for side in (z < middle, z >= middle):
            low, high = y[at_low & side], y[at_high & side]
            sides.append(high.mean() - low.mean() if min(len(low), len(high)) >= LEAST_RUNS else np.nan)
        if not np.isfinite(sides).all() or max(np.abs(sides)) == 0:
            continue
        weaker, stronger = sorted(sides, key=abs)
        ratio = float(weaker / stronger)
        if ratio < least:
            least = ratio
            sign = "<" if stronger == sides[0] else "≥"
            turned = "the other way round" if ratio < -0.1 else "absent" if ratio < 0.1 else f"{ratio:.0%} as large"
            told = f"mainly where {other} {sign} {middle:.3g} (difference {stronger:.3g}); on the other side {turned}"
    others = [name for name in results.numeric if name != effect.factor]
    if told or not others:
        return told or "at the study's single setting of everything else"
    return f"across the ranges of {', '.join(others)}: on neither side of their middle is it less than half as large"
