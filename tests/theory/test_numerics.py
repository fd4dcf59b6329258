"""The shared arithmetic: right to its stated error, exact in time, and true to the distributions it draws from."""

import itertools
import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulation.population.compiled import compiled
from simulation.theory import numerics
from simulation.theory.numerics import (
    chance,
    choose,
    clip,
    exp,
    kept,
    landed,
    logistic,
    mean_count_to_number,
    mechanism,
    pushed,
    raised,
    stirred,
    toward,
    wobble,
)
from tests.strategies import UNIT
from tests.theory.laws import covers

RATES = st.floats(0, 60)
TICKS = st.floats(1 / 256, 1)
SMALL = 1e-11
LUCK = np.random.default_rng(20).random(20_000)
"""The same luck in every run: the tests of distributions cannot fail by chance."""


@mechanism
def exp_of_all(x, result):
    for i in range(len(x)):
        result[i] = exp(x[i])


@covers(exp)
@pytest.mark.parametrize(("reach", "error"), [(20, 1e-12), (30, 5e-12)])
def test_exp_has_its_stated_error(reach, error):
    x = np.linspace(-reach, reach, 4001).tolist()
    assert [exp(v) for v in x] == pytest.approx([math.exp(v) for v in x], rel=error, abs=0)


@covers(exp)
def test_exp_is_clamped_and_exactly_one_at_zero():
    assert exp(0.0) == 1.0
    assert exp(1e9) == exp(30.0)
    assert exp(-1e9) == exp(-30.0) > 0


@covers(exp)
def test_exp_rises_over_its_whole_range():
    values = [exp(x) for x in np.linspace(-30, 30, 2001)]
    assert all(a < b for a, b in itertools.pairwise(values))


@covers(exp)
@pytest.mark.parametrize("vectorised", [True, False])
def test_exp_has_the_same_bits_compiled_vectorised_and_plain(vectorised):
    x = np.random.default_rng(3).uniform(-35, 35, 5000)
    if vectorised:
        y = np.clip(x, -30, 30) * 0.0009765625
        p = 1 + y * (1 + y * (0.5 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120 + y * (1 / 720))))))
        for _ in range(10):
            p = p * p
    else:
        p = np.empty_like(x)
        compiled(exp_of_all)(x, p)
    assert p.tolist() == [exp(v) for v in x.tolist()]


@covers(logistic)
@given(st.floats(-60, 60))
def test_logistic_is_a_symmetrical_step(x):
    assert logistic(0.0) == 0.5
    assert logistic(x) == pytest.approx(1 - logistic(-x), abs=1e-12)
    assert logistic(x) == pytest.approx(1 / (1 + math.exp(-x)), abs=1e-12)


@covers(clip)
@given(st.floats(-10, 10), st.floats(-5, 0), st.floats(0, 5))
def test_clip_holds_within(x, low, high):
    assert clip(x, low, high) == float(np.clip(x, low, high))


@covers(kept)
@given(RATES, TICKS)
def test_two_half_ticks_keep_as_much_as_one(rate, dt):
    assert kept(rate, dt / 2) ** 2 == pytest.approx(kept(rate, dt), rel=SMALL)
    assert kept(rate, dt) == pytest.approx(math.exp(-min(rate * dt, 30)), rel=SMALL)


@covers(toward)
@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 30), TICKS)
def test_two_half_ticks_of_relaxing_equal_one(x, target, rate, dt):
    twice = toward(toward(x, target, rate, dt / 2), target, rate, dt / 2)
    assert twice == pytest.approx(toward(x, target, rate, dt), abs=SMALL)
    assert min(x, target) - SMALL <= twice <= max(x, target) + SMALL


@covers(toward)
def test_nothing_relaxes_without_rate_and_everything_with_a_high_one():
    assert toward(0.3, 0.9, 0.0, 1.0) == pytest.approx(0.3)
    assert toward(0.3, 0.9, 1e6, 1.0) == pytest.approx(0.9, abs=1e-12)


@covers(landed)
@given(RATES, TICKS)
def test_landed_is_the_mean_of_what_is_left_over_the_tick(rate, dt):
    moments = (np.arange(4000) + 0.5) / 4000 * dt  # the midpoint rule
    assert landed(rate, dt) == pytest.approx(np.exp(-rate * moments).mean(), rel=3e-5, abs=1e-7)


