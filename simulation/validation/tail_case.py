"""Where the case of the paper stands among the simulated people with borderline personality disorder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.questionnaires import Questionnaires

INTAKE = {"ders": 118.0, "gsi": 2.1, "criteria": 8.0}
"""Angie at intake (Salvatore et al. 2020, 10.1177/1534650120960234)."""


@dataclass(frozen=True)
class Place:
    """Where one figure lies among people.

    Attributes:
        score: Which.
        value: The case's.
        percentile: Share of people below, half of those equal included, in per cent.
        mean, sd: Of the people.
        n: How many.
    """

    score: str
    value: float
    percentile: float
    mean: float
    sd: float
    n: int


def places(lab: Laboratory) -> list[Place]:
    """Percentiles of the case's figures within the cohort with borderline personality disorder."""
    scene: Questionnaires = lab.scene("questionnaires")
    found = []
    for score, value in INTAKE.items():
        people = scene.of(score, "bpd")
        below = float(np.mean(people < value) + 0.5 * np.mean(people == value))
        found.append(Place(score, value, 100 * below, float(people.mean()), float(people.std(ddof=1)), len(people)))
    return found
