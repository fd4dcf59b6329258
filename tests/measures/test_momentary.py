"""Momentary statistics: worked by hand, against processes whose parameters are known, and invariances."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from simulation.errors import InputError
from simulation.measures.home_base import ornstein_uhlenbeck
from simulation.measures.momentary import (
    acute_change,
    crash_share,
    episodes_of_tension,
    inertia,
    mean_level,
    mssd,
    rmssd,
    switches,
    time_to_baseline,
    within_variance,
)
from tests.measures.conftest import prompts

STATISTICS = (mean_level, within_variance, mssd, rmssd, inertia, acute_change, crash_share)


def test_worked_by_hand():
    # two days of four prompts; steps within days: 1, 2, -3 and 0, 1, 1; none from 2 to 5 overnight
    table = prompts([2, 3, 5, 2, 5, 5, 6, 7], per_day=4)
    assert mean_level(table, "x")["A"] == pytest.approx(35 / 8)
    assert within_variance(table, "x")["A"] == pytest.approx(np.var([2, 3, 5, 2, 5, 5, 6, 7], ddof=1))
    assert mssd(table, "x")["A"] == pytest.approx((1 + 4 + 9 + 0 + 1 + 1) / 6)
    assert rmssd(table, "x")["A"] == pytest.approx((16 / 6) ** 0.5)
    assert acute_change(table, "x", cutoff=1)["A"] == pytest.approx(4 / 6)
    assert acute_change(table, "x", cutoff=1, log_odds=True)["A"] == pytest.approx(np.log(4.5 / 2.5))
    assert acute_change(table, "x", cutoff=9, log_odds=True)["A"] == pytest.approx(np.log(0.5 / 6.5))  # finite


def test_a_missed_prompt_breaks_the_chain():
    table = prompts([2, 3, np.nan, 9, 5, 5, 6, 7, 1, 1], per_day=4)
    # steps left: 1; 0, 1, 1; 0
    assert mssd(table, "x")["A"] == pytest.approx(3 / 5)
    assert mssd(table.dropna(), "x")["A"] == pytest.approx(3 / 5)  # left out or missing is the same


def test_inertia_by_hand():
    x = np.array([1.0, 2, 1, 3, 2, 2, 4, 1, 2, 3, 1, 2])
    expected = np.polyfit(x[:-1], x[1:], 1)[0]
    assert inertia(prompts(x, per_day=12), "x")["A"] == pytest.approx(expected)
    assert np.isnan(inertia(prompts(np.ones(12), per_day=12), "x")["A"])


def test_switches_by_hand():
    found = switches(prompts([1, -1, -2, 2, 3, 1], per_day=6), "x").loc["A"]
    assert found["rate"] == pytest.approx(2 / 5)
    assert found["size"] == pytest.approx((2 + 4) / 2)
    assert found["size_within"] == pytest.approx((1 + 1 + 2) / 3)


def test_crashes_by_hand():
    # falls from 3 or more: 3→1, 4→-1, 3→-2; two of three end below 0
    table = prompts([3, 1, 4, -1, 3, -2, 2], per_day=7)
    assert crash_share(table, "x", top=3)["A"] == pytest.approx(2 / 3)


def test_time_to_baseline_by_hand():
    # median 0; one excursion of two prompts that is seen to end after two steps of 1/8 day
    x = [0, 0, 0, 5, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    found = time_to_baseline(prompts(x), "x").loc["A"]
    assert (found["excursions"], found["returned"], found["days"]) == (1, 1, pytest.approx(0.25))
    # one more that the night cuts short after one step: three steps seen, one return
    x[14:] = [5, 5]
    found = time_to_baseline(prompts(x), "x").loc["A"]
    assert (found["excursions"], found["returned"], found["days"]) == (2, 0.5, pytest.approx(0.375))


def test_tension_by_hand():
    x = [0, 0, 4, 5, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0]
    found = episodes_of_tension(prompts(x), "x", threshold=3).loc["A"]
    assert found["share"] == pytest.approx(3 / 16)
    assert found["begun"] == pytest.approx(2 / 2)  # one by rising, one on waking, in two days
    assert found["rise"] == pytest.approx(4 / 0.125)
    assert found["days"] == pytest.approx((2 + 1) * 0.125 / 2)


def ou(people, count, home, spread, rate, dt, seed):
    rng = np.random.default_rng(seed)
    x = np.empty((people, count))
    x[:, 0] = home + spread * rng.standard_normal(people)
    keep = np.exp(-rate * dt)
    for i in range(1, count):
        x[:, i] = home + (x[:, i - 1] - home) * keep + spread * np.sqrt(1 - keep**2) * rng.standard_normal(people)
    return x


def test_home_base_is_recovered():
    names = [f"p{i}" for i in range(20)]
    table = prompts(ou(20, 800, 0.3, 0.1, 4.0, 0.125, 1), names)
    found = ornstein_uhlenbeck(table, "x").mean()
    assert found["home_base"] == pytest.approx(0.3, abs=0.01)
    assert found["variability"] == pytest.approx(0.1, abs=0.01)
    assert found["attractor"] == pytest.approx(4.0, rel=0.15)
    few = table[np.random.default_rng(2).random(len(table)) < 0.7]  # prompts left out: distances differ
    assert ornstein_uhlenbeck(few, "x").mean()["attractor"] == pytest.approx(4.0, rel=0.2)
    assert inertia(table, "x").mean() == pytest.approx(np.exp(-4 * 0.125), abs=0.03)


def test_home_base_agrees_with_the_regression():
    """With equal distances the maximum-likelihood fit is the regression line of each value on the one before."""
    x = ou(1, 400, 0.3, 0.1, 4.0, 0.125, 5)
    table = prompts(x)
    found = ornstein_uhlenbeck(table, "x").loc["A"]
    assert np.exp(-found["attractor"] * 0.125) == pytest.approx(inertia(table, "x")["A"], abs=2e-3)


@pytest.mark.parametrize("statistic", [*STATISTICS, switches, time_to_baseline, ornstein_uhlenbeck])
def test_too_few_prompts_are_explained(statistic):
    table = prompts([np.nan], per_day=1) if statistic is mean_level else prompts([1.0], per_day=1)
    with pytest.raises(InputError, match=r"needs at least \d+ .* of a person; nobody has more than \d"):
        statistic(table, "x")
    with pytest.raises(InputError, match='no column "y"'):
        statistic(table, "y")
    with pytest.raises(InputError, match="not a single prompt"):
        statistic(table.iloc[:0], "x")


def test_who_has_too_few_gets_nothing():
    values = np.arange(32.0).reshape(2, 16) % 7
    values[1, 3:] = np.nan
    found = rmssd(prompts(values, ("A", "B")), "x")
    assert np.isfinite(found["A"]) and np.isnan(found["B"])


values = arrays(float, (3, 24), elements=st.floats(-10, 10).map(lambda x: round(x, 2)))


@given(values, st.floats(-100, 100).map(lambda x: round(x, 1)), st.floats(0.1, 10).map(lambda x: round(x, 1)))
def test_shift_and_scale(x, by, times):
    plain, moved = (prompts(v, "ABC") for v in (x, times * x + by))
    for statistic, power in ((within_variance, 2), (mssd, 2), (rmssd, 1)):
        before, after = statistic(plain, "x"), statistic(moved, "x")
        assert np.allclose(after, before * times**power, rtol=1e-6, atol=1e-6)
        assert (before.dropna() >= 0).all()
    slopes = inertia(plain, "x")
    assert np.allclose(inertia(moved, "x"), slopes, atol=1e-6, equal_nan=True)


@given(values, st.randoms(use_true_random=False))
def test_order_of_rows_and_other_people_do_not_matter(x, random):
    table = prompts(x, "ABC")
    order = list(range(len(table)))
    random.shuffle(order)
    for statistic in (mean_level, mssd, inertia):
        whole = statistic(table, "x")
        assert whole.equals(statistic(table.iloc[order], "x"))
        alone = statistic(table[table["person"] == "B"], "x")
        assert alone["B"] == whole["B"] or np.isnan(whole["B"])


@given(values)
def test_shares_are_shares(x):
    table = prompts(x, "ABC")
    for found in (acute_change(table, "x"), crash_share(table, "x"), switches(table, "x")["rate"]):
        assert found.dropna().between(0, 1).all()
    back = time_to_baseline(table, "x")
    assert back["returned"].dropna().between(0, 1).all() and (back["days"].dropna() > 0).all()
