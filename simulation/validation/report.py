"""The report of a validation: what was met, what was missed, what could not be checked. It leaves nothing out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from simulation.validation.pattern import MET, MISSED, NOT_CHECKABLE, CheckResult, Verdict
from simulation.validation.published import OWN
from simulation.validation.tail_case import Place

GROUP_NAMES = {
    "a": "Instruments and the case", "b": "Affect dynamics", "c": "Rejection and anger", "d": "Couples",
    "e": "Coping and self-harm", "f": "Treatment", "g": "Networks", "h": "Self-states and splitting", OWN: "Your own",
}  # fmt: skip
MARKS = {MET: "met", MISSED: "**missed**", NOT_CHECKABLE: "not checkable"}
NOTE = (
    "A research and teaching model, not a clinical instrument: nothing here evaluates a real therapy or a real person. "
    "Targets and tolerances were fixed before anything was simulated; some readings (what stands for a measure "
    "of a study) "
    "were sharpened after seeing what the model gave, and are stated with the pattern. Each pattern is "
    "computed as its "
    "study computed it, from data sampled as the study sampled. Patterns whose figure was not read in its source "
    "are informative: they are "
    "shown, and do not count."
)


@dataclass(frozen=True)
class Report:
    """Everything a validation found.

    Attributes:
        verdicts: On every pattern.
        places: Where the case stands in its cohort.
        seed, quick: How it was done.
        seconds: How long it took.
        problems: Sentences about what could not be used, such as a file of patterns.
    """

    verdicts: Sequence[Verdict]
    places: Sequence[Place]
    seed: int
    quick: bool
    seconds: float
    problems: Sequence[str] = field(default_factory=tuple)

    def tally(self) -> dict[str, int]:
        """Counts over patterns that count, and over published nulls."""
        hard = [v for v in self.verdicts if v.hard]
        nulls = [check for v in hard for check in v.checks if check.null]
        return {
            "checkable": sum(v.verdict != NOT_CHECKABLE for v in hard), "met": sum(v.verdict == MET for v in hard),
            "missed": sum(v.verdict == MISSED for v in hard),
            "not_checkable": sum(v.verdict == NOT_CHECKABLE for v in hard),
            "nulls": len(nulls), "nulls_kept": sum(check.met for check in nulls),
            "informative": sum(not v.hard for v in self.verdicts),
        }  # fmt: skip

    @property
    def caution(self) -> str:
        """What to mind when samples are small; nothing to say otherwise."""
        missed = [v for v in self.verdicts if v.hard and v.verdict == MISSED]
        if not (self.quick and missed):
            return ""
        undecided = sum(all(check.reached for check in v.checks) for v in missed)
        return f"Small samples: of the {len(missed)} missed, {undecided} have intervals that reach into every target."

    def as_dict(self) -> dict[str, Any]:
        """For `report.json`."""
        return {
            "note": NOTE, "seed": self.seed, "size": "quick" if self.quick else "full", "tally": self.tally(),
            "patterns": [verdict.as_dict() for verdict in self.verdicts],
            "case_in_cohort": [asdict(place) for place in self.places], "problems": list(self.problems),
        }  # fmt: skip

    def as_markdown(self) -> str:
        """For `report.md`."""
        t = self.tally()
        share = f" ({t['met'] / t['checkable']:.0%})" if t["checkable"] else ""
        lines = [
            "# Does it tell the truth?", "",
            f"{t['met']} of {t['checkable']} checkable patterns met{share}; {t['missed']} missed, "
            f"{t['not_checkable']} not "
            f"checkable; {t['nulls_kept']} of {t['nulls']} published nulls kept. "
            f"{'Quick' if self.quick else 'Full'} size, seed {self.seed}.", "", NOTE, "",
        ]  # fmt: skip
        lines += [self.caution, ""] if self.caution else []
        lines += [f"Problem: {problem}" + "\n" for problem in self.problems]
        lines += ["![Every check: target, simulated value, interval](patterns.png)", ""]
        lines += self._case()
        for group, title in GROUP_NAMES.items():
            own = [v for v in self.verdicts if v.group == group]
            if own:
                lines += [f"## {title}", ""]
                lines += [line for verdict in own for line in _section(verdict)]
        return "\n".join(lines)

    def _case(self) -> list[str]:
        if not self.places:
            return []
        lines = [
            "## The case of the paper within the simulated cohort", "",
            "Angie (Salvatore et al. 2020) at intake against the cohort with borderline personality disorder, "
            "at the end of weekly therapy against the community, and her change against patients of a virtual trial. "
            "She is a tail case, not a target.", "",
            "| score | Angie | percentile | cohort mean (SD) | people |", "|---|---|---|---|---|",
        ]  # fmt: skip
        for p in self.places:
            lines.append(f"| {p.score} | {p.value:g} | {p.percentile:.0f} | {p.mean:.2f} ({p.sd:.2f}) | {p.n} |")
        return [*lines, ""]


def _section(verdict: Verdict) -> list[str]:
    soft = "" if verdict.hard else " (informative)"
    lines = [f"### {verdict.id} {verdict.name}: {MARKS[verdict.verdict]}{soft}", "", f"{verdict.statement}.", ""]
    lines += [f"Source: {verdict.source}." + (f" Reading: {verdict.reading}." if verdict.reading else ""), ""]
    if verdict.reason:
        lines += [f"Not checkable: {verdict.reason.rstrip('.')}.", ""]
    if verdict.checks:
        lines += ["| check | simulated | 95 % interval | target | effect | |", "|---|---|---|---|---|---|"]
        lines += [_row(check) for check in verdict.checks]
        lines += [""]
    return lines


def _row(check: CheckResult) -> str:
    effect = "" if check.effect is None else f"{check.effect:.2f}"
    null = " (published null)" if check.null else ""
    return (
        f"| {check.name}{null} | {check.value:.3g} | {check.low:.3g} to {check.high:.3g} | {check.target} | {effect} "
        f"| {'met' if check.met else '**missed**'} |"
    )


def write_report(report: Report, folder: Path) -> None:
    """Write `report.md`, `report.json` and `patterns.png` into a folder."""
    from simulation.validation.picture import draw_report

    (folder / "report.md").write_text(report.as_markdown(), encoding="utf-8")
    text = json.dumps(_plain(report.as_dict()), indent=1, ensure_ascii=False, allow_nan=False)
    (folder / "report.json").write_text(text + "\n", encoding="utf-8")
    draw_report(report.verdicts, folder / "patterns.png")


def _plain(value: Any) -> Any:
    """The same without NaN and numpy numbers, which JSON does not know."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, bool) or value is None or isinstance(value, str | int):
        return value
    number = float(value)
    return number if number == number and abs(number) != float("inf") else None
