"""Sections of a report that rest on libraries of their own: sensitivity, rules, surrogates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulation.errors import InputError
from simulation.pictures.style import new_figure
from simulation.studies.analysis import plots
from simulation.studies.analysis.discovery import rules
from simulation.studies.analysis.reporting import Report
from simulation.studies.analysis.results import Results
from simulation.studies.analysis.sensitivity import morris_effects, pawn_indices, sobol_indices
from simulation.studies.analysis.surrogate import fit_surrogate

_PAWN = (
    "PAWN: how far the distribution of the measure moves when one factor is held in a narrow slice (median "
    "Kolmogorov–Smirnov distance, 95 % bootstrap interval). It takes any design. A factor that does not reach "
    "beyond the "
    "one without effect cannot be told from it."
)
_SOBOL = (
    "Sobol indices: share of the variance between points that a factor explains alone (first) and with all its "
    "interactions (total), with 95 % intervals. The factor without effect shows what the sample size leaves open."
)
_MORRIS = (
    "Morris: mean size of the change in the measure when one factor moves across its range (elementary effect), with "
    "95 % interval; a spread as large as the size means that the effect depends on the other factors or is not linear."
)


def _attempt(report: Report, measure: str, action: Callable[[], None]) -> None:
    """What cannot be analysed is said in its place."""
    try:
        action()
    except InputError as error:
        report.text(f"{measure}: not available; {error}.")


def write_sensitivity(results: Results, report: Report) -> None:
    """Write which factors matter, by the methods that the design allows."""
    kind = results.plan.study.design.kind
    report.section("Which factors matter")
    if kind == "sobol" and not results.plan.steps:
        report.text(_SOBOL)
        for measure in results.measures:
            _attempt(report, measure, lambda m=measure: _sobol(results, report, m))  # type: ignore[misc]
    elif kind == "morris" and not results.plan.steps:
        report.text(_MORRIS)
        for measure in results.measures:
            _attempt(report, measure, lambda m=measure: _morris(results, report, m))  # type: ignore[misc]
    report.text(_PAWN)
    for measure in results.measures:
        _attempt(report, measure, lambda m=measure: _pawn(results, report, m))  # type: ignore[misc]


def _bars(report: Report, table: Any, value: str, low: Any, high: Any, label: str, name: str, caption: str) -> None:
    figure = new_figure(6.2, 0.9 + 0.32 * len(table))
    figure.set_layout_engine("constrained")
    plots.plot_indices(table["factor"], table[value], low, high, figure.add_subplot(), label)
    report.picture(figure, name, caption)


def _sobol(results: Results, report: Report, measure: str) -> None:
    table = sobol_indices(results, measure)
    low, high = table["total"] - table["total_interval"], table["total"] + table["total_interval"]
    _bars(report, table, "total", low, high, f"total Sobol index of {measure}", f"sobol-{measure}",
          f"{measure}: total indices; the dotted line is the upper end of the interval of the one without effect.",
    )  # fmt: skip
    report.table(table, f"sobol-{measure}")


def _morris(results: Results, report: Report, measure: str) -> None:
    table = morris_effects(results, measure)
    low, high = table["size"] - table["interval"], table["size"] + table["interval"]
    _bars(report, table, "size", low, high, f"mean size of the effect on {measure}", f"morris-{measure}",
          f"{measure}: mean size of elementary effects.")  # fmt: skip
    report.table(table, f"morris-{measure}")


def _pawn(results: Results, report: Report, measure: str) -> None:
    table = pawn_indices(results, measure)
    _bars(report, table, "median", table["low"], table["high"], f"PAWN index of {measure}", f"pawn-{measure}",
          f"{measure}: PAWN indices; the dotted line is the upper end of the interval of the one without effect.",
    )  # fmt: skip
    report.table(table, f"pawn-{measure}")


def write_rules(results: Results, report: Report) -> None:
    """Write in which part of the factor space runs are not calm, locked, or calm, as rules."""
    report.section("Rules: where does it happen?")

    def tell() -> None:
        found = rules(results)
        if not found:
            report.text("No rule: no regime is rare enough to be told apart by a box in the factors, or none is there.")
            return
        report.text("Found by PRIM (scenario discovery) on the runs themselves; a rule is a description, not a test.")
        report.bullets([rule.sentence() for rule in found])

    _attempt(report, "rules", tell)


def write_surrogates(results: Results, report: Report) -> None:
    """Write how well each measure can be predicted at points that were not seen."""
    import pandas as pd

    report.section("How predictable is it?")
    rows = []
    for measure in results.measures:
        try:
            s = fit_surrogate(results, measure)
        except InputError as error:
            report.text(f"{measure}: not available; {error}.")
            continue
        rows.append({"measure": measure, "error": s.error, "spread": s.spread, "R²": s.explained, "chance": s.chance})
    if rows:
        report.text(
            "Boosted trees from the factors to the mean over replicates, 5-fold cross-validated over points: "
            "the error at "
            "points that were not seen, beside the spread between points and the standard error that chance "
            "leaves in a "
            "point's mean (replicates share their luck across points, so what chance does everywhere alike is "
            "predictable "
            "too)."
        )
        report.table(pd.DataFrame(rows), "surrogates")
