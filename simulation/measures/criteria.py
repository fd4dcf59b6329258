"""Nine DSM-5 criteria of borderline personality disorder as rough proxies, met or not, over the last quarter of a year.

Every criterion is a weighted mean of features of a window (`window.features`), each counted in full from a stated level
on; it is met from a threshold on, the same for everyone. Both are read off virtual cohorts by one rule each
(`experiments/anchor_questionnaires.py`), so ASSUMED: a feature counts in full from the level that the most burdened
tenth of `bpd` reaches, unless the criterion itself says how much is full; a criterion is met from half-way between
the median burdens of `community` and `bpd` on, rounded to 0.05. Exceptions are chosen by hand: the level of lacking
integration and the threshold of self-harm.
This is no diagnosis of anyone.

Source of the criteria and the threshold of five: DSM-5 as reprinted in Cochrane CD012955 appendix 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.measures.burden import Part, burden
from simulation.measures.errors import errors_of

if TYPE_CHECKING:
    import pandas as pd

DIAGNOSIS = 5
"""Criteria needed for the diagnosis."""
CRITERIA_DAYS = 90.0
"""Days looked back upon. ASSUMED: interviews ask about years, a run of the model is shorter."""

CRITERION_ERROR = 0.12
"""Standard deviation of an interviewer's error on one criterion, in units of its burden: agreement between interviewers
on single criteria is .70 (Jane et al. 2006, Comprehensive Psychiatry 47:368-375), burdens in the virtual cohort `bpd`
spread by 0.22. Over nine criteria the errors average out, as published: .93 to .97 for severity (Arntz et al. 2003,
10.1521/pedi.17.1.45.24053)."""


@dataclass(frozen=True)
class Criterion:
    """One criterion: its name, what DSM-5 asks about in short, what stands behind it, and when it is met."""

    name: str
    meaning: str
    parts: tuple[Part, ...]
    threshold: float = 0.5


CRITERIA = (
    Criterion("abandonment", "frantic efforts to avoid abandonment", (
        Part("frantic_acts", "tests, clinging and demands towards others (per 30 days)", full=47),
        Part("anxiety", "rejection is anticipated", full=0.4),
    ), 0.5),
    Criterion("relationships", "unstable, intense relationships between idealisation and devaluation", (
        Part("image_spread", "the image of the other swings between good and bad", full=0.33),
        Part("breaks", "relationships break and are taken up again (per 30 days)", full=1.3),
    ), 0.4),
    Criterion("identity", "disturbed identity: an unstable sense of self", (
        Part("self_spread", "the working self swings between unworthy and good", full=0.21),
        Part("integration_now", "without integration the parts do not make one self", lacking=True, full=0.8),
    ), 0.45),
    Criterion("impulsivity", "impulsivity in two areas that can harm oneself", (
        Part("impulsive_coping", "binge eating and alcohol against distress (per 30 days)", full=32),
        Part("impulsive_areas", "both areas", full=2),
    ), 0.5),
    Criterion("self_harm", "self-harming or suicidal behaviour", (
        Part("self_harm", "acts of self-harm (one in 90 days counts in full)", full=0.33),
        Part("crises", "suicidal crises (one in 90 days counts in full)", full=0.33),
    ), 0.4),
    Criterion("instability", "affective instability", (
        Part("affect_spread", "negative affect rises and falls by much", full=0.16),
        Part("in_episode", "time in episodes of dysregulation", full=0.75),
    ), 0.4),
    Criterion("emptiness", "chronic emptiness", (
        Part("emptiness", "mean emptiness", full=0.66),
    ), 0.4),
    Criterion("anger", "intense anger, hard to control", (
        Part("high_anger", "share of the time with intense anger", full=0.36),
        Part("hostile_acts", "angry demands and attacks (per 30 days)", full=16),
    ), 0.3),
    Criterion("paranoia", "stress-related paranoid ideas or dissociation", (
        Part("high_dissociation", "share of the time with intense dissociation", full=0.058),
        Part("misreading", "others are perceived as worse than they behave", full=0.33),
    ), 0.15),
)  # fmt: skip


def criteria_met(
    table: pd.DataFrame, criteria: Sequence[Criterion] = CRITERIA, seed: int | None = None, occasion: int = 0
) -> pd.DataFrame:
    """Return which criteria each person meets, one row per person (index).

    Args:
        table: features of a window, with events and ties.
        criteria: tables to judge by; calibration passes its own.
        seed: of the interviewer's error, as in `instruments.scores`; None judges without error.
        occasion: number of the interview: each has errors of its own.

    Returns:
        ``criterion_…`` (bool) for each, ``criteria`` (count, 0 to 9) and ``severity`` (sum of the nine burdens, 0 to 9:
        the same without thresholds).

    Raises:
        InputError: a feature is missing.
    """
    import pandas as pd

    people = list(table.index)
    burdens = {
        criterion.name: np.clip(
            burden(criterion.parts, table) + CRITERION_ERROR * errors_of(people, seed, criterion.name, occasion),
            0.0,
            1.0,
        )
        for criterion in criteria
    }
    met = {f"criterion_{c.name}": burdens[c.name] >= c.threshold - 1e-9 for c in criteria}
    frame = pd.DataFrame(met, index=table.index)
    count, severity = frame.sum(axis=1), pd.DataFrame(burdens, index=table.index).sum(axis=1)
    return frame.assign(criteria=count, severity=severity)
