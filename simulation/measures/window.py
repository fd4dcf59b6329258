"""What questionnaires ask about: a person's course over the last days or weeks, in features."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError
from simulation.measures.affect import with_affect
from simulation.measures.causes import HOSTILE, MONTH, causes_of
from simulation.theory.layout import WISHES

if TYPE_CHECKING:
    import pandas as pd

    from simulation.recording.recording import Recording

HIGH_ANGER, HIGH_DISSOCIATION = 0.4, 0.5
"""Above these a state counts as intense. ASSUMED."""
FRANTIC = ("relational_test", "clinging", "angry_demand")
IMPULSIVE = ("binge_eating", "alcohol")
TRAITS = ("rejection_sensitivity", "impulsivity")
"""Traits that questionnaires ask about as such."""
MEANINGS = {
    "negative_share": "negative share of the evidence about the self, mean over the four wishes, 0 to 1",
    "affect_spread": "standard deviation over time of negative affect",
    "self_spread": "standard deviation over time of the negative minus the benevolent self-image",
    "high_anger": "share of the time with intense anger, 0 to 1",
    "high_dissociation": "share of the time with intense dissociation, 0 to 1",
    "image_spread": "standard deviation over time of good minus bad image of the other, mean over ties",
    "frantic_acts": "tests, clinging and angry demands per 30 days",
    "hostile_acts": "angry demands and attacks per 30 days",
    "impulsive_coping": "binge eating and alcohol against distress, per 30 days",
    "impulsive_areas": "how many of these two occurred",
    "self_harm": "acts of self-harm per 30 days",
    "crises": "suicidal crises that began, per 30 days",
    "breaks": "ruptures and reconciliations per 30 days",
    "misreading": "how much worse others were perceived than they behaved, mean over percepts, 0 or more",
}
"""Features beyond the means over time of every column of the course and of the affect composites."""


def window_of(recording: Recording, days: float, until: float | None = None) -> pd.DataFrame:
    """Return the features of every watched person over the `days` before `until`.

    Args:
        recording: what the run yielded.
        days: length of the window; where the run is shorter, what there is.
        until: day of the run at which the window ends; None is the end of the run.

    Returns:
        One row per person (index), the columns of `features`. `TRAITS` that were not recorded over time are those at
        the end of the run.

    Raises:
        InputError: nobody was watched, or nothing lies in the window.
    """
    import pandas as pd

    names = [recording.name(person) for person in recording.watched]
    if not names:
        raise InputError("nobody was watched in this run, so there is no one to give a questionnaire to")
    traits = {t: recording.population.column(t)[recording.watched] for t in TRAITS if t not in recording.quantities}
    return features(
        recording.trajectories,
        days,
        recording.days if until is None else until,
        events=recording.events,
        ties=recording.ties if "good_image" in recording.tie_fields else None,
        traits=pd.DataFrame(traits, index=pd.Index(names, name="person")),
    )


def features(
    course: pd.DataFrame,
    days: float,
    until: float | None = None,
    events: pd.DataFrame | None = None,
    ties: pd.DataFrame | None = None,
    traits: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what happened to people in a window of time, one row per person (index).

    Args:
        course: like `Recording.trajectories`: day, person and states.
        days: length of the window.
        until: day at which it ends, included; None is the last of the course.
        events, ties: like those of a recording; without them the features that rest on them are missing.
        traits: by person.

    Returns:
        The mean over the window of every column of the course and of the affect composites, and what `MEANINGS` lists.

    Raises:
        InputError: nothing lies in the window.
    """
    import pandas as pd

    end = float(course["day"].max()) if until is None and len(course) else float(until or 0.0)
    own = _within(course, end, days)
    if not len(own):
        raise InputError(
            f"the course has no row in the {days:g} days before day {end:g}, so nothing can be asked about them"
        )
    own = with_affect(own.assign(person=own["person"].astype(str)))
    table = own.drop(columns=["tick", "day"], errors="ignore")
    grouped = table.groupby("person")
    result = grouped.mean()
    negative, benevolent = ([f"{kind}_evidence_{wish}" for wish in WISHES] for kind in ("negative", "benevolent"))
    if set(table.columns).issuperset([*negative, *benevolent]):
        last = grouped[[*negative, *benevolent]].last()
        bad, good = last[negative].to_numpy(), last[benevolent].to_numpy()
        result["negative_share"] = (bad / (bad + good)).mean(axis=1)
    derived = {
        "affect_spread": (("negative_affect",), lambda f: f["negative_affect"], "std"),
        "self_spread": (
            ("negative_self", "benevolent_self"),
            lambda f: f["negative_self"] - f["benevolent_self"],
            "std",
        ),
        "high_anger": (("anger",), lambda f: (f["anger"] > HIGH_ANGER).astype(float), "mean"),
        "high_dissociation": (
            ("dissociation",),
            lambda f: (f["dissociation"] > HIGH_DISSOCIATION).astype(float),
            "mean",
        ),
    }
    for name, (needed, values, how) in derived.items():
        if set(needed).issubset(table.columns):
            by_person = values(table).groupby(table["person"])
            result[name] = (by_person.mean() if how == "mean" else by_person.std(ddof=0)).reindex(result.index)
    if ties is not None:
        result["image_spread"] = _image_spread(_within(ties, end, days)).reindex(result.index).fillna(0.0)
    if events is not None:
        first = max(end - days, 0.0)
        result = result.join(_from_events(_within(events, end, days), list(result.index), end - first))
    if traits is not None:
        result = result.join(traits[[c for c in traits if c not in result]])
    assert isinstance(result, pd.DataFrame)
    return result


