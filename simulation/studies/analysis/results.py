"""The results of a study, read back and checked."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from simulation.errors import InputError, nearest, quoted, quoted_list
from simulation.recording.atomic import PATH
from simulation.recording.tables import KIND
from simulation.studies.ledger import read_header, read_plan
from simulation.studies.model import DUMMY
from simulation.studies.plan import Plan
from simulation.studies.rows import COURSES, RUNS

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Results:
    """A study's plan and rows.

    Attributes:
        folder: Where they are.
        plan: The study.
        frame: Rows of the runs that went well.
        failed: How many rows belong to runs that failed.
        measures: Names of what was measured, in the order of the study.
    """

    folder: Path
    plan: Plan
    frame: pd.DataFrame
    failed: int
    measures: list[str]

    @cached_property
    def numeric(self) -> list[str]:
        """Names of the factors that take numbers and vary, the dummy left out."""
        pairs = zip(self.plan.names, self.plan.points, strict=True)
        return [n for n, column in pairs if n != DUMMY and not isinstance(column, list) and np.ptp(column) > 0]

    @cached_property
    def words(self) -> list[str]:
        """Names of the factors that take words, and vary."""
        pairs = zip(self.plan.names, self.plan.points, strict=True)
        return [name for name, column in pairs if isinstance(column, list) and len(set(column)) > 1]

    @cached_property
    def by_point(self) -> pd.DataFrame:
        """[points] means over the replicates of each point; without ramp."""
        return self.frame.groupby("point")[[*self._values, *self.measures]].mean()

    @property
    def _values(self) -> list[str]:
        return [name for name in self.plan.names if name not in self.words]

    def meaning(self, measure: str) -> str:
        """What a measure means, in words."""
        asked = next(a for a in self.plan.asked if a.label == measure)
        whose = "" if asked.outcome.of_run else f" ({asked.who or 'the focal person'})"
        return asked.outcome.meaning + whose

    def levels(self, factor: str) -> Any:
        """Different values of a factor, rising."""
        return np.unique(self.frame[factor])


def read_results(folder: str | os.PathLike[str], measures: list[str] | None = None) -> Results:
    """Return the results of a study that is complete.

    Args:
        folder: What `cycles sweep` wrote.
        measures: Only these measures.

    Raises:
        InputError: They are not there, not complete, damaged, or of another layout.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    header, plan = read_header(folder), read_plan(folder)
    path = Path(folder) / f"{RUNS}.parquet"
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            about = file.schema_arrow.metadata or {}
            if about.get(KIND) != RUNS.encode():
                raise InputError(f"{quoted(path, PATH)} is not the table of a study")
            if about.get(b"study", b"").decode() != header["digest"]:
                raise InputError(
                    f"{quoted(path, PATH)} belongs to another study than the {quoted('study.json')} beside it"
                )
            frame = file.read().to_pandas()
    except FileNotFoundError:
        raise InputError(
            f"the study in {quoted(folder, PATH)} is not complete; the same `cycles sweep` finishes it, or "
            f"`cycles merge` "
            "puts shards together"
        ) from None
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{quoted(path, PATH)} is damaged or cut short: {str(error).splitlines()[0][:200]}") from None
    known = [a.label for a in plan.asked]
    for name in measures or ():
        if name not in known:
            raise InputError(
                f"{quoted(name)} was not measured{nearest(name, known)}; there are {quoted_list(known, 40)}"
            )
    wanted = [name for name in known if name in measures] if measures else known
    failed = frame["failed"]
    if failed.all():
        raise InputError(f"all runs in {quoted(folder, PATH)} failed; the column error says why")
    return Results(Path(folder), plan, frame[~failed].reset_index(drop=True), int(failed.sum()), wanted)


def read_courses(results: Results) -> pd.DataFrame | None:
    """Return the courses that a study kept, or None.

    Raises:
        InputError: They are damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = results.folder / f"{COURSES}.parquet"
    if not path.is_file():
        return None
    try:
        return pq.read_table(path, page_checksum_verification=True).to_pandas()
    except (pa.ArrowException, OSError) as error:
        raise InputError(f"{quoted(path, PATH)} is damaged or cut short: {str(error).splitlines()[0][:200]}") from None
