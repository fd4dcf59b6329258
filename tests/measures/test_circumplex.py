"""Flux, pulse and spin."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.measures.circumplex import places_of, variability
from simulation.theory.mastery import ACT_AFFILIATION, ACT_DOMINANCE
from simulation.theory.states import ACTS
from tests.measures.conftest import events_of


def places(x, y, person="A"):
    return pd.DataFrame({"person": person, "affiliation": np.asarray(x, float), "dominance": np.asarray(y, float)})


def test_four_directions():
    found = variability(places([1, 0, -1, 0, 1], [0, 1, 0, -1, 0])).loc["A"]
    assert found["flux_affiliation"] == pytest.approx(np.std([1, 0, -1, 0, 1], ddof=1))
    assert found["pulse"] == pytest.approx(0)
    # mean resultant: (2 - 1, 0) / 5, so R = 0.2 and the circular standard deviation is sqrt(-2 ln 0.2)
    assert found["spin"] == pytest.approx(np.sqrt(-2 * np.log(0.2)))


def test_one_direction_has_no_spin():
    x, y = [0.2, 0.4, 0.6, 0.8, 1.0], [0.1, 0.2, 0.3, 0.4, 0.5]
    found = variability(places(x, y)).loc["A"]
    assert found["spin"] == pytest.approx(0, abs=1e-6)
    assert found["pulse"] == pytest.approx(np.std(np.hypot(x, y), ddof=1))


@given(st.floats(0, 6.28), st.integers(0, 1000))
def test_turning_the_circle_changes_neither_pulse_nor_spin(angle, seed):
    x, y = np.random.default_rng(seed).uniform(-1, 1, (2, 20))
    plain = variability(places(x, y)).loc["A"]
    turned = variability(places(x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle))).loc["A"]
    assert turned[["pulse", "spin"]].to_numpy() == pytest.approx(plain[["pulse", "spin"]].to_numpy(), rel=1e-6)


def test_places_and_too_few():
    rows = [("act", "A", "B", what, 0.0, -1, 0) for what in ("attack", "clinging")] + [
        ("reply", "A", "B", "warmth", 0.0, -1, 0)
    ]
    found = places_of(events_of(rows))
    acts = [ACTS.index(act) for act in ("attack", "clinging")]
    expected = [[ACT_AFFILIATION[act], ACT_DOMINANCE[act]] for act in acts]
    assert found[["affiliation", "dominance"]].to_numpy().tolist() == expected
    with pytest.raises(InputError, match="at least 5 acts of a person; nobody has more than 2"):
        variability(found)
    both = variability(pd.concat([places([1] * 5, [0] * 5), places([1], [0], "B")]))
    assert np.isnan(both.loc["B", "spin"]) and both.loc["A", "spin"] == 0
