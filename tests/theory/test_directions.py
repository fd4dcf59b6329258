"""Every mechanism stays within its bounds, and every influence works in the direction the theory says.

The table below is section 5 of the theory, read off as signs. Numbers are free within their declared ranges, so nothing
here depends on calibration.
"""

import math
import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from simulation.theory import (
    arousal,
    emotion,
    encounter,
    exchange,
    fragmentation,
    learning,
    mastery,
    metacognition,
    perception,
    schema,
    selfstate,
    tie,
)
from tests.theory.laws import Law, any_arguments, argument, arguments

LAWS = [
    # M1 encounter, M2 wish
    Law(encounter.contact_seeking, rises="need distress", falls="shame", low=0.02),
    Law(encounter.busy_next, rises="share", falls="luck", high=1),
    Law(encounter.in_phase, rises="rate circumstance"),
    Law(encounter.wish_between_meetings, rises="need strength", high=1),
    Law(encounter.wish_after_response, rises="need rejection gain", falls="acceptance", high=1),
    # M3 perception, M4 expectation
    Law(perception.threat_of_rejection, rises="felt_of_late", falls="half", high=1),
    Law(
        perception.pull_toward_rejection,
        rises="sensitivity threat negative_self",
        falls="differentiation decentring weakened_by_differentiation weakened_by_decentring",
    ),
    Law(perception.expected_response, rises="learned good_image", falls="gloom bad_image", low=-1, high=1),
    Law(perception.perceived_response, rises="expected", falls="pull", low=-1, high=1),
    Law(perception.felt_rejection, rises="expected surprise", falls="perceived"),
    Law(perception.felt_acceptance, rises="perceived", high=1),
    Law(perception.learned_expectation, rises="learned perceived", low=-1, high=1),
    # M5 schema competition
    Law(schema.negative_share, rises="negative_evidence", falls="benevolent_evidence", high=1),
    Law(
        schema.negative_self_target,
        rises="share rejection rumination gain",
        falls="acceptance differentiation",
        high=1,
    ),
    Law(schema.benevolent_self_target, rises="acceptance rest", falls="share rejection", high=1),
    # M6 emotion
    Law(emotion.deserving, rises="benevolent_self", falls="negative_self", high=1),
    Law(emotion.anger_impulse, rises="rejection criticism deserves_better", falls="decentring excused"),
    Law(emotion.brooded_feeling, rises="rumination self_image gain"),
    Law(emotion.driven_out, rises="opposite gain", falls="integration", low=1),
    Law(emotion.joy_left, rises="joy", falls="rejection stress quenched", high="joy"),
    Law(emotion.joy_fading, rises="rate negative_self denied", low="rate"),
    Law(emotion.shame_impulse, rises="rejection negative_self"),
    Law(emotion.lasting_shame, rises="negative_share", falls="differentiation", high=1),
    Law(emotion.sadness_impulse, rises="rejection negative_self"),
    Law(emotion.loneliness, rises="need negative_share", falls="connection", high="need"),
    Law(emotion.anxiety_target, rises="need negative_self sensitivity gain", high=1),
    Law(emotion.fading_rate, rises="rate mastery", falls="rumination feed by_mastery", high="rate"),
    # M7 arousal, M8 trauma, M19 contagion
    Law(arousal.recovery, rises="rate mastery calm", falls="rumination"),
    Law(arousal.arousal_impulse, rises="rejection stress reactivity trauma", low="trauma"),
    Law(arousal.trauma_reactivation, rises="load negative_self rejection gain"),
    Law(arousal.emotional_drive, rises="anger anxiety shame pain", high=1),
    Law(arousal.caught_arousal, rises="other", falls="own", low=-1, high=1),
    Law(arousal.caught_feeling, rises="other", low=-1.5, high=1.5),
    Law(arousal.caught_upset, rises="other", falls="own", high=1.5),
    # M9 metacognition now
    Law(metacognition.within_window, rises="window calm", falls="arousal gain", high=1),
    Law(metacognition.exercise, rises="negative_self connection rate dt", high=1),
    Law(metacognition.grown, rises="capacity now exercised", low="capacity", high=1),
    Law(metacognition.function_now, rises="capacity left", high="capacity"),
    # M10 pain, M11 dissociation, M12 rumination, M24 crisis
    Law(fragmentation.pain_drive, rises="negative_self benevolent_self shame overload", falls="integration"),
    Law(fragmentation.dissociation_target, rises="pain dissociation hysteresis", falls="threshold", high=1),
    Law(fragmentation.rumination_drive, rises="shame sadness anger tendency habit", falls="monitoring"),
    Law(fragmentation.emptiness_target, falls="benevolent_self joy connection", high=1),
    Law(fragmentation.crisis_drive, rises="pain emptiness", falls="connection", high=1),
    Law(fragmentation.dysregulation, rises="arousal pain shame anger", falls="home", high=1),
    # M13 choice, M14 relief and cost, M15 habit
    Law(mastery.cascaded, rises="rumination", falls="share half", high=1),
    Law(
        mastery.urge_to_soothe,
        rises="pain arousal shame sadness cascade by_pain by_shame by_sadness",
        falls="window differentiation decentring distance",
    ),
    Law(mastery.coping_hazard, rises="urge fresh", falls="threshold", high="rate"),
    Law(mastery.foresight, rises="mastery", falls="impulsivity gain", high=1),
    Law(mastery.choice_temperature, rises="impulsivity gain", low="base"),
    Law(mastery.promised_relief, rises="relief habit", falls="half_known", high="relief"),
    Law(mastery.personal_utility, rises="relief habit ability urge", falls="cost barrier foreseen", low=-math.inf),
    Law(mastery.pain_after_relief, rises="pain", falls="relief ability share", high="pain"),
    Law(mastery.hold_of_relief, rises="pain", falls="half", high=1),
    Law(mastery.aftermath_after, rises="pool cost", low="pool"),
    Law(mastery.habit_after_use, rises="habit relieved learning", low="habit", high=1),
    Law(mastery.habit_by_repetition, rises="habit rumination learning dt", low="habit", high=1),
    Law(mastery.act_readiness, rises="motive habit base", falls="foreseen", low=-math.inf),
    # M17 the other's reaction, M23 test
    Law(exchange.uncertainty_about, rises="strain", high=1),
    Law(exchange.overwhelmed_by, rises="arousal strain", falls="tolerance"),
    Law(exchange.criticised_by, falls="perceived tolerance decentring", high=1),
    Law(exchange.confused_by, falls="decentring", high=1),
    Law(exchange.worried_by, rises="bond decentring", high=1),
    Law(exchange.stung_by, rises="criticised strain by_criticism by_strain"),
    Law(exchange.friendliness, rises="warmth bond trust worried affiliation", low=-math.inf),
    *(
        Law(exchange.reply_readiness, rises="friendly", falls="weary stung irritated", low=-math.inf, part=0),
        Law(exchange.reply_readiness, rises="neutral", low=-math.inf, part=1),
        Law(exchange.reply_readiness, rises="weary", low=-math.inf, part=2),
        Law(exchange.reply_readiness, rises="weary stung", low=-math.inf, part=3),
        Law(exchange.reply_readiness, rises="weary stung irritated", low=-math.inf, part=4),
        Law(exchange.reply_readiness, rises="weary stung irritated", low=-math.inf, part=5),
    ),
    Law(exchange.expressed, rises="valence luck", falls="anger by_anger", low=-1, high=1),
    Law(exchange.test_weight, rises="extra", low=1),
    # M18 ties
    Law(tie.strain_after, rises="strain felt rejection", falls="acceptance", high=1),
    Law(tie.trust_after, rises="trust acceptance", falls="rejection", high=1),
    Law(tie.absence, rises="bond need missed rate", high="rate"),
    Law(tie.protest, rises="anxiety", high=1),
    Law(tie.kept_apart, rises="last need", falls="distance", high=1),
    Law(tie.wish_to_repair, rises="trust", falls="last strain anger", high=1),
    Law(tie.splitting_now, rises="gain", falls="integration", high="gain"),
    Law(tie.image_after, rises="image same", falls="opposite", high=1),
    Law(tie.rupture_hazard, rises="strain", falls="threshold", high="rate"),
    Law(tie.reconciliation_hazard, rises="bond seeking rate", falls="strain"),
    Law(tie.acquaintance_hazard, rises="seeking rate"),
    Law(tie.free_to_love, falls="committed", high=1),
    Law(tie.love_hazard, rises="seeking eligible free rate"),
    Law(tie.rupture_hurt, rises="bond left size"),
    # M20 learning
    Law(learning.confirming_evidence, rises="rejection negative_self weight"),
    Law(learning.disconfirming_evidence, rises="acceptance differentiation integration weight", falls="conviction"),
    Law(learning.conviction, rises="negative_self share", high=1),
    Law(learning.brooded_evidence, rises="rumination negative_self gain"),
    Law(learning.evidence_in_time, rises="evidence from_life", low=1e-12),
    # M22 read-outs
    Law(selfstate.strongest_state, high=5),
    Law(selfstate.episode_next, rises="dysregulated in_episode", high=1),
]
DIRECTIONS = [
    pytest.param(law, name, sign, id=f"{law}-{name}-{'raises' if sign > 0 else 'lowers'}")
    for law in LAWS
    for names, sign in ((law.rises, 1.0), (law.falls, -1.0))
    for name in names.split()
]
CLOSE = {"rel_tol": 1e-9, "abs_tol": 1e-9}
"""Our own exp is right to 1e-12; what matters here is direction."""


