"""Shared generators of valid inputs: populations for any test, random ones for hypothesis.

A :class:`Blueprint` describes a population completely and builds it as often as needed, so that the same one can be run
on several engines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from hypothesis import strategies as st

from simulation.population.population import Population
from simulation.population.simulation import Simulation
from simulation.theory.layout import CONSTANT, PERSON, TIE, Quantity

TRAITS = tuple(q for q in PERSON.values() if q.kind in ("trait", "start"))
STATES = tuple(q for q in PERSON.values() if q.kind == "state")
TIE_COLUMNS = tuple(q for q in TIE.values() if q.kind == "tie" and q.name != "alive")
CONSTANTS = tuple(q for q in CONSTANT.values() if q.kind == "constant")
GAINS = tuple(q for q in CONSTANT.values() if q.kind == "gain")

UNIT = st.floats(0, 1)
SIGNED = st.floats(-1, 1)
AMOUNT = st.floats(0, 5)
LUCK = st.floats(1e-6, 1 - 1e-6)
"""A uniform draw: neither end."""

EVERYTHING_HAPPENS = {
    "coping_rate": 8.0, "coping_threshold": 0.2, "rupture_rate": 1.0, "rupture_threshold": 0.3, "strain_rate": 0.5,
    "strain_by_rejection": 0.2, "repair_rate": 5.0, "new_tie_rate": 0.2, "love_rate": 0.2,
    "dissociation_threshold": 0.3, "pain_by_shame": 12.0, "episode_on": 0.3, "episode_off": 0.2, "crisis_gain": 20.0,
    "crisis_rate": 2.0,
}  # fmt: skip
"""Constants under which every branch of the theory is reached within days, wherever calibration puts the defaults."""

DISTRESS = {
    "rejection_sensitivity": 0.9, "wish_strength_attachment": 0.9, "monitoring": 0.3, "differentiation": 0.25,
    "decentring": 0.25, "integration": 0.2, "mastery": 0.3, "reactivity": 1.8, "home_base": 0.35, "recovery_rate": 2.0,
    "affect_noise": 0.1, "impulsivity": 0.7, "traumatic_load": 0.6, "window_of_tolerance": 0.45,
    "rumination_tendency": 0.6, "regulation_skill": 0.2, "stress_rate": 2.0, "negative_evidence_attachment": 40.0,
    "benevolent_evidence_attachment": 15.0, "habit_self_harm": 0.2, "habit_clinging": 0.4,
}  # fmt: skip
"""A person who is easily dysregulated, whatever the profiles of the cases say."""


A_FEW_OR_SEVERAL_PAGES = st.one_of(st.integers(2, 6), st.integers(30, 70))


@dataclass(frozen=True)
class Blueprint:
    """All that makes up one population.

    Attributes:
        n: number of people.
        pairs: the relationships, (i, j); tie 2r is i's toward j in relationship r, tie 2r + 1 is j's toward i.
        seed: of the run, or one for each person.
        wishes: which wish each directed tie answers; None: the attachment wish.
        identities: what keys each person's luck; None: their numbers.
        person_values, tie_values, constants: by name, one number or one for each person or directed tie.
        dt: length of a tick in days.
    """

    n: int
    pairs: tuple[tuple[int, int], ...] = ()
    seed: int | tuple[int, ...] = 1
    wishes: tuple[int, ...] | None = None
    identities: tuple[int, ...] | None = None
    person_values: dict[str, Any] = field(default_factory=dict)
    tie_values: dict[str, Any] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    dt: float = 0.125

    @property
    def n_ties(self) -> int:
        return 2 * len(self.pairs)

    def population(self) -> Population:
        """A new population, independent of all others."""
        ends = np.array(self.pairs, dtype=np.int64).reshape(-1, 2)
        columns = {name: np.array(value, dtype=float) for name, value in self.person_values.items()}
        return Population.build(
            n=self.n,
            seed=self.seed if isinstance(self.seed, int) else np.array(self.seed, dtype=np.int64),
            identities=np.arange(self.n) if self.identities is None else np.array(self.identities, dtype=np.int64),
            person_values=columns,
            tie_owner=ends.reshape(-1),
            tie_other=ends[:, ::-1].reshape(-1),
            tie_wish=np.zeros(self.n_ties, dtype=np.int64) if self.wishes is None else np.array(self.wishes, np.int64),
            tie_values=self.tie_values,
            person_constants=self.constants,
        )

    def simulation(self, engine: str = "compiled", **recorded: Any) -> Simulation:
        """A new simulation of a new population."""
        if engine.startswith("mesa"):
            from simulation.mesa_face.model import MesaSimulation

            return MesaSimulation(self.population(), self.dt, engine=engine, **recorded)
        return Simulation(self.population(), self.dt, engine=engine, **recorded)

    def run(self, ticks: int, engine: str = "compiled", **recorded: Any) -> Simulation:
        """A new simulation after some ticks."""
        simulation = self.simulation(engine, **recorded)
        simulation.run(ticks)
        return simulation

    def but(self, **changes: Any) -> Blueprint:
        """The same with some things changed."""
        return replace(self, **changes)

    def with_constants(self, **constants: Any) -> Blueprint:
        """The same with some constants or gains changed."""
        return replace(self, constants={**self.constants, **constants})

    def with_person(self, person: int, **values: float) -> Blueprint:
        """The same with some traits of one person changed."""
        changed = dict(self.person_values)
        for name, value in values.items():
            column = np.array(np.broadcast_to(changed.get(name, PERSON[name].default), self.n), dtype=float)
            column[person] = value
            changed[name] = column
        return replace(self, person_values=changed)


def couple(seed: int = 1, **constants: Any) -> Blueprint:
    """A person who is easily dysregulated, and a partner who is soon strained; much happens between them."""
    two = Blueprint(
        n=2,
        pairs=((0, 1),),
        seed=seed,
        tie_values={"contact_rate": 3.0, "bond": 0.9, "strain": 0.2},
        constants={**EVERYTHING_HAPPENS, **constants},
    )
    return two.with_person(0, **DISTRESS).with_person(1, tolerance=0.2, warmth=0.4, busy_share=0.3)


def random_network(n: int, n_pairs: int, seed: int, **constants: Any) -> Blueprint:
    """People who all differ, the first third easily dysregulated, with random relationships under all four wishes."""
    rng = np.random.default_rng(seed)
    possible = np.array([(i, j) for i in range(n) for j in range(i + 1, n)])
    chosen = np.sort(rng.choice(len(possible), min(n_pairs, len(possible)), replace=False))
    pairs = tuple((int(i), int(j)) for i, j in possible[chosen])
    values = {q.name: rng.uniform(*sensible(q), n) for q in TRAITS if q.name not in DISTRESS}
    easily = np.arange(n) < n / 3
    values |= {name: np.where(easily, value, PERSON[name].default) for name, value in DISTRESS.items()}
    ties = 2 * len(pairs)
    return Blueprint(
        n=n,
        pairs=pairs,
        seed=seed,
        wishes=tuple(int(w) for w in rng.integers(0, 4, ties)),
        person_values=values,
        tie_values={
            "contact_rate": rng.uniform(0.1, 2, ties),
            "bond": rng.uniform(0.2, 1, ties),
            "alive": np.repeat(rng.random(len(pairs)) > 0.1, 2).astype(float),
            "romantic": np.repeat(rng.random(len(pairs)) < 0.2, 2).astype(float),
            "eligible": np.repeat(rng.random(len(pairs)) < 0.5, 2).astype(float),
        },
        constants={**EVERYTHING_HAPPENS, **constants},
    )


def sensible(quantity: Quantity) -> tuple[float, float]:
    """The part of the declared range of a quantity that random populations are drawn from.

    Traits and tie fields: nearly all of it. Constants: within a factor of four of the default, where calibration may
    move them. Gains: from lesion to theory.
    """
    low, high = quantity.low, quantity.high
    if quantity.kind == "gain":
        return 0.0, 1.0
    if quantity.kind == "constant":
        ends = sorted((quantity.default / 4, quantity.default * 4))
        return (max(low, ends[0]), min(high, ends[1])) if quantity.default else (low, min(high, low + 1))
    narrower = {
        "contact_rate": (0.0, 8.0), "stress_rate": (0.0, 6.0), "uplift_rate": (0.0, 6.0), "recovery_rate": (0.5, 12.0),
        "home_base": (0.0, 0.9),
    }  # fmt: skip
    if quantity.kind == "start" and high > 1:
        return max(low, 0.5), 200.0
    return narrower.get(quantity.name, (low, high))


def uniform_within(quantity: Quantity) -> st.SearchStrategy[float]:
    """One number from the sensible part of a quantity's range."""
    return st.floats(*sensible(quantity))


