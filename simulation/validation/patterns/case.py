"""A1-A4. The case of the paper: an anchor, not a target for the average patient. She is a tail case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.validation.criteria import Between, near
from simulation.validation.estimates import Estimate
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.case import CaseRuns

READING = "mean over several lives of the case, each with luck of its own; the interval is the range of single lives"


def _over_lives(values: Any) -> Estimate:
    values = np.asarray(values, dtype=float)
    return Estimate(float(values.mean()), float(values.min()), float(values.max()))


def scores(name: str, lab: Laboratory) -> dict[str, Estimate]:
    """One score at intake, after weekly therapy and at follow-up."""
    scene: CaseRuns = lab.scene("case")
    return {occasion: _over_lives(table[name]) for occasion, table in scene.scores.items()}


def ders(lab: Laboratory) -> dict[str, Estimate]:
    """DERS."""
    return scores("ders", lab)


def gsi(lab: Laboratory) -> dict[str, Estimate]:
    """GSI."""
    return scores("gsi", lab)


def criteria(lab: Laboratory) -> dict[str, Estimate]:
    """Criteria met."""
    return scores("criteria", lab)


def residual(lab: Laboratory) -> dict[str, Estimate]:
    """Crisis calls early and late; what is left of anger at perceived rejection in the last quarter of a year."""
    scene: CaseRuns = lab.scene("case")
    return {
        "calls per month, months 1 to 5": _over_lives(scene.calls[:, 0]),
        "fewer calls later (per month)": _over_lives(scene.calls[:, 0] - scene.calls[:, 1]),
        "anger after rejection at the end": _over_lives(scene.contingency),
        "time in intense anger, end / intake": _over_lives(scene.anger[:, 1] / np.maximum(scene.anger[:, 0], 1e-3)),
    }


PATTERNS = [
    Pattern("A1", "case", ders, {"intake": near(118, 18), "end of weekly therapy": near(57, 18)}, reading=READING),
    Pattern("A2", "case", gsi, {"intake": near(2.1, 0.4), "end of weekly therapy": near(0.222, 0.3)}, reading=READING),
    Pattern(
        "A3",
        "case",
        criteria,
        {
            "intake": Between(7.0, 9.0, 1.0),
            "end of weekly therapy": Between(None, 4.49, 1.0),
            "follow-up": Between(None, 4.49, 1.0),
        },
        reading=READING + "; criteria over the preceding quarter of a year",
    ),
    Pattern(
        "A4",
        "case",
        residual,
        {
            "calls per month, months 1 to 5": Between(1.0, None, 1.0),
            "fewer calls later (per month)": Between(0.5, None, 0.5),
            "anger after rejection at the end": Between(0.02, None, 0.05),
            "time in intense anger, end / intake": Between(None, 0.5, 0.25),
        },
        reading=READING,
    ),
]
