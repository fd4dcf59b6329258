"""Ego networks side by side: each person of a cohort with a partner, close others and wider ties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulation.cases.parameters import TRAITS
from simulation.cases.variety import luck_of, shifted
from simulation.cohorts.definition import Slot, definitions
from simulation.cohorts.draw import drawn_columns
from simulation.errors import InputError, nearest
from simulation.population.blueprint import Blueprint

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
KINDS = ("partner", "close", "wider", "acquaintances")
"""Kinds of others, in the order in which they are numbered around each person."""


@dataclass(frozen=True)
class Surroundings:
    """Whom people live with; the numbers are in `cohorts.toml`.

    Attributes:
        changes: Fields of slots that differ, by kind: ``{"partner": {"share": 1.0}}``.
        others: The cohort from which partners and others are drawn.
    """

    changes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    others: str = "community"

    def slot(self, kind: str) -> Slot:
        """One kind of other, with the changes."""
        slot = definitions().network[kind]
        changes = dict(self.changes.get(kind, {}))
        if "number" in changes:
            changes["number"] = int(changes["number"])
        return Slot.model_validate({**slot.model_dump(), **changes})

    @property
    def kinds(self) -> list[str]:
        """[others] the kind of each other around a person."""
        return [kind for kind in KINDS for _ in range(self.slot(kind).number)]


EGO_NETWORK = Surroundings({"partner": {"share": 1.0}})
"""A person with a partner, two close others and three wider ties."""
COUPLE = Surroundings({"partner": {"share": 1.0}, "close": {"number": 0}, "wider": {"number": 0}})
"""Two people and nobody else."""
SURROUNDINGS = {"ego": Surroundings(), "couple": COUPLE}


def surroundings(name: str | Surroundings) -> Surroundings:
    """Return surroundings by name.

    Raises:
        InputError: There are none of that name.
    """
    if isinstance(name, Surroundings):
        return name
    if name not in SURROUNDINGS:
        raise InputError(f'setting "{name}" is not one of ego, couple{nearest(name, SURROUNDINGS)}')
    return SURROUNDINGS[name]


def build_networks(
    egos: Mapping[str, Floats], around: Surroundings, seed: int, constants: Mapping[str, float],
    profiles: Mapping[str, Mapping[str, float]] | None = None,
) -> Blueprint:  # fmt: skip
    """Lay the networks of many people side by side.

    The network around the k-th person is the same whoever that person is: cohorts compared under one seed live among
    the same people.

    Args:
        egos: Traits and start values by name, each of shape [n].
        around: Whom they live with.
        seed: Of others and ties.
        constants: Constants of the theory that differ.
        profiles: Values that replace those of built-in profiles.

    Returns:
        Person k is number ``k * (1 + others)``; the others follow in the order of `Surroundings.kinds`.
    """
    n = len(next(iter(egos.values())))
    kinds = around.kinds
    m = len(kinds)
    values = {name: np.empty((n, 1 + m)) for name in TRAITS}
    for name, column in values.items():
        column[:, 0] = egos[name]
    for j in range(m):
        other = drawn_columns(around.others, n, seed * 1009 + 17 + j, profiles)
        for name, column in values.items():
            column[:, 1 + j] = other[name]
    base = np.arange(n, dtype=np.int64) * (1 + m)
    pairs = [_ego_ties(j, kind, around, n, seed) for j, kind in enumerate(kinds)]
    first = [base] * m
    second = [base + 1 + j for j in range(m)]
    slot = around.slot("among_others")
    for a in range(m):
        for b in range(a + 1, m):
            if kinds[b] == "acquaintances":
                continue
            know = luck_of(seed, f"others {a} {b}").random(n) < slot.share
            pairs.append(_fields(slot, f"others {a} {b}", n, seed, know, np.ones(n)))
            first.append(base + 1 + a)
            second.append(base + 1 + b)
    held = np.concatenate([fields["contact_rate"] for fields in pairs]) > 0 if pairs else np.zeros(0, dtype=bool)
    here, there = (np.concatenate([*ends, np.zeros(0, dtype=np.int64)])[held] for ends in (first, second))
    fields = {name: np.concatenate([f[name] for f in pairs])[held] for name in pairs[0]} if pairs else {}
    return Blueprint(
        n=n * (1 + m),
        identities=np.tile(np.arange(1 + m, dtype=np.int64), n),
        tie_owner=np.concatenate([here, there]),
        tie_other=np.concatenate([there, here]),
        tie_wish=np.zeros(2 * len(here), dtype=np.int64),
        person_values={name: column.reshape(-1) for name, column in values.items()},
        tie_values={name: np.concatenate([column, column]) for name, column in fields.items()},
        person_constants=dict(constants),
    )


def _ego_ties(j: int, kind: str, around: Surroundings, n: int, seed: int) -> dict[str, Floats]:
    slot = around.slot(kind)
    there = np.ones(n, dtype=bool)
    if kind == "partner":
        there = luck_of(seed, f"partner {j}").random(n) < slot.share
    alive = np.full(n, 0.0 if kind == "acquaintances" else 1.0)
    return _fields(slot, f"{kind} {j}", n, seed, there, alive)


def _fields(slot: Slot, purpose: str, n: int, seed: int, there: NDArray[np.bool_], alive: Floats) -> dict[str, Floats]:
    spread = definitions().network_spread
    luck = luck_of(seed, f"tie {purpose}").standard_normal((n, 2)).T
    rate = shifted(np.full(n, slot.contact_rate), spread["contact_rate"] * luck[1], 0.0, 24.0)
    return {
        "bond": shifted(np.full(n, slot.bond), spread["bond"] * luck[0], 0.0, 1.0),
        "contact_rate": np.where(there, rate, 0.0),
        "romantic": np.full(n, slot.romantic),
        "eligible": np.full(n, slot.eligible),
        "alive": alive,
    }
