"""Contingencies: how one momentary quantity goes with another within a person, at once or at the next prompt.

`person_slopes` with `pooled` is quick for thousands of people, `weighted_slopes` for people with few rows each;
`mixed_slopes` fits the multilevel model that studies report (statsmodels); `logistic_slopes` is for acts that happen or
not. All take a table of prompts as `sampling.sample_as_study` gives it. Predictors are centred on each person's own
mean: slopes are within persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError, quoted
from simulation.measures.prompts import TooFew, check_columns, enough

if TYPE_CHECKING:
    import pandas as pd

ROWS_PER_SLOPE = 10
"""Prompts of a person needed for slopes of their own. ASSUMED."""
PEOPLE_POOLED = 3
"""People needed to pool slopes. ASSUMED."""


def paired(table: pd.DataFrame, outcome: str, predictors: Sequence[str], lag: int = 0) -> pd.DataFrame:
    """Return the rows on which slopes rest: outcome at one prompt, predictors `lag` prompts earlier on the same day.

    Predictors are centred on the person's mean over these rows. Only complete rows are kept.

    Raises:
        InputError: a column is missing, or the lag is negative.
    """
    check_columns(table, ("person", "day", "prompt", outcome, *predictors))
    if lag < 0:
        raise InputError(f"a lag of {lag} looks into the future; it must be 0 (at once) or more prompts")
    table = table.sort_values(["person", "day", "prompt"], kind="stable")
    earlier = table[list(dict.fromkeys(predictors))].astype(float)
    if lag:
        earlier = earlier.shift(lag)
        same = (table["person"] == table["person"].shift(lag)) & (table["day"] == table["day"].shift(lag))
        earlier = earlier[same & (table["prompt"] - table["prompt"].shift(lag) == lag)].reindex(table.index)
    rows = earlier.assign(person=table["person"].astype(str), day=table["day"], outcome=table[outcome].astype(float))
    rows = rows.dropna()
    columns = list(earlier.columns)
    rows[columns] = rows[columns] - rows.groupby("person")[columns].transform("mean")
    return rows


def decomposed(table: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the table with a quantity split into what is the person's, the day's and the moment's.

    Adds ``…_person`` (mean of the person), ``…_day`` (mean of the day minus that of the person) and ``…_moment`` (the
    rest); the three add up to the quantity. Use them as predictors to tell contingencies of moments from those of days.

    Source of the procedure: three-level models such as Hepp et al. 2017 (10.1177/2167702616677312).

    Raises:
        InputError: a column is missing.
    """
    check_columns(table, ("person", "day", column))
    person = table["person"].astype(str)
    of_person = table.groupby(person)[column].transform("mean")
    of_day = table.groupby([person, table["day"]])[column].transform("mean")
    parts = {f"{column}_person": of_person, f"{column}_day": of_day - of_person}
    return table.assign(**parts, **{f"{column}_moment": table[column] - of_day})


def person_slopes(table: pd.DataFrame, outcome: str, predictors: Sequence[str], lag: int = 0) -> pd.DataFrame:
    """Return each person's slopes of an outcome on predictors, by least squares, all predictors at once.

    Args:
        table: of prompts.
        outcome: column.
        predictors: columns; with several, each slope holds the others constant.
        lag: prompts by which predictors come earlier.

    Returns:
        By person, one column per predictor (units of the outcome per unit of the predictor), and ``rows`` used. NaN for
        a person with fewer than `ROWS_PER_SLOPE` rows or a predictor that does not vary (or repeats another).

    Raises:
        InputError: a column is missing or nobody has enough rows.
    """
    import pandas as pd

    rows = paired(table, outcome, predictors, lag)
    names, person = np.unique(rows["person"].to_numpy(), return_inverse=True)
    count = np.bincount(person, minlength=len(names))
    there = enough(count, ROWS_PER_SLOPE, f"the slope of {outcome} on {' and '.join(predictors)}", "complete prompts")
    x = rows[list(predictors)].to_numpy()
    y = rows["outcome"].to_numpy()
    size = x.shape[1]
    squares = np.empty((len(names), size, size))
    products = np.empty((len(names), size))
    for i in range(size):
        products[:, i] = np.bincount(person, x[:, i] * y, len(names))
        for j in range(size):
            squares[:, i, j] = np.bincount(person, x[:, i] * x[:, j], len(names))
    slopes = np.full((len(names), size), np.nan)
    length = np.sqrt(np.einsum("pii->pi", squares))
    alike = squares / np.maximum(length[:, :, None] * length[:, None, :], 1e-300)
    fine = there & (length > 1e-12).all(axis=1) & (np.linalg.matrix_rank(alike, hermitian=True, tol=1e-9) == size)
    if fine.any():
        slopes[fine] = np.linalg.solve(squares[fine], products[fine][:, :, None])[:, :, 0]
    frame = pd.DataFrame(slopes, columns=list(predictors), index=pd.Index(names, name="person"))
    return frame.assign(rows=count)


