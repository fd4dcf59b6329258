"""Self-images, metacognition and what is learned about the self: what must hold beyond bounds and directions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.theory import learning, metacognition, schema
from simulation.theory.constants import CONSTANT
from tests.strategies import AMOUNT, UNIT
from tests.theory.laws import SMALL, arguments, covers

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
