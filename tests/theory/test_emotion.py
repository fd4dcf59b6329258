"""Emotion, arousal, trauma and contagion: what must hold beyond bounds and directions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.theory import arousal, emotion
from simulation.theory.constants import CONSTANT
from tests.strategies import UNIT
from tests.theory.laws import SMALL, arguments, covers


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


@covers(emotion.lasting_shame)
@given(UNIT, UNIT)
def test_who_sees_the_self_image_as_a_belief_is_not_ashamed_of_it(share, differentiation):
    assert emotion.lasting_shame(share, 1.0) == 0
    assert emotion.lasting_shame(1.0, differentiation) == pytest.approx(1.0 - differentiation)
    # half as much of a negative self-image shames a quarter as much: ordinary self-doubt hardly does
    assert emotion.lasting_shame(share / 2, differentiation) == pytest.approx(
        emotion.lasting_shame(share, differentiation) / 4
    )


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
