"""Who stays: engagement, what has been put in, and an end in sight."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.treatment.assignment import SCHEDULE, Phase, session_after, sessions_planned
from simulation.treatment.attendance import drop_out_chance, engagement_after
from simulation.treatment.constants import constants_with

K = constants_with()
shares = st.floats(0, 1)


def now(**changes):
    state = {"engagement": 0.5, "alliance_strain": 0.1, "rupture": 0.0, "alliance_trust": 0.6}
    return SimpleNamespace(**{name: np.array([value]) for name, value in {**state, **changes}.items()})


@pytest.mark.parametrize(
    ("phases", "number"),
    [((), 0), ((Phase(0, 112, 7),), 16), ((Phase(0, 21, 7), Phase(30, 58, 14)), 5), (SCHEDULE, 79 + 11 + 7)],
)
def test_the_sessions_of_a_schedule_are_counted(phases, number):
    assert sessions_planned(phases) == number


@given(st.integers(1, 120), st.sampled_from([2.0, 3.5, 7.0, 14.0]))
def test_a_plain_schedule_has_as_many_sessions_as_intervals(sessions, every):
    phases = (Phase(0, sessions * every, every),)
    assert sessions_planned(phases) == sessions
    assert session_after(phases, (sessions - 1) * every) is None


@given(shares, shares, shares, shares)
def test_whoever_has_put_more_in_leaves_less_easily(low, high, engagement, strain):
    low, high = sorted((low, high))
    chance = [
        drop_out_chance(now(engagement=engagement, alliance_strain=strain), invested, K, 7.0)[0]
        for invested in (low, high)
    ]
    assert 0.0 <= chance[1] <= chance[0] < 1.0


@given(shares, shares, shares, shares)
def test_engagement_goes_towards_what_the_alliance_is_worth(engagement, trust, strain, rupture):
    state = now(engagement=engagement, alliance_trust=trust, alliance_strain=strain, rupture=rupture)
    worth = trust * (1 - strain) * (1 - rupture)
    after = engagement_after(state, np.array([True]), K)[0]
    assert min(engagement, worth) - 1e-12 <= after <= max(engagement, worth) + 1e-12
    assert abs(after - worth) <= abs(engagement - worth)
    assert engagement_after(state, np.array([False]), K)[0] <= engagement


def test_nobody_leaves_who_has_attended_all_that_was_planned():
    assert drop_out_chance(now(engagement=0.0, rupture=1.0), 1.0, K, 7.0)[0] == 0.0
    assert drop_out_chance(now(engagement=0.0, rupture=1.0), 0.0, K, 7.0)[0] > 0.1
