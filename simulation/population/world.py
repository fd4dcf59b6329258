"""The arrays that hold everyone: what the loop reads and writes."""

from __future__ import annotations

from typing import Any, NamedTuple

Array = Any
"""A numpy array, or nested lists in plain-Python mode."""


class World(NamedTuple):
    """Everything the loop reads and writes.

    One row per page unless said otherwise; the flat number of a person or tie is its page times ``LANES`` plus its
    lane.
    """

    persons: Array
    """[pages, PERSON.size] traits and states."""
    faces: Array
    """[people, FACE_SIZE] what encounters read of a person."""
    person_key: Array
    """[pages, LANES] key of the person's draws."""
    constants: Array
    """[constant pages, CONSTANT.size]; pages with equal constants share one."""
    person_constants: Array
    """[pages] constant page by person lane."""
    ties: Array
    """[tie pages, TIE.size]."""
    tie_constants: Array
    """[tie pages] constant page by tie lane."""
    tie_from: Array
    """[pages + 1] first tie page of each page of people."""
    tie_key: Array
    """[tie pages, LANES] key of the tie's draws."""
    owner_lane: Array
    """[tie pages, LANES] lane of the owner in its page."""
    other: Array
    """[tie pages, LANES] flat number of the other person."""
    tie_start: Array
    """[people] flat number of each person's first tie; their ties follow one another."""
    tie_stop: Array
    """[people] flat number after each person's last tie."""
    back: Array
    """[tie pages, LANES] flat number of the other's tie to the owner; a padding tie points to itself."""
    wish: Array
    """[tie pages, LANES] the wish that the tie answers."""
    news: Array
    """[2, tie pages, LANES] what the ties bring, in even and in odd ticks: 1 if there is contact, plus twice the code
    of the tie's turn. Settled when the tick before has been lived."""
    their_news: Array
    """[tie pages, LANES] what the other's tie to the owner brings in this tick, the same code: left there when the
    other meets, taken away when the owner takes it in."""
    first: Array
    """[tie pages, LANES] where the tie's records of this tick begin."""
    number: Array
    """[tie pages, LANES] number of encounters in this tick."""
    records: Array
    """[capacity, RECORD_SIZE] what encounters of this tick left."""
    used: Array
    """[1] records used in this tick; beyond the capacity the stage must be repeated with more room."""


class Notes(NamedTuple):
    """Causal events, written while running; they have no effect on anything."""

    watched: Array
    """[people] 1 for those whose events are kept."""
    cause: Array
    """[people] id of the percept that still moves the person most."""
    strength: Array
    """[people] how much it still does."""
    in_episode: Array
    """[people] whether an episode is open."""
    in_crisis: Array
    """[people] whether a crisis is open."""
    rows: Array
    """[capacity, 8] id, cause, tick, kind, person, other, what, felt."""
    values: Array
    """[capacity, 2] valence or size; strongest felt reaction."""
    count: Array
    """[2] rows in the buffer; id of the next event."""


class Tape(NamedTuple):
    """What is recorded while running. A length of 0 in any axis switches that part off."""

    real: Array
    """[pages, LANES] 1 for people, 0 for padding."""
    sum_rows: Array
    """[sums] offsets of the quantities summed over everyone in every tick."""
    sums: Array
    """[ticks, sums]."""
    watch: Array
    """[watched] flat numbers of people whose course is sampled."""
    watch_rows: Array
    """[quantities] offsets sampled of them."""
    watch_every: int
    """Ticks between samples."""
    samples: Array
    """[samples, watched, quantities]."""
    ties: Array
    """[watched ties] flat numbers."""
    tie_rows: Array
    """[fields] offsets sampled of them."""
    tie_every: int
    """Ticks between samples."""
    tie_samples: Array
    """[samples, watched ties, fields]."""
