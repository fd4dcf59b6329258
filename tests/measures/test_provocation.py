"""The response to one provocation."""

import numpy as np
import pytest

from simulation.errors import InputError
from simulation.measures.provocation import response_to
from tests.measures.conftest import course


def test_by_hand():
    # level 1 for a day, then a peak of 5 after two ticks, which falls by a quarter of itself each tick
    fall = 4 * 0.75 ** np.arange(14)
    frame = course(np.concatenate([np.ones(8), [3], 1 + fall]))
    found = response_to(frame, "x", at=1.0, after=1.875).loc["A"]
    assert (found["level"], found["peak"], found["time_to_peak"]) == (1, 4, 0.25)
    assert found["half_life"] == pytest.approx(3 * 0.125)  # 0.75³ = 0.42 is the first at most one half
    assert found["area"] == pytest.approx((2 + fall.sum()) / 15 * 1.875)


def test_a_higher_level_is_no_higher_peak():
    x = np.concatenate([np.zeros(8), [4, 2, 1, 0, 0, 0, 0, 0]])
    found = response_to(course(np.array([x, x + 3]), "AB"), "x", at=1.0, after=1.0)
    assert found.loc["A"].drop("level").equals(found.loc["B"].drop("level"))


def test_what_does_not_come_back_or_never_rises_has_no_half_life():
    x = np.array([np.r_[np.zeros(8), np.ones(8)], np.r_[np.ones(8), np.zeros(8)]])
    found = response_to(course(x, "AB"), "x", at=1.0, after=1.0)
    assert found["half_life"].isna().all() and found["peak"].tolist() == [1, -1]


def test_what_cannot_be_had_is_explained():
    with pytest.raises(InputError, match='"A" has 8 and 0'):
        response_to(course(np.zeros(16)), "x", at=2.0)
    with pytest.raises(InputError, match='no column "y"'):
        response_to(course(np.zeros(16)), "y", at=1.0)
