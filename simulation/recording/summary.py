"""A run in a few numbers: those a person asks for first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.population.population import Population
from simulation.provenance import SCHEMA
from simulation.theory.exchange import REPLIES
from simulation.theory.layout import WISHES
from simulation.theory.states import ACTS, PERSONAL_STRATEGIES, SELF_STATES

if TYPE_CHECKING:
    import pandas as pd

    from simulation.recording.recording import Recording

ABOUT = (
    "One run of a research and teaching model, not a clinical instrument: nothing here evaluates a real therapy or a "
    "real person."
)
MEANINGS = {
    "relationships": "pairs who are in contact at the end, or were until a rupture; acquaintances are not counted",
    "null": "what was not recorded; also what is counted from events if there was not a single one",
    "episodes": "stretches of dysregulation above the threshold that began during the run",
    "time_in_episode": "share of the time spent in them",
    "mean": "means over time of arousal, anger, shame and psychic pain, each in [0, 1]",
    "coping": "attempts to soothe alone, by strategy: how many, and how many per 30 days",
    "acts": "what the person did in contacts they began, by act",
    "replies": "how the person answered others who began a contact, by reply",
    "contacts_per_day": "contacts with anyone, whoever began them",
    "self_states": "share of the time in each self-state",
    "ruptures": "ties of the person that broke during the run, each time they did",
    "crises": "suicidal crises that began; a state of risk that calls for help",
    "treatment": "sessions held and missed, crisis calls answered and not, ruptures of the alliance and repairs, and "
    "the day on which the person left early, if so; null for those who were not treated",
    "negative_self_image": "negative share of the evidence about the self, mean over the four wishes",
    "cold_replies": "of the replies: pulling back, criticism and rejection",
    "strain": "wear on the tie as the first person feels it",
}  # fmt: skip
"""What the numbers mean; written into the file beside them."""
_EVENT_KEYS = (
    "episodes", "episodes_per_week", "coping", "coping_per_30_days", "acts", "replies", "contacts_per_day", "ruptures",
    "crises", "treatment",
)  # fmt: skip
"""Numbers about a person that come from events; None where there are none."""
_TREATMENT = {
    "sessions": "session",
    "missed": "missed_session",
    "crisis_calls": "crisis_call",
    "unanswered_calls": "unanswered_call",
    "ruptures": "alliance_rupture",
    "repairs": "alliance_repair",
}
"""What is counted of a treatment, and the kind of event that is counted."""
COLD = ("pulling_back", "criticism", "rejection")
FELT = ("arousal", "anger", "shame", "pain")
_MONTH = 30.0


def summarise(recording: Recording) -> dict[str, Any]:
    """Return a run in a few numbers, as plain values for JSON.

    Keys: `people`, `relationships`, `days`, `ticks`; `everyone` (means over all people and the whole run);
    `focal`; `watched` (by name, what `MEANINGS` lists); `pairs` (each watched person and everyone they have a tie with;
    `first` → `other` are acts of the first and the replies of the other to them, and the strain that the first feels).
    What was not recorded is None.
    """
    population = recording.population
    case = recording.case
    names = [recording.name(person) for person in recording.watched]
    events = recording.events
    return {
        "schema": SCHEMA,
        "about": ABOUT,
        "case": case.name,
        "title": case.title,
        "seed": case.seed,
        "lesions": list(case.lesions),
        "people": population.n_people,
        "relationships": int(np.sum(_related(population))) // 2,
        "days": recording.days,
        "ticks": recording.ticks,
        "everyone": _everyone(recording),
        "focal": _focal(recording),
        "watched": {
            name: _person(recording, person, name, events)
            for person, name in zip(recording.watched, names, strict=True)
        },
        "pairs": _pairs(recording, events),
        "meanings": MEANINGS,
    }


def negative_self_image(population: Population) -> Any:
    """Return the negative share of everyone's evidence about the self, mean over wishes, float64 of shape [n]."""
    shares = []
    for wish in WISHES:
        negative = population.column(f"negative_evidence_{wish}")
        shares.append(negative / (negative + population.column(f"benevolent_evidence_{wish}")))
    return np.mean(shares, axis=0)


def _related(population: Population) -> Any:
    """Return which directed ties are, or were, more than an acquaintance: bool of shape [ties]."""
    return (population.tie_column("alive") > 0.5) | (population.tie_column("ruptured") > 0.5)


def _focal(recording: Recording) -> str | None:
    if not recording.watched:
        return recording.case.focal
    return recording.case.focal or recording.name(recording.watched[0])


def _everyone(recording: Recording) -> dict[str, Any]:
    means = recording.summaries.drop(columns=["tick", "day"]).mean()
    over_time = {str(name): float(value) for name, value in means.items() if np.isfinite(value)}
    shares = negative_self_image(recording.population)
    return {**over_time, "negative_self_image_at_end": float(np.mean(shares))}


