"""Statistics with known answers."""

import numpy as np
import pytest

from simulation.validation.estimates import Bootstrap, NotCheckable, cohens_d
from simulation.validation.patterns.provoked import half_life

BOOT = Bootstrap(1, 100)


def test_cohens_d_of_known_groups():
    assert cohens_d(np.array([1.0, 2.0, 3.0]), np.array([0.0, 1.0, 2.0])) == pytest.approx(1.0)


def test_intervals_hold_the_truth_and_repeat_with_the_seed():
    luck = np.random.default_rng(1)
    a, b = luck.normal(1, 1, 200), luck.normal(0, 1, 200)
    first, again = BOOT.d(a, b), BOOT.d(a, b)
    assert first == again
    assert first.low < 1.0 < first.high and first.effect == first.value


def test_weights_count_people_as_often_as_they_say():
    values, other = np.array([1.0, 2.0, 4.0, 3.0, 5.0]), np.array([0.0, 1.0, 1.0, 2.0, 2.0])
    often = np.array([1, 3, 2, 1, 4])
    many, others = np.repeat(values, often), np.repeat(other, often)
    weights = often.astype(float)
    assert BOOT.weighted(values, weights).value == pytest.approx(many.mean() / many.std())
    found = BOOT.weighted_correlation(values, other, weights)
    assert found.value == pytest.approx(np.corrcoef(many, others)[0, 1]) and found.effect == found.value


def test_too_few_people_are_refused_in_a_sentence():
    with pytest.raises(NotCheckable, match="only 3 people"):
        BOOT.mean(np.array([1.0, 2.0, 3.0, np.nan]))
    with pytest.raises(NotCheckable, match="only 2 such events"):
        BOOT.share(np.zeros(9), np.array([1.0, 1.0] + [0.0] * 7))


def test_half_life_of_an_exponential():
    times = np.arange(400) * 0.01
    rise = np.exp(-np.log(2) * times)[None]
    assert half_life(rise, 0.01)[0] == pytest.approx(1.0, abs=0.011)
