"""The causal event graph of a run as arrays: who did what to whom, how it was taken, and what caused it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError, nearest, quoted, quoted_list
from simulation.theory.exchange import REPLIES, REPLY_VALENCE
from simulation.theory.mastery import ACT_AFFILIATION
from simulation.theory.states import ACTS

if TYPE_CHECKING:
    import pandas as pd

HURT = -0.25
"""Percepts at or below this count as perceived rejection (valence in [-1, 1]). ASSUMED."""
WARM = 0.3
"""Percepts at or above this count as warmth that got through. ASSUMED."""
PERCEPTS = ("percept_of_act", "percept_of_reply")
BEHAVIOURS = ("act", "reply")
HOSTILE = ("angry_demand", "attack")
"""Hostile acts."""
MONTH = 30.0
"""Days of a month, for rates."""
AFFILIATION = dict(zip((*ACTS, *REPLIES), (*ACT_AFFILIATION, *REPLY_VALENCE), strict=True))
"""Affiliation in [-1, 1] of everything a person can do towards another; below 0 it is rejecting."""
_COLUMNS = ("id", "cause", "tick", "day", "kind", "person", "other", "what", "perceived")


@dataclass(frozen=True)
class Causes:
    """Events of a run, one entry per event in the order of their ids, each array of shape [events].

    Attributes:
        id, tick, day, perceived: as in `Recording.events`.
        cause: row of the event that caused this one, -1 if none did or it is not on record.
        kind, what: words.
        person, other: index into `names`, -1 where there is nobody.
        affiliation: of acts and replies, in [-1, 1]; of a percept, that of what was perceived; NaN otherwise.
        names: of everyone who occurs.
    """

    id: Any
    tick: Any
    day: Any
    perceived: Any
    cause: Any
    kind: Any
    what: Any
    person: Any
    other: Any
    affiliation: Any
    names: tuple[str, ...]

    @cached_property
    def percept(self) -> Any:
        """[events] whether it is a percept of an act or reply."""
        return np.isin(self.kind, PERCEPTS)

    @cached_property
    def behaviour(self) -> Any:
        """[events] whether it is an act or reply."""
        return np.isin(self.kind, BEHAVIOURS)

    @cached_property
    def hurt(self) -> Any:
        """[events] whether it is a percept of rejection."""
        return self.percept & (self.perceived <= HURT)

    def number(self, person: str) -> int:
        """Index of a person, -1 if they do not occur in any event."""
        return self.names.index(person) if person in self.names else -1


def causes_of(events: pd.DataFrame) -> Causes:
    """Read a table of events, as `Recording.events` gives it.

    Raises:
        InputError: a column is missing.
    """
    missing = [column for column in _COLUMNS if column not in events]
    if missing:
        raise InputError(f"the table of events lacks {quoted_list(missing)}; it needs {quoted_list(_COLUMNS)}")
    ids = events["id"].to_numpy(dtype=np.int64)
    if np.any(np.diff(ids) <= 0):
        raise InputError(f"the table of events is out of order: ids must rise, but one of {len(ids):,} does not")
    names = tuple(sorted({str(n) for c in ("person", "other") for n in events[c].dropna().unique()} - {""}))
    what = events["what"].astype(object).to_numpy()
    return Causes(
        id=ids,
        tick=events["tick"].to_numpy(dtype=np.int64),
        day=events["day"].to_numpy(dtype=float),
        perceived=events["perceived"].to_numpy(dtype=float),
        cause=_row_of(ids, events["cause"].to_numpy(dtype=np.int64)),
        kind=events["kind"].astype(object).to_numpy(),
        what=what,
        person=_numbers(events["person"], names),
        other=_numbers(events["other"], names),
        affiliation=np.array([AFFILIATION.get(word, np.nan) for word in what], dtype=float),
        names=names,
    )


def checked_person(names: tuple[str, ...] | list[str], person: str) -> str:
    """Return the name if it is one of `names`.

    Raises:
        InputError: it is not.
    """
    if person not in names:
        hint = nearest(person, names)
        raise InputError(f"{quoted(person)} was not watched in this run{hint}; watched are {quoted_list(names)}")
    return person


def parent(causes: Causes, rows: Any) -> Any:
    """Rows of the causes of events given by row; -1 stays -1."""
    return np.where(rows >= 0, causes.cause[np.maximum(rows, 0)], -1)


@dataclass(frozen=True)
class Spells:
    """Episodes of dysregulation: who, from which tick to which (an open one lasts to the end of the record).

    Arrays of shape [episodes], sorted by person and beginning; `row` and `end` are those of the events with which it
    begins and ends (-1 if it is open), `first` and `last` its ticks.
    """

    row: Any
    end: Any
    person: Any
    first: Any
    last: Any

    def covering(self, person: Any, since: Any, until: Any) -> Any:
        """Index of the latest episode of each person that overlaps the ticks since..until, -1 if none does."""
        if not len(self.row):
            return np.full(np.shape(person), -1)
        span = int(max(self.last.max(initial=0), np.max(until, initial=0))) + 2
        at = np.searchsorted(self.person * span + self.first, person * span + until, side="right") - 1
        safe = np.maximum(at, 0)
        found = (at >= 0) & (self.person[safe] == person) & (self.last[safe] >= since)
        return np.where(found, at, -1)


def spells_of(causes: Causes) -> Spells:
    """Pair the beginnings and ends of everyone's episodes.

    An episode that was already open when the record starts has no beginning on record and is left out.
    """
    marks = np.flatnonzero(np.isin(causes.kind, ("episode_begins", "episode_ends")))
    marks = marks[np.lexsort((marks, causes.person[marks]))]
    begins = np.append(causes.kind[marks] == "episode_begins", True)
    at = np.flatnonzero(begins[:-1])
    row = marks[at]
    padded = np.append(marks, -1)
    ended = ~begins[at + 1] & (causes.person[padded[at + 1]] == causes.person[row])
    end = np.where(ended, padded[at + 1], -1)
    last = np.where(ended, causes.tick[end], causes.tick.max(initial=0)) if len(row) else row
    return Spells(row, end, causes.person[row], causes.tick[row], last)


def _row_of(ids: Any, wanted: Any) -> Any:
    """Rows at which ids stand, -1 where they do not."""
    if not len(ids):
        return np.full(len(wanted), -1)
    at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
    return np.where(ids[at] == wanted, at, -1)


def _numbers(column: pd.Series, names: tuple[str, ...]) -> Any:
    import pandas as pd

    return pd.Categorical(column.astype(object), categories=list(names)).codes.astype(np.int64)
