"""First-class behaviour of the model: what couples do in a simulated year, without any tuning to a single outcome."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from simulation.cases.model import DEFAULT_DT
from simulation.population.simulation import Simulation
from simulation.studies.couples import Group, build_couples, run_couples
from simulation.theory.layout import CONSTANT
from simulation.theory.states import PERSONAL_STRATEGIES, SELF_STATES

pytestmark = pytest.mark.slow

SEED = 4242  # never used in the search for constants
ORDINARY, TOLERANT, PLAIN, REACTIVE = "ordinary", "bpd with tolerant", "bpd with ordinary", "bpd with reactive"


@pytest.fixture(scope="module")
def year() -> pd.DataFrame:
    """A year of sixty couples of each kind."""
    groups = [
        Group(ORDINARY, "ordinary", "ordinary", 60),
        Group(TOLERANT, "bpd", "tolerant", 60),
        Group(PLAIN, "bpd", "ordinary", 60),
        Group(REACTIVE, "bpd", "reactive", 60),
    ]
    return run_couples(groups, days=365, seed=SEED)


def of(frame: pd.DataFrame, group: str, partner: int, quantity: str) -> np.ndarray:
    rows = frame[(frame["group"] == group) & (frame["partner"] == partner)]
    return rows[quantity].to_numpy()


def test_ordinary_couples_have_friction_and_recover(year: pd.DataFrame) -> None:
    anger = of(year, ORDINARY, 0, "anger")
    assert anger.min() > 0.01, "controls without any anger are too calm"
    assert anger.mean() < 0.10
    assert of(year, ORDINARY, 0, "strain").max() < 0.3
    assert 0.0003 < of(year, ORDINARY, 0, "in_episode").mean() < 0.03
    # dating couples part at 15 to 44 % a year (Downey et al. 1998)
    assert 0.65 < of(year, ORDINARY, 0, "together").mean() < 0.95
    assert of(year, ORDINARY, 0, "self_harm_per_month").mean() < 0.05


def test_a_reactive_partner_brings_episodes_and_strain(year: pd.DataFrame) -> None:
    episodes = of(year, REACTIVE, 0, "in_episode")
    assert episodes.mean() > 0.2
    assert episodes.max() < 0.9, "nobody is dysregulated without a break"
    assert of(year, REACTIVE, 1, "strain").mean() > 0.25
    assert of(year, REACTIVE, 1, "strain").mean() > 2 * of(year, ORDINARY, 1, "strain").mean()


def test_the_partner_makes_a_graded_difference(year: pd.DataFrame) -> None:
    tolerant, plain, reactive = (of(year, g, 0, "in_episode").mean() for g in (TOLERANT, PLAIN, REACTIVE))
    assert tolerant < plain < reactive
    assert tolerant < 0.8 * reactive
    assert of(year, TOLERANT, 1, "strain").mean() < of(year, REACTIVE, 1, "strain").mean()


def test_people_differ_within_a_group_without_falling_into_two_classes(year: pd.DataFrame) -> None:
    episodes = np.sort(of(year, REACTIVE, 0, "in_episode"))
    assert episodes.std() > 0.02
    widest_gap = np.diff(episodes).max()
    assert widest_gap < 0.5 * (episodes[-1] - episodes[0])


def test_frequencies_are_human(year: pd.DataFrame) -> None:
    self_harm = of(year, REACTIVE, 0, "self_harm_per_month")
    assert 0.1 < self_harm.mean() < 4.0
    assert self_harm.max() < 12.0
    uses = sum(of(year, REACTIVE, 0, f"{name}_per_month") for name in PERSONAL_STRATEGIES)
    assert uses.max() < 60.0, "soothing more than twice a day on average"


def test_every_self_state_is_reached_and_none_is_permanent() -> None:
    """The label is a read-out; a state that nobody is ever in would mean that a domain of the theory is idle."""
    couples = 100
    population, _ = build_couples([Group("couples", "bpd", "reactive", couples)], SEED)
    simulation = Simulation(population, 1 / 16, watch=range(0, 2 * couples, 2), quantities=("self_state",))
    simulation.run(60 * 16)
    states = simulation.parts["samples"][-1][:, :, 0].round().astype(int)
    share = np.bincount(states.ravel(), minlength=len(SELF_STATES)) / states.size
    assert (share > 0.001).all(), dict(zip(SELF_STATES, share.round(4), strict=True))
    assert (share < 0.7).all()


def test_every_lesion_changes_dysregulation() -> None:
    """Paired over couples with the same luck; at least one read-out of dysregulation must move clearly."""
    links = [q.name for q in CONSTANT.values() if q.kind == "gain"]
    whole = {"rupture_rate": 0.0}  # so that all couples are compared over the same time together
    groups = [Group("intact", "bpd", "reactive", 96, whole)]
    groups += [Group(link, "bpd", "reactive", 96, {**whole, link: 0.0}) for link in links]
    frame = run_couples(groups, days=150, seed=SEED, burn_in=60)
    frame["maladaptive"] = frame[[f"{name}_per_month" for name in PERSONAL_STRATEGIES[:5]]].sum(axis=1)
    outcomes = ("in_episode", "arousal", "anger", "shame", "pain", "maladaptive", "dissociation")
    silent = []
    for link in links:
        t = []
        for outcome in outcomes:
            change = of(frame, link, 0, outcome) - of(frame, "intact", 0, outcome)
            t.append(abs(change.mean()) / (change.std(ddof=1) / np.sqrt(len(change)) + 1e-12))
        if max(t) < 4.0:
            silent.append(link)
    assert not silent


def test_cutting_the_loop_through_the_other_lowers_episodes() -> None:
    groups = [
        Group("intact", "bpd", "reactive", 64),
        Group("no cold replies", "bpd", "reactive", 64, {"others_rejection": 0.0}),
        Group("no felt reactions", "bpd", "reactive", 64, {"felt_reactions": 0.0}),
        Group("no bias", "bpd", "reactive", 64, {"biased_perception": 0.0}),
    ]
    frame = run_couples(groups, days=150, seed=SEED)
    intact = of(frame, "intact", 0, "in_episode").mean()
    for group, left in zip(groups[1:], (0.8, 0.9, 0.8), strict=True):  # what is felt is one of several ways
        assert of(frame, group.name, 0, "in_episode").mean() < left * intact, group.name


def test_schemas_neither_vanish_nor_become_certain_in_ten_years() -> None:
    groups = [Group(ORDINARY, "ordinary", "ordinary", 16), Group(TOLERANT, "bpd", "tolerant", 16),
              Group(REACTIVE, "bpd", "reactive", 16)]  # fmt: skip
    frame = run_couples(groups, days=3650, seed=SEED, burn_in=0)
    assert frame["negative_share"].between(0.05, 0.93).all()
    assert of(frame, ORDINARY, 0, "negative_share").mean() < 0.35


def test_halving_the_tick_leaves_the_means_alone() -> None:
    """dt, dt/2 and dt/4 from the default on: long-run means agree within Monte Carlo error."""
    groups = [Group(ORDINARY, "ordinary", "ordinary", 400), Group(TOLERANT, "bpd", "tolerant", 400),
              Group(REACTIVE, "bpd", "reactive", 400)]  # fmt: skip
    means = {
        dt: run_couples(groups, days=40, seed=SEED + number, burn_in=20, dt=dt)
        for number, dt in enumerate((DEFAULT_DT, DEFAULT_DT / 2, DEFAULT_DT / 4))
    }
    off = []
    for finer in (DEFAULT_DT / 2, DEFAULT_DT / 4):
        for group in (ORDINARY, TOLERANT, REACTIVE):
            for outcome in ("arousal", "anger", "shame", "pain", "in_episode", "strain", "negative_self"):
                a, b = of(means[DEFAULT_DT], group, 0, outcome), of(means[finer], group, 0, outcome)
                error = np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))
                if abs(a.mean() - b.mean()) > 3.3 * error:
                    off.append((finer, group, outcome, round(a.mean(), 4), round(b.mean(), 4)))
    assert not off
