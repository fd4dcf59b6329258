"""Early-warning signs in the courses that a study keeps while a parameter slowly rises."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError
from simulation.measures.prompts import TooFew
from simulation.measures.warning import early_warning, transitions
from simulation.studies.analysis.results import Results
from simulation.theory import constants
from simulation.theory.layout import CONSTANT

if TYPE_CHECKING:
    import pandas as pd

assert constants  # importing them is what fills the registry
SMOOTHED_DAYS = 7
LOW, HIGH, HOLD_DAYS = 0.15, CONSTANT["episode_on"].default, 7
"""The transition: a week's mean stays for HOLD_DAYS at or above HIGH, where an episode begins, after it had been at or
below LOW (ASSUMED)."""
FEWEST_DAYS = 60
EXPLAINED = (
    f"For each run, the week's mean of the first state that was kept is followed while the parameter rises: it "
    f"goes over "
    f"when it stays at {HIGH:g} or above for {HOLD_DAYS} days after having been at {LOW:g} or below. On the "
    f"days before, "
    "variance and lag-1 autocorrelation are taken in a moving window of half the record after the trend is taken out; "
    "Kendall's τ says whether they rise. Runs that never went over, cut at the median day of those that did, are the "
    "control: a warning is worth something only where τ is higher before a transition than without one."
)


def warning_signs(results: Results, courses: pd.DataFrame) -> pd.DataFrame:
    """Return for each run whether and when it went over, and the trends of variance and autocorrelation before.

    Columns: ``run``, ``went_over``, ``day``, ``variance``, ``autocorrelation`` (Kendall's τ, NaN if the time before was
    too short), and the factors of the study.

    Raises:
        InputError: The study has no ramp or kept no daily course.
    """
    import pandas as pd

    kept, ramp = results.plan.study.courses, results.plan.study.ramp
    if ramp is None or kept is None or kept.every != 1:
        raise InputError("early warning needs a study with a [ramp] that keeps [courses] every = 1 day")
    rising = courses[courses["day"] <= results.plan.study.burn_in + ramp.steps * ramp.days]
    series = {run: group[kept.quantities[0]].to_numpy() for run, group in rising.groupby("run")}
    over = {run: _goes_over(x) for run, x in series.items()}
    days = [day for day in over.values() if day is not None]
    control = int(np.median(days)) if days else len(next(iter(series.values())))
    rows = []
    for run, x in series.items():
        day = over[run]
        before = x[: control if day is None else day]
        try:
            trend = early_warning(before) if len(before) >= FEWEST_DAYS else {}
        except (InputError, TooFew):
            trend = {}
        rows.append((run, day is not None, day, trend.get("variance", np.nan), trend.get("autocorrelation", np.nan)))
    table = pd.DataFrame(rows, columns=["run", "went_over", "day", "variance", "autocorrelation"])
    return table.join(results.frame.groupby("run")[results.plan.names].first(), on="run")


def _goes_over(series: Any) -> int | None:
    smooth = np.convolve(series, np.ones(SMOOTHED_DAYS) / SMOOTHED_DAYS, mode="valid")
    found = transitions(smooth, LOW, HIGH, HOLD_DAYS)
    up = found.loc[found["up"], "index"]
    return int(up.iloc[0]) if len(up) else None


def summarised(table: pd.DataFrame) -> pd.DataFrame:
    """Return mean trends with 95 % intervals, for runs that went over and for those that did not."""
    import pandas as pd

    rows = []
    for went, group in table.groupby("went_over"):
        for sign in ("variance", "autocorrelation"):
            y: Any = group[sign].dropna()
            half = 1.96 * y.sem() if len(y) > 1 else np.nan
            rows.append(
                ("went over" if went else "did not", sign, len(group), len(y), y.mean() if len(y) else np.nan, half)
            )
    return pd.DataFrame(rows, columns=["runs", "sign", "how many", "long enough", "mean τ", "±"])
