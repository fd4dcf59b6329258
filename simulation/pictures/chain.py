"""One causal chain between two people, read off the events for a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.pictures.reading import ANGRY_ACTS, COLD_REPLIES, PERCEPTS, REJECTION, STRATEGY_ACTS

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
    pair = {person, other}
    of_pair = events[events["person"].isin(pair) & (events["other"].isin(pair) | (events["kind"] == "coping"))]
    rows = {row.id: row for row in of_pair.itertuples()}
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
        at = row
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


def _step(behaviour, percept, rows, coping) -> Step:  # type: ignore[no-untyped-def]
    caused_by = rows.get(behaviour.cause)
    return Step(
        tick=int(behaviour.tick),
        person=behaviour.person,
        other=behaviour.other,
        what=behaviour.what,
        reply=behaviour.kind == "reply",
        busy=behaviour.kind == "reply" and caused_by is not None and caused_by.kind == "act",
        heard=None if percept is None else float(percept.perceived),
        felt="" if percept is None or percept.felt == "none" else percept.felt,
        strength=0.0 if percept is None else float(percept.strength),
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
            score += 2.0 * (step.what in COLD_REPLIES) + (1.0 if step.heard is not None and step.heard < REJECTION else 0)
            score += 0.5 * step.busy
        score += 0.7 * len(step.then)
    hours = steps[-1].tick - steps[0].tick
    return score + 1.5 * len(kinds) + (2.0 if steps[-1].then else 0.0) - 0.02 * hours
