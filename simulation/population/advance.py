"""Many ticks in a row, recording on the way; the same code compiled and in plain Python."""

from __future__ import annotations

from simulation.population.loop import live_all, meet_all, publish, settle_news
from simulation.population.notes import note_all, room_needed
from simulation.population.world import Notes, Tape, World
from simulation.theory import states as s
from simulation.theory.layout import LANES
from simulation.theory.life import be_together
from simulation.theory.numerics import mechanism

NEEDS_RECORDS, NEEDS_NOTES = -1, -2
"""Why :func:`advance` stopped early: no room for encounters, no room for events. The tick was not carried out."""


@mechanism
def record_sums(w: World, tape: Tape, index: int) -> None:
    """Sum chosen quantities over everyone, in a fixed order."""
    for page in range(len(w.persons) if len(tape.sum_rows) else 0):
        p = w.persons[page]
        real = tape.real[page]
        for j in range(len(tape.sum_rows)):
            row = tape.sum_rows[j]
            total = 0.0
            for o in range(LANES):
                total += p[row + o] * real[o]
            tape.sums[index][j] += total


@mechanism
def record_watched(w: World, tape: Tape, tick: int, first_tick: int) -> None:
    """Sample the course of watched people and ties, every so many ticks counted from tick 0."""
    if len(tape.watch) and tick % tape.watch_every == 0:
        row = tape.samples[(tick - first_tick) // tape.watch_every]
        for i in range(len(tape.watch)):
            person = tape.watch[i]
            for j in range(len(tape.watch_rows)):
                row[i][j] = w.persons[person // LANES][tape.watch_rows[j] + person % LANES]
    if len(tape.ties) and tick % tape.tie_every == 0:
        row = tape.tie_samples[(tick - first_tick) // tape.tie_every]
        for i in range(len(tape.ties)):
            tie = tape.ties[i]
            for j in range(len(tape.tie_rows)):
                row[i][j] = w.ties[tie // LANES][tape.tie_rows[j] + tie % LANES]


@mechanism
def advance(w: World, notes: Notes, tape: Tape, tick: int, ticks: int, dt: float, first_tick: int) -> tuple[int, int]:
    """Carry out up to ``ticks`` ticks from ``tick`` on; returns how many were, and why it stopped if early.

    ``first_tick`` is the tick at which the tape's buffers begin.
    """
    for step in range(ticks):
        now = tick + step
        meet_all(w, now, dt)
        if w.used[0] > len(w.records):
            return step, NEEDS_RECORDS
        if len(notes.watched) and notes.count[0] + room_needed(w, notes) > len(notes.rows):
            return step, NEEDS_NOTES
        live_all(w, now, dt)
        if len(notes.watched):
            note_all(w, notes, now, dt)
        record_sums(w, tape, now - first_tick)
        record_watched(w, tape, now, first_tick)
    return ticks, 0


@mechanism
def publish_all(w: World, tick: int, dt: float) -> None:
    """Publish everyone's face and settle what ties bring in the coming ``tick``.

    Needed before the first tick, and after any change from outside.
    """
    for page in range(len(w.persons)):
        for o in range(LANES):
            w.persons[page][o + s.COMMITTED] = 0.0
        for tie_page in range(w.tie_from[page], w.tie_from[page + 1]):
            for a in range(LANES):
                be_together(w.persons[page], w.owner_lane[tie_page][a], w.ties[tie_page], a)
        for o in range(LANES):
            publish(w, page, o)
        settle_news(w, page, tick, dt)
