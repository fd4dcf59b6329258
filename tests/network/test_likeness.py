"""People who know each other are as much alike as asked for, and nobody is lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.network.generators import small_world
from simulation.network.likeness import seats


def town(n=4000, seed=1):
    rng = np.random.default_rng(seed)
    return (*small_world(n, rng, mean_degree=6, rewiring=0.1), rng.exponential(size=n), rng)


@pytest.mark.parametrize("likeness", [0.0, 0.08, 0.15])
def test_neighbours_correlate_as_asked(likeness):
    first, second, scores, rng = town(20_000)
    ranks = np.argsort(np.argsort(scores[seats(scores, first, second, likeness, rng)]))
    assert np.corrcoef(ranks[first], ranks[second])[0, 1] == pytest.approx(likeness, abs=0.015)


@given(seed=st.integers(0, 1000), likeness=st.floats(0.0, 0.15))
def test_everyone_has_one_seat(seed, likeness):
    first, second, scores, rng = town(100, seed)
    assert sorted(seats(scores, first, second, likeness, rng)) == list(range(100))


def test_a_network_without_relationships_seats_everyone():
    assert sorted(seats(np.arange(5.0), [], [], 0.1, np.random.default_rng(1))) == list(range(5))


@pytest.mark.parametrize("likeness", [0.5, -0.1])
def test_likeness_out_of_reach_is_refused_with_what_is_possible(likeness):
    first, second, scores, rng = town(100)
    with pytest.raises(InputError, match=rf"likeness = {likeness} .* must lie in \[0, 0\.1[67]\]"):
        seats(scores, first, second, likeness, rng)
