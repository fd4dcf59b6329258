"""What life brings, joy, wishes, and the competition of the two self-images."""

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.theory import life, within
from simulation.theory.numerics import chance, kept
from tests.strategies import AMOUNT, LUCK, UNIT
from tests.theory.laws import covers
from tests.theory.scene import INBOX, Scene, troubled


@covers(life.clear_inbox)
def test_life_events_are_taken_in_once():
    scene = troubled()
    scene.do(life.clear_inbox)
    assert (scene["in_rejection"], scene["in_acceptance"]) == (0.4, 0.2)
    assert scene["in_moment"] == pytest.approx(0.6), "it came when the whole tick was still to come"
    assert all(scene[name] == 0 for name in INBOX - {"in_rejection", "in_acceptance", "in_moment"})
    scene.do(life.clear_inbox)
    assert all(scene[name] == 0 for name in INBOX)


@covers(life.weather_life)
@given(LUCK, LUCK, st.sampled_from([1 / 32, 1 / 8, 1.0]))
def test_stress_has_its_mean_number_of_moments_for_any_tick(luck_stress, luck_uplift, dt):
    scene = Scene(stress_rate=2.0, circumstance=0.0)
    scene.do(life.weather_life, luck_stress=luck_stress, luck_uplift=luck_uplift, dt=dt)
    odds = chance(2.0, dt)
    assert scene["in_stress"] == pytest.approx(2.0 * dt / odds if luck_stress < odds else 0.0)
    assert 0 <= scene["joy"] <= 1


@covers(life.weather_life)
def test_joy_comes_of_good_moments_and_felt_acceptance_alone():
    def joy(luck_uplift=0.999, **values):
        scene = Scene(joy=0.0, joy_home=0.0).set(**values)
        scene.do(life.weather_life, luck_uplift=luck_uplift)
        return scene["joy"]

    assert joy() == 0
    assert joy(in_acceptance=0.5) > 0 == joy(in_acceptance=0.5, joy_gain=0.0)
    assert joy(luck_uplift=1e-6) > 0 == joy(luck_uplift=1e-6, joy_by_uplift=0.0)


@covers(life.weather_life)
def test_joy_returns_to_its_home():
    def joy(start):
        scene = Scene(joy=start, joy_home=0.3)
        scene.do(life.weather_life, luck_stress=0.999, luck_uplift=0.999)
        return scene["joy"]

    assert 0.0 < joy(0.0) < 0.3 < joy(1.0) < 1.0
    assert joy(0.3) == pytest.approx(0.3, abs=1e-8)


@covers(life.weather_life)
@pytest.mark.parametrize("hurt", [{"in_rejection": 0.8}, {"stress_rate": 2.0}])
def test_hurt_and_stress_put_an_end_to_joy(hurt):
    def joy(**values):
        scene = Scene(joy=0.8, stress_rate=0.0).set(**values)
        scene.do(life.weather_life, luck_stress=1e-6, luck_uplift=0.999)
        return scene["joy"]

    assert joy(**hurt) < joy()
    assert joy(**hurt, joy_quenched_by_hurt=0.0) == pytest.approx(joy())


@covers(life.weather_life)
def test_joy_does_not_dwell_under_the_negative_self():
    def joy(**values):
        scene = Scene(joy=0.8, joy_home=0.0, negative_self=0.0).set(**values)
        scene.do(life.weather_life, luck_stress=0.999, luck_uplift=0.999)
        return scene["joy"]

    assert joy(negative_self=0.9) < joy(negative_self=0.3) < joy()
    assert joy(negative_self=0.9, joy_denied_by_negative_self=0.0) == joy()


def weathered(name, dt, days, **values):
    """Course of one quantity under luck alone."""
    scene, luck = Scene(stress_rate=0.0, uplift_rate=0.0, **values), random.Random(4)
    course = []
    for _ in range(round(days / dt)):
        kinds = ("luck_busy", "luck_mood", "luck_mood_2", "luck_phase", "luck_phase_2")
        scene.do(life.weather_life, dt=dt, **{kind: luck.random() for kind in kinds})
        course.append(scene[name])
    return course


