"""Personal networks after a year, and a community over years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.cases.parameters import TRAITS
from simulation.cases.variety import luck_of
from simulation.cohorts.draw import drawn_columns
from simulation.cohorts.lives import Lives, settle
from simulation.cohorts.networks import Surroundings
from simulation.measures.affect import NEGATIVE
from simulation.network.generators import small_world
from simulation.network.likeness import seats
from simulation.population.blueprint import Blueprint
from simulation.population.simulation import Simulation
from simulation.validation.laboratory import Laboratory, scene

TIES = ("alive", "ruptured", "bond", "trust", "strain", "expected_response", "good_image", "contact_rate")
LIVELY = Surroundings({"acquaintances": {"number": 3}})
"""Six others and three acquaintances, with whom a tie can begin."""
SHARE_BPD = 0.03
"""Of the community; about 1.4 to 5.9 % in epidemiological studies (Grant et al. 2008, 10.4088/JCP.v69n0404)."""

LIKENESS = 0.1
"""Correlation of severity between people who know each other, before they have any influence. Partners correlate by
.08 (extraversion) to .58 (political values) in 22 traits, by less than most in personality and disorders (Horwitz et
al. 2023, 10.1038/s41562-023-01672-z, a meta-analysis); friends are alike in depression too (Schaefer et al. 2011,
10.1177/0003122411420813). The same for all ties: ASSUMED."""


@scene("personal_networks")
def personal_networks(lab: Laboratory) -> Lives:
    """A month observed after half a year (full: a year) in which ties could break, be mended and begin."""
    people = {"bpd": lab.people(60, 1200), "community": lab.people(60, 1200)}
    settled = settle(people, LIVELY, lab.seed, dt=1 / 8, burn_in=lab.people(180, 365), **lab.changes)
    return settled.live(30, 1 / 8, (*NEGATIVE, "joy", "connection", "emptiness"), TIES, events=True)


@dataclass
class Town:
    """A community over years.

    Attributes:
        valence: [years, people] yearly mean of positive minus negative affect.
        one, other: [ties] who knows whom, both directions.
    """

    valence: Any
    one: Any
    other: Any


@scene("town")
def town(lab: Laboratory) -> Town:
    """A small world, a few of whose people have borderline personality disorder (Hill et al. 2010 followed a town).

    Those who know each other are a little alike from the start, as in any town.
    """
    n, years = lab.people(300, 12_000), lab.people(3, 6)
    first, second = small_world(n, luck_of(lab.seed, "town"), mean_degree=6, rewiring=0.1)
    community = drawn_columns("community", n, lab.seed, lab.profiles)
    bpd = drawn_columns("bpd", n, lab.seed, lab.profiles)
    few = luck_of(lab.seed, "who has it").permutation(n) < round(SHARE_BPD * n)
    seat = seats(community["severity"], first, second, LIKENESS, luck_of(lab.seed, "seats"))
    bond = luck_of(lab.seed, "bonds").uniform(0.2, 0.8, len(first))
    population = Blueprint(
        n=n, identities=np.arange(n), tie_owner=np.concatenate([first, second]),
        tie_other=np.concatenate([second, first]), tie_wish=np.zeros(2 * len(first), dtype=np.int64),
        person_values={name: np.where(few, bpd[name], community[name])[seat] for name in TRAITS},
        tie_values={"bond": np.tile(bond, 2), "contact_rate": np.tile(0.2 + bond, 2)},
        person_constants=dict(lab.constants),
    ).build(lab.seed)  # fmt: skip
    simulation = Simulation(population, 1 / 8, watch=range(n), quantities=(*NEGATIVE, "joy"), every=8)
    simulation.run(60 * 8)
    means = []
    for _ in range(years):
        simulation.forget()
        simulation.run(365 * 8)
        samples = simulation.parts["samples"][0]
        means.append(samples[:, :, -1].mean(axis=0) - samples[:, :, :-1].mean(axis=(0, 2)))
    return Town(np.array(means), np.concatenate([first, second]), np.concatenate([second, first]))
