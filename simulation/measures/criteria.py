"""Nine DSM-5 criteria of borderline personality disorder as rough proxies, met or not, over the last quarter of a year.

Every criterion is a weighted mean of features of a window (`window.features`), each counted in full from a stated level
on; it is met from a threshold on, the same for everyone. Levels are ASSUMED; thresholds lie three quarters of the way
from the median burden of the virtual cohort `community` to that of `bpd`, rounded to 0.05
(`experiments/anchor_questionnaires.py` reads medians off).
This is no diagnosis of anyone.

Source of the criteria and the threshold of five: DSM-5 as reprinted in Cochrane CD012955 appendix 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.measures.burden import Part, burden

if TYPE_CHECKING:
    import pandas as pd

DIAGNOSIS = 5
"""Criteria needed for the diagnosis."""
CRITERIA_DAYS = 90.0
"""Days looked back upon. ASSUMED: interviews ask about years, a run of the model is shorter."""


@dataclass(frozen=True)
class Criterion:
    """One criterion: its name, what DSM-5 asks about in short, what stands behind it, and when it is met."""

    name: str
    meaning: str
    parts: tuple[Part, ...]
    threshold: float = 0.5


CRITERIA = (
    Criterion("abandonment", "frantic efforts to avoid abandonment", (
        Part("frantic_acts", "tests, clinging and demands towards others (per 30 days)", full=20),
        Part("anxiety", "rejection is anticipated", full=0.2),
    ), 0.85),
    Criterion("relationships", "unstable, intense relationships between idealisation and devaluation", (
        Part("image_spread", "the image of the other swings between good and bad", full=0.5),
        Part("breaks", "relationships break and are taken up again (per 30 days)", full=1.0),
    ), 0.75),
    Criterion("identity", "disturbed identity: an unstable sense of self", (
        Part("self_spread", "the working self swings between unworthy and good", full=0.4),
        Part("integration_now", "without integration the parts do not make one self", lacking=True, full=0.8),
    ), 0.5),
    Criterion("impulsivity", "impulsivity in two areas that can harm oneself", (
        Part("impulsive_coping", "binge eating and alcohol against distress (per 30 days)", full=6),
        Part("impulsive_areas", "both areas", full=2),
    ), 0.8),
    Criterion("self_harm", "self-harming or suicidal behaviour", (
        Part("self_harm", "acts of self-harm (one in 90 days counts in full)", full=0.33),
        Part("crises", "suicidal crises (one in 90 days counts in full)", full=0.33),
    ), 0.4),
    Criterion("instability", "affective instability", (
        Part("affect_spread", "negative affect rises and falls by much", full=0.15),
        Part("in_episode", "time in episodes of dysregulation", full=0.2),
    ), 0.75),
    Criterion("emptiness", "chronic emptiness", (
        Part("emptiness", "mean emptiness"),
    ), 0.45),
    Criterion("anger", "intense anger, hard to control", (
        Part("high_anger", "share of the time with intense anger", full=0.08),
        Part("hostile_acts", "angry demands and attacks (per 30 days)", full=8),
    ), 0.8),
    Criterion("paranoia", "stress-related paranoid ideas or dissociation", (
        Part("high_dissociation", "share of the time with intense dissociation", full=0.05),
        Part("misreading", "others are perceived as worse than they behave", full=0.25),
    ), 0.4),
)  # fmt: skip


def criteria_met(table: pd.DataFrame, criteria: Sequence[Criterion] = CRITERIA) -> pd.DataFrame:
    """Return which criteria each person meets, one row per person (index).

    Args:
        table: features of a window, with events and ties.
        criteria: tables to judge by; calibration passes its own.

    Returns:
        ``criterion_…`` (bool) for each, ``criteria`` (count, 0 to 9) and ``severity`` (sum of the nine burdens, 0 to 9:
        the same without thresholds).

    Raises:
        InputError: a feature is missing.
    """
    import pandas as pd

    burdens = {criterion.name: burden(criterion.parts, table) for criterion in criteria}
    met = {f"criterion_{c.name}": burdens[c.name] >= c.threshold - 1e-9 for c in criteria}
    frame = pd.DataFrame(met, index=table.index)
    count, severity = frame.sum(axis=1), pd.DataFrame(burdens, index=table.index).sum(axis=1)
    return frame.assign(criteria=count, severity=severity)
