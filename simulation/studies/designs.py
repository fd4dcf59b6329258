"""From ranges to points: which combinations of the factors a study runs."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from simulation.errors import InputError
from simulation.studies.model import DUMMY, MAX_RUNS, Design, Factor

Bounds = tuple[float, float]


def factor_names(design: Design, factors: Mapping[str, Factor]) -> list[str]:
    """Names of the columns of a design: the factors, and a dummy where indices need a yardstick."""
    return [*factors, DUMMY] if design.kind in ("sobol", "morris") else list(factors)


def count_points(design: Design, factors: Mapping[str, Factor]) -> int:
    """How many points a design has, without making them."""
    if design.kind == "list":
        return len(design.rows or ())
    if design.kind == "grid":
        return math.prod(_grid_size(factor, design) for factor in factors.values())
    width = len(factors) + 1
    per_base = {"latin-hypercube": 1, "sobol": width + 2, "morris": width + 1}[design.kind]
    return int(design.points or 0) * per_base


def design_points(design: Design, factors: Mapping[str, Factor], bounds: Mapping[str, Bounds], seed: int) -> list[Any]:
    """Return the values of each factor at every point, one column per name of `factor_names`.

    Args:
        design: Which combinations.
        factors: Ranges and values by name.
        bounds: Smallest and largest value of each factor's parameter; normal distributions are cut off there.
        seed: Of what a design leaves to chance.

    Returns:
        Columns of equal length: float64, or lists of words.

    Raises:
        InputError: The design is larger than any study can be.
    """
    if count_points(design, factors) > MAX_RUNS:
        raise InputError(f"the design has {count_points(design, factors):,} points; a study can have {MAX_RUNS:,}")
    if design.kind == "list":
        return [_column([row[name] for row in design.rows or ()]) for name in factors]
    if design.kind == "grid":
        levels = [_levels(factor, _grid_size(factor, design), bounds.get(name)) for name, factor in factors.items()]
        return [_column(column) for column in zip(*itertools.product(*levels), strict=True)]
    unit = unit_points(design, len(factor_names(design, factors)), seed)
    columns = [_placed(factor, unit[:, i], bounds.get(name)) for i, (name, factor) in enumerate(factors.items())]
    return columns + [unit[:, i] for i in range(len(factors), unit.shape[1])]


def unit_problem(names: Sequence[str]) -> dict[str, Any]:
    """The problem as SALib wants it, in the unit cube: indices belong to quantiles of the factors."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def unit_points(design: Design, width: int, seed: int) -> Any:
    """[points, width] a design in the unit cube.

    Raises:
        InputError: The library that it needs is not there.
    """
    points = int(design.points or 1)
    word = seed % 2**32
    if design.kind == "latin-hypercube":
        from scipy.stats import qmc

        return qmc.LatinHypercube(d=width, rng=np.random.default_rng([word, 1])).random(points)
    problem = unit_problem([str(i) for i in range(width)])
    try:
        from SALib.sample import morris, sobol
    except ImportError:
        raise InputError(
            f'a design of kind "{design.kind}" needs SALib; install it with: pip install '
            f"'interpersonal-cycles[studies]'"
        ) from None
    if design.kind == "sobol":
        return sobol.sample(problem, points, calc_second_order=False, scramble=True, seed=word)
    return morris.sample(problem, points, num_levels=design.levels, seed=word)


def _grid_size(factor: Factor, design: Design) -> int:
    return len(factor.values) if factor.values is not None else int(factor.points or design.points or 1)


def _levels(factor: Factor, points: int, bounds: Bounds | None) -> Sequence[Any]:
    """Values of one factor of a grid: the ends of a range and evenly between, or quantiles of a distribution."""
    if factor.values is not None:
        return factor.values
    if factor.distribution in ("normal", "triangular"):
        return [float(value) for value in _placed(factor, (np.arange(points) + 0.5) / points, bounds)]
    assert factor.low is not None and factor.high is not None
    if points == 1:
        return [(factor.low + factor.high) / 2]
    spaced = np.geomspace if factor.distribution == "loguniform" else np.linspace
    return [float(value) for value in spaced(factor.low, factor.high, points)]


def _placed(factor: Factor, unit: Any, bounds: Bounds | None) -> Any:
    """Values of one factor at numbers in [0, 1]."""
    if factor.values is not None:
        index = np.minimum((unit * len(factor.values)).astype(int), len(factor.values) - 1)
        return _column([factor.values[i] for i in index])
    low, high = factor.low, factor.high
    if factor.distribution == "normal":
        from scipy.stats import truncnorm

        assert factor.mean is not None and factor.sd is not None
        least, most = bounds if bounds is not None else (-np.inf, np.inf)
        least, most = (least if low is None else low), (most if high is None else high)
        cut = ((least - factor.mean) / factor.sd, (most - factor.mean) / factor.sd)
        return truncnorm.ppf(np.clip(unit, 1e-9, 1 - 1e-9), *cut, loc=factor.mean, scale=factor.sd)
    assert low is not None and high is not None
    if factor.distribution == "triangular":
        from scipy.stats import triang

        assert factor.mode is not None
        return triang.ppf(unit, (factor.mode - low) / (high - low), loc=low, scale=high - low)
    if factor.distribution == "loguniform":
        return low * (high / low) ** unit
    return low + (high - low) * unit


def _column(values: Sequence[Any]) -> Any:
    return list(values) if isinstance(values[0], str) else np.array(values, dtype=float)
