"""Bifurcation and hysteresis: what a measure does while one parameter is slowly raised and lowered again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError
from simulation.studies.analysis.results import Results

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 1000


def ramp_column(results: Results) -> str:
    """Name of the column of the ramped parameter.

    Raises:
        InputError: The study has no ramp.
    """
    ramp = results.plan.study.ramp
    if ramp is None:
        raise InputError("a hysteresis scan needs a study with a [ramp]")
    return f"ramp:{ramp.factor}"


def branches(results: Results, measure: str, rows: Any = None) -> pd.DataFrame:
    """Return the mean of a measure on the rising and on the falling branch, at each level.

    Columns: ``level``, and for ``rising`` and ``falling`` each ``…_mean``, ``…_low``, ``…_high`` (middle 80 % of runs).
    """
    import pandas as pd

    column = ramp_column(results)
    frame = results.frame if rows is None else results.frame[rows]
    grouped = frame.groupby([column, "direction"])[measure]
    parts = {"mean": grouped.mean(), "low": grouped.quantile(0.1), "high": grouped.quantile(0.9)}
    wide: Any = pd.concat(parts, axis=1).unstack("direction")
    wide.columns = [f"{direction}_{what}" for what, direction in wide.columns]
    return wide.reset_index().rename(columns={column: "level"})


def hysteresis(results: Results, measure: str, by: list[str] | None = None) -> pd.DataFrame:
    """Return how far the falling branch lies from the rising one, with a bootstrap interval over runs.

    The gap of a run is `measures.warning.hysteresis_area`: falling minus rising, over the range of the parameter. Where
    the interval leaves out zero, the same circumstances lead to different states depending on where one comes from.

    Args:
        results: Of a study with a ramp.
        measure: Name of the measure.
        by: Factors to tell apart; all together if not given.

    Returns:
        One row per combination: the factors, ``gap``, ``low``, ``high``, ``runs``.
    """
    import pandas as pd

    from simulation.measures.warning import hysteresis_area

    column = ramp_column(results)
    ways = {
        way: rows.pivot_table(index="run", columns=column, values=measure)
        for way, rows in results.frame.groupby("direction")
    }
    both = ways["rising"].dropna().index.intersection(ways["falling"].dropna().index)
    levels = ways["rising"].columns.to_numpy(dtype=float)
    gap = pd.Series(
        [hysteresis_area(levels, ways["rising"].loc[run], levels, ways["falling"].loc[run]) for run in both],
        index=pd.Index(both, name="run"), name="gap", dtype=float,
    )  # fmt: skip
    about = results.frame.groupby("run")[[*results.plan.names, "replicate"]].first().join(gap).dropna(subset=["gap"])
    luck = np.random.default_rng([results.plan.study.seed % 2**32, 11])
    rows = []
    groups: Any = [((), about)] if not by else about.groupby(by)
    for key, group in groups:
        values = group["gap"].to_numpy()
        again = values[luck.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
        low, high = np.quantile(again, [0.025, 0.975])
        rows.append((*(key if isinstance(key, tuple) else (key,)), values.mean(), low, high, len(values)))
    return pd.DataFrame(rows, columns=[*(by or []), "gap", "low", "high", "runs"])