@st.composite
def columns(draw, quantities: Sequence[Quantity], n: int, most: int) -> dict[str, Any]:
    """Values for a few quantities: one number, or as many different ones as there are people or ties."""
    values: dict[str, Any] = {}
    for q in draw(st.lists(st.sampled_from(quantities), max_size=most, unique_by=lambda q: q.name)):
        if draw(st.booleans()):
            values[q.name] = np.random.default_rng(draw(st.integers(0, 2**16))).uniform(*sensible(q), n)
        else:
            values[q.name] = draw(uniform_within(q))
    return values


@st.composite
def blueprints(draw, people: st.SearchStrategy[int] = A_FEW_OR_SEVERAL_PAGES, most_pairs: int = 100) -> Blueprint:
    """Random populations: ties, wishes, traits, constants and gains, the latter two per person now and then."""
    n = draw(people)
    base = random_network(n, draw(st.integers(1, most_pairs)), seed=draw(st.integers(0, 2**16)))
    busy = EVERYTHING_HAPPENS if draw(st.booleans()) else {}
    return base.but(
        seed=draw(st.integers(0, 2**63 - 1)),
        person_values=base.person_values | draw(columns(TRAITS, n, 5)),
        tie_values=base.tie_values | draw(columns(TIE_COLUMNS, base.n_ties, 4)),
        constants=busy | draw(columns(CONSTANTS + GAINS, n, 6)),
        dt=draw(st.sampled_from((1 / 32, 1 / 8, 1 / 3, 1.0))),
    )