def _person(recording: Recording, person: int, name: str, events: pd.DataFrame) -> dict[str, Any]:
    course = recording.trajectories
    course = course[course["person"] == name]
    return {
        **(_from_events(recording, name, events) if len(events) else dict.fromkeys(_EVENT_KEYS)),
        "time_in_episode": _mean(course, "in_episode"),
        "mean": {quantity: _mean(course, quantity) for quantity in FELT},
        "self_states": _self_states(course),
        "negative_self_image": {
            "at_start": _at_start(course),
            "at_end": float(negative_self_image(recording.population)[person]),
        },
    }


def _from_events(recording: Recording, name: str, events: pd.DataFrame) -> dict[str, Any]:
    own = events[events["person"] == name]
    kinds = own["kind"].value_counts()
    days = recording.days
    coping = _counted(own, "coping", PERSONAL_STRATEGIES)
    broken = events[(events["kind"] == "rupture") & ((events["person"] == name) | (events["other"] == name))]
    values = (
        int(kinds["episode_begins"]),
        int(kinds["episode_begins"]) / days * 7,
        coping,
        {strategy: uses / days * _MONTH for strategy, uses in coping.items()},
        _counted(own, "act", ACTS),
        _counted(own, "reply", REPLIES),
        int(kinds["act"] + kinds["reply"]) / days,
        len(broken),
        int(kinds["crisis_begins"]),
        _treatment(own, kinds),
    )
    return dict(zip(_EVENT_KEYS, values, strict=True))


def _treatment(own: pd.DataFrame, kinds: pd.Series[int]) -> dict[str, int | float | None] | None:
    counts = {told: int(kinds[kind]) for told, kind in _TREATMENT.items()}
    left = own.loc[own["kind"] == "drop_out", "day"]
    if not any(counts.values()) and not len(left):
        return None
    return {**counts, "left_on_day": float(left.iloc[0]) if len(left) else None}


def _mean(course: pd.DataFrame, quantity: str) -> float | None:
    return float(course[quantity].mean()) if quantity in course and len(course) else None


def _counted(events: pd.DataFrame, kind: str, words: tuple[str, ...]) -> dict[str, int]:
    """Return how often each word stands in events of a kind, the most frequent first; words never used are left out."""
    counts = events.loc[events["kind"] == kind, "what"].value_counts()
    found = {word: int(counts[word]) for word in words if counts.get(word, 0)}
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def _self_states(course: pd.DataFrame) -> dict[str, float] | None:
    if "self_state" not in course or not len(course):
        return None
    codes = course["self_state"].to_numpy().round().astype(int)
    counts = np.bincount(codes, minlength=len(SELF_STATES))
    return {state: float(count / len(codes)) for state, count in zip(SELF_STATES, counts, strict=True)}


def _at_start(course: pd.DataFrame) -> float | None:
    shares = []
    for wish in WISHES:
        negative, benevolent = f"negative_evidence_{wish}", f"benevolent_evidence_{wish}"
        if negative not in course or benevolent not in course or not len(course):
            return None
        first = course.iloc[0]
        shares.append(first[negative] / (first[negative] + first[benevolent]))
    return float(np.mean(shares))


def _pairs(recording: Recording, events: pd.DataFrame) -> list[dict[str, Any]]:
    ties = recording.ties
    strain = {}
    if "strain" in ties:
        for key, course in ties.groupby(["person", "other"], observed=True)["strain"]:
            strain[key] = {"at_start": float(course.iloc[0]), "at_end": float(course.iloc[-1])}
    counts = events.groupby(["kind", "person", "other"], observed=True).size()
    cold_replies = events[(events["kind"] == "reply") & events["what"].isin(COLD)]
    cold = cold_replies.groupby(["person", "other"], observed=True).size()
    pairs = []
    for owner, whom in recording.watched_ties:
        first, other = recording.name(owner), recording.name(whom)
        pairs.append(
            {
                "first": first,
                "other": other,
                "acts": int(counts.get(("act", first, other), 0)),
                "replies": int(counts.get(("reply", other, first), 0)),
                "cold_replies": int(cold.get((other, first), 0)),
                "ruptures": _either(counts, "rupture", first, other),
                "reconciliations": _either(counts, "reconciliation", first, other),
                "became_partners": _either(counts, "new_partner", first, other),
                "strain": strain.get((first, other)),
            }
        )
    return pairs


def _either(counts: Any, kind: str, one: str, other: str) -> int:
    return int(counts.get((kind, one, other), 0)) + int(counts.get((kind, other, one), 0))
