"""What a statistic must be for a pattern to be met: fixed before anything is simulated. Distances are continuous."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol as Shape

from simulation.errors import InputError


class Criterion(Shape):
    """Any of the criteria below."""

    def distance(self, value: float) -> float:
        """How far a value falls short, in units of the tolerance; 0 when met."""
        ...

    @property
    def target(self) -> str:
        """In words."""
        ...

    @property
    def span(self) -> tuple[float | None, float | None]:
        """Lowest and highest value that is met, None where there is no bound."""
        ...


@dataclass(frozen=True)
class Between:
    """The value lies in an interval, or on one side of a bound when the other is None."""

    low: float | None
    high: float | None
    unit: float

    def __post_init__(self) -> None:
        if self.unit <= 0 or (self.low is not None and self.high is not None and self.low > self.high):
            raise InputError(f"a target from {self.low} to {self.high} with tolerance {self.unit} cannot be met")

    def distance(self, value: float) -> float:
        """How far outside the interval, in units."""
        below = 0.0 if self.low is None else max(self.low - value, 0.0)
        above = 0.0 if self.high is None else max(value - self.high, 0.0)
        return (below + above) / self.unit

    @property
    def target(self) -> str:
        """The interval in words."""
        if self.low is None:
            return f"at most {self.high:g}"
        if self.high is None:
            return f"at least {self.low:g}"
        return f"{self.low:g} to {self.high:g}"

    @property
    def span(self) -> tuple[float | None, float | None]:
        """The interval."""
        return self.low, self.high


SMALL_EFFECT = 0.2
"""A direction counts from a small effect on: Cohen's d of 0.2 (Cohen 1988), fixed in advance."""
NULL_LIMIT = 0.3
"""A published null is kept while the simulated effect is smaller: |d| < 0.3, fixed in advance."""


def more(least: float = SMALL_EFFECT, unit: float = 0.2) -> Between:
    """A direction: the effect size is at least a small one."""
    return Between(least, None, unit)


def less(most: float = -SMALL_EFFECT, unit: float = 0.2) -> Between:
    """A direction the other way."""
    return Between(None, most, unit)


def null(limit: float = NULL_LIMIT, unit: float = 0.1) -> Between:
    """No difference worth the name."""
    return Between(-limit, limit, unit)


def near(value: float, tolerance: float) -> Between:
    """A published figure, give or take a tolerance."""
    return Between(value - tolerance, value + tolerance, tolerance)
