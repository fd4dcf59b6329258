"""Meeting and perceiving: what must hold beyond bounds and directions."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from simulation.theory import encounter, perception
from tests.strategies import SIGNED, UNIT
from tests.theory.laws import SMALL, arguments, covers

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
