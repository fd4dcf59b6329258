"""Pain, dissociation, rumination and crisis: what must hold beyond bounds and directions."""

from hypothesis import given
from hypothesis import strategies as st

from simulation.theory import fragmentation
from simulation.theory.layout import PERSON
from simulation.theory.numerics import toward
from tests.strategies import UNIT
from tests.theory.laws import arguments, covers


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