@covers(landed, kept)
@given(st.floats(0.01, 30), TICKS, st.sampled_from([2, 4, 8]))
def test_the_mean_of_a_trace_of_random_events_does_not_depend_on_the_tick(rate, dt, parts):
    # events come at 1 per day; the stationary mean of a trace is then 1/rate whatever the tick
    for step in (dt, dt / parts):
        mean = step * landed(rate, step) / (1 - kept(rate, step))
        assert mean == pytest.approx(1 / rate, rel=1e-4)


@covers(raised)
@given(UNIT, st.floats(-1, 20), st.floats(0, 20))
def test_pushes_add_up_and_never_reach_beyond_one(x, impulse, more):
    assert x - SMALL <= raised(x, impulse) <= 1
    assert raised(raised(x, impulse), more) == pytest.approx(raised(x, max(impulse, 0) + more), abs=SMALL)
    assert raised(x, -abs(impulse)) == pytest.approx(x, abs=1e-15)


@covers(pushed)
@given(UNIT, st.floats(0, 20), RATES, TICKS, UNIT)
def test_a_push_within_a_tick_is_a_push_between_two_spells_of_fading(x, impulse, rate, dt, share):
    since = share * dt
    value = pushed(x, impulse, rate, dt, since)
    # no more than 1e-9 for the rate that keeps a drive of nothing from dividing by nothing
    assert value == pytest.approx(raised(x * kept(rate, dt - since), impulse) * kept(rate, since), abs=2e-9)
    assert pushed(x, 0.0, rate, dt, since) == pytest.approx(x * kept(rate, dt), abs=2e-9)
    assert pushed(x, impulse, rate, dt, 0.0) >= value - SMALL, "the later the push, the more of it is left"


@covers(stirred)
@given(UNIT, UNIT, st.floats(0, 20), st.floats(0.01, 25), st.floats(0, 25), TICKS, UNIT)
def test_stirring_is_relaxing_a_push_and_relaxing(x, rest, impulse, rate, drive, dt, share):
    since = share * dt
    toward_ = (rate * rest + drive) / (rate + drive), rate + drive
    before = toward(x, *toward_, dt - since)
    after = toward(raised(before, impulse), *toward_, since)
    value = stirred(x, rest, impulse, rate, drive, dt, since)
    assert value == pytest.approx(after, abs=1e-7)
    assert -SMALL <= value <= 1 + SMALL


@covers(stirred)
@given(UNIT, UNIT, st.floats(0, 5), st.floats(0, 25), st.floats(0, 25), TICKS, UNIT)
def test_two_half_ticks_stir_as_one_does(x, rest, impulse, rate, drive, dt, share):
    half = dt / 2
    early, late = half + share * half, share * half  # how long before the end of the tick it was
    first = stirred(stirred(x, rest, impulse, rate, drive, half, early - half), rest, 0.0, rate, drive, half, 0.0)
    second = stirred(stirred(x, rest, 0.0, rate, drive, half, 0.0), rest, impulse, rate, drive, half, late)
    assert first == pytest.approx(stirred(x, rest, impulse, rate, drive, dt, early), abs=1e-8)
    assert second == pytest.approx(stirred(x, rest, impulse, rate, drive, dt, late), abs=1e-8)


@covers(stirred)
@given(UNIT, st.floats(0.1, 10), st.floats(0.1, 10))
def test_a_steady_drive_and_fading_come_to_rest_between_them(x, rate, drive):
    assert stirred(x, 0.0, 0.0, rate, drive, 300.0, 0.0) == pytest.approx(drive / (rate + drive), abs=1e-8)
    assert stirred(x, 0.0, 0.0, rate, 0.0, 300.0, 0.0) == pytest.approx(0.0, abs=1e-8)
    assert stirred(x, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0) == pytest.approx(x, abs=2e-9)


