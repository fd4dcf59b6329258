"""Many lives of a case go as its single runs do, and differ by what is said to differ."""

import numpy as np
import pytest

from simulation.errors import InputError
from simulation.measures.causes import HURT
from simulation.measures.instruments import administer
from simulation.recording.recording import Record
from simulation.running import run
from simulation.trials.case_lives import DT, live_case

SEEDS, DAYS = [5, 6, 7], 160.0


@pytest.fixture(scope="module")
def lives():
    return live_case("angie", SEEDS, "mit", [60.0, DAYS])


@pytest.fixture(scope="module")
def alone():
    return run("angie", seed=6, treatment="mit", days=DAYS, dt=DT, record=Record(watch=("Angie",)))


def test_a_life_goes_as_a_run_of_the_case(lives, alone):
    assert np.array_equal(lives.anger[1], alone.course("Angie", "anger").to_numpy())
    assert np.allclose(lives.day, np.unique(alone.trajectories["day"]))


def test_what_is_perceived_as_rejection_and_calls_are_those_of_the_run(lives, alone):
    events = alone.events[alone.events["person"] == "Angie"]
    hurt = events["kind"].isin(("percept_of_act", "percept_of_reply")) & (events["perceived"] <= HURT)
    assert np.array_equal(np.flatnonzero(lives.hurt[1]), np.unique(events.loc[hurt, "tick"]))
    calls = events.loc[events["kind"] == "crisis_call", "tick"]
    assert lives.calls[1].sum() == len(calls) > 0
    assert np.array_equal(np.repeat(np.arange(lives.calls.shape[1]), lives.calls[1]), np.sort(calls))


def test_scores_at_intake_are_those_of_the_run_but_for_error_of_measurement(lives, alone):
    true = administer(alone, until=60.0).loc["Angie"]
    ours = lives.at(60.0).loc[6]
    assert ours["gsi"] == pytest.approx(true["gsi"], abs=0.6)
    assert ours["ders"] == pytest.approx(true["ders"], abs=50)
    assert len(lives.at(DAYS)) == len(SEEDS)


def test_traits_may_differ_from_life_to_life(lives):
    calm = live_case("angie", SEEDS, "mit", [60.0], {"home_base": np.array([0.05, 0.05, 0.05])})
    assert not np.array_equal(calm.anger[0], lives.anger[0, : calm.anger.shape[1]])
    assert calm.at(60.0)["gsi"].mean() < lives.at(60.0)["gsi"].mean()


def test_a_case_without_one_patient_is_refused():
    with pytest.raises(InputError, match="not just one person can be treated"):
        live_case("clinic", [1], "mit", [10.0])
    with pytest.raises(InputError, match="not just one person can be treated"):
        live_case("dyad", [1], "mit", [10.0])
