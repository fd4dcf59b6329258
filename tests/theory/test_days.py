"""What the days leave behind: evidence, habits, metacognition, and the read-outs of a state."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.theory import life, mastery, metacognition
from simulation.theory.layout import WISHES
from tests.strategies import UNIT
from tests.theory.laws import covers
from tests.theory.scene import ACT_HABITS, EVIDENCE, FUNCTIONS, PERSONAL_HABITS, Scene, troubled


@covers(life.learn_slowly, metacognition.exercise, metacognition.grown)
@given(UNIT, UNIT, UNIT)
def test_metacognition_grows_with_use_and_never_past_one(capacity, now, painful):
    scene = troubled(
        metacognition_growth=0.1, negative_self=painful, connection=0.5,
        **{f: capacity for f in FUNCTIONS}, **{f"{f}_now": capacity * now for f in FUNCTIONS},
    )  # fmt: skip
    scene.do(life.learn_slowly, dt=1.0)
    expected = capacity + (1 - capacity) * capacity * now * (1 - math.exp(-0.1 * painful * 0.5))
    for name in FUNCTIONS:
        assert scene[name] == pytest.approx(expected)
        assert capacity <= scene[name] <= 1
    scene.set(metacognition_growth=0.0)
    before = scene["monitoring"]
    scene.do(life.learn_slowly, dt=1.0)
    assert scene["monitoring"] == before


@covers(life.learn_slowly)
@given(st.floats(0.5, 500), st.floats(0.5, 500), UNIT)
def test_evidence_stays_within_zero_and_infinity(negative, benevolent, active):
    scene = Scene(
        negative_evidence_attachment=negative, benevolent_evidence_attachment=benevolent, negative_self=active
    )
    for _ in range(5):
        scene.do(life.learn_slowly, dt=1.0)
    assert all(0 < scene[name] < float("inf") for name in EVIDENCE)


@covers(life.learn_slowly)
def test_warmth_from_the_rest_of_life_is_discounted_too():
    values = {"benevolent_evidence_attachment": 5.0, "differentiation_now": 0.0, "integration_now": 0.0}
    free, caught = Scene(negative_self=0.0, **values), Scene(negative_self=1.0, **values)
    for scene in (free, caught):
        scene.do(life.learn_slowly, dt=1.0)
    assert caught["benevolent_evidence_attachment"] < free["benevolent_evidence_attachment"]


@covers(life.learn_slowly)
@given(st.floats(0, 5), st.floats(-3, 3))
def test_life_speaks_for_the_self_by_its_good_moments_alone(rate, circumstance):
    def gained(**values):
        scene = Scene(evidence_forgetting=1e-6, negative_self=0.0, circumstance=circumstance, **values)
        before = scene["benevolent_evidence_autonomy"]
        scene.do(life.learn_slowly, dt=1.0)
        return scene["benevolent_evidence_autonomy"] - before

    nothing, once, twice = (gained(uplift_rate=n * rate) for n in (0, 1, 2))
    assert nothing == pytest.approx(0, abs=1e-3), "what is left is forgetting"
    assert twice - nothing == pytest.approx(2 * (once - nothing), abs=1e-5)
    assert gained(uplift_rate=rate, stress_rate=9.0) == once


@covers(life.learn_slowly)
def test_a_sleeping_schema_still_discounts_the_warmth_of_life():
    def gained(negative):
        scene = Scene(negative_self=0.0, differentiation_now=0.0, integration_now=0.0)
        scene.set(negative_evidence_attachment=negative, benevolent_evidence_attachment=20.0)
        scene.do(life.learn_slowly, dt=1.0)
        return scene["benevolent_evidence_attachment"]

    assert gained(200.0) < gained(20.0) < gained(1.0)


@covers(life.learn_slowly)
@pytest.mark.parametrize("wish", WISHES)
def test_brooding_over_oneself_sustains_the_schema(wish):
    def against(**values):
        scene = Scene(**{"rumination": 0.8, "negative_self": 0.7, "evidence_brooded": 0.5, **values})
        scene.do(life.learn_slowly, dt=1.0)
        return scene[f"negative_evidence_{wish}"]

    usual = against(evidence_brooded=0.0)
    assert against() > against(rumination=0.3) > usual
    assert against(rumination=0.0) == against(negative_self=0.0) == against(schema_learning=0.0) == usual


@covers(life.learn_slowly)
@pytest.mark.parametrize("habit", sorted(PERSONAL_HABITS | ACT_HABITS))
def test_a_habit_that_is_not_kept_up_fades(habit):
    scene = Scene(**{habit: 0.8, "rumination": 0.0, "habit_forgetting": 0.1})
    scene.do(life.learn_slowly, dt=10.0)
    assert scene[habit] == pytest.approx(0.8 * math.exp(-1))
    for_good = Scene(**{habit: 0.8, "rumination": 0.0, "habit_forgetting": 0.0})
    for_good.do(life.learn_slowly, dt=10.0)
    assert for_good[habit] == pytest.approx(0.8)


@covers(life.learn_slowly, mastery.habit_by_repetition)
def test_ruminating_keeps_up_its_own_habit_and_no_other():
    still, turning = Scene(rumination=0.0), Scene(rumination=0.8)
    lesioned = Scene(rumination=0.8, habit_formation=0.0)
    for scene in (still, turning, lesioned):
        scene.do(life.learn_slowly, dt=1.0)
    assert turning["habit_rumination"] > still["habit_rumination"] == lesioned["habit_rumination"]
    assert {h for h in PERSONAL_HABITS | ACT_HABITS if turning[h] != still[h]} == {"habit_rumination"}


@covers(life.dysregulated_now, life.name_state)
def test_the_read_out_follows_and_feeds_nothing():
    scene = troubled(dysregulation=0.0)
    now = scene.do(life.dysregulated_now)
    scene.do(life.name_state)
    assert 0 < scene["dysregulation"] < now <= 1
