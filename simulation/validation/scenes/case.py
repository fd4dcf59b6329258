"""The case of the paper, lived many times, each with luck of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.validation.estimates import NotCheckable
from simulation.validation.laboratory import Laboratory, scene

if TYPE_CHECKING:
    import pandas as pd

MOMENTS = {"intake": "intake", "end of weekly therapy": "end-of-weekly", "follow-up": "follow-up"}
"""When the case is assessed, by the mark of the event in the case."""
MONTH = 30.4375
LAST_QUARTER = 90.0
ANGRY = 0.4


@dataclass
class CaseRuns:
    """Several lives of the case.

    Attributes:
        scores: By occasion ("intake", "end of weekly therapy", "follow-up"), one row per life.
        calls: [lives, 2] crisis calls per month in months 1 to 5 of therapy, and in months 6 to 18.
        contingency: [lives] anger after perceived rejection less anger otherwise, in the last quarter of a year; 0 in
            a life without either.
        anger: [lives, 2] share of time in intense anger before therapy and in the last quarter of a year.
    """

    scores: dict[str, pd.DataFrame]
    calls: Any
    contingency: Any
    anger: Any


@scene("case", lengthy=True)
def case(lab: Laboratory) -> CaseRuns:
    """Angie, treated as in the paper, with questionnaires at intake, after weekly therapy, and a year later."""
    from simulation.cases import load_case
    from simulation.trials.case_lives import live_case

    if lab.constants or lab.profiles:
        raise NotCheckable(
            "the case takes no changed constants or profiles; make the change in the theory or the profiles"
        )
    whole = load_case("angie")
    moments = {name: whole.day_of(mark) for name, mark in MOMENTS.items()}
    intake, follow_up = moments["intake"], moments["follow-up"]
    seeds = [1000 * lab.seed + life for life in range(lab.people(16, 100))]
    lives = live_case("angie", seeds, "mit", list(moments.values()))
    months = (lives.day - intake) / MONTH
    early, later = (months > 0) & (months <= 5), (months > 5) & (months <= 18)
    calls = np.stack([lives.calls[:, early].sum(axis=1) / 5, lives.calls[:, later].sum(axis=1) / 13], axis=1)
    before, late = lives.day <= intake, lives.day > follow_up - LAST_QUARTER
    intense = lives.anger > ANGRY
    return CaseRuns(
        {name: lives.at(day) for name, day in moments.items()},
        calls,
        np.array([_contingency(a, h) for a, h in zip(lives.anger[:, late], lives.hurt[:, late], strict=True)]),
        np.stack([intense[:, before].mean(axis=1), intense[:, late].mean(axis=1)], axis=1),
    )


def _contingency(anger: Any, hurt: Any) -> float:
    return float(anger[hurt].mean() - anger[~hurt].mean()) if hurt.any() and not hurt.all() else 0.0
