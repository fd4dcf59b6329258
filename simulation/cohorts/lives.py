"""Let cohorts live: networks side by side in one population, burnt in, then observed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.cases.parameters import CONSTANTS
from simulation.cases.profiles import profile_values
from simulation.cohorts.definition import definitions, moved_profiles
from simulation.cohorts.draw import drawn_columns
from simulation.cohorts.networks import Surroundings, build_networks
from simulation.errors import InputError, nearest
from simulation.population.blueprint import side_by_side
from simulation.population.population import Population
from simulation.population.simulation import Simulation
from simulation.randomness import mixed_seed
from simulation.theory.layout import PERSON, TIE

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PEOPLE_AT_MOST = 5_000_000


@dataclass
class Settled:
    """Cohorts after burn-in, ready to be observed.

    Attributes:
        population: Everyone; changed in place by living on.
        focal: [people] numbers of those whom the study is about.
        people: One row per focal person: ``cohort``, ``rank`` (in the cohort), factors, traits.
        kinds: [others] kinds of the others around each.
        day: Days lived so far.
    """

    population: Population
    focal: Ints
    people: pd.DataFrame
    kinds: list[str]
    day: float = 0.0

    def copy(self) -> Settled:
        """The same people once more, at the same moment and with the same luck to come: a twin experiment."""
        return Settled(self.population.copy(), self.focal, self.people, self.kinds, self.day)

    def simulation(self, dt: float, **record: Any) -> Simulation:
        """A running simulation that goes on from here; see `Simulation` for what can be recorded."""
        return Simulation(self.population, dt, tick=round(self.day / dt), **record)

    def live(
        self, days: float, dt: float, quantities: Sequence[str] = (), tie_fields: Sequence[str] = (),
        events: bool = False, partners: bool = False,
    ) -> Lives:  # fmt: skip
        """Live on for some days, observed at every tick.

        Args:
            days: How long.
            dt: Length of a tick in days; may differ from that of the burn-in.
            quantities: Of the focal people.
            tie_fields: Of the ties they hold.
            events: Whether causal events of the focal people are kept.
            partners: Whether the first other around each is observed as well.
        """
        watch = np.concatenate([self.focal, self.focal + 1]) if partners else self.focal
        simulation = self.simulation(
            dt, watch=watch.tolist(), quantities=tuple(quantities), tie_fields=tuple(tie_fields), tie_every=1,
            events=events,
        )  # fmt: skip
        first = simulation.tick
        simulation.run(round(days / dt))
        self.day += days
        return Lives(self, simulation, first, dt, list(quantities), list(tie_fields), len(watch))

    def set_everyone(self, name: str, value: float | Floats) -> None:
        """Set one quantity of every focal person: the procedure of a laboratory."""
        for person, number in zip(self.focal, np.broadcast_to(value, len(self.focal)), strict=True):
            self.population.set_value(int(person), name, float(number))

    def seclude(self) -> None:
        """Take focal people out of contact, as in a laboratory: their ties rest while the procedure lasts."""
        owners, others = self.population.tie_owner, self.population.tie_other
        inside = np.isin(owners, self.focal) | np.isin(others, self.focal)
        for number in self.population.tie_number[inside]:
            self.population.set_tie_value(int(number), "contact_rate", 0.0)


class Lives:
    """What was observed of focal people: arrays first, tables when asked for.

    Attributes:
        settled: Who they are, and everyone's state at the end.
        dt: Length of a tick in days.
        rows, values: Causal events as the loop writes them ([events, 8] and [events, 2]); persons are numbers in the
            whole population, ticks count from the first one observed.
    """

    def __init__(
        self, settled: Settled, simulation: Simulation, first: int, dt: float, quantities: list[str],
        tie_fields: list[str], watched: int,
    ) -> None:  # fmt: skip
        self.settled, self.dt = settled, dt
        self._quantities, self._tie_fields, self._watched = quantities, tie_fields, watched
        parts = simulation.parts
        self._samples = _joined(parts["samples"])
        self._ties = _joined(parts["tie_samples"])
        self.rows = np.concatenate([np.zeros((0, 8), dtype=np.int64), *parts["rows"]])
        self.values = np.concatenate([np.zeros((0, 2)), *parts["values"]])
        self.rows[:, 2] -= first
        self._slots: tuple[Ints, Ints] | None = None
        self._tie_numbers = simulation.ties

    @property
    def people(self) -> pd.DataFrame:
        """One row per focal person."""
        return self.settled.people

    @property
    def ticks(self) -> int:
        """Ticks observed."""
        return len(self._samples)

    def course(self, name: str, partner: bool = False) -> Floats:
        """[people, ticks] one quantity of every focal person, or of their partner."""
        n = len(self.settled.focal)
        chosen = slice(n, 2 * n) if partner else slice(0, n)
        course: Floats = self._samples[:, chosen, self._quantities.index(name)].T
        return course

    def tie_course(self, name: str) -> Floats:
        """[people, others, ticks] one field of the ties that focal people hold; NaN where there is no tie."""
        numbers, where = self._placed_ties()
        n, m = len(self.settled.focal), len(self.settled.kinds)
        course = np.full((n * m, len(self._ties)), np.nan)
        course[where] = self._ties[:, numbers, self._tie_fields.index(name)].T
        return course.reshape(n, m, -1)

    def _placed_ties(self) -> tuple[Ints, Ints]:
        """Which observed ties belong to focal people, and their place among [people · others]."""
        if self._slots is None:
            population, focal, m = self.settled.population, self.settled.focal, len(self.settled.kinds)
            owner_of = np.zeros(population.tie_number.max(initial=0) + 1, dtype=np.int64)
            owner_of[population.tie_number] = population.tie_owner
            owner = owner_of[self._tie_numbers]
            other = np.asarray(population.world.other, dtype=np.int64).reshape(-1)[self._tie_numbers]
            at = np.searchsorted(focal, owner)
            ours = np.flatnonzero(focal[np.minimum(at, len(focal) - 1)] == owner)
            self._slots = ours, at[ours] * m + other[ours] - owner[ours] - 1
        return self._slots


def settle(
    cohorts: Mapping[str, int], around: Surroundings, seed: int, dt: float = 0.125, burn_in: float = 30.0,
    constants: Mapping[str, float] | None = None, profiles: Mapping[str, Mapping[str, float]] | None = None,
) -> Settled:  # fmt: skip
    """Draw cohorts, lay their networks side by side, and let everyone live until they have settled.

    The k-th person of every cohort has the same luck and the same others (common random numbers).

    Args:
        cohorts: How many people of which cohort.
        around: Whom they live with.
        seed: Of everything.
        dt: Length of a tick in days.
        burn_in: Days lived before observation begins.
        constants: Constants of the theory, or gains (0 is a lesion), that differ from their default.
        profiles: Values that replace those of built-in profiles, by profile.

    Raises:
        InputError: An unknown cohort, constant, profile or parameter; a value out of bounds; too many people.
    """
    import pandas as pd

    constants, profiles = checked_constants(constants or {}), profiles or {}
    if sum(cohorts.values()) * (1 + len(around.kinds)) > PEOPLE_AT_MOST:
        raise InputError(f"more than {PEOPLE_AT_MOST:,} people at once; draw smaller cohorts")
    blueprints, tables = [], []
    for name, n in cohorts.items():
        columns = drawn_columns(name, n, seed, profiles)
        blueprints.append(build_networks(columns, around, seed, {**_constants_of(name, profiles), **constants}, profiles))
        tables.append(pd.DataFrame({"cohort": name, "rank": np.arange(n), **columns}))
    whole, first = side_by_side(blueprints)
    size = 1 + len(around.kinds)
    rank = np.concatenate([np.arange(n) for n in cohorts.values()])
    seeds = np.array([mixed_seed(seed, k) for k in range(max(cohorts.values()))])[rank]
    population = whole.build(seeds.repeat(size))
    focal = np.concatenate([f + size * np.arange(n) for f, n in zip(first, cohorts.values(), strict=True)])
    people = pd.concat(tables, ignore_index=True)
    people["cohort"] = pd.Categorical(people["cohort"], list(cohorts))
    settled = Settled(population, focal, people, around.kinds)
    simulation = settled.simulation(dt)
    simulation.run(round(burn_in / dt))
    settled.day = burn_in
    return settled


def checked_constants(given: Mapping[str, float]) -> Mapping[str, float]:
    """Return constants after a check of their names and values.

    Raises:
        InputError: An unknown name, or a value out of bounds.
    """
    for name, value in given.items():
        if name not in CONSTANTS:
            raise InputError(f'"{name}" is no constant of the theory{nearest(name, CONSTANTS)}')
        quantity = CONSTANTS[name]
        if not quantity.low <= value <= quantity.high:
            raise InputError(f"{name} = {value:g} is out of bounds; it must lie in [{quantity.low:g}, {quantity.high:g}]")
    return given


def _constants_of(name: str, profiles: Mapping[str, Mapping[str, float]]) -> Mapping[str, float]:
    """Constants that the profile of the cohort's name changes, if there is such a profile."""
    own = moved_profiles(profiles)
    return profile_values("bpd", own)[1] if definitions().cohort[name].toward_bpd.get("everything") == 1.0 else {}


def _joined(parts: list[Any]) -> Floats:
    joined: Floats = parts[0] if len(parts) == 1 else np.concatenate(parts)
    return joined


def known_quantities(names: Sequence[str], of: str) -> None:
    """Refuse names that are no quantity of a person ("person") or of a tie ("tie").

    Raises:
        InputError: A name is unknown.
    """
    known = PERSON if of == "person" else TIE
    for name in names:
        if name not in known:
            raise InputError(f'"{name}" is no quantity of a {of}{nearest(name, known)}')
