"""Which factors matter: Morris' screening, Sobol indices, PAWN. Each with an interval and a factor without effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError
from simulation.studies.analysis.results import Results
from simulation.studies.designs import unit_points, unit_problem
from simulation.studies.model import DUMMY

if TYPE_CHECKING:
    import pandas as pd

RESAMPLES = 200
LEAST_POINTS = 50
"""Points below which PAWN says nothing."""
SLICES = 8
"""A power of two: SALib's slices go wrong where their width is not exact in binary."""


def _outcomes(results: Results, measure: str) -> Any:
    """[points] the mean of a measure over replicates, whole.

    Raises:
        InputError: A point is missing, so that the design has a hole.
    """
    y = results.frame.groupby("point")[measure].mean().reindex(range(results.plan.n_points)).to_numpy(dtype=float)
    missing = int(np.isnan(y).sum())
    if missing:
        raise InputError(
            f"{measure} is missing at {missing:,} of {len(y):,} points (runs failed, or it is not defined "
            f"there); indices "
            "of this design need all of them"
        )
    if np.ptp(y) == 0:
        raise InputError(f"{measure} is the same at all points; there is nothing to explain")
    return y


def sobol_indices(results: Results, measure: str) -> pd.DataFrame:
    """Return first-order and total Sobol indices with 95 % intervals, one row per factor, a dummy among them.

    Raises:
        InputError: The design is not Saltelli's, its base is no power of two, or it has holes.
    """
    import pandas as pd
    from SALib.analyze import sobol

    design = results.plan.study.design
    if design.kind != "sobol":
        raise InputError(f'Sobol indices need a design of kind "sobol"; this one is "{design.kind}"')
    base = design.points or 0
    if base < 2 or base & (base - 1):
        raise InputError(f"Sobol indices need a base sample that is a power of two; this one has {base}")
    y = _outcomes(results, measure)
    found = sobol.analyze(
        unit_problem(results.plan.names), (y - y.mean()) / y.std(), calc_second_order=False, num_resamples=RESAMPLES,
        seed=results.plan.study.seed % 2**32,
    )  # fmt: skip
    return pd.DataFrame(
        {"factor": results.plan.names, "first": found["S1"], "first_interval": found["S1_conf"], "total": found["ST"],
         "total_interval": found["ST_conf"]}
    ).sort_values("total", ascending=False, ignore_index=True)  # fmt: skip


def morris_effects(results: Results, measure: str) -> pd.DataFrame:
    """Return Morris' elementary effects with 95 % intervals, one row per factor, a dummy among them.

    Raises:
        InputError: The design is not Morris', or has holes.
    """
    import pandas as pd
    from SALib.analyze import morris

    design = results.plan.study.design
    if design.kind != "morris":
        raise InputError(f'elementary effects need a design of kind "morris"; this one is "{design.kind}"')
    names = results.plan.names
    unit = unit_points(design, len(names), results.plan.study.seed)
    found = morris.analyze(
        unit_problem(names), unit, _outcomes(results, measure), num_levels=design.levels, num_resamples=RESAMPLES,
        seed=results.plan.study.seed % 2**32,
    )  # fmt: skip
    return pd.DataFrame(
        {"factor": names, "mean": np.asarray(found["mu"]), "size": np.asarray(found["mu_star"]),
         "interval": np.asarray(found["mu_star_conf"]), "spread": np.asarray(found["sigma"])}
    ).sort_values("size", ascending=False, ignore_index=True)  # fmt: skip


def pawn_indices(results: Results, measure: str) -> pd.DataFrame:
    """Return PAWN indices from whatever points there are, with bootstrap intervals and a dummy.

    The index is the median distance (Kolmogorov–Smirnov) between the distribution of the measure as it is and with one
    factor held in a narrow slice: Pianosi & Wagener 2015, 10.1016/j.envsoft.2015.01.004.

    Raises:
        InputError: There are too few points or no numeric factor.
    """
    import pandas as pd
    from SALib.analyze import pawn

    table = results.frame[[*results.numeric, measure]].dropna()
    if len(table) < LEAST_POINTS or not results.numeric:
        raise InputError(f"PAWN needs {LEAST_POINTS} runs and a numeric factor; there are {len(table)} runs")
    names = [*results.numeric, DUMMY]
    luck = np.random.default_rng([results.plan.study.seed % 2**32, 7])
    x = np.column_stack([table[results.numeric].rank(pct=True).to_numpy(), luck.random(len(table))])
    y = table[measure].to_numpy(dtype=float)
    problem = unit_problem(names)

    def median(rows: Any) -> Any:
        with np.errstate(all="ignore"):
            return np.asarray(pawn.analyze(problem, x[rows], y[rows], S=SLICES)["median"], dtype=float)

    whole = median(np.arange(len(y)))
    again = np.array([median(luck.integers(0, len(y), len(y))) for _ in range(50)])
    low, high = np.nanquantile(again, [0.025, 0.975], axis=0)
    low, high = np.minimum(low, whole), np.maximum(high, whole)  # resampling widens distances a little
    return pd.DataFrame({"factor": names, "median": whole, "low": low, "high": high}).sort_values(
        "median", ascending=False, ignore_index=True
    )
