"""The case of the paper, run several times, each with luck of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.measures.causes import HURT
from simulation.measures.instruments import administer
from simulation.recording.recording import Record, Recording
from simulation.validation.estimates import NotCheckable
from simulation.validation.laboratory import Laboratory, scene
from simulation.validation.scenes.questionnaires import QUANTITIES

if TYPE_CHECKING:
    import pandas as pd

INTAKE, WEEKLY_ENDS = 60.0, 608.0
"""Days of the case: intake, and the end of eighteen months of weekly sessions."""
MONTH = 30.4375
ANGRY = 0.4


@dataclass
class CaseRuns:
    """Several lives of the case.

    Attributes:
        scores: By occasion ("intake", "end of weekly therapy", "follow-up"), one row per life.
        calls: [lives, 2] crisis calls per month in months 1 to 5 of therapy, and in months 6 to 18.
        contingency: [lives] anger after perceived rejection less anger otherwise, in the last quarter of a year.
        anger: [lives, 2] share of time in intense anger before therapy and in the last quarter of a year.
    """

    scores: dict[str, pd.DataFrame]
    calls: Any
    contingency: Any
    anger: Any


@scene("case")
def case(lab: Laboratory) -> CaseRuns:
    """Angie, treated as in the paper, with questionnaires at intake, after weekly therapy, and a year later."""
    import pandas as pd

    from simulation.running import run

    if lab.constants or lab.profiles:
        raise NotCheckable(
            "the case takes no changed constants or profiles; make the change in the theory or the profiles"
        )
    record = Record(watch=("Angie",), quantities=QUANTITIES, tie_fields=("good_image", "bad_image"), summaries=())
    rows: dict[str, list[Any]] = {"intake": [], "end of weekly therapy": [], "follow-up": []}
    calls, contingency, anger = [], [], []
    for life in range(lab.people(2, 20)):
        lived = run("angie", seed=1000 * lab.seed + life, treatment="mit", record=record)
        for name, day in zip(rows, (INTAKE, WEEKLY_ENDS, lived.days), strict=True):
            rows[name].append(
                administer(lived, until=day, seed=1000 * lab.seed + life, occasion=len(rows[name])).loc["Angie"]
            )
        when = lived.events.loc[lived.events["kind"] == "crisis_call", "day"].to_numpy() - INTAKE
        months = when / MONTH
        calls.append([((months >= 0) & (months < 5)).sum() / 5, ((months >= 5) & (months < 18)).sum() / 13])
        felt = lived.course("Angie", "anger").to_numpy()
        days = lived.trajectories["day"].to_numpy()
        late = days > lived.days - 90
        contingency.append(_contingency(lived, felt, late))
        anger.append([(felt[days <= INTAKE] > ANGRY).mean(), (felt[late] > ANGRY).mean()])
    return CaseRuns(
        {name: pd.DataFrame(found) for name, found in rows.items()},
        np.array(calls),
        np.array(contingency),
        np.array(anger),
    )


def _contingency(lived: Recording, felt: Any, late: Any) -> float:
    events = lived.events
    hurt = events["kind"].isin(("percept_of_act", "percept_of_reply")) & (events["perceived"] <= HURT)
    ticks = np.unique(events.loc[hurt & (events["person"] == "Angie"), "tick"].to_numpy())
    after = np.zeros(len(felt), dtype=bool)
    after[ticks[ticks < len(felt)]] = True
    if not (after & late).any():
        return 0.0
    return float(felt[after & late].mean() - felt[~after & late].mean())
