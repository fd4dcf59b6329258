"""One running simulation: a population, its clock, and what is recorded on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from simulation.population.advance import NEEDS_NOTES, NEEDS_RECORDS, advance, publish_all
from simulation.population.compiled import compiled
from simulation.population.notes import (
    EVENT_KINDS,
    LIFE_EVENT,
    NO_CAUSE,
    NOBODY,
    cause_of,
    moved_by,
    room_needed,
    write_event,
)
from simulation.population.population import Population
from simulation.population.world import Notes, Tape, World
from simulation.theory.layout import LANES, PERSON, TIE


class Simulation:
    """Runs a population and keeps what is asked for.

    Args:
        population: people and ties; changed in place.
        dt: length of a tick in days.
        engine: ``compiled`` or ``python`` (the same code, not compiled, on lists: slow, for teaching and checking).
        sums: names of quantities of which the sum over everyone is kept for every tick.
        watch: numbers of the people whose course and ties are sampled and whose events are kept.
        quantities: names of the quantities sampled of them, every ``every`` ticks.
        tie_fields: names of the tie fields sampled, every ``tie_every`` ticks.
        events: whether causal events are kept.
        tick: the tick to begin with, when a copy of a population goes on from a checkpoint.
    """

    def __init__(
        self,
        population: Population,
        dt: float,
        engine: str = "compiled",
        sums: Sequence[str] = (),
        watch: Sequence[int] = (),
        quantities: Sequence[str] = (),
        every: int = 1,
        tie_fields: Sequence[str] = (),
        tie_every: int = 8,
        events: bool = False,
        tick: int = 0,
    ) -> None:
        self.population = population
        self.dt = dt
        self.engine = engine
        self.tick = tick
        self.sums = list(sums)
        self.watch = np.asarray(watch, dtype=np.int64)
        self.quantities = list(quantities)
        self.every = every
        self.tie_fields = list(tie_fields)
        self.tie_every = tie_every
        ties = [tie for person in watch for tie in population.ties_of(int(person))] if tie_fields else []
        self.ties = np.asarray(ties, dtype=np.int64)
        self.plain = engine in ("python", "mesa-plain")
        if self.plain:
            population.world = population.as_lists()
        slots = len(population.world.persons) * LANES
        real = np.zeros(slots)
        real[: population.n_people] = 1.0
        self._real = real.reshape(-1, LANES)
        self.notes = self._new_notes(slots if events else 0)
        if self.plain:
            self.notes = Notes(*(a.tolist() if i < 5 else a for i, a in enumerate(self.notes)))
        self.parts: dict[str, list[Any]] = {"sums": [], "samples": [], "tie_samples": [], "rows": [], "values": []}
        self._call(publish_all, self.world, self.tick, self.dt)

    @property
    def world(self) -> World:
        """The arrays (lists in plain mode) of the population."""
        return self.population.world

    def _new_notes(self, slots: int) -> Notes:
        watched = np.zeros(slots, dtype=np.int8)
        if slots:
            watched[self.watch] = 1
        return Notes(
            watched=watched,
            cause=np.full(slots, -1, dtype=np.int64),
            strength=np.zeros(slots),
            in_episode=np.zeros(slots, dtype=np.int8),
            in_crisis=np.zeros(slots, dtype=np.int8),
            rows=np.zeros((4096 if slots else 0, 8), dtype=np.int64),
            values=np.zeros((4096 if slots else 0, 2)),
            count=np.zeros(2, dtype=np.int64),
        )

    def _call(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return (function if self.plain else compiled(function))(*arguments)

    # ------------------------------------------------------------ running

    def prepare(self) -> None:
        """Compile what running needs, if it was not compiled before, so that the clock of a run does not count it."""
        self._call(advance, self.world, self.notes, self._new_tape(0), self.tick, 0, self.dt, self.tick)

    def run(self, ticks: int) -> None:
        """Carry out ``ticks`` ticks."""
        done = 0
        tape = self._new_tape(ticks)
        start = self.tick
        while done < ticks:
            steps, reason = self._call(advance, self.world, self.notes, tape, self.tick, ticks - done, self.dt, start)
            done += steps
            self.tick += steps
            self._flush_events()
            if reason == NEEDS_RECORDS:
                self._grow_records()
            elif reason == NEEDS_NOTES:
                self._grow_notes()
        self._keep(tape)

    def close(self) -> None:
        """Let go of what would outlive the simulation."""

    def forget(self) -> None:
        """Let go of what was recorded so far, so that memory does not grow with time."""
        for kept in self.parts.values():
            kept.clear()

    def _new_tape(self, ticks: int) -> Tape:
        start, stop = self.tick, self.tick + ticks
        rows = -(-stop // self.every) - -(-start // self.every) if len(self.watch) else 0
        tie_rows = -(-stop // self.tie_every) - -(-start // self.tie_every) if len(self.ties) else 0
        return Tape(
            real=self._real,
            sum_rows=np.array([PERSON[name].offset for name in self.sums], dtype=np.int64),
            sums=np.zeros((ticks if self.sums else 0, len(self.sums))),
            watch=self.watch,
            watch_rows=np.array([PERSON[name].offset for name in self.quantities], dtype=np.int64),
            watch_every=self.every,
            samples=np.zeros((rows, len(self.watch), len(self.quantities))),
            ties=self.ties,
            tie_rows=np.array([TIE[name].offset for name in self.tie_fields], dtype=np.int64),
            tie_every=self.tie_every,
            tie_samples=np.zeros((tie_rows, len(self.ties), len(self.tie_fields))),
        )

    def _keep(self, tape: Tape) -> None:
        self.parts["sums"].append(tape.sums)
        self.parts["samples"].append(tape.samples)
        self.parts["tie_samples"].append(tape.tie_samples)

    def _flush_events(self) -> None:
        used = int(self.notes.count[0])
        if used:
            self.parts["rows"].append(np.array(self.notes.rows[:used]))
            self.parts["values"].append(np.array(self.notes.values[:used]))
            self.notes.count[0] = 0

    def _grow_records(self) -> None:
        if self.plain:
            self.world.records.extend([[0.0] * len(self.world.records[0]) for _ in range(len(self.world.records) + 64)])
        else:
            self.population.grow_records()

    def _grow_notes(self) -> None:
        needed = int(self._call(room_needed, self.world, self.notes))
        if needed > len(self.notes.rows):
            self.notes = self.notes._replace(
                rows=np.zeros((2 * needed, 8), dtype=np.int64), values=np.zeros((2 * needed, 2))
            )

    # ------------------------------------------------------------ changes from outside

    def changed(self) -> None:
        """Publish anew after people or ties were changed from outside."""
        self._call(publish_all, self.world, self.tick, self.dt)

    def note_life_event(self, person: int, other: int | None, what: int, strength: float) -> None:
        """Write a life event as a cause of what the person does next."""
        self._note_from_outside(LIFE_EVENT, person, NOBODY if other is None else other, what, strength)

    def note_treatment(
        self, kind: str, patient: int, therapist: int, what: int, strength: float, value: float, cause: int
    ) -> int:
        """Write what happens in a treatment; what hurts about it is a cause of what the patient does next.

        Returns:
            The event's id, or -1 if the patient is not watched.
        """
        return self._note_from_outside(EVENT_KINDS.index(kind), patient, therapist, what, strength, value, cause)

    def moving(self, person: int) -> int:
        """Id of the event that moves a watched person now, or -1."""
        return int(cause_of(self.notes, person))

    def _note_from_outside(
        self, kind: int, person: int, other: int, what: int, strength: float, value: float = 0.0, cause: int = NO_CAUSE
    ) -> int:
        if not len(self.notes.watched) or not self.notes.watched[person]:
            return NO_CAUSE
        event = int(write_event(self.notes, cause, self.tick, kind, person, other, what, 0, value, strength))
        if strength > 0:
            moved_by(self.notes, person, event, strength)
        self._flush_events()
        return event
