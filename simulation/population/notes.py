"""Causal events: who did what to whom, how it was perceived, and what followed.

Every behaviour carries the id of the percept that moved the person who shows it; every percept the id of the behaviour
perceived. Cycles, cascades and stories are read off this graph. Writing it changes nothing in the simulation.
"""

from __future__ import annotations

from simulation.population.world import Notes, World
from simulation.theory import constants as c
from simulation.theory import states as s
from simulation.theory.layout import LANES
from simulation.theory.life import (
    ACT,
    ANSWERED,
    CONFUSION,
    CRITICISM,
    HEARD,
    OVERWHELM,
    REACHED,
    REPLY,
    WORRY,
)
from simulation.theory.numerics import kept, mechanism

ACT_EVENT, REPLY_EVENT, PERCEPT_OF_ACT, PERCEPT_OF_REPLY, COPING, EPISODE_BEGINS, EPISODE_ENDS = range(7)
RUPTURE_EVENT, RECONCILIATION_EVENT, NEW_TIE, NEW_PARTNER, CRISIS_BEGINS, CRISIS_ENDS, LIFE_EVENT = range(7, 14)
SESSION_EVENT = 14
EVENT_KINDS = (
    "act", "reply", "percept_of_act", "percept_of_reply", "coping", "episode_begins", "episode_ends",
    "rupture", "reconciliation", "new_tie", "new_partner", "crisis_begins", "crisis_ends", "life_event",
    "session", "missed_session", "crisis_call", "alliance_rupture", "alliance_repair", "drop_out",
    "unanswered_call", "supervision", "medication_begins", "medication_ends", "counter_reaction",
)  # fmt: skip
COUNTER_REACTION = EVENT_KINDS.index("counter_reaction")
FELT_REACTIONS = ("none", "overwhelmed", "criticised", "confused", "worried")
NOBODY = -1
NO_CAUSE = -1
STILL_MOVED = 0.05
"""Below this a percept no longer counts as the cause of what a person does."""
CRISIS_ON, CRISIS_OFF = 0.4, 0.25


@mechanism
def write_event(
    notes: Notes, cause: int, tick: int, kind: int, person: int, other: int, what: int, felt: int, value: float,
    strength: float,
) -> int:  # fmt: skip
    """Append one event and return its id."""
    at = notes.count[0]
    number = notes.count[1]
    row = notes.rows[at]
    row[0] = number
    row[1] = cause
    row[2] = tick
    row[3] = kind
    row[4] = person
    row[5] = other
    row[6] = what
    row[7] = felt
    notes.values[at][0] = value
    notes.values[at][1] = strength
    notes.count[0] = at + 1
    notes.count[1] = number + 1
    return number


@mechanism
def cause_of(notes: Notes, person: int) -> int:
    """Id of the percept that still moves the person, if any does."""
    return notes.cause[person] if notes.strength[person] > STILL_MOVED else NO_CAUSE


@mechanism
def moved_by(notes: Notes, person: int, event: int, strength: float) -> None:
    """A percept moves a person if it does so more than what moved them before."""
    if strength > notes.strength[person]:
        notes.cause[person] = event
        notes.strength[person] = strength


@mechanism
def strongest_felt(row, notes: Notes) -> tuple[int, float]:  # type: ignore[no-untyped-def]
    """Code and size of the strongest felt reaction in a record."""
    felt = 0
    size = 0.1  # weaker ones are not worth a word
    if row[OVERWHELM] > size:
        felt, size = 1, row[OVERWHELM]
    if row[CRITICISM] > size:
        felt, size = 2, row[CRITICISM]
    if row[CONFUSION] > size:
        felt, size = 3, row[CONFUSION]
    if row[WORRY] > size:
        felt, size = 4, row[WORRY]
    return felt, (size if felt > 0 else 0.0)