def weighted_slopes(table: pd.DataFrame, outcome: str, predictor: str, lag: int = 0) -> pd.DataFrame:
    """Return each person's slope of an outcome on one predictor, and how much there is behind it.

    For people with few rows each: unlike in `person_slopes` nobody is left out for that. Weighted, the mean of the
    slopes is the one that a regression on the rows of all people would give, each centred on their own mean.

    Args:
        table, outcome, predictor, lag: as in `person_slopes`.

    Returns:
        By person, ``slope`` (units of the outcome per unit of the predictor) and ``weight`` (sum of squared deviations
        of the predictor from the person's mean). A person whose predictor does not vary is not among them.

    Raises:
        InputError: a column is missing.
        TooFew: nobody's predictor varies.
    """
    import pandas as pd

    rows = paired(table, outcome, [predictor], lag)
    x = rows[predictor]
    sums = pd.DataFrame({"product": x * rows["outcome"], "weight": x * x}).groupby(rows["person"]).sum()
    sums = sums[sums["weight"] > 1e-12]
    if sums.empty:
        raise TooFew(f"the slope of {outcome} on {predictor} needs people whose {predictor} varies; there is nobody")
    return pd.DataFrame({"slope": sums["product"] / sums["weight"], "weight": sums["weight"]})


def pooled(slopes: pd.Series, seed: int = 0, confidence: float = 0.95) -> dict[str, float]:
    """Return the mean of people's slopes with a bootstrap interval over people (BCa, `scipy.stats.bootstrap`).

    Keys: ``mean``, ``low``, ``high``, ``sd`` (between people, sampling error included), ``people``.

    Raises:
        TooFew: there are fewer than `PEOPLE_POOLED` slopes.
    """
    from scipy.stats import bootstrap

    values = slopes.to_numpy(dtype=float)
    values = values[np.isfinite(values)]
    if len(values) < PEOPLE_POOLED:
        raise TooFew(f"pooling slopes needs at least {PEOPLE_POOLED} people who have one; there are {len(values)}")
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    low = high = mean
    if sd > 0:
        rng = np.random.default_rng(seed)
        interval = bootstrap(
            (values,), np.mean, n_resamples=2000, confidence_level=confidence, rng=rng
        ).confidence_interval
        low, high = float(interval.low), float(interval.high)
    return {"mean": mean, "low": low, "high": high, "sd": sd, "people": float(len(values))}


def mixed_slopes(
    table: pd.DataFrame, outcome: str, predictors: Sequence[str], lag: int = 0, moderator: str | None = None
) -> pd.DataFrame:
    """Fit a multilevel model: prompts within persons, random intercept and random slope of the first predictor.

    Args:
        table: of prompts.
        outcome, predictors, lag: as in `person_slopes`.
        moderator: column that is constant within a person (a group as 0 and 1, or a score), whose interaction with the
            first predictor is estimated as well.

    Returns:
        By term: ``estimate``, ``se``, ``z``, ``p``, ``low``, ``high`` (95 %). Terms: ``intercept``, the predictors, and
        with a moderator ``moderator`` and ``interaction``.

    Raises:
        InputError: a column is missing, there are too few people or rows, or the model cannot be fitted.
    """
    rows = paired(table, outcome, predictors, lag)
    _check_people(rows, outcome, predictors)
    design = rows[list(predictors)].copy()
    design.insert(0, "intercept", 1.0)
    if moderator is not None:
        check_columns(table, (moderator,))
        of_person = table.astype({"person": str}).groupby("person")[moderator].first().astype(float)
        design["moderator"] = rows["person"].map(of_person)
        design["interaction"] = design["moderator"] * rows[predictors[0]]
    import statsmodels.api as sm

    groups = rows["person"].to_numpy()
    model = sm.MixedLM(rows["outcome"], design, groups=groups, exog_re=design[["intercept", predictors[0]]])
    fitted = _quietly(lambda: model.fit(reml=True, method=["lbfgs", "powell"]), outcome)
    return _terms(fitted, list(design.columns))


