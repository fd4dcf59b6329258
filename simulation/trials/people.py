"""The virtual patients of a trial: people of a cohort in their networks, each with a therapist of their own."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulation.cases.parameters import TRAITS
from simulation.cases.profiles import profile_values
from simulation.cases.variety import luck_of, shifted
from simulation.cohorts.draw import drawn_columns
from simulation.cohorts.networks import Surroundings, build_networks
from simulation.population.blueprint import Blueprint, side_by_side
from simulation.population.population import Population
from simulation.randomness import mixed_seed

Ints = NDArray[np.int64]

AROUND = Surroundings({"wider": {"number": 1}})
"""A partner (two in three have one), two close others, one wider tie; with the therapist, six people in all."""
BLOCK = 128
"""People are drawn so many at a time."""
THERAPIST_SPREAD = {"warmth": 0.5, "tolerance": 0.5, "decentring": 0.4, "busy_share": 0.3}
"""How far therapists differ: standard deviation on the logit scale. ASSUMED."""
ALLIANCE = {
    "bond": (0.55, 0.45), "trust": (0.5, 0.65), "strain": (0.0, 0.0), "expected_response": (0.0, 0.2), "alive": 0.0,
    "contact_rate": 0.0, "romantic": 0.0, "eligible": 0.0, "good_image": (0.5, 0.6), "bad_image": (0.2, 0.1),
    "last_behaviour": 0.0,
}  # fmt: skip
"""What patient and therapist hold about each other before the first session, as in the case of Angie. ASSUMED."""


@dataclass(frozen=True)
class Patients:
    """Patients, their networks and therapists as one blueprint per arm, or laid side by side.

    Attributes:
        population: Everyone, arm after arm.
        patients, therapists: [arms, n] numbers.
        number: [n] number of each patient in the draw, the same in every arm.
    """

    population: Population
    patients: Ints
    therapists: Ints
    number: Ints


def draw_patients(cohort: str, numbers: Ints, arms: int, seed: int) -> Patients:
    """Lay the patients with these numbers of a draw side by side, once per arm.

    The k-th patient, their network, their therapist and their luck are the same in every arm and in every call.
    """
    n = len(numbers)
    blocks = np.unique(numbers // BLOCK)
    one, _ = side_by_side([_block(cohort, int(b), numbers[numbers // BLOCK == b] % BLOCK, seed) for b in blocks])
    size = one.n // n
    order = np.argsort(numbers // BLOCK, kind="stable")
    if not np.array_equal(order, np.arange(n)):
        raise ValueError("numbers of patients must rise")
    whole, first = side_by_side([one] * arms)
    seeds = np.array([mixed_seed(seed, int(k)) for k in numbers], dtype=np.int64).repeat(size)
    population = whole.build(np.tile(seeds, arms))
    patients = first[:, None] + size * np.arange(n)[None, :]
    return Patients(population, patients, patients + size - 1, numbers)


def _block(cohort: str, block: int, rows: Ints, seed: int) -> Blueprint:
    """Some of the people of one block of the draw, with their networks and therapists.

    People are drawn in blocks of one size, because the networks of a draw depend on how many are drawn.
    """
    own = mixed_seed(seed, block) % 2**31
    columns = drawn_columns(cohort, BLOCK, own)
    whole = _with_therapists(build_networks(columns, AROUND, own, {}), BLOCK, own)
    return _only(whole, rows, whole.n // BLOCK)


def _with_therapists(networks: Blueprint, n: int, seed: int) -> Blueprint:
    """The same with one more person behind each network: a therapist whom nobody has met yet."""
    size = networks.n // n
    own = profile_values("therapist")[0]
    values = {}
    for name in TRAITS:
        there = np.broadcast_to(np.asarray(networks.person_values[name], dtype=float), networks.n).reshape(n, size)
        column = np.full((n, 1), own[name])
        if name in THERAPIST_SPREAD:
            z = luck_of(seed, f"therapist's {name}").standard_normal(n)
            column[:, 0] = shifted(np.full(n, own[name]), THERAPIST_SPREAD[name] * z, 0.0, 1.0)
        values[name] = np.concatenate([there, column], axis=1).reshape(-1)
    move = lambda who: who + who // size  # noqa: E731 - every network has grown by one
    patient = np.arange(n, dtype=np.int64) * (size + 1)
    therapist = patient + size
    fields = {}
    for name in {*networks.tie_values, *ALLIANCE}:
        old = networks.tie_values.get(name)
        before = _field(name, old, len(networks.tie_owner))
        told = ALLIANCE[name]
        mine, theirs = told if isinstance(told, tuple) else (told, told)
        fields[name] = np.concatenate([before, np.full(n, mine), np.full(n, theirs)])
    return replace(
        networks,
        n=n * (size + 1),
        identities=np.tile(np.arange(size + 1, dtype=np.int64), n),
        tie_owner=np.concatenate([move(networks.tie_owner), patient, therapist]),
        tie_other=np.concatenate([move(networks.tie_other), therapist, patient]),
        tie_wish=np.concatenate([networks.tie_wish, np.zeros(2 * n, dtype=np.int64)]),
        person_values=values,
        tie_values=fields,
    )


def _field(name: str, given: object, ties: int) -> NDArray[np.float64]:
    from simulation.theory.layout import TIE

    value = TIE[name].default if given is None else given
    return np.broadcast_to(np.asarray(value, dtype=float), ties)


def _only(networks: Blueprint, numbers: Ints, size: int) -> Blueprint:
    """The networks of some patients only, in the order given."""
    people = (numbers[:, None] * size + np.arange(size)[None, :]).reshape(-1)
    place = np.full(networks.n, -1, dtype=np.int64)
    place[people] = np.arange(len(people))
    kept = np.flatnonzero(place[networks.tie_owner] >= 0)
    return replace(
        networks,
        n=len(people),
        identities=networks.identities[people],
        tie_owner=place[networks.tie_owner[kept]],
        tie_other=place[networks.tie_other[kept]],
        tie_wish=networks.tie_wish[kept],
        person_values={k: _column(v, networks.n)[people] for k, v in networks.person_values.items()},
        tie_values={k: np.asarray(v)[kept] for k, v in networks.tie_values.items()},
    )


def _column(value: object, n: int) -> NDArray[np.float64]:
    return np.broadcast_to(np.asarray(value, dtype=float), n)
