"""What a mechanism must hold to, said as data: its bounds, and in which direction each influence works."""

from __future__ import annotations

import ast
import inspect
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import simulation.theory
from simulation.theory.numerics import choose

Mechanism = Callable[..., Any]

SMALL = 1e-9
"""What rounding may make of an equality."""

UNIT, SIGNED, WEIGHT, RATE = (0.0, 1.0), (-1.0, 1.0), (0.0, 10.0), (0.0, 50.0)
RANGES: dict[str, tuple[float, float]] = {
    "act": (0, 8), "previous": (0, 5),
    "valence": SIGNED, "perceived": SIGNED, "expected": SIGNED, "learned": SIGNED, "affiliation": SIGNED,
    "last": SIGNED,
    "rejection": (0.0, 5.0), "acceptance": (0.0, 5.0), "stress": (0.0, 5.0), "opposite": (0.0, 2.0), "same": (0.0, 2.0),
    "felt": (0.0, 4.0), "seeking": (0.0, 90.0), "reactivity": (0.0, 5.0), "motive": (-5.0, 20.0),
    "neutral": (-10.0, 10.0), "cold": (-10.0, 10.0), "friendly": (-2.0, 40.0), "pool": (0.0, 20.0), "size": WEIGHT,
    "weight": (1.0, 10.0), "rest": (-10.0, 10.0), "base": (0.05, 5.0), "pull": (0.0, 2.0), "gloom": (0.0, 2.0),
    "negative_evidence": (0.01, 1000.0), "benevolent_evidence": (0.01, 1000.0), "evidence": (0.01, 1000.0),
    "from_life": (1e-4, 5.0), "forgetting": (1e-4, 1.0), "rate": RATE, "turnover": (0.1, 50.0), "dt": (1 / 64, 1.0),
    "slope": (0.0, 100.0), "home": (0.0, 0.9), "threshold": (0.0, 2.0), "luck": (1e-6, 1 - 1e-6), "window": (0.05, 1.0),
    "urge": (0.0, 1.6), "by_monitoring": UNIT, "trauma": (0.0, 5.0), "satisfaction": WEIGHT, "evoked": WEIGHT,
    "surprise": (0.0, 3.0), "feed": WEIGHT, "extra": RATE, "complementarity": WEIGHT, "recovery": RATE,
    "repair": WEIGHT, "confirmation": WEIGHT, "on": (0.2, 2.0), "off": (0.0, 0.2), "circumstance": (-4.0, 4.0),
    "quenched": (0.0, 20.0), "denied": (0.0, 20.0), "half": (0.001, 1.0), "half_known": (0.001, 1.0),
}  # fmt: skip
"""What the arguments of mechanisms may be, by name; whole numbers where both ends are. Any other is a proportion, and
any other ``by_…`` is a weight."""


SHARES = {("contact_seeking", "by_shame"), ("fading_rate", "by_mastery")}
"""Arguments ``by_…`` that are a proportion and no weight."""


def limits(mechanism: Mechanism, name: str) -> tuple[float, float]:
    """Between what one argument of a mechanism may lie."""
    if (mechanism.__name__, name) in SHARES:
        return UNIT
    return RANGES.get(name, WEIGHT if name.startswith("by_") else UNIT)


def argument(mechanism: Mechanism, name: str) -> st.SearchStrategy[Any]:
    """What one argument of a mechanism may be, for hypothesis."""
    low, high = limits(mechanism, name)
    return st.integers(low, high) if isinstance(low, int) else st.floats(low, high)


def arguments(mechanism: Mechanism, **fixed: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Valid arguments of a mechanism by name; some may be fixed, to a value or a strategy of their own."""
    own = {name: x if isinstance(x, st.SearchStrategy) else st.just(x) for name, x in fixed.items()}
    names = inspect.signature(mechanism).parameters
    assert own.keys() <= names.keys(), f"{mechanism.__name__} has no {own.keys() - names.keys()}"
    return st.fixed_dictionaries({name: own.get(name, argument(mechanism, name)) for name in names})


def any_arguments(mechanism: Mechanism, rng: random.Random) -> dict[str, Any]:
    """Valid arguments of a mechanism by name, drawn evenly."""
    ends = {name: limits(mechanism, name) for name in inspect.signature(mechanism).parameters}
    return {name: rng.randint(a, b) if isinstance(a, int) else rng.uniform(a, b) for name, (a, b) in ends.items()}


@dataclass(frozen=True)
class Law:
    """Bounds of a mechanism's value, and the influences that raise or lower it.

    ``low`` and ``high`` may name an argument: the value is then never below or above that. ``part`` picks one value
    of a mechanism that returns several.
    """

    mechanism: Mechanism
    rises: str = ""
    falls: str = ""
    low: float | str = 0.0
    high: float | str = float("inf")
    part: int | None = None

    def value(self, **given: Any) -> float:
        result = self.mechanism(**given)
        return result if self.part is None else result[self.part]

    def bound(self, which: float | str, given: dict[str, Any]) -> float:
        return given[which] if isinstance(which, str) else which

    def __str__(self) -> str:
        return self.mechanism.__name__ + ("" if self.part is None else f"[{self.part}]")


def covers(*mechanisms: Mechanism) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Say which mechanisms a test checks; ``test_completeness`` sees to it that none is left out."""

    def mark(test: Callable[..., Any]) -> Callable[..., Any]:
        test.covered = {m.__name__ for m in mechanisms}  # type: ignore[attr-defined]
        return test

    return mark


def declared_mechanisms() -> dict[str, str]:
    """Name of every function of the theory marked as a mechanism, and the file it stands in."""
    folder = Path(simulation.theory.__file__).parent
    return {
        node.name: file.stem
        for file in sorted(folder.glob("*.py"))
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(d, ast.Name) and d.id == "mechanism" for d in node.decorator_list)
    }


def share_of(option: int, logits: Iterable[float], temperature: float) -> float:
    """How often an option is chosen."""
    logits = tuple(logits)
    luck = [(i + 0.5) / 200 for i in range(200)]
    return sum(choose(logits, temperature, x) == option for x in luck) / 200
