"""Has a person changed: reliable and clinically significant change after Jacobson & Truax 1991.

Source: Jacobson & Truax 1991 (10.1037/0022-006X.59.1.12).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from simulation.errors import InputError, nearest, quoted

CLASSES = ("recovered", "improved", "unchanged", "deteriorated")
RELIABLE = 1.96
"""Size of the index beyond which chance alone is unlikely (p < .05, two-sided)."""
CUTOFFS = ("a", "b", "c")


@dataclass(frozen=True)
class Norm:
    """Mean and standard deviation of a group on a scale."""

    mean: float
    sd: float


def error_sd(sd: float, reliability: float) -> float:
    """Return the standard error of measurement of a scale, in its units: ``sd * sqrt(1 - reliability)``.

    Raises:
        InputError: the spread is not above 0 or the reliability not in [0, 1).
    """
    if not sd > 0:
        raise InputError(f"a standard deviation of {sd:g} cannot be used for reliable change; it must be above 0")
    if not 0 <= reliability < 1:
        raise InputError(
            f"a reliability of {reliability:g} cannot be used for reliable change; it must be from 0 to below 1"
        )
    return sd * math.sqrt(1.0 - reliability)


def reliable_change_index(before: Any, after: Any, sd: float, reliability: float) -> Any:
    """Return the change in units of the standard error of a difference; negative is a fall.

    Args:
        before, after: scores, numbers or arrays.
        sd: standard deviation of the scores before.
        reliability: of the scale, in [0, 1).
    """
    return (np.asarray(after, dtype=float) - np.asarray(before, dtype=float)) / (
        math.sqrt(2.0) * error_sd(sd, reliability)
    )


def smallest_reliable_change(sd: float, reliability: float) -> float:
    """Return the smallest change, in units of the scale, that is reliable."""
    return RELIABLE * math.sqrt(2.0) * error_sd(sd, reliability)


def cutoff(which: str, clinical: Norm, healthy: Norm) -> float:
    """Return the score that separates clinical from healthy.

    ``a`` is two standard deviations from the clinical mean towards health; ``b`` two from the healthy mean towards
    the clinical; ``c`` where a score is equally likely in either group (weighted midpoint).

    Raises:
        InputError: there is no such cut-off.
    """
    if which not in CUTOFFS:
        raise InputError(f"{quoted(which)} is not a cut-off{nearest(which, CUTOFFS)}; there are a, b and c")
    up = 1.0 if healthy.mean > clinical.mean else -1.0
    if which == "a":
        return clinical.mean + up * 2 * clinical.sd
    if which == "b":
        return healthy.mean - up * 2 * healthy.sd
    return (clinical.sd * healthy.mean + healthy.sd * clinical.mean) / (clinical.sd + healthy.sd)


def classify_change(
    before: Any,
    after: Any,
    clinical: Norm,
    healthy: Norm,
    reliability: float,
    which: str = "c",
    sd: float | None = None,
) -> Any:
    """Return one of `CLASSES` for each person, as an array of words (a word for numbers).

    ``recovered``: reliably better and past the cut-off (having started on the clinical side of it); ``improved``:
    reliably better; ``deteriorated``: reliably worse; else ``unchanged``.

    Args:
        before, after: scores, numbers or arrays.
        clinical, healthy: norms; the healthier direction is from the first to the second mean.
        reliability: of the scale.
        which: cut-off.
        sd: standard deviation before; None takes that of the clinical norm.
    """
    before, after = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    better = 1.0 if healthy.mean > clinical.mean else -1.0
    index = better * reliable_change_index(before, after, clinical.sd if sd is None else sd, reliability)
    edge = cutoff(which, clinical, healthy)
    crossed = (better * (before - edge) < 0) & (better * (after - edge) >= 0)
    better_off = index > RELIABLE
    classes = np.select(
        [better_off & crossed, better_off, index < -RELIABLE], ["recovered", "improved", "deteriorated"], "unchanged"
    )
    return str(classes) if classes.ndim == 0 else classes
