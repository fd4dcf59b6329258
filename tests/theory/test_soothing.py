"""Urge, craving, choice of a strategy, relief, cost and habit."""

import pytest

from simulation.theory import life, soothing
from simulation.theory.mastery import PERSONAL_COST
from simulation.theory.states import PERSONAL_STRATEGIES
from tests.theory.laws import covers
from tests.theory.scene import PERSONAL_HABITS, TROUBLED, Scene, troubled


@covers(life.wants_to_soothe)
def test_soothing_needs_an_urge_and_time_since_the_last():
    def wants(scene):
        return scene.set(coping_rate=50.0, coping_slope=100.0).do(life.wants_to_soothe, luck=0.01)

    assert wants(troubled(refractory=0.0))
    assert not wants(Scene(refractory=0.0, pain=0.0, shame=0.0, arousal=0.1))
    assert not wants(troubled(refractory=1.0, refractory_rate=0.0))


@covers(soothing.urge_now)
def test_the_urge_is_pain_first_and_feelings_magnified_by_rumination():
    def urge(**values):
        calm = dict.fromkeys(("pain", "shame", "sadness", "rumination", "differentiation_now"), 0.0)
        scene = Scene(**calm, arousal=0.1, cascade_share=0.6, urge_by_differentiation=0.5)
        return scene.set(**values).do(soothing.urge_now)

    assert urge() == 0
    assert urge(pain=0.8) > urge(shame=0.8) > 0 < urge(sadness=0.8)
    assert urge(arousal=0.9, window_of_tolerance=0.5) > 0 == urge(arousal=0.9, window_of_tolerance=0.95)
    assert urge(shame=0.8, rumination=0.8) > urge(shame=0.8)
    assert urge(shame=0.8, rumination=0.8, cascade_share=0.0) == urge(shame=0.8, cascade_share=0.0)
    assert urge(pain=0.8, rumination=0.8) == urge(pain=0.8), "pain needs no cascade"
    assert urge(pain=0.8, differentiation_now=0.9) < urge(pain=0.8)
    assert urge(pain=0.8, differentiation_now=0.9, urge_by_differentiation=0.0) == urge(pain=0.8)


@covers(life.wants_to_soothe)
def test_who_broods_soothes_sooner():
    def wants(rumination):
        scene = Scene(shame=0.9, sadness=0.9, pain=0.2, refractory=0.0, rumination=rumination, differentiation_now=0.2)
        scene.set(cascade_share=0.9, coping_threshold=0.4, coping_slope=50.0, coping_rate=20.0)
        return sum(scene.set(refractory=0.0).do(life.wants_to_soothe, luck=(i + 0.5) / 100) for i in range(100))

    assert wants(0.9) > wants(0.0)


@covers(soothing.attraction_of)
@pytest.mark.parametrize("strategy", range(len(PERSONAL_STRATEGIES)))
def test_what_draws_a_person_is_promised_relief_and_habit_and_nothing_speaks_against_it(strategy):
    habit = f"habit_{PERSONAL_STRATEGIES[strategy]}"

    def attraction(urge=0.8, ability=1.0, **values):
        scene = Scene(**{habit: 0.4} | values)
        return scene.do(soothing.attraction_of, strategy=strategy, ability=ability, urge=urge)

    assert attraction(**{habit: 0.0}) == 0, "what one never tried does not draw"
    assert attraction(**{habit: 0.8}) > attraction() > 0
    assert attraction() > attraction(urge=0.2) and attraction() > attraction(ability=0.2)
    assert attraction(barrier_weight=20.0, cost_weight=20.0, mastery_now=1.0) == attraction()
    assert attraction(relief_weight=0.0, habit_weight=0.0) == 0


@covers(life.crave)
@pytest.mark.parametrize("strategy", PERSONAL_STRATEGIES)
def test_people_crave_what_they_are_used_to_even_where_they_do_not_do_it(strategy):
    scene = troubled(choice_temperature=0.05, impulsivity=0.0, **dict.fromkeys(PERSONAL_HABITS, 0.0))
    scene.set(regulation_skill=0.8, differentiation_now=0.7, mastery_now=1.0, cost_weight=20.0, barrier_weight=20.0)
    scene.set(**{f"habit_{strategy}": 0.9}).do(life.crave)
    assert scene["craved"] == 1 + PERSONAL_STRATEGIES.index(strategy)
    assert all(scene[name] == TROUBLED[name] for name in ("pain", "arousal", "shame")), "a wish relieves nothing"


@covers(life.utility_of)
def test_relief_that_was_never_experienced_is_not_counted_on():
    def utility(habit, half_known):
        scene = Scene(habit_self_harm=habit, habit_half_known=half_known, habit_weight=0.0, barrier_weight=0.0)
        return scene.do(life.utility_of, strategy=3, ability=1.0, urge=0.9, foreseen=0.0, allowed=1.0)

    assert utility(0.0, 0.1) == 0
    assert utility(0.5, 0.1) > utility(0.1, 0.1) > utility(0.1, 0.9) > 0


def soothed(strategy: str, **values) -> Scene:
    """Somebody who has just used one strategy, because the habit of it leaves no other choice."""
    scene = troubled(habit_weight=20.0, choice_temperature=0.05, impulsivity=0.0, **dict.fromkeys(PERSONAL_HABITS, 0.0))
    scene.set(regulation_skill=0.8, differentiation_now=0.7, relief_weight=0.0, cost_weight=0.0, barrier_weight=0.0)
    scene.set(**{f"habit_{strategy}": 0.9}).set(**values)
    scene.do(life.soothe)
    return scene


@covers(life.soothe, life.utility_of)
@pytest.mark.parametrize("strategy", PERSONAL_STRATEGIES)
def test_a_strategy_relieves_at_once_costs_later_and_becomes_a_habit(strategy):
    after = soothed(strategy)
    number = PERSONAL_STRATEGIES.index(strategy)
    assert after["coped"] == 1 + number
    assert after["pain"] < TROUBLED["pain"]
    assert all(0 <= after[state] < TROUBLED[state] for state in ("arousal", "anger", "shame"))
    assert after[f"habit_{strategy}"] > 0.9
    assert (after["aftermath"] > TROUBLED["aftermath"]) == (PERSONAL_COST[number] > 0)
    assert after["refractory"] == 1
    assert (after["rumination"] > TROUBLED["rumination"]) == (strategy == "rumination")
    assert (after["dissociation"] > TROUBLED["dissociation"]) == (strategy == "dissociation")


@covers(life.soothe)
def test_lesions_of_coping():
    assert soothed("self_harm", momentary_relief=0.0)["pain"] == TROUBLED["pain"]
    assert soothed("self_harm", habit_formation=0.0)["habit_self_harm"] == pytest.approx(0.9)
    without = soothed("self_harm", personal_strategies=0.0)
    assert PERSONAL_COST[int(without["coped"]) - 1] == 0, "only adaptive strategies are left"


@covers(life.soothe)
@pytest.mark.parametrize("strategy", ["bodily_regulation", "reappraisal"])
def test_adaptive_strategies_need_skill(strategy):
    unable = soothed(strategy, regulation_skill=0.0, differentiation_now=0.0)
    assert unable["pain"] == TROUBLED["pain"]
    assert unable[f"habit_{strategy}"] == pytest.approx(0.9)
