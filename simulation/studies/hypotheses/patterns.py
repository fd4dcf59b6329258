"""Published patterns that a statement touches, from a small table that comes with the project."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from simulation.studies.hypotheses.effects import Effect


@dataclass(frozen=True)
class Pattern:
    """One published finding; fields as explained in `patterns.toml`."""

    id: str
    factors: tuple[str, ...]
    measures: tuple[str, ...]
    direction: int
    statement: str
    source: str


@cache
def patterns() -> Sequence[Pattern]:
    """Return the table."""
    text = (files("simulation.studies.hypotheses") / "patterns.toml").read_text(encoding="utf-8")
    return [
        Pattern(p["id"], tuple(p["factors"]), tuple(p["measures"]), p["direction"], p["statement"], p["source"])
        for p in tomllib.loads(text)["pattern"]
    ]


def touching(effect: Effect) -> list[str]:
    """Say which published patterns an effect touches, and whether it goes their way."""
    told = []
    for pattern in patterns():
        if not (_mentions(effect.factor, pattern.factors) and _mentions(effect.measure, pattern.measures)):
            continue
        if isinstance(effect.low, str):
            verdict = "compare"
        elif pattern.direction == 0:
            verdict = "against this near-null" if effect.clear else "in line with it"
        elif not effect.clear:
            verdict = "here without a clear effect"
        else:
            verdict = "in line with it" if effect.d * pattern.direction > 0 else "the other way round here"
        told.append(f"{pattern.statement} ({pattern.source}): {verdict}")
    return told


def _mentions(name: str, parts: Sequence[str]) -> bool:
    return any(part in name for part in parts)
