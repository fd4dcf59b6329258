"""Who gets what, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from simulation.treatment.catalogue import Treatment
from simulation.treatment.reach import Floats, Ints


@dataclass(frozen=True)
class Phase:
    """A stretch of a treatment with a session every so many days; days are counted from the treatment's start."""

    start: float
    end: float
    every: float


SCHEDULE = (Phase(0, 548, 7), Phase(548, 700, 14), Phase(700, 852, 21))
"""The schedule of the paper: weekly for 18 months, fortnightly for 5, every three weeks for 5."""


def interval_on(phases: Sequence[Phase], day: float) -> float:
    """Days between sessions on a day of a treatment."""
    return next((p.every for p in phases if day < p.end), phases[-1].every)


def session_after(phases: Sequence[Phase], day: float) -> float | None:
    """Day, from the start of the treatment, of the session after one on ``day``; None if that was the last."""
    here = next((p for p in phases if p.start - 1e-9 <= day < p.end - 1e-9), None)
    if here is not None:
        following = day + here.every
        if any(p.start - 1e-9 <= following < p.end - 1e-9 for p in phases):
            return following
    return min((p.start for p in phases if p.start > day + 1e-9), default=None)


def sessions_planned(phases: Sequence[Phase]) -> int:
    """How many sessions a schedule has."""
    day: float | None = min((p.start for p in phases), default=None)
    number = 0
    while day is not None:
        number, day = number + 1, session_after(phases, day)
    return number


@dataclass(frozen=True)
class Assignment:
    """Who gets what.

    Attributes:
        treatment: What.
        patients: [n] numbers of the patients.
        therapists: [m] numbers of the therapists.
        therapist_of: [n] index into ``therapists``.
        start: First day.
        phases: The schedule.
        offset: [n] days by which each patient's sessions lie later in the week.
    """

    treatment: Treatment
    patients: Ints
    therapists: Ints
    therapist_of: Ints
    start: float = 0.0
    phases: tuple[Phase, ...] = SCHEDULE
    offset: Floats = field(default_factory=lambda: np.zeros(0))
