"""Feelings, arousal, metacognition and fragmentation within one person."""

import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.theory import life
from simulation.theory.layout import CONSTANT
from tests.strategies import LUCK, UNIT
from tests.theory.laws import covers
from tests.theory.scene import Scene, troubled


@covers(life.see_oneself, life.feel)
def test_after_rejection_anger_gives_way_to_shame():
    # the benevolent self is active at first: anger; rejection goes on, the negative self takes over: shame
    scene = Scene(
        benevolent_self=0.8, negative_self=0.1, anger_gain=1.0, shame_gain=1.0, shame_rate=3.0, anger_rate=6.0
    )
    scene.set(negative_self_by_rejection=3.0, benevolent_self_by_rejection=3.0, social_trace_rate=1.5)
    course = []
    for _ in range(16):
        scene.set(in_rejection=0.6)
        scene.do(life.see_oneself)
        scene.do(life.feel)
        course.append((scene["anger"], scene["shame"]))
    assert course[0][0] > course[0][1]
    assert course[-1][0] < course[-1][1]


@covers(life.feel)
def test_the_aftermath_of_coping_brings_shame_later():
    plain, after = Scene(), Scene(aftermath=1.0)
    for scene in (plain, after):
        scene.do(life.feel)
    assert after["shame"] > plain["shame"]
    lesioned = Scene(aftermath=1.0, later_cost=0.0)
    lesioned.do(life.feel)
    assert lesioned["shame"] == plain["shame"]


FELT = ("anger", "shame", "sadness")


def felt(**values) -> Scene:
    """Somebody calm, after one tick of feeling."""
    calm = dict.fromkeys((*FELT, "rumination", "aftermath", "in_rejection"), 0.0)
    scene = Scene(**calm | {"negative_self": 0.5, "benevolent_self": 0.5} | values)
    scene.do(life.feel)
    return scene


@covers(life.feel)
def test_the_lonely_are_sad_although_nothing_happened():
    lonely = {"negative_self": 0.0, "need_attachment": 0.8, "connection": 0.2, "sadness_drive": 1.0}

    def sadness(**values):
        return felt(**lonely | values)["sadness"]

    assert sadness() > sadness(connection=0.8) > 0
    assert sadness(connection=1.0) == sadness(emotional_response=0.0) == 0
    assert sadness(negative_evidence_attachment=200.0) > sadness(), "most of all who hold little of themselves"


@covers(life.feel)
def test_who_understands_the_other_is_less_angry_and_no_less_hurt():
    hurt = {"in_rejection": 0.6, "anger_excused_by_decentring": 0.6}
    blind, knowing = (felt(decentring_now=x, **hurt) for x in (0.0, 1.0))
    assert 0 < knowing["anger"] < blind["anger"]
    assert all(knowing[name] == blind[name] for name in ("shame", "sadness", "anxiety"))
    unexcused = felt(decentring_now=1.0, in_rejection=0.6, anger_excused_by_decentring=0.0)
    assert unexcused["anger"] == blind["anger"]


@covers(life.feel)
def test_anger_is_a_matter_of_how_the_two_self_images_stand():
    def anger(negative, benevolent):
        return felt(negative_self=negative, benevolent_self=benevolent, in_rejection=0.6)["anger"]

    assert anger(0.1, 0.8) > anger(0.8, 0.8) > anger(0.8, 0.1) > 0
    assert anger(0.2, 0.2) == pytest.approx(anger(0.8, 0.8)), "only their proportion counts"


@covers(life.feel)
@pytest.mark.parametrize("feeling", FELT)
def test_feelings_last_where_mastery_fails_and_while_they_are_turned_over(feeling):
    still = {"negative_self": 0.0, "feelings_by_rumination": 0.0, feeling: 0.8}

    def left(**values):
        return felt(**{"mastery_now": 0.5, **still, **values})[feeling]

    assert left(mastery_now=0.0) > left() > left(mastery_now=1.0)
    assert left(mastery_now=0.0, fading_by_mastery=0.0) == left(mastery_now=1.0, fading_by_mastery=0.0)
    assert left(rumination=0.8) > left()
    assert left(rumination=0.8, rumination_response=0.0) == left()


@covers(life.feel)
@pytest.mark.parametrize("feeling", ["shame", "sadness"])
def test_brooding_calls_up_feelings_that_were_gone(feeling):
    brooding = {"rumination": 0.8, "negative_self": 0.7, "rumination_feed": 0.0}
    none = felt(**brooding, feelings_by_rumination=0.0)[feeling]
    assert felt(**brooding, feelings_by_rumination=2.0)[feeling] > none
    assert felt(**brooding, feelings_by_rumination=2.0, rumination_response=0.0)[feeling] == none
    assert felt(**brooding, feelings_by_rumination=2.0, emotional_response=0.0)[feeling] == 0
    event_only = {"sadness_drive": 0.0, "shame_drive": 0.0}
    kind = felt(**brooding | {"negative_self": 0.0} | event_only, feelings_by_rumination=2.0)[feeling]
    assert kind == 0, "it belongs to the negative self-image"


@covers(life.feel)
def test_angry_brooding_keeps_up_anger_but_does_not_make_it():
    def anger(**values):
        return felt(**{"rumination": 0.8, "rumination_feed": 0.0, "feelings_by_rumination": 5.0, **values})["anger"]

    assert anger() == 0
    assert anger(anger=0.5) > anger(anger=0.5, feelings_by_rumination=0.0)
    assert anger(anger=0.5, benevolent_self=0.0) == anger(anger=0.5, feelings_by_rumination=0.0)


