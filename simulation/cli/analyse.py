"""The commands `analyse` and `hypotheses`."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

from simulation.cli.stopping import stoppable
from simulation.cli.terminal import shown


def analyse_results(results: str, out: str | None, measures: list[str]) -> None:
    """Write the report of a study and say where it is.

    Raises:
        InputError: The results cannot be read, or the report cannot be written.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")  # what libraries tell their programmers
    with stoppable():
        from simulation.studies.analysis.analyse import analyse

        place = analyse(results, out, measures or None)
    print(f"{shown(place / 'report.html')}: one page with everything; {shown(place / 'report.md')} says the same")
    print(f"next: cycles hypotheses {shown(Path(results))}")


def write_hypotheses(results: str, out: str | None, most: int) -> None:
    """Write the hypotheses of a study and print them in short.

    Raises:
        InputError: The results cannot be read or give nothing to go by, or the list cannot be written.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    with stoppable():
        from simulation.studies.hypotheses.write import hypothesise

        place, statements = hypothesise(results, out, most)
    for number, statement in enumerate(statements, 1):
        print(f"{number}. {statement}")
    print(f"{shown(place / 'report.html')}: with intervals, mechanisms, published patterns, the n needed, and commands")
