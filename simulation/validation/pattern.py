"""A published pattern as something to check, and the verdict on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from simulation.validation.criteria import Criterion
from simulation.validation.estimates import Estimate
from simulation.validation.published import Published, published

if TYPE_CHECKING:
    from simulation.validation.laboratory import Laboratory

MET, MISSED, NOT_CHECKABLE = "met", "missed", "not-checkable"
Measure = Callable[["Laboratory"], Mapping[str, Estimate]]


@dataclass(frozen=True)
class Pattern:
    """One published pattern.

    Attributes:
        id: As in `published.csv`, where the statement, the source and how it was computed stand.
        scene: Name of the simulated data set it needs first.
        measure: Computes, from scenes, one estimate per check.
        checks: What each estimate must be; all must be met. Fixed before anything is simulated.
        reading: How the model's states stand for what the study measured, where that is not plain.
        nulls: Names of the checks that are published nulls.
        own: The published figures, for a pattern that is not in `published.csv`.
    """

    id: str
    scene: str
    measure: Measure
    checks: Mapping[str, Criterion]
    reading: str = ""
    nulls: tuple[str, ...] = ()
    own: Published | None = None

    @property
    def published(self) -> Published:
        """What was published, with its source."""
        return self.own or published(self.id)

    @property
    def group(self) -> str:
        """A instruments, b affect, c contingencies, d couples, e coping, f treatment, g networks, h self-states."""
        return self.published.group

    @property
    def hard(self) -> bool:
        """Whether the figure was read in its source; others are informative only."""
        return self.published.seen


@dataclass(frozen=True)
class CheckResult:
    """One check of a pattern against what was simulated."""

    name: str
    value: float
    low: float
    high: float
    effect: float | None
    target: str
    span: tuple[float | None, float | None]
    distance: float
    null: bool

    @property
    def met(self) -> bool:
        """Whether the value is within its target."""
        return self.distance == 0.0

    @property
    def reached(self) -> bool:
        """Whether at least part of the interval is within the target."""
        least, most = self.span
        return (most is None or self.low <= most) and (least is None or self.high >= least)


@dataclass(frozen=True)
class Verdict:
    """What came of one pattern.

    Attributes:
        id, group, name, statement, source: Of the pattern.
        hard: Counts in the tally; False for figures that were not read in their source.
        verdict: met, missed, or not-checkable.
        reason: Why it could not be checked.
        checks: Each part.
        distance: Root mean square of the checks' distances, in units of their tolerances; 0 when met.
    """

    id: str
    group: str
    name: str
    statement: str
    source: str
    hard: bool
    verdict: str
    reason: str = ""
    reading: str = ""
    checks: tuple[CheckResult, ...] = field(default_factory=tuple)
    distance: float = 0.0

    @property
    def leading(self) -> CheckResult | None:
        """The check that is furthest from its target, or the first if all are met."""
        return max(self.checks, key=lambda check: check.distance) if self.checks else None

    def as_dict(self) -> dict[str, Any]:
        """For `report.json`: value, interval, target and effect are those of the leading check."""
        lead = self.leading
        return {
            "id": self.id, "verdict": self.verdict, "group": self.group, "name": self.name,
            "statement": self.statement, "source": self.source, "hard": self.hard, "reason": self.reason,
            "reading": self.reading, "distance": self.distance,
            "statistic": lead.name if lead else None, "value": lead.value if lead else None,
            "interval": [lead.low, lead.high] if lead else None, "target": lead.target if lead else None,
            "effect_size": lead.effect if lead else None,
            "checks": [{**asdict(check), "met": check.met} for check in self.checks],
        }  # fmt: skip


def judged(pattern: Pattern, estimates: Mapping[str, Estimate]) -> Verdict:
    """Compare estimates with a pattern's targets."""
    checks = tuple(
        CheckResult(
            name=name, value=e.value, low=e.low, high=e.high, effect=e.effect, target=criterion.target,
            span=criterion.span, distance=criterion.distance(e.value), null=name in pattern.nulls,
        )
        for name, criterion in pattern.checks.items()
        for e in [estimates[name]]
    )  # fmt: skip
    distance = (sum(check.distance**2 for check in checks) / len(checks)) ** 0.5
    verdict = MET if distance == 0.0 else MISSED
    return _verdict(pattern.published, verdict, checks=checks, distance=distance, reading=pattern.reading)


def not_checkable(pattern: Pattern, reason: str) -> Verdict:
    """A pattern that could not be checked."""
    return _verdict(pattern.published, NOT_CHECKABLE, reason=reason, reading=pattern.reading)


def without_pattern(id_: str) -> Verdict:
    """A published row that nothing here computes."""
    return _verdict(published(id_), NOT_CHECKABLE, reason="no pattern computes it yet")


def _verdict(row: Published, verdict: str, **rest: Any) -> Verdict:
    return Verdict(
        id=row.id, group=row.group, name=row.name, statement=row.statement, source=row.source, hard=row.seen,
        verdict=verdict, **rest,
    )  # fmt: skip
