"""Perception, self-images, feelings and metacognition: what must hold beyond bounds and directions."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation.theory import arousal, emotion, encounter, fragmentation, learning, metacognition, perception, schema
from simulation.theory.constants import CONSTANT
from simulation.theory.layout import PERSON
from simulation.theory.numerics import toward
from tests.strategies import AMOUNT, SIGNED, UNIT
from tests.theory.laws import arguments, covers

SMALL = 1e-9


# ---------------------------------------------------------------- M1, M2


@covers(encounter.contact_seeking)
@given(arguments(encounter.contact_seeking, need=0.0, distress=0.0, shame=0.0))
def test_without_need_distress_or_shame_contact_is_sought_as_usual(given_):
    assert encounter.contact_seeking(**given_) == given_["base"]


@covers(encounter.busy_next)
@given(UNIT, st.floats(0.1, 50), st.floats(1 / 64, 1))
def test_busy_spells_do_not_depend_on_the_tick(share, turnover, dt):
    def becomes_busy(busy, dt):  # its probability: the luck below which the answer is yes
        low, high = 0.0, 1.0
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if encounter.busy_next(busy, share, turnover, dt, middle) else (low, middle)
        return low

    for busy in (0.0, 1.0):
        half = becomes_busy(busy, dt / 2)
        twice = half * becomes_busy(1.0, dt / 2) + (1 - half) * becomes_busy(0.0, dt / 2)
        assert twice == pytest.approx(becomes_busy(busy, dt), abs=SMALL)
    stays = share * becomes_busy(1.0, dt) + (1 - share) * becomes_busy(0.0, dt)
    assert stays == pytest.approx(share, abs=SMALL)


@covers(encounter.in_phase)
@given(st.floats(0.1, 5), st.floats(0.1, 4), st.floats(0.05, 3))
def test_a_good_phase_of_life_brings_good_moments_and_spares_stressful_ones(rate, circumstance, weight):
    stress, uplift = (encounter.in_phase(rate, circumstance, w) for w in (-weight, weight))
    assert stress < encounter.in_phase(rate, 0.0, weight) == rate < uplift
    assert encounter.in_phase(rate, -circumstance, -weight) == uplift, "what a good phase gives, a bad one takes"
    assert encounter.in_phase(rate, circumstance, 0.0) == rate


@covers(encounter.wish_between_meetings)
@given(UNIT, UNIT, st.floats(0, 20), st.floats(1 / 64, 1))
def test_a_wish_returns_toward_its_strength(need, strength, recovery, dt):
    after = encounter.wish_between_meetings(need, strength, recovery, dt)
    assert abs(after - strength) <= abs(need - strength) + SMALL


@covers(encounter.wish_after_response)
@given(arguments(encounter.wish_after_response, acceptance=0.0, rejection=0.0))
def test_a_response_that_is_neither_warm_nor_cold_leaves_the_wish(given_):
    assert encounter.wish_after_response(**given_) == pytest.approx(given_["need"], abs=SMALL)


@covers(encounter.wish_after_response)
@given(arguments(encounter.wish_after_response, gain=0.0, acceptance=0.0))
def test_lesion_rejection_no_longer_evokes_the_wish(given_):
    assert encounter.wish_after_response(**given_) == pytest.approx(given_["need"], abs=SMALL)


# ---------------------------------------------------------------- M3, M4


@covers(perception.perceived_response)
@given(SIGNED, st.floats(0, 2), SIGNED, UNIT)
def test_a_response_looks_no_better_than_it_would_without_the_pull(valence, pull, expected, prior):
    assert perception.perceived_response(valence, pull, expected, prior) <= perception.perceived_response(
        valence, 0.0, expected, prior
    )
    assert perception.perceived_response(valence, pull, min(expected, valence), prior) <= valence + SMALL


@covers(perception.perceived_response)
@pytest.mark.parametrize("valence", [-1.0, 1.0])
@given(st.floats(0, 5), SIGNED, UNIT)
def test_a_clear_kindness_or_insult_is_seen_as_what_it_is(valence, pull, expected, prior):
    assert perception.perceived_response(valence, pull, expected, prior) == valence


@covers(perception.perceived_response)
@given(SIGNED, SIGNED)
def test_without_pull_and_prior_everything_is_seen_as_it_is(valence, expected):
    assert perception.perceived_response(valence, 0.0, expected, 0.0) == valence


@covers(perception.perceived_response)
@given(SIGNED, SIGNED, UNIT)
def test_the_prior_alone_moves_a_percept_toward_what_was_expected(valence, expected, prior):
    seen = perception.perceived_response(valence, 0.0, expected, prior)
    assert min(valence, expected) - SMALL <= seen <= max(valence, expected) + SMALL


@covers(perception.perceived_response)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 0.5), UNIT)
def test_the_more_ambiguous_the_more_room_for_the_pull(clear, ambiguous, pull, prior):
    assume(clear > ambiguous)

    def distortion(valence):  # of a response that comes as expected
        return valence - perception.perceived_response(valence, pull, valence, prior)

    assert distortion(ambiguous) >= distortion(clear) - SMALL
    assert distortion(-ambiguous) >= distortion(-clear) - SMALL


@covers(perception.pull_toward_rejection)
@given(arguments(perception.pull_toward_rejection, sensitivity=0.0, negative_self=0.0))
def test_no_pull_without_sensitivity_and_schema(given_):
    assert perception.pull_toward_rejection(**given_) == 0


@covers(perception.pull_toward_rejection, perception.threat_of_rejection)
@given(arguments(perception.pull_toward_rejection, threat=0.0, negative_self=0.0), st.floats(0.001, 1))
def test_sensitivity_is_on_its_guard_only_after_a_sign_of_rejection(given_, half):
    assert perception.threat_of_rejection(0.0, half) == 0
    assert perception.threat_of_rejection(half, half) == 0.5
    assert perception.pull_toward_rejection(**given_) == 0


@covers(perception.pull_toward_rejection)
@given(arguments(perception.pull_toward_rejection, differentiation=1.0, weakened_by_differentiation=1.0))
def test_full_differentiation_can_undo_the_pull(given_):
    assert perception.pull_toward_rejection(**given_) == 0


@covers(perception.felt_rejection, perception.felt_acceptance)
@given(SIGNED, SIGNED, st.floats(0, 3))
def test_a_response_either_hurts_or_warms(perceived, expected, surprise):
    hurt = perception.felt_rejection(perceived, expected, surprise)
    assert hurt >= max(-perceived, 0) - SMALL
    assert hurt * perception.felt_acceptance(perceived) == 0
    if expected <= perceived:
        assert hurt == max(-perceived, 0), "a fear confirmed is no surprise"


@covers(perception.learned_expectation)
@given(SIGNED, SIGNED, UNIT)
def test_an_expectation_moves_toward_what_was_perceived(learned, perceived, share):
    after = perception.learned_expectation(learned, perceived, share)
    assert after - learned == pytest.approx(share * (perceived - learned), abs=SMALL)


@covers(perception.expected_response)
@given(SIGNED)
def test_without_gloom_people_expect_what_they_learned(learned):
    assert perception.expected_response(learned, 0.0, 0.5, 0.5, 0.3) == learned


@covers(perception.expected_response)
@given(SIGNED, st.floats(0.01, 1))
def test_the_image_of_the_other_that_is_up_tilts_what_is_expected(learned, tilt):
    idealised = perception.expected_response(learned, 0.0, 0.9, 0.1, tilt)
    devalued = perception.expected_response(learned, 0.0, 0.1, 0.9, tilt)
    assert devalued < idealised


# ---------------------------------------------------------------- M5


@covers(schema.negative_share)
@given(st.floats(0.01, 1000), st.floats(0.01, 1000), st.floats(0.01, 100))
def test_a_schema_is_the_share_of_its_evidence(negative, benevolent, times):
    share = schema.negative_share(negative, benevolent)
    assert 0 < share < 1
    assert schema.negative_share(negative * times, benevolent * times) == pytest.approx(share)
    assert share + schema.negative_share(benevolent, negative) == pytest.approx(1)


@covers(schema.negative_self_target)
@given(arguments(schema.negative_self_target, gain=0.0), AMOUNT)
def test_lesion_rejection_no_longer_calls_the_negative_self(given_, rejection):
    assert schema.negative_self_target(**given_) == schema.negative_self_target(**given_ | {"rejection": rejection})


@covers(schema.negative_self_target, schema.benevolent_self_target)
@given(UNIT)
def test_without_events_the_self_images_stand_at_their_evidence(share):
    assert schema.negative_self_target(share, *[0.0] * 5, *[1.0] * 5) == pytest.approx(share)
    assert schema.benevolent_self_target(share, 0.0, 0.0, 0.0, 1.0, 1.0) == pytest.approx(1 - share)


@covers(schema.negative_self_target)
@given(arguments(schema.negative_self_target, share=st.floats(0.05, 0.95), by_rumination=0.0), UNIT)
def test_rumination_calls_the_negative_self_only_by_its_weight(given_, rumination):
    same = given_ | {"rumination": rumination}
    assert schema.negative_self_target(**given_) == schema.negative_self_target(**same)


@covers(schema.benevolent_self_target)
@given(st.floats(0.05, 0.95), AMOUNT, st.floats(0.1, 10))
def test_acceptance_brings_the_benevolent_self_back(share, rejection, weight):
    closed = schema.benevolent_self_target(share, rejection, 0.0, 0.0, weight, weight)
    reopened = schema.benevolent_self_target(share, rejection, rejection, 0.0, weight, weight)
    assert closed <= reopened + SMALL
    if weight * rejection < 30:  # where exp is not clamped
        assert reopened == pytest.approx(1 - share)


# ---------------------------------------------------------------- M6, M7, M8, M19


@covers(emotion.anger_impulse, emotion.shame_impulse)
@given(st.floats(0.01, 5), st.floats(0.1, 10))
def test_the_active_self_decides_between_anger_and_shame(rejection, gain):
    def anger(benevolent, negative):
        deserves_better = emotion.deserving(benevolent, negative)
        return emotion.anger_impulse(rejection, 0.0, deserves_better, 0.0, gain, 1.0, 0.5)

    # strong but mistreated …
    assert anger(1.0, 0.0) > 0 == emotion.shame_impulse(rejection, 0.0, gain)
    # … or unworthy
    assert emotion.shame_impulse(rejection, 1.0, gain) > 0 == anger(0.0, 1.0)


@covers(emotion.deserving)
@given(st.floats(0.01, 1), st.floats(0.01, 1), st.floats(0.01, 1))
def test_what_is_deserved_is_a_matter_of_the_two_self_images_relative_to_each_other(benevolent, negative, times):
    share = emotion.deserving(benevolent, negative)
    assert 0 < share < 1
    assert emotion.deserving(benevolent * times, negative * times) == pytest.approx(share, rel=1e-4)
    assert share + emotion.deserving(negative, benevolent) == pytest.approx(1)


@covers(emotion.deserving)
def test_without_any_active_self_image_nothing_better_is_deserved():
    assert emotion.deserving(0.0, 0.0) == 0


@covers(emotion.anger_impulse)
@given(arguments(emotion.anger_impulse))
def test_understanding_the_other_excuses_its_share_of_the_anger_whatever_called_it_up(given_):
    blind = emotion.anger_impulse(**given_ | {"decentring": 0.0})
    excused = given_["excused"] * given_["decentring"]
    assert emotion.anger_impulse(**given_) == pytest.approx((1 - excused) * blind)
    assert emotion.anger_impulse(**given_ | {"decentring": 1.0, "excused": 1.0}) == 0
    assert emotion.anger_impulse(**given_ | {"excused": 0.0}) == blind


@covers(emotion.anger_impulse, emotion.shame_impulse, emotion.sadness_impulse)
@given(UNIT, st.floats(0, 10))
def test_without_rejection_no_feeling_of_rejection(self_image, gain):
    assert emotion.anger_impulse(0.0, 0.0, self_image, 0.0, gain, 1.0, 0.5) == 0
    assert emotion.shame_impulse(0.0, self_image, gain) == 0
    assert emotion.sadness_impulse(0.0, self_image, gain) == 0


@covers(emotion.sadness_impulse)
@given(st.floats(0.01, 5), st.floats(0.1, 10))
def test_an_unmet_wish_saddens_under_any_self_image(rejection, gain):
    assert emotion.sadness_impulse(rejection, 0.0, gain) > 0


@covers(emotion.anxiety_target)
@given(arguments(emotion.anxiety_target, gain=0.0))
def test_lesion_no_anxiety(given_):
    assert emotion.anxiety_target(**given_) == 0


@covers(emotion.anxiety_target)
@given(UNIT, UNIT, st.floats(0, 2))
def test_without_a_wish_there_is_nothing_to_fear(negative_self, sensitivity, gain):
    nothing_expected = emotion.anxiety_target(0.0, 0.0, 0.0, gain)
    assert emotion.anxiety_target(0.0, negative_self, sensitivity, gain) == nothing_expected


@covers(emotion.fading_rate)
@given(st.floats(0, 50), st.floats(0, 10), UNIT)
def test_feelings_fade_at_their_own_rate_with_full_mastery_and_without_rumination(rate, feed, by_mastery):
    assert emotion.fading_rate(rate, 0.0, 1.0, feed, by_mastery) == rate


@covers(emotion.fading_rate)
@given(st.floats(0, 50), UNIT, UNIT, UNIT)
def test_only_its_share_of_the_fading_is_lost_with_mastery(rate, rumination, mastery, by_mastery):
    assert emotion.fading_rate(rate, 0.0, 0.0, 1.0, by_mastery) == pytest.approx(rate * (1 - by_mastery))
    indifferent = [emotion.fading_rate(rate, rumination, m, 1.0, 0.0) for m in (0.0, mastery, 1.0)]
    assert indifferent == [indifferent[0]] * 3


@covers(emotion.brooded_feeling)
@given(UNIT, UNIT, st.floats(0, 20))
def test_brooding_needs_rumination_a_self_image_and_its_gain(rumination, self_image, gain):
    assert emotion.brooded_feeling(0.0, self_image, gain) == 0
    assert emotion.brooded_feeling(rumination, 0.0, gain) == 0
    assert emotion.brooded_feeling(rumination, self_image, 0.0) == 0


@covers(emotion.brooded_feeling)
@given(st.floats(0.01, 0.5), st.floats(0.01, 1), st.floats(0.01, 20))
def test_brooding_cascades_more_than_in_proportion(rumination, self_image, gain):
    once, twice = (emotion.brooded_feeling(r, self_image, gain) for r in (rumination, 2 * rumination))
    assert twice > 2 * once > 0


@covers(emotion.joy_left)
@given(UNIT, st.floats(0, 20))
def test_joy_stays_where_nothing_hurts(joy, quenched):
    assert emotion.joy_left(joy, 0.0, 0.0, quenched) == joy


@covers(emotion.joy_left)
@given(st.floats(0.01, 1), st.floats(0.01, 2), st.floats(0.1, 5))
def test_hurt_ends_joy_sooner_than_as_much_stress(joy, amount, quenched):
    hurt, stressed = (emotion.joy_left(joy, *x, quenched) for x in ((amount, 0.0), (0.0, amount)))
    assert 0 < hurt < stressed < joy


@covers(emotion.joy_fading)
@given(st.floats(0, 50), UNIT, st.floats(0, 20))
def test_joy_fades_at_its_own_rate_where_no_self_image_denies_it(rate, negative_self, denied):
    assert emotion.joy_fading(rate, 0.0, denied) == emotion.joy_fading(rate, negative_self, 0.0) == rate


@covers(arousal.recovery)
@given(arguments(arousal.recovery, rate=st.floats(0.1, 50)))
def test_arousal_always_recovers_in_the_end(given_):
    assert arousal.recovery(**given_) > 0


@covers(arousal.arousal_impulse)
@given(arguments(arousal.arousal_impulse, reactivity=0.0))
def test_trauma_needs_no_reactivity(given_):
    assert arousal.arousal_impulse(**given_) == given_["trauma"]


@covers(arousal.trauma_reactivation)
@pytest.mark.parametrize("missing", ["load", "negative_self", "rejection", "gain"])
@given(data=st.data())
def test_trauma_is_reactivated_only_by_rejection_under_the_schema(missing, data):
    assert arousal.trauma_reactivation(**data.draw(arguments(arousal.trauma_reactivation, **{missing: 0.0}))) == 0


@covers(arousal.emotional_drive)
def test_calm_feelings_drive_no_arousal():
    assert arousal.emotional_drive(0.0, 0.0, 0.0, 0.0) == 0


@covers(arousal.caught_arousal)
@given(UNIT, UNIT, UNIT, UNIT, UNIT)
def test_arousal_caught_brings_two_people_closer_and_never_past_each_other(own, other, bond, openness, share):
    after = own + arousal.caught_arousal(own, other, bond, openness, share)
    assert min(own, other) - SMALL <= after <= max(own, other) + SMALL
    assert arousal.caught_arousal(own, other, 0.0, openness, share) == 0
    assert arousal.caught_arousal(own, own, bond, openness, share) == 0


@covers(arousal.caught_feeling)
@given(UNIT, UNIT, UNIT, UNIT, UNIT, st.floats(0, CONSTANT["contagion_of_feelings"].high))
def test_a_feeling_caught_brings_two_people_closer_and_the_vigilant_more(
    own, other, bond, openness, sensitivity, share
):
    caught = arousal.caught_feeling(own, other, bond, openness, sensitivity, share)
    assert min(own, other) - SMALL <= own + caught <= max(own, other) + SMALL
    assert abs(caught) >= abs(arousal.caught_feeling(own, other, bond, openness, 0.0, share)) - SMALL
    assert arousal.caught_feeling(own, other, bond, 0.0, sensitivity, share) == 0


@covers(arousal.caught_upset)
@given(UNIT, UNIT, UNIT, UNIT, UNIT, st.floats(0, CONSTANT["contagion_of_feelings"].high))
def test_the_others_calm_takes_no_upset_away(own, other, bond, openness, sensitivity, share):
    caught = arousal.caught_upset(own, other, bond, openness, sensitivity, share)
    if other > own:
        assert caught == arousal.caught_feeling(own, other, bond, openness, sensitivity, share)
    else:
        assert caught == 0


@covers(emotion.driven_out)
@given(UNIT, UNIT, st.floats(0, 20))
def test_with_integration_feelings_of_both_kinds_stand_side_by_side(opposite, integration, gain):
    assert emotion.driven_out(opposite, 1.0, gain) == 1
    assert emotion.driven_out(0.0, integration, gain) == 1
    assert emotion.driven_out(opposite, integration, 0.0) == 1


# ---------------------------------------------------------------- M9


@covers(metacognition.within_window)
@given(st.floats(0.05, 0.9), st.floats(5, 100))
def test_metacognition_collapses_past_the_window(window, slope):
    beyond = min(window + 10 / slope, 3.0)
    assert metacognition.within_window(window, window, slope, 0.0, 1.0) == pytest.approx(0.5)
    assert metacognition.within_window(window - 10 / slope, window, slope, 0.0, 1.0) > 0.99
    assert metacognition.within_window(beyond, window, slope, 0.0, 1.0) < 0.01


@covers(metacognition.within_window)
@given(arguments(metacognition.within_window, gain=0.0))
def test_lesion_nothing_collapses(given_):
    assert metacognition.within_window(**given_) == 1


@covers(metacognition.within_window)
@given(UNIT, st.floats(0.05, 1), st.floats(1, 100))
def test_a_calming_other_widens_the_window(arousal_, window, slope):
    alone = metacognition.within_window(arousal_, window, slope, 0.0, 1.0)
    assert metacognition.within_window(arousal_ + 0.1, window, slope, 1.0, 1.0) >= alone


@covers(metacognition.function_now)
@given(UNIT, st.floats(-5, 1))
def test_a_function_is_never_less_than_gone(capacity, left):
    assert metacognition.function_now(capacity, left) == capacity * max(left, 0)


# ---------------------------------------------------------------- M10, M11, M12, M24


@covers(fragmentation.pain_drive)
@given(arguments(fragmentation.pain_drive), st.sampled_from([{"integration": 1.0}, {"negative_self": 0.0}]))
def test_no_fragmentation_with_integration_or_without_a_negative_self(given_, undone):
    assert fragmentation.pain_drive(**given_ | undone) == 0


@covers(fragmentation.pain_drive)
@given(arguments(fragmentation.pain_drive, shame=0.0, integration=0.0, overload=1.0, by_split=st.floats(0.1, 50)))
def test_incompatible_selves_hurt_most_when_both_are_there(given_):
    both = fragmentation.pain_drive(**given_ | {"negative_self": 0.5, "benevolent_self": 0.5})
    assert both > fragmentation.pain_drive(**given_ | {"negative_self": 1.0, "benevolent_self": 0.0}) == 0
    assert both > fragmentation.pain_drive(**given_ | {"negative_self": 0.0, "benevolent_self": 1.0}) == 0


def settled(pain, start, threshold, slope, hysteresis):
    """Where dissociation comes to rest under a given pain."""
    level = start
    for _ in range(300):
        level = toward(level, fragmentation.dissociation_target(pain, level, threshold, slope, hysteresis), 1.0, 0.5)
    return level


@covers(fragmentation.dissociation_target)
@given(st.floats(0.3, 0.9), st.floats(30, 100), st.floats(0.2, 0.5))
def test_dissociation_is_entered_at_higher_pain_than_it_is_left(threshold, slope, hysteresis):
    between = threshold - hysteresis / 2
    assert settled(between, 0.0, threshold, slope, hysteresis) < 0.2, "not entered"
    assert settled(between, 1.0, threshold, slope, hysteresis) > 0.8, "not left"
    assert settled(threshold + 0.3, 0.0, threshold, slope, hysteresis) > 0.8, "entered at high pain"
    assert settled(threshold - hysteresis - 0.3, 1.0, threshold, slope, hysteresis) < 0.2, "left at low pain"


@covers(fragmentation.rumination_drive)
@given(arguments(fragmentation.rumination_drive, shame=0.0, sadness=0.0, anger=0.0))
def test_nothing_to_ruminate_about(given_):
    assert fragmentation.rumination_drive(**given_) == 0


@covers(fragmentation.emptiness_target)
@given(UNIT, UNIT)
def test_a_benevolent_self_is_never_empty(joy, connection):
    assert fragmentation.emptiness_target(1.0, joy, connection) == 0
    assert fragmentation.emptiness_target(0.0, 0.0, 0.0) == 1


@covers(fragmentation.crisis_drive)
@given(UNIT, UNIT)
def test_no_crisis_with_full_connection_or_without_pain(one, other):
    assert fragmentation.crisis_drive(one, other, 1.0) == 0
    assert fragmentation.crisis_drive(0.0, one, other) == 0
    assert fragmentation.crisis_drive(one, 0.0, other) == 0


@covers(fragmentation.dysregulation)
@given(st.floats(0, 0.9))
def test_a_person_at_home_without_feelings_is_regulated(home):
    assert fragmentation.dysregulation(home, home, 0.0, 0.0, 0.0) == 0
    assert fragmentation.dysregulation(1.0, home, 1.0, 1.0, 1.0) == 1


@covers(fragmentation.dysregulation)
def test_a_person_whose_home_base_is_at_the_top_can_be_read():
    assert PERSON["home_base"].high < 1  # where there would be nothing left to rise
    assert 0 < fragmentation.dysregulation(1.0, PERSON["home_base"].high, 0.0, 0.0, 0.0) <= 1


# ---------------------------------------------------------------- M20


@covers(learning.disconfirming_evidence)
@given(arguments(learning.disconfirming_evidence, integration=0.0, differentiation=0.0))
def test_warmth_is_discounted_under_an_active_schema(given_):
    whole = learning.disconfirming_evidence(**given_ | {"conviction": 0.0})
    counted = learning.disconfirming_evidence(**given_)
    assert counted == pytest.approx(whole * (1 - given_["discount"] * given_["conviction"]))


@covers(learning.disconfirming_evidence)
@given(arguments(learning.disconfirming_evidence), st.sampled_from(["differentiation", "integration"]))
def test_differentiation_or_integration_undoes_the_discount(given_, function):
    whole = learning.disconfirming_evidence(**given_ | {"conviction": 0.0})
    assert learning.disconfirming_evidence(**given_ | {function: 1.0}) == pytest.approx(whole)


@covers(learning.confirming_evidence, learning.disconfirming_evidence)
@given(st.floats(0.01, 1), st.floats(0.01, 5), st.floats(0.01, 5), st.floats(0.01, 1), st.floats(0.01, 10))
def test_learning_is_asymmetrical_under_an_active_schema(active, amount, gain, discount, confirmation):
    against = learning.confirming_evidence(amount, active, 1.0, gain, confirmation)
    for_ = learning.disconfirming_evidence(amount, active, 0.0, 0.0, 1.0, gain, discount)
    assert against > gain * amount > for_ >= 0


@covers(learning.confirming_evidence, learning.disconfirming_evidence)
@given(AMOUNT, UNIT, UNIT, UNIT)
def test_lesion_nothing_is_learned(amount, active, differentiation, discount):
    assert learning.confirming_evidence(amount, active, 1.0, 0.0, 1.0) == 0
    assert learning.disconfirming_evidence(amount, active, differentiation, 0.0, 1.0, 0.0, discount) == 0


@covers(learning.conviction)
@given(UNIT, UNIT)
def test_neither_an_active_schema_nor_a_sleeping_one_is_overlooked(negative_self, share):
    convinced = learning.conviction(negative_self, share)
    assert convinced in (negative_self, share)
    assert convinced >= max(negative_self, share)


@covers(learning.brooded_evidence)
@given(UNIT, UNIT, st.floats(0, 5))
def test_there_is_no_brooding_over_the_self_without_rumination_or_a_negative_self(rumination, negative_self, gain):
    assert learning.brooded_evidence(0.0, negative_self, gain) == 0
    assert learning.brooded_evidence(rumination, 0.0, gain) == 0
    assert learning.brooded_evidence(rumination, negative_self, 0.0) == 0
    assert learning.brooded_evidence(1.0, 1.0, gain) == gain


@covers(learning.evidence_in_time)
@given(
    evidence=st.floats(0.01, 1000), from_life=st.floats(1e-4, 5), forgetting=st.floats(1e-3, 1), dt=st.floats(1 / 64, 1)
)
def test_evidence_has_an_interior_equilibrium(evidence, from_life, forgetting, dt):
    rest = from_life / forgetting
    after = learning.evidence_in_time(evidence, from_life, forgetting, dt)
    assert 0 < after < float("inf")
    assert abs(after - rest) <= abs(evidence - rest) + SMALL * rest
    for _ in range(3):  # centuries
        evidence = learning.evidence_in_time(evidence, from_life, forgetting, 25 / forgetting)
    assert evidence == pytest.approx(rest, rel=1e-6)


@covers(learning.evidence_in_time)
@given(st.floats(0.01, 1000), st.floats(0, 5), st.floats(1e-4, 1), st.floats(1 / 64, 1))
def test_two_half_ticks_bring_as_much_evidence_as_one(evidence, from_life, forgetting, dt):
    half = learning.evidence_in_time(evidence, from_life, forgetting, dt / 2)
    twice = learning.evidence_in_time(half, from_life, forgetting, dt / 2)
    assert twice == pytest.approx(learning.evidence_in_time(evidence, from_life, forgetting, dt))


@covers(learning.evidence_in_time)
def test_hardly_anything_need_be_forgotten():
    slowest = CONSTANT["evidence_forgetting"].low
    assert slowest > 0
    assert learning.evidence_in_time(10.0, 0.5, slowest, 2.0) == pytest.approx(11.0, rel=1e-4)


@covers(learning.confirming_evidence, schema.negative_share)
@given(st.floats(0.5, 5), st.floats(1, 20), st.floats(1.5, 20))
def test_plasticity_declines_as_history_accumulates(rejection, little, times):
    def moved(total):
        grown = total / 2 + learning.confirming_evidence(rejection, 0.5, 1.0, 0.1, 1.0)
        return schema.negative_share(grown, total / 2) - 0.5

    assert moved(little) > moved(little * times) > 0
