"""How treatment reads and writes the world: quantities of many patients, their alliances and therapists, by name.

The arrays are those of the population, compiled or plain lists alike, so every engine is treated by the same code.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.population.population import Population
from simulation.theory.layout import LANES, PERSON, TIE
from simulation.treatment.contract import Module, Now
from simulation.treatment.quantities import COURSE, MIND, Whose, meant

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Place(NamedTuple):
    """Where people or ties stand in their arrays.

    Attributes:
        who: [k] their numbers.
        page: [k] their pages.
        lane: [k] their lanes.
        base: [k] where they stand in the flat array, less the offset of a quantity.
    """

    who: Ints
    page: Ints
    lane: Ints
    base: Ints


def place_of(who: Ints, size: int) -> Place:
    """Place of people (``size`` of ``PERSON``) or ties (of ``TIE``)."""
    page, lane = np.divmod(who, LANES)
    return Place(who, page, lane, page * size + lane)


class Places:
    """Places of some patients, their therapists and their alliances; each is worked out when first needed."""

    def __init__(self, rows: Ints, patients: Ints, whom: Ints, ties: Ints) -> None:
        self.rows = rows
        self._patients, self._whom, self._ties = patients, whom, ties

    @cached_property
    def patient(self) -> Place:
        """Of the patients."""
        return place_of(self._patients[self.rows], PERSON.size)

    @cached_property
    def therapist(self) -> Place:
        """Of the therapist of each."""
        return place_of(self._whom[self.rows], PERSON.size)

    @cached_property
    def alliance(self) -> Place:
        """Of the tie of each toward the therapist."""
        return place_of(self._ties[self.rows], TIE.size)


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
        # where people and ties stand is the same in every tick; some rows are asked for many things in a row
        self._known = {id(a): place_of(a, PERSON.size) for a in (patients, therapists)}
        self._known |= {id(a): place_of(a, TIE.size) for a in (self.toward_therapist, self.toward_patient)}
        self._everywhere = Places(self.everyone, patients, whom, self.toward_therapist)
        self._lately = self._everywhere
        self.course = {name: np.full(len(patients), q.default) for name, q in COURSE.items()}
        self.mind = {name: np.full(len(therapists), q.default) for name, q in MIND.items()}

    # ------------------------------------------------------------ people and ties

    def person(self, name: str, who: Ints) -> Floats:
        """[k] one quantity of people."""
        return _read(self.population.world.persons, PERSON[name].offset, self._place(who, PERSON.size))

    def people(self, names: Sequence[str], who: Ints) -> Floats:
        """[names, k] several quantities of people at once."""
        pages = self.population.world.persons
        if isinstance(pages, list):
            return np.array([self.person(name, who) for name in names])
        offsets = np.array([PERSON[name].offset for name in names])
        found: Floats = pages.reshape(-1).take(offsets[:, None] + self._place(who, PERSON.size).base)
        return found

    def set_person(self, name: str, who: Ints, values: Any) -> None:
        """Write one quantity of people."""
        _write(self.population.world.persons, PERSON[name].offset, self._place(who, PERSON.size), values)

    def tie(self, name: str, ties: Ints) -> Floats:
        """[k] one field of ties."""
        return _read(self.population.world.ties, TIE[name].offset, self._place(ties, TIE.size))

    def set_tie(self, name: str, ties: Ints, values: Any) -> None:
        """Write one field of ties."""
        _write(self.population.world.ties, TIE[name].offset, self._place(ties, TIE.size), values)

    def _place(self, who: Ints, size: int) -> Place:
        return self._known.get(id(who)) or place_of(who, size)

    def _places(self, rows: Ints) -> Places:
        if rows is self.everyone:
            return self._everywhere
        if rows is not self._lately.rows:
            self._lately = Places(rows, self.patients, self._whom, self.toward_therapist)
        return self._lately

    # ------------------------------------------------------------ by the names that modules use

    def get(self, name: str, rows: Ints) -> Floats:
        """[k] a quantity of some patients (by row), of their alliance, course or therapist."""
        whose, own = meant(name)
        if whose is Whose.COURSE:
            found: Floats = self.course[own][rows]
            return found
        if whose is Whose.MIND:
            return self.mind[own][self.therapist_of[rows]]
        world, places = self.population.world, self._places(rows)
        if whose is Whose.ALLIANCE:
            return _read(world.ties, TIE[own].offset, places.alliance)
        place = places.therapist if whose is Whose.THERAPIST else places.patient
        return _read(world.persons, PERSON[own].offset, place)

    def put(self, name: str, rows: Ints, values: Any) -> None:
        """Write a quantity of some patients, of their alliance or course."""
        whose, own = meant(name)
        if whose is Whose.COURSE:
            self.course[own][rows] = values
        elif whose is Whose.ALLIANCE:
            _write(self.population.world.ties, TIE[own].offset, self._places(rows).alliance, values)
        else:
            _write(self.population.world.persons, PERSON[name].offset, self._places(rows).patient, values)

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


def _read(pages: Any, offset: int, at: Place) -> Floats:
    if isinstance(pages, list):
        return np.array([pages[i // LANES][offset + i % LANES] for i in at.who.tolist()])
    found: Floats = pages.reshape(-1).take(at.base + offset)
    return found


def _write(pages: Any, offset: int, at: Place, values: Any) -> None:
    if isinstance(pages, list):
        for i, value in zip(at.who.tolist(), np.broadcast_to(values, len(at.who)).tolist(), strict=True):
            pages[i // LANES][offset + i % LANES] = value
    else:
        pages[at.page, at.lane + offset] = values


def _entries(table: Any, flat: Ints) -> Ints:
    if isinstance(table, list):
        return np.array([table[i // LANES][i % LANES] for i in flat.tolist()], dtype=np.int64)
    found: Ints = table.reshape(-1)[flat].astype(np.int64)
    return found


def numbers(who: Sequence[int]) -> Ints:
    """People as an array."""
    return np.asarray(who, dtype=np.int64)