def outside_bounds(population: Population, kinds: Iterable[str] = ("state", "start", "tie")) -> list[str]:
    """What lies outside its declared bounds or is not a number, in words."""
    found = []
    for registry, column in ((PERSON, population.column), (TIE, population.tie_column)):
        for q in registry.values():
            values = column(q.name) if q.kind in kinds else np.zeros(0)
            slack = 1e-12 * max(abs(q.low), abs(q.high))
            wrong = ~((values >= q.low - slack) & (values <= q.high + slack))
            if wrong.any():
                found.append(f"{q.name} = {values[wrong][0]} is not in [{q.low}, {q.high}]")
    return found


def everything(simulation: Simulation) -> dict[str, np.ndarray]:
    """All that a run has brought about: everyone's columns, all ties, and what was recorded."""
    population = simulation.population
    result = {name: population.column(name).copy() for name in PERSON}
    if len(population.tie_number):
        result |= {f"tie {name}": population.tie_column(name) for name in TIE}
    for part, pieces in simulation.parts.items():
        filled = [np.asarray(piece) for piece in pieces if len(piece)]
        if filled:
            result[part] = np.concatenate(filled)
    return result


def differences(a: Simulation | dict[str, np.ndarray], b: Simulation | dict[str, np.ndarray]) -> list[str]:
    """In which quantities two runs differ by even a single bit; every value must be a number."""
    one, two = (x if isinstance(x, dict) else everything(x) for x in (a, b))
    assert all(np.isfinite(v).all() for v in one.values()), "not a number"
    keys = dict.fromkeys([*one, *two])
    return [k for k in keys if k not in one or k not in two or not np.array_equal(one[k], two[k])]
