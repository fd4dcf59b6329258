"""Couples side by side: the smallest network in which an interpersonal cycle can turn.

Many couples are laid next to one another in one population and advance together. The k-th couple of every group has
the same luck (common random numbers), so groups differ by what they are, not by chance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from simulation.cases.model import DEFAULT_DT
from simulation.cases.profiles import profile_values
from simulation.population.blueprint import Blueprint
from simulation.population.population import Population
from simulation.population.simulation import Simulation
from simulation.randomness import mixed_seed
from simulation.theory.layout import CONSTANT
from simulation.theory.states import PERSONAL_STRATEGIES

if TYPE_CHECKING:
    import pandas as pd

MEANS = (
    "arousal", "anger", "shame", "sadness", "anxiety", "joy", "negative_self", "benevolent_self", "pain",
    "dissociation", "rumination", "in_episode", "suicidal_crisis", "emptiness", "connection", "busy",
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """Couples of one kind.

    Attributes:
        name: of the group.
        first, second: profiles of the two.
        couples: how many.
        constants: constants and gains (0 is a lesion) that hold for this group.
        first_values, second_values: parameters that differ from the profile.
    """

    name: str
    first: str
    second: str
    couples: int
    constants: Mapping[str, float] = field(default_factory=dict)
    first_values: Mapping[str, float] = field(default_factory=dict)
    second_values: Mapping[str, float] = field(default_factory=dict)


def build_couples(
    groups: Sequence[Group], seed: int, contact_rate: float = 2.0, bond: float = 0.8
) -> tuple[Population, np.ndarray]:
    """Build all couples of all groups.

    Returns:
        The population (the two of a couple have neighbouring numbers) and the number of the group of each couple.
    """
    group_of = np.repeat(np.arange(len(groups)), [g.couples for g in groups])
    rank = np.concatenate([np.arange(g.couples) for g in groups])
    n = 2 * len(group_of)
    people: list[dict[str, float]] = []
    for group in groups:
        for profile, own in ((group.first, group.first_values), (group.second, group.second_values)):
            people.append({**profile_values(profile)[0], **own})
    kind = (2 * group_of[:, None] + np.arange(2)).reshape(-1)
    values = {name: np.array([table[name] for table in people])[kind] for name in people[0]}
    constants = {name for group in groups for name in group.constants}
    varied = {
        name: np.array([g.constants.get(name, CONSTANT[name].default) for g in groups])[group_of].repeat(2)
        for name in constants
    }
    first = np.arange(0, n, 2)
    blueprint = Blueprint(
        n=n,
        identities=np.tile(np.arange(2), n // 2),
        person_values=values,
        tie_owner=np.concatenate([first, first + 1]),
        tie_other=np.concatenate([first + 1, first]),
        tie_wish=np.zeros(n, dtype=np.int64),
        tie_values={"contact_rate": contact_rate, "bond": bond, "romantic": 1.0},
        person_constants=varied,
    )
    return blueprint.build(np.array([mixed_seed(seed, int(r)) for r in rank]).repeat(2)), group_of


def run_couples(
    groups: Sequence[Group],
    days: float,
    seed: int,
    burn_in: float = 30.0,
    dt: float = DEFAULT_DT,
    contact_rate: float = 2.0,
) -> pd.DataFrame:
    """Run couples and average over time, after ``burn_in`` days.

    Returns:
        One row per person: ``group``, ``couple`` (its rank in the group), ``partner`` (0 the first, 1 the second), the
        time means of ``MEANS``, uses of each personal strategy per 30 days, ``strain`` (mean of the own tie),
        ``together`` (1 if the tie is alive at the end), ``negative_share`` (attachment schema at the end).
    """
    import pandas as pd

    population, group_of = build_couples(groups, seed, contact_rate)
    everyone = range(population.n_people)
    simulation = Simulation(
        population, dt, watch=everyone, quantities=(*MEANS, "coped"), every=1, tie_fields=("strain",), tie_every=1
    )
    simulation.run(round(burn_in / dt))
    simulation.forget()
    total = np.zeros((population.n_people, len(MEANS)))
    strain = np.zeros(population.n_people)
    uses = np.zeros((population.n_people, len(PERSONAL_STRATEGIES) + 1))
    ticks = left = round(days / dt)
    while left > 0:
        step = min(left, max(1, 2_000_000 // (population.n_people * (len(MEANS) + 2))))
        simulation.run(step)
        samples = simulation.parts["samples"][-1]
        total += samples[:, :, :-1].sum(axis=0)
        strain += simulation.parts["tie_samples"][-1][:, :, 0].sum(axis=0)
        coped = samples[:, :, -1].astype(np.int64)
        for code in range(1, uses.shape[1]):
            uses[:, code] += (coped == code).sum(axis=0)
        simulation.forget()
        left -= step
    per_month = 30.0 / (ticks * dt)
    frame = pd.DataFrame(
        {
            "group": pd.Categorical.from_codes(group_of.repeat(2), pd.Index([g.name for g in groups])),
            "couple": np.concatenate([np.arange(g.couples) for g in groups]).repeat(2),
            "partner": np.tile([0, 1], len(group_of)),
            **{name: total[:, j] / ticks for j, name in enumerate(MEANS)},
            **{f"{name}_per_month": uses[:, j + 1] * per_month for j, name in enumerate(PERSONAL_STRATEGIES)},
            "strain": strain / ticks,
            "together": [population.tie_value(population.ties_of(p)[0], "alive") for p in everyone],
        }
    )
    negative = population.column("negative_evidence_attachment")
    frame["negative_share"] = negative / (negative + population.column("benevolent_evidence_attachment"))
    return frame
