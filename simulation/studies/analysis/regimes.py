"""Regimes of a run: calm, cycling, locked. A convention of this project, so that phase diagrams can be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.studies.analysis.response import binned
from simulation.studies.analysis.results import Results
from simulation.studies.outcomes import ALWAYS

if TYPE_CHECKING:
    import pandas as pd

CALM, CYCLING, LOCKED = REGIMES = ("calm", "cycling", "locked")
CALM_BELOW = 0.05
"""Share of the time in an episode below which a run counts as calm. ASSUMED."""
LOCKED_FROM = 0.5
"""Share of the time in an episode from which a run counts as locked: more often in one than not. ASSUMED."""
EXPLAINED = (
    f"A run is called calm if the focal person spends less than {CALM_BELOW:.0%} of the time in an episode of "
    f"dysregulation, locked if it is {LOCKED_FROM:.0%} or more, and cycling in between: in and out of "
    f"episodes. The two "
    "limits are a convention (ASSUMED)."
)


def regime_of(time_in_episode: Any) -> Any:
    """[runs] 0 calm, 1 cycling, 2 locked."""
    share = np.asarray(time_in_episode, dtype=float)
    return (share >= CALM_BELOW).astype(int) + (share >= LOCKED_FROM)


def shares(results: Results, by: list[str]) -> pd.DataFrame:
    """Return the share of runs in each regime by some columns: one row per combination."""
    import pandas as pd

    regime = regime_of(results.frame[ALWAYS])
    table = pd.DataFrame({name: regime == code for code, name in enumerate(REGIMES)})
    return table.groupby([results.frame[column] for column in by]).mean().reset_index()


def bistable(results: Results, least: float = 0.1) -> pd.DataFrame:
    """Return the points at which both calm and locked runs occur though all that differs is chance.

    Args:
        results: Of a study with several replicates.
        least: Share of the runs of a point that each of the two must reach.

    Returns:
        One row per such point: the factors and the share of each regime.
    """
    at = shares(results, ["point"])
    found = at[(at[CALM] >= least) & (at[LOCKED] >= least)]
    factors = results.frame.groupby("point")[[*results.numeric, *results.words]].first()
    return factors.loc[found["point"]].reset_index(drop=True).join(found[list(REGIMES)].reset_index(drop=True))


def two_modes(results: Results, factor: str) -> str:
    """Say at how many levels of a factor the time in episodes may have two modes, by Sarle's coefficient."""
    from simulation.measures.warning import BIMODAL, FEWEST, bimodality

    level = binned(results, factor)
    share = results.frame[ALWAYS].to_numpy(dtype=float)
    groups = [share[level == x] for x in np.unique(level)]
    large = [bimodality(group) for group in groups if len(group) >= FEWEST]
    if not large:
        return ""
    two = sum(value > BIMODAL for value in large if np.isfinite(value))
    return (
        f"At {two} of {len(large)} levels Sarle's bimodality coefficient of {ALWAYS.replace('_', ' ')} exceeds "
        f"5/9 (skew "
        "alone can do that, as near zero)."
    )
