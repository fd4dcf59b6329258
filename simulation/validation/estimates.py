"""Statistics with an interval: bootstrap over persons (scipy), effect sizes, slopes within persons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.cases.variety import luck_of

Floats = NDArray[np.float64]
FEWEST = 5
"""People (or events) below which a statistic is not computed."""


class NotCheckable(Exception):
    """A statistic cannot be computed; the message says why, in one sentence."""


@dataclass(frozen=True)
class Estimate:
    """A number with its uncertainty.

    Attributes:
        value: Point estimate.
        low, high: 95 % percentile bootstrap interval over persons.
        effect: Standardised effect size where there is one (Cohen's d, r), else None.
    """

    value: float
    low: float
    high: float
    effect: float | None = None


def cohens_d(a: Floats, b: Floats) -> float:
    """Standardised mean difference a − b with pooled standard deviation; 0 if neither varies and they are equal."""
    va, vb = np.var(a, ddof=1), np.var(b, ddof=1)
    pooled = np.sqrt(((len(a) - 1) * va + (len(b) - 1) * vb) / (len(a) + len(b) - 2))
    gap = float(np.mean(a) - np.mean(b))
    if pooled > 1e-12:
        return gap / float(pooled)
    return 0.0 if abs(gap) < 1e-12 else float(np.sign(gap)) * 10.0


class Bootstrap:
    """Resamples persons; the same seed gives the same interval.

    Args:
        seed: Of the resampling.
        times: Number of resamples.
    """

    def __init__(self, seed: int, times: int) -> None:
        self.seed, self.times = seed, times

    def of(self, function: Callable[..., float], *groups: int, effect: float | None = None) -> Estimate:
        """A statistic of groups of people.

        Args:
            function: Takes one array of person numbers (positions within the group) per group; returns a number.
            groups: How many people each group has.
            effect: Standardised size to report beside it.

        Raises:
            NotCheckable: A group has too few people, or the statistic is undefined.
        """
        from scipy.stats import bootstrap

        for n in groups:
            if n < FEWEST:
                raise NotCheckable(f"only {n} people could be used; at least {FEWEST} are needed")
        everyone = tuple(np.arange(n) for n in groups)
        value = float(function(*everyone))
        if not np.isfinite(value):
            raise NotCheckable("the statistic is undefined for these data")
        if self.times == 0:
            return Estimate(value, value, value, effect)

        def safe(*picked: NDArray[np.int64]) -> float:
            with np.errstate(all="ignore"):
                return float(function(*picked))

        found = bootstrap(
            everyone, safe, n_resamples=self.times, vectorized=False, paired=False, method="percentile",
            rng=luck_of(self.seed, "bootstrap"),
        )  # fmt: skip
        spread = found.bootstrap_distribution[np.isfinite(found.bootstrap_distribution)]
        low, high = np.quantile(spread, [0.025, 0.975]) if len(spread) else (np.nan, np.nan)
        return Estimate(value, float(low), float(high), effect)

    def mean(self, values: Floats) -> Estimate:
        """Mean over people who have a value."""
        values = known(values)
        return self.of(lambda i: float(values[i].mean()), len(values))

    def standardised(self, values: Floats) -> Estimate:
        """Mean over people in units of its standard deviation between people: d against zero."""
        values = known(values)
        return self.of(lambda i: float(values[i].mean() / max(values[i].std(ddof=1), 1e-12)), len(values))

    def weighted(self, values: Floats, weights: Floats) -> Estimate:
        """Mean over people by weight, in units of the standard deviation between people by weight."""

        def size(i: Any) -> float:
            spread = float(np.sqrt(np.cov(values[i], aweights=weights[i], ddof=0)))
            return float(np.average(values[i], weights=weights[i])) / max(spread, 1e-12)

        return self.of(size, len(values))

    def weighted_correlation(self, x: Floats, y: Floats, weights: Floats) -> Estimate:
        """Pearson correlation over people by weight."""

        def size(i: Any) -> float:
            (own, joint), (_, other) = np.cov(x[i], y[i], aweights=weights[i])
            return float(joint / max(np.sqrt(own * other), 1e-12))

        estimate = self.of(size, len(x))
        return Estimate(estimate.value, estimate.low, estimate.high, estimate.value)

    def d(self, a: Floats, b: Floats) -> Estimate:
        """Cohen's d of a − b over people who have a value."""
        a, b = known(a), known(b)
        estimate = self.of(lambda i, j: cohens_d(a[i], b[j]), len(a), len(b))
        return Estimate(estimate.value, estimate.low, estimate.high, estimate.value)

    def ratio(self, a: Floats, b: Floats) -> Estimate:
        """Ratio of the means of two groups."""
        a, b = known(a), known(b)
        size = cohens_d(a, b) if min(len(a), len(b)) >= FEWEST else None
        return self.of(lambda i, j: float(a[i].mean() / b[j].mean()), len(a), len(b), effect=size)

    def share(self, some: Floats, all_: Floats) -> Estimate:
        """Share of events, people resampled: sum of ``some`` over sum of ``all_`` ([people] counts each)."""
        if np.nansum(all_) < FEWEST:
            raise NotCheckable(f"only {int(np.nansum(all_))} such events occurred; at least {FEWEST} are needed")
        return self.of(lambda i: float(np.nansum(some[i]) / np.nansum(all_[i])), len(some))

    def correlation(self, x: Floats, y: Floats) -> Estimate:
        """Pearson correlation over people who have both."""
        both = np.isfinite(x) & np.isfinite(y)
        x, y = x[both], y[both]
        estimate = self.of(lambda i: float(np.corrcoef(x[i], y[i])[0, 1]), len(x))
        return Estimate(estimate.value, estimate.low, estimate.high, estimate.value)


def known(values: Floats) -> Floats:
    """Values that are finite."""
    return np.asarray(values, dtype=float)[np.isfinite(values)]