@covers(life.arouse)
@given(UNIT, LUCK, LUCK, st.floats(0, 10), st.floats(-5, 5))
def test_arousal_stays_in_bounds(arousal, luck, luck_2, rejection, caught):
    scene = Scene(arousal=arousal, in_rejection=rejection, in_arousal=caught, affect_noise=1.0)
    scene.do(life.arouse, luck_noise=luck, luck_noise_2=luck_2)
    assert 0 <= scene["arousal"] <= 1


@covers(life.arouse)
@pytest.mark.parametrize("dt", [1 / 32, 1 / 8, 1.0])
def test_spontaneous_ups_and_downs_have_the_stated_size_for_any_tick(dt):
    calm = dict.fromkeys(("anger", "shame", "anxiety", "pain", "in_rejection", "in_stress", "in_arousal"), 0.0)
    scene = Scene(home_base=0.5, affect_noise=0.05, **calm)
    luck = random.Random(2)
    course = []
    for _ in range(8000):
        scene.do(life.arouse, dt=dt, luck_noise=luck.random(), luck_noise_2=luck.random())
        course.append(scene["arousal"])
    assert statistics.fmean(course) == pytest.approx(0.5, abs=0.01)
    assert statistics.stdev(course) == pytest.approx(0.05, rel=0.1)


@covers(life.arouse)
def test_arousal_returns_more_slowly_under_rumination_and_faster_with_mastery():
    def after(**values):
        calm = dict.fromkeys(("anger", "shame", "anxiety", "pain", "affect_noise"), 0.0)
        scene = Scene(arousal=0.9, home_base=0.2, mastery_now=0.3, rumination=0.0, **calm).set(**values)
        scene.do(life.arouse)
        return scene["arousal"]

    assert after(mastery_now=1.0) < after() < after(rumination=1.0) < 0.9
    assert after(rumination=1.0, rumination_response=0.0) == after()


@covers(life.arouse)
def test_lesion_neither_feelings_nor_rejection_arouse():
    quiet = dict.fromkeys(("anger", "shame", "anxiety", "pain", "in_rejection", "in_stress"), 0.0)
    calm, upset = troubled(arousal_response=0.0, **quiet), troubled(arousal_response=0.0)
    for scene in (calm, upset):
        scene.do(life.arouse)
    assert calm["arousal"] == upset["arousal"]


@covers(life.arouse)
def test_trauma_answers_out_of_proportion():
    def jump(**values):
        scene = Scene(arousal=0.2, in_rejection=0.5, negative_self=0.8, affect_noise=0.0).set(**values)
        scene.do(life.arouse)
        return scene["arousal"]

    assert jump(traumatic_load=1.0) > jump(traumatic_load=0.0) == jump(traumatic_load=1.0, trauma_reactivation=0.0)


@covers(life.reflect)
def test_metacognition_fails_under_arousal_and_returns_with_calm():
    def now(arousal, **values):
        scene = Scene(arousal=arousal, window_of_tolerance=0.5, collapse_slope=20.0, decentring=0.8).set(**values)
        scene.do(life.reflect)
        return scene["decentring_now"]

    assert now(0.1) > 0.75 and now(0.95) < 0.05
    assert now(0.95, metacognitive_collapse=0.0) == 0.8
    assert now(0.6, coregulation=1.0) > now(0.6)


@covers(life.hold_together)
@given(UNIT, UNIT, UNIT, UNIT, UNIT)
def test_pain_and_its_company_stay_in_bounds(arousal, negative, benevolent, shame, level):
    scene = Scene(arousal=arousal, negative_self=negative, benevolent_self=benevolent, shame=shame, pain=level,
                  dissociation=level, rumination=level, emptiness=level, suicidal_crisis=level)  # fmt: skip
    scene.do(life.hold_together, dt=1.0)
    assert all(0 <= scene[name] <= 1 for name in ("pain", "dissociation", "rumination", "emptiness", "suicidal_crisis"))


@covers(life.hold_together)
@pytest.mark.parametrize(
    ("lesion", "state"),
    [("fragmentation", "pain"), ("rumination_response", "rumination"), ("dissociation_response", "dissociation")],
)
def test_lesions_of_fragmentation(lesion, state):
    whole, lesioned = troubled(**{state: 0.0}), troubled(**{state: 0.0, lesion: 0.0})
    for scene in (whole, lesioned):
        scene.do(life.hold_together)
    assert lesioned[state] == 0 < whole[state]


@covers(life.hold_together)
@pytest.mark.parametrize("rate", ["pain_rate", "rumination_rate", "crisis_rate"])
def test_what_hardly_fades_and_is_not_driven_stays(rate):
    scene = Scene(fragmentation=0.0, rumination_response=0.0, crisis_gain=0.0, **{rate: CONSTANT[rate].low})
    before = {state: scene[state] for state in ("pain", "rumination", "suicidal_crisis")}
    scene.do(life.hold_together)
    state = {"pain_rate": "pain", "rumination_rate": "rumination", "crisis_rate": "suicidal_crisis"}[rate]
    assert scene[state] == pytest.approx(before[state], rel=0.01)