@mechanism
def note_encounter(w: World, notes: Notes, person: int, other: int, index: int, tick: int) -> None:
    """The four events of one encounter: act, percept, reply, percept."""
    row = w.records[index]
    act = write_event(notes, cause_of(notes, person), tick, ACT_EVENT, person, other, int(row[ACT]), 0, 0.0, 0.0)
    cause = act
    if row[REACHED] > 0.5:
        felt, size = strongest_felt(row, notes)
        cause = write_event(notes, act, tick, PERCEPT_OF_ACT, other, person, int(row[ACT]), felt, row[HEARD], size)
        moved_by(notes, other, cause, max(-row[HEARD], 0.0) + 0.5 * size)
    reply = write_event(notes, cause, tick, REPLY_EVENT, other, person, int(row[REPLY]), 0, 0.0, 0.0)
    percept = write_event(notes, reply, tick, PERCEPT_OF_REPLY, person, other, int(row[REPLY]), 0, row[ANSWERED], 0.0)
    moved_by(notes, person, percept, max(-row[ANSWERED], 0.0))


@mechanism
def note_ties(w: World, notes: Notes, person: int, tick: int) -> None:
    """Events of the ties a person holds: encounters they started, and how the ties turned."""
    for tie in range(w.tie_start[person], w.tie_stop[person]):
        news = w.news[tick & 1][tie // LANES][tie % LANES]
        if news:
            other = w.other[tie // LANES][tie % LANES]
            if notes.watched[person] or notes.watched[other]:
                if news & 1:
                    start = w.first[tie // LANES][tie % LANES]
                    for e in range(w.number[tie // LANES][tie % LANES]):
                        note_encounter(w, notes, person, other, start + e, tick)
                turn = news // 2
                if turn > 0:
                    write_event(
                        notes, cause_of(notes, person), tick, RUPTURE_EVENT + turn - 1, person, other, 0, 0, 0.0, 0.0
                    )


@mechanism
def note_person(w: World, notes: Notes, person: int, tick: int, dt: float) -> None:
    """Events within a person: coping, episodes, crises; and the fading of what moved them."""
    p = w.persons[person // LANES]
    o = person % LANES
    if notes.watched[person]:
        cause = cause_of(notes, person)
        if p[o + s.COPED] > 0.5:
            write_event(notes, cause, tick, COPING, person, NOBODY, int(p[o + s.COPED]) - 1, 0, p[o + s.PAIN], 0.0)
        level = p[o + s.DYSREGULATION]
        if p[o + s.EPISODE] > 0.5 and notes.in_episode[person] == 0:
            write_event(notes, cause, tick, EPISODE_BEGINS, person, NOBODY, int(p[o + s.SELF_STATE]), 0, level, 0.0)
            notes.in_episode[person] = 1
        elif p[o + s.EPISODE] < 0.5 and notes.in_episode[person] == 1:
            write_event(notes, cause, tick, EPISODE_ENDS, person, NOBODY, int(p[o + s.SELF_STATE]), 0, level, 0.0)
            notes.in_episode[person] = 0
        crisis = p[o + s.CRISIS]
        if crisis > CRISIS_ON and notes.in_crisis[person] == 0:
            write_event(notes, cause, tick, CRISIS_BEGINS, person, NOBODY, 0, 0, crisis, 0.0)
            notes.in_crisis[person] = 1
        elif crisis < CRISIS_OFF and notes.in_crisis[person] == 1:
            write_event(notes, cause, tick, CRISIS_ENDS, person, NOBODY, 0, 0, crisis, 0.0)
            notes.in_crisis[person] = 0
    k = w.constants[w.person_constants[person // LANES]]
    notes.strength[person] = notes.strength[person] * kept(k[o + c.TRACE_RATE], dt)


@mechanism
def room_needed(w: World, notes: Notes) -> int:
    """An upper bound of the events that one tick can write."""
    return 4 * w.used[0] + len(notes.watched) * 4 + len(w.ties) * LANES


@mechanism
def note_all(w: World, notes: Notes, tick: int, dt: float) -> None:
    """Write the events of one tick, after everyone has lived it."""
    for person in range(len(notes.watched)):
        note_ties(w, notes, person, tick)
    for person in range(len(notes.watched)):
        note_person(w, notes, person, tick, dt)