@covers(wobble)
@pytest.mark.parametrize("dt", [1 / 64, 1 / 8, 1.0])
def test_spontaneous_ups_and_downs_come_out_at_their_size_for_any_tick(dt):
    rate, size = 0.7, 0.3
    steps = wobble(size, LUCK, LUCK[::-1], rate, dt)
    left = kept(rate, dt)
    assert steps.mean() == pytest.approx(0, abs=0.02 * size)
    # the long-run variance of x' = left x + step
    assert steps.var() / (1 - left**2) == pytest.approx(size**2, rel=0.03)


@covers(wobble)
@given(st.floats(0, 10), UNIT, UNIT, RATES, TICKS)
def test_ups_and_downs_are_bounded_and_even(size, luck, luck_2, rate, dt):
    step = wobble(size, luck, luck_2, rate, dt)
    assert abs(step) <= size * math.sqrt(6) + SMALL
    assert step == pytest.approx(-wobble(size, 1 - luck, 1 - luck_2, rate, dt), abs=1e-12 * (1 + size))
    assert wobble(size, luck, luck_2, 0.0, dt) == wobble(0.0, luck, luck_2, rate, dt) == 0


@covers(chance)
@given(st.floats(0, 60), TICKS)
def test_an_event_is_missed_in_a_tick_if_it_is_missed_in_both_halves(hazard, dt):
    assert 1 - chance(hazard, dt) == pytest.approx((1 - chance(hazard, dt / 2)) ** 2, abs=SMALL)
    assert 0 <= chance(hazard, dt) < 1 or hazard * dt >= 30
    assert chance(0.0, dt) == 0.0


@covers(choose)
@pytest.mark.parametrize("temperature", [0.3, 1.0, 4.0])
def test_choices_have_the_frequencies_of_a_softmax(temperature):
    logits = (0.2, -1.0, 1.4, 0.9, -0.3)
    counts = Counter(choose(logits, temperature, luck) for luck in LUCK.tolist())
    weights = np.exp(np.array(logits) / temperature)
    expected = weights / weights.sum() * len(LUCK)
    assert stats.chisquare([counts[i] for i in range(5)], expected).pvalue > 0.01


@covers(choose)
@given(st.lists(st.floats(-30, 30), min_size=1, max_size=9), st.floats(0.05, 10), st.floats(1e-9, 1 - 1e-9))
def test_a_choice_is_one_of_the_options_and_only_differences_count(logits, temperature, luck):
    pick = choose(tuple(logits), temperature, luck)
    assert 0 <= pick < len(logits)
    assert choose(tuple(x + 16.0 for x in logits), temperature, 1e-12) == choose(tuple(logits), temperature, 1e-12)
    assert choose(tuple(logits), temperature, 1 - 1e-12) >= pick


@covers(choose)
def test_what_is_far_worse_is_never_chosen():
    picks = {choose((0.0, -40.0, 0.0), 1.0, luck) for luck in LUCK.tolist()}
    assert picks == {0, 2}


@covers(mean_count_to_number)
@pytest.mark.parametrize("mean", [0.05, 0.7, 3.0, 12.0])
def test_counts_follow_a_poisson_distribution(mean):
    counts = Counter(mean_count_to_number(mean, luck) for luck in LUCK.tolist())
    often = [n for n in range(60) if stats.poisson.pmf(n, mean) * len(LUCK) >= 5]
    observed = [counts[n] for n in often]
    expected = [stats.poisson.pmf(n, mean) * len(LUCK) for n in often]
    rare = len(LUCK) - sum(observed), len(LUCK) - sum(expected)
    assert stats.chisquare([*observed, rare[0]], [*expected, rare[1]]).pvalue > 0.01


@covers(mean_count_to_number)
@given(st.floats(0, 25), st.floats(1e-9, 1 - 1e-9), st.floats(1e-9, 1 - 1e-9))
def test_more_luck_never_means_fewer_events(mean, luck, other):
    few, many = sorted((luck, other))
    assert 0 <= mean_count_to_number(mean, few) <= mean_count_to_number(mean, many) <= 50
    assert mean_count_to_number(0.0, luck) == 0


@covers(mechanism)
def test_a_mechanism_is_still_a_plain_function():
    assert numerics.raised(0.5, 0.0) == 0.5
    assert numerics.raised.__doc__.startswith("``x``")
