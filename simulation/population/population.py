"""A population: people and ties as arrays, addressed by names and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from simulation.population.pages import (
    constant_pages,
    placed,
    reverse_of,
    rows_of,
    spread,
    tie_constant_pages,
    tie_layout,
)
from simulation.population.world import World
from simulation.randomness import START, draws, person_keys, tie_keys
from simulation.theory.layout import LANES, PERSON, TIE
from simulation.theory.life import RECORD_SIZE
from simulation.theory.states import FACE_SIZE
from simulation.theory.tie_states import CONTACT_RATE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Population:
    """People, their ties, and the constants of the theory that hold for them.

    People are numbered 0 … n - 1 in the order given. Directed ties are numbered in the order of their owner; both
    directions of a relationship must be present.
    """

    def __init__(
        self, world: World, n_people: int, tie_number: Ints, tie_owner: Ints, names: Sequence[str] | None
    ) -> None:
        self.world = world
        self._kinds = [(array.dtype, array.shape[1:]) for array in world]  # lists of plain mode forget them
        self.n_people = n_people
        self.names = list(names) if names is not None else None
        self.tie_number = tie_number
        """[ties] flat number (tie page times LANES plus lane) of each directed tie, in the order of ``build``."""
        self.tie_owner = tie_owner
        """[ties] owner of each directed tie, in the order of ``build``."""

    @classmethod
    def build(
        cls,
        n: int,
        seed: int | NDArray[np.int64],
        identities: NDArray[np.int64],
        person_values: Mapping[str, Floats | float],
        tie_owner: Ints,
        tie_other: Ints,
        tie_wish: Ints,
        tie_values: Mapping[str, Floats | float],
        person_constants: Mapping[str, Floats | float] | None = None,
        names: Sequence[str] | None = None,
    ) -> Population:
        """Lay people and ties out in memory.

        Args:
            n: number of people.
            seed: of the run, or one per person ([n]) when several runs lie side by side.
            identities: [n] stable numbers in [0, 2**32) that key each person's luck.
            person_values: trait and start values by name, one number or [n]; ``circumstance`` is drawn where it is not
                given (or NaN).
            tie_owner, tie_other, tie_wish: [ties] who holds the tie, toward whom, and which wish it answers (0-3).
            tie_values: tie fields by name, one number or [ties].
            person_constants: constants and gains by name, one number or [n].
            names: of the people, if they have any.

        Raises:
            ValueError: a tie without its reverse.
        """
        pages = -(-n // LANES)
        persons = np.empty((pages, PERSON.size))
        for quantity in PERSON.values():
            rows = rows_of(persons, quantity.name)
            rows[:] = quantity.default
            if quantity.name in person_values:
                spread(rows, person_values[quantity.name], n, quantity.default)
        constants, person_page, same = constant_pages(n, pages, person_constants or {})
        seeds = np.broadcast_to(np.asarray(seed, dtype=np.int64), n)
        keys = np.zeros(pages * LANES, dtype=np.int64)
        keys[:n] = person_keys(seeds, identities)
        given = np.broadcast_to(np.asarray(person_values.get(CIRCUMSTANCE, np.nan), dtype=float), n)
        phase = np.where(np.isnan(given), _found_in_life(keys[:n]), given)
        spread(rows_of(persons, CIRCUMSTANCE), phase, n, PERSON[CIRCUMSTANCE].default)

        order, number, tie_from = tie_layout(n, pages, tie_owner)
        tie_pages = int(tie_from[-1])
        slots = tie_pages * LANES
        ties = np.empty((tie_pages, TIE.size))
        for quantity in TIE.values():
            rows = ties[:, quantity.offset : quantity.offset + LANES]
            value = tie_values.get(quantity.name, quantity.default)
            if np.ndim(value) == 0 and quantity.offset != CONTACT_RATE:
                rows[:] = value
                continue
            rows[:] = 0.0 if quantity.offset == CONTACT_RATE else quantity.default  # padding has no contact
            rows[number // LANES, number % LANES] = value
        shape = (tie_pages, LANES)
        owner_lane = placed(slots, number, tie_owner % LANES, np.int8)
        per_person = np.bincount(tie_owner, minlength=pages * LANES)
        start = np.zeros(pages * LANES, dtype=np.int64)
        holders = per_person[: pages * LANES] > 0
        start[holders] = number[order[(np.cumsum(per_person) - per_person)[holders]]]
        back = np.arange(slots, dtype=np.int32)
        back[number] = number[reverse_of(n, tie_owner, tie_other)]
        tie_key = placed(
            slots, number, tie_keys(seeds[tie_owner], identities[tie_owner], identities[tie_other]), np.int64
        )
        if same:
            tie_constants = np.zeros(tie_pages, dtype=np.int64)
        else:
            constants, tie_constants = tie_constant_pages(constants, person_page, tie_from, owner_lane)
        world = World(
            persons=persons,
            faces=np.zeros((pages * LANES, FACE_SIZE)),
            person_key=keys.reshape(pages, LANES),
            constants=constants,
            person_constants=person_page,
            ties=ties,
            tie_constants=tie_constants,
            tie_from=tie_from,
            tie_key=tie_key.reshape(shape),
            owner_lane=owner_lane.reshape(shape),
            tie_start=start,
            tie_stop=start + per_person,
            other=placed(slots, number, tie_other, np.int32).reshape(shape),
            back=back.reshape(shape),
            wish=placed(slots, number, tie_wish, np.int8).reshape(shape),
            news=np.zeros((2, *shape), dtype=np.int8),
            their_news=np.zeros(shape, dtype=np.int8),
            first=np.zeros(shape, dtype=np.int32),
            number=np.zeros(shape, dtype=np.int8),
            records=np.zeros((max(64, len(order) // 8), RECORD_SIZE)),
            used=np.zeros(1, dtype=np.int64),
        )
        return cls(world, n, number, tie_owner.astype(np.int64), names)

    # ------------------------------------------------------------ people

    def name(self, person: int) -> str:
        """Name of a person."""
        return self.names[person] if self.names is not None else f"person-{person}"

    def column(self, name: str) -> Floats:
        """[n] a copy of one quantity of everyone."""
        offset = PERSON[name].offset
        pages = np.asarray(self.world.persons, dtype=float).reshape(-1, PERSON.size)
        return np.array(pages[:, offset : offset + LANES]).reshape(-1)[: self.n_people]

    def value(self, person: int, name: str) -> float:
        """One quantity of one person."""
        return float(self.world.persons[person // LANES][PERSON[name].offset + person % LANES])

    def set_value(self, person: int, name: str, value: float) -> None:
        """Change one quantity of one person."""
        self.world.persons[person // LANES][PERSON[name].offset + person % LANES] = value

    # ------------------------------------------------------------ ties

    @property
    def tie_other(self) -> Ints:
        """[ties] whom each directed tie is toward."""
        return np.asarray(self.world.other, dtype=np.int64).reshape(-1)[self.tie_number]

    def tie(self, owner: int, other: int) -> int:
        """Flat number of the tie from one person to another.

        Raises:
            KeyError: there is no such tie.
        """
        first, last = np.searchsorted(self._owners_sorted, [owner, owner + 1])
        for index in self._order[first:last]:
            number = int(self.tie_number[index])
            if self.world.other[number // LANES][number % LANES] == other:
                return number
        raise KeyError(f"no tie from {self.name(owner)} to {self.name(other)}")

    @property
    def _order(self) -> Ints:
        if not hasattr(self, "_order_cache"):
            self._order_cache: Ints = np.argsort(self.tie_owner, kind="stable")
            self._owners_sorted_cache: Ints = self.tie_owner[self._order_cache]
        return self._order_cache

    @property
    def _owners_sorted(self) -> Ints:
        _ = self._order
        return self._owners_sorted_cache

    def ties_of(self, owner: int) -> list[int]:
        """Flat numbers of the ties that a person holds."""
        order = self._order
        first, last = np.searchsorted(self._owners_sorted, [owner, owner + 1])
        return [int(self.tie_number[i]) for i in order[first:last]]

    def other_of(self, tie: int) -> int:
        """Whom a tie is toward."""
        return int(self.world.other[tie // LANES][tie % LANES])

    def tie_value(self, tie: int, name: str) -> float:
        """One field of one directed tie."""
        return float(self.world.ties[tie // LANES][TIE[name].offset + tie % LANES])

    def set_tie_value(self, tie: int, name: str, value: float) -> None:
        """Change one field of one directed tie."""
        self.world.ties[tie // LANES][TIE[name].offset + tie % LANES] = value

    def tie_column(self, name: str) -> Floats:
        """[ties] a copy of one field of every directed tie, in the order of ``build``."""
        offset = TIE[name].offset
        pages = np.asarray(self.world.ties, dtype=float).reshape(-1, TIE.size)
        return np.array(pages[:, offset : offset + LANES]).reshape(-1)[self.tie_number]

    # ------------------------------------------------------------ the whole

    def nbytes(self) -> int:
        """Memory that the arrays take, in bytes."""
        return sum(np.asarray(array).nbytes for array in self.world)

    def copy(self) -> Population:
        """An independent copy (a checkpoint)."""
        arrays = (
            np.array(array, dtype=kind).reshape(len(array), *rest)
            for array, (kind, rest) in zip(self.world, self._kinds, strict=True)
        )
        return Population(World(*arrays), self.n_people, self.tie_number, self.tie_owner, self.names)

    def as_lists(self) -> World:
        """The same world as nested Python lists, for plain-Python mode."""
        return World(*(np.asarray(array).tolist() for array in self.world))

    def grow_records(self) -> None:
        """Make room for more encounters in a tick."""
        self.world = self.world._replace(records=np.zeros((2 * len(self.world.records) + 64, RECORD_SIZE)))


CIRCUMSTANCE = "circumstance"


def _found_in_life(keys: Ints) -> Floats:
    """[n] the phase of life in which each person is found at the start: as spread out as in the long run.

    The sum of four uniform numbers, scaled to variance 1.
    """
    tick = 0xFFFFFFFF  # before the first: never reached by counting
    return (draws(keys, START, tick, 0).sum(axis=0) - 2.0) * 3.0**0.5
