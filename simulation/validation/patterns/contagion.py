"""G1. Contentment and discontent among neighbours, from year to year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.validation.criteria import Between
from simulation.validation.estimates import Estimate
from simulation.validation.pattern import Pattern

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory
    from simulation.validation.scenes.networks import Town

CONTENT, DISCONTENT = 0.5, 0.15
"""Upper and lower share of people in the first year who count as content and discontent (Hill et al. 2010 use fixed
scores of a depression scale, whose usual cut-off about 15 % of adults exceed); ASSUMED."""


def rates(lab: Laboratory) -> dict[str, Estimate]:
    """Yearly chance of becoming content (discontent) per such neighbour, and how long either state lasts."""
    scene: Town = lab.scene("town")
    valence = scene.valence
    low, high = np.quantile(valence[0], [DISCONTENT, 1 - CONTENT])
    state = np.where(valence < low, -1, np.where(valence > high, 1, 0))
    n = valence.shape[1]
    boot = lab.bootstrap
    found = {}
    for name, value in (("content", 1), ("discontent", -1)):
        neighbours = np.array(
            [np.bincount(scene.one, state[y][scene.other] == value, n) for y in range(len(state) - 1)]
        )
        neutral = state[:-1] == 0
        became = (state[1:] == value) & neutral
        left = (state[1:] != value) & (state[:-1] == value)
        was = state[:-1] == value

        def per_contact(i: Any, x: Any = neighbours, chosen: Any = neutral, y: Any = became) -> float:
            mask = chosen[:, i]
            return float(np.polyfit(x[:, i][mask], y[:, i][mask].astype(float), 1)[0])

        def lifetime(i: Any, left: Any = left, was: Any = was) -> float:
            return float(was[:, i].sum() / max(left[:, i].sum(), 0.5))

        found[f"{name}: per contact and year"] = boot.of(per_contact, n)
        found[f"{name}: lifetime in years"] = boot.of(lifetime, n)
    return found


PATTERNS = [
    Pattern(
        "G1", "town", rates,
        {
            "content: per contact and year": Between(0.01, 0.04, 0.02),
            "discontent: per contact and year": Between(0.02, 0.08, 0.04),
            "content: lifetime in years": Between(5.0, 20.0, 5.0), "discontent: lifetime in years": Between(2.5, 10.0, 2.5),
        },
        reading="a statistic, not a cause: it mixes contagion with likeness of neighbours; tolerance a factor of 2; states by "
        "thresholds of the first year's mean affect",
    )
]  # fmt: skip
