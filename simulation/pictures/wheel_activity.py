"""How active each station of Figure 1 was in one person and those around them, as a run recorded it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.pictures.reading import (
    COLD_REPLIES,
    COSTLY_STRATEGIES,
    STRATEGY_ACTS,
    course_of,
    events_at,
    gains_of,
)
from simulation.theory.layout import WISHES

if TYPE_CHECKING:
    import pandas as pd

    from simulation.recording.recording import Recording

STATIONS = (
    "event", "wish", "self_image", "emotions", "metacognition", "black_hole", "dissociation", "personal",
    "interpersonal", "felt", "response",
)  # fmt: skip
FUNCTIONS = ("monitoring", "differentiation", "decentring", "integration", "mastery")
FEELINGS = ("anger", "shame", "sadness", "anxiety")
GAINS_OF_OTHERS = ("felt_reactions", "relationship_strain", "others_rejection")
"""Arrows that lie in the people around the person."""


def station_activity(recording: Recording, person: str, first: float, last: float) -> dict[str, float | None]:
    """Return how active each station was between two days, from 0 to 1; None where nothing was recorded.

    States are means over time. What happens now and then counts by its rate r per day as 1 − exp(−r): behaviour of the
    person and of others, and strongly felt reactions.
    """
    course = course_of(recording, person)
    course = course[(course["day"] > first) & (course["day"] <= last + 1e-9)]
    events = events_at(recording)
    events = events[(events["day"] >= first) & (events["day"] < last)]
    span = max(last - first, 1e-9)
    own = events["person"] == person
    toward = events["other"] == person
    heard = events[toward & (events["kind"] == "percept_of_act") & ~own]
    noted = not recording.events.empty

    def mean(*names: str) -> float | None:
        there = [name for name in names if name in course]
        return float(course[there].max(axis=1).mean()) if there and not course.empty else None

    def rate(count: float) -> float | None:
        return float(1.0 - np.exp(-count / span)) if noted else None

    trace = None
    if "rejection_trace" in course and not course.empty:
        trace = float((1.0 - np.exp(-course["rejection_trace"])).mean())
    soothing = rate(float((own & (events["kind"] == "coping") & events["what"].isin(COSTLY_STRATEGIES)).sum()))
    brooding = mean("rumination")
    return {
        "event": trace,
        "wish": mean(*(f"need_{wish}" for wish in WISHES)),
        "self_image": mean("negative_self"),
        "emotions": mean(*FEELINGS),
        "metacognition": _failing(recording, person, course),
        "black_hole": mean("pain"),
        "dissociation": mean("dissociation"),
        "personal": max((x for x in (soothing, brooding) if x is not None), default=None),
        "interpersonal": rate(float((own & (events["kind"] == "act") & events["what"].isin(STRATEGY_ACTS)).sum())),
        "felt": rate(float(heard["strength"].sum())),
        "response": rate(
            float((toward & (events["kind"] == "reply") & events["what"].isin(COLD_REPLIES)).sum())
            + float((toward & (events["kind"] == "act") & events["what"].isin(["attack", "angry_demand"])).sum())
        ),
    }


def _failing(recording: Recording, person: str, course: pd.DataFrame) -> float | None:
    """Share of the person's metacognitive capacity that is not at hand, on average."""
    number = next((p for p in recording.watched if recording.name(p) == person), None)
    there = [name for name in FUNCTIONS if f"{name}_now" in course]
    if number is None or not there or course.empty:
        return None
    capacity = sum(recording.population.value(number, name) for name in there)
    now = sum(float(course[f"{name}_now"].mean()) for name in there)
    return float(np.clip(1.0 - now / max(capacity, 1e-9), 0.0, 1.0))


def cut_arrows(recording: Recording, person: str) -> set[str]:
    """Names of the arrows of Figure 1 with a gain of 0 for the person, or for all those the person has ties with."""
    population = recording.population
    number = next((p for p in recording.watched if recording.name(p) == person), None)
    if number is None:
        return set(getattr(recording.case, "lesions", []) or [])
    cut = {name for name, gain in gains_of(population, number).items() if gain == 0 and name not in GAINS_OF_OTHERS}
    others = [gains_of(population, population.other_of(tie)) for tie in population.ties_of(number)]
    return cut | {name for name in GAINS_OF_OTHERS if others and all(gains[name] == 0 for gains in others)}
