"""Many small studies side by side, each with parameters of its own: the simulator behind recovery and its calibration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulation.calibration.space import Space
from simulation.cohorts.draw import drawn_columns
from simulation.cohorts.lives import Settled
from simulation.cohorts.networks import COUPLE, build_networks
from simulation.measures import momentary
from simulation.measures.affect import ITEMS
from simulation.measures.contingency import person_slopes
from simulation.measures.sampling import Protocol
from simulation.population.blueprint import side_by_side
from simulation.randomness import mixed_seed

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
RECOVERED = Space(
    {
        "bpd.rejection_sensitivity": (0.4, 0.95), "bpd.home_base": (0.2, 0.4), "bpd.uplift_rate": (0.2, 2.0),
        "anger_gain": (1.0, 6.0), "rumination_gain": (0.5, 6.0),
    }
)  # fmt: skip
"""Parameters that are recovered: three of the profile, two constants; uniform within these bounds (the prior)."""
STATISTICS = (
    "negative affect", "positive affect", "arousal", "anger", "shame", "sadness", "anxiety", "RMSSD of negative affect",
    "variability of valence", "inertia of anger", "anger on rejection", "shame on rejection", "perceived rejection",
    "hostile acts", "soothing",
)  # fmt: skip


@dataclass(frozen=True)
class Design:
    """What each small study does.

    Attributes:
        couples: Couples per study, one of the two with borderline personality disorder.
        days: Of six prompts a day, after `burn_in` days.
        burn_in: Days lived before.
        dt: Length of a tick.
    """

    couples: int = 30
    days: int = 14
    burn_in: float = 10.0
    dt: float = 1 / 8


def drawn_points(space: Space, n: int, seed: int) -> Floats:
    """[n, parameters] points from the prior: uniform within the bounds."""
    low, high = np.array(list(space.bounds.values())).T
    luck = np.random.default_rng([seed, 7])
    points: Floats = low + (high - low) * luck.random((n, len(low)))
    return points


def simulated(space: Space, points: Floats, seed: int, design: Design | None = None, first: int = 0) -> Floats:
    """[studies, statistics] what each study finds; study ``first + i`` has people and luck of its own.

    Args:
        space: Names of the parameters.
        points: [studies, parameters].
        seed: Of all studies.
        design: Of each.
        first: Number of the first study, so that a table can be made in parts.
    """
    import pandas as pd

    design = design or Design()
    names = list(space.bounds)
    blueprints, seeds = [], []
    for i, point in enumerate(points):
        own = mixed_seed(seed, first + i) % (2**31)
        constants, profiles = space.split(dict(zip(names, point.tolist(), strict=True)))
        egos = drawn_columns("bpd", design.couples, own, profiles)
        blueprints.append(build_networks(egos, COUPLE, own, constants, profiles))
        seeds.append([mixed_seed(own, k) for k in range(design.couples)])
    whole, start = side_by_side(blueprints)
    population = whole.build(np.array(seeds, dtype=np.int64).reshape(-1).repeat(2))
    focal = (start[:, None] + 2 * np.arange(design.couples)).reshape(-1)
    labels = [f"{i:05d}-{k:03d}" for i in range(len(points)) for k in range(design.couples)]
    population.names = [name for label in labels for name in (label, f"{label}+1")]
    people = pd.DataFrame({"cohort": pd.Categorical(["bpd"] * len(labels))}, index=pd.Index(labels, name="person"))
    settled = Settled(population, focal, people, COUPLE.kinds)
    settled.live(design.burn_in, design.dt)
    lives = settled.live(design.days, design.dt, ITEMS, events=True)
    table = lives.prompts(Protocol(prompts=6, days=design.days, compliance=0.85), mixed_seed(seed, first) % (2**31))
    return _statistics(table, len(points))


def _statistics(table: pd.DataFrame, studies: int) -> Floats:
    means = table.groupby(table["person"].astype(str)).mean(numeric_only=True)
    rejected = table.assign(rejected=table["rejection"].clip(upper=1.0))
    columns: dict[str, Any] = {
        name: means[column]
        for name, column in (
            ("negative affect", "negative_affect"), ("positive affect", "positive_affect"), ("arousal", "arousal"),
            ("anger", "anger"), ("shame", "shame"), ("sadness", "sadness"), ("anxiety", "anxiety"),
            ("perceived rejection", "rejection"), ("hostile acts", "hostile_acts"), ("soothing", "coping"),
        )
    }  # fmt: skip
    columns["RMSSD of negative affect"] = momentary.rmssd(table, "negative_affect")
    columns["variability of valence"] = momentary.within_variance(table, "valence") ** 0.5
    columns["inertia of anger"] = momentary.inertia(table, "anger")
    columns["anger on rejection"] = person_slopes(rejected, "anger", ["rejected"])["rejected"]
    columns["shame on rejection"] = person_slopes(rejected, "shame", ["rejected"])["rejected"]
    found = np.empty((studies, len(STATISTICS)))
    for j, name in enumerate(STATISTICS):
        series = columns[name]
        by_study = series.groupby(series.index.str[:5]).mean()
        found[:, j] = by_study.reindex([f"{i:05d}" for i in range(studies)]).to_numpy()
    return found


def table_of(
    space: Space, n: int, seed: int, design: Design | None = None, at_once: int = 50
) -> Mapping[str, Floats]:
    """A reference table: ``points`` from the prior and ``statistics`` simulated there, made in parts of `at_once`."""
    points = drawn_points(space, n, seed)
    parts = [simulated(space, points[i : i + at_once], seed, design, i) for i in range(0, n, at_once)]
    return {"points": points, "statistics": np.concatenate(parts)}
