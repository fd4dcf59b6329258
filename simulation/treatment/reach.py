"""How treatment reads and writes the world: quantities of many patients, their alliances and therapists, by name.

The arrays are those of the population, compiled or plain lists alike, so every engine is treated by the same code.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulation.population.population import Population
from simulation.theory.layout import LANES, PERSON, TIE
from simulation.treatment.contract import Module, Now
from simulation.treatment.quantities import ALLIANCE, COURSE, MIND, THERAPIST

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Reach:
    """Patients with their therapists in a population.

    Args:
        population: the people.
        patients: [n] numbers of the patients.
        therapists: [m] numbers of the therapists.
        therapist_of: [n] index into ``therapists``.
    """

    def __init__(self, population: Population, patients: Ints, therapists: Ints, therapist_of: Ints) -> None:
        self.population = population
        self.patients = patients
        self.therapists = therapists
        self.therapist_of = therapist_of
        whom = therapists[therapist_of]
        pairs = zip(patients.tolist(), whom.tolist(), strict=True)
        self.toward_therapist: Ints = np.array([population.tie(p, t) for p, t in pairs], dtype=np.int64)
        """[n] the patient's tie toward the therapist: the alliance as the patient feels it."""
        back = np.asarray(population.world.back, dtype=np.int64).reshape(-1)
        self.toward_patient: Ints = back[self.toward_therapist]
        """[n] the therapist's tie toward the patient."""
        self.everyone = np.arange(len(patients))
        """[n] the rows of all patients; asking with this very array is quickest."""
        self._whom = whom
        # where people and ties stand in their arrays, less the quantity: the same in every tick
        self._bases = {id(a): _base(a, PERSON.size) for a in (patients, therapists, whom)}
        self._bases |= {id(a): _base(a, TIE.size) for a in (self.toward_therapist, self.toward_patient)}
        self.course = {name: np.full(len(patients), q.default) for name, q in COURSE.items()}
        self.mind = {name: np.full(len(therapists), q.default) for name, q in MIND.items()}

    # ------------------------------------------------------------ people and ties

    def person(self, name: str, who: Ints) -> Floats:
        """[k] one quantity of people."""
        base = self._bases.get(id(who))
        return _read(self.population.world.persons, PERSON[name].offset, who, PERSON.size, base)

    def set_person(self, name: str, who: Ints, values: Any) -> None:
        """Write one quantity of people."""
        _write(self.population.world.persons, PERSON[name].offset, who, values)

    def tie(self, name: str, ties: Ints) -> Floats:
        """[k] one field of ties."""
        return _read(self.population.world.ties, TIE[name].offset, ties, TIE.size, self._bases.get(id(ties)))

    def set_tie(self, name: str, ties: Ints, values: Any) -> None:
        """Write one field of ties."""
        _write(self.population.world.ties, TIE[name].offset, ties, values)

    # ------------------------------------------------------------ by the names that modules use

    def get(self, name: str, rows: Ints) -> Floats:
        """[k] a quantity of some patients (by row), of their alliance, course or therapist."""
        everyone = rows is self.everyone
        if name in COURSE:
            found: Floats = self.course[name][rows]
            return found
        if name in MIND:
            return self.mind[name][self.therapist_of[rows]]
        if name.startswith(ALLIANCE):
            ties = self.toward_therapist if everyone else self.toward_therapist[rows]
            return self.tie(name.removeprefix(ALLIANCE), ties)
        if name.startswith(THERAPIST):
            return self.person(name.removeprefix(THERAPIST), self._whom if everyone else self._whom[rows])
        return self.person(name, self.patients if everyone else self.patients[rows])

    def put(self, name: str, rows: Ints, values: Any) -> None:
        """Write a quantity of some patients, of their alliance or course."""
        if name in COURSE:
            self.course[name][rows] = values
        elif name.startswith(ALLIANCE):
            self.set_tie(name.removeprefix(ALLIANCE), self.toward_therapist[rows], values)
        else:
            self.set_person(name, self.patients[rows], values)

    def now(self, rows: Ints) -> Now:
        """What modules may see of some patients."""
        return Now(fetch=lambda name: self.get(name, rows))

    def perform(self, module: Module, rows: Ints, dose: Any) -> None:
        """Carry out a module with some patients, each with a dose of their own."""
        if len(rows):
            self.write(rows, module.effect(self.now(rows), dose))

    def write(self, rows: Ints, changes: dict[str, Any]) -> None:
        """Write what a module answered."""
        for name, values in changes.items():
            self.put(name, rows, values)

    # ------------------------------------------------------------ what the last tick brought

    def contacts(self, tick: int, ties: Ints) -> Ints:
        """[k] number of encounters started on ties in a tick that has just been lived."""
        world = self.population.world
        news = _entries(world.news[tick & 1], ties)
        number = _entries(world.number, ties)
        return np.where(news % 2 == 1, number, 0)

    def records(self, ties: Ints, at: int) -> tuple[Ints, Floats]:
        """Of each tie, the encounter number ``at`` of the last tick: (row of the record, the record)."""
        world = self.population.world
        rows = _entries(world.first, ties) + at
        if isinstance(world.records, list):
            return rows, np.array([world.records[i] for i in rows.tolist()])
        return rows, world.records[rows]


def _base(who: Ints, size: int) -> Ints:
    """Where people or ties stand in the flat array of their pages, less the offset of a quantity."""
    found: Ints = who // LANES * size + who % LANES
    return found


def _read(pages: Any, offset: int, who: Ints, size: int, base: Ints | None) -> Floats:
    if isinstance(pages, list):
        return np.array([pages[i // LANES][offset + i % LANES] for i in who.tolist()])
    found: Floats = pages.reshape(-1).take((_base(who, size) if base is None else base) + offset)
    return found


def _write(pages: Any, offset: int, who: Ints, values: Any) -> None:
    if isinstance(pages, list):
        for i, value in zip(who.tolist(), np.broadcast_to(values, len(who)).tolist(), strict=True):
            pages[i // LANES][offset + i % LANES] = value
    else:
        pages[who // LANES, offset + who % LANES] = values


def _entries(table: Any, flat: Ints) -> Ints:
    if isinstance(table, list):
        return np.array([table[i // LANES][i % LANES] for i in flat.tolist()], dtype=np.int64)
    found: Ints = table.reshape(-1)[flat].astype(np.int64)
    return found


def numbers(who: Sequence[int]) -> Ints:
    """People as an array."""
    return np.asarray(who, dtype=np.int64)
