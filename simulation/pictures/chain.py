"""One causal chain between two people, read off the events for a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from simulation.measures.causes import PERCEPTS
from simulation.pictures.reading import ANGRY_ACTS, COLD_REPLIES, REJECTION, STRATEGY_ACTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

MOST_STEPS = 9


@dataclass(frozen=True)
class Step:
    """One behaviour of one person toward the other, and what it was taken for.

    Attributes:
        tick: When.
        person: Who behaves.
        other: Toward whom.
        what: The act or reply.
        reply: Whether it answers an act.
        busy: Whether it is an answer that failed to come because the person was busy.
        heard: Valence as perceived by the other; None if it did not reach them.
        felt: The other's strongest felt reaction, "" if none.
        strength: Size of the felt reaction.
        then: What the other did alone because of it, and the pain left after it.
    """

    tick: int
    person: str
    other: str
    what: str
    reply: bool
    busy: bool
    heard: float | None
    felt: str
    strength: float
    then: tuple[tuple[str, float], ...]


def chain_between(
    events: pd.DataFrame, person: str, other: str, states: Mapping[int, int] | None = None, most: int = MOST_STEPS
) -> list[Step]:
    """Return the most telling causal chain between two people, ending in a percept of the first person.

    Args:
        events: The events to look in, such as those of a week.
        person: Whose percept of the other ends the chain.
        other: The other one.
        states: Self-state of the first person by tick; a chain that leads through several tells more.
        most: How many steps to return at most, the last ones.
    """
    rows = _events_of_pair(events, {person, other})
    coping: dict[int, list[tuple[str, float]]] = {}
    for row in rows.values():
        if row.kind == "coping":
            coping.setdefault(row.cause, []).append((row.what, row.perceived))
    percept_of = {row.cause: row for row in rows.values() if row.kind in PERCEPTS}
    best: list[Step] = []
    best_score = 0.0
    for row in rows.values():
        if row.kind not in PERCEPTS or row.person != person or row.perceived > REJECTION:
            continue
        behaviours = []
        at: _Event | None = row
        while at is not None:
            if at.kind in ("act", "reply"):
                behaviours.append(at)
            at = rows.get(at.cause)
        steps = [_step(b, percept_of.get(b.id), rows, coping) for b in reversed(behaviours[:most])]
        visited = {states[step.tick] for step in steps if states and step.tick in states}
        score = _telling(steps, person) + 7.0 * len(visited)
        if score > best_score:
            best, best_score = steps, score
    return best


class _Event(NamedTuple):
    """The columns of an event that a chain needs."""

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


def _events_of_pair(events: pd.DataFrame, pair: set[str]) -> dict[int, _Event]:
    """What two people did and perceived with each other, and did alone, by id."""
    own = events[events["person"].isin(pair) & (events["other"].isin(pair) | (events["kind"] == "coping"))]
    columns = [own[name].astype(object).tolist() for name in _Event._fields]
    return {row[0]: _Event(*row) for row in zip(*columns, strict=True)}


def _step(
    behaviour: _Event, percept: _Event | None, rows: Mapping[int, _Event], coping: Mapping[int, list[tuple[str, float]]]
) -> Step:
    caused_by = rows.get(behaviour.cause)
    return Step(
        tick=behaviour.tick,
        person=behaviour.person,
        other=behaviour.other,
        what=behaviour.what,
        reply=behaviour.kind == "reply",
        busy=behaviour.kind == "reply" and caused_by is not None and caused_by.kind == "act",
        heard=None if percept is None else percept.perceived,
        felt="" if percept is None or percept.felt == "none" else percept.felt,
        strength=0.0 if percept is None else percept.strength,
        then=() if percept is None else tuple(coping.get(percept.id, ())[:2]),
    )


def _telling(steps: list[Step], person: str) -> float:
    """How much of an interpersonal cycle can be seen in a chain."""
    score = 0.0
    kinds = set()
    for step in steps:
        score += 1.0
        if step.person == person:
            kinds.add(step.what)
            score += 3.0 * (step.what in ANGRY_ACTS) + 1.5 * (step.what in STRATEGY_ACTS) + 2.0 * step.strength
        else:
            score += 2.0 * (step.what in COLD_REPLIES) + 0.5 * step.busy
            score += 1.0 * (step.heard is not None and step.heard <= REJECTION)
        score += 0.7 * len(step.then)
    length = steps[-1].tick - steps[0].tick  # of two equal chains the denser one
    return score + 1.5 * len(kinds) + 2.0 * bool(steps[-1].then) - 0.02 * length
