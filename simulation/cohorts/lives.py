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
from simulation.measures.sampling import Protocol, sample_as_study
from simulation.population.blueprint import side_by_side
from simulation.population.population import Population
from simulation.population.simulation import Simulation
from simulation.randomness import mixed_seed
from simulation.recording.recording import Recording
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
        return Lives(self, simulation, first)

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
        recording: What measures read: trajectories, ties and events; ticks count from the first one observed.
    """

    def __init__(self, settled: Settled, simulation: Simulation, first: int) -> None:
        self.settled, self.dt = settled, simulation.dt
        for rows in simulation.parts["rows"]:
            rows[:, 2] -= first
        nobody: Any = None  # there is no case behind a cohort
        self.recording = Recording.of(nobody, simulation, 0.0, [])
        self.recording.ticks -= first

    @property
    def people(self) -> pd.DataFrame:
        """One row per focal person: cohort, rank, factors, traits; the index is the name in all tables."""
        return self.settled.people

    @property
    def ticks(self) -> int:
        """Ticks observed."""
        return len(self.recording.parts["samples"])

    @property
    def partners(self) -> list[str]:
        """Names of the first other around each focal person, in their order."""
        return [self.recording.name(int(person) + 1) for person in self.settled.focal]

    def course(self, name: str, partner: bool = False) -> Floats:
        """[people, ticks] one quantity of every focal person, or of their partner."""
        n = len(self.settled.focal)
        chosen = slice(n, 2 * n) if partner else slice(0, n)
        course: Floats = self.recording.parts["samples"][:, chosen, self.recording.quantities.index(name)].T
        return course

    def tie_course(self, name: str) -> Floats:
        """[people, others, ticks] one field of the ties that focal people hold; NaN where there is no tie."""
        focal, m = self.settled.focal, len(self.settled.kinds)
        owner, other = np.array(self.recording.watched_ties, dtype=np.int64).reshape(-1, 2).T
        at = np.searchsorted(focal, owner)
        ours = np.flatnonzero(focal[np.minimum(at, len(focal) - 1)] == owner)
        samples = self.recording.parts["tie_samples"]
        course = np.full((len(focal) * m, len(samples)), np.nan)
        place = at[ours] * m + other[ours] - owner[ours] - 1
        course[place] = samples[:, ours, self.recording.tie_fields.index(name)].T
        return course.reshape(len(focal), m, -1)

    def prompts(self, protocol: Protocol, seed: int, more: Mapping[str, Floats] | None = None) -> pd.DataFrame:
        """What a study has in hand; see `sample_as_study`.

        Args:
            protocol: How it samples.
            seed: Of moments and missed prompts.
            more: Further courses of focal people, [people, ticks] each, sampled like the rest.

        Returns:
            One row per person and prompt, with ``cohort`` (of partners: "partner").
        """
        import pandas as pd

        course = self.recording.trajectories
        if more:
            watched = len(self.recording.watched)
            for name, values in more.items():
                column = np.full((self.ticks, watched), np.nan)
                column[:, : len(values)] = values.T
                course = course.assign(**{name: column.reshape(-1)})
        events = self.recording.events if len(self.recording.parts["rows"]) else None
        table = sample_as_study(course, protocol, seed, events)
        cohort = self.people["cohort"].reindex(table["person"].astype(str))
        filled = cohort.astype(object).where(cohort.notna().to_numpy(), "partner").to_numpy()
        table.insert(1, "cohort", pd.Categorical(filled))
        return table


def settle(
    cohorts: Mapping[str, int], around: Surroundings, seed: int, dt: float = 1 / 16, burn_in: float = 30.0,
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
        blueprints.append(
            build_networks(columns, around, seed, {**_constants_of(name, profiles), **constants}, profiles)
        )
        tables.append(pd.DataFrame({"cohort": name, "rank": np.arange(n), **columns}))
    whole, first = side_by_side(blueprints)
    size = 1 + len(around.kinds)
    rank = np.concatenate([np.arange(n) for n in cohorts.values()])
    seeds = np.array([mixed_seed(seed, k) for k in range(max(cohorts.values()))])[rank]
    population = whole.build(seeds.repeat(size))
    names = [f"{name}-{k:05d}" for name, n in cohorts.items() for k in range(n)]
    population.names = [f"{name}{around_}" for name in names for around_ in ("", *(f"+{j}" for j in range(1, size)))]
    focal = np.concatenate([f + size * np.arange(n) for f, n in zip(first, cohorts.values(), strict=True)])
    people = pd.concat(tables, ignore_index=True).set_axis(pd.Index(names, name="person"))
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
            raise InputError(
                f"{name} = {value:g} is out of bounds; it must lie in [{quantity.low:g}, {quantity.high:g}]"
            )
    return given


def _constants_of(name: str, profiles: Mapping[str, Mapping[str, float]]) -> Mapping[str, float]:
    """Constants that the profile of the cohort's name changes, if there is such a profile."""
    own = moved_profiles(profiles)
    return profile_values("bpd", own)[1] if definitions().cohort[name].toward_bpd.get("everything") == 1.0 else {}


def known_quantities(names: Sequence[str], of: str) -> None:
    """Refuse names that are no quantity of a person ("person") or of a tie ("tie").

    Raises:
        InputError: A name is unknown.
    """
    known = PERSON if of == "person" else TIE
    for name in names:
        if name not in known:
            raise InputError(f'"{name}" is no quantity of a {of}{nearest(name, known)}')