@covers(life.weather_life)
@pytest.mark.parametrize("dt", [1 / 8, 1.0])
def test_joy_has_ups_and_downs_of_its_own_as_a_multiple_of_those_of_arousal(dt):
    course = weathered("joy", dt, 6000 * dt, joy=0.5, joy_home=0.5, affect_noise=0.04, joy_noise=2.0, joy_rate=2.0)
    assert statistics.fmean(course) == pytest.approx(0.5, abs=0.015)
    assert statistics.stdev(course) == pytest.approx(0.08, rel=0.1)
    still = weathered("joy", dt, 20 * dt, joy=0.5, joy_home=0.5, affect_noise=0.04, joy_noise=0.0)
    assert still == pytest.approx([0.5] * 20, abs=1e-6)


@covers(life.weather_life)
@pytest.mark.parametrize("dt", [1 / 4, 1.0])
def test_phases_of_life_are_standard_deviations_and_last_as_long_as_their_rate_says(dt):
    course = weathered("circumstance", dt, 8000 * dt, life_phase_rate=0.5 / dt)
    assert statistics.fmean(course) == pytest.approx(0, abs=0.1)
    assert statistics.stdev(course) == pytest.approx(1, rel=0.1)
    assert statistics.correlation(course[:-1], course[1:]) == pytest.approx(math.exp(-0.5), abs=0.05)


@covers(life.weather_life)
@given(st.floats(-4, 4), LUCK, LUCK)
def test_no_phase_of_life_is_beyond_four_standard_deviations(circumstance, luck, luck_2):
    scene = Scene(circumstance=circumstance, life_phase_rate=1.0)
    scene.do(life.weather_life, dt=1.0, luck_phase=luck, luck_phase_2=luck_2)
    assert -4 <= scene["circumstance"] <= 4


@covers(life.weather_life)
def test_a_bad_phase_of_life_brings_more_stress_and_fewer_good_moments():
    def moments(circumstance, **values):
        scene = Scene(joy_noise=0.0, joy_quenched_by_hurt=0.0, stress_rate=0.6, uplift_rate=0.6, **values)
        scene.set(life_phase_rate=1e-5)
        stress = joy = 0.0
        for i in range(200):
            scene.set(circumstance=circumstance, joy=0.0, joy_home=0.0)
            scene.do(life.weather_life, dt=1.0, luck_stress=(i + 0.5) / 200, luck_uplift=(i + 0.5) / 200)
            stress, joy = stress + scene["in_stress"] / 200, joy + scene["joy"] / 200
        return stress, joy

    bad, usual, good = (moments(x, life_phase=0.5) for x in (-1.0, 0.0, 1.0))
    assert bad[0] > usual[0] > good[0]
    assert bad[1] < usual[1] < good[1]
    assert bad[0] == pytest.approx(0.6 * math.exp(0.5), rel=0.02)
    assert good[0] == pytest.approx(0.6 * math.exp(-0.5), rel=0.02)
    assert moments(-1.0, life_phase=0.0) == pytest.approx(usual, rel=1e-3)


@covers(life.weather_life)
def test_connection_is_built_up_by_felt_acceptance_alone():
    def connection(**values):
        scene = Scene(connection=0.3).set(**values)
        scene.do(life.weather_life, luck_uplift=1e-6)
        return scene["connection"]

    assert connection(in_acceptance=0.5) > connection() > 0
    assert connection() < 0.3
    assert connection(in_acceptance=0.5, connection_gain=0.0) == connection()


@covers(life.weather_life)
@given(AMOUNT, AMOUNT, UNIT, LUCK, LUCK)
def test_all_of_a_tick_is_taken_to_happen_at_the_mean_of_its_moments(rejection, acceptance, moment, stress, uplift):
    scene = Scene(in_rejection=rejection, in_acceptance=acceptance, in_moment=(rejection + acceptance) * moment)
    scene.set(stress_rate=1.0, uplift_rate=1.0, circumstance=0.0)
    scene.do(life.weather_life, luck_stress=stress, luck_uplift=uplift)
    odds = chance(1.0, scene.dt)
    moments = [moment] * (rejection + acceptance > 0) + [luck / odds for luck in (stress, uplift) if luck < odds]
    assert min(moments, default=0.5) - 1e-9 <= scene["in_moment"] <= max(moments, default=0.5) + 1e-9


@covers(life.long_for)
def test_wishes_grow_back():
    scene = Scene(need_attachment=0.1, wish_strength_attachment=0.9)
    scene.do(life.long_for)
    assert 0.1 < scene["need_attachment"] < 0.9


