"""What pictures need to know of a recording, as plain tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulation.measures.causes import HOSTILE, HURT, PERCEPTS
from simulation.theory.layout import CONSTANT, LANES
from simulation.theory.mastery import PERSONAL_COST
from simulation.theory.states import PERSONAL_STRATEGIES

if TYPE_CHECKING:
    import pandas as pd

    from simulation.population.population import Population
    from simulation.recording.recording import Recording

REJECTION = HURT
"""Percepts at or below this count as perceived rejection in pictures."""
ANGRY_ACTS = HOSTILE
COLD_REPLIES = ("pulling_back", "criticism", "rejection")
STRATEGY_ACTS = ("relational_test", "clinging", "seduction", "angry_demand", "attack", "withdrawal")
COSTLY_STRATEGIES = tuple(name for name, cost in zip(PERSONAL_STRATEGIES, PERSONAL_COST, strict=True) if cost > 0)
"""Ways of soothing that have a later cost."""
BIN_LEAST = 0.125
"""Days; lines of short runs are drawn sample by sample."""
TREATMENT_EVENTS = (
    "session", "missed_session", "crisis_call", "unanswered_call", "alliance_rupture", "alliance_repair", "drop_out",
)  # fmt: skip
"""Kinds of events of a treatment that pictures show."""
FROM_OUTSIDE = ("life_event", *TREATMENT_EVENTS)
"""Kinds of events that stand between two ticks."""


def focal_name(recording: Recording) -> str | None:
    """Name of the person a picture is about: the focal one if watched, else the first watched; None if nobody is."""
    watched = [recording.name(p) for p in recording.watched]
    focal = getattr(recording.case, "focal", None)
    return focal if focal in watched else (watched[0] if watched else None)


def about(recording: Recording) -> str:
    """Case, seed, length and lesions, for the footer."""
    case = recording.case
    parts = [f"case {case.name}"]
    if getattr(case, "seed", None) is not None:
        parts.append(f"seed {case.seed}")
    parts.append(f"{recording.days:g} days")
    lesions = list(getattr(case, "lesions", []) or [])
    if lesions:
        few = ", ".join(name.replace("_", " ") for name in lesions)
        parts.append(f"cut: {few}" if len(lesions) <= 3 else f"{len(lesions)} arrows cut")
    return "  ·  ".join(parts)


def course_of(recording: Recording, person: str) -> pd.DataFrame:
    """Samples of one watched person, in order of time; each is taken at the end of its tick."""
    rows = recording.trajectories
    return rows[rows["person"] == person].reset_index(drop=True)


def ties_of(recording: Recording, person: str) -> pd.DataFrame:
    """Samples of the ties one watched person holds."""
    rows = recording.ties
    return rows[rows["person"] == person].reset_index(drop=True)


def events_at(recording: Recording) -> pd.DataFrame:
    """All events in the middle of their ticks, between the samples before and after; life events as a tick begins."""
    events = recording.events
    shift = np.where(events["kind"].isin(FROM_OUTSIDE), 0.0, 0.5)
    return events.assign(day=(events["tick"] + shift) * recording.dt)


def episodes_of(events: pd.DataFrame, person: str, end: float) -> list[tuple[float, float]]:
    """(first day, last day) of each episode of one person; one that is still open lasts to ``end``."""
    own = events[events["person"] == person]
    found: list[tuple[float, float]] = []
    start: float | None = None
    for kind, day in zip(own["kind"], own["day"], strict=True):
        if kind == "episode_begins":
            start = float(day)
        elif kind == "episode_ends" and start is not None:
            found.append((start, float(day)))
            start = None
    return found if start is None else [*found, (start, end)]


def important_others(recording: Recording, person: str, most: int = 3) -> list[str]:
    """The others who matter most to a watched person: by bond, and by how much there was between them."""
    held = ties_of(recording, person)
    if held.empty:
        return []
    number = next(p for p in recording.watched if recording.name(p) == person)
    population = recording.population
    events = recording.events
    with_them = events[(events["person"] == person) & events["kind"].isin(PERCEPTS)]["other"].value_counts()
    weight = {}
    for tie in population.ties_of(number):
        other = recording.name(population.other_of(tie))
        weight[other] = population.tie_value(tie, "bond") * (1.0 + float(with_them.get(other, 0))) ** 0.5
    return sorted(weight, key=lambda name: (-weight[name], name))[:most]


def gains_of(population: Population, person: int) -> dict[str, float]:
    """The gain of every arrow of Figure 1 for one person; 0 is a cut arrow."""
    page = int(population.world.person_constants[person // LANES])
    row = population.world.constants[page]
    return {q.name: float(row[q.offset + person % LANES]) for q in CONSTANT.values() if q.kind == "gain"}


def smoothed(course: pd.DataFrame, quantity: str, bin_days: float) -> pd.DataFrame:
    """Mean, 10th and 90th percentile of a quantity in bins of so many days, by middle of the bin."""
    import pandas as pd

    if bin_days <= BIN_LEAST:
        values = course[quantity].to_numpy()
        return course[["day"]].assign(low=values, high=values, mean=values).reset_index(drop=True)
    bins = np.ceil(course["day"] / bin_days - 1e-9)
    grouped = course[quantity].groupby(bins)
    table = pd.DataFrame({"low": grouped.quantile(0.1), "high": grouped.quantile(0.9), "mean": grouped.mean()})
    days = course["day"].groupby(bins)
    table["day"] = (days.min() + days.max()) / 2
    return table.reset_index(drop=True)


def bin_for(days: float) -> float:
    """How many days to average over so that a line over the whole run stays readable."""
    for limit, width in ((12, BIN_LEAST), (45, 0.5), (150, 1.0), (420, 3.0), (1200, 7.0), (3000, 14.0)):
        if days <= limit:
            return width
    return days / 200
