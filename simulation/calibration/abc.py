"""Approximate Bayesian computation: a posterior for parameters from what a study finds.

Summaries are semi-automatic (Fearnhead & Prangle 2012, 10.1111/j.1467-9868.2011.01010.x): the posterior mean of each
parameter as a regression predicts it from all statistics. What was observed is jittered within the tolerance ("noisy
ABC", same source), which keeps the posterior calibrated at any tolerance. `sampled` draws from it with pyABC (ABC-SMC,
simulating as it goes); `accepted` takes it from a table of simulations made beforehand, which is quick enough to be
repeated hundreds of times for simulation-based calibration. Both target the same posterior.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.space import Space

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
SHARE = 0.025
"""Share of the prior that the tolerance lets through, on average over data sets."""


@dataclass(frozen=True)
class Summary:
    """From statistics to one summary per parameter, in units of its prior standard deviation.

    Attributes:
        predict: [n, statistics] to [n, parameters].
        tolerance: Euclidean distance of summaries up to which a simulation counts as alike.
    """

    predict: Callable[[Floats], Floats]
    tolerance: float


def fitted_summary(points: Floats, statistics: Floats, space: Space, share: float = SHARE) -> Summary:
    """Fit the regression on a table, and choose the tolerance so that the share is let through.

    Args:
        points, statistics: [n, parameters] and [n, statistics].
        space: The prior.
        share: Let through on average.
    """
    from sklearn.linear_model import RidgeCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import PolynomialFeatures, StandardScaler

    scale = _prior_sd(space)
    model = make_pipeline(
        StandardScaler(), PolynomialFeatures(2, include_bias=False), StandardScaler(), RidgeCV(np.logspace(-2, 4, 13))
    )
    model.fit(statistics, points / scale)

    def predict(found: Floats) -> Floats:
        summary: Floats = np.asarray(model.predict(found), dtype=float)
        return summary

    summaries = predict(statistics)
    some = summaries[:: max(len(summaries) // 200, 1)]
    gaps = np.linalg.norm(some[:, None] - summaries[None], axis=2)
    return Summary(predict, float(np.median(np.quantile(gaps, share, axis=1))))


def _prior_sd(space: Space) -> Floats:
    low, high = np.array(list(space.bounds.values())).T
    sd: Floats = (high - low) / np.sqrt(12.0)
    return sd


def jittered(summary: Floats, tolerance: float, luck: np.random.Generator) -> Floats:
    """A summary moved to a random place within the tolerance."""
    step = luck.standard_normal(summary.shape)
    size = tolerance * luck.random() ** (1.0 / summary.size)
    moved: Floats = summary + step / np.linalg.norm(step) * size
    return moved


def accepted(
    observed: Floats, points: Floats, summaries: Floats, summary: Summary, luck: np.random.Generator, fewest: int = 30
) -> Floats:
    """[draws, parameters] points of a table whose summaries are alike to what was observed, jittered.

    Where fewer than `fewest` are, the nearest `fewest` are taken.
    """
    target = jittered(summary.predict(observed[None])[0], summary.tolerance, luck)
    gap = np.linalg.norm(summaries - target, axis=1)
    order = np.argsort(gap)
    count = max(int((gap <= summary.tolerance).sum()), fewest)
    draws: Floats = points[order[:count]]
    return draws


def sampled(
    observed: Floats, space: Space, simulate: Callable[[Floats, int], Floats], summary: Summary, seed: int,
    particles: int = 100, generations: int = 6, database: Path | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Sample the posterior with pyABC, simulating as it goes.

    Args:
        observed: [statistics].
        space: Prior, uniform within its bounds.
        simulate: From one point and a number to [statistics].
        summary: See there.
        seed: Of simulations and jitter. pyABC's own proposals follow numpy's global generator, seeded with it here.
        particles: Draws per generation.
        generations: At most; it ends sooner when the tolerance is reached.
        database: SQLite file in which pyABC keeps its history; none keeps it in memory.

    Returns:
        One row per particle: parameters and ``weight``.
    """
    import logging

    import pyabc

    logging.getLogger("ABC").setLevel(logging.ERROR)
    luck = np.random.default_rng([seed, 11])
    target = jittered(summary.predict(observed[None])[0], summary.tolerance, luck)
    names = list(space.bounds)
    keys = {name: name.replace(".", "__") for name in names}  # pyABC's columns are identifiers
    count = 0

    def model(parameters: Any) -> dict[str, Floats]:
        nonlocal count
        count += 1
        point = np.array([parameters[keys[name]] for name in names])
        return {"summary": summary.predict(simulate(point, count)[None])[0]}

    prior = pyabc.Distribution(
        **{keys[name]: pyabc.RV("uniform", low, high - low) for name, (low, high) in space.bounds.items()}
    )
    state = np.random.get_state()
    np.random.seed(seed % 2**32)
    try:
        run = pyabc.ABCSMC(
            model, prior, pyabc.PNormDistance(p=2), population_size=particles, sampler=pyabc.sampler.SingleCoreSampler()
        )
        run.new("sqlite://" if database is None else f"sqlite:///{database}", {"summary": target})
        history = run.run(minimum_epsilon=summary.tolerance, max_nr_populations=generations)
    finally:
        np.random.set_state(state)
    frame, weight = history.get_distribution()
    renamed: pd.DataFrame = frame.rename(columns={key: name for name, key in keys.items()})[names]
    return renamed.assign(weight=weight).reset_index(drop=True)