@covers(life.active_negative_share)
@given(st.floats(0.01, 500), st.floats(0.01, 500), UNIT, UNIT)
def test_the_active_share_lies_between_those_of_the_wishes(negative, benevolent, need, other_need):
    scene = Scene(
        negative_evidence_attachment=negative, benevolent_evidence_attachment=benevolent, need_attachment=need,
        need_group=other_need,
    )  # fmt: skip
    shares = [n / (n + b) for n, b in ((negative, benevolent), (12.0, 48.0))]
    assert min(shares) - 1e-6 <= scene.do(life.active_negative_share) <= max(shares) + 1e-6


@covers(life.active_negative_share)
def test_the_schema_of_the_wish_that_is_active_counts_most():
    scene = Scene(negative_evidence_attachment=90.0, benevolent_evidence_attachment=10.0, need_attachment=0.0)
    quiet = scene.do(life.active_negative_share)
    assert scene.set(need_attachment=1.0).do(life.active_negative_share) > quiet


def compete(scene: Scene, days: float) -> None:
    """The two self-images of somebody move for some days."""
    scene.do(within.compete, share=scene.do(life.active_negative_share), days=days)


@covers(within.compete)
@given(UNIT, UNIT, AMOUNT, AMOUNT, st.floats(0, 2))
def test_two_spells_of_competition_are_as_good_as_one(negative, benevolent, rejection, acceptance, days):
    selves = {"negative_self": negative, "benevolent_self": benevolent}
    once, twice = (Scene(**selves, rejection_trace=rejection, acceptance_trace=acceptance) for _ in range(2))
    compete(once, days)
    for _ in range(2):
        compete(twice, days / 2)
    for self_image in selves:
        assert twice[self_image] == pytest.approx(once[self_image], abs=1e-10)
        assert 0 <= once[self_image] <= 1


@covers(within.compete)
def test_rejection_of_late_calls_up_the_negative_self_and_acceptance_the_benevolent_one():
    def after(**values):
        scene = Scene(negative_self=0.5, benevolent_self=0.5, rejection_trace=0.0, acceptance_trace=0.0).set(**values)
        compete(scene, 5.0)
        return scene["negative_self"], scene["benevolent_self"]

    usual, hurt, accepted = after(), after(rejection_trace=2.0), after(acceptance_trace=2.0)
    assert hurt[0] > usual[0] > accepted[0]
    assert hurt[1] < usual[1] < accepted[1]
    assert after(negative_evidence_attachment=200.0, need_attachment=1.0)[0] > usual[0], "a strong schema wins"
    assert after(schema_activation=0.0)[0] < usual[0]


@covers(within.compete)
def test_rumination_calls_up_the_negative_self():
    def negative_self(**values):
        scene = Scene(negative_self=0.3, rumination=0.0, negative_self_by_rumination=2.0).set(**values)
        compete(scene, 1.0)
        return scene["negative_self"]

    assert negative_self(rumination=0.8) > negative_self(rumination=0.3) > negative_self()
    assert negative_self(rumination=0.8, rumination_response=0.0) == negative_self()


@covers(life.see_oneself)
@given(AMOUNT, AMOUNT, UNIT)
def test_what_happened_is_in_the_traces_from_its_moment_on(rejection, acceptance, moment):
    scene = Scene(rejection_trace=1.0, in_rejection=rejection, in_acceptance=acceptance, in_moment=moment)
    scene.set(social_trace_rate=2.0, acceptance_trace=0.5)
    scene.do(life.see_oneself)
    fade, arrived = kept(2.0, scene.dt), kept(2.0, moment * scene.dt)
    assert scene["rejection_trace"] == pytest.approx(fade + rejection * arrived)
    assert scene["acceptance_trace"] == pytest.approx(0.5 * fade + acceptance * arrived)


@covers(life.see_oneself)
def test_the_selves_have_answered_longer_to_what_came_earlier_in_the_tick():
    def negative_self(moment):
        scene = Scene(negative_self=0.1, in_rejection=2.0, in_moment=moment, social_trace_rate=1.5)
        scene.set(negative_self_by_rejection=3.0, negative_self_at_rest=-2.0)  # where the event is felt at all
        scene.do(life.see_oneself)
        return scene["negative_self"]

    assert negative_self(1.0) > negative_self(0.5) > negative_self(0.0)
