"""A quarter of a year with questionnaires at its end and four weeks before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulation.cohorts.lives import settle
from simulation.cohorts.networks import EGO_NETWORK
from simulation.measures.affect import ITEMS
from simulation.measures.criteria import CRITERIA, CRITERIA_DAYS, DIAGNOSIS
from simulation.measures.instruments import administer
from simulation.measures.questionnaires import SCALES
from simulation.recording.recording import COURSE
from simulation.validation.laboratory import Laboratory, scene

if TYPE_CHECKING:
    import pandas as pd

RETEST_DAYS = 28
SCREENS = {"healthy": (0, 1), "diagnosed": (DIAGNOSIS, 9)}
"""Criteria that people in a sample meet, at least and at most. That controls meet at most one is ASSUMED."""
_ASKED = {part.feature for scale in SCALES.values() for part in scale.parts} | {
    part.feature for criterion in CRITERIA for part in criterion.parts
}
_BEHIND = (*ITEMS, "negative_self", "benevolent_self", "dissociation")
QUANTITIES = tuple(q for q in COURSE if q in _ASKED or q in _BEHIND or "_evidence_" in q)


@dataclass
class Questionnaires:
    """Scores of cohorts.

    Attributes:
        now, again: Scores at the end, on two occasions (their errors of measurement differ); one row per person.
        before: Scores four weeks earlier.
        people: Cohorts and traits.
    """

    now: pd.DataFrame
    again: pd.DataFrame
    before: pd.DataFrame
    people: pd.DataFrame

    def of(self, score: str, *cohorts: str, screened: str = "") -> Any:
        """[people] a score of some cohorts, screened as studies screen their samples (`SCREENS`) or not at all."""
        chosen = self.people["cohort"].isin(cohorts)
        if screened:
            fewest, most = SCREENS[screened]
            chosen = chosen & self.now["criteria"].between(fewest, most).reindex(self.people.index)
        return self.now[score].reindex(self.people.index[chosen]).to_numpy(dtype=float)


@scene("questionnaires")
def questionnaires(lab: Laboratory) -> Questionnaires:
    """A quarter of a year in ego networks, then questionnaires and an interview about criteria."""
    people = {
        "bpd": lab.people(60, 480),
        "community": lab.people(60, 480),
        "avoidant": lab.people(40, 480),
        "depressed": lab.people(40, 240),
    }
    settled = settle(people, EGO_NETWORK, lab.seed, **lab.changes)
    lives = settled.live(CRITERIA_DAYS, 1 / 8, QUANTITIES, ("good_image", "bad_image"), events=True)
    recording = lives.recording
    now, again = (administer(recording, seed=lab.seed, occasion=o) for o in (0, 1))
    before = administer(recording, until=CRITERIA_DAYS - RETEST_DAYS, seed=lab.seed, occasion=2)
    return Questionnaires(now, again, before, lives.people)
