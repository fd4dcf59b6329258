"""What stands behind a score: features, each counted in full from some level on, and their weighted mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError, quoted_list

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Part:
    """One feature behind a scale.

    Attributes:
        feature: column of `window.features`.
        reason: why the scale asks about it.
        weight: share in the burden, relative to the other parts. ASSUMED: 1, all parts alike; where known, the items.
        lacking: whether it is the lack of it that burdens.
        full: value at which it counts in full.
    """

    feature: str
    reason: str
    weight: float = 1.0
    lacking: bool = False
    full: float = 1.0


def burden(parts: tuple[Part, ...], table: pd.DataFrame) -> Any:
    """[people] weighted mean of what stands behind a score, in [0, 1].

    Raises:
        InputError: the features lack one of the parts.
    """
    missing = [part.feature for part in parts if part.feature not in table]
    if missing:
        raise InputError(f"a questionnaire needs {quoted_list(missing)}, which the recording does not have")
    total = sum(part.weight for part in parts)
    amounts = [np.clip(table[part.feature].to_numpy(dtype=float) / part.full, 0.0, 1.0) for part in parts]
    return sum(p.weight * ((1 - a) if p.lacking else a) for p, a in zip(parts, amounts, strict=True)) / total
