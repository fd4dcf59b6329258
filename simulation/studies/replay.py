"""One row of a study, run again by itself."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulation.cases.model import Case
from simulation.cases.settings import EVERYONE, configure
from simulation.errors import InputError, quoted
from simulation.recording.atomic import PATH
from simulation.studies.ledger import Ledger, read_header, read_plan
from simulation.studies.model import DUMMY, Level
from simulation.studies.plan import Plan
from simulation.studies.rows import RUNS
from simulation.studies.targets import CONSTANT, CUT, NO_LESION, PERSON, TIE


@dataclass(frozen=True)
class Replay:
    """A row and what came of running it again.

    Attributes:
        plan: The study.
        run, run_id, point, replicate, seed, levels: Which run it is.
        compared: (measure, value in the table, value now); with a ramp, of all its steps.
        error: What went wrong now, or an empty text.
        notes: What the user should know.
    """

    plan: Plan
    run: int
    run_id: str
    point: int
    replicate: int
    seed: int
    levels: dict[str, Level]
    compared: list[tuple[str, float, float]]
    error: str
    notes: list[str]

    @property
    def agrees(self) -> bool:
        """Whether all numbers are the same, bit for bit."""
        return all(a == b or (math.isnan(a) and math.isnan(b)) for _, a, b in self.compared)


def replay(results: str | os.PathLike[str], run_id: str) -> Replay:
    """Run exactly one row of a study again, alone, and compare its numbers.

    Args:
        results: Folder of the study.
        run_id: Identity of the run, or its number.

    Raises:
        InputError: There is no such run, or the results cannot be read.
    """
    from simulation.studies.blocks import run_together
    from simulation.studies.code import code_version

    header = read_header(results)
    plan = read_plan(results)
    rows = _rows(Path(results), plan, run_id)
    run = rows[0]["run"]
    notes = []
    if header["code"] != code_version():
        notes.append("the results come from another version of the code; the numbers may differ")
    columns, _ = run_together(plan, [run])
    labels = [a.label for a in plan.asked]
    compared = []
    for i, row in enumerate(rows):
        step = f" (step {row['step']})" if plan.steps else ""
        compared += [(f"{label}{step}", _number(row[label]), float(columns[label][i])) for label in labels]
    point, replicate = divmod(run, plan.replicates)
    seed, levels = int(plan.seeds[replicate]), plan.levels(point)
    return Replay(plan, run, rows[0]["run_id"], point, replicate, seed, levels, compared,
                  str(columns["error"][0] or ""), notes)  # fmt: skip


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def _rows(folder: Path, plan: Plan, run_id: str) -> list[dict[str, Any]]:
    """The rows of one run, read from the table or from the blocks that are there."""
    import pyarrow as pa
    import pyarrow.dataset as ds

    table = folder / f"{RUNS}.parquet"
    files = [table] if table.is_file() else sorted(Ledger(folder, plan).part(0).parent.glob(f"{RUNS}-*.parquet"))
    if not files:
        raise InputError(f"{quoted(folder, PATH)} holds no results yet")
    wanted = ds.field("run_id") == run_id
    if run_id.isdigit() and len(run_id) < 12:
        wanted = wanted | (ds.field("run") == int(run_id))
    try:
        found = ds.dataset([str(file) for file in files], format="parquet").to_table(filter=wanted).to_pylist()
    except (pa.ArrowException, OSError) as error:
        raise InputError(
            f"{quoted(files[0], PATH)} is damaged or cut short: {str(error).splitlines()[0][:200]}"
        ) from None
    if not found:
        raise InputError(f"there is no run {quoted(run_id)} in {quoted(folder, PATH)}; the column run_id names them")
    if len({row["run"] for row in found}) > 1:
        found = [row for row in found if row["run_id"] == run_id]
    return found


def resolved_case(plan: Plan, run: int) -> Case:
    """Return the case of one run with everything resolved, so that `cycles run` gives the same run.

    Raises:
        InputError: The run cannot be written as a case.
    """
    if plan.steps:
        raise InputError(
            "a ramp changes a parameter while a run goes on, which no case can say; replay it without --out"
        )
    point, replicate = divmod(run, plan.replicates)
    levels, seed = plan.levels(point), int(plan.seeds[replicate])
    variant = plan.variants.get(levels, seed)
    settings, lesions = [], []
    for target in plan.targets:
        value = levels.get(target.factor)
        if target.factor == DUMMY or value is None:
            continue
        if target.kind in (PERSON, CONSTANT):
            who = target.who or _name(variant, variant.focal)
            settings.append(f"{who}.{target.key}={value!r}")
            if target.kind == CONSTANT and who == EVERYONE:
                settings += [f"{person.name}.{target.key}={value!r}" for person in variant.case.people]
        elif target.kind == TIE:
            settings.append(f"{target.who}>{target.whom}.{target.key}={value!r}")
        elif target.kind == CUT and value != NO_LESION:
            lesions.append(str(value))
    case = variant.case
    return configure(case, seed=seed, settings=settings, lesions=lesions)


def _name(variant: Any, number: int) -> str:
    names = variant.roster.names
    return names[number] if names is not None else f"person-{number}"


def write_replay(found: Replay, out: str | os.PathLike[str]) -> Path:
    """Write the full folder of a replayed run, as `cycles run` does.

    Raises:
        InputError: The folder is taken or cannot be written to, or the run cannot be written as a case.
    """
    from simulation.cases import build_population
    from simulation.pictures import draw_pictures
    from simulation.recording.folder import write_run
    from simulation.running import run_population
    from simulation.story import tell_story

    case = resolved_case(found.plan, found.run)
    recording = run_population(case, build_population(case))
    return write_run(recording, out, draw_pictures, tell_story)
