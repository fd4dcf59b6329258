"""Targets and their distances; verdicts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.validation.criteria import Between, less, more, near, null
from simulation.validation.estimates import Estimate
from simulation.validation.pattern import Pattern, judged, not_checkable

NUMBERS = st.floats(-5, 5)


@given(NUMBERS, NUMBERS)
def test_a_distance_is_zero_inside_and_grows_outside(value, further):
    target = near(1.0, 0.5)
    assert (target.distance(value) == 0.0) == (0.5 <= value <= 1.5)
    if value > 1.5:
        assert target.distance(value + abs(further)) >= target.distance(value)


def test_known_distances():
    assert near(0.48, 0.15).distance(0.0) == pytest.approx(0.33 / 0.15)
    assert null().distance(0.5) == pytest.approx(2.0)
    assert more().distance(0.0) == pytest.approx(1.0)
    assert less().distance(0.2) == pytest.approx(2.0)
    with pytest.raises(InputError, match="cannot be met"):
        Between(1.0, 0.0, 0.1)


def test_a_verdict_needs_every_check_and_keeps_the_worst_in_front():
    pattern = Pattern("C6", "momentary", dict, {"a": more(), "b": null()}, nulls=("b",))
    fine, bad = Estimate(0.5, 0.3, 0.7, 0.5), Estimate(0.9, 0.8, 1.0, 0.9)
    assert judged(pattern, {"a": fine, "b": Estimate(0.1, 0, 0.2)}).verdict == "met"
    missed = judged(pattern, {"a": fine, "b": bad})
    assert missed.verdict == "missed" and missed.leading.name == "b" and missed.leading.null
    assert missed.distance == pytest.approx((6.0**2 / 2) ** 0.5)
    told = missed.as_dict()
    assert told["verdict"] == "missed" and told["value"] == 0.9 and "Sadikaj" in told["source"]
    assert not_checkable(pattern, "too few").as_dict()["value"] is None
