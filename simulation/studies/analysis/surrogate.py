"""A surrogate: how well can a measure be predicted from the factors, at points it has not seen?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.errors import InputError
from simulation.studies.analysis.results import Results

LEAST_POINTS = 30
MOST_POINTS = 5_000
"""Points that it is fitted to at most; more would only make it slower."""
FOLDS = 5


@dataclass(frozen=True)
class Surrogate:
    """A regression from factors to the mean of a measure over replicates.

    Attributes:
        measure: What it predicts.
        model: Fitted to all points; takes [points, factors].
        factors: Columns it takes.
        error: Cross-validated root mean squared error, in the unit of the measure.
        explained: Cross-validated share of the variance between points that it predicts (R²).
        spread: Standard deviation of the measure between points.
        chance: Standard error of a point's mean over replicates (NaN with one replicate). Replicates share their luck
            across points, so part of it is the same everywhere and predictable.
    """

    measure: str
    model: Any
    factors: list[str]
    error: float
    explained: float
    spread: float
    chance: float


def fit_surrogate(results: Results, measure: str) -> Surrogate:
    """Fit boosted trees to the points of a study and cross-validate them over points.

    Raises:
        InputError: Too few points, or the library is not there.
    """
    try:
        from sklearn.ensemble import GradientBoostingRegressor
        from sklearn.model_selection import KFold, cross_val_predict
    except ImportError:
        raise InputError(
            "a surrogate needs scikit-learn; install it with: pip install 'interpersonal-cycles[studies]'"
        ) from None
    table = results.by_point[[*results.numeric, measure]].dropna()
    if len(table) > MOST_POINTS:
        table = table.sample(MOST_POINTS, random_state=0)
    if len(table) < LEAST_POINTS or not results.numeric:
        raise InputError(f"a surrogate needs {LEAST_POINTS} points and a numeric factor; there are {len(table)} points")
    x, y = table[results.numeric].to_numpy(dtype=float), table[measure].to_numpy(dtype=float)
    if np.ptp(y) == 0:
        raise InputError(f"{measure} is the same at all points; there is nothing to predict")
    model = GradientBoostingRegressor(n_estimators=200, max_depth=3, subsample=0.7, random_state=0)
    folds = KFold(FOLDS, shuffle=True, random_state=results.plan.study.seed % 2**32)
    predicted = cross_val_predict(model, x, y, cv=folds)
    error = float(np.sqrt(np.mean((predicted - y) ** 2)))
    within = results.frame.groupby("point")[measure].var().mean()
    chance = float(np.sqrt(within / results.plan.replicates)) if results.plan.replicates > 1 else float("nan")
    explained = 1 - error**2 / float(y.var())
    return Surrogate(measure, model.fit(x, y), results.numeric, error, explained, float(y.std()), chance)
