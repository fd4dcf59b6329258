"""Cohorts that live: tables, protocols, common luck, independence of who else is there."""

import numpy as np
import pytest

from simulation.cohorts import simulate_cohort
from simulation.cohorts.lives import settle
from simulation.cohorts.networks import COUPLE, EGO_NETWORK, Surroundings
from simulation.errors import InputError
from simulation.measures.sampling import Protocol

WEEK = Protocol(prompts=4, days=7, compliance=0.8)


@pytest.fixture(scope="module")
def study():
    return simulate_cohort(
        {"bpd": 12, "community": 12}, seed=4, protocol=WEEK, dt=1 / 8, burn_in=5, quantities=("pain",)
    )


def test_one_call_gives_people_prompts_and_events(study):
    assert list(study.persons["cohort"].value_counts()) == [12, 12]
    assert len(study.prompts) == 24 * 7 * 4
    assert set(study.prompts["person"]) == set(study.persons.index)
    assert {"anger", "valence", "pain", "rejections", "cohort"} <= set(study.prompts)
    assert study.prompts["answered"].mean() == pytest.approx(0.8, abs=0.06)
    assert study.prompts.loc[~study.prompts["answered"], "anger"].isna().all()
    assert study.events["tick"].between(0, 7 * 8 - 1).all()


def test_people_with_the_disorder_feel_worse_in_the_same_network(study):
    means = study.prompts.groupby("cohort", observed=True)["negative_affect"].mean()
    assert means["bpd"] > means["community"]


def test_nobody_changes_because_others_are_there(study):
    alone = simulate_cohort("bpd", 5, seed=4, protocol=WEEK, dt=1 / 8, burn_in=5, quantities=("pain",))
    together = study.lives.course("anger")[:5]
    assert np.array_equal(alone.lives.course("anger"), together)


def test_a_lesion_of_constants_reaches_everyone():
    still = simulate_cohort("bpd", 6, seed=1, protocol=WEEK, dt=1 / 8, burn_in=5, constants={"emotional_response": 0.0})
    assert still.prompts["anger"].max() < 0.05


def test_a_couple_is_two_people_and_a_network_seven():
    assert settle({"bpd": 3}, COUPLE, 1, burn_in=0).population.n_people == 6
    assert settle({"bpd": 3}, EGO_NETWORK, 1, burn_in=0).population.n_people == 21
    none = settle({"community": 400}, Surroundings(), 1, burn_in=0)
    partners = sum(len(none.population.ties_of(int(p))) == 6 for p in none.focal) / 400
    assert partners == pytest.approx(0.65, abs=0.07)


def test_courses_of_ties_are_those_of_the_ties():
    settled = settle({"bpd": 4}, EGO_NETWORK, 2, burn_in=3)
    lives = settled.live(2, 1 / 16, ("anger",), ("strain",))
    population = settled.population
    for k, person in enumerate(settled.focal.tolist()):
        for tie in population.ties_of(person):
            other = population.other_of(tie) - person - 1
            assert lives.tie_course("strain")[k, other, -1] == population.tie_value(tie, "strain")


def test_a_copy_is_a_twin():
    settled = settle({"bpd": 4}, EGO_NETWORK, 3, burn_in=3)
    twin = settled.copy()
    same, hurt = settled.live(1, 1 / 16, ("anger",)), None
    twin.set_everyone("due_rejection", 0.5)
    hurt = twin.live(1, 1 / 16, ("anger",))
    assert (hurt.course("anger")[:, 0] > same.course("anger")[:, 0]).all()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"constants": {"anger_gian": 1.0}}, 'did you mean "anger_gain"'),
        ({"constants": {"anger_gain": 99.0}}, "out of bounds"),
        ({"setting": "village"}, "not one of ego, couple"),
        ({"dt": 0.5}, "too coarse for 4 prompts"),
        ({"quantities": ("angr",)}, 'did you mean "anger"'),
    ],
)
def test_mistakes_are_told_in_one_sentence(changes, says):
    with pytest.raises(InputError, match=says):
        simulate_cohort("bpd", 3, protocol=WEEK, **changes)
