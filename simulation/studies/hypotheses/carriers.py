"""Which mechanism carries an effect: the same contrast again, with one arrow of Figure 1 cut at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.cases.parameters import GAINS
from simulation.errors import InputError
from simulation.studies.analysis.results import Results
from simulation.studies.hypotheses.effects import Effect, Level
from simulation.studies.model import Study, study_from
from simulation.studies.plan import Plan, plan_study
from simulation.studies.targets import CONSTANT, LESION, NO_LESION

if TYPE_CHECKING:
    import pandas as pd

BUDGET = 60_000_000
"""People times ticks that the check of one factor may cost."""
FEWEST, MOST = 6, 40
"""Replicates of the check."""
SILENT = 0.1
"""Share of what is measured without a cut, below which the cut has silenced the measure."""
RESAMPLES = 500


@dataclass(frozen=True)
class Carrier:
    """How much of an effect goes when one arrow is cut.

    Attributes:
        lesion: The arrow.
        share: Of the difference that goes: 1 all of it, 0 nothing, below 0 it grows.
        interval: 95 % bootstrap interval over replicates, which have the same luck with and without the cut.
        silences: Whether the measure itself all but vanishes with the cut, at both ends: then a difference cannot be.
    """

    lesion: str
    share: float
    interval: tuple[float, float]
    silences: bool = False

    @property
    def clear(self) -> bool:
        """Whether cutting it takes away a clear part of the effect."""
        return self.interval[0] > 0


def contrast_study(results: Results, effect: Effect, measures: list[str]) -> Study:
    """Return the study that repeats a contrast with and without each lesion, everything else at its middle.

    Raises:
        InputError: The study itself varies lesions, or its runs are too large to be repeated so often.
    """
    plan = results.plan
    if LESION in plan.study.factors or plan.steps:
        raise InputError("the study itself cuts arrows, or ramps a parameter")
    varied = {t.key for t in plan.targets if t.kind == CONSTANT} | set(plan.case.lesions)
    lesions = [NO_LESION, *(name for name in GAINS if name not in varied)]
    replicates = int(BUDGET // (2 * len(lesions) * plan.people * plan.ticks))
    if replicates < FEWEST:
        raise InputError(
            f"runs of {plan.people:,} people and {plan.ticks:,} ticks are too large to be repeated so often"
        )
    factors: dict[str, Any] = {effect.factor: {"values": [effect.low, effect.high]}, LESION: {"values": lesions}}
    for name in plan.study.factors:
        if name != effect.factor:
            factors[name] = {"values": [_middle(results, name)]}
    data = plan.study.model_dump(exclude_none=True)
    data |= {
        "question": f"Which arrow of Figure 1 carries the effect of {effect.factor}?",
        "replicates": min(replicates, MOST),
        "measures": measures,
        "factors": factors,
        "design": {"kind": "grid"},
    }
    data.pop("courses", None)
    return study_from(data)


def _middle(results: Results, name: str) -> Level:
    column = results.plan.points[results.plan.names.index(name)]
    if isinstance(column, list):
        return max(sorted(set(column)), key=column.count)
    unique = np.unique(column)
    return float(unique[len(unique) // 2])


def run_contrast(study: Study) -> tuple[Plan, pd.DataFrame]:
    """Carry out the check in this process and return its rows."""
    import pandas as pd

    from simulation.studies.blocks import run_block

    plan = plan_study(study)
    blocks = [plan.runs_of(block) for block in range(plan.n_blocks)]
    return plan, pd.concat(
        [run_block(plan.payload(), r.start, r.stop)[0].to_pandas() for r in blocks], ignore_index=True
    )


def carriers(rows: pd.DataFrame, effect: Effect, seed: int) -> list[Carrier]:
    """Return what each lesion does to the difference between the two ends, the strongest first.

    Args:
        rows: Of the contrast study.
        effect: Which factor and measure.
        seed: Of the resampling.
    """
    wide: Any = rows.pivot_table(index="replicate", columns=[LESION, effect.factor], values=effect.measure)
    luck = np.random.default_rng([seed % 2**32, 17])
    intact = _difference(wide, NO_LESION, effect)
    chosen = luck.integers(0, len(intact), (RESAMPLES, len(intact)))
    base = intact[chosen].mean(axis=1)
    if not np.isfinite(intact).any() or np.nanmean(intact) == 0:
        return []
    found = []
    for lesion in dict.fromkeys(wide.columns.get_level_values(0)):
        if lesion == NO_LESION:
            continue
        cut = _difference(wide, lesion, effect)
        with np.errstate(all="ignore"):
            again = 1 - np.nanmean(cut[chosen], axis=1) / base
            share = 1 - np.nanmean(cut) / np.nanmean(intact)
        low, high = np.nanquantile(again, [0.025, 0.975])
        silences = bool(wide[lesion].mean().abs().max() < SILENT * wide[NO_LESION].mean().abs().max())
        found.append(Carrier(str(lesion), float(share), (float(low), float(high)), silences))
    return sorted(found, key=lambda c: -c.share)


def _difference(wide: pd.DataFrame, lesion: str, effect: Effect) -> Any:
    return (wide[(lesion, effect.high)] - wide[(lesion, effect.low)]).to_numpy(dtype=float)
