"""The command `cycles validate`: every published pattern against what is simulated."""

from __future__ import annotations

import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from simulation.cli.group import say
from simulation.cli.stopping import stoppable
from simulation.cli.terminal import shown
from simulation.errors import InputError

if TYPE_CHECKING:
    from simulation.validation.pattern import Pattern


def validate(
    quick: bool, out: str | None, seed: int, groups: str, only: list[str], patterns: str | None, workers: int
) -> None:
    """Check all patterns and leave a folder with report and picture.

    Raises:
        InputError: Something given cannot be used. A file of patterns that cannot be read is told, and the rest runs.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    if workers < 1:
        raise InputError(f"{workers} workers cannot work; give 1 or more")
    if seed < 0:
        raise InputError(f"seed = {seed} is out of bounds; it must be at least 0")
    with stoppable():
        from simulation.recording.atomic import checked_target, new_folder, numbered
        from simulation.validation.evaluate import evaluate_in
        from simulation.validation.laboratory import Laboratory
        from simulation.validation.report import Report, write_report

        if out is not None:
            checked_target(out)
        own, problems = _own(patterns)
        began = time.perf_counter()
        with new_folder(Path(out) if out is not None else numbered(Path("runs") / "validation")) as new:
            placing = "a" in groups and not only
            verdicts, standing = evaluate_in(
                Laboratory(seed=seed, quick=quick), groups, only or None, workers, own, placing
            )
            report = Report(verdicts, standing, seed, quick, time.perf_counter() - began, problems)
            write_report(report, new.path)
    t = report.tally()
    for verdict in verdicts:
        if verdict.verdict == "missed":
            lead = verdict.leading
            assert lead is not None
            print(f"missed  {verdict.id:4} {verdict.name}: {lead.name} = {lead.value:.3g}, target {lead.target}")
        elif verdict.verdict == "not-checkable":
            print(f"not checkable  {verdict.id:4} {verdict.name}: {verdict.reason}")
    print(
        f"{t['met']} of {t['checkable']} checkable patterns met, {t['missed']} missed, {t['not_checkable']} not "
        f"checkable; "
        f"{t['nulls_kept']} of {t['nulls']} published nulls kept ({report.seconds:.0f} s)"
    )
    if report.caution:
        print(report.caution)
    print(shown(new.target))


def _own(patterns: str | None) -> tuple[list[Pattern], list[str]]:
    """Patterns of one's own, or what is wrong with their file."""
    if patterns is None:
        return [], []
    from simulation.validation.own_patterns import read_patterns

    try:
        return read_patterns(patterns), []
    except InputError as error:
        say(f"{error}; the other patterns are checked all the same")
        return [], [str(error)]
