"""The ranked list of hypotheses of a study, with a report and the files that repeat each of them."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from simulation.errors import InputError
from simulation.recording.atomic import write_errors_told
from simulation.studies.analysis.reporting import Report
from simulation.studies.analysis.results import Results, read_results
from simulation.studies.hypotheses.carriers import Carrier, carriers, contrast_study, run_contrast
from simulation.studies.hypotheses.effects import NEGLIGIBLE, Effect, effects
from simulation.studies.hypotheses.patterns import touching
from simulation.studies.hypotheses.power import people_needed
from simulation.studies.model import Study
from simulation.studies.replacing import replaced_folder
from simulation.studies.tomlwrite import study_toml

MOST_CARRIERS = 3
RELIABILITY = 0.8
"""Reliability of a questionnaire, for how many people a study would need. ASSUMED."""


@dataclass(frozen=True)
class Statement:
    """One hypothesis with all that belongs to it."""

    effect: Effect
    carriers: list[Carrier]
    unchecked: str
    study: Study | None

    def sentence(self) -> str:
        """The statement in one sentence."""
        e = self.effect
        if isinstance(e.low, str):
            told = f"{e.measure} is higher with {e.factor} = {e.high} than with {e.low}"
        else:
            told = f"Higher {e.factor} goes with {'more' if e.d > 0 else 'less'} {e.measure}"
        return f"{told}: d = {e.d:.2f} [{e.interval[0]:.2f}, {e.interval[1]:.2f}]"

    def mechanism(self) -> str:
        """What carries it, in words."""
        if self.unchecked:
            return f"Not checked: {self.unchecked}."
        clear = [c for c in self.carriers if c.clear and not c.silences][:MOST_CARRIERS]
        silent = [c.lesion for c in self.carriers if c.silences]
        without = f" Without {', '.join(silent)} the measure itself all but vanishes." if silent else ""
        if not clear and silent:
            return without.strip()
        if not clear:
            return "No single arrow carries a clear part of it: cutting any one leaves the difference standing."
        told = "; ".join(
            f"cutting {c.lesion} takes away {c.share:.0%} [{c.interval[0]:.0%}, {c.interval[1]:.0%}] of the difference"
            for c in clear
        )
        against = [c for c in self.carriers if c.interval[1] < 0]
        if against:
            worst = against[-1]
            told += f"; cutting {worst.lesion} makes it larger ({-worst.share:+.0%})"
        return f"{told[0].upper()}{told[1:]}.{without}"


def hypothesise(
    folder: str | os.PathLike[str], out: str | os.PathLike[str] | None = None, most: int = 12
) -> tuple[Path, list[str]]:
    """Turn a study into ranked, testable statements.

    Args:
        folder: What `cycles sweep` wrote.
        out: Where to; without it `hypotheses` within the folder. An earlier list there is replaced.
        most: Statements at most.

    Returns:
        The folder of the list (`report.md`, `report.html`, and a study file for each factor), and the sentences.

    Raises:
        InputError: The results cannot be read or give nothing to go by, or the list cannot be written.
    """
    results = read_results(folder)
    if results.plan.steps:
        raise InputError(
            "the study has a ramp: its branches are compared by `cycles analyse`; hypotheses need a plain study"
        )
    found = effects(results)
    if not found:
        raise InputError("the study gives nothing to go by: no factor varies, or there are too few runs")
    clear = [effect for effect in found if effect.clear and not effect.negligible][:most]
    statements = _checked(results, clear)
    nulls = [effect for effect in found if effect.negligible]
    unclear = [effect for effect in found if not effect.clear and not effect.negligible]
    target = Path(out) if out is not None else Path(folder) / "hypotheses"
    with replaced_folder(target, "report.md") as place, write_errors_told(target):
        _write(results, statements, nulls, unclear, place, target)
    return target, [statement.sentence() for statement in statements]


def _checked(results: Results, clear: list[Effect]) -> list[Statement]:
    """Check what carries each effect; one set of runs per factor, shared by all its measures."""
    made: list[Statement] = []
    for factor in dict.fromkeys(effect.factor for effect in clear):
        mine = [effect for effect in clear if effect.factor == factor]
        pairs = dict.fromkeys((effect.low, effect.high) for effect in mine)
        for low, high in pairs:
            group = [effect for effect in mine if (effect.low, effect.high) == (low, high)]
            try:
                study = contrast_study(results, group[0], [effect.measure for effect in group])
                _, rows = run_contrast(study)
            except InputError as error:
                made += [Statement(effect, [], str(error), None) for effect in group]
                continue
            made += [Statement(e, carriers(rows, e, results.plan.study.seed), "", study) for e in group]
    return sorted(made, key=lambda s: (-s.effect.at_least, -abs(s.effect.d)))


def _write(
    results: Results, statements: list[Statement], nulls: list[Effect], unclear: list[Effect], place: Path, target: Path
) -> None:
    report = Report(place, f"Hypotheses from: {results.plan.study.question}")
    report.text(
        "Statements about the model, offered for testing with people. d is the difference between the highest and the "
        "lowest third of a factor's values, in units of the standard deviation between runs as they vary in "
        "this study; "
        "the interval (95 %) is over replicates, or over points where there are fewer than five. Ranked by the "
        "end of the "
        "interval nearer to zero."
    )
    if not statements:
        report.text("No effect in this study is clear of zero and of what is negligible.")
    files: dict[str, str] = {}
    for number, statement in enumerate(statements, 1):
        e = statement.effect
        report.section(f"{number}. {statement.sentence()}")
        ends = (e.low, e.high) if isinstance(e.low, str) else (f"about {e.low:.3g}", f"about {e.high:.3g}")
        needed, with_error = people_needed(e.d), people_needed(e.d * RELIABILITY**0.5)
        lines = [
            f"Effect: {e.measure} is {e.mean_low:.3g} at {e.factor} {ends[0]}, {e.mean_high:.3g} at {ends[1]}.",
            f"Where it holds: {e.where}.",
            f"Mechanism: {statement.mechanism()}",
            *(f"Published: {told}." for told in touching(e)),
            f"A study would need {needed} people in each of two groups that differ so in {e.factor} (80 % power, 5 % "
            f"two-sided), {with_error} if {e.measure} is measured with a reliability of {RELIABILITY:g}. Real groups "
            "overlap more, and real people differ in more ways: take it as a lower bound.",
        ]
        report.bullets(lines)
        if statement.study is not None:
            text = study_toml(statement.study)
            name = files.setdefault(text, f"contrast-{len(files) + 1}")
            (place / f"{name}.toml").write_text(text, encoding="utf-8")
            path = shlex.quote(str(target / f"{name}.toml"))
            report.code(f"cycles sweep {path} --out {name} && cycles analyse {name} --measure {shlex.quote(e.measure)}")
    if nulls:
        report.section("Predicted nulls")
        report.text(
            f"Within ±{NEGLIGIBLE:g} with their whole interval. A study that finds these speaks against the model."
        )
        report.bullets(
            [f"{e.factor} → {e.measure}: d = {e.d:.2f} [{e.interval[0]:.2f}, {e.interval[1]:.2f}]" for e in nulls]
        )
    if unclear:
        report.section("Left open")
        report.text("The interval holds zero but reaches beyond what is negligible: more replicates would tell.")
        report.bullets(
            [f"{e.factor} → {e.measure}: d = {e.d:.2f} [{e.interval[0]:.2f}, {e.interval[1]:.2f}]" for e in unclear]
        )
    report.section("How this list was made")
    report.code(f"cycles hypotheses {shlex.quote(str(results.folder))}")
    report.write()