def logistic_slopes(
    table: pd.DataFrame, outcome: str, predictors: Sequence[str], lag: int = 0, interactions: bool = True
) -> pd.DataFrame:
    """Fit a logistic model of whether something happens, with robust errors for prompts of the same person (GEE).

    Predictors are centred on the person and divided by their pooled within-person standard deviation, so that a slope
    is the change in log odds per within-person standard deviation. With `interactions`, all products of the predictors
    are in the model: with three of them, the last term is the three-way interaction.

    Args:
        table: of prompts.
        outcome: column; above 0 counts as having happened.
        predictors: two or three columns, or one.
        lag: prompts by which predictors come earlier.
        interactions: whether products enter.

    Returns:
        By term (``intercept``, predictors, products such as ``a:b`` and ``a:b:c``): as in `mixed_slopes`.

    Raises:
        InputError: a column is missing, it never or always happens, or the model cannot be fitted.
    """
    from itertools import combinations

    import statsmodels.api as sm

    rows = paired(table, outcome, predictors, lag)
    _check_people(rows, outcome, predictors)
    happened = (rows["outcome"] > 0).astype(float)
    if happened.nunique() < 2:
        always = "at every prompt" if happened.iloc[0] else "at no prompt"
        raise InputError(f"the odds of {quoted(outcome)} cannot be modelled: it happened {always} of {len(rows):,}")
    spread = rows[list(predictors)].std()
    design = rows[list(predictors)] / spread.where(spread > 0, 1.0)
    design.insert(0, "intercept", 1.0)
    if interactions:
        for size in range(2, len(predictors) + 1):
            for several in combinations(predictors, size):
                design[":".join(several)] = design[list(several)].prod(axis=1)
    model = sm.GEE(happened, design, groups=rows["person"].to_numpy(), family=sm.families.Binomial())
    return _terms(_quietly(model.fit, outcome), list(design.columns))


def _check_people(rows: pd.DataFrame, outcome: str, predictors: Sequence[str]) -> None:
    people, needed = rows["person"].nunique(), 2 + len(predictors)
    if people < needed or len(rows) < ROWS_PER_SLOPE * 2:
        raise TooFew(
            f"a multilevel model of {outcome} on {' and '.join(predictors)} needs at least {needed} people and "
            f"{ROWS_PER_SLOPE * 2} complete prompts; there are {people} and {len(rows)}"
        )


def _quietly(fit: Any, outcome: str) -> Any:
    """Fit without the warnings of the optimiser about boundaries, which a variance of 0 always brings."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            fitted = fit()
        except (np.linalg.LinAlgError, ValueError) as error:
            raise InputError(f"the model of {quoted(outcome)} cannot be fitted to these prompts: {error}") from None
    if not np.isfinite(np.asarray(fitted.params, dtype=float)).all():
        raise InputError(f"the model of {quoted(outcome)} cannot be fitted to these prompts: estimates are not finite")
    return fitted


def _terms(fitted: Any, terms: list[str]) -> pd.DataFrame:
    import pandas as pd

    bounds = fitted.conf_int()
    columns = {
        "estimate": fitted.params[terms], "se": fitted.bse[terms], "z": fitted.tvalues[terms],
        "p": fitted.pvalues[terms], "low": bounds.loc[terms, bounds.columns[0]],
        "high": bounds.loc[terms, bounds.columns[1]],
    }  # fmt: skip
    return pd.DataFrame(columns).rename_axis("term")
