"""Early warning, transitions, bistability, hysteresis."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.measures.warning import (
    BIMODAL,
    bimodality,
    early_warning,
    hysteresis_area,
    rolling_indicators,
    transitions,
)


def slowing(count, last, seed):
    """An autoregression whose coefficient rises from 0 to `last`: critical slowing down."""
    rng = np.random.default_rng(seed)
    x = np.zeros(count)
    for i in range(1, count):
        x[i] = last * i / count * x[i - 1] + rng.standard_normal()
    return x


def test_indicators_by_hand():
    x = np.array([0, 1, 0, 2, 0, 3, 1, 4, 2, 5] * 2, dtype=float)
    found = rolling_indicators(x, window=0.5, bandwidth=None)
    assert found["end"].tolist() == list(range(9, 20))
    assert found["variance"].iloc[0] == pytest.approx(np.var(x[:10], ddof=1))
    assert found["autocorrelation"].iloc[0] == pytest.approx(np.corrcoef(x[:9], x[1:10])[0, 1])


def test_slowing_down_warns():
    warned = [early_warning(slowing(600, 0.98, seed)) for seed in range(12)]
    calm = [early_warning(slowing(600, 0.0, seed)) for seed in range(12)]
    for key in ("variance", "autocorrelation"):
        assert np.mean([w[key] for w in warned]) > 0.5
        assert abs(np.mean([c[key] for c in calm])) < 0.3


@given(st.integers(0, 10_000), st.floats(-10, 10), st.floats(0.1, 10))
def test_trends_do_not_depend_on_level_and_unit(seed, by, times):
    x = np.random.default_rng(seed).standard_normal(60)
    plain, moved = early_warning(x), early_warning(times * x + by)
    for key, value in plain.items():
        assert -1 <= value <= 1 and moved[key] == pytest.approx(value, abs=0.02)


def test_transitions():
    x = [0, 0, 5, 9, 9, 5, 4, 9, 1, 0, 9, 0, 0, 0]
    assert transitions(x, 2, 8).to_dict("list") == {"index": [3, 8, 10, 11], "up": [True, False, True, False]}
    assert transitions(x, 2, 8, hold=2).to_dict("list") == {"index": [3, 8], "up": [True, False]}
    assert transitions([5] * 9, 2, 8).empty
    with pytest.raises(InputError, match="low level below the high one"):
        transitions(x, 8, 2)


def test_bimodality():
    rng = np.random.default_rng(0)
    one = rng.standard_normal(4000)
    two = np.concatenate([one[:2000] - 4, one[2000:] + 4])
    assert bimodality(one) == pytest.approx(1 / 3, abs=0.03)
    assert bimodality(rng.random(4000)) == pytest.approx(BIMODAL, abs=0.02)
    assert bimodality(two) > 0.8
    assert np.isnan(bimodality(np.ones(30)))


def test_hysteresis():
    stress = np.linspace(0, 10, 101)
    up, down = (stress > 6).astype(float), (stress > 3).astype(float)
    assert hysteresis_area(stress, up, stress[::-1], down[::-1]) == pytest.approx(0.3, abs=0.01)
    assert hysteresis_area(stress, up, stress, up) == 0
    assert hysteresis_area(stress, down, stress, up) == pytest.approx(-0.3, abs=0.01)
    with pytest.raises(InputError, match="share no range"):
        hysteresis_area([0, 1], [0, 0], [2, 3], [1, 1])


@pytest.mark.parametrize("function", [rolling_indicators, early_warning, bimodality])
def test_short_or_broken_series_are_explained(function):
    with pytest.raises(InputError, match="at least 20 values; this one has 5"):
        function(np.zeros(5))
    with pytest.raises(InputError, match="without gaps; this one has 2 missing"):
        function([np.nan, np.nan, *range(30)])
    with pytest.raises(InputError, match="not a share"):
        rolling_indicators(np.zeros(30), window=3)
