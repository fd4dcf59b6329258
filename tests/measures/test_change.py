"""Jacobson & Truax: the worked figures of the case, and what must hold for any."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.errors import InputError
from simulation.measures.change import (
    CLASSES,
    RELIABLE,
    Norm,
    classify_change,
    cutoff,
    reliable_change_index,
    smallest_reliable_change,
)

BSI_BPD, BSI_HEALTHY = Norm(1.68, 0.55), Norm(0.13, 0.13)


@pytest.mark.parametrize(
    ("reliability", "index", "least"), [(0.93, -7.30, 16.4), (0.9, -6.11, 19.6), (0.88, -5.58, 21.4)]
)
def test_ders_of_the_case(reliability, index, least):
    """Row A6 of the patterns."""
    assert reliable_change_index(118, 57, 22.33, reliability) == pytest.approx(index, abs=0.005)
    assert smallest_reliable_change(22.33, reliability) == pytest.approx(least, abs=0.05)


@pytest.mark.parametrize(
    ("sd", "reliability", "index", "least"),
    [(0.55, 0.96, -12.07, 0.30), (0.55, 0.84, -6.04, 0.61), (0.68, 0.84, -4.88, 0.75)],
)
def test_gsi_of_the_case(sd, reliability, index, least):
    """Row A7 of the patterns."""
    assert reliable_change_index(2.1, 0.222, sd, reliability) == pytest.approx(index, abs=0.005)
    assert smallest_reliable_change(sd, reliability) == pytest.approx(least, abs=0.005)


def test_cutoffs():
    assert cutoff("c", BSI_BPD, BSI_HEALTHY) == pytest.approx(0.43, abs=0.005)
    assert cutoff("a", Norm(10, 2), Norm(4, 1)) == 6
    assert cutoff("b", Norm(10, 2), Norm(4, 1)) == 6
    assert cutoff("a", Norm(4, 1), Norm(10, 2)) == 6  # a scale on which more is better
    assert cutoff("c", Norm(10, 2), Norm(4, 1)) == pytest.approx(6.0)
    with pytest.raises(InputError, match="there are a, b and c"):
        cutoff("d", BSI_BPD, BSI_HEALTHY)


def test_classes():
    before = np.array([2.1, 2.1, 2.1, 1.0, 0.3])
    after = np.array([0.222, 1.0, 2.0, 1.6, 0.0])
    found = classify_change(before, after, BSI_BPD, BSI_HEALTHY, 0.96)
    # the last is reliably better, no: a change of 0.30 is just short of reliable
    assert found.tolist() == ["recovered", "improved", "unchanged", "deteriorated", "unchanged"]
    assert classify_change(2.1, 0.222, BSI_BPD, BSI_HEALTHY, 0.96) == "recovered"


def test_who_was_never_clinical_cannot_recover():
    assert classify_change(0.42, 0.0, BSI_BPD, BSI_HEALTHY, 0.96) == "improved"


scores = st.floats(0, 4)


@given(scores, scores, st.floats(0.01, 0.99))
def test_change_is_antisymmetric(before, after, reliability):
    there = reliable_change_index(before, after, 0.55, reliability)
    assert there == pytest.approx(-reliable_change_index(after, before, 0.55, reliability))
    assert (abs(there) > RELIABLE) == (abs(after - before) > smallest_reliable_change(0.55, reliability)) or abs(
        abs(there) - RELIABLE
    ) < 1e-9


@given(scores, scores, st.floats(-5, 5))
def test_moving_the_scale_changes_no_class(before, after, by):
    moved = classify_change(before + by, after + by, Norm(1.68 + by, 0.55), Norm(0.13 + by, 0.13), 0.9)
    edge = cutoff("c", BSI_BPD, BSI_HEALTHY)
    near = min(abs(before - edge), abs(after - edge), abs(abs(after - before) - smallest_reliable_change(0.55, 0.9)))
    assert moved in CLASSES
    assert near < 1e-9 or moved == classify_change(before, after, BSI_BPD, BSI_HEALTHY, 0.9)


@pytest.mark.parametrize(
    ("sd", "reliability", "what"), [(0, 0.9, "above 0"), (1, 1.0, "below 1"), (1, -0.1, "below 1")]
)
def test_impossible_norms(sd, reliability, what):
    with pytest.raises(InputError, match=what):
        reliable_change_index(1, 2, sd, reliability)
