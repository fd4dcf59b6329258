"""Where the case of the paper stands among simulated people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.questionnaires import Questionnaires
    from simulation.validation.scenes.trials import Trial

FALL = 61.0
"""By which her DERS fell in eighteen months."""
INTAKE = {"ders": 118.0, "gsi": 2.1, "criteria": 8.0}
"""Angie at intake (Salvatore et al. 2020, 10.1177/1534650120960234)."""
END = {"ders": 57.0, "gsi": 0.222}
"""Angie after eighteen months of therapy (the same)."""


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


def of_scores(lab: Laboratory) -> list[Place]:
    """Percentiles of the case's figures at intake within the cohort with the disorder, at the end within the community.

    The latter say how well the paper's Angie ends: as well as how many of those who never were ill.
    """
    scene: Questionnaires = lab.scene("questionnaires")
    intake = [_place(score, value, scene.of(score, "bpd")) for score, value in INTAKE.items()]
    community = {score: scene.of(score, "community") for score in END}
    ends = [_place(f"{score} at the end, in the community", END[score], people) for score, people in community.items()]
    return [*intake, *ends]


def of_change(lab: Laboratory) -> list[Place]:
    """Percentile of her change within a treated cohort; none where trials cannot be run."""
    if lab.constants or lab.profiles:
        return []
    trial: Trial = lab.scene("outpatients")
    fall = trial.of("mit", 0, "ders") - trial.of("mit", 548, "ders")
    return [_place("fall of ders in 18 months of treatment", FALL, fall)]


def _place(score: str, value: float, people: Any) -> Place:
    below = float(np.mean(people < value) + 0.5 * np.mean(people == value))
    return Place(score, value, 100 * below, float(people.mean()), float(people.std(ddof=1)), len(people))


PLACES: Mapping[str, Callable[[Laboratory], list[Place]]] = {"questionnaires": of_scores, "outpatients": of_change}
"""Where her figures are placed, by the scene in which they are."""