def _within(table: pd.DataFrame, end: float, days: float) -> pd.DataFrame:
    slack = 1e-9  # days are sums of ticks
    return table[(table["day"] <= end + slack) & (table["day"] > end - days + slack)]


def _image_spread(ties: pd.DataFrame) -> pd.Series:
    gap = ties["good_image"] - ties["bad_image"]
    pairs = [ties["person"].astype(str), ties["other"].astype(str)]
    return gap.groupby(pairs).std(ddof=0).groupby(level=0).mean()


def _from_events(events: pd.DataFrame, people: list[str], days: float) -> pd.DataFrame:
    import pandas as pd

    causes = causes_of(events)
    number = pd.Index(people).get_indexer(pd.Index([*causes.names, ""]))[causes.person]
    partner = pd.Index(people).get_indexer(pd.Index([*causes.names, ""]))[causes.other]
    size = len(people)

    def count(which: Any, who: Any = number) -> Any:
        return np.bincount(who[which & (who >= 0)], minlength=size).astype(float)

    act, coping = causes.kind == "act", causes.kind == "coping"
    broken = np.isin(causes.kind, ("rupture", "reconciliation"))
    percept = causes.percept & (number >= 0)
    gap = causes.affiliation - causes.perceived
    heard = count(percept)
    worse = np.bincount(number[percept], gap[percept], size) / np.maximum(heard, 1.0)
    month = MONTH / days if days > 0 else 0.0
    return pd.DataFrame(
        {
            "frantic_acts": month * count(act & np.isin(causes.what, FRANTIC)),
            "hostile_acts": month * count(act & np.isin(causes.what, HOSTILE)),
            "impulsive_coping": month * count(coping & np.isin(causes.what, IMPULSIVE)),
            "impulsive_areas": sum((count(coping & (causes.what == w)) > 0).astype(float) for w in IMPULSIVE),
            "self_harm": month * count(coping & (causes.what == "self_harm")),
            "crises": month * count(causes.kind == "crisis_begins"),
            "breaks": month * (count(broken) + count(broken, partner)),
            "misreading": np.maximum(worse, 0.0),
        },
        index=pd.Index(people, name="person"),
    )