@pytest.mark.parametrize("law", LAWS, ids=str)
@given(data=st.data())
def test_stays_within_bounds(law, data):
    given_ = data.draw(arguments(law.mechanism))
    value = law.value(**given_)
    low, high = law.bound(law.low, given_), law.bound(law.high, given_)
    assert math.isfinite(value)
    assert value >= low or math.isclose(value, low, **CLOSE)
    assert value <= high or math.isclose(value, high, **CLOSE)


@pytest.mark.parametrize(("law", "name", "sign"), DIRECTIONS)
@settings(max_examples=max(settings.default.max_examples // 2, 1))
@given(data=st.data())
def test_works_in_the_direction_the_theory_says(law, name, sign, data):
    given_ = data.draw(arguments(law.mechanism))
    less, more = sorted((given_.pop(name), data.draw(argument(law.mechanism, name))))
    assume(less < more)
    before, after = law.value(**given_, **{name: less}), law.value(**given_, **{name: more})
    change = sign * (after - before)
    assert change >= 0 or math.isclose(before, after, **CLOSE)


@pytest.mark.parametrize(("law", "name", "sign"), DIRECTIONS)
def test_influence_is_felt(law, name, sign):
    rng = random.Random(1)
    for _ in range(500):
        given_ = any_arguments(law.mechanism, rng)
        changed = given_ | {name: any_arguments(law.mechanism, rng)[name]}
        if law.value(**given_) != law.value(**changed):
            return
    pytest.fail(f"{name} makes no difference to {law}")
