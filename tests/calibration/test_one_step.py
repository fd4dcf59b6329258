"""A step of few constants: constants and seeds told apart, slopes found, a step where it helps."""

import numpy as np
import pytest

from experiments.one_step import PATTERNS, SEEDS, VARIED, Demands, Lines, best_step, checks, design
from simulation.theory.layout import CONSTANT
from simulation.validation.evaluate import all_patterns

NAMES = ["D1 low sensitivity", "D1 difference", "D2 without conflict x sensitivity (r)"]


def table(level, slopes, offsets=(0.0, 0.0, 0.0, 0.0), noise=0.001):
    """Values, seeds and outcomes of a world of straight lines, in which every seed adds something of its own."""
    rows = design(7)
    values = np.array([[row[name] for name in VARIED] for row, _ in rows])
    seeds = np.array([seed for _, seed in rows])
    centre, reach = (values.max(0) + values.min(0)) / 2, (values.max(0) - values.min(0)) / 2
    luck = np.random.default_rng(3).normal(0, noise, (len(rows), len(level)))
    outcomes = np.array(level) + (values - centre) / reach @ np.array(slopes).T + luck
    return values, seeds, outcomes + np.array(offsets)[seeds - seeds.min()][:, None]


def flat(**slopes):
    return [slopes.get(name, 0.0) for name in VARIED]


def test_the_design_tells_constants_and_seeds_apart():
    rows = design(7)
    levels = np.sign([[row[name] - CONSTANT[name].default for name in VARIED] for row, _ in rows])
    assert np.array_equal(levels.T @ levels, len(rows) * np.eye(len(VARIED)))
    seeds = np.array([seed for _, seed in rows])
    for seed in range(7, 7 + SEEDS):
        assert not levels[seeds == seed].sum(axis=0).any()


def test_every_check_of_every_pattern_is_an_outcome():
    assert {name.split(" ", 1)[0] for name in checks()} == set(PATTERNS) <= set(all_patterns())


def test_lines_find_slopes_whatever_seeds_add():
    slopes = [flat(anger_rate=0.05, joy_gain=-0.02), flat(), flat(pull_by_sensitivity=0.01)]
    lines = Lines(*table([0.2, 0.1, 0.1], slopes, offsets=(0.02, -0.02, 0.01, -0.01)))
    assert lines.slope == pytest.approx(np.array(slopes), abs=0.002)
    assert lines.luck == pytest.approx(np.std([0.02, -0.02, 0.01, -0.01], ddof=1), rel=0.1)
    assert lines.level == pytest.approx([0.2, 0.1, 0.1], abs=0.002)


def test_at_its_limit_a_check_is_missed_every_other_time():
    limit = all_patterns()["D1"].checks["low sensitivity"].span[1]
    offsets = (0.01, -0.01, 0.01, -0.01)
    lines = Lines(*table([limit, 0.5, 0.0], [flat(), flat(), flat()], offsets))
    d1, d2 = Demands(NAMES).chances(lines, np.zeros(len(VARIED)))
    assert d1 == pytest.approx(0.5, abs=0.06)
    assert d2 < 1e-6


def test_the_step_moves_what_helps_and_leaves_the_rest():
    limit = all_patterns()["D1"].checks["low sensitivity"].span[1]
    offsets = (0.01, -0.01, 0.01, -0.01)
    lines = Lines(*table([limit + 0.02, 0.5, 0.0], [flat(rupture_threshold=-0.1), flat(), flat()], offsets))
    demands = Demands(NAMES)
    step = best_step(lines, demands)
    moved = dict(zip(VARIED, step, strict=True))
    assert moved.pop("rupture_threshold") > 0.3
    assert not any(moved.values())
    assert demands.chances(lines, step).sum() < 0.1
