"""From the folder of a study to a report that explains itself."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import Any

import numpy as np

from simulation.pictures.style import new_figure
from simulation.provenance import project_version
from simulation.recording.atomic import write_errors_told
from simulation.studies.analysis import plots
from simulation.studies.analysis.regimes import CALM, EXPLAINED, LOCKED, REGIMES, bistable, regime_of, shares, two_modes
from simulation.studies.analysis.reporting import Report
from simulation.studies.analysis.response import pairs_to_show, response, strength, surface
from simulation.studies.analysis.results import Results, read_courses, read_results
from simulation.studies.analysis.scans import branches, hysteresis, ramp_column
from simulation.studies.analysis.sections import write_rules, write_sensitivity, write_surrogates
from simulation.studies.analysis.warning import EXPLAINED as WARNING_EXPLAINED
from simulation.studies.analysis.warning import summarised, warning_signs
from simulation.studies.outcomes import ALWAYS
from simulation.studies.replacing import replaced_folder

MOST_CURVES = 6


def analyse(
    folder: str | os.PathLike[str], out: str | os.PathLike[str] | None = None, measures: list[str] | None = None
) -> Path:
    """Analyse a study and write a report with its pictures and tables.

    Args:
        folder: What `cycles sweep` wrote.
        out: Where the report goes; without it `analysis` within the folder. An earlier report there is replaced.
        measures: Only these measures.

    Returns:
        The folder of the report: `report.md`, `report.html`, pictures, tables as CSV.

    Raises:
        InputError: The results cannot be read, or the report cannot be written.
    """
    results = read_results(folder, measures)
    target = Path(out) if out is not None else Path(folder) / "analysis"
    with replaced_folder(target, "report.md") as place, write_errors_told(target):
        report = Report(place, results.plan.study.question)
        _write_head(results, report)
        if results.plan.steps:
            _write_scan(results, report)
        else:
            _write_responses(results, report)
            _write_surfaces(results, report)
            _write_regimes(results, report)
        write_sensitivity(results, report)
        if not results.plan.steps:
            write_rules(results, report)
            write_surrogates(results, report)
        _write_end(results, report, folder)
        report.write()
    return target


def _write_head(results: Results, report: Report) -> None:
    plan = results.plan
    design = plan.study.design
    report.text(
        f"Case {plan.case.name}, {plan.case.days:g} days a run"
        + (f" (the first {plan.study.burn_in:g} not measured)" if plan.study.burn_in else "")
        + f"; design {design.kind} with {plan.n_points:,} points, {plan.replicates:,} replicates at each, "
        f"{plan.n_runs:,} "
        f"runs. Replicates have the same luck at every point, so points differ by what they are, not by chance."
    )
    if results.failed:
        report.text(f"{results.failed:,} rows belong to runs that failed and are left out.")
    report.section("What was varied and measured")
    report.bullets([_varied(results, name) for name in plan.study.factors])
    report.bullets([f"{name}: {results.meaning(name)}" for name in results.measures])


def _varied(results: Results, name: str) -> str:
    column = results.plan.points[results.plan.names.index(name)]
    if isinstance(column, list):
        return f"{name}: {', '.join(dict.fromkeys(column))}"
    return f"{name}: from {np.min(column):.4g} to {np.max(column):.4g}"


def _grid(count: int, wide: int = 3) -> tuple[Any, list[Any]]:
    """A figure with so many panels."""
    columns = min(count, wide)
    rows = -(-count // columns)
    figure = new_figure(3.5 * columns + 0.4, 2.7 * rows + 0.3)
    axes = [figure.add_subplot(rows, columns, i + 1) for i in range(count)]
    figure.set_layout_engine("constrained")
    return figure, axes


def _write_responses(results: Results, report: Report) -> None:
    report.section("Response to each factor")
    factors = [*results.numeric, *results.words]
    if not factors:
        report.text("Nothing was varied: the study has a single point.")
        return
    told = (
        "95 % intervals of the mean over replicates."
        if results.plan.replicates >= 3
        else "With fewer than three replicates, intervals are 95 % of the mean over points."
    )
    report.text(f"Means over everything else that was varied. {told}")
    for measure in results.measures:
        ranked = sorted(factors, key=lambda factor: -strength(results, factor, measure))[:MOST_CURVES]
        figure, axes = _grid(len(ranked))
        for ax, factor in zip(axes, ranked, strict=True):
            plots.plot_response(response(results, factor, measure), ax, factor, measure)
        first = response(results, ranked[0], measure)
        report.picture(
            figure, f"response-{_slug(measure)}",
            f"{measure}: mean along each factor, those that explain most first. {ranked[0]} explains "
            f"{strength(results, ranked[0], measure):.0%} of the variance between runs; along it the mean goes from "
            f"{first['mean'].iloc[0]:.3g} to {first['mean'].iloc[-1]:.3g}.",
        )  # fmt: skip
    table = [
        {"measure": m, "factor": f, "variance explained": strength(results, f, m)}
        for m in results.measures
        for f in factors
    ]
    import pandas as pd

    report.table(pd.DataFrame(table), "variance-explained")


def _write_surfaces(results: Results, report: Report) -> None:
    pairs = pairs_to_show(results)
    if not pairs:
        return
    report.section("Two factors together")
    for measure in results.measures:
        figure, axes = _grid(len(pairs))
        for ax, (one, other) in zip(axes, pairs, strict=True):
            plots.plot_heat(*surface(results, one, other, results.frame[measure]), ax, one, other, measure)
        report.picture(figure, f"heat-{_slug(measure)}", f"{measure}: mean over two factors at a time.")


def _write_regimes(results: Results, report: Report) -> None:
    report.section("Regimes: calm, cycling, locked")
    report.text(EXPLAINED)
    regime = regime_of(results.frame[ALWAYS])
    counts = [float((regime == code).mean()) for code in range(3)]
    report.text(
        ", ".join(f"{share:.1%} of the runs are {name}" for name, share in zip(REGIMES, counts, strict=True)) + "."
    )
    pairs = pairs_to_show(results)
    if pairs:
        figure, axes = _grid(len(pairs))
        for ax, (one, other) in zip(axes, pairs, strict=True):
            maps = [surface(results, one, other, regime == code) for code in range(3)]
            plots.plot_phases(maps[0][0], maps[0][1], np.array([m[2] for m in maps]), ax, one, other)
        report.picture(figure, "phases", "Phase diagram: colours are mixed in proportion to the share of runs in each "
                       "regime; the full line is where half of the runs are calm, the broken one where half are "
                       "locked.")  # fmt: skip
    for factor in results.words[:3]:
        report.table(shares(results, [factor]), f"regimes-{_slug(factor)}")
    if results.plan.replicates >= 10:
        found = bistable(results)
        told = (
            f"At {len(found):,} of {results.plan.n_points:,} points both calm and locked runs make up a tenth or more"
        )
        report.text(f"{told}: there, chance alone decides which way a run goes." if len(found) else f"{told}.")
        if len(found):
            report.table(found.sort_values([CALM, LOCKED]).head(10))
    if results.numeric:
        factor = max(results.numeric, key=lambda f: strength(results, f, ALWAYS))
        figure, axes = _grid(1)
        plots.plot_scatter(results.frame[factor], results.frame[ALWAYS], axes[0], factor, ALWAYS)
        two = two_modes(results, factor)
        report.picture(figure, "every-run", f"Every run as a dot, along {factor}: two bands at the same value would "
                       f"mean that the same circumstances lead to two different states. {two}")  # fmt: skip


def _write_scan(results: Results, report: Report) -> None:
    ramp = results.plan.study.ramp
    assert ramp is not None
    report.section("A slow ramp up and down again")
    report.text(
        f"{ramp.factor} rises from {ramp.low:g} to {ramp.high:g} in {ramp.steps} steps of {ramp.days:g} days, "
        f"and falls "
        "again, within each run. If the way back differs from the way up (hysteresis), the same circumstances keep up "
        "different states, depending on where one comes from. A lag also shows where a step is short against "
        "how slowly "
        "evidence about the self and ties change."
    )
    by = [name for name in [*results.numeric, *results.words] if len(set(results.frame[name])) <= 8][:1]
    levels = sorted(set(results.frame[by[0]])) if by else [None]
    for measure in results.measures:
        figure, axes = _grid(len(levels))
        for ax, level in zip(axes, levels, strict=True):
            rows = None if level is None else results.frame[by[0]] == level
            plots.plot_branches(branches(results, measure, rows), ax, ramp_column(results), measure)
            if level is not None:
                ax.set_title(
                    f"{by[0].replace('_', ' ')} {level if isinstance(level, str) else format(level, '.3g')}", fontsize=9
                )
        report.picture(figure, f"ramp-{_slug(measure)}", f"{measure} while {ramp.factor} rises and falls again; bands "
                       "hold the middle 80 % of runs.")  # fmt: skip
        report.text(f"Falling minus rising branch of {measure}, with 95 % interval over runs:")
        report.table(hysteresis(results, measure, by), f"hysteresis-{_slug(measure)}")
    courses = read_courses(results)
    if courses is not None:
        _write_warning(results, report, courses)


def _write_warning(results: Results, report: Report, courses: Any) -> None:
    report.section("Early warning before a transition")
    report.text(WARNING_EXPLAINED)
    table = warning_signs(results, courses)
    report.table(summarised(table), "early-warning")


def _write_end(results: Results, report: Report, folder: Any) -> None:
    from simulation.studies.ledger import read_header

    report.section("Where this comes from")
    report.text(
        f"interpersonal-cycles {project_version()}, code {read_header(folder)['code']}, seed "
        f"{results.plan.study.seed}. "
        "provenance.json beside the results names versions and hardware, data-dictionary.csv all columns. Any "
        "row can be "
        "run again alone:"
    )
    example = results.frame["run_id"].iloc[0]
    report.code(f"cycles replay {shlex.quote(Path(folder).name)} {example}")


def _slug(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name).strip("-").lower()
