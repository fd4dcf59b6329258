"""What the story needs to know of a recording, as plain lists."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from simulation.measures.cycles import turn_starts
from simulation.recording.recording import Recording


class Event(NamedTuple):
    """One causal event; see `Recording.events`."""

    id: int
    cause: int
    tick: int
    kind: str
    person: str
    other: str
    what: str
    felt: str
    perceived: float
    strength: float


class Encounter(NamedTuple):
    """One encounter: an act, how it was heard (None if it did not reach the other), the answer, how that was heard."""

    act: Event
    heard: Event | None
    reply: Event
    answer: Event


@dataclass
class Log:
    """The causal events of a run as lists, and the courses of watched people.

    Attributes:
        recording: what the run yielded.
        columns: the fields of `Event`, each as a list over all events.
    """

    recording: Recording
    columns: tuple[list[Any], ...]

    def __len__(self) -> int:
        return len(self.columns[0])

    def at(self, row: int) -> Event:
        """Return the event in a row."""
        return Event(*(column[row] for column in self.columns))

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {number: row for row, number in enumerate(self.columns[0])}

    def row(self, number: int) -> int | None:
        """Return the row of the event with this id, or None."""
        return self._rows.get(number)

    def find(self, number: int) -> Event | None:
        """Return the event with this id, or None (also for the id −1 of no cause)."""
        row = self._rows.get(number)
        return None if row is None else self.at(row)

    def cause(self, event: Event) -> Event | None:
        """Return the event that caused another, if one did."""
        return self.find(event.cause)

    def between(self, first: int, last: int) -> range:
        """Rows of the events of ticks ``first`` to ``last``, both included."""
        ticks = self.columns[2]
        return range(bisect_left(ticks, first), bisect_right(ticks, last))

    def encounter(self, row: int) -> Encounter | None:
        """Return the encounter whose act stands in this row; its events stand behind each other."""
        act = self.at(row)
        found: list[Event] = [act]
        for kind in ("percept_of_act", "reply", "percept_of_reply"):
            row += 1
            if row < len(self) and self.columns[3][row] == kind and self.columns[1][row] == found[-1].id:
                found.append(self.at(row))
            elif kind == "percept_of_act":
                row -= 1
            else:
                return None
        return Encounter(act, found[1] if len(found) == 4 else None, found[-2], found[-1])

    @cached_property
    def turns(self) -> dict[int, int]:
        """For each percept that closes a turn of an interpersonal cycle, by id: the id of the one it started from."""
        return turn_starts(self.recording.events)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of everyone who occurs in an event."""
        return tuple(sorted({*self.columns[4], *self.columns[5]} - {""}))

    @cached_property
    def watched(self) -> dict[str, int]:
        """Column of each watched person in the samples, by name."""
        return {self.recording.name(person): i for i, person in enumerate(self.recording.watched)}

    def course(self, person: str, quantity: str) -> np.ndarray[Any, Any] | None:
        """[samples] one quantity of one person, or None if it was not recorded."""
        samples = self.recording.parts["samples"]
        if person not in self.watched or quantity not in self.recording.quantities or not len(samples):
            return None
        column: np.ndarray[Any, Any] = samples[:, self.watched[person], self.recording.quantities.index(quantity)]
        return column

    def sample(self, tick: int) -> int:
        """Return the sample that shows a tick."""
        return max(tick, 0) // self.recording.every

    @cached_property
    def per_day(self) -> int:
        """Ticks a day, at least one."""
        return max(round(1 / self.recording.dt), 1)


def _words(column: Any) -> list[str]:
    """Return a categorical column as words; what is missing becomes an empty one."""
    words = [*(str(word) for word in column.cat.categories), ""]
    return [words[code] for code in column.cat.codes.tolist()]


def log_of(recording: Recording) -> Log:
    """Read the events of a recording into lists."""
    events: Any = recording.events
    columns = tuple(
        _words(events[name]) if name in ("kind", "person", "other", "what", "felt") else events[name].tolist()
        for name in Event._fields
    )
    return Log(recording, columns)


def protagonist(recording: Recording) -> str | None:
    """Return whom the story is about: the focal person if watched, else the first watched; None if nobody is."""
    watched = [recording.name(person) for person in recording.watched]
    focal = recording.case.focal
    return focal if focal in watched else (watched[0] if watched else None)
