"""Published patterns as targets of a search: their checks, a little inside of their intervals."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable

from experiments.response_surface import Target
from simulation.validation.evaluate import all_patterns


def pattern_targets(
    ids: Iterable[str], margin: float, weight: float = 1.0, heavy: Container[str] = (), heavy_weight: float = 1.0
) -> dict[str, Target]:
    """One target per check, by the pattern's id and the name of the check.

    Args:
        ids: Patterns.
        margin: Units by which a check is to be met, so that it still is with other seeds; the middle where the
            interval is narrower.
        weight: Of a check.
        heavy: Names of checks that count more.
        heavy_weight: How much those count.
    """
    wanted = {}
    for id_ in ids:
        for check, criterion in all_patterns()[id_].checks.items():
            (low, high), unit = criterion.span, criterion.unit  # type: ignore[attr-defined]
            low = -math.inf if low is None else low + margin * unit
            high = math.inf if high is None else high - margin * unit
            if low > high:
                low = high = (low + high) / 2
            name = f"{id_} {check}"
            wanted[name] = Target(low, high, unit, heavy_weight if name in heavy else weight)
    return wanted
