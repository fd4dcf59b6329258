"""Designs cover what they promise to cover."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.studies.designs import count_points, design_points, factor_names
from simulation.studies.model import DUMMY, Design, Factor

RANGES = {"a": Factor(low=0.0, high=2.0), "b": Factor(low=1.0, high=3.0), "c": Factor(values=[5.0, 6.0, 7.0])}


def points(design, factors=RANGES, bounds=None, seed=3):
    return design_points(design, factors, bounds or {}, seed)


def test_a_grid_has_every_combination_once_and_reaches_the_ends():
    columns = points(Design(kind="grid", points=4))
    rows = set(zip(*columns, strict=True))
    assert len(rows) == len(columns[0]) == 4 * 4 * 3
    assert {columns[0].min(), columns[0].max()} == {0.0, 2.0}


@given(n=st.integers(1, 60), seed=st.integers(0, 2**63 - 1))
def test_a_latin_hypercube_has_one_point_in_every_stratum(n, seed):
    columns = points(Design(kind="latin-hypercube", points=n), seed=seed)
    assert sorted(np.floor(columns[0] / 2 * n).astype(int).clip(0, n - 1)) == list(range(n))


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_counts_are_told_without_making_the_design_and_a_dummy_is_added(kind):
    design = Design(kind=kind, points=8)
    columns = points(design)
    assert factor_names(design, RANGES)[-1] == DUMMY and len(columns) == 4
    assert {len(column) for column in columns} == {count_points(design, RANGES)}
    for again, column in zip(points(design), columns, strict=True):
        assert np.array_equal(again, column)


def test_distributions_are_those_asked_for():
    factors = {
        "log": Factor(low=0.01, high=100.0, distribution="loguniform"),
        "normal": Factor(mean=0.5, sd=0.2, distribution="normal"),
        "triangle": Factor(low=0.0, mode=1.0, high=1.0, distribution="triangular"),
    }
    log, normal, triangle = points(Design(kind="latin-hypercube", points=4000), factors, {"normal": (0.0, 1.0)})
    assert np.median(np.log10(log)) == pytest.approx(0, abs=0.01)
    assert normal.min() >= 0 and normal.max() <= 1 and normal.mean() == pytest.approx(0.5, abs=0.01)
    assert triangle.mean() == pytest.approx(2 / 3, abs=0.01)
